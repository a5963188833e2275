"""A set of four passages and its questions, written in every form that is read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from eval.external.records import Asked, Collection, Item
from index.tokens import WordTable
from tests.doubles import quicken

TEXTS = {
    "港口": "港口泊位达到12个。夜间有渡船。",
    "茶园": "茶园面积达到300亩。茶农有900人。",
    "铁路": "铁路里程突破56公里。",
    "河流": "东湖的水质保持二类。",
}
ASKED = (
    ("q1", "港口泊位达到多少个", "12个", "港口"),
    ("q2", "茶园面积达到多少亩", "300亩", "茶园"),
    ("q3", "茶农有多少人", "900人", "茶园"),
    ("q4", "铁路里程突破多少公里", "56公里", "铁路"),
)
ENGLISH = {
    "q1": ("How many berths will the port have?", "12 berths"),
    "q2": ("How large will the tea gardens be?", "300 mu"),
    "q3": ("How many tea farmers are there?", "900"),
}


def collection() -> Collection:
    """What squad() makes of articles()."""
    items = tuple(Item(str(n), text, title) for n, (title, text) in enumerate(TEXTS.items(), 1))
    named = {item.title: item.id for item in items}
    asked = tuple(Asked(n, words, (told,), {named[at]: 1}) for n, words, told, at in ASKED)
    return Collection("set", items, asked)


def article(title: str, context: str, *qas: Mapping[str, Any]) -> dict[str, Any]:
    """An article of one paragraph in SQuAD's form."""
    return {"title": title, "paragraphs": [{"context": context, "qas": list(qas)}]}


def qa(name: str, question: str, *answers: str) -> dict[str, Any]:
    """A question in SQuAD's form."""
    told = [{"text": answer, "answer_start": 0} for answer in answers]
    return {"id": name, "question": question, "answers": told}


def articles() -> list[dict[str, Any]]:
    """The set in SQuAD's form."""
    return [
        article(title, text, *(qa(n, words, told) for n, words, told, at in ASKED if at == title))
        for title, text in TEXTS.items()
    ]


def older() -> list[dict[str, Any]]:
    """The set in the older form of CMRC 2018."""
    return [
        {
            "context_id": f"c{number}",
            "context_text": text,
            "title": title,
            "qas": [
                {"query_id": n, "query_text": words, "answers": [told, told]}
                for n, words, told, at in ASKED
                if at == title
            ],
        }
        for number, (title, text) in enumerate(TEXTS.items())
    ]


def english() -> list[dict[str, Any]]:
    """Three of the questions in English, on contexts of their own."""
    return [
        article("t", f"Passage {n}.", qa(n, words, told)) for n, (words, told) in ENGLISH.items()
    ]


def write_json(path: Path, held: object) -> Path:
    path.write_text(json.dumps(held, ensure_ascii=False), "utf-8")
    return path


def write_lines(path: Path, rows: Iterable[object]) -> Path:
    """JSON Lines; a row that is text already stands as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in told), "utf-8")
    return path


CORPUS: Sequence[object] = [
    {"_id": title, "title": title, "text": text} for title, text in TEXTS.items()
]
QUERIES: Sequence[object] = [{"_id": n, "text": words} for n, words, _, _ in ASKED]
QRELS: Sequence[object] = [
    "query-id\tcorpus-id\tscore",
    *(f"{n}\t{at}\t1" for n, _, _, at in ASKED),
]


def write_beir(
    folder: Path,
    corpus: Sequence[object] = CORPUS,
    queries: Sequence[object] = QUERIES,
    qrels: Sequence[object] = QRELS,
    split: str = "test",
) -> Path:
    write_lines(folder / "corpus.jsonl", corpus)
    write_lines(folder / "queries.jsonl", queries)
    write_lines(folder / "qrels" / f"{split}.tsv", qrels)
    return folder


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """build() takes a dictionary of hardly any words."""
    quicken(monkeypatch, WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8))
