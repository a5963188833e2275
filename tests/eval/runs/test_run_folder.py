"""What is in a run's folder is what was put there, or it is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from eval.errors import (
    IndexDiffers,
    RunDamaged,
    RunError,
    RunExists,
    RunIncomplete,
    RunMissing,
)
from eval.runs.folder import (
    BEGUN,
    KEPT,
    MANIFEST,
    RESULTS,
    begin,
    load,
    trec_qrels,
    trec_run,
)
from eval.runs.records import FORMAT, Run
from tests.eval.runs.made import refused, result
from tests.eval.runs.made import run as made

RESULTS_MADE = (
    result(),
    result(id="dev-002", group="dev-002", short=None, text="甲\u2028乙\r\n“|”", confidence=None),
    refused(),
)
DRAFT = made(RESULTS_MADE)


def write(path: Path) -> Run:
    """A run of RESULTS_MADE in path, with two reports."""
    draft = begin(path, DRAFT.manifest)
    with (path / KEPT).open("a", encoding="utf-8") as out:
        for one in RESULTS_MADE:
            draft.keep([one], out)
    ids = [one.id for one in RESULTS_MADE]
    return draft.end(ids, lambda run: {"report.md": f"{len(run.results)} 题\n", "report.html": ""})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "run")
    return tmp_path / "run"


def alter(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change a run's manifest."""
    fields = json.loads((folder / MANIFEST).read_text("utf-8"))
    change(fields)
    (folder / MANIFEST).write_text(json.dumps(fields), "utf-8")


def test_a_run_is_read_as_it_was_written(tmp_path: Path) -> None:
    ended = write(tmp_path)
    found = load(tmp_path)
    assert found == ended
    assert found.results == RESULTS_MADE
    assert found.manifest == replace(
        DRAFT.manifest, files=found.manifest.files, seconds=found.manifest.seconds
    )
    assert found.manifest.seconds == 0.06
    assert (tmp_path / "report.md").read_text("utf-8") == "3 题\n"
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(
        [MANIFEST, RESULTS, "run.trec", "qrels.trec", "report.md", "report.html"]
    )


def test_results_are_in_the_order_of_the_questions(tmp_path: Path) -> None:
    draft = begin(tmp_path, DRAFT.manifest)
    with (tmp_path / KEPT).open("a", encoding="utf-8") as out:
        draft.keep(RESULTS_MADE, out)
    ids = [one.id for one in reversed(RESULTS_MADE)]
    draft.end(ids, lambda _: {})
    assert load(tmp_path).results == RESULTS_MADE[::-1]


def test_there_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for path in (tmp_path, tmp_path / "none", tmp_path / "file"):
        with pytest.raises(RunMissing, match=f"{path.name}: there is no run"):
            load(path)


def test_a_run_that_has_not_ended_is_none(tmp_path: Path) -> None:
    begin(tmp_path, DRAFT.manifest)
    with pytest.raises(RunIncomplete, match=f"planqa eval run --out {tmp_path}"):
        load(tmp_path)


def test_every_byte_of_the_results_is_what_the_manifest_says(folder: Path) -> None:
    path = folder / RESULTS
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(RunDamaged, match=r"sha256 [0-9a-f]{12}…, expected [0-9a-f]+…"):
        load(folder)


@pytest.mark.parametrize("name", ["run.trec", "qrels.trec", "report.md", "report.html"])
def test_what_can_be_made_again_may_be_changed(folder: Path, name: str) -> None:
    (folder / name).write_text("changed", "utf-8")
    assert load(folder).results == RESULTS_MADE


def test_what_can_be_made_again_may_be_missing(folder: Path) -> None:
    for name in ("run.trec", "qrels.trec", "report.md", "report.html"):
        (folder / name).unlink()
    assert load(folder).results == RESULTS_MADE


def test_results_may_not(folder: Path) -> None:
    (folder / RESULTS).unlink()
    with pytest.raises(RunDamaged, match=f"{RESULTS}: cannot be read"):
        load(folder)
    alter(folder, lambda fields: fields["files"].pop(RESULTS))
    with pytest.raises(RunDamaged, match=f"has no {RESULTS}"):
        load(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "\xff"])
