"""Ranks worked by hand, and what the project promises of its hybrid search."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.service import Assistant
from corpus import catalog
from eval.directions import original_alone, translation_alone
from eval.questions import LANGUAGES, development, load
from eval.retrieval import METHODS, judge, rank, success, total
from eval.variants import Change, bare, full_width, slip, spaced, traditional


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
def test_hybrid_beats_the_others_in_chinese_and_dense_in_english(
    plan_assistant: Assistant,
) -> None:
    judged = list(judge(plan_assistant, load(development())))
    tiebreak = plan_assistant.searcher.tiebreak

    def at(method: str, lang: str, k: int) -> float:
        group = [item for item in judged if item.question.lang == lang]
        ranks = [rank(total(item, method, tiebreak), item.relevant) for item in group]
        return success(ranks, k)

    for k in (1, 3):
        for method in METHODS[:-1]:
            assert at("hybrid", "zh", k) > at(method, "zh", k)
        assert at("hybrid", "en", k) >= at("dense", "en", k)


@pytest.mark.plan
def test_english_is_answered_as_well_as_chinese_and_traditional_as_simplified(
    plan_assistant: Assistant,
) -> None:
    questions = load(development())

    def ranks(lang: str, change: Change = str) -> list[int]:
        typed = [
            replace(question, question=change(question.question))
            for question in questions
            if question.lang == lang
        ]
        found = judge(plan_assistant, typed)
        return [rank(item.legs.total, item.relevant) for item in found]

    chinese, english, converted = ranks("zh"), ranks("en"), ranks("zh", traditional)
    for k in (1, 3):
        assert success(english, k) >= success(chinese, k) - 0.03
        assert abs(success(converted, k) - success(chinese, k)) <= 0.01


def test_each_development_question_stands_in_both_languages() -> None:
    questions = load(development())
    by_id = {question.id: question for question in questions}
    for question in questions:
        first, _, lang = question.id.removeprefix("dev-").partition("-")
        other = by_id[f"dev-{first}"]
        assert (other.evidence, other.answers) == (question.evidence, question.answers)
        assert not lang or (lang == question.lang != other.lang)


@pytest.mark.parametrize(
    ("change", "typed"),
    [
        (traditional, "金融業GDP目標 2025"),
        (full_width, "金融业ＧＤＰ目标 ２０２５"),
        (bare, "金融业GDP目标2025"),
        (spaced, "金融业G DP目标  202 5"),
    ],
)
def test_ways_of_typing(change: Change, typed: str) -> None:
    assert change("金融业GDP目标 2025") == typed


@pytest.mark.plan
def test_a_slip_changes_one_character_the_same_each_time(plan_assistant: Assistant) -> None:
    change, again = slip(plan_assistant.searcher), slip(plan_assistant.searcher)
    changed = 0
    for question in load(development()):
        typed = change(question.question)
        assert typed == again(question.question)
        pairs = list(zip(typed, question.question, strict=True))
        assert sum(one != other for one, other in pairs) <= 1
        changed += typed != question.question
    assert changed > 200


@pytest.mark.plan
def test_documents_of_one_language(plan_assistant: Assistant) -> None:
    (document,) = plan_assistant.index.documents
    chinese, english = original_alone(document), translation_alone(document)
    assert (document.languages, chinese.languages, english.languages) == (
        ("zh", "en"),
        ("zh",),
        ("en",),
    )
    for before, after in zip(document.passages, english.passages, strict=True):
        assert (after.id, after.spans) == (before.id, before.spans)
        assert document.side(before, "en") == english.side(after, "en")


def test_the_development_questions_are_sound() -> None:
    questions = load(development())
    folder = catalog.bundled() / "wuchang-14fyp"
    source = catalog.source(folder, catalog.manifest(folder))
    for lang in LANGUAGES:
        assert sum(question.lang == lang for question in questions) >= 120
    for question in questions:
        for quote in question.evidence:
            assert source.count(quote) == 1, question.id
            assert quote not in question.question
