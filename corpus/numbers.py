"""Quantities in a text: a number with its unit, as the text words it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
_UNITS = (
    "个百分点|百分点|个月|平方公里|平方千米|平方米|立方米|公里|千米|亩|公顷|米|元|美元|人次|人|户|家|"
    "个|栋|幢|座|名|所|条|项|件|张|处|片|辆|吨|册|台|套|次|起|岁|分钟|小时|天|年|倍|类|种|批|支|部|场|"
    "级|路|度|层|间|只|课时|学时"
)
_MANY = r"\s*[十百千万亿]{0,3}\s*[余多]?\s*[十百千万亿]{0,3}"
_RANGE = r"\s*[-~～—至]\s*"
_START = r"(?<![\d.A-Za-z第])(?<!第\s)(?:[<>≤≥]\s*|(?<!\d)-)?"
_QUANTITY = re.compile(
    rf"{_START}{_NUMBER}(?:(?:\s*[万亿])?{_RANGE}{_NUMBER})?"
    rf"(?:\s*/\s*\d*[万亿])?\s*(?:[%％‰]|{_MANY}\s*(?:{_UNITS}))"
    r"(?:\s*/\s*(?:平方公里|平方千米|平方米|公里|千米|人|年))?"
    rf"|{_START}{_NUMBER}\s*/\s*\d*\s*[万亿]"
)
_YEAR = r"(?:1[0-9]|20)\d\d"
_DATE = re.compile(rf"{_YEAR}(?:{_RANGE}{_YEAR})?\s*年")


@dataclass(frozen=True, slots=True)
class Quantity:
    """text[start:end], without inner spaces: 560亿元, 12万余户, 3-5个, 9/10万, 2.5‰."""

    start: int
    end: int
    words: str


def quantities(text: str) -> list[Quantity]:
    """The quantities of text, in order; years of the calendar are none."""
    found = []
    for match in _QUANTITY.finditer(text):
        if not _DATE.fullmatch(match[0]):
            found.append(Quantity(*match.span(), re.sub(r"\s+", "", match[0])))
    return found
