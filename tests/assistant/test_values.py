"""Values that may answer: how unit, time, and past or planned fit, and what each feature says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

import pytest

from assistant import intent
from assistant.intent import Intent
from assistant.kinds import Kind
from assistant.terms import Terms
from assistant.values import (
    FEATURES,
    Fact,
    alike,
    facts,
    fit,
    period_fit,
    side_fit,
    subject_spans,
    timed,
    unit_fit,
)
from corpus.indicators import Indicator, IndicatorKind, indicators
from corpus.language import language
from corpus.numbers import Measure
from corpus.periods import Period
from corpus.records import Document
from index.build import build
from index.records import Hit, Mode, Scores
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import English, HashEncoder, document, quicken

PLAN = (2021, 2025)
BASELINE, TARGET = IndicatorKind.BASELINE, IndicatorKind.TARGET
Texts = Mapping[str, Sequence[str]]


@cache
def table() -> WordTable:
    return WordTable.of_jieba()


def plan(texts: Texts, english: English | None = None) -> Document:
    made = document("made", texts, english)
    return replace(made, manifest=replace(made.manifest, title="云渡区第十四个五年规划纲要"))


def value(text: str, n: int = 0) -> Indicator:
    """The n-th value that a sentence tells."""
    return indicators(plan({"1": [text]}))[n]


def found(
    question: str, texts: Texts, english: English | None = None, mode: Mode = Mode.HYBRID
) -> list[Fact]:
    """The values that a plan of these texts has for a question."""
    made = plan(texts, english)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table())
        searcher = Searcher(build([made], HashEncoder(width=32)), HashEncoder(width=32))
    registers = {
        name: tuple(own) for name, own in groupby(indicators(made), key=lambda one: one.passage)
    }
    wanted = intent.read(question, language(question), PLAN)
    ranking = searcher.rank(question, 10, mode)
    return facts(Terms(question, searcher), wanted, ranking, searcher, registers, 10)


def features(fact: Fact) -> dict[str, float]:
    return dict(zip(FEATURES, fact.features, strict=True))


def years(first: int, last: int | None = None) -> Period:
    return Period("", first, first if last is None else last)


def asking(*periods: Period, side: IndicatorKind | None = None) -> Intent:
    return Intent(Kind.VALUE, periods=periods, side=side)


# Units.


@pytest.mark.parametrize(
    ("text", "measure", "unit", "fits"),
    [
        ("茶叶产值达到560亿元。", Measure.MONEY, None, 1.0),
        ("茶叶产值达到560亿元。", Measure.MONEY, "元", 1.0),
        ("茶园面积达到300亩。", Measure.AREA, None, 1.0),
        ("茶园面积达到300亩。", Measure.AREA, "亩", 1.0),
        ("茶叶出口占比达到24.78%。", Measure.SHARE, None, 1.0),
        ("新建茶厂9家。", Measure.COUNT, None, 1.0),
        ("新建茶厂9家。", Measure.COUNT, "家", 1.0),
        ("新建茶路30公里。", Measure.LENGTH, None, 1.0),
        ("审批时间缩短到15天。", Measure.TIME, None, 1.0),
        # one word counts what another one counts
        ("新建茶厂9家。", Measure.COUNT, "个", 0.0),
        # nothing is said of what is measured, or by what
        ("茶叶产值达到560亿元。", None, None, 0.0),
        ("新建茶厂9家。", None, None, 0.0),
        ("茶园指数达到560。", Measure.MONEY, None, 0.0),
        # something else
        ("茶叶产值达到560亿元。", Measure.AREA, None, -1.0),
        ("茶叶产值达到560亿元。", Measure.AREA, "亩", -1.0),
        ("茶园面积达到300亩。", Measure.MONEY, "元", -1.0),
        ("茶叶出口占比达到24.78%。", Measure.MONEY, "元", -1.0),
        ("茶叶出口占比达到24.78%。", Measure.COUNT, "家", -1.0),
        ("新建茶厂9家。", Measure.LENGTH, None, -1.0),
        ("新建茶路30公里。", Measure.AREA, None, -1.0),
    ],
)
def test_whether_the_unit_fits(
    text: str, measure: Measure | None, unit: str | None, fits: float
) -> None:
    assert unit_fit(value(text), Intent(Kind.VALUE, measure, unit)) == fits


def test_a_cell_without_a_number_fits_any_unit() -> None:
    cell = replace(value("茶叶产值达到560亿元。"), quantity=None, words="完成市下达目标")
    assert unit_fit(cell, Intent(Kind.VALUE, Measure.AREA, "亩")) == 0.0


# Times.


@pytest.mark.parametrize(
    ("asked", "said", "fits"),
    [
        (years(2025), years(2025), 1.0),
        (years(2021, 2025), years(2021, 2025), 1.0),
        # one ends with the other, or is its end
        (years(2025), years(2021, 2025), 0.5),
        (years(2021, 2025), years(2025), 0.5),
        # another time
        (years(2023), years(2025), -1.0),
        (years(2025), years(2020), -1.0),
        (years(2023), years(2021, 2025), -1.0),
        (years(2021, 2025), years(2023), -1.0),
        (years(2021), years(2021, 2025), -1.0),
        (years(2016, 2020), years(2021, 2025), -1.0),
        (years(2016, 2020), years(2025), -1.0),
    ],
)
def test_how_a_time_answers_for_another(asked: Period, said: Period, fits: float) -> None:
    assert fit(asked, said) == fits


TO_BE = value("到2025年，茶叶产量达到56万吨。")
WAS = value("2020年，茶叶产量达到30万吨。")
SUM = value("2016年至2020年累计新建茶厂9家。")
UNDATED = value("茶叶产量达到56万吨。")


def test_the_values_that_these_tests_are_about() -> None:
    told = [(one.kind, one.period and (one.period.first, one.period.last)) for one in (WAS, SUM)]
    assert told == [(BASELINE, (2020, 2020)), (BASELINE, (2016, 2020))]
    assert (TO_BE.kind, UNDATED.period) == (TARGET, None)


@pytest.mark.parametrize(
    ("one", "wanted", "fits"),
    [
        (TO_BE, asking(years(2025)), 1.0),
        (TO_BE, asking(years(2021, 2025)), 0.5),
        (TO_BE, asking(years(2020)), -1.0),
        (WAS, asking(years(2020)), 1.0),
        (WAS, asking(years(2025)), -1.0),
        (SUM, asking(years(2016, 2020)), 1.0),
        (SUM, asking(years(2018)), -1.0),
        (SUM, asking(years(2020)), -1.0),  # of all five years, not of the last one
        # one of those that are named is enough
        (TO_BE, asking(years(2020), years(2025)), 1.0),
        (WAS, asking(years(2020), years(2025)), 1.0),
        (TO_BE, asking(years(2019), years(2020)), -1.0),
        # not said
        (TO_BE, asking(), 0.0),
        (UNDATED, asking(years(2025)), 0.0),
        (UNDATED, asking(), 0.0),
    ],
)
def test_whether_the_time_fits(one: Indicator, wanted: Intent, fits: float) -> None:
    assert period_fit(one, wanted) == fits


@pytest.mark.parametrize(
    ("one", "wanted", "fits"),
    [
        (TO_BE, asking(side=TARGET), 1.0),
        (TO_BE, asking(side=BASELINE), -1.0),
        (WAS, asking(side=BASELINE), 1.0),
        (WAS, asking(side=TARGET), -1.0),
        (TO_BE, asking(), 0.0),
        # a time that is named tells better
        (WAS, asking(years(2020), side=TARGET), 0.0),
        (TO_BE, asking(years(2025), side=BASELINE), 0.0),
    ],
)
def test_whether_past_or_planned_fits(one: Indicator, wanted: Intent, fits: float) -> None:
    assert side_fit(one, wanted) == fits


# Of another time.


def scored(*values: Indicator) -> list[tuple[float, Fact]]:
    passage = document("made", {"1": ["茶。"]}).passages[0]
    hit = Hit(passage, 1.0, Scores(0.0, 0.0))
    return [(-float(n), Fact(one, hit, ())) for n, one in enumerate(values)]


def order(given: list[tuple[float, Fact]], wanted: Intent) -> list[str]:
    return [fact.indicator.words for _, fact in timed(given, wanted)]


OTHER = value("2020年，渡船航线达到7条。")


def test_the_same_thing_at_the_time_that_is_asked_for_comes_first() -> None:
    given = scored(TO_BE, OTHER, WAS)
    assert order(given, asking(years(2020))) == [WAS.words, TO_BE.words, OTHER.words]
    assert order(given, asking(side=BASELINE)) == [WAS.words, TO_BE.words, OTHER.words]


def test_where_the_best_fits_or_nothing_better_is_said_of_it_nothing_moves() -> None:
    as_given = [TO_BE.words, OTHER.words, WAS.words]
    for wanted in (asking(years(2025)), asking(), asking(years(2018)), asking(side=TARGET)):
        assert order(scored(TO_BE, OTHER, WAS), wanted) == as_given
    assert order(scored(TO_BE, OTHER), asking(years(2020))) == [TO_BE.words, OTHER.words]
    assert timed([], asking(years(2020))) == []


def test_what_is_said_of_one_thing() -> None:
    assert alike(TO_BE, WAS)
    assert alike(TO_BE, replace(WAS, subject="全区茶叶产量"))
    assert not alike(TO_BE, OTHER)


# Features.

TEXTS = {
    "1": ["到2025年，茶叶产量达到56万吨，茶园面积达到300亩。", "茶叶产值年均增长8%。"],
    "2": ["2020年，渡船航线达到7条。", "扶持农户。", "绿化街道。"],
}
ENGLISH: English = {
    "1": ["By 2025, tea output will reach 560,000 tons, and tea gardens 300 mu.", None]
}


def the(given: list[Fact], words: str) -> Fact:
    return next(fact for fact in given if words in fact.indicator.words)


def test_each_feature_is_named() -> None:
    assert len({*FEATURES}) == len(FEATURES)
    given = found("2025年茶叶产量是多少？", TEXTS)
    assert given
    assert {len(fact.features) for fact in given} == {len(FEATURES)}


def test_scores_of_its_passage_and_its_sentence() -> None:
    for fact in found("2025年茶叶产量是多少？", TEXTS):
        told = features(fact)
        assert told["passage"] == fact.hit.score
        assert told["sentence"] == fact.hit.sentences[fact.indicator.sentence]
        assert fact.indicator.passage == fact.hit.passage.id


def test_fits_are_those_of_the_question() -> None:
    question = "2025年茶叶产量是多少万吨？"
    wanted = intent.read(question, "zh", PLAN)
    given = found(question, TEXTS)
    for fact in given:
        told = features(fact)
        assert told["unit"] == unit_fit(fact.indicator, wanted)
        assert told["period"] == period_fit(fact.indicator, wanted)
        assert told["side"] == side_fit(fact.indicator, wanted)
    best = features(the(given, "56万吨"))
    assert (best["unit"], best["period"], best["target"]) == (1.0, 1.0, 1.0)


def test_what_measures_something_else_is_left_out() -> None:
    told = [fact.indicator.words for fact in found("茶园面积是多少亩？", TEXTS)]
    assert any("300亩" in words for words in told)
    assert not any("56万吨" in words or "8%" in words for words in told)


def test_where_no_measure_is_asked_for_all_may_answer() -> None:
    told = " ".join(fact.indicator.words for fact in found("茶的目标是多少？", TEXTS))
    assert all(words in told for words in ("56万吨", "300亩", "8%", "7条"))


def test_whether_it_is_a_target() -> None:
    given = found("目标是多少？", TEXTS)
    assert features(the(given, "56万吨"))["target"] == 1.0
    assert features(the(given, "7条"))["target"] == 0.0


def test_how_much_of_the_question_its_subject_and_words_have() -> None:
    given = found("茶叶产量是多少？", TEXTS)
    own, other = features(the(given, "56万吨")), features(the(given, "7条"))
    assert own["cover"] == pytest.approx(1.0)
    assert other["cover"] == 0.0
    assert own["subject"] == pytest.approx(1.0)
    assert other["subject"] == 0.0
    for fact in given:
        told = features(fact)
        assert 0.0 <= told["cover"] <= 1.0
        assert 0.0 <= told["subject"] <= 1.0


def test_its_own_clause_is_nearer_the_question_than_another_of_its_sentence() -> None:
    texts = {"1": ["茶叶产量达到56亿元，茶园面积达到300亩。"]}
    given = found("茶园面积的目标是多少？", texts)
    area, money = features(the(given, "300亩")), features(the(given, "56亿元"))
    assert area["span"] > money["span"]
    assert -1.0 <= money["span"] <= area["span"] <= 1.01


def test_only_one_of_the_two_speaks_of_growth() -> None:
    level = found("茶叶产值是多少？", TEXTS)
    assert features(the(level, "8%"))["growth"] == 1.0
    assert features(the(level, "56万吨"))["growth"] == 0.0
    growth = found("茶叶产值年均增长多少？", TEXTS)
    assert features(the(growth, "8%"))["growth"] == 0.0
    assert features(the(growth, "56万吨"))["growth"] == 1.0


def test_without_a_translation_the_english_is_the_chinese() -> None:
    question = "How much tea will be produced, what is the output?"
    for fact in found(question, TEXTS, ENGLISH):
        told = features(fact)
        if fact.hit.passage.translation is None:
            assert told["english"] == told["span"]
    own = features(the(found(question, TEXTS, ENGLISH), "56万吨"))
    assert own["english"] > own["span"]


@pytest.mark.parametrize("mode", [Mode.DENSE, Mode.LEXICAL])
def test_modes_without_sentences_have_no_score_of_them(mode: Mode) -> None:
    given = found("2025年茶叶产量是多少？", TEXTS, mode=mode)
    assert given
    assert {features(fact)["sentence"] for fact in given} == {0.0}
    if mode is Mode.LEXICAL:
        assert {features(fact)["span"] for fact in given} == {0.0}


def test_only_so_many_of_the_best_passages_are_looked_into() -> None:
    made = plan(TEXTS)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table())
        searcher = Searcher(build([made], HashEncoder(width=32)), HashEncoder(width=32))
    question = "茶叶产量是多少？"
    ranking = searcher.rank(question, 10)
    registers = {
        name: tuple(own) for name, own in groupby(indicators(made), key=lambda one: one.passage)
    }
    wanted = intent.read(question, "zh", PLAN)
    terms = Terms(question, searcher)
    for most in (0, 1, 2, 5):
        given = facts(terms, wanted, ranking, searcher, registers, most)
        names = {hit.passage.id for hit in ranking.hits[:most]}
        assert {fact.hit.passage.id for fact in given} == names & registers.keys()


def test_where_a_subject_stands() -> None:
    text = "到2025年，茶叶产量达到56万吨，茶园面积达到300亩。"
    for n, subject in enumerate(("茶叶产量", "茶园面积")):
        one = value(text, n)
        assert one.subject == subject
        (span,) = subject_spans(text, one, (one.start, one.end))
        assert text[slice(*span)] == subject
    elsewhere = replace(value(text, 1), subject="别处说的")
    (span,) = subject_spans(text, elsewhere, (elsewhere.start, elsewhere.end))
    assert text[slice(*span)].strip("。") == "茶园面积达到300亩"
