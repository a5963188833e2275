"""From hits to evidence: the best sentence of the best passage."""

from __future__ import annotations

import pytest

from assistant.evidence import Evidence, choose
from corpus.records import Passage
from index.records import Hit, Scores
from tests.doubles import document

MADE = document("made", {"1": ["茶园很大。 茶农很多。茶厂很新。", "茶农茶农。"]})
FIRST, SECOND = MADE.passages
BILINGUAL = document(
    "both",
    {"1": ["茶园很大。茶农很多。茶厂很新。"]},
    {"1": ["The gardens are large.\n\nThe factories are new and large."]},
)


def letters(text: str) -> list[str]:
    return [char for char in text if char.isalpha()]


def words(text: str) -> list[str]:
    return text.casefold().strip(".?").split()


def chosen(question: str, *hits: Hit) -> Evidence | None:
    """The evidence in the made documents: letters are the words of Chinese."""
    cuts = {"en": words, "zh": letters}
    return choose(question, hits, cuts, {made.id: made for made in (MADE, BILINGUAL)})


def hit(passage: Passage, *sentences: float) -> Hit:
    return Hit(passage, 1.0, Scores(0.0, 0.0), sentences)


def test_no_hit_is_no_evidence() -> None:
    assert chosen("茶") is None


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
    assert chosen("无关", hit(FIRST, *scores)) == Evidence(FIRST, number)


def test_only_the_best_passage_is_looked_at() -> None:
    hits = [hit(FIRST, 0.1, 0.2, 0.1), hit(SECOND, 0.9)]
    assert chosen("茶", *hits) == Evidence(FIRST, 1)


@pytest.mark.parametrize(
    ("question", "number"), [("茶农多吗", 1), ("新的茶厂", 2), ("茶", 0), ("无关", 0)]
)
def test_without_late_interaction_shared_words_decide(question: str, number: int) -> None:
    assert chosen(question, hit(FIRST)) == Evidence(FIRST, number)


def test_a_word_counts_as_often_as_both_have_it() -> None:
    made = document("hills", {"1": ["茶茶茶山。茶水火。"]})
    (passage,) = made.passages
    found = choose("茶水火", [hit(passage)], {"zh": letters}, {"hills": made})
    assert found == Evidence(passage, 1)


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Which factories are new?", 2),
        ("the large gardens", 0),
        ("茶农多吗", 1),
        ("新的茶厂", 2),
        ("gardens 茶厂很新", 2),
        ("nothing of this kind", 0),
    ],
)
def test_words_are_shared_with_the_sentence_in_either_language(question: str, number: int) -> None:
    (passage,) = BILINGUAL.passages
    assert chosen(question, hit(passage)) == Evidence(passage, number)


def test_late_interaction_decides_where_there_is_a_translation_too() -> None:
    (passage,) = BILINGUAL.passages
    found = chosen("Which factories are new?", hit(passage, 0.3, 0.2, 0.1))
    assert found == Evidence(passage, 0)


def test_its_text_is_the_sentence_without_space_around_it() -> None:
    assert FIRST.sentence_text(1) == " 茶农很多。"
    assert Evidence(FIRST, 1).text == "茶农很多。"
