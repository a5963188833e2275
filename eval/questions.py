"""Gold questions: what is asked, what answers it, and the words of the plan that say so."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.records import Passage, Span
from eval.errors import QuestionsInvalid

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Question:
    """A gold question. evidence: verbatim quotes of the source, any one of which answers it."""

    id: str
    lang: str
    question: str
    type: str
    answers: tuple[str, ...]
    evidence: tuple[str, ...]


def development() -> Path:
    """The project's own development questions."""
    return Path(str(files("eval"))) / "gold" / "dev.jsonl"


def load(path: Path) -> list[Question]:
    """The questions of a JSON Lines file. Raises QuestionsInvalid with all of its faults."""
    questions: list[Question] = []
    faults: list[str] = []
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionsInvalid(f"{path}: cannot be read ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            fields: Any = json.loads(line)
        except json.JSONDecodeError as error:
            faults.append(f"{path}:{number}: not JSON ({error.msg})")
            continue
        wrong = _faults(fields)
        faults += [f"{path}:{number}: {fault}" for fault in wrong]
        if not wrong:
            texts = {name: fields[name] for name in ("id", "lang", "question", "type")}
            answers, evidence = tuple(fields["answers"]), tuple(fields["evidence"])
            questions.append(Question(**texts, answers=answers, evidence=evidence))
    ids = [question.id for question in questions]
    faults += [
        f"{path}: id {name!r} stands twice" for name in sorted(set(ids)) if ids.count(name) > 1
    ]
    if faults or not questions:
        raise QuestionsInvalid("\n".join(faults) or f"{path}: holds no question")
    return questions


def _faults(fields: Any) -> list[str]:
    if not isinstance(fields, dict):
        return ["not an object"]
    faults = [
        f"field {name!r} is missing or no text"
        for name in ("id", "lang", "question", "type")
        if not isinstance(fields.get(name), str) or not fields[name].strip()
    ]
    for name in ("answers", "evidence"):
        value = fields.get(name)
        if not (isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)):
            faults.append(f"field {name!r} is no list of texts")
    if not faults and fields["lang"] not in LANGUAGES:
        faults.append(f"field 'lang' is {fields['lang']!r}, not one of {', '.join(LANGUAGES)}")
    return faults


def places(question: Question, source: str) -> list[Span]:
    """Where the evidence stands in a source; quotes that it does not hold are left out."""
    found = ((source.find(quote), len(quote)) for quote in question.evidence)
    return [Span(start, start + length) for start, length in found if start >= 0]


def carries(passage: Passage, evidence: Sequence[Span]) -> bool:
    """Whether passage holds more than half of any of the evidence."""
    return any(2 * _shared(passage, span) > len(span) for span in evidence)


def _shared(passage: Passage, span: Span) -> int:
    pieces = (min(span.end, own.end) - max(span.start, own.start) for own in passage.spans)
    return sum(max(0, piece) for piece in pieces)
