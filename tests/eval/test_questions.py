"""Gold questions: every fault told at once, evidence matched by offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Kind, Passage, Sentence, Span
from eval.errors import QuestionsInvalid
from eval.questions import (
    Conversation,
    Question,
    Turn,
    Unanswerable,
    carries,
    development,
    load,
    parse,
    places,
    read,
)

GOOD: dict[str, Any] = {
    "id": "q1",
    "lang": "zh",
    "split": "test",
    "question": "多少？",
    "type": "value",
    "section": "10.1",
    "answers": [["5个", "五个"]],
    "short": [["5个"]],
    "evidence": ["建成5个"],
}
SILENT: dict[str, Any] = {"id": "n1", "lang": "en", "question": "Who?", "type": "silent"}
TURN: dict[str, Any] = {
    "question": "占比呢？",
    "standalone": "金融业的占比是多少？",
    "carries": ["subject"],
    "type": "share",
    "section": "1",
    "answers": [["24.78%"]],
    "evidence": ["占24.78%"],
    "status": "answered",
}
TALK: dict[str, Any] = {"id": "t1", "lang": "zh", "turns": [TURN]}


def write(path: Path, *lines: Any) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), "utf-8")
    return path


def without(fields: dict[str, Any], name: str) -> dict[str, Any]:
    return {field: value for field, value in fields.items() if field != name}


def faults(path: Path, form: type[Any]) -> list[str]:
    """What read() complains of, without the name of the file."""
    with pytest.raises(QuestionsInvalid) as caught:
        read(path, form)
    lines = str(caught.value).splitlines()
    assert all(line.startswith(str(path)) for line in lines)
    return [line.removeprefix(str(path)) for line in lines]


def test_a_question(tmp_path: Path) -> None:
    (found,) = read(write(tmp_path / "q.jsonl", GOOD), Question)
    assert found == Question(
        id="q1",
        lang="zh",
        split="test",
        question="多少？",
        type="value",
        section="10.1",
        answers=(("5个", "五个"),),
        short=(("5个",),),
        evidence=("建成5个",),
    )
    assert (found.polarity, found.difference, found.count, found.note) == (None, None, None, "")
    assert load(tmp_path / "q.jsonl") == [found]


def test_a_question_whose_answer_is_yes_a_difference_or_a_number(tmp_path: Path) -> None:
    lines = (
        {**GOOD, "id": "a", "polarity": "no", "short": None},
        {**GOOD, "id": "b", "difference": "182.91亿元"},
        {**GOOD, "id": "c", "count": 31, "answers": []},
    )
    yes, apart, many = read(write(tmp_path / "q.jsonl", *lines), Question)
    assert (yes.polarity, apart.difference, many.count) == ("no", "182.91亿元", 31)
    assert many.answers == ()


def test_an_unanswerable_question(tmp_path: Path) -> None:
    near = {**SILENT, "id": "n2", "type": "near_miss", "missing": "year", "near": "2019年"}
    near |= {"section": "1", "split": "test"}
    first, second = read(write(tmp_path / "n.jsonl", SILENT, near), Unanswerable)
    assert (first.type, first.asks, first.missing, first.near) == ("silent", "", None, None)
    assert (second.missing, second.near) == ("year", "2019年")
    assert (first.section, first.split) == (None, "dev")
    assert (second.section, second.split) == ("1", "test")


def test_a_conversation(tmp_path: Path) -> None:
    (talk,) = read(write(tmp_path / "t.jsonl", TALK), Conversation)
    assert (talk.id, talk.lang, len(talk.turns)) == ("t1", "zh", 1)
    assert isinstance(talk.turns[0], Turn)
    assert talk.turns[0].carries == ("subject",)
    assert talk.turns[0].answers == (("24.78%",),)
    assert (talk.split, talk.turns[0].section, talk.note) == ("dev", "1", "")


def test_lines_come_in_order_and_blank_ones_are_none(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", "", GOOD, "  ", {**GOOD, "id": "q0"}, "")
    assert [found.id for found in read(path, Question)] == ["q1", "q0"]


def test_sound_lines_are_told_with_their_numbers_beside_the_faults(tmp_path: Path) -> None:
    path = write(tmp_path / "q.jsonl", "", GOOD, "{", {**GOOD, "section": 5}, GOOD)
    lines, told = parse(path, Question)
    assert [(number, gold.id) for number, gold in lines] == [(2, "q1"), (5, "q1")]
    assert [fault.removeprefix(str(path))[:20] for fault in told] == [
        ":3: not JSON (Expect",
        ":4: field 'section':",
    ]


def test_every_fault_is_told_with_its_line_and_field(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.jsonl",
        GOOD,
        "{",
        {**GOOD, "id": "q2", "answers": []},
        {**GOOD, "id": "q3", "lang": "fr"},
        [],
        without(GOOD, "evidence"),
        {**GOOD, "id": "q4", "answer": "5个"},
        {**GOOD, "id": "q5", "answers": ["5个"]},
        {**GOOD, "id": "q6", "evidence": [""]},
        {**GOOD, "id": "q7", "answers": [[]]},
        {**GOOD, "id": "q8", "question": 5, "type": None},
        GOOD,
    )
    found = faults(path, Question)
    for line, part in (
        (2, "not JSON"),
        (3, "field 'answers' is empty"),
        (4, "field 'lang'"),
        (5, "not an object"),
        (6, "field 'evidence'"),
        (7, "field 'answer'"),
        (8, "field 'answers.0'"),
        (9, "field 'evidence' is empty"),
        (10, "field 'answers' is empty"),
        (11, "field 'question'"),
        (11, "field 'type'"),
    ):
        assert any(one.startswith(f":{line}: {part}") for one in found), (line, part)
    assert any("'q1' stands twice" in one for one in found)
    assert not [one for one in found if one.startswith((":1:", ":12:"))]


@pytest.mark.parametrize(
    ("form", "line", "field"),
    [
        (Question, {**GOOD, "split": "train"}, "split"),
        (Unanswerable, {**SILENT, "type": "unknown"}, "type"),
        (Unanswerable, {**SILENT, "split": "held out"}, "split"),
        (Unanswerable, without(SILENT, "lang"), "lang"),
        (Unanswerable, GOOD, "answers"),
        (Conversation, {**TALK, "split": None}, "split"),
        (Conversation, {**TALK, "turns": []}, "turns"),
        (Conversation, {**TALK, "turns": [without(TURN, "standalone")]}, "turns.0.standalone"),
        (Conversation, {**TALK, "turns": [TURN, {**TURN, "status": "maybe"}]}, "turns.1.status"),
    ],
)
def test_each_form_has_its_own_fields(
    tmp_path: Path, form: type[Any], line: dict[str, Any], field: str
) -> None:
    found = faults(write(tmp_path / "gold.jsonl", line), form)
    assert any(one.startswith(f":1: field {field!r}") for one in found), found


@pytest.mark.parametrize("form", [Question, Unanswerable, Conversation])
def test_nothing_to_ask_is_a_fault(tmp_path: Path, form: type[Any]) -> None:
    (tmp_path / "bytes.jsonl").write_bytes(b"\xff\xfe")
    for path in (
        write(tmp_path / "empty.jsonl"),
        write(tmp_path / "blank.jsonl", "", " "),
        tmp_path / "missing.jsonl",
        tmp_path / "bytes.jsonl",
    ):
        with pytest.raises(QuestionsInvalid, match=path.name):
            read(path, form)


def test_the_projects_own_questions_by_name() -> None:
    assert development() == development("dev")
    assert development("dev-unanswerable").name == "dev-unanswerable.jsonl"
    for name in ("dev", "dev-unanswerable", "dev-conversations"):
        assert development(name).is_file()


def test_a_passage_carries_evidence_that_it_holds_more_than_half_of() -> None:
    passage = Passage(
        "p/1#1",
        "p",
        "1",
        Kind.TEXT,
        ("一",),
        "x" * 10,
        (Span(0, 4), Span(6, 12)),
        None,
        (Sentence(0, 10),),
    )
    assert carries(passage, [Span(2, 8)])  # 4 of 6
    assert not carries(passage, [Span(10, 14)])  # 2 of 4, just half
    assert not carries(passage, [Span(20, 30)])
    assert not carries(passage, [])
    assert carries(passage, [Span(20, 30), Span(0, 4)])


def test_where_the_evidence_stands() -> None:
    question = Question(
        id="q",
        lang="zh",
        question="？",
        type="value",
        answers=(("5",),),
        evidence=("建成5个", "没有", "园区"),
    )
    assert places(question.evidence, "将建成5个园区") == [Span(1, 5), Span(5, 7)]
    assert places(["园区"], "园区一、园区二") == [Span(0, 2), Span(4, 6)]
    assert places(question.evidence, "别的规划") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": " "}, "question"),
        ({"question": "多" * 1001}, "question"),
        ({"id": ""}, "id"),
        ({"id": "a b"}, "id"),
        ({"type": "valeu"}, "type"),
        ({"count": -3, "answers": []}, "count"),
        ({"short": [[]]}, "short"),
        ({"short": []}, "short"),
    ],
)
def test_what_cannot_be_asked_or_judged_is_a_fault(
    tmp_path: Path, changes: dict[str, object], field: str
) -> None:
    line = {
        "id": "q",
        "lang": "zh",
        "question": "多少？",
        "type": "value",
        "answers": [["5个"]],
        "evidence": ["5个"],
    }
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps(line), "utf-8")
    assert len(read(path, Question)) == 1
    path.write_text(json.dumps(line | changes), "utf-8")
    with pytest.raises(QuestionsInvalid, match=f"field '{field}'"):
        read(path, Question)


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000, '{"id": "\u2028'])
def test_lines_that_no_reader_can_take_are_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text(f"{text}\n", "utf-8")
    with pytest.raises(QuestionsInvalid, match=r"dev\.jsonl:1: not JSON") as found:
        read(path, Question)
    assert str(found.value).count("\n") == 0
