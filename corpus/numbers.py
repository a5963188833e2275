"""Quantities in a text: a number with its unit, what bounds it, and the period it holds for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from corpus import amounts
from corpus.bounds import Bound, around, shown
from corpus.language import half_width
from corpus.periods import Period, holding, is_compared, periods
from corpus.units import MEASURE_OF, Measure, measure
from corpus.years import Years

__all__ = ["MEASURE_OF", "Bound", "Measure", "Quantity", "quantities"]

_ANY_PLAN = (2021, 2025)
"""Of which years a plan is does not matter for telling a period from a quantity."""
_BLANK = "\0"
_MORE = frozenset("余多")
"""Between a number and its unit they say that it is more."""
_LINKS = frozenset("、和与及")


@dataclass(frozen=True, slots=True)
class Quantity:
    """text[start:end], a number with its unit: 560亿元, 12万余户, 3-5个, 9/10万.

    words: that without white space (English: with single spaces). value: what it amounts to, its
    magnitude included; of a range the low end, upper the high one. unit: in its one Chinese
    spelling (see corpus.units), "" for none. qualifier, after: the words right before and behind it
    that bound it (力争突破, 以上). bound: what they, or a sign, make of it. period: the one that it
    holds for, as far as the text tells.
    """

    start: int
    end: int
    words: str
    value: Decimal
    upper: Decimal | None = None
    unit: str = ""
    qualifier: str = ""
    after: str = ""
    bound: Bound | None = None
    period: Period | None = None

    @property
    def measure(self) -> Measure:
        """What it measures."""
        return measure(self.unit)

    @property
    def phrase(self) -> str:
        """What a short answer shows: 超过2200亿元, 96%以上, 每年25天以内, "more than 5 people"."""
        before = shown(self.qualifier)
        gap = " " if (before or self.after).isascii() else ""
        return gap.join(filter(None, (before, self.words, self.after)))


def quantities(
    text: str,
    lang: str = "zh",
    plan: Years | None = None,
    inherited: Period | None = None,
    *,
    ranks: bool = False,
) -> list[Quantity]:
    """The quantities of a text in "zh" or "en", in order; years of the calendar are none.

    plan: the years of the plan, for what is relative to them (see corpus.periods). inherited: the
    period that holds where a sentence names none. ranks: with places in a Chinese ranking (第27名).
    """
    narrow = half_width(text)
    mentions = periods(text, lang, plan)
    blank = narrow
    for year in mentions if plan else periods(text, lang, _ANY_PLAN):
        blank = f"{blank[: year.start]}{_BLANK * (year.end - year.start)}{blank[year.end :]}"
    holds = [mention for mention in mentions if not is_compared(text, mention)]
    every = list(amounts.chinese(blank) if lang == "zh" else amounts.english(blank))
    if ranks:
        every = sorted([*every, *amounts.ranks(blank)], key=lambda amount: amount.start)
    found: list[Quantity] = []
    floor = 0
    for amount in every:
        near = around(narrow, amount.start, amount.end, lang, floor)
        words = _close(text[amount.start : amount.end], lang)
        found.append(
            Quantity(
                start=amount.start,
                end=amount.end,
                words=words,
                value=amount.value,
                upper=amount.upper,
                unit=amount.unit,
                qualifier=_close(text[near.first : amount.start], lang),
                after=_close(text[amount.end : near.last], lang),
                bound=near.bound or (Bound.MORE_THAN if set(words) & _MORE else None),
                period=holding(narrow, amount.start, holds, lang) or inherited,
            )
        )
        floor = near.last
    return _sharing(narrow, found)


def _sharing(text: str, found: list[Quantity]) -> list[Quantity]:
    """found, where one bound behind a list holds for all of it: 分别降至9/10万和2.5‰以下."""
    is_bounded = bool(found and found[-1].after)
    for n in reversed(range(len(found) - 1)):
        one, other = found[n : n + 2]
        is_bounded = is_bounded or bool(other.after)
        is_listed = text[one.end : other.start].strip() in _LINKS and "分别" in text[: one.start]
        if is_bounded and is_listed and one.bound is None:
            found[n] = replace(one, bound=other.bound)
        else:
            is_bounded = False
    return found


def _close(text: str, lang: str) -> str:
    return ("" if lang == "zh" else " ").join(text.split())
