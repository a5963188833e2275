"""Ranks worked by hand, and what the project promises of its hybrid search."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant.service import Assistant
from corpus.language import key
from eval.ablation import rows
from eval.directions import original_alone, translation_alone
from eval.errors import IndexStale
from eval.questions import LANGUAGES, Question, development, load
from eval.retrieval import Judged, judge, rank, success
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


def asked() -> list[Question]:
    return [question for n, question in enumerate(load(development())) if n % 4 < 2]


@pytest.fixture(scope="module")
def judged(plan_assistant: Assistant) -> list[Judged]:
    """Every other pair of development questions, each asked once."""
    return list(judge(plan_assistant, asked()))


@pytest.mark.plan
def test_hybrid_beats_the_others(plan_assistant: Assistant) -> None:
    found = {row.name: row.scores for row in rows(plan_assistant.searcher, asked())}
    served = found["hybrid, as served"]
    for lang in LANGUAGES:
        for score in ("success@1", "success@3"):
            for name in ("dense alone", "lexical alone", "rank fusion of both"):
                assert served[lang, score].mean > found[name][lang, score].mean


@pytest.mark.plan
def test_english_is_answered_as_well_as_chinese(judged: list[Judged]) -> None:
    def at(lang: str, k: int) -> float:
        group = [item for item in judged if item.question.lang == lang]
        return success([rank(item.legs.total, item.relevant) for item in group], k)

    for k in (1, 3):
        assert at("en", k) >= at("zh", k) - 0.03


@pytest.mark.plan
def test_traditional_is_answered_as_well_as_simplified(
    plan_assistant: Assistant, judged: list[Judged]
) -> None:
    """Nearly all are searched as if typed in Simplified; of the others hardly any is lost."""
    chinese = [item for item in judged if item.question.lang == "zh"]
    typed = traditional("\n".join(item.question.question for item in chinese)).split("\n")
    others = [
        (item, replace(item.question, question=text))
        for item, text in zip(chinese, typed, strict=True)
        if plan_assistant.read(text).search != plan_assistant.read(item.question.question).search
    ]
    assert len(others) <= 0.02 * len(chinese)
    again = list(judge(plan_assistant, [changed for _, changed in others]))
    for k in (1, 3):
        lost = [
            rank(item.legs.total, item.relevant) <= k < rank(found.legs.total, found.relevant)
            for (item, _), found in zip(others, again, strict=True)
        ]
        assert sum(lost) <= 0.01 * len(chinese)


@pytest.mark.plan
def test_what_a_heading_answers_is_not_ranked(
    plan_assistant: Assistant, judged: list[Judged]
) -> None:
    """There is no passage to rank; all others are there, in order."""
    ranked = [item.question.id for item in judged]
    assert ranked == [question.id for question in asked() if question.id in {*ranked}]
    (document,) = plan_assistant.index.documents
    titles = {key(section.title) for section in document.sections}
    for question in asked():
        if question.id not in {*ranked}:
            assert {key(quote) for quote in question.evidence} <= titles


@pytest.mark.plan
def test_questions_about_another_plan_are_refused(plan_assistant: Assistant) -> None:
    (question, *_) = load(development())
    foreign = replace(question, evidence=("别的规划里的话",))
    with pytest.raises(IndexStale, match=question.id):
        list(judge(plan_assistant, [foreign]))


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
