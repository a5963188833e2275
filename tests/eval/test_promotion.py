"""planqa build --promote and rollback: a worse index is held back, and what was done is told."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from assistant import operation
from corpus.records import Document
from eval.cli import app
from eval.runs import gate
from index import store
from index.build import build
from index.records import Index
from index.store import LOG, current
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

CROPS = [*"茶稻麦粟豆麻棉蔗桃橘枣瓜梨茄藕姜"]
WORDS = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
TEXTS = {str(n): [f"到2025年，{crop}产量达到{n}万吨。"] for n, crop in enumerate(CROPS, start=1)}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A question for each of CROPS."""
    folder = tmp_path / "gold"
    folder.mkdir()
    lines = [
        {
            "id": f"crop-{n}",
            "lang": "zh",
            "question": f"{crop}产量达到多少万吨？",
            "type": "value",
            "section": str(n),
            "answers": [[f"{n}万吨"]],
            "short": [[f"{n}万吨"]],
            "evidence": [TEXTS[str(n)][0]],
        }
        for n, crop in enumerate(CROPS, start=1)
    ]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "dev.jsonl").write_text(text, "utf-8")
    return folder


def whole() -> Document:
    return document("crops", TEXTS)


def cut(passages: int) -> Document:
    """The same plan, of which the index holds the first passages alone."""
    every = whole()
    return Document(
        every.manifest, every.source, every.sections, every.leaves, every.passages[:passages], ()
    )


def made(found: Document) -> Index:
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, WORDS)
        return build([found], HashEncoder())


@pytest.fixture
def planqa(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Document, list[str]], Result]:
    """Runs a command where an index of a document is what there is to build."""
    monkeypatch.chdir(tmp_path)

    def run(found: Document, words: list[str]) -> Result:
        monkeypatch.setattr(operation, "made", lambda *_: (made(found), HashEncoder()))
        return CliRunner().invoke(app, words)

    return run


ROOT = Path("var/index")


def log() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / LOG).read_text("utf-8").splitlines()]


def test_the_first_index_has_nothing_to_be_held_against(planqa: Any, gold: Path) -> None:
    result = planqa(whole(), ["build", "--promote", "--gold", str(gold)])
    assert result.exit_code == 0, result.output
    assert "no index in use" in result.stderr
    (line,) = log()
    assert (line["action"], line["before"]) == ("promoted", None)
    assert line["after"] == f"sha256:{current(ROOT)}"


def test_an_equal_index_passes(planqa: Any, gold: Path) -> None:
    planqa(whole(), ["build"])
    result = planqa(whole(), ["build", "--promote", "--gold", str(gold)])
    assert result.exit_code == 0, result.output
    assert "pass: " in result.stderr
    assert [line["action"] for line in log()] == ["published", "promoted"]
    assert log()[-1]["verdict"][0].startswith("pass: ")
    (kept,) = Path("var/runs").iterdir()
    assert {path.name for path in kept.iterdir()} == {"before", "after"}
    assert (kept / "after" / "report.html").exists()


def test_a_truncated_index_is_held_back(planqa: Any, gold: Path) -> None:
    planqa(whole(), ["build"])
    before = current(ROOT)
    result = planqa(cut(4), ["build", "--promote", "--gold", str(gold)])
    assert result.exit_code == 1, result.output
    assert "fail: " in result.stderr
    assert "all all: Success@1 " in result.stderr
    assert "all all: short right 1.000 → 0.250 " in result.stderr
    assert result.stderr.splitlines()[-1] == "planqa: the index in use stays in use"
    assert current(ROOT) == before
    assert [path.name for path in ROOT.glob("index-*")] == [f"index-{before[:16]}"]
    assert not list(ROOT.glob(".building-*"))
    line = log()[-1]
    assert (line["action"], line["before"]) == ("refused", f"sha256:{before}")
    assert line["after"] != line["before"]


def test_without_promote_nothing_is_asked(planqa: Any) -> None:
    planqa(whole(), ["build"])
    before = current(ROOT)
    assert planqa(cut(4), ["build"]).exit_code == 0
    assert current(ROOT) != before
    assert not Path("var/runs").exists()


def test_a_run_kept_earlier_can_be_the_baseline(planqa: Any, gold: Path) -> None:
    planqa(whole(), ["build"])
    planqa(whole(), ["build", "--promote", "--gold", str(gold)])
    (kept,) = Path("var/runs").iterdir()
    planqa(cut(4), ["build"])
    words = ["build", "--promote", "--gold", str(gold), "--baseline", str(kept / "after")]
    assert planqa(cut(4), words).exit_code == 1
    result = planqa(whole(), words)
    assert result.exit_code == 0, result.output


