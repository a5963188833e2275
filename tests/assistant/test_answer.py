"""What is said: a value only where one is obvious, and citations that are the source's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answer import Value, citations, cite, rendering, trimmed, unit_column, value
from assistant.evidence import Evidence
from assistant.question import read
from assistant.records import Rendering
from corpus.records import Kind, Pages, Passage, Span, Translation
from tests import plans
from tests.doubles import document


def said(question: str, text: str) -> str | None:
    """The value where text is the evidence, as text words it."""
    found = value(read(question), Evidence(document("made", {"1": [text]}).passages[0], 0))
    assert found is None or found.column is None
    return None if found is None else found.words


def in_row(question: str, evidence: Evidence) -> str | None:
    """The value where a row is the evidence, with its unit; it is of the column that it names."""
    found = value(read(question), evidence)
    if found is None:
        return None
    assert found.column is not None
    label, cell = evidence.passage.fields[found.column]
    assert label[:4] in question
    assert cell.rstrip("左右以上") in found.words
    return found.words


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("茶叶产量目标是多少", "到2025年，茶叶产量力争突破56万吨。", "56万吨"),
        ("茶叶产量目标是多少", "到 2025 年，茶叶产量力争突破 56 万吨。", "56万吨"),
        ("有多少户茶农", "茶农达到12万余户。", "12万余户"),
        ("How many tea farmers are there?", "茶农达到12万余户。", "12万余户"),
        ("每年新建几个茶园", "每年新建茶园3-5个。", "3-5个"),
        ("孕产妇死亡率是多少", "孕产妇死亡率控制在9/10万以内。", "9/10万以内"),
        ("茶路密度是多少", "茶路密度达到5.98千米/平方公里。", "5.98千米/平方公里"),
        ("步行多久能到茶市", "建成15分钟茶市圈。", "15分钟"),
    ],
)
def test_one_value_is_the_answer(question: str, text: str, words: str) -> None:
    assert said(question, text) == words


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("茶园面积多大", "300亩"),
        ("茶农有多少", "12万余户"),
        ("新建茶厂几家", "9家"),
        ("茶叶出口占比", "24.78%"),
    ],
)
def test_of_several_values_the_clause_decides(question: str, words: str) -> None:
    text = "茶园面积扩大到300亩，茶农达到12万余户；新建茶厂9家，茶叶出口占比提高到24.78%。"
    assert said(question, text) == words


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("改造老茶园多少个", "茶路密度达到5.98千米/平方公里。"),
        ("新建多少家茶厂", "茶园面积扩大到300亩。"),
        ("How many tea gardens will there be?", "人均茶园面积达到8.9平方米。"),
        ("茶路有多长", "新建茶路3条。"),
        ("办一张茶证要多久", "办理茶证9万张。"),
        ("茶叶出口的比重是多少", "茶叶出口20亿元。"),
        ("茶园面积有多少亩", "茶园面积占全区的20%，茶厂9家。"),
    ],
)
def test_a_value_that_measures_something_else_is_none(question: str, text: str) -> None:
    assert said(question, text) is None


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("2019年茶叶产值是多少", "377亿元"),
        ("2025年茶叶产值是多少", "560亿元"),
        ("What will tea output be worth in 2025, what is the total?", None),
        ("2030年茶叶产值是多少", None),
    ],
)
def test_a_value_of_another_year_is_none(question: str, words: str | None) -> None:
    assert said(question, "2019年茶叶产值达到377亿元，到2025年茶叶产值突破560亿元。") == words


@pytest.mark.parametrize(
    ("question", "words"),
    [("2030年茶叶产值是多少", None), ("2025年茶叶产值是多少", "560亿元")],
)
def test_the_only_value_of_another_year_is_none(question: str, words: str | None) -> None:
    assert said(question, "到2025年，茶叶产值突破560亿元。") == words


def test_where_the_text_names_no_year_the_value_is_taken() -> None:
    assert said("2025年茶叶产值是多少", "茶叶产值突破560亿元。") == "560亿元"


@pytest.mark.parametrize("bound", ["以内", "以上", "左右"])
def test_a_bound_is_part_of_the_value(bound: str) -> None:
    assert said("茶叶失水率是多少", f"茶叶失水率保持在6%{bound}。") == f"6%{bound}"


def test_of_two_values_in_a_clause_the_one_that_measures_it_is_meant() -> None:
    text = "新建茶厂9家用地300亩，茶农达到12万余户。"
    assert said("新建茶厂多少家", text) == "9家"
    assert said("新建茶厂用地多少亩", text) == "300亩"
    assert said("新建茶厂用地多少", text) is None


def test_a_comma_of_thousands_ends_no_value() -> None:
    text = "茶叶产值达到1,522.04亿元,茶农人数达到300人。"
    assert said("茶叶产值是多少", text) == "1,522.04亿元"


@pytest.mark.parametrize(
    "text",
    [
        "茶叶产值、茶农收入、茶园面积分别达到100亿元、3万元、900亩。",
        "茶叶产值和茶农收入分别达到100亿元，3万元。",
        "茶叶产值、茶农人数分别为100亿元和300人。",
        "茶叶产值分别增长8%，9%。",
    ],
)
def test_values_that_share_a_verb_are_none(text: str) -> None:
    assert said("茶叶产值是多少", text) is None


def test_a_value_before_the_shared_verb_is_one() -> None:
    text = "茶叶产值达到100亿元，红茶、绿茶分别占60%、40%。"
    assert said("茶叶产值是多少", text) == "100亿元"
    assert said("红茶占比是多少", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Tea output and income reached 10%, 20% respectively.",
        "Tea output and income respectively reached 10%, 20%.",
    ],
)
def test_values_that_are_told_respectively_are_none(text: str) -> None:
    assert said("What is the tea output rate?", text) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("茶叶产值是多少", "茶叶产值由60亿元提高到100亿元，茶农达到300人。"),
        ("茶叶产值是多少", "龙井产值60亿元，毛尖产值60亿元。"),
        ("茶叶产值是多少", "猫达到3只，狗达到5只。"),
        ("茶叶产值是多少", "茶叶产值再上新台阶。"),
        ("茶叶产值是多少", "到2025年，茶叶产值再上新台阶。"),
        ("茶叶产值是多少", "第27名的茶厂在11号线旁。"),
        ("茶叶产值是多少", "茶叶产值大幅提高，茶农达到300人，茶园达到20亩，茶厂9家。"),
    ],
    ids=[
        "two in the clause",
        "two alike",
        "no likeness",
        "none",
        "a year",
        "ordinals",
        "elsewhere",
    ],
)
def test_where_several_or_none_could_be_meant_there_is_none(question: str, text: str) -> None:
    assert said(question, text) is None


@pytest.mark.parametrize("text", ["茶叶产量力争突破56万吨。", "茶叶产量56万吨，茶农300人。"])
@pytest.mark.parametrize("question", ["如何提高茶叶产量", "茶叶产量几乎翻番了吗", "Why tea?"])
def test_no_value_where_none_is_asked_for(question: str, text: str) -> None:
    assert said(question, text) is None


def row(*fields: tuple[str, str]) -> Evidence:
    """A table row as evidence."""
    text = "；".join(f"{label}：{value}" for label, value in fields)
    passage = document("made", {"1": [text]}).passages[0]
    return Evidence(replace(passage, kind=Kind.ROW, fields=fields), 0)


TEA = row(
    ("序号", "1"),
    ("指标名称", "茶叶产量"),
    ("单位", "万吨"),
    ("2020年", "38.2"),
    ("2025年", ">40"),
    ("2030年", "-"),
    ("2035年", "完成市下达目标"),
    ("2040年", ""),
    ("属性", "预期性"),
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("2020年茶叶产量是多少", "38.2万吨"),
        ("2025年茶叶产量目标是多少", ">40万吨"),
        ("How much tea is planned for 2025?", ">40万吨"),
        ("2035年茶叶产量是多少", "完成市下达目标"),
        ("2030年茶叶产量是多少", None),
        ("2040年茶叶产量是多少", None),
        ("1999年茶叶产量是多少", None),
        ("2020年到2025年茶叶产量是多少", None),
        ("茶叶产量是多少", None),
        ("茶叶产量目标占比", None),
        ("2025年茶叶怎么办", None),
    ],
)
def test_a_cell_by_its_year(question: str, words: str | None) -> None:
    assert in_row(question, TEA) == words


def test_a_cell_is_told_with_its_column() -> None:
    assert value(read("2025年茶叶产量目标是多少"), TEA) == Value(">40万吨", column=4)
    assert value(read("2020年茶叶产量是多少"), TEA) == Value("38.2万吨", column=3)


def test_the_column_of_the_unit() -> None:
    assert unit_column(TEA.passage) == 2
    assert unit_column(row(("指标名称", "茶博会"), ("2025年", "5")).passage) is None


def test_a_cell_without_a_unit() -> None:
    evidence = row(("指标名称", "茶博会"), ("2025年", "5"))
    assert in_row("2025年茶博会办几次", evidence) == "5"


def test_a_cell_that_has_its_percent_sign() -> None:
    evidence = row(("指标名称", "茶叶增长"), ("单位", "%"), ("2025年", "5.4%"))
    assert in_row("2025年茶叶增长多少", evidence) == "5.4%"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("7左右", "7%左右"),
        ("[1.5]", "[1.5]%"),
        ("5以上", "5%以上"),
        ("3-5", "3-5%"),
        ("1,522.04", "1,522.04%"),
        ("7%左右", "7%左右"),
        ("与经济增长保持同步", "与经济增长保持同步"),
    ],
)
def test_a_cell_with_a_remark_has_its_unit_after_the_number(cell: str, words: str) -> None:
    evidence = row(("指标名称", "茶叶增长"), ("单位", "%"), ("2025年", cell))
    assert in_row("2025年茶叶增长多少", evidence) == words


PLAN = plans.reading()


def evidence(name: str, words: str) -> Evidence:
    """The sentence of the made-up plan's passage that holds words."""
    passage = plans.passage(PLAN, name)
    numbers = range(len(passage.sentences))
    return Evidence(passage, next(n for n in numbers if words in passage.sentence_text(n)))


