"""Names of places, bodies and people: those of the dictionary, and those in a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.names import Names, entries
from tests.plans import properties

NAMES = Names(
    {"洪山": "Hongshan", "北京": "Beijing", "沙市": "Shashi", "武汉市": "Wuhan", "无名": ""}
)
WORDS = "what is the of in for park finance district gdp who plan and about"
KNOWN = frozenset(WORDS.split())


def knows(word: str) -> bool:
    """As an index that has these English words; it is asked for folded words alone."""
    assert word == word.casefold()
    return word in KNOWN


@pytest.fixture(scope="module")
def table() -> dict[str, str]:
    return dict(entries())


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("北京", "Beijing"),
        ("洪山", "Hongshan"),
        ("武昌", "Wuchang"),
        ("上海", "Shanghai"),
        ("纽约", "New York"),
        ("法国", "France"),
    ],
)
def test_the_dictionary_has_names(table: dict[str, str], chinese: str, english: str) -> None:
    assert table[chinese] == english


@pytest.mark.parametrize("word", ["大学", "公园", "和平", "光明", "太平", "金融", "规划", "目标"])
def test_a_word_that_is_also_a_common_one_is_no_name(table: dict[str, str], word: str) -> None:
    assert word not in table


def test_every_name_has_a_chinese_and_an_english_side(table: dict[str, str]) -> None:
    assert len(table) > 5_000
    assert [*table] == sorted(table)
    for chinese, english in table.items():
        assert len(chinese) >= 2
        assert english[0].isupper()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["洪山"], ["洪山"]),
        (["洪山区", "的", "公园"], ["洪山"]),
        (["北京市"], ["北京"]),
        (["武汉市"], ["武汉市"]),
        (["沙市"], ["沙市"]),
        (["沙市区"], ["沙市"]),
        (["北京", "和", "洪山"], ["北京", "洪山"]),
        (["无名"], ["无名"]),
        (["公园"], []),
        (["北京人"], []),
        (["区"], []),
        ([], []),
    ],
)
def test_names_among_chinese_words(words: list[str], found: list[str]) -> None:
    assert NAMES.chinese(words) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("What is the GDP of Hongshan District?", ["Hongshan"]),
        ("Hongshan GDP", ["Hongshan"]),
        ("What is Hongshan's GDP?", ["Hongshan"]),
        ("What is Hongshan’s GDP?", ["Hongshan"]),
        ("parks in Beijing and in Hongshan", ["Beijing", "Hongshan"]),
        ("What is in Xyzville?", ["Xyzville"]),
        ("What is the park of Xyzville, Hongshan", ["Xyzville", "Hongshan"]),
        ("the park (Xyzville)", ["Xyzville"]),
        ("the park of “Xyzville”", ["Xyzville"]),
    ],
)
def test_names_in_an_english_question(text: str, found: list[str]) -> None:
    assert NAMES.english(text, knows) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "What is the GDP?",
        "who is in hongshan",
        "Xyzzying is what?",  # begins the sentence
        "What? Xyzzying is what?",
        "Finance in the Park District",  # known words
        "What is the GDP of WHO?",
        "洪山区有几个公园",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert NAMES.english(text, knows) == []


def test_no_names_are_found_by_a_table_without_any() -> None:
    assert Names({}).chinese(["洪山区"]) == []
    assert Names({}).english("Hongshan", knows) == []


@properties
@given(st.text(max_size=60))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for word in NAMES.english(text, lambda word: False):
        assert word in text


@properties
@given(st.lists(st.text("洪山北京沙市区县无名", min_size=1, max_size=4), max_size=5))
def test_what_is_found_begins_one_of_the_words(words: list[str]) -> None:
    found = NAMES.chinese(words)
    assert len(found) <= len(words)
    assert all(any(word.startswith(name) for word in words) for name in found)
    assert all(name in NAMES.table for name in found)
