"""What parts a run falls into, and what is said of each."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.runs.records import LABELS, Result
from eval.runs.slices import (
    HELD_OUT,
    Slice,
    confidences,
    first_relevant,
    latency,
    means,
    risk_area,
    separation,
    sets,
    slices,
    worst,
    wrongs,
)
from tests.eval.runs.made import WRONG, refused, result, wrong
from tests.plans import properties

RANDOM = st.lists(
    st.builds(
        result,
        split=st.sampled_from(["dev", "test", "extra"]),
        direction=st.sampled_from(["zh→zh", "en→zh"]),
        kind=st.sampled_from(["answerable", "near_miss", "silent"]),
        part=st.sampled_from(["", "一", "二"]),
        is_turn=st.booleans(),
        id=st.sampled_from("abc"),
        ranking=st.sampled_from([("x", "y"), ("y", "x"), ("y",), ()]),
        relevant=st.sampled_from([("x",), ()]),
        scores=st.sampled_from([WRONG, {"right": 1.0}]),
    ),
    max_size=12,
)


def names(found: list[Slice], dimension: str) -> list[str]:
    return [part.name for part in found if part.dimension == dimension]


def test_one_result_has_one_slice() -> None:
    assert slices([result()]) == [Slice("all", "all", (result(),))]


def test_nothing_has_no_slice() -> None:
    assert slices([]) == []
    assert sets([]) == []
    assert worst([]) == []


def test_dimensions_come_in_their_order() -> None:
    found = slices(
        [
            result(),
            result(split="test", direction="en→zh", type="why", part="第二篇", is_turn=True),
            refused(),
        ]
    )
    assert list(dict.fromkeys(part.dimension for part in found)) == [
        "all",
        "split",
        "direction",
        "answerability",
        "type",
        "part",
        "turn",
    ]
    assert names(found, "answerability") == ["answerable", "near_miss"]
    assert names(found, "turn") == ["questions", "turns"]


def test_parts_come_by_first_appearance_and_none_without_a_name() -> None:
    found = slices([refused(), result(part="乙"), result(part="甲"), result(part="乙", id="2")])
    assert names(found, "part") == ["乙", "甲"]
    assert [len(part.results) for part in found if part.dimension == "part"] == [2, 1]


def test_a_dimension_of_one_name_is_left_out() -> None:
    assert names(slices([result(), refused()]), "part") == []


@properties
@given(RANDOM)
def test_slices_of_a_dimension_share_no_result_and_keep_the_order(results: list[Result]) -> None:
    places = {id(one): n for n, one in enumerate(results)}
    for dimension in ("all", "split", "direction", "answerability", "turn"):
        own = [part.results for part in slices(results) if part.dimension == dimension]
        at = [[places[id(one)] for one in part] for part in own]
        assert all(part == sorted(part) for part in at)
        if at:
            assert sorted(n for part in at for n in part) == list(range(len(results)))


@properties
@given(RANDOM)
def test_sets_hold_every_result_once_and_held_out_ones_first(results: list[Result]) -> None:
    found = sets(results)
    assert sorted(id(one) for part in found for one in part.results) == sorted(map(id, results))
    held_out = [part.dimension.startswith("held-out") for part in found]
    assert held_out == sorted(held_out, reverse=True)


def test_turns_are_sets_of_their_own() -> None:
    results = [result(is_turn=True), result(split="test", direction="en→zh"), result()]
    assert [(part.dimension, part.name) for part in sets(results)] == [
        ("held-out", "en→zh"),
        ("development", "zh→zh"),
        ("development, in conversation", "zh→zh"),
    ]


def test_a_mean_is_over_those_that_have_the_score() -> None:
    part = slices([result(), wrong(group="2"), refused()])[0]
    found = means(part)
    assert found["text_right"].mean == pytest.approx(1 / 2)
    assert found["text_right"].n == 2
    assert found["right"].mean == pytest.approx(2 / 3)
    assert found["right"].n == 3
    assert list(found) == [score for score in LABELS if score in found]


def test_a_score_that_no_result_has_is_left_out() -> None:
    assert list(means(slices([refused()])[0])) == ["right", "refused_rightly"]


def test_one_question_in_two_languages_is_resampled_as_one() -> None:
    both = slices([result(), wrong(lang="en")])[0]
    apart = slices([result(), wrong(lang="en", group="2")])[0]
    assert means(both)["right"].low == means(both)["right"].high == 0.5
    assert means(apart)["right"].low < 0.5 < means(apart)["right"].high


def test_latency_by_hand() -> None:
    assert latency([result(took_ms=7.0)]) == (7.0, 7.0, 7.0)
    took = latency([result(took_ms=float(n)) for n in range(101)])
    assert took == pytest.approx((50.0, 95.0, 99.0))


def test_latency_agrees_with_an_independent_implementation() -> None:
    from statistics import quantiles

    took = [float(n * n % 97) for n in range(50)]
    cuts = quantiles(took, n=100, method="inclusive")
    assert latency([result(took_ms=ms) for ms in took]) == pytest.approx(
        (cuts[49], cuts[94], cuts[98])
    )


def test_confidence_that_is_not_told() -> None:
    results = [result(confidence=None), refused(confidence=None), result(confidence=0.0)]
    assert confidences(results) == [1.0, 0.0, 0.0]


def test_a_missing_score_is_wrong() -> None:
    assert wrongs([result(), wrong(), result(scores={})]) == [False, True, True]


def test_refusals_by_hand() -> None:
    sure, unsure = result(confidence=0.9), wrong(confidence=0.2)
    between = refused(confidence=0.5)
    # One of two answerable questions is above the other one. Risks: 0/1, 1/2, 2/3: what has no
    # answer is wrong to answer, though it was rightly refused.
    assert separation([sure, unsure, between]) == 0.5
    assert risk_area([sure, unsure, between]) == pytest.approx((1 / 2 + 2 / 3) / 3)


def test_refusals_of_one_kind_have_no_auroc() -> None:
    assert separation([result(), wrong()]) is None
    assert (separation([]), risk_area([])) == (None, None)


def test_first_relevant_by_hand() -> None:
    assert first_relevant(result(ranking=("a", "b", "c"), relevant=("c", "b"))) == 2
    assert first_relevant(result(ranking=("a",), relevant=("b",))) is None
    assert first_relevant(result(ranking=(), relevant=())) is None


def test_the_worst_come_first() -> None:
    second = ("a", "plan/1#1")
    results = [
        result(id="right"),
        wrong(id="dev-1b"),
        wrong(id="dev-1a"),
        wrong(id="dev-2", ranking=second),
        wrong(id="dev-none", ranking=("a",)),
        refused(id="no", scores={"right": 0.0}),
        refused(id="no-right"),
    ]
    found = ["dev-none", "dev-2", "dev-1a", "dev-1b", "no"]
    assert [one.id for one in worst(results)] == found
    held_out = wrong(id="test", split="test", ranking=("a",))
    assert [one.id for one in worst([held_out, *results])] == found
    assert worst([held_out]) == [held_out]


@pytest.mark.parametrize(
    ("answerable", "others", "kept"),
    [
        (9, 9, (2, 2)),
        (9, 1, (3, 1)),
        (1, 9, (1, 3)),
        (0, 9, (0, 4)),
        (9, 0, (4, 0)),
        (1, 1, (1, 1)),
    ],
)
def test_each_kind_has_half_of_the_room_and_what_is_left(
    answerable: int, others: int, kept: tuple[int, int]
) -> None:
    results = [wrong(id=str(n)) for n in range(answerable)]
    results += [refused(id=str(n), scores={"right": 0.0}) for n in range(others)]
    found = worst(results, most=4)
    counted = np.bincount([one.kind != "answerable" for one in found], minlength=2)
    assert tuple(counted) == kept


@properties
@given(RANDOM, st.integers(0, 8))
def test_the_worst_are_wrong_and_no_more_than_asked_for(results: list[Result], most: int) -> None:
    found = worst(results, most)
    shown = [one for one in results if one.split != HELD_OUT] or results
    assert len(found) == min(most, sum(wrongs(shown)))
    assert all(wrongs(found))


def test_parts_come_in_the_order_of_the_plan() -> None:
    results = [result(part="乙"), result(part="甲", id="2"), result(part="丙", id="3")]
    parts = [one.name for one in slices(results, ("甲", "乙")) if one.dimension == "part"]
    assert parts == ["甲", "乙", "丙"]
