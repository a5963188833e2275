"""Two values that a question compares, and how far apart they are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import intent
from assistant.comparison import Comparison, compare
from assistant.values import FEATURES, Fact
from corpus import document
from corpus.indicators import Indicator, IndicatorKind, indicators
from corpus.language import language
from corpus.numbers import Quantity
from corpus.periods import Period
from corpus.records import Document, Passage
from index.records import Hit, Scores
from tests.plans import properties

SECOND = Path(__file__).resolve().parents[1] / "second_plan"
PLAN = (2021, 2025)
BASELINE, TARGET = IndicatorKind.BASELINE, IndicatorKind.TARGET


@cache
def second() -> Document:
    return document.read(SECOND).document


@cache
def register() -> tuple[Indicator, ...]:
    return indicators(second())


@cache
def passages() -> dict[str, Passage]:
    return {passage.id: passage for passage in second().passages}


def the(subject: str, words: str) -> Indicator:
    """The first value of the second plan with this subject and these words."""
    return next(one for one in register() if (one.subject, one.words) == (subject, words))


def value(
    subject: str,
    words: str,
    number: str | Decimal,
    unit: str,
    kind: IndicatorKind = TARGET,
    years: tuple[int, int] | None = None,
    english: str | None = None,
) -> Indicator:
    """An indicator that stands in no plan."""
    period = None if years is None else Period(f"{years[0]}-{years[1]}", *years)
    return Indicator(
        id=f"made/1#1:{words}",
        document=second().id,
        passage=second().passages[0].id,
        sentence=0,
        start=0,
        end=len(words),
        subject=subject,
        words=words,
        quantity=Quantity(0, len(words), words, Decimal(number), unit=unit, period=period),
        period=period,
        kind=kind,
        phrase_en=english,
    )


def compared(
    question: str, *found: Indicator, fall: float = 0.01, share: float = 1.0
) -> Comparison | None:
    """What question compares of values that were found in this order, each a little worse.

    share: how much of each one's subject the question speaks of.
    """
    features = tuple(share if name == "subject" else 0.0 for name in FEATURES)
    facts = [
        (
            1 - fall * n,
            Fact(one, Hit(passages()[one.passage], 1.0, Scores(0.0, 0.0)), features),
        )
        for n, one in enumerate(found)
    ]
    return compare(facts, intent.read(question, language(question), PLAN), question)


def pair(question: str, *found: Indicator) -> tuple[str, str]:
    """The words of the two, in order."""
    told = compared(question, *found)
    assert told is not None
    return told.first.words, told.second.words


EARNED, TO_EARN = the("旅游收入", "9.8亿元"), the("旅游收入", "21亿元")
CAME, TO_COME = the("全县接待游客", "138万人次"), the("接待游客", "240万人次")
OCEAN = the("海洋生产总值", "52.7亿元")


@pytest.mark.parametrize(
    ("first", "second", "change", "chinese", "english"),
    [
        (EARNED, TO_EARN, "1120000000", "11.2亿元", "1.12 billion yuan"),
        (
            OCEAN,
            the("海洋生产总值", "突破80亿元"),
            "2730000000",
            "约27.3亿元",
            "about 2.73 billion yuan",
        ),
        (
            the("离岛教师津贴", "每人每月800元"),
            the("离岛教师津贴", "1200元"),
            "400",
            "400元",
            "400 yuan",
        ),
        (
            the("水产品冷链流通率", "42%"),
            the("水产品冷链流通率", "65%"),
            "23",
            "23个百分点",
            "23 percentage points",
        ),
        (
            the("供水管网漏损率", "14.2%"),
            the("供水管网漏损率", "9%以下"),
            "-5.2",
            "约5.2个百分点",
            "about 5.2 percentage points",
        ),
        (
            the("自然岸线保有率", "48.6%"),
            the("自然岸线保有率", "≥48%"),
            "-0.6",
            "约0.6个百分点",
            "about 0.6 percentage points",
        ),
        (
            the("每千名老年人拥有养老床位数", "34张"),
            the("每千名老年人拥有养老床位数", "45张"),
            "11",
            "11张",
            "11 beds",
        ),
        (the("单程时间", "95分钟"), the("单程时间", "60分钟"), "-35", "35分钟", "35 minutes"),
        (
            the("风暴潮预警提前时间", "6小时"),
            the("风暴潮预警提前时间", "12小时"),
            "6",
            "6小时",
            "6 hours",
        ),
    ],
)
def test_a_difference_has_its_unit_and_no_sign(
    first: Indicator, second: Indicator, change: str, chinese: str, english: str
) -> None:
    found = Comparison(first, second)
    assert found.change == Decimal(change)
    assert found.difference("zh") == chinese
    assert found.difference("en") == english
    turned = Comparison(second, first)
    assert turned.change == -found.change
    assert turned.difference("zh") == chinese


@pytest.mark.parametrize(
    ("first", "second", "chinese"),
    [
        (the("渔家民宿", "312家"), the("渔家民宿", "500家"), "188家"),
        (CAME, TO_COME, "102万人次"),
        (the("新增就业", "9600人"), the("新增就业", "1.1万人"), "1400人"),
        (the("海水淡化日产能力", "1.6万吨"), the("海水淡化日产能力", "4万吨"), "2.4万吨"),
        (the("清洁能源装机容量", "18万千瓦"), the("清洁能源装机容量", "60万千瓦"), "42万千瓦"),
        (the("县海岛医院新院区床位", "260张"), the("县海岛医院新院区床位", "400张"), "140张"),
        (the("新建改建陆岛码头", "14座"), the("新建改建陆岛码头", "11座"), "3座"),
    ],
)
def test_what_both_are_told_in_is_what_the_difference_is_told_in(
    first: Indicator, second: Indicator, chinese: str
) -> None:
    assert Comparison(first, second).difference("zh") == chinese


def test_rates() -> None:
    base = value("路网密度", "4.88千米/平方公里", "4.88", "千米/平方公里", BASELINE, (2020, 2020))
    aim = value(
        "路网密度",
        "5.98千米/平方公里",
        "5.98",
        "千米/平方公里",
        TARGET,
        (2025, 2025),
        "5.98 kilometers per square kilometer",
    )
    found = Comparison(base, aim)
    assert found.change == Decimal("1.10")
    assert found.difference("zh") == "1.1千米/平方公里"
    assert found.difference("en") == "1.1 kilometers per square kilometer"
    dead = value("死亡率", "2.5‰", "2.5", "‰"), value("死亡率", "2.1‰", "2.1", "‰")
    assert Comparison(*dead).difference("zh") == "0.4个千分点"


def test_a_difference_may_have_its_sign() -> None:
    found = Comparison(the("供水管网漏损率", "14.2%"), the("供水管网漏损率", "9%以下"))
    assert found.difference("zh", signed=True) == "约-5.2个百分点"
    assert found.difference("en", signed=True) == "about -5.2 percentage points"
    assert Comparison(EARNED, TO_EARN).difference("zh", signed=True) == "+11.2亿元"


def test_what_is_compared_is_told_by_time_or_by_subject() -> None:
    assert Comparison(EARNED, TO_EARN).told("zh") == "2020年9.8亿元 → 2025年21亿元"
    assert Comparison(EARNED, OCEAN).told("zh") == "旅游收入9.8亿元 / 海洋生产总值52.7亿元"
    assert Comparison(EARNED, TO_EARN).told("en").startswith("2020: ")


def test_a_difference_is_exact() -> None:
    one, other = (
        value("产值", "0.1亿元", "10000000", "元"),
        value("产值", "0.3亿元", "30000000", "元"),
    )
    assert Comparison(one, other).difference("zh") == "0.2亿元"
    one, other = value("占比", "0.1%", "0.1", "%"), value("占比", "0.3%", "0.3", "%")
    assert Comparison(one, other).difference("zh") == "0.2个百分点"
    assert Comparison(one, one).difference("zh") == "0个百分点"


@pytest.mark.parametrize(
    ("low", "high", "english"),
    [
        ("3000000000", "5000000000", "2 billion yuan"),
        ("3000000", "5500000", "2.5 million yuan"),
        ("900000000", "2100000000", "1.2 billion yuan"),
    ],
)
def test_money_in_english_has_its_magnitude(low: str, high: str, english: str) -> None:
    one, other = value("收入", "少", low, "元"), value("收入", "多", high, "元")
    assert Comparison(one, other).difference("en") == english


@pytest.mark.parametrize(
    "question",
    [
        "旅游收入2025年比2020年多多少",
        "2020年到2025年旅游收入增加多少",
        "旅游收入的目标比2020年多多少",
        "How does what tourism earned in 2020 compare with what it should earn in 2025?",
        "How much more will tourism earn in 2025 than in 2020?",
    ],
)
def test_one_subject_at_two_times_the_earlier_first(question: str) -> None:
    for found in permutations((EARNED, TO_EARN)):
        assert pair(question, *found) == ("9.8亿元", "21亿元")


def test_the_two_times_are_of_the_subject_that_was_found_best() -> None:
    question = "旅游收入2025年比2020年多多少"
    assert pair(question, EARNED, TO_EARN, CAME, TO_COME) == ("9.8亿元", "21亿元")
    assert pair(question, CAME, TO_COME, EARNED, TO_EARN) == ("138万人次", "240万人次")


def test_a_base_comes_before_its_target_where_no_time_is_told() -> None:
    low, high = the("县海岛医院新院区床位", "260张"), the("县海岛医院新院区床位", "400张")
    assert low.period is high.period is None
    for found in permutations((low, high)):
        assert pair("床位从260张增加到400张，增加了多少", *found) == ("260张", "400张")
    worse, better = the("供水管网漏损率", "14.2%"), the("供水管网漏损率", "9%以下")
    for found in permutations((worse, better)):
        assert pair("漏损率要下降多少", *found) == ("14.2%", "9%以下")


def test_sums_over_two_plans() -> None:
    done, planned = the("新增就业", "9600人"), the("新增就业", "1.1万人")
    for found in permutations((done, planned)):
        assert pair("未来五年新增就业比过去五年多多少", *found) == ("9600人", "1.1万人")


@pytest.mark.parametrize(
    "question",
    [
        "2020年海洋生产总值和旅游收入相差多少",
        "海洋生产总值和旅游收入哪个高",
        "What is the difference between gross ocean product and tourism revenue in 2020?",
    ],
)
def test_two_subjects_of_one_time(question: str) -> None:
    for found in permutations((OCEAN, EARNED)):
        assert {*pair(question, *found)} == {"52.7亿元", "9.8亿元"}


def test_a_subject_that_the_question_does_not_speak_of_is_not_compared() -> None:
    question = "2020年海洋生产总值和旅游收入相差多少"
    assert compared(question, OCEAN, EARNED, share=0.0) is None
    assert compared("2025年旅游收入比2020年多多少", OCEAN, TO_EARN) is None


def test_each_time_that_is_asked_for_is_that_of_a_value() -> None:
    for years in ("2035年比2020年", "2035年比2025年", "2010年比2020年"):
        assert compared(f"旅游收入{years}多多少", EARNED, TO_EARN) is None


def test_of_two_subjects_the_values_of_one_time_are_compared() -> None:
    found = compared("2020年海洋生产总值和旅游收入相差多少", OCEAN, EARNED, TO_EARN)
    assert found is not None
    assert {found.first.words, found.second.words} == {"52.7亿元", "9.8亿元"}
    assert found.difference("zh") == "42.9亿元"
    assert found.difference("en") == "4.29 billion yuan"


@pytest.mark.parametrize(
    "found",
    [
        (),
        (EARNED,),
        (EARNED, the("渔家民宿", "312家")),
        (EARNED, CAME),
        (the("修复受损岸线", "12.6公里"), the("修复海草床", "180公顷")),
        (the("水产品冷链流通率", "42%"), the("单程时间", "60分钟")),
        (EARNED, EARNED),
    ],
    ids=lambda found: "-".join(one.words for one in found) or "none",
)
def test_what_cannot_be_compared(found: tuple[Indicator, ...]) -> None:
    assert compared("2025年比2020年多多少", *found) is None


def test_a_value_without_a_number_is_not_compared() -> None:
    wordy = replace(the("水产品冷链流通率", "65%"), words="完成市下达目标", quantity=None)
    assert compared("2025年比2020年多多少", the("水产品冷链流通率", "42%"), wordy) is None


def test_people_may_be_counted_in_two_words() -> None:
    one = value("护理员", "450名", "450", "名", BASELINE, (2020, 2020))
    other = value("护理员", "600人", "600", "人", TARGET, (2025, 2025))
    found = compared("护理员2025年比2020年多多少", one, other)
    assert found is not None
    assert found.change == 150


def test_units_decide_before_scores() -> None:
    question = "旅游收入2025年比2020年多多少"
    assert pair(question, the("渔家民宿", "312家"), TO_EARN, CAME, EARNED) == ("9.8亿元", "21亿元")


@properties
@given(
    st.decimals(0, 10_000_000_000, places=2, allow_nan=False),
    st.decimals(0, 10_000_000_000, places=2, allow_nan=False),
    st.sampled_from(["元", "%", "个", "千米/平方公里"]),
)
def test_a_difference_is_the_same_both_ways_and_never_negative(
    one: Decimal, other: Decimal, unit: str
) -> None:
    low, high = value("甲", "一", one, unit), value("甲", "二", other, unit)
    for lang in ("zh", "en"):
        told = Comparison(low, high).difference(lang)
        assert told == Comparison(high, low).difference(lang)
        assert "-" not in told
        assert "E" not in told
    assert Comparison(low, high).change == other - one


@properties
@given(st.permutations(register()[:8]), st.sampled_from(["2025年比2020年多多少", "相差多少", "x"]))
def test_what_is_compared_was_found_and_has_one_unit(found: list[Indicator], question: str) -> None:
    told = compared(question, *found)
    if told is None:
        return
    assert {told.first.id, told.second.id} <= {one.id for one in found}
    assert told.first.id != told.second.id
    assert told.first.quantity is not None
    assert told.second.quantity is not None
    assert told.first.quantity.unit == told.second.quantity.unit
    assert compared(question, *found) == told
