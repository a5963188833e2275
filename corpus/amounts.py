"""Amounts: numbers in digits or numerals with their units, as a text has them in half width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.bounds import around
from corpus.figures import DIGITS, figures, numeral
from corpus.units import EACH, ENGLISH, HAN_COUNTED, LATIN_UNIT, RANK, UNIT, spelling

_START = r"(?<![\d.A-Za-z第+])(?<!第\s)(?<!\d,)(?P<sign>[<>≤≥]\s*|(?<![\d%‰])-|)"
_POWER = r"(?:[十万亿]|百(?![分强])|千(?![米克瓦伏]))"
_SCALE = rf"\s*{_POWER}{{0,3}}\s*[余多]?\s*{_POWER}{{0,3}}"
_RANGE = r"\s*[-~～—–至]{1,2}\s*"
_UNIT = rf"(?:[%‰]|{UNIT}|{LATIN_UNIT})"
_PER = rf"\s*/\s*(?:{EACH}|\d+\s*[万亿]|[十百千万亿]+)"
_CHINESE = re.compile(
    rf"{_START}(?P<low>{DIGITS})(?P<scale>{_SCALE})"
    rf"(?:(?P<low_unit>{_UNIT})?{_RANGE}(?P<high>{DIGITS})(?P<high_scale>{_SCALE}))?"
    rf"(?:\s*(?P<unit>{_UNIT}(?:{_PER})?)|(?P<rate>{_PER}))"
)
_NUMERAL = "零一二两三四五六七八九十百千万亿"
_HAN = re.compile(
    rf"(?<![第几数每\d“‘「『《{_NUMERAL}])(?P<low>(?:[二两三四五六七八九十]|一(?=[十百千万亿]))[{_NUMERAL}]*)"
    rf"[余多]?(?:(?P<unit>{HAN_COUNTED})(?!一)|(?P<tenths>成)(?![立为效果长员本功就熟型])"
    r"|(?P<kinds>大)(?![会中学道队部小厦楼家气力数党])|(?P<years>年)(?=时间|[内左以]))"
)
_BARE = re.compile(
    rf"{_START}(?P<low>{DIGITS})(?P<scale>{_SCALE})(?=[以左上]|\s*(?:[，。；、,;）)”和与及的]|$))"
)
_LARGE = re.compile(
    rf"{_START}(?P<low>{DIGITS})(?P<scale>\s*[十百千]?[万亿][余多]?)(?=[\u4e00-\u9fff])"
)
"""Before the noun itself: 5575万农村贫困人口."""
_WEAK = frozenset({*"在到至将已均仅共各", "累计", "力争", "每年", "每月"})
"""Words before a number that do not make it one without a unit."""

_MAGNITUDE = r"(?:[\s-]+(?:hundred|thousand|million|billion|trillion)\b|)"
_ENGLISH_UNIT = "|".join(ENGLISH)
_ENGLISH_PER = (
    r"\s+(?:per|for every|in every)\s+(?:(?P<of>100,000|10,000|1,000)\b|"
    r"(?P<each>square kilomet(?:er|re)|square met(?:er|re)|kilomet(?:er|re)|person|capita|"
    r"household|year|hour|day|mu)\b)"
)
_ENGLISH = re.compile(
    rf"(?<![\w.$+])(?<!\d[,–—-])(?P<sign>[<>≤≥]\s*|(?<=\s)-|)(?P<low>{DIGITS})(?P<scale>{_MAGNITUDE})"
    rf"(?:(?:\s*%)?(?:\s*[-–—~]\s*|\s+to\s+)(?P<high>{DIGITS})(?P<high_scale>{_MAGNITUDE}))?"
    rf"(?:[\s-]*(?P<unit>{_ENGLISH_UNIT}))?(?:{_ENGLISH_PER})?(?![\w+]|[.,]\d)",
    re.IGNORECASE,
)
_UNITS = [(re.compile(form, re.IGNORECASE), unit) for form, unit in ENGLISH.items()]
_EACH = {
    "100,000": "10万",
    "10,000": "万",
    "1,000": "千",
    "person": "人",
    "capita": "人",
    "household": "户",
    "year": "年",
    "hour": "小时",
    "day": "天",
    "mu": "亩",
}
_LABEL = re.compile(
    r"\b(?:lines?|phase|grade|chapter|section|part|no\.?|article|table|box|top|class|level|type|"
    r"figure|global|january|february|march|april|may|june|july|august|september|october|november|"
    r"december)[\s-]+$",
    re.IGNORECASE,
)
"""What stands before a number that is a name: Line 7, Top 500, June 30."""
_RANK = re.compile(
    r"第\s*(?P<low>\d{1,4}|[一二三四五六七八九十]{1,3})(?![\d一二三四五六七八九十])\s*"
    r"(?:(?P<named>[名位](?!置))|(?![届次个章节条款阶季方梯批线产类期]))"
)
_RANKED = re.compile(r"(?:居|列|排名|名列|跃升|升至|升到|跻身|保持|稳居)[^，。；、]{0,14}$")
"""What stands before a place in a ranking that does not say 名 or 位 itself."""


@dataclass(frozen=True, slots=True)
class Amount:
    """text[start:end], what it amounts to, and its unit in its one spelling. upper: of a range."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None
    unit: str = ""


