"""A tiny set, searched and asked with a tiny encoder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.records import Status
from assistant.service import Assistant
from eval.external.benchmark import DEPTH, METHODS, index, reading, run
from eval.external.documents import item_of
from eval.external.records import Asked, Collection, Item, Outcome, Reading
from eval.external.squad import squad
from index.records import Mode
from index.search import Searcher
from tests.doubles import HashEncoder
from tests.eval.external.sets import articles, collection, english, quick, write_json

__all__ = ["quick"]
pytestmark = pytest.mark.usefixtures("quick")


def test_every_question_finds_its_passage() -> None:
    outcome = run(collection(), HashEncoder())
    assert outcome.direction == "zh→zh"
    assert outcome.pieces == 4
    assert {scores["success@1"] for scores in outcome.scores["hybrid"].values()} == {1.0}
    for method in METHODS:
        assert list(outcome.rankings[method]) == ["q1", "q2", "q3", "q4"]
        assert all(sorted(r) == ["1", "2", "3", "4"] for r in outcome.rankings[method].values())
    assert set(outcome.readings) == {"q1", "q2", "q3", "q4"}
    assert outcome.readings["q1"].holds == 1.0
    assert outcome.unread == ()


def test_rankings_are_those_of_the_searcher() -> None:
    set_ = collection()
    made = index(set_, HashEncoder())
    searcher = Searcher(made, HashEncoder())
    outcome = run(set_, HashEncoder())
    for method in METHODS:
        for asked in set_.questions:
            hits = searcher.search(asked.question, DEPTH, Mode(method))
            expected = tuple(item_of(set_, hit.passage).id for hit in hits)
            assert outcome.rankings[method][asked.id] == expected


def test_a_passage_of_many_pieces_is_ranked_once() -> None:
    long = "。".join(f"茶园面积达到{n}亩{'好' * 100}" for n in range(30)) + "。"
    items = (Item("long", long), *(Item(f"i{n}", f"渡船{n}。") for n in range(12)))
    asked = Asked("q", "茶园面积达到29亩", (), {"long": 1})
    outcome = run(Collection("set", items, (asked,)), HashEncoder())
    assert outcome.pieces > len(items)
    for method in METHODS:
        ranking = outcome.rankings[method]["q"]
        assert len(ranking) == len({*ranking}) == DEPTH
    assert outcome.rankings["hybrid"]["q"][0] == "long"
    assert outcome.readings == {}, "nothing is read where no answers are known"


def test_questions_in_the_other_language(tmp_path: Path) -> None:
    set_ = squad(
        write_json(tmp_path / "zh.json", articles()), write_json(tmp_path / "en.json", english())
    )
    outcome = run(set_, HashEncoder())
    assert outcome.direction == "en→zh"
    assert set(outcome.readings) == {"q1", "q2", "q3"}
    assert outcome.rankings["hybrid"].keys() == {"q1", "q2", "q3"}


def test_passages_in_english() -> None:
    items = (Item("a", "The port has 12 berths."), Item("b", "Tea gardens cover 300 mu."))
    asked = Asked("q", "How many berths does the port have?", ("12",), {"a": 1})
    outcome = run(Collection("set", items, (asked,)), HashEncoder())
    assert outcome.direction == "en→en"
    assert outcome.rankings["hybrid"]["q"][0] == "a"
    assert outcome.readings["q"].holds == 1.0


def test_what_the_assistant_takes_for_no_question_scores_zero() -> None:
    set_ = collection()
    long = replace(set_.questions[0], id="long", question="港口泊位" * 300)
    outcome = run(replace(set_, questions=(long, *set_.questions)), HashEncoder())
    assert outcome.unread == ("long",)
    assert outcome.rankings["hybrid"]["long"] == ()
    assert set(outcome.scores["hybrid"]["long"].values()) == {0.0}
    assert outcome.readings["long"] == Reading(is_refused=True, f1=0.0, exact=0.0, holds=0.0)


def test_progress_names_each_stage_and_comes_to_its_end() -> None:
    told: list[tuple[str, int, int]] = []
    run(collection(), HashEncoder(), None, lambda *step: told.append(step))
    stages = list(dict.fromkeys(what for what, _, _ in told))
    assert stages == ["embedding", "searching", "asking"]
    for stage in stages:
        steps = [(done, total) for what, done, total in told if what == stage]
        assert [done for done, _ in steps] == list(range(1, steps[0][1] + 1))
        assert len({total for _, total in steps}) == 1


def test_the_same_again() -> None:
    def bare(outcome: Outcome) -> Outcome:
        return replace(outcome, seconds={})

    assert bare(run(collection(), HashEncoder())) == bare(run(collection(), HashEncoder()))


@pytest.mark.parametrize(
    ("short", "text", "answers", "expected"),
    [
        ("12个", "港口泊位达到12个。", ["12个"], (1.0, 1.0, 1.0)),
        (None, "港口泊位达到12个。", ["12个"], (4 / 10, 0.0, 1.0)),
        ("港口", "港口泊位达到12个。", ["9", "12 个"], (0.0, 0.0, 1.0)),
        ("12个", "港口泊位达到12个。", ["2个"], (0.5, 0.0, 0.0)),
        (None, None, ["12个"], (0.0, 0.0, 0.0)),
        ("12个", "港口泊位达到12个。", ["。"], (0.0, 0.0, 0.0)),
    ],
)
@pytest.mark.parametrize("status", list(Status))
def test_reading(
    short: str | None,
    text: str | None,
    answers: list[str],
    expected: tuple[float, float, float],
    status: Status,
) -> None:
    assistant = Assistant(Searcher(index(collection(), HashEncoder()), HashEncoder()))
    answer = replace(assistant.ask("港口泊位"), status=status, short=short, text=text)
    found = reading(answer, answers)
    assert found.is_refused == (status is not Status.ANSWERED)
    assert (found.f1, found.exact, found.holds) == pytest.approx(expected)
