"""The index in use, loaded once and picked up anew when another one is published."""

from __future__ import annotations

from functools import cache
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic

from assistant.errors import NotReady
from assistant.service import Assistant
from assistant.settings import Settings
from index import store
from index.contracts import Encoder
from index.encoder import load_encoder
from index.errors import PlanIndexError
from index.search import Searcher

_Stamp = tuple[int, int, int]
_PATIENCE = 1.0
"""Seconds between two attempts to read an index that cannot be read."""


@cache
def encoder(name: str | None) -> Encoder:
    """The encoder that settings name, loaded once."""
    return load_encoder(name)


def searcher(settings: Settings) -> Searcher:
    """The current index with its encoder. Raises PlanIndexError by name."""
    return Searcher(store.load(settings.index_dir), encoder(settings.encoder))


class Library:
    """Hands out the assistant of the index that is current; safe to call from many threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = Lock()
        self._assistant: Assistant | None = None
        self._stamp: _Stamp | None = None
        self._tried = -inf
        self.problem: str | None = None
        """Why the newest index is not in use, where it is not."""

    def assistant(self) -> Assistant:
        """The assistant of the current index. Raises NotReady where there is none to use.

        When a new index cannot be read, the one in use stays in use, and problem says why.
        """
        stamp = _stamp(self.settings.index_dir / store.CURRENT)
        if self._is_stale(stamp):
            with self._lock:
                if self._is_stale(stamp):
                    self._load(stamp)
        if self._assistant is None:
            raise NotReady(why=self.problem)
        return self._assistant

    def _is_stale(self, stamp: _Stamp | None) -> bool:
        """Whether another index is current, or there was none to use when last looked at."""
        if stamp != self._stamp:
            return True
        return self._assistant is None and monotonic() - self._tried >= _PATIENCE

    def _load(self, stamp: _Stamp | None) -> None:
        try:
            self._assistant = Assistant(searcher(self.settings))
            self.problem = None
        except PlanIndexError as error:
            self.problem = str(error)
        self._stamp, self._tried = stamp, monotonic()


def _stamp(path: Path) -> _Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size
