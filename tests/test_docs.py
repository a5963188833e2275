"""What the documents say is so: commands run, outputs are what they print, settings are listed."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from eval import ablation, directions, variants
from eval.goldset import bundled, read_all
from eval.published import filled
from eval.questions import Question, development, load
from eval.runs import folder, score
from eval.runs.score import Plans
from eval.runs.targets import InProcess
from tests.conftest import ROOT

READMES = ["README.md", "README.zh.md"]


def commands(text: str) -> list[tuple[str, str]]:
    """(command, what it is said to print) of each `$ …` in console blocks."""
    found = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def every(prefix: str) -> list[tuple[str, str]]:
    texts = [(ROOT / name).read_text("utf-8") for name in READMES]
    return list(
        dict.fromkeys(
            pair for text in texts for pair in commands(text) if pair[0].startswith(prefix)
        )
    )


def test_every_command_is_of_a_kind_that_is_run() -> None:
    for command, _ in every(""):
        assert command.startswith(("planqa ", "curl "))
    assert every("planqa ")
    assert every("curl ")


@pytest.mark.plan
@pytest.mark.parametrize(("command", "output"), every("planqa "))
def test_commands_print_what_is_said(
    command: str, output: str, plan_index: Path, tmp_path: Path
) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "eval.cli", *shlex.split(command)[1:]],
        cwd=tmp_path,
        env={**os.environ, "PLANQA_INDEX_DIR": str(plan_index), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip()
    if output:
        assert result.stdout == output


@pytest.mark.plan
@pytest.mark.parametrize(("command", "output"), every("curl "))
def test_requests_get_what_is_said(command: str, output: str, client: TestClient) -> None:
    words = shlex.split(command)
    body = client.post("/v1/ask", json=json.loads(words[words.index("-d") + 1])).json()
    assert body["status"] == "answered"
    if output:
        said = json.loads(output.replace(",\n  ...", ""))
        assert said == {name: body[name] for name in said}


@pytest.mark.parametrize("name", READMES)
def test_every_setting_is_documented(name: str) -> None:
    rows = re.findall(r"^\| `(PLANQA_\w+)` \|", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    assert rows == [f"PLANQA_{field.upper()}" for field in Settings.model_fields]


BASELINE = ROOT / "eval" / "baseline"


@pytest.mark.parametrize("name", READMES)
def test_the_published_run_is_the_committed_one(name: str) -> None:
    """`planqa eval publish eval/baseline README.md README.zh.md` would change nothing."""
    text = (ROOT / name).read_text("utf-8")
    assert filled(text, folder.load(BASELINE)) == text


@pytest.mark.plan
def test_the_committed_run_is_what_would_be_got_now(plan_assistant: Assistant) -> None:
    """Of the same index and gold; and every fifteenth question gets what it got."""
    kept = folder.load(BASELINE)
    gold = read_all(bundled())
    assert kept.manifest.index == plan_assistant.index.digest
    assert kept.manifest.gold == gold.files
    target = InProcess(plan_assistant)
    plans = Plans(target.documents, target.passages())
    results = {result.id: result for result in kept.results}
    for one in gold.questions[::15]:
        asked = target.ask(one.question, one.lang, kept.manifest.depth)
        before = results[one.id]
        again = score.result(one, asked, plans, group=before.group)
        assert replace(again, took_ms=before.took_ms) == before, one.id


@pytest.mark.plan
def test_the_published_tables_are_current(plan_assistant: Assistant) -> None:
    """What `make eval` prints stands in the README, word for word; of the slow ones some rows."""
    questions = load(development())
    gold = [one for one in read_all(bundled()).questions if isinstance(one, Question)]
    searcher = plan_assistant.searcher
    tables = {
        "ablation": ablation.table(searcher, gold),
        "directions": directions.table(searcher.index, searcher.encoder, questions, ["Chinese"]),
        "variants": variants.table(plan_assistant, questions, ["a slip"]),
    }
    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        said = dict(re.findall(r"<!-- eval\.(\w+) -->\n(.*?)\n<!-- end -->", text, re.DOTALL))
        assert said.keys() == {"run", *tables}
        for table, lines in tables.items():
            assert {*lines.split("\n")} <= {*said[table].split("\n")}, table


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/architecture.md"]
)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links
    for link in links:
        assert ((ROOT / name).parent / link).exists(), link
