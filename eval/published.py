"""The table of a run between the marks of a document."""

from __future__ import annotations

import re
from pathlib import Path

from eval.errors import RunError
from eval.runs.records import Run
from eval.runs.report import published

_MARKED = re.compile(r"(<!-- eval\.run -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(text: str, run: Run) -> str:
    """text with the table of run between its marks. Raises ValueError where it has none."""
    found, places = _MARKED.subn(lambda mark: f"{mark[1]}{published(run)}\n{mark[2]}", text)
    if not places:
        raise ValueError("no <!-- eval.run --> … <!-- end -->")
    return found


def put(run: Run, path: Path) -> None:
    """Fill the document at path. Raises RunError where it cannot be read, or has no marks."""
    try:
        path.write_text(filled(path.read_text("utf-8"), run), "utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise RunError(f"{path}: cannot be filled ({error})") from error
