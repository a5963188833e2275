"""Two runs of the same questions, held against each other question by question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eval.errors import RunsDiffer
from eval.measures.significance import Difference, holm, mcnemar, paired
from eval.runs.records import LABELS, LOWER_IS_BETTER, Result, Run
from eval.runs.slices import HELD_OUT, slices

COMPARED = (
    *("success@1", "ndcg@10", "right", "short_right", "token_f1", "citation_recall"),
    *("refused_rightly", "refused_wrongly", "answered_wrongly"),
)
"""The scores that are compared, slice by slice, unless others are named."""
LONGEST = 200
"""Characters of what a question got, in a comparison."""
FEWEST = 6
"""Groups of questions that a slice must have to be tested: of fewer, no loss is significant at .05,
and testing them all the same would only make Holm's adjustment of the others larger."""
EXACT = frozenset({"success@1"})
"""Scores of 0 and 1 whose p is McNemar's exact one, over groups."""


@dataclass(frozen=True, slots=True)
class Row:
    """One score in one slice. before, after: the means. difference: after - before; p in it is not
    adjusted. groups: see FEWEST. adjusted: Holm's p over all rows that are tested, 1 for others."""

    dimension: str
    name: str
    score: str
    before: float
    after: float
    difference: Difference
    groups: int
    adjusted: float = 1.0

    @property
    def drop(self) -> float:
        """How much worse it became, in [-1, 1]; below 0 where it became better."""
        change = self.difference.mean
        return change if self.score in LOWER_IS_BETTER else -change


@dataclass(frozen=True, slots=True)
class Comparison:
    """before and after, with the questions that both have, in pairs. left_out: how many of either
    the other lacks, or asks in other words or for another answer."""

    before: Run
    after: Run
    pairs: tuple[tuple[Result, Result], ...]
    left_out: int
    rows: tuple[Row, ...]

    def lost(self) -> list[tuple[Result, Result]]:
        """The questions that before answers right and after does not."""
        return [pair for pair in self.pairs if pair[0].scores["right"] > pair[1].scores["right"]]

    def won(self) -> list[tuple[Result, Result]]:
        """The questions that after answers right and before does not."""
        return [pair for pair in self.pairs if pair[0].scores["right"] < pair[1].scores["right"]]


def compare(before: Run, after: Run, scores: Sequence[str] = COMPARED) -> Comparison:
    """Every score in every slice, with its interval and p. Raises RunsDiffer."""
    others = {result.id: result for result in after.results}
    both = [
        (one, others[one.id])
        for one in before.results
        if one.id in others and _same(one, others[one.id])
    ]
    if not both:
        raise RunsDiffer(
            f"the runs share no question: {len(before.results)} in the first, "
            f"{len(after.results)} in the second"
        )
    left_out = len(before.results) + len(after.results) - 2 * len(both)
    rows = list(_rows(both, scores, before.manifest.parts))
    tested = [n for n, row in enumerate(rows) if row.groups >= FEWEST]
    for n, p in zip(tested, holm([rows[n].difference.p for n in tested]), strict=True):
        rows[n] = replace(rows[n], adjusted=p)
    return Comparison(before, after, tuple(both), left_out, tuple(rows))


def _same(one: Result, other: Result) -> bool:
    return (one.question, one.expected, one.kind) == (other.question, other.expected, other.kind)


def _rows(
    both: Sequence[tuple[Result, Result]], scores: Sequence[str], parts: Sequence[str]
) -> Iterator[Row]:
    after = {one.id: other for one, other in both}
    for part in slices([one for one, _ in both], parts):
        for score in scores:
            told = [
                (one, _value(one, score), _value(after[one.id], score))
                for one in part.results
                if score in one.scores or score in after[one.id].scores
            ]
            if not told:
                continue
            groups = [one.group for one, _, _ in told]
            first, second = [value for _, value, _ in told], [value for _, _, value in told]
            found = paired(first, second, groups)
            if score in EXACT:
                found = replace(found, p=mcnemar(*_split(groups, first, second)))
            if score in LOWER_IS_BETTER:
                found = replace(found, lost=found.won, won=found.lost)
            means = sum(first) / len(first), sum(second) / len(second)
            yield Row(part.dimension, part.name, score, *means, found, len({*groups}))


