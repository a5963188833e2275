"""Files of outside data sets: what they hold, with every fault by its place."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from eval.errors import DataInvalid

MOST = 20
"""Lines of a message."""
_SHOWN = 3
"""How many of those that have one fault in common are named."""

Faults = list[str]
"""What is wrong so far; readers go on past a fault, so that all are told at once."""


def check(faults: Faults) -> None:
    """Nothing, where there are no faults. Raises DataInvalid with the first of them."""
    if faults:
        rest = len(faults) - MOST
        more = [f"… and {rest + 1} more"] if rest > 0 else []
        raise DataInvalid("\n".join([*faults[: MOST - len(more)], *more]))


def lines(path: Path, faults: Faults) -> Iterator[tuple[str, str]]:
    """("FILE:LINE", text) of each line that is not blank. Only a line feed ends one: JSON may hold
    the other ends that Unicode knows."""
    for number, raw in enumerate(_content(path, faults).split(b"\n"), start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r")
        except UnicodeDecodeError as error:
            faults.append(f"{path}:{number}: not UTF-8 (byte {error.start + 1} of the line)")
            continue
        if line.strip():
            yield f"{path}:{number}", line


def objects(path: Path, faults: Faults) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """("FILE:LINE", fields) of each line of a JSON Lines file."""
    for place, line in lines(path, faults):
        try:
            fields: Any = json.loads(line)
        except (ValueError, RecursionError) as error:
            faults.append(f"{place}: not JSON ({_told(error)})")
            continue
        if isinstance(fields, dict):
            yield place, fields
        else:
            faults.append(f"{place}: not an object")


def document(path: Path, faults: Faults) -> Any:
    """What a JSON file holds; None, with a fault, where it cannot be read."""
    raw = _content(path, faults)
    try:
        return json.loads(raw.decode("utf-8-sig")) if raw else None
    except UnicodeDecodeError as error:
        number = raw.count(b"\n", 0, error.start) + 1
        faults.append(f"{path}:{number}: not UTF-8 (byte {error.start + 1} of the file)")
    except json.JSONDecodeError as error:
        faults.append(f"{path}:{error.lineno}: not JSON ({error.msg})")
    except (ValueError, RecursionError) as error:
        faults.append(f"{path}: not JSON ({_told(error)})")
    return None


def text(
    fields: Mapping[str, Any], name: str, place: str, faults: Faults, *, may_be_empty: bool = False
) -> str | None:
    """A field that is text, without white space around it; None, with a fault, where it is not.

    A number counts as text: some sets number their questions.
    """
    value = fields.get(name)
    if value is None:
        faults.append(f"{place}: field {name!r} is missing")
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        faults.append(f"{place}: field {name!r} is {type(value).__name__}, not text")
        return None
    if any("\ud800" <= char <= "\udfff" for char in value):
        faults.append(f"{place}: field {name!r} holds half a character")
        return None
    if not value.strip() and not may_be_empty:
        faults.append(f"{place}: field {name!r} is empty")
        return None
    return value.strip()


def some(names: Iterable[str]) -> str:
    """The first few of names."""
    found = list(names)
    more = ", …" if len(found) > _SHOWN else ""
    return ", ".join(map(repr, found[:_SHOWN])) + more


def _content(path: Path, faults: Faults) -> bytes:
    """All bytes of a file; a file that cannot be read, or is empty, has none and is a fault."""
    try:
        found = path.read_bytes()
    except OSError as error:
        faults.append(f"{path}: cannot be read ({error.strerror or error})")
        return b""
    if not found.strip():
        faults.append(f"{path}: is empty")
        return b""
    return found


def _told(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deep"
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)
