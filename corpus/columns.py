"""The columns of a table of indicators: which one names them, and which tell a value or a unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.figures import figures
from corpus.language import half_width
from corpus.numbers import Quantity, quantities
from corpus.periods import Period, periods
from corpus.units import spelling
from corpus.years import Years

Fields = tuple[tuple[str, str], ...]
"""A row: (header, words) of each column."""

_UNIT = re.compile(r"(?:计量)?单位")
_BINDING = re.compile(r"(?:指标)?(?:属性|类型|性质)")
_NAME = re.compile(r"指标|名称|项目|内容|事项|任务")
_NUMBERING = re.compile(r"序号|编号|类别|分类|备注|责任.*|牵头.*|依据|来源")
_VALUE = re.compile(
    r"目标|现状|基期|基数|增速|增长|增幅|平均|累计|规划值|完成值|实际|预期|数值|[^价]值$"
)
_ADDED = re.compile(r"增速|增长|增幅|平均|累计")
"""Headers that say another thing of the indicator than its level in a year."""
_REACHED = re.compile(r"现状|基期|基数|完成|实际")
_NUMBER = re.compile(
    r"\[?(?P<number>[<>≤≥]?\s*-?\d[\d,]*(?:\.\d+)?(?:\s*[-~～—–至]\s*\d[\d,]*(?:\.\d+)?)?)\]?"
)
_EMPTY = frozenset({"", "-", "—", "——", "/", "－", "–"})


@dataclass(frozen=True, slots=True)
class Value:
    """A row's cell that tells a value. start: where its words stand in the passage's text.

    words: with the row's unit where the cell has none. quantity: None where it has no number; its
    words are the cell's, without the unit. reached: whether the header says that it is no target.
    """

    column: int
    start: int
    subject: str
    words: str
    quantity: Quantity | None
    period: Period | None
    reached: bool


def name_column(fields: Fields) -> int | None:
    """Which column names the indicator."""
    labels = [label for label, _ in fields]
    named = (n for n, label in enumerate(labels) if _NAME.search(label) and not _is_other(label))
    plain = (n for n, label in enumerate(labels) if not _is_other(label))
    return next(named, next(plain, None))


def unit_column(fields: Fields) -> int | None:
    """Which column tells the row's unit."""
    return next((n for n, (label, _) in enumerate(fields) if _UNIT.fullmatch(label)), None)


def binding(fields: Fields) -> str | None:
    """Whether the target binds, as the row says: 约束性, 预期性."""
    found = (words for label, words in fields if _BINDING.fullmatch(label) and words not in _EMPTY)
    return next(found, None)


def _is_other(label: str) -> bool:
    return any(form.fullmatch(label) for form in (_UNIT, _BINDING, _NUMBERING))


def values(fields: Fields, plan: Years | None, caption: str = "") -> Iterator[Value]:
    """The cells of a row that tell values, in order; words in a column of values are one too.

    caption: the table's, whose period holds where a header names none.
    """
    name, unit = name_column(fields), unit_column(fields)
    if name is None:
        return
    above = next((mention.period for mention in periods(caption, "zh", plan)), None)
    at = 0
    for column, (label, words) in enumerate(fields):
        if words in ("", "-"):  # left out of the text of the row
            continue
        start = at + len(label) + 1
        at = start + len(words) + 1
        if column == name or _is_other(label) or words in _EMPTY:
            continue
        own = periods(label, "zh", plan)
        is_value = bool(own) or _VALUE.search(label) is not None
        shown, quantity = _read(words, "" if unit is None else fields[unit][1])
        if not is_value and (quantity is None or quantity.words != words):
            continue
        reached = _REACHED.search(label) is not None
        period = own[-1].period if own else None if reached else above
        subject = fields[name][1]
        if not own and _ADDED.search(label):
            subject += label
        if quantity is not None:
            quantity = replace(
                quantity, start=quantity.start + start, end=quantity.end + start, period=period
            )
        yield Value(column, start, subject, shown, quantity, period, reached)


def _read(words: str, unit: str) -> tuple[str, Quantity | None]:
    """What a cell shows, and its number; offsets are those in words."""
    found = _NUMBER.match(half_width(words))
    own = quantities(words)
    if own and (found is None or own[0].unit):
        return words, own[0]
    if found is None:
        return words, None
    number, rest = found["number"], words[found.end() :]
    told = quantities(f"{number}{unit}{rest}")
    start, end = found.span("number")
    own_words = "".join(words[start:end].split())
    shown = f"{words[: found.end()]}{unit}{rest}"
    if told and told[0].start == 0 and (told[0].unit or not unit):
        return shown, replace(told[0], start=start, end=end, words=own_words)
    amounts = [figure.value for figure in figures(number, "zh")]
    scale = figures(f"1{unit}", "zh")[0].value
    return shown, Quantity(
        start=start,
        end=end,
        words=own_words,
        value=amounts[0] * scale,
        upper=amounts[1] * scale if len(amounts) > 1 else None,
        unit=spelling(unit.lstrip("十百千万亿")),
    )
