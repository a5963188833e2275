"""What is said: short answers, sentences, and citations that are the source's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest

from assistant.answer import (
    LONGEST,
    Place,
    citations,
    cite,
    of_comparison,
    of_evidence,
    of_overview,
    rendering,
    trimmed,
)
from assistant.bilingual import phrase
from assistant.records import Citation, Note, Rendering
from assistant.service import Assistant, Stages
from corpus import document as corpus_document
from corpus.records import Document, Kind, Pages, Passage, Span, Translation
from index.build import build
from index.search import Searcher
from index.tokens import WordTable
from tests import plans
from tests.doubles import English, HashEncoder, document, quicken

SECOND = Path(__file__).resolve().parents[1] / "second_plan"
TITLE = "云渡区第十四个五年规划纲要"
Texts = Mapping[str, Sequence[str]]


@cache
def table() -> WordTable:
    return WordTable.of_jieba()


def searcher_of(*documents: Document) -> Searcher:
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table())
        index = build(documents, HashEncoder(width=32))
    return Searcher(index, HashEncoder(width=32))


def asked(question: str, texts: Texts, english: English | None = None) -> Stages:
    made = document("made", texts, english)
    made = replace(made, manifest=replace(made.manifest, title=TITLE))
    return Assistant(searcher_of(made)).stages(question)


@cache
def second() -> Assistant:
    """Asks a made-up plan with tables, footnotes and a translation."""
    return Assistant(searcher_of(corpus_document.read(SECOND).document))


def quotes(found: Sequence[Citation]) -> list[str]:
    return [citation.quote for citation in found]


# One value.

TEA: Texts = {
    "1": ["到2025年，茶叶产量力争突破56万吨。"],
    "2": ["划定红线，保护茶园。", "绿化街道。", "修缮祠堂。", "疏浚河道。", "培训教师。"],
}
TOLD = "By 2025, tea output will exceed 560,000 tons."
TEA_IN_ENGLISH: English = {"1": [TOLD], "2": ["", None, None, None, None]}


def test_a_value_in_the_words_of_the_plan() -> None:
    found = asked("2025年茶叶产量是多少？", TEA).answer
    assert found.short is not None
    assert found.short == found.short_original
    assert "56万吨" in found.short
    assert found.text == TEA["1"][0]
    assert quotes(found.citations) == [TEA["1"][0]]
    assert (found.notes, found.difference) == ((), None)


def test_a_value_in_english_has_the_plans_in_brackets() -> None:
    found = asked("How much tea output will there be in 2025?", TEA, TEA_IN_ENGLISH).answer
    assert found.short_original is not None
    assert "56万吨" in found.short_original
    assert found.short is not None
    assert found.short.endswith(f" ({found.short_original})")
    assert "560,000 tons" in found.short
    assert found.text == TOLD
    assert quotes(found.citations) == [TEA["1"][0]]
    assert found.notes == (Note.UNOFFICIAL_TRANSLATION,)


def test_a_value_without_english_is_told_as_the_plan_words_it() -> None:
    found = Assistant(searcher_of(document("made", TEA))).ask("2025年茶叶产量是多少？", "en")
    assert found.short is not None
    assert "56万吨" in found.short
    assert found.short == found.short_original
    assert (found.text, found.notes) == (TEA["1"][0], (Note.NOT_TRANSLATED,))


FILL, MORE = (
    "，".join(f"{place}坚持统筹规划有序推进建设" for place in places)
    for places in ("甲乙丙丁戊己", "东南西北中外")
)
FILL_EN, MORE_EN = (
    ", ".join(f"{place} will keep to overall planning and orderly progress" for place in places)
    for places in ("ABCDEF", "UVWXYZ")
)
"""Clauses that are all different, more than a value may be told with."""


@pytest.mark.parametrize(
    "text",
    [
        f"茶叶产量达到56万吨，{FILL}，{MORE}。",
        f"{FILL}，茶叶产量达到56万吨，{MORE}。",
        f"{FILL}，{MORE}，茶叶产量达到56万吨。",
        f"{FILL}，茶叶产量达到 56 万吨，{MORE}。",
    ],
)
def test_of_a_long_sentence_the_clauses_around_its_value_are_said(text: str) -> None:
    found = asked("茶叶产量是多少？", {**TEA, "1": [text]}).answer
    assert found.text is not None
    assert len(found.text) <= LONGEST["zh"]
    assert "茶叶产量达到56万吨" in found.text
    assert quotes(found.citations) == [text]
    cut, whole = found.text.strip("…"), text.replace(" ", "")
    assert cut in whole
    assert found.text.startswith("…") is not whole.startswith(cut)
    assert found.text.endswith("…") is not whole.endswith(cut)


def test_a_long_english_sentence_is_cut_likewise() -> None:
    told = f"{FILL_EN}, tea output will reach 560,000 tons, {MORE_EN}."
    texts = {**TEA, "1": [f"{FILL}，茶叶产量达到56万吨，{MORE}。"]}
    found = asked("How much tea output will there be?", texts, {"1": [told]}).answer
    assert found.text is not None
    assert len(found.text) <= LONGEST["en"]
    assert "tea output will reach 560,000 tons" in found.text
    assert found.text.strip("…") in told
    (citation,) = found.citations
    assert citation.quote == texts["1"][0]
    assert citation.translation is not None
    assert citation.translation.text == told


def test_a_short_sentence_is_said_whole() -> None:
    text = f"茶叶产量达到56万吨，{FILL[:60]}。"
    assert len(text) < LONGEST["zh"]
    assert asked("茶叶产量是多少？", {**TEA, "1": [text]}).answer.text == text


# Sentences.


def test_where_it_is_no_answer_one_sentence_is_said_and_nothing_short() -> None:
    stages = asked("怎么保护茶园？", {**TEA, "2": ["划定红线，保护茶园。轮作茶园，保护茶园。"]})
    assert stages.evidence is not None
    both = replace(stages.evidence, sentences=[(1.0, one) for _, one in stages.evidence.sentences])
    own = searcher_of(document("made", {**TEA, "2": ["划定红线，保护茶园。轮作茶园，保护茶园。"]}))
    phrases = partial(phrase, both, own)
    said = of_evidence(stages.answer.question, both, own, phrases, is_answer=False)
    assert (said.short, said.short_original) == (None, None)
    assert quotes(said.citations) == [both.text]
    whole = of_evidence(stages.answer.question, both, own, phrases, is_answer=True)
    places = both.said()
    assert len(places) > 1
    assert whole.text.split("\n") == [passage.sentence_text(n) for passage, n in places]
    assert quotes(whole.citations) == whole.text.split("\n")
    assert [citation.n for citation in whole.citations] == [1, 2, 3][: len(places)]


def test_a_sentence_that_is_withheld_stands_in_chinese_and_is_told_so() -> None:
    found = asked("How to 保护茶园 gardens red line?", TEA, TEA_IN_ENGLISH).answer
    assert found.text is not None
    chinese = [citation for citation in found.citations if citation.translation is None]
    assert chinese
    assert (Note.NOT_TRANSLATED in found.notes) is bool(chinese)
    for citation in chinese:
        assert citation.quote in found.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("“风光储”微电网是什么意思？", "由风力发电、光伏发电和储能装置组成"),
        ("青角客运枢纽哪一年建成？", "2023年"),
        ("星空公园建在哪座岛上？", "望潮岛"),
        ("自然岸线保有率是约束性还是预期性指标？", "约束性"),
    ],
)
def test_the_part_of_a_sentence_that_answers(question: str, words: str) -> None:
    stages = second().stages(question)
    assert stages.evidence is not None
    found = phrase(stages.evidence, second().searcher, "zh")
    assert found is not None
    assert words in found
    assert found in stages.evidence.text
    assert stages.answer.short == stages.answer.short_original == found


def test_questions_for_how_and_why_get_no_part() -> None:
    for question in ("怎么控制客流？", "养殖泡沫浮球为什么要更换？"):
        stages = second().stages(question)
        assert stages.evidence is not None
        assert phrase(stages.evidence, second().searcher, "zh") is None
        assert stages.answer.short is None
        assert stages.answer.text


def test_the_part_in_english_is_of_the_translation() -> None:
    question = "What is meant by a wind-solar-storage microgrid?"
    stages = second().stages(question)
    assert stages.evidence is not None
    found = phrase(stages.evidence, second().searcher, "en")
    assert found is not None
    assert "wind power" in found
    passage, number = stages.evidence.main
    assert passage.translation is not None
    assert found in passage.translation.shown(number)
    assert stages.answer.short == f"{found} ({stages.answer.short_original})"


# Two values and their difference.


def test_a_comparison_says_both_values_and_how_far_apart_they_are() -> None:
    stages = second().stages("旅游收入2025年比2020年多多少？")
    assert stages.comparison is not None
    found = stages.answer
    assert found.difference == "11.2亿元"
    assert found.short is not None
    assert found.short.startswith("11.2亿元")
    assert "9.8亿元" in found.short
    assert "21亿元" in found.short
    assert found.notes == (Note.COMPUTED,)
    first, other = found.citations
    assert "9.8亿元" in first.quote
    assert "21亿元" in other.quote
    assert found.text == "\n".join(quotes(found.citations)).replace("到 2025 年", "到2025年")
    said = of_comparison(found.question, stages.comparison, second().searcher)
    assert (said.short, said.text, said.citations) == (found.short, found.text, found.citations)


def test_two_values_of_one_sentence_are_cited_once() -> None:
    found = second().ask("渔家民宿2025年比2020年多多少家？")
    assert found.difference == "188家"
    assert len(found.citations) == 1
    assert found.text is not None
    assert "\n" not in found.text


def test_a_comparison_in_english() -> None:
    found = second().ask("旅游收入2025年比2020年多多少？", "en")
    assert found.short is not None
    assert "billion yuan" in found.short
    assert found.short_original is not None
    assert found.short_original.startswith("11.2亿元")
    assert found.difference == "11.2亿元"
    assert found.notes == (Note.UNOFFICIAL_TRANSLATION, Note.COMPUTED)
    told = [citation.translation for citation in found.citations]
    assert found.text == "\n".join(one.text for one in told if one is not None)


# Complete lists.


def test_all_of_a_kind_are_listed_and_cited() -> None:
    stages = second().stages("有哪些约束性指标？")
    assert stages.overview is not None
    found = stages.answer
    names = ["普惠性幼儿园在园幼儿占比", "海水淡化日产能力", "自然岸线保有率"]
    assert found.short == found.short_original == found.text == "、".join(names)
    assert quotes(found.citations) == names
    assert [citation.n for citation in found.citations] == [1, 2, 3]
    assert found.notes == (Note.COMPLETE,)
    said = of_overview(found.question, stages.overview, second().searcher)
    assert (said.short, said.text, said.citations) == (found.short, found.text, found.citations)


def test_where_only_their_number_is_asked_for_they_are_listed_all_the_same() -> None:
    found = second().ask("规划有几个约束性指标？")
    assert (found.short, found.short_original) == ("3个", "3个")
    assert found.text is not None
    assert found.text.count("、") == 2
    assert len(found.citations) == 3


def test_a_list_in_english() -> None:
    found = second().ask("Which indicators are binding?")
    told = [citation.translation for citation in found.citations]
    names = [one.text for one in told if one is not None]
    assert len(names) == len(found.citations) == 3
    assert found.text == "; ".join(names)
    assert found.short == f"{found.text} ({found.short_original})"
    assert found.short_original == "、".join(quotes(found.citations))
    assert {*found.notes} == {Note.COMPLETE, Note.UNOFFICIAL_TRANSLATION}
    counted = second().ask("How many chapters does the plan have?")
    assert counted.short == "6"
    assert len(counted.citations) == 6


def test_headings_are_cited_where_they_stand() -> None:
    found = second().ask("规划有哪几章？")
    (made,) = second().index.documents
    headings = {section.heading: section for section in made.sections}
    for citation in found.citations:
        section = headings[Span(citation.start, citation.end)]
        assert section.title == citation.quote
        assert citation.pages == section.pages


# Whatever is asked.

QUESTIONS = (
    "2025年地区生产总值是多少？",
    "2023年地区生产总值是多少？",
    "旅游收入2025年比2020年多多少？",
    "有哪些约束性指标？",
    "怎么控制客流？",
    "谁来管理海岛振兴基金？",
    "“三合一”渔排是什么意思？",
    "清洁能源装机容量2025年要达到多少？",
    "停车场有多少个车位？",
    "How many chapters are there?",
    "Where will the star park be built?",
    "How much will tourism earn in 2025?",
    "Why are foam floats replaced?",
    "What will the weather be tomorrow?",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_the_sources_words(question: str, lang: str) -> None:
    found = second().ask(question, lang)
    assert bool(found.text) is bool(found.citations)
    for n, citation in enumerate(found.citations, start=1):
        source = second().document(citation.document).source
        assert citation.quote == source[citation.start : citation.end]
        assert citation.n == n
        assert citation.passage_id in second().index.by_id


# Citations.

PLAN = plans.reading()


@cache
def made_up() -> Searcher:
    return searcher_of(PLAN.document)


def the(name: str, words: str) -> Place:
    """The sentence of the made-up plan's passage that holds words."""
    passage = plans.passage(PLAN, name)
    numbers = range(len(passage.sentences))
    return passage, next(n for n in numbers if words in passage.sentence_text(n))


