"""The gold itself: what it takes for the plan's words is in the plan, in both languages alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from corpus import catalog, document
from eval.check import COPIED, NAME, check
from eval.facts import says
from eval.questions import (
    LANGUAGES,
    SPLITS,
    Conversation,
    Facts,
    Question,
    Turn,
    Unanswerable,
    development,
    read,
)

DOCUMENTS = [reading.document for reading in document.read_all(catalog.bundled())]
SOURCE = DOCUMENTS[0].source
TIGHT = re.sub(r"\s", "", SOURCE)
QUESTIONS = [gold for name in SPLITS for gold in read(development(name), Question)]
UNANSWERABLE = [
    gold for name in SPLITS for gold in read(development(f"{name}-unanswerable"), Unanswerable)
]
CONVERSATIONS = read(development("dev-conversations"), Conversation)
BOTH_ANSWER = "简政放权、放管结合、优化服务"
"""Stands in the text and in its footnote; either answers."""


def turns() -> Iterator[tuple[str, Turn]]:
    for talk in CONVERSATIONS:
        for n, turn in enumerate(talk.turns, start=1):
            yield f"{talk.id}:{n}", turn


def wordings() -> Iterator[tuple[str, str]]:
    """Everything that an answer must say."""
    every: list[tuple[str, Facts]] = [(one.id, one.answers) for one in QUESTIONS]
    every += [(one.id, one.short) for one in QUESTIONS if one.short is not None]
    every += [(name, turn.answers) for name, turn in turns()]
    for name, facts in every:
        yield from ((name, wording) for fact in facts for wording in fact)


def test_the_gold_is_sound() -> None:
    report = check(development().parent, DOCUMENTS)
    assert report.questions == len(QUESTIONS)
    assert report.unanswerable == len(UNANSWERABLE)
    assert report.conversations == len(CONVERSATIONS)
    assert report.turns == len([*turns()])
    parts = [section.title for section in DOCUMENTS[0].sections if section.level == 1]
    assert len(parts) == 10
    assert [*report.by_part] == [*parts, "tables"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough(lang: str) -> None:
    none = [gold for gold in UNANSWERABLE if gold.lang == lang]
    assert sum(question.lang == lang for question in QUESTIONS) >= 400
    assert len(none) >= 300
    assert sum(gold.type == "near_miss" for gold in none) >= 100
    assert {gold.type for gold in none} == {"near_miss", "silent", "outside"}
    assert sum(talk.lang == lang for talk in CONVERSATIONS) >= 20


@pytest.mark.parametrize("split", SPLITS)
def test_both_splits_have_every_type_of_question(split: str) -> None:
    types = {gold.type for gold in QUESTIONS}
    assert {gold.type for gold in QUESTIONS if gold.split == split} == types
    assert {gold.type for gold in UNANSWERABLE if gold.split == split} == {
        "near_miss",
        "silent",
        "outside",
    }


def test_every_wording_of_an_answer_is_the_plans() -> None:
    missing = [pair for pair in wordings() if re.sub(r"\s", "", pair[1]) not in TIGHT]
    assert missing == []


def test_evidence_stands_once_but_for_headings() -> None:
    """A heading stands in the table of contents as well."""
    twice = {
        (question.id, quote)
        for question in QUESTIONS
        for quote in question.evidence
        if SOURCE.count(quote) > 1 and quote != BOTH_ANSWER
    }
    assert all(re.match(r"第[一二三四五六七八九十]+[篇章]\s", quote) for _, quote in twice), twice


def test_every_question_names_the_section_of_its_evidence() -> None:
    assert [question.id for question in QUESTIONS if not question.section] == []


def test_what_is_not_answered_says_what_it_asks() -> None:
    assert {gold.asks for gold in UNANSWERABLE} <= {gold.type for gold in QUESTIONS}


def test_a_near_miss_says_what_it_misses() -> None:
    """The held-out ones too."""
    for gold in UNANSWERABLE:
        told = gold.type == "near_miss"
        assert told == bool(gold.missing), gold.id
        assert told == bool(gold.near), gold.id
        assert told == bool(gold.section), gold.id


@pytest.mark.parametrize("split", SPLITS)
def test_near_misses_miss_what_the_guide_names(split: str) -> None:
    guide = (development().parent / "GUIDE.md").read_text("utf-8")
    _, _, table = guide.partition("| `missing` | the plan has … |")
    named = {*re.findall(r"^\| `(\w+)` \|", table.partition("\n\n")[0], re.MULTILINE)}
    told = {gold.missing for gold in UNANSWERABLE if gold.split == split}
    assert told - {None} <= named


def test_what_a_question_expects_fits_its_type() -> None:
    for gold in QUESTIONS:
        assert gold.polarity is None or gold.type == "yesno", gold.id
        assert gold.difference is None or gold.type == "comparison", gold.id
        assert bool(gold.answers) == (gold.count is None), gold.id
        assert gold.count is None or gold.type in {"count", "list"}, gold.id


def test_conversations_have_questions_that_lean_on_those_before_them() -> None:
    for talk in CONVERSATIONS:
        first, *later = talk.turns
        assert not first.carries, talk.id
        assert any(turn.carries for turn in later), talk.id
        for turn in talk.turns:
            assert (turn.status == "answered") == bool(turn.answers and turn.evidence), talk.id


def test_no_conversation_is_held_twice() -> None:
    talks = [tuple(turn.question for turn in talk.turns) for talk in CONVERSATIONS]
    assert len({*talks}) == len(talks)


def test_the_guide_counts_what_is_there() -> None:
    guide = (development().parent / "GUIDE.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)\.jsonl` \| (\d+) \|", guide, re.MULTILINE)
    files = development().parent.glob("*.jsonl")
    assert {name: int(count) for name, count in rows} == {
        path.stem: len(path.read_text("utf-8").splitlines()) for path in files
    }
    several = [gold for gold in QUESTIONS if len(gold.evidence) > 1]
    each = [
        gold
        for gold in several
        if gold.answers and all(says(quote, gold.answers) for quote in gold.evidence)
    ]
    counted = sum(gold.count is not None for gold in several)
    report = check(development().parent, DOCUMENTS)
    fifth, tables = report.spread[4], report.spread[-1]
    flat = " ".join(guide.split())
    for words in (
        f"{report.questions} questions, {report.unanswerable} that are not answerable, "
        f"{report.conversations} conversations",
        f"in a row, {report.turns} turns",
        f"{len(several)} have several",
        f"In {len(each)} each quote answers by itself",
        f"In the other {len(several) - len(each)} it takes all",
        f"in {counted}, the things that `count` counts",
        f"make up {COPIED:.2f} of the question",
        f"up to {NAME['zh']} letters and digits in Chinese and {NAME['en']} in English",
        f"at most {report.copied['zh']:.2f} of a question in Chinese and "
        f"{report.copied['en']:.2f} in English",
        f"with {fifth.counts['zh']} and no fewer than {fifth.least['zh']}",
        f"the tables have {tables.counts['zh']}",
    ):
        assert words in flat, words
