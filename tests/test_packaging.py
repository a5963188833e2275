"""The wheel carries the plan and the encoder, and works from any directory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, laid out as an installation would lay it out."""
    folder: Path = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "-w",
            str(folder),
            str(ROOT),
        ],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("planqa-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_what_is_served_and_no_tests(unpacked: Path) -> None:
    for name in (
        "corpus/plans/wuchang-14fyp/plan.txt",
        "corpus/plans/wuchang-14fyp/plan.toml",
        "index/models/e5-small-zh-en/onnx/model.onnx",
        "index/models/e5-small-zh-en/LICENSE",
        "index/models/products.onnx",
        "eval/gold/dev.jsonl",
        "eval/baseline/results.jsonl",
        "eval/runs/report.html.j2",
    ):
        assert (unpacked / name).is_file(), name
    assert not (unpacked / "tests").exists()


@pytest.mark.plan
def test_the_wheel_works_from_another_directory(
    unpacked: Path, plan_index: Path, tmp_path: Path
) -> None:
    def planqa(*words: str) -> str:
        result = subprocess.run(
            [sys.executable, "-m", "eval.cli", *words],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(unpacked), "PLANQA_INDEX_DIR": str(plan_index)},
            capture_output=True,
            text=True,
            check=True,
        )
        return result.stdout

    where = subprocess.run(
        [sys.executable, "-c", "import index; print(index.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.strip() == str(unpacked / "index" / "__init__.py")
    assert "143 passages" in planqa("build")
    assert planqa("ask", "金融业增加值目标是多少").startswith("突破560亿元\n")
