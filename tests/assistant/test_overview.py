"""Complete lists and counts: the rows of tables, and the headings of the outline."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import intent
from assistant.kinds import Kind
from assistant.overview import Overview, find
from corpus import document
from corpus.language import language
from corpus.records import Document
from corpus.records import Kind as PassageKind
from tests import doubles
from tests.plans import properties, reading

SECOND = Path(__file__).resolve().parents[1] / "second_plan"
PLAN = (2021, 2025)

OCEAN = ["海洋生产总值", "水产品总产量", "清洁能源装机容量"]
LINKS = ["航线客运量"]
PEOPLE = ["普惠性幼儿园在园幼儿占比", "每千名老年人拥有养老床位数", "海水淡化日产能力"]
NATURE = ["自然岸线保有率", "近岸海域优良水质比例"]
ROWS = [*OCEAN, *LINKS, *PEOPLE, *NATURE]
BINDING = ["普惠性幼儿园在园幼儿占比", "海水淡化日产能力", "自然岸线保有率"]
ANTICIPATORY = [name for name in ROWS if name not in BINDING]
PARTS = ["第一篇 发展回顾与目标", "第二篇 重点任务"]
CHAPTERS = [
    "第一章 发展基础",
    "第二章 发展目标",
    "第三章 做强海洋经济",
    "第四章 改善海岛民生",
    "第五章 守护海岛生态",
    "第六章 规划实施",
]
OF_THREE = [
    "第一节 建设现代渔业",
    "第二节 发展海上风电",
    "第三节 提升海岛旅游",
    "第四节 保护利用盐田",
]
OF_FOUR = [
    "第一节 优化航线码头",
    "第二节 保障淡水供应",
    "第三节 办好学前教育",
    "第四节 健全医疗养老",
]


@cache
def second() -> Document:
    return document.read(SECOND).document


@cache
def made() -> Document:
    return reading().document


def found(question: str, *documents: Document) -> Overview | None:
    kind = intent.read(question, language(question), PLAN).kind
    return find(question, kind, documents or [second()])


def overview(question: str, *documents: Document) -> Overview:
    told = found(question, *documents)
    assert told is not None
    return told


def names(question: str, *documents: Document) -> list[str]:
    return [item.words for item in overview(question, *documents).items]


def close(text: str) -> str:
    return "".join(text.split())


LISTS = [
    ("有哪些约束性指标", BINDING),
    ("约束性指标有哪些？", BINDING),
    ("哪些指标是约束性的", BINDING),
    ("预期性指标有哪些", ANTICIPATORY),
    ("海洋经济类的指标有哪些", OCEAN),
    ("民生福祉方面有哪些指标", PEOPLE),
    ("生态环境类约束性指标有哪些", ["自然岸线保有率"]),
    ("Which indicators are binding?", BINDING),
    ("Which binding indicators are there?", BINDING),
    ("Which anticipatory indicators are there?", ANTICIPATORY),
    ("Which indicators are about the ocean economy?", OCEAN),
    ("Which binding indicators are about the ecological environment?", ["自然岸线保有率"]),
    ("List all indicators", ROWS),
    ("有哪些章", CHAPTERS),
    ("Which chapters are there?", CHAPTERS),
    ("List the chapters", CHAPTERS),
    ("第三章有哪些节", OF_THREE),
    ("第三章包括哪些节？", OF_THREE),
    ("What are the sections of Chapter 3?", OF_THREE),
    ("Which sections are in chapter four?", OF_FOUR),
    ("第二篇有哪些章", CHAPTERS[2:]),
    ("Which chapters are in Part II?", CHAPTERS[2:]),
    ("规划的目录是什么", PARTS),
    ("table of contents", PARTS),
]
COUNTS = [
    ("一共有多少个指标", ROWS),
    ("总共有几个指标？", ROWS),
    ("约束性指标有几个", BINDING),
    ("预期性指标有多少个", ANTICIPATORY),
    ("How many indicators are there?", ROWS),
    ("How many binding indicators are there?", BINDING),
    ("How many indicators are anticipatory?", ANTICIPATORY),
    ("规划有几篇", PARTS),
    ("规划分为几篇", PARTS),
    ("全文有多少章", CHAPTERS),
    ("一共几章？", CHAPTERS),
    ("第一篇有几章", CHAPTERS[:2]),
    ("第四章有几节", OF_FOUR),
    ("How many chapters are there?", CHAPTERS),
    ("How many parts does the plan have?", PARTS),
    ("How many chapters are in Part II?", CHAPTERS[2:]),
    ("How many sections does Chapter 3 have?", OF_THREE),
]


@pytest.mark.parametrize(("question", "expected"), LISTS)
def test_what_is_listed_is_complete_and_in_the_plans_order(
    question: str, expected: list[str]
) -> None:
    told = overview(question)
    assert [item.words for item in told.items] == expected
    assert not told.is_count


@pytest.mark.parametrize(("question", "expected"), COUNTS)
def test_what_is_counted_is_complete_too(question: str, expected: list[str]) -> None:
    told = overview(question)
    assert [item.words for item in told.items] == expected
    assert told.is_count
    assert told.unit


@pytest.mark.parametrize("question", [question for question, _ in (*LISTS, *COUNTS)])
def test_an_item_reads_as_its_words_where_it_stands(question: str) -> None:
    told = overview(question)
    source = second().source
    for item in told.items:
        assert close(source[item.span.start : item.span.end]) == close(item.words)
        assert item.passage in second().passages
        assert item.translated
    assert [item.span for item in told.items] == sorted({item.span for item in told.items})


def test_a_row_stands_in_its_passage_and_is_translated() -> None:
    told = overview("有哪些约束性指标")
    for item in told.items:
        assert item.passage.kind is PassageKind.ROW
        (line,) = item.passage.spans
        assert line.start <= item.span.start < item.span.end <= line.end
    assert [item.translated for item in told.items] == [
        "Share of kindergarten children in public-interest kindergartens",
        "Daily capacity of seawater desalination",
        "Natural coastline retention rate",
    ]


@pytest.mark.parametrize("question", ["有哪些章", "规划有几篇", "第三章有哪些节"])
def test_a_heading_has_the_first_passage_below_it(question: str) -> None:
    told = overview(question)
    for item in told.items:
        assert item.words in item.passage.path
        ids = [p.id for p in second().passages if item.words in p.path]
        assert item.passage.id == ids[0]


def test_a_heading_is_translated() -> None:
    assert [item.translated for item in overview("规划有几篇").items] == [
        "Part I: Review of Development and Goals",
        "Part II: Key Tasks",
    ]


@pytest.mark.parametrize(
    ("question", "expected", "is_count"),
    [
        (
            "一共有多少个指标",
            [
                "地区生产总值增长",
                "研发经费投入增长",
                "人均预期寿命",
                "基本养老保险参保率",
                "绿化覆盖率",
            ],
            True,
        ),
        ("约束性指标有哪些", ["人均预期寿命", "绿化覆盖率"], False),
        ("民生福祉类指标有哪些", ["人均预期寿命", "基本养老保险参保率"], False),
        ("有几篇", ["第一篇发展基础", "第二篇重点任务"], True),
        ("有哪些章", ["第一章发展环境", "第二章主要目标", "第三章建设品质城区"], False),
        ("第一章有几节", ["一、面临的机遇", "二、面对的挑战"], True),
        (
            "How many chapters are there?",
            ["第一章发展环境", "第二章主要目标", "第三章建设品质城区"],
            True,
        ),
    ],
)
def test_a_plan_without_a_translation(question: str, expected: list[str], is_count: bool) -> None:
    """Its table goes on over a page turn, and its categories stand in their first rows alone."""
    told = overview(question, made())
    assert [close(item.words) for item in told.items] == expected
    assert told.is_count == is_count
    for item in told.items:
        source = made().source[item.span.start : item.span.end]
        assert close(source) == close(item.words)
        assert item.translated == ""


@pytest.mark.parametrize(
    "question",
    [
        "海洋生产总值目标是多少",
        "2025年航线客运量指标是多少",
        "自然岸线保有率是约束性指标吗",
        "海洋生产总值这个指标2020年是多少",
        "有哪些重点任务",
        "四条主题线路有哪些",
        "选育哪些新品种",
        "第三章讲什么",
        "春节有什么活动",
        "节能目标是多少",
        "有多少份预案",
        "一共投资多少",
        "共有多少座码头",
        "什么是“三合一”渔排",
        "一节课多久",
        "调节哪些关系",
        "What is the GDP target?",
        "How many new jobs will be created?",
        "Which areas does the fund invest in?",
        "How many piers are there in all?",
        "Is the coastline retention rate a binding indicator?",
        "What is the chapter about?",
        "Who takes part?",
        "Which party is responsible?",
        "",
        "。",
    ],
)
def test_an_ordinary_question_gets_no_overview(question: str) -> None:
    assert found(question) is None
    assert found(question, made()) is None


def test_a_plan_without_headings_and_tables_has_no_overview() -> None:
    plain = doubles.document("plain", {})
    for question in ("有哪些章", "一共有多少个指标", "目录", "How many indicators are there?"):
        assert found(question, plain) is None


def test_without_documents_there_is_none() -> None:
    assert find("有哪些章", Kind.LIST, []) is None


def test_of_several_plans_all_that_they_have_in_their_order() -> None:
    plain = doubles.document("plain", {})
    own = [names("有哪些章", document) for document in (second(), made())]
    assert names("有哪些章", plain, second(), made()) == own[0] + own[1]
    assert names("有哪些章", made(), second()) == own[1] + own[0]
    both = names("约束性指标有哪些", second(), made())
    assert both == BINDING + names("约束性指标有哪些", made())


def test_a_plan_that_has_nothing_of_it_adds_nothing() -> None:
    asked = "海洋经济类的指标有哪些"
    assert names(asked, made(), second()) == names(asked, second())


def test_asked_twice_it_says_the_same() -> None:
    assert overview("有哪些约束性指标") == overview("有哪些约束性指标")


@properties
@given(
    st.text("哪些几个多少约束性指标预期海洋经济章节篇第三一有目录 howmanyindctrsbg", max_size=24),
    st.sampled_from(list(Kind)),
)
def test_whatever_is_found_stands_in_the_plan(question: str, kind: Kind) -> None:
    told = find(question, kind, [second()])
    if told is None:
        return
    assert told.items
    source = second().source
    for item in told.items:
        assert close(source[item.span.start : item.span.end]) == close(item.words)
    assert [item.span for item in told.items] == sorted({item.span for item in told.items})
