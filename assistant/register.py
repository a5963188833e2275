"""The values that the plans state, found by words, kind, time and section."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant import question
from assistant.errors import PeriodUnreadable
from assistant.service import Assistant
from assistant.terms import Terms, english_words
from corpus import outline
from corpus.indicators import Indicator, IndicatorKind, source_span
from corpus.language import fold, language, simplify
from corpus.pages import pages_of
from corpus.pairs import Pair, pairs
from corpus.periods import Period, periods
from corpus.records import Document, Pages, Passage, Span
from index.search import Searcher
from index.tokens import stems

LONGEST_PERIOD = 100
"""Characters of a time that is asked for."""
_WORD = re.compile(r"[a-z]+[a-z0-9]*|\d+(?:[.,]\d+)*[%‰]?|[^\W\d_a-z]+")
_ALL = 0.999


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with the passage that states it. span: where it stands in the source."""

    indicator: Indicator
    passage: Passage
    document: Document
    span: Span

    @property
    def quote(self) -> str:
        """The value as the source has it."""
        return self.document.source[self.span.start : self.span.end]

    @property
    def pages(self) -> Pages | None:
        """Where the value itself is printed."""
        return pages_of([self.span], self.document.leaves)


@dataclass(frozen=True, slots=True)
class EntryPair:
    """A base and a target of one subject, and the pair that they are."""

    base: Entry
    target: Entry
    pair: Pair


def indicators(
    assistant: Assistant,
    q: str | None = None,
    kind: IndicatorKind | None = None,
    period: str | None = None,
    section: str | None = None,
    documents: Collection[str] | None = None,
) -> tuple[Entry, ...]:
    """The values that fit all that is given, in the plans' order.

    q: words, each of them in the subject, the value or a heading above it, in either language;
    where none has them as they are written, cut
    into words and carried to the other language. period: years
    (2025, 2016-2020) or words for them (十四五); values of no named time are of none. section: that
    one and those in it. Nothing, or white space, stands for no choice in q and period.

    Raises QuestionTooLong or QuestionUnreadable (of q), PeriodUnreadable, SectionUnknown,
    DocumentUnknown.
    """
    assistant.check(documents, section)
    times = _times(period, assistant) if period and period.strip() else None
    inside = {
        document.id: {one.id for one in outline.inside(document.sections, section or "")}
        for document in assistant.index.documents
    }
    found = [
        entry
        for entry in entries(assistant, documents)
        if kind in {None, entry.indicator.kind}
        and (times is None or _is_of(entry.indicator, times))
        and (section is None or entry.passage.section in inside[entry.document.id])
    ]
    if q and q.strip():
        found = _with_words(simplify(question.read(q).text), found, assistant.searcher)
    return tuple(found)


def entries(assistant: Assistant, documents: Collection[str] | None = None) -> Iterator[Entry]:
    """Every value of the documents, in their order."""
    for document in assistant.index.documents:
        if documents is not None and document.id not in documents:
            continue
        for passage in document.passages:
            for one in assistant.registers.get(passage.id, ()):
                yield Entry(one, passage, document, source_span(one, document))


def paired(assistant: Assistant, found: Sequence[Entry]) -> tuple[EntryPair, ...]:
    """The bases and targets that belong together, where one of the two at least was found."""
    wanted = {entry.indicator.id for entry in found}
    every = {
        entry.indicator.id: entry
        for entry in entries(assistant, {entry.document.id for entry in found})
    }
    return tuple(
        EntryPair(every[pair.base.id], every[pair.target.id], pair)
        for _, own in groupby(every.values(), key=lambda entry: entry.document.id)
        for pair in pairs(entry.indicator for entry in own)
        if wanted & {pair.base.id, pair.target.id}
    )


def _times(text: str, assistant: Assistant) -> list[Period]:
    """The times that text names. Raises PeriodUnreadable."""
    words = simplify(text[: LONGEST_PERIOD + 1])
    own = language(words)
    if len(text) <= LONGEST_PERIOD:
        for lang in (own, "en" if own == "zh" else "zh"):
            if found := periods(words, lang, assistant.plan):
                return [mention.period for mention in found]
    raise PeriodUnreadable(name=words)


def _is_of(indicator: Indicator, times: Sequence[Period]) -> bool:
    said = indicator.period
    return said is not None and any(asked.meets(said) for asked in times)


def _with_words(asked: str, found: Sequence[Entry], searcher: Searcher) -> list[Entry]:
    """Those with every word of asked: as it is written, or else cut and carried across."""
    written = _WORD.findall(fold(asked))
    texts = [(entry, _texts(entry)) for entry in found]
    if kept := [entry for entry, text in texts if written and _has(text, written)]:
        return kept
    numbers = [word for word in written if word[0].isdigit()]
    if len(numbers) == len(written):
        return []
    terms = Terms(asked, searcher)
    return [
        entry
        for entry, text in texts
        if _has(text, numbers)
        and any(terms.cover(words, lang) > _ALL for lang, words in text.items())
    ]


def _texts(entry: Entry) -> dict[str, str]:
    """All that a value can be found by, by language."""
    one, told = entry.indicator, entry.passage.translation
    path = told.path if told is not None else ()
    return {
        "zh": "\n".join((one.subject, one.words, *entry.passage.path)),
        "en": "\n".join((one.subject_en or "", one.phrase_en or "", *path)),
    }


def _has(text: Mapping[str, str], words: Sequence[str]) -> bool:
    """Whether text has every word: Chinese anywhere, others where a word begins, and English ones
    in any of their forms."""
    whole = fold("\n".join(text.values()))
    own = english_words(whole)
    return all(
        re.search(rf"(?<![a-z0-9.]){re.escape(word)}", whole) or not own.isdisjoint(stems([word]))
        if word[0].isascii()
        else word in whole
        for word in words
    )
