"""Tables (专栏): lines of tab-separated cells to rows that know their header and category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cleanup import Line
from corpus.language import key
from corpus.records import Cell, Span

_FEWEST_COLUMNS = 3
_CAPTION = re.compile(r"(?:专栏|表)(?![^\n]*[。，；：]$)[^\n]{0,60}")


@dataclass(frozen=True, slots=True)
class Table:
    """[first, end) of its lines, one list of cells for each line, and its caption's line."""

    first: int
    end: int
    caption: int | None
    lines: tuple[tuple[Cell, ...], ...]


def cells(line: Line, source: str) -> tuple[Cell, ...]:
    """The cells of a line, trimmed, with their places; a leading tab is an empty first cell."""
    start = source.rfind("\n", 0, line.span.start) + 1
    found, at = [], start
    for raw in source[start : line.span.end].split("\t"):
        text = raw.strip()
        begin = at + (raw.index(text) if text else 0)
        found.append(Cell(text, Span(begin, begin + len(text))))
        at += len(raw) + 1
    return tuple(found)


def tables(lines: Sequence[Line], source: str) -> list[Table]:
    """Runs of at least two lines of as many cells, in order; a caption may stand right before.

    A header that is repeated opens a run of its own: there the page has turned.
    """
    found: list[Table] = []
    n = 0
    while n < len(lines):
        rows: list[tuple[Cell, ...]] = []
        while n + len(rows) < len(lines):
            row = cells(lines[n + len(rows)], source)
            if rows and 1 < len(row) < len(rows[0]):
                end = lines[n + len(rows)].span.end
                row += (Cell("", Span(end, end)),) * (len(rows[0]) - len(row))
            if len(row) < _FEWEST_COLUMNS or (rows and len(row) != len(rows[0])):
                break
            if rows and same(row, rows[0]):
                break
            rows.append(row)
        if len(rows) < 2:
            n += 1
            continue
        caption = n - 1 if n and _CAPTION.fullmatch(lines[n - 1].text) else None
        found.append(Table(n, n + len(rows), caption, tuple(rows)))
        n += len(rows)
    return found


def continues(table: Table, header: Sequence[Cell]) -> bool:
    """Whether a table without caption repeats header: the rest of a table over a page turn."""
    return table.caption is None and same(table.lines[0], header)


def same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Whether two lines of cells hold the same words."""
    return [key(cell.text) for cell in one] == [key(cell.text) for cell in other]
