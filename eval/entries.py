"""The lines of a folder of gold questions, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.questions import Conversation, Gold, Question, Turn, Unanswerable, parse


@dataclass(frozen=True, slots=True)
class Entry:
    """A gold question, one that the plan does not answer, or a conversation, and its line."""

    path: Path
    number: int
    gold: Question | Unanswerable | Conversation

    @property
    def place(self) -> str:
        """The file and the line."""
        return f"{self.path}:{self.number}"

    def fault(self, field: str, what: str) -> str:
        """What is wrong with a field of it, as messages say it."""
        return f"{self.place}: field {field!r}: {what}"

    def quoted(self) -> Iterator[tuple[str, str | None, dict[str, str]]]:
        """Of the question, or of each turn: the section's field, the section, quotes by field."""
        gold = self.gold
        if isinstance(gold, Unanswerable):
            yield "section", gold.section, {} if gold.near is None else {"near": gold.near}
            return
        turns: tuple[Question | Turn, ...] = (
            gold.turns if isinstance(gold, Conversation) else (gold,)
        )
        for n, turn in enumerate(turns):
            lead = f"turns.{n}." if isinstance(gold, Conversation) else ""
            quotes = {f"{lead}evidence.{m}": quote for m, quote in enumerate(turn.evidence)}
            yield f"{lead}section", turn.section, quotes


def entries(folder: Path) -> tuple[list[Entry], list[str]]:
    """All lines of a folder whose form is right, and every fault of the others.

    NAME.jsonl holds questions, NAME-unanswerable.jsonl what the plan does not answer,
    NAME-conversations.jsonl questions in a row; NAME-register.jsonl is no part of the questions.
    """
    paths = [path for path in sorted(folder.glob("*.jsonl")) if not path.stem.endswith("-register")]
    lines: list[Entry] = []
    faults = [] if paths else [f"{folder}: holds no file of gold questions, NAME.jsonl"]
    for path in paths:
        if path.stem.endswith("-unanswerable"):
            found, told = _entries(path, Unanswerable)
        elif path.stem.endswith("-conversations"):
            found, told = _entries(path, Conversation)
        else:
            found, told = _entries(path, Question)
        lines += found
        faults += told
    return lines, faults


def _entries(path: Path, form: type[Gold]) -> tuple[list[Entry], list[str]]:
    found, faults = parse(path, form)
    return [Entry(path, number, gold) for number, gold in found], faults
