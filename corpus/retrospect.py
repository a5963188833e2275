"""Which sections of a plan look back, on what has been reached, and not ahead."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from corpus.periods import is_compared, periods
from corpus.records import Document, Kind
from corpus.years import Years

_NUMBERING = re.compile(r"^(?:第[^\s篇章节部编]+(?:篇|编|章|节|部分)|[一二三四五六七八九十]+、)\s*")
_BACK = re.compile(
    r"回顾|成就|成效|成绩|现状|(?:发展|现实|工作|规划)基础(?:[和与及].*)?$|形势|面临的|存在的?问题"
)
_AHEAD = re.compile(r"目标|任务|展望|愿景|蓝图|保障|实施|举措|重点")
_DOING = re.compile(
    "优化|夯实|筑牢|增强|提升|推进|推动|加快|加强|完善|构建|打造|建设|坚持|深化|强化|健全|做强|做优|巩固"
)
_FEWEST = 2
"""Past periods that a section without a telling heading must name."""


def looking_back(document: Document, plan: Years | None) -> frozenset[str]:
    """The ids of the sections that look back.

    The innermost heading that tells decides; where none does, the periods that the section's own
    text names: at least two past ones, and more than twice as many as others.
    """
    past: dict[str, int] = defaultdict(int)
    ahead: dict[str, int] = defaultdict(int)
    for passage in document.passages if plan else ():
        if passage.kind is not Kind.TEXT:
            continue
        for mention in periods(passage.text, "zh", plan):
            if plan and not is_compared(passage.text, mention):
                counts = past if mention.period.last < plan[0] else ahead
                counts[passage.section] += 1
    found = set()
    for section in document.sections:
        told = _told(section.path)
        mostly = past[section.id] >= _FEWEST and past[section.id] > 2 * ahead[section.id]
        if told if told is not None else mostly:
            found.add(section.id)
    return frozenset(found)


def _told(path: Iterable[str]) -> bool | None:
    """Whether headings say that what stands under them looks back; None where they say nothing.

    A heading that begins with what is to be done (优化发展基础) does not look back, and one that
    names both (发展回顾与目标) says nothing.
    """
    for heading in reversed(tuple(path)):
        words = _NUMBERING.sub("", heading).strip()
        back = _BACK.search(words) is not None and _DOING.match(words) is None
        ahead = _AHEAD.search(words) is not None
        if back != ahead:
            return back
    return None
