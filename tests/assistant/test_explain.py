"""Why a question got its answer: the stages, in both languages."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from assistant.errors import QuestionEmpty
from assistant.explain import explain
from assistant.service import Assistant

pytestmark = pytest.mark.plan


def test_words_are_told_by_the_language_that_is_searched(plan_assistant: Assistant) -> None:
    found = explain(plan_assistant, "金融业增加值目标是多少")
    assert set(found.words) == {"en", "zh"}
    assert {"金融业", "增加值"} <= set(found.words["zh"])
    assert "financi" in found.words["en"]
    assert (found.lang, found.asks_value, found.short) == ("zh", True, "560亿元")


def test_an_english_question_is_carried_to_chinese_words(plan_assistant: Assistant) -> None:
    found = explain(plan_assistant, "value added of the financial sector in 2025")
    assert "增加值" in "".join(found.words["zh"])
    assert "financi" in found.words["en"]
    assert (found.lang, found.years) == ("en", ("2025",))


def test_what_is_explained_is_what_is_answered(plan_assistant: Assistant) -> None:
    for text in (
        "金融业增加值目标是多少",
        "金融業曾加值目標是多少",
        "What is the 2025 target for the green coverage rate?",
        "Какова цель?",
    ):
        answer, found = plan_assistant.ask(text, top_k=3), explain(plan_assistant, text, 3)
        best = answer.hits[0].passage
        assert [candidate.passage_id for candidate in found.legs["hybrid"]] == [
            hit.passage.id for hit in answer.hits
        ]
        assert found.question == answer.question.search
        assert found.lang == answer.question.lang
        assert found.decided.endswith(f" of {best.id}")
        assert [sentence.text for sentence in found.sentences] == [
            best.sentence_text(n) for n in range(len(best.sentences))
        ]
        assert found.short is None or found.short in str(answer.short)


def test_a_question_without_words_has_no_stage(plan_assistant: Assistant) -> None:
    found = explain(plan_assistant, "？！")
    assert (found.legs, found.sentences, found.short) == ({}, (), None)
    assert found.words == {"en": (), "zh": ()}
    assert asdict(found)["decided"] == "question: no word in it"


def test_a_bad_question_is_refused_by_name(plan_assistant: Assistant) -> None:
    with pytest.raises(QuestionEmpty):
        explain(plan_assistant, " ")
