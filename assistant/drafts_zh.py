"""Drafts in Chinese."""

from __future__ import annotations

import re

from assistant.drafts import LEVEL, NUMBERED, TERM, Maker, Value
from corpus.language import HAN
from corpus.numbers import Measure
from corpus.records import Passage, Section

_SUM = re.compile(r"([一二三四五六七八九十\d]{1,2}年)(?:累计|共)?")


class Chinese(Maker):
    """Makes the questions in Chinese."""

    lang = "zh"

    def value(self, value: Value) -> str:
        """2019年地区生产总值是多少？ 路网密度的目标是多少？ 未来五年计划新增学位多少个？"""
        time, subject, unit = _time(value), value.subject.replace("现有", ""), value.unit
        is_level = LEVEL.search(subject) is not None
        if value.is_flow and unit:
            if value.is_target:
                return f"{time.removesuffix('累计')}计划{subject}多少{unit}？"
            return f"{time or '目前已'}{subject}多少{unit}？"
        if time.endswith("累计") and not is_level:
            return ""
        time = time.removesuffix("累计")
        if value.is_target and value.is_end:
            time = ""
        elif not value.is_target:
            time = time or "目前"
        if not is_level and value.measure in {Measure.COUNT, Measure.AREA, Measure.LENGTH}:
            return f"{time}{subject}{'要达到' if value.is_target else '有'}多少{unit}？"
        unit = unit if value.measure is Measure.TIME and not is_level else ""
        return f"{time}{subject}{'的目标' if value.is_target else ''}是多少{unit}？"

    def own(self, words: str, told: str) -> str:
        """The plan's words."""
        del told
        return words

    def how(self, act: str) -> str:
        """怎样打造金融之城？"""
        return f"怎样{act}？"

    def what(self, things: str, *, is_one: bool) -> str:
        """面临的新机遇有哪些？ 指导思想是什么？"""
        return f"{things}{'是什么' if is_one else '有哪些'}？"

    def meaning(self, passage: Passage) -> str:
        """“四办”是什么意思？"""
        term = TERM.match(passage.text)
        if term is None:
            return ""
        return f"{term[1]}是什么意思？" if "“" in term[1] else f"“{term[1]}”是什么意思？"

    def inside(self, section: Section, level: int) -> str:
        """第四篇有哪些章？"""
        number = NUMBERED.match(section.title)
        return f"{number[1]}有哪些{'章' if level == 2 else '节'}？" if number else ""

    def rows_like(self, row: Passage, column: int) -> str:
        """约束性指标有哪些？"""
        words = row.fields[column][1]
        return f"{words}{'' if words.endswith('性') else '类'}指标有哪些？"


def _time(value: Value) -> str:
    """The time of a value, as it stands before its subject; "" for none."""
    period = value.period
    if period is None:
        return ""
    if found := _SUM.fullmatch(period.words):
        return f"{'未来' if value.is_target else '过去'}{found[1]}累计"
    if period.first < period.last:
        return period.words
    words = f"{period.words}年" if period.words.isdigit() else period.words
    return f"到{words}" if value.is_target and not HAN.match(words) else words
