"""The gold set as a whole: all questions of a folder, or those of one split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from eval.entries import entries
from eval.errors import QuestionsInvalid
from eval.questions import Conversation, Question, Unanswerable


@dataclass(frozen=True, slots=True)
class Gold:
    """All that is asked. files: the sha256 of each file that it was read from, by name."""

    questions: tuple[Question | Unanswerable, ...]
    conversations: tuple[Conversation, ...]
    files: Mapping[str, str]


def bundled() -> Path:
    """The folder of the project's own questions."""
    return Path(str(files("eval"))) / "gold"


def baseline() -> Path:
    """The folder of the run of them that comes with the project."""
    return Path(str(files("eval"))) / "baseline"


def read_all(folder: Path, split: str | None = None) -> Gold:
    """The questions of a folder, in the order of files and lines; split: of that one alone.

    Raises QuestionsInvalid with the faults of all its files.
    """
    lines, faults = entries(folder)
    counts = Counter(line.gold.id for line in lines)
    faults += [
        line.fault("id", f"{line.gold.id!r} stands {counts[line.gold.id]} times")
        for line in lines
        if counts[line.gold.id] > 1
    ]
    own = [line for line in lines if split in (None, line.gold.split)]
    if not own and not faults:
        faults.append(f"{folder}: holds no question of split {split!r}")
    if faults:
        raise QuestionsInvalid("\n".join(faults))
    golds = [line.gold for line in own]
    paths = dict.fromkeys(line.path for line in own)
    return Gold(
        tuple(gold for gold in golds if not isinstance(gold, Conversation)),
        tuple(gold for gold in golds if isinstance(gold, Conversation)),
        {path.name: sha256(path.read_bytes()).hexdigest() for path in paths},
    )
