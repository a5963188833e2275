"""Imports point one way, and starting imports nothing heavy."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LAYERS = ["corpus", "index", "assistant", "eval"]


def imported(source: str) -> set[str]:
    """The top-level packages that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def upward(layer: str, source: str) -> set[str]:
    """Layers above layer that source imports."""
    return imported(source) & set(LAYERS[LAYERS.index(layer) + 1 :])


def test_the_check_sees_an_upward_import() -> None:
    assert upward("corpus", "def f():\n    from index.search import Searcher") == {"index"}
    assert upward("index", "import assistant.cli") == {"assistant"}
    assert upward("eval", "import corpus, index") == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_imports_point_one_way(layer: str) -> None:
    files = {path: path.read_text("utf-8") for path in (ROOT / layer).rglob("*.py")}
    assert files
    assert {
        str(path): found for path, text in files.items() if (found := upward(layer, text))
    } == {}


def loaded(code: str, cwd: Path = ROOT) -> set[str]:
    """Top-level modules in sys.modules after code has run in a new interpreter."""
    script = f"{code}\nimport sys; print('\\n'.join(sorted(sys.modules)))"
    result = subprocess.run(
        [sys.executable, "-c", script], cwd=cwd, capture_output=True, text=True, check=True
    )
    return {name.split(".")[0] for name in result.stdout.splitlines()}


@pytest.mark.parametrize("module", ["assistant.cli", "assistant.api.app", "eval.retrieval"])
def test_importing_loads_no_model_runtime(module: str) -> None:
    heavy = {"torch", "sentence_transformers", "onnxruntime", "faiss", "jieba", "rank_bm25"}
    assert loaded(f"import {module}") & heavy == set()


def test_the_command_line_starts_light() -> None:
    heavy = {"numpy", "fastapi", "pydantic", "uvicorn", "rich.progress"}
    assert loaded("import assistant.cli") & heavy == set()
    assert loaded("import eval.cli") & (heavy | {"scipy", "matplotlib", "httpx"}) == set()


@pytest.mark.plan
def test_no_torch_while_serving(plan_index: Path) -> None:
    code = f"""
from pathlib import Path
from fastapi.testclient import TestClient
from assistant.api.app import create_app
from assistant.settings import Settings
with TestClient(create_app(Settings(index_dir=Path({str(plan_index)!r})))) as client:
    for question in ("金融业增加值目标是多少", "How much green space per person?"):
        assert client.post("/v1/ask", json={{"question": question}}).json()["answer"]["short"]
"""
    found = loaded(code)
    assert "onnxruntime" in found
    assert found & {"torch", "sentence_transformers", "transformers", "rank_bm25"} == set()
