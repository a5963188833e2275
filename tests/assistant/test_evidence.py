"""From hits to evidence: the best sentence of the best passage."""

from __future__ import annotations

import pytest

from assistant.evidence import Evidence, choose
from corpus.records import Passage
from index.records import Hit, Scores
from tests.doubles import document

FIRST, SECOND = document("made", {"1": ["茶园很大。 茶农很多。茶厂很新。", "茶农茶农。"]}).passages


def letters(text: str) -> list[str]:
    return [char for char in text if char.isalpha()]


def hit(passage: Passage, *sentences: float) -> Hit:
    return Hit(passage, 1.0, Scores(0.0, 0.0), sentences)


def test_no_hit_is_no_evidence() -> None:
    assert choose("茶", [], letters) is None


@pytest.mark.parametrize(
    ("scores", "number"),
    [
        ((0.1, 0.2, 0.3), 2),
        ((0.3, 0.2, 0.1), 0),
        ((0.2, 0.3, 0.3), 1),
        ((0.2, 0.2, 0.2), 0),
        ((-0.3, -0.1, -0.2), 1),
        ((0.0, 0.0, 0.0), 0),
    ],
)
def test_the_best_sentence_and_the_earlier_of_equals(
    scores: tuple[float, ...], number: int
) -> None:
    assert choose("无关", [hit(FIRST, *scores)], letters) == Evidence(FIRST, number)


def test_only_the_best_passage_is_looked_at() -> None:
    hits = [hit(FIRST, 0.1, 0.2, 0.1), hit(SECOND, 0.9)]
    assert choose("茶", hits, letters) == Evidence(FIRST, 1)


@pytest.mark.parametrize(
    ("question", "number"), [("茶农多吗", 1), ("新的茶厂", 2), ("茶", 0), ("无关", 0)]
)
def test_without_late_interaction_shared_words_decide(question: str, number: int) -> None:
    assert choose(question, [hit(FIRST)], letters) == Evidence(FIRST, number)


def test_a_word_counts_as_often_as_both_have_it() -> None:
    passage = document("made", {"1": ["茶茶茶山。茶水火。"]}).passages[0]
    assert choose("茶水火", [hit(passage)], letters) == Evidence(passage, 1)


def test_its_text_is_the_sentence_without_space_around_it() -> None:
    assert FIRST.sentence_text(1) == " 茶农很多。"
    assert Evidence(FIRST, 1).text == "茶农很多。"
