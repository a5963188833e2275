"""BM25 against rank-bm25, what shares of the most it could score promise, and who has a word."""

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
anything = st.sampled_from([*COMMON, *UNSEEN, "w0", "w1", "w2"])
queries = st.lists(anything, max_size=10)
alternatives = st.lists(st.lists(anything, min_size=1, max_size=4), max_size=6)


def single(*words: str) -> list[tuple[str]]:
    """Terms of one word each."""
    return [(word,) for word in words]


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


@given(texts | rare_texts, alternatives)
def test_nothing_scores_above_the_ceiling(
    passages: list[list[str]], terms: list[list[str]]
) -> None:
    made = Lexical.of(passages)
    assume(bool((made.idf >= 0).all()))
    shares = made.shares(terms)
    assert shares.min() >= 0
    assert shares.max() <= 1 + 1e-9


@given(texts | rare_texts, queries)
@example([["a", "b"], ["a", "c"], ["a"], []], ["a", "a", "b", "x"])
@example([["a"]], ["a"])
def test_shares_of_single_words_are_scores_over_the_ceiling(
    passages: list[list[str]], query: list[str]
) -> None:
    made, terms = Lexical.of(passages), single(*query)
    ceiling = made.ceiling(terms)
    expected = made.scores(query) / ceiling if ceiling > 0 else np.zeros(len(passages))
    assert made.shares(terms).tolist() == expected.tolist()


@given(texts | rare_texts, alternatives)
def test_the_best_word_of_a_term_counts(passages: list[list[str]], terms: list[list[str]]) -> None:
    """Where no word counts against a passage, a term scores what its best word alone scores."""
    made = Lexical.of(passages)
    assume(bool((made.idf >= 0).all()))
    expected = np.zeros(made.size)
    for term in terms:
        expected += np.max([made.scores([word]) for word in term], axis=0)
    ceiling = made.ceiling(terms)
    if ceiling > 0:
        assert made.shares(terms) * ceiling == pytest.approx(expected, abs=1e-9)


def test_a_term_of_several_words_worked_by_hand() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d", "e"], ["f", "g"], ["h", "i"]])
    # Every passage is of average length, so a word that stands there once has the weight idf.
    common, rare = math.log(3.5 / 2.5), math.log(4.5 / 1.5)
    assert made.ceiling([("a", "b")]) == pytest.approx(rare * 2.5)
    assert made.shares([("a", "b")]) == pytest.approx([1 / 2.5, common / rare / 2.5, 0, 0, 0])
    assert made.shares([("a", "b"), ("d",)]) == pytest.approx(
        [0.5 / 2.5, 0.5 * common / rare / 2.5, 0.5 / 2.5, 0, 0]
    )


def test_the_ceiling_of_a_term_is_its_highest_idf() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    idf = dict(zip(made.words, made.idf, strict=True))
    assert made.ceiling([("a", "b")]) == made.ceiling([("b", "a")]) == made.ceiling([("b",)])
    assert made.ceiling([("a", "unseen")]) == pytest.approx(idf["a"] * 2.5)
    assert made.ceiling([("unseen", "too")]) == made.ceiling([("unseen",)])


def test_an_alternative_that_is_not_there_changes_nothing() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    for others in (("a", "unseen"), ("unseen", "a"), ("a", "a")):
        assert made.shares([others]).tolist() == made.shares([("a",)]).tolist()


def test_a_term_that_stands_twice_counts_twice() -> None:
    made = Lexical.of([["a", "b"], ["c"], ["d"], ["e"]])
    twice, once = [("a", "c"), ("a", "c"), ("d",)], [("a", "c"), ("d",)]
    assert made.shares(twice)[0] * made.ceiling(twice) == pytest.approx(
        2 * made.shares(once)[0] * made.ceiling(once)
    )


