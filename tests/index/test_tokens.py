"""Words: as jieba cuts them, whatever their width and case, from a table without the words."""

from __future__ import annotations

import json
import marshal
import re
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jieba import Tokenizer

from corpus.catalog import bundled
from corpus.language import fold
from index.tokens import STOPWORDS, Words, WordTable, is_wordless, stems

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "dev.jsonl"
HAN = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture(scope="module")
def jieba(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    """Stock jieba with its own dictionary, made by nothing of ours."""
    stock = Tokenizer()
    stock.tmp_dir = str(tmp_path_factory.mktemp("jieba"))
    stock.initialize()
    return stock


@pytest.fixture(scope="module")
def words(table: WordTable) -> Words:
    return Words(table)


def chinese(cut: list[str]) -> list[str]:
    return [word for word in cut if HAN.fullmatch(word)]


def assert_cut_as_jieba_does(words: Words, jieba: Tokenizer, text: str) -> None:
    expected = [word for run in HAN.findall(fold(text)) for word in jieba.lcut(run)]
    assert chinese(words(text)) == expected


@pytest.mark.plan
def test_the_plan_is_cut_as_jieba_cuts_it(words: Words, jieba: Tokenizer) -> None:
    lines = (bundled() / "wuchang-14fyp" / "plan.txt").read_text("utf-8").splitlines()
    assert len(lines) > 500
    for line in lines:
        assert_cut_as_jieba_does(words, jieba, line)


def test_the_questions_are_cut_as_jieba_cuts_them(words: Words, jieba: Tokenizer) -> None:
    questions = [json.loads(line)["question"] for line in GOLD.read_text("utf-8").splitlines()]
    assert len(questions) > 20
    for question in questions:
        assert_cut_as_jieba_does(words, jieba, question)


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12))
def test_any_characters_are_cut_as_jieba_cuts_them(
    words: Words, jieba: Tokenizer, text: str
) -> None:
    # casefold and NFKC leave these characters alone, so what comes back is the text, cut
    assert words(text) == jieba.lcut(text)
    assert "".join(words(text)) == text


@given(st.text())
def test_any_text_is_cut_the_same_twice_and_holds_no_punctuation(words: Words, text: str) -> None:
    found = words(text)
    assert found == words(text)
    for word in found:
        assert word
        assert not re.search(r"\s", word)
        assert not is_wordless(word)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＧＤＰ增长６．５％", "GDP增长6.5%"),
        ("Green FINANCE", "green finance"),
        ("武昌区　金融业", "武昌区 金融业"),
        ("It’s", "IT'S"),
        ("‘It’", "It"),
        ("1,522.04亿元", "1522.04 亿元"),
        ("１，５２２．０４", "1522.04"),
        ("STRASSE", "straße"),
        ("㎡", "m2"),
    ],
)
def test_spellings_of_one_thing_are_the_same_words(words: Words, one: str, other: str) -> None:
    assert words(one) == words(other) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("377.09", ["377.09"]),
        ("1,234,567.89", ["1234567.89"]),
        ("12,345", ["12345"]),
        ("2025.", ["2025"]),
        ("3.5%", ["3.5"]),
        ("-0.5", ["0.5"]),
        ("5G", ["5", "g"]),
        ("PM2.5", ["pm2", "5"]),
        ("R&D", ["r", "d"]),
        ("district's", ["district's"]),
        ("don't 'quote'", ["don't", "quote"]),
        ("rock'n'roll", ["rock'n", "roll"]),
        ("", []),
        ("。，！ ——", []),
        ("_", []),
        ("'", []),
    ],
)
def test_words_that_are_not_chinese(words: Words, text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021，2022", ["2021", "2022"]),
        ("10,20,30", ["10", "20", "30"]),
        ("2021, 2022", ["2021", "2022"]),
        ("2021、2022", ["2021", "2022"]),
    ],
)
def test_numbers_of_a_list_are_not_one_number(words: Words, text: str, expected: list[str]) -> None:
    """A comma is a thousands separator only before three digits."""
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hospital", ["hospit"]),
        ("Hospitals", ["hospit"]),
        ("the hospital's", ["hospit"]),
        ("THE HOSPITAL’S", ["hospit"]),
        ("cities grow, a city grew", ["citi", "grow", "citi", "grew"]),
        ("What is the growth of it?", ["growth"]),
        ("What’s there? It isn't", []),
        ("1,522.04 beds by 2025", ["1522.04", "bed", "2025"]),
        ("5G", ["5", "g"]),
        ("发展绿色金融 banks", ["发展", "绿色", "金融", "bank"]),
        ("", []),
    ],
)
def test_english_words_are_told_by_their_stems(
    cut: dict[str, Words], text: str, expected: list[str]
) -> None:
    assert cut["en"](text) == expected


