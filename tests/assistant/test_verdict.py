"""Verdicts: what the evidence lacks is told by name, and how sure an answer must be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from math import log

import pytest

from assistant import candidates, values
from assistant.bilingual import phrase
from assistant.calibration import Calibration, Model
from assistant.records import Answer, Reason, Status
from assistant.service import Assistant, Stages
from assistant.verdict import Verdict, judge
from index.build import build
from index.records import Mode
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import English, HashEncoder, document, quicken

TITLE = "云渡区国民经济和社会发展第十四个五年规划纲要"
Texts = Mapping[str, Sequence[str]]
Case = tuple[Reason, str, str, str, str]
"""Why, the question, what a plan says that does not answer it, what is missing, what does."""


@cache
def table() -> WordTable:
    return WordTable.of_jieba()


def made_of(
    texts: Texts,
    english: English | None = None,
    calibration: Calibration | None = None,
    title: str = TITLE,
) -> Assistant:
    """An assistant of one plan of the years 2021 to 2025."""
    plan = document("made", texts, english)
    facts = replace(plan.manifest, title=title, title_en="Outline of the Plan of Yundu")
    kept = None if calibration is None else calibration.dump()
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table())
        index = build([replace(plan, manifest=facts)], HashEncoder(width=32), calibration=kept)
    return Assistant(Searcher(index, HashEncoder(width=32)))


def asked(
    question: str,
    text: str,
    told: str | None = None,
    title: str = TITLE,
    mode: Mode = Mode.HYBRID,
) -> Answer:
    """The answer of a plan that is this text, and in English told."""
    english = None if told is None else {"1": [told]}
    return made_of({"1": [text]}, english, title=title).ask(question, mode=mode)


CASES: list[Case] = [
    (
        Reason.OTHER_PERIOD,
        "2023年茶叶产量是多少？",
        "到2025年，茶叶产量达到56万吨。",
        "2023年",
        "2023年，茶叶产量达到56万吨。",
    ),
    (
        Reason.OTHER_PERIOD,
        "2018年茶叶产量是多少？",
        "2020年，茶叶产量达到30万吨；到2025年，茶叶产量达到56万吨。",
        "2018年",
        "2018年，茶叶产量达到30万吨；到2025年，茶叶产量达到56万吨。",
    ),
    (
        Reason.OTHER_PERIOD,
        "目前茶叶产量是多少？",
        "到2025年，茶叶产量达到56万吨。",
        "目前",
        "2020年，茶叶产量达到56万吨。",
    ),
    (
        Reason.OTHER_PERIOD,
        "2019年为什么要修茶路？",
        "2018年为方便茶农修茶路。",
        "2019年",
        "2019年为方便茶农修茶路。",
    ),
    (
        Reason.NAME_NOT_STATED,
        "北京的茶叶产量是多少？",
        "到2025年，茶叶产量达到56万吨。",
        "北京",
        "到2025年，北京茶叶产量达到56万吨。",
    ),
    (
        Reason.NAME_NOT_STATED,
        "洪山区怎么保护茶园？",
        "划定红线，保护茶园。",
        "洪山",
        "洪山区划定红线，保护茶园。",
    ),
    (
        Reason.AMOUNT_NOT_STATED,
        "为什么要拆除99家旧茶厂？",
        "拆除旧茶厂9家，以减少污染。",
        "99家",
        "拆除旧茶厂99家，以减少污染。",
    ),
    (
        Reason.AMOUNT_NOT_STATED,
        "怎么筹集80亿元修茶路？",
        "通过发行债券筹集70亿元修茶路。",
        "80亿元",
        "通过发行债券筹集80亿元修茶路。",
    ),
    (
        Reason.VALUE_NOT_STATED,
        "保护古树茶园多少亩？",
        "保护古树茶园。",
        "",
        "保护古树茶园90亩。",
    ),
    (
        Reason.DATE_NOT_STATED,
        "星空公园什么时候建成？",
        "建成星空公园。",
        "",
        "星空公园2023年建成。",
    ),
    (
        Reason.DATE_NOT_STATED,
        "茶博会在哪一年举办？",
        "举办茶博会。",
        "",
        "2022年举办茶博会。",
    ),
    (
        Reason.BODY_NOT_STATED,
        "茶叶质量由哪个部门负责检验？",
        "加强茶叶质量检验。",
        "",
        "由市场监管局负责茶叶质量检验。",
    ),
    (
        Reason.BODY_NOT_STATED,
        "谁来检验茶叶质量？",
        "加强茶叶质量检验。",
        "",
        "市场监管局检验茶叶质量。",
    ),
    (
        Reason.PLACE_NOT_STATED,
        "茶叶博物馆的选址在哪里？",
        "建设茶叶博物馆。",
        "",
        "在望潮岛建设茶叶博物馆。",
    ),
    (
        Reason.PLACE_NOT_STATED,
        "茶叶博物馆建在哪条路上？",
        "建设茶叶博物馆。",
        "",
        "在白云路建设茶叶博物馆。",
    ),
    (
        Reason.MEANING_NOT_STATED,
        "“绿色茶园”是什么意思？",
        "推广“绿色茶园”。",
        "",
        "“绿色茶园”是指不用农药的茶园。",
    ),
    (
        Reason.DETAIL_NOT_STATED,
        "重点发展哪三种茶？",
        "重点发展绿茶、红茶。",
        "",
        "重点发展绿茶、红茶、白茶。",
    ),
]


def names(cases: Sequence[Case]) -> list[str]:
    return [f"{reason.value}-{question}" for reason, question, *_ in cases]


@pytest.mark.parametrize(
    ("reason", "question", "text", "missing"), [case[:4] for case in CASES], ids=names(CASES)
)
def test_what_is_not_stated_is_told_by_name(
    reason: Reason, question: str, text: str, missing: str
) -> None:
    answer = asked(question, text)
    assert (answer.status, answer.reason) == (Status.PARTIAL, reason)
    assert answer.missing == missing
    assert (answer.text, answer.short) == (text, None)
    assert [citation.quote for citation in answer.citations] == [text]


@pytest.mark.parametrize(
    ("question", "text"), [(case[1], case[4]) for case in CASES], ids=names(CASES)
)
def test_where_it_is_stated_it_is_answered(question: str, text: str) -> None:
    answer = asked(question, text)
    assert (answer.status, answer.reason, answer.missing) == (Status.ANSWERED, None, "")
    assert answer.text == text
    assert [citation.quote for citation in answer.citations] == [text]


IN_ENGLISH: list[Case] = [
    (
        Reason.OTHER_PERIOD,
        "How much tea will be produced in 2023?",
        "到2025年，茶叶产量达到56万吨。|By 2025, 560,000 tons of tea will be produced.",
        "2023",
        "2023年，茶叶产量达到56万吨。|In 2023, 560,000 tons of tea will be produced.",
    ),
    (
        Reason.NAME_NOT_STATED,
        "How much tea will be produced in Hongshan?",
        "茶叶产量达到56万吨。|560,000 tons of tea will be produced.",
        "Hongshan",
        "洪山区茶叶产量达到56万吨。|560,000 tons of tea will be produced in Hongshan.",
    ),
    (
        Reason.NAME_NOT_STATED,
        "How much tea will be produced in Zzyzxville?",
        "茶叶产量达到56万吨。|560,000 tons of tea will be produced.",
        "Zzyzxville",
        "兹镇茶叶产量达到56万吨。|560,000 tons of tea will be produced in Zzyzxville.",
    ),
    (
        Reason.VALUE_NOT_STATED,
        "How many hectares will the star park cover?",
        "建设星空公园。|We will build a star park.",
        "",
        "建设星空公园90公顷。|We will build a star park of 90 hectares.",
    ),
    (
        Reason.DATE_NOT_STATED,
        "When will the star park be built?",
        "建设星空公园。|We will build a star park.",
        "",
        "2023年建成星空公园。|The star park will be built in 2023.",
    ),
    (
        Reason.BODY_NOT_STATED,
        "Who is responsible for the star park?",
        "建设星空公园。|We will build a star park.",
        "",
        "由旅游局负责建设星空公园。|The Tourism Bureau will be responsible for the star park.",
    ),
    (
        Reason.MEANING_NOT_STATED,
        "What is meant by a star park?",
        "建设星空公园。|We will build a star park.",
        "",
        "星空公园是指夜里不开灯的公园。|A star park is a park without any light at night.",
    ),
]


@pytest.mark.parametrize(
    ("reason", "question", "text", "missing"),
    [case[:4] for case in IN_ENGLISH],
    ids=names(IN_ENGLISH),
)
def test_what_is_not_stated_is_told_in_english_too(
    reason: Reason, question: str, text: str, missing: str
) -> None:
    chinese, english = text.split("|")
    answer = asked(question, chinese, english)
    assert (answer.status, answer.reason) == (Status.PARTIAL, reason)
    assert answer.missing == missing
    assert (answer.text, answer.short) == (english, None)
    assert [citation.quote for citation in answer.citations] == [chinese]


@pytest.mark.parametrize(
    ("question", "text"), [(case[1], case[4]) for case in IN_ENGLISH], ids=names(IN_ENGLISH)
)
def test_where_it_is_stated_it_is_answered_in_english_too(question: str, text: str) -> None:
    chinese, english = text.split("|")
    answer = asked(question, chinese, english)
    assert (answer.status, answer.reason, answer.missing) == (Status.ANSWERED, None, "")
    assert (answer.text, answer.citations[0].quote) == (english, chinese)


def test_a_name_may_stand_above_the_sentence_or_in_the_plans_title() -> None:
    question, text = "北京的茶叶产量是多少？", "茶叶产量达到56万吨。"
    assert asked(question, text).reason is Reason.NAME_NOT_STATED
    assert asked(question, text, title=f"北京市{TITLE}").status is Status.ANSWERED


def test_a_place_is_named_with_or_without_what_it_is() -> None:
    for name in ("洪山", "洪山区"):
        for said in ("洪山", "洪山区"):
            answer = asked(f"{name}的茶叶产量是多少？", f"{said}茶叶产量达到56万吨。")
            assert answer.status is Status.ANSWERED, (name, said)


def test_a_value_without_a_time_is_of_the_end_of_the_plan() -> None:
    text = "茶叶产量力争达到56万吨。"
    assert asked("2025年茶叶产量是多少？", text).status is Status.ANSWERED
    assert asked("2030年茶叶产量是多少？", text).reason is Reason.OTHER_PERIOD


def test_the_years_of_the_plan_are_those_of_all_that_it_says() -> None:
    text = "划定红线，保护茶园。"
    assert asked("“十四五”期间怎么保护茶园？", text).status is Status.ANSWERED
    assert asked("2015年怎么保护茶园？", text).reason is Reason.OTHER_PERIOD


def test_of_the_gravest_two_one_is_told() -> None:
    answer = asked("2023年北京的茶叶产量是多少？", "到2025年，茶叶产量达到56万吨。")
    assert (answer.reason, answer.missing) == (Reason.NAME_NOT_STATED, "北京")


def test_whether_an_amount_is_so_may_be_answered_with_another_of_its_unit() -> None:
    assert asked("要拆除99家旧茶厂吗？", "拆除旧茶厂9家。").status is Status.ANSWERED
    assert asked("要拆除99家旧茶厂吗？", "拆除旧茶厂99家。").status is Status.ANSWERED


def test_a_term_is_explained_in_more_than_one_way() -> None:
    for text in (
        "“绿色茶园”：不用农药的茶园。",
        "“绿色茶园”即不用农药的茶园。",
        "推广“绿色茶园”（不用农药的茶园）。",
    ):
        assert asked("“绿色茶园”是什么意思？", text).status is Status.ANSWERED, text


# How sure an answer must be.

HALF = 0.0
"""The bias of a model whose every probability is a half."""


def fitted(sentence: Model, value: Model, encoder: str | None = None) -> Calibration:
    """A calibration that goes by MaxSim alone."""
    return Calibration(
        HashEncoder().digest if encoder is None else encoder,
        dict.fromkeys(candidates.FEATURES, 0.0) | {"sentence": 1.0},
        dict.fromkeys(values.FEATURES, 0.0) | {"span": 1.0},
        sentence,
        value,
    )


TEA = {
    "1": ["到2025年，茶叶产量达到56万吨。", "划定红线，保护茶园。"],
    "2": ["扶持农户。", "绿化街道。", "修缮祠堂。", "疏浚河道。", "培训教师。", "减免税费。"],
}
VALUE, HOW = "2025年茶叶产量是多少？", "怎么保护茶园？"
SURE = Model({}, 3.0)


def judged(question: str, sentence: Model, value: Model, **changes: str) -> Stages:
    return made_of(TEA, calibration=fitted(sentence, value, **changes)).stages(question)


@pytest.mark.parametrize("question", [VALUE, HOW])
def test_one_that_is_as_sure_as_it_must_be_is_an_answer(question: str) -> None:
    bound = Model({}, HALF, answers=0.5, speaks=0.2)
    answer = judged(question, bound, bound).answer
    assert (answer.status, answer.reason, answer.confidence) == (Status.ANSWERED, None, 0.5)
    assert answer.text
    assert answer.citations


@pytest.mark.parametrize("question", [VALUE, HOW])
def test_one_that_is_less_sure_is_the_nearest_that_is_said(question: str) -> None:
    bound = Model({}, HALF, answers=0.51, speaks=0.5)
    answer = judged(question, bound, bound).answer
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.DETAIL_NOT_STATED)
    assert (answer.confidence, answer.short) == (0.5, None)
    assert answer.text in {text for texts in TEA.values() for text in texts}
    assert answer.citations


@pytest.mark.parametrize("question", [VALUE, HOW])
def test_one_that_is_hardly_sure_is_none(question: str) -> None:
    bound = Model({}, HALF, answers=0.9, speaks=0.51)
    found = judged(question, bound, bound)
    answer = found.answer
    assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.PLAN_SILENT)
    assert (answer.short, answer.text, answer.citations) == (None, None, ())
    assert answer.confidence == 0.5
    assert answer.hits
    assert found.evidence is not None


def test_what_the_plan_has_hardly_a_word_of_lies_outside_it() -> None:
    bound = Model({}, HALF, answers=0.9, speaks=0.8)
    assistant = made_of(TEA, calibration=fitted(bound, bound))
    assert assistant.ask("清蒸石斑鱼蒸几分钟？").reason is Reason.OUTSIDE_PLAN
    assert assistant.ask("怎么保护茶园？").reason is Reason.PLAN_SILENT


def test_values_and_sentences_have_thresholds_of_their_own() -> None:
    unsure = Model({}, HALF, answers=0.9, speaks=0.2)
    assert judged(VALUE, unsure, SURE).answer.status is Status.ANSWERED
    assert judged(VALUE, SURE, unsure).answer.status is Status.PARTIAL
    assert judged(HOW, unsure, SURE).answer.status is Status.PARTIAL
    assert judged(HOW, SURE, unsure).answer.status is Status.ANSWERED


def test_what_is_lacking_is_told_however_sure_it_is() -> None:
    answer = judged("2023年茶叶产量是多少？", SURE, SURE).answer
    assert (answer.status, answer.reason) == (Status.PARTIAL, Reason.OTHER_PERIOD)
    assert answer.confidence == SURE.probability({})
    unsure = Model({}, HALF, answers=0.9, speaks=0.2)
    assert judged("2023年茶叶产量是多少？", unsure, unsure).answer.reason is Reason.OTHER_PERIOD


def test_the_confidence_is_the_models_of_the_signals() -> None:
    telling = Model({"cover": log(9.0)}, -1.0)
    found = judged(HOW, telling, SURE)
    assert found.evidence is not None
    assert found.evidence.signals is not None
    assert found.answer.confidence == telling.probability(found.evidence.signals)


def test_without_a_calibration_of_its_encoder_only_what_is_lacking_counts() -> None:
    never = Model({}, -9.0, answers=0.9, speaks=0.9)
    for question, status in (
        (VALUE, Status.ANSWERED),
        (HOW, Status.ANSWERED),
        ("2023年茶叶产量是多少？", Status.PARTIAL),
        ("清蒸石斑鱼怎么蒸？", Status.ANSWERED),
    ):
        answer = judged(question, never, never, encoder="sha256:another").answer
        assert (answer.status, answer.confidence) == (status, None), question


@pytest.mark.parametrize("mode", [Mode.DENSE, Mode.LEXICAL])
def test_in_modes_without_its_signals_only_what_is_lacking_counts(mode: Mode) -> None:
    never = Model({}, -9.0, answers=0.9, speaks=0.9)
    assistant = made_of(TEA, calibration=fitted(never, never))
    assert assistant.ask(VALUE).status is Status.NOT_FOUND
    answer = assistant.ask(VALUE, mode=mode)
    assert (answer.status, answer.confidence) == (Status.ANSWERED, None)
    answer = assistant.ask("2023年茶叶产量是多少？", mode=mode)
    assert (answer.reason, answer.confidence) == (Reason.OTHER_PERIOD, None)


def test_an_answer_always_has_a_citation() -> None:
    bounds = [Model({}, HALF, answers=a, speaks=s) for a, s in ((0, 0), (0.9, 0), (0.9, 0.9))]
    questions = [VALUE, HOW, "2023年茶叶产量是多少？", "北京怎么保护茶园？", "茶园", "谁？", "tea"]
    for bound in bounds:
        assistant = made_of(TEA, calibration=fitted(bound, bound))
        for question in questions:
            for lang in ("zh", "en"):
                answer = assistant.ask(question, lang)
                is_silent = answer.status is Status.NOT_FOUND
                assert is_silent == (answer.text is None) == (not answer.citations), question
                assert (answer.status is Status.ANSWERED) == (answer.reason is None)
                assert answer.status is Status.ANSWERED or answer.short is None


def test_the_verdict_is_that_of_the_answer() -> None:
    assistant = made_of(TEA)
    for question in (VALUE, HOW, "2023年茶叶产量是多少？"):
        stages = assistant.stages(question)
        assert stages.evidence is not None
        answer = stages.answer
        phrases = partial(phrase, stages.evidence, assistant.searcher)
        verdict = judge(answer.question, stages.evidence, assistant.searcher, None, phrases)
        assert verdict == Verdict(answer.status, answer.reason, None, answer.missing)
