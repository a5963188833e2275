"""Lines, and clean text that is made of pieces of the source."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import coverage
from corpus.cleanup import MARK, Line, clean, is_item, is_open, lines, quotable
from corpus.records import Noise, Pages, Span, Traced
from tests import plans

MESSY = st.text("国家1a 。，\n\t\u3000\u00a0\u2003*$\\{}^①②tex", max_size=60)


def cleaned(text: str, marks: tuple[int, ...] = ()) -> str:
    return clean(text, Span(0, len(text)), marks)[0].text


def test_lines_are_trimmed_and_know_where_they_stand() -> None:
    source = "\ufeff甲\n\u3000\u3000乙 乙 \r\n\n \n丙\n\t丁\t\n"
    assert lines(source) == [
        Line("甲", Span(1, 2), False),
        Line("乙 乙", Span(5, 8), True),
        Line("丙", Span(14, 15), False),
        Line("丁", Span(17, 18), True),
    ]


@pytest.mark.parametrize(
    "space", ["\t", "\u00a0", "\u2003", "\u3000", " \t\u00a0 ", "\f", "\v", "\x1f"]
)
def test_a_line_is_trimmed_of_all_white_space(space: str) -> None:
    source = f"甲\n{space}乙{space}丙{space}\n{space}\n丁"
    start, end = 2 + len(space), 4 + 2 * len(space)
    assert lines(source)[1:] == [
        Line(f"乙{space}丙", Span(start, end), True),
        Line("丁", Span(len(source) - 1, len(source)), False),
    ]


@plans.properties
@given(MESSY)
def test_a_line_is_a_piece_of_the_source(source: str) -> None:
    found = lines(source)
    for line in found:
        assert line.text == source[line.span.start : line.span.end]
        assert line.text.strip()
        assert "\n" not in line.text
    assert all(one.span.end < other.span.start for one, other in pairwise(found))
    assert sum(len(line.text.strip()) for line in found) == sum(
        len(raw.strip()) for raw in source.split("\n")
    )


@pytest.mark.parametrize(
    "text",
    [
        "推进建设。",
        "主要是：",
        "路网畅通；",
        "新胜利！",
        "怎么办？",
        "等等.....。”",
        "“先急后缓。”",
        "（见附表。）",
        "(见附表。)",
        "**高质量发展。**",
        "建设。 ",
        "new:",
    ],
)
def test_a_paragraph_that_is_closed(text: str) -> None:
    assert not is_open(text)


@pytest.mark.parametrize(
    "text", ["年纳税过亿元楼", "做好“八五”", "建设，", "（规模", "打造、", "达到 5", "（试行）", ""]
)
def test_a_paragraph_that_goes_on(text: str) -> None:
    assert is_open(text)


@pytest.mark.parametrize(
    "text",
    ["——目标", "（一）办法", "（十二）办法", "1.办法", "12、办法", "3．办法", "- 办法", "• 办法"],
)
def test_a_line_that_opens_an_item(text: str) -> None:
    assert is_item(text)


@pytest.mark.parametrize("text", ["宇 28 栋", "一是办法", "（规模", "2025 年", "“四办”", "普法，"])
def test_a_line_that_opens_no_item(text: str) -> None:
    assert not is_item(text)


@pytest.mark.parametrize("text", ["5.98 千米", "7.2 万个", "7、8 号线", "1.78倍"])
def test_a_number_opens_no_item(text: str) -> None:
    assert not is_item(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到 2025 年，", "到2025年，"),
        ("2025年", "2025年"),
        ("思路 and 重点", "思路and重点"),
        ("VR AR 互娱", "VR AR互娱"),
        ("约 2.5 MPa", "约2.5 MPa"),
        ("**四是**自身", "四是自身"),
        ("——**迈上新台阶。**创新", "——迈上新台阶。创新"),
        (f"规模 {plans.FORMULA} ），", "规模Q=40m^3/s），"),
        ("控烟限\n酒，", "控烟限酒，"),
        ("５Ｇ　网络", "５Ｇ网络"),
        ("第一\t第二", "第一第二"),
        ("５ * 3", "５* 3"),
        ("没有噪声。", "没有噪声。"),
    ],
)
def test_clean_leaves_noise_out(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_only_the_marks_that_were_answered_are_left_out() -> None:
    text = "“四上”企业^①38 家，包括①甲②乙"
    assert cleaned(text, (6,)) == "“四上”企业38家，包括①甲②乙"
    assert cleaned(text, (6, 15)) == "“四上”企业38家，包括甲②乙"
    assert cleaned(text) == "“四上”企业^①38家，包括①甲②乙"


def test_noise_says_why() -> None:
    text = "a **b** ①\n$x\\text{m}$"
    _, noise = clean(text, Span(0, len(text)), (8,))
    assert [(why, text[span.start : span.end]) for why, span in noise] == [
        (Noise.MARKUP, "**"),
        (Noise.MARKUP, "**"),
        (Noise.SPACE, " "),
        (Noise.MARK, "①"),
        (Noise.SPACE, "\n"),
        (Noise.MARKUP, "$"),
        (Noise.MARKUP, "\\text{"),
        (Noise.MARKUP, "}"),
        (Noise.MARKUP, "$"),
    ]


def test_spans_count_in_the_whole_source() -> None:
    source = "前面。到 2025 年^①止。后面"
    text, noise = clean(source, Span(3, 15), (11,))
    assert text == Traced("到2025年止。", (Span(3, 4), Span(5, 9), Span(10, 11), Span(13, 15)))
    assert noise == [
        (Noise.SPACE, Span(4, 5)),
        (Noise.SPACE, Span(9, 10)),
        (Noise.MARK, Span(11, 13)),
    ]


@pytest.mark.parametrize("text", ["$PM_{2.5}$浓度", "$10^{4}$人", r"$40\text{m}^{3}$"])
def test_no_half_of_a_pair_of_braces_is_left(text: str) -> None:
    result = cleaned(text)
    assert result.count("{") == result.count("}")


@pytest.mark.parametrize(("text", "sign"), [(r"$\geq 90$分", "geq"), (r"$5\times 10$米", "times")])
def test_a_relation_or_operation_is_no_markup(text: str, sign: str) -> None:
    assert sign in cleaned(text)


@plans.properties
@given(MESSY, st.data())
def test_clean_text_and_noise_tile_the_source(source: str, data: st.DataObject) -> None:
    places = [found.start() for found in MARK.finditer(source)]
    marks = sorted(data.draw(st.sets(st.sampled_from(places)))) if places else []
    start = data.draw(st.integers(0, len(source)))
    span = Span(start, data.draw(st.integers(start, len(source))))
    # A mark that the span cuts in two is none of its own.
    inside = [at for at in marks if span.start <= at and at + 2 <= span.end]
    text, noise = clean(source, span, inside)
    tiles = sorted([*text.spans, *(where for _, where in noise)])
    assert [tile.start for tile in tiles] == [span.start, *(t.end for t in tiles)][: len(tiles)]
    assert not tiles or tiles[-1].end == span.end
    assert all(len(tile) for tile in tiles)
    assert text.text == "".join(source[piece.start : piece.end] for piece in text.spans)
    for why, where in noise:
        left_out = source[where.start : where.end]
        assert left_out.isspace() == (why is Noise.SPACE)
        assert not any(char in "国家1。，" for char in left_out)


@plans.properties
@given(st.text("国1。 ", max_size=40), st.data())
def test_cutting_reproduces_the_text_and_its_spans_reproduce_it(
    source: str, data: st.DataObject
) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=8)))
    spans = tuple(Span(*pair) for pair in list(pairwise(cuts))[::2])
    whole = Traced("".join(source[s.start : s.end] for s in spans), spans)
    start = data.draw(st.integers(0, len(whole.text)))
    end = data.draw(st.integers(start, len(whole.text)))
    piece = whole.cut(start, end)
    assert piece.text == whole.text[start:end]
    assert piece.text == "".join(source[s.start : s.end] for s in piece.spans)
    assert all(len(span) for span in piece.spans)
    rest = whole.cut(0, start) + piece + whole.cut(end, len(whole.text))
    assert rest.text == whole.text
    assert "".join(source[s.start : s.end] for s in rest.spans) == whole.text


def test_a_cut_by_hand() -> None:
    whole = Traced("甲乙丙丁", (Span(10, 12), Span(20, 22)))
    assert whole.cut(1, 3) == Traced("乙丙", (Span(11, 12), Span(20, 21)))
    assert whole.cut(2, 4) == Traced("丙丁", (Span(20, 22),))
    assert whole.cut(2, 2) == Traced("", ())


@pytest.mark.parametrize(
    ("source", "spans", "runs"),
    [
        ("到 2025 年", [(0, 1), (2, 6), (7, 8)], [(0, 8)]),
        ("企业^①38", [(0, 2), (4, 6)], [(0, 6)]),
        ("**四是**自", [(2, 4), (6, 7)], [(0, 7)]),
        ("——**质量。**创", [(0, 2), (4, 7)], [(0, 9)]),
        ("**四是**自", [(2, 4)], [(2, 4)]),
        (r"$Q\text{m}$n", [(1, 2), (8, 9), (11, 12)], [(1, 12)]),
        ("楼\n\n宇", [(0, 1), (3, 4)], [(0, 4)]),
        ("楼\n①注\n宇", [(0, 1), (5, 6)], [(0, 1), (5, 6)]),
        ("楼宇", [(0, 1), (1, 2)], [(0, 2)]),
        ("楼宇", [(0, 1)], [(0, 1)]),
        ("楼宇", [], []),
    ],
)
def test_runs_that_can_be_quoted(
    source: str, spans: list[tuple[int, int]], runs: list[tuple[int, int]]
) -> None:
    found = quotable(source, [Span(*span) for span in spans])
    assert found == tuple(Span(*run) for run in runs)


NOISE = set(" \t\n\u3000\u00a0\u2003*$\\{}^①②tex")


@plans.properties
@given(MESSY, st.data())
def test_runs_are_joined_only_over_noise(source: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=10)))
    spans = [Span(*pair) for pair in list(pairwise(cuts))[::2]]
    runs = quotable(source, spans)
    assert len(runs) <= len(spans)
    for run in runs:
        own = [span for span in spans if run.start <= span.start and span.end <= run.end]
        assert source[run.start : own[0].start] in ("", "**")
        assert source[own[-1].end : run.end] in ("", "**")
        for one, other in pairwise(own):
            assert set(source[one.end : other.start]) <= NOISE
    kept = [s for run in runs for s in spans if run.start <= s.start and s.end <= run.end]
    assert kept == spans
    for one, other in pairwise(runs):
        assert source[one.end : other.start].strip()


def test_a_soft_wrapped_paragraph_is_one() -> None:
    text = "水资源约束\n趋紧，人口老龄化\n加快。"
    assert plans.texts(plans.chapter(text)) == ["水资源约束趋紧，人口老龄化加快。"]


def test_single_line_breaks_part_paragraphs_that_are_closed() -> None:
    found = plans.texts(plans.chapter("第一段话。\n第二段话。\n（一）办法一。\n1.条目一。"))
    assert found == ["第一段话。", "第二段话。", "（一）办法一。", "1.条目一。"]


def test_a_text_of_single_line_breaks_is_one_of_paragraphs() -> None:
    blocks = [
        "推进建设，畅通",
        "路网。",
        "第二章 附则",
        "守护水系。",
        "——高质量",
        "发展。",
        "——高品质。",
    ]
    reading = plans.chapter(*blocks, between="\n")
    assert plans.texts(reading) == [
        "推进建设，畅通路网。",
        "守护水系。",
        "——高质量发展。",
        "——高品质。",
    ]


@pytest.mark.parametrize(
    "item", ["（一）办法。", "1.条目。", "——目标。", "专栏1 指标", "1. 目标任务"]
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_an_item_or_caption_continues_no_open_line(item: str, between: str) -> None:
    assert plans.texts(plans.chapter("推进建设", item, between=between)) == [
        "推进建设",
        "".join(item.split()),
    ]


PRINTED = (
    "完善公共服务体系，加快建设城区文化体育中",
    "心，合理布局一批社区健身小广场，推进场地",
    "开放，推动机关学校和企事业单位共享设施。",
    "建立健全健康促进和教育体系，从小抓起，普",
    "及健康科学知识。",
    "推进健康饮食文化建设，常态化创建卫生城区",
    "并持续控烟。",
)


def test_a_printed_line_that_is_full_goes_on_though_it_ends_a_sentence() -> None:
    # The third line ends with its sentence at the margin, the fifth far from it.
    found = plans.texts(plans.chapter("\n".join(PRINTED)))
    assert found == ["".join(PRINTED[:5]), "".join(PRINTED[5:])]


def test_a_blank_line_below_a_full_line_ends_the_paragraph() -> None:
    text = "\n".join(PRINTED[:3]) + "\n\n" + "\n".join(PRINTED[3:])
    found = plans.texts(plans.chapter(text))
    assert found == ["".join(PRINTED[:3]), "".join(PRINTED[3:5]), "".join(PRINTED[5:])]


def test_paragraphs_of_one_length_are_no_printed_lines() -> None:
    blocks = [f"推进{name}建设，完善城区公共服务体系工作。" for name in "甲乙丙丁"]
    assert plans.texts(plans.chapter(*blocks, between="\n")) == blocks


def test_a_titled_item_over_two_printed_lines_is_one() -> None:
    text = (
        "（一）加强规划组织领导和统筹协调机制建\n设，落实各部门主体责任和属地管理责任，推\n进项目。"
    )
    assert plans.texts(plans.chapter(text)) == [text.replace("\n", "")]


def test_a_paragraph_is_joined_over_a_page_turn() -> None:
    assert plans.texts(plans.chapter("年纳税过亿元楼", "宇 28 栋。")) == ["年纳税过亿元楼宇28栋。"]


def test_a_closed_paragraph_is_not_joined() -> None:
    assert plans.texts(plans.chapter("推进建设。", "宇 28 栋。")) == ["推进建设。", "宇28栋。"]


def test_a_paragraph_goes_on_with_a_decimal_number() -> None:
    assert plans.texts(plans.chapter("路网密度达到", "5.98 千米。")) == ["路网密度达到5.98千米。"]


def test_an_item_is_not_joined_to_what_goes_before() -> None:
    found = plans.texts(plans.chapter("主要目标", "——高质量发展。", "——高品质生活。"))
    assert found == ["主要目标", "——高质量发展。", "——高品质生活。"]


TITLES = (
    "专栏2 重大项目工程",
    "专栏 2：重大项目工程",
    "专栏“十四五”时期主要指标",
    "专栏三 创新驱动，数字经济工程",
    "表1 主要指标",
    "表 3-2 主要指标（2025年）",
    "附表一 主要指标",
    "图2 空间布局示意图",
    "1. 目标任务",
    "12．目标任务",
    "3、目标任务",
    "（一）加强组织领导",
)


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("title", TITLES)
def test_a_caption_or_short_title_is_a_paragraph_of_its_own(title: str, between: str) -> None:
    contents = "目录\n第一章 总则\t1\n第二章 附则\t1\n\n"
    body = ("第一章 总则", "推进", title, "建设大桥。", "第二章 附则", "文字。")
    reading = plans.reading(contents + between.join(body) + "\n", pages=1)
    assert plans.texts(reading) == ["推进", "".join(title.split()), "建设大桥。", "文字。"]
    assert reading.problems == ()
    assert {leaf.pages for leaf in reading.document.leaves} == {Pages(1, 1)}


@pytest.mark.parametrize(
    "line",
    ["表彰先进集体", "图书馆建设", "表明居民收入", "专栏目建设", "1.5倍以上", "表一致的意见"],
)
def test_words_that_begin_like_a_caption_or_title_continue_their_paragraph(line: str) -> None:
    assert plans.texts(plans.chapter("推进", line, "提升。")) == [f"推进{line}提升。"]


def test_a_titled_item_is_not_glued_to_the_paragraph_below_it() -> None:
    found = plans.texts(plans.chapter("（一）加强组织领导", "各部门要落实责任。"))
    assert "（一）加强组织领导各部门要落实责任。" not in found


def test_a_watermark_between_soft_wrapped_lines_is_no_word_of_the_paragraph() -> None:
    reading = plans.chapter("加快绿色\nDEMO PDF试用版\n发展。")
    assert plans.texts(reading) == ["加快绿色发展。"]


@pytest.mark.parametrize("line", ["**", "****", r"$\text{}$", "** **", "$ $", "${}$ **"])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_line_of_mere_markup_is_no_paragraph(line: str, at: int) -> None:
    blocks = ["推进建设。", "畅通路网。"]
    blocks.insert(at, line)
    reading = plans.chapter(*blocks)
    assert plans.texts(reading) == ["推进建设。", "畅通路网。"]
    assert reading.document.passages[0].text == "推进建设。畅通路网。"


@pytest.mark.parametrize("line", ["**", r"$\text{}$"])
def test_a_line_of_mere_markup_parts_no_paragraph(line: str) -> None:
    reading = plans.chapter(f"推进\n{line}\n建设。\n{line}\n畅通路网。")
    assert plans.texts(reading) == ["推进建设。", "畅通路网。"]
    assert coverage.gaps(len(reading.document.source), coverage.spans(reading)) == []
    covered = sum(len(span) for span in coverage.spans(reading))
    assert covered == len(reading.document.source)


def test_line_ends_of_another_system_change_no_word() -> None:
    unix, dos = plans.reading(plans.PLAN), plans.reading(plans.PLAN.replace("\n", "\r\n"))
    assert [
        (passage.id, passage.text, passage.pages, passage.path) for passage in dos.document.passages
    ] == [
        (passage.id, passage.text, passage.pages, passage.path)
        for passage in unix.document.passages
    ]
