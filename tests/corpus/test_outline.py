"""Headings, the contents, and the tree of 篇, 章, 节."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.cleanup import lines
from corpus.outline import Heading, contents, heading, locate, numeral, similar
from corpus.records import Noise
from tests import plans

DIGITS = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number from 1 to 199 as a plan writes it: 十, 十九, 九十, 一百零一, 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    if not hundreds:
        ten = {0: "", 1: "十"}.get(tens, f"{DIGITS[tens]}十")
        return ten + (DIGITS[units] if units else "")
    if not rest:
        return f"{DIGITS[hundreds]}百"
    ten = f"{DIGITS[tens]}十" if tens else "零"
    return f"{DIGITS[hundreds]}百{ten}" + (DIGITS[units] if units else "")


def test_the_writer_of_numerals_itself() -> None:
    known = {1: "一", 10: "十", 11: "十一", 20: "二十", 31: "三十一", 99: "九十九"}
    known |= {100: "一百", 101: "一百零一", 110: "一百一十", 119: "一百一十九", 199: "一百九十九"}
    assert {number: written(number) for number in known} == known


@pytest.mark.parametrize("number", range(1, 200))
def test_numerals_are_read_back(number: int) -> None:
    assert numeral(written(number)) == number
    assert numeral(str(number)) == number
    found = heading(f"第{written(number)}章 总则")
    assert found == Heading(2, number, f"第{written(number)}章 总则")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("一百〇八", 108),
        ("百", 100),
        ("二0", 20),
        ("1二", 12),
        ("2十", 20),
        ("1百0三", 103),
    ],
)
def test_other_numerals(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize(
    ("text", "level", "number"), [("第1二章 总则", 2, 12), ("二0、加强领导", 4, 20)]
)
def test_a_number_of_digits_and_numerals_is_read(text: str, level: int, number: int) -> None:
    assert heading(text) == Heading(level, number, text)
    assert plans.texts(plans.chapter("推进建设。", text, "畅通路网。")) == [
        "推进建设。",
        "畅通路网。",
    ]


@plans.properties
@given(st.text("一二九十百零〇两0127", min_size=1, max_size=8))
def test_every_numeral_is_some_number(text: str) -> None:
    assert numeral(text) >= 0


@pytest.mark.parametrize(
    ("text", "level", "number", "title"),
    [
        ("第一篇 发展基础", 1, 1, "第一篇 发展基础"),
        ("第二部分　目标", 1, 2, "第二部分 目标"),
        ("第三编 重点", 1, 3, "第三编 重点"),
        ("第十二章\t优化布局", 2, 12, "第十二章 优化布局"),
        ("第3章 优化布局", 2, 3, "第3章 优化布局"),
        ("第十章优化布局", 2, 10, "第十章优化布局"),
        ("第一节 总则", 3, 1, "第一节 总则"),
        ("一、建设“一岸”", 4, 1, "一、建设“一岸”"),
        ("十一、  建设 “T轴”", 4, 11, "十一、 建设 “T轴”"),
        ("2、任务", 4, 2, "2、任务"),
        ("一、" + "长" * 43, 4, 1, "一、" + "长" * 43),
    ],
)
def test_a_heading_is_known_by_its_form(text: str, level: int, number: int, title: str) -> None:
    assert heading(text) == Heading(level, number, title)


@pytest.mark.parametrize(
    "text",
    [
        "第一章",
        "一、",
        "一是创新发展",
        "（一）加强领导",
        "第一章的任务",
        "第一，加强领导",
        "一、加强领导。",
        "一、加强领导；",
        "一、加强领导，",
        "一、加强领导：",
        "本纲要第一章 总则",
        "一、" + "长" * 44,
        "",
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert heading(text) is None


def test_likeness_leaves_out_spaces_and_punctuation() -> None:
    assert similar("一、建设“T轴”", "一 建设Ｔ轴") == 1.0
    assert similar("春夏", "秋冬") == 0.0
    assert similar("甲乙丙丁", "甲乙丙戊") == 0.75


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (Heading(4, 1, "一、畅通路网"), True),
        (Heading(4, 1, "一、 畅通 路网", 7), True),
        (Heading(4, 1, "一、畅通道路网络"), True),
        (Heading(4, 2, "二、畅通路网"), False),
        (Heading(2, 1, "第一章 畅通路网"), False),
        (Heading(4, 1, "一、守护水系"), False),
    ],
)
def test_two_headings_match_by_level_number_and_words(other: Heading, same: bool) -> None:
    assert Heading(4, 1, "一、畅通路网").matches(other) is same


@pytest.mark.parametrize(
    ("line", "title", "page"),
    [
        ("第一章 总则\t12", "第一章 总则", 12),
        ("第一章 总则 ····· 12", "第一章 总则", 12),
        ("第一章 总则·····12", "第一章 总则", 12),
        ("第一章 总则......12", "第一章 总则", 12),
        ("第一章 总则…… 12", "第一章 总则", 12),
        ("第一章 总则 ⋯⋯⋯⋯ 12", "第一章 总则", 12),
        ("第一章 总则    12", "第一章 总则", 12),
        ("第一章\t总则\t12", "第一章 总则", 12),
        ("第一章 总则 ·····", "第一章 总则", None),
        ("第一章 总则", "第一章 总则", None),
        ("第一章 建设5G网络\t7", "第一章 建设5G网络", 7),
        ("一、\t总则\t12", "一、总则", 12),
    ],
)
def test_an_entry_of_the_contents(line: str, title: str, page: int | None) -> None:
    _, end, entries = contents(lines(f"目录\n{line}\n正文。"))
    assert end == 2
    assert [(entry.title, entry.page) for entry in entries] == [(title, page)]


@pytest.mark.parametrize("title", ["目录", "目 录", "目　　录", "目次"])
def test_contents_begin_with_their_title(title: str) -> None:
    found = contents(lines(f"封面\n{title}\n第一章 总则\t1\n第一章 总则\n正文。"))
    assert found == (1, 3, [Heading(2, 1, "第一章 总则", 1)])


def test_without_their_title_there_are_no_contents() -> None:
    assert contents(lines("封面\n第一章 总则\t1\n正文。")) == (0, 0, [])


def test_contents_end_where_the_body_repeats_an_entry() -> None:
    text = "目录\n第一章 总则\n一、路网\n第一章 总则\n一、路网\n正文。"
    first, end, entries = contents(lines(text))
    assert (first, end, len(entries)) == (0, 3, 2)


@pytest.mark.parametrize(
    ("before", "after", "page"), [("4", "4", 4), ("3", "4", None), ("", "", None)]
)
def test_an_entry_without_page_has_that_of_both_neighbours(
    before: str, after: str, page: int | None
) -> None:
    text = f"目录\n第一章 甲\t{before}\n第二章 乙 ·····\n第三章 丙\t{after}\n正文。"
    assert contents(lines(text))[2][1].page == page


@pytest.mark.parametrize("entry", ["前 言\t1", "附表 主要指标······9", "编制说明…………1"])
@pytest.mark.parametrize("first", [True, False])
def test_an_entry_that_is_no_heading_does_not_end_the_contents(entry: str, first: bool) -> None:
    entries = ["第一章 总则\t1", "第二章 路网\t2"]
    entries.insert(0 if first else 1, entry)
    body = "第一章 总则\n\n推进建设。\n\n第二章 路网\n\n畅通路网。\n"
    reading = plans.reading("目录\n" + "\n".join(entries) + "\n\n" + body)
    assert [section.title for section in reading.document.sections] == [
        "第一章 总则",
        "第二章 路网",
    ]
    assert plans.texts(reading) == ["推进建设。", "畅通路网。"]


def test_an_entry_over_two_lines_does_not_end_the_contents() -> None:
    text = (
        "目录\n第一章 总则\t1\n第二章 坚持创新驱动发展战略，塑造高质量发展\n新优势\t2\n"
        "第三章 水系\t3\n\n第一章 总则\n\n推进建设。\n\n"
        "第二章 坚持创新驱动发展战略，塑造高质量发展新优势\n\n创新发展。\n\n"
        "第三章 水系\n\n守护水系。\n"
    )
    reading = plans.reading(text)
    assert [section.id for section in reading.document.sections] == ["1", "2", "3"]
    assert plans.texts(reading) == ["推进建设。", "创新发展。", "守护水系。"]


@pytest.mark.parametrize(
    "line",
    [
        "II",
        "ⅱ",
        "- 2 -",
        "— 2 —",
        "－2－",
        "2",
        "第 2 页",
        "第2页 共66页",
        "2 / 66",
        "· 2 ·",
        "·2·",
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_page_number_does_not_end_the_contents(line: str, between: str) -> None:
    entries = ["第一章 总则\t1", line, "第二章 路网\t2", line]
    body = "第一章 总则\n\n推进建设。\n\n第二章 路网\n\n畅通路网。\n"
    reading = plans.reading(f"目录\n{between.join(entries)}\n\n{body}", pages=2)
    assert [section.id for section in reading.document.sections] == ["1", "2"]
    assert plans.texts(reading) == ["推进建设。", "畅通路网。"]
    source = reading.document.source
    said = [source[s.start : s.end] for why, s in reading.noise if why is Noise.CONTENTS]
    assert said == ["目录", *entries]
    assert reading.problems == ()


def test_a_page_number_does_not_part_an_entry_over_two_lines() -> None:
    text = "目录\n第一章 坚持创新驱动发展战略，塑造\n- 1 -\n新优势\t2\n正文。"
    _, end, entries = contents(lines(text))
    assert end == 4
    assert entries == [Heading(2, 1, "第一章 坚持创新驱动发展战略，塑造新优势", 2)]


@pytest.mark.parametrize("line", ["2021 年", "第 2 篇", "V 字形", "2.", "共 2 页纸"])
def test_what_is_no_page_number_ends_the_contents(line: str) -> None:
    assert contents(lines(f"目录\n第一章 总则\t1\n{line}\n第二章 路网\t2"))[1] == 2


def test_headings_are_found_in_the_order_of_the_contents() -> None:
    body = lines("一、路网\n正文一、路网\n第一章 总则\n一、路网络\n文字。\n二、闲话\n一、水系")
    entries = [Heading(2, 1, "第一章 总则", 3), Heading(4, 1, "一、路网", 4)]
    headings, missing = locate(body, entries)
    assert headings == {2: entries[0], 3: Heading(4, 1, "一、路网络", 4)}
    assert missing == []


def test_what_the_contents_promise_and_the_body_lacks_is_said() -> None:
    entries = [Heading(2, 1, "第一章 总则", 3), Heading(2, 2, "第二章 附则", 4)]
    headings, missing = locate(lines("第一章 总则\n文字。"), entries)
    assert headings == {0: entries[0]}
    assert missing == ["heading in the contents but not in the text: 第二章 附则"]


def test_a_part_or_chapter_that_the_contents_lack_is_said() -> None:
    text = "第一章 总则\n文字。\n一、甲\n第一节 乙\n第二篇 丙\n文字。\n第三章 丁\n文字。"
    headings, problems = locate(lines(text), [Heading(2, 1, "第一章 总则", 3)])
    assert [headings[n].title for n in headings] == ["第一章 总则"]
    assert problems == [
        "heading in the text but not in the contents: 第二篇 丙",
        "heading in the text but not in the contents: 第三章 丁",
    ]


def test_a_chapter_that_the_contents_lack_is_a_problem_of_the_reading() -> None:
    text = plans.PLAN.replace("第三章\t建设品质城区\t4\n", "")
    assert text != plans.PLAN
    assert "heading in the text but not in the contents: 第三章 建设品质城区" in (
        plans.reading(text).problems
    )


def test_a_heading_that_is_missing_takes_no_other_with_it() -> None:
    entries = [
        Heading(2, 1, "第一章 规划"),
        Heading(4, 1, "一、强化保障"),
        Heading(2, 2, "第二章 路网"),
        Heading(2, 3, "第三章 水系"),
        Heading(4, 1, "一、强化保障"),
    ]
    body = lines("第一章 规划\n文字。\n第二章 路网\n文字。\n第三章 水系\n一、强化保障\n文字。")
    headings, missing = locate(body, entries)
    assert [headings[n].title for n in sorted(headings)] == [
        "第一章 规划",
        "第二章 路网",
        "第三章 水系",
        "一、强化保障",
    ]
    assert missing == ["heading in the contents but not in the text: 一、强化保障"]


def test_without_contents_every_line_of_the_form_is_a_heading() -> None:
    headings, missing = locate(lines("第一章 总则\n一、路网\n文字。\n二、水系"), [])
    assert [found.title for found in headings.values()] == ["第一章 总则", "一、路网", "二、水系"]
    assert missing == []


TREE = [
    ("0", 0, (plans.TITLE,)),
    ("P1", 1, ("第一篇 发展基础",)),
    ("1", 2, ("第一篇 发展基础", "第一章 发展环境")),
    ("1.1", 4, ("第一篇 发展基础", "第一章 发展环境", "一、面临的机遇")),
    ("1.2", 4, ("第一篇 发展基础", "第一章 发展环境", "二、面对的挑战")),
    ("2", 2, ("第一篇 发展基础", "第二章 主要目标")),
    ("2.1", 4, ("第一篇 发展基础", "第二章 主要目标", "一、总体目标")),
    ("2.2", 4, ("第一篇 发展基础", "第二章 主要目标", "二、目标展望")),
    ("P2", 1, ("第二篇 重点任务",)),
    ("3", 2, ("第二篇 重点任务", "第三章 建设品质城区")),
    ("3.1", 4, ("第二篇 重点任务", "第三章 建设品质城区", "一、畅通路网")),
    ("3.2", 4, ("第二篇 重点任务", "第三章 建设品质城区", "二、守护水系")),
]


@pytest.mark.parametrize("text", [plans.PLAN, plans.WITHOUT_CONTENTS], ids=["with", "without"])
def test_the_tree_of_a_plan_with_and_without_contents(text: str) -> None:
    reading = plans.reading(text)
    found = [(section.id, section.level, section.path) for section in reading.document.sections]
    assert found == TREE
    assert all(section.title == section.path[-1] for section in reading.document.sections)
    assert reading.problems == ()


def test_chapters_that_restart_carry_their_part() -> None:
    found = [section.id for section in plans.reading(plans.RESTARTED).document.sections]
    expected = "0 P1 P1-1 P1-1.1 P1-1.2 P1-2 P1-2.1 P1-2.2 P2 P2-1 P2-1.1 P2-1.2"
    assert found == expected.split()


@pytest.mark.parametrize(
    ("blocks", "ids"),
    [
        (("第一节 甲", "一、乙", "二、丙", "第二节 丁", "一、戊"), "1 1.1 1.1.1 1.1.2 1.2 1.2.1"),
        (("一、甲", "一、乙"), "1 1.1 1.1-2"),
        (("一、甲", "一、乙", "一、丙"), "1 1.1 1.1-2 1.1-3"),
        (("第二篇 甲", "一、乙"), "1 P2 P2.1"),
    ],
)
def test_ids_of_other_trees(blocks: tuple[str, ...], ids: str) -> None:
    reading = plans.chapter(*blocks, "文字。")
    assert [section.id for section in reading.document.sections] == ids.split()


def test_a_section_without_chapter_or_part() -> None:
    reading = plans.reading("一、甲\n\n文字。\n\n二、乙\n\n文字。\n", pages=None)
    assert [section.id for section in reading.document.sections] == ["0.1", "0.2"]


def test_text_before_the_first_heading_has_a_section_of_its_own() -> None:
    reading = plans.reading("区委建议已通过。\n\n第一章 总则\n\n推进建设。\n", pages=None)
    found = [(section.id, section.path) for section in reading.document.sections]
    assert found == [("0", (plans.TITLE,)), ("1", ("第一章 总则",))]
    assert plans.passage(reading, "0#1").text == "区委建议已通过。"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_title_on_two_lines_is_no_paragraph(between: str) -> None:
    title = f"云渡区国民经济和社会发展{between}第十四个五年规划纲要"
    body = "本纲要根据区委建议编制。\n\n第一章 总则\n\n推进建设。\n"
    reading = plans.reading(f"目录\n第一章 总则\t1\n\n{title}\n\n{body}", pages=1)
    assert plans.texts(reading) == ["本纲要根据区委建议编制。", "推进建设。"]
    assert reading.problems == ()


def test_a_first_line_that_is_not_the_title_is_text() -> None:
    line = "云渡区国民经济和社会发展第十四个五年规划纲要根据区委建议编制，阐明未来五年的发展思路。"
    reading = plans.reading(f"目录\n第一章 总则\t1\n\n{line}\n\n第一章 总则\n\n推进。\n")
    assert plans.texts(reading) == [line, "推进。"]


def test_the_cover_the_contents_and_the_watermark_are_told_apart() -> None:
    reading = plans.reading(plans.PLAN)
    said = [
        (why, reading.document.source[span.start : span.end])
        for why, span in reading.noise
        if why in (Noise.COVER, Noise.CONTENTS, Noise.WATERMARK)
    ]
    kinds = [why for why, _ in said]
    assert kinds == (
        [Noise.COVER] * 2
        + [Noise.WATERMARK]
        + [Noise.COVER] * 4
        + [Noise.WATERMARK]
        + [Noise.CONTENTS] * 12
    )
    assert said[2][1] == "DEMO PDF 试用版"
    assert said[8][1] == "目 录"
    assert said[-1][1] == "二、守护水系·····6"


def test_a_heading_of_the_contents_that_the_text_lacks_is_a_problem() -> None:
    reading = plans.reading(plans.PLAN.replace("\n二、目标展望\n\n展望", "\n展望"))
    assert reading.problems == ("heading in the contents but not in the text: 二、目标展望",)
    assert len(reading.document.sections) == len(TREE) - 1


@pytest.mark.parametrize("indent", ["\t", "\u00a0", "\u2003", "\u3000\u3000", "\t\t", " \t\u00a0"])
@pytest.mark.parametrize("contents", ["", "目录\n第一章 总则\t1\n一、路网\t1\n\n"])
def test_an_indented_heading_is_a_heading(indent: str, contents: str) -> None:
    body = ("第一章 总则", "一、路网", "推进建设。")
    reading = plans.reading(contents + "".join(f"{indent}{line}{indent}\n" for line in body))
    assert [section.title for section in reading.document.sections] == ["第一章 总则", "一、路网"]
    assert plans.texts(reading) == ["推进建设。"]


def test_an_indented_heading_below_a_table_is_no_row() -> None:
    table = "类别\t序号\t名称\n经济\t1\t增长"
    reading = plans.chapter("推进建设。", table, "\t第二章 附则", "\t畅通路网。")
    assert [section.id for section in reading.document.sections] == ["1", "2"]
    assert plans.texts(reading) == ["推进建设。", "畅通路网。"]
    assert len(reading.rows) == 1
