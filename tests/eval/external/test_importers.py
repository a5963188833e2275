"""BEIR's folder and TREC's files, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import DataInvalid
from eval.external.importers import beir, trec
from eval.external.records import Asked, Collection, Item
from tests.eval.external.sets import (
    ASKED,
    CORPUS,
    QRELS,
    QUERIES,
    TEXTS,
    write_beir,
    write_lines,
)

FOUND = Collection(
    "set",
    tuple(Item(title, text, title) for title, text in TEXTS.items()),
    tuple(Asked(n, words, (), {at: 1}) for n, words, _, at in ASKED),
)
TREC = [f"{n} 0 {at} 1" for n, _, _, at in ASKED]


def test_beir(tmp_path: Path) -> None:
    assert beir(write_beir(tmp_path / "set")) == FOUND


def test_beir_of_another_split(tmp_path: Path) -> None:
    folder = write_beir(tmp_path / "set", qrels=QRELS[:2], split="dev")
    assert beir(folder, "dev") == replace(FOUND, name="set/dev", questions=FOUND.questions[:1]), (
        "questions of other splits are neither asked nor left out"
    )
    with pytest.raises(DataInvalid, match=r"qrels/test\.tsv: cannot be read"):
        beir(folder)


@pytest.mark.parametrize("qrels", [QRELS, QRELS[1:], TREC], ids=["beir", "no header", "trec"])
def test_judgements_are_told_by_their_form(tmp_path: Path, qrels: Sequence[object]) -> None:
    found = trec(
        write_lines(tmp_path / "set.jsonl", CORPUS),
        write_lines(tmp_path / "queries.jsonl", QUERIES),
        write_lines(tmp_path / "any.txt", qrels),
    )
    assert found == FOUND


def test_tables_of_texts(tmp_path: Path) -> None:
    found = trec(
        write_lines(tmp_path / "set.tsv", (f"{title}\t{text}" for title, text in TEXTS.items())),
        write_lines(tmp_path / "queries.TSV", (f"{n}\t{words}" for n, words, _, _ in ASKED)),
        write_lines(tmp_path / "qrels", TREC),
    )
    items = tuple(replace(item, title="") for item in FOUND.passages)
    assert found == replace(FOUND, passages=items)


def test_grades(tmp_path: Path) -> None:
    qrels = ["q1 0 港口 2", "q1 0 茶园 0", "q1 0 铁路 1", "q1 0 铁路 1", "q2 0 茶园 -1"]
    found = beir(write_beir(tmp_path / "set", qrels=qrels))
    assert [(one.id, one.relevant) for one in found.questions] == [("q1", {"港口": 2, "铁路": 1})]
    assert found.left_out == 1, "q2 has no passage of grade 1 or more"


def test_passages_of_a_title_alone_and_questions_without_words(tmp_path: Path) -> None:
    folder = write_beir(
        tmp_path / "set",
        [*CORPUS, {"_id": "5", "title": "空", "text": ""}, {"_id": 6, "title": None, "text": "六"}],
        [{"_id": "q1", "text": " "}, *QUERIES[1:]],
    )
    found = beir(folder)
    assert found.passages[-2:] == (Item("5", "", "空"), Item("6", "六", ""))
    assert (len(found.questions), found.left_out) == (3, 1)


@pytest.mark.parametrize(
    ("corpus", "queries", "qrels", "fault"),
    [
        ([*CORPUS, "{"], QUERIES, QRELS, "corpus.jsonl:5: not JSON (Expecting property name"),
        ([*CORPUS, "1"], QUERIES, QRELS, "corpus.jsonl:5: not an object"),
        ([*CORPUS, {"text": "a"}], QUERIES, QRELS, "corpus.jsonl:5: field '_id' is missing"),
        ([*CORPUS, {"_id": "a"}], QUERIES, QRELS, "corpus.jsonl:5: field 'text' is missing"),
        (
            [*CORPUS, CORPUS[0]],
            QUERIES,
            QRELS,
            "corpus.jsonl:5: field '_id': '港口' stands twice",
        ),
        ([], QUERIES, QRELS, "corpus.jsonl: is empty"),
        (
            CORPUS,
            [*QUERIES, QUERIES[0]],
            QRELS,
            "queries.jsonl:5: field '_id': 'q1' stands twice",
        ),
        (
            CORPUS,
            QUERIES,
            [*QRELS, "q1\t港口"],
            "test.tsv:6: 2 column(s); expected 3 columns with tabs between",
        ),
        (
            CORPUS,
            QUERIES,
            [*TREC, "q1 港口 1"],
            "test.tsv:5: 3 column(s); expected 4 columns, as TREC has them",
        ),
        (CORPUS, QUERIES, ["q1 港口 1"], "test.tsv:1: 1 column(s); expected 3 columns"),
        (
            CORPUS,
            QUERIES,
            [*QRELS, "q1\t港口\tyes"],
            "test.tsv:6: field 'score' is 'yes', not a whole number",
        ),
        (
            CORPUS,
            QUERIES,
            [*QRELS, "q1\t港口\t2"],
            "test.tsv:6: 'q1' with '港口' is judged twice, differently",
        ),
        (
            CORPUS,
            QUERIES,
            [*QRELS, *(f"q1\td{n}\t1" for n in range(5))],
            "corpus.jsonl lacks: 'd0', 'd1', 'd2', …",
        ),
        (CORPUS, QUERIES, [*QRELS, "q9\t港口\t1"], "queries.jsonl lacks: 'q9'"),
        (CORPUS, QUERIES, ["q1 0 港口 0"], "has a passage of grade 1 or more"),
        (CORPUS, QUERIES, QRELS[:1], "has a passage of grade 1 or more"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    tmp_path: Path,
    corpus: Sequence[object],
    queries: Sequence[object],
    qrels: Sequence[object],
    fault: str,
) -> None:
    with pytest.raises(DataInvalid, match=re.escape(fault)) as refused:
        beir(write_beir(tmp_path / "set", corpus, queries, qrels))
    assert str(refused.value).startswith(str(tmp_path))
    assert str(refused.value).count("\n") == 0


def test_how_many_unknown_passages_there_are(tmp_path: Path) -> None:
    qrels = [*QRELS, *(f"q1\td{n}\t0" for n in range(5)), "q2\td1\t1"]
    with pytest.raises(DataInvalid, match=r"test\.tsv: names 5 that .*corpus\.jsonl lacks"):
        beir(write_beir(tmp_path / "set", qrels=qrels))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    write_lines(tmp_path / "qrels" / "test.tsv", ["a\tb"])
    (tmp_path / "queries.tsv").write_text("no tab\n\tno id\nid\tok\n", "utf-8")
    with pytest.raises(DataInvalid) as refused:
        trec(tmp_path / "none.jsonl", tmp_path / "queries.tsv", tmp_path / "qrels" / "test.tsv")
    assert [fault.removeprefix(f"{tmp_path}/") for fault in str(refused.value).split("\n")] == [
        "none.jsonl: cannot be read (No such file or directory)",
        "queries.tsv:1: no tab; expected an id, a tab and a text",
        "queries.tsv:2: field '_id' is empty",
        "qrels/test.tsv:1: 2 column(s); expected 3 columns with tabs between",
    ]
