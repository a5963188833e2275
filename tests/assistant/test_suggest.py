"""Suggestions: how they are worded, which ones are kept, and which come next."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from assistant.records import Answer, Citation, Question, Receipt, Status
from assistant.service import Assistant
from assistant.suggest import MOST, Stored, candidates, suggest, verified
from corpus import document as corpus
from corpus.indicators import Indicator, indicators
from corpus.language import HAN, fold
from corpus.records import Document, Passage
from tests import doubles, plans

SECOND = Path(__file__).resolve().parents[1] / "second_plan"


def registers(document: Document) -> dict[str, tuple[Indicator, ...]]:
    found = groupby(indicators(document), key=lambda one: one.passage)
    return {name: tuple(own) for name, own in found}


def drafted(document: Document, lang: str) -> dict[str, list[str]]:
    """The questions about a document, by passage without its name."""
    found = candidates(document, registers(document))[lang]
    return {name.partition("/")[2]: [one.text for one in own] for name, own in found.items()}


@pytest.fixture(scope="module")
def made_up() -> dict[str, list[str]]:
    return drafted(plans.reading().document, "zh")


@pytest.fixture(scope="module")
def second() -> Document:
    return corpus.read(SECOND).document


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("1.1#1", "2020年地区生产总值是多少？"),
        ("1.1#1", "第一篇有哪些章？"),
        ("1.1#fn1", "“四上”企业是什么意思？"),
        ("2#1", "主要目标有哪些？"),
        ("2.1#1", "总部企业要达到多少家？"),
        ("2.1#t1.1", "地区生产总值增长的目标是多少？"),
        ("2.1#t1.1", "经济发展类指标有哪些？"),
        ("2.1#t1.3", "2020年人均预期寿命是多少？"),
        ("2.1#t1.3", "约束性指标有哪些？"),
        ("P2#1", "怎样坚持项目为王？"),
        ("3.1#1", "路网密度的目标是多少？"),
        ("3.1#1", "怎样畅通路网？"),
        ("3.1#1", "计划改造微循环道路多少条？"),
        ("3.1#fn2", "“十三五”时期末路网密度是多少？"),
        ("3.1#fn3", "“四办”是什么意思？"),
    ],
)
def test_what_may_be_asked_of_the_made_up_plan(
    made_up: Mapping[str, Sequence[str]], passage: str, text: str
) -> None:
    assert text in made_up[passage]


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("1.1#1", "过去五年累计引进涉海项目多少个？"),
        ("1.1#1", "过去五年城镇登记失业率是多少？"),
        ("1.1#1", "2016年至2020年开通客运航线多少条？"),
        ("1.1#1", "2020年海洋生产总值占地区生产总值的比重是多少？"),
        ("3.1#1", "未来五年计划压减海洋捕捞渔船多少艘？"),
        ("3.1#fn1", "“三合一”渔排是什么意思？"),
        ("3.3#1", "到2025年计划接待游客多少人次？"),
        ("3.4#1", "目前白滩盐场盐田有多少亩？"),
        ("4.3#1", "怎样办好学前教育？"),
    ],
)
def test_a_second_plan_in_chinese(second: Document, passage: str, text: str) -> None:
    assert text in drafted(second, "zh")[passage]


@pytest.mark.parametrize(
    ("passage", "text"),
    [
        ("1.1#1", "What was the gross ocean product in 2020?"),
        ("1.1#1", "How many ocean-related projects were attracted from 2016 to 2020?"),
        ("1.1#1", "Which chapters are in Part I?"),
        ("2.1#1", "What is the target for GDP?"),
        ("2.1#1", "How many ocean-related projects are to be attracted from 2021 to 2025?"),
        ("2.2#t1.1", "Which indicators come under “Ocean economy”?"),
        ("2.2#t1.5", "Which indicators are binding?"),
        ("2.2#t1.8", "What was the natural coastline retention rate in 2020?"),
        ("P2#1", "What are the key tasks?"),
        ("3.1#fn1", "What does “Three-in-one fish rafts” mean?"),
        ("3.2#1", "How does the plan intend to develop offshore wind power?"),
        ("3.3#1", "How many fishing-family guesthouses were there in 2020?"),
        ("3.3#1", "How many boutique guesthouses does the plan aim for by 2025?"),
    ],
)
def test_a_second_plan_in_english(second: Document, passage: str, text: str) -> None:
    assert text in drafted(second, "en")[passage]


def test_the_sections_of_a_chapter_where_there_are_no_parts() -> None:
    document = plans.chapter("一、路", "修好路。", "二、桥", "建好桥。").document
    assert drafted(document, "zh")["1.1#1"] == ["第一章有哪些节？"]


def test_a_plan_without_english_is_asked_about_in_chinese_alone() -> None:
    document = plans.reading().document
    assert list(candidates(document, registers(document))) == ["zh"]


def test_names_keep_their_capitals() -> None:
    english = ["We will improve the Party groups in Tea District.", "Heads meet in Tea District."]
    document = doubles.document("tea", {"1": ["做强。", "做优。"]}, {"1": english})
    (section,) = document.sections
    titles = {
        "一、做强党组": "1. Improve the Party Groups",
        "二、打造“一岸”": '2. Build the "One Bank" of R&D',
    }
    found = []
    for title, told in titles.items():
        renamed = replace(section, title=title, translated=(told,))
        found.append(drafted(replace(document, sections=(renamed,)), "en")["1#1"][0])
    assert found == [
        "How does the plan intend to improve the Party groups?",
        "How does the plan intend to build the “One Bank” of R&D?",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_question_is_one_sentence(second: Document, lang: str) -> None:
    mark = "？" if lang == "zh" else "?"
    for text in (text for own in drafted(second, lang).values() for text in own):
        assert text.index(mark) == len(text) - 1
        assert (HAN.search(text) is not None) == (lang == "zh")
        assert re.search(r'["\n]|\s\s|\[', text) is None


class Answering:
    """An assistant that answers what it is told to, from the passages that it is told."""

    def __init__(
        self, document: Document, answer: Callable[[str], tuple[str, str, Status]]
    ) -> None:
        self.index = SimpleNamespace(documents=(document,))
        self.registers = registers(document)
        self.answer = answer
        self.asked: list[str] = []

    def ask(self, text: str) -> Answer:
        self.asked.append(text)
        passage, short, status = self.answer(text)
        lang = "zh" if HAN.search(text) else "en"
        return Answer(
            question=Question(text, lang, text),
            status=status,
            reason=None,
            short=None,
            text=None,
            citations=(Citation(1, passage, "yundu-14fyp", (), None, "目标", 0, 2),),
            hits=(),
            receipt=Receipt("", "", ""),
            short_original=short,
        )

    def verified(self) -> dict[str, dict[str, list[str]]]:
        return verified(cast(Assistant, self))


def test_only_what_is_answered_from_its_passage_with_its_value_is_kept() -> None:
    told = {
        "路网密度的目标是多少？": ("3.1#1", "达到5.98千米/平方公里", Status.ANSWERED),
        "计划改造微循环道路多少条？": ("3.1#1", "94条", Status.ANSWERED),
        "怎样畅通路网？": ("3.2#1", "", Status.ANSWERED),
        "怎样守护水系？": ("3.2#1", "", Status.PARTIAL),
        "主要目标有哪些？": ("2#1", "", Status.ANSWERED),
        "重点任务有哪些？": ("P2#1", "", Status.ANSWERED),  # its citation does not say 任务
    }

    def answer(text: str) -> tuple[str, str, Status]:
        passage, short, status = told.get(text, ("", "", Status.NOT_FOUND))
        return f"yundu-14fyp/{passage}", short, status

    assert Answering(plans.reading().document, answer).verified() == {
        "zh": {
            "yundu-14fyp/2#1": ["主要目标有哪些？"],
            "yundu-14fyp/3.1#1": ["路网密度的目标是多少？"],
        }
    }


def test_of_a_passage_few_are_kept_and_none_is_asked_twice(second: Document) -> None:
    places = {
        one.text: (name, one.words, Status.ANSWERED)
        for by_passage in candidates(second, registers(second)).values()
        for name, own in by_passage.items()
        for one in own
    }
    assistant = Answering(second, places.__getitem__)
    found = assistant.verified()
    assert {len(own) for by_passage in found.values() for own in by_passage.values()} == {1, MOST}
    kept = [text for by_passage in found.values() for own in by_passage.values() for text in own]
    assert len(kept) == len({*kept})
    assert found == Answering(second, places.__getitem__).verified()


def test_how_far_it_is() -> None:
    document = plans.reading().document
    assistant = Answering(document, lambda _: ("", "", Status.NOT_FOUND))
    told: list[tuple[int, int]] = []
    verified(cast(Assistant, assistant), lambda done, total: told.append((done, total)))
    assert told == [(n, len(told)) for n in range(1, len(told) + 1)]
    assert len(assistant.asked) == len({*assistant.asked})


PLAN = doubles.document(
    "a", {"1": ["一"], "1.1": ["二", "三"], "1.2": ["四"], "2": ["五"], "3": ["六"]}
).passages
ONE, TWO, THREE, FOUR, FIVE, SIX = PLAN
STORED: Stored = {
    "zh": {
        ONE.id: ["茶园面积的目标是多少？", "怎样种好茶园？"],
        TWO.id: ["2020年茶叶产量是多少？", "茶叶产量的目标是多少？"],
        THREE.id: ["怎样采茶？"],
        FOUR.id: ["“三茶”是什么意思？"],
        FIVE.id: ["怎样修路？"],
        SIX.id: ["怎样造船？"],
    },
    "en": {TWO.id: ["What is the target for the tea output?", "How many boats were built?"]},
}


def ask(passage: Passage, question: str, **more: object) -> tuple[str, ...]:
    lang = "zh" if HAN.search(question) else "en"
    return suggest(STORED, PLAN, passage, lang, question, **more)  # type: ignore[arg-type]


def test_the_nearest_come_first() -> None:
    assert ask(THREE, "什么") == ("怎样采茶？", "2020年茶叶产量是多少？", "“三茶”是什么意思？")
    assert ask(FOUR, "什么") == ("“三茶”是什么意思？", "怎样采茶？", "2020年茶叶产量是多少？")
    assert ask(FIVE, "什么") == ("怎样修路？", "怎样造船？", "“三茶”是什么意思？")
    assert ask(FIVE, "什么", nearby=[ONE]) == (
        "怎样修路？",
        "茶园面积的目标是多少？",
        "怎样造船？",
    )
    assert len(ask(ONE, "什么", count=6)) == 6


def test_a_second_one_of_a_passage_only_where_no_other_has_any() -> None:
    assert ask(ONE, "什么", count=8)[6:] == ("怎样种好茶园？", "茶叶产量的目标是多少？")
    assert ask(ONE, "what") == tuple(STORED["en"][TWO.id])
    assert ask(ONE, "what", count=1) == ("What is the target for the tea output?",)


@pytest.mark.parametrize(
    "question",
    ["怎样采茶？", "怎样采茶", "怎样　采茶?", "如何采茶", "采茶"],
)
def test_what_was_asked_is_not_asked_again(question: str) -> None:
    assert "怎样采茶？" not in ask(THREE, question, count=9)


@pytest.mark.parametrize(
    "question", ["What's the tea output target", "tea output?", "THE TEA OUTPUT"]
)
def test_nor_in_english(question: str) -> None:
    assert ask(TWO, question) == ("How many boats were built?",)


def test_of_another_year_it_is_another_question() -> None:
    assert "2020年茶叶产量是多少？" in ask(TWO, "茶叶产量的目标", count=9)
    assert "茶叶产量的目标是多少？" not in ask(TWO, "茶叶产量的目标", count=9)
    assert "2020年茶叶产量是多少？" not in ask(TWO, "2020年茶叶产量", count=9)


def test_the_value_that_was_told_is_not_asked_for() -> None:
    told = indicators(doubles.document("b", {"1": ["到2025年，茶叶产量达到5万吨。"]}))[0]
    assert told.subject == "茶叶产量"
    found = ask(TWO, "收成怎么样", told=told, count=9)
    assert "茶叶产量的目标是多少？" not in found
    assert "2020年茶叶产量是多少？" in found


def test_a_language_without_any_gets_none() -> None:
    assert suggest({}, PLAN, ONE, "zh", "什么") == ()
    assert suggest({"zh": {}}, PLAN, ONE, "zh", "什么") == ()


@pytest.mark.plan
@pytest.mark.parametrize(("lang", "fewest"), [("zh", 160), ("en", 140)])
def test_every_stored_question_is_answered_from_its_passage(
    plan_assistant: Assistant, lang: str, fewest: int
) -> None:
    stored = plan_assistant.index.suggestions[lang]
    texts = [(name, text) for name, own in stored.items() for text in own]
    assert len(texts) == len({text for _, text in texts}) >= fewest
    for name, text in texts:
        answer = plan_assistant.ask(text)
        assert (answer.status, answer.question.lang) == (Status.ANSWERED, lang), text
        assert name in {citation.passage_id for citation in answer.citations}, text


@pytest.mark.plan
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_three_come_after_every_passage(plan_assistant: Assistant, lang: str) -> None:
    stored = plan_assistant.index.suggestions
    place = {text: name for name, own in stored[lang].items() for text in own}
    (document,) = plan_assistant.index.documents
    for passage in document.passages:
        found = suggest(stored, document.passages, passage, lang, "目标 target")
        assert len({place[text] for text in found}) == 3
        for text in stored[lang].get(passage.id, ()):
            again = suggest(stored, document.passages, passage, lang, text)
            assert len(again) == 3
            assert fold(text) not in map(fold, again)
