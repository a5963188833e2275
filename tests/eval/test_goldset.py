"""A folder of gold as a whole: which questions, of which split, from which files."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from eval.errors import QuestionsInvalid
from eval.goldset import bundled, read_all
from eval.questions import SPLITS, Conversation, Question, Unanswerable, development, read
from tests.eval.tiny import GOLD, gold_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return gold_folder(tmp_path / "gold")


def add(path: Path, *lines: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def test_all_questions_come_in_the_order_of_files_and_lines(folder: Path) -> None:
    found = read_all(folder)
    names = ["dev-unanswerable", "dev", "test"]
    assert [one.id for one in found.questions] == [
        line["id"] for name in names for line in GOLD[name]
    ]
    assert [type(one) for one in found.questions[:3]] == [Unanswerable, Unanswerable, Question]
    (talk,) = found.conversations
    assert isinstance(talk, Conversation)
    assert len(talk.turns) == 3
    assert found.files == {f"{name}.jsonl": digest(folder / f"{name}.jsonl") for name in GOLD}


def test_one_split_has_its_own_files_alone(folder: Path) -> None:
    held_out = read_all(folder, "test")
    assert [one.id for one in held_out.questions] == ["test-1-zh"]
    assert held_out.conversations == ()
    assert held_out.files == {"test.jsonl": digest(folder / "test.jsonl")}
    dev, whole = read_all(folder, "dev"), read_all(folder)
    assert {one.split for one in dev.questions} == {"dev"}
    assert len(dev.questions) + len(held_out.questions) == len(whole.questions)
    assert dev.conversations == whole.conversations
    assert dict(dev.files) | dict(held_out.files) == whole.files


def test_a_file_that_is_named_after_no_split_may_hold_both(folder: Path) -> None:
    line = GOLD["dev"][0]
    add(folder / "mine.jsonl", {**line, "id": "m-1-zh"}, {**line, "id": "m-2-zh", "split": "test"})
    assert [one.id for one in read_all(folder, "test").questions] == ["m-2-zh", "test-1-zh"]
    assert "mine.jsonl" in read_all(folder, "dev").files


def test_a_register_is_no_part_of_it(folder: Path) -> None:
    (folder / "dev-register.jsonl").write_text("{}\n", "utf-8")
    assert "dev-register.jsonl" not in read_all(folder).files


def test_the_faults_of_all_files_are_told(folder: Path) -> None:
    add(folder / "dev.jsonl", {"id": "odd"})
    add(folder / "test.jsonl", {**GOLD["test"][0], "id": "x", "split": "train"})
    with (folder / "dev-conversations.jsonl").open("a", encoding="utf-8") as out:
        out.write("no json\n")
    with pytest.raises(QuestionsInvalid) as caught:
        read_all(folder)
    told = str(caught.value).splitlines()
    for place in ("dev.jsonl:6: field 'lang'", "test.jsonl:2: field 'split'"):
        assert sum(place in line for line in told) == 1
    assert sum("dev-conversations.jsonl:2: not JSON" in line for line in told) == 1
    with pytest.raises(QuestionsInvalid, match=r"dev\.jsonl:6"):
        read_all(folder, "test")


@pytest.mark.parametrize("name", ["test", "dev-unanswerable", "dev-conversations"])
def test_an_id_that_stands_in_two_files_is_refused(folder: Path, name: str) -> None:
    """A run keeps one result of it."""
    own = GOLD["dev"][0]["id"]
    add(folder / f"{name}.jsonl", {**GOLD[name][0], "id": own})
    with pytest.raises(QuestionsInvalid) as caught:
        read_all(folder)
    told = str(caught.value).splitlines()
    assert len(told) == 2
    assert all(line.endswith(f"field 'id': '{own}' stands 2 times") for line in told)
    assert f"{folder / 'dev.jsonl'}:1" in "\n".join(told)
    assert f"{folder / name}.jsonl:{len(GOLD[name]) + 1}" in "\n".join(told)


def test_there_is_nothing_to_ask(folder: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(QuestionsInvalid, match="holds no file of gold questions"):
            read_all(path)
    (folder / "test.jsonl").unlink()
    with pytest.raises(QuestionsInvalid, match="holds no question of split 'test'"):
        read_all(folder, "test")


@pytest.mark.parametrize("split", SPLITS)
def test_the_projects_own_is_whole(split: str) -> None:
    found = read_all(bundled(), split)
    own = [
        *(one.id for one in read(development(f"{split}-unanswerable"), Unanswerable)),
        *(one.id for one in read(development(split), Question)),
    ]
    assert [one.id for one in found.questions] == own
    assert {one.split for one in (*found.questions, *found.conversations)} == {split}
