"""Words right before and behind a quantity, and how they bound it: 超过, 以内, "at least"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from corpus.units import any_of


class Bound(StrEnum):
    """How a quantity bounds what it tells."""

    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around text[start:end]: text[first:start] before it, text[end:last] behind it."""

    first: int
    last: int
    bound: Bound | None


_SIGNS = {
    ">": Bound.MORE_THAN,
    "≥": Bound.AT_LEAST,
    "<": Bound.LESS_THAN,
    "≤": Bound.AT_MOST,
}
_BEFORE = {
    Bound.MORE_THAN: "超过 突破 超出 高于 大于 多于 逾 超",
    Bound.AT_LEAST: "不低于 不少于 不小于 不短于 至少 最少",
    Bound.LESS_THAN: "低于 小于 少于 短于 不到 不足 不满",
    Bound.AT_MOST: "不超过 不突破 不高于 不多于 不大于 至多 最多",
    Bound.ABOUT: "约 大约 大概 近 将近 接近",
}
_BEHIND = {
    Bound.AT_LEAST: "以上 及以上",
    Bound.AT_MOST: "以内 之内 以下 及以下 之下 内",
    Bound.ABOUT: "左右 上下",
    Bound.MORE_THAN: "余",
}
_REACHING = (
    "达到 达成 达 完成 实现 累计 力争 争取 努力 保持 保持在 控制 控制在 维持在 稳定在 成为 总体 "
    "整体 全部 总计 共计 合计 预计 共 均 仅 已 将 为 至 到 在 "
)
_CHANGING = (
    "提高 提升 增加 增长 增 升 上升 上调 扩大 延长 降低 下降 降 减少 减 缩短 压缩 压减 下调 "
    "收窄 调整 恢复 发展"
)
_REACHING += " ".join(f"{verb}{to}" for verb in _CHANGING.split() for to in "到至")
"""Words that say that a value is reached or held; they bound nothing."""
_EACH = "每人每月 每人每年 每人 每年 每月 每周 每天 每日 每小时 各 连续"
"""Words without which the value would be another one."""
_PART_OF_A_WORD = (
    "(?<![节集签契条合预履]约)(?<![附邻就靠临]近)(?<![赶反]超)(?<![人年平户日月地亩]均)(?<![公一]共)"
    "(?<![发传表下]达)(?<!以至)(?<!甚至)(?<![存所]在)"
)
"""Where one character is no word: 节约, 附近, 人均."""

_BOUNDING = {word: bound for bound, words in _BEFORE.items() for word in words.split()}
_BOUNDED = {word: bound for bound, words in _BEHIND.items() for word in words.split()}
_NEEDED = f"{' '.join(_BOUNDING)} {_EACH}"
_ONE = re.compile(rf"({any_of(f'{_NEEDED} {_REACHING}')}){_PART_OF_A_WORD}了?\s*$")
_SHOWN = re.compile(rf"(?:(?:{any_of(_NEEDED)})了?)+$")
_AFTER = re.compile(rf"\s*({any_of(' '.join(_BOUNDED))})(?![部容涵陆河外需资生循下额款热])")

_ENGLISH_BEFORE = {
    Bound.MORE_THAN: r"more than|over|above|(?:exceed|surpass)(?:s|es|ed|ing)?|upwards of",
    Bound.AT_LEAST: r"at least|no(?:t)? (?:less|fewer|lower) than",
    Bound.LESS_THAN: r"less than|fewer than|lower than|below|under",
    Bound.AT_MOST: (
        r"at most|no(?:t)? (?:more|higher) than|not (?:exceed|surpass)(?:ing)?|"
        r"without (?:exceed|surpass)ing|up to|within"
    ),
    Bound.ABOUT: r"about|around|approximately|nearly|almost|roughly|close to",
}
_ENGLISH_BEHIND = {
    Bound.AT_LEAST: r"or (?:more|above|over|higher)",
    Bound.AT_MOST: r"or (?:less|lower|below|under|fewer)",
}


def _alternatives(forms: dict[Bound, str]) -> str:
    # What is longer comes first: "no more than" before "more than".
    order = (Bound.AT_LEAST, Bound.AT_MOST, Bound.LESS_THAN, Bound.MORE_THAN, Bound.ABOUT)
    return "|".join(rf"(?P<{bound}>{forms[bound]})" for bound in order if bound in forms)


_ENGLISH_ONE = re.compile(rf"\b(?:{_alternatives(_ENGLISH_BEFORE)})\s+$", re.IGNORECASE)
_ENGLISH_AFTER = re.compile(rf"\s+(?:{_alternatives(_ENGLISH_BEHIND)})\b", re.IGNORECASE)
_WINDOW = 20
"""Characters before a number in which its last bounding word stands."""


def around(text: str, start: int, end: int, lang: str = "zh", floor: int = 0) -> Around:
    """The bounding words around text[start:end], a number with its unit, from floor on.

    text in half width. In Chinese with the verbs beside them (力争突破), which bound nothing.
    """
    bound = _SIGNS.get(text[start : start + 1])
    first, last = start, end
    if lang != "zh":
        before = _ENGLISH_ONE.search(text, max(floor, start - _WINDOW), start)
        behind = _ENGLISH_AFTER.match(text, end)
        for found in filter(None, (before, behind)):
            bound = bound or Bound(str(found.lastgroup))
        return Around(before.start() if before else start, behind.end() if behind else end, bound)
    while one := _ONE.search(text, max(floor, first - _WINDOW), first):
        bound = bound or _BOUNDING.get(one[1])
        first = one.start()
    if after := _AFTER.match(text, end):
        bound = bound or _BOUNDED[after[1]]
        last = after.end()
    return Around(first, last, bound)


def shown(qualifier: str) -> str:
    """What of the words before a quantity a reader needs: 突破 of 力争突破."""
    if qualifier.isascii():
        return qualifier
    found = _SHOWN.search(qualifier)
    return found[0] if found else ""
