"""The register: every value that a plan tells, what it is said of, and whether it is a target."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from corpus import columns
from corpus.alignment import english, english_cell
from corpus.naming import english_subject
from corpus.numbers import Quantity, quantities
from corpus.periods import Mention, Period, is_compared, periods, plan_years
from corpus.records import Document, Kind, Passage, Span, Traced
from corpus.retrospect import looking_back
from corpus.subjects import subjects

_ITEM = re.compile(r"\s*——")
_ANNOUNCES = re.compile(r"[：:]\s*$|以下|如下|(?:主要|发展|具体)目标")
_SUM = re.compile(r"[一二三四五六七八九十\d]{1,2}年(?:累计|共)?")
"""A period that sums up what its clause tells; it looks back or ahead with its section."""
FLOW = re.compile(r"新|实施|建成|改|扩建|引进|吸引|开通|修复|培训|签约|完成|压减|投入")
"""Subjects that add up over years; others are levels."""
_LEVEL = re.compile("达|突破|超过|为")
_FROM = re.compile(r"(?:由|从)(?:[^，、]{0,8}的)?(?:每[人年月日天周])*$")
_THERE = re.compile(r"现有|目前|现已|已有|截至|截止|已经")


class IndicatorKind(StrEnum):
    """Whether a value is to be reached, or has been."""

    TARGET = "target"
    BASELINE = "baseline"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One value that a plan tells.

    id: that of its passage, and the value's number in it from 1. sentence: the number of its
    sentence in the passage. start, end: passage.text[start:end] is the number with its unit, of a
    row the cell's words. subject: what it is said of, in the plan's own words. words: what a reader
    is shown, a phrase, or a cell with the row's unit. quantity: None where a cell has no number
    (完成市下达目标); its offsets are those in passage.text. binding: 约束性 or 预期性, as a table
    says. column: which of a row's fields it is. subject_en, phrase_en: in the words of the
    translation or the glossary, None where they do not tell them.
    """

    id: str
    document: str
    passage: str
    sentence: int
    start: int
    end: int
    subject: str
    words: str
    quantity: Quantity | None
    period: Period | None
    kind: IndicatorKind
    binding: str | None = None
    column: int | None = None
    subject_en: str | None = None
    phrase_en: str | None = None


def indicators(document: Document) -> tuple[Indicator, ...]:
    """Every value that a plan tells, in the order of its passages."""
    return tuple(_Register(document).entries())


