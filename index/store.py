"""The saved index: plain arrays, JSON lines, and a manifest that states the sha256 of each.

A root folder holds one folder for each index, named after its manifest's digest, and a file
`current` that names the one in use. An index is written aside, read back and verified, and
published by one atomic replacement of that file. Nothing in it is pickled.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from corpus.records import Document, Passage
from index.dense import Dense
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.late import Rarity, Tokens
from index.lexical import Lexical
from index.tokens import WordTable
from index.units import Units

FORMAT = 1
CURRENT = "current"
MANIFEST = "manifest.json"
_KEPT = 2
"""Indexes that stay in the root: the one in use and the one before."""
_STALE = 24 * 3600.0
"""Seconds after which a folder of an interrupted build is taken for abandoned."""

_DOCUMENT = TypeAdapter(Document)


@dataclass(frozen=True, slots=True)
class EncoderName:
    """Which encoder made the vectors, and how wide they are."""

    name: str
    digest: str
    width: int


@dataclass(frozen=True)
class Index:
    """Everything a question is searched in. Rows of wholes, dense and lexical are passages;
    rows of parts are sentences, those of passage n from sentence_starts[n] on, int64 (n + 1,)."""

    encoder: EncoderName
    documents: tuple[Document, ...]
    sentence_starts: NDArray[np.int64]
    wholes: Units
    parts: Units
    rarity: Rarity
    dense: Dense
    lexical: Lexical
    words: WordTable
    digest: str = ""
    """sha256 of the manifest that it was loaded with; empty before it is saved."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, document by document."""
        return tuple(passage for document in self.documents for passage in document.passages)

    @cached_property
    def by_id(self) -> dict[str, Passage]:
        """Passages by their ids."""
        return {passage.id: passage for passage in self.passages}

    @cached_property
    def by_document(self) -> dict[str, Document]:
        """Documents by their ids."""
        return {document.id: document for document in self.documents}


def publish(index: Index, root: Path) -> Index:
    """Save index under root, verify what was written, and make it the current one.

    Returns the index as it is loaded. Whatever goes wrong before the last step leaves the index
    in use untouched.
    """
    root.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".building-", dir=root))
    try:
        digest = _save(index, aside)
        _read(aside, digest)
        home = root / _folder(digest)
        if home.exists():
            try:
                _read(home, digest)
            except IndexDamaged:
                shutil.rmtree(home)
        if not home.exists():
            aside.rename(home)
        before = _named(root) if (root / CURRENT).exists() else None
        _write(root / f".{CURRENT}", f"sha256:{digest}\n".encode())
        os.replace(root / f".{CURRENT}", root / CURRENT)
        _sync(root)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    _prune(root, [digest] if before in (None, digest) else [digest, str(before)])
    return _read(root / _folder(digest), digest)


def load(root: Path, encoder: EncoderName | None = None) -> Index:
    """The current index under root, every byte verified.

    Raises IndexMissing, IndexDamaged naming the file, or IndexMismatch where the format is
    another, or the index was made by another encoder than the one given.
    """
    digest = current(root)
    index = _read(root / _folder(digest), digest)
    if encoder is not None and encoder != index.encoder:
        raise IndexMismatch(
            f"{root}: made with encoder {index.encoder.name} ({index.encoder.digest[:19]}…), "
            f"asked with {encoder.name} ({encoder.digest[:19]}…); build it again"
        )
    return index


def current(root: Path) -> str:
    """The digest of the index in use. Raises IndexMissing, IndexDamaged."""
    if not (root / CURRENT).is_file():
        raise IndexMissing(f"{root}: no index there; make one with `planqa build`")
    digest = _named(root)
    if digest is None or not (root / _folder(digest)).is_dir():
        raise IndexDamaged(f"{root / CURRENT}: names no index; build it again")
    return digest


def _named(root: Path) -> str | None:
    try:
        kind, _, digest = (root / CURRENT).read_text("ascii").strip().partition(":")
    except (UnicodeDecodeError, OSError):
        return None
    return digest if kind == "sha256" and len(digest) == 64 and digest.isalnum() else None


def _folder(digest: str) -> str:
    return f"index-{digest[:16]}"


