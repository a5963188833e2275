"""From a source text to its lines, and from lines to clean text that knows where it stands.

Cleaning only leaves characters out (spaces between Chinese words and numbers, markup, footnote
marks, line breaks); it never changes or adds one, so clean text is made of pieces of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.pages import size
from corpus.records import Noise, Span, Traced

MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MARK = re.compile(rf"\^?[{MARKS}]")
_CLOSED = re.compile(rf"[。！？；：!?;:][”’』」）)*\s^{MARKS}]*$")
_BOLD = "**"
_MARKUP = re.compile(r"\*\*|\$[^$\n]+\$")
_TEX = re.compile(r"\$|\\(?:text|mathrm|mathbf)\{?|[{}]")
_SPACE = re.compile(r"\s+")
_WORDS = re.compile(r"[^\s\ufeff](?:.*[^\s\ufeff])?", re.DOTALL)
_ITEM = re.compile(r"\s*(?:——|（[一二三四五六七八九十]+）|\d+[.、．](?!\s*\d)|[-•·])")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words on it: its trimmed text and where that stands."""

    text: str
    span: Span
    wrapped: bool
    """No blank line stands between it and the line before."""


def lines(source: str) -> list[Line]:
    """The lines of source that are not blank, in order."""
    found, at, wrapped = [], 0, False
    for raw in source.split("\n"):
        words = _WORDS.search(raw)
        if words:
            span = Span(at + words.start(), at + words.end())
            found.append(Line(words[0], span, wrapped))
        wrapped = words is not None
        at += len(raw) + 1
    return found


def is_open(text: str) -> bool:
    """Whether a paragraph that ends so is continued by the next one.

    A closing quotation mark alone closes nothing: a page may turn after “八五” as anywhere else.
    """
    return _CLOSED.search(text) is None


def is_item(text: str) -> bool:
    """Whether a line opens an item of a list, and so continues nothing."""
    return _ITEM.match(text) is not None


_TITLE = re.compile(
    r"(?:（[一二三四五六七八九十]+）|\d+[.、．](?!\s*\d)\s*)[^\s，。；：、！？][^，。；：、！？]{1,19}"
)


def is_title(text: str) -> bool:
    """Whether a line is a mere title, as （一）加强领导 or 1. 目标任务, which nothing continues."""
    return _TITLE.fullmatch(text) is not None


_RAGGED = 3
"""Characters by which printed lines differ: no mark opens a line, no word is cut, a first line is
indented."""
_NARROWEST = 15
"""Characters of a printed line, at least."""


def full(lines: Sequence[Line]) -> set[int]:
    """Where lines end that reach the margin of a print, and go on below though they may be closed.

    A margin shows where lines under each other are about equally long, and one of them breaks
    within a sentence. Anywhere else a line that ends a sentence ends its paragraph.
    """
    found: set[int] = set()
    for block in _blocks(lines):
        sizes = [size(line.text) for line in block]
        margin = max(*sizes, _NARROWEST) - _RAGGED
        reaching = [n for n in range(len(block) - 1) if sizes[n] >= margin]
        if any(_broken(block[n], block[n + 1]) for n in reaching):
            found |= {block[n].span.end for n in reaching}
    return found


def _blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines without a blank line between them."""
    blocks: list[list[Line]] = []
    for line in lines:
        if line.wrapped and blocks:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _broken(line: Line, below: Line) -> bool:
    """Whether line was broken within a sentence."""
    return is_open(line.text) and not (is_title(line.text) or is_item(below.text))


def noise_of(text: str, marks: Iterable[int]) -> list[tuple[Noise, int, int]]:
    """What is left out of text, in order and without overlap. marks: starts of footnote marks."""
    left_out: list[tuple[Noise, int, int]] = []
    for start in marks:
        mark = MARK.match(text, start)
        assert mark is not None
        left_out.append((Noise.MARK, start, mark.end()))
    for found in _MARKUP.finditer(text):
        if found[0] == _BOLD:
            left_out.append((Noise.MARKUP, *found.span()))
            continue
        for piece in _TEX.finditer(text, *found.span()):
            left_out.append((Noise.MARKUP, *piece.span()))
    for found in _SPACE.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if "\n" in found[0] or not (_ascii(before[-1:]) and _ascii(after[:1])):
            left_out.append((Noise.SPACE, *found.span()))
    return sorted(left_out, key=lambda item: item[1:])


def _ascii(char: str) -> bool:
    return char.isascii() and char != ""


def clean(
    source: str, span: Span, marks: Sequence[int] = ()
) -> tuple[Traced, list[tuple[Noise, Span]]]:
    """source[span] without noise, and the noise. marks: source offsets of footnote marks in it."""
    raw = source[span.start : span.end]
    kept, noise, at = [], [], 0
    for why, start, end in noise_of(raw, (mark - span.start for mark in marks)):
        if at < start:
            kept.append(Span(span.start + at, span.start + start))
        noise.append((why, Span(span.start + start, span.start + end)))
        at = end
    if at < len(raw):
        kept.append(Span(span.start + at, span.end))
    text = "".join(source[piece.start : piece.end] for piece in kept)
    return Traced(text, tuple(kept)), noise


_GAP = re.compile(rf"(?:\s|\*\*|\$|\\[A-Za-z]+|[{{}}]|\^?[{MARKS}])*")


def quotable(source: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The fewest runs of the source that hold spans: pieces are joined over mere noise.

    A sentence that a footnote interrupts gives two runs, since the footnote is no part of it. A
    run that holds one ** of a pair takes the other in.
    """
    runs: list[Span] = []
    for span in spans:
        if runs and _GAP.fullmatch(source, runs[-1].end, span.start):
            runs[-1] = Span(runs[-1].start, span.end)
        else:
            runs.append(span)
    return tuple(_paired(source, run) for run in runs)


def _paired(source: str, run: Span) -> Span:
    if source.count(_BOLD, run.start, run.end) % 2:
        if source.startswith(_BOLD, run.end):
            return Span(run.start, run.end + len(_BOLD))
        if source.endswith(_BOLD, 0, run.start):
            return Span(run.start - len(_BOLD), run.end)
    return run
