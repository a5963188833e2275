"""Late interaction: each token of a question finds its best match in a text (MaxSim).

Khattab & Zaharia 2020, over the encoder's own token vectors, with the question's tokens weighted
by how rare they are in the passages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index import checksums, runtime

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

PRODUCTS = Path(str(files("index"))) / "models" / "products.onnx"
COMMON, FEW = 0.2, 20
"""A token that so large a share of the passages have, and more than a few of them, says little of
any: late interaction leaves it out. That is nearly half of all, and made no difference to the
development questions that chance would not."""
_ZERO = 128
_STEPS = 127
_QUERY_STEPS = 63
"""Half the range of a byte: without VNNI, x86 adds pairs of products in 16 bits, and
255 · 63 · 2 is the most that fits."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The token vectors of many texts, a byte for each number.

    values: uint8 (t, d), 128 means 0. starts: int64 (n + 1,), the first row of each text.
    steps: float32 (n,), what one step of a text's values is worth.
    """

    values: NDArray[np.uint8]
    starts: NDArray[np.int64]
    steps: NDArray[np.float32]

    @classmethod
    def of(cls, texts: Sequence[tuple[NDArray[np.uint8], np.float32]], width: int) -> Tokens:
        """texts: what quantise gave for each, of vectors that are width wide."""
        return cls(
            np.concatenate([np.zeros((0, width), np.uint8), *(values for values, _ in texts)]),
            np.cumsum([0, *(len(values) for values, _ in texts)], dtype=np.int64),
            np.array([step for _, step in texts], np.float32),
        )

    def __len__(self) -> int:
        return len(self.steps)

    def text(self, n: int) -> tuple[NDArray[np.uint8], np.float32]:
        """The n-th text's values and step."""
        return self.values[self.starts[n] : self.starts[n + 1]], self.steps[n]

    def without(self, left_out: NDArray[np.bool_]) -> Tokens:
        """The texts without the rows marked in left_out, bool (t,); one that would have no row
        left keeps its own."""
        lengths = np.diff(self.starts)
        kept = ~left_out
        filled = np.flatnonzero(lengths)
        if len(filled):
            some = np.add.reduceat(kept, self.starts[filled]) > 0
            kept |= np.repeat(~some, lengths[filled])
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts].astype(np.int64)
        return Tokens(self.values[kept], starts, self.steps)

    def take(self, rows: NDArray[np.int64]) -> Tokens:
        """The texts at rows, in that order."""
        return Tokens.of([self.text(int(row)) for row in rows], self.values.shape[1])


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.uint8], np.float32]:
    """A text's token vectors, float32 (t, d), as bytes (t, d) and what one step is worth.

    Each text has a step of its own, so that its bytes depend on nothing else.
    """
    largest = np.abs(vectors).max() if vectors.size else np.float32(1)
    step = np.float32(largest / _STEPS) if largest > 0 else np.float32(1)
    return (np.rint(vectors / step) + _ZERO).astype(np.uint8), step


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare a token is among passages.

    ids: int64 (m,), ascending. idf: float32 (m,), above 0. size: the number of passages.
    """

    ids: NDArray[np.int64]
    idf: NDArray[np.float32]
    size: int

    @classmethod
    def of(cls, texts: Iterable[NDArray[np.int64]]) -> Rarity:
        """texts: the token ids of each passage. idf = ln(1 + (n - df + 0.5) / (df + 0.5))."""
        seen = [np.unique(text) for text in texts]
        ids, counts = np.unique(np.concatenate([np.zeros(0, np.int64), *seen]), return_counts=True)
        return cls(ids, _idf(counts, len(seen)), len(seen))

    def common(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        """bool (t,): which of ids more than COMMON of the passages have, and not just a few."""
        most = max(COMMON * self.size, FEW)
        threshold = _idf(np.array([most]), self.size)[0]
        return np.isin(ids, self.ids[self.idf < threshold])

    def weights(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """float32 (t,), sum 1: how much each token of a question counts; unseen ones most."""
        if not len(ids):
            return np.zeros(0, np.float32)
        places = np.minimum(np.searchsorted(self.ids, ids), max(len(self.ids) - 1, 0))
        known = self.ids[places] == ids if len(self.ids) else np.zeros(len(ids), bool)
        weights = np.full(len(ids), _idf(np.zeros(1), self.size)[0], np.float32)
        weights[known] = self.idf[places[known]]
        shares: NDArray[np.float32] = weights / weights.sum()
        return shares


def _idf(counts: NDArray[np.float64] | NDArray[np.int64], size: int) -> NDArray[np.float32]:
    return np.log1p((size - counts + 0.5) / (counts + 0.5)).astype(np.float32)


def maxsim(
    query: NDArray[np.float32], weights: NDArray[np.float32], texts: Tokens
) -> NDArray[np.float64]:
    """float64 (n,): Σ weight · (the best product of the token with any of the text), in [-1, 1].

    query: float32 (t, d), unit rows. weights: float32 (t,), sum 1. A text without tokens, and
    every text for a query without, scores 0.
    """
    scores = np.zeros(len(texts))
    filled = np.flatnonzero(np.diff(texts.starts))
    if not len(query) or not len(filled):
        return scores
    scale = np.maximum(np.abs(query).max(axis=1), np.float32(1e-12)) / _QUERY_STEPS
    steps = np.rint(query / scale[:, None]).astype(np.int8)
    products = _products(texts.values, np.ascontiguousarray(steps.T))
    best = np.maximum.reduceat(products, texts.starts[filled], axis=1)
    factor = (weights * scale).astype(np.float64)
    # Rounding may carry a perfect match a little beyond 1.
    scores[filled] = np.clip((factor @ best) * texts.steps[filled], -1, 1)
    return scores


def _products(values: NDArray[np.uint8], query: NDArray[np.int8]) -> NDArray[np.int32]:
    """int32 (t, m): (values - 128) @ query, transposed; values uint8 (m, d), query int8 (d, t)."""
    products: NDArray[np.int32] = _session().run(None, {"values": values, "query": query})[0]
    return products


@cache
def _session() -> InferenceSession:
    """ONNX Runtime's byte product: 5 to 10 times as fast as floats in NumPy."""
    checksums.verify(PRODUCTS.parent)
    return runtime.session(PRODUCTS)
