"""BM25: rank-bm25's statistics, scored through a sparse matrix of its weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Lexical:
    """BM25 weights by word, in compressed columns.

    words: m words, sorted. idf: float64 (m,). starts: int64 (m + 1,). rows: int32 (nnz,), the
    passages of each word, ascending. weights: float64 (nnz,), idf · tf · (k1 + 1) / (tf + k1 ·
    (1 - b + b · |d| / avgdl)) (Robertson & Zaragoza 2009, eq. 3.15, with rank-bm25's idf).
    size: the number of passages. k1: as the weights were made with.
    """

    words: tuple[str, ...]
    idf: NDArray[np.float64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    weights: NDArray[np.float64]
    size: int
    k1: float

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]]) -> Lexical:
        """The weights of texts, each a list of words, as rank_bm25.BM25Okapi counts them."""
        from rank_bm25 import BM25Okapi

        # BM25Okapi divides by the number of words there are, so none at all is a case of its own.
        if not any(texts):
            empty = np.zeros(0)
            starts, rows = np.zeros(1, np.int64), np.zeros(0, np.int32)
            return cls((), empty, starts, rows, empty, len(texts), 1.5)
        model = BM25Okapi([list(text) for text in texts])
        words = sorted(model.idf)
        number = {word: n for n, word in enumerate(words)}
        columns: list[list[tuple[int, float]]] = [[] for _ in words]
        for row, counts in enumerate(model.doc_freqs):
            length = 1 - model.b + model.b * model.doc_len[row] / model.avgdl
            for word, count in counts.items():
                weight = count * (model.k1 + 1) / (count + model.k1 * length)
                columns[number[word]].append((row, model.idf[word] * weight))
        entries = [entry for column in columns for entry in column]
        return cls(
            tuple(words),
            np.array([model.idf[word] for word in words]),
            np.cumsum([0, *map(len, columns)], dtype=np.int64),
            np.array([row for row, _ in entries], np.int32),
            np.array([weight for _, weight in entries]),
            len(texts),
            model.k1,
        )

    @cached_property
    def _number(self) -> dict[str, int]:
        return {word: n for n, word in enumerate(self.words)}

    def scores(self, words: Sequence[str]) -> NDArray[np.float64]:
        """float64 (size,): BM25 of each passage, as BM25Okapi.get_scores gives it."""
        return self._sum([[word] for word in words])

    def shares(self, terms: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """float64 (size,): what of the most that terms could score each passage scores.

        Each term is one word, or several of which the best in a passage counts; one word in all
        terms gives scores(words) / ceiling(words). Zeros where nothing can be reached.

        Such shares are near 0 when nothing really matches, in whatever language the question is,
        so that they can be added to other scores with a fixed weight.
        """
        ceiling = self.ceiling(terms)
        return self._sum(terms) / ceiling if ceiling > 0 else np.zeros(self.size)

    def ceiling(self, terms: Sequence[Sequence[str]]) -> float:
        """The most that terms could score: Σ idf · (k1 + 1), unseen words at the highest idf.

        A word in so many passages that its idf is negative can only take away: it counts 0.
        """
        return sum(map(self.weight, terms)) * (self.k1 + 1)

    def weight(self, term: Sequence[str]) -> float:
        """The idf of a term, a word or several of which the rarest counts; unseen the highest."""
        known = [self.idf[n] for word in term if (n := self._number.get(word)) is not None]
        highest = float(self.idf.max()) if len(self.idf) else 0.0
        return max(0.0, float(max(known))) if known else max(0.0, highest)

    def _sum(self, terms: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        scores = np.zeros(self.size)
        for term, count in Counter(map(tuple, terms)).items():
            columns = [slice(self.starts[n], self.starts[n + 1]) for n in self._numbers(term)]
            if len(columns) == 1:
                scores[self.rows[columns[0]]] += count * self.weights[columns[0]]
            elif columns:
                best = np.zeros(self.size)
                for column in columns:
                    rows = self.rows[column]
                    best[rows] = np.maximum(best[rows], self.weights[column])
                scores += count * best
        return scores

    def holders(self, word: str) -> NDArray[np.int32]:
        """int32 (m,): the passages that have word, ascending."""
        number = self._number.get(word)
        if number is None:
            return np.zeros(0, np.int32)
        return self.rows[self.starts[number] : self.starts[number + 1]]

    def _numbers(self, words: Iterable[str]) -> list[int]:
        return [n for word in words if (n := self._number.get(word)) is not None]

    def __contains__(self, word: object) -> bool:
        return word in self._number
