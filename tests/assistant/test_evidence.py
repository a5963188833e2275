"""What is found for a question: sentences and values, the best first, and how sure they are."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest

from assistant import candidates, values
from assistant.calibration import GENERAL, VALUED, Calibration, Model
from assistant.evidence import PASSAGES, SOURCES, Evidence, gather
from assistant.service import Assistant
from corpus.records import Document
from index.build import build
from index.records import Mode
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

TEXTS = {
    "1": [
        "到2025年，茶叶产量达到56万吨，茶园面积达到300亩。扶持茶厂。茶农很多。",
        "2020年，茶叶产量达到30万吨。",
    ],
    "2": ["划定红线，保护茶园。", "保护茶园，轮作茶园。茶园休耕。", "绿化街道。"],
    "3": ["修缮祠堂。", "疏浚河道。", "培训教师。", "减免税费。", "扶持农户。"],
}
ENGLISH = {
    "1": ["By 2025, tea output will reach 560,000 tons, and gardens 300 mu.\n\nTea farmers abound."]
}
VALUE, HOW, COMPARED = "2025年茶叶产量是多少？", "怎么保护茶园？", "2025年茶叶产量比2020年多多少？"


def plan() -> Document:
    made = document("tea", TEXTS, ENGLISH)
    return replace(made, manifest=replace(made.manifest, title="云渡区第十四个五年规划纲要"))


@cache
def assistant() -> Assistant:
    boats = document("boats", {"1": ["码头泊位达到12个。"]})
    fitted = Calibration(
        HashEncoder().digest,
        dict.fromkeys(candidates.FEATURES, 0.0) | {"passage": 1.0, "sentence": 1.0},
        dict.fromkeys(values.FEATURES, 0.0) | {"span": 1.0, "period": 1.0, "side": 1.0},
        Model({}, 0.0),
        Model({}, 0.0),
    )
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, WordTable.of_jieba())
        encoder = HashEncoder(width=32)
        index = build([plan(), boats], encoder, calibration=fitted.dump())
    return Assistant(Searcher(index, HashEncoder(width=32)))


def gathered(
    question: str,
    top_k: int = 5,
    mode: Mode = Mode.HYBRID,
    documents: list[str] | None = None,
) -> Evidence:
    asked = assistant().read(question)
    wanted = assistant().intent(asked)
    return gather(asked.search, wanted, assistant().sources, top_k, mode, documents)


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("question", [VALUE, HOW, COMPARED, "茶", "How much tea?", "没有的词"])
def test_the_best_comes_first(question: str, mode: Mode) -> None:
    found = gathered(question, mode=mode)
    for scored in (found.sentences, found.facts):
        assert all(one[0] >= other[0] for one, other in pairwise(scored))
    assert found.best is found.sentences[0][1]
    weights = assistant().calibration
    for score, candidate in found.sentences:
        assert score == weights.sentence_score(candidate.features)
    for score, fact in found.facts:
        assert score == weights.value_score(fact.features)


@pytest.mark.parametrize("mode", Mode)
def test_sentences_are_those_of_the_best_passages(mode: Mode) -> None:
    for question in (VALUE, HOW):
        found = gathered(question, mode=mode)
        best = {hit.passage.id for hit in found.ranking.hits[:SOURCES]}
        assert {one.passage.id for _, one in found.sentences} == best
        said = {fact.hit.passage.id for _, fact in found.facts}
        assert said <= {hit.passage.id for hit in found.ranking.hits[:PASSAGES]}


def test_every_sentence_of_them_is_there_once() -> None:
    found = gathered(HOW)
    places = [(one.passage.id, one.sentence) for _, one in found.sentences]
    hits = found.ranking.hits[:SOURCES]
    wanted = {(hit.passage.id, n) for hit in hits for n in range(len(hit.passage.sentences))}
    assert len(places) == len({*places})
    assert {*places} == wanted


def test_a_value_is_answered_with_a_value() -> None:
    found = gathered(VALUE)
    assert found.is_value
    assert found.facts[0][1].indicator.words == "56万吨"
    assert found.main == (assistant().passage("tea/1#1"), 0)
    assert found.text == "到2025年，茶叶产量达到56万吨，茶园面积达到300亩。"
    assert found.said() == [found.main]


def test_the_value_of_the_time_that_is_asked_for() -> None:
    for question in ("2020年茶叶产量是多少？", "目前茶叶产量是多少？"):
        assert gathered(question).facts[0][1].indicator.words == "30万吨", question


def test_other_questions_are_answered_with_sentences() -> None:
    found = gathered(HOW)
    assert not found.is_value
    assert not found.facts
    assert found.main == (found.best.passage, found.best.sentence)
    assert found.text == found.best.text
    assert "保护茶园" in found.text


def test_a_comparison_has_values_but_is_none() -> None:
    found = gathered(COMPARED)
    assert {"56万吨", "30万吨"} <= {fact.indicator.words for _, fact in found.facts}
    assert not found.is_value
    assert found.main == (found.best.passage, found.best.sentence)


def test_a_value_that_no_passage_states_leaves_the_sentences() -> None:
    silent = gathered("保护茶园多少升？", documents=["tea"])
    assert silent.intent.wants_value
    assert not silent.facts
    assert not silent.is_value
    assert silent.main == (silent.best.passage, silent.best.sentence)


def rescored(found: Evidence, *scores: float) -> Evidence:
    """The same sentences with these scores, and the others far behind."""
    rest = [-1000.0] * (len(found.sentences) - len(scores))
    pairs = zip((*scores, *rest), found.sentences, strict=True)
    return replace(found, sentences=[(score, one) for score, (_, one) in pairs])


def test_sentences_that_are_as_good_are_said_as_well_but_no_more_than_three() -> None:
    found = gathered(HOW)
    places = [(one.passage, one.sentence) for _, one in found.sentences]
    assert rescored(found, 5.0).said() == places[:1]
    assert rescored(found, 5.0, 5.0).said() == places[:2]
    assert rescored(found, 5.0, 5.0, 5.0).said() == places[:3]
    assert rescored(found, 5.0, 5.0, 5.0, 5.0, 5.0).said() == places[:3]
    assert rescored(found, 900.0, 5.0, 5.0).said() == places[:1]


def test_its_text_is_the_sentence_without_space_around_it() -> None:
    made = document("made", {"1": ["茶园很大。 茶农很多。"]})
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, WordTable.of_jieba())
        index = build([made], HashEncoder(width=32))
    own = Assistant(Searcher(index, HashEncoder(width=32)))
    asked = own.read("茶农怎么很多？")
    found = gather(asked.search, own.intent(asked), own.sources)
    assert found.main == (made.passages[0], 1)
    assert made.passages[0].sentence_text(1) == " 茶农很多。"
    assert found.text == "茶农很多。"


def test_how_many_passages_are_returned_does_not_matter() -> None:
    for question in (VALUE, HOW):
        few, many = gathered(question, top_k=0), gathered(question, top_k=5)
        assert [one for _, one in few.sentences] == [one for _, one in many.sentences]
        assert [one for _, one in few.facts] == [one for _, one in many.facts]
        assert len(gathered(question, top_k=10).ranking.hits) == 10


def test_only_the_documents_that_are_asked_for() -> None:
    found = gathered("码头泊位达到多少个？", documents=["tea"])
    assert {one.passage.document for _, one in found.sentences} == {"tea"}
    assert {fact.hit.passage.document for _, fact in found.facts} <= {"tea"}
    found = gathered(VALUE, documents=["boats"])
    assert {one.passage.document for _, one in found.sentences} == {"boats"}
    nothing = gathered(VALUE, documents=[])
    assert (nothing.sentences, nothing.facts, nothing.signals) == ([], [], None)


# What tells how sure it is.


def test_signals_are_those_that_a_model_is_fitted_on() -> None:
    for question in (HOW, COMPARED, "Where are tea farmers?"):
        found = gathered(question)
        assert found.signals is not None
        assert {*found.signals} == {*GENERAL}
    valued = gathered(VALUE)
    assert valued.signals is not None
    assert {*valued.signals} == {*VALUED}


@pytest.mark.parametrize("mode", [Mode.DENSE, Mode.LEXICAL])
def test_modes_that_score_no_sentences_have_none(mode: Mode) -> None:
    assert gathered(HOW, mode=mode).signals is None
    assert gathered(VALUE, mode=mode).signals is None


def test_signals_say_what_they_are_named() -> None:
    found = gathered(VALUE)
    signals = found.signals
    assert signals is not None
    score, best = found.sentences[0]
    told = dict(zip(candidates.FEATURES, best.features, strict=True))
    assert signals["score"] == score
    for name in ("passage", "sentence", "cover"):
        assert signals[name] == told[name]
    value_score, fact = found.facts[0]
    assert signals["value_score"] == value_score
    of_value = dict(zip(values.FEATURES, fact.features, strict=True))
    for name in VALUED[len(GENERAL) + 1 :]:
        assert signals[name] == of_value[name.removeprefix("value_")], name
    hits = found.ranking.hits
    assert signals["margin"] == pytest.approx(hits[0].score - hits[5].score)
    assert signals["length"] == HashEncoder().count(VALUE.replace("？", "")) - 2
    assert signals["passage_z"] > 0
    assert signals["sentence_z"] > 0


def test_the_language_and_the_unknown_words_of_the_question() -> None:
    def of(question: str, name: str) -> float:
        signals = gathered(question).signals
        assert signals is not None
        return signals[name]

    assert (of(HOW, "english"), of("Tea farmers abound?", "english")) == (0.0, 1.0)
    assert of(HOW, "unknown") == 0.0
    assert of("清蒸石斑鱼怎么蒸？", "unknown") == 1.0
    assert 0.0 < of("怎么保护石斑鱼？", "unknown") < 1.0


def test_the_same_question_finds_the_same() -> None:
    for question in (VALUE, HOW):
        first, again = gathered(question), gathered(question)
        assert first.signals == again.signals
        assert first.said() == again.said()
        assert list(first.sentences) == list(again.sentences)
        assert list(first.facts) == list(again.facts)