class _Register:
    """One reading of a document, passage by passage."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._plan = plan_years(document.manifest.title)
        self._back = looking_back(document, self._plan)
        self._announced: Period | None = None
        """The period that the sentence before a list has named for its items."""
        self._in_list = False
        self._sum: Period | None = None
        """The period that the sentences before have summed up over."""

    def entries(self) -> Iterator[Indicator]:
        section = ""
        for passage in self._document.passages:
            if passage.section != section or passage.kind is not Kind.TEXT:
                section, self._announced, self._in_list = passage.section, None, False
            found = self._row(passage) if passage.kind is Kind.ROW else self._text(passage)
            for number, entry in enumerate(found, start=1):
                yield replace(entry, id=f"{passage.id}:{number}")

    def _text(self, passage: Passage) -> Iterator[Indicator]:
        self._sum = None
        for number, sentence in enumerate(passage.sentences):
            text = passage.sentence_text(number)
            named = periods(text, "zh", self._plan)
            self._listen(text, named)
            announced = self._announced if self._in_list else None
            found = quantities(text, "zh", self._plan, announced, ranks=True)
            english_text = passage.translation.shown(number) if passage.translation else ""
            said = subjects(text, found, named)
            for n, (quantity, subject) in enumerate(zip(found, said, strict=True)):
                if subject is None:
                    continue
                is_from = n + 1 < len(found) and said[n + 1] == subject and _is_from(text, quantity)
                period = self._period(text, quantity, subject, passage.section)
                start, end = quantity.start + sentence.start, quantity.end + sentence.start
                yield Indicator(
                    id="",
                    document=self._document.id,
                    passage=passage.id,
                    sentence=number,
                    start=start,
                    end=end,
                    subject=subject,
                    words=quantity.phrase,
                    quantity=replace(quantity, start=start, end=end, period=period),
                    period=period,
                    kind=self._kind(period, passage, is_from or _is_there(text, quantity)),
                    subject_en=self._named(quantity, subject, text, english_text),
                    phrase_en=english(quantity, text, english_text) or None,
                )
            if named:
                last = named[-1].period
                self._sum = last if _SUM.fullmatch(last.words) else None

    def _named(self, quantity: Quantity, subject: str, text: str, told: str) -> str | None:
        return (
            english_subject(quantity, subject, text, told, self._document.terms) if told else None
        )

    def _row(self, passage: Passage) -> Iterator[Indicator]:
        name, unit = columns.name_column(passage.fields), columns.unit_column(passage.fields)
        told = passage.translation
        fields = told.fields if told and not told.withheld else ()
        for value in columns.values(passage.fields, self._plan, passage.path[-1]):
            english_name = fields[name][1] if fields and name is not None else None
            if english_name and value.subject != passage.fields[name or 0][1]:
                english_name = f"{english_name}: {fields[value.column][0]}"
            words_en = None
            if fields:
                unit_en = "" if unit is None else fields[unit][1]
                words_en = english_cell(fields[value.column][1], unit_en) or None
            yield Indicator(
                id="",
                document=self._document.id,
                passage=passage.id,
                sentence=0,
                start=value.start,
                end=value.start + len(passage.fields[value.column][1]),
                subject=value.subject,
                words=value.words,
                quantity=value.quantity,
                period=value.period,
                kind=self._kind(value.period, passage, value.reached),
                binding=columns.binding(passage.fields),
                column=value.column,
                subject_en=english_name,
                phrase_en=words_en,
            )

    def _listen(self, text: str, named: Sequence[Mention]) -> None:
        """Take up the period that what announces a list names for its items."""
        if _ITEM.match(text):
            self._in_list = True
        elif not self._in_list:
            own = [mention.period for mention in named if not is_compared(text, mention)]
            self._announced = own[-1] if own and _ANNOUNCES.search(text) else None

    def _period(self, text: str, quantity: Quantity, subject: str, section: str) -> Period | None:
        """The period of a value. A sum (五年累计) is none of a level that a later clause tells.

        In a section that looks ahead its years are the plan's. Where the sentence names no period,
        what adds up goes on with the sum of the sentence before.
        """
        period = quantity.period
        if period is None and FLOW.match(subject):
            period = self._sum
        elif (
            period is not None
            and _SUM.fullmatch(period.words)
            and _LEVEL.search(quantity.qualifier)
        ):
            clause = re.split(r"[，,；;。]", text[: quantity.start])[-1]
            period = period if period.words in "".join(clause.split()) else None
        if period is None or not _SUM.fullmatch(period.words):
            return period
        if self._plan is None or section in self._back:
            return period
        return Period(period.words, self._plan[0], self._plan[0] + period.last - period.first)

    def _kind(self, period: Period | None, passage: Passage, reached: bool) -> IndicatorKind:
        if period is not None and self._plan is not None:
            reached = period.last < self._plan[0]
        elif not reached:
            reached = passage.kind is not Kind.ROW and passage.section in self._back
        return IndicatorKind.BASELINE if reached else IndicatorKind.TARGET


def _is_from(text: str, quantity: Quantity) -> bool:
    """Whether a quantity is what something rises or falls from: 由14.2%降到9%以下."""
    return _FROM.search(text, max(0, quantity.start - 12), quantity.start) is not None


def _is_there(text: str, quantity: Quantity) -> bool:
    """Whether the clause of a quantity says that it is so already: 现有商务楼宇112栋."""
    clause = re.split(r"[，,；;。]", text[: quantity.start])[-1]
    return _THERE.search(clause) is not None


def source_span(indicator: Indicator, document: Document) -> Span:
    """Where a value stands in the source: the number with its unit, of a cell the number or all.

    source[span], without white space and markup, reads as quantity.words; of a cell without a
    number as words.
    """
    passage = next(found for found in document.passages if found.id == indicator.passage)
    quantity = indicator.quantity
    start, end = (
        (indicator.start, indicator.end) if quantity is None else (quantity.start, quantity.end)
    )
    if indicator.column is None:
        spans = Traced(passage.text, passage.spans).cut(start, end).spans
        return Span(spans[0].start, spans[-1].end)
    line = passage.spans[0].start
    first = document.source.rfind("\n", 0, line) + 1
    last = document.source.find("\n", line)
    cells = document.source[first : last if last >= 0 else len(document.source)].split("\t")
    cell = cells[indicator.column]
    at = first + sum(len(other) + 1 for other in cells[: indicator.column])
    at += len(cell) - len(cell.lstrip()) - indicator.start
    return Span(at + start, at + end)
