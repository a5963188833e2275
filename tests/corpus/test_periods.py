"""Periods: which calendar years a text names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.periods import Period, holding, is_compared, periods, plan_years
from corpus.years import five_years
from tests.plans import TITLE, properties

PLAN = (2021, 2025)


def told(
    text: str, lang: str = "zh", plan: tuple[int, int] | None = PLAN
) -> list[tuple[str, int, int]]:
    return [
        (found.period.words, found.period.first, found.period.last)
        for found in periods(text, lang, plan)
    ]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("2019年，地区生产总值增长", "2019年", 2019, 2019),
        ("2019 年末", "2019年末", 2019, 2019),
        ("２０１９年底", "２０１９年底", 2019, 2019),
        ("到2025年", "2025年", 2025, 2025),
        ("2020年度", "2020年度", 2020, 2020),
        ("1861年开埠", "1861年", 1861, 1861),
        ("2016-2019年", "2016-2019年", 2016, 2019),
        ("2016年至2019年", "2016年至2019年", 2016, 2019),
        ("2016 年 — 2019 年", "2016年—2019年", 2016, 2019),
        ("2021—25年", "2021—25年", 2021, 2025),
        ("2021-2025", "2021-2025", 2021, 2025),
        ("二〇三五年远景目标", "二〇三五年", 2035, 2035),
        ("二〇二一年至二〇二五年", "二〇二一年至二〇二五年", 2021, 2025),
        ("2020入围全国百强", "2020", 2020, 2020),
        ("2025目标是多少", "2025", 2025, 2025),
        ("在2000年", "2000年", 2000, 2000),
        ("“十三五”时期", "“十三五”时期", 2016, 2020),
        ("“十四五”期间", "“十四五”期间", 2021, 2025),
        ("十三五的路网密度", "十三五", 2016, 2020),
        ("“十五五”规划", "“十五五”", 2026, 2030),
        ("“十三五”末", "“十三五”末", 2020, 2020),
        ("“十三五”时期末", "“十三五”时期末", 2020, 2020),
        ("十四五期初", "十四五期初", 2021, 2021),
        ("“七五”时期", "“七五”时期", 1986, 1990),
        ("第十四个五年规划", "第十四个五年规划", 2021, 2025),
        ("未来五年", "未来五年", 2021, 2025),
        ("今后 5 年", "今后5年", 2021, 2025),
        ("未来三年", "未来三年", 2021, 2023),
        ("过去五年", "过去五年", 2016, 2020),
        ("过去的五年", "过去的五年", 2016, 2020),
        ("过去5年", "过去5年", 2016, 2020),
        ("近三年", "近三年", 2018, 2020),
        ("五年累计新增就业", "五年累计", 2016, 2020),
        ("五年来", "五年来", 2016, 2020),
        ("5年新增企业", "5年", 2016, 2020),
        ("到规划期末", "规划期末", 2025, 2025),
        ("期末达到", "期末", 2025, 2025),
        ("上一个五年", "上一个五年", 2016, 2020),
        ("到25年增加多少", "25年", 2025, 2025),
        ("25年目标", "25年", 2025, 2025),
    ],
)
def test_a_chinese_period(text: str, words: str, first: int, last: int) -> None:
    assert told(text) == [(words, first, last)]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("2019", "2019", 2019, 2019),
        ("What was GDP in 2019?", "2019", 2019, 2019),
        ("by the end of 2025", "2025", 2025, 2025),
        ("the 2025 target", "2025", 2025, 2025),
        ("2016-2019", "2016-2019", 2016, 2019),
        ("2016–19", "2016–19", 2016, 2019),
        ("from 2016 to 2019", "2016 to 2019", 2016, 2019),
        ("between 2016 and 2019", "between 2016 and 2019", 2016, 2019),
        ("in 2000", "2000", 2000, 2000),
        ("the 13th Five-Year Plan period", "13th Five-Year Plan period", 2016, 2020),
        ("Fourteenth five-year plan", "Fourteenth five-year plan", 2021, 2025),
        ("13th FYP", "13th FYP", 2016, 2020),
        (
            "at the end of the 13th Five-Year Plan period",
            "end of the 13th Five-Year Plan period",
            2020,
            2020,
        ),
        ("over the next five years", "next five years", 2021, 2025),
        ("in the coming 5 years", "coming 5 years", 2021, 2025),
        ("over the past five years", "past five years", 2016, 2020),
        ("the last five  years", "last five years", 2016, 2020),
        ("over the five years", "over the five years", 2016, 2020),
        ("by the end of the plan", "end of the plan", 2025, 2025),
    ],
)
def test_an_english_period(text: str, words: str, first: int, last: int) -> None:
    assert told(text, "en") == [(words, first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2200亿元",
        "2000个",
        "2019家",
        "学位2000，",
        "达到2025",
        "2,019年",
        "12019年",
        "十五年发展",
        "十四五个小区",
        "“七五”普法",
        "第一个五年",
        "第二个百年",
        "800年历史",
        "到25年以上",
        "期末考试",
        "三季度",
        "5年",
    ],
)
def test_what_is_no_chinese_period(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    ["2000 people", "over 2000 of them", "2020 households", "2,019", "2020.5", "Line 2019A", "5"],
)
def test_what_is_no_english_period(text: str) -> None:
    assert told(text, "en") == []


@pytest.mark.parametrize("text", ["未来五年", "过去五年", "五年累计", "期末", "25年目标"])
def test_what_is_relative_needs_a_plan(text: str) -> None:
    assert told(text, plan=None) == []
    assert told("over the next five years", "en", None) == []


def test_several_periods_come_in_order() -> None:
    text = "2019年为4.88，“十四五”末达到5.98，展望2035年。"
    assert [words for words, _, _ in told(text)] == ["2019年", "“十四五”末", "2035年"]


def test_a_sum_right_behind_a_period_adds_nothing() -> None:
    assert told("“十四五”期间五年累计新增") == [("“十四五”期间", 2021, 2025)]


def test_where_a_period_stands() -> None:
    text = "到 2025 年末，"
    (found,) = periods(text)
    assert text[found.start : found.end] == "2025 年末"


@pytest.mark.parametrize(
    ("title", "years"),
    [
        (TITLE, (2021, 2025)),
        ("某区“十五五”规划", (2026, 2030)),
        ("某市第十四个五年规划和2035年远景目标纲要", (2021, 2025)),
        ("某市国土空间总体规划（2021-2035年）", (2021, 2035)),
        ("Outline of the 13th Five-Year Plan", (2016, 2020)),
        ("某区2021年工作报告", None),
        ("", None),
    ],
)
def test_the_years_of_a_plan_by_its_title(title: str, years: tuple[int, int] | None) -> None:
    assert plan_years(title) == years


def test_the_years_of_five_year_plans() -> None:
    assert five_years(14) == (2021, 2025)
    assert five_years(6) == (1981, 1985)
    assert five_years(5) is None


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("是2015年末的1.6倍", True),
        ("比2015年增长", True),
        ("较2015年提高", True),
        ("在2015年基础上翻一番", True),
        ("2015年达到", False),
        ("到2015年的目标", False),
    ],
)
def test_a_period_that_another_is_compared_with(text: str, compared: bool) -> None:
    (found,) = periods(text)
    assert is_compared(text, found) == compared


def held(text: str, words: str, lang: str = "zh") -> str:
    """The words of the period that holds for words."""
    period = holding(text, text.index(words), periods(text, lang, PLAN), lang)
    return "" if period is None else period.words


@pytest.mark.parametrize(
    ("text", "words", "period"),
    [
        ("2019年达到5家", "5家", "2019年"),
        ("2019年，规模扩大，达到5家", "5家", "2019年"),
        ("五年累计新增3个，2019年达到5家", "5家", "2019年"),
        ("五年累计新增3个，2019年达到5家", "3个", "五年累计"),
        ("2019年很好。达到5家", "5家", ""),
        ("达到5家，2019年", "5家", ""),
        ("2022年底前投产，另建5家", "5家", ""),
        ("2022年底前，建成5家", "5家", "2022年底"),
        ("由2020年的42%提高到65%", "65%", ""),
        ("由2020年的42%提高到2025年的65%", "65%", "2025年"),
    ],
)
def test_the_period_that_holds_in_chinese(text: str, words: str, period: str) -> None:
    assert held(text, words) == period


@pytest.mark.parametrize(
    ("text", "words", "period"),
    [
        ("It will exceed 56 by 2025.", "56", "2025"),
        ("By 2025, it will exceed 56.", "56", "2025"),
        ("from 25% in 2020 to 30% by 2025", "25%", "2020"),
        ("from 25% in 2020 to 30% by 2025", "30%", "2025"),
        ("In 2019 it was 5. It is 7.", "7", ""),
    ],
)
def test_the_period_that_holds_in_english(text: str, words: str, period: str) -> None:
    assert held(text, words, "en") == period


@properties
@given(
    st.text(
        "0123456789０２五四十三二〇年末初至到-—“”规划时期未来过去累计第个 ,.bytheinfv", max_size=40
    ),
    st.sampled_from(["zh", "en"]),
    st.sampled_from([None, PLAN]),
)
def test_periods_are_pieces_of_any_text_in_order(
    text: str, lang: str, plan: tuple[int, int] | None
) -> None:
    at = 0
    for found in periods(text, lang, plan):
        assert at <= found.start < found.end <= len(text)
        assert found.period.words.replace(" ", "") == "".join(text[found.start : found.end].split())
        assert found.period.first <= found.period.last
        at = found.end


@properties
@given(st.integers(1900, 2099))
def test_a_year_is_itself(year: int) -> None:
    assert [found.period for found in periods(f"到{year}年")] == [Period(f"{year}年", year, year)]
