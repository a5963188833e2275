"""The language of a text, and folding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import fold, half_width, is_other_script, key, language, simplify
from tests import plans


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０３５　年", "2035 年"),
        ("ＧＤＰ  Growth", "gdp growth"),
        ("“四办”：", "“四办”:"),
        ("  a\n\tb ", "a b"),
        ("Ⅲ类", "iii类"),
        ("", ""),
    ],
)
def test_fold_gives_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_half_width_moves_nothing() -> None:
    assert half_width("２.５％（ａ）　①㎡。") == "2.5%(a) ①㎡。"


@plans.properties
@given(st.text(max_size=30))
def test_half_width_of_any_text_is_as_long(text: str) -> None:
    assert len(half_width(text)) == len(text)
    assert half_width(half_width(text)) == half_width(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("目 录", "目录"),
        (" DEMO PDF 试用版", "demo pdf试用版"),
        ("一、打造“金融之城”", "一 打造金融之城"),
        ("第十四个五年规划和 2035 年", "第十四个五年规划和２０３５年"),
    ],
)
def test_key_is_equal_for_two_writings(one: str, other: str) -> None:
    assert key(one) == key(other) != ""


def test_key_keeps_different_numbers_apart() -> None:
    assert key("第十章 12") != key("第十章 2")


@plans.properties
@given(st.text("年月ＡａＢ１２3４ 　，,。.“”_-①Ⅲ\n\t", max_size=30))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text)
    assert key(fold(text)) == key(text)
    assert not any(char.isspace() for char in key(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("金融业增加值目标是多少", "zh"),
        ("What is the target?", "en"),
        ("5G基站有多少", "zh"),
        ("What does 四办 mean", "en"),
        ("GDP目标", "zh"),
        ("", "en"),
        ("2025?", "en"),
    ],
)
def test_language_is_that_of_the_script_that_says_more(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("武昌區的規劃", "武昌区的规划"),
        ("國民經濟和社會發展", "国民经济和社会发展"),
        ("十四五時期", "十四五时期"),
        ("頭髮與發展", "头发与发展"),
        ("2035年GDP達到560億元", "2035年GDP达到560亿元"),
        ("ＧＤＰ佔比", "ＧＤＰ占比"),
    ],
)
def test_traditional_characters_become_simplified(text: str, simplified: str) -> None:
    assert simplify(text) == simplified


@pytest.mark.parametrize("text", ["规划有哪些目标？", "What is GDP? ", "Ünï «»", "2035", "", " \n"])
def test_simplify_leaves_everything_else_untouched(text: str) -> None:
    assert simplify(text) == text


@pytest.mark.parametrize(
    ("text", "simplified"),
    [
        ("what does 四辦 mean", "what does 四办 mean"),
        ("What does 四办 mean", "What does 四办 mean"),
        (" 規劃  GDP ", " 规划  GDP "),
    ],
)
def test_simplify_keeps_white_space(text: str, simplified: str) -> None:
    assert simplify(text) == simplified


@plans.properties
@given(st.text("武昌區规劃發髮Aa1，", max_size=30))
def test_simplifying_again_changes_nothing(text: str) -> None:
    assert simplify(simplify(text)) == simplify(text)
    assert len(simplify(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "計画は何ですか",
        "タワー",
        "東京都のデジタル計画",
        "우창구의 계획은 무엇입니까?",
        "Каков план района?",
        "ما هي الخطة؟",
        "Ποιο είναι το σχέδιο;",
        "योजना क्या है?",
        "แผนคืออะไร",
        "План 2035: GDP",
        "武昌区的план развития",
        "武昌区の計画",
    ],
)
def test_another_script_is_told(text: str) -> None:
    assert is_other_script(text)


@pytest.mark.parametrize(
    "text",
    [
        "规划有哪些目标？",
        "規劃有哪些目標？",
        "What are the targets?",
        "What does 四办 mean?",
        "什么是Four-Way Handling",
        "武昌区的GDP",
        "Übersicht über Wuchang, s'il vous plaît, größer",
        "二〇三五年",
        "α值是多少",
        "PM2.5 μg/m3",
        "2035?",
        "？！",
        "",
    ],
)
def test_chinese_and_latin_letters_are_no_other_script(text: str) -> None:
    assert not is_other_script(text)


def test_full_width_letters_are_latin() -> None:
    assert not is_other_script("ＧＤＰ")
