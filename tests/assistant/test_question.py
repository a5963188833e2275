"""What is asked: folding, language, refusals by name, values and years."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput, QuestionEmpty, QuestionTooLong, QuestionUnreadable
from assistant.question import LONGEST, asks_value, measure, read, years
from assistant.records import Question
from corpus.numbers import Measure
from tests.plans import properties


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２５年ＧＤＰ", "2025年gdp"),
        ("  绿道 \t\r\n 长度　多少 ", "绿道 长度 多少"),
        ("占比２４．７８％？", "占比24.78%?"),
        ("What IS the Target", "what is the target"),
        ("ﬁnance", "finance"),
        ("绿\u2028道", "绿 道"),
        ("Ⅲ类水体", "iii类水体"),
    ],
)
def test_a_question_is_folded(text: str, folded: str) -> None:
    assert read(text).text == folded


@pytest.mark.parametrize(
    "char",
    ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\u200f", "\U000e0041"],
    ids=lambda char: f"U+{ord(char):04X}",
)
def test_format_characters_are_dropped(char: str) -> None:
    assert unicodedata.category(char) == "Cf"
    assert read(f"{char}金{char}融{char}").text == "金融"
    with pytest.raises(QuestionEmpty):
        read(f" {char} ")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("金融业增加值目标是多少", "zh"),
        ("How long are the greenways?", "en"),
        ("2025年GDP", "zh"),
        ("武昌区 GDP target value 2025", "zh"),
        ("What does 武昌 plan for the year 2025?", "en"),
        ("How is 三旧 renewal funded by the district?", "en"),
    ],
)
def test_the_language_is_the_questions_own(text: str, lang: str) -> None:
    assert read(text).lang == lang


def test_another_language_may_be_asked_for() -> None:
    assert read("绿道", "en") == Question("绿道", "en")
    assert read("greenways", "zh") == Question("greenways", "zh")


@pytest.mark.parametrize("text", ["", " ", "\t\r\n", "\u3000", "\u200b", "\u2029"])
def test_an_empty_question_is_refused(text: str) -> None:
    with pytest.raises(QuestionEmpty) as caught:
        read(text)
    assert caught.value.message("zh") == "问题是空的：请输入要问的内容。"
    assert caught.value.message("en") == "The question is empty: please ask something."


def test_a_question_is_as_long_as_it_is_once_folded() -> None:
    assert len(read("问" * LONGEST).text) == LONGEST
    assert read("\u200b" * 5000 + "问").text == "问"
    assert len(read("问  " * 500).text) == 999
    for text in ("问" * (LONGEST + 1), "㍿" * 251, "ﷺ" * 56):
        with pytest.raises(QuestionTooLong):
            read(text)


def test_a_long_question_is_told_its_length() -> None:
    with pytest.raises(QuestionTooLong) as caught:
        read("㍿" * 251)
    assert caught.value.message("zh") == "问题太长：1004 个字符，最多 1000 个。"
    assert caught.value.message("en") == (
        "The question is too long: 1004 characters, at most 1000."
    )


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\x00", "U+0000"),
        ("\x07", "U+0007"),
        ("\x0b", "U+000B"),
        ("\x1b", "U+001B"),
        ("\x7f", "U+007F"),
        ("\x85", "U+0085"),
        ("\ud800", "U+D800"),
        ("\udcff", "U+DCFF"),
    ],
)
def test_control_characters_are_refused_by_code(char: str, code: str) -> None:
    with pytest.raises(QuestionUnreadable) as caught:
        read(f"金融{char}")
    assert caught.value.message("zh") == f"问题中有控制字符（{code}）：请只输入文字。"
    assert caught.value.message("en") == (
        f"The question holds a control character ({code}): please send text only."
    )


@properties
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=40))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        asked = read(text)
    except BadInput:
        return
    assert 1 <= len(asked.text) <= LONGEST
    assert asked.lang in {"zh", "en"}
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} for char in asked.text)


@properties
@given(st.text(min_size=1, max_size=40))
def test_reading_what_was_read_changes_nothing(text: str) -> None:
    try:
        asked = read(text)
    except BadInput:
        return
    assert read(asked.text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "金融业增加值目标是多少",
        "新增学位多少个？",
        "武昌有几个P2实验室",
        "几家医院要改造？",
        "总部企业要突破几家",
        "绿道建多长",
        "公园有多大面积",
        "最高的楼多高",
        "从区中心到车站有多远",
        "办一件事要多久",
        "下降得多快",
        "服务业占比",
        "数字经济占生产总值的比重",
        "二类以上水体的比例",
        "How many hospitals are there?",
        "How much will be invested?",
        "How long are the greenways?",
        "HOW HIGH is the tallest tower",
        "How large is the park?",
        "How fast will GDP grow?",
        "How often is water tested?",
        "How dense is the road network?",
        "What is the target for the financial sector?",
        "What percentage of GDP is finance?",
        "What share of residents is insured?",
        "What was the total in 2019?",
        "What are the expected growth rates and what is the employment rate",
        "What will the coverage rate be?",
        "What's the density of roads?",
        "WHAT IS THE NUMBER of beds",
    ],
)
def test_a_value_is_asked_for(text: str) -> None:
    assert asks_value(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "几乎所有社区都有的服务是什么",
        "为什么几乎没有老旧小区",
        "如何建设金融之城",
        "谁负责河湖长制",
        "什么是“四上”企业",
        "有哪些重点任务",
        "到哪一年建成滨水城区",
        "2025年的主要目标",
        "多元化解纠纷怎么做",
        "长江边的绿道在哪里",
        "Which industries come first?",
        "Who is responsible for rivers?",
        "What is the four-one service?",
        "How will the district protect lakes?",
        "How does the plan help the elderly?",
        "What does the plan say about schools?",
        "Show greenways",
        "Somehow many people asked",
        "Is there a metro line 11?",
        "2025",
    ],
)
def test_no_value_is_asked_for(text: str) -> None:
    assert not asks_value(read(text))


@pytest.mark.parametrize(
    "text",
    ["近几年武昌区的变化有哪些", "这几年绿化怎么样", "十几年来改造了哪些街区", "建筑的几何形态"],
)
def test_a_few_is_no_question_for_a_number(text: str) -> None:
    assert not asks_value(read(text))


@pytest.mark.parametrize("text", ["重点发展哪几大产业", "院士经济主攻哪几个前沿方向？"])
def test_which_few_asks_for_a_list(text: str) -> None:
    assert not asks_value(read(text))


@pytest.mark.parametrize(
    "text", ["What’s the target for finance?", "What’s the total length of greenways?"]
)
def test_a_curly_apostrophe_asks_as_a_straight_one(text: str) -> None:
    assert asks_value(read(text.replace("’", "'")))
    assert asks_value(read(text))


@pytest.mark.parametrize(
    "text",
    [
        "What is the district's target for research?",
        "What is the region's total output?",
        "What is the per-capita rate?",
        "What is the value-added share of finance?",
    ],
)
def test_possessives_and_hyphens_do_not_hide_a_value(text: str) -> None:
    assert asks_value(read(text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025年GDP目标", ("2025",)),
        ("２０２５年", ("2025",)),
        ("2019年和2025年", ("2019", "2025")),
        ("2016-2019", ("2016", "2019")),
        ("by 2035", ("2035",)),
        ("1911年", ("1911",)),
        ("十四五", ()),
        ("12025年", ()),
        ("20251", ()),
        ("3025年", ()),
    ],
)
def test_years(text: str, named: tuple[str, ...]) -> None:
    assert years(read(text)) == named


@pytest.mark.parametrize("text", ["GDP何时超过2000亿元", "新增2000个学位了吗"])
def test_an_amount_is_no_year(text: str) -> None:
    assert years(read(text)) == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("新建公园多少个", Measure.COUNT),
        ("要建几家医院", Measure.COUNT),
        ("惠及多少万户", Measure.COUNT),
        ("How many parks?", Measure.COUNT),
        ("要花多少亿元", Measure.MONEY),
        ("要花多少钱", Measure.MONEY),
        ("How much money goes into it?", Measure.MONEY),
        ("绿地有多少平方米", Measure.AREA),
        ("How many square meters per person?", Measure.AREA),
        ("绿道多长", Measure.LENGTH),
        ("绿道有几公里", Measure.LENGTH),
        ("How many kilometers of greenway?", Measure.LENGTH),
        ("办一件事要多长时间", Measure.TIME),
        ("预期寿命多少岁", Measure.TIME),
        ("How many years of schooling?", Measure.TIME),
        ("金融占比", Measure.SHARE),
        ("提高多少个百分点", Measure.SHARE),
        ("What percentage of GDP is finance?", Measure.SHARE),
        ("金融业增加值目标是多少", None),
        ("What is the target for finance?", None),
        ("近几年的变化", None),
    ],
)
def test_what_is_measured(text: str, asked: Measure | None) -> None:
    assert measure(read(text)) is asked
