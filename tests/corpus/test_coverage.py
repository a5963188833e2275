"""Every character of a source belongs to exactly one element or piece of noise."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import catalog, document
from corpus.errors import NoHeadings, SourceEmpty
from corpus.records import Kind, Noise, Reading, Span
from tests import plans


@cache
def read(name: str) -> Reading:
    if name == "real":
        return document.read(catalog.bundled() / "wuchang-14fyp")
    return plans.reading(getattr(plans, name))


every_plan = pytest.mark.parametrize(
    "name",
    ["PLAN", "WITHOUT_CONTENTS", "RESTARTED", pytest.param("real", marks=pytest.mark.plan)],
)


def spans(reading: Reading) -> list[Span]:
    """The spans of all elements and all noise."""
    found = [section.heading for section in reading.document.sections]
    found += [span for paragraph in reading.paragraphs for span in paragraph.text.spans]
    found += [span for note in reading.footnotes for span in note.text.spans]
    found += [cell.span for row in reading.rows for cell in row.cells]
    found += [cell.span for cell in reading.captions]
    found += [span for _, span in reading.noise]
    return sorted(span for span in found if len(span))


def faults(source: str, found: list[Span]) -> list[str]:
    """What belongs to more than one span, and what belongs to none."""
    twice = [
        f"twice: {source[after.start : before.end]!r}"
        for before, after in pairwise(found)
        if after.start < before.end
    ]
    ends = [0, *(span.end for span in found)]
    starts = [*(span.start for span in found), len(source)]
    gaps = [source[end:start] for end, start in zip(ends, starts, strict=True)]
    return twice + [f"nowhere: {gap!r}" for gap in gaps if gap]


def assert_only_white_space_is_blank(reading: Reading) -> None:
    """What no element was found for is blank; without this check, lost words would be too."""
    source = reading.document.source
    blank = [source[s.start : s.end] for why, s in reading.noise if why is Noise.BLANK]
    assert [words for words in blank if not words.isspace()] == []


def offsets(found: list[Span]) -> Counter[int]:
    """How often each character of the source is in found."""
    return Counter(at for span in found for at in range(span.start, span.end))


@every_plan
def test_every_character_belongs_to_exactly_one_span(name: str) -> None:
    reading = read(name)
    assert faults(reading.document.source, spans(reading)) == []


@every_plan
def test_only_white_space_is_blank(name: str) -> None:
    assert any(why is Noise.BLANK for why, _ in read(name).noise)
    assert_only_white_space_is_blank(read(name))


def test_the_check_of_blanks_sees_a_lost_word() -> None:
    whole = read("PLAN")
    lost = [(Noise.BLANK, span) for span in whole.paragraphs[0].text.spans]
    assert_only_white_space_is_blank(whole)
    with pytest.raises(AssertionError):
        assert_only_white_space_is_blank(replace(whole, noise=(*whole.noise, *lost)))


@every_plan
def test_the_check_misses_no_lost_and_no_doubled_span(name: str) -> None:
    reading = read(name)
    found, source = spans(reading), reading.document.source
    for n in range(0, len(found), 1 + len(found) // 60):
        assert faults(source, found[:n] + found[n + 1 :])
        assert faults(source, [*found[:n], found[n], *found[n:]])


def test_the_check_sees_a_lost_paragraph_note_cell_heading_and_cover() -> None:
    whole = read("PLAN")
    source = whole.document.source
    shorter = (
        replace(whole, paragraphs=whole.paragraphs[1:]),
        replace(whole, footnotes=whole.footnotes[1:]),
        replace(whole, rows=whole.rows[1:]),
        replace(whole, captions=whole.captions[1:]),
        replace(whole, noise=whole.noise[1:]),
        replace(whole, document=replace(whole.document, sections=whole.document.sections[1:])),
    )
    assert all(faults(source, spans(reading)) for reading in shorter)


@every_plan
def test_clean_text_is_the_concatenation_of_its_spans(name: str) -> None:
    reading = read(name)
    source = reading.document.source
    found = [paragraph.text for paragraph in reading.paragraphs]
    found += [note.text for note in reading.footnotes]
    for text in found:
        assert text.text == "".join(source[span.start : span.end] for span in text.spans)
        assert text.text.strip() == text.text != ""


@every_plan
def test_passages_and_sentences_are_the_concatenation_of_their_spans(name: str) -> None:
    reading = read(name)
    source = reading.document.source
    for passage in reading.document.passages:
        if passage.kind is Kind.ROW:
            continue
        assert passage.text == "".join(source[span.start : span.end] for span in passage.spans)
        for n in range(len(passage.sentences)):
            where = passage.sentence_spans(n)
            assert passage.sentence_text(n) == "".join(source[s.start : s.end] for s in where)


@every_plan
def test_sentences_tile_their_passage(name: str) -> None:
    for passage in read(name).document.passages:
        cuts = [0, *(sentence.end for sentence in passage.sentences)]
        assert [sentence.start for sentence in passage.sentences] == cuts[:-1]
        assert cuts[-1] == len(passage.text)
        assert all(sentence.start < sentence.end for sentence in passage.sentences)


@every_plan
def test_cells_and_rows_stand_where_they_say(name: str) -> None:
    reading = read(name)
    source = reading.document.source
    cells = [cell for row in reading.rows for cell in (*row.header, *row.cells)]
    for cell in (*cells, *reading.captions):
        assert cell.text == source[cell.span.start : cell.span.end]
    for row in reading.rows:
        line = source[row.line.start : row.line.end]
        assert "\n" not in line
        assert line.split("\t")[-1].strip() == row.cells[-1].text


@every_plan
def test_no_passage_crosses_a_section(name: str) -> None:
    reading = read(name)
    sections = reading.document.sections
    starts = {section.id: section.heading.start for section in sections}
    ends = dict(
        zip(starts, [*list(starts.values())[1:], len(reading.document.source)], strict=True)
    )
    for passage in reading.document.passages:
        if passage.kind is Kind.FOOTNOTE:
            note = next(n for n in reading.footnotes if passage.id.endswith(f"#{n.id}"))
            assert starts[passage.section] <= note.after < ends[passage.section]
            continue
        for span in passage.spans:
            assert starts[passage.section] <= span.start < span.end <= ends[passage.section]


@every_plan
def test_every_word_of_a_paragraph_is_in_exactly_one_passage(name: str) -> None:
    reading = read(name)
    passages = reading.document.passages
    said = offsets([s for paragraph in reading.paragraphs for s in paragraph.text.spans])
    cited = offsets([s for passage in passages if passage.kind is Kind.TEXT for s in passage.spans])
    assert said == cited
    assert set(said.values()) == {1}


@every_plan
def test_every_row_and_footnote_is_exactly_one_passage(name: str) -> None:
    reading = read(name)
    for kind, found in ((Kind.ROW, reading.rows), (Kind.FOOTNOTE, reading.footnotes)):
        wanted = {f"{reading.document.id}/{item.section}#{item.id}" for item in found}
        passages = [passage.id for passage in reading.document.passages if passage.kind is kind]
        assert len(passages) == len(found)
        assert set(passages) == wanted


@every_plan
def test_ids_are_unique_and_sections_are_known(name: str) -> None:
    found = read(name).document
    ids = [passage.id for passage in found.passages]
    sections = {section.id: section.path for section in found.sections}
    assert len(set(ids)) == len(ids)
    assert len(sections) == len(found.sections)
    for passage in found.passages:
        path = sections[passage.section]
        assert passage.path[: len(path)] == path


@every_plan
def test_reading_twice_gives_the_same(name: str) -> None:
    once = read(name)
    again = read.__wrapped__(name)
    assert again == once
    digests = [passage.digest for passage in once.document.passages]
    assert [passage.digest for passage in again.document.passages] == digests
    assert len(set(digests)) == len(digests)


LINES = (
    "第一篇 基础",
    "第一章 总则",
    "第二章 目标",
    "一、路网",
    "二、水系",
    "推进建设。",
    "推行“四办”^①改革，提升效",
    "率和②质量。",
    "① “四办”：马上办。",
    "②另一个注释。",
    "DEMO PDF试用版",
    "专栏1 指标",
    "类别\t序号\t名称",
    "经济\t1\t增长",
    "\t2\t比重",
    "**一是**加快。",
    "**",
    "规模 $Q=40\\text{m}^3$ ，",
    "（一）办法",
    "——目标",
    "\t缩进的一行。",
    "12",
    "- 2 -",
    "\u00a0第三章 附则",
    "\u2003\t三、绿道\t",
    "第1二章 水系",
    "$\\text{}$",
    "$ $",
    "**①**",
    "①",
    "任务包括①甲、②乙两类。",
    "专栏2 重大项目工程",
    "1. 目标任务",
    "指标\t目标",
    "人口\t100万人",
    "面积\t20平方公里",
    "经济发展水平和城市综合实力再上新的台阶，",
    "经济发展水平和城市综合实力再上新的台阶。",
)


@plans.properties
@given(
    lines=st.lists(
        st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", "\n\n", "\r\n", " \n\u3000\n"])),
        min_size=1,
        max_size=14,
    ),
    contents=st.booleans(),
)
def test_any_mixture_of_lines_is_covered(lines: list[tuple[str, str]], contents: bool) -> None:
    text = "".join(line + end for line, end in lines)
    if contents:
        text = "目录\n第一章 总则\t1\n一、路网……2\n\n" + text
    try:
        reading = plans.reading(text)
    except NoHeadings:
        assert not any(line.startswith(("第", "一、", "二、")) for line, _ in lines) or contents
        return
    except SourceEmpty:
        # Mere headings below a cover, which has no sentence.
        assert not any("。" in line for line, _ in lines)
        return
    assert faults(text, spans(reading)) == []
    assert_only_white_space_is_blank(reading)
    passages = reading.document.passages
    assert all(passage.text.strip() for passage in passages)
    said = offsets([s for paragraph in reading.paragraphs for s in paragraph.text.spans])
    cited = offsets([s for passage in passages if passage.kind is Kind.TEXT for s in passage.spans])
    assert said == cited
    assert len(reading.rows) == sum(passage.kind is Kind.ROW for passage in passages)
    assert len({passage.id for passage in passages}) == len(passages)
    assert not any(plans.WATERMARK in passage.text for passage in passages)
