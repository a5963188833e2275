"""What a plan's indicators have reached and are to reach, and the difference."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from corpus.indicators import FLOW, Indicator, IndicatorKind
from corpus.language import key
from corpus.numbers import Measure, Quantity

_WHOSE = re.compile(r"^(?:辖区|全区|全市|全县|全省|本区|本市|本县|我区|我市|我县|区域)")
_SIZE = re.compile(r"(?:规模|总量|总数|人数|数)$")
_WITHOUT_PERCENT = frozenset({Measure.SHARE, Measure.RANK})


@dataclass(frozen=True, slots=True)
class Pair:
    """What a subject has reached, and is to reach.

    change: target - base, in unit: that of the two, percentage points for shares. percent: the same
    in percent of the base, to two places; None for shares, ranks and a base of nothing. is_exact:
    see is_exact().
    """

    base: Indicator
    target: Indicator
    change: Decimal
    unit: str
    percent: Decimal | None
    is_exact: bool


def is_exact(*values: Indicator) -> bool:
    """Whether no value is a bound: how far 超过2200亿元 is from anything is not stated."""
    return all(one.quantity is not None and one.quantity.bound is None for one in values)


def pairs(found: Iterable[Indicator]) -> tuple[Pair, ...]:
    """What is told of one subject before and for the plan, in the order of the targets.

    Of several bases the latest counts. A sum over years is held against a sum over as many, never
    against one year's value; ranges and cells without a number have no difference.
    """
    told = [
        (entry, entry.quantity)
        for entry in found
        # [1.5] in a column of a year is a sum over the plan, and no level.
        if entry.quantity is not None and not entry.words.startswith("[")
    ]
    bases: dict[tuple[str, str], list[tuple[Indicator, Quantity]]] = defaultdict(list)
    for entry, quantity in told:
        if entry.kind is IndicatorKind.BASELINE and quantity.upper is None:
            bases[_same(entry.subject), quantity.unit].append((entry, quantity))
    made = []
    for target, quantity in told:
        if target.kind is not IndicatorKind.TARGET or quantity.upper is not None:
            continue
        fitting = [
            (base, amount)
            for base, amount in bases[_same(target.subject), quantity.unit]
            if _comparable(base, target)
        ]
        if fitting:
            base, amount = max(
                fitting, key=lambda pair: pair[0].period.last if pair[0].period else 0
            )
            made.append(_pair(base, amount, target, quantity))
    return tuple(pair for pair in made if pair.is_exact or pair.change)  # 99.4% and >99.4%


def _pair(base: Indicator, one: Quantity, target: Indicator, other: Quantity) -> Pair:
    change = other.value - one.value
    percent = None
    if one.measure not in _WITHOUT_PERCENT and one.unit != "年一遇" and one.value:
        percent = round(100 * change / one.value, 2)
    unit = "个百分点" if one.unit == "%" else one.unit
    return Pair(base, target, change, unit, percent, is_exact(base, target))


def _same(subject: str) -> str:
    """What two wordings of one subject have in common: 辖区路网密度, 金融产业增加值."""
    words = _WHOSE.sub("", key(subject)).replace("产业增加值", "业增加值")
    return _SIZE.sub("", words) or words


def _comparable(base: Indicator, target: Indicator) -> bool:
    one, other = (
        None if entry.period is None else entry.period.last - entry.period.first
        for entry in (base, target)
    )
    if one is None or other is None:
        return not (one or other) or FLOW.match(target.subject) is not None
    return one == other
