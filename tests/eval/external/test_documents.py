"""Passages of a set as those of a plan: every word once, in its place, and the way back."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import LONGEST
from eval.external.documents import document, item_of, told
from eval.external.records import Collection, Item
from tests.eval.external.sets import collection
from tests.plans import properties


def made(*texts: str, title: str = "") -> Collection:
    items = tuple(Item(f"i{n}", text, title) for n, text in enumerate(texts))
    return Collection("set", items, ())


def test_a_passage_is_a_section_below_its_title() -> None:
    found = document(collection())
    first = found.passages[0]
    assert (first.id, first.path, first.pages) == ("set/1#1", ("港口",), None)
    assert [first.sentence_text(n) for n in range(2)] == ["港口泊位达到12个。", "夜间有渡船。"]
    assert [section.level for section in found.sections] == [0] * 4
    assert found.source[found.sections[1].heading.start :].startswith("茶园\n茶园面积")
    assert found.manifest.sha256 == sha256(found.source.encode()).hexdigest()
    assert found.languages == ("zh",)


def test_a_long_passage_is_cut_between_sentences() -> None:
    text = "甲" * 150 + "。" + "乙" * 150 + "。" + "丙" * 150 + "。"
    set_ = made("短。", text)
    found = document(set_).passages
    assert [passage.id for passage in found] == ["set/1#1", "set/2#1", "set/2#2"]
    assert all(len(passage.text) <= LONGEST for passage in found)
    assert [item_of(set_, passage).id for passage in found] == ["i0", "i1", "i1"]


def test_lines_are_sentences() -> None:
    (found,) = document(made("第一行\n\n  第二行。第三句\n第四")).passages
    sentences = [found.sentence_text(n).strip() for n in range(len(found.sentences))]
    assert sentences == ["第一行", "第二行。", "第三句", "第四"]


def test_a_title_alone_is_a_text_and_nothing_is_no_passage() -> None:
    set_ = Collection("set", (Item("a", "", "题目"), Item("b", "", ""), Item("c", "文。", "")), ())
    found = document(set_)
    assert [(item_of(set_, one).id, one.text, one.path) for one in found.passages] == [
        ("a", "题目", ()),
        ("c", "文。", ()),
    ]


@pytest.mark.parametrize(
    ("texts", "given", "expected"),
    [
        (["茶园。"], None, "zh"),
        (["The tea gardens."], None, "en"),
        (["The tea.", "茶园面积达到三百亩。"], None, "zh"),
        (["茶园。"], "en", "en"),
    ],
)
def test_the_language_is_given_or_told(texts: list[str], given: str | None, expected: str) -> None:
    assert document(made(*texts), given).manifest.language == expected


def test_told_counts_all_texts_together() -> None:
    assert told(["tea", "茶园面积"]) == "zh"
    assert told(["the tea gardens of the lake", "茶园"]) == "en"


@properties
@given(
    st.lists(st.text("甲乙a .。！\n", max_size=900).map(str.strip), min_size=1, max_size=4),
    st.sampled_from(["", "题 目"]),
)
def test_every_word_stands_once_where_its_span_says(texts: list[str], title: str) -> None:
    set_ = made(*texts, title=title)
    found = document(set_)
    joined = dict.fromkeys((item.id for item in set_.passages), "")
    for passage in found.passages:
        assert passage.text == "".join(found.source[s.start : s.end] for s in passage.spans)
        numbers = range(len(passage.sentences))
        assert "".join(map(passage.sentence_text, numbers)) == passage.text
        assert all(passage.sentence_text(n).strip() for n in numbers)
        joined[item_of(set_, passage).id] += passage.text
    assert list(joined.values()) == [item.text or item.title for item in set_.passages]
    for section in found.sections:
        assert found.source[section.heading.start : section.heading.end] == "".join(section.path)
