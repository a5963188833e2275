"""Quotes: where they stand, and what of their sentences a question copies."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language import key
from corpus.records import Translation
from eval.quotes import copied, standings
from tests.plans import properties, reading

PLAN = reading().document


@pytest.mark.parametrize(
    ("quote", "section", "part"),
    [
        ("改造微循环道路 9 条", "3.1", "第二篇 重点任务"),
        ("坚持项目为王", "P2", "第二篇 重点任务"),
        ("一、畅通路网", "3.1", "第二篇 重点任务"),
        ("基本养老保险参保率\t%\t98", "2.1", "第一篇 发展基础"),
        ("“四办”：马上办、网上办", "3.1", "第二篇 重点任务"),
        ("规模以上工业企业、限额以上批零住餐企业", "1.1", "第一篇 发展基础"),
        ("阐明未来五年的发展思路", "0", "云渡区国民经济和社会发展第十四个五年规划纲要"),
        ("云渡区发展和改革局 编印", None, None),
    ],
)
def test_the_section_and_the_part_of_a_quote(
    quote: str, section: str | None, part: str | None
) -> None:
    (place,) = standings(quote, [PLAN])
    assert (place.section, place.part) == (section, part)
    assert PLAN.source[place.span.start : place.span.end] == quote


def test_a_heading_stands_in_the_contents_and_where_it_heads() -> None:
    contents, head = standings("第一篇 发展基础", [PLAN])
    assert (contents.section, head.section) == (None, "P1")
    assert head.heading is not None
    assert head.passage is None


def test_a_quote_that_stands_nowhere_or_is_empty() -> None:
    assert standings("没有这句话", [PLAN]) == []
    assert standings("", [PLAN]) == []
    assert standings("坚持项目为王", []) == []


def test_every_document_is_searched() -> None:
    other = replace(PLAN, manifest=replace(PLAN.manifest, id="other"))
    found = standings("坚持项目为王", [PLAN, other])
    assert [place.document.id for place in found] == [PLAN.id, "other"]


def test_the_sentences_of_a_quote_are_those_that_it_shares_a_character_with() -> None:
    (place,) = standings("水质达标率保持 100%。奋力", [PLAN])
    assert [*place.sentences("zh")] == ["到2025年，水质达标率保持100%。", "奋力夺取新胜利！"]
    assert [*place.sentences("en")] == []


def test_the_sentence_in_another_language_is_its_translation() -> None:
    (at,) = [n for n, own in enumerate(PLAN.passages) if own.text == "坚持项目为王。"]
    told = Translation("en", ("Part two",), ("Projects are king.",))
    passages = [*PLAN.passages]
    passages[at] = replace(passages[at], translation=told)
    plan = replace(PLAN, passages=tuple(passages))
    (place,) = standings("坚持项目为王", [plan])
    assert [*place.sentences("en")] == ["Projects are king."]


def test_the_sentence_of_a_heading_is_its_title() -> None:
    _, place = standings("第一篇 发展基础", [PLAN])
    assert [*place.sentences("zh")] == ["第一篇 发展基础"]
    assert [*place.sentences("en")] == []
    assert place.heading is not None
    translated = replace(place, heading=replace(place.heading, translated=("Part one",)))
    assert [*translated.sentences("en")] == ["Part one"]


def test_what_is_copied_is_the_longest_run_without_spaces_signs_and_case() -> None:
    assert copied("到2025年，水质 达标率是多少？", "到 2025 年，水质达标率保持100%。") == (
        "到2025年水质达标率"
    )
    assert copied("What are Projects?", "projects are king") == "projects"
    assert copied("多少？", "None") == ""


@properties
@given(st.text(), st.text())
def test_what_is_copied_is_in_both(question: str, sentence: str) -> None:
    run = copied(question, sentence)
    assert run in key(question)
    assert run in key(sentence)
    assert len(copied(sentence, question)) == len(run)
    assert copied(question, question) == key(question)
