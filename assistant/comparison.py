"""Two values that a question compares, and their difference, computed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from assistant import values
from assistant.intent import Intent
from assistant.values import Fact
from corpus.indicators import Indicator, IndicatorKind
from corpus.pairs import is_exact

_MOST = 12
"""How many of the best values are held against each other."""
_ONE_SUBJECT, _EACH_PERIOD = 4.0, 3.0
"""What speaks for a pair besides its values: one subject where two times are asked for, and each of
the times that is asked for and that one of them is of."""
_SCALES = (("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
_ENGLISH = ((Decimal(10) ** 9, " billion"), (Decimal(10) ** 6, " million"))
_NUMBER = re.compile(r"[<>≤≥]?\d[\d,.]*(?: (?:billion|million|trillion))?|^.*?(?=%)")
_SHARES = frozenset({"%", "‰"})
_TIMES = re.compile(
    r"过去|以往|现在|目前|现状|之前|原来|未来|今后|\b(?:past|last|now|current|before|next|coming)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one unit; the earlier one first."""

    first: Indicator
    second: Indicator

    def told(self, lang: str) -> str:
        """Both values with what tells them apart: their times, or their subjects."""
        alike = values.alike(self.first, self.second)
        parts = [_labelled(one, lang, by_time=alike) for one in (self.first, self.second)]
        return (" → " if alike else " / ").join(parts)

    @property
    def change(self) -> Decimal:
        """The second less the first."""
        assert self.first.quantity is not None
        assert self.second.quantity is not None
        return self.second.quantity.value - self.first.quantity.value

    def difference(self, lang: str, *, signed: bool = False) -> str:
        """How far apart they are, with the unit: 约182.91亿元, or signed +1.26个百分点."""
        assert self.second.quantity is not None
        unit, apart = self.second.quantity.unit, abs(self.change)
        about = "" if is_exact(self.first, self.second) else "about " if lang == "en" else "约"
        sign = ("-" if self.change < 0 else "+" if self.change else "") if signed else ""
        amount = self._english(unit, apart) if lang == "en" else self._chinese(unit, apart)
        return f"{about}{sign}{amount}"

    def _chinese(self, unit: str, apart: Decimal) -> str:
        if unit in _SHARES:
            return f"{_plain(apart)}个{'百分' if unit == '%' else '千分'}点"
        for name, scale in _SCALES:
            if name in self.first.words and name in self.second.words:
                return f"{_plain(apart / scale)}{name}{unit}"
        return f"{_plain(apart)}{unit}"

    def _english(self, unit: str, apart: Decimal) -> str:
        if unit in _SHARES:
            return f"{_plain(apart)} {'percentage' if unit == '%' else 'per mille'} points"
        if unit == "元":
            for scale, name in _ENGLISH:
                if apart >= scale:
                    return f"{_plain(apart / scale)}{name} yuan"
        words = self.second.phrase_en or ""
        number = _NUMBER.search(words)
        tail = words[number.end() :] if number else ""
        return f"{apart.normalize():,f}{tail}" if number else f"{apart.normalize():,f}{unit}"


def compare(
    facts: Sequence[tuple[float, Fact]], intent: Intent, question: str
) -> Comparison | None:
    """The two of the values that the question compares best; None where it compares no two."""
    pairs = [
        (one + other + _fit(a.indicator, b.indicator, intent, question), a, b)
        for (one, a), (other, b) in combinations(facts[:_MOST], 2)
        if _comparable(a.indicator, b.indicator) and _is_asked(a, b, intent, question)
    ]
    if not pairs:
        return None
    _, a, b = max(pairs, key=lambda pair: pair[0])
    found = Comparison(*_ordered(a.indicator, b.indicator))
    return found if found.change else None  # >99.4 against 99.4: how far is not stated


def _is_asked(a: Fact, b: Fact, intent: Intent, question: str) -> bool:
    """Whether each time that is asked for is that of one of two values, and they are of one thing;
    or the question speaks of both things, and of no times."""
    times = [one.indicator.period for one in (a, b)]
    said = [period for period in times if period is not None]
    if len(said) == len(times) and any(
        all(values.fit(asked, period) < 0 for period in said) for asked in intent.periods
    ):
        return False
    if values.alike(a.indicator, b.indicator):
        return True
    asks_times = len(intent.periods) > 1 or _TIMES.search(question) is not None
    return not asks_times and min(map(values.subject_share, (a, b))) > 0


def _comparable(a: Indicator, b: Indicator) -> bool:
    if a.quantity is None or b.quantity is None or a.quantity.upper or b.quantity.upper:
        return False
    if a.words.startswith("[") or b.words.startswith("["):
        return False  # a sum of several years, as tables write it
    if a.quantity.unit != b.quantity.unit and {a.quantity.unit, b.quantity.unit} != {"人", "名"}:
        return False
    one = values.alike(a, b)
    return (a.kind is not b.kind or _period(a) != _period(b)) if one else True


def _fit(a: Indicator, b: Indicator, intent: Intent, question: str) -> float:
    times = (
        len(intent.periods) > 1
        or (bool(intent.periods) and _period(a) != _period(b))
        or _TIMES.search(question) is not None
    )
    fit = sum(
        _EACH_PERIOD * any(values.fit(asked, said) > 0 for said in (a.period, b.period) if said)
        for asked in intent.periods
    )
    alike = values.alike(a, b)
    if times:
        return fit + (_ONE_SUBJECT if alike else -_ONE_SUBJECT)
    return fit + (0.0 if alike else _ONE_SUBJECT * (_period(a) == _period(b)))


def _period(one: Indicator) -> tuple[int, int] | None:
    return None if one.period is None else (one.period.first, one.period.last)


def _ordered(a: Indicator, b: Indicator) -> Iterator[Indicator]:
    swap = a.kind is IndicatorKind.TARGET and b.kind is IndicatorKind.BASELINE
    if a.period is not None and b.period is not None and a.period.last != b.period.last:
        swap = a.period.last > b.period.last
    elif a.kind is b.kind:
        swap = (a.passage, a.start) > (b.passage, b.start)
    return iter((b, a) if swap else (a, b))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _labelled(one: Indicator, lang: str, *, by_time: bool) -> str:
    words = (one.phrase_en or one.words) if lang == "en" else one.words
    if by_time and one.period is None:
        return words
    if not by_time:
        subject = (one.subject_en or one.subject) if lang == "en" else one.subject
        return f"{subject}: {words}" if lang == "en" else f"{subject}{words}"
    assert one.period is not None
    years = str(one.period.last)
    if one.period.first != one.period.last:
        years = f"{one.period.first}–{years}"
    return f"{years}: {words}" if lang == "en" else f"{years}年{words}"
