"""What the documents say is so: commands run, outputs are what they print, settings are listed."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from eval import answers, directions, retrieval, variants
from eval.questions import development, load
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
        [sys.executable, "-m", "assistant.cli", *shlex.split(command)[1:]],
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


@pytest.mark.plan
def test_the_published_tables_are_current(plan_assistant: Assistant) -> None:
    """What `make eval` prints stands in the README, word for word."""
    questions = load(development())
    tables = {
        "retrieval": retrieval.table(
            list(retrieval.judge(plan_assistant, questions)), plan_assistant.searcher.tiebreak
        ),
        "directions": directions.table(
            plan_assistant.index, plan_assistant.searcher.encoder, questions
        ),
        "variants": variants.table(plan_assistant, questions),
        "answers": answers.summary([answers.Split.of(plan_assistant, n) for n in ("dev", "test")]),
    }
    for name in READMES:
        text = (ROOT / name).read_text("utf-8")
        said = dict(re.findall(r"<!-- eval\.(\w+) -->\n(.*?)\n<!-- end -->", text, re.DOTALL))
        assert said == tables


@pytest.mark.parametrize(
    "name", ["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/architecture.md"]
)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert links
    for link in links:
        assert ((ROOT / name).parent / link).exists(), link
