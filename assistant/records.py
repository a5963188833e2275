"""Questions, answers and citations: frozen facts, whatever interface they came through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Pages
from index.records import Hit


class Status(StrEnum):
    """How a question ended. No evidence is a normal result, not an error."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    """The plan speaks of it, but does not state what was asked; what it does state is said."""
    NOT_FOUND = "not_found"


class Reason(StrEnum):
    """Why a question was not answered, or not in full."""

    NOT_A_QUESTION = "not_a_question"
    """No word in it, or no words of a language: symbols, markup, code, keys hit at random."""
    NOTHING_MATCHES = "nothing_matches"
    """No passage of the documents and sections asked for."""
    OUTSIDE_PLAN = "outside_plan"
    """It has nothing to do with the plan."""
    PLAN_SILENT = "plan_silent"
    """It may well concern the plan, which does not speak of it."""
    OTHER_PERIOD = "other_period"
    """What is asked is stated, but not of the time that is named."""
    NAME_NOT_STATED = "name_not_stated"
    """A place or a body that the question names does not stand in what is said."""
    AMOUNT_NOT_STATED = "amount_not_stated"
    """A number that the question takes for granted does not stand in what is said."""
    VALUE_NOT_STATED = "value_not_stated"
    """The thing is spoken of, without that number."""
    DATE_NOT_STATED = "date_not_stated"
    """The thing is spoken of, without a time."""
    BODY_NOT_STATED = "body_not_stated"
    """The thing is spoken of, without saying who."""
    PLACE_NOT_STATED = "place_not_stated"
    """The thing is spoken of, without saying where."""
    MEANING_NOT_STATED = "meaning_not_stated"
    """The term is used, but not explained."""
    DETAIL_NOT_STATED = "detail_not_stated"
    """The thing is spoken of, but this of it does not seem to be stated."""


class Note(StrEnum):
    """What the reader of an answer should know of it."""

    UNOFFICIAL_TRANSLATION = "unofficial_translation"
    """The text is a translation; the quotes are what the plan says."""
    NOT_TRANSLATED = "not_translated"
    """English was asked for, but of this sentence there is no English."""
    OTHER_LANGUAGE = "other_language"
    """The question seems to be neither Chinese nor English."""
    READ_AS = "read_as"
    """A slip of typing was put right, or what a follow-up left out was added; the question says how
    it was read."""
    COMPLETE = "complete"
    """What is listed or counted is all that the plan has."""
    COMPUTED = "computed"
    """The difference is computed from the two values; the plan does not state it."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its text, tidied, 1 to 1,000 characters, and the language of its answer.

    search: what is searched, the text in Simplified characters and with slips put right.
    is_other: whether it seems to be neither Chinese nor English. was_corrected: a slip was put
    right. was_completed: it is a follow-up, and what it left out was carried over from before.
    """

    text: str
    lang: str
    search: str
    is_other: bool = False
    was_corrected: bool = False
    was_completed: bool = False


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

    short: the value, date, name, list or phrase, as the plan words it, where the question asks for
    one; in English the translation's wording, and the plan's in brackets. short_original: the
    plan's alone. difference: of a comparison, computed from its two values. text: the sentences
    that say it, in the language of the answer; the citations hold the same words as the source has
    them. suggestions: questions that can be asked next. missing: what the question names and the
    plan does not state with it. confidence: how likely the answer is right, from 0 to 1, None where
    it is not told.
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
    short_original: str | None = None
    difference: str | None = None
    suggestions: tuple[str, ...] = ()
    missing: str = ""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation, as it was read, and what it was answered."""

    question: str
    answer: str = ""

    @classmethod
    def of(cls, answer: Answer) -> Exchange:
        """What an answer leaves for the questions after it."""
        return cls(answer.question.search, answer.text or "")
