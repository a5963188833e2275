"""SQuAD's form, CMRC's older one, pairs of two languages, and what is wrong with a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.errors import DataInvalid
from eval.external.squad import squad
from tests.eval.external.sets import (
    article,
    articles,
    collection,
    english,
    older,
    qa,
    write_json,
)


@pytest.mark.parametrize(
    "held",
    [{"version": "1.1", "data": articles()}, articles(), older(), {"data": older()}],
    ids=["squad", "squad as a list", "older", "older with data"],
)
def test_every_form_is_read_alike(tmp_path: Path, held: object) -> None:
    assert squad(write_json(tmp_path / "set.json", held)) == collection()


def test_a_mark_at_the_start_of_a_file_is_no_fault(tmp_path: Path) -> None:
    path = write_json(tmp_path / "set.json", articles())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert squad(path) == collection()


def test_one_context_is_one_passage(tmp_path: Path) -> None:
    twice = [article("A_b", " 甲。", qa("1", "问1", "甲")), article("c", "甲。 ", qa(2, "问2"))]  # type: ignore[arg-type]
    found = squad(write_json(tmp_path / "set.json", twice))
    assert [(item.id, item.text, item.title) for item in found.passages] == [("1", "甲。", "A b")]
    assert [(one.id, one.answers, one.relevant) for one in found.questions] == [
        ("1", ("甲",), {"1": 1}),
        ("2", (), {"1": 1}),
    ]


def test_answers_of_one_wording_are_one(tmp_path: Path) -> None:
    path = write_json(tmp_path / "set.json", [article("", "甲乙", qa("1", "问", "甲", "甲", "乙"))])
    assert squad(path).questions[0].answers == ("甲", "乙")


def test_what_cannot_be_asked_is_left_out_and_counted(tmp_path: Path) -> None:
    questions = (
        qa("1", "问", "甲"),
        qa("2", "  ", "甲"),
        {**qa("3", "问"), "is_impossible": True},
        {**qa("4", "问", "甲"), "is_impossible": False},
        {"id": "5", "question": "问"},
    )
    found = squad(write_json(tmp_path / "set.json", [article("", "甲", *questions)]))
    assert [one.id for one in found.questions] == ["1", "4", "5"]
    assert found.left_out == 2


def test_questions_of_another_file_ask_the_passages_of_the_first(tmp_path: Path) -> None:
    own = write_json(tmp_path / "zh.json", articles())
    other = write_json(
        tmp_path / "en.json", [*english(), article("", "x", qa("q9", "What else?", "x"))]
    )
    found = squad(own, other)
    assert found.name == "zh + en"
    assert found.passages == collection().passages
    assert [(one.id, one.question, one.relevant) for one in found.questions] == [
        ("q1", "How many berths will the port have?", {"1": 1}),
        ("q2", "How large will the tea gardens be?", {"2": 1}),
        ("q3", "How many tea farmers are there?", {"2": 1}),
    ]
    assert found.questions[0].answers == ("12 berths", "12个")
    assert found.left_out == 1


def test_files_without_a_common_id_are_refused(tmp_path: Path) -> None:
    own = write_json(tmp_path / "zh.json", articles())
    other = write_json(tmp_path / "en.json", [article("", "x", qa("q9", "What?", "x"))])
    with pytest.raises(DataInvalid, match=r"none of its 1 question ids .*'q9' here, 'q1', 'q2'"):
        squad(own, other)


def changed(change: Callable[[dict[str, Any]], object]) -> list[dict[str, Any]]:
    """One article, changed."""
    found = article("", "甲", qa("1", "问", "甲"), qa("2", "问", "乙"))
    change(found["paragraphs"][0])
    return [found]


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        ({}, ": field 'data' is missing"),
        ({"data": 1}, ": field 'data' is int, not a list"),
        (3, ": field 'data' is int, not a list"),
        ([1], " data[0]: not an object"),
        ([{}], " data[0]: field 'paragraphs' is missing"),
        ([], ": holds no question that can be asked"),
        ([article("", "甲")], ": holds no question that can be asked"),
        ([{**article("", "甲"), "title": 1.5}], " data[0]: field 'title' is float, not text"),
        (
            changed(lambda own: own.pop("context")),
            " data[0] paragraphs[0]: field 'context' is missing",
        ),
        (
            changed(lambda own: own.update(context=" ")),
            " data[0] paragraphs[0]: field 'context' is empty",
        ),
        (changed(lambda own: own.pop("qas")), " data[0] paragraphs[0]: field 'qas' is missing"),
        (
            changed(lambda own: own["qas"][1].pop("question")),
            " data[0] paragraphs[0] qas[1]: field 'question' is missing",
        ),
        (
            changed(lambda own: own["qas"][1].update(id=True)),
            " data[0] paragraphs[0] qas[1]: field 'id' is bool, not text",
        ),
        (
            changed(lambda own: own["qas"][1].update(id="1")),
            " data[0] paragraphs[0] qas[1]: field 'id': '1' stands twice",
        ),
        (
            changed(lambda own: own["qas"][1].update(answers={"text": ["甲"]})),
            " data[0] paragraphs[0] qas[1]: field 'answers' is dict, not a list",
        ),
        (
            changed(lambda own: own["qas"][0]["answers"].append({"answer": "甲"})),
            " data[0] paragraphs[0] qas[0] answers[1]: field 'text' is missing",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(tmp_path: Path, held: object, fault: str) -> None:
    path = write_json(tmp_path / "set.json", held)
    with pytest.raises(DataInvalid, match=f"^{re.escape(str(path) + fault)}$"):
        squad(path)


def test_the_faults_of_both_files_are_told(tmp_path: Path) -> None:
    own = write_json(tmp_path / "zh.json", [{}])
    with pytest.raises(DataInvalid) as refused:
        squad(own, tmp_path / "none.json")
    assert str(refused.value).split("\n") == [
        f"{own} data[0]: field 'paragraphs' is missing",
        f"{tmp_path / 'none.json'}: cannot be read (No such file or directory)",
    ]
