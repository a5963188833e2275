"""A translation held against its original: figures, terms, length."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.fidelity import LONGEST, SHORTEST, faults, lost_figures, lost_terms, odd_length
from corpus.glossary import Finder
from corpus.records import Term
from tests.plans import properties

PLAN = Term("十四五", "14th Five-Year Plan", ("Fourteenth Five-Year Plan",))
HOTLINE = Term("12345热线", "12345 hotline")
RIVERS = Term("河湖长制", "river and lake chief system")


@pytest.mark.parametrize(
    ("original", "english"),
    [
        ("达到560亿元。", "It reached 56 billion yuan."),
        ("控制在9/10万以内。", "Keep it below 9 per 100,000."),
        ("市场主体突破12万余户。", "Market entities came to over 120,000."),
        ("市场主体突破12万余户。", "Market entities exceeded 120,000."),
        ("新增10多个社区。", "More than 10 communities were added."),
        ("新增10多个社区。", "10+ communities were added."),
        ("增长3-5个百分点。", "Up 3 to 5 percentage points."),
        ("2021年6月开工。", "Work began in June 2021."),
        ("第十章 路网", "Chapter 10: Roads"),
        ("每万人拥有5.2张床位。", "5.2 beds per 10,000 people."),
        ("每千人拥有6.9名医师。", "6.9 physicians per 1,000 people."),
        ("打造五百亿级产业。", "Build an industry of 50 billion yuan."),
        ("展望二〇三五年。", "Looking to 2035."),
        ("一、路网", "1. Roads"),
        ("推进三年行动。", "Carry out the three-year campaign."),
        ("持续推进。", "Keep going."),
        ("", ""),
    ],
)
def test_a_faithful_translation_loses_no_figure(original: str, english: str) -> None:
    assert lost_figures(original, english) == []


@pytest.mark.parametrize(
    ("original", "english", "expected"),
    [
        ("建成10座泵站。", "Build pumping stations.", ["10 is missing"]),
        ("建成泵站。", "Build 10 pumping stations.", ["10 is added"]),
        ("建成10座泵站。", "Build 12 pumping stations.", ["10 is missing", "12 is added"]),
        ("5个园区、5个社区", "5 parks and communities", ["5 is missing"]),
        ("5个园区和社区", "5 parks and 5 communities", ["5 is added"]),
        (
            "达到560亿元。",
            "It reached 560 billion yuan.",
            ["56000000000 yuan is missing", "560000000000 yuan is added"],
        ),
        (
            "达到560亿元。",
            "It reached 56 million yuan.",
            ["56000000000 yuan is missing", "56000000 yuan is added"],
        ),
        (
            "达到560亿元。",
            "It reached 56 billion.",
            ["56000000000 yuan is missing", "56000000000 is added"],
        ),
        (
            "达到5亿美元。",
            "It reached 500 million yuan.",
            ["500000000 dollar is missing", "500000000 yuan is added"],
        ),
        ("占12.5%。", "It was 12.5.", ["12.5% is missing", "12.5 is added"]),
        ("占12家。", "It was 12%.", ["12 is missing", "12% is added"]),
        ("为2.5‰。", "It was 2.5%.", ["2.5‰ is missing", "2.5% is added"]),
        ("提高3个百分点。", "Up 3 percent.", ["3 point is missing", "3% is added"]),
        ("新增1,000家。", "1.000 were added.", ["1000 is missing", "1 is added"]),
        ("在3-5%。", "From 3 up to about 5%.", ["3% is missing", "3 is added"]),
        ("2021年6月", "July 2021", ["6 is missing", "7 is added"]),
        ("第十章 路网", "Chapter 11: Roads", ["11 is added"]),
        ("1座、2座、3座", "None", ["1 is missing", "2 is missing", "3 is missing"]),
    ],
)
def test_a_figure_that_is_not_the_same_is_told(
    original: str, english: str, expected: list[str]
) -> None:
    assert lost_figures(original, english) == expected


@pytest.mark.parametrize("original", ["市场主体突破12万余户。", "市场主体突破12万多户。"])
@pytest.mark.parametrize("english", ["Market entities came to 120,000.", "A moreover of 120,000."])
def test_that_it_is_more_has_to_be_said(original: str, english: str) -> None:
    assert lost_figures(original, english) == ["120000 lacks its 余 or 多 (over, more than)"]


@pytest.mark.parametrize("told", ["over", "More than", "above", "exceeding", "upward of", "plus"])
def test_more_may_be_said_in_several_ways(told: str) -> None:
    assert lost_figures("突破12万余户。", f"It was {told} 120,000.") == []


def test_a_term_takes_its_own_digits_along() -> None:
    original = "“十四五”时期，拨打12345热线5次。"
    english = "In the 14th Five-Year Plan period, call the 12345 hotline 5 times."
    assert lost_figures(original, english, [PLAN, HOTLINE]) == []
    spelt = english.replace("14th", "Fourteenth")
    assert lost_figures(original, spelt, [PLAN, HOTLINE]) == []


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("The 15th Five-Year Plan, 12345 hotline.", ["15 is added"]),
        ("The 14th Five-Year Plan, 12346 hotline.", ["12345 is missing", "12346 is added"]),
        ("The 14th Five-Year Plan, 12345 hotline, 14.", ["14 is added"]),
    ],
)
def test_other_digits_than_those_of_a_term_are_told(english: str, expected: list[str]) -> None:
    assert lost_figures("十四五：12345热线。", english, [PLAN, HOTLINE]) == expected


def test_a_term_is_set_aside_as_often_as_it_was_found() -> None:
    english = "Call the 12345 hotline, the 12345 Hotline."
    assert lost_figures("12345热线，12345热线。", english, [HOTLINE, HOTLINE]) == []
    assert lost_figures("12345热线。", english, [HOTLINE]) == ["12345 is added"]


def test_a_term_without_digits_sets_nothing_aside() -> None:
    term = Term("三年行动", "campaign")
    assert lost_figures("三年行动", "a 3-year campaign", [term]) == []


def test_terms_are_said_in_their_wordings() -> None:
    assert lost_terms("The river and lake chief system", [RIVERS]) == []
    assert lost_terms("the FOURTEENTH Five-Year Plan", [PLAN]) == []
    assert lost_terms("", []) == []


def test_a_lost_term_is_told_once_with_all_its_wordings() -> None:
    assert lost_terms("The river chiefs", [RIVERS, PLAN, RIVERS]) == [
        "河湖长制 is not rendered as river and lake chief system",
        "十四五 is not rendered as 14th Five-Year Plan or Fourteenth Five-Year Plan",
    ]


def test_what_people_type_is_no_rendering() -> None:
    term = Term("路", "road", also=("street",))
    assert lost_terms("the street", [term]) == ["路 is not rendered as road"]


@pytest.mark.parametrize("length", [SHORTEST, 3, LONGEST])
def test_a_usual_length_is_no_fault(length: float) -> None:
    assert odd_length("字" * 40, "a" * int(40 * length)) == []


@pytest.mark.parametrize(
    ("count", "told"), [(59, "1.5"), (0, "0.0"), (20, "0.5"), (280, "7.0"), (400, "10.0")]
)
def test_an_odd_length_is_told(count: int, told: str) -> None:
    expected = f"{told} times as long as the original, not {SHORTEST} to {LONGEST}"
    assert odd_length("字" * 40, "a" * count) == [expected]


@pytest.mark.parametrize("english", ["", "a" * 1000])
def test_a_short_text_may_be_of_any_length(english: str) -> None:
    assert odd_length("字" * 29, english) == []
    assert odd_length("", english) == []


def test_all_faults_of_a_text_are_told() -> None:
    original = "到2025年，全面推行河湖长制，水质达标率保持100%，建设人水和谐的美丽城区。"
    told = list(faults(original, "In 2025, river chiefs.", Finder([RIVERS, PLAN])))
    assert told == [
        "100% is missing",
        "河湖长制 is not rendered as river and lake chief system",
        f"0.6 times as long as the original, not {SHORTEST} to {LONGEST}",
    ]


_AMOUNT = st.integers(1, 9_999_999)
_UNIT = st.sampled_from(
    [
        ("", ""),
        ("%", "%"),
        ("%", " percent"),
        ("‰", " per mille"),
        ("元", " yuan"),
        ("亿元", "00 million yuan"),
        ("万户", "0000 households"),
        ("个百分点", " percentage points"),
    ]
)


@properties
@given(st.lists(st.tuples(_AMOUNT, _UNIT), max_size=4), _AMOUNT)
def test_only_the_same_figures_are_faithful(
    amounts: list[tuple[int, tuple[str, str]]], other: int
) -> None:
    original = "，".join(f"增至{amount}{zh}" for amount, (zh, _) in amounts)
    english = ", ".join(f"rose to {amount}{en}" for amount, (_, en) in amounts)
    assert lost_figures(original, english) == []
    assert lost_figures(original, f"{english}, not {other} units") == [f"{other} is added"]
    assert lost_figures(f"{original}，{other}套", english) == [f"{Decimal(other)} is missing"]


@pytest.mark.parametrize(
    ("original", "english"),
    [
        pytest.param(
            "第十四章 路网",
            "Chapter 10: Roads",
        ),
        pytest.param(
            "打造五百亿级产业。",
            "Build an industry of 10 billion yuan.",
        ),
        pytest.param(
            "占三个。",
            "It was 3%.",
        ),
        pytest.param(
            ">99.4",
            "<99.4",
        ),
        pytest.param(
            "过去五年，市场主体突破12万余户。",
            "Over the past five years, market entities came to 120,000.",
        ),
    ],
)
def test_what_is_still_let_through(original: str, english: str) -> None:
    assert lost_figures(original, english) != []


def test_a_term_whose_digits_are_lost_is_a_lost_figure() -> None:
    line = Term("7号线", "Line 7")
    assert lost_figures("7号线和8号线一期", "Line 1 and Phase I of Line 8", [line]) != []


def test_a_term_written_with_spaces_takes_its_digits_along() -> None:
    original = "拨打12345 热线。"
    terms = list(Finder([HOTLINE])(original))
    assert terms == [HOTLINE]
    assert lost_figures(original, "Call the 12345 hotline.", terms) == []
