"""The bundled plan, against what a reader finds in its text by hand."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from corpus import catalog, document
from corpus.cleanup import quotable
from corpus.pages import pages_of
from corpus.records import Kind, Noise, Pages, Passage, Reading, Span
from tests import plans

pytestmark = pytest.mark.plan

ROOT = Path(__file__).resolve().parents[2]


@cache
def real() -> Reading:
    return document.read(catalog.bundled() / "wuchang-14fyp")


def place(words: str) -> Span:
    """Where words stand in the source; they stand there once."""
    source = real().document.source
    assert source.count(words) == 1, words
    return Span(source.index(words), source.index(words) + len(words))


def page(words: str) -> Pages | None:
    return pages_of([place(words)], real().document.leaves)


def sentence(words: str) -> tuple[Passage, int]:
    """The one sentence that holds these clean words."""
    found = [
        (passage, n)
        for passage in real().document.passages
        for n in range(len(passage.sentences))
        if words in passage.sentence_text(n)
    ]
    assert len(found) == 1, words
    return found[0]


def test_nothing_contradicts_itself() -> None:
    assert real().problems == ()


def test_it_has_as_many_parts_chapters_sections_notes_and_rows_as_the_book() -> None:
    levels = Counter(section.level for section in real().document.sections)
    assert levels == {0: 1, 1: 10, 2: 31, 4: 79}
    assert len(real().footnotes) == 14
    assert len(real().rows) == 17


def test_the_numbers_of_parts_and_chapters_have_no_gap() -> None:
    ids = [section.id for section in real().document.sections]
    assert [name for name in ids if name[0] == "P"] == [f"P{n}" for n in range(1, 11)]
    assert [name for name in ids if name.isdigit()] == [str(n) for n in range(32)]


def test_every_entry_of_the_contents_is_a_section_with_its_page() -> None:
    source = real().document.source
    entries = [source[span.start : span.end] for why, span in real().noise if why is Noise.CONTENTS]
    assert entries[0] == "目 录"
    sections = real().document.sections[1:]
    assert len(sections) == len(entries) - 1 == 120
    for entry, section in zip(entries[1:], sections, strict=True):
        title, last = entry.rstrip("0123456789"), entry[len(entry.rstrip("0123456789")) :]
        assert "".join(title.split()).rstrip("·") == "".join(section.title.split())
        assert section.pages == Pages(int(last or 44), int(last or 44))


@pytest.mark.parametrize(
    ("name", "title", "number"),
    [
        ("P1", "第一篇 发展基础和发展环境", 1),
        ("2.2", "二、面对的新挑战", 8),
        ("5", "第五章 主要目标", 12),
        ("P3", "第三篇 坚持创新驱动，塑造发展新优势", 17),
        ("8", "第八章 大力推动创新赋能发展", 20),
        ("10.1", "一、打造金融之城", 24),
        ("12.2", "二、建设“T轴”", 31),
        ("15.3", "三、深入实施蓝天净土保卫战", 37),
        ("18.3", "三、丰富健康服务供给", 44),
        ("P7", "第七篇 坚持以人民为中心，创造美好幸福生活", 44),
        ("19", "第十九章 努力实现更充分更高质量就业", 44),
        ("19.1", "一、健全就业优先长效机制", 45),
        ("24.3", "三、构建更加保障有力的防灾减灾体系", 55),
        ("30", "第三十章 促进规划落地", 64),
        ("31.3", "三、强化资金保障", 66),
    ],
)
def test_a_heading_has_the_page_of_the_contents(name: str, title: str, number: int) -> None:
    found = next(section for section in real().document.sections if section.id == name)
    assert found.title == title
    assert found.pages == Pages(number, number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("是全区人民群众的共同愿景。", 1),
        ("统筹推进“五位一体”总\n", 1),
        ("体布局，协调推进“四个全面”战略布局，坚决贯彻", 2),
        ("年纳税过亿元楼\n", 2),
        ("宇 28 栋", 3),
        ("产业集群加快崛起。", 3),
        ("创新动能持续释放。", 4),
        ("五年累计完成各类房屋征收\n", 4),
        ("588 万平方米", 5),
        ("四治”融合:自治", 6),
        ("领和服务群众的能力大幅增强。", 7),
        ("① “放管服”：", 7),
        ("超大规模市场潜力将不断\n", 7),
        ("释放，对外开放将朝着更高水平深化", 8),
        ("地区生产总值规模超过 2200 亿元", 13),
        ("口碑效应。", 14),
        ("到 2025 年，金融业增加值力争突破 560 亿元。", 25),
        ("文化产业增加值达到 220 亿元", 25),
        ("各 10 家。", 27),
        (r"$Q=40\text{m}^3/\text{s}$", 33),
        ("扩大新生路雨水泵站前池", 34),
        ("9/10 万和 2.5‰ 以下", 41),
        ("提档升级阳关家园，持\n", 42),
        ("续提高残疾人康复服务水平", 43),
        ("做好“八五”\n", 60),
        ("普法，推进法治文化阵地提档升级", 61),
        ("全区经济社会发展全局的重大\n", 65),
        ("奋力夺取建设高质量发展的社会主义现代化武昌的新胜利！", 66),
    ],
)
def test_the_page_of_words_worked_out_by_hand(words: str, number: int) -> None:
    assert page(words) == Pages(number, number)


def test_row_8_is_on_the_last_line_of_page_15_and_row_9_on_16() -> None:
    found = {name: plans.passage(real(), f"5#t1.{name}") for name in (1, 8, 9, 17)}
    assert {name: passage.pages for name, passage in found.items()} == {
        1: Pages(15, 15),
        8: Pages(15, 15),
        9: Pages(16, 16),
        17: Pages(16, 16),
    }
    assert dict(found[8].fields)["指标名称"] == "劳动年龄人口平均受教育年限"
    assert dict(found[9].fields)["指标名称"] == "每千人口拥有执业(助理)医师数"


@pytest.mark.parametrize(
    ("words", "section", "expected"),
    [
        ("年纳税过亿元楼宇28栋", "1", Pages(2, 3)),
        ("金融业增加值力争突破560亿元", "10.1", Pages(25, 25)),
        ("提升保险保障水平", "10.1", Pages(24, 25)),
        ("武汉市创建国家数字经济创新发展试验区任务", "8.1", Pages(20, 21)),
        ("规划规模Q=40m^3/s），扩大新生路雨水泵站前池", "13.3", Pages(33, 34)),
        ("做好“八五”普法，推进法治文化阵地", "27.2", Pages(60, 61)),
        ("全局的重大项目。", "31.2", Pages(65, 66)),
    ],
)
def test_a_sentence_is_joined_over_its_page_turn(words: str, section: str, expected: Pages) -> None:
    passage, n = sentence(words)
    assert passage.section == section
    assert passage.kind is Kind.TEXT
    assert pages_of(passage.sentence_spans(n), real().document.leaves) == expected


def test_a_soft_wrapped_paragraph_is_one() -> None:
    (only,) = [found for found in real().paragraphs if found.section == "18.1"]
    assert only.text.text.startswith(
        "完善居民健康素养监测体系，强化个人健康责任，引导形成自主自律、"
    )
    assert "形成人人热爱健康" in only.text.text


def test_a_sentence_over_a_page_turn_is_quoted_as_one_run() -> None:
    passage, n = sentence("年纳税过亿元楼宇28栋")
    source = real().document.source
    (run,) = quotable(source, passage.sentence_spans(n))
    quote = source[run.start : run.end]
    assert quote.startswith("总部经济、楼宇经济发展水平大幅提升，")
    assert quote.endswith("获评全国楼宇经济活力城区。")
    assert "楼\n\n宇 28 栋" in quote


def test_a_sentence_over_a_footnote_is_quoted_as_two_runs() -> None:
    passage, n = sentence("扩大新生路雨水泵站前池")
    source = real().document.source
    runs = quotable(source, passage.sentence_spans(n))
    quotes = [source[run.start : run.end] for run in runs]
    assert len(quotes) == 2
    assert quotes[0].endswith(r"（规划规模 $Q=40\text{m}^3/\text{s}$ ），")
    assert quotes[1].startswith("扩大新生路雨水泵站前池")


NOTES = [
    ("1", "“四上”企业"),
    ("1", "“四治”融合"),
    ("1", "放管服"),
    ("1", "四办"),
    ("1", "五级联通"),
    ("13.2", None),
    ("20.1", "五育并举"),
    ("20.2", "警校家+"),
    ("24.1", "四不两直"),
    ("24.1", "双随机一公开"),
    ("24.1", "三项制度"),
    ("25.3", "四民工作法"),
    ("25.3", "四议两公开"),
    ("26.2", "“颗粒化”审批"),
]


def test_the_footnotes_know_their_terms_and_sections() -> None:
    assert [(note.section, note.term) for note in real().footnotes] == NOTES
    assert [note.id for note in real().footnotes] == [f"fn{n}" for n in range(1, 15)]


def test_the_footnotes_stand_behind_their_terms() -> None:
    source = real().document.source
    for note in real().footnotes:
        before = source[note.after - 12 : note.after]
        assert source[note.after] in "^①②③"
        if note.term is not None:
            assert note.term.replace("“", "").replace("”", "") in before.replace("“", "").replace(
                "”", ""
            )


def test_no_mark_and_no_markup_is_left() -> None:
    for passage in real().document.passages:
        assert not set("①②③*$\\{}\n\t") & set(passage.text), passage.id
        assert "WPS" not in passage.text


def test_row_12_by_its_labels() -> None:
    row = real().rows[11]
    assert row.labelled == (
        ("类别", "民生福祉"),
        ("序号", "12"),
        ("指标名称", "人均预期寿命"),
        ("单位", "年"),
        ("2020年", "81.4"),
        ("2025年", "83"),
        ("平均增速[累计]", "0.32"),
        ("属性", "预期性"),
    )
    assert row.section == "5"


def test_the_categories_and_kinds_of_all_rows() -> None:
    rows = [dict(row.labelled) for row in real().rows]
    assert [row["序号"] for row in rows] == [str(n) for n in range(1, 18)]
    assert Counter(row["类别"] for row in rows) == {
        "经济发展": 2,
        "创新驱动": 3,
        "民生福祉": 7,
        "绿色生态": 5,
    }
    binding = [row["序号"] for row in rows if row["属性"] == "约束性"]
    assert binding == ["8", "13", "14", "15", "16", "17"]


def test_every_row_is_of_the_one_table() -> None:
    assert {row.caption for row in real().rows} == {"专栏“十四五”时期经济社会发展主要指标"}


@pytest.mark.parametrize(
    ("name", "begins", "path"),
    [
        ("0#1", "武昌区国民经济和社会发展的第十四个五年规划和2035年远景目标纲要，", 1),
        ("P3#1", "充分发挥市场配置创新资源的决定性作用，", 1),
        ("5#t1.12", "类别：民生福祉；序号：12；指标名称：人均预期寿命；", 3),
        ("10.1#1", "做大做强总部型金融机构体系，", 3),
        ("12.1#2", "武昌古城推进大黄鹤楼武昌古城历史风貌区建设，", 3),
        ("24.1#fn10", "“双随机一公开”：在监管过程中随机抽取检查对象，", 3),
        ("31.3#1", "加强规划实施的资金保障力度，", 3),
    ],
)
def test_ids_stay_what_they_are(name: str, begins: str, path: int) -> None:
    found = plans.passage(real(), name)
    assert found.text.startswith(begins)
    assert len(found.path) == path


def test_a_path_leads_from_the_part_to_the_section() -> None:
    assert plans.passage(real(), "10.1#1").path == (
        "第四篇 坚持质效优先，推动经济体系升级",
        "第十章 推动重点产业集群化发展",
        "一、打造金融之城",
    )


def test_passages_are_short_and_whole_sentences() -> None:
    texts = [passage for passage in real().document.passages if passage.kind is Kind.TEXT]
    assert all(len(passage.text) <= 400 for passage in texts)
    assert all(passage.text[-1] in "。！？；：”" for passage in texts)


def test_pages_go_up_from_1_to_66_and_most_are_exact() -> None:
    leaves = real().document.leaves
    assert (leaves[0].pages, leaves[-1].pages) == (Pages(1, 1), Pages(66, 66))
    firsts = [leaf.pages.first for leaf in leaves]
    assert firsts == sorted(firsts)
    assert {number for leaf in leaves for number in (leaf.pages.first, leaf.pages.last)} == set(
        range(1, 67)
    )
    assert sum(leaf.pages.exact for leaf in leaves) > 0.95 * len(leaves)


@pytest.mark.parametrize("word", ["武昌", "wuchang"])
def test_no_code_knows_the_plan(word: str) -> None:
    code = [
        path
        for room in ("corpus", "index", "assistant", "eval")
        for path in (ROOT / room).rglob("*.py")
    ]
    assert len(code) > 10
    assert [str(path) for path in code if word in path.read_text("utf-8").lower()] == []
