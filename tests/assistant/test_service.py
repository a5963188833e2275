"""Assistant.ask on two tiny plans and an encoder without a model."""

from __future__ import annotations

import numpy as np
import pytest

from assistant import __version__
from assistant.errors import (
    DocumentUnknown,
    PassageUnknown,
    QuestionEmpty,
    QuestionTooLong,
    QuestionUnreadable,
    SectionUnknown,
)
from assistant.records import Note, Reason, Receipt, Rendering, Status
from assistant.service import Assistant
from corpus.records import Document
from index.build import build
from index.records import Mode
from index.search import Searcher
from index.spelling import Spelling
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

TEA = {
    "1": ["茶叶产量力争突破56万吨。", "茶园面积达到300亩，茶农达到900户。"],
    "1.1": ["扶持茶厂。"],
    "2": ["茶路绿化。"],
}
TEA_IN_ENGLISH = {
    "1": [
        "Tea output will exceed 560,000 tons.",
        "Tea gardens will reach 300 mu, and there will be 900 tea farmers.",
    ],
    "1.1": [""],
}
"""All but one passage, whose only sentence is withheld, and one that is not translated."""
BOATS = {"1": ["码头泊位达到12个。"], "3": ["渡船航线达到7条。", "Ferries run at night."]}


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return made_of(document("tea", TEA, TEA_IN_ENGLISH), document("boats", BOATS))


def made_of(*documents: Document) -> Assistant:
    """An assistant of these documents, with a dictionary of hardly any words."""
    table = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table)
        index = build(documents, HashEncoder())
    return Assistant(Searcher(index, HashEncoder()))


def test_an_answer_with_everything_in_it(assistant: Assistant) -> None:
    answer = assistant.ask("茶叶产量力争突破多少")
    assert (answer.status, answer.reason) == (Status.ANSWERED, None)
    assert (answer.short, answer.text) == ("56万吨", "茶叶产量力争突破56万吨。")
    (citation,) = answer.citations
    source = assistant.document("tea").source
    assert citation.quote == source[citation.start : citation.end] == answer.text
    assert citation.passage_id == answer.hits[0].passage.id == "tea/1#1"
    assert (answer.question.text, answer.question.lang) == ("茶叶产量力争突破多少", "zh")


@pytest.mark.parametrize("mode", Mode)
def test_it_answers_in_every_mode(assistant: Assistant, mode: Mode) -> None:
    answer = assistant.ask("渡船航线达到几条", mode=mode)
    assert (answer.short, answer.text) == ("7条", "渡船航线达到7条。")
    assert (answer.hits[0].scores.late is None) == (mode is not Mode.HYBRID)


@pytest.mark.parametrize("top_k", [1, 2, 7])
def test_top_k_passages_come_beside_the_answer(assistant: Assistant, top_k: int) -> None:
    answer = assistant.ask("茶园面积", top_k=top_k)
    assert len(answer.hits) == top_k
    assert answer.hits == assistant.ask("茶园面积", top_k=7).hits[:top_k]


def test_no_more_passages_than_there_are(assistant: Assistant) -> None:
    assert len(assistant.ask("茶园面积", top_k=50).hits) == 7


def test_without_passages_beside_it_the_answer_is_the_same(assistant: Assistant) -> None:
    answer = assistant.ask("茶园面积多大", top_k=0)
    assert answer.hits == ()
    assert answer.citations == assistant.ask("茶园面积多大").citations


def test_only_the_documents_that_are_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("茶叶产量力争突破多少", documents=["boats"], top_k=50)
    assert {hit.passage.document for hit in answer.hits} == {"boats"}
    assert answer.citations[0].document == "boats"
    both = assistant.ask("茶叶产量", documents=["tea", "boats"], top_k=50)
    assert both == assistant.ask("茶叶产量", top_k=50)


