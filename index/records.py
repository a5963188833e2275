"""A ranking: modes, hits and their scores."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from corpus.records import Passage


class Mode(StrEnum):
    """Which legs score a passage. hybrid: all of them."""

    HYBRID = "hybrid"
    DENSE = "dense"
    LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Scores:
    """What each leg says of a passage.

    dense: cosine of question and passage, in [-1, 1]. lexical: BM25 as a share of what the
    question could reach at most, about [0, 1]. late: MaxSim of the passage, in [-1, 1].
    sentence: MaxSim of its best sentence, in [-1, 1]. late and sentence are None in the modes
    that do not need them.
    """

    dense: float
    lexical: float
    late: float | None = None
    sentence: float | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in a ranking. sentences: its sentences' MaxSims, in order; () where not scored."""

    passage: Passage
    score: float
    scores: Scores
    sentences: tuple[float, ...] = ()
