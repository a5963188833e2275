"""Intervals, differences and p values: by hand, by properties, and on samples of a known mean."""

from __future__ import annotations

import random
from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.significance import (
    ROUNDS,
    Interval,
    bounds_of,
    holm,
    interval,
    mcnemar,
    paired,
)
from tests.plans import properties

scores = st.sampled_from([0.0, 0.1, 1 / 3, 0.5, 0.7, 1.0])
rows = st.lists(st.tuples(scores, scores, st.sampled_from("abcdefg")), min_size=1, max_size=12)
Rows = list[tuple[float, float, str]]
chances = st.lists(st.floats(0, 1), max_size=8)


def columns(drawn: Rows) -> tuple[list[float], list[float], list[str]]:
    before, after, groups = zip(*drawn, strict=True)
    return list(before), list(after), list(groups)


def alone(count: int) -> list[str]:
    return [f"q{number}" for number in range(count)]


def test_an_interval_of_two_groups_worked_by_hand() -> None:
    # One draw in four is twice the first group, one in four twice the second.
    assert interval([0.0, 1.0], ["a", "b"]) == Interval(0.5, 0.0, 1.0, 2)
    assert interval([0.0, 1.0], ["a", "b"], level=0.4) == Interval(0.5, 0.5, 0.5, 2)
    assert interval([0.0, 0.0, 1.0], ["a", "a", "b"]) == Interval(1 / 3, 0.0, 1.0, 3)


def test_an_interval_of_a_share_is_the_binomials() -> None:
    # Of 100 drawn with p = 0.3: P(<= 20) = 0.016, P(<= 21) = 0.029; P(>= 40) = 0.021, 39: 0.034
    found = interval([1.0] * 30 + [0.0] * 70, alone(100))
    assert (found.low, found.high) == (pytest.approx(0.21), pytest.approx(0.39))


def test_groups_are_drawn_whole() -> None:
    values = [0.0, 1.0] * 40
    twice = interval([*values, *values], [*alone(80), *alone(80)])
    once = interval(values, alone(80))
    assert (twice.low, twice.high) == (pytest.approx(once.low), pytest.approx(once.high))
    apart = interval([*values, *values], alone(160))
    assert apart.high - apart.low < 0.8 * (twice.high - twice.low)


def test_one_group_tells_no_spread() -> None:
    assert interval([0.25, 0.75], ["a", "a"]) == Interval(0.5, 0.5, 0.5, 2)


@pytest.mark.parametrize("value", [0.1, 0.7])
def test_values_that_are_all_equal_have_no_spread(value: float) -> None:
    # Sums of three are rounded: up for the one value, down for the other.
    found = interval([value] * 9, alone(3) * 3, rounds=200)
    assert found.low <= found.mean <= found.high
    assert (found.low, found.mean, found.high) == pytest.approx((value,) * 3)


@properties
@given(rows)
def test_an_interval_holds_the_mean_and_stays_among_the_values(drawn: Rows) -> None:
    values, _, groups = columns(drawn)
    found = interval(values, groups, rounds=200)
    assert min(values) - 1e-12 <= found.low <= found.mean <= found.high <= max(values) + 1e-12
    assert found.mean == pytest.approx(sum(values) / len(values))
    assert found.n == len(values)
    wider = interval(values, groups, level=0.99, rounds=200)
    assert wider.low <= found.low <= found.high <= wider.high


