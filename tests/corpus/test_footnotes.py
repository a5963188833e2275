"""Footnotes, joined to their marks."""

from __future__ import annotations

import pytest

from corpus.footnotes import Marks, body, term, within
from corpus.records import Noise, Span
from tests import plans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“四办”：马上办、网上办。", "四办"),
        ("“四治”融合:自治、法治。", "“四治”融合"),
        ("“甲”和“乙”：两个。", "“甲”和“乙”"),
        ("绿道：步行道。", "绿道"),
        ("“十三五”时期末，密度为 4.88。", None),
        ("没有冒号", None),
        ("：没有词", None),
        ("长" * 25 + "：太长", None),
        ("", None),
    ],
)
def test_the_term_that_a_footnote_explains(text: str, expected: str | None) -> None:
    assert term(text) == expected


@pytest.mark.parametrize(
    ("line", "begin"), [("① 四办", 2), ("^①四办", 2), ("^⑫  四办", 4), ("四办①", 0), ("①", 1)]
)
def test_where_the_words_of_a_footnote_begin(line: str, begin: int) -> None:
    assert body(line) == begin


def test_offsets_within_a_span() -> None:
    assert within([1, 5, 9], Span(1, 9)) == [1, 5]


def test_a_mark_is_answered_once() -> None:
    source = "四办^①改革②。"
    marks = Marks()
    marks.read(source, Span(0, len(source)))
    assert marks.answer("文字①") is None
    assert marks.answer("③ 别的") is None
    assert marks.answer("② 改革") == 6
    assert marks.answer("^① 四办") == 2
    assert marks.answer("① 四办") is None
    assert marks.answered == [6, 2]


def test_a_mark_that_opens_a_line_counts_items() -> None:
    source = "①甲②乙"
    marks = Marks()
    marks.read(source, Span(0, len(source)))
    assert marks.answer("① 注") is None
    assert marks.answer("② 注") is None


def test_a_footnote_answers_the_mark_set_last() -> None:
    source = "包括：①甲、②乙。推行“四办”①改革"
    marks = Marks()
    marks.read(source, Span(0, len(source)))
    assert marks.answer("① “四办”：马上办。") == source.rindex("①")


def test_the_footnotes_of_the_made_up_plan() -> None:
    reading = plans.reading(plans.PLAN)
    source = reading.document.source
    assert [(n.id, n.section, n.term, n.text.text) for n in reading.footnotes] == [
        ("fn1", "1.1", "“四上”企业", "“四上”企业：规模以上工业企业、限额以上批零住餐企业。"),
        ("fn2", "3.1", None, "“十三五”时期末，路网密度为4.88千米/平方公里。"),
        ("fn3", "3.1", "四办", "“四办”：马上办、网上办、就近办、一次办。"),
    ]
    before = [source[note.after - 3 : note.after] for note in reading.footnotes]
    assert before == ["”企业", "方公里", "四办”"]


def test_a_paragraph_is_joined_over_its_footnotes() -> None:
    found = plans.texts(plans.reading(plans.PLAN))
    assert found[1] == (
        "2020年，地区生产总值达到320.5亿元，是2015年末的1.6倍。"
        "新增“四上”企业38家，年纳税过千万元楼宇6栋,市场主体突破12万余户。"
    )
    assert found[-2] == (
        "路网密度达到5.98千米/平方公里，推行“四办”服务，新建泵站（规模Q=40m^3/s），"
        "改造微循环道路9条。"
    )


def test_marks_are_noise_in_the_text_and_in_the_note() -> None:
    reading = plans.reading(plans.PLAN)
    source = reading.document.source
    marks = [source[s.start : s.end] for why, s in reading.noise if why is Noise.MARK]
    assert marks == ["^①", "① ", "^①", "②", "^① ", "② "]


def test_a_circled_number_without_footnote_stays() -> None:
    reading = plans.chapter("包括：①甲、②乙。", "③丙。")
    assert plans.texts(reading) == ["包括：①甲、②乙。", "③丙。"]
    assert reading.footnotes == ()


