"""Figures: what a number written with digits amounts to, in Chinese and in English."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures import Figure, figures, numerals
from tests.plans import properties


def worth(text: str, lang: str) -> list[str]:
    """What the figures of a text amount to, with their units."""
    return [f"{figure.value.normalize():f} {figure.unit}".strip() for figure in figures(text, lang)]


def words(text: str, lang: str) -> list[str]:
    """The figures of a text as they are written, folded."""
    folded = unicodedata.normalize("NFKC", text)
    return [folded[figure.start : figure.end] for figure in figures(text, lang)]


@pytest.mark.parametrize(
    ("chinese", "english", "amounts"),
    [
        ("560亿元", "56 billion yuan", ["56000000000 yuan"]),
        ("560 亿 元", "56  billion\nyuan", ["56000000000 yuan"]),
        ("1,522.04亿元", "152.204 billion yuan", ["152204000000 yuan"]),
        ("1522.04亿元", "152,204 million yuan", ["152204000000 yuan"]),
        ("100亿元级产业", "a 10-billion-yuan industry", ["10000000000 yuan"]),
        ("1万亿元", "1 trillion yuan", ["1000000000000 yuan"]),
        ("3千万元", "30 million yuan", ["30000000 yuan"]),
        ("5000元", "5,000 yuan", ["5000 yuan"]),
        ("5000元", "5 thousand yuan", ["5000 yuan"]),
        ("100万美元", "1 million US dollars", ["1000000 dollar"]),
        ("1美元", "1 US dollar", ["1 dollar"]),
        ("12万余户", "over 120,000 households", ["120000"]),
        ("10余万户", "over 100,000 households", ["100000"]),
        ("1000多家", "more than 1,000 companies", ["1000"]),
        ("新增学位0.5万个", "5,000 new places", ["5000"]),
        ("新增学位０．５万个", "５,０００ new places", ["5000"]),
        ("9/10万", "9 per 100,000", ["9", "100000"]),
        ("9 / 10 万", "9 in 100,000", ["9", "100000"]),
        ("2.5‰", "2.5‰", ["2.5 ‰"]),
        ("2.5‰", "2.5 per mille", ["2.5 ‰"]),
        ("12.5%", "12.5%", ["12.5 %"]),
        ("12.5％", "12.5 percent", ["12.5 %"]),
        ("12.5 %", "12.5 per cent", ["12.5 %"]),
        ("１２.５％", "12.5 Percent", ["12.5 %"]),
        ("5%的目标", "a 5-percent target", ["5 %"]),
        ("提高3个百分点", "up 3 percentage points", ["3 point"]),
        ("提高 3 个百分点", "a 3-percentage-point rise", ["3 point"]),
        ("提高1个百分点", "up 1 percentage point", ["1 point"]),
        ("全国第27位", "27th in the country", ["27"]),
        ("全省第1位", "1st in the province", ["1"]),
        ("2021年6月", "June 2021", ["6", "2021"]),
        ("5.98千米", "5.98 kilometers", ["5.98"]),
        ("12千米长", "12 kilometers long", ["12"]),
        ("6千克", "6 kilograms", ["6"]),
        ("50千瓦", "50 kilowatts", ["50"]),
        ("5万千瓦", "50,000 kilowatts", ["50000"]),
        ("3千家", "3,000 companies", ["3000"]),
        ("5G网络、PM2.5", "5G networks, PM2.5", ["5", "2.5"]),
        ("是2015年末的1.6倍", "1.6 times what it was at the end of 2015", ["1.6", "2015"]),
        ("没有数字", "no number", []),
        ("", "", []),
    ],
)
def test_a_figure_amounts_to_the_same_in_both_languages(
    chinese: str, english: str, amounts: list[str]
) -> None:
    assert sorted(worth(chinese, "zh")) == sorted(worth(english, "en")) == sorted(amounts)


@pytest.mark.parametrize(
    ("chinese", "english", "amounts"),
    [
        ("3-5%", "3-5%", ["3 %", "5 %"]),
        ("3%-5%", "3% to 5%", ["3 %", "5 %"]),
        ("3—5个百分点", "3 to 5 percentage points", ["3 point", "5 point"]),
        ("10～12亿元", "1-1.2 billion yuan", ["1000000000 yuan", "1200000000 yuan"]),
        ("10 至 12 亿元", "1 to 1.2 billion yuan", ["1000000000 yuan", "1200000000 yuan"]),
        (
            "10亿至12亿元",
            "1 billion to 1.2 billion yuan",
            ["1000000000 yuan", "1200000000 yuan"],
        ),
        ("9000万-1.2亿元", "90 million–120 million yuan", ["90000000 yuan", "120000000 yuan"]),
        ("12-15万户", "120 thousand to 150 thousand households", ["120000", "150000"]),
        ("1,000-2,000元", "1,000–2,000 yuan", ["1000 yuan", "2000 yuan"]),
        ("2021—2025年", "2021–2025", ["2021", "2025"]),
        ("2021至2025年", "2021 to 2025", ["2021", "2025"]),
    ],
)
def test_both_ends_of_a_range_share_what_the_last_has(
    chinese: str, english: str, amounts: list[str]
) -> None:
    assert worth(chinese, "zh") == worth(english, "en") == amounts


def test_what_is_no_range_shares_nothing() -> None:
    assert worth("5家、12%", "zh") == ["5", "12 %"]
    assert worth("12家占5%", "zh") == ["12", "5 %"]
    assert worth("5 of 12%", "en") == ["5", "12 %"]
    assert worth("5%-10家", "zh") == ["5 %", "10"]


@pytest.mark.parametrize(
    ("text", "lang", "more"),
    [
        ("12万余户", "zh", [True]),
        ("10多万人", "zh", [True]),
        ("100余亿元", "zh", [True]),
        ("12万户，余下3万户", "zh", [False, False]),
        ("12万户", "zh", [False]),
        ("over 120,000", "en", [False]),
    ],
)
def test_yu_and_duo_say_that_it_is_more(text: str, lang: str, more: list[bool]) -> None:
    assert [figure.more for figure in figures(text, lang)] == more


@pytest.mark.parametrize(
    ("text", "lang", "written"),
    [
        ("力争突破 560 亿元 。", "zh", ["560 亿元"]),
        ("力争突破５６０亿元", "zh", ["560亿元"]),
        ("12 万 余 户", "zh", ["12 万 余"]),
        ("ends with 7 - no unit", "en", ["7"]),
        ("10-12 sites", "en", ["10", "12"]),
        ("a 10-billion-yuan industry", "en", ["10-billion-yuan"]),
        ("in June 2021, 5 per cent", "en", ["June", "2021", "5 per cent"]),
        ("In 2020, 100 projects", "en", ["2020", "100"]),
        ("1,2345", "en", ["1", "2345"]),
        ("July to September", "en", ["July", "September"]),
    ],
)
def test_a_figure_knows_where_it_stands(text: str, lang: str, written: list[str]) -> None:
    assert words(text, lang) == written


def test_months_are_named_in_english_only() -> None:
    assert worth("January, December, a may or march, Mayor", "en") == ["1", "12"]
    assert worth("June", "zh") == []
    assert worth("6月12月", "zh") == ["6", "12"]


def test_a_unit_in_a_longer_word_is_none() -> None:
    assert worth("5 percents", "en") == ["5"]
    assert worth("5 billionaires", "en") == ["5"]
    assert worth("5 yuans", "en") == ["5"]


@pytest.mark.parametrize(
    ("text", "lang", "amounts"),
    [
        pytest.param(
            "提高5百分点",
            "zh",
            ["5 point"],
        ),
        pytest.param(
            "110千伏",
            "zh",
            ["110"],
        ),
        pytest.param(
            "5-0%",
            "zh",
            ["5 %", "0 %"],
        ),
        pytest.param(
            "from 25% in 2020 to 30%",
            "en",
            ["25 %", "2020", "30 %"],
        ),
        pytest.param(
            "入选2020百强区",
            "zh",
            ["2020"],
        ),
    ],
)
def test_what_figures_still_misread(text: str, lang: str, amounts: list[str]) -> None:
    assert worth(text, lang) == amounts


_NUMBER = st.sampled_from(["7", "12", "1,522.04", "0", "-", "–", "to", "June", "May", "over"])
_MAGNITUDE = st.sampled_from(
    ["hundred", "thousand", "million", "billion", "trillion", "\n", "\xa0"]
)
_UNIT = st.sampled_from(["%", "‰", "per", "cent", "percentage", "point", "yuan", "US", "dollars"])
_ENGLISH = st.lists(st.one_of(_NUMBER, _MAGNITUDE, _UNIT), max_size=15)
_ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.text(
        "0123456789０１２, .-–—~～至to十百千万亿余多个百分点美元%‰％米瓦克年月　\n\t", max_size=40
    ),
    _ENGLISH.map(" ".join),
    _ENGLISH.map("".join),
)


@properties
@given(_ANY_TEXT, st.sampled_from(["zh", "en"]))
def test_figures_come_in_order_and_lie_in_the_folded_text(text: str, lang: str) -> None:
    found = figures(text, lang)
    folded = unicodedata.normalize("NFKC", text)
    for figure in found:
        assert 0 <= figure.start < figure.end <= len(folded)
        assert folded[figure.start].isalnum()
        assert figure.value >= 0
    for before, after in pairwise(found):
        assert before.end <= after.start


@properties
@given(_ANY_TEXT)
def test_folding_a_text_first_changes_no_figure(text: str) -> None:
    for lang in ("zh", "en"):
        assert figures(text, lang) == figures(unicodedata.normalize("NFKC", text), lang)


def test_a_number_may_be_longer_than_any_amount() -> None:
    assert len(figures("9" * 200 + "万亿元", "zh")) == 1
    assert len(figures("9" * 200 + " trillion yuan", "en")) == 1


@properties
@given(st.integers(1, 10**9), st.sampled_from([(4, "万"), (8, "亿")]))
def test_a_magnitude_multiplies(number: int, magnitude: tuple[int, str]) -> None:
    exponent, chinese = magnitude
    value = Decimal(number) * 10**exponent
    assert figures(f"{number}{chinese}", "zh") == [Figure(0, len(str(number)) + 1, value, "")]
    assert figures(f"{value:,f}", "en") == [Figure(0, len(f"{value:,f}"), value, "")]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("十四五", {14}),
        ("第二十一章", {21}),
        ("二〇三五年", {2035}),
        ("二零三五年", {2035}),
        ("每万人", {10000}),
        ("每千人", {1000}),
        ("五百亿级", {500 * 10**8}),
        ("百亿级", {100 * 10**8}),
        ("三万五千", {35000}),
        ("两个", {2}),
        ("一百零五", {105}),
        ("万亿", {10**12}),
        ("一心两轴，三年行动", {1, 2, 3}),
        ("五位一体", {5, 1}),
        ("2035年", set()),
        ("", set()),
    ],
)
def test_a_numeral_can_stand_for_its_value(text: str, values: set[int]) -> None:
    found = numerals(text)
    assert values <= found
    assert bool(found) == bool(values)


def test_a_numeral_stands_for_nothing_that_is_not_in_it() -> None:
    assert not numerals("第十四章") & {1, 24, 15, 40, 104}


def test_a_numeral_of_yi_and_wan() -> None:
    assert 150_000_000 in numerals("一亿五千万")


@properties
@given(st.text("零〇一二两三四五六七八九十百千万亿年 第a", max_size=30))
def test_numerals_of_any_text_are_whole_numbers(text: str) -> None:
    assert all(value >= 0 and value == int(value) for value in numerals(text))
