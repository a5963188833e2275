"""Gold questions: what is asked, what answers it, and the words of the plan that say so."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar

from corpus.records import Passage, Span
from eval.errors import QuestionsInvalid

LANGUAGES = ("zh", "en")
Lang = Literal["zh", "en"]
Facts = tuple[tuple[str, ...], ...]
"""All that must be said: of each fact the wordings of the plan, any one of which will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A gold question that the plan answers.

    answers: what the text must say. short: what the short answer must say; None where none is
    expected. evidence: verbatim quotes of the source, any one of which answers it. polarity: "yes"
    or "no", of a question that is answered so. difference: of a comparison, the number that its
    two values differ by. count: of a question for how many there are in all.
    """

    id: str
    lang: Lang
    question: str
    type: str
    answers: Facts
    short: Facts | None = None
    evidence: tuple[str, ...]
    polarity: Literal["yes", "no"] | None = None
    difference: str | None = None
    count: int | None = None

    def faults(self) -> list[str]:
        """What contradicts itself."""
        if not self.evidence or not all(self.evidence):
            return ["field 'evidence' is empty, or holds an empty text"]
        said = self.answers and all(fact and all(fact) for fact in self.answers)
        if not said and self.count is None:
            return ["field 'answers' is empty, or holds an empty fact"]
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswerable:
    """A question that the plan does not answer.

    type: "near_miss" (it speaks of the thing, but not of what is asked), "silent" (of the
    district, but the plan says nothing of it), "outside". asks: the kind of answer asked for.
    missing: what a near miss lacks; near: the nearest that the plan says.
    """

    id: str
    lang: Lang
    question: str
    type: Literal["near_miss", "silent", "outside"]
    asks: str = ""
    missing: str | None = None
    near: str | None = None
    note: str = ""

    def faults(self) -> list[str]:
        """None that its form does not tell."""
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation, and the question that it means on its own.

    carries: what had to be carried over from before.
    """

    question: str
    standalone: str
    carries: tuple[str, ...]
    type: str
    answers: Facts
    evidence: tuple[str, ...]
    status: Literal["answered", "unanswerable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Questions in a row."""

    id: str
    lang: Lang
    turns: tuple[Turn, ...]

    def faults(self) -> list[str]:
        """What contradicts itself."""
        return [] if self.turns else ["field 'turns' is empty"]


Gold = TypeVar("Gold", Question, Unanswerable, Conversation)


def development(name: str = "dev") -> Path:
    """The project's own questions: "dev", "dev-unanswerable", "dev-conversations" …"""
    return Path(str(files("eval"))) / "gold" / f"{name}.jsonl"


def load(path: Path) -> list[Question]:
    """The questions of a JSON Lines file. Raises QuestionsInvalid with all of its faults."""
    return read(path, Question)


def read(path: Path, form: type[Gold]) -> list[Gold]:
    """The lines of a JSON Lines file as form. Raises QuestionsInvalid with all of its faults."""
    from pydantic import TypeAdapter, ValidationError

    adapter = TypeAdapter(form)
    found: list[Gold] = []
    faults: list[str] = []
    for number, line in _lines(path):
        try:
            fields: Any = json.loads(line)
        except json.JSONDecodeError as error:
            faults.append(f"{path}:{number}: not JSON ({error.msg})")
            continue
        if not isinstance(fields, dict):
            faults.append(f"{path}:{number}: not an object")
            continue
        try:
            item = adapter.validate_python(fields, extra="forbid")
        except ValidationError as error:
            faults += [
                f"{path}:{number}: field {'.'.join(map(str, fault['loc']))!r}: {fault['msg']}"
                for fault in error.errors()
            ]
            continue
        faults += [f"{path}:{number}: {fault}" for fault in item.faults()]
        found.append(item)
    ids = [item.id for item in found]
    faults += [
        f"{path}: id {name!r} stands twice" for name in sorted(set(ids)) if ids.count(name) > 1
    ]
    if faults or not found:
        raise QuestionsInvalid("\n".join(faults) or f"{path}: holds no question")
    return found


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsInvalid(f"{path}: cannot be read ({error})") from error
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def places(evidence: Sequence[str], source: str) -> list[Span]:
    """Where quotes stand in a source; those that it does not hold are left out."""
    found = ((source.find(quote), len(quote)) for quote in evidence)
    return [Span(start, start + length) for start, length in found if start >= 0]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def carries(passage: Passage, evidence: Sequence[Span]) -> bool:
    """Whether passage holds more than half of any of the evidence."""
    return any(2 * _shared(passage, span) > len(span) for span in evidence)


def _shared(passage: Passage, span: Span) -> int:
    pieces = (min(span.end, own.end) - max(span.start, own.start) for own in passage.spans)
    return sum(max(0, piece) for piece in pieces)