def test_a_citation_is_the_sources_words() -> None:
    (only,) = citations(evidence("2.1#1", "总部企业"), PLAN.document)
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
    (only,) = citations(evidence("1.1#1", "生产总值"), PLAN.document)
    assert only.quote == "2020 年，地区生产总值达到320.5亿元，是2015年末的 1.6 倍。"
    (bold,) = citations(evidence("2.1#1", "高品质"), PLAN.document)
    assert bold.quote == "——**高品质生活。**"
    (wrapped,) = citations(evidence("1.2#1", "水资源"), PLAN.document)
    assert wrapped.quote == "水资源约束\n趋紧，人口老龄化\n加快。"


def test_a_sentence_that_a_footnote_interrupts_is_two_citations() -> None:
    first, second = citations(evidence("1.1#1", "四上"), PLAN.document)
    assert first.quote == "新增“四上”企业^①38 家，年纳税过千万元楼"
    assert second.quote == "宇 6 栋,市场主体突破 12 万余户。"
    assert (first.n, second.n) == (1, 2)
    assert (first.pages, second.pages) == (Pages(1, 1), Pages(2, 2))
    assert first.passage_id == second.passage_id
    assert "① “四上”企业：" in PLAN.document.source[first.end : second.start]


def test_a_sentence_with_two_footnotes_and_a_formula() -> None:
    first, second = citations(evidence("3.1#1", "路网密度"), PLAN.document)
    assert first.quote.endswith(f"新建泵站（规模 {plans.FORMULA} ），")
    assert second.quote == "改造微循环道路 9 条。"
    assert (first.pages, second.pages) == (Pages(5, 5), Pages(6, 6))


