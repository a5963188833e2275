"""Periods: the calendar years that a text names, in Chinese or English.

2019年末, 2016-2019年, “十三五”时期, 未来五年; "by 2025", "the 13th Five-Year Plan period".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.language import half_width
from corpus.years import FORMS, Years


@dataclass(frozen=True, slots=True)
class Period:
    """Calendar years, first ≤ last. words: as the text has them, Chinese ones without spaces."""

    words: str
    first: int
    last: int

    def meets(self, other: Period) -> bool:
        """Whether they have a year in common."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Mention:
    """text[start:end] names a period."""

    start: int
    end: int
    period: Period


_ADDED = re.compile(r"^.{1,3}年(?:累计|来|共)?$")
"""Right behind another period (“十四五”期间五年累计) it adds nothing."""
_CLAUSE_ENDS = re.compile(r"[，；;。！？!?（）()]|(?<!\d),|,(?!\d{3}(?!\d))|\.\s")
_SENTENCE_ENDS = re.compile(r"[。！？!?\n]|\.\s")
_COMPARED = re.compile(
    r"(?:比|较|相比|相当于|高于|低于|同)\s*$|\b(?:than|with|levels?)(?: \w+){0,4} $", re.IGNORECASE
)
_IS = re.compile(r"(?:是|为|达到|占)\s*$")
_DEADLINE = re.compile(r"前(?![，,])")
_FROM = ("由", "从", "自")
_UP_TO = re.compile("[到至]")
_RIGHT_BEHIND = re.compile(r"[^\s]+(?: (?:million|billion|yuan))*,? (?:in|by) (?:the )?")
_COMPARING = re.compile(r"\s*(?:的?(?:水平|基础)|相比)")


def plan_years(title: str) -> Years | None:
    """The years of a plan by its title: “十四五”, 第十四个五年规划, 2021-2035年."""
    found = [mention.period for lang in FORMS for mention in periods(title, lang)]
    return next(((p.first, p.last) for p in found if p.last - p.first >= 2), None)


def periods(text: str, lang: str = "zh", plan: Years | None = None) -> list[Mention]:
    """The periods that a text in "zh" or "en" names, in order, not overlapping.

    plan: the years of the plan that the text is of, or asks about. What is relative to them
    (未来五年, 过去五年, "the end of the plan") is told only where they are given.
    """
    narrow = half_width(text)
    found = [
        _mention(text, match, years, lang)
        for form, read in FORMS[lang]
        for match in form.finditer(narrow)
        if (years := read(match, plan)) is not None
    ]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        is_added = _ADDED.search(mention.period.words) is not None
        if not kept or mention.start >= kept[-1].end + is_added:
            kept.append(mention)
    return kept


def _mention(text: str, match: re.Match[str], years: Years, lang: str) -> Mention:
    # The preposition by which an English year is known is no part of it.
    start = match.start("year") if "word" in match.re.groupindex else match.start()
    words = text[start : match.end()].split()
    return Mention(start, match.end(), Period(("" if lang == "zh" else " ").join(words), *years))


def is_compared(text: str, mention: Mention) -> bool:
    """Whether a period is what another one is compared with: 比2015年, 是2015年末的1.6倍."""
    before, after = text[max(0, mention.start - 30) : mention.start], text[mention.end :][:6]
    if _COMPARED.search(before) or _COMPARING.match(after):
        return True
    return _IS.search(before) is not None and after.lstrip().startswith("的")


def holding(text: str, at: int, mentions: Sequence[Mention], lang: str = "zh") -> Period | None:
    """The period that holds for a number at at: the one named last before it in its sentence.

    In English also one right behind it ("30% by 2025"), or behind it in its clause where its
    sentence has named none before.
    """
    sentence = _last_end(_SENTENCE_ENDS, text, at)
    clause = _last_end(_CLAUSE_ENDS, text, at)
    before = [
        mention
        for mention in mentions
        if sentence <= mention.start and mention.end <= at and _goes_on(text, mention, clause, at)
    ]
    if lang != "zh":
        end = _CLAUSE_ENDS.search(text, at)
        limit = end.start() if end else len(text)
        behind = next((m for m in mentions if at < m.start < limit), None)
        if behind and (not before or _RIGHT_BEHIND.fullmatch(text, at, behind.start)):
            return behind.period
    return before[-1].period if before else None


def _goes_on(text: str, mention: Mention, clause: int, at: int) -> bool:
    """Whether a period still holds at at, in the clause that begins at clause.

    2022年底前并网发电 says nothing of later clauses, 由2015年的42%提高到 nothing of the end.
    """
    if mention.start < clause and _DEADLINE.match(text, mention.end):
        return False
    is_from = text[: mention.start].endswith(_FROM)
    return not (is_from and _UP_TO.search(text, mention.end, at))


def _last_end(form: re.Pattern[str], text: str, at: int) -> int:
    ends = [match.end() for match in form.finditer(text, 0, at)]
    return ends[-1] if ends else 0
