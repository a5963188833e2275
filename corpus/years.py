"""Words that name years, Chinese and English, and which years they are."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.figures import numeral
from corpus.units import LATIN_UNIT, UNIT

Years = tuple[int, int]
"""The first and the last year, first ≤ last."""
Reader = Callable[[re.Match[str], Years | None], Years | None]
"""The years of a match, given those of the plan; None where it names none."""

_YEAR = r"(?:18[4-9]\d|19\d\d|20\d\d)"
_LONE = r"(?:19[4-9]\d|20[0-6]\d)"
_HAN = r"[一二][零〇○一二三四五六七八九]{3}"
_HAN_DIGITS = {char: str(n) for n, char in enumerate("零一二三四五六七八九")} | {
    "〇": "0",
    "○": "0",
}
_TO = r"\s*(?:[-—–~～]{1,2}|至|到)\s*"
_TAIL = r"\s*年(?:[末底初]|度(?!假))?"
_NUMERAL = "[一二三四五六七八九十]"
_MANY = rf"(?P<many>{_NUMERAL}+|\d{{1,2}})"
_POINT = "(?P<point>[末初]?)"
_TIME = rf"(?P<time>(?:(?:规划)?(?:时期|期间|期(?=\s*[末初])))?)\s*{_POINT}"
_NO_AMOUNT = rf"(?!\s*(?:[.,]?\d|[十百千万亿余多%‰/+]|{UNIT}|{LATIN_UNIT}|[A-Za-z]))"
_NO_PLAN = frozenset("年个家名条项岁人天元月日号余多期")
"""What stands behind a numeral that is a mere number: 十五年, 十四五个."""

COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
"""English numbers from 1 on."""
_ORDINALS = "sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
_ENGLISH_MANY = rf"(?P<many>{'|'.join(COUNTS)}|\d{{1,2}})[\s-]+years?\b"
_WORD = (
    r"(?P<word>in|by|of|since|before|after|from|to|until|till|through|during|for|between|and|year|"
    r"around)\s+(?:the\s+)?"
)
_COUNTED = (
    r"people|persons|residents|households|jobs|places|companies|enterprises|firms|yuan|dollars|"
    r"square|cubic|kilomet\w+|met\w+|hectares|mu|tons?|tonnes?|million|billion|trillion|thousand|"
    r"hundred|years|days|hours|minutes|times|percent|per"
)


def five_years(number: int) -> Years | None:
    """The years of a five-year plan; None for the first five, which were not of this rhythm."""
    return (1951 + 5 * number, 1955 + 5 * number) if number >= 6 else None


def _at(years: Years | None, point: str | None) -> Years | None:
    """A period, or the last (first) year of it where 末 (初) says so."""
    if years is None or not point:
        return years
    return (years[0], years[0]) if point == "初" else (years[1], years[1])


def _count(words: str) -> int:
    if words.isdigit():
        return int(words)
    return COUNTS.index(words.casefold()) + 1 if words.isascii() else numeral(words)


def _next(match: re.Match[str], plan: Years | None) -> Years | None:
    return None if plan is None else (plan[0], plan[0] + max(1, _count(match["many"])) - 1)


def _past(match: re.Match[str], plan: Years | None) -> Years | None:
    return None if plan is None else (plan[0] - max(1, _count(match["many"])), plan[0] - 1)


def _whole(match: re.Match[str], plan: Years | None) -> Years | None:
    return _at(plan, match["point"])


def _beside(match: re.Match[str], plan: Years | None) -> Years | None:
    """The five years before or after the plan."""
    if plan is None:
        return None
    return (plan[0] - 5, plan[0] - 1) if match[0][0] == "上" else (plan[1] + 1, plan[1] + 5)


def _year(match: re.Match[str], _: Years | None) -> Years | None:
    first, last = match["year"], match["last"] or match["year"]
    years = int(first), int(first[:2] + last[-2:])
    return years if years[0] <= years[1] else None


def _lone_year(match: re.Match[str], plan: Years | None) -> Years | None:
    # A round hundred is a year only where a word says so: in 2000, but 2000 of them.
    is_amount = match["year"].endswith("00") and not match["word"] and not match["last"]
    return None if is_amount else _year(match, plan)


def _han_year(match: re.Match[str], _: Years | None) -> Years | None:
    first, last = (
        int("".join(_HAN_DIGITS[char] for char in words))
        for words in (match["year"], match["last"] or match["year"])
    )
    return (first, last) if first <= last else None


def _short_year(match: re.Match[str], plan: Years | None) -> Years | None:
    year = 2000 + int(match["year"])
    return (year, year) if plan is not None and plan[0] - 10 <= year <= plan[1] + 10 else None


def _named_plan(match: re.Match[str], _: Years | None) -> Years | None:
    """The years of “十四五”; None where the words are a number (十五年) or another plan's name.

    Two characters alone (七五, 十五) are a plan only with 时期 or the like behind them: law, too,
    is taught in five-year plans (“八五”普法).
    """
    after = match.string[match.end() : match.end() + 3].lstrip()
    is_plain = not (match["time"] or match["point"])
    if after.startswith("普法") or (is_plain and after[:1] in _NO_PLAN):
        return None
    number = numeral(match["number"])
    if is_plain and not 10 < number < 20 and not after.startswith(("计划", "规划")):
        return None
    return _at(five_years(number), match["point"])


def _numbered_plan(match: re.Match[str], _: Years | None) -> Years | None:
    return _at(five_years(_count(match["number"])), match["point"])


def _english_plan(match: re.Match[str], _: Years | None) -> Years | None:
    word, ordinals = match["number"].casefold(), _ORDINALS.split()
    number = ordinals.index(word) + 6 if word in ordinals else int(re.sub(r"\D", "", word))
    return _at(five_years(number), match["point"])


def _forms(*pairs: tuple[str, Reader]) -> tuple[tuple[re.Pattern[str], Reader], ...]:
    return tuple((re.compile(form, re.IGNORECASE), reader) for form, reader in pairs)


FORMS = {
    "zh": _forms(
        (
            rf"(?<!\d)(?<!\d[.,])(?P<year>{_YEAR})"
            rf"(?:\s*(?:年[末底初]?)?{_TO}(?P<last>{_YEAR}|\d\d))?{_TAIL}",
            _year,
        ),
        (
            rf"(?<![\d.A-Za-z=+/-])(?<!\d,)(?<!达到)(?<!达)(?<!超过)(?<!突破)(?<!约)(?<!近)"
            rf"(?P<word>(?<=[到至在自从于])|)(?P<year>{_LONE})(?:{_TO}(?P<last>{_LONE}))?{_NO_AMOUNT}",
            _lone_year,
        ),
        (rf"(?P<year>{_HAN})(?:\s*年?{_TO}(?P<last>{_HAN}))?{_TAIL}", _han_year),
        (
            rf"(?<!第)(?<!{_NUMERAL})[“‘「『\"']?\s*(?P<number>二?十{_NUMERAL}?|[六七八九])五"
            rf"\s*[”’」』\"']?\s*{_TIME}",
            _named_plan,
        ),
        (
            rf"第\s*(?P<number>{_NUMERAL}+|\d{{1,2}})\s*个五年(?:规划|计划)?(?:时期|期间)?{_POINT}",
            _numbered_plan,
        ),
        (rf"(?:未来|今后|接下来)的?\s*{_MANY}\s*年(?:内|间)?", _next),
        (rf"(?:过去|近|此前|以往|最近)的?\s*{_MANY}\s*年(?:来|间)?", _past),
        (
            rf"(?<!{_NUMERAL})(?<![\d.]){_MANY}\s*年(?:累计|来|共(?!建|享)|(?=新增|新建|引进))",
            _past,
        ),
        (rf"(?:规划期{_POINT}(?:内|间)?)", _whole),
        (r"期(?P<point>末)(?!考)", _whole),
        (r"[下上]一?个五年", _beside),
        (r"(?<=到)\s*(?P<year>[1-4]\d)\s*年(?![以内左历])[末底]?", _short_year),
        (r"(?<![\d.])(?P<year>[1-4]\d)\s*年(?:[末底]|(?=的?目标))", _short_year),
    ),
    "en": _forms(
        (
            rf"(?:\b{_WORD}|(?<![\w.,/-]))(?P<year>{_YEAR})"
            rf"(?:\s*(?:[-–—~]|\bto\b|\bthrough\b|\buntil\b)\s*(?P<last>{_YEAR}|\d\d))?"
            rf"(?![\w%‰+]|[.,]\d|[\s-]+(?:{_COUNTED})\b)",
            _lone_year,
        ),
        (rf"\bbetween\s+(?P<year>{_YEAR})\s+and\s+(?P<last>{_YEAR})\b", _year),
        (
            rf"(?:\b(?P<point>end|close) of (?:the )?)?\b(?P<number>\d+(?:st|nd|rd|th)|"
            rf"{'|'.join(_ORDINALS.split())})[\s-]+five[\s-]year(?:[\s-]+plan)?(?:[\s-]+period)?\b",
            _english_plan,
        ),
        (
            r"(?:\b(?P<point>end|close) of (?:the )?)?\b(?P<number>\d\d(?:th)?)[\s-]*FYP"
            r"(?:[\s-]+period)?\b",
            _english_plan,
        ),
        (rf"\b(?:next|coming|following|upcoming)\s+{_ENGLISH_MANY}", _next),
        (rf"\b(?:past|last|previous|preceding)\s+{_ENGLISH_MANY}", _past),
        (r"\b(?:over|during|in) the (?P<many>five|5)[\s-]+years\b", _past),
        (r"\b(?:(?P<point>end) of )?the (?:plan|planning)(?:['’]s)?(?:[\s-]+period)\b", _whole),
        (r"\b(?P<point>end) of the plan\b", _whole),
    ),
}
"""By language: what names years, and how it is read."""
