"""A public data set: passages, questions about them, and what is known to answer each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """A passage of a set. id: the set's own. title: what stands above it, "" where nothing does."""

    id: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a set.

    answers: wordings, any one of which is right; () in a set that only says where to look.
    relevant: the grade, at least 1, of each passage that answers, by its id.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    relevant: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Collection:
    """A set as it is indexed and asked.

    left_out: how many of its questions cannot be asked: they have no words, or no passage answers.
    """

    name: str
    passages: tuple[Item, ...]
    questions: tuple[Asked, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the assistant said to a question that has answers, held against them.

    Its short answer, or without one its text, against the wording that it fits best: f1 and exact.
    holds: whether its text holds a whole wording. All are in [0, 1], of what was said even where
    is_refused: where it did not count as an answer.
    """

    is_refused: bool
    f1: float
    exact: float
    holds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A set that has been asked.

    direction: the questions' language and the passages': "en→zh". encoder: its name. pieces: what
    the passages were cut into. rankings: by method, of each question the ids of the first passages,
    best first. scores: by method and question, each of measures.ranking.NAMES. readings: of each
    question that has answers. unread: questions that the assistant takes for none, say for their
    length; they have empty rankings and score zero. seconds: what each stage took.
    """

    collection: Collection
    direction: str
    encoder: str
    pieces: int
    rankings: Mapping[str, Mapping[str, tuple[str, ...]]]
    scores: Mapping[str, Mapping[str, Mapping[str, float]]]
    readings: Mapping[str, Reading]
    unread: tuple[str, ...]
    seconds: Mapping[str, float]
