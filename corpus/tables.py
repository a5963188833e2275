"""Tables (专栏): lines of tab-separated cells to rows that know their header and category."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.cleanup import MARKS, Line, is_item
from corpus.language import key
from corpus.records import Cell, Span

_FEWEST_COLUMNS = 3
_FEWEST_PAIRS = 3
_CAPTION = re.compile(r"(?:专栏|表)(?![^\n]*[。，；：]$)[^\n]{0,60}")
_NUMERAL = "[一二三四五六七八九十]+"
_BOX = rf"专栏(?:\s*(?:\d+|{_NUMERAL})(?![\d，、])|(?=[\s：:“]))[^。；！？]{{0,40}}"
_FIGURE = (
    rf"附?[表图]\s*(?:\d{{1,3}}(?:[-—.．]\d+)*(?!\d)|{_NUMERAL}(?=[\s：:]))[^。；！？，]{{0,40}}"
)
_LONE_CAPTION = re.compile(rf"(?:{_BOX}|{_FIGURE})(?<![，：:、])")
_ENUMERATOR = re.compile(rf"[（(]?(?:[\d一二三四五六七八九十]+|[{MARKS}])[）)、.．]?|[-—•·]+")
_SENTENCE = re.compile(r"[。；！？]|[，：、]$")
_HEADER_CELL = re.compile(r"(?:\d{4}年)?[^\d，。；：、！？]{1,12}|\d{4}年")


@dataclass(frozen=True, slots=True)
class Table:
    """[first, end) of its lines, one list of cells for each line, and its caption's line."""

    first: int
    end: int
    caption: int | None
    lines: tuple[tuple[Cell, ...], ...]


def cells(line: Line, source: str) -> tuple[Cell, ...]:
    """The cells of a line, trimmed, with their places.

    A tab before or behind its words, which the line itself is without, is an empty cell.
    """
    start = source.rfind("\n", 0, line.span.start) + 1
    end = source.find("\n", line.span.end)
    found, at = [], start
    for raw in source[start : end if end >= 0 else len(source)].split("\t"):
        text = raw.strip()
        begin = at + (raw.index(text) if text else 0)
        found.append(Cell(text, Span(begin, begin + len(text))))
        at += len(raw) + 1
    return tuple(found)


def tables(lines: Sequence[Line], source: str) -> list[Table]:
    """Runs of lines of as many cells, in order; a caption may stand right before.

    Of three columns and more two lines are a table, of two columns only what _is_table says. A
    header that is repeated opens a run of its own: there the page has turned.
    """
    grid = [cells(line, source) for line in lines]
    found: list[Table] = []
    n = 0
    while n < len(lines):
        caption = n - 1 if n and _CAPTION.fullmatch(lines[n - 1].text) else None
        rows = _wide(grid, n)
        if len(rows) < 2:
            rows = _pairs(grid, n)
            if not _is_table(rows, caption is not None):
                n += 1
                continue
        found.append(Table(n, n + len(rows), caption, tuple(rows)))
        n += len(rows)
    return found


def _wide(grid: Sequence[tuple[Cell, ...]], n: int) -> list[tuple[Cell, ...]]:
    """The lines from n on that have as many cells, at least three; the first has words in two."""
    header = grid[n]
    if len(header) < _FEWEST_COLUMNS or sum(bool(cell.text) for cell in header) < 2:
        return []
    rows = [header]
    while n + len(rows) < len(grid):
        row = _filled(grid[n + len(rows)], len(header))
        if len(row) != len(header) or same(row, header):
            break
        rows.append(row)
    return rows


def _filled(row: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """A row that lacks its last cells, with them; an indented paragraph is none."""
    indented = not any(cell.text for cell in row[:-1])
    if indented or len(row) >= width:
        return row
    end = row[-1].span.end
    return row + (Cell("", Span(end, end)),) * (width - len(row))


def _pairs(grid: Sequence[tuple[Cell, ...]], n: int) -> list[tuple[Cell, ...]]:
    """The lines from n on that are a label and a value."""
    rows: list[tuple[Cell, ...]] = []
    while n + len(rows) < len(grid):
        row = grid[n + len(rows)]
        if not _is_pair(row) or (rows and same(row, rows[0])):
            break
        rows.append(row)
    return rows


def _is_pair(row: Sequence[Cell]) -> bool:
    """Whether a line is of two cells, neither of them a sentence nor the number of an item."""
    return (
        len(row) == 2
        and all(cell.text and not _SENTENCE.search(cell.text) for cell in row)
        and not is_item(row[0].text)
    )


def _is_table(rows: Sequence[Sequence[Cell]], captioned: bool) -> bool:
    """Whether lines of two cells are a table, whose first line names the columns of the others.

    It might as well be the first of a list of labels and values, or an entry of some contents. So
    it must hold no number but a year; and a caption, or numbers below it, must speak for it.
    """
    if len(rows) < _FEWEST_PAIRS:
        return False
    header, *rest = rows
    if not all(_HEADER_CELL.fullmatch(cell.text) for cell in header):
        return False
    values = sum(any(char.isdigit() for char in row[1].text) for row in rest)
    return not _ENUMERATOR.fullmatch(header[0].text) and (captioned or values > len(rest) / 2)


def apart(lines: Sequence[Line], source: str) -> set[int]:
    """Which lines stand apart from running text: captions, and lines of two cells in a row.

    They are paragraphs of their own where they belong to no table.
    """
    pairs = [_listed(cells(line, source)) for line in lines]
    beside = [False, *pairs, False]
    return {
        n
        for n, line in enumerate(lines)
        if _LONE_CAPTION.fullmatch(line.text) or (pairs[n] and (beside[n] or beside[n + 2]))
    }


def _listed(row: Sequence[Cell]) -> bool:
    return _is_pair(row) and not _ENUMERATOR.fullmatch(row[0].text)


def continues(table: Table, header: Sequence[Cell]) -> bool:
    """Whether a table without caption repeats header: the rest of a table over a page turn."""
    return table.caption is None and same(table.lines[0], header)


def same(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    """Whether two lines of cells hold the same words."""
    return [key(cell.text) for cell in one] == [key(cell.text) for cell in other]