def test_a_manifest_that_is_none(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_bytes(text.encode("latin-1"))
    with pytest.raises(RunDamaged, match=MANIFEST):
        load(folder)


def test_a_manifest_of_another_form(folder: Path) -> None:
    alter(folder, lambda fields: fields.update(surprise=1))
    with pytest.raises(RunDamaged, match="surprise"):
        load(folder)


def test_another_format_is_refused(folder: Path) -> None:
    alter(folder, lambda fields: fields.update(format=FORMAT + 1))
    with pytest.raises(RunDamaged, match=f"format {FORMAT + 1}, expected {FORMAT}"):
        load(folder)


@pytest.mark.parametrize(
    "change", [lambda fields: fields.pop("group"), lambda fields: fields.update(kind="odd")]
)
def test_a_result_of_another_form(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    lines = (folder / RESULTS).read_text("utf-8").split("\n")
    fields = json.loads(lines[0])
    change(fields)
    told = "\n".join([json.dumps(fields), *lines[1:]]).encode()
    (folder / RESULTS).write_bytes(told)
    digest = sha256(told).hexdigest()
    alter(folder, lambda fields: fields["files"].update({RESULTS: digest}))
    with pytest.raises(RunDamaged, match=rf"{RESULTS}: (group|kind): "):
        load(folder)


def test_what_was_kept_is_there_when_it_is_begun_again(tmp_path: Path) -> None:
    first = begin(tmp_path, DRAFT.manifest)
    with (tmp_path / KEPT).open("a", encoding="utf-8") as out:
        first.keep(RESULTS_MADE[:2], out)
        # On the disk at once, for the process may be killed.
        later = replace(DRAFT.manifest, created="2025-12-31T00:00:00+00:00")
        again = begin(tmp_path, later)
    assert again.done == first.done == {one.id: one for one in RESULTS_MADE[:2]}
    assert again.manifest == DRAFT.manifest


@pytest.mark.parametrize(
    "change",
    [
        {"target": "http://localhost"},
        {"index": "sha256:other"},
        {"encoder": "other"},
        {"version": "9"},
        {"depth": 3},
        {"gold": {}},
    ],
)
def test_it_is_not_gone_on_with_by_another(tmp_path: Path, change: dict[str, Any]) -> None:
    begin(tmp_path, DRAFT.manifest)
    with pytest.raises(IndexDiffers, match=f"was begun with (other )?{next(iter(change))}"):
        begin(tmp_path, replace(DRAFT.manifest, **change))


def test_what_was_begun_may_be_damaged(tmp_path: Path) -> None:
    begin(tmp_path, DRAFT.manifest)
    (tmp_path / KEPT).write_text('{"id": 1}\n', "utf-8")
    with pytest.raises(RunDamaged, match=KEPT):
        begin(tmp_path, DRAFT.manifest)
    (tmp_path / BEGUN).write_text("{}", "utf-8")
    with pytest.raises(RunDamaged, match=BEGUN):
        begin(tmp_path, DRAFT.manifest)


def test_a_folder_in_use_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RunExists, match="holds a run already"):
        begin(folder, DRAFT.manifest)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes").write_text("", "utf-8")
    with pytest.raises(RunExists, match="not empty"):
        begin(tmp_path / "mine", DRAFT.manifest)


def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(RunError, match="file: cannot be written to"):
        begin(tmp_path / "file", DRAFT.manifest)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(RunError, match="No space left"):
        begin(tmp_path / "new", DRAFT.manifest)


def test_the_manifest_is_written_last(tmp_path: Path) -> None:
    """A report that cannot be made leaves a run that can be gone on with."""
    draft = begin(tmp_path, DRAFT.manifest)
    with (tmp_path / KEPT).open("a", encoding="utf-8") as out:
        draft.keep(RESULTS_MADE, out)

    def fail(_: Run) -> dict[str, str]:
        assert not (tmp_path / MANIFEST).exists()
        raise ModuleNotFoundError("No module named 'jinja2'")

    ids = [one.id for one in RESULTS_MADE]
    with pytest.raises(ModuleNotFoundError):
        draft.end(ids, fail)
    with pytest.raises(RunIncomplete):
        load(tmp_path)
    again = begin(tmp_path, DRAFT.manifest)
    assert again.end(ids, lambda _: {}) == load(tmp_path)


def test_trec_files() -> None:
    assert trec_run(RESULTS_MADE[:1]) == (
        "dev-001 Q0 plan/1#1 1 1.000000 planqa\n"
        "dev-001 Q0 plan/1#2 2 0.500000 planqa\n"
        "dev-001 Q0 plan/2#1 3 0.333333 planqa\n"
    )
    assert trec_qrels(RESULTS_MADE) == "dev-001 0 plan/1#1 1\ndev-002 0 plan/1#1 1\n"


def test_no_two_scores_of_a_trec_ranking_are_equal() -> None:
    deep = result(ranking=tuple(f"plan/1#{n}" for n in range(50)))
    scores = [float(line.split()[4]) for line in trec_run([deep]).splitlines()]
    assert scores == sorted(set(scores), reverse=True)
    assert len(scores) == 50
