"""glossary.toml, finding its terms in a text, and whether a translation says them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import GlossaryInvalid
from corpus.glossary import Finder, read, says
from corpus.records import Term
from tests.plans import properties


def file(folder: Path, text: str) -> Path:
    path = folder / "glossary.toml"
    path.write_text(text, "utf-8")
    return path


def refused(path: Path) -> str:
    """Why a file is refused; the message names the file first."""
    with pytest.raises(GlossaryInvalid) as refusal:
        read(path)
    name, _, reason = str(refusal.value).partition(": ")
    assert name == str(path)
    return reason


GOOD = """
# A comment.
[[term]]
zh = "河湖长制"
en = "river and lake chief system"
forms = ["river and lake chief systems"]
also = ["river chiefs", "lake chiefs"]

[[term]]
zh = "四办"
en = "Four-Way Handling"
"""


def test_terms_are_read_as_they_were_written(tmp_path: Path) -> None:
    assert read(file(tmp_path, GOOD)) == (
        Term(
            "河湖长制",
            "river and lake chief system",
            ("river and lake chief systems",),
            ("river chiefs", "lake chiefs"),
        ),
        Term("四办", "Four-Way Handling"),
    )


def test_a_term_may_be_put_as_it_is_or_in_its_forms_but_not_as_people_type_it() -> None:
    assert Term("路", "road", ("roads",), ("street",)).wordings == ("road", "roads")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.toml") == "cannot be read (No such file or directory)"
    assert refused(tmp_path) == "cannot be read (Is a directory)"


@pytest.mark.parametrize("data", [b"[[term]", b"zh = ", b"\xff\xfe", "名 = 1".encode("gb18030")])
def test_a_file_that_is_no_toml_is_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "glossary.toml"
    path.write_bytes(data)
    assert refused(path).startswith("not TOML (")


@pytest.mark.parametrize(
    "text",
    ["", "# only this\n", "term = []", 'term = "a"', "[term]\nzh = '路'", "[[terms]]\na = 1"],
)
def test_a_file_without_terms_is_named(tmp_path: Path, text: str) -> None:
    assert refused(file(tmp_path, text)) == "holds no [[term]]"


@pytest.mark.parametrize("name", ["zh", "en"])
@pytest.mark.parametrize("value", [None, '""', '"  "', "7", '["a"]', "true"])
def test_a_field_that_is_missing_or_no_text_is_named(
    tmp_path: Path, name: str, value: str | None
) -> None:
    fields = {"zh": '"路"', "en": '"road"', name: value}
    lines = [f"{field} = {given}" for field, given in fields.items() if given is not None]
    path = file(tmp_path, "\n".join([GOOD, "[[term]]", *lines]))
    assert refused(path) == f"term 3: field '{name}' is missing or no text"


@pytest.mark.parametrize("name", ["forms", "also"])
@pytest.mark.parametrize("value", ['"roads"', "[1]", '["roads", ""]', '[["roads"]]', "7"])
def test_a_list_of_something_else_is_named(tmp_path: Path, name: str, value: str) -> None:
    path = file(tmp_path, f'[[term]]\nzh = "路"\nen = "road"\n{name} = {value}')
    assert refused(path) == f"term 1: field '{name}' is no list of texts"


def test_a_term_that_is_no_table_is_named(tmp_path: Path) -> None:
    assert refused(file(tmp_path, 'term = ["路"]')) == "term 1: is no table"


def test_a_term_that_stands_twice_is_named(tmp_path: Path) -> None:
    assert (
        refused(file(tmp_path, f'{GOOD}[[term]]\nzh = "四办"\nen = "a"')) == "'四办' stands twice"
    )


def found(text: str, *terms: str) -> list[str]:
    """The terms that are found in a text, in order."""
    return [term.zh for term in Finder(Term(words, "-") for words in terms)(text)]


def test_of_overlapping_terms_the_longest_is_found() -> None:
    assert found("数字经济发展", "经济", "数字经济", "数字") == ["数字经济"]
    assert found("数字经济和经济", "经济", "数字经济") == ["数字经济", "经济"]
    assert found("十四五规划", "十四五", "十四五规划", "规划") == ["十四五规划"]


def test_terms_are_found_in_order_as_often_as_they_stand() -> None:
    assert found("路网、水系、路网", "水系", "路网") == ["路网", "水系", "路网"]
    assert found("路路路", "路路") == ["路路"]


def test_spaces_width_and_case_make_no_other_term() -> None:
    assert found("建设 5 G 基站和ＧＤＰ、gdp", "5G基站", "GDP") == ["5G基站", "GDP", "GDP"]
    assert found("数字\n经济", "数 字经济") == ["数 字经济"]


def test_signs_of_a_term_are_only_signs() -> None:
    assert found("“互联网+”行动，互联网网", "互联网+") == ["互联网+"]
    assert found("4.5", "4*5", "4?5", "(4)", "[45]") == []


def test_a_finder_of_nothing_finds_nothing() -> None:
    assert found("路网") == []
    assert found("", "路网") == []


@properties
@given(
    st.text("数字经济路网5G gｇ", max_size=30),
    st.lists(st.text("数字经济路网5Gg", min_size=1, max_size=4), max_size=5, unique=True),
)
def test_what_is_found_stands_there(text: str, terms: list[str]) -> None:
    folded = "".join(text.casefold().split()).replace("ｇ", "g")
    names = found(text, *terms)
    assert all(name.casefold() in folded for name in names)
    assert bool(names) == any(term.casefold() in folded for term in terms)
    assert len("".join(names)) <= len(folded)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("We build roads and bridges.", "roads"),
        ("Roads first", "roads"),
        ("on ROADS", "Roads"),
        ("the “Four-Way Handling” method", "Four-Way Handling"),
        ("a five-year-plan", "five-year"),
        ("the city's roads", "city"),
        ("the people’s livelihood", "people's livelihood"),
        ("the people's livelihood", "people's livelihood"),
        ("the 14th  Five-Year\nPlan.", "14th Five-Year Plan"),
        ('"Internet Plus"', "Internet Plus"),
        ("R&D (C++)", "C++"),
        ("ＧＤＰ growth", "GDP"),
    ],
)
def test_a_wording_is_said(text: str, wording: str) -> None:
    assert says(text, (wording,))
    assert says(text, ("something else", wording))


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("railroads", "roads"),
        ("roadside", "road"),
        ("roads", "road"),
        ("five year plan", "five-year plan"),
        ("the peoples livelihood", "people's livelihood"),
        ("a.b", "a?b"),
        ("acb", "a.b"),
        ("capacity", "city"),
        ("2014th Five-Year Plan", "14th Five-Year Plan"),
        ("", "road"),
    ],
)
def test_a_wording_is_not_said(text: str, wording: str) -> None:
    assert not says(text, (wording,))


def test_without_wordings_nothing_is_said() -> None:
    assert not says("roads", ())


def test_a_wording_may_have_a_curly_apostrophe() -> None:
    assert says("the people's livelihood", ("people’s livelihood",))