def _split(
    groups: Sequence[str], first: Sequence[float], second: Sequence[float]
) -> tuple[int, int]:
    """How many groups became worse, and how many better, all in all: both languages of a question
    are no two independent ones."""
    net: defaultdict[str, float] = defaultdict(float)
    for group, old, new in zip(groups, first, second, strict=True):
        net[group] += new - old
    return sum(change < 0 for change in net.values()), sum(change > 0 for change in net.values())


def _value(result: Result, score: str) -> float:
    """A score; one that the other run has and this one lacks is the worst that it can be."""
    return result.scores.get(score, 1.0 if score in LOWER_IS_BETTER else 0.0)


def markdown(found: Comparison, longest: int = 50) -> str:
    """The comparison for a reader: slices, then the questions lost and won, side by side.

    Held-out questions are only counted, unless all are held out; see slices.worst().
    """
    is_mixed = any(one.split != HELD_OUT for one, _ in found.pairs)
    first, second = found.before.manifest, found.after.manifest
    lines = [
        "# Two runs compared",
        "",
        "| | before | after |",
        "|---|---|---|",
        f"| index | {first.index[:19]}… | {second.index[:19]}… |",
        f"| encoder | {first.encoder} | {second.encoder} |",
        f"| version | {first.version} | {second.version} |",
        f"| asked | {first.created}, {first.target} | {second.created}, {second.target} |",
        "",
        f"{len(found.pairs)} questions in both; {found.left_out} left out.",
        "",
        "Change: after - before, with the 95 % interval of a paired bootstrap over questions. p: "
        "McNemar's exact one over questions for Success@1, the bootstrap's for the others; Holm: "
        f"adjusted over all rows of at least {FEWEST} questions, both languages of one once.",
        "",
        "| slice | score | n | before | after | change | lost | won | p | Holm |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    same = sum(not row.difference.lost + row.difference.won for row in found.rows)
    for row in found.rows:
        change = row.difference
        if not change.lost + change.won:
            continue
        lines.append(
            f"| {row.dimension}: {_cell(row.name)} | {LABELS[row.score]} | {change.n} "
            f"| {row.before:.3f} | {row.after:.3f} "
            f"| {change.mean:+.3f} [{change.low:+.3f}, {change.high:+.3f}] "
            f"| {change.lost} | {change.won} | {change.p:.3g} | {row.adjusted:.3g} |"
        )
    lines += ["", f"Nothing changed in {same} other rows."]
    for head, pairs in (("Lost", found.lost()), ("Won", found.won())):
        shown = [pair for pair in pairs if pair[0].split != HELD_OUT] if is_mixed else pairs
        hidden = len(pairs) - len(shown)
        lines += ["", f"## {head}: {len(pairs)}" + (f", {hidden} held out" if hidden else "")]
        if shown:
            lines += ["", "| id | question | expected | before | after |", "|---|---|---|---|---|"]
        for one, other in shown[:longest]:
            cells = [one.id, one.question, one.expected, returned(one), returned(other)]
            lines.append("| " + " | ".join(map(_cell, cells)) + " |")
        if len(shown) > longest:
            lines.append(f"\n… and {len(shown) - longest} more.")
    return "\n".join(lines) + "\n"


def returned(result: Result) -> str:
    """What a question got, in one line."""
    if result.text is None:
        return f"{result.status} ({result.reason})"
    said = result.text if result.short is None else f"{result.short}: {result.text}"
    said = said if len(said) <= LONGEST else f"{said[:LONGEST]}…"
    return said if result.is_answered else f"{result.status} ({result.reason}): {said}"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
