"""Whether a text says a fact: any wording of it, white space aside, a number as a whole."""

from __future__ import annotations

import pytest

from eval.facts import says


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("增加值力争突破560亿元。", "560亿元"),
        ("增加值力争突破 560 亿元。", "560亿元"),
        ("增加值力争突破560亿元。", "560 亿元"),
        ("增加值力争\n突破560亿元", "力争突破"),
        ("增加值 力争　突破", "增加值力争突破"),
        ("占２４．７８％", "24.78%"),
        ("占24.78%", "２４．７８％"),
        ("a green FINANCE centre", "Green finance"),
        ("分别为5个、16个", "5个"),
        ("新增5", "5"),
        ("2025年达到5.", "5"),
        ("地区生产总值(GDP)增长", "(GDP)"),
        ("约5.98千米/平方公里", "5.98千米/平方公里"),
    ],
)
def test_what_is_said(text: str, wording: str) -> None:
    assert says(text, ((wording,),))


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("突破1560亿元", "560亿元"),
        ("突破1.560亿元", "560亿元"),
        ("突破5600", "560"),
        ("突破560.5", "560"),
        ("突破0.560", "560"),
        ("突破56亿元", "560亿元"),
        ("新增 15 个", "5个"),
        ("2019 年", "19年"),
        ("类别 1 5 家", "15家"),
        ("增加值很大", "560亿元"),
        ("", "560亿元"),
        ("任何字符", ".*"),
    ],
)
def test_what_is_not_said(text: str, wording: str) -> None:
    assert not says(text, ((wording,),))


def test_any_wording_of_every_fact() -> None:
    facts = (("560亿元", "560 billion"), ("2025年",))
    assert says("到2025年突破560亿元", facts)
    assert says("560 billion, 2025年", facts)
    assert not says("突破560亿元", facts)
    assert not says("到2025年", facts)


def test_nothing_that_must_be_said_is_said_by_anything() -> None:
    assert says("", ())
    assert says("突破560亿元", ())
    assert not says("突破560亿元", ((),))
