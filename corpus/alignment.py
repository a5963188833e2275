"""A quantity found again in an aligned translation, with its bounds and its unit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from corpus.bounds import around
from corpus.figures import Figure, figures
from corpus.numbers import Quantity
from corpus.units import ENGLISH

_UNIT = re.compile(rf"[ -](?:{'|'.join(ENGLISH)})", re.IGNORECASE)
_EXCEED = re.compile(r"(?:not |without )?(?:exceed|surpass)", re.IGNORECASE)
"""Verbs that a phrase tells by "more than" or "no more than"."""
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b")
_EACH = re.compile(r" per (?:square |cubic )?[a-z]+")
_NUMBER = re.compile(
    r"(?P<open>\[?[<>≤≥]?)(?P<low>\d[\d,.]*)(?P<high>[-–]\d[\d,.]*)?(?P<close>\]?)"
)
_TIMES = re.compile(
    r"(?P<scale>\d[\d,]*(?: (?:thousand|million|billion))?|ten thousand) (?P<unit>.+)"
)
_LARGE = ((Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_UNCOUNTED = frozenset({"yuan", "mu", "kilometers", "meters"})


def english_place(
    quantity: Quantity, original: str, sentence: str, offset: int = 0
) -> tuple[int, int] | None:
    """Where an English sentence has the figures of a quantity of its original; None where not.

    offset: where original begins in the text that the quantity's offsets are of (of an indicator:
    the start of its sentence in the passage). Where the original has equal figures, the one of the
    same place among them is meant. sentence is folded (NFKC), and what is found is a slice of it.
    """
    wanted = _worths(figures(quantity.words, "zh"))
    before = _places(_worths(figures(original[: quantity.start - offset], "zh")), wanted)
    every = _places(_worths(figures(original, "zh")), wanted)
    found = figures(sentence, "en")
    places = _places(_worths(found), wanted)
    if not places or len(places) != len(every) or len(before) >= len(places):
        return None
    first = places[len(before)]
    return found[first].start, found[first + len(wanted) - 1].end


def english(quantity: Quantity, original: str, sentence: str, offset: int = 0) -> str:
    """A quantity of original in the words of its English sentence; "" where it is not there.

    With its bounds and its unit: 56 billion yuan, more than 220 billion yuan (also for "exceed"),
    9 per 100,000, within 6%. offset: as in english_place.
    """
    sentence = unicodedata.normalize("NFKC", sentence)
    place = english_place(quantity, original, sentence, offset)
    if place is None:
        return ""
    start, end = around_english(sentence, *place, each="/" in quantity.unit)
    if sentence[start - 1 : start] == "-":
        return ""  # a once-in-20-years flood
    words = sentence[start:end]
    verb = _EXCEED.match(words)
    if verb is None:
        return words
    bound = "no more than" if " " in verb[0] else "more than"
    return f"{bound} {words[place[0] - start :]}"


def around_english(sentence: str, start: int, end: int, *, each: bool) -> tuple[int, int]:
    """start and end with the bounds and the unit around them; each: also for each of what."""
    for form in (_ORDINAL, _UNIT, *([_EACH] if each else [])):
        found = form.match(sentence, end)
        end = found.end() if found else end
    near = around(sentence, start, end, "en")
    return near.first, near.last


def english_cell(words: str, unit: str) -> str:
    """A cell's English words with the row's unit after the number: 83 years, about 7%."""
    number = _NUMBER.search(words)
    if number is None or not unit or unit in words or "%" in words:
        return words
    if times := _TIMES.fullmatch(unit):
        if number["high"]:
            return ""
        scale = times["scale"].replace("ten thousand", "10,000")
        told = _scaled(number["low"], figures(scale, "en")[0].value)
        before, after = words[: number.start()] + number["open"], words[number.end() :]
        return f"{before}{told}{number['close']} {times['unit']}{after}"
    if unit[0].isalpha():
        unit = f" {unit if number[0] == '1' else _plural(unit)}"
    return f"{words[: number.end()]}{unit}{words[number.end() :]}"


def _scaled(digits: str, scale: Decimal) -> str:
    """52.7 of "100 million yuan" is 5.27 billion."""
    value = Decimal(digits.replace(",", "").rstrip(".")) * scale
    size, name = next(((size, name) for size, name in _LARGE if value >= size), (Decimal(1), ""))
    amount = value / size
    return f"{amount:,f}{name}" if amount % 1 else f"{amount.to_integral_value():,f}{name}"


def _plural(unit: str) -> str:
    if unit in _UNCOUNTED or unit.endswith("s") or len(unit.rsplit(maxsplit=1)[-1]) <= 2:  # km
        return unit
    return f"{unit[:-1]}ies" if re.search(r"[^aeiou]y$", unit) else f"{unit}s"


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