def test_the_ceiling_counts_every_word_and_unseen_ones_most() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    idf = dict(zip(made.words, made.idf, strict=True))
    assert idf["a"] < idf["b"]
    assert made.ceiling(single("a")) == pytest.approx(idf["a"] * 2.5)
    assert made.ceiling(single("a", "a", "b")) == pytest.approx((2 * idf["a"] + idf["b"]) * 2.5)
    assert made.ceiling(single("unseen")) == pytest.approx(max(idf.values()) * 2.5)
    assert made.ceiling([]) == 0


def test_a_terms_weight_is_the_idf_of_its_rarest_word() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    idf = dict(zip(made.words, made.idf, strict=True))
    assert made.weight(["a"]) == pytest.approx(idf["a"])
    assert made.weight(["b"]) == pytest.approx(idf["b"])
    assert made.weight(["a", "b"]) == made.weight(["b", "a"]) == made.weight(["b"])
    assert made.weight(["a", "unseen"]) == made.weight(["a"])
    assert (
        made.weight(["unseen"])
        == made.weight(["unseen", "too"])
        == pytest.approx(max(idf.values()))
    )


def test_a_word_that_counts_against_a_passage_has_no_weight() -> None:
    made = Lexical.of([["a"]])
    assert made.idf[0] < 0
    assert made.weight(["a"]) == made.weight(["unseen"]) == 0


@given(texts | rare_texts, alternatives)
def test_the_ceiling_is_made_of_weights(passages: list[list[str]], terms: list[list[str]]) -> None:
    made = Lexical.of(passages)
    weights = [made.weight(term) for term in terms]
    assert all(weight >= 0 for weight in weights)
    assert made.ceiling(terms) == pytest.approx(sum(weights) * (made.k1 + 1))


def test_an_unseen_word_makes_every_share_smaller() -> None:
    made = Lexical.of([["a", "b"], ["a", "c"], ["d"], ["e"], ["f"]])
    alone, beside = made.shares(single("b")), made.shares(single("b", "unseen"))
    assert 0 < beside[0] < alone[0]
    assert (made.shares(single("unseen", "too")) == 0).all()


@given(st.integers(3, 8), st.integers(1, 8), st.integers(0, 8))
@example(3, 2, 7)
def test_a_share_stays_below_one_where_common_words_count_against(
    size: int, commons: int, repeats: int
) -> None:
    """In a small plan most words stand in most passages, and rank-bm25's floor is below 0."""
    common = [f"c{n}" for n in range(commons)]
    made = Lexical.of([["rare"], *([common] * size)])
    assert made.shares(single("rare", *common[:1] * repeats)).max() <= 1 + 1e-9


@given(texts | rare_texts)
def test_the_holders_of_a_word_are_the_passages_that_have_it(passages: list[list[str]]) -> None:
    made = Lexical.of(passages)
    for word in (*made.words, "unseen", ""):
        holders = made.holders(word)
        assert holders.dtype == np.int32
        assert holders.tolist() == [n for n, text in enumerate(passages) if word in text]


@pytest.mark.parametrize("passages", [[], [[]], [[], []]])
def test_an_index_without_words(passages: list[list[str]]) -> None:
    made = Lexical.of(passages)
    assert made.weight(["a"]) == made.weight([]) == 0
    assert made.holders("a").tolist() == []
    assert made.size == len(passages)
    assert made.ceiling(single("a")) == 0
    for found in (made.scores(["a"]), made.shares([("a",), ("b", "c")]), made.shares([])):
        assert found.dtype == np.float64
        assert found.tolist() == [0.0] * len(passages)


def test_columns_are_ascending_and_of_the_stated_types() -> None:
    made = Lexical.of([["b", "a"], ["a"], ["c", "b", "b"]])
    assert made.words == ("a", "b", "c")
    assert made.starts.tolist() == [0, 2, 4, 5]
    assert made.rows.tolist() == [0, 1, 0, 2, 2]
    assert (made.starts.dtype, made.rows.dtype) == (np.int64, np.int32)
    assert made.weights.dtype == made.idf.dtype == np.float64


def test_what_it_holds_is_the_words_of_its_passages() -> None:
    made = Lexical.of([["a", "b"], []])
    assert [word in made for word in ("a", "b", "c", "", None)] == [True, True, False, False, False]