def chinese(text: str) -> list[Amount]:
    """The amounts of a Chinese text, in order."""
    found = [*_with_digits(text), *_with_numerals(text), *_without_unit(text)]
    found += (Amount(*m.span(), _value(m["low"], m["scale"])) for m in _LARGE.finditer(text))
    kept: list[Amount] = []
    for amount in sorted(found, key=lambda amount: (amount.start, -amount.end)):
        if not kept or kept[-1].end <= amount.start:
            kept.append(amount)
    return kept


def _with_digits(text: str) -> Iterator[Amount]:
    at = 0
    while match := _CHINESE.search(text, at):
        at = match.end()
        part = match.groupdict()
        unit = spelling(part["unit"] or part["rate"])
        low, scale, high = part["low"], part["scale"], part["high"]
        if part["low_unit"] and spelling(part["low_unit"]) != unit:
            # 5%-10家 is no range: the first alone, and on from there.
            at = match.end("low_unit")
            yield Amount(match.start(), at, _value(low, scale), unit=spelling(part["low_unit"]))
            continue
        upper = None
        if high:
            upper = _value(high, part["high_scale"])
            scale = scale.strip() or part["high_scale"]
        value = _value(low, scale)
        yield Amount(match.start(), at, -value if part["sign"] == "-" else value, upper, unit)


def _with_numerals(text: str) -> Iterator[Amount]:
    for match in _HAN.finditer(text):
        part = match.groupdict()
        value = Decimal(numeral(part["low"]))
        if part["tenths"]:
            yield Amount(*match.span(), value * 10, unit="%")
        elif not part["kinds"] or value <= 10:
            yield Amount(
                *match.span(), value, unit=spelling(match[0][len(part["low"]) :].lstrip("余多"))
            )


def _without_unit(text: str) -> Iterator[Amount]:
    """Numbers without a unit that something is said to reach: 性别比控制在107以内."""
    last = -1
    for match in _BARE.finditer(text):
        near = around(text, *match.span())
        before = text[near.first : match.start()].strip()
        listed = last >= 0 and text[last : match.start()].strip() in ("、", "和", "与", "及")
        if listed or (before and before not in _WEAK) or near.last > match.end():
            last = near.last
            end = match.end("low") + len(match["scale"].rstrip())
            yield Amount(match.start(), end, _value(match["low"], match["scale"]))


def _value(digits: str, scale: str, lang: str = "zh") -> Decimal:
    value = figures(f"{digits}{scale.rstrip()}", lang)[0].value
    return value.to_integral_value() if value == value.to_integral_value() else value


def english(text: str) -> Iterator[Amount]:
    """The amounts of an English text, in order."""
    for match in _ENGLISH.finditer(text):
        part = match.groupdict()
        if _LABEL.search(text, max(0, match.start() - 12), match.start()):
            continue
        scale, high = part["scale"], part["high"]
        upper = _value(high, part["high_scale"], "en") if high else None
        value = _value(part["low"], scale or (part["high_scale"] or ""), "en")
        forms = (unit for form, unit in _UNITS if form.fullmatch(part["unit"] or ""))
        unit = next(forms, "")
        if per := part["of"] or part["each"]:
            kind = per.casefold()
            each = _EACH.get(kind) or next(other for form, other in _UNITS if form.match(kind))
            unit = f"{unit}/{each}"
        yield Amount(*match.span(), -value if part["sign"] == "-" else value, upper, unit)


def ranks(text: str) -> Iterator[Amount]:
    """Places in a ranking: 全国第27名, 居全市第1; not 第七届, 第一章."""
    for match in _RANK.finditer(text):
        low = match["low"]
        if match["named"] or _RANKED.search(text, max(0, match.start() - 18), match.start()):
            yield Amount(*match.span(), Decimal(low if low.isdigit() else numeral(low)), unit=RANK)
