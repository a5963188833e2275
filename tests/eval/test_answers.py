"""What counts as a right answer, by answers made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from assistant.records import Answer, Citation, Exchange, Reason, Receipt, Status
from assistant.records import Question as Asked
from assistant.service import Assistant
from eval.answers import (
    LONGEST,
    LONGEST_SHORT,
    Judged,
    judge,
    short_right,
    table,
    text_right,
)
from eval.conversations import Followed, follow
from eval.conversations import table as followed_table
from eval.questions import Conversation, Lang, Question, Turn, Unanswerable
from index.build import build
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

GOLD = Question(
    id="q",
    lang="zh",
    question="金融业增加值目标是多少？",
    type="value",
    answers=(("560亿元",),),
    short=(("560亿元",),),
    evidence=("力争突破560亿元",),
)


def cited(*quotes: str) -> tuple[Citation, ...]:
    return tuple(
        Citation(n, "p/1#1", "p", (), None, quote, 0, len(quote))
        for n, quote in enumerate(quotes, start=1)
    )


def answered(text: str = "金融业增加值力争突破560亿元。", **changes: Any) -> Answer:
    """An answer that is right for GOLD, but for changes."""
    found = Answer(
        question=Asked(GOLD.question, "zh", GOLD.question),
        status=Status.ANSWERED,
        reason=None,
        short="560亿元",
        text=text,
        citations=cited(text),
        hits=(),
        receipt=Receipt("", "hash", "0"),
        short_original="560亿元",
    )
    return replace(found, **changes)


REFUSED = replace(
    answered(),
    status=Status.NOT_FOUND,
    reason=Reason.PLAN_SILENT,
    short=None,
    short_original=None,
    text=None,
    citations=(),
)
PARTIAL = answered(status=Status.PARTIAL, reason=Reason.OTHER_PERIOD, short=None)


def test_a_right_answer() -> None:
    assert text_right(GOLD, answered())
    assert short_right(GOLD, answered()) is True


def test_one_that_is_not_given_is_not_right() -> None:
    for answer in (REFUSED, PARTIAL):
        assert not text_right(GOLD, answer)
        assert short_right(GOLD, answer) is False


def test_every_fact_must_be_said() -> None:
    both = replace(GOLD, answers=(("560亿元",), ("2025年",)))
    assert not text_right(both, answered())
    assert text_right(both, answered("到2025年，金融业增加值力争突破560亿元。"))
    assert not text_right(GOLD, answered("金融业增加值力争突破1560亿元。"))


def test_an_english_sentence_is_judged_by_the_chinese_one_beside_it() -> None:
    english = answered(
        "By 2025, we will strive to exceed 56 billion yuan.",
        citations=cited("到 2025 年，金融业增加值力争突破 560 亿元。"),
        short="56 billion yuan (560亿元)",
    )
    assert text_right(GOLD, english)
    assert short_right(GOLD, english) is True
    assert not text_right(GOLD, replace(english, citations=cited("到 2025 年。")))


def test_a_sentence_in_two_citations_is_one_text() -> None:
    broken = answered(citations=cited("年纳税过千万元楼", "宇6栋，突破560亿元。"))
    assert text_right(replace(GOLD, answers=(("楼宇",), ("560亿元",))), broken)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_value_must_be_told_briefly(lang: Lang) -> None:
    asked = Asked(GOLD.question, lang, GOLD.question)
    full = answered("金" * LONGEST[lang], question=asked, citations=cited("560亿元"))
    long = replace(full, text=f"{full.text}金")
    assert text_right(GOLD, full)
    assert not text_right(GOLD, long)
    for kind in ("share", "count"):
        assert not text_right(replace(GOLD, type=kind), long)
    for kind in ("how", "list", "definition"):
        assert text_right(replace(GOLD, type=kind), long)


def test_a_short_answer_that_is_not_expected_is_not_judged() -> None:
    assert short_right(replace(GOLD, short=None), answered()) is None
    assert short_right(replace(GOLD, short=None), REFUSED) is None


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("560亿元", True),
        ("突破560亿元", True),
        ("从377.09亿元到560亿元", True),
        ("2019年的377.09亿元到560亿元", False),
        ("56亿元", False),
        ("560亿元" + "金" * LONGEST_SHORT, False),
        (None, False),
    ],
)
def test_the_short_answer_of_a_value(words: str | None, is_right: bool) -> None:
    assert short_right(GOLD, answered(short_original=words)) is is_right


def test_the_short_answer_of_a_list_may_have_many_numbers() -> None:
    many = "1个、2个、3个和560亿元"
    assert short_right(GOLD, answered(short_original=many)) is False
    assert short_right(replace(GOLD, type="list"), answered(short_original=many)) is True


def test_a_count_is_judged_by_its_number() -> None:
    counted = replace(GOLD, count=31, answers=(), short=None)
    right = answered("第一章、第二章", short="31个", short_original="31个")
    assert text_right(counted, right)
    assert short_right(counted, right) is True
    for short in ("131个", "3.31个", "30个", None):
        wrong = replace(right, short=short, short_original=short)
        assert not text_right(counted, wrong)
        assert short_right(counted, wrong) is False


def test_a_difference_must_be_computed() -> None:
    apart = replace(GOLD, type="comparison", difference="182.91", short=None)
    assert not text_right(apart, answered())
    assert short_right(apart, answered()) is False
    right = answered(difference="182.91亿元")
    assert text_right(apart, right)
    assert short_right(apart, right) is True
    assert short_right(apart, answered(difference="1182.91亿元")) is False
    assert not text_right(apart, answered("金融业", difference="182.91亿元"))


def test_of_a_difference_both_values_must_be_said() -> None:
    both = replace(GOLD, type="comparison", answers=(("377.09亿元",), ("560亿元",)))
    one = answered("2019年为377.09亿元。", difference="182.91亿元")
    assert not text_right(both, one)
    assert text_right(both, replace(one, citations=cited("2019年为377.09亿元。", "560亿元")))


def rows(markdown: str) -> dict[str, dict[str, str]]:
    """By its first cell each row's other cells, by the heads above them."""
    heads, _, *lines = (
        [cell.strip() for cell in line.split("|")[1:-1]] for line in markdown.split("\n")
    )
    return {line[0]: dict(zip(heads[1:], line[1:], strict=True)) for line in lines}


