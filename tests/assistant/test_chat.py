"""A conversation, line by line: what is asked of what, and what each line does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from assistant.chat import chat
from assistant.errors import QuestionEmpty
from assistant.records import Answer, Exchange, Question, Reason, Receipt, Status


@dataclass
class Asker:
    """Answers every question with itself. asked: the questions, each with those before it."""

    offers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def ask(self, text: str, history: Sequence[Exchange]) -> Answer:
        if text == "bad":
            raise QuestionEmpty
        self.asked.append((text, [said.question for said in history]))
        is_none = text == "?!"
        return Answer(
            question=Question(text, "en", f"read {text}"),
            status=Status.NOT_FOUND if is_none else Status.ANSWERED,
            reason=Reason.NOT_A_QUESTION if is_none else None,
            short=None,
            text=f"It is {text}.",
            citations=(),
            hits=(),
            receipt=Receipt("", "", ""),
            suggestions=self.offers.get(text, ()),
        )

    def show(self, answer: Answer) -> None:
        self.shown.append(answer.question.text)

    def hears(self, *lines: str) -> list[tuple[str, list[str]]]:
        chat(self.ask, self.show, iter(lines))
        assert self.shown == [text for text, _ in self.asked]
        return self.asked


def test_each_question_knows_those_before_it_as_they_were_read() -> None:
    assert Asker().hears("a", " b ", "c") == [
        ("a", []),
        ("b", ["read a"]),
        ("c", ["read a", "read b"]),
    ]


def test_new_forgets() -> None:
    asker = Asker({"a": ("x", "y")})
    assert asker.hears("a", "/new", "1", "b") == [("a", []), ("1", []), ("b", ["read 1"])]


@pytest.mark.parametrize("end", ["", "  ", "\t"])
def test_an_empty_line_ends(end: str) -> None:
    assert Asker().hears("a", end, "b") == [("a", [])]


def test_a_number_asks_what_was_suggested_last() -> None:
    asker = Asker({"a": ("x", "y", "z"), "y": ("v",)})
    assert [text for text, _ in asker.hears("a", "2", "1", "1")] == ["a", "y", "v", "1"]
    asker = Asker({"a": ("x",)})
    assert [text for text, _ in asker.hears("1", "a", "4", "0", "1")] == ["1", "a", "4", "0", "1"]


def test_a_number_is_taken_once_for_what_was_suggested(capsys: pytest.CaptureFixture[str]) -> None:
    asker = Asker({"a": ("x", "y")})
    asker.hears("a", "1")
    assert capsys.readouterr().err == "> x\n"


def test_a_fault_is_told_and_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    asker = Asker({"a": ("x",)})
    assert [text for text, _ in asker.hears("a", "bad", "1")] == ["a", "x"]
    assert capsys.readouterr().err.startswith("planqa: The question is empty")


def test_what_was_no_question_is_not_kept() -> None:
    assert Asker().hears("a", "?!", "b")[-1] == ("b", ["read a"])


def test_an_unknown_command_says_which_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert [text for text, _ in Asker().hears("/old one", "a")] == ["a"]
    told = capsys.readouterr().err
    assert told.startswith("planqa: there is no /old. ")
    assert "/new" in told
