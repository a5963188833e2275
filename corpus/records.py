"""The facts of a published plan, frozen: where each word stands, and on which page.

Offsets count characters (code points) of the source as decoded from UTF-8, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """source[start:end]."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Pages:
    """Printed pages, first ≤ last.

    exact: the text stands on all of them, as far as the contents, the page turns and what a
    page can hold tell. Otherwise it stands somewhere between the two.
    """

    first: int
    last: int
    exact: bool = True

    def __or__(self, other: Pages) -> Pages:
        """The pages of two pieces of one text."""
        first, last = min(self.first, other.first), max(self.last, other.last)
        return Pages(first, last, self.exact and other.exact)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text made of pieces of the source, in order: text == "".join(source[s] for s in spans)."""

    text: str
    spans: tuple[Span, ...]

    def cut(self, start: int, end: int) -> Traced:
        """The piece text[start:end] with its own spans."""
        spans, at = [], 0
        for span in self.spans:
            low, high = max(start, at), min(end, at + len(span))
            if low < high:
                spans.append(Span(span.start + low - at, span.start + high - at))
            at += len(span)
        return Traced(self.text[start:end], tuple(spans))

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.text + other.text, self.spans + other.spans)


class Kind(StrEnum):
    """What a passage was cut from."""

    TEXT = "text"
    ROW = "row"
    FOOTNOTE = "footnote"


class Noise(StrEnum):
    """Why a piece of the source belongs to no element."""

    COVER = "cover"
    CONTENTS = "contents"
    WATERMARK = "watermark"
    BLANK = "blank"
    SPACE = "space"
    MARKUP = "markup"
    MARK = "mark"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    id: "10.1" is the first section of chapter 10, "P4" the fourth part, "0" what stands before
    the first heading. path: the headings from the outermost to this one.
    """

    id: str
    level: int
    title: str
    path: tuple[str, ...]
    heading: Span
    pages: Pages | None
    translated: tuple[str, ...] = ()
    """The path in another language, unofficially; () where there is none."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body, joined over page turns and without marks and markup.

    id: "10.1:2" is the second one that stands right under section 10.1.
    """

    id: str
    section: str
    text: Traced


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote, joined to its mark. term: what it explains, where it says so.

    after: source offset of the mark in the body.
    """

    id: str
    section: str
    text: Traced
    term: str | None
    after: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its words and where they stand (empty for an empty cell)."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A table row that knows its header; an empty first cell has inherited the category above."""

    id: str
    section: str
    caption: str
    header: tuple[Cell, ...]
    cells: tuple[Cell, ...]
    category: str | None

    @property
    def table(self) -> str:
        """The id of its table: "t1" of "t1.5"."""
        return self.id.partition(".")[0]

    @property
    def line(self) -> Span:
        """The whole row in the source, from its first to its last own cell."""
        own = [cell.span for cell in self.cells if len(cell.span)]
        return Span(own[0].start, own[-1].end)

    @property
    def labelled(self) -> tuple[tuple[str, str], ...]:
        """(header, value) of each column, the category filled in."""
        values = [cell.text for cell in self.cells]
        if self.category is not None and not values[0]:
            values[0] = self.category
        return tuple(zip((cell.text for cell in self.header), values, strict=True))


