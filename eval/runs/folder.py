"""A run's folder: results are kept as they come, and the manifest is written last.

    manifest.json    what the run was made with, and the sha256 of every other file
    results.jsonl    what every question got, in the order of the questions
    run.trec         the rankings, as trec_eval reads them
    qrels.trec       the passages with evidence
    report.md        told for a reader
    report.html      the same with plots

While a run goes on there are begun.json and begun.jsonl in their place, so that it can be gone on
with; a folder without manifest.json is no run. The scores of run.trec are 1 / rank: trec_eval
orders equal ones by name, and these are never equal.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, TypeVar

from eval.errors import (
    IndexDiffers,
    RunDamaged,
    RunError,
    RunExists,
    RunIncomplete,
    RunMissing,
)
from eval.runs.records import FORMAT, Manifest, Result, Run

MANIFEST, RESULTS = "manifest.json", "results.jsonl"
BEGUN, KEPT = "begun.json", "begun.jsonl"
T = TypeVar("T")
Tell = Callable[[Run], Mapping[str, str]]
"""A run to its reports, by file name."""


@dataclass(frozen=True)
class Draft:
    """A run that goes on. done: what has been kept so far, by id of the question."""

    path: Path
    manifest: Manifest
    done: dict[str, Result] = field(default_factory=dict)

    def keep(self, results: Sequence[Result], out: IO[str]) -> None:
        """Keep results, all or none of a conversation's, on the disk."""
        out.write("".join(_line(result) + "\n" for result in results))
        out.flush()
        self.done.update({result.id: result for result in results})

    def end(self, ids: Sequence[str], tell: Tell) -> Run:
        """Write the run whole, its manifest last, and take the drafts away.

        ids: the questions, in their order. tell: its reports.
        """
        results = tuple(self.done[name] for name in ids)
        seconds = round(sum(result.took_ms for result in results) / 1e3, 2)
        run = write(self.path, Run(replace(self.manifest, seconds=seconds), results), tell)
        for name in (BEGUN, KEPT):
            (self.path / name).unlink(missing_ok=True)
        return run


def write(path: Path, run: Run, tell: Tell) -> Run:
    """Write all files of run to path, the manifest last. Raises RunError."""
    results = run.results
    files = {RESULTS: "".join(_line(result) + "\n" for result in results)}
    files |= {"run.trec": trec_run(results), "qrels.trec": trec_qrels(results), **tell(run)}
    digests = {name: sha256(text.encode()).hexdigest() for name, text in files.items()}
    whole = replace(run, manifest=replace(run.manifest, files=digests))
    try:
        for name, text in (*files.items(), (MANIFEST, _json(asdict(whole.manifest)))):
            _write(path / name, text)
    except OSError as error:
        raise RunError(f"{path}: cannot be written to ({error.strerror})") from error
    return whole


def begin(path: Path, manifest: Manifest) -> Draft:
    """A new run in an empty folder or none, or the one that was begun there with the same.

    Raises RunExists where there is something else, IndexDiffers where what was begun was made with
    another index or other questions, RunError where nothing can be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        held = {one.name for one in path.iterdir()}
        if not held:
            _write(path / BEGUN, _json(asdict(manifest)))
            return Draft(path, manifest)
    except OSError as error:
        raise RunError(f"{path}: cannot be written to ({error.strerror})") from error
    if MANIFEST in held:
        raise RunExists(f"{path} holds a run already; name another folder")
    if BEGUN not in held:
        raise RunExists(f"{path} is not empty, and holds no run that was begun")
    before = _parse(path / BEGUN, (path / BEGUN).read_bytes(), Manifest)
    for name in ("format", "target", "index", "encoder", "version", "depth", "gold"):
        was, now = getattr(before, name), getattr(manifest, name)
        if was != now:
            told = "other gold" if name == "gold" else f"{name} {was}, not {now}"
            raise IndexDiffers(f"{path} was begun with {told}; name another folder")
    return Draft(path, before, _kept(path / KEPT))


def _kept(path: Path) -> dict[str, Result]:
    """What was kept; a last line that was cut off is dropped, and asked again."""
    if not path.exists():
        return {}
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    lines = [line for line in whole.split(b"\n") if line]
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    found = (_parse(path, line, Result) for line in lines)
    return {result.id: result for result in found}


def load(path: Path) -> Run:
    """The run in a folder, every byte of its results as the manifest says.

    Raises RunMissing, RunIncomplete, RunDamaged.
    """
    try:
        told = (path / MANIFEST).read_bytes()
    except OSError:
        if (path / BEGUN).exists():
            raise RunIncomplete(
                f"{path}: the run was begun and not ended; `planqa eval run --out {path}` goes on"
            ) from None
        raise RunMissing(f"{path}: there is no run (no {MANIFEST})") from None
    manifest = _parse(path / MANIFEST, told, Manifest)
    if manifest.format != FORMAT:
        raise RunDamaged(f"{path}: format {manifest.format}, expected {FORMAT}")
    if RESULTS not in manifest.files:
        raise RunDamaged(f"{path / MANIFEST}: files: has no {RESULTS}")
    digest = manifest.files[RESULTS]  # all else can be made again from the results
    try:
        data = (path / RESULTS).read_bytes()
    except OSError as error:
        raise RunDamaged(f"{path / RESULTS}: cannot be read ({error.strerror})") from error
    if (found := sha256(data).hexdigest()) != digest:
        raise RunDamaged(f"{path / RESULTS}: sha256 {found[:12]}…, expected {digest[:12]}…")
    lines = data.splitlines()
    return Run(manifest, tuple(_parse(path / RESULTS, line, Result) for line in lines))


def _parse(path: Path, text: bytes, form: type[T]) -> T:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(form).validate_json(text, extra="forbid")
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(map(str, fault["loc"])) or "line"
        raise RunDamaged(f"{path}: {where}: {fault['msg']}") from error


def trec_run(results: Sequence[Result]) -> str:
    """The rankings in TREC's six columns."""
    return "".join(
        f"{result.id} Q0 {passage} {rank} {1 / rank:.6f} planqa\n"
        for result in results
        for rank, passage in enumerate(result.ranking, start=1)
    )


def trec_qrels(results: Sequence[Result]) -> str:
    """The passages with evidence in TREC's four columns."""
    return "".join(
        f"{result.id} 0 {passage} 1\n" for result in results for passage in result.relevant
    )


def _line(result: Result) -> str:
    return json.dumps(asdict(result), ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(text.encode())
    os.replace(aside, path)
