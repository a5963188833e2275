"""A folder of gold: which file holds what, every line with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval.entries import Entry, entries
from eval.questions import Conversation, Question, Unanswerable

QUESTION: dict[str, Any] = {
    "id": "q",
    "lang": "zh",
    "question": "多少？",
    "type": "value",
    "section": "1",
    "answers": [["5个"]],
    "evidence": ["建成5个", "共5个"],
}
NEAR: dict[str, Any] = {
    "id": "n",
    "lang": "en",
    "question": "Who?",
    "type": "near_miss",
    "section": "2",
    "near": "2019年",
}
TURN: dict[str, Any] = {
    "question": "占比呢？",
    "standalone": "占比是多少？",
    "carries": [],
    "type": "share",
    "answers": [],
    "evidence": [],
    "status": "unanswerable",
}
SECOND = {**TURN, "section": "3", "answers": [["5"]], "evidence": ["占5"], "status": "answered"}
TALK: dict[str, Any] = {"id": "t", "lang": "zh", "turns": [TURN, SECOND]}


def write(path: Path, *lines: Any) -> None:
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")


def folder(path: Path) -> Path:
    write(path / "my.jsonl", QUESTION, {**QUESTION, "id": "r"})
    write(path / "my-unanswerable.jsonl", NEAR, {**NEAR, "section": None, "near": None})
    write(path / "my-conversations.jsonl", TALK)
    write(path / "my-register.jsonl", {"chapter": "1"})
    (path / "GUIDE.md").write_text("# Guide", "utf-8")
    return path


def test_a_file_is_read_as_its_name_says(tmp_path: Path) -> None:
    found, faults = entries(folder(tmp_path))
    assert faults == []
    assert [(line.path.stem, line.number, type(line.gold)) for line in found] == [
        ("my-conversations", 1, Conversation),
        ("my-unanswerable", 1, Unanswerable),
        ("my-unanswerable", 2, Unanswerable),
        ("my", 1, Question),
        ("my", 2, Question),
    ]


def test_sections_and_quotes_are_told_by_their_fields(tmp_path: Path) -> None:
    found, _ = entries(folder(tmp_path))
    talk, near, silent, question, _ = [[*line.quoted()] for line in found]
    assert question == [("section", "1", {"evidence.0": "建成5个", "evidence.1": "共5个"})]
    assert near == [("section", "2", {"near": "2019年"})]
    assert silent == [("section", None, {})]
    assert talk == [
        ("turns.0.section", None, {}),
        ("turns.1.section", "3", {"turns.1.evidence.0": "占5"}),
    ]


def test_the_faults_of_all_files_are_told_beside_the_sound_lines(tmp_path: Path) -> None:
    folder(tmp_path)
    write(tmp_path / "my.jsonl", [], QUESTION)
    write(tmp_path / "my-conversations.jsonl", {**TALK, "turns": None})
    write(tmp_path / "none-unanswerable.jsonl")
    found, faults = entries(tmp_path)
    assert [line.gold.id for line in found] == ["n", "n", "q"]
    assert [fault.removeprefix(f"{tmp_path}/").partition(" ")[0] for fault in faults] == [
        "my-conversations.jsonl:1:",
        "my.jsonl:1:",
        "none-unanswerable.jsonl:",
    ]


def test_a_folder_without_gold_is_a_fault(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing"):
        found, faults = entries(path)
        assert found == []
        assert faults == [f"{path}: holds no file of gold questions, NAME.jsonl"]


def test_a_fault_names_the_file_the_line_and_the_field(tmp_path: Path) -> None:
    gold = Unanswerable(id="n", lang="zh", question="？", type="silent")
    line = Entry(tmp_path / "a.jsonl", 3, gold)
    assert line.fault("id", "is odd") == f"{tmp_path}/a.jsonl:3: field 'id': is odd"
