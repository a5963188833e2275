"""How much of a plan's register is right: held against every number of some chapters, by hand.

python -m eval.register [--gold FILE] [--plans DIR]
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import catalog, document
from corpus.indicators import Indicator, indicators, source_span
from corpus.language import key
from corpus.records import Document, Span
from eval.errors import IndexStale, QuestionsInvalid
from eval.questions import development, overlap

FACTS = ("value", "subject", "subject, exactly", "period", "kind")
_NEEDED = frozenset(FACTS) - {"subject, exactly"}
_MARKUP = re.compile(r"\\text\{([^{}]*)\}|[$\s]")
_TEXTS = ("chapter", "words", "subject", "period", "kind", "context")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a plan, as a reader found it. years: (first, last), None where none is told.

    context: source words around it, without white space. is_indicator: whether it tells a value,
    and is not a date or part of a name.
    """

    chapter: str
    words: str
    subject: str
    years: tuple[int, int] | None
    kind: str
    is_indicator: bool
    context: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A number and the entry at its place; either may be missing. right: which FACTS are."""

    number: Number | None
    entry: Indicator | None
    right: frozenset[str]


def load(path: Path) -> list[Number]:
    """The numbers of a JSON Lines file, in its order. Raises QuestionsInvalid, naming the line."""
    found = []
    for n, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        fields: dict[str, Any] = json.loads(line)
        if not all(isinstance(fields.get(name), str) for name in _TEXTS):
            raise QuestionsInvalid(f"{path}:{n}: lacks one of {', '.join(_TEXTS)}")
        first, last = fields["first_year"], fields["last_year"]
        found.append(
            Number(
                fields["chapter"],
                fields["words"],
                fields["subject"],
                None if first is None else (first, last),
                fields["kind"],
                fields["is_indicator"],
                fields["context"],
            )
        )
    return found


def holder(plans: Sequence[Document], numbers: Sequence[Number]) -> Document:
    """The plan that the numbers are of. Raises IndexStale where none has all of their contexts."""
    for plan in plans:
        close = "".join(plan.source.split())
        if all(number.context in close for number in numbers):
            return plan
    raise IndexStale(f"none of {len(plans)} plans has the words around all {len(numbers)} numbers")


def judge(plan: Document, numbers: Sequence[Number]) -> list[Judged]:
    """Each number that tells a value with the register's entry there; then the entries left over.

    Of the chapters that the numbers are of. An entry is a number's where both stand at one place of
    the source.
    """
    chapters = {number.chapter for number in numbers}
    entries = [(entry, source_span(entry, plan)) for entry in indicators(plan)]
    left = {entry.id: entry for entry, _ in entries if _chapter(entry) in chapters}
    places = _places(plan.source, numbers)
    judged = []
    for number, place in zip(numbers, places, strict=True):
        at = [
            entry for entry, span in entries if place and overlap(span, place) and entry.id in left
        ]
        if number.is_indicator:
            entry = left.pop(at[0].id) if at else None
            judged.append(Judged(number, entry, _right(number, entry)))
    judged += [Judged(None, entry, frozenset()) for entry in left.values()]
    return judged


def _chapter(entry: Indicator) -> str:
    return entry.passage.partition("/")[2].partition("#")[0].partition(".")[0]


def _places(source: str, numbers: Sequence[Number]) -> list[Span | None]:
    """Where each number stands; of one and the same context the next place each time."""
    offsets = [at for at, char in enumerate(source) if not char.isspace()]
    close = "".join(source[at] for at in offsets)
    taken: set[int] = set()
    found: list[Span | None] = []
    for number in numbers:
        context = close.find(number.context)
        limit = context + len(number.context)
        words = "".join(number.words.split())
        starts = (m.start() for m in re.finditer(re.escape(words), close[max(0, context) : limit]))
        # The number stands in the middle of its context.
        middle = (len(number.context) - len(words)) / 2
        free = [start for start in starts if context >= 0 and context + start not in taken]
        start = min(free, key=lambda start: abs(start - middle), default=None)
        if start is None:
            found.append(None)
            continue
        taken.add(context + start)
        last = offsets[context + start + len(words) - 1]
        found.append(Span(offsets[context + start], last + 1))
    return found


def _right(number: Number, entry: Indicator | None) -> frozenset[str]:
    if entry is None:
        return frozenset()
    said = entry.quantity.words if entry.quantity else entry.words
    asked, told = key(number.subject), key(entry.subject)
    period = entry.period
    years = None if period is None else (period.first, period.last)
    right = {
        "value": _plain(number.words) == _plain(said),
        "subject, exactly": asked == told,
        "subject": bool(told) and (asked in told or told in asked),
        "period": number.years == years,
        "kind": number.kind == entry.kind,
    }
    return frozenset(name for name in FACTS if right[name])


def _plain(words: str) -> str:
    return _MARKUP.sub(lambda found: found[1] or "", words).casefold()


def scores(judged: Sequence[Judged]) -> dict[str, tuple[float, float]]:
    """Of each of FACTS the recall and the precision, from 0 to 1."""
    numbers = sum(item.number is not None for item in judged)
    entries = sum(item.entry is not None for item in judged)
    return {
        fact: (right / numbers if numbers else 0.0, right / entries if entries else 0.0)
        for fact in FACTS
        for right in [sum(fact in item.right for item in judged)]
    }


def misses(judged: Sequence[Judged]) -> list[str]:
    """What is not right, one line each."""
    lines = []
    for item in judged:
        if item.number is None and item.entry is not None:
            lines.append(f"not a value: {item.entry.words} ({item.entry.subject})")
        elif item.number is not None and item.entry is None:
            lines.append(f"not found: {item.number.words} ({item.number.subject})")
        elif item.number is not None and item.entry is not None and not item.right >= _NEEDED:
            wrong = ", ".join(fact for fact in FACTS if fact not in item.right)
            period = item.entry.period
            years = None if period is None else (period.first, period.last)
            lines.append(
                f"{wrong}: {item.entry.words} ({item.entry.subject}, {years}, {item.entry.kind}), "
                f"not {item.number.words} ({item.number.subject}, {item.number.years}, "
                f"{item.number.kind})"
            )
    return lines


def table(judged: Sequence[Judged]) -> str:
    """The scores as Markdown."""
    numbers = sum(item.number is not None for item in judged)
    lines = [f"| register (n={numbers}) | recall | precision |", "|---|---|---|"]
    lines += [
        f"| {fact} | {recall:.3f} | {precision:.3f} |"
        for fact, (recall, precision) in scores(judged).items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Print the scores, and each miss."""
    parser = argparse.ArgumentParser(prog="python -m eval.register", description=__doc__)
    parser.add_argument("--gold", type=Path, default=development("dev-register"))
    parser.add_argument("--plans", type=Path, default=catalog.bundled())
    options = parser.parse_args()
    numbers = load(options.gold)
    plans = [reading.document for reading in document.read_all(options.plans)]
    judged = judge(holder(plans, numbers), numbers)
    print(table(judged))
    for line in misses(judged):
        print(f"- {line}")


if __name__ == "__main__":
    main()
