"""The folder of one saved index: plain arrays, JSON lines, and a manifest of their sha256."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from corpus.records import Document
from index.dense import Dense
from index.errors import IndexDamaged, IndexMismatch
from index.late import Rarity, Tokens
from index.lexical import Lexical
from index.records import EncoderName, Index
from index.tokens import WordTable
from index.units import Units
from index.view import View

FORMAT = 3
MANIFEST = "manifest.json"

_DOCUMENT = TypeAdapter(Document)


def _arrays(index: Index) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "words-hashes": index.words.hashes,
        "words-counts": index.words.counts,
    }
    for view in index.views:
        arrays |= {f"{view.language}-{name}": array for name, array in _view_arrays(view)}
    return arrays


def _view_arrays(view: View) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "rows", view.rows
    yield "sentence-starts", view.starts
    yield "token-ids", view.rarity.ids
    yield "token-idf", view.rarity.idf
    yield "lexical-idf", view.lexical.idf
    yield "lexical-starts", view.lexical.starts
    yield "lexical-rows", view.lexical.rows
    yield "lexical-weights", view.lexical.weights
    for name, units in (("passages", view.wholes), ("sentences", view.parts)):
        yield f"{name}-vectors", units.vectors
        yield f"{name}-tokens", units.tokens.values
        yield f"{name}-starts", units.tokens.starts
        yield f"{name}-steps", units.tokens.steps
        yield f"{name}-ids", units.ids
        yield f"{name}-ends", units.ends


def save(index: Index, folder: Path) -> str:
    """Write every file, the manifest last; returns the manifest's digest."""
    for name, array in _arrays(index).items():
        with open(folder / f"{name}.npy", "wb") as file:
            np.save(file, np.ascontiguousarray(array), allow_pickle=False)
    documents = b"".join(_DOCUMENT.dump_json(document) + b"\n" for document in index.documents)
    (folder / "documents.jsonl").write_bytes(documents)
    for view in index.views:
        (folder / f"{view.language}-lexical-words.json").write_text(
            json.dumps(view.lexical.words, ensure_ascii=False), "utf-8"
        )
        (folder / f"{view.language}-dense.faiss").write_bytes(bytes(view.dense))
    for name in ("dictionaries", "alike", "names", "calibration", "suggestions"):
        value = getattr(index, name)
        (folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    manifest = {
        "format": FORMAT,
        "encoder": {
            "name": index.encoder.name,
            "digest": index.encoder.digest,
            "width": index.encoder.width,
        },
        "documents": [
            {"id": document.id, "sha256": document.manifest.sha256} for document in index.documents
        ],
        "counts": {
            "passages": len(index.passages),
            "sentences": int(index.sentence_starts[-1]),
        },
        "views": {
            view.language: {
                "lexical": {"size": view.lexical.size, "k1": view.lexical.k1},
                "rarity": {"size": view.rarity.size},
            }
            for view in index.views
        },
        "words": {"total": index.words.total},
        "files": {path.name: _digest(path) for path in sorted(folder.iterdir())},
    }
    data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    for path in folder.iterdir():
        sync(path)
    write(folder / MANIFEST, data)
    sync(folder)
    return sha256(data).hexdigest()


def digest(folder: Path) -> str:
    """The digest of the index in folder, as its manifest stands. Raises IndexDamaged."""
    try:
        return sha256((folder / MANIFEST).read_bytes()).hexdigest()
    except OSError as error:
        raise IndexDamaged(f"{folder / MANIFEST}: cannot be read ({error.strerror})") from error


def read(folder: Path, digest: str) -> Index:
    """The index in folder, verified against its manifest, and that against digest."""
    manifest = _manifest(folder, digest)
    try:
        return _read(manifest, folder, digest)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise IndexDamaged(
            f"{folder}: not what this version saves ({type(error).__name__}: {error}); build again"
        ) from error


def _read(manifest: dict[str, Any], folder: Path, digest: str) -> Index:
    for name, stated in manifest["files"].items():
        try:
            found = _digest(folder / name)
        except OSError as error:
            raise IndexDamaged(f"{folder / name}: {error.strerror}") from error
        if found != stated:
            raise IndexDamaged(f"{folder / name}: sha256 is {found}, the manifest states {stated}")

    lines = (folder / "documents.jsonl").read_bytes().splitlines()
    try:
        documents = tuple(_DOCUMENT.validate_json(line) for line in lines)
    except ValidationError as error:
        raise IndexMismatch(f"{folder}: documents.jsonl is of another form; build again") from error
    hashes, counts = (_small(folder, f"words-{name}") for name in ("hashes", "counts"))
    return Index(
        encoder=EncoderName(**manifest["encoder"]),
        documents=documents,
        views=tuple(
            _view(folder, language, facts) for language, facts in manifest["views"].items()
        ),
        words=WordTable(hashes, counts, manifest["words"]["total"]),
        dictionaries={
            language: {word: tuple(own) for word, own in known.items()}
            for language, known in _json(folder, "dictionaries").items()
        },
        alike=_json(folder, "alike"),
        names=_json(folder, "names"),
        calibration=_json(folder, "calibration"),
        suggestions=_json(folder, "suggestions"),
        digest=f"sha256:{digest}",
    )


def _view(folder: Path, language: str, facts: dict[str, Any]) -> View:
    def small(name: str) -> NDArray[Any]:
        return _small(folder, f"{language}-{name}")

    def units(name: str) -> Units:
        parts = ("vectors", "tokens", "ids", "ends")
        vectors, values, ids, ends = (_array(folder, f"{language}-{name}-{p}") for p in parts)
        tokens = Tokens(values, small(f"{name}-starts"), small(f"{name}-steps"))
        return Units(vectors, tokens, ids, ends)

    return View(
        language=language,
        rows=small("rows"),
        starts=small("sentence-starts"),
        wholes=units("passages"),
        parts=units("sentences"),
        rarity=Rarity(small("token-ids"), small("token-idf"), facts["rarity"]["size"]),
        dense=Dense.from_bytes((folder / f"{language}-dense.faiss").read_bytes()),
        lexical=Lexical(
            tuple(json.loads((folder / f"{language}-lexical-words.json").read_text("utf-8"))),
            small("lexical-idf"),
            small("lexical-starts"),
            small("lexical-rows"),
            small("lexical-weights"),
            **facts["lexical"],
        ),
    )


def _json(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / f"{name}.json").read_text("utf-8"))
    return found


def _array(folder: Path, name: str) -> NDArray[Any]:
    loaded: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    return loaded


def _small(folder: Path, name: str) -> NDArray[Any]:
    # Off the map: an array that is read a number at a time is faster as plain memory.
    return np.array(_array(folder, name))


def _manifest(folder: Path, digest: str) -> dict[str, Any]:
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{folder / MANIFEST}: {error.strerror}") from error
    if sha256(data).hexdigest() != digest:
        raise IndexDamaged(f"{folder / MANIFEST}: not the manifest that `current` names")
    try:
        manifest: Any = json.loads(data)
    except ValueError as error:
        raise IndexDamaged(f"{folder / MANIFEST}: not JSON; build again") from error
    if not isinstance(manifest, dict):
        raise IndexDamaged(f"{folder / MANIFEST}: no JSON object; build again")
    if manifest.get("format") != FORMAT:
        raise IndexMismatch(
            f"{folder}: format {manifest.get('format')}, this version reads {FORMAT}; build again"
        )
    return manifest


def _digest(path: Path) -> str:
    with open(path, "rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write(path: Path, data: bytes) -> None:
    """Write data and wait until the disk has it."""
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Wait until the disk has a file, or a folder's list of names."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
