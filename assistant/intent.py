"""What is asked for: a value, a list, a meaning …, of which time, and past or planned."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.kinds import AMOUNTS, MANY, UNITS, Kind, kind_of
from corpus.indicators import IndicatorKind
from corpus.numbers import MEASURE_OF, Measure, Quantity, quantities
from corpus.periods import Period, periods
from corpus.units import spelling


@dataclass(frozen=True, slots=True)
class Intent:
    """What a question asks for.

    measure, unit (in its one spelling): of the amount, where it is said. periods: the times that
    it names, in order. side: whether what is or what is to be is asked for, where its wording
    tells; named times tell better. amounts: the quantities that it names.
    """

    kind: Kind
    measure: Measure | None = None
    unit: str | None = None
    periods: tuple[Period, ...] = ()
    side: IndicatorKind | None = None
    amounts: tuple[Quantity, ...] = ()
    wording: str = ""
    asks_amount: bool = False

    @property
    def wants_value(self) -> bool:
        """Whether a value of the register answers it: an amount, or whether an amount is so."""
        return self.kind in AMOUNTS or (self.kind is Kind.YESNO and bool(self.amounts))


_TARGET = re.compile(
    r"目标|计划|规划|打算|力争|预计|准备|今后|未来|将来?|(?<![主重需])要(?!求|素|点|不是)|应该?|希望|想(?!知)|打造到?|会(?:有|建|达|增|新|不)|"
    r"\b(?:target|aims?|aim(?:ed|ing)|plans?|planned|planning|will|should|going to|"
    r"goal|expect(?:ed|s)?|"
    r"hopes?|hoping|intends?|supposed to|to be|next|coming|wants?|must)\b",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"现在|目前|现有|如今|当前|眼下|已经|已(?!知)|过去|以前|之前|原来|此前|实际|截至|完成了|做到了|"
    r"(?:是|有|到|了|成|建|增|达)了?多少了|"
    r"\b(?:now|currently|at present|today|so far|already|existing|was|were|did|had|past|last|"
    r"previous|actual(?:ly)?|achieved|have been|has been|used to)\b",
    re.IGNORECASE,
)
_EACH = re.compile(r"(?:\bper|\bevery|\beach|每)\s*$", re.IGNORECASE)
"""What stands before a number that a rate is for: per 1,000 people."""
_ENGLISH_UNIT = r"\bhow (?:many|much) (?:more |new |extra |additional )?"
_MEASURES = (
    (Measure.TIME, r"多久|多长时间|\bhow (?:soon|long does)\b|(?:延长|多|长|少)几年"),
    (Measure.TIME, rf"{_ENGLISH_UNIT}(?:years?|months?|days?|hours?|minutes?|time)\b"),
    (Measure.LENGTH, r"多长|多远|\bhow far\b"),
    (Measure.LENGTH, rf"{_ENGLISH_UNIT}(?:kilomet|met|mile|km)"),
    (Measure.AREA, rf"{_ENGLISH_UNIT}(?:square|sq|hectare|mu\b|land\b|space\b)"),
    (
        Measure.MONEY,
        rf"多少钱|(?:罚|收费|补贴|补助|奖励|补偿|工资|月薪|费用|价格|票价|房价|押金|租金|额度|造价|投资额?)"
        rf"[^，。]{{0,6}}(?:{MANY}|$)|{_ENGLISH_UNIT}(?:yuan|rmb|money|dollars?)\b|"
        rf"\bin (?:yuan|rmb)\b|"
        r"\b(?:cost|price|fine|fee|fare|salary|wage|pay|rent|subsidy|loan)\b(?=.*\?|$)",
    ),
    (Measure.VOLUME, rf"{_ENGLISH_UNIT}cubic "),
    (Measure.LENGTH, rf"{_ENGLISH_UNIT}nautical "),
    (Measure.WEIGHT, rf"{_ENGLISH_UNIT}(?:tonnes?|tons?)\b"),
    (Measure.SHARE, rf"百分之几|比例|比重|占比|几成|{_ENGLISH_UNIT}per ?cent"),
    (Measure.SHARE, r"\b(?:share|percentage|proportion)\b"),
    (Measure.SHARE, r"\bhow many times\b|几倍"),
    (Measure.COUNT, r"\bhow many\b"),
)
_MEASURE_FORMS = [(measure, re.compile(form, re.IGNORECASE)) for measure, form in _MEASURES]
_MANY_UNIT = re.compile(rf"{MANY}\s*[十百千万亿]*?\s*({UNITS})")


_ASKS_AMOUNT = re.compile(
    rf"{MANY}|\b(?:how (?:much|many|far)|by how|difference|gap)\b", re.IGNORECASE
)


def read(text: str, lang: str, plan: tuple[int, int] | None) -> Intent:
    """What text asks for. lang: its own. plan: the years that "the next five" are, if known."""
    kind = kind_of(text)
    unit = _MANY_UNIT.search(text)
    measure = MEASURE_OF[unit[1]] if unit else None
    if measure is None and kind in {*AMOUNTS, Kind.COMPARISON}:
        measure = next((found for found, form in _MEASURE_FORMS if form.search(text)), None)
    named = periods(text, lang, plan)
    spans = [(mention.start, mention.end) for mention in named]
    amounts = [
        quantity
        for quantity in quantities(text, lang)
        if re.search(r"\d", quantity.words)
        and not _EACH.search(text[: quantity.start])
        and not any(quantity.start < end and start < quantity.end for start, end in spans)
    ]
    side, wording = _side(text)
    return Intent(
        kind,
        measure,
        spelling(unit[1]) if unit else None,
        tuple(mention.period for mention in named),
        side,
        tuple(amounts),
        wording,
        _ASKS_AMOUNT.search(text) is not None,
    )


def _side(text: str) -> tuple[IndicatorKind | None, str]:
    """What is, or what is to be, where the wording tells one of them; and the word that does."""
    target, baseline = _TARGET.search(text), _BASELINE.search(text)
    if baseline is not None and target is None:
        return IndicatorKind.BASELINE, baseline[0]
    if target is not None and baseline is None:
        return IndicatorKind.TARGET, target[0]
    return None, ""
