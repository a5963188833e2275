"""Sections to passages and sentences."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import LONGEST, pieces, runs, sentences
from corpus.records import Kind, Pages, Sentence, Span, Traced, Translation
from tests import plans


def traced(*texts: str) -> list[Traced]:
    """Texts that stand one behind the other in a source."""
    ends = [*accumulate(len(text) for text in texts)]
    return [
        Traced(text, (Span(end - len(text), end),)) for text, end in zip(texts, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙！丙？", ["甲。", "乙！", "丙？"]),
        ("甲。乙", ["甲。", "乙"]),
        ("“甲。”乙。", ["“甲。”", "乙。"]),
        ("（甲。）乙。", ["（甲。）", "乙。"]),
        ("真的？！是。", ["真的？！", "是。"]),
        ("增长5.98%；比重8.8%。", ["增长5.98%；比重8.8%。"]),
        ("没有句号", ["没有句号"]),
        ("。", ["。"]),
        ("Really? Yes!", ["Really?", " Yes!"]),
    ],
)
def test_sentences_by_hand(text: str, expected: list[str]) -> None:
    assert [text[found.start : found.end] for found in sentences(text)] == expected


def test_an_empty_text_is_one_empty_sentence() -> None:
    assert sentences("") == (Sentence(0, 0),)


@pytest.mark.parametrize(
    ("text", "breaks", "expected"),
    [
        ("加强领导落实责任。", [4], ["加强领导", "落实责任。"]),
        ("甲。乙。", [2], ["甲。", "乙。"]),
        ("甲。乙丙丁。", [3, 4], ["甲。", "乙", "丙", "丁。"]),
        ("甲乙", [-3, 0, 2, 9], ["甲乙"]),
    ],
)
def test_a_sentence_ends_with_its_paragraph(
    text: str, breaks: list[int], expected: list[str]
) -> None:
    assert [text[found.start : found.end] for found in sentences(text, breaks)] == expected


def test_no_sentence_of_a_passage_is_of_two_paragraphs() -> None:
    long = "推进重点项目建设，畅通城市路网。" * 30
    reading = plans.chapter(
        "推进建设。", "（一）加强组织领导", "各部门要落实责任。", "（二）路网", long
    )
    found = [
        passage.sentence_text(n)
        for passage in reading.document.passages
        for n in range(len(passage.sentences))
    ]
    assert found == [
        "推进建设。",
        "（一）加强组织领导",
        "各部门要落实责任。",
        "（二）路网",
        *["推进重点项目建设，畅通城市路网。"] * 30,
    ]


@plans.properties
@given(st.text("国1。！？!?”）) ；", min_size=1, max_size=60))
def test_sentences_are_all_of_the_text(text: str) -> None:
    found = sentences(text)
    assert "".join(text[s.start : s.end] for s in found) == text
    assert [s.start for s in found] == [0, *(s.end for s in found)][:-1]
    assert all(s.start < s.end for s in found)
    assert all(set("。！？!?") & set(text[s.start : s.end]) for s in found[:-1])


def test_a_short_paragraph_is_one_piece() -> None:
    (paragraph,) = traced("甲。" * 200)
    assert list(pieces(paragraph)) == [paragraph]


def test_an_empty_paragraph_is_no_piece() -> None:
    assert list(pieces(Traced("", ()))) == []
    assert list(runs([Traced("", ()), *traced("甲。")])) == traced("甲。")


def test_a_long_paragraph_is_cut_into_about_equal_runs() -> None:
    (paragraph,) = traced(("字" * 49 + "。") * 12)
    found = list(pieces(paragraph))
    assert [len(piece.text) for piece in found] == [300, 300]
    assert [piece.spans for piece in found] == [(Span(0, 300),), (Span(300, 600),)]


def test_a_single_long_sentence_stays_whole() -> None:
    (paragraph,) = traced("字" * 900 + "。")
    assert list(pieces(paragraph)) == [paragraph]


@pytest.mark.parametrize(("sentence", "count"), [(50, 16), (45, 17), (10, 81)])
def test_no_piece_of_several_sentences_is_longer_than_the_longest(
    sentence: int, count: int
) -> None:
    (paragraph,) = traced(("字" * (sentence - 1) + "。") * count)
    assert max(len(piece.text) for piece in pieces(paragraph)) <= LONGEST


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([200, 200], [400]),
        ([200, 201], [200, 201]),
        ([100, 100, 100, 150], [300, 150]),
        ([401, 10], [401, 10]),
        ([], []),
    ],
)
def test_paragraphs_are_put_together_while_they_fit(sizes: list[int], expected: list[int]) -> None:
    found = list(runs(traced(*("字" * (size - 1) + "。" for size in sizes))))
    assert [len(run.text) for run in found] == expected


@plans.properties
@given(
    st.lists(
        st.lists(st.integers(1, 30), min_size=1, max_size=12).map(
            lambda sizes: "".join("字" * (size - 1) + "。" for size in sizes)
        ),
        max_size=8,
    ),
    st.integers(20, 80),
)
def test_runs_lose_nothing_and_cut_no_sentence(texts: list[str], longest: int) -> None:
    whole = "".join(texts)
    found = list(runs(traced(*texts), longest))
    assert "".join(run.text for run in found) == whole
    for run in found:
        assert run.text.endswith("。")
        assert run.text == "".join(whole[span.start : span.end] for span in run.spans)
    ends = set(accumulate(len(run.text) for run in found))
    for text, end in zip(texts, accumulate(map(len, texts)), strict=True):
        # A paragraph that fits is never cut.
        inside = ends & set(range(end - len(text) + 1, end))
        assert not inside or len(text) > longest


@plans.properties
@given(st.lists(st.lists(st.integers(1, 30), min_size=1, max_size=12), max_size=8))
def test_a_run_is_within_the_longest_or_one_sentence(paragraphs: list[list[int]]) -> None:
    texts = ["".join("字" * (size - 1) + "。" for size in sizes) for sizes in paragraphs]
    for run in runs(traced(*texts), 40):
        assert len(run.text) <= 40 or len(sentences(run.text)) == 1


EXPECTED = {
    "0": "1",
    "1.1": "1 fn1",
    "1.2": "1",
    "2": "1",
    "2.1": "1 t1.1 t1.2 t1.3 t1.4 t1.5",
    "2.2": "1",
    "P2": "1",
    "3": "1",
    "3.1": "1 fn2 fn3",
    "3.2": "1",
}


def test_the_passages_of_the_made_up_plan_stand_in_order() -> None:
    found = plans.reading(plans.PLAN).document.passages
    assert [passage.id for passage in found] == [
        f"yundu-14fyp/{section}#{name}"
        for section, names in EXPECTED.items()
        for name in names.split()
    ]
    assert {passage.document for passage in found} == {"yundu-14fyp"}
    kinds = {"t": Kind.ROW, "f": Kind.FOOTNOTE}
    for passage in found:
        assert passage.kind is kinds.get(passage.id.partition("#")[2][0], Kind.TEXT)


def test_the_sentences_of_a_passage() -> None:
    last = plans.passage(plans.reading(plans.PLAN), "3.2#1")
    assert [last.sentence_text(n) for n in range(len(last.sentences))] == [
        "推行河湖长制。",
        "到2025年，水质达标率保持100%。",
        "奋力夺取新胜利！",
    ]


def test_a_passage_has_the_path_of_its_section() -> None:
    found = plans.passage(plans.reading(plans.PLAN), "3.1#1")
    assert found.path == ("第二篇 重点任务", "第三章 建设品质城区", "一、畅通路网")
    assert found.section == "3.1"
    assert found.fields == ()


def test_a_path_or_an_id_changes_the_digest() -> None:
    found = plans.passage(plans.reading(plans.PLAN), "3.1#1")
    others = [replace(found, path=found.path[1:]), replace(found, id="other/3.1#1")]
    assert len({passage.digest for passage in (found, *others)}) == 3


def test_whatever_is_indexed_of_a_passage_changes_its_digest() -> None:
    found = plans.passage(plans.reading(plans.PLAN), "2.1#t1.3")
    (span,) = found.spans
    others = [
        replace(found, kind=Kind.TEXT),
        replace(found, text=found.text + "。"),
        replace(found, spans=(Span(span.start + 1, span.end),)),
        replace(found, pages=None),
        replace(found, pages=Pages(3, 4)),
        replace(found, pages=Pages(3, 3, exact=False)),
        replace(found, sentences=(Sentence(0, 1),)),
        replace(found, fields=found.fields[1:]),
        replace(found, fields=()),
        replace(found, translation=Translation("en", found.path, ("Words.",))),
    ]
    assert len({passage.digest for passage in (found, *others)}) == len(others) + 1
    assert replace(found).digest == found.digest


def test_a_word_changes_the_digest_of_its_own_passage_only() -> None:
    before = plans.reading(plans.PLAN).document.passages
    after = plans.reading(
        plans.PLAN.replace("改造微循环道路 9 条", "改造微循环道路 8 条")
    ).document.passages
    changed = [
        one.id for one, other in zip(before, after, strict=True) if one.digest != other.digest
    ]
    assert changed == ["yundu-14fyp/3.1#1"]
