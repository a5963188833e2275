"""Headings: the table of contents, and the tree of 篇, 章, 节 in the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from corpus.cleanup import Line
from corpus.language import key

_NUMERAL = "[一二三四五六七八九十百零〇两0-9]+"
_LEVELS = (
    (1, re.compile(rf"第({_NUMERAL})(?:篇|编|部分)(?:\s+|(?=[^\s，。、的]))(.*)")),
    (2, re.compile(rf"第({_NUMERAL})章(?:\s+|(?=[^\s，。、的]))(.*)")),
    (3, re.compile(rf"第({_NUMERAL})节(?:\s+|(?=[^\s，。、的]))(.*)")),
    (4, re.compile(rf"({_NUMERAL})、\s*(.*)")),
)
_CONTENTS_TITLE = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"[\s.·…\u2024\u2025⋯]*(?:\t|[.·…⋯]{2,}|\s{2,}|[.·…⋯]\s)[\s.·…⋯]*(\d{1,4})?$")
_LONGEST_HEADING = 45
_ENDS_SENTENCE = tuple("。；，：;,:")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names a section. level: 1 篇, 2 章, 3 第…节, 4 一、; page as in the contents."""

    level: int
    number: int
    title: str
    page: int | None = None

    def matches(self, other: Heading) -> bool:
        """Whether both name one section: level and number, and nearly the same words."""
        if (self.level, self.number) != (other.level, other.number):
            return False
        return similar(self.title, other.title) >= 0.6


def similar(one: str, other: str) -> float:
    """How alike two titles are, from 0 to 1, spaces and punctuation aside."""
    return SequenceMatcher(None, key(one), key(other), autojunk=False).ratio()


def numeral(text: str) -> int:
    """十 → 10, 二十八 → 28, 12 → 12; numbers below 1,000."""
    if text.isdigit():
        return int(text)
    hundreds, _, rest = text.rpartition("百")
    tens, ten, units = rest.rpartition("十")
    total = _DIGITS.get(hundreds, 1) * 100 if "百" in text else 0
    if ten:
        total += 10 * _DIGITS.get(tens.lstrip("零〇"), 1)
    units = units.lstrip("零〇")
    return total + _DIGITS.get(units, 0)


def heading(text: str) -> Heading | None:
    """The heading that a line is, by its form alone; None where it is none."""
    if len(text) > _LONGEST_HEADING or text.endswith(_ENDS_SENTENCE):
        return None
    for level, form in _LEVELS:
        found = form.fullmatch(text)
        if found and found[2].strip():
            return Heading(level, numeral(found[1]), " ".join(text.split()))
    return None


def contents(lines: Sequence[Line]) -> tuple[int, int, list[Heading]]:
    """The table of contents: [first, end) of its lines, and its headings with their pages.

    It opens with 目录 and ends where a line is no entry, or repeats an earlier one (the body).
    Without one: (0, 0, []).
    """
    titles = (n for n, line in enumerate(lines) if _CONTENTS_TITLE.fullmatch(line.text))
    first = next(titles, None)
    if first is None:
        return 0, 0, []
    entries: list[Heading] = []
    end = first + 1
    for line in lines[end:]:
        leader = _LEADER.search(line.text)
        title = line.text[: leader.start()] if leader else line.text
        found = heading(" ".join(title.split()).replace("、 ", "、"))
        if found is None or (not leader and any(found.matches(entry) for entry in entries)):
            break
        page = int(leader[1]) if leader and leader[1] else None
        entries.append(Heading(found.level, found.number, found.title, page))
        end += 1
    return first, end, [_bounded(before, entry, after) for before, entry, after in _around(entries)]


def _around(entries: list[Heading]) -> list[tuple[Heading | None, Heading, Heading | None]]:
    padded = [None, *entries, None]
    return [
        (before, entry, after)
        for (before, entry), after in zip(pairwise(padded), padded[2:], strict=False)
        if entry is not None
    ]


def _bounded(before: Heading | None, entry: Heading, after: Heading | None) -> Heading:
    """An entry without its page has its neighbours', where both stand on one."""
    if entry.page is None and before and after and before.page == after.page:
        return Heading(entry.level, entry.number, entry.title, before.page)
    return entry


def locate(
    lines: Sequence[Line], entries: Sequence[Heading]
) -> tuple[dict[int, Heading], list[str]]:
    """Which lines of the body are headings, and what the contents promise but the body lacks.

    With contents, each entry is looked for in order; without, every line of a heading's form is
    one.
    """
    forms = {n: found for n, line in enumerate(lines) if (found := heading(line.text))}
    if not entries:
        return forms, []
    headings: dict[int, Heading] = {}
    missing: list[str] = []
    left = sorted(forms)
    for entry in entries:
        at = next((n for n in left if forms[n].matches(entry)), None)
        if at is None:
            missing.append(f"heading in the contents but not in the text: {entry.title}")
            continue
        found = forms[at]
        headings[at] = Heading(found.level, found.number, found.title, entry.page)
        left = [n for n in left if n > at]
    return headings, missing
