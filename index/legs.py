"""What each leg says of every passage, and means of what several views say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.contracts import Encoded
from index.fusion import Floats
from index.records import Hit


class Mean:
    """Weighted means of scores that come view by view; -inf where none came."""

    def __init__(self, size: int) -> None:
        self._sum, self._weight = np.zeros(size), np.zeros(size)

    def add(self, rows: NDArray[np.int64], scores: NDArray[Any], weight: float) -> None:
        """scores at rows, each row once."""
        self._sum[rows] += weight * scores
        self._weight[rows] += weight

    @property
    def value(self) -> Floats:
        """float64 (size,)."""
        with np.errstate(invalid="ignore"):
            return np.where(self._weight > 0, self._sum / self._weight, -np.inf)


@dataclass(frozen=True, slots=True)
class Legs:
    """Scores of n passages: total, dense, lexical, late and best (of its sentences) are float64
    (n,), sentences one for each sentence. -inf: not a candidate. None: the mode has no such leg.
    query: the question as the encoder saw it."""

    total: NDArray[np.float64]
    dense: NDArray[np.float64]
    lexical: NDArray[np.float64]
    late: NDArray[np.float64] | None = None
    best: NDArray[np.float64] | None = None
    sentences: NDArray[np.float64] | None = None
    query: Encoded | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best passages, the rows of all that may be found, best first, and every leg's scores."""

    hits: list[Hit]
    rows: NDArray[np.int64]
    legs: Legs
