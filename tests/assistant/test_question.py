"""What is asked: folding, language, refusals by name, values and years."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput, QuestionEmpty, QuestionTooLong, QuestionUnreadable
from assistant.question import LONGEST, asks_value, is_other, measure, read, years
from assistant.records import Question
from corpus.numbers import Measure
from tests.plans import properties


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("２０２５年ＧＤＰ", "2025年GDP"),
        ("  绿道 \t\r\n 长度　多少 ", "绿道 长度 多少"),
        ("占比２４．７８％？", "占比24.78%?"),
        ("What IS the Target", "What IS the Target"),
        ("Ｗｈａｔ is　Ｐ３？", "What is P3?"),
        ("ﬁnance", "finance"),
        ("绿\u2028道", "绿 道"),
        ("Ⅲ类水体", "III类水体"),
        ("綠道有多長", "綠道有多長"),
    ],
)
def test_a_question_is_as_typed_but_for_width_and_white_space(text: str, typed: str) -> None:
    assert read(text).text == typed


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
    assert read("绿道", "en") == Question("绿道", "en", "绿道")
    assert read("greenways", "zh") == Question("greenways", "zh", "greenways")


@pytest.mark.parametrize(
    ("text", "search"),
    [
        ("金融業增加值目標是多少", "金融业增加值目标是多少"),
        ("綠道有多長", "绿道有多长"),
        ("武昌有幾個P3實驗室", "武昌有几个P3实验室"),
        ("金融业 增加值 目标", "金融业增加值目标"),
        ("2025 年 绿道 20 公里", "2025年绿道20公里"),
        ("GDP growth 目标", "GDP growth 目标"),
        ("绿道", "绿道"),
        ("How long are  the greenways?", "How long are the greenways?"),
        ("昙华林", "昙华林"),
    ],
)
def test_what_is_searched_is_written_as_plans_are(text: str, search: str) -> None:
    asked = read(text)
    assert asked.search == search
    assert asked.text == " ".join(text.split())
    assert (asked.is_other, asked.was_corrected) == (False, False)


def test_a_question_in_traditional_characters_asks_the_same() -> None:
    one, other = read("二零二五年茶園面積多少畝"), read("二零二五年茶园面积多少亩")
    assert asks_value(one)
    assert measure(one) is measure(other) is Measure.AREA
    assert years(read("2025 年茶園面積")) == ("2025",)


WORDS = "what is the plan for rail in how many long are gdp cbd green roads of"
ENGLISH = frozenset(WORDS.split())


def knows(word: str) -> bool:
    """As an index that has these English words; it is asked for folded words alone."""
    assert word == word.casefold()
    return word in ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        "Combien de places de stationnement ?",
        "¿Cuántos kilómetros de vías verdes habrá?",
        "Wie lang sind die Grünwege",
        "QUELLE EST LA VALEUR",
        "武昌区の緑道は何キロですか",
        "ノート",
        "금융업 부가가치 목표는 얼마입니까?",
        "Какова цель?",
        "ما هو الهدف؟",
        "เป้าหมายคืออะไร",
        "Ποιος είναι ο στόχος;",
        "GDP 목표는 얼마입니까",
        "what plan voor de groene wegen",
    ],
)
def test_a_question_in_neither_language(text: str) -> None:
    assert is_other(text, knows)


@pytest.mark.parametrize(
    "text",
    [
        "金融业增加值目标是多少",
        "金融業增加值目標是多少",
        "What is the plan for rail?",
        "HOW LONG ARE THE GREEN ROADS",
        "GDP目标是多少",
        "5G基站 how many",
        "Tanhualin",  # too few words to tell
        "Tanhualin Hubuxiang",
        "What is Tanhualin?",
        "the plan for Tanhualin Hubuxiang",
        "2025 100% 3.14",
        "??",
        "😀",
        "武昌",
    ],
)
def test_a_question_in_chinese_or_english(text: str) -> None:
    assert not is_other(text, knows)


@pytest.mark.parametrize(
    "text",
    [
        "GDP目标、CBD建设、TOD开发怎么样？",
        "武昌的CBD、TOD、SOHO有哪些",
        "有没有 WIFI ATM KTV 这些设施",
    ],
)
def test_latin_names_make_no_question_in_chinese_another_language(text: str) -> None:
    assert not is_other(text, knows)


@properties
@given(st.text(max_size=40))
def test_any_text_is_in_a_language_or_not(text: str) -> None:
    is_other(text, lambda word: True)
    is_other(text, lambda word: False)


@properties
@given(st.text("武昌区绿道建设有多长，。？0123456789 ", max_size=40))
def test_what_has_chinese_characters_alone_is_chinese(text: str) -> None:
    assert not is_other(text, lambda word: False)


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
    assert (asked.is_other, asked.was_corrected) == (False, False)
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
