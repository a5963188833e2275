"""What the gate lets through, and that it stops what has broken, on the real plan too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.service import Assistant
from eval.errors import RunsDiffer
from eval.goldset import Gold, bundled, read_all
from eval.questions import Question
from eval.runs import report
from eval.runs.gate import ALPHA, GATED, MARGIN, Verdict, judge
from eval.runs.records import LABELS, Run
from eval.runs.run import run as ask_all
from eval.runs.targets import InProcess
from index.build import build
from index.search import Searcher
from index.tokens import Words, WordTable
from tests.eval.runs.made import REFUSED, refused, result, run, wrong


def answered(size: int, lost: int = 0) -> Run:
    """size questions, of which the first are not answered right."""
    names = [f"q-{n}" for n in range(size)]
    return run(
        [(wrong if n < lost else result)(id=name, group=name) for n, name in enumerate(names)]
    )


def test_an_identical_run_passes() -> None:
    verdict = judge(answered(30), answered(30))
    assert verdict.passes
    assert verdict.failed == ()
    assert verdict.lines() == [
        "pass: 30 questions, 0 lost, 0 won; fails where a score of a slice gets worse by more than "
        "0.02 with p < 0.05 (Holm)"
    ]
    assert (verdict.margin, verdict.alpha) == (MARGIN, ALPHA)


def test_a_run_that_fell_fails_and_says_where() -> None:
    verdict = judge(answered(40), answered(40, lost=20))
    assert not verdict.passes
    assert {(one.dimension, one.score) for one in verdict.failed} == {
        ("all", "success@1"),
        ("all", "right"),
        ("all", "short_right"),
        ("all", "answered_wrongly"),
    }
    head, *told = verdict.lines()
    assert head.startswith("fail: 40 questions, 20 lost, 0 won; ")
    assert told[0].startswith("all all: Success@1 1.000 → 0.500 (-0.500 [")
    assert told[0].endswith(", n 40)")
    assert [line.partition(": ")[2].rpartition(" → ")[0][:-6] for line in told] == [
        LABELS[name] for name in GATED[:4]
    ]


def test_a_run_that_is_better_passes() -> None:
    verdict = judge(answered(40, lost=20), answered(40))
    assert verdict.passes
    assert [row for row in verdict.comparison.rows if row.adjusted < ALPHA]


def test_a_drop_must_be_significant() -> None:
    """Four of thirty may be chance, though it is more than an eighth."""
    before, after = answered(30), answered(30, lost=4)
    verdict = judge(before, after)
    assert max(row.drop for row in verdict.comparison.rows) == pytest.approx(4 / 30)
    assert verdict.passes
    assert not judge(before, after, alpha=0.6).passes


def test_a_significant_drop_must_be_larger_than_the_margin() -> None:
    before, after = answered(1000), answered(1000, lost=20)
    verdict = judge(before, after)
    assert [row for row in verdict.comparison.rows if row.adjusted < ALPHA]
    assert {row.drop for row in verdict.comparison.rows} == {0.02}
    assert verdict.passes
    assert not judge(before, after, margin=0.019).passes
    assert judge(before, after, margin=0.019, alpha=1e-9).passes


def test_a_slice_that_fell_is_not_hidden_by_the_others() -> None:
    """What the whole gains, one part may lose."""

    def both(lost: str) -> Run:
        return run(
            [
                (wrong if part == lost else result)(id=name, group=name, part=part)
                for part in ("甲", "乙")
                for name in (f"{part}-{n}" for n in range(30))
            ]
        )

    verdict = judge(both("甲"), both("乙"))
    assert {(row.dimension, row.name) for row in verdict.failed} == {("part", "乙")}


def test_what_is_no_longer_refused_fails() -> None:
    names = [f"no-{n}" for n in range(30)]
    before = run([refused(id=name, group=name) for name in names])
    bad = dict.fromkeys(REFUSED, 0.0)
    after = run([replace(one, status="answered", scores=bad) for one in before.results])
    assert {row.score for row in judge(before, after).failed} == {"right", "refused_rightly"}


def test_what_is_not_asked_does_not_pass() -> None:
    with pytest.raises(RunsDiffer, match=r"5 of 30 questions of the baseline .* make the baseline"):
        judge(answered(30), answered(25))
    with pytest.raises(RunsDiffer):
        judge(answered(30), run([result(id="other")]))
    assert judge(answered(25), answered(30)).passes, "new questions are no fault"


def test_too_few_to_be_tested_do_not_pass() -> None:
    with pytest.raises(RunsDiffer, match="no slice has 6 questions"):
        judge(answered(5), answered(5))
    assert judge(answered(6), answered(6)).passes


@pytest.fixture(scope="module")
def gold() -> Gold:
    """Two of three pairs of the held-out questions that the plan answers."""
    whole = read_all(bundled(), "test")
    asked = [one for one in whole.questions if isinstance(one, Question)]
    own = tuple(one for n, one in enumerate(asked) if n % 6 < 4)
    return Gold(own, (), whole.files)


@pytest.fixture(scope="module")
def baseline(
    plan_assistant: Assistant, gold: Gold, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    return asked(plan_assistant, gold, tmp_path_factory.mktemp("baseline"))


def asked(assistant: Assistant, gold: Gold, out: Path) -> Run:
    """A run without its reports, which are not judged."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(report, "reports", lambda run: {})
        return ask_all(InProcess(assistant), gold, out)


def failed(verdict: Verdict, score: str) -> Sequence[str]:
    """The names of the slices that fell by score."""
    assert verdict.lines()[0].startswith("fail: ")
    return [row.name for row in verdict.failed if row.score == score]


@pytest.mark.plan
def test_the_same_index_passes(
    baseline: Run, plan_assistant: Assistant, gold: Gold, tmp_path: Path
) -> None:
    verdict = judge(baseline, asked(plan_assistant, gold, tmp_path))
    assert len(verdict.comparison.pairs) == len(gold.questions)
    assert {row.difference.mean for row in verdict.comparison.rows} == {0.0}
    assert verdict.passes


@pytest.mark.plan
def test_a_broken_tokeniser_fails(
    baseline: Run, plan_assistant: Assistant, gold: Gold, tmp_path: Path
) -> None:
    """It finds no word in any question. Vectors are what they were, and hide much of it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Words, "__call__", lambda self, text: [])
        broken = Assistant(Searcher(plan_assistant.index, plan_assistant.searcher.encoder))
        verdict = judge(baseline, asked(broken, gold, tmp_path))
    assert not verdict.passes
    assert "all" in failed(verdict, "right")


@pytest.mark.plan
def test_a_truncated_index_fails(
    baseline: Run, plan_assistant: Assistant, gold: Gold, tmp_path: Path
) -> None:
    whole, encoder = plan_assistant.index, plan_assistant.searcher.encoder
    (plan,) = whole.documents
    cut = replace(plan, passages=plan.passages[: len(plan.passages) * 3 // 4])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WordTable, "of_jieba", classmethod(lambda cls: whole.words))
        index = build(
            [cut], encoder, whole, calibration=whole.calibration, suggestions=whole.suggestions
        )
    verdict = judge(baseline, asked(Assistant(Searcher(index, encoder)), gold, tmp_path))
    assert not verdict.passes
    assert "all" in failed(verdict, "success@1")