def judged(lang: Lang, kind: str, answer: Answer, rank: int = 1, **facts: Any) -> Judged:
    gold = replace(GOLD, lang=lang, type=kind)
    given = {"short": short_right(gold, answer), "text": text_right(gold, answer)}
    return Judged(gold, answer, rank, **(given | facts))


def test_the_table_of_the_answerable() -> None:
    found = [
        judged("zh", "value", answered()),
        judged("zh", "value", answered("突破56亿元。", short_original="56亿元"), 3),
        judged("zh", "value", REFUSED, 0),
        judged("zh", "how", PARTIAL, 2, short=None),
        judged("en", "value", answered()),
    ]
    told = rows(table(found, []).split("\n\n")[0])
    value = told["zh value"]
    assert value["n"] == "3"
    assert (value["evidence first"], value["in first three"]) == ("0.333", "0.667")
    assert (value["short right"], value["text right"]) == ("0.333", "0.333")
    assert (value["refused wrongly"], value["answered wrongly"]) == ("0.333", "0.333")
    how = told["zh how"]
    assert (how["n"], how["short right"], how["text right"]) == ("1", "-", "0.000")
    assert (how["refused wrongly"], how["answered wrongly"]) == ("1.000", "0.000")
    every = told["zh all"]
    assert (every["n"], every["text right"], every["refused wrongly"]) == ("4", "0.250", "0.500")
    assert told["en all"]["text right"] == told["en value"]["text right"] == "1.000"


