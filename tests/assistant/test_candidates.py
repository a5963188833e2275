"""Sentences that may answer, and what each of their features says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import pytest

from assistant import intent
from assistant.candidates import FEATURES, Candidate, Candidates
from assistant.kinds import Kind
from assistant.terms import Terms
from corpus.language import language
from corpus.records import Document
from corpus.records import Kind as PassageKind
from index.build import build
from index.records import Mode
from index.search import Searcher
from index.tokens import WordTable
from tests import plans
from tests.doubles import English, HashEncoder, document, quicken

PLAN = (2021, 2025)
Texts = Mapping[str, Sequence[str]]


@cache
def table() -> WordTable:
    return WordTable.of_jieba()


def found(question: str, made: Document, mode: Mode = Mode.HYBRID) -> list[Candidate]:
    """The sentences of all passages of a plan, for a question."""
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table())
        searcher = Searcher(build([made], HashEncoder(width=32)), HashEncoder(width=32))
    lang = language(question)
    wanted = intent.read(question, lang, PLAN)
    hits = searcher.rank(question, 100, mode).hits
    return list(Candidates(Terms(question, searcher), wanted, searcher.index, PLAN).of(hits))


def of(question: str, *texts: str, english: Sequence[str] | None = None) -> dict[str, Features]:
    """By the text of each sentence what its features are; each text is a passage."""
    told: English | None = None if english is None else {"1": english}
    made = document("made", {"1": texts}, told)
    return {one.text: features(one) for one in found(question, made)}


Features = dict[str, float]


def features(one: Candidate) -> Features:
    return dict(zip(FEATURES, one.features, strict=True))


def test_every_sentence_is_one_passage_by_passage() -> None:
    made = document("made", {"1": ["茶园很大。 茶农很多。", "茶厂很新。"], "2": ["茶路很长。"]})
    given = found("茶厂新不新？", made)
    places = [(one.passage.id, one.sentence) for one in given]
    assert sorted(places) == [("made/1#1", 0), ("made/1#1", 1), ("made/1#2", 0), ("made/2#1", 0)]
    assert given[0].passage.id == "made/1#2"  # the best passage comes first
    names = [name for name, _ in places]
    assert names == sorted(names, key=names.index)
    for one in given:
        assert one.passage is one.hit.passage
        assert one.text == one.passage.sentence_text(one.sentence).strip()
        assert len(one.features) == len(FEATURES)
    assert len({*FEATURES}) == len(FEATURES)


def test_scores_of_its_passage_and_its_own() -> None:
    made = document("made", {"1": ["茶园很大。茶农很多。茶厂很新。", "扶持农户。"]})
    given = found("茶农多不多？", made)
    for one in given:
        told = features(one)
        assert told["passage"] == one.hit.score
        assert told["sentence"] == one.hit.sentences[one.sentence]
        assert told["behind"] == told["sentence"] - max(one.hit.sentences)
        assert told["behind"] <= 0.0
    best = [one.text for one in given if features(one)["behind"] == 0.0]
    assert "茶农很多。" in best
    assert len(best) == 2  # of each passage one


@pytest.mark.parametrize("mode", [Mode.DENSE, Mode.LEXICAL])
def test_modes_without_sentences_have_no_score_of_them(mode: Mode) -> None:
    given = found("茶农多不多？", document("made", {"1": ["茶园很大。茶农很多。"]}), mode)
    assert [one.text for one in given] == ["茶园很大。", "茶农很多。"]
    assert {(features(one)["sentence"], features(one)["behind"]) for one in given} == {(0.0, 0.0)}


FILLERS = ("绿化街道。", "修缮祠堂。", "疏浚河道。", "培训教师。")


def test_how_much_of_the_question_stands_in_it() -> None:
    given = of("怎么扶持茶厂？", "扶持茶厂。", "扶持农户。", *FILLERS)
    assert given["扶持茶厂。"]["cover"] == pytest.approx(1.0)
    assert 0.0 < given["扶持农户。"]["cover"] < 1.0
    assert given["绿化街道。"]["cover"] == 0.0


def test_what_stands_above_it_counts() -> None:
    made = document("made", {"茶厂": ["扶持。"], "2": ["扶持。"], "3": FILLERS})
    told = {one.passage.section: features(one) for one in found("怎么扶持茶厂？", made)}
    assert told["茶厂"]["cover"] == pytest.approx(1.0)
    assert told["2"]["cover"] < 1.0


def test_an_english_question_is_looked_for_in_english() -> None:
    given = of(
        "How will factories be supported?",
        "扶持茶厂。",
        "扩建公园。",
        *FILLERS,
        english=["Support factories.", "Plant streets.", *(f"Filler {n}." for n in range(4))],
    )
    assert given["扶持茶厂。"]["cover"] == pytest.approx(1.0)
    assert given["扩建公园。"]["cover"] == 0.0


@pytest.mark.parametrize(
    ("question", "text", "items"),
    [
        ("重点发展哪三种茶？", "重点发展绿茶、红茶、白茶。", 1.0),
        ("重点发展哪三种茶？", "重点发展绿茶、红茶。", 0.0),
        ("重点发展哪三种茶？", "重点发展茶业。", 0.0),
        ("重点发展哪些茶？", "重点发展绿茶、红茶。", 0.5),
        ("重点发展哪些茶？", "重点发展茶业。", 0.0),
        ("茶叶产量是多少？", "重点发展绿茶、红茶、白茶。", 0.0),
        ("怎么扶持茶厂？", "重点发展绿茶、红茶、白茶。", 0.0),
        ("Which three teas will be grown?", "重点发展绿茶、红茶、白茶。", 1.0),
    ],
)
def test_whether_it_lists_as_many_as_are_asked_for(question: str, text: str, items: float) -> None:
    assert of(question, text)[text]["items"] == items


@pytest.mark.parametrize(
    ("question", "text", "period"),
    [
        ("2025年怎么扶持茶厂？", "2025年扶持茶厂。", 1.0),
        ("2025年怎么扶持茶厂？", "“十四五”期间扶持茶厂。", 1.0),
        ("2025年怎么扶持茶厂？", "2020年扶持茶厂，2025年再扶持。", 1.0),
        ("2025年怎么扶持茶厂？", "2020年扶持茶厂。", -1.0),
        ("2025年怎么扶持茶厂？", "扶持茶厂。", 0.0),
        ("怎么扶持茶厂？", "2020年扶持茶厂。", 0.0),
        ("什么时候扶持茶厂？", "2020年扶持茶厂。", 1.0),
        ("什么时候扶持茶厂？", "扶持茶厂。", 0.0),
    ],
)
def test_whether_it_is_of_the_time_that_is_asked_for(
    question: str, text: str, period: float
) -> None:
    assert of(question, text)[text]["period"] == period


@pytest.mark.parametrize(
    ("question", "text", "kind"),
    [
        ("哪个部门负责检验？", "由市场监管局负责检验。", 1.0),
        ("哪个部门负责检验？", "加强检验。", 0.0),
        ("“绿茶”是什么意思？", "“绿茶”是指不发酵的茶。", 1.0),
        ("“绿茶”是什么意思？", "推广“绿茶”。", 0.0),
        ("为什么要检验？", "为了安全，加强检验。", 1.0),
        ("为什么要检验？", "加强检验。", 0.0),
        ("怎么检验？", "由市场监管局负责检验。", 0.0),
        ("检验多少家？", "由市场监管局负责检验。", 0.0),
    ],
)
def test_whether_it_has_what_an_answer_of_the_kind_has(
    question: str, text: str, kind: float
) -> None:
    assert of(question, text)[text]["kind"] == kind


def test_the_kinds_that_these_questions_are() -> None:
    """Nothing above holds where a question is taken for another kind."""
    for question, kind in (
        ("重点发展哪三种茶？", Kind.LIST),
        ("茶叶产量是多少？", Kind.VALUE),
        ("怎么扶持茶厂？", Kind.HOW),
        ("什么时候扶持茶厂？", Kind.DATE),
        ("哪个部门负责检验？", Kind.BODY),
        ("“绿茶”是什么意思？", Kind.DEFINITION),
        ("为什么要检验？", Kind.WHY),
    ):
        assert intent.read(question, "zh", PLAN).kind is kind, question


@cache
def made_up() -> Document:
    return plans.reading().document


def test_a_footnote_that_explains_a_term_of_the_question() -> None:
    given = found("“四办”服务是什么意思？", made_up())
    told = {one.text: features(one)["term"] for one in given}
    assert told["“四办”：马上办、网上办、就近办、一次办。"] == 1.0
    assert [text for text, term in told.items() if term] == [
        "“四办”：马上办、网上办、就近办、一次办。"
    ]


def test_no_footnote_explains_what_the_question_does_not_name() -> None:
    assert {features(one)["term"] for one in found("路网密度是多少？", made_up())} == {0.0}


def test_rows_and_footnotes_are_sentences_like_any_other() -> None:
    given = found("绿化覆盖率是多少？", made_up())
    assert {one.passage.kind for one in given} == {*PassageKind}
    assert len(given) == sum(len(passage.sentences) for passage in made_up().passages)
