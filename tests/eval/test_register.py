"""The register held against a list made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import catalog, document
from eval import register
from eval.errors import IndexStale, QuestionsInvalid
from eval.register import Number
from tests.conftest import ROOT
from tests.plans import chapter

GOLD = ROOT / "eval" / "gold" / "dev-register.jsonl"
FLOORS = {"value": 0.97, "subject": 0.97, "period": 0.97, "kind": 0.97}


def number(words: str, subject: str, context: str, **changes: object) -> Number:
    facts: dict[str, object] = {
        "chapter": "1",
        "words": words,
        "subject": subject,
        "years": (2025, 2025),
        "kind": "target",
        "is_indicator": True,
        "context": context,
    }
    return Number(**(facts | changes))  # type: ignore[arg-type]


PLAN = chapter("到 2025 年，企业达到 5 家，医院达到 6 家。").document
COMPANIES = number("5家", "企业", "企业达到5家，")
HOSPITALS = number("6家", "医院", "医院达到6家。")


def test_all_is_right() -> None:
    judged = register.judge(PLAN, [COMPANIES, HOSPITALS])
    assert register.scores(judged) == dict.fromkeys(register.FACTS, (1.0, 1.0))
    assert register.misses(judged) == []


def test_what_is_not_found_lowers_recall() -> None:
    judged = register.judge(PLAN, [COMPANIES, HOSPITALS, number("2025年", "年", "到2025年，")])
    assert register.scores(judged)["value"] == pytest.approx((2 / 3, 1.0))
    assert register.misses(judged) == ["not found: 2025年 (年)"]


def test_what_is_no_value_lowers_precision() -> None:
    other = number("6家", "医院", "医院达到6家。", is_indicator=False)
    judged = register.judge(PLAN, [COMPANIES, other])
    assert register.scores(judged)["value"] == (1.0, 0.5)
    assert register.misses(judged) == ["not a value: 6家 (医院)"]


@pytest.mark.parametrize(
    ("changes", "fact"),
    [({"subject": "学校"}, "subject"), ({"years": None}, "period"), ({"kind": "baseline"}, "kind")],
)
def test_each_fact_is_judged_by_itself(changes: dict[str, object], fact: str) -> None:
    facts = {"subject": "企业", **changes}
    judged = register.judge(PLAN, [number("5家", context="企业达到5家，", **facts), HOSPITALS])  # type: ignore[arg-type]
    scores = register.scores(judged)
    missed = {name for name, (recall, _) in scores.items() if recall < 1}
    assert missed == ({fact, "subject, exactly"} if fact == "subject" else {fact})
    named = "subject, subject, exactly" if fact == "subject" else fact
    assert register.misses(judged)[0].startswith(f"{named}: 5家 (企业")


def test_one_subject_may_hold_the_other() -> None:
    judged = register.judge(PLAN, [number("5家", "辖区企业", "企业达到5家，"), HOSPITALS])
    assert register.scores(judged)["subject"] == (1.0, 1.0)


def test_numbers_of_another_plan_are_refused() -> None:
    assert register.holder([PLAN], [COMPANIES]) is PLAN
    with pytest.raises(IndexStale):
        register.holder([PLAN], [number("7家", "企业", "企业达到7家")])


def test_a_line_without_its_fields_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"chapter": "1"}\n', "utf-8")
    with pytest.raises(QuestionsInvalid, match=r"gold\.jsonl:1"):
        register.load(path)


@pytest.mark.plan
def test_the_register_of_the_real_plan() -> None:
    numbers = register.load(GOLD)
    plans = [reading.document for reading in document.read_all(catalog.bundled())]
    judged = register.judge(register.holder(plans, numbers), numbers)
    scores = register.scores(judged)
    assert "| value |" in register.table(judged)
    for fact, floor in FLOORS.items():
        assert min(scores[fact]) >= floor, register.misses(judged)
