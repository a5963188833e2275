"""Tokens, F1 and citations, worked by hand."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.agreement import (
    Place,
    best_f1,
    citation_overlap,
    exact_match,
    token_f1,
    tokens,
)
from tests.plans import properties

texts = st.text("武昌区a5 ,.%。", max_size=12)
places = st.tuples(st.sampled_from(["a", "b"]), st.integers(0, 9), st.integers(1, 5)).map(
    lambda drawn: (drawn[0], drawn[1], drawn[1] + drawn[2])
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("。，、 “”!?…—_%", []),
        ("武昌区", ["武", "昌", "区"]),
        ("完成 377.09 亿元", ["完", "成", "377.09", "亿", "元"]),
        ("1,522.04亿元", ["1522.04", "亿", "元"]),
        ("1,522,040 people", ["1522040", "people"]),
        ("in 2019,300 people", ["in", "2019", "300", "people"]),
        ("5,1234", ["5", "1234"]),
        ("５，１，２２", ["5", "1", "22"]),
        ("占２４．７８％", ["占", "24.78"]),
        ("By 2025. Then 3.", ["by", "2025", "then", "3"]),
        ("PM2.5 和 5G、GDP", ["pm2.5", "和", "5g", "gdp"]),
        ("2021-2025", ["2021", "2025"]),
        ("5km²", ["5km2"]),
        ("The STRASSE, Straße", ["the", "strasse", "strasse"]),
        ("district's", ["district", "s"]),
        ("二〇二五 人々 𠮷", ["二", "〇", "二", "五", "人", "々", "𠮷"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "facts", "expected"),
    [
        ("560亿元", (("560亿元",),), 1.0),
        ("突破560亿元", (("560亿元",),), 2 * 3 / (5 + 3)),
        ("560亿元", (("560亿元",), ("2025年",)), 2 * 3 / (3 + 5)),
        ("2025年560亿元", (("560亿元",), ("2025年",)), 1.0),
        # One character said once is shared once, though both facts want it.
        ("15条", (("15条",), ("94条",)), 2 * 2 / (2 + 4)),
        ("94条94条", (("94条",),), 2 * 2 / (4 + 2)),
        # All of the second wording is said, only 2 / 5 of the first.
        ("five roads", (("five new long wide roads", "roads"),), 2 * 1 / (2 + 1)),
        # All of both is said: the one of which more is.
        ("突破560亿元", (("560", "560亿元"),), 2 * 3 / (5 + 3)),
        # Nothing of the first fact is said: its shortest wording is what lacks.
        ("2025年", (("五百六十亿元", "560"), ("2025年",)), 2 * 2 / (2 + 3)),
        ("很大", (("560亿元",),), 0.0),
        ("", (("560亿元",),), 0.0),
        ("。", (("560亿元",),), 0.0),
        ("560", (), 0.0),
        ("560", ((), ("%",)), 0.0),
        ("", (), 0.0),
    ],
)
def test_token_f1(text: str, facts: tuple[tuple[str, ...], ...], expected: float) -> None:
    assert token_f1(text, facts) == pytest.approx(expected)


@properties
@given(texts, st.lists(st.lists(texts, min_size=1, max_size=3), min_size=1, max_size=3))
def test_token_f1_depends_on_no_order(text: str, facts: list[list[str]]) -> None:
    expected = token_f1(text, tuple(map(tuple, facts)))
    assert 0 <= expected <= 1
    for fact in permutations(facts[0]):
        assert token_f1(text, (*map(tuple, facts[1:]), fact)) == expected


@properties
@given(texts, texts)
def test_one_fact_of_one_wording_is_one_reference(text: str, wording: str) -> None:
    assert token_f1(text, ((wording,),)) == best_f1(text, [wording]) == best_f1(wording, [text])


def test_the_best_reference_counts() -> None:
    assert best_f1("武昌区政府", ["政府", "武昌", "武昌区"]) == pytest.approx(2 * 3 / (5 + 3))
    assert best_f1("Denver Broncos", ["The Broncos", "denver broncos!"]) == 1.0
    assert best_f1("Denver", []) == 0.0
    assert best_f1("", [""]) == 0.0


def test_an_exact_match_is_of_tokens_in_order() -> None:
    assert exact_match("“24.78%”", ["377", "２４．７８"])
    assert exact_match("The Denver  Broncos.", ["the denver broncos"])
    assert not exact_match("Broncos Denver", ["Denver Broncos"])
    assert not exact_match("24.78", ["24.7", "24.780"])
    assert not exact_match("24.78", [])
    assert not exact_match("", ["", "。"])


@properties
@given(texts, st.lists(texts, max_size=3))
def test_what_matches_exactly_has_an_f1_of_one(text: str, references: list[str]) -> None:
    references = [*references, text]
    assert exact_match(text, references) == bool(tokens(text))
    assert best_f1(text, references) == float(bool(tokens(text)))


def test_citations_worked_by_hand() -> None:
    evidence = [[("a", 10, 20)], [("a", 30, 40)], [("b", 0, 5)]]
    assert citation_overlap([("a", 19, 25)], evidence) == (1.0, 1 / 3)
    assert citation_overlap([("a", 0, 11), ("a", 20, 30)], evidence) == (1 / 2, 1 / 3)
    assert citation_overlap([("a", 0, 99)], evidence) == (1.0, 2 / 3)
    assert citation_overlap([("a", 12, 13), ("a", 14, 15)], evidence) == (1.0, 1 / 3)
    assert citation_overlap([("b", 10, 20), ("c", 0, 99)], evidence) == (0.0, 0.0)
    assert citation_overlap([("a", 15, 15)], evidence) == (0.0, 0.0)
    assert citation_overlap([], evidence) == (0.0, 0.0)


def test_a_quote_that_stands_twice_is_found_at_either_place() -> None:
    evidence = [[("a", 10, 20), ("a", 50, 60)], [("a", 30, 40)]]
    assert citation_overlap([("a", 55, 56)], evidence) == (1.0, 1 / 2)
    assert citation_overlap([("a", 11, 12), ("a", 55, 56)], evidence) == (1.0, 1 / 2)


@pytest.mark.parametrize("cited", [[], [("a", 0, 1)]])
def test_citations_need_evidence(cited: list[Place]) -> None:
    with pytest.raises(ValueError, match="got no evidence"):
        citation_overlap(cited, [])


@properties
@given(st.lists(places, min_size=1, max_size=5), st.lists(places, min_size=1, max_size=5))
def test_citations_character_by_character(cited: list[Place], evidence: list[Place]) -> None:
    def characters(spans: list[Place]) -> set[tuple[str, int]]:
        return {(document, at) for document, start, end in spans for at in range(start, end)}

    right = [bool(characters([one]) & characters(evidence)) for one in cited]
    found = [bool(characters([one]) & characters(cited)) for one in evidence]
    expected = (sum(right) / len(right), sum(found) / len(found))
    assert citation_overlap(cited, [[one] for one in evidence]) == expected
    assert citation_overlap(evidence, [[one] for one in cited]) == expected[::-1]
