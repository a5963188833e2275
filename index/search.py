"""A question to ranked hits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.language import language
from corpus.records import Passage
from index import filters, fusion
from index.contracts import Encoded, Encoder
from index.errors import IndexMismatch
from index.fusion import Floats
from index.late import maxsim
from index.legs import Legs, Mean, Ranking
from index.lexicon import Lexicon
from index.names import Names
from index.records import EncoderName, Hit, Index, Mode, Scores
from index.spans import Match, Text
from index.spelling import Spelling
from index.tokens import STOPWORDS, Words, stems
from index.view import View

EVERYTHING = 1_000
"""Up to so many passages all are scored by every leg; beyond, the best of each cheap leg are."""
_REMEMBERED = 64
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
    def words(self) -> dict[str, Words]:
        """By language: cuts questions as the passages of that view were cut."""
        return {language: Words(self.index.words, language) for language in ("en", "zh")}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Carries questions to the words of each view."""
        known = {view.language: view.lexical for view in self.index.views}
        return Lexicon(self.index.terms, self.index.dictionaries, self.words, known)

    @cached_property
    def carried(self) -> Callable[[str, str], list[tuple[str, ...]]]:
        """Lexicon.carry(), remembered: a question is carried again where it is weighed."""
        return lru_cache(_REMEMBERED)(self.lexicon.carry)

    def knows(self, word: str) -> bool:
        """Whether an English word, folded, joins others, is in a plan, or is in the lexicon."""
        return word in STOPWORDS or any(
            stem in view.lexical or self.lexicon.knows(stem)
            for stem in stems([word])
            for view in self.index.views
        )

    @cached_property
    def spelling(self) -> Spelling:
        """Puts slips in Chinese questions right."""
        sides = (
            document.side(passage, "zh")
            for document in self.index.documents
            for passage in document.passages
        )
        texts = tuple(" ".join((*side.path, side.text)) for side in sides if side is not None)
        return Spelling(texts, self.index.alike, self.words["zh"])

    @cached_property
    def names(self) -> Names:
        """Finds the names in questions."""
        return Names(self.index.names)

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
        return self.rank(question, k, mode, documents, section).hits

    def rank(
        self,
        question: str,
        k: int = 10,
        mode: Mode = Mode.HYBRID,
        documents: Collection[str] | None = None,
        section: str | None = None,
    ) -> Ranking:
        """search() with every score that it was made of."""
        allowed = filters.allowed(self.index, documents, section)
        legs = self.legs(question, mode, allowed)
        allowed &= legs.total > -np.inf
        ranked = fusion.order(legs.total, self.tiebreak)
        rows = ranked[allowed[ranked]]
        return Ranking([self._hit(legs, int(row)) for row in rows[:k]], rows, legs)

    def match(self, query: Encoded, passage: Passage, sentence: int, language: str) -> Match | None:
        """query held against a sentence; None where it is not told in language."""
        text = self.text(passage, sentence, language)
        return None if text is None else Match.of(query, text, self._view(language).rarity)

    def text(self, passage: Passage, sentence: int, language: str) -> Text | None:
        """A sentence's tokens; None where it is not told in language."""
        if language not in self._places:
            return None
        view, row = self._view(language), self._row_of[passage.id]
        at = int(np.searchsorted(view.rows, row))
        if at == len(view.rows) or view.rows[at] != row:
            return None
        return Text.of(view.parts, int(view.starts[at]) + sentence)

    def _view(self, language: str) -> View:
        return next(view for view in self.index.views if view.language == language)

    def has_word(self, passage: Passage, words: Collection[str]) -> bool:
        """Whether a passage, or what stands above it, has one of words, as they were cut."""
        row = self._row_of[passage.id]
        return any(
            row in view.rows[view.lexical.holders(word)]
            for view in self.index.views
            for word in (*words, *stems(list(words)))
            if word in view.lexical
        )

    @cached_property
    def _row_of(self) -> dict[str, int]:
        return {passage.id: row for row, passage in enumerate(self.index.passages)}

    def legs(
        self,
        question: str,
        mode: Mode = Mode.HYBRID,
        allowed: NDArray[np.bool_] | None = None,
        other: float = fusion.OTHER_LANGUAGE,
    ) -> Legs:
        """Every leg's score of every passage, in the question's language above all.

        Vectors are compared in both languages, and the other one counts less; words are counted
        in the question's, and only where a passage lacks it in the other.

        allowed: bool (n,), which may be candidates. other: what the other language counts.
        """
        shares = self._views(question, other)
        lexical = self._lexical(question)
        nothing = np.zeros(len(lexical))
        if mode is Mode.LEXICAL:
            return Legs(lexical, nothing, lexical)
        query = self.encoder.query(question)
        dense = self._mean(
            (share, view.rows, view.dense.scores(query.sentence)) for view, share in shares
        )
        if mode is Mode.DENSE:
            return Legs(dense, dense, lexical, query=query)
        rows = self._candidates(dense, lexical, allowed)
        late = Mean(len(nothing))
        sentences = Mean(int(self.index.sentence_starts[-1]))
        for view, share in shares:
            self._late(view, query, rows, late, sentences, share)
        told = sentences.value
        whole = late.value
        best = np.maximum.reduceat(told, self.index.sentence_starts[:-1]) if len(told) else nothing
        # A passage without a single token is a candidate like any other.
        best[np.isneginf(best) & ~np.isneginf(whole)] = 0.0
        return Legs(fusion.hybrid(whole, best, lexical), dense, lexical, whole, best, told, query)

    def _views(self, question: str, other: float) -> list[tuple[View, float]]:
        """Each view, and how much it counts: the one in the question's language most."""
        own = language(question)
        return [(view, 1.0 if view.language == own else other) for view in self.index.views]

    def _lexical(self, question: str) -> Floats:
        """float64 (n,): each passage's BM25 in the question's language; in the other one, with
        words carried across, where it has no other."""
        scores = np.full(len(self.index.passages), -np.inf)
        own = language(question)
        for view in sorted(self.index.views, key=lambda view: view.language != own):
            missing = np.isneginf(scores[view.rows])
            if missing.any():
                found = view.lexical.shares(self.carried(question, view.language))
                scores[view.rows[missing]] = found[missing]
        return scores

    def _mean(self, scored: Iterable[tuple[float, NDArray[np.int64], NDArray[Any]]]) -> Floats:
        """float64 (n,): each passage's mean over (share, rows, scores) of the views it is in."""
        mean = Mean(len(self.index.passages))
        for share, rows, scores in scored:
            mean.add(rows, scores, share)
        return mean.value

    def _late(
        self,
        view: View,
        query: Encoded,
        rows: NDArray[np.int64] | None,
        late: Mean,
        sentences: Mean,
        share: float,
    ) -> None:
        """Add a view's MaxSims to late and sentences, of the passages at rows or of all."""
        weights = view.rarity.weights(query.ids)
        wholes, parts = view.late_wholes, view.late_parts
        passages, places = view.rows, self._places[view.language]
        if rows is not None:
            own = np.flatnonzero(np.isin(view.rows, rows))
            wholes, parts = wholes.take(own), parts.take(_runs(view.starts, own))
            passages = view.rows[own]
            places = _runs(self.index.sentence_starts, passages)
        late.add(passages, maxsim(query.tokens, weights, wholes), share)
        # A sentence that is withheld in this language has no tokens, and no say.
        told = np.flatnonzero(np.diff(parts.starts))
        sentences.add(places[told], maxsim(query.tokens, weights, parts)[told], share)

    @cached_property
    def _places(self) -> dict[str, NDArray[np.int64]]:
        """By language of the view: the numbers of its sentences among all."""
        starts = self.index.sentence_starts
        return {view.language: _runs(starts, view.rows) for view in self.index.views}

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


def _runs(starts: NDArray[np.int64], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64: the numbers from starts[row] up to starts[row + 1], row by row."""
    pieces = [np.arange(starts[row], starts[row + 1]) for row in rows]
    return np.concatenate([np.zeros(0, np.int64), *pieces])
