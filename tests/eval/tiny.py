"""A plan of a few sentences, an assistant that answers from it, and gold questions about it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assistant.api.schemas import PassageOut, ReceiptOut
from assistant.records import Exchange
from assistant.service import Assistant
from corpus.records import Document
from eval.runs.targets import Asked, InProcess
from index.build import build
from index.records import Index
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

TEXTS = {
    "1": ["到2025年，金融业增加值力争突破560亿元。", "新建码头9个。"],
    "2": ["茶园达到300亩。", "2019年金融业增加值为377.09亿元。", "建成公园12个。"],
}
ENGLISH = {
    "1": [
        "By 2025, we will strive to exceed 56 billion yuan in value added of finance.",
        "Build 9 wharves.",
    ],
    "2": [
        "Tea gardens will cover 300 mu.",
        "In 2019, value added of finance was 37.709 billion yuan.",
        "Build 12 parks.",
    ],
}


@cache
def plan() -> Document:
    """The plan, in both languages."""
    return document("made", TEXTS, ENGLISH)


def built(one: Document) -> Index:
    """The index of a document, without jieba's dictionary. Its digest is made up."""
    words = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, words)
        found = build([one], HashEncoder())
    return replace(found, digest=f"sha256:{len(one.passages):064x}")


@cache
def assistant() -> Assistant:
    """What answers from the plan."""
    return Assistant(Searcher(built(plan()), HashEncoder()))


@cache
def other() -> Assistant:
    """What answers from the plan without its last passage."""
    cut = replace(plan(), passages=plan().passages[:-1])
    return Assistant(Searcher(built(cut), HashEncoder()))


def question(name: str, lang: str, asked: str, wanted: str, quote: str) -> dict[str, object]:
    """A line of gold: a question for a value."""
    return {
        "id": name,
        "lang": lang,
        "question": asked,
        "type": "value",
        "section": _section(quote),
        "answers": [[wanted]],
        "short": [[wanted]],
        "evidence": [quote],
    }


def _section(quote: str) -> str:
    return "1" if quote in "".join(TEXTS["1"]) else "2"


def nothing(name: str, lang: str, asked: str) -> dict[str, object]:
    """A line of gold: a question that the plan does not answer."""
    return {"id": name, "lang": lang, "question": asked, "type": "near_miss", "asks": "value"}


def turn(asked: str, wanted: str | None, quote: str = "") -> dict[str, object]:
    """A turn of a conversation; wanted: None where the plan does not say."""
    return {
        "question": asked,
        "standalone": asked,
        "carries": [],
        "type": "value",
        "section": _section(quote),
        "answers": [] if wanted is None else [[wanted]],
        "evidence": [quote] if quote else [],
        "status": "unanswerable" if wanted is None else "answered",
    }


FINANCE = "金融业增加值力争突破560亿元"
GOLD: dict[str, list[dict[str, object]]] = {
    "dev": [
        question("dev-1-zh", "zh", "2025年金融业增加值目标是多少？", "560亿元", FINANCE),
        question(
            "dev-1-en",
            "en",
            "What is the 2025 target for value added of finance?",
            "560亿元",
            FINANCE,
        ),
        question("dev-2-zh", "zh", "新建多少个码头？", "9个", "新建码头9个"),
        question("dev-3-zh", "zh", "建成多少个公园？", "12个", "建成公园12个"),
        {
            **question("dev-4-zh", "zh", "规划怎么写标题？", "标题2", "标题2"),
            "type": "list",
            "short": None,
        },
    ],
    "dev-unanswerable": [
        nothing("no-1-zh", "zh", "2031年码头的水位是多少？"),
        nothing("no-1-en", "en", "How many airports were closed in 2031?"),
    ],
    "dev-conversations": [
        {
            "id": "talk-1-zh",
            "lang": "zh",
            "turns": [
                turn("2025年金融业增加值目标是多少？", "560亿元", FINANCE),
                turn("2019年呢？", "377.09亿元", "2019年金融业增加值为377.09亿元"),
                turn("2033年呢？", None),
            ],
        }
    ],
    "test": [
        {
            **question("test-1-zh", "zh", "茶园要达到多少亩？", "300亩", "茶园达到300亩"),
            "split": "test",
        }
    ],
}
"""The lines of each file of gold: eleven questions, the turns among them."""


def gold_folder(folder: Path) -> Path:
    """GOLD, written to folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in GOLD.items():
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / f"{name}.jsonl").write_text(told, "utf-8")
    return folder


@dataclass
class Heard:
    """A target that tells what it was asked. later: who answers after so many questions."""

    target: InProcess = field(default_factory=lambda: InProcess(assistant()))
    later: tuple[int, InProcess] | None = None
    asked: list[tuple[str, str, int, tuple[Exchange, ...]]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.target.name

    @property
    def receipt(self) -> ReceiptOut:
        return self.target.receipt

    @property
    def documents(self) -> Sequence[Document]:
        return self.target.documents

    def passages(self) -> Sequence[PassageOut]:
        return self.target.passages()

    def ask(self, question: str, lang: str, depth: int, history: Sequence[Exchange] = ()) -> Asked:
        self.asked.append((question, lang, depth, tuple(history)))
        changed = self.later is not None and len(self.asked) > self.later[0]
        who = self.later[1] if self.later is not None and changed else self.target
        return who.ask(question, lang, depth, history)
