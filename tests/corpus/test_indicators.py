"""The register of indicators: entries by hand, and properties of whole plans."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import catalog, document
from corpus.indicators import Indicator, IndicatorKind, indicators, source_span
from corpus.records import Document
from tests import plans
from tests.plans import chapter, properties, reading

BASELINE, TARGET = IndicatorKind.BASELINE, IndicatorKind.TARGET
SECOND = Path(__file__).resolve().parents[1] / "second_plan"
_MARKUP = re.compile(r"\\text\{|[$}\s]")


@cache
def real() -> Document:
    return document.read_all(catalog.bundled())[0].document


@cache
def second() -> Document:
    return document.read(SECOND).document


@cache
def register(which: str) -> tuple[Indicator, ...]:
    return indicators(plan(which))


def plan(which: str) -> Document:
    if which == "made":
        return reading().document
    return real() if which == "real" else second()


PLANS = [pytest.param("real", marks=pytest.mark.plan), "second", "made"]


def entries(*blocks: str) -> list[Indicator]:
    """The register of a plan of one chapter with these paragraphs."""
    return list(indicators(chapter(*blocks).document))


def back(*blocks: str) -> list[Indicator]:
    """The register of a plan of one chapter that looks back."""
    text = "\n\n".join(("第一章 发展基础", *blocks)) + "\n"
    return list(indicators(reading(text, pages=None).document))


def only(found: list[Indicator]) -> Indicator:
    (entry,) = found
    return entry


def years(entry: Indicator) -> tuple[int, int] | None:
    return None if entry.period is None else (entry.period.first, entry.period.last)


def the(which: str, subject: str, words: str) -> Indicator:
    """The entries of a plan with this subject and these words; they say the same."""
    found = [e for e in register(which) if (e.subject, e.words) == (subject, words)]
    assert found, subject
    return found[0]


def test_an_entry() -> None:
    text = "加强统筹。到2025年，金融业增加值力争突破560亿元。"
    entry = only(entries(text))
    assert entry.id == "yundu-14fyp/1#1:1"
    assert (entry.document, entry.passage, entry.sentence) == ("yundu-14fyp", "yundu-14fyp/1#1", 1)
    assert text[entry.start : entry.end] == "560亿元"
    assert (entry.subject, entry.words) == ("金融业增加值", "突破560亿元")
    assert entry.quantity is not None
    assert (entry.quantity.start, entry.quantity.end) == (entry.start, entry.end)
    assert (years(entry), entry.kind) == ((2025, 2025), TARGET)
    assert (entry.binding, entry.column, entry.subject_en, entry.phrase_en) == (None,) * 4


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        ("到2025年，路网密度达到5.98千米/平方公里。", TARGET, (2025, 2025)),
        ("2020年，路网密度达到4.88千米/平方公里。", BASELINE, (2020, 2020)),
        ("“十三五”末，路网密度为4.88千米/平方公里。", BASELINE, (2020, 2020)),
        ("路网密度达到5.98千米/平方公里。", TARGET, None),
        ("未来五年，新增学位5000个。", TARGET, (2021, 2025)),
        ("展望2035年，寿命达到85岁。", TARGET, (2035, 2035)),
        ("五年累计新增学位5000个。", TARGET, (2021, 2025)),
        ("现有商务楼宇112栋。", BASELINE, None),
    ],
)
def test_kind_and_period_in_a_chapter_that_looks_ahead(
    text: str, kind: IndicatorKind, period: tuple[int, int] | None
) -> None:
    entry = only(entries(text))
    assert (entry.kind, years(entry)) == (kind, period)


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        ("新增学位5000个。", BASELINE, None),
        ("五年累计新增学位5000个。", BASELINE, (2016, 2020)),
        ("2019年，产值达到5亿元。", BASELINE, (2019, 2019)),
        ("到2025年，产值达到8亿元。", TARGET, (2025, 2025)),
    ],
)
def test_kind_and_period_in_a_chapter_that_looks_back(
    text: str, kind: IndicatorKind, period: tuple[int, int] | None
) -> None:
    entry = only(back(text))
    assert (entry.kind, years(entry)) == (kind, period)


def test_what_something_rises_from_is_its_base() -> None:
    found = entries("管网漏损率由14.2%降到9%以下。津贴由每人每月800元提高到1200元。")
    assert [(e.words, e.kind) for e in found] == [
        ("14.2%", BASELINE),
        ("9%以下", TARGET),
        ("每人每月800元", BASELINE),
        ("1200元", TARGET),
    ]


def test_a_sum_holds_for_what_adds_up_and_not_for_a_level() -> None:
    found = back(
        "五年累计新增孵化器15个，企业达到330家，失业率保持在3%以内。新增学位9个，覆盖率达到8%。"
    )
    assert [(e.words, years(e)) for e in found] == [
        ("15个", (2016, 2020)),
        ("330家", None),
        ("3%以内", (2016, 2020)),
        ("9个", (2016, 2020)),
        ("8%", None),
    ]


def test_what_announces_a_list_names_the_period_of_its_items() -> None:
    found = entries(
        "到2025年，努力实现以下目标：", "——更强。总部突破10家。", "——更美。绿地达到9公顷。"
    )
    assert [years(e) for e in found] == [(2025, 2025), (2025, 2025)]
    assert [years(e) for e in entries("展望2035年，建成名城。", "——更强。总部突破10家。")] == [None]


def test_a_row_of_a_table() -> None:
    found = [e for e in register("made") if e.column is not None]
    told = [(e.subject, e.words, e.kind, years(e), e.binding) for e in found]
    assert told == [
        ("地区生产总值增长", "7%左右", TARGET, (2025, 2025), "预期性"),
        ("人均预期寿命", "80.1岁", BASELINE, (2020, 2020), "约束性"),
        ("人均预期寿命", "[1.5]岁", TARGET, (2025, 2025), "约束性"),
        ("基本养老保险参保率", "98%", BASELINE, (2020, 2020), "预期性"),
        ("基本养老保险参保率", ">98%", TARGET, (2025, 2025), "预期性"),
        ("绿化覆盖率", "38.2%", BASELINE, (2020, 2020), "约束性"),
        ("绿化覆盖率", "40%", TARGET, (2025, 2025), "约束性"),
    ]
    passages = {passage.id: passage for passage in plan("made").passages}
    for entry in found:
        assert entry.column is not None
        passage = passages[entry.passage]
        assert passage.text[entry.start : entry.end] == passage.fields[entry.column][1]


@pytest.mark.plan
def test_a_cell_without_a_number_is_kept_in_its_words() -> None:
    entry = the("real", "空气质量优良天数比率", "完成市下达目标")
    assert (entry.quantity, entry.kind, years(entry)) == (None, TARGET, (2025, 2025))
    assert entry.binding == "约束性"
    assert entry.phrase_en == "Meet the target set by the city"
    assert entry.subject_en == "Proportion of days with good or excellent air quality"


@pytest.mark.plan
def test_a_column_of_growth_tells_another_thing_than_the_level() -> None:
    found = [e for e in register("real") if e.subject.startswith("每万人口高价值发明专利拥有量")]
    assert [(e.subject[14:], e.words, e.kind) for e in found] == [
        ("", "21.5件", BASELINE),
        ("", "28件", TARGET),
        ("平均增速[累计]", "5.4%", TARGET),
    ]
    assert years(found[-1]) == (2021, 2025)


@pytest.mark.plan
@pytest.mark.parametrize(
    ("subject", "words", "subject_en", "phrase_en"),
    [
        (
            "金融业增加值",
            "突破560亿元",
            "value added of the financial sector",
            "more than 56 billion yuan",
        ),
        ("地区生产总值规模", "超过2200亿元", "GDP", "more than 220 billion yuan"),
        ("新增停车泊位", "7.2万个", "parking spaces", "72,000"),
        ("城镇调查失业率", "6%以内", "surveyed urban unemployment rate", "within 6%"),
        ("人均预期寿命", "83年", "Average life expectancy", "83 years"),
        ("打造垂江林荫道路", "10条", "tree-lined roads", "10"),
        (
            "服务业增加值",
            "1344.05亿元",
            "value added of the service sector",
            "134.405 billion yuan",
        ),
        ("甲乙类传染病发病率", "低于180/10万", None, "below 180 per 100,000"),
    ],
)
def test_an_entry_in_english(
    subject: str, words: str, subject_en: str | None, phrase_en: str
) -> None:
    entry = the("real", subject, words)
    assert (entry.subject_en, entry.phrase_en) == (subject_en, phrase_en)


@pytest.mark.parametrize(
    ("subject", "words", "phrase_en"),
    [
        ("海洋生产总值", ">80亿元", ">8 billion yuan"),
        ("水产品总产量", "21.3万吨", "213,000 tons"),
        ("清洁能源装机容量", "[42]万千瓦", None),
        ("引进涉海项目", "70个以上", "more than 70"),
    ],
)
def test_a_second_plan_in_english(subject: str, words: str, phrase_en: str | None) -> None:
    found = [e for e in register("second") if (e.subject, e.words) == (subject, words)]
    assert [e.phrase_en for e in found][:1] == ([] if phrase_en is None else [phrase_en])


@pytest.mark.parametrize(
    ("subject", "words", "kind", "period"),
    [
        ("全县地区生产总值", "86.4亿元", BASELINE, (2020, 2020)),
        ("海洋生产总值是2015年的", "1.58倍", BASELINE, (2020, 2020)),
        ("海洋生产总值占地区生产总值", "61%", BASELINE, (2020, 2020)),
        ("引进涉海项目", "70个以上", TARGET, (2021, 2025)),
        ("因大风停航的天数", "每年25天以内", TARGET, (2025, 2025)),
        ("水产品冷链流通率", "42%", BASELINE, (2020, 2020)),
        ("水产品冷链流通率", "65%", TARGET, (2025, 2025)),
        ("外鹭海上风电场一期装机", "20万千瓦", TARGET, None),
        ("单程时间", "95分钟", BASELINE, None),
        ("单程时间", "60分钟", TARGET, None),
        ("县海岛医院新院区床位", "400张", TARGET, None),
        ("修复海草床", "180公顷", TARGET, (2021, 2025)),
        ("防潮标准", "50年一遇", TARGET, None),
        ("海岛振兴基金规模", "5亿元", TARGET, None),
        ("60岁以上人口占比", "27.4%", BASELINE, None),
        ("群众用上了海水淡化水", "1.2万余名", BASELINE, (2016, 2020)),
    ],
)
def test_a_second_plan_is_read_as_well(
    subject: str, words: str, kind: IndicatorKind, period: tuple[int, int] | None
) -> None:
    entry = the("second", subject, words)
    assert (entry.kind, years(entry)) == (kind, period)


@pytest.mark.parametrize(("which", "fewest"), [*zip(PLANS[1:], (115, 18), strict=True)])
def test_a_plan_has_many_entries(which: str, fewest: int) -> None:
    assert len(register(which)) >= fewest


@pytest.mark.plan
def test_the_real_plan_has_more_than_a_hundred_and_fifty() -> None:
    kinds = Counter(entry.kind for entry in register("real"))
    assert kinds.total() >= 150
    assert min(kinds.values()) >= 60


@pytest.mark.parametrize("which", PLANS)
def test_every_entry_can_be_read_where_it_is_said_to_stand(which: str) -> None:
    own = plan(which)
    for entry in register(which):
        span = source_span(entry, own)
        read = _MARKUP.sub("", own.source[span.start : span.end])
        assert read == "".join((entry.quantity.words if entry.quantity else entry.words).split())


@pytest.mark.parametrize("which", PLANS)
def test_entries_stand_in_the_order_of_the_plan_each_with_its_own_id(which: str) -> None:
    found = register(which)
    assert len({entry.id for entry in found}) == len(found)
    order = {passage.id: n for n, passage in enumerate(plan(which).passages)}
    places = [(order[entry.passage], entry.sentence, entry.start) for entry in found]
    assert places == sorted(places)
    for entry in found:
        passage, _, number = entry.id.rpartition(":")
        assert passage == entry.passage
        assert int(number) >= 1


@pytest.mark.parametrize("which", PLANS)
def test_an_entry_is_a_piece_of_its_sentence(which: str) -> None:
    passages = {passage.id: passage for passage in plan(which).passages}
    for entry in register(which):
        passage = passages[entry.passage]
        sentence = passage.sentences[entry.sentence]
        assert sentence.start <= entry.start < entry.end <= sentence.end
        assert entry.subject
        quantity = entry.quantity
        if quantity is None:
            continue
        assert entry.start <= quantity.start < quantity.end <= entry.end
        assert "".join(passage.text[quantity.start : quantity.end].split()) == quantity.words
        assert quantity.period == entry.period
        if entry.column is None:
            assert entry.words == quantity.phrase


@pytest.mark.parametrize("which", PLANS)
def test_a_past_period_is_a_baseline_and_a_planned_one_a_target(which: str) -> None:
    for entry in register(which):
        if entry.period is not None:
            assert (entry.period.last < 2021) == (entry.kind is BASELINE)


@pytest.mark.plan
def test_english_figures_say_what_the_chinese_do() -> None:
    told = [entry for entry in register("real") if entry.phrase_en]
    assert len(told) >= 145
    for entry in told:
        assert entry.phrase_en is not None
        assert entry.quantity is None or any(char.isdigit() for char in entry.phrase_en)


def test_a_plan_whose_title_tells_no_years_has_a_register_too() -> None:
    read = chapter("到2025年，产值达到5亿元。新增学位5000个。", title="云渡区工作报告")
    found = indicators(read.document)
    assert [(e.words, years(e), e.kind) for e in found] == [
        ("5亿元", (2025, 2025), TARGET),
        ("5000个", None, TARGET),
    ]


@properties
@given(
    st.lists(
        st.text(
            "0123456789.万亿元%个、，；（）“”和的是占比达到分别新增每千人2025年由提高十五",
            max_size=30,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_paragraphs_have_a_register(blocks: list[str]) -> None:
    made = plans.chapter(*(f"推进{block}工作。" for block in blocks)).document
    for entry in indicators(made):
        span = source_span(entry, made)
        assert entry.quantity is not None
        assert "".join(made.source[span.start : span.end].split()) == entry.quantity.words