@pytest.mark.parametrize("documents", [["nowhere"], ["tea", "nowhere"], [""]])
def test_an_unknown_document_is_named(assistant: Assistant, documents: list[str]) -> None:
    with pytest.raises(DocumentUnknown) as caught:
        assistant.ask("茶叶", documents=documents)
    assert f"“{documents[-1]}”" in str(caught.value)
    with pytest.raises(DocumentUnknown):
        assistant.search("茶叶", documents=documents)
    with pytest.raises(DocumentUnknown):
        assistant.document(documents[-1])


def test_an_unknown_passage_is_named(assistant: Assistant) -> None:
    assert assistant.passage("tea/1.1#1").text == "扶持茶厂。"
    for name in ("tea/9#1", "", "tea/1"):
        with pytest.raises(PassageUnknown, match=f"“{name}”"):
            assistant.passage(name)


def test_a_section_and_those_in_it(assistant: Assistant) -> None:
    _, hits = assistant.search("茶", section="1", documents=["tea"])
    assert {hit.passage.section for hit in hits} == {"1", "1.1"}
    _, hits = assistant.search("茶", section="1.1")
    assert [hit.passage.id for hit in hits] == ["tea/1.1#1"]


def test_an_unknown_section_is_named(assistant: Assistant) -> None:
    with pytest.raises(SectionUnknown, match="“9”"):
        assistant.search("茶", section="9")
    with pytest.raises(SectionUnknown, match="“3”"):  # of another document than the one asked
        assistant.search("茶", section="3", documents=["tea"])
    with pytest.raises(SectionUnknown, match="“”"):
        assistant.search("茶", section="")


@pytest.mark.parametrize("text", ["？！", "…", "😀", "，。", "—— ——", "+-*/"])
def test_a_question_without_words_is_none(assistant: Assistant, text: str) -> None:
    answer = assistant.ask(text)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.NOT_A_QUESTION)
    assert (answer.short, answer.text, answer.citations, answer.hits) == (None, None, (), ())
    assert answer.receipt == assistant.receipt
    assert assistant.search(text)[1] == []


def test_the_language_of_the_answer_may_be_given(assistant: Assistant) -> None:
    own, other = assistant.ask("茶园面积多大"), assistant.ask("茶园面积多大", "en")
    assert (own.question.lang, other.question.lang) == ("zh", "en")
    assert (own.hits, own.citations) == (other.hits, other.citations)
    assert (own.short, own.text) == ("300亩", "茶园面积达到300亩，茶农达到900户。")
    assert (own.notes, other.notes) == ((), (Note.UNOFFICIAL_TRANSLATION,))
    assert other.text == TEA_IN_ENGLISH["1"][1]
    assert other.short == "300 mu (300亩)"
    assert assistant.search("ferries", lang="zh")[0].lang == "zh"


def test_a_question_in_english_is_answered_with_the_translation(assistant: Assistant) -> None:
    answer = assistant.ask("Tea output will exceed how many tons?")
    assert (answer.question.lang, answer.status) == ("en", Status.ANSWERED)
    assert answer.text == "Tea output will exceed 560,000 tons."
    assert answer.notes == (Note.UNOFFICIAL_TRANSLATION,)
    (citation,) = answer.citations
    assert citation.quote == "茶叶产量力争突破56万吨。"
    assert citation.path == ("标题1",)
    assert citation.translation == Rendering("en", answer.text, ("Heading 1",))


@pytest.mark.parametrize(
    ("question", "text"),
    [("扶持茶厂 support what?", "扶持茶厂。"), ("码头泊位", "码头泊位达到12个。")],
    ids=["withheld", "untranslated"],
)
def test_what_has_no_english_is_told_as_it_stands(
    assistant: Assistant, question: str, text: str
) -> None:
    answer = assistant.ask(question, "en")
    assert (answer.text, answer.notes) == (text, (Note.NOT_TRANSLATED,))
    assert [citation.translation for citation in answer.citations] == [None]


