"""Conversations: each question asked with those before it as history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.records import Answer, Exchange, Status
from assistant.service import Assistant
from eval.facts import says
from eval.questions import LANGUAGES, Conversation, Turn, read
from eval.tables import share


@dataclass(frozen=True, slots=True)
class Followed:
    """A turn of a conversation, with the question that it was read as and its answer."""

    turn: Turn
    answer: Answer

    @property
    def is_right(self) -> bool:
        """Whether it was answered right, or rightly refused."""
        if self.turn.status == "unanswerable":
            return self.answer.status is not Status.ANSWERED
        quotes = "\n".join(citation.quote for citation in self.answer.citations)
        return self.answer.status is Status.ANSWERED and says(quotes, self.turn.answers)


def follow(assistant: Assistant, conversation: Conversation) -> list[Followed]:
    """Ask a conversation's questions one after the other, each with those before as history."""
    history: list[Exchange] = []
    found = []
    for turn in conversation.turns:
        answer = assistant.ask(turn.question, conversation.lang, history=history)
        history.append(Exchange.of(answer))
        found.append(Followed(turn, answer))
    return found


def table(followed: Iterable[tuple[str, Followed]]) -> str:
    """Turns answered right: first ones, ones that carry something, changes of topic."""
    every = list(followed)
    lines = ["| turns | n | right | carried over |", "|---|---|---|---|"]
    groups: list[tuple[str, Callable[[Followed], bool]]] = [
        ("that carry something", lambda item: bool(item.turn.carries)),
        ("that carry nothing", lambda item: not item.turn.carries),
    ]
    for lang in LANGUAGES:
        for name, belongs in groups:
            group = [item for own, item in every if own == lang and belongs(item)]
            right = sum(item.is_right for item in group)
            carried = sum(item.answer.question.was_completed for item in group)
            size = len(group)
            lines.append(
                f"| {lang} {name} | {size} | {share(right, size)} | {share(carried, size)} |"
            )
    return "\n".join(lines)


def converse(assistant: Assistant, path: Path) -> list[tuple[str, Followed]]:
    """Follow the conversations of a file: each turn with its language."""
    return [
        (talk.lang, item) for talk in read(path, Conversation) for item in follow(assistant, talk)
    ]


def print_wrong(followed: Iterable[tuple[str, Followed]]) -> None:
    """Print what was asked, read and answered of each turn that was not answered right."""
    for _, turn in followed:
        if not turn.is_right:
            print(f"\n{turn.turn.question} -> {turn.answer.question.search}")
            print(f"  meant {turn.turn.standalone}; got {turn.answer.status} {turn.answer.text!r}")