def test_a_list_of_circled_numbers_takes_no_footnote_of_another_section() -> None:
    reading = plans.chapter(
        "包括：①甲、②乙。", "第二章 服务", "推行“四办”^①改革，提升效", "① “四办”：马上办。", "率。"
    )
    assert plans.texts(reading) == ["包括：①甲、②乙。", "推行“四办”改革，提升效率。"]
    assert [note.section for note in reading.footnotes] == ["2"]


def test_a_mark_behind_the_full_stop_leaves_the_paragraph_closed() -> None:
    reading = plans.chapter("推行“四办”改革。^①", "① “四办”：马上办。", "畅通路网。")
    assert plans.texts(reading) == ["推行“四办”改革。", "畅通路网。"]


@pytest.mark.parametrize("mark", ["①", "^①"])
def test_a_footnote_that_is_soft_wrapped_is_one(mark: str) -> None:
    reading = plans.chapter(
        "推行“四办”^①改革，提升效", f"{mark} “四办”：马上办、\n网上办。", "率。"
    )
    assert [note.text.text for note in reading.footnotes] == ["“四办”：马上办、网上办。"]
    assert plans.texts(reading) == ["推行“四办”改革，提升效率。"]


LISTS = (
    "任务包括①甲、②乙两类。",
    "主要有：①甲；②乙。",
    "主要有:①甲，②乙。",
    "任务有①甲、②乙两类。",
    "任务为①甲，②乙两类。",
    "任务（①甲②乙）分工。",
    "①甲，②乙。",
    "主要任务：①推进甲。②推进乙。",
    "任务分为①甲和②乙两类。",
)


@pytest.mark.parametrize("text", LISTS)
def test_a_list_of_circled_numbers_sets_no_marks(text: str) -> None:
    items = ["① 甲类建设大桥。", "② 乙类畅通路网。"]
    reading = plans.chapter(text, *items)
    assert plans.texts(reading) == [text, *("".join(item.split()) for item in items)]
    assert reading.footnotes == ()


@pytest.mark.parametrize(
    "text",
    [
        "深化“放管服”①改革，推行“四办”②服务。",
        "深化放管服①改革，推行四办②服务。",
        "开展“四不两直”①“双随机”②执法。",
        "整治四乱行为①，推行四办②。",
        "推进“放管服”①、“四办”②改革。",
        "深化放管服改革。①推行四办服务。②",
        "包括“放管服”①和“四办”②改革。",
        "主要有：^①改革，^②服务。",
    ],
)
def test_terms_with_circled_numbers_have_footnotes(text: str) -> None:
    reading = plans.chapter(text, "① 注一。", "② 注二。")
    assert [note.text.text for note in reading.footnotes] == ["注一。", "注二。"]
    assert len(plans.texts(reading)) == 1


def test_a_list_and_a_footnote_in_one_sentence() -> None:
    reading = plans.chapter(
        "推行“四办”^①改革，包括①甲、②乙两类。", "① “四办”：马上办。", "② 乙类。"
    )
    assert plans.texts(reading) == ["推行“四办”改革，包括①甲、②乙两类。", "②乙类。"]
    assert [note.term for note in reading.footnotes] == ["四办"]


def test_a_paragraph_of_a_mere_mark_is_none() -> None:
    reading = plans.chapter("推行“四办”改革。", "**①**", "① “四办”：马上办。", "畅通路网。")
    assert plans.texts(reading) == ["推行“四办”改革。", "畅通路网。"]
    assert [note.term for note in reading.footnotes] == ["四办"]


def test_a_footnote_without_words_is_none() -> None:
    reading = plans.chapter("推行“四办”①改革，“五办”②改革。", "①", "② “五办”：马上办。")
    assert [(note.id, note.term) for note in reading.footnotes] == [("fn1", "五办")]
    assert plans.texts(reading) == ["推行“四办”改革，“五办”改革。"]


def test_an_item_below_a_footnote_is_no_word_of_it() -> None:
    reading = plans.chapter("推行“四办”①改革。\n① “四办”：马上办\n（一）畅通路网。")
    assert [note.text.text for note in reading.footnotes] == ["“四办”：马上办"]
    assert plans.texts(reading) == ["推行“四办”改革。", "（一）畅通路网。"]