@dataclass(frozen=True, slots=True)
class Sentence:
    """passage.text[start:end], a piece that can be cited."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Translation:
    """What a passage says in another language; unofficial, and never shown without its original.

    language: "en". path: the headings, as in the passage's path. sentences: one text for each of
    its sentences. fields: a row's values by their headers. withheld: the numbers of sentences that
    are searched but never shown, since their figures are not those of the original.
    """

    language: str
    path: tuple[str, ...]
    sentences: tuple[str, ...]
    fields: tuple[tuple[str, str], ...] = ()
    withheld: frozenset[int] = frozenset()

    def shown(self, n: int) -> str:
        """The n-th sentence; "" where it is withheld."""
        return "" if n in self.withheld else self.sentences[n]

    @property
    def text(self) -> str:
        """All of it, as a reader reads it; […] for what is withheld."""
        return " ".join(self.shown(n) or "[…]" for n in range(len(self.sentences)))


@dataclass(frozen=True)
class Passage:
    """The unit that is retrieved and cited; it never crosses a section.

    text: as a reader reads it. spans: where it stands in the source; for text and footnotes
    the text is exactly these pieces, for a table row it is the row's whole line.
    fields: a row's values by their headers; () for anything else.
    """

    id: str
    document: str
    section: str
    kind: Kind
    path: tuple[str, ...]
    text: str
    spans: tuple[Span, ...]
    pages: Pages | None
    sentences: tuple[Sentence, ...]
    fields: tuple[tuple[str, str], ...] = ()
    translation: Translation | None = None

    @cached_property
    def digest(self) -> str:
        """sha256 of everything that is indexed of this passage."""
        parts = [self.id, self.kind, *self.path, self.text, str(self.sentences), str(self.spans)]
        parts += [str(self.pages), str(self.fields)]
        parts += [] if self.translation is None else [repr(self.translation)]
        return sha256("\x1f".join(parts).encode()).hexdigest()

    def sentence_text(self, n: int) -> str:
        """The words of the n-th sentence."""
        return self.text[self.sentences[n].start : self.sentences[n].end]

    def sentence_spans(self, n: int) -> tuple[Span, ...]:
        """Where the n-th sentence stands in the source; a row is cited whole."""
        if self.kind is Kind.ROW:
            return self.spans
        sentence = self.sentences[n]
        return Traced(self.text, self.spans).cut(sentence.start, sentence.end).spans


@dataclass(frozen=True, slots=True)
class Manifest:
    """What plan.toml says of a document. published: ISO date, as exact as is known.

    source, translation, glossary: names of files beside it.
    """

    id: str
    title: str
    title_en: str | None
    issuer: str
    published: str
    language: str
    source: str
    sha256: str
    pages: int | None
    watermarks: tuple[str, ...]
    translation: str | None = None
    glossary: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A piece of the source that stands on one printed page, or between two."""

    span: Span
    pages: Pages


@dataclass(frozen=True, slots=True)
class Term:
    """zh is always rendered as en or one of forms; people may type one of also instead."""

    zh: str
    en: str
    forms: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def wordings(self) -> tuple[str, ...]:
        """How a translation may put it."""
        return (self.en, *self.forms)


@dataclass(frozen=True, slots=True)
class Side:
    """A passage in one language: its headings, its text, and the texts of its sentences."""

    path: tuple[str, ...]
    text: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """A published plan as it is searched and cited. leaves: which page each piece stands on."""

    manifest: Manifest
    source: str
    sections: tuple[Section, ...]
    leaves: tuple[Leaf, ...]
    passages: tuple[Passage, ...]
    terms: tuple[Term, ...] = ()
    """Of its glossary."""

    @property
    def id(self) -> str:
        """The manifest's id."""
        return self.manifest.id

    def side(self, passage: Passage, language: str) -> Side | None:
        """A passage of its own in language: as it stands, or translated; None where it is not."""
        if language == self.manifest.language:
            numbers = range(len(passage.sentences))
            return Side(passage.path, passage.text, tuple(map(passage.sentence_text, numbers)))
        told = passage.translation
        if told is None or told.language != language or not any(told.sentences):
            return None
        return Side(told.path, " ".join(filter(None, told.sentences)), told.sentences)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages that it has, its own first."""
        told = {passage.translation.language for passage in self.passages if passage.translation}
        return (self.manifest.language, *sorted(told - {self.manifest.language}))


@dataclass(frozen=True)
class Reading:
    """A source taken apart. Elements and noise cover every character of it exactly once.

    Elements are the sections' headings, paragraphs, footnotes, the cells of rows, and captions
    (which hold the header cells too). problems: what contradicts itself, in words.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...]
    rows: tuple[Row, ...]
    captions: tuple[Cell, ...]
    noise: tuple[tuple[Noise, Span], ...]
    problems: tuple[str, ...]
