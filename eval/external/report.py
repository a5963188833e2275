"""What an outside set showed, in numbers and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.external.records import Asked, Outcome, Reading
from eval.measures.ranking import NAMES
from eval.measures.significance import interval
from eval.runs.records import LABELS

_READ = {"f1": "token F1", "exact": "exact match", "holds": "text holds answer"}
_ROWS = {
    "all": "all; a refusal scores 0",
    "answered": "answered alone",
    "said": "all; refusals read as answers",
}
"""What the rows of the table of readings are of."""

Cells = dict[str, dict[str, Any]]
"""By measure: mean, low, high, n."""


def facts(outcome: Outcome) -> dict[str, Any]:
    """What table() shows, as JSON: counts, and each mean, in [0, 1], with its 95 % interval.

    Questions that one same passage answers are resampled together.
    """
    collection = outcome.collection
    read = [asked for asked in collection.questions if asked.id in outcome.readings]
    return {
        "name": collection.name,
        "direction": outcome.direction,
        "encoder": outcome.encoder,
        "passages": len(collection.passages),
        "pieces": outcome.pieces,
        "questions": len(collection.questions),
        "left_out": collection.left_out,
        "unread": len(outcome.unread),
        "retrieval": {
            method: _cells(
                NAMES, [scores[asked.id] for asked in collection.questions], collection.questions
            )
            for method, scores in outcome.scores.items()
        },
        "reading": _readings(outcome.readings, read),
        "refused": sum(one.is_refused for one in outcome.readings.values()),
        "seconds": {stage: round(took, 1) for stage, took in outcome.seconds.items()},
    }


def _readings(readings: Mapping[str, Reading], read: Sequence[Asked]) -> dict[str, Cells]:
    """By row of the table; {} where no question has answers."""
    said = {name: {field: getattr(one, field) for field in _READ} for name, one in readings.items()}
    nothing = dict.fromkeys(_READ, 0.0)
    answered = [asked for asked in read if not readings[asked.id].is_refused]
    counted = [nothing if readings[asked.id].is_refused else said[asked.id] for asked in read]
    rows = (
        ("all", counted, read),
        ("answered", [said[asked.id] for asked in answered], answered),
        ("said", [said[asked.id] for asked in read], read),
    )
    return {name: _cells(list(_READ), scores, group) for name, scores, group in rows if scores}


def _cells(
    names: Sequence[str], scores: Sequence[Mapping[str, float]], questions: Sequence[Asked]
) -> Cells:
    groups = [_group(asked) for asked in questions]
    return {name: asdict(interval([one[name] for one in scores], groups)) for name in names}


def _group(asked: Asked) -> str:
    """What is resampled together: the questions of one passage; one with several is on its own."""
    found = list(asked.relevant)
    return f"passage {found[0]}" if len(found) == 1 else f"question {asked.id}"


def table(outcome: Outcome) -> str:
    """The line of counts, a row for each method, and how the answers read, as Markdown.

    Each cell is a mean with its 95 % interval.
    """
    found = facts(outcome)
    counts = [
        found["direction"],
        f"{found['questions']} questions",
        f"{found['passages']} passages in {found['pieces']} pieces",
        f"{found['left_out']} left out",
        f"{found['unread']} unreadable" if found["unread"] else "",
        f"encoder {found['encoder']}",
    ]
    lines = [f"{found['name']}: {', '.join(filter(None, counts))}", ""]
    lines += _rows("method", [LABELS[name] for name in NAMES], found["retrieval"])
    if found["reading"]:
        refused = f"{found['refused']} of {len(outcome.readings)} refused"
        read = {
            f"{_ROWS[name]} (n={cells['f1']['n']})": cells
            for name, cells in found["reading"].items()
        }
        lines += ["", *_rows(f"reading, {refused}", list(_READ.values()), read)]
    return "\n".join(lines)


def _rows(head: str, names: Sequence[str], rows: Mapping[str, Cells]) -> list[str]:
    lines = [f"| {head} | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for name, cells in rows.items():
        told = [
            f"{one['mean']:.3f} [{one['low']:.3f}, {one['high']:.3f}]" for one in cells.values()
        ]
        lines.append(f"| {name} | {' | '.join(told)} |")
    return lines
