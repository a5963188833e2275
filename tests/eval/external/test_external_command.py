"""The command: one set, one clear line for wrong use, Markdown or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from eval.external.command import external
from index.errors import EncoderUnavailable
from tests.doubles import HashEncoder
from tests.eval.external.sets import articles, english, quick, write_beir, write_json

__all__ = ["quick"]
JUDGED = ["--corpus", "set/corpus.jsonl", "--queries", "set/queries.jsonl"]
Run = Callable[..., Result]


@pytest.fixture
def run(quick: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in a folder with each form of the set."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("index.encoder.load_encoder", lambda name, threads: HashEncoder())
    write_json(Path("zh.json"), articles())
    write_json(Path("en.json"), english())
    write_beir(Path("set"))
    app = typer.Typer(rich_markup_mode=None)
    app.command()(external)
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.mark.parametrize(
    ("words", "head"),
    [
        (["--squad", "zh.json"], "zh: zh→zh, 4 questions, 4 passages in 4 pieces, 0 left out"),
        (["--squad", "zh.json", "--questions", "en.json"], "zh + en: en→zh, 3 questions"),
        (["--beir", "set"], "set: zh→zh, 4 questions"),
        (["--beir", "set", "--split", "test", "--limit", "3"], "set: zh→zh, 3 questions, 4 pass"),
        (["--squad", "zh.json", "--passages-lang", "en"], "zh: zh→en, 4 questions"),
        (
            [*JUDGED, "--qrels", "set/qrels/test.tsv"],
            "corpus: zh→zh, 4 questions",
        ),
    ],
)
def test_a_set_is_asked(run: Run, words: list[str], head: str) -> None:
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(head)
    assert re.search(r"^\| hybrid \| [01]\.\d{3} \[", result.stdout, re.MULTILINE)
    assert ("| answered alone" in result.stdout) == ("--squad" in words)
    assert result.stderr == ""


def test_json(run: Run) -> None:
    result = run("--squad", "zh.json", "--limit", "2", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert (found["questions"], found["passages"], found["direction"]) == (2, 4, "zh→zh")
    assert found["retrieval"]["hybrid"]["success@1"]["n"] == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "got none; give one of --squad, --beir, or --corpus with"),
        (["--squad", "zh.json", "--beir", "set"], "got --squad and --beir; give one of"),
        (["--squad", "zh.json", "--qrels", "a"], "got --squad and --qrels; give one of"),
        (
            ["--corpus", "a", "--qrels", "b"],
            "--corpus, --queries and --qrels go together; got none for --queries",
        ),
        (["--beir", "set", "--questions", "en.json"], "got --questions without --squad"),
        (["--squad", "zh.json", "--split", "dev"], "got --split without --beir"),
        (["--beir", "set", "--passages-lang", "fr"], "--passages-lang is 'fr', not one of zh, en"),
    ],
)
def test_wrong_use_is_one_line(run: Run, words: list[str], message: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"planqa: {message}")
    assert result.stderr.count("\n") == 1


def test_bad_data_is_told(run: Run) -> None:
    result = run("--squad", "none.json")
    assert result.exit_code == 1
    assert result.stderr == "planqa: none.json: cannot be read (No such file or directory)\n"


def test_an_encoder_that_cannot_be_loaded(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, threads: int) -> None:
        raise EncoderUnavailable(f"no {name} here")

    monkeypatch.setattr("index.encoder.load_encoder", refuse)
    result = run("--beir", "set", "--encoder", "e5-none")
    assert (result.exit_code, result.stderr) == (1, "planqa: no e5-none here\n")
