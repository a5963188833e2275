"""The tables of a report: what a run is counted by, in cells of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from eval.measures.significance import Interval, bounds_of
from eval.questions import LANGUAGES
from eval.runs.records import LABELS, Result
from eval.runs.slices import SPLITS, Slice, latency, means, risk_area, separation, sets

MAIN = (
    "success@1",
    "rr@10",
    "text_right",
    "short_right",
    "token_f1",
    "citation_precision",
    "citation_recall",
    "refused_wrongly",
    "answered_wrongly",
    "refused_rightly",
)
RANKING = ("success@1", "success@3", "success@5", "recall@5", "recall@10", "rr@10", "ndcg@10")
FOUND = ("success@1", "ndcg@10", "text_right", "short_right")
REFUSED = ("refused_rightly", "refused_wrongly", "answered_wrongly")
NONE = "–"
"""The cell of what is not known."""
_Measure = Callable[[Sequence[Result]], float | None]
_PERCENTILES: tuple[_Measure, ...] = (
    lambda results: latency(results)[0],
    lambda results: latency(results)[1],
    lambda results: latency(results)[2],
)

Told = Sequence[tuple[Slice, Mapping[str, Interval]]]
"""Slices, each with the means of its scores."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table. group: what it stands under. lang: of its name, None if of no language."""

    group: str
    name: str
    cells: tuple[str, ...]
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """heads: of the names, then of the cells. note: what a reader must know, "" if nothing."""

    title: str
    note: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def in_short(results: Sequence[Result]) -> Table:
    """How well each set of questions is found, answered and refused."""
    heads = [LABELS[score] for score in FOUND]
    refused = [LABELS[score] for score in REFUSED]
    rows = []
    for part in sets(results):
        own = means(part)
        answerable = sum(result.kind == "answerable" for result in part.results)
        found, kept = _cells(own, FOUND), _cells(own, REFUSED)
        others = str(len(part.results) - answerable)
        cells = (str(answerable), *found, others, *kept)
        rows.append(Row(part.dimension, part.name, cells))
    return Table(
        "In short",
        "Means, with their 95% intervals.",
        ("direction", "questions", *heads, "unanswerable", *refused),
        tuple(rows),
    )


def tables(told: Told) -> list[Table]:
    """All tables of a report, told of the slices of a run."""
    results = told[0][0].results if told else ()
    ways = [(part, own) for part, own in told if part.dimension in ("all", "direction")]
    every = [part for part, _ in told if part.dimension == "all"]
    numbers = part_numbers(told)
    return [
        in_short(results),
        Table(
            "By slice",
            "Each mean is over those of the n questions that have the score (n beside it where "
            "they are fewer), with its 95% interval (bootstrap over groups: a question in both "
            "languages is one); none where all are equal.",
            ("slice", "n", *(LABELS[score] for score in MAIN)),
            tuple(_row(part, _cells(own, MAIN, len(part.results)), numbers) for part, own in told),
        ),
        Table(
            "Ranking",
            "Over the questions that have evidence.",
            ("slice", "n", *(LABELS[score] for score in RANKING)),
            tuple(_ranked(part, own, numbers) for part, own in told if "success@1" in own),
        ),
        Table(
            "Refusing",
            "AUROC: the chance that confidence is higher for a question that the plan answers "
            "than for one that it does not. Area under risk by coverage: lower is better.",
            ("direction", "n", "AUROC", "risk–coverage area"),
            tuple(
                _row(part, tuple(_bounded(part, measure) for measure in (separation, risk_area)))
                for part in every + sets(results)
            ),
        ),
        Table(
            "Latency",
            "Milliseconds until the answer came.",
            ("direction", "n", "p50", "p95", "p99"),
            tuple(
                _row(part, tuple(_bounded(part, measure, 1) for measure in _PERCENTILES))
                for part, _ in ways
            ),
        ),
    ]


def part_numbers(told: Told) -> dict[str, int]:
    """The number, from 1, by which plots name each part of the plan."""
    names = [part.name for part, _ in told if part.dimension == "part"]
    return {name: number for number, name in enumerate(names, start=1)}


def plan_lang(result: Result) -> str | None:
    """The language of the plan that was asked; None if it is none of LANGUAGES."""
    lang = result.direction.rpartition("→")[2]
    return lang if lang in LANGUAGES else None


def _ranked(part: Slice, own: Mapping[str, Interval], numbers: Mapping[str, int]) -> Row:
    """A row that counts the questions with evidence alone."""
    row = _row(part, _cells(own, RANKING), numbers)
    return replace(row, cells=(str(own["success@1"].n), *row.cells[1:]))


def _row(part: Slice, cells: tuple[str, ...], numbers: Mapping[str, int] | None = None) -> Row:
    name, lang = part.name, None
    if part.dimension == "split":
        name = SPLITS.get(name, name)
    elif part.dimension == "part" and numbers:
        name, lang = f"{numbers[name]} · {name}", plan_lang(part.results[0])
    return Row(part.dimension, name, (str(len(part.results)), *cells), lang)


def _cells(
    own: Mapping[str, Interval], scores: Sequence[str], size: int | None = None
) -> tuple[str, ...]:
    return tuple(_cell(own[score], size) if score in own else NONE for score in scores)


def _cell(mean: Interval, size: int | None) -> str:
    """A mean with its interval, unless all are equal; and of how many, if not size."""
    told = f"{mean.mean:.3f}"
    if mean.low < mean.high:
        told += f" [{mean.low:.2f}–{mean.high:.2f}]"
    return told if size in (None, mean.n) else f"{told} n {mean.n}"


def _bounded(part: Slice, measure: _Measure, digits: int = 2) -> str:
    """A measure that is no mean, with its 95% interval."""
    value, groups = measure(part.results), [result.group for result in part.results]
    bounds = bounds_of(lambda own: measure([part.results[n] for n in own]), groups)
    if value is None or bounds is None:
        return NONE
    more = digits + (digits > 1)
    return f"{value:.{more}f} [{bounds[0]:.{digits}f}–{bounds[1]:.{digits}f}]"
