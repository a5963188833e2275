"""Scores to one score, and scores to ranks: pure functions over arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PASSAGE, SENTENCE, LEXICAL = 1.0, 1.5, 0.2
"""The weights of the three scores in hybrid(), chosen on the development questions
(`python -m eval.retrieval`)."""
OTHER_LANGUAGE = 0.75
"""How much the vectors of a passage's text in the language that is not the question's count,
against 1 for the one that is; chosen with the weights."""


def hybrid(
    late: Floats,
    sentence: Floats,
    lexical: Floats,
    weights: tuple[float, float, float] = (PASSAGE, SENTENCE, LEXICAL),
) -> Floats:
    """The weighted sum of passage MaxSim, best-sentence MaxSim and normalised BM25, each (n,).

    Sizes are kept, not ranks: a leg that has found nothing adds nothing.
    """
    total: Floats = weights[0] * late + weights[1] * sentence + weights[2] * lexical
    return total


def order(scores: Floats, tiebreak: NDArray[np.int64]) -> NDArray[np.int64]:
    """int64 (n,): the places of scores from best to worst; equal ones by tiebreak, ascending."""
    return np.lexsort((tiebreak, -scores))


def tiebreak(ids: Sequence[str]) -> NDArray[np.int64]:
    """int64 (n,): the place of each id when all are sorted."""
    return np.argsort(np.argsort(np.array(ids, dtype=str), kind="stable"), kind="stable")


def reciprocal_rank(rankings: Sequence[NDArray[np.int64]], constant: float = 60.0) -> Floats:
    """float64 (n,): Σ 1 / (constant + rank) over rankings of all n places, ranks from 1.

    Cormack, Clarke & Büttcher 2009. Measured against hybrid(), which is better; nothing is
    served with it.
    """
    total = np.zeros(len(rankings[0]) if rankings else 0)
    for ranking in rankings:
        total[ranking] += 1.0 / (constant + np.arange(1, len(ranking) + 1))
    return total
