"""BM25 against rank-bm25, and what normalising it promises."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from index.lexical import Lexical

COMMON = "abcdefgh"
UNSEEN = "xyz"

texts = st.lists(st.lists(st.sampled_from(COMMON), max_size=12), min_size=1, max_size=12)
rare_texts = st.lists(
    st.lists(st.sampled_from([f"w{n}" for n in range(60)]), max_size=8), min_size=3, max_size=12
)
queries = st.lists(st.sampled_from([*COMMON, *UNSEEN, "w0", "w1", "w2"]), max_size=10)


@given(texts | rare_texts, queries)
@example([["a", "b"], ["a", "c"], ["a"], []], ["a", "a", "b", "x"])  # "a" in over half: idf floor
@example([["a"]], ["a"])  # every idf below 0
@example([["a"], ["b"]], ["a", "b"])  # every idf 0
def test_scores_are_those_of_rank_bm25(passages: list[list[str]], query: list[str]) -> None:
    assume(any(passages))
    expected = BM25Okapi(passages).get_scores(query)
    assert Lexical.of(passages).scores(query) == pytest.approx(expected, abs=1e-6)


def test_the_idf_floor_is_that_of_rank_bm25() -> None:
    passages = [["a", "b"], ["a", "c"], ["a", "d"], ["a", "e"]]
    made = Lexical.of(passages)
    rare = math.log(3.5 / 1.5)
    floor = 0.25 * (math.log(0.5 / 4.5) + 4 * rare) / 5
    assert dict(zip(made.words, made.idf, strict=True)) == pytest.approx(
        {"a": floor, "b": rare, "c": rare, "d": rare, "e": rare}
    )


def test_a_score_worked_by_hand() -> None:
    made = Lexical.of([["a", "a", "b"], ["c"], ["d", "e"], []])
    # n = 4, average length 1.5; passage 0 is twice as long: 1.5 · (0.25 + 0.75 · 2) = 2.625
    once = math.log(3.5 / 1.5) * 2 * 2.5 / (2 + 2.625)
    assert made.scores(["a"]) == pytest.approx([once, 0, 0, 0])
    assert made.scores(["a", "a"]) == pytest.approx([2 * once, 0, 0, 0])


@given(texts | rare_texts, queries)
def test_nothing_scores_above_the_ceiling(passages: list[list[str]], query: list[str]) -> None:
    made = Lexical.of(passages)
    assume(bool((made.idf >= 0).all()))
    assert made.scores(query).max() <= made.ceiling(query) + 1e-9
    shares = made.normalised(query)
    assert shares.min() >= 0
    assert shares.max() <= 1 + 1e-9


def test_the_ceiling_counts_every_word_and_unseen_ones_most() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    idf = dict(zip(made.words, made.idf, strict=True))
    assert idf["a"] < idf["b"]
    assert made.ceiling(["a"]) == pytest.approx(idf["a"] * 2.5)
    assert made.ceiling(["a", "a", "b"]) == pytest.approx((2 * idf["a"] + idf["b"]) * 2.5)
    assert made.ceiling(["unseen"]) == pytest.approx(max(idf.values()) * 2.5)
    assert made.ceiling([]) == 0


def test_an_unseen_word_makes_every_share_smaller() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    alone, beside = made.normalised(["b"]), made.normalised(["b", "x"])
    assert 0 < beside[0] < alone[0]
    assert (made.normalised(["x", "y"]) == 0).all()


@given(st.integers(3, 8), st.integers(1, 8), st.integers(0, 8))
@example(3, 2, 7)
def test_a_share_stays_below_one_where_common_words_count_against(
    size: int, commons: int, repeats: int
) -> None:
    """In a small plan most words stand in most passages, and rank-bm25's floor is below 0."""
    common = [f"c{n}" for n in range(commons)]
    made = Lexical.of([["rare"], *([common] * size)])
    assert made.normalised(["rare", *common[:1] * repeats]).max() <= 1 + 1e-9


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_an_index_without_words(passages: list[list[str]]) -> None:
    made = Lexical.of(passages)
    assert made.size == len(passages)
    assert made.ceiling(["a"]) == 0
    for found in (made.scores(["a"]), made.normalised(["a"]), made.normalised([])):
        assert found.dtype == np.float64
        assert found.tolist() == [0.0] * len(passages)


def test_columns_are_ascending_and_of_the_stated_types() -> None:
    made = Lexical.of([["b", "a"], ["a"], ["c", "b", "b"]])
    assert made.words == ("a", "b", "c")
    assert made.starts.tolist() == [0, 2, 4, 5]
    assert made.rows.tolist() == [0, 1, 0, 2, 2]
    assert (made.starts.dtype, made.rows.dtype) == (np.int64, np.int32)
    assert made.weights.dtype == made.idf.dtype == np.float64
