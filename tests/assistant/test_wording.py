"""What is told of an answer in the asker's language: notes, and why it is none."""

from __future__ import annotations

import string
from dataclasses import replace
from typing import Any

import pytest

from assistant import wording
from assistant.question import read
from assistant.records import Note, Question, Reason
from corpus.language import language

LANGUAGES = ("zh", "en")
BEFORE_WHAT_IS_STATED = {
    reason
    for reason in Reason
    if reason
    not in {
        Reason.NOT_A_QUESTION,
        Reason.NOTHING_MATCHES,
        Reason.OUTSIDE_PLAN,
        Reason.PLAN_SILENT,
    }
}
"""Those of an answer in part: what the plan does state stands behind them."""
NAMING = {Reason.OTHER_PERIOD, Reason.NAME_NOT_STATED, Reason.AMOUNT_NOT_STATED}
"""Those that name what is missing."""


def asked(text: str, lang: str | None = None, **read_as: Any) -> Question:
    return replace(read(text, lang), **read_as)


@pytest.mark.parametrize(
    ("read_as", "notes"),
    [
        ({}, ()),
        ({"is_other": True}, (Note.OTHER_LANGUAGE,)),
        ({"was_corrected": True}, (Note.READ_AS,)),
        ({"was_completed": True}, (Note.READ_AS,)),
        ({"was_corrected": True, "was_completed": True}, (Note.READ_AS,)),
        ({"is_other": True, "was_corrected": True}, (Note.OTHER_LANGUAGE, Note.READ_AS)),
    ],
)
def test_how_the_question_was_read_is_told(
    read_as: dict[str, Any], notes: tuple[Note, ...]
) -> None:
    assert wording.notes(asked("茶", **read_as)) == notes


def test_the_notes_on_the_question_are_those_that_are_told_before_the_answer() -> None:
    every = asked("茶", is_other=True, was_corrected=True, was_completed=True)
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
def test_every_reason_is_one_filled_line_in_both_languages(reason: Reason) -> None:
    told = [wording.reason(reason, lang, "7号") for lang in LANGUAGES]
    assert [language(text.replace("7号", "")) for text in told] == list(LANGUAGES)
    ends = ("：", ":") if reason in BEFORE_WHAT_IS_STATED else ("。", ".")
    for text in told:
        assert text.endswith(ends)
        assert "\n" not in text
        assert "{" not in text
        assert ("7号" in text) == (reason in NAMING)


def test_what_is_missing_is_only_words() -> None:
    for lang in LANGUAGES:
        assert "{0} %s {missing}" in wording.reason(Reason.OTHER_PERIOD, lang, "{0} %s {missing}")


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
