"""Parts of a run: by split, direction, kind and the like, and what is said of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.measures.refusal import auroc, risk_coverage_area
from eval.measures.significance import Interval, interval
from eval.runs.records import LABELS, Result

ROUNDS = 2_000
"""Of the bootstrap, in reports: the second decimal of a bound is then the same each time."""
HELD_OUT = "test"
"""The split by which nothing was chosen or fitted."""
SPLITS = {HELD_OUT: "held-out", "dev": "development"}
"""How splits are headed; another one by its own name."""

_BOTH = "split and direction"
DIMENSIONS: Mapping[str, Callable[[Result], str]] = {
    "all": lambda _: "all",
    "split": lambda result: result.split,
    "direction": lambda result: result.direction,
    _BOTH: lambda result: f"{result.split} {result.direction}",
    "answerability": lambda result: result.kind,
    "type": lambda result: result.type,
    "part": lambda result: result.part,
    "turn": lambda result: "turns" if result.is_turn else "questions",
}
"""By what results are told apart, in the order of reports; "" belongs to no slice."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The results, one at least, that share a name in a dimension of DIMENSIONS."""

    dimension: str
    name: str
    results: tuple[Result, ...]


def slices(results: Sequence[Result], parts: Sequence[str] = ()) -> list[Slice]:
    """All slices by dimension, then by first appearance; parts, where given, in their order.

    A dimension in which all have one name is left out, except "all". No results, no slices.
    """
    found: list[Slice] = []
    for dimension, name_of in DIMENSIONS.items():
        own = dict.fromkeys(name for name in map(name_of, results) if name)
        first = [name for name in parts if name in own] if dimension == "part" else []
        names = dict.fromkeys((*first, *own))
        if dimension == _BOTH and len(names) <= max(
            len({result.split for result in results}), len({r.direction for r in results})
        ):
            continue  # these slices have been told of
        if len(names) > 1 or dimension == "all":
            found += [
                Slice(dimension, name, tuple(one for one in results if name_of(one) == name))
                for name in names
            ]
    return found


def sets(results: Sequence[Result]) -> list[Slice]:
    """The results by split and direction, the held-out ones first; turns of conversations apart.

    The dimension is how the split is headed: "held-out", "development, in conversation".
    """
    apart: dict[tuple[str, bool, str], list[Result]] = {}
    for own in results:
        apart.setdefault((own.split, own.is_turn, own.direction), []).append(own)
    directions = list(dict.fromkeys(result.direction for result in results))
    splits = list(dict.fromkeys(result.split for result in results))

    def order(key: tuple[str, bool, str]) -> tuple[bool, int, bool, int]:
        split, is_turn, direction = key
        return split != HELD_OUT, splits.index(split), is_turn, directions.index(direction)

    return [
        Slice(
            SPLITS.get(split, split) + (", in conversation" if is_turn else ""),
            direction,
            tuple(apart[split, is_turn, direction]),
        )
        for split, is_turn, direction in sorted(apart, key=order)
    ]


def means(part: Slice) -> dict[str, Interval]:
    """The mean of each score of LABELS over the results that have it; none has it: left out.

    What is one question in two languages, or one conversation, is resampled together.
    """
    found: dict[str, Interval] = {}
    for score in LABELS:
        having = [result for result in part.results if score in result.scores]
        if having:
            values = [result.scores[score] for result in having]
            groups = [result.group for result in having]
            found[score] = interval(values, groups, rounds=ROUNDS)
    return found


def latency(results: Sequence[Result]) -> tuple[float, float, float]:
    """The 50th, 95th and 99th percentile in ms, between the two nearest. Results: one at least."""
    p50, p95, p99 = np.percentile([result.took_ms for result in results], (50, 95, 99))
    return float(p50), float(p95), float(p99)


def confidences(results: Sequence[Result]) -> list[float]:
    """How sure each answer is, in [0, 1].

    Where none is told, 1 if answered: complete lists and differences computed are exact. Else 0.
    """
    return [
        float(result.is_answered) if result.confidence is None else result.confidence
        for result in results
    ]


def wrongs(results: Sequence[Result]) -> list[bool]:
    """Whether each is neither right nor rightly refused; a missing score is none."""
    return [not result.scores.get("right") for result in results]


def risks(results: Sequence[Result]) -> list[bool]:
    """Whether to answer each would be wrong: it is not answered right, or has no answer."""
    return [
        bad or result.kind != "answerable"
        for result, bad in zip(results, wrongs(results), strict=True)
    ]


def separation(results: Sequence[Result]) -> float | None:
    """AUROC in [0, 1]: the chance that a question which the plan answers has more confidence than
    one which it does not; None where it cannot be told."""
    return auroc(confidences(results), [result.kind == "answerable" for result in results])


def risk_area(results: Sequence[Result]) -> float | None:
    """The area in [0, 1] under risk by coverage, lower is better; None of no results."""
    return risk_coverage_area(confidences(results), risks(results))


def first_relevant(result: Result) -> int | None:
    """The rank, from 1, of the first passage with evidence; None where the ranking has none."""
    relevant = set(result.relevant)
    return next((n for n, name in enumerate(result.ranking, start=1) if name in relevant), None)


def worst(results: Sequence[Result], most: int = 40) -> list[Result]:
    """Up to most of those that are wrong; held-out ones only where all are held out.

    Who mends what a report shows would else mend by the held-out questions. First those that the
    plan answers, the later its evidence comes in the ranking the earlier, none at all first; then
    those that it does not. Each of the two gets half of the room, and what the other leaves. Ties
    by id.
    """

    def order(result: Result) -> tuple[float, str]:
        rank = first_relevant(result)
        return -np.inf if rank is None else -rank, result.id

    shown = [own for own in results if own.split != HELD_OUT] or results
    wrong = sorted((own for own, bad in zip(shown, wrongs(shown), strict=True) if bad), key=order)
    answerable = [result for result in wrong if result.kind == "answerable"]
    others = [result for result in wrong if result.kind != "answerable"]
    others = others[: max(most // 2, most - len(answerable))]
    return answerable[: most - len(others)] + others
