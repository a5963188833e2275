"""The words of a sentence that answer by themselves: clauses, lists, meanings, times, fields."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import intent
from assistant.enumeration import clauses
from assistant.kinds import Kind
from assistant.phrases import PHRASED, Held, field, without
from corpus import document
from corpus.language import language
from corpus.records import Document, Passage
from corpus.records import Kind as PassageKind
from index.late import Rarity
from index.spans import Match, Text
from tests.doubles import HashEncoder
from tests.plans import properties

SECOND = Path(__file__).resolve().parents[1] / "second_plan"
PLAN = (2021, 2025)
_TOKEN = re.compile(r"[a-z0-9]+|[^\Wa-z0-9_]")

BREEDING = "由县海洋局牵头，联合临汐大学组建研究院，选育大黄鱼、石斑鱼、鲍鱼新品种。"
ROUTES = "打造潮音、星空、渔火、盐田四条主题线路，在望潮岛建设星空公园，在双礁岛建设潜水基地。"
HUB = "五年累计投入资金7.2亿元，新建改建码头11座，其中青角客运枢纽2023年建成。"
RAFTS = "“三合一”渔排：集网箱养殖、光伏发电、休闲垂钓于一体的新型渔排。"
RAFTS_EN = '"Three-in-one" fish rafts: a raft that combines cages, solar power, and angling.'


def alike(question: str, text: str) -> Match:
    """question held against text by equal tokens, all of one weight."""
    asked, said = (list(_TOKEN.finditer(words.lower())) for words in (question, text))
    products = [[float(one[0] == other[0]) for other in said] for one in asked]
    return Match(
        np.array(products, np.float32).reshape(len(asked), len(said)),
        np.full(len(asked), 1 / max(1, len(asked)), np.float32),
        np.array([found.end() for found in said], np.int64),
    )


def held(question: str, text: str, lang: str | None = None) -> Held:
    return Held(
        question,
        HashEncoder(width=32).query(question),
        intent.read(question, language(question), PLAN),
        text,
        lang or language(text),
        alike(question, text),
    )


def said(question: str, text: str, lang: str | None = None, *, is_footnote: bool = False) -> str:
    """The words of the phrase; "" where there is none."""
    place = held(question, text, lang).phrase(PLAN, is_footnote=is_footnote)
    return "" if place is None else text[place[0] : place[1]]


@pytest.mark.parametrize(
    ("question", "text", "phrase"),
    [
        ("潜水基地建在哪里", ROUTES, "在双礁岛建设潜水基地"),
        ("潜水基地在哪个岛", ROUTES, "在双礁岛建设潜水基地"),
        ("有没有潜水基地", ROUTES, "在双礁岛建设潜水基地"),
        ("主题线路有哪些", ROUTES, "打造潮音、星空、渔火、盐田四条主题线路"),
        ("选育哪几种新品种", BREEDING, "选育大黄鱼、石斑鱼、鲍鱼新品种"),
        ("由谁牵头", BREEDING, "由县海洋局牵头"),
        ("联合哪所大学", BREEDING, "联合临汐大学组建研究院"),
        ("潜水基地", ROUTES, "在双礁岛建设潜水基地"),
        ("建成绿道吗", "建成绿道。", "建成绿道"),
    ],
)
def test_the_clause_that_is_most_like_the_question(question: str, text: str, phrase: str) -> None:
    assert said(question, text) == phrase


@pytest.mark.parametrize(
    ("question", "phrase"),
    [
        ("Which park will be built?", "we will build a starry sky park"),
        ("Where is the diving base?", "set up a diving base on Shuangjiao Island"),
        ("What is the diving base called?", "set up a diving base on Shuangjiao Island"),
    ],
)
def test_english_clauses(question: str, phrase: str) -> None:
    text = "By 2025, we will build a starry sky park; set up a diving base on Shuangjiao Island."
    assert said(question, text, "en") == phrase


def test_as_many_items_as_are_asked_for_come_before_likeness() -> None:
    text = "建设公园、学校两类设施，另建码头、医院、道路。"
    assert said("哪两类公园学校设施", text) == "建设公园、学校两类设施"
    assert said("公园学校要建哪三类设施", text) == "另建码头、医院、道路"


def test_where_no_clause_has_as_many_items_all_are_candidates() -> None:
    assert said("潜水基地在哪五座岛", ROUTES) == "在双礁岛建设潜水基地"


@pytest.mark.parametrize(
    "question",
    [
        "为什么建设星空公园",
        "如何建设潜水基地",
        "投入多少资金",
        "潜水基地占比多少",
        "建几个潜水基地",
        "星空公园比潜水基地多多少",
        "How is the park built?",
        "Why build a park?",
    ],
)
def test_what_wants_whole_sentences_or_a_value_has_no_phrase(question: str) -> None:
    assert said(question, ROUTES) == ""
    assert held(question, ROUTES).intent.kind not in PHRASED


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_phrase_or_none(kind: Kind) -> None:
    bare = held("潜水基地", ROUTES)
    found = replace(bare, intent=replace(bare.intent, kind=kind)).phrase(PLAN)
    assert found is None or kind in PHRASED


@pytest.mark.parametrize(
    ("question", "text", "phrase"),
    [
        ("青角客运枢纽哪一年建成", HUB, "2023年"),
        ("青角客运枢纽什么时候建成", HUB, "2023年"),
        ("何时建成绿道", "2020年建成公园；2024年建成绿道。", "2024年"),
        ("何时建成公园", "2020年建成公园；2024年建成绿道。", "2020年"),
        ("哪一年建成绿道", "到2025年，新增学位，建成绿道。", "2025年"),
        ("规划期内建成绿道是哪个时期", "“十三五”时期建成绿道。", "“十三五”时期"),
        ("哪个季度完工", "一季度筹备，三季度完工。", "三季度"),
        ("何时完工", "2022 年底前完工。", "2022 年底"),
    ],
)
def test_the_time_that_holds_for_what_is_asked_about(question: str, text: str, phrase: str) -> None:
    assert said(question, text) == phrase


@pytest.mark.parametrize(
    ("question", "text", "phrase"),
    [
        (
            "When will the hub be completed?",
            "Over the five years, piers will be built, and the hub will be completed in 2023.",
            "2023",
        ),
        ("In which year will the park open?", "By 2025, the park will open.", "2025"),
        ("When was the park built?", "The park was built in 2019; beds grow by 2025.", "2019"),
    ],
)
def test_the_time_in_english(question: str, text: str, phrase: str) -> None:
    assert said(question, text, "en") == phrase


@pytest.mark.parametrize(
    "text",
    [
        "建成绿道。",
        "绿道长达2000米。",
        "《澜屿县“十四五”规划》提出建成绿道。",
        "按照“十四五”规划纲要建成绿道。",
        "",
        "。",
    ],
)
def test_where_no_time_is_told_there_is_none(text: str) -> None:
    assert said("哪一年建成绿道", text) == ""


def test_a_time_of_another_sentence_does_not_hold() -> None:
    assert said("哪一年建成绿道", "2020年建成公园。建成绿道。") == ""


def test_what_is_relative_to_the_plan_needs_its_years() -> None:
    text = "未来五年建成绿道。"
    asked = held("何时建成绿道", text)
    assert asked.phrase(None) is None
    place = asked.phrase(PLAN)
    assert place is not None
    assert text[place[0] : place[1]] == "未来五年"


@pytest.mark.parametrize(
    "question", ["“三合一”渔排是什么意思", "何谓三合一渔排", "渔排", "三合一是哪三样"]
)
def test_a_footnote_is_told_without_the_term_it_explains(question: str) -> None:
    phrase = "集网箱养殖、光伏发电、休闲垂钓于一体的新型渔排"
    assert said(question, RAFTS, is_footnote=True) == phrase


def test_a_footnote_in_english() -> None:
    phrase = "a raft that combines cages, solar power, and angling"
    assert said("What is a three-in-one raft?", RAFTS_EN, "en", is_footnote=True) == phrase


def test_a_footnote_asked_for_an_amount_has_no_phrase() -> None:
    assert said("网箱有多少个", RAFTS, is_footnote=True) == ""


def test_a_footnote_that_explains_no_term_is_a_sentence_like_others() -> None:
    text = "“十三五”末，路网密度为4.88千米。"
    assert said("路网密度是什么意思", text, is_footnote=True) == "路网密度为4.88千米"


def test_a_footnotes_time_is_a_time() -> None:
    assert said("何时完工", "绿道：2023年完工。", is_footnote=True) == "2023年"


@pytest.mark.parametrize(("text", "phrase"), [("甲，乙。", "甲"), ("", ""), ("。", "")])
def test_without_late_interaction_it_is_the_first_clause(text: str, phrase: str) -> None:
    place = replace(held("主题线路有哪些", text, "zh"), match=None).phrase(PLAN)
    assert ("" if place is None else text[place[0] : place[1]]) == phrase
    times = replace(held("何时建成", "2023年建成，2024年通车。"), match=None)
    assert times.phrase(PLAN) == (0, 5)


def test_what_else_speaks_for_a_clause_can_decide() -> None:
    asked, parts = held("基地在哪里", ROUTES), clauses(ROUTES, "zh")
    for wanted in parts:
        speaks = {part: float(part == wanted) for part in parts}
        assert asked.phrase(PLAN, support=speaks.__getitem__) == wanted


def test_scores_are_the_share_of_the_question_that_a_part_has() -> None:
    asked = held("潜水基地", ROUTES)
    assert asked.scores(clauses(ROUTES, "zh"), focus=False) == pytest.approx([0, 0, 1])
    assert asked.scores([], focus=True).shape == (0,)


def test_focus_weighs_what_is_asked_for_more() -> None:
    text = "建设体育场，建设医院"
    asked = held("建设医院的是哪个体育场", text)
    parts = [(0, 5), (6, 10)]
    plain, focused = (asked.scores(parts, focus=focus) for focus in (False, True))
    assert focused[0] - focused[1] > plain[0] - plain[1]
    assert focused.max() <= 1 + 1e-6


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("甲乙。", (0, 3), "甲乙"),
        (" 甲乙 ；", (0, 5), "甲乙"),
        ("甲乙", (1, 2), "乙"),
        ("a b, ", (0, 5), "a b"),
        ("。", (0, 1), ""),
        ("", (0, 0), ""),
    ],
)
def test_a_place_without_what_ends_it(text: str, span: tuple[int, int], expected: str) -> None:
    start, end = held("甲", text, "zh").trimmed(*span)
    assert text[start:end] == expected


def test_the_double_encoder_finds_what_equal_tokens_find() -> None:
    encoder, question = HashEncoder(width=32), "潜水基地在哪个岛"
    seen = next(encoder.passages([ROUTES]))
    match = Match.of(encoder.query(question), Text(seen.tokens, seen.ends), Rarity.of([seen.ids]))
    place = replace(held(question, ROUTES), match=match).phrase(PLAN)
    assert place is not None
    assert ROUTES[place[0] : place[1]] == "在双礁岛建设潜水基地"


@cache
def second() -> Document:
    return document.read(SECOND).document


def row(name: str) -> Passage:
    return next(
        passage
        for passage in second().passages
        if passage.kind is PassageKind.ROW and name in dict(passage.fields).values()
    )


def of_row(question: str, name: str) -> str:
    """The words of the field that answers; "" where none does."""
    passage = row(name)
    place = field(passage, held(question, passage.text))
    return "" if place is None else passage.text[place[0] : place[1]]


@pytest.mark.parametrize(
    ("question", "name", "words"),
    [
        ("自然岸线保有率的属性是什么", "自然岸线保有率", "约束性"),
        ("自然岸线保有率属于什么类别", "自然岸线保有率", "生态环境"),
        ("自然岸线保有率是约束性指标吗", "自然岸线保有率", "约束性"),
        ("海洋生产总值是不是约束性指标", "海洋生产总值", "预期性"),
        ("海洋生产总值的单位是什么", "海洋生产总值", "亿元"),
    ],
)
def test_the_field_of_a_row_that_answers(question: str, name: str, words: str) -> None:
    assert of_row(question, name) == words


@pytest.mark.parametrize("question", ["自然岸线保有率是多少", "自然岸线保有率为什么这么高"])
def test_a_value_or_a_reason_is_no_field(question: str) -> None:
    assert of_row(question, "自然岸线保有率") == ""


def test_without_late_interaction_no_field_is_chosen() -> None:
    passage = row("自然岸线保有率")
    asked = replace(held("自然岸线保有率的属性是什么", passage.text), match=None)
    assert field(passage, asked) is None


def test_a_passage_without_fields_has_none_that_answers() -> None:
    passage = next(one for one in second().passages if not one.fields)
    assert field(passage, held("属性是什么", passage.text)) is None


@pytest.mark.parametrize(
    ("text", "question", "rest"),
    [
        ("县发展局负责监测规划", "谁负责监测", "县发展局规划"),
        ("甲乙甲乙甲", "甲乙", "甲"),
        ("甲乙丙", "甲乙丙", ""),
        ("甲乙丙", "丙乙甲", "甲乙丙"),
        ("甲乙丙", "", "甲乙丙"),
        ("", "甲乙", ""),
        ("the Bureau leads it", "Who leads it", "the Bureau"),
    ],
)
def test_what_a_text_says_besides_the_question(text: str, question: str, rest: str) -> None:
    found = without(text, question)
    assert "".join(found.split()) == "".join(rest.split())


@properties
@given(st.text("甲乙丙丁戊己", max_size=12), st.text("甲乙丙丁戊己", max_size=12))
def test_nothing_is_added_and_no_order_changed(text: str, question: str) -> None:
    left = iter(text)
    assert all(char in left for char in without(text, question).replace(" ", ""))


@properties
@given(
    st.sampled_from(
        [
            "哪三种品种",
            "在哪里",
            "谁负责",
            "何时建成",
            "是什么意思",
            "有没有",
            "绿道",
            "Which two?",
            "when?",
        ]
    ),
    st.text("甲、乙和丙，。；：“”2025年到建成绿道 ,.and:", max_size=40),
    st.booleans(),
    st.sampled_from(["zh", "en"]),
)
def test_a_phrase_is_a_piece_of_any_sentence(
    question: str, text: str, is_footnote: bool, lang: str
) -> None:
    place = held(question, text, lang).phrase(PLAN, is_footnote=is_footnote)
    assert place is None or 0 <= place[0] <= place[1] <= len(text)
    assert place == held(question, text, lang).phrase(PLAN, is_footnote=is_footnote)
