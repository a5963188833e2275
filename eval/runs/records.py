"""A run: what it was made with, and what every question got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["answerable", "near_miss", "silent", "outside"]
FORMAT = 1

LABELS = {
    "success@1": "Success@1",
    "success@3": "Success@3",
    "success@5": "Success@5",
    "recall@5": "Recall@5",
    "recall@10": "Recall@10",
    "rr@10": "RR@10",
    "ndcg@10": "nDCG@10",
    "right": "right",
    "text_right": "text right",
    "short_right": "short right",
    "token_f1": "token F1",
    "citation_precision": "citation precision",
    "citation_recall": "citation recall",
    "refused_wrongly": "refused wrongly",
    "answered_wrongly": "answered wrongly",
    "refused_rightly": "refused rightly",
}
"""Every score of a question, in the order of reports, by how it is headed. Each is in [0, 1].

right: answered right, or rightly refused: the one that every question has.
"""
LOWER_IS_BETTER = frozenset({"refused_wrongly", "answered_wrongly"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A gold question with what it got.

    group: what is one question in both languages, or one conversation; resampled together.
    direction: the question's language and the plan's: "en→zh". type: the kind of answer asked for.
    part: the plan's part that holds the evidence, "" where there is none. expected: what the answer
    must say, or the nearest that the plan says. read_as: the question as it was searched.
    citations: document, start, end in its source. ranking: the first passages, best first.
    relevant: all passages with evidence. scores: those of LABELS that the question has; one that
    it has not says nothing of it. took_ms: until the answer came.
    """

    id: str
    group: str
    split: str
    lang: str
    direction: str
    kind: Kind
    type: str
    part: str
    is_turn: bool
    question: str
    read_as: str
    expected: str
    status: str
    reason: str | None
    confidence: float | None
    short: str | None
    text: str | None
    citations: tuple[tuple[str, int, int], ...]
    ranking: tuple[str, ...]
    relevant: tuple[str, ...]
    scores: Mapping[str, float]
    took_ms: float

    @property
    def is_answered(self) -> bool:
        """Whether it was answered, and not refused."""
        return self.status == "answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run was made with.

    target: "in process", or the address of a service. index, encoder, version: the receipt of its
    answers. documents: the sha256 of each source. parts: the headings of their parts, in order.
    gold: the sha256 of each file of questions. depth: how many passages of each ranking. versions:
    of packages. machine: cores, memory in GiB, system. created: UTC, ISO 8601. seconds: the sum of
    what the answers took. files: the sha256 of every other file.
    """

    format: int
    created: str
    target: str
    index: str
    encoder: str
    version: str
    documents: Mapping[str, str]
    parts: tuple[str, ...]
    gold: Mapping[str, str]
    depth: int
    versions: Mapping[str, str]
    machine: Mapping[str, str]
    seconds: float
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has ended: its results in the order of the questions."""

    manifest: Manifest
    results: tuple[Result, ...]
