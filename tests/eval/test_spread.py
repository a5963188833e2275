"""How questions are spread over the parts of a plan, and which part has too few."""

from __future__ import annotations

from dataclasses import replace

from eval.questions import Lang, Question
from eval.quotes import Standing, standings
from eval.spread import TABLES, Share, spread
from tests.plans import chapter, reading

PLAN = reading().document
FIRST, SECOND = "第一篇 发展基础", "第二篇 重点任务"
TEXT, ROW, OTHER = "总部企业突破10家", "人均预期寿命\t岁", "坚持项目为王"
COVER, PREFACE = "云渡区发展和改革局 编印", "阐明未来五年的发展思路"


def asked(lang: Lang, *evidence: str) -> tuple[Question, list[Standing]]:
    question = Question(
        id="q", lang=lang, question="？", type="value", answers=(("5",),), evidence=evidence
    )
    return question, [place for quote in evidence for place in standings(quote, [PLAN])]


def shares(*golds: tuple[Question, list[Standing]]) -> dict[str, Share]:
    return {share.part: share for share in spread(golds, [PLAN])}


def test_a_question_is_for_the_part_of_its_first_quote_and_for_the_table_of_any() -> None:
    found = shares(
        asked("zh", TEXT), asked("zh", OTHER, ROW), asked("en", ROW), asked("zh", COVER, OTHER)
    )
    assert [*found] == [FIRST, SECOND, TABLES]
    assert found[FIRST].counts == {"zh": 1, "en": 1}
    assert found[SECOND].counts == {"zh": 2, "en": 0}
    assert found[TABLES].counts == {"zh": 1, "en": 1}
    assert found[FIRST].document == PLAN.id


def test_a_part_may_have_half_of_what_its_share_of_the_text_would_give() -> None:
    sizes = {
        part: sum(len(s) for own in PLAN.passages if own.path[0] == part for s in own.spans)
        for part in (FIRST, SECOND)
    }
    whole = sum(len(span) for own in PLAN.passages for span in own.spans)
    found = shares(*[asked("zh", TEXT)] * 40, *[asked("en", OTHER)] * 8)
    for part, size in sizes.items():
        assert found[part].least == {"zh": int(20 * size / whole), "en": int(4 * size / whole)}
    assert found[SECOND].least["zh"] > 0
    assert found[SECOND].lacking == ["zh"]
    assert found[FIRST].lacking == ["en"]


def test_the_tables_may_have_twenty_and_of_a_small_set_a_twentieth() -> None:
    assert shares(*[asked("zh", TEXT)] * 19)[TABLES].least == {"zh": 0, "en": 0}
    few = shares(*[asked("zh", TEXT)] * 59, asked("zh", ROW))[TABLES]
    assert (few.least["zh"], few.counts["zh"], few.lacking) == (3, 1, ["zh"])
    assert shares(*[asked("zh", ROW)] * 500)[TABLES].least["zh"] == 20


def test_a_plan_without_tables_has_none_to_ask_for() -> None:
    plain = chapter("一、总体目标", "总部企业突破10家。").document
    question, _ = asked("zh", TEXT)
    (share,) = spread([(question, standings(TEXT, [plain]))], [plain])
    assert (share.part, share.counts["zh"]) == ("第一章 总则", 1)


def test_what_stands_before_the_first_heading_is_no_part() -> None:
    found = shares(asked("zh", PREFACE), asked("zh", PREFACE))
    assert [share.counts["zh"] for share in found.values()] == [0, 0, 0]


def test_a_plan_that_nothing_is_asked_about_has_no_shares() -> None:
    other = replace(PLAN, manifest=replace(PLAN.manifest, id="other"))
    found = spread([asked("zh", TEXT), asked("zh", COVER)], [other, PLAN])
    assert {share.document for share in found} == {PLAN.id}
    assert spread([asked("zh", COVER)], [PLAN]) == []