def cited(*places: Place) -> tuple[Citation, ...]:
    return citations(places, made_up())


def test_a_citation_is_the_sources_words() -> None:
    (only,) = cited(the("2.1#1", "总部企业"))
    assert only.quote == "总部企业突破10家。"
    assert PLAN.document.source[only.start : only.end] == only.quote
    assert (only.n, only.passage_id, only.document) == (
        1,
        "yundu-14fyp/2.1#1",
        "yundu-14fyp",
    )
    assert only.path == ("第一篇 发展基础", "第二章 主要目标", "一、总体目标")
    assert only.pages == Pages(3, 3)


def test_a_citation_keeps_the_spaces_and_marks_of_the_source() -> None:
    (only,) = cited(the("1.1#1", "生产总值"))
    assert only.quote == "2020 年，地区生产总值达到320.5亿元，是2015年末的 1.6 倍。"
    (bold,) = cited(the("2.1#1", "高品质"))
    assert bold.quote == "——**高品质生活。**"
    (wrapped,) = cited(the("1.2#1", "水资源"))
    assert wrapped.quote == "水资源约束\n趋紧，人口老龄化\n加快。"


def test_a_sentence_that_a_footnote_interrupts_is_two_citations() -> None:
    first, second = cited(the("1.1#1", "四上"))
    assert first.quote == "新增“四上”企业^①38 家，年纳税过千万元楼"
    assert second.quote == "宇 6 栋,市场主体突破 12 万余户。"
    assert (first.n, second.n) == (1, 2)
    assert (first.pages, second.pages) == (Pages(1, 1), Pages(2, 2))
    assert first.passage_id == second.passage_id
    assert "① “四上”企业：" in PLAN.document.source[first.end : second.start]


