"""Runs on a plan of a few sentences: made twice, interrupted, gone on with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from assistant.records import Exchange
from eval.errors import IndexDiffers, IndexStale, RunError, RunExists, RunIncomplete
from eval.goldset import Gold, read_all
from eval.questions import Question
from eval.runs import report
from eval.runs.folder import BEGUN, KEPT, MANIFEST, RESULTS, load
from eval.runs.records import Result, Run
from eval.runs.run import DEPTH, run
from eval.runs.targets import InProcess
from tests.eval.tiny import GOLD, Heard, assistant, gold_folder, other

WARMED = 2
"""Questions that are asked before a run, one in each language."""
COUNT = 11


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Gold:
    return read_all(gold_folder(tmp_path_factory.mktemp("gold")))


@pytest.fixture(autouse=True)
def quick_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page with its plots takes longer than all the rest."""
    monkeypatch.setattr(report, "html", lambda run: f"<p>{len(run.results)}</p>")


@pytest.fixture(scope="module")
def whole(gold: Gold, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run that nothing interrupted."""
    return run(Heard(), gold, tmp_path_factory.mktemp("run") / "whole")


def untimed(made: Run) -> list[dict[str, Any]]:
    return [asdict(replace(result, took_ms=0.0)) for result in made.results]


def stop_after(n: int) -> Callable[[int, int], None]:
    def progress(done: int, _: int) -> None:
        if done >= n:
            raise KeyboardInterrupt

    return progress


def interrupted(gold: Gold, out: Path, after: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(Heard(), gold, out, progress=stop_after(after))


def test_a_run_made_twice_is_the_same_but_for_the_time(
    whole: Run, gold: Gold, tmp_path: Path
) -> None:
    again = run(Heard(), gold, tmp_path)
    assert untimed(again) == untimed(whole)
    now, before = asdict(again.manifest), asdict(whole.manifest)
    for name in ("created", "seconds"):
        del now[name], before[name]
    for name in (RESULTS, "report.md", "report.html"):
        del now["files"][name], before["files"][name]
    assert now == before
    assert sorted(now["files"]) == ["qrels.trec", "run.trec"]


def test_what_a_run_was_made_with(whole: Run, gold: Gold) -> None:
    made = whole.manifest
    assert (made.target, made.index, made.encoder) == (
        "in process",
        assistant().index.digest,
        "hash",
    )
    assert made.depth == DEPTH
    assert made.documents == {"made": assistant().index.documents[0].manifest.sha256}
    assert made.gold == gold.files
    assert sorted(made.gold) == sorted(f"{name}.jsonl" for name in GOLD)
    assert made.seconds == pytest.approx(sum(one.took_ms for one in whole.results) / 1e3, abs=0.01)
    assert made.versions.keys() >= {"python", "numpy"}
    assert made.machine.keys() >= {"system", "cores"}


def test_every_question_has_its_result_in_order(whole: Run, gold: Gold) -> None:
    turns = [f"talk-1-zh:{n}" for n in (1, 2, 3)]
    assert [one.id for one in whole.results] == [*(one.id for one in gold.questions), *turns]
    found = {one.id: one for one in whole.results}
    assert len(found) == COUNT
    assert {one.group for one in whole.results if one.id.startswith("dev-1")} == {"dev-1"}
    assert {found[name].group for name in turns} == {"talk-1"}
    assert [one.id for one in whole.results if one.is_turn] == turns
    assert found["talk-1-zh:3"].kind == "near_miss"
    assert found["talk-1-zh:3"].type == "value"
    assert found["talk-1-zh:2"].scores["right"] == 1.0
    assert found["test-1-zh"].split == "test"
    assert found["dev-1-en"].direction == "en→zh"
    assert found["no-1-zh"].scores == {"right": 1.0, "refused_rightly": 1.0}
    assert found["dev-4-zh"].relevant == ()
    assert "rr@10" not in found["dev-4-zh"].scores


def test_each_turn_is_asked_with_those_before_it(gold: Gold, tmp_path: Path) -> None:
    target = Heard()
    made = run(target, gold, tmp_path, depth=3)
    assert {depth for _, _, depth, _ in target.asked} == {3}
    assert max(len(one.ranking) for one in made.results) == 3
    first, second, third = target.asked[-3:]
    texts = [one.text for one in made.results[-3:]]
    assert first[3] == ()
    assert second[3] == (Exchange(first[0], texts[0] or ""),)
    assert third[3] == (*second[3], Exchange(second[0], texts[1] or ""))
    assert [before for _, _, _, before in target.asked[:-3]] == [()] * (COUNT - 3 + WARMED)


def test_the_trec_files_give_the_same_scores(gold: Gold, tmp_path: Path) -> None:
    import pytrec_eval

    made = run(Heard(), gold, tmp_path)
    qrels: dict[str, dict[str, int]] = {}
    rankings: dict[str, dict[str, float]] = {}
    for line in (tmp_path / "qrels.trec").read_text("utf-8").splitlines():
        name, _, passage, grade = line.split()
        qrels.setdefault(name, {})[passage] = int(grade)
    for line in (tmp_path / "run.trec").read_text("utf-8").splitlines():
        name, _, passage, _, score, _ = line.split()
        rankings.setdefault(name, {})[passage] = float(score)
    measures = {"success.1,3,5", "recall.5,10", "recip_rank", "ndcg_cut.10"}
    found = pytrec_eval.RelevanceEvaluator(qrels, measures).evaluate(rankings)
    names = {
        "success@1": "success_1",
        "success@3": "success_3",
        "success@5": "success_5",
        "recall@5": "recall_5",
        "recall@10": "recall_10",
        "rr@10": "recip_rank",
        "ndcg@10": "ndcg_cut_10",
    }
    ranked = [one for one in made.results if one.relevant]
    assert len(ranked) == len(found) == 7
    for one in ranked:
        assert {name: one.scores[name] for name in names} == pytest.approx(
            {name: found[one.id][theirs] for name, theirs in names.items()}, abs=1e-9
        )


def test_the_folder_holds_the_run_and_nothing_else(gold: Gold, tmp_path: Path) -> None:
    made = run(Heard(), gold, tmp_path / "deep" / "run")
    held = sorted(one.name for one in (tmp_path / "deep" / "run").iterdir())
    assert held == sorted([MANIFEST, *made.manifest.files])
    for name, digest in made.manifest.files.items():
        found = (tmp_path / "deep" / "run" / name).read_bytes()
        assert sha256(found).hexdigest() == digest
    assert load(tmp_path / "deep" / "run") == made
    assert (tmp_path / "deep" / "run" / "report.md").read_text("utf-8") == report.markdown(made)


@pytest.mark.parametrize("after", [1, 4, COUNT])
def test_an_interrupted_run_is_gone_on_with(
    whole: Run, gold: Gold, tmp_path: Path, after: int
) -> None:
    interrupted(gold, tmp_path, after)
    kept = (tmp_path / KEPT).read_bytes()
    with pytest.raises(RunIncomplete, match="begun and not ended"):
        load(tmp_path)
    target, told = Heard(), list[tuple[int, int]]()
    made = run(target, gold, tmp_path, progress=lambda *now: told.append(now))
    assert untimed(made) == untimed(whole)
    assert len(target.asked) == COUNT - after + WARMED
    assert told[0] == (after, COUNT)
    assert told[-1] == (COUNT, COUNT)
    # What was kept is as it was, to the time that it took.
    assert (tmp_path / RESULTS).read_bytes().startswith(kept)
    assert load(tmp_path) == made
    assert not (tmp_path / BEGUN).exists()
    assert not (tmp_path / KEPT).exists()


@pytest.mark.parametrize("lines", [0, 3, COUNT - 3, COUNT - 2, COUNT - 1])
def test_a_line_that_was_cut_off_is_asked_again(
    whole: Run, gold: Gold, tmp_path: Path, lines: int
) -> None:
    """In a conversation all of it is: a turn is asked with those before it."""
    interrupted(gold, tmp_path, COUNT)
    kept = (tmp_path / KEPT).read_bytes().splitlines(keepends=True)
    assert len(kept) == COUNT
    half = kept[lines][: len(kept[lines]) // 2]
    (tmp_path / KEPT).write_bytes(b"".join(kept[:lines]) + half)
    target = Heard()
    made = run(target, gold, tmp_path)
    assert untimed(made) == untimed(whole)
    assert load(tmp_path) == made
    assert len(target.asked) == COUNT - min(lines, COUNT - 3) + WARMED


def test_a_run_is_not_gone_on_with_on_another_index(gold: Gold, tmp_path: Path) -> None:
    interrupted(gold, tmp_path, 2)
    with pytest.raises(IndexDiffers, match="was begun with index sha256:0"):
        run(InProcess(other()), gold, tmp_path)
    run(Heard(), gold, tmp_path)


def test_nor_with_other_questions_or_another_depth(gold: Gold, tmp_path: Path) -> None:
    interrupted(gold, tmp_path, 2)
    changed = replace(gold, files={"dev.jsonl": "0" * 64})
    with pytest.raises(IndexDiffers, match="was begun with other gold"):
        run(Heard(), changed, tmp_path)
    with pytest.raises(IndexDiffers, match="was begun with depth 10, not 5"):
        run(Heard(), gold, tmp_path, depth=5)


def test_a_run_is_not_written_over(gold: Gold, tmp_path: Path) -> None:
    run(Heard(), gold, tmp_path)
    before = (tmp_path / MANIFEST).read_bytes()
    target = Heard()
    with pytest.raises(RunExists, match="holds a run already"):
        run(target, gold, tmp_path)
    assert (tmp_path / MANIFEST).read_bytes() == before
    assert target.asked == []


def test_nor_is_anything_else(gold: Gold, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(RunExists, match="not empty"):
        run(Heard(), gold, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]
    with pytest.raises(RunError, match="cannot be written to"):
        run(Heard(), gold, tmp_path / "notes.txt")


def test_an_index_that_changes_under_a_run_ends_it(whole: Run, gold: Gold, tmp_path: Path) -> None:
    changed = Heard(later=(WARMED + 4, InProcess(other())))
    with pytest.raises(IndexDiffers, match="became sha256:0"):
        run(changed, gold, tmp_path)
    with pytest.raises(RunIncomplete):
        load(tmp_path)
    target = Heard()
    made = run(target, gold, tmp_path)
    assert untimed(made) == untimed(whole)
    assert len(target.asked) == COUNT - 4 + WARMED


def test_one_that_changes_in_a_conversation_leaves_none_of_it(gold: Gold, tmp_path: Path) -> None:
    changed = Heard(later=(WARMED + COUNT - 1, InProcess(other())))
    with pytest.raises(IndexDiffers):
        run(changed, gold, tmp_path)
    kept = (tmp_path / KEPT).read_text("utf-8").splitlines()
    assert len(kept) == COUNT - 3


def test_questions_about_another_plan_are_not_asked(gold: Gold, tmp_path: Path) -> None:
    *others, last = gold.questions
    assert isinstance(last, Question)
    foreign = replace(last, evidence=("别的规划里的话",))
    target = Heard()
    with pytest.raises(IndexStale, match=last.id):
        run(target, replace(gold, questions=(*others, foreign)), tmp_path / "run")
    assert target.asked == []
    assert not (tmp_path / "run").exists()


def test_results_are_lines_of_json_that_anything_can_read(gold: Gold, tmp_path: Path) -> None:
    made = run(Heard(), gold, tmp_path)
    lines = (tmp_path / RESULTS).read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [one.id for one in made.results]
    first: Result = made.results[0]
    assert json.loads(lines[0])["question"] == first.question
    assert first.question in lines[0]
