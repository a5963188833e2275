"""A value in English: the translation's own words for it, and the plan's in brackets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import answer, english
from assistant.answer import Value
from assistant.evidence import Evidence
from assistant.question import read
from corpus.records import Kind, Translation
from tests.doubles import document
from tests.plans import properties


def told(words: str, sentence: str) -> str:
    """The short answer where a Chinese sentence with words has that translation."""
    made = document("made", {"1": [f"达到{words}。"]}, {"1": [sentence]})
    return english.short(Value(words), Evidence(made.passages[0], 0))


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("560亿元", "Output will exceed 56 billion yuan by 2025.", "56 billion yuan"),
        ("1,522.04亿元", "It reached 152.204 billion yuan.", "152.204 billion yuan"),
        ("3000万元", "A fund of 30 million yuan is set up.", "30 million yuan"),
        ("2万亿元", "It is 2 trillion yuan in all.", "2 trillion yuan"),
        ("30万元", "It costs 300,000 yuan a year.", "300,000 yuan"),
        ("100美元", "It costs 100 US dollars.", "100 US dollars"),
        ("5个百分点", "Up by 5 percentage points.", "5 percentage points"),
        ("50%", "Some 50 per cent of it is new.", "50 per cent"),
    ],
)
def test_money_and_shares_keep_their_unit(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == f"{short} ({words})"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("24.78%", "It accounts for 24.78% of GDP."),
        ("100%", "100% of it is green."),
        ("2.5‰", "The rate is 2.5‰."),
        ("50-60%", "A share of 50-60% is planned."),
    ],
)
def test_equal_words_are_given_once(words: str, sentence: str) -> None:
    assert told(words, sentence) == words


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("94条", "We built 94 roads and renewed others.", "94"),
        ("7.2万个", "We added 72,000 parking spaces.", "72,000"),
        ("39.3万平方米", "We added 393,000 square meters.", "393,000 square meters"),
        ("1.85万立方米", "It holds 18,500 cubic meters.", "18,500 cubic meters"),
        ("20公里", "Paths of 20 kilometers in all.", "20 kilometers"),
        ("15分钟", "We will build a 15-minute circle.", "15-minute"),
        ("15万名", "We drew 150,000 university students to stay.", "150,000"),
        ("1.5倍", "It was 1.5 times that of 2015.", "1.5 times"),
        ("5项", "5 first-class world-renowned events.", "5"),
    ],
)
def test_a_count_has_its_unit(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == f"{short} ({words})"


@pytest.mark.parametrize(
    "sentence",
    [
        "There will be 6 that are new.",
        "There will be 6, all of them new.",
        "There will be 6: new ones.",
        "Parks (6) are built.",
        "We will build 6.",
        "6",
    ],
)
def test_what_is_counted_is_left_to_the_sentence(sentence: str) -> None:
    assert told("6家", sentence) == "6 (6家)"


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("3-5个", "We will build 3-5 tea gardens.", "3-5"),
        ("3-5个", "We will build 3 to 5 tea gardens.", "3 to 5"),
        ("3-5个", "We will build 3–5 tea gardens.", "3–5"),
        ("3~5个", "We will build 3-5 tea gardens.", "3-5"),
        ("1-2万户", "It helps 10,000 to 20,000 households.", "10,000 to 20,000 households"),
        ("3-5亿元", "It costs 300-500 million yuan.", "300-500 million yuan"),
        ("3-5亿元", "It costs 300 million to 500 million yuan.", "300 million to 500 million yuan"),
        ("50-60%", "It rises to between 50% and 60%.", "50% and 60%"),
    ],
)
def test_a_range_has_both_ends(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == f"{short} ({words})"


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("9/10万", "The rate is 9 per 100,000.", "9 per 100,000"),
        ("5.98千米/平方公里", "5.98 km per square kilometer.", "5.98 km per square kilometer"),
        ("3-5座/平方公里", "There are 3-5 per square kilometer.", "3-5 per square kilometer"),
    ],
)
def test_a_rate_has_what_it_is_for(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == f"{short} ({words})"


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("6%以内", "Losses stay within 6% a year.", "within 6%"),
        ("9/10万以内", "It is kept within 9 per 100,000.", "within 9 per 100,000"),
        ("2.5‰以下", "It falls below 2.5‰ by 2025.", "below 2.5‰"),
        ("90%以上", "It reaches at least 90% of them.", "at least 90%"),
        ("6家以上", "There are no fewer than 6 firms with staff.", "no fewer than 6"),
        ("5%以下", "It is no more than 5%.", "no more than 5%"),
        ("12万余户", "Households number over 120,000.", "over 120,000"),
        ("360余家", "More than 360 institutions are here.", "More than 360"),
        ("1.2万个", "There are nearly 12,000 school places.", "nearly 12,000"),
        ("7%左右", "Growth of about 7% is expected.", "about 7%"),
    ],
)
def test_what_bounds_a_figure_is_part_of_it(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == f"{short} ({words})"


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("95%", "Services will cover 95% of residents.", "95%"),
        ("15%", "It has a turnover 15% higher.", "15%"),
        ("3处", "We will discover 3 sites.", "3 (3处)"),
    ],
)
def test_a_word_that_ends_like_a_bound_is_none(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == short


@pytest.mark.parametrize(
    ("words", "sentence", "short"),
    [
        ("12%以上", "It stayed at 12% or more.", "12% or more"),
        ("2.5‰以下", "It was 2.5‰ or lower.", "2.5‰ or lower"),
        ("7%左右", "It grew by around 7%.", "around 7%"),
    ],
)
def test_a_bound_is_never_left_out(words: str, sentence: str, short: str) -> None:
    assert told(words, sentence) == f"{short} ({words})"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("560亿元", "Output will exceed 56 million yuan."),
        ("560亿元", "Output will rise."),
        ("560亿元", "There are 56 billion of them."),
        ("5家", "There are 15 firms, 25 shops, and 5.5% of all."),
        ("5家", "Five firms are founded."),
        ("3-5个", "We will build 3 gardens or 4 or 5."),
        ("9/10万", "The rate is 9 per 10,000."),
        ("两个", "There are 2."),
    ],
)
def test_where_the_translation_has_not_that_figure_the_plans_words_stand_alone(
    words: str, sentence: str
) -> None:
    assert told(words, sentence) == words


def test_a_withheld_sentence_has_the_plans_words_alone() -> None:
    assert told("560亿元", "") == "560亿元"


def test_a_plan_without_a_translation_has_its_own_words() -> None:
    passage = document("made", {"1": ["达到560亿元。"]}).passages[0]
    assert english.short(Value("560亿元"), Evidence(passage, 0)) == "560亿元"


def test_the_sentence_of_the_evidence_is_looked_at_alone() -> None:
    made = document(
        "made", {"1": ["猫5只。狗5只。"]}, {"1": ["There are 5 cats.\nThere are 5 dogs."]}
    )
    (passage,) = made.passages
    assert english.short(Value("5只"), Evidence(passage, 0)) == "5 (5只)"
    assert english.short(Value("5只"), Evidence(passage, 1)) == "5 (5只)"


@pytest.mark.parametrize(
    ("question", "text", "sentence", "short"),
    [
        (
            "办多少家茶厂",
            "修茶路5条，办茶厂5家。",
            "We will build 5 tea roads and open 5 tea factories.",
            "5 (5家)",
        ),
        (
            "办多少家茶厂",
            "到5月，办茶厂5家。",
            "By May, we will open 5 tea factories.",
            "5 (5家)",
        ),
    ],
)
def test_of_equal_figures_the_one_that_is_asked_for(
    question: str, text: str, sentence: str, short: str
) -> None:
    evidence = Evidence(document("made", {"1": [text]}, {"1": [sentence]}).passages[0], 0)
    value = answer.value(read(question, "en"), evidence)
    assert value is not None
    assert english.short(value, evidence) in (short, value.words)


def test_a_character_that_is_folded_to_several_moves_nothing() -> None:
    short = told("560亿元", "Building on… the past, output exceeds 56 billion yuan.")
    assert short == "56 billion yuan (560亿元)"


def cell(words: str, unit: str, english_words: str, english_unit: str) -> str:
    """The short answer where a row's cell for 2025 and its unit are these."""
    fields = (("指标名称", "茶叶"), ("单位", unit), ("2020年", "1"), ("2025年", words))
    told = (("Indicator", "Tea"), ("Unit", english_unit), ("2020", "1"), ("2025", english_words))
    passage = replace(
        document("made", {"1": ["茶叶"]}).passages[0],
        kind=Kind.ROW,
        fields=fields,
        translation=Translation("en", ("Box",), ("Indicator: Tea",), told),
    )
    evidence = Evidence(passage, 0)
    value = answer.value(read("What is the number for 2025?"), evidence)
    assert value is not None
    return english.short(value, evidence)


