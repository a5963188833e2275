"""Rankings scored by hand, and by trec_eval itself."""

from __future__ import annotations

from math import log2

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.ranking import NAMES, per_question
from tests.plans import properties

documents = st.sampled_from([f"p/{number}#文" for number in range(14)])
questions = st.sampled_from(["q1", "q2", "问3", "q10"])
judgements = st.dictionaries(questions, st.dictionaries(documents, st.integers(0, 3), min_size=1))
rankings = st.dictionaries(questions, st.lists(documents, unique=True, max_size=14))


def scores(grades: dict[str, int], *ranking: str) -> dict[str, float]:
    return per_question({"q": grades}, {"q": ranking})["q"]


def test_the_second_of_three_and_the_fourth_of_six() -> None:
    found = scores({"b": 1, "d": 1, "z": 1, "a": 0}, "a", "b", "c", "d", "e", "f")
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert found == pytest.approx(
        {
            "success@1": 0,
            "success@3": 1,
            "success@5": 1,
            "recall@5": 2 / 3,
            "recall@10": 2 / 3,
            "rr@10": 1 / 2,
            "ndcg@10": (1 / log2(3) + 1 / log2(5)) / ideal,
        }
    )
    assert tuple(found) == NAMES


def test_grades_are_gains() -> None:
    found = scores({"a": 1, "b": 3}, "a", "b")
    assert found["ndcg@10"] == pytest.approx((1 + 3 / log2(3)) / (3 + 1 / log2(3)))


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (1, [1, 1, 1, 1, 1, 1, 1]),
        (2, [0, 1, 1, 1, 1, 1 / 2, 1 / log2(3)]),
        (3, [0, 1, 1, 1, 1, 1 / 3, 1 / log2(4)]),
        (4, [0, 0, 1, 1, 1, 1 / 4, 1 / log2(5)]),
        (5, [0, 0, 1, 1, 1, 1 / 5, 1 / log2(6)]),
        (6, [0, 0, 0, 0, 1, 1 / 6, 1 / log2(7)]),
        (10, [0, 0, 0, 0, 1, 1 / 10, 1 / log2(11)]),
        (11, [0, 0, 0, 0, 0, 0, 0]),
    ],
)
def test_how_far_down_each_looks(rank: int, expected: list[float]) -> None:
    # By name the relevant document would be first or last of all, whichever way ties are broken.
    for name in ("0", "z"):
        ranking = [f"k{number}" for number in range(1, 13)]
        ranking[rank - 1] = name
        assert list(scores({name: 1}, *ranking).values()) == pytest.approx(expected)


def test_every_judged_question_and_no_other_is_scored() -> None:
    qrels = {"none": {"a": 1}, "empty": {"a": 1}, "found": {"a": 1}, "nothing": {"a": 0}, "un": {}}
    asked = {"other": ["a"], "empty": [], "found": ["a"], "nothing": ["a"], "un": ["a"]}
    found = per_question(qrels, asked)
    assert list(found) == list(qrels)
    assert found.pop("found") == dict.fromkeys(NAMES, 1.0)
    assert list(found.values()) == [dict.fromkeys(NAMES, 0.0)] * 4
    assert per_question({}, asked) == {}


def test_a_document_that_stands_twice_is_refused() -> None:
    ranking = [f"k{number}" for number in range(11)] + ["k10"]
    with pytest.raises(ValueError, match=r"question 'q7' holds 'k10' more than once"):
        per_question({"q7": {"a": 1}}, {"q7": ranking})


def by_trec_eval(
    qrels: dict[str, dict[str, int]], asked: dict[str, list[str]]
) -> dict[str, dict[str, float]]:
    """The scores as pytrec_eval gives them; a question that it leaves out is not in them."""
    wanted = {"success_1,3,5", "recall_5,10", "ndcg_cut_10"}
    whole = {q: {d: 1 / (1 + n) for n, d in enumerate(found)} for q, found in asked.items()}
    cut = {q: {d: -float(n) for n, d in enumerate(found[:10])} for q, found in asked.items()}
    rest = pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(whole)
    ranks = pytrec_eval.RelevanceEvaluator(qrels, {"recip_rank"}).evaluate(cut)
    return {
        q: {
            "success@1": own["success_1"],
            "success@3": own["success_3"],
            "success@5": own["success_5"],
            "recall@5": own["recall_5"],
            "recall@10": own["recall_10"],
            "rr@10": ranks[q]["recip_rank"],
            "ndcg@10": own["ndcg_cut_10"],
        }
        for q, own in rest.items()
    }


@properties
@given(judgements, rankings)
def test_trec_eval_gives_the_same(
    qrels: dict[str, dict[str, int]], asked: dict[str, list[str]]
) -> None:
    expected = by_trec_eval(qrels, asked)
    found = per_question(qrels, asked)
    assert set(found) == set(qrels)
    for question, own in found.items():
        zeros = dict.fromkeys(NAMES, 0.0)
        assert own == pytest.approx(expected.get(question, zeros), abs=1e-9, rel=0)


@properties
@given(judgements, rankings)
def test_the_order_of_questions_does_not_matter(
    qrels: dict[str, dict[str, int]], asked: dict[str, list[str]]
) -> None:
    turned = per_question(dict(reversed(qrels.items())), dict(reversed(asked.items())))
    assert turned == per_question(qrels, asked)
    assert list(turned) == list(reversed(qrels))
