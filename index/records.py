"""An index, and rankings of it: modes, hits and their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.records import Document, Passage, Term
from index.lexicon import Dictionary
from index.tokens import WordTable
from index.view import View


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


@dataclass(frozen=True, slots=True)
class EncoderName:
    """Which encoder made the vectors, and how wide they are."""

    name: str
    digest: str
    width: int


@dataclass(frozen=True)
class Index:
    """Everything a question is searched in: the documents, and a view for each language."""

    encoder: EncoderName
    documents: tuple[Document, ...]
    views: tuple[View, ...]
    words: WordTable
    dictionaries: Mapping[str, Dictionary]
    alike: Mapping[str, str]
    names: Mapping[str, str]
    calibration: Mapping[str, Any]
    """How sure an answer must be, as the assistant fitted it for this encoder; {} where unknown."""
    suggestions: Mapping[str, Mapping[str, Sequence[str]]]
    """Questions that it answers, by language and by the passage that answers; {} where not made."""
    digest: str = ""
    """sha256 of the manifest that it was loaded with; empty before it is saved."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, document by document."""
        return tuple(passage for document in self.documents for passage in document.passages)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all glossaries, document by document."""
        return tuple(dict.fromkeys(t for document in self.documents for t in document.terms))

    @cached_property
    def sentence_starts(self) -> NDArray[np.int64]:
        """int64 (n + 1,): the number of each passage's first sentence among all."""
        counts = (len(passage.sentences) for passage in self.passages)
        return np.cumsum([0, *counts], dtype=np.int64)

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """Passages by their ids."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def by_document(self) -> dict[str, Document]:
        """Documents by their ids."""
        return {document.id: document for document in self.documents}
