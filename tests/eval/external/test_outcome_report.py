"""The report of a set, with means worked by hand."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from eval.external.records import Asked, Outcome, Reading
from eval.external.report import facts, table
from eval.measures.ranking import NAMES
from tests.eval.external.sets import collection


def outcome(**changes: object) -> Outcome:
    scores = {
        "q1": dict.fromkeys(NAMES, 1.0),
        "q2": dict.fromkeys(NAMES, 0.5),
        "q3": dict.fromkeys(NAMES, 0.5),
        "q4": dict.fromkeys(NAMES, 0.0),
    }
    found = Outcome(
        collection=replace(collection(), left_out=2),
        direction="en→zh",
        encoder="hash",
        pieces=5,
        rankings={},
        scores={"hybrid": scores, "lexical": {name: dict.fromkeys(NAMES, 0.0) for name in scores}},
        readings={
            "q1": Reading(is_refused=False, f1=1.0, exact=1.0, holds=1.0),
            "q2": Reading(is_refused=False, f1=0.5, exact=0.0, holds=1.0),
            "q4": Reading(is_refused=True, f1=0.6, exact=0.0, holds=1.0),
        },
        unread=(),
        seconds={"asking": 1.26},
    )
    return replace(found, **changes)  # type: ignore[arg-type]


def test_means() -> None:
    found = facts(outcome())
    assert found["retrieval"]["hybrid"]["ndcg@10"]["mean"] == 0.5
    assert found["retrieval"]["hybrid"]["ndcg@10"]["n"] == 4
    assert list(found["retrieval"]["hybrid"]) == list(NAMES)
    means = {
        row: {name: (one["mean"], one["n"]) for name, one in cells.items()}
        for row, cells in found["reading"].items()
    }
    assert means == {
        "all": {
            "f1": (pytest.approx(0.5), 3),
            "exact": (pytest.approx(1 / 3), 3),
            "holds": (pytest.approx(2 / 3), 3),
        },
        "answered": {"f1": (0.75, 2), "exact": (0.5, 2), "holds": (1.0, 2)},
        "said": {
            "f1": (pytest.approx(0.7), 3),
            "exact": (pytest.approx(1 / 3), 3),
            "holds": (1.0, 3),
        },
    }
    counts = ("questions", "passages", "pieces", "left_out", "unread", "refused")
    assert [found[name] for name in counts] == [4, 4, 5, 2, 0, 1]
    assert found["seconds"] == {"asking": 1.3}
    assert json.loads(json.dumps(found)) == found


def test_questions_of_one_passage_are_resampled_together() -> None:
    """Of two groups of equal questions each round draws one alone, or both."""
    questions = tuple(Asked(f"q{n}", "问", (), {"1" if n < 4 else "2": 1}) for n in range(8))
    scores = {one.id: dict.fromkeys(NAMES, float(n < 4)) for n, one in enumerate(questions)}
    told = outcome(
        collection=replace(collection(), questions=questions),
        scores={"hybrid": scores},
        readings={},
    )
    cell = facts(told)["retrieval"]["hybrid"]["rr@10"]
    assert (cell["low"], cell["mean"], cell["high"]) == (0.0, 0.5, 1.0)
    several = tuple(replace(one, relevant={"1": 1, "2": 1}) for one in questions)
    told = replace(told, collection=replace(told.collection, questions=several))
    cell = facts(told)["retrieval"]["hybrid"]["rr@10"]
    assert 0.0 < cell["low"] < 0.5 < cell["high"] < 1.0


def test_table() -> None:
    found = table(outcome()).split("\n")
    assert found[0] == ("set: en→zh, 4 questions, 4 passages in 5 pieces, 2 left out, encoder hash")
    assert found[2].startswith("| method | Success@1 | Success@3 |")
    assert found[4].startswith("| hybrid | 0.500 [0.")
    assert found[5].startswith("| lexical | 0.000 [0.000, 0.000] |")
    assert found[7] == ("| reading, 1 of 3 refused | token F1 | exact match | text holds answer |")
    assert found[9].startswith("| all; a refusal scores 0 (n=3) | 0.500 [")
    assert found[10].startswith("| answered alone (n=2) | 0.750 [")
    assert found[11].startswith("| all; refusals read as answers (n=3) | 0.700 [")
    rows = [line.count("|") for line in found if line.startswith("|")]
    assert rows == [9] * 4 + [5] * 5


def test_table_without_answers_has_one_part() -> None:
    found = table(outcome(readings={}, unread=("q1",)))
    assert "reading" not in found
    assert ", 1 unreadable, " in found
    assert facts(outcome(readings={}))["reading"] == {}


def test_where_nothing_is_answered_there_is_no_row_of_answers() -> None:
    refused = Reading(is_refused=True, f1=0.6, exact=0.0, holds=1.0)
    found = facts(outcome(readings={"q1": refused}))
    assert list(found["reading"]) == ["all", "said"]
    assert found["refused"] == 1
