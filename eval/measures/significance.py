"""How sure a mean is, and a difference of two: bootstrap of whole groups, McNemar, Holm.

A group is what was not drawn on its own: both languages of one question, the turns of one
conversation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import fsum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 10_000
"""Holm's method multiplies p values by how many there are, so the least must be small."""
_SEED = 2020
_AT_ONCE = 256
"""Rounds that are turned into floats together: few enough to stay near the processor."""
_ROUNDING = 1e-12
"""Means that differ by no more are equal; scores are in [0, 1]."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean of n values with the bounds of its confidence interval."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of n differences, the bounds of its interval, and its two-sided p in (0, 1].

    lost, won: how many of the n values fell, and rose.
    """

    mean: float
    low: float
    high: float
    p: float
    n: int
    lost: int
    won: int


def interval(
    values: Sequence[float], groups: Sequence[str], level: float = 0.95, rounds: int = ROUNDS
) -> Interval:
    """The mean of values with its percentile bootstrap interval (Efron & Tibshirani 1993, ch. 13).

    Each round draws as many groups as there are, whole, with replacement (Davison & Hinkley 1997,
    § 3.8). groups: that of each value. The same values give the same bounds, in any order. One
    group has low = high = mean, which says nothing of how sure it is; few give too narrow a range.
    Raises ValueError for no values, or if there are not as many groups.
    """
    table = _table(values, groups)
    mean = fsum(values) / len(values)
    return Interval(mean, *_bounds(_means(table, rounds), mean, level), len(values))


def bounds_of(
    measure: Callable[[Sequence[int]], float | None],
    groups: Sequence[str],
    level: float = 0.95,
    rounds: int = 300,
) -> tuple[float, float] | None:
    """The bounds of interval() for a measure that is no mean: AUROC, an area, a percentile.

    measure: of the places, in groups, of one sample's members; what it cannot tell, None, is left
    out. groups: that of each member. None where no round can be told.
    """
    members: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        members.setdefault(group, []).append(place)
    own = [members[group] for group in sorted(members)]
    found = []
    for counts in _counts(len(own), rounds) if own else ():
        sample = [place for n in np.flatnonzero(counts) for place in own[n] * int(counts[n])]
        value = measure(sample)
        if value is not None:
            found.append(value)
    if not found:
        return None
    low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def paired(
    before: Sequence[float],
    after: Sequence[float],
    groups: Sequence[str],
    level: float = 0.95,
    rounds: int = ROUNDS,
) -> Difference:
    """The mean of after - before with the interval of interval(), and whether it may be chance.

    p: how often a round of the bootstrap, shifted to no difference, is as far from none as the mean
    is (Efron & Tibshirani 1993, § 16.4), the mean itself counted as a round (so p is never 0); but
    never under 2^(1-k), the least that flipping signs could give where k groups differ: drawing
    again from a few that all rose shows no fall, however few. 1.0 where nothing differs. Raises
    ValueError for no values, or if there are not as many of each.
    """
    if len(before) != len(after):
        raise ValueError(f"got {len(before)} values before and {len(after)} after; expected pairs")
    changes = [new - old for old, new in zip(before, after, strict=True)]
    table = _table(changes, groups)
    mean = fsum(changes) / len(changes)
    means = _means(table, rounds)
    as_far = int(np.sum(np.abs(means - mean) >= abs(mean) - _ROUNDING))
    differ = int(np.sum(np.abs(table[:, 0]) > _ROUNDING))
    return Difference(
        mean,
        *_bounds(means, mean, level),
        p=min(1.0, max((1 + as_far) / (1 + rounds), 2.0 ** (1 - differ))),
        n=len(changes),
        lost=sum(new < old for old, new in zip(before, after, strict=True)),
        won=sum(new > old for old, new in zip(before, after, strict=True)),
    )


def mcnemar(lost: int, won: int) -> float:
    """The exact two-sided p, in (0, 1], that so uneven a split is chance (McNemar 1947).

    lost, won: how many questions only the one, only the other run has right. 1.0 where none.
    """
    if not lost + won:
        return 1.0
    from scipy.stats import binomtest

    return float(binomtest(won, lost + won).pvalue)


def holm(values: Sequence[float]) -> list[float]:
    """p values adjusted for how many they are, in the order given (Holm 1979).

    Each in [0, 1] and no less than what it was; what was smaller stays no greater.
    """
    adjusted, least = [0.0] * len(values), 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        least = max(least, min(1.0, (len(values) - rank) * values[place]))
        adjusted[place] = least
    return adjusted


def _table(values: Sequence[float], groups: Sequence[str]) -> Floats:
    """float64 (g, 2): the sum and the size of each group, sorted, so that no order matters."""
    if not values or len(values) != len(groups):
        raise ValueError(
            f"got {len(values)} values in {len(groups)} groups; expected one or more, each with one"
        )
    members: dict[str, list[float]] = {}
    for value, group in zip(values, groups, strict=True):
        members.setdefault(group, []).append(value)
    # fsum is exact: a plain sum would depend on the order within the group.
    return np.array(sorted((fsum(own), len(own)) for own in members.values()), np.float64)


def _means(table: Floats, rounds: int) -> Floats:
    """float64 (rounds,): the mean of the values of each round's groups."""
    counts = _counts(len(table), rounds)
    parts = [counts[at : at + _AT_ONCE] @ table for at in range(0, rounds, _AT_ONCE)]
    sums, sizes = np.concatenate(parts).T
    means: Floats = sums / sizes
    return means


@lru_cache(maxsize=128)
def _counts(groups: int, rounds: int) -> NDArray[np.uint8]:
    """uint8 (rounds, groups), read-only: how often each round draws each group.

    The same for every measure of the same groups, so it is kept. No count comes near to 256: each
    is about Poisson of mean 1.
    """
    random = np.random.default_rng(_SEED)
    counts = np.empty((rounds, groups), np.uint8)
    for row in counts:
        row[:] = np.bincount(random.integers(0, groups, groups), minlength=groups)
    counts.setflags(write=False)
    return counts


def _bounds(means: Floats, mean: float, level: float) -> tuple[float, float]:
    """The outer quantiles of means; rounding does not push them past the mean."""
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return min(float(low), mean), max(float(high), mean)
