"""A value in English, with the plan's own words beside it: 56 billion yuan (560亿元)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from assistant.answer import Value, unit_column
from assistant.evidence import Evidence
from corpus.figures import Figure, figures

_BEFORE = re.compile(
    r"\b(?:no (?:more|less|fewer) than|more than|less than|at least|at most|up to|over|nearly|"
    r"about|around|approximately|within|below|under|above) $",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[ -](?:(?:square |cubic )?(?:kilo)?meters?|km|minutes?|hours?|days?|months?|years?|people|"
    r"persons?|households?|tons?|mu|hectares?|times)\b"
)
_EACH = re.compile(r" per (?:square |cubic )?[a-z]+")
_OR = re.compile(r" or (?:more|above|over|less|lower|below|under|fewer)\b")
_NUMBER = re.compile(r"\[?[<>≤≥]?\d[\d,.]*(?:[-–]\d[\d,.]*)?\]?")
_UNCOUNTED = frozenset({"yuan", "mu", "kilometers", "meters"})


def short(value: Value, evidence: Evidence) -> str:
    """value in the words of the translation and, in brackets, in the plan's.

    The plan's alone where the translation does not have that figure, or has it more or less often.
    """
    told = evidence.passage.translation
    sentence = "" if told is None else told.shown(evidence.sentence)
    if told is None or not sentence:
        return value.words
    if value.column is not None:
        unit = unit_column(evidence.passage)
        words = _cell(told.fields[value.column][1], "" if unit is None else told.fields[unit][1])
    else:
        words = _amount(value, evidence.text, unicodedata.normalize("NFKC", sentence))
    return value.words if words in ("", value.words) else f"{words} ({value.words})"


def _cell(words: str, unit: str) -> str:
    """A cell's English words with the row's unit after the number: 83 years, about 7%."""
    number = _NUMBER.search(words)
    if number is None or not unit or unit in words or "%" in words:
        return words
    if unit[0].isdigit():
        return ""  # 50 of "100 million yuan": no words for it
    if unit[0].isalpha():
        unit = f" {unit if number[0] == '1' else _plural(unit)}"
    return f"{words[: number.end()]}{unit}{words[number.end() :]}"


def _plural(unit: str) -> str:
    if unit in _UNCOUNTED or unit.endswith("s") or len(unit.rsplit(maxsplit=1)[-1]) <= 2:  # km
        return unit
    return f"{unit[:-1]}ies" if re.search(r"[^aeiou]y$", unit) else f"{unit}s"


def _amount(value: Value, original: str, sentence: str) -> str:
    """Where sentence has the figures of value: with its bounds and its unit.

    Where the original has equal figures, the one of the same place among them is meant.
    """
    wanted = _worths(figures(value.words, "zh"))
    before = _places(_worths(figures(original[: value.start], "zh")), wanted)
    every = _places(_worths(figures(original, "zh")), wanted)
    found = figures(sentence, "en")
    places = _places(_worths(found), wanted)
    if not places or len(places) != len(every) or len(before) >= len(places):
        return ""
    first = places[len(before)]
    last = first + len(wanted) - 1
    return _phrase(sentence, found[first].start, found[last].end, each="/" in value.words)


def _worths(found: Sequence[Figure]) -> list[tuple[Decimal, str]]:
    return [(figure.value, figure.unit) for figure in found]


def _places(
    found: Sequence[tuple[Decimal, str]], wanted: Sequence[tuple[Decimal, str]]
) -> list[int]:
    """Where wanted stands in found."""
    count = len(wanted)
    if not count:
        return []
    return [n for n in range(len(found) - count + 1) if list(found[n : n + count]) == list(wanted)]


def _phrase(sentence: str, start: int, end: int, *, each: bool) -> str:
    """sentence[start:end] with the bounds and the unit around it; each: also for each of what."""
    before = _BEFORE.search(sentence, 0, start)
    start = before.start() if before else start
    for form in (_UNIT, *([_EACH] if each else []), _OR):
        found = form.match(sentence, end)
        end = found.end() if found else end
    return sentence[start:end]
