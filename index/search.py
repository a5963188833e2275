"""A question to ranked hits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from index import fusion
from index.contracts import Encoder
from index.errors import IndexMismatch
from index.late import maxsim
from index.records import EncoderName, Hit, Index, Mode, Scores
from index.tokens import Words

EVERYTHING = 1_000
"""Up to so many passages all are scored by every leg; beyond, the best of each cheap leg are."""
CANDIDATES = 200
"""How many of each cheap leg's best are candidates for late interaction."""


@dataclass(frozen=True)
class Searcher:
    """Finds passages of an index. Raises IndexMismatch where another encoder made it."""

    index: Index
    encoder: Encoder

    def __post_init__(self) -> None:
        mine = EncoderName(self.encoder.name, self.encoder.digest, self.encoder.width)
        if mine != self.index.encoder:
            raise IndexMismatch(
                f"the index was made with encoder {self.index.encoder.name} "
                f"({self.index.encoder.digest[:19]}…), asked with {mine.name} "
                f"({mine.digest[:19]}…); build it again"
            )

    @cached_property
    def words(self) -> Words:
        """Cuts questions as the passages were cut."""
        return Words(self.index.words)

    @cached_property
    def tiebreak(self) -> NDArray[np.int64]:
        """int64 (n,): the order of passages that score alike, by their ids."""
        return fusion.tiebreak([passage.id for passage in self.index.passages])

    def search(
        self,
        question: str,
        k: int = 10,
        mode: Mode = Mode.HYBRID,
        documents: Collection[str] | None = None,
        section: str | None = None,
    ) -> list[Hit]:
        """The k best passages, best first; equal scores by passage id.

        documents, section: only passages of these documents, and of this section or one in it.
        """
        allowed = self._allowed(documents, section)
        legs = self.legs(question, mode, allowed)
        allowed &= legs.total > -np.inf
        ranked = fusion.order(legs.total, self.tiebreak)
        return [self._hit(legs, int(row)) for row in ranked[allowed[ranked]][:k]]

    def legs(
        self,
        question: str,
        mode: Mode = Mode.HYBRID,
        allowed: NDArray[np.bool_] | None = None,
    ) -> Legs:
        """Every leg's score of every passage. allowed: bool (n,), which may be candidates."""
        lexical = self.index.lexical.normalised(self.words(question))
        nothing = np.zeros(len(self.index.passages))
        if mode is Mode.LEXICAL:
            return Legs(lexical, nothing, lexical, None, None, None)
        query = self.encoder.query(question)
        dense = self.index.dense.scores(query.sentence).astype(np.float64)
        if mode is Mode.DENSE:
            return Legs(dense, dense, lexical, None, None, None)
        weights = self.index.rarity.weights(query.ids)
        rows = self._candidates(dense, lexical, allowed)
        starts = self.index.sentence_starts
        if rows is None:
            late = maxsim(query.tokens, weights, self.index.wholes.tokens)
            sentences = maxsim(query.tokens, weights, self.index.parts.tokens)
        else:
            late = np.full(len(nothing), -np.inf)
            sentences = np.full(int(starts[-1]), -np.inf)
            late[rows] = maxsim(query.tokens, weights, self.index.wholes.tokens.take(rows))
            pieces = [np.arange(starts[row], starts[row + 1]) for row in rows]
            parts = np.concatenate([np.zeros(0, np.int64), *pieces])
            sentences[parts] = maxsim(query.tokens, weights, self.index.parts.tokens.take(parts))
        best = np.maximum.reduceat(sentences, starts[:-1]) if len(nothing) else nothing
        return Legs(fusion.hybrid(late, best, lexical), dense, lexical, late, best, sentences)

    def _candidates(
        self,
        dense: NDArray[np.float64],
        lexical: NDArray[np.float64],
        allowed: NDArray[np.bool_] | None,
    ) -> NDArray[np.int64] | None:
        """The union of each leg's best, never the best of a fusion; None stands for all.

        They are the best of those allowed: a filter that came later could leave none.
        """
        if len(dense) <= EVERYTHING:
            return None
        rows = np.arange(len(dense)) if allowed is None else np.flatnonzero(allowed)
        if len(rows) <= EVERYTHING:
            return rows
        best = (
            rows[fusion.order(scores[rows], self.tiebreak[rows])][:CANDIDATES]
            for scores in (dense, lexical)
        )
        return np.unique(np.concatenate(list(best)))

    def _allowed(self, documents: Collection[str] | None, section: str | None) -> NDArray[np.bool_]:
        if documents is None and section is None:
            return np.ones(len(self.index.passages), bool)

        inside = {
            document.id: None if section is None else self._below(document.id, section)
            for document in self.index.documents
            if documents is None or document.id in documents
        }

        def holds(document: str, name: str) -> bool:
            names = inside.get(document, set())
            return names is None or name in names

        found = (holds(passage.document, passage.section) for passage in self.index.passages)
        return np.fromiter(found, bool, len(self.index.passages))

    def _below(self, document: str, section: str) -> set[str]:
        """A section and those in it: what follows it at a lower level."""
        sections = self.index.by_document[document].sections
        first = next((n for n, found in enumerate(sections) if found.id == section), None)
        if first is None or not sections[first].level:
            return set() if first is None else {section}
        top = sections[first].level
        inside = takewhile(lambda found: found.level > top, sections[first + 1 :])
        return {section, *(found.id for found in inside)}

    def _hit(self, legs: Legs, row: int) -> Hit:
        passage = self.index.passages[row]
        if legs.late is None or legs.best is None or legs.sentences is None:
            scores = Scores(float(legs.dense[row]), float(legs.lexical[row]))
            return Hit(passage, float(legs.total[row]), scores)
        first, end = self.index.sentence_starts[row : row + 2]
        scores = Scores(
            float(legs.dense[row]),
            float(legs.lexical[row]),
            float(legs.late[row]),
            float(legs.best[row]),
        )
        sentences = tuple(map(float, legs.sentences[first:end]))
        return Hit(passage, float(legs.total[row]), scores, sentences)


@dataclass(frozen=True, slots=True)
class Legs:
    """Scores of n passages: total, dense, lexical, late and best (of its sentences) are float64
    (n,), sentences one for each sentence. -inf: not a candidate. None: the mode has no such leg."""

    total: NDArray[np.float64]
    dense: NDArray[np.float64]
    lexical: NDArray[np.float64]
    late: NDArray[np.float64] | None
    best: NDArray[np.float64] | None
    sentences: NDArray[np.float64] | None
