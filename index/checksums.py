"""Files that travel with the package, held against the checksums that were made with them."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from index.errors import EncoderDamaged

NAME = "SHA256SUMS"
_SUM = re.compile("[0-9a-f]{64}")


def verify(folder: Path) -> None:
    """Compare folder's files with its SHA256SUMS. Raises EncoderDamaged, naming the file."""
    sums = folder / NAME
    try:
        lines = [line.split(maxsplit=1) for line in _read(sums).decode("utf-8").splitlines()]
        stated = {path: expected for expected, path in lines}
    except ValueError as error:
        raise EncoderDamaged(f"{sums} is no list of checksums") from error
    if not stated or not all(map(_SUM.fullmatch, stated.values())):
        raise EncoderDamaged(f"{sums} is no list of checksums")
    for path, expected in stated.items():
        if sha256(_read(folder / path)).hexdigest() != expected:
            raise EncoderDamaged(f"{folder / path} is not the file {NAME} names")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise EncoderDamaged(f"{path} is missing or cannot be read") from error