def test_a_sentence_with_two_footnotes_and_a_formula() -> None:
    first, second = cited(the("3.1#1", "路网密度"))
    assert first.quote.endswith(f"新建泵站（规模 {plans.FORMULA} ），")
    assert second.quote == "改造微循环道路 9 条。"
    assert (first.pages, second.pages) == (Pages(5, 5), Pages(6, 6))


def test_a_page_turn_without_a_footnote_breaks_no_quote() -> None:
    (only,) = cited(the("1.2#1", "公共服务"))
    assert only.quote == "**四是**公共服务供给不足，职\n\n业教育仍需加强。"
    assert only.pages == Pages(2, 3)


def test_a_row_is_cited_whole() -> None:
    (only,) = cited((plans.passage(PLAN, "2.1#t1.5"), 0))
    assert only.quote == "绿色生态\t5\t绿化覆盖率\t%\t38.2\t40\t约束性"
    assert only.path[-1] == "专栏1 “十四五”时期主要指标"


BILINGUAL = document("made", {"1": ["茶园很大。茶农很多。"]}, {"1": ["The gardens are large.\n"]})


def test_a_citation_has_its_whole_sentence_translated_and_its_headings() -> None:
    (passage,) = BILINGUAL.passages
    told = Rendering("en", "The gardens are large.", ("Heading 1",))
    assert rendering(passage, 0) == told
    (only,) = citations([(passage, 0)], searcher_of(BILINGUAL))
    assert (only.quote, only.path, only.translation) == ("茶园很大。", ("标题1",), told)


