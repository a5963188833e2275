"""A quantity found again in an aligned translation, with its bounds and its unit."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.alignment import english, english_cell, english_place
from corpus.numbers import quantities
from tests.plans import properties


def told(words: str, sentence: str) -> str:
    """What words are in a sentence whose original says that they are reached."""
    original = f"达到{words}。"
    (quantity, *_) = quantities(original)
    return english(quantity, original, sentence)


@pytest.mark.parametrize(
    ("words", "sentence", "phrase"),
    [
        ("560亿元", "Output will reach 56 billion yuan by 2025.", "56 billion yuan"),
        ("560亿元", "Output will exceed 56 billion yuan by 2025.", "more than 56 billion yuan"),
        ("2200亿元", "It exceeded 220 billion yuan.", "more than 220 billion yuan"),
        ("1,522.04亿元", "It reached 152.204 billion yuan.", "152.204 billion yuan"),
        ("3000万元", "A fund of 30 million yuan is set up.", "30 million yuan"),
        ("2万亿元", "It is 2 trillion yuan in all.", "2 trillion yuan"),
        ("30万元", "It costs 300,000 yuan a year.", "300,000 yuan"),
        ("100美元", "It costs 100 US dollars.", "100 US dollars"),
        ("5个百分点", "Up by 5 percentage points.", "5 percentage points"),
        ("50%", "Some 50 per cent of it is new.", "50 per cent"),
        ("24.78%", "It accounts for 24.78% of GDP.", "24.78%"),
        ("2.5‰", "The rate is 2.5‰.", "2.5‰"),
        ("94条", "We built 94 roads and renewed others.", "94"),
        ("7.2万个", "We added 72,000 parking spaces.", "72,000"),
        ("39.3万平方米", "We added 393,000 square meters.", "393,000 square meters"),
        ("1.85万立方米", "It holds 18,500 cubic meters.", "18,500 cubic meters"),
        ("18海里", "The route is 18 nautical miles long.", "18 nautical miles"),
        ("20万千瓦", "It has 200,000 kilowatts.", "200,000 kilowatts"),
        ("15分钟", "We will build a 15-minute circle.", "15-minute"),
        ("1.5倍", "It was 1.5 times that of 2015.", "1.5 times"),
        ("6家", "Parks (6) are built.", "6"),
        ("3-5个", "We will build 3 to 5 tea gardens.", "3 to 5"),
        ("3~5个", "We will build 3–5 tea gardens.", "3–5"),
        ("1-2万户", "It helps 10,000 to 20,000 households.", "10,000 to 20,000 households"),
        ("3-5亿元", "It costs 300-500 million yuan.", "300-500 million yuan"),
        ("9/10万", "The rate is 9 per 100,000.", "9 per 100,000"),
        ("5.98千米/平方公里", "5.98 km per square kilometer.", "5.98 km per square kilometer"),
        ("3-5座/平方公里", "There are 3-5 per square kilometer.", "3-5 per square kilometer"),
        ("6%以内", "Losses stay within 6% a year.", "within 6%"),
        ("2.5‰以下", "It falls below 2.5‰ by 2025.", "below 2.5‰"),
        ("6%", "Losses will not exceed 6% a year.", "no more than 6%"),
        ("6%", "They grow without exceeding 6%.", "no more than 6%"),
        ("6%", "It is not more than 6%.", "not more than 6%"),
        ("6%", "It is no higher than 6%.", "no higher than 6%"),
        ("5家", "It has not less than 5 firms.", "not less than 5"),
        ("5家", "It has not fewer than 5 firms.", "not fewer than 5"),
        ("10公里", "It is 10 kilometres long.", "10 kilometres"),
        ("500平方米", "No less than 500 square metres.", "No less than 500 square metres"),
        ("90%以上", "It reaches at least 90% of them.", "at least 90%"),
        ("6家以上", "There are no fewer than 6 firms.", "no fewer than 6"),
        ("12万余户", "Households number over 120,000.", "over 120,000"),
        ("360余家", "More than 360 institutions are here.", "More than 360"),
        ("7%左右", "Growth of about 7% is expected.", "about 7%"),
        ("12%以上", "It stayed at 12% or more.", "12% or more"),
        ("95%", "Services will cover 95% of residents.", "95%"),
        ("3处", "We will discover 3 sites.", "3"),
        ("560亿元", "Building on… the past, output nears 56 billion yuan.", "56 billion yuan"),
    ],
)
def test_a_quantity_in_english(words: str, sentence: str, phrase: str) -> None:
    assert told(words, sentence) == phrase


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("560亿元", ""),
        ("560亿元", "Output will exceed 56 million yuan."),
        ("560亿元", "Output will rise."),
        ("560亿元", "There are 56 billion of them."),
        ("5家", "There are 15 firms, 25 shops, and 5.5% of all."),
        ("5家", "Five firms are founded."),
        ("3-5个", "We will build 3 gardens or 4 or 5."),
        ("9/10万", "The rate is 9 per 10,000."),
        ("两个", "There are 2."),
        ("50年一遇", "It withstands a once-in-50-years flood."),
    ],
)
def test_what_the_translation_does_not_say_is_not_told(words: str, sentence: str) -> None:
    assert told(words, sentence) == ""


def test_of_equal_figures_the_one_of_the_same_place() -> None:
    original = "修茶路5条，办茶厂5家。"
    roads, factories = quantities(original)
    sentence = "We will build 5 tea roads and open up to 5 tea factories."
    assert english(roads, original, sentence) == "5"
    assert english(factories, original, sentence) == "up to 5"
    assert english(factories, original, "We will open 5 tea factories.") == ""


def test_offsets_may_be_those_of_a_longer_text() -> None:
    text, last = "猫5只。狗5只。", "狗5只。"
    dogs = quantities(text)[1]
    offset = text.index(last)
    assert english(dogs, last, "There are 5 dogs.", offset) == "5"
    assert english_place(dogs, last, "There are 5 dogs.", offset) == (10, 11)


def test_a_place_in_a_ranking() -> None:
    original = "列全国第27名、全省第1名"
    first, second = quantities(original, ranks=True)
    sentence = "ranking 27th in the country and 1st in the province"
    assert [english(q, original, sentence) for q in (first, second)] == ["27th", "1st"]


@pytest.mark.parametrize(
    ("words", "unit", "phrase"),
    [
        ("83", "year", "83 years"),
        ("1", "place", "1 place"),
        (">1", "place", ">1 places"),
        ("[1.5]", "place", "[1.5] places"),
        ("1,522", "item", "1,522 items"),
        ("9", "square meters", "9 square meters"),
        ("41.51", "%", "41.51%"),
        ("5.4%", "item", "5.4%"),
        ("about 7", "%", "about 7%"),
        ("5", "", "5"),
        ("7 parks", "park", "7 parks"),
        ("Meet the target", "%", "Meet the target"),
        ("50", "sq km", "50 sq km"),
        ("5", "company", "5 companies"),
        ("3-5", "place", "3-5 places"),
        ("50", "100 million yuan", "5 billion yuan"),
        ("52.7", "100 million yuan", "5.27 billion yuan"),
        (">8", "100 million yuan", ">800 million yuan"),
        ("21.3", "10,000 tons", "213,000 tons"),
        ("[42]", "ten thousand kilowatts", "[420,000] kilowatts"),
        ("3-5", "10,000 tons", ""),
    ],
)
def test_a_cell_has_its_unit(words: str, unit: str, phrase: str) -> None:
    assert english_cell(words, unit) == phrase


@properties
@given(
    st.text("0123456789.,-万亿元%个以内年/千米 余", max_size=12),
    st.text("0123456789.,- %abo…½²toper…yuan", max_size=40),
)
def test_what_is_told_stands_in_the_sentence(words: str, sentence: str) -> None:
    for quantity in quantities(words):
        phrase = english(quantity, words, sentence)
        assert phrase.removeprefix("more than ") in unicodedata.normalize("NFKC", sentence)


@properties
@given(
    st.text("0123456789.,[]<>-about", max_size=10), st.text("0123456789, miltonyear%", max_size=14)
)
def test_any_cell_is_told_or_not(words: str, unit: str) -> None:
    assert isinstance(english_cell(words, unit), str)