@pytest.mark.parametrize(
    ("words", "unit", "english_words", "english_unit", "short"),
    [
        ("83", "年", "83", "year", "83 years (83年)"),
        ("12.5", "年", "12.5", "year", "12.5 years (12.5年)"),
        ("1", "个", "1", "place", "1 place (1个)"),
        (">1", "个", ">1", "place", ">1 places (>1个)"),
        ("[1.5]", "个", "[1.5]", "place", "[1.5] places ([1.5]个)"),
        ("1,522", "件", "1,522", "item", "1,522 items (1,522件)"),
        ("9", "平方米", "9", "square meters", "9 square meters (9平方米)"),
        ("41.51", "%", "41.51", "%", "41.51%"),
        (">98", "%", ">98", "%", ">98%"),
        ("5.4%", "%", "5.4%", "%", "5.4%"),
        ("7左右", "%", "about 7", "%", "about 7% (7%左右)"),
        ("5", "", "5", "", "5"),
        ("7座", "座", "7 parks", "park", "7 parks (7座)"),
        ("5.4%", "件", "5.4%", "item", "5.4%"),
        (
            "完成市下达目标",
            "%",
            "Meet the target set by the city",
            "%",
            "Meet the target set by the city (完成市下达目标)",
        ),
    ],
)
def test_a_cell_has_its_unit(
    words: str, unit: str, english_words: str, english_unit: str, short: str
) -> None:
    assert cell(words, unit, english_words, english_unit) == short


@pytest.mark.parametrize(
    ("words", "unit", "english_words", "english_unit", "short"),
    [
        ("50", "亿元", "50", "100 million yuan", "5 billion yuan (50亿元)"),
        ("50", "元", "50", "yuan", "50 yuan (50元)"),
        ("50", "平方公里", "50", "sq km", "50 sq km (50平方公里)"),
        ("3-5", "个", "3-5", "place", "3-5 places (3-5个)"),
        ("3-5", "%", "3-5", "%", "3-5%"),
        ("5", "家", "5", "company", "5 companies (5家)"),
    ],
)
def test_a_cell_has_its_unit_as_english_has_it(
    words: str, unit: str, english_words: str, english_unit: str, short: str
) -> None:
    assert cell(words, unit, english_words, english_unit) in (short, f"{words}{unit}")


@properties
@given(
    words=st.text("0123456789.,-万亿元%个以内年/千米 余", max_size=12),
    sentence=st.text("0123456789.,- %abo…½²toper…yuan", max_size=40),
)
def test_whatever_it_is_told_the_plans_words_are_in_it(words: str, sentence: str) -> None:
    short = told(words, sentence.replace("\n", " "))
    assert short == words or short.endswith(f" ({words})")
