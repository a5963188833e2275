"""Lines of cells to rows that know their header, caption and category."""

from __future__ import annotations

import pytest

from corpus.cleanup import lines
from corpus.passages import labelled
from corpus.records import Cell, Span
from corpus.tables import cells, continues, same, tables
from tests import plans

HEADER = "类别\t序号\t名称"


def words(source: str) -> list[list[str]]:
    return [[cell.text for cell in cells(line, source)] for line in lines(source)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("甲\t乙\t丙", ["甲", "乙", "丙"]),
        ("\t乙\t丙", ["", "乙", "丙"]),
        ("甲\t\t丙", ["甲", "", "丙"]),
        ("甲\t乙\t", ["甲", "乙", ""]),
        (" \t乙\t 丙 ", ["", "乙", "丙"]),
        ("\u3000\t2\t研发 投入", ["", "2", "研发 投入"]),
        ("没有制表符", ["没有制表符"]),
    ],
)
def test_cells_are_trimmed(line: str, expected: list[str]) -> None:
    assert words(f"前面。\n{line}\n后面。")[1] == expected


def test_cells_know_where_they_stand() -> None:
    source = "前\n\t 乙 \t丙\r\n"
    assert cells(lines(source)[1], source) == (
        Cell("", Span(2, 2)),
        Cell("乙", Span(4, 5)),
        Cell("丙", Span(7, 8)),
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"专栏1 指标\n{HEADER}\n经济\t1\t增长", [(1, 3, 0)]),
        (f"文字。\n{HEADER}\n经济\t1\t增长\n文字。", [(1, 3, None)]),
        (f"{HEADER}\n经济\t1\t增长\n{HEADER}\n民生\t2\t寿命", [(0, 2, None), (2, 4, None)]),
        (f"{HEADER}\n经济\t1\t增长\n甲\t乙\t丙\t丁\n戊\t己\t庚\t辛", [(0, 2, None), (2, 4, None)]),
        (HEADER, []),
        ("指标\t数值\n增长\t7", []),
        ("指标\t目标\n人口\t100万人\n面积\t20平方公里", [(0, 3, None)]),
        ("指标\t2025年\n人口\t100万人\n比重\t完成目标\n面积\t20平方公里", [(0, 4, None)]),
        ("表1 分工\n项目\t单位\n绿道\t园林局\n路网\t城建局", [(1, 4, 0)]),
        ("项目\t单位\n绿道\t园林局\n路网\t城建局", []),
        ("第一章 总则\t1\n第二章 路网\t2\n第三章 水系\t3", []),
        ("一、\t路网5公里\n二、\t水系6公里\n三、\t绿道7公里", []),
        ("①\t路网\n②\t水系6公里\n③\t绿道7公里", []),
        ("推进建设。\t完成\n人口\t100万人\n面积\t20平方公里", []),
        ("指标\t目标\n人口\t100万人。\n面积\t20平方公里", []),
        ("指标\t目标\n\t100万人\n面积\t20平方公里", []),
        ("\t\t推进建设\n\t\t畅通路网\n\t\t守护水系", []),
        ("文字。", []),
        ("", []),
    ],
)
def test_runs_of_lines_of_as_many_cells_are_tables(
    source: str, expected: list[tuple[int, int, int | None]]
) -> None:
    found = tables(lines(source), source)
    assert [(table.first, table.end, table.caption) for table in found] == expected


def test_a_repeated_header_is_the_same_in_another_spelling() -> None:
    source = f"{HEADER}\n经济\t1\t增长\n类 别\t序号\t名　称\n民生\t2\t寿命"
    one, other = tables(lines(source), source)
    assert same(one.lines[0], other.lines[0])
    assert not same(one.lines[0], one.lines[1])
    assert continues(other, one.lines[0])
    assert not continues(other, one.lines[1])


def test_a_table_with_a_caption_continues_nothing() -> None:
    source = f"专栏2 指标\n{HEADER}\n经济\t1\t增长"
    (table,) = tables(lines(source), source)
    assert not continues(table, table.lines[0])


EXPECTED = {
    "t1.1": ("经济发展", "1", "地区生产总值增长", "%", "-", "7左右", "预期性"),
    "t1.2": ("经济发展", "2", "研发经费投入 增长", "%", "", "-", "预期性"),
    "t1.3": ("民生福祉", "3", "人均预期寿命", "岁", "80.1", "[1.5]", "约束性"),
    "t1.4": ("民生福祉", "4", "基本养老保险参保率", "%", "98", ">98", "预期性"),
    "t1.5": ("绿色生态", "5", "绿化覆盖率", "%", "38.2", "40", "约束性"),
}
LABELS = ("类别", "序号", "指标名称", "单位", "2020年", "2025年", "属性")


def test_rows_over_a_page_turn_know_their_header_and_category() -> None:
    rows = plans.reading(plans.PLAN).rows
    found = {row.id: row.labelled for row in rows}
    assert found == {
        name: tuple(zip(LABELS, values, strict=True)) for name, values in EXPECTED.items()
    }
    assert [row.cells[0].text for row in rows] == ["经济发展", "", "民生福祉", "", "绿色生态"]
    assert {row.section for row in rows} == {"2.1"}


def test_rows_over_a_page_turn_have_one_caption() -> None:
    rows = plans.reading(plans.PLAN).rows
    assert {row.caption for row in rows} == {"专栏1 “十四五”时期主要指标"}


