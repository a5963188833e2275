"""Units: what each measures, and the one spelling that its words share."""

from __future__ import annotations

import re

import pytest

from corpus.units import COUNTED, ENGLISH, MEASURE_OF, Measure, any_of, measure, spelling


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("公里", "千米"),
        ("公里 / 平方千米", "千米/平方公里"),
        ("㎡", "平方米"),
        ("m^3/s", "立方米/秒"),
        ("km/h", "千米/小时"),
        ("名", "人"),
        ("百分点", "个百分点"),
        ("％", "%"),
        ("/十万", "/10万"),
        ("/ 10 万", "/10万"),
        ("吨/日", "吨/天"),
        ("元", "元"),
        ("", ""),
    ],
)
def test_two_words_for_one_unit_have_one_spelling(unit: str, one: str) -> None:
    assert spelling(unit) == one


@pytest.mark.parametrize("unit", MEASURE_OF)
def test_a_spelling_measures_what_its_unit_does(unit: str) -> None:
    assert measure(spelling(unit)) is MEASURE_OF[unit]
    assert spelling(spelling(unit)) == spelling(unit)


@pytest.mark.parametrize("unit", ENGLISH.values())
def test_an_english_unit_is_a_chinese_one(unit: str) -> None:
    assert unit in ("%", "‰") or spelling(unit) == unit
    assert measure(unit) is not Measure.RATE


def test_what_other_units_measure() -> None:
    assert measure("%") is Measure.SHARE
    assert measure("座/平方公里") is measure("") is Measure.RATE
    assert measure("位次") is Measure.RANK
    assert measure("标准箱") is Measure.COUNT


def test_what_is_counted_is_of_a_kind() -> None:
    assert {"个", "家", "条"} <= COUNTED
    assert not {"元", "%", "级", "人次", "千瓦"} & COUNTED


def test_the_longest_of_several_words_is_found() -> None:
    form = re.compile(any_of("米 平方米 m^2"))
    assert [found[0] for found in form.finditer("平方米、米、m^2")] == ["平方米", "米", "m^2"]
