"""Where saved indexes live: one is current, published atomically and verified when it is loaded.

A root folder holds one folder for each index, named after its manifest's digest, and a file
`current` that names the one in use. An index is written aside, read back and verified, and
published by one atomic replacement of that file. Nothing in it is pickled.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from index import folder
from index.errors import (
    IndexDamaged,
    IndexMissing,
    IndexUnwritable,
    PlanIndexError,
)
from index.records import Index

CURRENT = "current"
_KEPT = 2
"""Indexes that stay in the root: the one in use and the one before."""
_STALE = 24 * 3600.0
"""Seconds after which a folder of an interrupted build is taken for abandoned."""


def publish(index: Index, root: Path) -> Index:
    """Save index under root, verify what was written, and make it the current one.

    Returns the index as it is loaded. Whatever goes wrong before the last step leaves the index
    in use untouched. Raises IndexUnwritable where root is no folder that can be written to.
    """
    try:
        return _publish(index, root)
    except OSError as error:
        raise IndexUnwritable(f"{root}: cannot be written to ({error.strerror})") from error


def writable(root: Path) -> None:
    """Raise IndexUnwritable where publish could not save under root, before anything is made."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=root, prefix=".building-"):
            pass
        if (root / CURRENT).is_dir():
            raise IsADirectoryError(EISDIR, f"{CURRENT} is a folder")
    except OSError as error:
        raise IndexUnwritable(f"{root}: cannot be written to ({error.strerror})") from error


def _publish(index: Index, root: Path) -> Index:
    writable(root)
    aside = root / f".building-{uuid4().hex}"
    aside.mkdir()
    pointer = aside.with_suffix(".current")
    try:
        digest = folder.save(index, aside)
        folder.read(aside, digest)
        with _alone(root):
            return _put(aside, pointer, root, digest)
    finally:
        pointer.unlink(missing_ok=True)
        shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One publisher at a time, so that none removes what another is about to name.

    Where the system has no such lock (Windows), two builds at once are the caller's to avoid.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    descriptor = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _put(aside: Path, pointer: Path, root: Path, digest: str) -> Index:
    """Move a saved index to its place and name it; take it back if that fails."""
    home: Path | None = None
    try:
        place = root / _name(digest)
        if place.exists() and not _sound(place, digest):
            shutil.rmtree(place)
        if not place.exists():
            home = aside.rename(place)
        folder.write(pointer, f"sha256:{digest}\n".encode())
        before = _named(root)
        os.replace(pointer, root / CURRENT)
    except BaseException:
        # An interruption may come right after `current` was replaced: then it stays.
        if home is not None and _named(root) != digest:
            shutil.rmtree(home, ignore_errors=True)
        raise
    folder.sync(root)
    _prune(root, [place.name] if before is None else [place.name, _name(before)])
    return folder.read(place, digest)


def _sound(place: Path, digest: str) -> bool:
    try:
        folder.read(place, digest)
    except PlanIndexError:
        return False
    return True


def load(root: Path) -> Index:
    """The current index under root, every byte verified.

    Raises IndexMissing, IndexDamaged naming the file, or IndexMismatch where the format is
    another.
    """
    digest = current(root)
    return folder.read(root / _name(digest), digest)


def current(root: Path) -> str:
    """The digest of the index in use. Raises IndexMissing, IndexDamaged."""
    if not (root / CURRENT).is_file():
        raise IndexMissing(f"{root}: no index there; make one with `planqa build`")
    digest = _named(root)
    if digest is None or not (root / _name(digest)).is_dir():
        raise IndexDamaged(f"{root / CURRENT}: names no index; build it again")
    return digest


def _named(root: Path) -> str | None:
    try:
        kind, _, digest = (root / CURRENT).read_text("ascii").strip().partition(":")
    except (UnicodeDecodeError, OSError):
        return None
    return digest if kind == "sha256" and len(digest) == 64 and digest.isalnum() else None


def _name(digest: str) -> str:
    return f"index-{digest[:16]}"


def _prune(root: Path, used: Sequence[str]) -> None:
    """Keep the index in use, and the one before it or the newest other; remove the rest, and what
    an interrupted build left behind long ago. used: names of folders, the one in use first."""
    found = list(root.glob("index-*"))
    found.sort(key=lambda path: (path.name not in used, _age(path), path.name))
    stale = [path for path in root.glob(".building-*") if _age(path) > _STALE]
    for path in (*found[_KEPT:], *stale):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
