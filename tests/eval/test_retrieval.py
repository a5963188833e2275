"""Ranks worked by hand, and what the project promises of its hybrid search."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.library import searcher
from assistant.settings import Settings
from corpus import catalog
from eval.questions import development, load
from eval.retrieval import METHODS, judge, rank, success, total


@pytest.mark.parametrize(
    ("scores", "relevant", "expected"),
    [
        ([0.9, 0.5, 0.1], [0], 1),
        ([0.9, 0.5, 0.1], [1], 2),
        ([0.9, 0.5, 0.1], [2, 1], 2),
        ([0.5, 0.5, 0.5], [1], 3),  # ties count against
        ([0.0, 0.0], [0], 2),
        ([0.5, 0.5, 0.1], [0, 1], 1),  # both that tie carry the evidence
    ],
)
def test_rank(scores: list[float], relevant: list[int], expected: int) -> None:
    assert rank(np.array(scores), np.array(relevant, np.int64)) == expected


def test_success() -> None:
    assert success([1, 2, 4], 1) == pytest.approx(1 / 3)
    assert success([1, 2, 4], 3) == pytest.approx(2 / 3)


@pytest.mark.plan
def test_hybrid_beats_the_others_in_chinese_and_dense_in_english(plan_settings: Settings) -> None:
    found = searcher(plan_settings)
    judged = list(judge(found, load(development())))

    def at(method: str, lang: str, k: int) -> float:
        group = [item for item in judged if item.question.lang == lang]
        ranks = [rank(total(item, method, found.tiebreak), item.relevant) for item in group]
        return success(ranks, k)

    for k in (1, 3):
        for method in METHODS[:-1]:
            assert at("hybrid", "zh", k) > at(method, "zh", k)
        assert at("hybrid", "en", k) >= at("dense", "en", k)


def test_the_development_questions_are_sound() -> None:
    questions = load(development())
    folder = catalog.bundled() / "wuchang-14fyp"
    source = catalog.source(folder, catalog.manifest(folder))
    assert len(questions) >= 60
    assert 2 * sum(question.lang == "en" for question in questions) == len(questions)
    for question in questions:
        for quote in question.evidence:
            assert source.count(quote) == 1, question.id
            assert quote not in question.question
