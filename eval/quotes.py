"""Quotes of a plan: where each stands, and how much of its sentence a question copies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from corpus.language import key
from corpus.records import Document, Passage, Section, Span
from eval.questions import overlap


@dataclass(frozen=True, slots=True)
class Standing:
    """A place of a quote in a plan: in a passage, in a section's heading, or in neither.

    A quote in neither stands on the cover or in the table of contents.
    """

    document: Document
    span: Span
    passage: Passage | None
    heading: Section | None

    @property
    def section(self) -> str | None:
        """The id of the section that the passage is of, or that the heading heads."""
        if self.passage is not None:
            return self.passage.section
        return None if self.heading is None else self.heading.id

    @property
    def part(self) -> str | None:
        """The outermost heading over it."""
        own = self.passage or self.heading
        return None if own is None else own.path[0]

    def sentences(self, lang: str) -> Iterator[str]:
        """The sentences that share a character with the quote, in lang, where they are in it."""
        if self.passage is not None:
            side = self.document.side(self.passage, lang)
            for n in range(len(self.passage.sentences) if side else 0):
                spans = self.passage.sentence_spans(n)
                if side and any(overlap(self.span, span) for span in spans):
                    yield side.sentences[n]
        elif self.heading is not None:
            if lang == self.document.manifest.language:
                yield self.heading.title
            else:
                yield from self.heading.translated[-1:]


def standings(quote: str, documents: Sequence[Document]) -> list[Standing]:
    """Every place of quote in the sources of documents, in order."""
    found = []
    for document in documents:
        start = document.source.find(quote)
        while quote and start >= 0:
            span = Span(start, start + len(quote))
            passage = max(document.passages, key=lambda own: _shared(span, own.spans), default=None)
            heading = max(
                document.sections, key=lambda own: _shared(span, (own.heading,)), default=None
            )
            told = 0 if passage is None else _shared(span, passage.spans)
            headed = 0 if heading is None else _shared(span, (heading.heading,))
            found.append(
                Standing(
                    document,
                    span,
                    passage if told and told >= headed else None,
                    heading if headed > told else None,
                )
            )
            start = document.source.find(quote, start + 1)
    return found


def _shared(span: Span, pieces: Sequence[Span]) -> int:
    return sum(max(0, min(span.end, own.end) - max(span.start, own.start)) for own in pieces)


def copied(question: str, sentence: str) -> str:
    """The longest run that both have, without spaces, punctuation and case."""
    asked, told = key(question), key(sentence)
    run = SequenceMatcher(None, asked, told, autojunk=False).find_longest_match()
    return asked[run.a : run.a + run.size]
