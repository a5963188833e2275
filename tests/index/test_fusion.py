"""Scores to one score, and scores to a total order."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.fusion import (
    LEXICAL,
    OTHER_LANGUAGE,
    PASSAGE,
    SENTENCE,
    hybrid,
    order,
    reciprocal_rank,
    tiebreak,
)

few = st.sampled_from([0.0, -0.0, 0.5, 1.0, -1.0, -np.inf, 0.1 + 0.2, 0.3])
names = st.text("ab#武昌1０", min_size=1, max_size=4)
scored = st.dictionaries(names, few | st.floats(-10, 10), max_size=12)
sizes = st.floats(-1, 1)


def floats(*numbers: float) -> NDArray[np.float64]:
    return np.array(numbers, np.float64)


def ranked(scores: NDArray[np.float64], ids: list[str]) -> NDArray[np.int64]:
    return order(scores, tiebreak(ids))


@given(st.lists(names, max_size=12))
def test_tiebreak_is_each_ids_place_among_all(ids: list[str]) -> None:
    found = tiebreak(ids)
    assert found.dtype == np.int64
    assert sorted(found.tolist()) == list(range(len(ids)))
    assert [name for _, name in sorted(zip(found, ids, strict=True))] == sorted(ids)


@given(scored)
def test_order_is_by_score_then_by_id(given_scores: dict[str, float]) -> None:
    ids = list(given_scores)
    found = ranked(floats(*given_scores.values()), ids)
    expected = sorted(range(len(ids)), key=lambda place: (-given_scores[ids[place]], ids[place]))
    assert found.tolist() == expected
    assert found.dtype == np.int64


@given(scored, st.randoms(use_true_random=False))
def test_order_does_not_depend_on_where_things_stood(
    given_scores: dict[str, float], shuffler: random.Random
) -> None:
    ids = list(given_scores)
    before = [ids[place] for place in ranked(floats(*given_scores.values()), ids)]
    shuffler.shuffle(ids)
    scores = floats(*(given_scores[name] for name in ids))
    assert [ids[place] for place in ranked(scores, ids)] == before


def test_ties_go_by_id_and_not_by_number_in_it() -> None:
    ids = ["p/2#1", "p/10#1", "p/1#2", "o/9#9"]
    assert [ids[place] for place in ranked(floats(1, 1, 1, 1), ids)] == sorted(ids)
    assert ranked(floats(0.0, -0.0), ["b", "a"]).tolist() == [1, 0]
    assert ranked(floats(), []).tolist() == []


@given(sizes, sizes, sizes, st.integers(0, 2), st.floats(1e-6, 1))
def test_hybrid_rises_with_each_score(
    late: float, sentence: float, lexical: float, which: int, more: float
) -> None:
    scores = [late, sentence, lexical]
    raised = [score + more * (n == which) for n, score in enumerate(scores)]
    below = hybrid(floats(scores[0]), floats(scores[1]), floats(scores[2]))
    above = hybrid(floats(raised[0]), floats(raised[1]), floats(raised[2]))
    assert above[0] > below[0]


def test_hybrid_is_the_weighted_sum() -> None:
    late, sentence, lexical = floats(0.5, -0.25), floats(0.25, 1), floats(0.0, 0.5)
    assert hybrid(late, sentence, lexical, (1, 2, 4)).tolist() == [1.0, 3.75]
    expected = PASSAGE * late + SENTENCE * sentence + LEXICAL * lexical
    assert hybrid(late, sentence, lexical).tolist() == expected.tolist()
    assert min(PASSAGE, SENTENCE, LEXICAL) > 0


def test_the_questions_language_counts_most_and_the_other_counts() -> None:
    assert 0 < OTHER_LANGUAGE < 1


def test_hybrid_leaves_its_arguments_and_what_is_no_candidate_alone() -> None:
    late, sentence, lexical = floats(-np.inf, 1), floats(-np.inf, 1), floats(0.7, 1)
    assert hybrid(late, sentence, lexical)[0] == -np.inf
    assert late.tolist() == [-np.inf, 1]
    assert lexical.tolist() == [0.7, 1]


def test_reciprocal_ranks_worked_by_hand() -> None:
    first, second = np.array([2, 0, 1]), np.array([0, 1, 2])
    # place 0 is second, then first; place 1 third, then second; place 2 first, then third
    assert reciprocal_rank([first, second]) == pytest.approx(
        [1 / 62 + 1 / 61, 1 / 63 + 1 / 62, 1 / 61 + 1 / 63]
    )
    assert reciprocal_rank([first], constant=0) == pytest.approx([1 / 2, 1 / 3, 1])
    assert reciprocal_rank([]).tolist() == []


@given(st.permutations(range(6)), st.permutations(range(6)))
def test_reciprocal_rank_prefers_what_stands_higher_in_both(one: list[int], two: list[int]) -> None:
    fused = reciprocal_rank([np.array(one), np.array(two)])
    for a in range(6):
        for b in range(6):
            if one.index(a) < one.index(b) and two.index(a) < two.index(b):
                assert fused[a] > fused[b]
