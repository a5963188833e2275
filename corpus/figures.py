"""Figures: numbers written with digits, in Chinese or English, with what they amount to.

560亿元 and "56 billion yuan" are one figure; so a translation can be held against its original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_MAGNITUDES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_CHINESE = re.compile(
    rf"(?P<digits>{_DIGITS})\s*(?P<power>(?:[十百万亿]|千(?![米克瓦]))*)\s*(?P<more>[余多]?)(?P<power2>[万亿]*)\s*"
    r"(?P<unit>%|‰|个?百分点|美元|元)?"
)
_ENGLISH = re.compile(
    rf"(?P<digits>{_DIGITS})(?:[\s-]+(?P<power>{'|'.join(_MAGNITUDES)})\b)?[\s-]*"
    r"(?P<unit>%|‰|percentage[\s-]points?|per ?cent\b|per mille\b|US dollars?|yuan\b)?",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")
_RANGE = re.compile(r"\s*(?:[-~～—–至]|to)\s*")
_UNITS = {
    "%": "%",
    "per": "%",  # per cent
    "percent": "%",
    "‰": "‰",
    "个百分点": "point",
    "百分点": "point",
    "percentage": "point",
    "元": "yuan",
    "yuan": "yuan",
    "美元": "dollar",
    "us": "dollar",
}
"""What the first word of a unit, folded, stands for."""
_NUMERALS = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_NUMERAL = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Figure:
    """text[start:end], folded. value: what it amounts to, its magnitude included.

    unit: "%", "‰", "point" (percentage points), "yuan", "dollar", or "" for anything else.
    more: whether 余 or 多 says that it is more than that.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    more: bool = False


def figures(text: str, lang: str) -> list[Figure]:
    """The figures of a text in "zh" or "en", in order. In a range both ends have what the last has.

    Months by their names are figures of an English text, as 6月 is of a Chinese one.
    """
    text = unicodedata.normalize("NFKC", text)
    found = list(_figures(text, _CHINESE if lang == "zh" else _ENGLISH))
    for n in reversed(range(len(found) - 1)):
        one, other = found[n], found[n + 1]
        if _RANGE.fullmatch(text, one.end, other.start) and not one.unit:
            bare = text[one.start : one.end].strip().replace(",", "")
            scale = other.value / _bare(text, other)
            value = one.value * scale if bare == str(one.value) else one.value
            found[n] = Figure(one.start, one.end, value, other.unit, one.more)
    if lang == "en":
        found += (
            Figure(*month.span(), Decimal(_MONTHS.index(month[0]) + 1), "")
            for month in _MONTH.finditer(text)
        )
    return sorted(found, key=lambda figure: figure.start)


def _figures(text: str, form: re.Pattern[str]) -> Iterator[Figure]:
    for found in form.finditer(text):
        parts = found.groupdict()
        value = Decimal(found["digits"].replace(",", ""))
        for power in (parts["power"], parts.get("power2")):
            value *= _power(power or "")
        unit = _unit(parts["unit"] or "")
        # White space that the form took in before a unit that is not there.
        end = found.start() + len(found[0].rstrip(" -\t\n"))
        yield Figure(found.start(), end, value, unit, bool(parts.get("more")))


def _unit(words: str) -> str:
    first = re.split(r"[\s-]", words.casefold())[0]
    return "‰" if words.casefold() == "per mille" else _UNITS.get(first, "")


def _power(words: str) -> Decimal:
    exponent = sum(_POWERS[char] for char in words) if words[:1] in _POWERS else None
    return Decimal(10) ** (_MAGNITUDES.get(words.casefold(), 0) if exponent is None else exponent)


def _bare(text: str, figure: Figure) -> Decimal:
    digits = re.match(_DIGITS, text[figure.start : figure.end])
    assert digits is not None
    return Decimal(digits[0].replace(",", "")) or Decimal(1)


def numerals(text: str) -> set[Decimal]:
    """What the Chinese numerals of a text, or any run of them, can stand for: 十四五 → 14, 5, …"""
    found = set()
    for run in _NUMERALS.findall(text):
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + 8) + 1):
                found.add(Decimal(_numeral(run[start:end])))
        if set(run) <= set(_NUMERAL):
            found.add(Decimal("".join(str(_NUMERAL[char]) for char in run)))  # 二〇三五
    return found


def _numeral(run: str) -> int:
    total = section = digit = 0
    for char in run:
        if char in _NUMERAL:
            digit = _NUMERAL[char]
        elif char in "万亿":
            total = (total + section + digit or 1) * 10 ** _POWERS[char]
            section = digit = 0
        else:
            section += (digit or 1) * 10 ** _POWERS[char]
            digit = 0
    return total + section + digit
