"""Where in a sentence a question's meaning stands: tokens of parts, MaxSim of parts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.contracts import Encoded
from index.late import Rarity, maxsim
from index.spans import Match, Text
from index.units import Unit, Units
from tests.doubles import HashEncoder
from tests.plans import properties

WIDTH = 16
SENTENCES = ("建设绿道20公里，保护街区。", "", "Green finance grows; banks follow.", "银行")
NOTHING = Rarity.of([])


def unit(rng: np.random.Generator, rows: int) -> NDArray[np.float32]:
    drawn = rng.normal(size=(rows, WIDTH)).astype(np.float32)
    found: NDArray[np.float32] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return found


def text(sentence: str) -> Text:
    seen = next(HashEncoder().passages([sentence]))
    return Text(seen.tokens, seen.ends)


def match(question: str, sentence: str, rarity: Rarity = NOTHING) -> Match:
    return Match.of(HashEncoder().query(question), text(sentence), rarity)


def span(sentence: str, words: str) -> tuple[int, int]:
    start = sentence.index(words)
    return start, start + len(words)


def units() -> Units:
    return Units.of([Unit.of(seen) for seen in HashEncoder().passages(SENTENCES)], WIDTH)


class TestText:
    @pytest.mark.parametrize("n", range(len(SENTENCES)))
    def test_a_text_of_many_has_its_own_tokens(self, n: int) -> None:
        found, expected = Text.of(units(), n), text(SENTENCES[n])
        assert found.ends.tolist() == expected.ends.tolist()
        assert found.vectors.dtype == np.float32
        assert found.vectors.shape == expected.vectors.shape
        assert found.vectors == pytest.approx(expected.vectors, abs=0.01)

    def test_unit_rows_but_for_rounding(self) -> None:
        norms = np.linalg.norm(Text.of(units(), 0).vectors, axis=1)
        assert norms == pytest.approx(1, abs=0.02)

    @pytest.mark.parametrize(
        ("spans", "words"),
        [
            ([(0, 2)], "建设"),
            ([(2, 4)], "绿道"),
            ([(4, 6)], "20"),
            ([(0, 13)], "建设绿道20公里保护街区"),
            ([(0, 2), (9, 11)], "建设保护"),
            ([(8, 9)], ""),
            ([(3, 3)], ""),
            ([], ""),
            ([(0, 2), (1, 3)], "建设绿"),
        ],
    )
    def test_which_tokens_end_in_parts(self, spans: list[tuple[int, int]], words: str) -> None:
        sentence = SENTENCES[0]
        found = text(sentence)
        inside = found.inside(*spans)
        assert inside.dtype == bool
        assert inside.shape == found.ends.shape
        starts = [0, *found.ends[:-1]]
        told = [
            sentence[start:end].strip("，")
            for start, end, within in zip(starts, found.ends, inside, strict=True)
            if within
        ]
        assert "".join(told) == words

    def test_a_token_is_in_the_part_that_it_ends_in(self) -> None:
        found = text("ab cd")
        assert found.ends.tolist() == [2, 5]
        assert found.inside((0, 1)).tolist() == [False, False]
        assert found.inside((1, 2)).tolist() == [True, False]
        assert found.inside((2, 5)).tolist() == [False, True]

    def test_a_counterpart_says_the_same(self) -> None:
        one = "建设绿道，保护街区，引进银行。"
        other = "引进银行；保护街区；建设绿道"
        parts = [span(other, words) for words in ("引进银行", "保护街区", "建设绿道")]
        for n, words in enumerate(("引进银行", "保护街区", "建设绿道")):
            assert text(one).counterpart(span(one, words), text(other), parts) == n

    def test_a_counterpart_is_found_both_ways(self) -> None:
        """A long part that has everything says more than is asked for."""
        one, other = "金融。", "金融业的发展和银行的引进以及街区的保护，金融"
        parts = [span(other, "金融业的发展和银行的引进以及街区的保护"), (20, 22)]
        assert text(one).counterpart((0, 2), text(other), parts) == 1

    def test_a_counterpart_has_all_that_is_said(self) -> None:
        """A short part that has a piece of it says less."""
        assert text("金融").counterpart((0, 2), text("金，金融"), [(0, 1), (2, 4)]) == 1

    def test_the_first_of_equal_counterparts(self) -> None:
        other = "绿道，绿道"
        assert text("绿道").counterpart((0, 2), text(other), [(0, 2), (3, 5)]) == 0
        assert text("绿道").counterpart((0, 2), text(other), [(3, 5), (0, 2)]) == 0

    def test_a_part_without_tokens_is_nothings_counterpart(self) -> None:
        other = "，绿道"
        assert text("街区").counterpart((0, 2), text(other), [(0, 1), (1, 3)]) == 1

    def test_a_span_without_tokens_has_some_counterpart(self) -> None:
        assert text("，绿道").counterpart((0, 1), text("街区，绿道"), [(0, 2), (3, 5)]) in (0, 1)


class TestMatch:
    def test_its_arrays(self) -> None:
        found = match("绿道 xyz", "建设绿道")
        assert found.products.shape == (3, 4)
        assert found.products.dtype == found.weights.dtype == np.float32
        assert found.ends.tolist() == [1, 2, 3, 4]
        assert found.weights.sum() == pytest.approx(1)
        assert found.products[0, 2] == found.products[1, 3] == pytest.approx(1)

    def test_weights_are_by_rarity(self) -> None:
        encoder = HashEncoder()
        rarity = Rarity.of([encoder.query("绿").ids, encoder.query("绿").ids])
        found = match("绿道", "绿道", rarity)
        assert found.weights.tolist() == rarity.weights(encoder.query("绿道").ids).tolist()
        assert found.weights[0] < found.weights[1]
        assert found.score((0, 1)) < found.score((1, 2))

    def test_a_part_that_has_every_word_scores_one(self) -> None:
        sentence = "建设绿道20公里，保护街区。"
        found = match("绿道", sentence)
        assert found.score(span(sentence, "绿道")) == pytest.approx(1)
        assert found.score((0, len(sentence))) == pytest.approx(1)
        assert found.score(span(sentence, "街区")) < 1

    def test_parts_count_together(self) -> None:
        sentence = "建设绿道，保护街区。"
        found = match("绿道街区", sentence)
        one, other = span(sentence, "绿道"), span(sentence, "街区")
        assert found.score(one, other) == pytest.approx(1)
        assert found.score(one) < 1
        assert found.score(other) < 1

    def test_what_covers_nothing(self) -> None:
        for found in (match("绿道", "建设绿道"), match("", "建设绿道"), match("绿道", "")):
            asked = len(found.weights)
            for spans in ((), ((3, 3),), ((90, 99),)):
                assert found.score(*spans) == 0
                assert found.covered(*spans).tolist() == [0] * asked
                assert found.covered(*spans).dtype == np.float32

    def test_covered_is_of_each_token_of_the_question(self) -> None:
        sentence = "建设绿道"
        found = match("道街", sentence)
        assert found.covered((2, 4)).shape == (2,)
        assert found.covered((2, 4))[0] == pytest.approx(1)
        assert found.covered((2, 4))[1] < 1

    def test_worked_by_hand(self) -> None:
        products = np.array([[0.5, 0.2, -0.1], [0.0, 0.4, -0.3]], np.float32)
        found = Match(products, np.array([0.75, 0.25], np.float32), np.array([2, 4, 6], np.int64))
        assert found.covered((0, 2)) == pytest.approx([0.5, 0.0])
        assert found.covered((2, 6)) == pytest.approx([0.2, 0.4])
        assert found.covered((0, 1)) == pytest.approx([0.0, 0.0])
        assert found.covered((4, 6)) == pytest.approx([-0.1, -0.3])
        assert found.score((0, 2)) == pytest.approx(0.375)
        assert found.score((0, 2), (2, 4)) == pytest.approx(0.475)
        assert found.score((4, 6)) == pytest.approx(-0.15)

    @pytest.mark.parametrize("sentence", SENTENCES)
    @pytest.mark.parametrize("question", ["绿道有多长", "green banks", "", "银行"])
    def test_the_whole_scores_as_late_interaction_does(self, question: str, sentence: str) -> None:
        every = units()
        n = SENTENCES.index(sentence)
        query = HashEncoder().query(question)
        rarity = Rarity.of([query.ids[:1], query.ids[:1]])
        found = Match.of(query, Text.of(every, n), rarity)
        scores = maxsim(query.tokens, rarity.weights(query.ids), every.tokens)
        assert found.score((0, len(sentence))) == pytest.approx(scores[n], abs=0.02)

    @properties
    @given(st.integers(0, 2**32 - 1), st.integers(0, 6), st.integers(0, 9))
    def test_more_parts_never_score_less(self, seed: int, asked: int, said: int) -> None:
        rng = np.random.default_rng(seed)
        query = Encoded(
            unit(rng, 1)[0], unit(rng, asked), np.arange(asked), np.arange(1, asked + 1)
        )
        one = Text(unit(rng, said), np.arange(1, said + 1))
        found = Match.of(query, one, NOTHING)
        low, high = sorted(rng.integers(0, said + 1, 2).tolist())
        some, every = found.score((low, high)), found.score((0, said))
        if low < high:
            assert some <= every + 1e-6
        assert found.score((low, high), (0, said)) == pytest.approx(every)
        assert -1 - 1e-5 <= every <= 1 + 1e-5
