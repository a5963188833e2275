"""How gold questions are spread over the parts of the plans, and over their tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Document, Kind
from eval.questions import LANGUAGES, Question
from eval.quotes import Standing

TABLES = "tables"
TABLE_LEAST = 20
"""Questions for a plan's tables, in each language; of a small set one in TABLE_SHARE will do."""
TABLE_SHARE = 20


@dataclass(frozen=True, slots=True)
class Share:
    """The questions for one part of a plan, by language; TABLES is one more, across the parts.

    part: the outermost heading. least: the fewest that there may be.
    """

    document: str
    part: str
    counts: Mapping[str, int]
    least: Mapping[str, int]

    @property
    def lacking(self) -> list[str]:
        """The languages that have too few."""
        return [lang for lang in LANGUAGES if self.counts[lang] < self.least[lang]]


def spread(
    asked: Sequence[tuple[Question, Sequence[Standing]]], documents: Sequence[Document]
) -> list[Share]:
    """The shares of every plan that any question is for, in the order of its headings.

    asked: each question with the places of its quotes, those of the first one first; that says
    which part it is for. It is for the tables where any of them is a row. A part may have no fewer
    than half the questions that its share of the plan's characters would give it, rounded down.
    """
    shares = []
    for document in documents:
        parts: Counter[tuple[str, str]] = Counter()
        for question, places in asked:
            told = [place for place in places if place.part is not None]
            if told and told[0].document is document:
                parts[told[0].part or "", question.lang] += 1
                rows = (own.passage for own in told if own.passage is not None)
                parts[TABLES, question.lang] += any(own.kind is Kind.ROW for own in rows)
        shares += _shares(document, parts) if parts else []
    return shares


def _shares(document: Document, parts: Mapping[tuple[str, str], int]) -> list[Share]:
    sizes: Counter[str] = Counter()
    for passage in document.passages:
        sizes[passage.path[0]] += sum(map(len, passage.spans))
    whole = sizes.total()
    asked = {
        lang: sum(n for (part, own), n in parts.items() if own == lang and part != TABLES)
        for lang in LANGUAGES
    }
    heads = dict.fromkeys(section.path[0] for section in document.sections if section.level > 0)
    least = {
        part: {lang: asked[lang] * sizes[part] // (2 * whole) for lang in LANGUAGES}
        for part in heads
    }
    if any(passage.kind is Kind.ROW for passage in document.passages):
        least[TABLES] = {lang: min(TABLE_LEAST, asked[lang] // TABLE_SHARE) for lang in LANGUAGES}
    return [
        Share(document.id, part, {lang: parts.get((part, lang), 0) for lang in LANGUAGES}, fewest)
        for part, fewest in least.items()
    ]
