"""Results and runs made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from eval.runs.records import FORMAT, Manifest, Result, Run

RIGHT = {
    "success@1": 1.0,
    "success@3": 1.0,
    "success@5": 1.0,
    "recall@5": 1.0,
    "recall@10": 1.0,
    "rr@10": 1.0,
    "ndcg@10": 1.0,
    "right": 1.0,
    "text_right": 1.0,
    "short_right": 1.0,
    "token_f1": 1.0,
    "citation_precision": 1.0,
    "citation_recall": 1.0,
    "refused_wrongly": 0.0,
    "answered_wrongly": 0.0,
}
"""The scores of a question that is answered as well as can be."""
WRONG = dict.fromkeys(RIGHT, 0.0) | {"answered_wrongly": 1.0}
REFUSED = {"right": 1.0, "refused_rightly": 1.0}
"""Those of one that the plan does not answer, rightly refused."""

_RESULT = Result(
    id="dev-001",
    group="dev-001",
    split="dev",
    lang="zh",
    direction="zh→zh",
    kind="answerable",
    type="value",
    part="第一篇 发展基础",
    is_turn=False,
    question="金融业增加值目标是多少？",
    read_as="金融业增加值目标是多少？",
    expected="560亿元",
    status="answered",
    reason=None,
    confidence=0.9,
    short="560亿元",
    text="金融业增加值力争突破560亿元。",
    citations=(("plan", 10, 24),),
    ranking=("plan/1#1", "plan/1#2", "plan/2#1"),
    relevant=("plan/1#1",),
    scores=RIGHT,
    took_ms=20.0,
)
_MANIFEST = Manifest(
    format=FORMAT,
    created="2025-01-02T03:04:05+00:00",
    target="in process",
    index="0123456789abcdef" * 4,
    encoder="hash",
    version="0.1.0",
    documents={"plan": "a" * 64},
    parts=(),
    gold={"dev.jsonl": "b" * 64},
    depth=10,
    versions={"numpy": "2.0.0"},
    machine={"cores": "2", "memory": "8 GiB", "system": "Linux"},
    seconds=12.5,
    files={},
)


def result(**changes: Any) -> Result:
    """A Chinese development question, found first and answered right, but for changes."""
    return replace(_RESULT, **changes)


def wrong(**changes: Any) -> Result:
    """The same, with a wrong answer."""
    return result(**{"short": "1亿元", "text": "1亿元。", "scores": WRONG} | changes)


def refused(**changes: Any) -> Result:
    """A near miss, rightly refused, but for changes."""
    own: dict[str, Any] = {
        "id": "no-001",
        "group": "no-001",
        "kind": "near_miss",
        "part": "",
        "status": "partial",
        "reason": "other_period",
        "confidence": 0.1,
        "short": None,
        "text": None,
        "citations": (),
        "relevant": (),
        "scores": REFUSED,
    }
    return result(**own | changes)


def run(results: Sequence[Result], **changes: Any) -> Run:
    """A run with results; changes are to its manifest."""
    return Run(replace(_MANIFEST, **changes), tuple(results))
