"""Embedded texts, passages or sentences: their vectors, token vectors and token ids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.contracts import Encoded
from index.late import Tokens, quantise


@dataclass(frozen=True, slots=True)
class Unit:
    """One embedded text: vector float32 (d,), values uint8 (t, d) of that step; ids and ends int64
    (t,), as in Encoded."""

    vector: NDArray[np.float32]
    values: NDArray[np.uint8]
    step: np.float32
    ids: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, encoded: Encoded) -> Unit:
        """What the encoder gave, its token vectors rounded to bytes."""
        return cls(encoded.sentence, *quantise(encoded.tokens), encoded.ids, encoded.ends)


@dataclass(frozen=True, slots=True)
class Units:
    """n embedded texts: vectors float32 (n, d), unit rows; ids and ends int64, one for each token
    row."""

    vectors: NDArray[np.float32]
    tokens: Tokens
    ids: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, units: Sequence[Unit], width: int) -> Units:
        """units, in their order, of vectors that are width wide."""
        return cls(
            np.array([unit.vector for unit in units], np.float32).reshape(len(units), width),
            Tokens.of([(unit.values, unit.step) for unit in units], width),
            np.concatenate([np.zeros(0, np.int64), *(unit.ids for unit in units)]),
            np.concatenate([np.zeros(0, np.int64), *(unit.ends for unit in units)]),
        )

    def __len__(self) -> int:
        return len(self.vectors)

    def __iter__(self) -> Iterator[Unit]:
        starts = self.tokens.starts
        for n, vector in enumerate(self.vectors):
            own = slice(starts[n], starts[n + 1])
            yield Unit(vector, *self.tokens.text(n), self.ids[own], self.ends[own])
