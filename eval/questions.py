"""Gold questions: what is asked, what answers it, and the words of the plan that say so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, TypeVar

from assistant.question import LONGEST
from corpus.records import Passage, Span
from eval.errors import QuestionsInvalid

LANGUAGES = ("zh", "en")
Lang = Literal["zh", "en"]
SPLITS = ("dev", "test")
Split = Literal["dev", "test"]
"""What was fitted and chosen by, and what is held out and only counted."""
TYPES = (
    *("value", "share", "count", "date", "period", "name", "body", "place", "definition"),
    *("list", "how", "why", "yesno", "comparison"),
)
"""The kinds of answer that are asked for."""
Facts = tuple[tuple[str, ...], ...]
"""All that must be said: of each fact the wordings of the plan, any one of which will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A gold question that the plan answers.

    section: the id of the plan's section in which the first quote stands; "" for none, the cover.
    answers: what the text must say. short: what the short answer must say; None where none is
    expected. evidence: verbatim quotes of the source; each answers it, or all of them do together.
    polarity: "yes" or "no", of a question that is answered so. difference: of a comparison, the
    number that its two values differ by. count: of a question for how many there are in all.
    """

    id: str
    lang: Lang
    split: Split = "dev"
    question: str
    type: str
    section: str = ""
    answers: Facts
    short: Facts | None = None
    evidence: tuple[str, ...]
    polarity: Literal["yes", "no"] | None = None
    difference: str | None = None
    count: int | None = None
    note: str = ""

    def faults(self) -> list[str]:
        """What cannot be asked or judged."""
        found = [*_named(self.id), *_asked("question", self.question), *_typed("type", self.type)]
        if not self.evidence or not all(self.evidence):
            found.append("field 'evidence' is empty, or holds an empty text")
        if not _whole(self.answers) and (self.count is None or self.answers):
            found.append("field 'answers' is empty, or holds an empty fact")
        if self.short is not None and not _whole(self.short):
            found.append("field 'short' is empty, or holds an empty fact")
        if self.count is not None and self.count < 1:
            found.append(f"field 'count': got {self.count}, expected 1 or more")
        return found


def _named(name: str) -> Iterator[str]:
    if not re.fullmatch(r"\S+", name):
        yield f"field 'id': got {name!r}, expected a name without spaces"


def _asked(field: str, text: str) -> Iterator[str]:
    if not 1 <= len(text.strip()) <= LONGEST:
        yield f"field {field!r}: {len(text.strip())} characters, expected 1 to {LONGEST}"


def _typed(field: str, kind: str) -> Iterator[str]:
    if kind not in TYPES:
        yield f"field {field!r}: got {kind!r}, expected one of {', '.join(TYPES)}"


def _whole(facts: Facts) -> bool:
    return bool(facts) and all(fact and all(fact) for fact in facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswerable:
    """A question that the plan does not answer.

    type: "near_miss" (it speaks of the thing, but not of what is asked), "silent" (of the
    district, but the plan says nothing of it), "outside". asks: the kind of answer asked for.
    missing: what a near miss lacks; near: the nearest that the plan says, and section the id of
    the section in which it stands.
    """

    id: str
    lang: Lang
    split: Split = "dev"
    question: str
    type: Literal["near_miss", "silent", "outside"]
    section: str | None = None
    asks: str = ""
    missing: str | None = None
    near: str | None = None
    note: str = ""

    def faults(self) -> list[str]:
        """What cannot be asked."""
        kinds = _typed("asks", self.asks) if self.asks else ()
        return [*_named(self.id), *_asked("question", self.question), *kinds]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One question of a conversation, and the question that it means on its own.

    carries: what had to be carried over from before. section: where the first quote stands; None
    where there is no quote, or it stands on the cover.
    """

    question: str
    standalone: str
    carries: tuple[str, ...]
    type: str
    section: str | None = None
    answers: Facts
    evidence: tuple[str, ...]
    status: Literal["answered", "unanswerable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """Questions in a row."""

    id: str
    lang: Lang
    split: Split = "dev"
    turns: tuple[Turn, ...]
    note: str = ""

    def faults(self) -> list[str]:
        """What cannot be asked."""
        found = [*_named(self.id)]
        for n, turn in enumerate(self.turns):
            found += _asked(f"turns.{n}.question", turn.question)
            found += _typed(f"turns.{n}.type", turn.type)
        return found if self.turns else [*found, "field 'turns' is empty"]


Gold = TypeVar("Gold", Question, Unanswerable, Conversation)


def development(name: str = "dev") -> Path:
    """The project's own questions: "dev", "dev-unanswerable", "dev-conversations" …"""
    return Path(str(files("eval"))) / "gold" / f"{name}.jsonl"


def load(path: Path) -> list[Question]:
    """The questions of a JSON Lines file. Raises QuestionsInvalid with all of its faults."""
    return read(path, Question)


def read(path: Path, form: type[Gold]) -> list[Gold]:
    """The lines of a JSON Lines file as form. Raises QuestionsInvalid with all of its faults."""
    lines, faults = parse(path, form)
    ids = [item.id for _, item in lines]
    faults += [
        f"{path}: id {name!r} stands twice" for name in sorted(set(ids)) if ids.count(name) > 1
    ]
    if faults:
        raise QuestionsInvalid("\n".join(faults))
    return [item for _, item in lines]


def parse(path: Path, form: type[Gold]) -> tuple[list[tuple[int, Gold]], list[str]]:
    """The sound lines of a JSON Lines file as form, each with its number from 1, and all faults."""
    from pydantic import TypeAdapter, ValidationError

    adapter = TypeAdapter(form)
    found: list[tuple[int, Gold]] = []
    faults: list[str] = []
    try:
        texts = path.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        return found, [f"{path}: cannot be read ({error})"]
    lines = [(number, text) for number, text in enumerate(texts, start=1) if text.strip()]
    for number, line in lines:
        try:
            fields: Any = json.loads(line)
        except (ValueError, RecursionError) as error:  # too deep, or a number too long
            faults.append(f"{path}:{number}: not JSON ({getattr(error, 'msg', error)})")
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
        found.append((number, item))
    return found, faults if lines else [f"{path}: holds no question"]


def places(evidence: Sequence[str], source: str) -> list[Span]:
    """Where quotes stand in a source, each as often as it does: a heading in the contents too."""
    found = (place for quote in evidence for place in re.finditer(re.escape(quote), source))
    return [Span(*place.span()) for place in found]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def carries(passage: Passage, evidence: Sequence[Span]) -> bool:
    """Whether passage holds more than half of any of the evidence."""
    return any(2 * _shared(passage, span) > len(span) for span in evidence)


def _shared(passage: Passage, span: Span) -> int:
    pieces = (min(span.end, own.end) - max(span.start, own.start) for own in passage.spans)
    return sum(max(0, piece) for piece in pieces)
