"""Quantities: a number with its unit, as the text words it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import Measure, quantities
from tests.plans import properties


def words(text: str) -> list[str]:
    return [quantity.words for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("力争突破560亿元。", ["560亿元"]),
        ("力争突破 560 亿元。", ["560亿元"]),
        ("达到1,522.04亿元", ["1,522.04亿元"]),
        ("市场主体突破12万余户", ["12万余户"]),
        ("新增1000余家", ["1000余家"]),
        ("10多个社区", ["10多个"]),
        ("建设3-5个园区", ["3-5个"]),
        ("建设3—5个园区", ["3—5个"]),
        ("建设3～5个园区", ["3～5个"]),
        ("建设3 至 5 个园区", ["3至5个"]),
        ("孕产妇死亡率控制在9/10万", ["9/10万"]),
        ("控制在 9 / 10 万 以内", ["9/10万"]),
        ("婴儿死亡率2.5‰", ["2.5‰"]),
        ("参保率90%以上", ["90%"]),
        ("参保率９０％以上", ["９０％"]),
        ("参保率90 ％", ["90％"]),
        ("达到≥70%", ["≥70%"]),
        ("失业率<6%", ["<6%"]),
        ("路网密度达到5.98千米/平方公里", ["5.98千米/平方公里"]),
        ("路网密度达到 5.98 千米 / 平方公里", ["5.98千米/平方公里"]),
        ("打造15分钟生活圈", ["15分钟"]),
        ("人均80平方米/人", ["80平方米/人"]),
        ("处理20万吨/年", ["20万吨/年"]),
        ("引资100亿美元", ["100亿美元"]),
        ("接待1.5万人次", ["1.5万人次"]),
        ("新增学位０.５万个", ["０.５万个"]),
        ("寿命81.4岁", ["81.4岁"]),
        ("用3年时间建5个，占12.5%", ["3年", "5个", "12.5%"]),
        ("是2015年末的1.6倍", ["1.6倍"]),
    ],
)
def test_quantities(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "到2025年",
        "到 2025 年末",
        "1998年",
        "2020年度",
        "第27名",
        "第3次会议",
        "11号线",
        "5G",
        "5G基站",
        "4A级",
        "5A级景区",
        "500强",
        "P2实验室",
        "PM2.5年均浓度",
        "“十四五”",
        "“1+8”城市圈",
        "三分之一",
        "数百家",
        "十余家",
        "6月30日",
        "2021",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize("text", ["2016-2019年", "2021—2025 年", "2021至2025年", "1861年开埠"])
def test_years_of_the_calendar_are_none(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "found"), [("提高3.2个百分点", ["3.2个百分点"]), ("提高8 个百分点", ["8个百分点"])]
)
def test_percentage_points_are_one_unit(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_months_are_not_pieces() -> None:
    assert "12个" not in words("为期12个月")


@pytest.mark.parametrize("text", ["投资2万—3万元", "惠及3万至5万人"])
def test_half_a_range_is_not_told_as_the_whole(text: str) -> None:
    assert len(words(text)) != 1 or words(text) == [text[2:]]


def test_a_decline_is_not_told_as_growth() -> None:
    assert words("同比增长-3%") != ["3%"]


def test_an_ordinal_with_a_space_is_none() -> None:
    assert words("名列第 27 名") == []


def test_a_rounded_thousand_keeps_its_unit() -> None:
    assert words("惠及10余万户") == ["10余万户"]


def test_where_a_quantity_stands() -> None:
    text = "到2025年，达到 560 亿元，占 24.78 %。"
    first, second = quantities(text)
    assert text[first.start : first.end] == "560 亿元"
    assert text[second.start : second.end] == "24.78 %"
    assert (first.words, second.words) == ("560亿元", "24.78%")


@properties
@given(st.text(alphabet="0123456789０５.,%％‰ /-—至万亿余第年个元米平方公里千<≥aG。", max_size=40))
def test_quantities_are_pieces_of_the_text_in_order(text: str) -> None:
    at = 0
    for quantity in quantities(text):
        assert at <= quantity.start < quantity.end <= len(text)
        assert quantity.words == "".join(text[quantity.start : quantity.end].split())
        assert any(char.isdigit() for char in quantity.words)
        at = quantity.end


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("560亿元", Measure.MONEY),
        ("100亿美元", Measure.MONEY),
        ("24.78%", Measure.SHARE),
        ("2.5‰", Measure.SHARE),
        ("3.2个百分点", Measure.SHARE),
        ("8.9平方米", Measure.AREA),
        ("5公里", Measure.LENGTH),
        ("9/10万", Measure.RATE),
        ("5.98千米/平方公里", Measure.RATE),
        ("12个月", Measure.TIME),
        ("83岁", Measure.TIME),
        ("12万余户", Measure.COUNT),
        ("3-5个", Measure.COUNT),
        ("15.3万人", Measure.COUNT),
    ],
)
def test_what_a_quantity_measures(text: str, measured: Measure) -> None:
    assert [quantity.measure for quantity in quantities(text)] == [measured]