def test_a_page_turn_without_a_footnote_breaks_no_quote() -> None:
    (only,) = citations(evidence("1.2#1", "公共服务"), PLAN.document)
    assert only.quote == "**四是**公共服务供给不足，职\n\n业教育仍需加强。"
    assert only.pages == Pages(2, 3)


def test_a_row_is_cited_whole() -> None:
    (only,) = citations(Evidence(plans.passage(PLAN, "2.1#t1.5"), 0), PLAN.document)
    assert only.quote == "绿色生态\t5\t绿化覆盖率\t%\t38.2\t40\t约束性"
    assert only.path[-1] == "专栏1 “十四五”时期主要指标"


BILINGUAL = document("made", {"1": ["茶园很大。茶农很多。"]}, {"1": ["The gardens are large.\n"]})


def test_a_citation_has_its_whole_sentence_translated_and_its_headings() -> None:
    (passage,) = BILINGUAL.passages
    told = Rendering("en", "The gardens are large.", ("Heading 1",))
    assert rendering(Evidence(passage, 0)) == told
    (only,) = citations(Evidence(passage, 0), BILINGUAL)
    assert (only.quote, only.path, only.translation) == ("茶园很大。", ("标题1",), told)


def test_a_citation_without_a_translation_has_none() -> None:
    withheld = Evidence(BILINGUAL.passages[0], 1)
    without = document("made", {"1": ["茶农很多。"]})
    for evidence, made in ((withheld, BILINGUAL), (Evidence(without.passages[0], 0), without)):
        assert rendering(evidence) is None
        (only,) = citations(evidence, made)
        assert (only.quote, only.translation) == ("茶农很多。", None)


def test_both_citations_of_a_sentence_have_all_of_its_translation() -> None:
    found = evidence("1.1#1", "四上")
    sentences = tuple(f"Sentence {n}." for n in range(len(found.passage.sentences)))
    told = Translation("en", ("Part I", "Chapter 1", "1. Chances"), sentences)
    passage = replace(found.passage, translation=told)
    first, second = citations(Evidence(passage, found.sentence), PLAN.document)
    assert first.translation == second.translation
    assert first.translation == Rendering("en", f"Sentence {found.sentence}.", told.path)


def squeezed(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def test_the_citations_of_every_sentence_hold_its_words_and_nothing_else() -> None:
    checked = 0
    for passage in PLAN.document.passages:
        if passage.kind is Kind.ROW:
            continue
        for n in range(len(passage.sentences)):
            found = citations(Evidence(passage, n), PLAN.document)
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
