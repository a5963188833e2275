"""Assistant.read on the real plan: Traditional characters, slips, and other languages."""

from __future__ import annotations

import pytest

from assistant.records import Note, Status
from assistant.service import Assistant
from eval import questions

pytestmark = pytest.mark.plan


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("金融業增加值目標是多少？", "金融业增加值目标是多少?"),
        ("綠道要建多長", "绿道要建多长"),
        ("武昌古城 怎麼 保護", "武昌古城怎么保护"),
    ],
)
def test_traditional_characters_are_searched_as_simplified_ones(
    plan_assistant: Assistant, text: str, search: str
) -> None:
    asked = plan_assistant.read(text)
    assert asked.text == text.replace("？", "?")
    assert asked.search == search
    assert (asked.lang, asked.is_other, asked.was_corrected) == ("zh", False, False)
    assert plan_assistant.ask(text).notes == ()


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("金融业曾加值目标是多少", "金融业增加值目标是多少"),
        ("金融業曾加值目標是多少", "金融业增加值目标是多少"),
        ("停车泊味有多少", "停车泊位有多少"),
        ("怎么优化营商环景", "怎么优化营商环境"),
    ],
)
def test_a_slip_is_put_right_and_told(plan_assistant: Assistant, text: str, search: str) -> None:
    asked = plan_assistant.read(text)
    assert (asked.text, asked.search) == (text, search)
    assert (asked.lang, asked.is_other, asked.was_corrected) == ("zh", False, True)
    slipped, plain = plan_assistant.ask(text), plan_assistant.ask(search)
    assert (slipped.notes, plain.notes) == ((Note.READ_AS,), ())
    assert (slipped.short, slipped.citations) == (plain.short, plain.citations)


OTHERS = {
    "French": "Quelle est la valeur ajoutée du secteur financier en 2025 ?",
    "Spanish": "¿Cuántos kilómetros de vías verdes habrá?",
    "German": "Wie lang sind die Grünwege in Wuchang?",
    "Japanese": "武昌区の緑道は何キロですか",
    "kana": "リバーサイド",
    "Korean": "금융업 부가가치 목표는 얼마입니까?",
    "Korean with Latin": "GDP 목표는 얼마입니까?",
    "Russian": "Какова цель по добавленной стоимости финансового сектора?",
    "Arabic": "ما هو الهدف؟",
    "Thai": "เป้าหมายคืออะไร",
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_question_in_another_language_is_answered_in_english(
    plan_assistant: Assistant, name: str
) -> None:
    """Whether it is answered depends on what the encoder makes of it."""
    answer = plan_assistant.ask(OTHERS[name])
    assert (answer.question.lang, answer.question.is_other) == ("en", True)
    assert answer.notes[0] is Note.OTHER_LANGUAGE
    assert answer.hits
    assert (answer.text is None) is (answer.status is Status.NOT_FOUND)
    if answer.text is not None:
        assert Note.UNOFFICIAL_TRANSLATION in answer.notes
        (rendering, *_) = (citation.translation for citation in answer.citations)
        assert rendering is not None
        assert answer.text.split("\n")[0].strip("…") in rendering.text


@pytest.mark.parametrize("name", OTHERS)
def test_a_language_that_is_asked_for_wins(plan_assistant: Assistant, name: str) -> None:
    answer = plan_assistant.ask(OTHERS[name], "zh")
    assert (answer.question.lang, answer.question.is_other) == ("zh", True)
    assert answer.notes[0] is Note.OTHER_LANGUAGE
    assert Note.UNOFFICIAL_TRANSLATION not in answer.notes
    own = plan_assistant.ask(OTHERS[name])
    assert (answer.status, answer.reason) == (own.status, own.reason)
    assert (answer.citations, answer.hits) == (own.citations, own.hits)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("GDP目标是多少", "zh"),
        ("5G基站 how many", "zh"),
        ("武昌有几个P3实验室", "zh"),
        ("How many 5G base stations?", "en"),
        ("What does 武昌 plan for the year 2025?", "en"),
        ("Where is Tanhualin?", "en"),
        ("GDP", "en"),
        ("Donghu Shahu", "en"),
    ],
)
def test_mixed_questions_are_in_one_of_the_two(
    plan_assistant: Assistant, text: str, lang: str
) -> None:
    asked = plan_assistant.read(text)
    assert (asked.text, asked.lang, asked.is_other) == (text, lang, False)
    assert not asked.was_corrected
    other = {"zh": "en", "en": "zh"}[lang]
    assert plan_assistant.read(text, other).lang == other
    assert Note.OTHER_LANGUAGE not in plan_assistant.ask(text).notes


@pytest.mark.parametrize(
    "text", ["GDP目标、CBD建设、TOD开发怎么样？", "武昌的CBD、TOD、SOHO有哪些"]
)
def test_a_question_in_chinese_with_latin_names_is_answered_in_chinese(
    plan_assistant: Assistant, text: str
) -> None:
    assert plan_assistant.read(text).lang == "zh"


def test_every_development_question_is_in_its_language(plan_assistant: Assistant) -> None:
    for question in questions.load(questions.development()):
        asked = plan_assistant.read(question.question)
        assert (asked.lang, asked.is_other) == (question.lang, False), question.question


def test_no_word_of_an_english_question_is_changed(plan_assistant: Assistant) -> None:
    for question in questions.load(questions.development()):
        if question.lang == "en":
            asked = plan_assistant.read(question.question)
            assert asked.search.replace(" ", "") == asked.text.replace(" ", "")
            assert not asked.was_corrected
