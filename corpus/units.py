"""Units: the words for them, Chinese and English, what each one measures, and its one spelling.

Two words for one unit have one spelling here (公里 is 千米, 名 is 人, "square metres" is 平方米),
so that a base and a target, or a plan and its translation, can be compared.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Measure(StrEnum):
    """What a quantity measures, by its unit."""

    MONEY = "money"
    SHARE = "share"
    AREA = "area"
    VOLUME = "volume"
    LENGTH = "length"
    TIME = "time"
    WEIGHT = "weight"
    RATE = "rate"
    """One thing for each of another (9/10万, 5.98千米/平方公里), or a number without a unit."""
    COUNT = "count"
    RANK = "rank"
    """A place in a ranking: 全国第27名."""


_UNITS_OF = {
    Measure.MONEY: "美元 欧元 港元 元",
    Measure.SHARE: "个百分点 百分点 倍",
    Measure.AREA: "平方公里 平方千米 平方米 平米 公顷 亩 ㎡ ㎢",
    Measure.VOLUME: "立方米 升",
    Measure.LENGTH: "公里 千米 海里 毫米 厘米 米 ㎞",
    Measure.TIME: "个工作日 工作日 个月 课时 学时 小时 分钟 天 年一遇 年 岁",
    Measure.WEIGHT: "吨标准煤 吨标煤 吨 千克 公斤 微克 毫克 斤",
    Measure.COUNT: (
        "人次 人 户 家 个 栋 幢 座 名 位 所 条 项 件 张 处 片 辆 册 台 套 次 起 类 种 批 支 部 "
        "场 级 路 度 层 间 只 宗 组 门 份 款 艘 架 株 棵 头 尾 羽 口 眼 道 班 床 对 篇 段 枚 "
        "标箱 千瓦时 千瓦 兆瓦 千伏 分贝 分"
    ),
}
MEASURE_OF = {unit: measure for measure, units in _UNITS_OF.items() for unit in units.split()}
"""Units and what they measure."""

RANK = "位次"
"""The unit of a place in a ranking."""
_OTHER_COUNTS = frozenset(
    {
        "人次",
        "次",
        "起",
        "级",
        "路",
        "度",
        "层",
        "标箱",
        "千瓦时",
        "千瓦",
        "兆瓦",
        "千伏",
        "分贝",
        "分",
    }
)
COUNTED = frozenset(
    unit
    for unit, measure in MEASURE_OF.items()
    if measure is Measure.COUNT and unit not in _OTHER_COUNTS
)
"""Units that say of what kind a thing is that is counted; its noun may stand behind them."""

_LATIN = {
    "km/h": "千米/小时",
    "km^2": "平方公里",
    "km2": "平方公里",
    "km²": "平方公里",
    "km": "千米",
    "m^3": "立方米",
    "m3": "立方米",
    "m³": "立方米",
    "m^2": "平方米",
    "m2": "平方米",
    "m²": "平方米",
    "mm": "毫米",
    "cm": "厘米",
    "m": "米",
    "kWh": "千瓦时",
    "kW": "千瓦",
    "MW": "兆瓦",
    "kV": "千伏",
    "dB": "分贝",
    "t": "吨",
}
"""Units in Latin letters, as they stand in Chinese texts too."""
_SPELLINGS = {
    "平方千米": "平方公里",
    "㎢": "平方公里",
    "平米": "平方米",
    "㎡": "平方米",
    "公里": "千米",
    "㎞": "千米",
    "百分点": "个百分点",
    "名": "人",
    "位": "人",
    "幢": "栋",
    "课时": "学时",
    "吨标煤": "吨标准煤",
    "公斤": "千克",
    "个工作日": "工作日",
    "大": "个",
    "s": "秒",
    "h": "小时",
    "d": "天",
    "日": "天",
    "a": "年",
} | _LATIN


def any_of(words: str) -> str:
    """A regular expression of the words of a text, the longest first."""
    return "|".join(map(re.escape, sorted(words.split(), key=lambda word: (-len(word), word))))


UNIT = any_of(" ".join(MEASURE_OF))
"""Chinese units, as a regular expression."""
LATIN_UNIT = rf"(?:{any_of(' '.join(_LATIN))})(?![A-Za-z\d])"
"""Units in Latin letters, as a regular expression."""
HAN_COUNTED = any_of(
    "美元 元 人次 人 户 家 个百分点 个月 个工作日 个 栋 幢 座 名 所 条 项 件 张 处 片 辆 册 台 套 "
    "类 种 间 只 艘 平方公里 平方米 公顷 亩 公里 千米 海里 米 吨 倍 岁 小时 分钟 天"
)
"""Units that stand behind numerals too, where they do not make other words (三级, 五路, 十分)."""
EACH = (
    r"(?:万人|千人|百人|人次|人|户|平方公里|平方千米|平方米|立方米|公顷|亩|公里|千米|"
    r"小时|秒|天|日|年|[shda](?![A-Za-z]))"
)
"""For each of what: the lower half of a unit, as a regular expression."""

ENGLISH = {
    r"%|per ?cent\b": "%",
    r"‰|per mille\b": "‰",
    r"percentage[\s-]+points?\b": "个百分点",
    r"yuan\b|RMB\b": "元",
    r"(?:US )?dollars?\b": "美元",
    r"(?:square|sq\.?)[\s-]+kilomet(?:er|re)s?\b|km²|km2\b": "平方公里",
    r"(?:square|sq\.?)[\s-]+met(?:er|re)s?\b|m²|m2\b": "平方米",
    r"hectares?\b": "公顷",
    r"mu\b": "亩",
    r"cubic[\s-]+met(?:er|re)s?\b|m³|m3\b": "立方米",
    r"nautical miles?\b": "海里",
    r"kilomet(?:er|re)s?\b|km\b": "千米",
    r"kilowatts?\b": "千瓦",
    r"met(?:er|re)s?\b": "米",
    r"years?[\s-](?:old|of age)\b": "岁",
    r"minutes?\b": "分钟",
    r"hours?\b": "小时",
    r"days?\b": "天",
    r"months?\b": "个月",
    r"years?\b": "年",
    r"tons?\b|tonnes?\b": "吨",
    r"people\b|persons?\b|residents\b": "人",
    r"households?\b": "户",
    r"times\b": "倍",
}
"""English units, as regular expressions, and their Chinese spelling."""


def spelling(unit: str) -> str:
    """The one spelling of a Chinese unit: 公里/平方千米 → 千米/平方公里, /十万 → /10万."""
    halves = "".join(unit.split()).replace("％", "%").split("/")
    halves[1:] = [half.replace("十万", "10万").replace("100000", "10万") for half in halves[1:]]
    return "/".join(_SPELLINGS.get(half, half) for half in halves)


def measure(unit: str) -> Measure:
    """What a unit in its one spelling measures."""
    if not unit or "/" in unit:
        return Measure.RATE
    if unit == RANK:
        return Measure.RANK
    return MEASURE_OF.get(unit, Measure.COUNT if unit not in ("%", "‰") else Measure.SHARE)
