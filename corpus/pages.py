"""On which printed page each piece of the text stands, from what the source still shows of it.

Three things are known: the page of each heading (from the contents), where a page certainly
turns (in the middle of a sentence, or below a footnote), and that pages only go up. Between
paragraphs a page may turn unseen; where that leaves two possibilities the page is a range.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from corpus.records import Leaf, Pages, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text between two possible page turns.

    page: known from the contents. turned: a page certainly turns before it.
    """

    span: Span
    page: int | None = None
    turned: bool = False


def paginate(
    pieces: Sequence[Piece], source: str, first: int | None, last: int | None
) -> tuple[tuple[Leaf, ...], list[str]]:
    """The page, or the range of pages, of each piece; and what contradicts itself.

    first, last: the printed numbers of the body's first and last page. Pages are known only
    where something anchors them from both sides; without any anchor there are none.
    Where an anchor contradicts the turns seen since the one before it, the anchor holds; and
    whatever contradicts itself, no piece stands before the first page that is known, or before 1.

    What a page holds at most is then read off the pages that are known to be whole, and a
    stretch that holds more must turn unseen somewhere: that narrows most of the ranges.
    """
    sizes = [size(source[piece.span.start : piece.span.end]) for piece in pieces]
    leaves, problems = _bound(pieces, sizes, first, last, inf)
    capacity = _capacity(pieces, sizes, leaves)
    if not problems and capacity is not None:
        narrowed, conflicts = _bound(pieces, sizes, first, last, capacity)
        leaves = leaves if conflicts else narrowed
    return tuple(leaf for leaf in leaves if leaf is not None), problems


def size(text: str) -> float:
    """The room that a text takes in print, in full-width characters."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def _bound(
    pieces: Sequence[Piece],
    sizes: Sequence[float],
    first: int | None,
    last: int | None,
    capacity: float,
) -> tuple[list[Leaf | None], list[str]]:
    low, problems = _earliest(pieces, sizes, first, capacity)
    turned = [*(piece.turned for piece in pieces[1:]), False][: len(pieces)]
    mirror = [
        Piece(piece.span, None if piece.page is None else -piece.page, turns)
        for piece, turns in zip(reversed(pieces), reversed(turned), strict=True)
    ]
    upside, beyond = _earliest(mirror, sizes[::-1], None if last is None else -last, capacity)
    high = [None if page is None else -page for page in reversed(upside)]
    # Turns after the last heading contradict no heading: only the last page tells of them.
    crossed = any(a is not None and b is not None and a > b for a, b in zip(low, high, strict=True))
    if (beyond or crossed) and not problems:
        problems = [f"the text goes on beyond its last page, {last}"]
    floor = _floor(pieces, first)
    return [
        _leaf(piece, earliest, latest, floor)
        for piece, earliest, latest in zip(pieces, low, high, strict=True)
    ], problems


def _floor(pieces: Sequence[Piece], first: int | None) -> int:
    """The first page that anything can stand on."""
    known = [page for page in (first, *(piece.page for piece in pieces)) if page is not None]
    return max(1, min(known, default=1))


def _leaf(piece: Piece, earliest: int | None, latest: int | None, floor: int) -> Leaf | None:
    if earliest is None or latest is None:
        return None
    lowest, highest = sorted((max(earliest, floor), max(latest, floor)))
    return Leaf(piece.span, Pages(lowest, highest, lowest == highest))


def _earliest(
    pieces: Sequence[Piece], sizes: Sequence[float], first: int | None, capacity: float
) -> tuple[list[int | None], list[str]]:
    """The first page that each piece can stand on, pages filled up to capacity at most."""
    page, full = first, 0.0
    pages: list[int | None] = []
    problems: list[str] = []
    for piece, room in zip(pieces, sizes, strict=True):
        if piece.page == 0:
            problems.append("page 0 in the contents, but pages begin with 1")
        if page is not None and (piece.turned or full + room > capacity):
            page, full = page + 1, 0.0
        if piece.page is not None and piece.page != page:
            if page is not None and page > piece.page:
                problems.append(f"page {piece.page} in the contents, but the text is on {page}")
            page, full = piece.page, 0.0
        full += room
        pages.append(page)
    return pages, problems


_WHOLE_PAGES_NEEDED = 8
_MARGIN = 1.1


def _capacity(
    pieces: Sequence[Piece], sizes: Sequence[float], leaves: Sequence[Leaf | None]
) -> float | None:
    """What a page holds at most: the fullest page between two certain turns, and a margin.

    None where too few whole pages are known to tell.
    """
    whole: list[float] = []
    stretch: float | None = None
    for n, piece in enumerate(pieces):
        if piece.turned:
            before, here = leaves[n - 1], leaves[n]
            if stretch is not None and before and before.pages.exact:
                whole.append(stretch)
            stretch = 0.0 if here and here.pages.exact else None
        elif stretch is not None and leaves[n] != leaves[n - 1]:
            here, before = leaves[n], leaves[n - 1]
            if not (here and before and here.pages == before.pages):
                stretch = None
        if stretch is not None:
            stretch += sizes[n]
    return max(whole) * _MARGIN if len(whole) >= _WHOLE_PAGES_NEEDED else None


def pages_of(spans: Sequence[Span], leaves: Sequence[Leaf]) -> Pages | None:
    """The pages of a text that stands at spans; None where they are not known.

    leaves: in the order of the source, as paginate gives them.
    """
    found: Pages | None = None
    for span in spans:
        n = bisect_right(leaves, span.start, key=lambda leaf: leaf.span.start)
        for leaf in leaves[max(0, n - 1) :]:
            if leaf.span.start >= span.end:
                break
            if span.start < leaf.span.end:
                found = leaf.pages if found is None else found | leaf.pages
    return found
