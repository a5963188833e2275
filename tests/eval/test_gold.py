"""The gold itself: what it takes for the plan's words is in the plan, in both languages alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import pytest

from corpus import catalog
from corpus.language import key
from eval.questions import (
    LANGUAGES,
    Conversation,
    Facts,
    Question,
    Turn,
    Unanswerable,
    development,
    read,
)

QUESTIONS = read(development(), Question)
UNANSWERABLE = read(development("dev-unanswerable"), Unanswerable)
CONVERSATIONS = read(development("dev-conversations"), Conversation)
FOLDER = catalog.bundled() / "wuchang-14fyp"
SOURCE = catalog.source(FOLDER, catalog.manifest(FOLDER))
TIGHT = re.sub(r"\s", "", SOURCE)


def turns() -> Iterator[tuple[str, Turn]]:
    for talk in CONVERSATIONS:
        for n, turn in enumerate(talk.turns, start=1):
            yield f"{talk.id}:{n}", turn


def quotes() -> Iterator[tuple[str, str]]:
    """Everything that the gold quotes, and where."""
    for question in QUESTIONS:
        yield from ((question.id, quote) for quote in question.evidence)
    for name, turn in turns():
        yield from ((name, quote) for quote in turn.evidence)
    for gold in UNANSWERABLE:
        if gold.near is not None:
            yield gold.id, gold.near


def wordings() -> Iterator[tuple[str, str]]:
    """Everything that an answer must say."""
    every: list[tuple[str, Facts]] = [(one.id, one.answers) for one in QUESTIONS]
    every += [(one.id, one.short) for one in QUESTIONS if one.short is not None]
    every += [(name, turn.answers) for name, turn in turns()]
    for name, facts in every:
        yield from ((name, wording) for fact in facts for wording in fact)


def test_every_quote_stands_in_the_plan() -> None:
    assert [pair for pair in quotes() if pair[1] not in SOURCE] == []


def test_every_wording_of_an_answer_is_the_plans() -> None:
    missing = [pair for pair in wordings() if re.sub(r"\s", "", pair[1]) not in TIGHT]
    assert missing == []


def test_evidence_stands_once_but_for_headings() -> None:
    """A heading stands in the table of contents as well."""
    twice = {
        (question.id, quote)
        for question in QUESTIONS
        for quote in question.evidence
        if SOURCE.count(quote) > 1
    }
    assert all(re.match(r"第[一二三四五六七八九十]+[篇章]\s", quote) for _, quote in twice), twice


def test_no_question_gives_its_evidence_away() -> None:
    for question in QUESTIONS:
        assert not any(quote in question.question for quote in question.evidence), question.id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough(lang: str) -> None:
    none = [gold for gold in UNANSWERABLE if gold.lang == lang]
    assert sum(question.lang == lang for question in QUESTIONS) >= 240
    assert len(none) >= 80
    assert sum(gold.type == "near_miss" for gold in none) >= 35
    assert {gold.type for gold in none} == {"near_miss", "silent", "outside"}
    assert sum(talk.lang == lang for talk in CONVERSATIONS) >= 20


def test_a_near_miss_says_what_it_misses() -> None:
    for gold in UNANSWERABLE:
        assert (gold.type == "near_miss") == (gold.missing is not None), gold.id
        assert (gold.type == "near_miss") == (gold.near is not None), gold.id


def test_conversations_have_questions_that_lean_on_those_before_them() -> None:
    for talk in CONVERSATIONS:
        first, *later = talk.turns
        assert not first.carries, talk.id
        assert any(turn.carries for turn in later), talk.id
        for turn in talk.turns:
            assert (turn.status == "answered") == bool(turn.answers and turn.evidence), talk.id


def pairs(golds: Iterable[Any]) -> dict[str, dict[str, Any]]:
    """By the id without its language: the question in each language."""
    found: dict[str, dict[str, Any]] = {}
    for gold in golds:
        name = re.sub(r"-(?:zh|en)$", "", gold.id)
        assert gold.lang not in found.setdefault(name, {}), gold.id
        assert gold.id.endswith(f"-{gold.lang}") or gold.id == name, gold.id
        found[name][gold.lang] = gold
    return found


def of_question(gold: Question) -> object:
    return (
        gold.type,
        gold.answers,
        gold.short,
        gold.evidence,
        gold.polarity,
        gold.difference,
        gold.count,
    )


def of_unanswerable(gold: Unanswerable) -> object:
    return gold.type, gold.asks, gold.missing, gold.near


def of_conversation(gold: Conversation) -> object:
    return [(one.type, one.answers, one.evidence, one.status, one.carries) for one in gold.turns]


@pytest.mark.parametrize(
    ("golds", "facts"),
    [
        (QUESTIONS, of_question),
        (UNANSWERABLE, of_unanswerable),
        (CONVERSATIONS, of_conversation),
    ],
    ids=["answerable", "unanswerable", "conversations"],
)
def test_both_languages_ask_the_same(golds: Sequence[Any], facts: Callable[[Any], object]) -> None:
    for name, pair in pairs(golds).items():
        assert pair.keys() == {*LANGUAGES}, name
        assert facts(pair["zh"]) == facts(pair["en"]), name


def test_no_question_is_asked_twice() -> None:
    seen: dict[str, str] = {}
    every: list[Question | Unanswerable] = [*QUESTIONS, *UNANSWERABLE]
    for gold in every:
        name = key(gold.question)
        assert name not in seen, (seen[name], gold.id)
        seen[name] = gold.id
    talks = [tuple(turn.question for turn in talk.turns) for talk in CONVERSATIONS]
    assert len({*talks}) == len(talks)
