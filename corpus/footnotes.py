"""Footnotes: lines that open with a mark which the text above has set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.cleanup import MARK, MARKS
from corpus.records import Span

_COUNTS = re.compile(r"(?:[：:、；;（(]|包括|包含|分为|如下)\**\s*")
_ITEM_ENDS = re.compile(r"[，,、；;]\**\s*")
_CLAUSE_ENDS = re.compile(r"[，,、；;。！？：:]\**\s*")
_QUOTED = re.compile(r"[”」』]\**\s*")
_FULL_STOP = re.compile(r"[。！？]")
_TERM = re.compile(r"([^：:，。；]{1,24})[：:]")


@dataclass(slots=True)
class Marks:
    """The marks of a text: which are open, and which a footnote has answered.

    A circled number that no footnote answers is no mark: it may count the items of a list. So
    does one that stands where an item begins, and those that count on from it.
    """

    open: list[tuple[str, int]] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    def read(self, source: str, span: Span) -> None:
        """Take up the marks in a piece of text; one that counts items is none."""
        text = source[span.start : span.end]
        counters = counting(text)
        for found in MARK.finditer(text):
            if found.start() not in counters:
                self.open.append((found[0].lstrip("^"), span.start + found.start()))

    def answer(self, text: str) -> int | None:
        """The offset of the mark that a line answers; None where the line is no footnote."""
        found = MARK.match(text)
        mark = found[0].lstrip("^") if found else ""
        for n, (char, offset) in reversed(list(enumerate(self.open))):
            if char == mark:
                del self.open[n]
                self.answered.append(offset)
                return offset
        return None


def counting(text: str) -> set[int]:
    """Where circled numbers of a line stand that count the items of a list: 包括①甲、②乙.

    A raised one (^①) never counts, except at the very start of the line.
    """
    found = list(MARK.finditer(text))
    counters: set[int] = set()
    due = ""
    for n, mark in enumerate(found):
        after = found[n + 1] if n + 1 < len(found) else None
        if mark.start() == 0 or (
            mark[0] in MARKS
            and (
                _begins(text, mark.start())
                or (mark[0] == due and _counts_on(text, found[n - 1].end(), mark.start()))
                or (after is not None and _announces(text, mark, after))
            )
        ):
            counters.add(mark.start())
            due = _next(mark[0])
    return counters


def _next(mark: str) -> str:
    """The mark that counts on from this one; "" after the last."""
    at = MARKS.index(mark.lstrip("^")) + 1
    return MARKS[at : at + 1]


def _begins(text: str, at: int) -> bool:
    """Whether an item begins at at: behind a colon, 、 or a word that announces a list."""
    return _follows(_COUNTS, text, at)


def _counts_on(text: str, last: int, at: int) -> bool:
    """Whether a number at at goes on with a list whose number before it ends at last.

    A quoted term before it would have a footnote.
    """
    if _FULL_STOP.search(text, last, at):
        return _follows(_CLAUSE_ENDS, text, at)
    return not _follows(_QUOTED, text, at)


def _announces(text: str, mark: re.Match[str], after: re.Match[str]) -> bool:
    """Whether the next number, in the same sentence, counts on where an item has ended."""
    return (
        after[0] == _next(mark[0])
        and _FULL_STOP.search(text, mark.end(), after.start()) is None
        and _follows(_ITEM_ENDS, text, after.start())
    )


def _follows(form: re.Pattern[str], text: str, at: int) -> bool:
    """Whether what stands right before at has this form."""
    return any(found.end() == at for found in form.finditer(text, max(0, at - 8), at))


def body(line: str) -> int:
    """Where a footnote's words begin, after its mark."""
    found = re.match(rf"\^?[{MARKS}]\s*", line)
    return found.end() if found else 0


def term(text: str) -> str | None:
    """What a footnote explains: the words before its colon, without quotation marks around all."""
    found = _TERM.match(text)
    if found is None:
        return None
    words = found[1]
    whole = words.startswith("“") and words.endswith("”") and words.count("“") == 1
    return words[1:-1] if whole else words


def within(offsets: Sequence[int], span: Span) -> list[int]:
    """The offsets that lie in span."""
    return [offset for offset in offsets if span.start <= offset < span.end]
