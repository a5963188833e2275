"""Footnotes: lines that open with a mark which the text above has set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.cleanup import MARK, MARKS
from corpus.records import Span

_TERM = re.compile(r"([^：:，。；]{1,24})[：:]")


@dataclass(slots=True)
class Marks:
    """The marks of a text: which are open, and which a footnote has answered.

    A circled number that no footnote answers is no mark: it may count the items of a list.
    """

    open: list[tuple[str, int]] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)

    def read(self, source: str, span: Span) -> None:
        """Take up the marks in a piece of text; one at its very start opens a line, not a note."""
        for found in MARK.finditer(source, span.start, span.end):
            if found.start() > span.start:
                self.open.append((found[0].lstrip("^"), found.start()))

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
