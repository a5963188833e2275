"""Confidence against answerable and wrong, worked by hand and by counting."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.refusal import auroc, curve, risk_coverage_area
from tests.plans import properties

few = st.sampled_from([-1.0, 0.0, 0.25, 0.5, 0.5000001, 7.0])
labelled = st.lists(st.tuples(few, st.booleans()), min_size=1, max_size=12)


def apart(pairs: list[tuple[float, bool]]) -> tuple[list[float], list[bool]]:
    return [confidence for confidence, _ in pairs], [label for _, label in pairs]


def test_auroc_worked_by_hand() -> None:
    # Of 2 × 2 pairs three are in order; a tie is half of one.
    assert auroc([0.9, 0.4, 0.5, 0.1], [True, True, False, False]) == pytest.approx(3 / 4)
    assert auroc([0.9, 0.5, 0.5, 0.1], [True, True, False, False]) == pytest.approx(7 / 8)
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    assert auroc([5.0, -5.0], [True, False]) == 1.0


@pytest.mark.parametrize("label", [True, False])
def test_one_kind_has_no_auroc(label: bool) -> None:
    assert auroc([0.1, 0.9], [label, label]) is None
    assert auroc([], []) is None


@properties
@given(labelled)
def test_auroc_is_the_share_of_pairs_in_order(pairs: list[tuple[float, bool]]) -> None:
    yes = [confidence for confidence, label in pairs if label]
    no = [confidence for confidence, label in pairs if not label]
    won = sum((one > other) + (one == other) / 2 for one in yes for other in no)
    expected = pytest.approx(won / (len(yes) * len(no))) if yes and no else None
    assert auroc(*apart(pairs)) == expected


def test_a_curve_worked_by_hand() -> None:
    confidence, wrong = [0.5, 0.9, 0.5, 0.2], [True, False, False, True]
    assert curve(confidence, wrong) == [(1 / 4, 0.0), (3 / 4, 1 / 3), (1.0, 1 / 2)]
    assert curve([], []) == []


def test_an_area_worked_by_hand() -> None:
    assert risk_coverage_area([4, 3, 2, 1], [False, True, False, True]) == pytest.approx(
        (0 + 1 / 2 + 1 / 3 + 2 / 4) / 4
    )
    # The two of 0.5 are each half wrong.
    assert risk_coverage_area([0.5, 0.9, 0.5, 0.2], [True, False, False, True]) == pytest.approx(
        (0 + (1 / 2) / 2 + 1 / 3 + 2 / 4) / 4
    )
    assert risk_coverage_area([1, 1, 1, 1], [True, False, False, False]) == pytest.approx(1 / 4)
    assert risk_coverage_area([2, 1], [True, True]) == 1.0
    assert risk_coverage_area([2, 1], [False, False]) == 0.0
    assert risk_coverage_area([], []) is None


@properties
@given(st.lists(st.tuples(few, st.booleans()), min_size=1, max_size=5))
def test_a_tie_is_the_mean_over_its_orders(pairs: list[tuple[float, bool]]) -> None:
    areas = []
    for mixed in permutations(pairs):
        ranked = sorted(mixed, key=lambda pair: -pair[0])
        labels = [wrong for _, wrong in ranked]
        risks = [sum(labels[:k]) / k for k in range(1, len(labels) + 1)]
        areas.append(sum(risks) / len(risks))
    assert risk_coverage_area(*apart(pairs)) == pytest.approx(sum(areas) / len(areas))


@properties
@given(labelled, st.randoms(use_true_random=False))
def test_the_order_of_questions_does_not_matter(
    pairs: list[tuple[float, bool]], shuffler: random.Random
) -> None:
    mixed = shuffler.sample(pairs, len(pairs))
    assert risk_coverage_area(*apart(mixed)) == risk_coverage_area(*apart(pairs))
    assert curve(*apart(mixed)) == curve(*apart(pairs))
    assert auroc(*apart(mixed)) == auroc(*apart(pairs))


@properties
@given(labelled)
def test_a_curve_ends_with_everything(pairs: list[tuple[float, bool]]) -> None:
    confidence, wrong = apart(pairs)
    points = curve(confidence, wrong)
    assert len(points) == len(set(confidence))
    assert [coverage for coverage, _ in points] == sorted({coverage for coverage, _ in points})
    assert points[-1] == (1.0, pytest.approx(sum(wrong) / len(wrong)))


@pytest.mark.parametrize("measure", [auroc, curve, risk_coverage_area])
def test_each_confidence_has_its_label(measure: object) -> None:
    assert callable(measure)
    with pytest.raises(ValueError, match="got 2 confidences and 1 labels"):
        measure([0.1, 0.2], [True])


def test_auroc_refuses_what_is_not_finite() -> None:
    with pytest.raises(ValueError, match="NaN"):
        auroc([float("nan"), 0.2], [True, False])
    with pytest.raises(ValueError, match="infinity"):
        auroc([float("inf"), 0.2], [True, False])
