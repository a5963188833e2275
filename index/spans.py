"""Where in a sentence a question's meaning stands: MaxSim over the tokens of a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.contracts import Encoded
from index.late import Rarity
from index.units import Units

Span = tuple[int, int]
_ZERO = 128


@dataclass(frozen=True, slots=True)
class Text:
    """One text's tokens: vectors float32 (t, d), unit rows but for rounding; ends int64 (t,)."""

    vectors: NDArray[np.float32]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Units, n: int) -> Text:
        """The n-th of texts."""
        first, end = texts.tokens.starts[n : n + 2]
        values, step = texts.tokens.text(n)
        return cls((values.astype(np.float32) - _ZERO) * step, texts.ends[first:end])

    def inside(self, *spans: tuple[int, int]) -> NDArray[np.bool_]:
        """bool (t,): which tokens end in these parts of the text."""
        inside = np.zeros(len(self.ends), bool)
        for start, end in spans:
            inside |= (self.ends > start) & (self.ends <= end)
        return inside

    def counterpart(self, span: tuple[int, int], other: Text, parts: Sequence[Span]) -> int:
        """Which of the parts of other, a translation, says what span of this text says.

        The one whose tokens and the span's find each other best, both ways.
        """
        products = self.vectors[self.inside(span)] @ other.vectors.T
        scores = []
        for part in parts:
            own = products[:, other.inside(part)]
            scores.append(own.max(axis=1).mean() + own.max(axis=0).mean() if own.size else -2.0)
        return int(np.argmax(scores))


@dataclass(frozen=True, slots=True)
class Match:
    """A question held against one text.

    products: float32 (q, t), of the question's tokens with the text's. weights: float32 (q,), sum
    1, how much each of the question's counts. ends: int64 (t,), where the text's tokens end in it.
    """

    products: NDArray[np.float32]
    weights: NDArray[np.float32]
    ends: NDArray[np.int64]

    @classmethod
    def of(cls, query: Encoded, text: Text, rarity: Rarity) -> Match:
        """query held against text, whose tokens are as rare as rarity says."""
        return cls(query.tokens @ text.vectors.T, rarity.weights(query.ids), text.ends)

    def score(self, *spans: tuple[int, int]) -> float:
        """MaxSim of the question with these parts of the text together; 0 where no token is."""
        best = self.covered(*spans)
        return float(self.weights @ best) if len(best) else 0.0

    def covered(self, *spans: tuple[int, int]) -> NDArray[np.float32]:
        """float32 (q,): the best product of each of the question's tokens with these parts."""
        inside = np.zeros(len(self.ends), bool)
        for start, end in spans:
            inside |= (self.ends > start) & (self.ends <= end)
        if not inside.any():
            return np.zeros(len(self.weights), np.float32)
        best: NDArray[np.float32] = self.products[:, inside].max(axis=1)
        return best
