"""Which sections of a plan look back."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import catalog, document
from corpus.periods import plan_years
from corpus.records import Document
from corpus.retrospect import looking_back
from tests.plans import reading

SECOND = Path(__file__).resolve().parents[1] / "second_plan"


def back(text: str) -> frozenset[str]:
    return looking_back(reading(text, pages=None).document, (2021, 2025))


@pytest.mark.parametrize(
    "heading",
    [
        "发展基础",
        "“十三五”回顾",
        "发展现状",
        "主要成就",
        "发展基础和发展环境",
        "面临的形势",
        "工作成效",
    ],
)
def test_a_heading_looks_back(heading: str) -> None:
    assert back(f"第一章 {heading}\n\n新增学位5个。\n") == {"1"}


@pytest.mark.parametrize(
    "heading",
    ["主要目标", "重点任务", "优化发展基础支撑", "夯实发展基础", "建设现代渔业", "展望", "总则"],
)
def test_a_heading_does_not(heading: str) -> None:
    assert back(f"第一章 {heading}\n\n新增学位5个。\n") == frozenset()


def test_the_innermost_heading_decides() -> None:
    text = "第一章 发展基础\n\n一、发展成就\n\n好。\n\n二、主要目标\n\n更好。\n\n三、其他\n\n好。\n"
    assert back(text) == {"1", "1.1", "1.3"}


def test_periods_decide_where_no_heading_does() -> None:
    assert back("第一章 总论\n\n2019年很好。2018年也好。“十三五”时期都好。\n") == {"1"}
    assert back("第一章 总论\n\n2019年很好。\n") == frozenset()
    assert back("第一章 总论\n\n2019年、2018年好。到2025年更好。\n") == frozenset()
    assert back("第一章 总论\n\n比2019年增长。较2018年提高。\n") == frozenset()


def test_a_plan_without_years_goes_by_its_headings() -> None:
    read = reading("第一章 发展回顾\n\n好。\n\n第二章 总论\n\n2018年、2019年好。\n", pages=None)
    assert looking_back(read.document, None) == {"1"}


def titles(plan: Document) -> list[str]:
    found = looking_back(plan, plan_years(plan.manifest.title))
    return [section.title for section in plan.sections if section.id in found]


def test_the_second_plan() -> None:
    assert titles(document.read(SECOND).document) == [
        "第一章 发展基础",
        "第一节 “十三五”回顾",
        "第二节 机遇和挑战",
    ]


@pytest.mark.plan
def test_the_real_plan() -> None:
    assert titles(document.read_all(catalog.bundled())[0].document)[:2] == [
        "第一篇 发展基础和发展环境",
        "第一章 发展基础",
    ]