def test_a_passage_that_has_no_english_is_found_in_english(assistant: Assistant) -> None:
    answer = assistant.ask("Ferries run at night?")
    assert (answer.question.lang, answer.text) == ("en", "Ferries run at night.")


@pytest.mark.parametrize("mode", Mode)
def test_a_passage_in_two_languages_is_one_passage(assistant: Assistant, mode: Mode) -> None:
    for question in ("茶园面积多大", "tea gardens", "茶园 gardens"):
        hits = assistant.ask(question, top_k=50, mode=mode).hits
        assert len(hits) == len({hit.passage.id for hit in hits}) == 7


def test_how_a_question_was_read(assistant: Assistant) -> None:
    asked = assistant.read("茶園面積多大")
    assert (asked.text, asked.search, asked.lang) == ("茶園面積多大", "茶园面积多大", "zh")
    assert assistant.ask("茶園面積多大").citations == assistant.ask("茶园面积多大").citations
    asked = assistant.read("Сколько чая?")
    assert (asked.lang, asked.is_other) == ("en", True)
    assert assistant.search("Сколько чая?")[0] == asked
    assert assistant.read("Сколько чая?", "zh").lang == "zh"


def test_what_is_found_nowhere_still_tells_how_the_question_was_read(assistant: Assistant) -> None:
    answer = assistant.ask("Сколько чая?", documents=[])
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.NOTHING_MATCHES)
    assert answer.notes == (Note.OTHER_LANGUAGE,)


def test_a_slip_is_put_right_before_it_is_searched(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = assistant.ask("茶园面积多大")
    monkeypatch.setattr(Spelling, "correct", lambda self, text: text.replace("圆", "园"))
    answer = assistant.ask("茶圆面积多大")
    assert (answer.question.text, answer.question.search) == ("茶圆面积多大", "茶园面积多大")
    assert answer.question.was_corrected
    assert answer.notes == (Note.READ_AS,)
    assert (answer.short, answer.citations) == (plain.short, plain.citations)


def test_bad_questions_by_name(assistant: Assistant) -> None:
    for text, error in (
        (" ", QuestionEmpty),
        ("茶" * 1001, QuestionTooLong),
        ("茶\x00", QuestionUnreadable),
    ):
        with pytest.raises(error):
            assistant.ask(text)
        with pytest.raises(error):
            assistant.search(text)


def test_the_receipt(assistant: Assistant) -> None:
    index = assistant.index
    assert assistant.receipt == Receipt(index.digest, "hash", __version__)
    assert assistant.ask("茶").receipt == assistant.receipt


@pytest.mark.parametrize("mode", Mode)
def test_the_same_question_gets_the_same_answer(assistant: Assistant, mode: Mode) -> None:
    again = Assistant(Searcher(assistant.index, HashEncoder()))
    for text in ("茶园面积多大", "码头", "night ferries", "没有的词"):
        first = assistant.ask(text, mode=mode)
        assert first == assistant.ask(text, mode=mode) == again.ask(text, mode=mode)
        assert first == assistant.ask(f" {text}\u200b ", mode=mode)


def test_hits_are_in_a_total_order(assistant: Assistant) -> None:
    hits = assistant.ask("qq", top_k=7, mode=Mode.LEXICAL).hits
    assert {hit.score for hit in hits} == {0.0}
    assert [hit.passage.id for hit in hits] == sorted(hit.passage.id for hit in hits)


@pytest.fixture
def empty() -> Assistant:
    """An assistant of a plan that is nothing but a heading."""
    return made_of(document("bare", {"1": []}))


@pytest.mark.parametrize("mode", Mode)
def test_where_there_is_no_passage_nothing_matches(empty: Assistant, mode: Mode) -> None:
    answer = empty.ask("茶叶产量是多少", mode=mode)
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.NOTHING_MATCHES)
    assert (answer.text, answer.citations, answer.hits) == (None, (), ())
