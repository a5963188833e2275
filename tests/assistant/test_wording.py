"""What is said of an answer: the plan's words in Chinese, the translation's in English, notes."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pytest

from assistant import wording
from assistant.evidence import Evidence
from assistant.question import read
from assistant.records import Note, Question, Reason
from corpus.language import language
from tests.doubles import document

LANGUAGES = ("zh", "en")
MADE = document(
    "made",
    {"1": ["茶叶产值突破560亿元。茶农达到900户。", "茶厂9家。"]},
    {"1": ["Tea output will exceed 56 billion yuan.\n"]},
)
TRANSLATED, WITHHELD = (Evidence(MADE.passages[0], n) for n in (0, 1))
UNTRANSLATED = Evidence(MADE.passages[1], 0)


def asked(text: str, lang: str | None = None, **read_as: Any) -> Question:
    return replace(read(text, lang), **read_as)


@pytest.mark.parametrize(
    ("evidence", "question", "short", "text"),
    [
        (TRANSLATED, "茶叶产值目标是多少", "560亿元", "茶叶产值突破560亿元。"),
        (WITHHELD, "茶农有多少", "900户", "茶农达到900户。"),
        (UNTRANSLATED, "茶厂有几家", "9家", "茶厂9家。"),
        (TRANSLATED, "怎么发展茶业", None, "茶叶产值突破560亿元。"),
    ],
)
def test_in_chinese_it_is_the_plans_own_words(
    evidence: Evidence, question: str, short: str | None, text: str
) -> None:
    assert wording.say(read(question), evidence) == (short, text, ())


def test_in_english_it_is_the_translation_with_a_note() -> None:
    short, text, notes = wording.say(read("What is the target for tea output?"), TRANSLATED)
    assert short == "56 billion yuan (560亿元)"
    assert text == "Tea output will exceed 56 billion yuan."
    assert notes == (Note.UNOFFICIAL_TRANSLATION,)


def test_without_a_value_that_is_asked_for_there_is_no_short_answer() -> None:
    short, text, notes = wording.say(read("How does tea grow?"), TRANSLATED)
    assert short is None
    assert text == "Tea output will exceed 56 billion yuan."
    assert notes == (Note.UNOFFICIAL_TRANSLATION,)


@pytest.mark.parametrize(
    ("evidence", "short", "text"),
    [(WITHHELD, "900户", "茶农达到900户。"), (UNTRANSLATED, "9家", "茶厂9家。")],
    ids=["withheld", "untranslated"],
)
def test_what_has_no_english_is_told_in_chinese_with_a_note(
    evidence: Evidence, short: str, text: str
) -> None:
    found = wording.say(read("How many are there?"), evidence)
    assert found == (short, text, (Note.NOT_TRANSLATED,))


@pytest.mark.parametrize(
    ("evidence", "lang", "last"),
    [
        (TRANSLATED, "zh", ()),
        (UNTRANSLATED, "zh", ()),
        (TRANSLATED, "en", (Note.UNOFFICIAL_TRANSLATION,)),
        (UNTRANSLATED, "en", (Note.NOT_TRANSLATED,)),
    ],
)
@pytest.mark.parametrize(
    ("read_as", "first"),
    [
        ({}, ()),
        ({"is_other": True}, (Note.OTHER_LANGUAGE,)),
        ({"was_corrected": True}, (Note.READ_AS,)),
        ({"is_other": True, "was_corrected": True}, (Note.OTHER_LANGUAGE, Note.READ_AS)),
    ],
)
def test_how_the_question_was_read_is_told_before_what_the_answer_is(
    evidence: Evidence,
    lang: str,
    last: tuple[Note, ...],
    read_as: dict[str, bool],
    first: tuple[Note, ...],
) -> None:
    question = asked("茶", lang, **read_as)
    assert wording.notes(question) == first
    assert wording.say(question, evidence)[2] == (*first, *last)


def test_the_notes_on_the_question_are_those_that_are_told_before_the_answer() -> None:
    every = asked("茶", is_other=True, was_corrected=True)
    assert frozenset(wording.notes(every)) == wording.ABOUT_QUESTION


@pytest.mark.parametrize("note", Note)
def test_every_note_is_one_filled_line_in_both_languages(note: Note) -> None:
    told = {lang: wording.note(note, asked("茶", lang, search="绿道")) for lang in LANGUAGES}
    assert [language(told[lang].replace("绿道", "")) for lang in LANGUAGES] == list(LANGUAGES)
    for text in told.values():
        assert "\n" not in text
        assert not [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
        assert text.endswith(("。", "."))


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_one_line_in_both_languages(reason: Reason) -> None:
    told = [wording.nothing(reason, lang) for lang in LANGUAGES]
    assert [language(text) for text in told] == list(LANGUAGES)
    assert all(text.endswith(("。", ".")) and "\n" not in text for text in told)


def test_how_a_question_was_read_is_quoted() -> None:
    corrected: dict[str, Any] = {"search": "金融业增加值{0}", "was_corrected": True}
    assert wording.note(Note.READ_AS, asked("金融业曾加值{0}", **corrected)) == (
        "按“金融业增加值{0}”理解。"
    )
    assert wording.note(Note.READ_AS, asked("金融业曾加值{0}", "en", **corrected)) == (
        "Read as “金融业增加值{0}”."
    )


def test_a_translation_is_never_called_official() -> None:
    assert "非正式" in wording.note(Note.UNOFFICIAL_TRANSLATION, asked("茶", "zh"))
    assert "unofficial" in wording.note(Note.UNOFFICIAL_TRANSLATION, asked("茶", "en"))
