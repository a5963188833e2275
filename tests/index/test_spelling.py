"""Slips of typing put right towards the plans, and nothing else touched."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from time import perf_counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.service import Assistant
from eval import questions
from index.spelling import Spelling, alike
from index.tokens import Words, WordTable
from tests.plans import properties

TEXTS = (
    "金融业增加值力争突破560亿元。",
    "推进绿道建设，新增停车泊位，优化营商环境。",
    "建设武昌古城，保护昙华林历史街区。",
    "发展养老服务，提高人均预期寿命。",
    "建设充电桩，推行GDP统一核算。",
)
RUN = re.compile(r"[\u4e00-\u9fff]{2,}")


@pytest.fixture(scope="module")
def spelling(cut: dict[str, Words]) -> Spelling:
    return Spelling(TEXTS, alike(TEXTS), cut["zh"])


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("金融业曾加值是多少", "金融业增加值是多少"),
        ("金融业增加直是多少", "金融业增加值是多少"),
        ("金容业增加值", "金融业增加值"),
        ("优化莹商环境", "优化营商环境"),
        ("营商环景怎么样", "营商环境怎么样"),
        ("人均予期寿命", "人均预期寿命"),
        ("养佬服务", "养老服务"),
        ("武昌古成", "武昌古城"),
    ],
)
def test_a_character_that_sounds_alike(spelling: Spelling, slip: str, meant: str) -> None:
    assert spelling.correct(slip) == meant


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("停车泊拉有多少", "停车泊位有多少"),
        ("停车泊味有多少", "停车泊位有多少"),
        ("历吏街区", "历史街区"),
        ("金融业憎加值", "金融业增加值"),
    ],
)
def test_a_character_that_looks_alike(spelling: Spelling, slip: str, meant: str) -> None:
    assert spelling.correct(slip) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "绿",
        "绿道",
        "？！…",
        "GDP",
        "2025",
        "jin rong ye",
        "How is tea grown?",
        "ＧＤＰ　２０２５",
        "緑道は何キロ",
        "Какова цель?",
        "😀",
    ],
)
def test_what_has_no_run_of_chinese_that_is_wrong_stays(spelling: Spelling, text: str) -> None:
    assert spelling.correct(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "黄鹤楼在哪里",
        "沙湖和东湖的绿道",
        "李白写的诗",
        "王安石变法",
        "曾国藩",
        "特斯拉汽车",
        "北京大学",
        "钟点工",
        "曾经增加过吗",
        "昙花一现",
        "如何打造滨江核心区",
        "人工智能怎么发展",
    ],
)
def test_what_no_plan_has_but_is_right_stays(spelling: Spelling, text: str) -> None:
    assert spelling.correct(text) == text


def test_the_plans_own_words_stay(spelling: Spelling) -> None:
    for text in TEXTS:
        assert spelling.correct(text) == text


def test_only_the_run_that_is_wrong_is_changed(spelling: Spelling) -> None:
    text = "GDP 2025, 停车泊味, P3 & 绿道 (曾加值)?"
    assert spelling.correct(text) == "GDP 2025, 停车泊位, P3 & 绿道 (增加值)?"


def test_two_slips_of_a_run_are_put_right(spelling: Spelling) -> None:
    assert spelling.correct("提高人钧预其寿命") == "提高人均预期寿命"
    assert spelling.correct("金融业曾加直") == "金融业增加值"


def test_every_run_may_have_two(spelling: Spelling) -> None:
    slips, meant = "提高人钧预其寿命", "提高人均预期寿命"
    assert spelling.correct(f"{slips}，{slips} {slips}") == f"{meant}，{meant} {meant}"


def changed(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_at_most_two_characters_of_a_run_are_changed(spelling: Spelling) -> None:
    worst = "今容业曾加直停车泊味优化莹商环景"
    assert changed(spelling.correct(worst), worst) == 2


def slips(chance: random.Random, wrong_for: dict[str, str]) -> Iterator[tuple[str, str]]:
    """A run of the texts, and the same with one character mistaken for another."""
    for run in RUN.findall("".join(TEXTS)):
        n = chance.randrange(len(run))
        own = [char for char, others in sorted(wrong_for.items()) if run[n] in others]
        if own:
            yield run, run[:n] + chance.choice(own) + run[n + 1 :]


def test_most_slips_are_put_right_and_none_is_made_worse(spelling: Spelling) -> None:
    chance = random.Random(14)
    right = tried = 0
    for _ in range(20):
        for run, slip in slips(chance, dict(spelling.alike)):
            found = spelling.correct(slip)
            assert changed(found, run) <= 1, (slip, found)
            right += found == run
            tried += 1
    assert right >= tried / 2


def test_it_is_the_same_each_time_and_in_whatever_order_the_texts_come(
    spelling: Spelling, table: WordTable
) -> None:
    turned = TEXTS[::-1]
    assert alike(turned) == spelling.alike
    other = Spelling(turned, alike(turned), Words(table))
    for text in ("金融业曾加直，停车泊味", "提高人钧预其寿命", "今容业曾加直停车泊味优化莹商环景"):
        assert other.correct(text) == spelling.correct(text) == spelling.correct(text)


def test_without_plans_nothing_is_changed(cut: dict[str, Words]) -> None:
    assert alike(()) == {}
    assert Spelling((), {}, cut["zh"]).correct("金融业曾加值") == "金融业曾加值"
    assert Spelling(("没有。",), {"曾": "增"}, cut["zh"]).correct("曾加值") == "曾加值"


def test_without_look_alikes_nothing_is_changed(cut: dict[str, Words]) -> None:
    assert Spelling(TEXTS, {}, cut["zh"]).correct("金融业曾加值") == "金融业曾加值"


def test_a_table_that_has_hardly_any_word_changes_nothing() -> None:
    table = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
    assert Spelling(TEXTS, alike(TEXTS), Words(table)).correct("金融业曾加值") == "金融业曾加值"


class TestAlike:
    def test_characters_are_those_of_the_texts_and_never_the_same(self, spelling: Spelling) -> None:
        own = {char for text in TEXTS for run in RUN.findall(text) for char in run}
        for char, others in spelling.alike.items():
            assert char.encode("gb2312")
            assert set(others) <= own - {char}
            assert list(others) == sorted(set(others))
            assert others

    @pytest.mark.parametrize(
        ("char", "other"), [("曾", "增"), ("直", "值"), ("诚", "城"), ("予", "预"), ("成", "城")]
    )
    def test_what_sounds_the_same_tones_aside(
        self, spelling: Spelling, char: str, other: str
    ) -> None:
        assert other in spelling.alike[char]

    @pytest.mark.parametrize(("char", "other"), [("拉", "位"), ("憎", "增")])
    def test_what_shares_half_of_its_parts(self, spelling: Spelling, char: str, other: str) -> None:
        assert other in spelling.alike[char]

    @pytest.mark.parametrize(("char", "other"), [("溶", "金"), ("道", "绿"), ("建", "设")])
    def test_what_neither_sounds_nor_looks_alike(
        self, spelling: Spelling, char: str, other: str
    ) -> None:
        assert other not in spelling.alike.get(char, "")

    def test_a_character_of_two_readings_is_alike_by_both(self) -> None:
        found = alike(["银行很长。"])
        assert "长" in found["常"]
        assert "长" in found["掌"]
        assert "行" in found["航"]
        assert "行" in found["形"]

    def test_a_single_character_among_others_is_no_word_to_be_mistaken_for(self) -> None:
        assert alike(["a增b"]) == {}


@properties
@given(st.text(max_size=30))
def test_any_text_keeps_its_length_and_all_that_is_not_chinese(
    spelling: Spelling, text: str
) -> None:
    found = spelling.correct(text)
    assert len(found) == len(text)
    assert RUN.sub("", found) == RUN.sub("", text)


@properties
@given(
    st.text("金融业曾增加直值停车泊味位人均钧予预其期寿受命武昌古诚城的了是多少 ，2G", max_size=30)
)
def test_at_most_two_changes_a_run_each_to_a_look_alike(spelling: Spelling, text: str) -> None:
    found = spelling.correct(text)
    assert len(found) == len(text)
    for match in RUN.finditer(text):
        assert changed(found[match.start() : match.end()], match[0]) <= 2
    for char, other in zip(text, found, strict=True):
        assert char == other or other in spelling.alike[char]
    assert spelling.correct(text) == found


@pytest.mark.plan
def test_hardly_any_development_question_is_changed(plan_assistant: Assistant) -> None:
    asked = [q.question for q in questions.load(questions.development()) if q.lang == "zh"]
    spelling = plan_assistant.searcher.spelling
    wrong = [(text, spelling.correct(text)) for text in asked if spelling.correct(text) != text]
    assert len(wrong) <= 0.02 * len(asked), wrong


@pytest.mark.plan
def test_no_sentence_of_the_plan_is_changed(plan_assistant: Assistant) -> None:
    spelling = plan_assistant.searcher.spelling
    for passage in plan_assistant.index.passages:
        for text in (passage.text, *passage.path):
            assert spelling.correct(text) == text


@pytest.mark.plan
@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("金融业曾加值目标是多少", "金融业增加值目标是多少"),
        ("黄鹤搂怎么保护", "黄鹤楼怎么保护"),
        ("停车泊味有多少", "停车泊位有多少"),
        ("养佬服务设施", "养老服务设施"),
    ],
)
def test_slips_of_the_real_plan(plan_assistant: Assistant, slip: str, meant: str) -> None:
    assert plan_assistant.searcher.spelling.correct(slip) == meant


@pytest.mark.plan
def test_the_longest_question_is_read_at_once(plan_assistant: Assistant) -> None:
    chance = random.Random(14)
    spelling = plan_assistant.searcher.spelling
    spelling.correct("金融业")
    text = "".join(chance.choice(list(spelling.alike)) for _ in range(1_000))
    start = perf_counter()
    assert changed(spelling.correct(text), text) <= 2
    assert perf_counter() - start < 5
