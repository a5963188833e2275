"""Views: what is embedded and counted of each language's side, and whose each row is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.records import Side
from index import late
from index.build import build, languages
from index.late import maxsim
from index.search import Searcher
from index.view import View, counted_text, texts, whole_text
from tests.doubles import HashEncoder, document

pytestmark = pytest.mark.usefixtures("quick_words")

NUMBERED = [
    ("第四篇 建设金融之城", "建设金融之城"),
    ("第十章 发展金融业", "发展金融业"),
    ("第十章发展金融业", "发展金融业"),
    ("第二十一章　保障", "保障"),
    ("第10章 发展金融业", "发展金融业"),
    ("第一节 总部经济", "总部经济"),
    ("第三部分 任务", "任务"),
    ("第二编 任务", "任务"),
    ("一、总体要求", "总体要求"),
    ("十二、保障措施", "保障措施"),
    ("Part IV: A City of Finance", "A City of Finance"),
    ("Chapter 10: Growing Finance", "Growing Finance"),
    ("Chapter 10. Growing Finance", "Growing Finance"),
    ("Section 3: Banks", "Banks"),
    ("1. Growing Finance", "Growing Finance"),
    ("12. Growing Finance", "Growing Finance"),
]
UNNUMBERED = [
    "建设金融之城",
    "第一产业",
    "第四篇",
    "第十章 ",
    "一、",
    "一老一小",
    "Part IV:",
    "Chapter 10: ",
    "1. ",
    "1",
    "1.5 million people",
    "5G networks",
    "Part of the city",
    "Chapters",
    "2025年目标",
    "建设第四篇章",
    "",
]


@pytest.mark.parametrize(("heading", "expected"), NUMBERED)
def test_a_heading_is_embedded_without_its_number(heading: str, expected: str) -> None:
    assert whole_text(Side((heading,), "正文。", ())) == f"{expected}\n正文。"


@pytest.mark.parametrize("heading", UNNUMBERED)
def test_what_is_no_number_or_all_there_is_stays(heading: str) -> None:
    assert whole_text(Side((heading,), "正文。", ())) == f"{heading}\n正文。"


@given(
    st.lists(st.sampled_from(["第", "四", "十", "篇", "章", "一、", "Part IV:", "1.", " ", "城"]))
)
def test_never_all_of_a_heading_is_left_out(pieces: list[str]) -> None:
    heading = "".join(pieces)
    embedded = whole_text(Side((heading,), "", ())).removesuffix("\n")
    assert heading.endswith(embedded)
    assert bool(embedded) == bool(heading)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ((), "\n正文。"),
        (("第四篇 甲", "第十章 乙"), "甲 乙\n正文。"),
        (("第四篇 甲", "第十章 乙", "一、丙"), "乙 丙\n正文。"),
    ],
)
def test_only_the_last_two_headings_are_embedded(path: tuple[str, ...], expected: str) -> None:
    assert whole_text(Side(path, "正文。", ())) == expected


def test_everything_is_counted() -> None:
    path = ("第四篇 甲", "第十章 乙", "一、丙")
    assert counted_text(Side(path, "1. 正文。", ())) == "第四篇 甲 第十章 乙 一、丙\n1. 正文。"


def test_numbers_in_the_text_itself_are_embedded() -> None:
    side = Side(("一、甲",), "一、第四篇。", ("一、第四篇。",))
    assert texts([side]) == ["甲\n一、第四篇。", "一、第四篇。"]


def test_sentences_are_embedded_on_their_own() -> None:
    sides = [Side(("标题",), "甲。乙。", ("甲。", "乙。")), Side((), "甲。", ("甲。",))]
    assert texts(sides) == ["标题\n甲。乙。", "甲。", "乙。", "\n甲。", "甲。"]


ONE = document(
    "one",
    {"1": ["甲一。甲二。", "乙。"], "2": ["丙一。丙二！丙三？"]},
    {"1": [None, "Beta."], "2": ["Gamma one.\n\nGamma three."]},
)
TWO = document("two", {"1": ["丁。"]})


def views() -> dict[str, View]:
    return {view.language: view for view in build([ONE, TWO], HashEncoder()).views}


def test_there_is_a_view_for_each_language_that_any_document_has() -> None:
    assert languages([ONE, TWO]) == ["en", "zh"] == list(views())
    assert languages([TWO]) == ["zh"]
    assert languages([]) == []


def test_rows_are_the_passages_that_have_the_language() -> None:
    found = views()
    assert found["zh"].rows.tolist() == [0, 1, 2, 3]
    assert found["zh"].starts.tolist() == [0, 2, 3, 6, 7]
    assert found["en"].rows.tolist() == [1, 2]
    assert found["en"].starts.tolist() == [0, 1, 4]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_everything_of_a_view_is_of_its_passages(language: str) -> None:
    view, encoder = views()[language], HashEncoder()
    assert view.rows.dtype == view.starts.dtype == np.int64
    assert len(view.wholes) == len(view.dense) == len(view.rows)
    assert view.lexical.size == view.rarity.size == len(view.rows)
    assert len(view.parts) == view.starts[-1]
    every = [(made, passage) for made in (ONE, TWO) for passage in made.passages]
    wholes, sentences = list[str](), list[str]()
    for n, row in enumerate(view.rows):
        made, passage = every[row]
        side = made.side(passage, language)
        assert side is not None
        wholes.append(whole_text(side))
        sentences += side.sentences
        whole = next(encoder.passages([whole_text(side)]))
        assert view.wholes.vectors[n].tobytes() == whole.sentence.tobytes()
        assert view.dense.vectors()[n].tobytes() == whole.sentence.tobytes()
        parts = view.parts.vectors[view.starts[n] : view.starts[n + 1]]
        expected = [encoded.sentence for encoded in encoder.passages(side.sentences)]
        assert parts.tobytes() == np.array(expected).tobytes()
    for units, told in ((view.wholes, wholes), (view.parts, sentences)):
        seen = list(encoder.passages(told))
        assert units.ids.dtype == units.ends.dtype == np.int64
        assert units.ids.tolist() == [token for one in seen for token in one.ids]
        assert units.ends.tolist() == [end for one in seen for end in one.ends]
        assert len(units.ids) == len(units.tokens.values)
        for unit, one in zip(units, seen, strict=True):
            assert unit.ids.tolist() == one.ids.tolist()
            assert unit.ends.tolist() == one.ends.tolist()
            assert unit.vector.tobytes() == one.sentence.tobytes()


def test_words_are_those_of_the_views_language() -> None:
    found = views()
    assert {"head", "gamma", "three", "1"} <= set(found["en"].lexical.words)
    assert not {"heading", "甲", "标题"} & set(found["en"].lexical.words)
    assert not {"head", "heading", "gamma"} & set(found["zh"].lexical.words)


def test_the_headings_above_are_counted_too() -> None:
    made = document("plan", {"7": [], "7.1": [], "7.1.2": ["甲。"]}, {"7.1.2": ["Alpha."]})
    english, _ = build([made], HashEncoder()).views
    assert english.lexical.words == ("2", "7", "7.1", "alpha", "head")


def test_a_withheld_sentence_has_no_tokens_and_no_say() -> None:
    finder = Searcher(build([ONE, TWO], HashEncoder()), HashEncoder())
    english, chinese = finder.index.views
    assert np.diff(english.parts.tokens.starts).tolist() == [1, 2, 0, 2]
    legs = finder.legs("丙二")
    query = HashEncoder().query("丙二")
    alone = maxsim(query.tokens, chinese.rarity.weights(query.ids), chinese.parts.tokens)
    assert legs.sentences is not None
    assert legs.sentences[4] == pytest.approx(alone[4])
    assert legs.sentences[[3, 5]] != pytest.approx(alone[[3, 5]])


def test_a_whole_text_is_what_is_left_of_it() -> None:
    side = ONE.side(ONE.passages[2], "en")
    assert side is not None
    assert whole_text(side) == "Heading 2\nGamma one. Gamma three."


def test_common_tokens_are_left_out_of_late_interaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is saved has them still; the sentences of a view are held against its passages."""
    monkeypatch.setattr(late, "FEW", 1)
    texts = {"1": ["甲。", "乙丙。标。", "丁。"]}
    (view,) = build([document("plan", texts)], HashEncoder()).views
    assert np.diff(view.wholes.tokens.starts).tolist() == [4, 6, 4]
    assert np.diff(view.late_wholes.starts).tolist() == [1, 2, 1]
    assert np.diff(view.late_parts.starts).tolist() == [1, 2, 1, 1]
    assert view.late_parts.values.tolist() == view.parts.tokens.values.tolist()