def test_a_row_passage_says_its_values_after_their_headers() -> None:
    reading = plans.reading(plans.PLAN)
    third = plans.passage(reading, "2.1#t1.3")
    assert third.text == (
        "类别：民生福祉；序号：3；指标名称：人均预期寿命；单位：岁；2020年：80.1；"
        "2025年：[1.5]；属性：约束性"
    )
    assert third.path[-2:] == ("一、总体目标", "专栏1 “十四五”时期主要指标")
    assert third.fields == tuple(zip(LABELS, EXPECTED["t1.3"], strict=True))
    (span,) = third.sentence_spans(0)
    assert reading.document.source[span.start : span.end] == (
        "民生福祉\t3\t人均预期寿命\t岁\t80.1\t[1.5]\t约束性"
    )


def test_empty_values_are_left_unsaid() -> None:
    second = plans.reading(plans.PLAN).rows[1]
    assert labelled(second.labelled) == (
        "类别：经济发展；序号：2；指标名称：研发经费投入 增长；单位：%；属性：预期性"
    )


def test_a_row_that_inherits_begins_at_its_own_first_cell() -> None:
    reading = plans.reading(plans.PLAN)
    line = reading.rows[3].line
    assert reading.document.source[line.start : line.end].startswith("4\t基本养老")


TABLE = f"{HEADER}\n经济\t1\t增长"


def test_two_captions_are_two_tables() -> None:
    reading = plans.chapter(f"专栏1 甲\n\n{TABLE}", f"专栏2 乙\n\n{TABLE}")
    assert [(row.id, row.caption) for row in reading.rows] == [
        ("t1.1", "专栏1 甲"),
        ("t2.1", "专栏2 乙"),
    ]


def test_a_table_without_caption_has_none() -> None:
    reading = plans.chapter("推进建设。", TABLE)
    assert [row.caption for row in reading.rows] == [""]
    assert plans.passage(reading, "1#t1.1").path == ("第一章 总则",)


def test_a_table_without_caption_does_not_take_that_of_another() -> None:
    other = "名称\t单位\t数值\n路网\t公里\t9"
    reading = plans.chapter(f"专栏1 甲\n\n{TABLE}", "推进建设。", other)
    assert [(row.id, row.caption) for row in reading.rows] == [("t1.1", "专栏1 甲"), ("t2.1", "")]


def test_a_table_under_another_heading_continues_nothing() -> None:
    reading = plans.chapter(f"专栏1 甲\n\n{TABLE}", "第二章 附则", "推进建设。", TABLE)
    assert [(row.id, row.section) for row in reading.rows] == [("t1.1", "1"), ("t2.1", "2")]


def test_a_sentence_before_a_table_is_no_caption() -> None:
    reading = plans.chapter("表彰一批先进集体，名单如下。", TABLE)
    assert plans.texts(reading) == ["表彰一批先进集体，名单如下。"]


def test_a_table_before_any_heading_is_not_lost() -> None:
    reading = plans.reading(f"目录\n第一章 总则\t1\n\n{TABLE}\n\n第一章 总则\n\n推进建设。\n")
    assert [passage.id for passage in reading.document.passages] == [
        "yundu-14fyp/0#t1.1",
        "yundu-14fyp/1#1",
    ]


def test_a_row_with_fewer_cells_makes_no_header_of_the_next() -> None:
    table = f"{HEADER}\n经济\t1\t增长\n小计\t1\n民生\t2\t寿命\n绿色\t3\t绿化"
    reading = plans.chapter("专栏1 甲", table)
    labels = {tuple(cell.text for cell in row.header) for row in reading.rows}
    assert labels == {("类别", "序号", "名称")}


def test_no_heading_is_looked_for_in_a_table() -> None:
    text = "类别\t序号\t名称\n一、路网\t1\t增长\n二、水系\t2\t比重"
    reading = plans.chapter(text)
    assert [section.id for section in reading.document.sections] == ["1"]
    assert [row.category for row in reading.rows] == ["一、路网", "二、水系"]


PAIRS = "指标\t目标\n人口\t100万人\n面积\t20平方公里"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_table_of_two_columns_is_no_running_text(between: str) -> None:
    reading = plans.chapter("主要目标：", PAIRS, "完成。", between=between)
    assert [row.labelled for row in reading.rows] == [
        (("指标", "人口"), ("目标", "100万人")),
        (("指标", "面积"), ("目标", "20平方公里")),
    ]
    assert plans.texts(reading) == ["主要目标：", "完成。"]
    assert plans.passage(reading, "1#t1.1").text == "指标：人口；目标：100万人"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_of_two_cells_that_are_no_table_are_paragraphs_of_their_own(between: str) -> None:
    rows = ("项目\t单位", "绿道\t园林局", "路网\t城建局")
    reading = plans.chapter("推进建设", *rows, "完成。", between=between)
    assert reading.rows == ()
    assert plans.texts(reading) == ["推进建设", "项目单位", "绿道园林局", "路网城建局", "完成。"]


def test_a_single_line_with_a_tab_is_running_text() -> None:
    assert plans.texts(plans.chapter("推进\n路网\t水系\n建设。")) == ["推进路网水系建设。"]


def test_headings_with_tabs_are_no_table() -> None:
    reading = plans.chapter(
        "一、\t路网5公里", "二、\t水系6公里", "三、\t绿道7公里", "文字。", between="\n"
    )
    assert [section.id for section in reading.document.sections] == ["1", "1.1", "1.2", "1.3"]


def test_the_contents_are_no_table() -> None:
    entries = "第一章 总则\t1\n第二章 路网\t2\n第三章 水系\t3\n\n"
    body = "第一章 总则\n推进。\n第二章 路网\n建设。\n第三章 水系\n守护。\n"
    for text in (f"目录\n{entries}{body}", entries + body):
        assert plans.reading(text).rows == ()