def _arrays(index: Index) -> dict[str, NDArray[Any]]:
    arrays: dict[str, NDArray[Any]] = {
        "sentence-starts": index.sentence_starts,
        "token-ids": index.rarity.ids,
        "token-idf": index.rarity.idf,
        "lexical-idf": index.lexical.idf,
        "lexical-starts": index.lexical.starts,
        "lexical-rows": index.lexical.rows,
        "lexical-weights": index.lexical.weights,
        "words-hashes": index.words.hashes,
        "words-counts": index.words.counts,
    }
    for name, units in (("passages", index.wholes), ("sentences", index.parts)):
        arrays[f"{name}-vectors"] = units.vectors
        arrays[f"{name}-tokens"] = units.tokens.values
        arrays[f"{name}-starts"] = units.tokens.starts
        arrays[f"{name}-steps"] = units.tokens.steps
        arrays[f"{name}-ids"] = units.ids
    return arrays


def _save(index: Index, folder: Path) -> str:
    """Write every file, the manifest last; returns the manifest's digest."""
    for name, array in _arrays(index).items():
        with open(folder / f"{name}.npy", "wb") as file:
            np.save(file, np.ascontiguousarray(array), allow_pickle=False)
    documents = b"".join(_DOCUMENT.dump_json(document) + b"\n" for document in index.documents)
    (folder / "documents.jsonl").write_bytes(documents)
    (folder / "lexical-words.json").write_text(
        json.dumps(index.lexical.words, ensure_ascii=False), "utf-8"
    )
    (folder / "dense.faiss").write_bytes(bytes(index.dense))
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
        "counts": {"passages": len(index.passages), "sentences": len(index.parts)},
        "lexical": {"size": index.lexical.size, "k1": index.lexical.k1},
        "words": {"total": index.words.total},
        "rarity": {"size": index.rarity.size},
        "files": {path.name: _digest(path) for path in sorted(folder.iterdir())},
    }
    data = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    for path in folder.iterdir():
        _sync(path)
    _write(folder / MANIFEST, data)
    _sync(folder)
    return sha256(data).hexdigest()


def _read(folder: Path, digest: str) -> Index:
    """The index in folder, verified against its manifest, and that against digest."""
    manifest = _manifest(folder, digest)
    for name, stated in manifest["files"].items():
        try:
            found = _digest(folder / name)
        except OSError as error:
            raise IndexDamaged(f"{folder / name}: {error.strerror}") from error
        if found != stated:
            raise IndexDamaged(f"{folder / name}: sha256 is {found}, the manifest states {stated}")

    def array(name: str) -> NDArray[Any]:
        loaded: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
        return loaded

    def small(name: str) -> NDArray[Any]:
        # Off the map: an array that is read a number at a time is faster as plain memory.
        return np.array(array(name))

    def units(name: str) -> Units:
        return Units(
            array(f"{name}-vectors"),
            Tokens(
                array(f"{name}-tokens"),
                small(f"{name}-starts"),
                small(f"{name}-steps"),
            ),
            array(f"{name}-ids"),
        )

    lines = (folder / "documents.jsonl").read_bytes().splitlines()
    try:
        documents = tuple(_DOCUMENT.validate_json(line) for line in lines)
    except ValidationError as error:
        raise IndexMismatch(f"{folder}: documents.jsonl is of another form; build again") from error
    return Index(
        encoder=EncoderName(**manifest["encoder"]),
        documents=documents,
        sentence_starts=small("sentence-starts"),
        wholes=units("passages"),
        parts=units("sentences"),
        rarity=Rarity(small("token-ids"), small("token-idf"), manifest["rarity"]["size"]),
        dense=Dense.from_bytes((folder / "dense.faiss").read_bytes()),
        lexical=Lexical(
            tuple(json.loads((folder / "lexical-words.json").read_text("utf-8"))),
            small("lexical-idf"),
            small("lexical-starts"),
            small("lexical-rows"),
            small("lexical-weights"),
            **manifest["lexical"],
        ),
        words=WordTable(small("words-hashes"), small("words-counts"), manifest["words"]["total"]),
        digest=f"sha256:{digest}",
    )


def _manifest(folder: Path, digest: str) -> dict[str, Any]:
    try:
        data = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{folder / MANIFEST}: {error.strerror}") from error
    if sha256(data).hexdigest() != digest:
        raise IndexDamaged(f"{folder / MANIFEST}: not the manifest that {CURRENT} names")
    manifest: dict[str, Any] = json.loads(data)
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


def _write(path: Path, data: bytes) -> None:
    with open(path, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _prune(root: Path, kept: list[str]) -> None:
    """Remove indexes beyond those kept, and what an interrupted build left behind long ago."""
    names = {_folder(digest) for digest in kept[:_KEPT]}
    stale = [path for path in root.glob(".building-*") if _age(path) > _STALE]
    for path in (*stale, *(path for path in root.glob("index-*") if path.name not in names)):
        shutil.rmtree(path, ignore_errors=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
