"""The register on the wire."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field

from assistant.api.render import page_list, passage_url, receipt_out
from assistant.api.schemas import ReceiptOut, Wire
from assistant.records import Receipt
from assistant.register import Entry, EntryPair
from corpus.indicators import IndicatorKind
from corpus.numbers import Bound
from corpus.periods import Period


class PeriodOut(Wire):
    """Calendar years, first to last. words: as the plan names them."""

    words: str
    first: int
    last: int


class IndicatorOut(Wire):
    """A value that a plan states: quote is source[start:end], in characters.

    subject: what it is said of, and words: the value, both as the plan words them; subject_en,
    phrase_en: the same in the words of the translation, null where it has none. value: what the
    number amounts to, in unit, in digits; of a range the low end, and upper the high one; null of a
    target that is no number. qualifier: the words that bound it, bound: what they make of it.
    binding: as a table says. section: its id. path: the headings above it.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "example-14fyp/10.1#1:1",
                    "document": "example-14fyp",
                    "subject": "金融业增加值",
                    "subject_en": "value added of the financial sector",
                    "value": "56000000000",
                    "upper": None,
                    "unit": "元",
                    "words": "突破560亿元",
                    "phrase_en": "more than 56 billion yuan",
                    "qualifier": "力争突破",
                    "bound": "more_than",
                    "period": {"words": "2025年", "first": 2025, "last": 2025},
                    "kind": "target",
                    "binding": None,
                    "passage_id": "example-14fyp/10.1#1",
                    "section": "10.1",
                    "path": ["第四篇 …", "第十章 …", "一、打造金融之城"],
                    "pages": [25],
                    "quote": "560 亿元",
                    "start": 13013,
                    "end": 13019,
                    "url": "/v1/passages/example-14fyp/10.1%231",
                }
            ]
        }
    )

    id: str
    document: str
    subject: str
    subject_en: str | None
    value: str | None
    upper: str | None
    unit: str
    words: str
    phrase_en: str | None
    qualifier: str
    bound: Bound | None
    period: PeriodOut | None
    kind: IndicatorKind
    binding: str | None
    passage_id: str
    section: str
    path: list[str]
    pages: list[int]
    quote: str
    start: int
    end: int
    url: str


class PairOut(Wire):
    """What a subject has reached, and is to reach. change: target less base, in unit; percent: the
    same in percent of the base, null of shares and ranks. Both are computed; exact: false where a
    value is a bound (超过2200亿元), so that they hold about."""

    base: IndicatorOut
    target: IndicatorOut
    change: str
    unit: str
    percent: str | None
    exact: bool


class IndicatorsResponse(Wire):
    """The values that were found, in the plan's order. pairs: where they were asked for, those
    bases and targets that belong together and of which one at least was found."""

    count: Annotated[int, Field(ge=0)]
    indicators: list[IndicatorOut]
    pairs: list[PairOut] | None
    receipt: ReceiptOut


def indicator_out(entry: Entry) -> IndicatorOut:
    """A value as it is sent."""
    one, passage, quantity = entry.indicator, entry.passage, entry.indicator.quantity
    return IndicatorOut(
        id=one.id,
        document=one.document,
        subject=one.subject,
        subject_en=one.subject_en,
        value=None if quantity is None else _digits(quantity.value),
        upper=None if quantity is None else _digits(quantity.upper),
        unit="" if quantity is None else quantity.unit,
        words=one.words,
        phrase_en=one.phrase_en,
        qualifier="" if quantity is None else quantity.qualifier,
        bound=None if quantity is None else quantity.bound,
        period=None if one.period is None else _period_out(one.period),
        kind=one.kind,
        binding=one.binding,
        passage_id=one.passage,
        section=passage.section,
        path=list(passage.path),
        pages=page_list(entry.pages),
        quote=entry.quote,
        start=entry.span.start,
        end=entry.span.end,
        url=passage_url(one.passage),
    )


def pair_out(found: EntryPair) -> PairOut:
    """A base and its target as they are sent."""
    pair = found.pair
    return PairOut(
        base=indicator_out(found.base),
        target=indicator_out(found.target),
        change=f"{pair.change:f}",
        unit=pair.unit,
        percent=_digits(pair.percent),
        exact=pair.is_exact,
    )


def indicators_out(
    found: Sequence[Entry], pairs: Sequence[EntryPair] | None, receipt: Receipt
) -> IndicatorsResponse:
    """What was found as it is sent. pairs: None where they were not asked for."""
    return IndicatorsResponse(
        count=len(found),
        indicators=[indicator_out(entry) for entry in found],
        pairs=None if pairs is None else [pair_out(pair) for pair in pairs],
        receipt=receipt_out(receipt),
    )


def _digits(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _period_out(period: Period) -> PeriodOut:
    return PeriodOut(words=period.words, first=period.first, last=period.last)
