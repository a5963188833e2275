"""Quantities in a text: a number with its unit, as the text words it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"


class Measure(StrEnum):
    """What a quantity measures, by its unit."""

    MONEY = "money"
    SHARE = "share"
    AREA = "area"
    VOLUME = "volume"
    LENGTH = "length"
    TIME = "time"
    WEIGHT = "weight"
    RATE = "rate"
    """One thing for each of another: 9/10万, 5.98千米/平方公里."""
    COUNT = "count"


_UNITS_OF = {
    Measure.MONEY: "美元 元",
    Measure.SHARE: "个百分点 百分点 倍",
    Measure.AREA: "平方公里 平方千米 平方米 公顷 亩",
    Measure.VOLUME: "立方米",
    Measure.LENGTH: "公里 千米 米",
    Measure.TIME: "个月 课时 学时 小时 分钟 天 年 岁",
    Measure.WEIGHT: "吨",
    Measure.COUNT: (
        "人次 人 户 家 个 栋 幢 座 名 所 条 项 件 张 处 片 辆 册 台 套 次 起 类 种 批 支 部 场 级 "
        "路 度 层 间 只"
    ),
}
MEASURE_OF = {unit: measure for measure, units in _UNITS_OF.items() for unit in units.split()}
"""Units and what they measure."""
_UNITS = "|".join(sorted(MEASURE_OF, key=lambda unit: (-len(unit), unit)))
_UNIT = re.compile(rf"(?:{_UNITS})$")
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
_NAMED_YEAR = re.compile(rf"(?<![\d.])({_YEAR})\s*年")
_BOUND = re.compile(r"\s*(以内|之内|以上|以下|左右|上下)")
_DATE = re.compile(rf"{_YEAR}(?:{_RANGE}{_YEAR})?\s*年")


@dataclass(frozen=True, slots=True)
class Quantity:
    """text[start:end], without inner spaces: 560亿元, 12万余户, 3-5个, 9/10万, 2.5‰.

    bound: what follows it and limits it: 以内, 以上, 左右 …, or "". year: the calendar year that
    the text named last before it, if any.
    """

    start: int
    end: int
    words: str
    bound: str = ""
    year: str | None = None

    @property
    def measure(self) -> Measure:
        """What it measures."""
        if "/" in self.words:
            return Measure.RATE
        unit = _UNIT.search(self.words)
        return Measure.SHARE if unit is None else MEASURE_OF[unit[0]]


def quantities(text: str) -> list[Quantity]:
    """The quantities of text, in order; years of the calendar are none."""
    found = []
    years = [(year.start(), year[1]) for year in _NAMED_YEAR.finditer(text)]
    for match in _QUANTITY.finditer(text):
        if _DATE.fullmatch(match[0]):
            continue
        bound = _BOUND.match(text, match.end())
        before = [year for start, year in years if start < match.start()]
        found.append(
            Quantity(
                *match.span(),
                words=re.sub(r"\s+", "", match[0]),
                bound=bound[1] if bound else "",
                year=before[-1] if before else None,
            )
        )
    return found
