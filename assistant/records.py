"""Questions, answers and citations: frozen facts, whatever interface they came through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Pages
from index.records import Hit


class Status(StrEnum):
    """How a question ended. No evidence is a normal result, not an error."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    """Why nothing was found."""

    NOT_A_QUESTION = "not_a_question"
    """No word in it, only punctuation or symbols."""
    NOTHING_MATCHES = "nothing_matches"
    """No passage of the documents and sections asked for."""


class Note(StrEnum):
    """What the reader of an answer should know of it."""

    UNOFFICIAL_TRANSLATION = "unofficial_translation"
    """The text is a translation; the quotes are what the plan says."""
    NOT_TRANSLATED = "not_translated"
    """English was asked for, but of this sentence there is no English."""
    OTHER_LANGUAGE = "other_language"
    """The question seems to be neither Chinese nor English."""
    READ_AS = "read_as"
    """A slip of typing was put right; the question says how it was read."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its text, tidied, 1 to 1,000 characters, and the language of its answer.

    search: what is searched, the text in Simplified characters and with slips put right.
    is_other: whether it seems to be neither Chinese nor English. was_corrected: a slip was put
    right.
    """

    text: str
    lang: str
    search: str
    is_other: bool = False
    was_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Rendering:
    """What a citation says in another language, unofficially. path: the headings in it."""

    language: str
    text: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the source, exactly: quote == source[start:end] of the document.

    translation: of the whole sentence that the quote is of, where there is one.
    """

    n: int
    passage_id: str
    document: str
    path: tuple[str, ...]
    pages: Pages | None
    quote: str
    start: int
    end: int
    translation: Rendering | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer was made with, so that it can be made again."""

    index: str
    encoder: str
    version: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got.

    short: the one value, as the plan words it, where the sentence carries an obvious one; in
    English the translation's wording, and the plan's in brackets. text: the best sentence, in the
    language of the answer; its citations hold the same words as the source has them.
    """

    question: Question
    status: Status
    reason: Reason | None
    short: str | None
    text: str | None
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    receipt: Receipt
    notes: tuple[Note, ...] = ()
