"""Means of what several views say of the same rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.legs import Mean
from tests.plans import properties


def rows(*numbers: int) -> np.ndarray:
    return np.array(numbers, np.int64)


def test_where_nothing_came_there_is_no_score() -> None:
    assert Mean(3).value.tolist() == [-np.inf] * 3
    assert Mean(0).value.tolist() == []


def test_one_view_alone_counts_fully_whatever_its_weight() -> None:
    for weight in (1.0, 0.25):
        mean = Mean(3)
        mean.add(rows(2, 0), np.array([0.5, -0.5]), weight)
        assert mean.value.tolist() == [-0.5, -np.inf, 0.5]
        assert mean.value.dtype == np.float64


def test_two_views_worked_by_hand() -> None:
    mean = Mean(3)
    mean.add(rows(0, 1), np.array([1.0, 0.5]), 1.0)
    mean.add(rows(1, 2), np.array([0.0, 0.8]), 0.25)
    assert mean.value == pytest.approx([1.0, 0.4, 0.8])


def test_nothing_added_changes_nothing() -> None:
    mean = Mean(2)
    mean.add(rows(1), np.array([0.5]), 1.0)
    mean.add(rows(), np.array([]), 1.0)
    assert mean.value.tolist() == [-np.inf, 0.5]


@properties
@given(
    st.lists(
        st.tuples(
            st.lists(st.integers(0, 4), unique=True),
            st.floats(0.1, 2),
            st.integers(0, 2**32 - 1),
        ),
        max_size=4,
    )
)
def test_a_mean_is_between_what_was_added_in_any_order(
    added: list[tuple[list[int], float, int]],
) -> None:
    seen: dict[int, list[float]] = {}
    one, other = Mean(5), Mean(5)
    told = []
    for places, weight, seed in added:
        scores = np.random.default_rng(seed).uniform(-1, 1, len(places))
        told.append((rows(*places), scores, weight))
        for place, score in zip(places, scores, strict=True):
            seen.setdefault(place, []).append(float(score))
    for args in told:
        one.add(*args)
    for args in reversed(told):
        other.add(*args)
    for place in range(5):
        if place in seen:
            assert min(seen[place]) - 1e-9 <= one.value[place] <= max(seen[place]) + 1e-9
            assert one.value[place] == pytest.approx(other.value[place])
        else:
            assert one.value[place] == other.value[place] == -np.inf