def test_a_citation_without_a_translation_has_none() -> None:
    without = document("made", {"1": ["茶农很多。"]})
    for made, number in ((BILINGUAL, 1), (without, 0)):
        (passage,) = made.passages
        assert rendering(passage, number) is None
        (only,) = citations([(passage, number)], searcher_of(made))
        assert (only.quote, only.translation) == ("茶农很多。", None)


def test_both_citations_of_a_sentence_have_all_of_its_translation() -> None:
    passage, number = the("1.1#1", "四上")
    sentences = tuple(f"Sentence {n}." for n in range(len(passage.sentences)))
    told = Translation("en", ("Part I", "Chapter 1", "1. Chances"), sentences)
    first, second = cited((replace(passage, translation=told), number))
    assert first.translation == second.translation
    assert first.translation == Rendering("en", f"Sentence {number}.", told.path)


def test_citations_of_several_sentences_are_numbered_through() -> None:
    places = [the("1.1#1", "四上"), the("2.1#1", "总部企业"), the("1.2#1", "水资源")]
    found = cited(*places)
    assert [citation.n for citation in found] == [1, 2, 3, 4]
    assert found[2].quote == "总部企业突破10家。"
    assert cited() == ()


def squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_the_citations_of_every_sentence_hold_its_words_and_nothing_else() -> None:
    checked = 0
    for passage in PLAN.document.passages:
        if passage.kind is Kind.ROW:
            continue
        for n in range(len(passage.sentences)):
            found = cited((passage, n))
            assert [citation.n for citation in found] == list(range(1, len(found) + 1))
            quoted = "".join(citation.quote for citation in found)
            for mark in ("①", "②", r"\text"):
                quoted = quoted.replace(mark, "")
            assert squeezed(quoted) == squeezed(passage.sentence_text(n)).replace("³", "3")
            checked += 1
    assert checked == 21


def test_cite_names_the_pages_of_its_run_alone() -> None:
    passage: Passage = plans.passage(PLAN, "1.1#1")
    at = PLAN.document.source.index("市场主体突破")
    found = cite(7, passage, Span(at, at + 6), PLAN.document)
    assert (found.n, found.quote, found.pages) == (7, "市场主体突破", Pages(2, 2))
    assert passage.pages == Pages(1, 2)


def test_blank_pieces_are_left_out() -> None:
    assert trimmed([Span(0, 1), Span(1, 3), Span(3, 4)], "a \nb") == [Span(0, 1), Span(3, 4)]