def test_the_table_of_the_unanswerable() -> None:
    def gold(lang: Lang, kind: Any) -> Unanswerable:
        return Unanswerable(id="n", lang=lang, question="？", type=kind)

    found = [
        (gold("zh", "near_miss"), PARTIAL),
        (gold("zh", "near_miss"), answered()),
        (gold("zh", "outside"), REFUSED),
        (gold("en", "silent"), REFUSED),
    ]
    told = rows(table([], found).split("\n\n")[1])

    def cells(name: str) -> list[str]:
        return [*told[name].values()]

    assert cells("zh near_miss") == ["2", "0.500", "1"]
    assert cells("zh outside") == ["1", "1.000", "0"]
    assert cells("zh silent") == ["0", "-", "0"]
    assert cells("zh all") == ["3", "0.667", "1"]
    assert cells("en all") == ["1", "1.000", "0"]


def turn(status: Any = "answered", carries: tuple[str, ...] = (), question: str = "？") -> Turn:
    return Turn(
        question=question,
        standalone=question,
        carries=carries,
        type="value",
        answers=(("560亿元",),) if status == "answered" else (),
        evidence=(),
        status=status,
    )


def test_a_turn_of_a_conversation() -> None:
    assert Followed(turn(), answered()).is_right
    assert not Followed(turn(), answered("突破56亿元。")).is_right
    assert not Followed(turn(), PARTIAL).is_right
    assert not Followed(turn("unanswerable"), answered()).is_right
    for answer in (PARTIAL, REFUSED):
        assert Followed(turn("unanswerable"), answer).is_right


def test_the_table_of_turns() -> None:
    carried = answered(question=replace(answered().question, was_completed=True))
    told = rows(
        followed_table(
            [
                ("zh", Followed(turn(carries=("subject",)), carried)),
                ("zh", Followed(turn(carries=("period",)), REFUSED)),
                ("zh", Followed(turn(), answered())),
                ("en", Followed(turn("unanswerable"), REFUSED)),
            ]
        )
    )
    assert [*told["zh that carry something"].values()] == ["2", "0.500", "0.500"]
    assert [*told["zh that carry nothing"].values()] == ["1", "1.000", "0.000"]
    assert [*told["en that carry nothing"].values()] == ["1", "1.000", "0.000"]
    assert [*told["en that carry something"].values()] == ["0", "-", "-"]


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    texts = {"1": ["金融业增加值力争突破560亿元。", "新建码头9个。", "茶园达到300亩。"]}
    words = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, words)
        index = build([document("made", texts)], HashEncoder())
    return Assistant(Searcher(index, HashEncoder()))


def test_a_question_is_asked_and_judged(assistant: Assistant) -> None:
    found = judge(assistant, GOLD)
    assert found.answer == assistant.ask(GOLD.question, "zh")
    assert (found.rank, found.short, found.text, found.refused) == (1, True, True, False)
    elsewhere = judge(assistant, replace(GOLD, evidence=("不在规划里的话",)))
    assert (elsewhere.rank, elsewhere.text) == (0, True)
    empty = replace(GOLD, question="？！")
    assert judge(assistant, empty).refused


def test_each_turn_is_asked_with_those_before_it(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, str, list[Exchange]]] = []

    def ask(self: Assistant, text: str, lang: str, history: Sequence[Exchange]) -> Answer:
        heard.append((text, lang, [*history]))
        return answered(text=f"答{text}")

    monkeypatch.setattr(Assistant, "ask", ask)
    talk = Conversation(id="t", lang="zh", turns=tuple(turn(question=text) for text in "甲乙丙"))
    found = follow(assistant, talk)
    assert [one.turn for one in found] == list(talk.turns)
    assert [(text, lang, len(before)) for text, lang, before in heard] == [
        ("甲", "zh", 0),
        ("乙", "zh", 1),
        ("丙", "zh", 2),
    ]
    assert heard[2][2] == [Exchange.of(one.answer) for one in found[:2]]