def test_rollback_goes_back_and_forth(planqa: Any) -> None:
    planqa(whole(), ["build"])
    first = current(ROOT)
    planqa(cut(4), ["build"])
    second = current(ROOT)
    result = planqa(whole(), ["rollback", "--json"])
    assert json.loads(result.stdout)["index"] == f"sha256:{first}"
    assert current(ROOT) == first
    assert log()[-1]["action"] == "rolled back"
    assert (log()[-1]["before"], log()[-1]["after"]) == (f"sha256:{second}", f"sha256:{first}")
    assert planqa(whole(), ["rollback"]).exit_code == 0
    assert current(ROOT) == second
    assert store.load(ROOT).digest == f"sha256:{second}"


def test_nothing_to_go_back_to(planqa: Any) -> None:
    result = planqa(whole(), ["rollback"])
    assert result.exit_code == 1
    assert "no index there" in result.stderr
    planqa(whole(), ["build"])
    result = planqa(whole(), ["rollback"])
    assert result.exit_code == 1
    assert "no index before the one in use" in result.stderr


def test_gold_of_another_plan_promotes_nothing(planqa: Any, tmp_path: Path, gold: Path) -> None:
    planqa(whole(), ["build"])
    before = current(ROOT)
    other = document("boats", {"1": ["码头泊位达到12个。"]})
    result = planqa(other, ["build", "--promote", "--gold", str(gold)])
    assert result.exit_code == 1
    assert "crop-1" in result.stderr
    assert result.stderr.count("\n") == 1
    assert current(ROOT) == before
    assert log()[-1]["action"] == "refused"
    assert "crop-1" in log()[-1]["verdict"][0]


def test_too_few_questions_promote_nothing(planqa: Any, gold: Path) -> None:
    planqa(whole(), ["build"])
    before = current(ROOT)
    path = gold / "dev.jsonl"
    path.write_text("\n".join(path.read_text("utf-8").split("\n")[:3]), "utf-8")
    result = planqa(cut(4), ["build", "--promote", "--gold", str(gold)])
    assert result.exit_code == 1
    assert "no slice has 6 questions" in result.stderr
    assert current(ROOT) == before


def test_an_index_that_became_current_meanwhile_is_not_replaced(
    planqa: Any, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planqa(whole(), ["build"])
    judge = gate.judge

    def meanwhile(*words: Any) -> Any:
        store.publish(made(cut(15)), ROOT)
        return judge(*words)

    monkeypatch.setattr(gate, "judge", meanwhile)
    result = planqa(whole(), ["build", "--promote", "--gold", str(gold)])
    assert result.exit_code == 1
    assert "judge it again" in result.stderr
    assert store.load(ROOT).digest == store.publish(made(cut(15)), ROOT).digest


def test_another_encoder_is_asked_with_the_one_that_it_was_made_with(
    planqa: Any, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planqa(whole(), ["build"])
    other = HashEncoder(name="other", digest="sha256:" + "1" * 64)
    monkeypatch.setattr("index.encoder.load_encoder", lambda name, threads: HashEncoder())
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, WORDS)
        index = build([whole()], other)
    words = ["build", "--promote", "--gold", str(gold)]
    monkeypatch.setattr(operation, "made", lambda *_: (index, other))
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    assert store.load(ROOT).encoder.name == "other"
    monkeypatch.setattr("index.encoder.load_encoder", lambda name, threads: HashEncoder(name="x"))
    result = planqa(whole(), words)
    assert result.exit_code == 1
    assert "encoder other" in result.stderr
    assert "--baseline" in result.stderr


@pytest.mark.parametrize("words", [["--gold", "gold"], ["--baseline", "run"]])
def test_what_belongs_to_promote_is_refused_without_it(planqa: Any, words: list[str]) -> None:
    result = planqa(whole(), ["build", *words])
    assert result.exit_code == 2
    assert "--promote" in result.stderr


def test_a_missing_baseline_is_one_line(planqa: Any, gold: Path) -> None:
    planqa(whole(), ["build"])
    words = ["build", "--promote", "--gold", str(gold), "--baseline", "nowhere"]
    result = planqa(whole(), words)
    assert result.exit_code == 1
    assert result.stderr == "planqa: nowhere: there is no run (no manifest.json)\n"
