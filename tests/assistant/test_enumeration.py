"""Enumerations in a sentence, its clauses, and how many items are asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.enumeration import asked, clauses, enumerations
from tests.plans import properties


def listed(text: str, lang: str) -> list[tuple[str, int]]:
    return [(text[one.start : one.end].strip(), one.items) for one in enumerations(text, lang)]


@pytest.mark.parametrize(
    ("text", "clause", "items"),
    [
        ("选育大黄鱼、石斑鱼、鲍鱼新品种。", "选育大黄鱼、石斑鱼、鲍鱼新品种", 3),
        ("机遇、挑战", "机遇、挑战", 2),
        ("发展金融、旅游和物流。", "发展金融、旅游和物流", 3),
        ("发展金融、旅游及物流。", "发展金融、旅游及物流", 3),
        ("发展金融、旅游以及物流。", "发展金融、旅游以及物流", 3),
        ("发展金融、旅游与物流。", "发展金融、旅游与物流", 3),
        ("发展金融、旅游或物流。", "发展金融、旅游或物流", 3),
        ("推行“四办”“五心”服务。", "推行“四办”“五心”服务", 2),
        ("建设“一主三支”“两区”和“三园”。", "建设“一主三支”“两区”和“三园”", 3),
        ("通过“分时预约”、“错峰开航”、“超限预警”", "通过“分时预约”、“错峰开航”、“超限预警”", 3),
        ("打造潮音、星空、渔火、盐田四条线路，建设公园。", "打造潮音、星空、渔火、盐田四条线路", 4),
    ],
)
def test_a_chinese_enumeration(text: str, clause: str, items: int) -> None:
    assert listed(text, "zh") == [(clause, items)]


@pytest.mark.parametrize(
    ("text", "clause", "items"),
    [
        ("croaker, grouper, and abalone", "croaker, grouper, and abalone", 3),
        ("croaker, grouper and abalone.", "croaker, grouper and abalone", 3),
        ("finance, tourism, or logistics", "finance, tourism, or logistics", 3),
        ("finance and tourism", "finance and tourism", 2),
        ("parks, schools, hospitals, and roads.", "parks, schools, hospitals, and roads", 4),
        ("Breed croaker, grouper, and abalone.", "Breed croaker, grouper, and abalone", 3),
    ],
)
def test_an_english_enumeration(text: str, clause: str, items: int) -> None:
    assert listed(text, "en") == [(clause, items)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("", "zh"),
        ("建成绿道。", "zh"),
        ("建成绿道，改造公园；新增床位。", "zh"),
        ("“四上”企业达到9家。", "zh"),
        ("推行“四办”服务。", "zh"),
        ("占比达到24.78%。", "zh"),
        ("", "en"),
        ("Build a park.", "en"),
        ("By 2025, GDP will reach 12.5 billion yuan.", "en"),
        ("The Netherlands", "en"),
    ],
)
def test_what_lists_nothing(text: str, lang: str) -> None:
    assert enumerations(text, lang) == []


def test_several_enumerations_come_in_order() -> None:
    text = "打造潮音、星空线路，选育大黄鱼、石斑鱼、鲍鱼；建设公园。"
    assert listed(text, "zh") == [("打造潮音、星空线路", 2), ("选育大黄鱼、石斑鱼、鲍鱼", 3)]
    text = "Build parks, schools, and roads; add beds and doctors."
    assert listed(text, "en") == [
        ("Build parks, schools, and roads", 3),
        ("add beds and doctors", 2),
    ]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("甲，乙；丙。丁", "zh", ["甲", "乙", "丙", "丁"]),
        ("甲！乙？丙：丁", "zh", ["甲", "乙", "丙", "丁"]),
        ("甲、乙，丙和丁", "zh", ["甲、乙", "丙和丁"]),
        ("占比24.78%，达到5.98千米。", "zh", ["占比24.78%", "达到5.98千米"]),
        ("甲", "zh", ["甲"]),
        ("，，。", "zh", []),
        ("", "zh", []),
        ("", "en", []),
        ("a, b; c. d", "en", ["a", "b", "c", "d"]),
        ("a: b? c!", "en", ["a", "b", "c"]),
        (
            "It grows by 12.5% to 1,500, and rests.",
            "en",
            ["It grows by 12.5% to 1,500", "and rests"],
        ),
        ("By 2025, GDP will rise.", "en", ["By 2025", "GDP will rise"]),
    ],
)
def test_clauses(text: str, lang: str, expected: list[str]) -> None:
    assert [text[start:end].strip() for start, end in clauses(text, lang)] == expected


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("选育哪三种新品种", 3),
        ("打造哪四条主题线路", 4),
        ("建设哪两个公园", 2),
        ("哪3个领域", 3),
        ("基金投向哪三个领域？", 3),
        ("哪十二项措施", 12),
        ("五大产业分别是哪些", 5),
        ("“四办”是什么", 4),
        ("四办指什么", 4),
        ("“三合一”渔排，是哪三样合在一起", 3),
        ("which five industries", 5),
        ("Which three areas does it invest in?", 3),
        ("Which TWO parks?", 2),
        ("What are the four routes?", 4),
        ("which twelve measures", 12),
    ],
)
def test_how_many_items_are_asked_for(question: str, items: int) -> None:
    assert asked(question) == items


@pytest.mark.parametrize(
    "question",
    [
        "",
        "有哪些产业",
        "哪几个领域",
        "哪个公园",
        "哪一个公园",
        "绿道有多长",
        "建设3个公园",
        "“十四五”期间有哪些任务",
        "which industries",
        "Which one is it?",
        "How many parks?",
        "What is the second park?",
        "someone often listens",
    ],
)
def test_where_no_number_of_items_is_told(question: str) -> None:
    assert asked(question) is None


@properties
@given(
    st.text("甲乙丙丁、，；。：！？“”和及与或1.5, and;:?!ab", max_size=40),
    st.sampled_from(["zh", "en"]),
)
def test_pieces_of_any_text_come_in_order(text: str, lang: str) -> None:
    at = 0
    for start, end in clauses(text, lang):
        assert at <= start < end <= len(text)
        assert text[start:end].strip()
        at = end
    at = 0
    for one in enumerations(text, lang):
        assert at <= one.start < one.end <= len(text)
        assert one.items >= 2
        at = one.end


@properties
@given(st.text("甲乙丙，；。：！？", max_size=40))
def test_the_clauses_are_all_but_the_punctuation(text: str) -> None:
    kept = "".join(text[start:end] for start, end in clauses(text, "zh"))
    assert kept == "".join(char for char in text if char in "甲乙丙")


@properties
@given(st.lists(st.sampled_from(["金融", "旅游", "物流", "文化", "教育"]), min_size=2, max_size=8))
def test_as_many_items_as_were_joined(items: list[str]) -> None:
    assert listed("、".join(items), "zh") == [("、".join(items), len(items))]
    last = f"{'、'.join(items)}和医疗"
    assert listed(last, "zh") == [(last, len(items) + 1)]
    english = f"{', '.join('abcdefgh'[: len(items)])}, and z"
    assert listed(english, "en") == [(english, len(items) + 1)]


@properties
@given(st.text(max_size=60))
def test_any_question_asks_for_some_items_or_none(text: str) -> None:
    found = asked(text)
    assert found is None or found >= 2
