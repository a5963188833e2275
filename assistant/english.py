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
_NOUN = re.compile(r"[ -](?:square |cubic )?[a-z][a-z'-]*")
_OR = re.compile(r" or (?:more|above|over|less|lower|below|under|fewer)\b")
_STOPS = frozenset(
    {"a", "an", "and", "are", "as", "at", "by", "for", "from", "in", "into", "is", "of", "on", "or"}
    | {"respectively", "than", "that", "the", "this", "to", "was", "were", "will", "with", "while"}
)
_MOST_WORDS = 4
_NUMBER = re.compile(r"\[?[<>≤≥]?\d[\d,.]*(?:[-–]\d[\d,.]*)?\]?")
_UNCOUNTED = frozenset({"yuan", "mu", "kilometers", "meters"})


def short(value: Value, evidence: Evidence) -> str:
    """value in the words of the translation and, in brackets, in the plan's.

    The plan's alone where the translation does not have that figure, or has it more or less often.
    """
    told = evidence.passage.translation
    sentence = "" if told is None else told.sentences[evidence.sentence]
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
    """Where sentence has the figures of value: with what qualifies and what it counts.

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
    return _phrase(sentence, found[first].start, found[last].end, counted=not wanted[-1][1])


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


def _phrase(sentence: str, start: int, end: int, *, counted: bool) -> str:
    before = _BEFORE.search(sentence, 0, start)
    start = before.start() if before else start
    for _ in range(_MOST_WORDS if counted else 0):
        noun = _NOUN.match(sentence, end)
        if noun is None or noun[0].strip(" -") in _STOPS:
            break
        end = noun.end()
    bound = _OR.match(sentence, end)
    return sentence[start : bound.end() if bound else end]
