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


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is searched: folded text, 1 to 1,000 characters, and its language."""

    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Words of the source, exactly: quote == source[start:end] of the document."""

    n: int
    passage_id: str
    document: str
    path: tuple[str, ...]
    pages: Pages | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an answer was made with, so that it can be made again."""

    index: str
    encoder: str
    version: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got.

    short: the one value, as the plan words it, where the sentence carries an obvious one.
    text: the best sentence; its citations hold the same words as the source has them.
    """

    question: Question
    status: Status
    reason: Reason | None
    short: str | None
    text: str | None
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    receipt: Receipt
