"""Gold questions: every fault told at once, evidence matched by offsets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.records import Kind, Passage, Sentence, Span
from eval.errors import QuestionsInvalid
from eval.questions import Question, carries, load, places

GOOD: dict[str, Any] = {
    "id": "q1",
    "lang": "zh",
    "question": "多少？",
    "type": "value",
    "answers": ["5个"],
    "evidence": ["建成5个"],
}


def write(path: Path, *lines: Any) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("\n".join(texts), "utf-8")
    return path


def test_every_fault_is_told_with_its_line_and_field(tmp_path: Path) -> None:
    path = write(
        tmp_path / "q.jsonl",
        GOOD,
        "{",
        {**GOOD, "id": "q2", "answers": []},
        {**GOOD, "id": "q3", "lang": "fr"},
        [],
        {name: value for name, value in GOOD.items() if name != "evidence"},
        GOOD,
    )
    with pytest.raises(QuestionsInvalid) as caught:
        load(path)
    message = str(caught.value)
    for part in (":2: not JSON", ":3: field 'answers'", ":4: field 'lang' is 'fr'", ":5: not an"):
        assert part in message
    assert ":6: field 'evidence'" in message
    assert "'q1' stands twice" in message
    assert ":1:" not in message


def test_nothing_to_ask_is_a_fault(tmp_path: Path) -> None:
    for path in (write(tmp_path / "empty.jsonl"), tmp_path / "missing.jsonl"):
        with pytest.raises(QuestionsInvalid, match=path.name):
            load(path)


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
    assert carries(passage, [Span(20, 30), Span(0, 4)])
    question = Question("q", "zh", "？", "value", ("5",), ("建成5个", "没有"))
    assert places(question, "将建成5个园区") == [Span(1, 5)]
