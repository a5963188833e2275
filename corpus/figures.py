"""Figures: numbers written with digits, in Chinese or English, with what they amount to.

560亿元 and "56 billion yuan" are one figure; so a translation can be held against its original.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""A number in digits, as a regular expression."""
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
    rf"(?P<digits>{DIGITS})\s*(?P<power>(?:[十万亿]|百(?![分强])|千(?![米克瓦伏]))*)\s*(?P<more>[余多]?)(?P<power2>[万亿]*)\s*"
    r"(?P<unit>%|‰|个?百分点|美元|元)?"
)
_ENGLISH = re.compile(
    rf"(?P<digits>{DIGITS})(?:[\s-]+(?P<power>{'|'.join(_MAGNITUDES)})\b)?[\s-]*"
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
_ONES = "[一二两三四五六七八九]"
_SMALL = rf"(?:{_ONES}?千)?零?(?:{_ONES}?百)?零?(?:{_ONES}?十)?{_ONES}?"
_NUMERAL_FORM = re.compile(rf"(?:(?:{_SMALL})[万亿]+)*{_SMALL}")
_YEAR_FORM = re.compile(
    r"[零〇一二三四五六七八九]{4}|[一二三四五六七八九]*[〇零][零〇一二三四五六七八九]+"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
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
    parsed = list(_figures(text, _CHINESE if lang == "zh" else _ENGLISH))
    for n in reversed(range(len(parsed) - 1)):
        (one, scale), (other, factor) = parsed[n : n + 2]
        is_range = _RANGE.fullmatch(text, one.end, other.start) is not None
        is_year = scale == 1 and _FIRST_YEAR <= one.value <= _LAST_YEAR
        if is_range and not one.unit and not is_year:
            value = one.value * factor if scale == 1 else one.value
            parsed[n] = Figure(one.start, one.end, value, other.unit, one.more), factor
    found = [figure for figure, _ in parsed]
    if lang == "en":
        found += (
            Figure(*month.span(), Decimal(_MONTHS.index(month[0]) + 1), "")
            for month in _MONTH.finditer(text)
        )
    return sorted(found, key=lambda figure: figure.start)


def _figures(text: str, form: re.Pattern[str]) -> Iterator[tuple[Figure, Decimal]]:
    """Each figure, and what its digits are multiplied by."""
    for found in form.finditer(text):
        parts = found.groupdict()
        scale = _power(parts["power"] or "") * _power(parts.get("power2") or "")
        value = Decimal(found["digits"].replace(",", "")) * scale
        # White space that the form took in before a unit that is not there.
        end = found.start() + len(found[0].rstrip(" -\t\n"))
        unit = _unit(parts["unit"] or "")
        yield Figure(found.start(), end, value, unit, bool(parts.get("more"))), scale


def _unit(words: str) -> str:
    first = re.split(r"[\s-]", words.casefold())[0]
    return "‰" if words.casefold() == "per mille" else _UNITS.get(first, "")


def _power(words: str) -> Decimal:
    exponent = sum(_POWERS[char] for char in words) if words[:1] in _POWERS else None
    return Decimal(10) ** (_MAGNITUDES.get(words.casefold(), 0) if exponent is None else exponent)


def numerals(text: str) -> set[Decimal]:
    """What the Chinese numerals of a text stand for: 十四五 → 14 and 5, 五百亿, 二〇三五, 千."""
    found = {Decimal(numeral(run[0])) for run in _NUMERAL_FORM.finditer(text) if run[0]}
    for run in _YEAR_FORM.findall(text):
        found.add(Decimal("".join(str(_NUMERAL[char]) for char in run)))
    return found


def numeral(run: str) -> int:
    """What one Chinese numeral stands for: 十四 → 14, 五百亿 → 50,000,000,000, 两 → 2."""
    total = section = digit = 0
    for char in run:
        if char in _NUMERAL:
            digit = _NUMERAL[char]
        elif char == "万":
            total += (section + digit or 1) * 10**4
            section = digit = 0
        elif char == "亿":
            total = (total + section + digit or 1) * 10**8
            section = digit = 0
        else:
            section += (digit or 1) * 10 ** _POWERS[char]
            digit = 0
    return total + section + digit
