"""The columns of a table of indicators."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import columns
from corpus.columns import Fields
from corpus.passages import labelled
from tests.plans import properties

PLAN = (2021, 2025)
ROW: Fields = (
    ("类别", "民生"),
    ("序号", "3"),
    ("指标名称", "人均预期寿命"),
    ("单位", "岁"),
    ("2020年", "80.1"),
    ("2025年", "82以上"),
    ("年均增速[累计]", "[1.9]"),
    ("属性", "预期性"),
)


def told(fields: Fields, caption: str = "") -> list[tuple[str, str]]:
    return [(v.subject, v.words) for v in columns.values(fields, PLAN, caption)]


def test_which_columns_tell_what() -> None:
    assert columns.name_column(ROW) == 2
    assert columns.unit_column(ROW) == 3
    assert columns.binding(ROW) == "预期性"


def test_the_values_of_a_row() -> None:
    first, second, third = columns.values(ROW, PLAN, "专栏 “十四五”时期主要指标")
    assert (first.subject, first.words, first.column) == ("人均预期寿命", "80.1岁", 4)
    assert (second.words, third.words) == ("82岁以上", "[1.9]岁")
    assert third.subject == "人均预期寿命年均增速[累计]"
    periods = [value.period for value in (first, second, third)]
    assert [p and (p.first, p.last) for p in periods] == [(2020, 2020), (2025, 2025), PLAN]
    text = labelled(ROW)
    for value in (first, second, third):
        assert text[value.start :].startswith(ROW[value.column][1])
        assert value.quantity is not None
        assert text[value.quantity.start : value.quantity.end] == value.quantity.words


@pytest.mark.parametrize(
    ("words", "unit", "shown", "value", "canonical"),
    [
        ("7左右", "%", "7%左右", "7", "%"),
        (">98", "%", ">98%", "98", "%"),
        ("5.4%", "件", "5.4%", "5.4", "%"),
        ("320", "亿元", "320亿元", "32000000000", "元"),
        ("1,200", "万人", "1,200万人", "12000000", "人"),
        ("3-5", "座/平方公里", "3-5座/平方公里", "3", "座/平方公里"),
        ("12", "件/万人", "12件/万人", "12", "件/万人"),
        ("18", "万千瓦", "18万千瓦", "180000", "千瓦"),
        ("60", "立方米/秒", "60立方米/秒", "60", "立方米/秒"),
        ("12", "万标准厘克", "12万标准厘克", "120000", "标准厘克"),
        ("7", "", "7", "7", ""),
        ("-2.5", "%", "-2.5%", "-2.5", "%"),
    ],
)
def test_a_cell_with_a_number(
    words: str, unit: str, shown: str, value: str, canonical: str
) -> None:
    fields: Fields = (("指标", "甲"), ("单位", unit), ("2025年", words))
    (found,) = columns.values(fields, PLAN)
    assert found.words == shown
    assert found.quantity is not None
    assert (found.quantity.value, found.quantity.unit) == (Decimal(value), canonical)


@pytest.mark.parametrize("words", ["-", "", "—", "/"])
def test_an_empty_cell_tells_nothing(words: str) -> None:
    assert told((("指标", "甲"), ("单位", "%"), ("2025年", words))) == []


def test_words_are_told_in_a_column_of_values_only() -> None:
    fields: Fields = (
        ("指标", "甲"),
        ("2025年", "完成下达任务"),
        ("备注", "见附表"),
        ("阶段", "二期"),
    )
    assert told(fields) == [("甲", "完成下达任务")]


def test_a_number_is_told_in_any_other_column() -> None:
    fields: Fields = (
        ("项目名称", "图书馆"),
        ("建设规模", "5000平方米"),
        ("责任单位", "3处"),
        ("地点", "东区5号"),
    )
    assert told(fields) == [("图书馆", "5000平方米")]


def test_a_header_may_say_that_a_value_is_reached() -> None:
    fields: Fields = (("指标", "甲"), ("单位", "家"), ("现状值", "5"), ("目标值", "8"))
    assert [v.reached for v in columns.values(fields, PLAN, "“十四五”指标")] == [True, False]


def test_a_row_without_a_name_tells_nothing() -> None:
    assert told((("序号", "1"), ("单位", "%"))) == []


_CELL = st.text("0123456789.,[]<>-%万亿元左右以上完成年 ", max_size=10)


@properties
@given(
    _CELL, st.text("%万亿元人/年", max_size=4), st.sampled_from(["2025年", "目标", "规模", "其他"])
)
def test_any_cell_is_read_where_it_stands(words: str, unit: str, label: str) -> None:
    fields: Fields = (("指标", "甲"), ("单位", unit), (label, words))
    text = labelled(fields)
    for value in columns.values(fields, PLAN):
        assert text[value.start : value.start + len(words)] == words
        if value.quantity is not None:
            piece = text[value.quantity.start : value.quantity.end]
            assert "".join(piece.split()) == value.quantity.words
