"""An explanation: the stages of one answer, as the command line and HTTP show them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.records import Reason, Status


class Stage(StrEnum):
    """What can decide an answer, in the order in which they come."""

    QUESTION = "question"
    """It is none."""
    SEARCH = "search"
    """There is no passage to answer from."""
    OVERVIEW = "overview"
    """Everything of a kind was asked for."""
    CONFIDENCE = "confidence"
    """It is not sure enough to be said, or to be called an answer."""
    CHECKS = "checks"
    """Something that the question names, or wants, is not in what is said."""
    COMPARISON = "comparison"
    """Two values were held against each other."""
    VALUES = "values"
    """The best value answers."""
    SENTENCES = "sentences"
    """The best sentence answers."""


@dataclass(frozen=True, slots=True)
class AsRead:
    """The question: as it was typed, and as it is searched."""

    text: str
    search: str
    lang: str
    is_other: bool
    was_corrected: bool
    was_completed: bool


@dataclass(frozen=True, slots=True)
class Asks:
    """What the question asks for. wording: the words that tell the side."""

    kind: str
    wants_value: bool
    measure: str | None
    unit: str | None
    periods: tuple[str, ...]
    side: str | None
    wording: str
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage among a leg's best, with the leg's score."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Feature:
    """What speaks for a candidate, or for being sure. adds: its value times its weight."""

    name: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class SentenceTried:
    """A sentence that may answer. score: the sum of what its features add."""

    passage_id: str
    sentence: int
    text: str
    score: float
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class ValueTried:
    """A value that may answer. score: the sum of what its features add."""

    id: str
    subject: str
    words: str
    period: str | None
    kind: str
    score: float
    features: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Everything of a kind that was asked for."""

    is_count: bool
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two values, by their ids in the register, and how far apart they are."""

    first: str
    second: str
    difference: str


@dataclass(frozen=True, slots=True)
class Sureness:
    """How sure the answer is: a model's bias and signals through a logistic function.

    answers, speaks: from where on it is an answer, and the plan speaks of it at all. is_used:
    whether they were fitted for the encoder in use; where they were not, they decide nothing.
    """

    confidence: float
    model: str
    bias: float
    signals: tuple[Feature, ...]
    answers: float
    speaks: float
    is_used: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the question ended."""

    status: Status
    reason: Reason | None
    missing: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said, and the passages that are cited for it."""

    short: str | None
    text: str | None
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The stages of one answer, in order; null or empty where one was not reached.

    words: by language, the question's terms, each with its wordings. legs: by leg, the best
    passages of each, total last. decided: the stage that settled the answer.
    """

    question: AsRead
    intent: Asks | None
    words: dict[str, tuple[str, ...]]
    legs: dict[str, tuple[Ranked, ...]]
    sentences: tuple[SentenceTried, ...]
    values: tuple[ValueTried, ...]
    overview: Listed | None
    comparison: Compared | None
    confidence: Sureness | None
    verdict: Verdict
    said: Spoken
    decided: Stage
