"""planqa eval: exit statuses, one clear line for each fault, what is printed."""

from __future__ import annotations

import builtins
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.service import Assistant
from eval.cli import app
from eval.runs import folder, gate
from index.search import Searcher
from tests.doubles import HashEncoder
from tests.eval import tiny

Planqa = Callable[..., Result]


@pytest.fixture
def planqa(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planqa:
    """Runs commands in an empty folder, on the tiny plan."""
    made = tiny.assistant()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("eval.commands.console.assistant", lambda: made)
    monkeypatch.setattr("eval.commands._documents", lambda _: made.index.documents)
    tiny.gold_folder(tmp_path / "gold")
    return lambda *words: CliRunner().invoke(app, ["eval", *words])


def fails(result: Result, status: int, *parts: str) -> None:
    assert result.exit_code == status, result.output
    assert result.stderr.startswith("planqa: ")
    assert result.stderr.count("\n") == 1
    for part in parts:
        assert part in result.stderr


def test_a_run_its_report_and_the_gate(planqa: Planqa) -> None:
    result = planqa("run", "--gold", "gold", "--out", "one")
    assert result.exit_code == 0, result.output
    assert "| direction | questions |" in result.stdout
    assert result.stdout.rstrip().endswith("one/report.md")
    one = folder.load(Path("one"))
    kept = {path.name: path.read_bytes() for path in Path("one").iterdir()}
    for name in ("run.trec", "qrels.trec", "report.html", "report.md"):
        Path("one", name).unlink()
    assert planqa("report", "one").exit_code == 0
    assert {path.name: path.read_bytes() for path in Path("one").iterdir()} == kept
    assert folder.load(Path("one")) == one
    result = planqa("gate", "--baseline", "one", "--run", "one")
    assert (result.exit_code, result.stdout.startswith("pass: ")) == (0, True)
    result = planqa("gate", "--baseline", "one", "--gold", "gold")
    assert (result.exit_code, result.stdout.startswith("pass: ")) == (0, True)
    (made,) = Path("var/runs").iterdir()
    assert made.name.startswith("gate-")


def test_the_gate_ends_with_1_where_it_fails(
    planqa: Planqa, monkeypatch: pytest.MonkeyPatch
) -> None:
    planqa("run", "--gold", "gold", "--out", "one")
    one = folder.load(Path("one"))
    passed = gate.judge(one, one)
    failed = replace(passed, failed=passed.comparison.rows[:1])
    monkeypatch.setattr(gate, "judge", lambda *_: failed)
    result = planqa("gate", "--baseline", "one", "--run", "one")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0].startswith("fail: ")
    assert result.stdout.splitlines()[1].startswith("all all: Success@1 ")


def test_json(planqa: Planqa) -> None:
    result = planqa("run", "--gold", "gold", "--out", "one", "--json")
    told = json.loads(result.stdout)
    assert told["run"] == "one"
    assert told["slices"][0]["dimension"] == "all"
    result = planqa("compare", "one", "one", "--json")
    found = json.loads(result.stdout)
    assert (found["lost"], found["won"], found["left_out"]) == ([], [], 0)


def test_compare_prints_both_sides(planqa: Planqa) -> None:
    planqa("run", "--gold", "gold", "--out", "one")
    result = planqa("compare", "one", "one")
    assert result.stdout.startswith("# Two runs compared\n")
    assert "## Lost: 0" in result.stdout


def test_an_interrupted_run_says_how_to_go_on(
    planqa: Planqa, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    whole = Assistant.ask

    def ask(self: Assistant, *words: Any, **named: Any) -> Any:
        asked.append(words)
        if len(asked) == 5:
            raise KeyboardInterrupt
        return whole(self, *words, **named)

    monkeypatch.setattr(Assistant, "ask", ask)
    fails(planqa("run", "--gold", "gold", "--out", "one"), 1, "planqa eval run --out one")
    fails(planqa("compare", "one", "one"), 1, "begun and not ended", "--out one")
    assert planqa("run", "--gold", "gold", "--out", "one").exit_code == 0
    assert planqa("compare", "one", "one").exit_code == 0


@pytest.mark.parametrize(
    ("words", "status", "parts"),
    [
        (["run", "--split", "train"], 2, ["--split is 'train'"]),
        (["run", "--plans", "gold"], 2, ["--url"]),
        (["run", "--gold", "nowhere"], 1, ["nowhere"]),
        (["run", "--url", "nonsense", "--gold", "gold"], 1, ["nonsense is no address"]),
        (["run", "--url", "http://127.0.0.1:9", "--gold", "gold"], 1, ["does not answer"]),
        (["compare", "nowhere", "nowhere"], 1, ["nowhere: there is no run"]),
        (["report", "nowhere"], 1, ["nowhere: there is no run"]),
        (["gate", "--baseline", "nowhere"], 1, ["nowhere: there is no run"]),
        (["gate", "--run", "one", "--gold", "gold"], 2, ["--run"]),
        (["ablate", "--split", "train"], 2, ["--split is 'train'"]),
        (["publish", "nowhere", "README.md"], 1, ["nowhere: there is no run"]),
        (["check", "--gold", "nowhere"], 1, ["nowhere"]),
    ],
)
def test_bad_input_is_one_line(
    planqa: Planqa, words: list[str], status: int, parts: list[str]
) -> None:
    fails(planqa(*words), status, *parts)


def test_a_malformed_gold_line_is_told_with_all_others(planqa: Planqa) -> None:
    path = Path("gold/dev.jsonl")
    path.write_text(path.read_text("utf-8") + '{"id": "x"}\nnonsense\n', "utf-8")
    for command in ("run", "check"):
        result = planqa(command, "--gold", "gold")
        assert result.exit_code == 1
        assert "field 'question'" in result.stderr
        assert "field 'evidence'" in result.stderr
        assert "not JSON" in result.stderr


def test_a_missing_package_is_one_line(planqa: Planqa, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *words: Any) -> Any:
        if name.partition(".")[0] == "ir_measures":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return whole(name, *words)

    monkeypatch.setattr(builtins, "__import__", without)
    fails(
        planqa("run", "--gold", "gold", "--out", "one"),
        1,
        "ir_measures",
        "pip install 'planqa[eval]'",
    )


def test_ablate_and_publish(planqa: Planqa, monkeypatch: pytest.MonkeyPatch) -> None:
    made = tiny.assistant().searcher
    monkeypatch.setattr("assistant.library.searcher", lambda _: Searcher(made.index, HashEncoder()))
    result = planqa("ablate", "--gold", "gold")
    assert "| hybrid, as served |" in result.stdout
    planqa("run", "--gold", "gold", "--out", "one")
    Path("README.md").write_text("a\n<!-- eval.run -->\nold\n<!-- end -->\nb\n", "utf-8")
    assert planqa("publish", "one", "README.md").exit_code == 0
    assert "| direction |" in Path("README.md").read_text("utf-8")
    assert "old" not in Path("README.md").read_text("utf-8")
    Path("README.md").write_text("no marks", "utf-8")
    fails(planqa("publish", "one", "README.md"), 1, "eval.run")
