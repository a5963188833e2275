"""Where saved indexes live: one is current, published atomically and verified when it is loaded.

A root folder holds one folder for each index, named after its manifest's digest, a file `current`
that names the one in use, and `promotions.jsonl`, which tells how it became that. An index is
written aside, read back and verified, and published by one atomic replacement of `current`. The
one before stays, and can be made current again. Nothing in it is pickled.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from errno import EISDIR
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from index import folder
from index.errors import (
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    IndexUnwritable,
    PlanIndexError,
)
from index.records import Index

CURRENT, LOG = "current", "promotions.jsonl"
Facts = Mapping[str, object]
_NOTHING: Facts = {}
_KEPT = 2
"""Indexes that stay in the root: the one in use and the one before."""
_STALE = 24 * 3600.0
"""Seconds after which a folder of an interrupted build is taken for abandoned."""


@dataclass(frozen=True, slots=True)
class Staged:
    """An index that is saved under root and verified, and not in use. index: as it is loaded."""

    index: Index
    root: Path
    place: Path

    def publish(
        self, action: str = "published", told: Facts = _NOTHING, over: str | None = None
    ) -> Index:
        """Make it the current one, once. action, told: what the log says of it.

        over: the digest of the index that must be in use, where it matters. Returns the index as it
        is loaded. Raises IndexUnwritable; IndexMismatch where another one is in use.
        """
        try:
            with _alone(self.root):
                used = _in_use(self.root)
                if over is not None and used != over:
                    raise IndexMismatch(
                        f"{self.root}: the index in use became {str(used)[:19]}… while another was "
                        f"judged against {over[:19]}…; judge it again"
                    )
                return _put(self, action, told)
        except OSError as error:
            raise _unwritable(self.root, error) from error

    def refuse(self, told: Facts = _NOTHING) -> None:
        """Say in the log that it was not made the current one, and why. Raises IndexUnwritable."""
        try:
            note(self.root, "refused", _in_use(self.root), self.index.digest, told)
        except OSError as error:
            raise _unwritable(self.root, error) from error


def publish(index: Index, root: Path) -> Index:
    """Save index under root, verify what was written, and make it the current one.

    Returns the index as it is loaded. Whatever goes wrong before the last step leaves the index
    in use untouched. Raises IndexUnwritable where root is no folder that can be written to.
    """
    with staged(index, root) as made:
        return made.publish()


@contextmanager
def staged(index: Index, root: Path) -> Iterator[Staged]:
    """Save index under root beside the one in use, and verify what was written.

    It is gone when this ends, but for what was published. Raises IndexUnwritable.
    """
    try:
        writable(root)
        place = root / f".building-{uuid4().hex}"
        place.mkdir()
    except OSError as error:
        raise _unwritable(root, error) from error
    try:
        try:
            digest = folder.save(index, place)
            loaded = folder.read(place, digest)
        except OSError as error:
            raise _unwritable(root, error) from error
        yield Staged(loaded, root, place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def rollback(root: Path) -> Index:
    """Make the index before the one in use current again; the one in use stays, as the one before.

    Raises IndexMissing where there is none before it, IndexDamaged where it is not sound.
    """
    current(root)
    try:
        with _alone(root):
            now = current(root)
            others = [path for path in _saved(root) if path.name != _name(now)]
            if not others:
                raise IndexMissing(f"{root}: there is no index before the one in use")
            place = others[0]
            digest = folder.digest(place)
            if place.name != _name(digest):
                raise IndexDamaged(f"{place}: its manifest is another than its name says")
            loaded = folder.read(place, digest)
            _name_current(root, digest)
            note(root, "rolled back", f"sha256:{now}", loaded.digest)
            return loaded
    except OSError as error:
        raise _unwritable(root, error) from error


def note(root: Path, action: str, before: str | None, after: str, told: Facts = _NOTHING) -> None:
    """Add a line to the log: what was done, and the digests of the index before and after it.

    The time is UTC, as ISO 8601. Raises OSError.
    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "action": action,
        "before": before,
        "after": after,
        **told,
    }
    with (root / LOG).open("a", encoding="utf-8") as log:
        log.write(json.dumps(line, ensure_ascii=False) + "\n")


def writable(root: Path) -> None:
    """Raise IndexUnwritable where publish could not save under root, before anything is made."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=root, prefix=".building-"):
            pass
        if (root / CURRENT).is_dir():
            raise IsADirectoryError(EISDIR, f"{CURRENT} is a folder")
    except OSError as error:
        raise _unwritable(root, error) from error


def _unwritable(root: Path, error: OSError) -> IndexUnwritable:
    return IndexUnwritable(f"{root}: cannot be written to ({error.strerror})")


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


def _put(made: Staged, action: str, told: Facts) -> Index:
    """Move a saved index to its place and name it; take it back if that fails."""
    root, digest = made.root, made.index.digest.removeprefix("sha256:")
    place, home = root / _name(digest), None
    try:
        if place.exists() and not _sound(place, digest):
            shutil.rmtree(place)
        if not place.exists():
            home = made.place.rename(place)
        before = _named(root)
        _name_current(root, digest)
    except BaseException:
        # An interruption may come right after `current` was replaced: then it stays.
        if home is not None and _named(root) != digest:
            shutil.rmtree(home, ignore_errors=True)
        raise
    if before != digest or told:
        note(root, action, before and f"sha256:{before}", made.index.digest, told)
    _prune(root, [place.name] if before is None else [place.name, _name(before)])
    return folder.read(place, digest)


def _name_current(root: Path, digest: str) -> None:
    """Replace `current`, whole or not at all."""
    pointer = root / f".building-{uuid4().hex}.current"
    try:
        folder.write(pointer, f"sha256:{digest}\n".encode())
        os.replace(pointer, root / CURRENT)
    finally:
        pointer.unlink(missing_ok=True)
    folder.sync(root)


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


def _in_use(root: Path) -> str | None:
    """The digest of the index in use as a receipt gives it; None where there is none."""
    found = _named(root)
    return found and f"sha256:{found}"


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
    found = sorted(_saved(root), key=lambda path: path.name not in used)
    stale = [path for path in root.glob(".building-*") if _age(path) > _STALE]
    for path in (*found[_KEPT:], *stale):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _saved(root: Path) -> list[Path]:
    """The folders of indexes, the newest first."""
    return sorted(root.glob("index-*"), key=lambda path: (_age(path), path.name))


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
