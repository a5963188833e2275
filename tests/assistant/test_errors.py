"""Errors: each has a stable name and one line in both languages."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest

from assistant import errors
from assistant.errors import (
    AssistantError,
    BadInput,
    DocumentUnknown,
    NotFound,
    NotReady,
    PassageUnknown,
    PeriodUnreadable,
    QuestionEmpty,
    QuestionTooLong,
    QuestionUnreadable,
    SectionUnknown,
)

FIELDS: dict[type[AssistantError], dict[str, object]] = {
    QuestionEmpty: {},
    QuestionTooLong: {"got": 1001, "most": 1000},
    QuestionUnreadable: {"code": "U+0000"},
    SectionUnknown: {"name": "99"},
    PeriodUnreadable: {"name": "soon"},
    DocumentUnknown: {"name": "nowhere"},
    PassageUnknown: {"name": "nowhere/1#1"},
    NotReady: {"why": "no index there"},
}


def leaves(kind: type[AssistantError]) -> Iterator[type[AssistantError]]:
    below = kind.__subclasses__()
    for child in below:
        yield from leaves(child)
    if not below:
        yield kind


def test_every_error_is_tried_here() -> None:
    assert set(leaves(AssistantError)) == set(FIELDS)


def test_the_tree_is_drawn() -> None:
    assert errors.__doc__ is not None
    drawn = {word for word in errors.__doc__.replace("─", " ").split() if word.isidentifier()}
    assert {kind.__name__ for kind in (*FIELDS, AssistantError, BadInput, NotFound)} <= drawn


def test_slugs_are_distinct_and_stable() -> None:
    assert sorted(kind.slug for kind in FIELDS) == [
        "document-unknown",
        "not-ready",
        "passage-unknown",
        "period-unreadable",
        "question-empty",
        "question-too-long",
        "question-unreadable",
        "section-unknown",
    ]


@pytest.mark.parametrize("kind", FIELDS, ids=lambda kind: kind.slug)
def test_a_message_is_one_filled_line_in_both_languages(kind: type[AssistantError]) -> None:
    error = kind(**FIELDS[kind])
    chinese, english = error.message("zh"), error.message("en")
    assert str(error) == english == error.message("fr")
    assert chinese != english
    for message in (chinese, english):
        assert "\n" not in message
        assert not [name for _, name, _, _ in string.Formatter().parse(message) if name]
        assert all(str(value) in message for value in FIELDS[kind].values())


def test_braces_in_a_name_are_only_characters() -> None:
    assert DocumentUnknown(name="{0}{x}").message("zh") == "没有文件“{0}{x}”。"


def test_wrong_use_and_missing_things_are_told_apart() -> None:
    assert {kind for kind in FIELDS if issubclass(kind, NotFound)} == {
        DocumentUnknown,
        PassageUnknown,
    }
    assert {kind for kind in FIELDS if issubclass(kind, BadInput)} == {
        QuestionEmpty,
        QuestionTooLong,
        QuestionUnreadable,
        SectionUnknown,
        PeriodUnreadable,
    }
