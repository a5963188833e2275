"""The stand-ins keep the contracts of what they stand for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from corpus.records import Side, Term, Traced
from index.contracts import Encoder
from tests.doubles import English, HashEncoder, document

ENCODER: Encoder = HashEncoder()  # mypy checks the protocol here


@pytest.mark.parametrize("text", ["金融业增加值 560 亿元", "Green finance", "", "。！", "字" * 200])
def test_the_encoder_gives_unit_float32_rows(text: str) -> None:
    for encoded in (ENCODER.query(text), next(ENCODER.passages([text]))):
        assert encoded.sentence.shape == (16,)
        assert encoded.tokens.shape == (min(62, ENCODER.count(text) - 2), 16)
        assert encoded.ids.shape == (len(encoded.tokens),)
        assert encoded.sentence.dtype == encoded.tokens.dtype == np.float32
        assert encoded.ids.dtype == np.int64
        assert np.linalg.norm(encoded.sentence) == pytest.approx(1, abs=1e-6)
        assert np.linalg.norm(encoded.tokens, axis=1) == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("text", ["增加值 560 亿元", "Green finance!", "", "。！", "字" * 200])
def test_the_encoder_tells_where_tokens_end(text: str) -> None:
    for encoded in (ENCODER.query(text), next(ENCODER.passages([text]))):
        assert encoded.ends.dtype == np.int64
        assert encoded.ends.shape == encoded.ids.shape
        assert encoded.ends.tolist() == sorted({*encoded.ends.tolist()})
        assert all(text[end - 1].isalnum() for end in encoded.ends)
    assert ENCODER.query("ab 甲1。").ends.tolist() == [2, 4, 5]


def test_the_encoder_tells_what_it_has_seen() -> None:
    encoder = HashEncoder()
    encoder.query("甲")
    list(encoder.passages(["乙", "丙"]))
    assert (encoder.questions, encoder.embedded) == (["甲"], ["乙", "丙"])


def test_a_document_can_be_cited() -> None:
    made = document("plan", {"10": ["第一句。第二句！"], "10.1": ["甲。", "乙。"], "11": []})
    assert [passage.id for passage in made.passages] == ["plan/10#1", "plan/10.1#1", "plan/10.1#2"]
    assert [section.path for section in made.sections] == [
        ("标题10",),
        ("标题10", "标题10.1"),
        ("标题11",),
    ]
    for section in made.sections:
        assert made.source[section.heading.start : section.heading.end] == section.title
    for passage in made.passages:
        pieces = [made.source[span.start : span.end] for span in passage.spans]
        assert "".join(pieces) == passage.text
        assert Traced(passage.text, passage.spans).cut(0, 1).text == passage.text[0]
    assert [made.passages[0].sentence_text(n) for n in range(2)] == ["第一句。", "第二句！"]
    assert made.languages == ("zh",)
    assert made.terms == ()


def test_a_document_may_be_translated() -> None:
    texts = {"10": ["第一句。第二句！"], "10.1": ["甲。", "乙。"], "11": ["丙。"]}
    english: English = {"10": ["First.\n"], "10.1": [None, "B one. B two."]}
    term = Term("甲", "alpha")
    made = document("plan", texts, english, [term])
    assert (made.languages, made.terms) == (("zh", "en"), (term,))
    assert [made.side(passage, "en") for passage in made.passages] == [
        Side(("Heading 10",), "First.", ("First.", "")),
        None,
        Side(("Heading 10", "Heading 10.1"), "B one. B two.", ("B one. B two.",)),
        None,
    ]
    assert [section.translated for section in made.sections] == [
        ("Heading 10",),
        ("Heading 10", "Heading 10.1"),
        ("Heading 11",),
    ]
    plain = document("plan", texts)
    assert made.source == plain.source
    assert [replace(passage, translation=None) for passage in made.passages] == [*plain.passages]


@pytest.mark.parametrize("lines", ["First.", "First. Second.", "One.\nTwo.\nThree."])
def test_a_translation_has_a_line_for_each_sentence(lines: str) -> None:
    with pytest.raises(AssertionError, match="is of '第一句。第二句！'"):
        document("plan", {"1": ["第一句。第二句！"]}, {"1": [lines]})
