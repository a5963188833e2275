"""The gate: a run may not be worse than a baseline in any slice."""

from __future__ import annotations

from dataclasses import dataclass

from eval.errors import RunsDiffer
from eval.runs.compare import FEWEST, Comparison, Row, compare
from eval.runs.records import LABELS, Run

GATED = ("success@1", "right", "short_right", "answered_wrongly", "refused_rightly")
"""The scores that the gate looks at."""
MARGIN, ALPHA = 0.02, 0.05


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a run passes, and the rows that fail it."""

    comparison: Comparison
    margin: float
    alpha: float
    failed: tuple[Row, ...]

    @property
    def passes(self) -> bool:
        """Whether no slice fell."""
        return not self.failed

    def lines(self) -> list[str]:
        """The verdict, and each slice that fell, a line each."""
        found = self.comparison
        head = (
            f"{'pass' if self.passes else 'fail'}: {len(found.pairs)} questions, "
            f"{len(found.lost())} lost, {len(found.won())} won; fails where a score of a slice "
            f"gets worse by more than {self.margin:g} with p < {self.alpha:g} (Holm)"
        )
        return [head, *(_told(row) for row in self.failed)]


def judge(before: Run, after: Run, margin: float = MARGIN, alpha: float = ALPHA) -> Verdict:
    """Hold after against before. Raises RunsDiffer.

    A slice fails where its paired drop is larger than margin and, after Holm's adjustment over all
    slices and scores, is significant at alpha. What is not asked cannot pass: after must have every
    question of before, as it was, and there must be enough of them to be tested.
    """
    found = compare(before, after, GATED)
    paired = {one.id for one, _ in found.pairs}
    missing = [result.id for result in before.results if result.id not in paired]
    if missing:
        raise RunsDiffer(
            f"{len(missing)} of {len(before.results)} questions of the baseline "
            f"({', '.join(missing[:3])}{', …' if missing[3:] else ''}) are not in the run, or were "
            "changed; make the baseline anew"
        )
    if all(row.groups < FEWEST for row in found.rows):
        raise RunsDiffer(
            f"no slice has {FEWEST} questions: of {len(found.pairs)} none can be told to be worse"
        )
    failed = tuple(row for row in found.rows if row.drop > margin and row.adjusted < alpha)
    return Verdict(found, margin, alpha, failed)


def _told(row: Row) -> str:
    one = row.difference
    return (
        f"{row.dimension} {row.name}: {LABELS[row.score]} {row.before:.3f} → {row.after:.3f} "
        f"({one.mean:+.3f} [{one.low:+.3f}, {one.high:+.3f}], p {row.adjusted:.2g}, n {one.n})"
    )