@pytest.mark.parametrize(
    "text", ["Hospitals and the hospital's beds", "发展绿色金融，What is it", "1,522 5G", ""]
)
def test_in_chinese_texts_words_stay_as_they_are_written(
    words: Words, cut: dict[str, Words], text: str
) -> None:
    assert cut["zh"](text) == words(text)


def test_a_chinese_text_keeps_every_latin_word(cut: dict[str, Words]) -> None:
    expected = ["hospitals", "and", "the", "hospital's", "beds"]
    assert cut["zh"]("Hospitals and the hospital’s beds") == expected


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12))
def test_chinese_words_are_cut_alike_in_every_language(cut: dict[str, Words], text: str) -> None:
    assert cut["en"](text) == cut["zh"](text)


@given(st.text())
def test_english_words_are_stems_of_those_that_say_something(
    words: Words, cut: dict[str, Words], text: str
) -> None:
    assert cut["en"](text) == stems([word for word in words(text) if word not in STOPWORDS])
    assert all(cut["en"](text))


def test_numbers_in_chinese_text_stand_alone(words: Words) -> None:
    assert words("到2025年，增加值突破560亿元")[:2] == ["到", "2025"]
    assert "560" in words("到2025年，增加值突破560亿元")


def test_the_table_knows_what_jieba_knows(table: WordTable, jieba: Tokenizer) -> None:
    assert len(table) == len(jieba.FREQ)
    assert table.total == jieba.total
    for word in list(jieba.FREQ)[::997]:
        assert table[word] == jieba.FREQ[word]


def test_what_lies_among_temporary_files_is_not_taken_for_the_dictionary(
    table: WordTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jieba.cache").write_bytes(marshal.dumps(({"金融业增": 10**9}, 10**9)))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = WordTable.of_jieba()
    assert made.total == table.total
    assert np.array_equal(made.hashes, table.hashes)
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"]


def test_a_known_word_a_prefix_and_an_unknown_one(table: WordTable, jieba: Tokenizer) -> None:
    prefix = next(word for word, count in jieba.FREQ.items() if count == 0)
    assert table["北京"] == jieba.FREQ["北京"] > 0
    assert table[prefix] == 0
    assert prefix in table
    for unknown in ("囧囧囧囧", "", "北京北京北京"):
        assert unknown not in table
        assert table.get(unknown) is None
        with pytest.raises(KeyError, match=re.escape(repr(unknown))):
            table[unknown]


def test_a_word_beyond_the_last_hash_is_unknown() -> None:
    nothing = WordTable(np.zeros(0, np.uint64), np.zeros(0, np.uint32), 0)
    with pytest.raises(KeyError):
        nothing["北京"]
    low = WordTable(np.zeros(1, np.uint64), np.ones(1, np.uint32), 1)
    with pytest.raises(KeyError):
        low["北京"]


def test_the_table_is_ascending_and_does_not_pretend_to_hold_words(table: WordTable) -> None:
    assert (np.diff(table.hashes.astype(object)[::1000]) > 0).all()
    assert (table.hashes[1:] > table.hashes[:-1]).all()
    assert (table.hashes.dtype, table.counts.dtype) == (np.uint64, np.uint32)
    with pytest.raises(TypeError, match="hashes"):
        iter(table)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", True), ("？！…", True), (" \n", True), ("a", False), ("٣", False), ("年", False)],
)
def test_wordless(text: str, *, expected: bool) -> None:
    assert is_wordless(text) is expected


def test_stems_are_of_each_word_in_its_place() -> None:
    assert stems(["services", "金融", "2025", "city's", "the"]) == [
        "servic",
        "金融",
        "2025",
        "citi",
        "the",
    ]
    assert stems([]) == []
