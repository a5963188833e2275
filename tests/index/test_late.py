"""MaxSim against plain NumPy, bytes against the floats they stand for, and token weights."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.late import Rarity, Tokens, maxsim, quantise

Rows = NDArray[np.float32]
WIDTH = 32

seeds = st.integers(0, 2**32 - 1)
lengths = st.lists(st.integers(0, 9), min_size=1, max_size=9)


def unit(rng: np.random.Generator, rows: int, width: int = WIDTH) -> Rows:
    drawn = rng.normal(size=(rows, width)).astype(np.float32)
    found: Rows = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return found


def shares(rng: np.random.Generator, rows: int) -> Rows:
    drawn = rng.random(rows).astype(np.float32) + np.float32(0.01)
    found: Rows = drawn / drawn.sum()
    return found


def tokens(texts: Sequence[Rows], width: int = WIDTH) -> Tokens:
    return Tokens.of([quantise(text) for text in texts], width)


def in_floats(query: Rows, weights: Rows, texts: Sequence[Rows]) -> list[float]:
    """MaxSim as it is written in the paper, with weights."""
    return [
        sum(
            float(weight) * max(float(row @ token) for row in text)
            for token, weight in zip(query.astype(np.float64), weights, strict=True)
        )
        if len(text) and len(query)
        else 0.0
        for text in texts
    ]


def in_integers(query: Rows, weights: Rows, texts: Tokens) -> list[float]:
    """MaxSim over the very bytes, a token's largest number at 63, summed in Python's integers."""
    scores = []
    for n in range(len(texts)):
        values, step = texts.text(n)
        score = 0.0
        for token, weight in zip(query, weights, strict=True):
            scale = np.float32(np.abs(token).max() / 63)
            steps = [int(number) for number in np.rint(token / scale)]
            assert max(map(abs, steps)) == 63
            products = [
                sum((int(value) - 128) * other for value, other in zip(row, steps, strict=True))
                for row in values
            ]
            score += float(weight * scale) * max(products) * float(step) if products else 0.0
        scores.append(score)
    return scores


@given(seeds, lengths, st.integers(1, 12))
def test_maxsim_is_near_that_of_floats(seed: int, rows: list[int], asked: int) -> None:
    rng = np.random.default_rng(seed)
    texts = [unit(rng, count) for count in rows]
    query, weights = unit(rng, asked), shares(rng, asked)
    found = maxsim(query, weights, tokens(texts))
    assert found.dtype == np.float64
    assert found == pytest.approx(in_floats(query, weights, texts), abs=0.01)


def test_maxsim_is_near_that_of_floats_at_the_width_of_the_bundled_encoder() -> None:
    rng = np.random.default_rng(7)
    texts = [unit(rng, count, 384) for count in (40, 1, 0, 300)]
    query, weights = unit(rng, 12, 384), shares(rng, 12)
    found = maxsim(query, weights, tokens(texts, 384))
    assert found == pytest.approx(in_floats(query, weights, texts), abs=0.01)


@given(seeds, st.lists(st.integers(0, 4), min_size=1, max_size=5), st.integers(1, 4))
def test_maxsim_is_exactly_that_of_the_bytes(seed: int, rows: list[int], asked: int) -> None:
    rng = np.random.default_rng(seed)
    texts = tokens([unit(rng, count) for count in rows])
    query, weights = unit(rng, asked), shares(rng, asked)
    expected = in_integers(query, weights, texts)
    assert maxsim(query, weights, texts) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_products_do_not_overflow(sign: int) -> None:
    """Rows of equal numbers: every byte at its end, the worst there is for 16-bit sums."""
    row = np.full((1, 384), 1 / math.sqrt(384), np.float32)
    texts = tokens([row, -row], 384)
    found = maxsim(sign * row, np.ones(1, np.float32), texts)
    assert found == pytest.approx([sign, -sign], abs=1e-5)


@given(seeds, st.integers(1, 8))
def test_a_text_is_most_like_itself(seed: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    one, other = unit(rng, rows), unit(rng, rows)
    mine, others = maxsim(one, shares(rng, rows), tokens([one, other]))
    assert mine == pytest.approx(1, abs=0.02)
    assert others < mine


@given(seeds, st.integers(1, 4))
@example(2, 1)
def test_no_score_leaves_its_range(seed: int, rows: int) -> None:
    rng = np.random.default_rng(seed)
    one = unit(rng, rows)
    found = maxsim(one, shares(rng, rows), tokens([one, -one]))
    assert np.abs(found).max() <= 1


def test_an_empty_question_and_empty_texts_score_nothing() -> None:
    rng = np.random.default_rng(1)
    query, weights, text, empty = unit(rng, 3), shares(rng, 3), unit(rng, 5), unit(rng, 0)
    nothing, no_weights = unit(rng, 0), np.zeros(0, np.float32)
    assert maxsim(nothing, no_weights, tokens([text, empty])).tolist() == [0, 0]
    assert maxsim(query, weights, tokens([empty, empty])).tolist() == [0, 0]
    assert maxsim(query, weights, tokens([])).tolist() == []
    alone = maxsim(query, weights, tokens([text]))
    assert alone[0] != 0
    for place in range(3):
        texts = [empty, empty]
        texts.insert(place, text)
        expected = [0.0, 0.0, 0.0]
        expected[place] = alone[0]
        assert maxsim(query, weights, tokens(texts)) == pytest.approx(expected, abs=1e-12)


def test_a_question_token_of_zeros_adds_nothing() -> None:
    rng = np.random.default_rng(2)
    query, texts = unit(rng, 2), tokens([unit(rng, 4)])
    with_zeros = np.concatenate([query, np.zeros((1, WIDTH), np.float32)])
    half = np.array([0.5, 0.5, 0.0], np.float32)
    assert maxsim(with_zeros, half, texts) == pytest.approx(maxsim(query, half[:2], texts))
    all_on_zeros = np.array([0.0, 0.0, 1.0], np.float32)
    assert maxsim(with_zeros, all_on_zeros, texts).tolist() == [0]


def test_equal_texts_score_the_same_wherever_they_stand() -> None:
    rng = np.random.default_rng(3)
    for width in (16, 384):
        texts = tokens([unit(rng, 5, width)] * 67, width)
        for asked in (1, 7, 30):
            found = maxsim(unit(rng, asked, width), shares(rng, asked), texts)
            assert len(set(found.tolist())) == 1


@given(seeds, st.integers(1, 9), st.floats(1e-3, 1e3))
def test_bytes_are_within_half_a_step_of_what_they_stand_for(
    seed: int, rows: int, size: float
) -> None:
    vectors = (unit(np.random.default_rng(seed), rows) * np.float32(size)).astype(np.float32)
    values, step = quantise(vectors)
    assert (values.dtype, values.shape, step.dtype) == (np.uint8, vectors.shape, np.float32)
    assert step == pytest.approx(np.abs(vectors).max() / 127)
    again = (values.astype(np.float64) - 128) * float(step)
    assert np.abs(again - vectors).max() <= float(step) * 0.5001
    assert np.abs(values.astype(int) - 128).max() == 127


@given(seeds, st.integers(1, 9))
def test_quantising_again_changes_nothing(seed: int, rows: int) -> None:
    values, step = quantise(unit(np.random.default_rng(seed), rows))
    meant = (values.astype(np.float32) - np.float32(128)) * step
    again, again_step = quantise(meant)
    assert again.tobytes() == values.tobytes()
    assert again_step == pytest.approx(step, rel=1e-6)


def test_an_empty_text_has_no_bytes() -> None:
    values, step = quantise(np.zeros((0, WIDTH), np.float32))
    assert values.shape == (0, WIDTH)
    assert values.dtype == np.uint8
    assert step > 0


def test_vectors_of_zeros_are_bytes_of_zero() -> None:
    """maxsim() guards a question's token against it; a text's must not divide by zero either."""
    values, step = quantise(np.zeros((2, WIDTH), np.float32))
    assert (values == 128).all()
    assert np.isfinite(step)


@given(seeds, lengths)
def test_a_texts_bytes_depend_on_it_alone(seed: int, rows: list[int]) -> None:
    rng = np.random.default_rng(seed)
    texts = [unit(rng, count) * np.float32(rng.random() + 0.1) for count in rows]
    together = tokens(texts)
    assert len(together) == len(texts)
    for n, text in enumerate(texts):
        values, step = together.text(n)
        alone, alone_step = quantise(text)
        assert values.tobytes() == alone.tobytes()
        assert step == alone_step


@given(seeds, lengths, st.data())
def test_take_gives_the_texts_in_the_order_asked(
    seed: int, rows: list[int], data: st.DataObject
) -> None:
    rng = np.random.default_rng(seed)
    texts = tokens([unit(rng, count) for count in rows])
    places = data.draw(st.lists(st.integers(0, len(rows) - 1), max_size=12))
    taken = texts.take(np.array(places, np.int64))
    assert len(taken) == len(places)
    assert taken.values.shape == (sum(rows[place] for place in places), WIDTH)
    assert (taken.values.dtype, taken.starts.dtype) == (np.uint8, np.int64)
    for n, place in enumerate(places):
        values, step = texts.text(place)
        assert taken.text(n)[0].tobytes() == values.tobytes()
        assert taken.text(n)[1] == step


def ids(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


def test_rarer_tokens_weigh_more_and_unseen_ones_most() -> None:
    rarity = Rarity.of([ids(1, 1, 2), ids(1, 3), ids(1, 2), ids(1)])
    assert (rarity.ids.tolist(), rarity.size) == ([1, 2, 3], 4)
    everywhere, two, once, never = rarity.weights(ids(1, 2, 3, 99))
    assert 0 < everywhere < two < once < never


def test_weights_worked_by_hand() -> None:
    rarity = Rarity.of([ids(5, 5), ids(7), ids()])
    # df 1 of 3: ln(1 + 2.5 / 1.5); unseen: ln(1 + 3.5 / 0.5)
    seen, unseen = math.log(1 + 2.5 / 1.5), math.log(1 + 3.5 / 0.5)
    assert rarity.idf == pytest.approx([seen, seen])
    total = 2 * seen + unseen
    assert rarity.weights(ids(7, 6, 7)) == pytest.approx(
        [seen / total, unseen / total, seen / total]
    )


@given(
    st.lists(st.lists(st.integers(0, 20), max_size=8), max_size=8),
    st.lists(st.integers(-3, 30), min_size=1, max_size=10),
)
def test_weights_are_positive_sum_to_one_and_follow_rarity(
    texts: list[list[int]], asked: list[int]
) -> None:
    rarity = Rarity.of(np.array(text, np.int64) for text in texts)
    weights = rarity.weights(np.array(asked, np.int64))
    assert weights.dtype == np.float32
    assert (weights > 0).all()
    assert weights.sum() == pytest.approx(1, abs=1e-5)
    seen = [sum(token in text for text in texts) for token in asked]
    for one, weight in zip(seen, weights, strict=True):
        for other, other_weight in zip(seen, weights, strict=True):
            assert (one < other) == (weight > other_weight)


def test_a_question_without_tokens_has_no_weights() -> None:
    for rarity in (Rarity.of([]), Rarity.of([ids(1)])):
        found = rarity.weights(ids())
        assert found.shape == (0,)
        assert found.dtype == np.float32


@given(seeds, lengths)
@example(0, [0, 3, 0, 1])
@example(0, [0])
def test_rows_that_are_left_out_leave_the_others_as_they_were(seed: int, rows: list[int]) -> None:
    rng = np.random.default_rng(seed)
    made = tokens([unit(rng, count) for count in rows])
    left_out = rng.random(int(made.starts[-1])) < 0.6
    fewer = made.without(left_out)
    assert len(fewer) == len(made)
    assert (fewer.starts.dtype, fewer.values.dtype) == (np.int64, np.uint8)
    for n in range(len(made)):
        (before, step), (after, same) = made.text(n), fewer.text(n)
        kept = ~left_out[made.starts[n] : made.starts[n + 1]]
        assert after.tolist() == (before[kept] if kept.any() else before).tolist()
        assert same == step


def test_a_text_of_which_nothing_would_be_left_keeps_its_rows() -> None:
    rng = np.random.default_rng(0)
    made = tokens([unit(rng, count) for count in (2, 0, 3)])
    everything = np.ones(5, bool)
    assert made.without(everything).starts.tolist() == [0, 2, 2, 5]
    assert made.without(~everything).values.tolist() == made.values.tolist()
    assert made.without(np.array([True, False, True, True, True])).starts.tolist() == [0, 1, 1, 4]


@pytest.mark.parametrize(("size", "most"), [(10, 20), (30, 20), (100, 20), (200, 40), (1005, 201)])
def test_a_token_is_common_beyond_a_share_of_the_passages_and_a_few(size: int, most: int) -> None:
    """Token n is in n passages."""
    texts = [np.arange(row + 1, size + 1) for row in range(size)]
    made = Rarity.of(texts)
    asked = np.array([0, 1, most, most + 1, size, size + 1])
    expected = [False, False, False, most + 1 <= size, most < size, False]
    assert made.common(asked).tolist() == expected
    assert made.common(asked[:0]).tolist() == []


def test_no_token_is_common_where_there_is_no_passage() -> None:
    assert Rarity.of([]).common(np.array([1, 2])).tolist() == [False, False]
