"""Headings: the table of contents, and the tree of 篇, 章, 节 in the body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from corpus.cleanup import Line
from corpus.language import key
from corpus.records import Document, Passage, Section

_NUMERAL = "[一二三四五六七八九十百零〇两0-9]+"
_LEVELS = (
    (1, re.compile(rf"第({_NUMERAL})(?:篇|编|部分)(?:\s+|(?=[^\s，。、的]))(.*)")),
    (2, re.compile(rf"第({_NUMERAL})章(?:\s+|(?=[^\s，。、的]))(.*)")),
    (3, re.compile(rf"第({_NUMERAL})节(?:\s+|(?=[^\s，。、的]))(.*)")),
    (4, re.compile(rf"({_NUMERAL})、\s*(.*)")),
)
_CHAPTER = 2
_CONTENTS_TITLE = re.compile(r"目\s*[录次]")
_LEADER = re.compile(r"[\s.·…\u2024\u2025⋯]*(?:\t|[.·…⋯]{2,}|\s{2,}|[.·…⋯]\s)[\s.·…⋯]*(\d{1,4})?$")
_PAGE_NUMBER = re.compile(
    r"第?[\s\-–—－·•~]*(?:\d{1,4}|[IVXLC]{1,8}|[ivxlc]{1,8}|[Ⅰ-ⅿ]{1,8})[\s\-–—－·•~]*页?"
    r"(?:[\s,，/]*共?\s*\d{1,4}\s*页?)?"
)
_LONGEST_HEADING = 45
_ENDS_SENTENCE = tuple("。；，：;,:")
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_ZEROS = "零〇0"
_DIGITS |= {str(value): value for value in range(10)}


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
    """十 → 10, 二十八 → 28, 二〇 → 20, 12 → 12, also 二0 → 20; numbers below 1,000."""
    if not set(text) & set("十百"):
        return int("".join(str(_DIGITS[char]) for char in text))
    hundreds, _, rest = text.rpartition("百")
    tens, ten, units = rest.rpartition("十")
    total = _DIGITS.get(hundreds, 1) * 100 if "百" in text else 0
    if ten:
        total += 10 * _DIGITS.get(tens.lstrip(_ZEROS), 1)
    units = units.lstrip(_ZEROS)
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
    Page numbers that were printed below it are part of it. Without one: (0, 0, []).
    """
    titles = (n for n, line in enumerate(lines) if _CONTENTS_TITLE.fullmatch(line.text))
    first = next(titles, None)
    if first is None:
        return 0, 0, []
    entries: list[Heading] = []
    end, cut_short = first + 1, False
    for line in lines[end:]:
        if _PAGE_NUMBER.fullmatch(line.text):
            # The foot of a page: an entry may go on over it.
            end += 1
            continue
        leader = _LEADER.search(line.text)
        page = int(leader[1]) if leader and leader[1] else None
        title = " ".join((line.text[: leader.start()] if leader else line.text).split())
        found = heading(title.replace("、 ", "、"))
        if found is None:
            if page is None or len(line.text) > _LONGEST_HEADING:
                break
            # No heading, but a page: the rest of an entry over two lines, or 前言, 附表 and such.
            if entries and cut_short:
                entries[-1] = replace(entries[-1], title=entries[-1].title + title, page=page)
        elif leader is None and any(found.matches(entry) for entry in entries):
            break
        else:
            entries.append(replace(found, page=page))
        cut_short = found is not None and leader is None
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
        return replace(entry, page=before.page)
    return entry


def locate(
    lines: Sequence[Line], entries: Sequence[Heading]
) -> tuple[dict[int, Heading], list[str]]:
    """Which lines of the body are headings, and where the contents and the body disagree.

    With contents, each entry is looked for in order; without, every line of a heading's form is
    one. What has the form of a 一、 or a 第…节 is often a mere item, and so is no disagreement.
    """
    forms = {n: found for n, line in enumerate(lines) if (found := heading(line.text))}
    if not entries:
        return forms, []
    rows = sorted(forms)
    pairs = _aligned(entries, [forms[row] for row in rows])
    headings = {
        rows[place]: replace(forms[rows[place]], page=entries[n].page) for n, place in pairs.items()
    }
    missing = [
        f"heading in the contents but not in the text: {entry.title}"
        for n, entry in enumerate(entries)
        if n not in pairs
    ]
    unknown = [
        f"heading in the text but not in the contents: {forms[row].title}"
        for row in rows
        if row not in headings and forms[row].level <= _CHAPTER
    ]
    return headings, missing + unknown


def _aligned(entries: Sequence[Heading], forms: Sequence[Heading]) -> dict[int, int]:
    """Which form each entry is: as many as can be matched in order, each as early as can be.

    A heading that the body lacks must not take a later one of its name, and all between with it.
    """
    most = [[0] * (len(forms) + 1) for _ in range(len(entries) + 1)]
    for n in reversed(range(len(entries))):
        for m in reversed(range(len(forms))):
            taken = 1 + most[n + 1][m + 1] if forms[m].matches(entries[n]) else 0
            most[n][m] = max(most[n + 1][m], most[n][m + 1], taken)
    pairs: dict[int, int] = {}
    m = 0
    for n in range(len(entries)):
        for place in range(m, len(forms)):
            enough = 1 + most[n + 1][place + 1] == most[n][m]
            if enough and forms[place].matches(entries[n]):
                pairs[n], m = place, place + 1
                break
    return pairs


def inside(sections: Sequence[Section], name: str) -> tuple[Section, ...]:
    """A section of a document and those in it: what follows it at a lower level.

    What stands before the first heading holds no other. () where there is none of that name.
    """
    first = next((n for n, found in enumerate(sections) if found.id == name), None)
    if first is None or not sections[first].level:
        return () if first is None else (sections[first],)
    outer = sections[first]
    return outer, *takewhile(lambda found: found.level > outer.level, sections[first + 1 :])


def leading(document: Document) -> dict[str, Passage]:
    """By section its first passage, or where it has none the first one below it."""
    found: dict[str, Passage] = {}
    first = {passage.section: passage for passage in reversed(document.passages)}
    for section in document.sections:
        names = (one.id for one in inside(document.sections, section.id))
        passage = next((first[name] for name in names if name in first), None)
        if passage is not None:
            found[section.id] = passage
    return found
