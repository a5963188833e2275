"""A made-up plan of another place, with other content: what was fitted on one holds for it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.library import encoder
from assistant.records import Answer, Status
from assistant.service import Assistant
from corpus import document
from eval.questions import LANGUAGES, Question, Unanswerable, read
from index import store
from index.build import build
from index.search import Searcher
from tests.conftest import ROOT
from tests.judging import Judged, judge

pytestmark = pytest.mark.plan

FOLDER = ROOT / "tests" / "second_plan"
TEXT_RIGHT = 0.70
SHORT_RIGHT = 0.60
RIGHT_IF_ANSWERED = 0.85
REFUSED = 0.70


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Answers from the second plan alone, as it was saved and loaded."""
    root: Path = tmp_path_factory.mktemp("second")
    store.publish(build([document.read(FOLDER).document], encoder(None)), root)
    return Assistant(Searcher(store.load(root), encoder(None)))


def lines() -> Iterator[dict[str, Any]]:
    for line in (FOLDER / "questions.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


@pytest.fixture(scope="module")
def golds(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[list[Question], list[Unanswerable]]:
    """What the plan answers, and what it does not: there the file has no answers."""
    folder: Path = tmp_path_factory.mktemp("questions")
    every = list(lines())
    told = [line for line in every if line["answers"]]
    silent = [
        {name: line[name] for name in ("id", "lang", "question", "type")}
        for line in every
        if not line["answers"]
    ]
    for name, found in (("told", told), ("silent", silent)):
        text = "\n".join(json.dumps(line, ensure_ascii=False) for line in found)
        (folder / f"{name}.jsonl").write_text(text, "utf-8")
    return read(folder / "told.jsonl", Question), read(folder / "silent.jsonl", Unanswerable)


@pytest.fixture(scope="module")
def judged(assistant: Assistant, golds: tuple[list[Question], list[Unanswerable]]) -> list[Judged]:
    return [judge(assistant, gold) for gold in golds[0]]


@pytest.fixture(scope="module")
def refusals(
    assistant: Assistant, golds: tuple[list[Question], list[Unanswerable]]
) -> list[tuple[Unanswerable, Answer]]:
    return [(gold, assistant.ask(gold.question, gold.lang)) for gold in golds[1]]


def test_there_is_enough_to_ask(golds: tuple[list[Question], list[Unanswerable]]) -> None:
    told, silent = golds
    for lang in LANGUAGES:
        assert sum(gold.lang == lang for gold in told) >= 20
        assert {gold.type for gold in silent if gold.lang == lang} == {
            "near_miss",
            "silent",
            "outside",
        }


def test_its_questions_are_about_it(
    assistant: Assistant, golds: tuple[list[Question], list[Unanswerable]]
) -> None:
    (made,) = assistant.index.documents
    tight = re.sub(r"\s", "", made.source)
    for gold in golds[0]:
        assert all(quote in made.source for quote in gold.evidence), gold.id
        for fact in gold.answers:
            assert any(re.sub(r"\s", "", wording) in tight for wording in fact), gold.id


def test_its_encoder_is_the_one_that_was_calibrated(assistant: Assistant) -> None:
    assert assistant.is_calibrated
    assert assistant.plan == (2021, 2025)


def test_how_often_answers_are_right(judged: list[Judged]) -> None:
    wrong = [(item.question.question, item.answer.text) for item in judged if not item.text]
    assert len(judged) - len(wrong) >= TEXT_RIGHT * len(judged), wrong
    answered = [item for item in judged if not item.refused]
    assert sum(item.text for item in answered) >= RIGHT_IF_ANSWERED * len(answered), wrong
    shorts = [item.short for item in judged if item.short is not None]
    assert sum(shorts) >= SHORT_RIGHT * len(shorts)


def test_how_often_what_it_does_not_state_is_refused(
    refusals: list[tuple[Unanswerable, Answer]],
) -> None:
    answered = [(gold.question, a.text) for gold, a in refusals if a.status is Status.ANSWERED]
    assert len(refusals) - len(answered) >= REFUSED * len(refusals), answered


def test_what_lies_outside_it_is_never_answered(
    refusals: list[tuple[Unanswerable, Answer]],
) -> None:
    for gold, answer in refusals:
        if gold.type == "outside":
            assert answer.status is not Status.ANSWERED, gold.question


def test_every_quote_is_its_own(
    assistant: Assistant, judged: list[Judged], refusals: list[tuple[Unanswerable, Answer]]
) -> None:
    (made,) = assistant.index.documents
    answers = [*(item.answer for item in judged), *(answer for _, answer in refusals)]
    for answer in answers:
        assert (answer.status is Status.NOT_FOUND) is (answer.text is None)
        assert bool(answer.text) is bool(answer.citations)
        for citation in answer.citations:
            assert citation.document == made.id
            assert citation.quote == made.source[citation.start : citation.end]


@pytest.mark.parametrize(
    ("question", "lang", "words"),
    [
        ("2025年地区生产总值要达到多少？", "zh", "125亿元"),
        ("2020年海洋生产总值占地区生产总值的多少？", "zh", "61%"),
        ("青角客运枢纽什么时候建成？", "zh", "2023年"),
        ("海水淡化日产能力2025年达到多少？", "zh", "4万吨"),
        ("How much will tourism earn in 2025?", "en", "21亿元"),
    ],
)
def test_plain_questions_get_plain_answers(
    assistant: Assistant, question: str, lang: str, words: str
) -> None:
    answer = assistant.ask(question, lang)
    assert answer.status is Status.ANSWERED
    assert answer.short_original is not None
    assert words in answer.short_original


@pytest.mark.parametrize(
    "question",
    [
        "2023年地区生产总值是多少？",
        "武昌区的地区生产总值是多少？",
        "What was the gross regional product in 2018?",
    ],
)
def test_another_time_or_place_is_not_answered(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status is not Status.ANSWERED
    assert answer.reason is not None
    assert answer.short is None
