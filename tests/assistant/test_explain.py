"""Why a question got its answer: the stages, in both languages."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict

import pytest

from assistant import candidates, values
from assistant.errors import QuestionEmpty
from assistant.explain import explain
from assistant.explanation import (
    Explanation,
    Feature,
    Ranked,
    SentenceTried,
    Stage,
    ValueTried,
)
from assistant.records import Exchange, Status
from assistant.service import Assistant
from index.records import Mode

pytestmark = pytest.mark.plan


def explained(assistant: Assistant, text: str, k: int = 5, **fields: object) -> Explanation:
    stages = assistant.stages(text, top_k=k, **fields)  # type: ignore[arg-type]
    return explain(stages, assistant, k)


def total(features: tuple[Feature, ...]) -> float:
    return sum(feature.adds for feature in features)


def test_words_are_told_by_the_language_that_is_searched(plan_assistant: Assistant) -> None:
    found = explained(plan_assistant, "金融业增加值目标是多少")
    assert set(found.words) == {"en", "zh"}
    assert {"金融业", "增加值"} <= set(found.words["zh"])
    assert "financi" in found.words["en"]
    assert found.question.lang == "zh"


def test_an_english_question_is_carried_to_chinese_words(plan_assistant: Assistant) -> None:
    found = explained(plan_assistant, "value added of the financial sector in 2025")
    assert "增加值" in "".join(found.words["zh"])
    assert "financi" in found.words["en"]
    assert found.intent is not None
    assert (found.question.lang, found.intent.periods) == ("en", ("2025",))


def test_a_value_is_told_with_what_speaks_for_it(plan_assistant: Assistant) -> None:
    found = explained(plan_assistant, "金融业增加值目标是多少")
    assert found.intent is not None
    assert (found.intent.kind, found.intent.wants_value) == ("value", True)
    assert (found.intent.side, found.intent.wording) == ("target", "目标")
    best = found.values[0]
    assert (best.id, best.words) == ("wuchang-14fyp/10.1#1:1", "突破560亿元")
    assert (best.period, best.kind) == ("2025年", "target")
    assert (found.said.short, found.decided) == ("突破560亿元", Stage.VALUES)
    assert found.said.passages == ("wuchang-14fyp/10.1#1",)


@pytest.mark.parametrize(
    "text",
    [
        "金融业增加值目标是多少",
        "金融業曾加值目標是多少",
        "What is the 2025 target for the green coverage rate?",
        "怎么发展数字经济",
        "“四办”是什么意思",
        "今天天气怎么样",
    ],
)
def test_every_score_is_the_sum_of_its_features(plan_assistant: Assistant, text: str) -> None:
    found = explained(plan_assistant, text, 4)
    assert found.sentences
    for sentence in found.sentences:
        assert tuple(one.name for one in sentence.features) == candidates.FEATURES
        assert total(sentence.features) == pytest.approx(sentence.score, abs=0.002)
    for value in found.values:
        assert tuple(one.name for one in value.features) == values.FEATURES
        assert total(value.features) == pytest.approx(value.score, abs=0.002)
    rankings: list[Sequence[Ranked | SentenceTried | ValueTried]] = [
        found.sentences,
        found.values,
        *found.legs.values(),
    ]
    for ranking in rankings:
        scores = [one.score for one in ranking]
        assert len(scores) <= 4
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "text",
    [
        "金融业增加值目标是多少",
        "金融業曾加值目標是多少",
        "Which indicators are binding?",
        "绿化覆盖率从2020年到2025年提高多少",
        "2030年GDP目标",
        "What is the capital of France?",
        "Какова цель?",
        "？！",
    ],
)
def test_what_is_explained_is_what_is_answered(
    plan_assistant: Assistant, text: str, mode: Mode
) -> None:
    answer = plan_assistant.ask(text, top_k=3, mode=mode)
    found = explained(plan_assistant, text, 3, mode=mode)
    if answer.hits:
        assert [one.passage_id for one in found.legs["total"]] == [
            hit.passage.id for hit in answer.hits
        ]
    assert found.question.search == answer.question.search
    assert found.question.lang == answer.question.lang
    assert (found.said.short, found.said.text) == (answer.short, answer.text)
    assert set(found.said.passages) == {citation.passage_id for citation in answer.citations}
    assert found.verdict.status is answer.status
    assert (found.verdict.reason, found.verdict.missing) == (answer.reason, answer.missing)
    if answer.confidence is not None:
        assert found.confidence is not None
        assert found.confidence.confidence == pytest.approx(answer.confidence, abs=1e-4)
    assert (found.confidence is None) == (mode is not Mode.HYBRID or not found.sentences) or (
        found.overview is not None
    )


@pytest.mark.parametrize(
    ("text", "stage", "status"),
    [
        ("？！", Stage.QUESTION, Status.NOT_FOUND),
        ("Which indicators are binding?", Stage.OVERVIEW, Status.ANSWERED),
        ("What is the capital of France?", Stage.CONFIDENCE, Status.NOT_FOUND),
        ("2030年GDP目标", Stage.CHECKS, Status.PARTIAL),
        ("绿化覆盖率从2020年到2025年提高多少", Stage.COMPARISON, Status.ANSWERED),
        ("金融业增加值目标是多少", Stage.VALUES, Status.ANSWERED),
        ("“四办”是什么意思", Stage.SENTENCES, Status.ANSWERED),
    ],
)
def test_the_stage_that_decided_is_named(
    plan_assistant: Assistant, text: str, stage: Stage, status: Status
) -> None:
    found = explained(plan_assistant, text)
    assert (found.decided, found.verdict.status) == (stage, status)


def test_without_a_document_the_search_decides(plan_assistant: Assistant) -> None:
    found = explained(plan_assistant, "绿道", documents=[])
    assert (found.decided, found.legs, found.sentences) == (Stage.SEARCH, {}, ())
    assert found.intent is not None


def test_an_overview_and_a_comparison_are_told(plan_assistant: Assistant) -> None:
    overview = explained(plan_assistant, "约束性指标有哪些").overview
    assert overview is not None
    assert (len(overview.items), overview.is_count) == (6, False)
    pair = explained(plan_assistant, "绿化覆盖率从2020年到2025年提高多少").comparison
    assert pair is not None
    assert (pair.first, pair.second) == ("wuchang-14fyp/5#t1.17:1", "wuchang-14fyp/5#t1.17:2")
    assert pair.difference == "1.26个百分点"


def test_how_sure_it_is_follows_from_its_signals(plan_assistant: Assistant) -> None:
    for text, model in (("金融业增加值目标是多少", "value"), ("“四办”是什么意思", "sentence")):
        sure = explained(plan_assistant, text).confidence
        assert sure is not None
        assert (sure.model, sure.is_used) == (model, True)
        assert 0 <= sure.speaks <= sure.answers <= sure.confidence <= 1


def test_a_follow_up_is_told_as_it_was_read(plan_assistant: Assistant) -> None:
    history = [Exchange("金融业增加值目标是多少")]
    found = explained(plan_assistant, "那2019年呢", history=history)
    assert found.question.was_completed
    assert (found.question.text, "金融业" in found.question.search) == ("那2019年呢", True)
    assert "金融业" in found.words["zh"]


def test_a_question_without_words_has_no_stage(plan_assistant: Assistant) -> None:
    found = explained(plan_assistant, "？！")
    assert (found.intent, found.words, found.legs) == (None, {}, {})
    assert (found.sentences, found.values, found.confidence) == ((), (), None)
    assert asdict(found)["decided"] == "question"


def test_an_explanation_is_json(plan_assistant: Assistant) -> None:
    for text in ("绿化覆盖率从2020年到2025年提高多少", "Which indicators are binding?", "?!"):
        made = asdict(explained(plan_assistant, text))
        told = json.loads(json.dumps(made, allow_nan=False))
        assert told["question"]["text"] == text
        assert re.search(r"-0\.0(?!\d)", json.dumps(made)) is None


def test_a_bad_question_is_refused_by_name(plan_assistant: Assistant) -> None:
    with pytest.raises(QuestionEmpty):
        explained(plan_assistant, " ")
