"""A question's words with what will do for each, and how much of a text they cover."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.terms import Terms, english_words
from corpus.records import Document, Term
from index.build import build
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import English, HashEncoder, document, quicken
from tests.plans import properties

TEXTS = {
    "1": ["金融业增加值达到560亿元。", "建设绿道20公里。"],
    "2": ["养老服务床位2000张。"],
    "3": ["保护历史街区。"],
    "4": ["发展旅游。", "发展文化。"],
    "5": ["引进银行。"],
}
ENGLISH: English = {
    "1": ["Finance adds 56 billion yuan.", "Build 20 kilometers of greenways."],
    "2": ["Old-age care beds number 2,000."],
    "4": [None, "Develop culture."],
}
TERMS = (Term("绿道", "greenways", ("greenway",), ("footpaths",)),)


def searcher(*documents: Document) -> Searcher:
    return Searcher(build(documents, HashEncoder()), HashEncoder())


@pytest.fixture(scope="module")
def both() -> Searcher:
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, WordTable.of_jieba())
        return searcher(document("plan", TEXTS, ENGLISH, TERMS))


@pytest.fixture(scope="module")
def plain() -> Searcher:
    """Of a plan without a translation."""
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, WordTable.of_jieba())
        return searcher(document("plan", TEXTS, terms=TERMS))


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("绿道有多长", "zh"),
        ("How long are the greenways?", "en"),
        ("GDP目标", "zh"),
        ("2025", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_the_question(both: Searcher, question: str, lang: str) -> None:
    assert Terms(question, both).own == lang


def test_where_there_is_one_language_it_is_that(plain: Searcher) -> None:
    assert Terms("How long are the greenways?", plain).own == "zh"
    assert Terms("绿道有多长", plain).own == "zh"


@pytest.mark.parametrize(
    ("question", "text", "lang"),
    [
        ("金融业增加值目标是多少", "到2025年，金融业增加值突破560亿元。", "zh"),
        ("绿道", "建设绿道20公里。", "zh"),
        ("养老服务床位", "新增养老服务床位2000张。", "zh"),
        ("finance", "Finance adds 56 billion yuan.", "en"),
        ("Develop culture", "We will develop culture.", "en"),
        ("kilometer", "20 kilometers", "en"),
        ("CULTURE", "culture", "en"),
    ],
)
def test_a_text_with_every_word_covers_all(
    both: Searcher, question: str, text: str, lang: str
) -> None:
    assert Terms(question, both).cover(text, lang) == pytest.approx(1)


@pytest.mark.parametrize(
    ("question", "text", "lang"),
    [
        ("金融业增加值", "保护历史街区。", "zh"),
        ("绿道", "", "zh"),
        ("finance", "Build schools.", "en"),
        ("finance", "", "en"),
        ("", "金融业", "zh"),
        ("？", "金融业", "zh"),
        ("多少", "多少", "zh"),
        ("绿道", "greenways", "fr"),
    ],
)
def test_a_text_without_any_word_covers_nothing(
    both: Searcher, question: str, text: str, lang: str
) -> None:
    assert Terms(question, both).cover(text, lang) == 0


def test_a_text_with_some_of_the_words_covers_their_share(both: Searcher) -> None:
    terms = Terms("绿道和旅游", both)
    some = terms.cover("建设绿道。", "zh")
    assert 0 < some < 1
    assert some + terms.cover("发展旅游。", "zh") == pytest.approx(1)
    assert terms.cover("旅游和绿道", "zh") == pytest.approx(1)


def test_a_rarer_word_counts_more(both: Searcher) -> None:
    terms = Terms("发展旅游", both)
    assert terms.cover("旅游", "zh") > terms.cover("发展", "zh")


@pytest.mark.parametrize(
    ("question", "text", "lang"),
    [
        ("greenways", "建设绿道20公里。", "zh"),
        ("footpaths", "建设绿道20公里。", "zh"),
        ("绿道", "Build 20 kilometers of greenways.", "en"),
        ("bank", "引进银行。", "zh"),
    ],
)
def test_words_are_carried_to_the_other_language(
    both: Searcher, question: str, text: str, lang: str
) -> None:
    assert Terms(question, both).cover(text, lang) > 0.4


def test_how_a_chinese_question_asks_counts_for_nothing(both: Searcher) -> None:
    text = "建设绿道。"
    for question in ("绿道", "绿道有多少", "绿道是什么", "绿道的目标是多少？", "请问绿道怎么样呢"):
        assert Terms(question, both).cover(text, "zh") == pytest.approx(1)


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("绿道", 0),
        ("金融业增加值是多少", 0),
        ("finance and culture", 0),
        ("zeppelin", 1),
        ("飞艇", 1),
        ("", 1),
        ("多少", 1),
        ("？", 1),
    ],
)
def test_what_the_plans_do_not_have_at_all(both: Searcher, question: str, share: float) -> None:
    assert Terms(question, both).unknown() == pytest.approx(share)


def test_some_words_that_the_plans_do_not_have(both: Searcher) -> None:
    assert 0 < Terms("绿道和飞艇", both).unknown() < 1
    assert 0 < Terms("greenways and zeppelins", both).unknown() < 1
    assert Terms("zeppelin airship", both).unknown() > Terms("finance airship", both).unknown()


def test_a_word_that_only_the_other_language_has_is_known_where_it_is_carried(
    plain: Searcher,
) -> None:
    assert Terms("greenways", plain).unknown() == 0
    assert Terms("zeppelins", plain).unknown() == 1


@pytest.mark.parametrize(
    ("question", "subject", "share"),
    [
        ("金融业增加值目标是多少", "金融业增加值", 1),
        ("绿道有多长", "绿道", 1),
        ("绿道有多长", "新建绿道", 0.5),
        ("How long are the greenways?", "绿道", 1),
        ("绿道", "绿道绿道", 1),
        ("绿道", "街区", 0),
        ("zeppelin", "绿道", 0),
        ("绿道", "", 0),
        ("", "绿道", 0),
        ("有多少", "有多少", 0),
    ],
)
def test_how_much_of_a_subject_is_asked_about(
    both: Searcher, question: str, subject: str, share: float
) -> None:
    assert Terms(question, both).of(subject) == pytest.approx(share)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Banks", {"the", "bank"}),
        ("banking BANKED", {"bank"}),
        ("GDP, 24.78%", {"gdp", "24.78"}),
        ("ＧＤＰ ２０", {"gdp", "20"}),
        ("绿道", set()),
        ("", set()),
    ],
)
def test_the_words_of_an_english_text(text: str, words: set[str]) -> None:
    assert english_words(text) == words


@properties
@given(
    question=st.text("绿道金融业增加值飞艇多少是的？ greenwaysfc2,0.", max_size=20),
    text=st.text("绿道金融业增加值飞艇建设。 greenwaysfc2,0.", max_size=30),
    lang=st.sampled_from(["zh", "en"]),
)
def test_shares_are_shares(both: Searcher, question: str, text: str, lang: str) -> None:
    terms = Terms(question, both)
    assert 0 <= terms.cover(text, lang) <= 1 + 1e-9
    assert terms.cover(text, lang) <= terms.cover(f"{text} {question}{text}", lang) + 1e-9
    assert 0 <= terms.unknown() <= 1 + 1e-9
    assert 0 <= terms.of(text) <= 1