@properties
@given(rows, st.randoms(use_true_random=False))
def test_no_order_changes_anything(drawn: Rows, shuffler: random.Random) -> None:
    before, after, groups = columns(drawn)
    mixed_before, mixed_after, mixed_groups = columns(shuffler.sample(drawn, len(drawn)))
    renamed = [{"a": "z", "b": "y"}.get(group, group) for group in mixed_groups]
    assert interval(mixed_after, renamed, rounds=200) == interval(after, groups, rounds=200)
    assert paired(mixed_before, mixed_after, renamed, rounds=200) == paired(
        before, after, groups, rounds=200
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_covers_the_true_mean_as_often_as_it_says(seed: int) -> None:
    random_ = np.random.default_rng(seed)
    covered = 0
    for _ in range(200):
        # Two questions a group, right with the group's own chance, which is 0.6 on average.
        chance = random_.beta(3, 2, 60)
        values = (random_.random((2, 60)) < chance).astype(float).ravel().tolist()
        found = interval(values, alone(60) * 2, rounds=500)
        covered += found.low <= 0.6 <= found.high
    assert 0.88 <= covered / 200 <= 0.99


@properties
@given(rows)
def test_the_same_twice_is_no_difference(drawn: Rows) -> None:
    before, _, groups = columns(drawn)
    found = paired(before, before, groups, rounds=200)
    assert (found.mean, found.low, found.high, found.p) == (0.0, 0.0, 0.0, 1.0)
    assert (found.n, found.lost, found.won) == (len(before), 0, 0)


@properties
@given(rows)
def test_a_difference_turned_round(drawn: Rows) -> None:
    before, after, groups = columns(drawn)
    found = paired(before, after, groups, rounds=200)
    turned = paired(after, before, groups, rounds=200)
    assert (turned.mean, turned.lost, turned.won) == (-found.mean, found.won, found.lost)
    assert found.low <= found.mean <= found.high
    assert 0 < found.p <= 1
    assert found.lost + found.won == sum(a != b for a, b, _ in drawn)
    changes = [b - a for a, b in zip(before, after, strict=True)]
    alike = interval(changes, groups, rounds=200)
    assert (found.low, found.high) == (alike.low, alike.high)


def test_lost_and_won_worked_by_hand() -> None:
    found = paired([1, 0, 0.5, 0.5], [0, 1, 0.75, 0.5], ["a", "a", "b", "c"])
    assert (found.mean, found.n, found.lost, found.won) == (0.0625, 4, 1, 2)


def test_p_of_four_groups_counted_out() -> None:
    # All 4^4 draws: how often is their mean as far from the mean as that is from none?
    changes = [0.0, 0.5, 0.25, -0.25]
    mean = sum(changes) / 4
    draws = [sum(drawn) / 4 for drawn in product(changes, repeat=4)]
    expected = sum(abs(drawn - mean) >= mean - 1e-12 for drawn in draws) / len(draws)
    found = paired([0.5] * 4, [0.5 + change for change in changes], alone(4))
    assert found.p == pytest.approx(expected, abs=0.02)  # 4 standard errors of 10,000 rounds


def test_p_of_many_groups_is_that_of_the_normal() -> None:
    # 60 up and 40 down of 400: z = 20 / sqrt(100 - 20² / 400) = 2.010, p = 0.044
    after = [1.0] * 60 + [0.0] * 340
    before = [0.0] * 60 + [1.0] * 40 + [0.0] * 300
    found = paired(before, after, alone(400))
    assert found.p == pytest.approx(0.047, abs=0.01)
    assert found.p > 1 / ROUNDS
    assert found.low <= 0.005


@pytest.mark.parametrize("count", range(1, 9))
def test_few_groups_that_all_rose_prove_no_more_than_their_signs(count: int) -> None:
    # Each group holds two values, and nine more groups do not differ.
    groups = [*alone(count), *alone(count), *"ABCDEFGHI"]
    before, after = [0.25] * (2 * count + 9), [0.75] * (2 * count) + [0.25] * 9
    assert paired(before, after, groups).p >= 2 / 2**count
    assert paired(before, after, groups).p == paired(after, before, groups).p


def test_p_is_never_zero() -> None:
    found = paired([0.0] * 40, [1.0] * 40, alone(40), rounds=99)
    assert found.p == 1 / 100
    assert paired([0.0] * 40, [1.0] * 40, alone(40)).p == 1 / (ROUNDS + 1)


def test_values_and_groups_belong_together() -> None:
    with pytest.raises(ValueError, match="got 0 values in 0 groups"):
        interval([], [])
    with pytest.raises(ValueError, match="got 0 values in 0 groups"):
        paired([], [], [])
    with pytest.raises(ValueError, match="got 2 values in 1 groups"):
        interval([0.0, 1.0], ["a"])
    with pytest.raises(ValueError, match="got 1 values before and 2 after"):
        paired([0.0], [0.0, 1.0], ["a", "b"])


@pytest.mark.parametrize(
    ("lost", "won", "expected"),
    [
        (0, 0, 1.0),
        (1, 9, 2 * (1 + 10) / 2**10),
        (9, 1, 0.021484375),
        (0, 5, 2 / 2**5),
        (4, 4, 1.0),
        (3, 5, 2 * (1 + 8 + 28 + 56) / 2**8),
    ],
)
def test_mcnemar_worked_by_hand(lost: int, won: int, expected: float) -> None:
    assert mcnemar(lost, won) == pytest.approx(expected)


@properties
@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_is_twice_the_tail(lost: int, won: int) -> None:
    total = lost + won
    tail = sum(comb(total, k) for k in range(min(lost, won) + 1)) / 2**total
    assert mcnemar(lost, won) == pytest.approx(min(1.0, 2 * tail))
    assert mcnemar(lost, won) == pytest.approx(mcnemar(won, lost))


def test_holm_worked_by_hand() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.6, 0.5]) == [1.0, 1.0]
    assert holm([0.02]) == [0.02]
    assert holm([]) == []


@properties
@given(chances, st.randoms(use_true_random=False))
def test_holm_lies_between_nothing_and_bonferroni(
    values: list[float], shuffler: random.Random
) -> None:
    adjusted = holm(values)
    for raw, new in zip(values, adjusted, strict=True):
        assert raw <= new <= min(1.0, len(values) * raw)
    ranked = sorted(zip(values, adjusted, strict=True))
    assert [new for _, new in ranked] == sorted(adjusted)
    places = shuffler.sample(range(len(values)), len(values))
    assert holm([values[place] for place in places]) == [adjusted[place] for place in places]


@properties
@given(chances, st.sampled_from([0.01, 0.05, 0.2]))
def test_holm_rejects_step_by_step(values: list[float], level: float) -> None:
    ranked = sorted(values)
    rejected = 0
    while rejected < len(ranked) and (len(ranked) - rejected) * ranked[rejected] <= level:
        rejected += 1
    assert sum(new <= level for new in holm(values)) == rejected


def test_bounds_of_a_mean_are_about_those_of_interval() -> None:
    random = np.random.default_rng(5)
    values = random.random(200).tolist()
    groups = [str(n // 2) for n in range(200)]
    found = bounds_of(lambda own: float(np.mean([values[n] for n in own])), groups, rounds=2_000)
    whole = interval(values, groups)
    assert found == pytest.approx((whole.low, whole.high), abs=0.005)


def test_bounds_of_what_cannot_be_told() -> None:
    assert bounds_of(lambda own: None, ["a", "b"]) is None
    assert bounds_of(lambda own: 1.0, []) is None
    assert bounds_of(lambda own: 2.0 if len(own) > 2 else None, ["a", "a", "a", "b"]) == (2.0, 2.0)


def test_bounds_do_not_depend_on_order() -> None:
    values = {"a": 1.0, "b": 5.0, "c": 7.0}

    def bounds(names: list[str]) -> tuple[float, float] | None:
        return bounds_of(lambda own: float(np.mean([values[names[n]] for n in own])), names)

    assert bounds(["a", "b", "c"]) == bounds(["c", "a", "b"])
