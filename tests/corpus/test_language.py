"""The language of a text, and folding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import fold, key, language
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
