"""What is asked for: the kind of answer, its measure, its time, past or planned, amounts named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.intent import Intent, read
from assistant.kinds import AMOUNTS, TIMES, Kind
from corpus.indicators import IndicatorKind
from corpus.language import language
from corpus.numbers import Measure
from tests.plans import properties

PLAN = (2021, 2025)
TARGET, BASELINE = IndicatorKind.TARGET, IndicatorKind.BASELINE


def asked(text: str, plan: tuple[int, int] | None = PLAN) -> Intent:
    return read(text, language(text), plan)


KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.VALUE: (
        "金融业增加值目标是多少",
        "GDP多少",
        "2025年GDP要达到多少？",
        "绿道有多长",
        "公园面积多大",
        "最高的楼有多高",
        "办一件事要多久",
        "从区中心到车站有多远",
        "要花多少钱",
        "全区地区生产总值排第几",
        "全国百强区排名第几",
        "How much will be invested?",
        "How long are the greenways?",
        "HOW HIGH is the tallest tower",
        "How large is the park?",
        "How fast will GDP grow?",
        "How often is the water tested?",
        "How dense is the road network?",
        "What is the target for the financial sector?",
        "What is the per-capita target for research?",
        "What was the total in 2019?",
        "What’s the density of roads?",
        "What's the density of roads?",
        "What did GDP amount to in 2019?",
        "What did Wuchang's GDP come to?",
        "How big is the economy?",
    ),
    Kind.SHARE: (
        "金融业占GDP的比重是多少",
        "服务业占比多少？",
        "参保率要达到多少",
        "失业率控制在多少以内",
        "百分之几的岸线要保留",
        "多大比例的人参加医保",
        "数字经济占到几成",
        "垃圾回收率是多少",
        "What percentage of GDP is finance?",
        "What share of residents is insured?",
        "What proportion of waste is recycled?",
        "What is the unemployment rate?",
        "Which percentage of the coast will be kept?",
    ),
    Kind.COUNT: (
        "要建多少个公园",
        "有几家医院",
        "新增学位多少个？",
        "新建幼儿园几所",
        "惠及多少万户",
        "多少条道路要改造",
        "培养多少名人才",
        "压减多少艘渔船",
        "多少人就业",
        "How many parks will be built?",
        "how many new jobs",
        "By 2025, how many hospitals are there?",
    ),
    Kind.DATE: (
        "青角客运枢纽什么时候建成",
        "哪一年建成",
        "哪年完成",
        "何时通车",
        "啥时候通车",
        "哪个季度开工",
        "When will the hub be completed?",
        "When is the high-speed railway due?",
        "In which year did it open?",
        "What year will the line open?",
        "By what date will it be done?",
    ),
    Kind.PERIOD: (
        "规划期是哪五年",
        "哪个时期新增就业最多",
        "这是什么阶段的目标",
        "What period does the plan cover?",
        "Over which years is it planned?",
    ),
    Kind.LIST: (
        "要发展哪些产业",
        "有哪些重点任务",
        "重点发展哪几大产业",
        "四条主题线路有哪些",
        "院士经济主攻哪几个前沿方向？",
        "包括哪些内容",
        "基金投向哪三个领域",
        "近几年的变化有哪些",
        "有什么特色产业",
        "列出重点产业",
        "Which industries come first?",
        "List the pillar industries",
        "Which three species will be bred?",
        "What industries will be developed?",
    ),
    Kind.DEFINITION: (
        "“三合一”渔排是什么意思",
        "TOD是什么意思？",
        "何谓四上企业",
        "“一老一小”指什么",
        "“四办”指的是什么",
        "什么叫微电网",
        "四办是什么",
        "“四办”的含义",
        "What does TOD mean?",
        "What does TOD stand for?",
        "What is meant by a microgrid?",
        "What exactly is meant by “a microgrid”?",
        "What is a microgrid?",
        "Define microgrid",
        "the meaning of TOD",
    ),
    Kind.PLACE: (
        "星空公园建在哪里",
        "基地设在哪儿",
        "哪个街道要改造",
        "什么地方建码头",
        "公园建在哪座岛上？",
        "哪些地段要更新",
        "Where will the base be?",
        "Where is the starry sky park?",
        "Which neighborhoods will be renewed?",
        "In which street is the museum?",
    ),
    Kind.BODY: (
        "谁负责河湖长制",
        "由哪个部门负责",
        "哪家公司运营航线",
        "基金由谁管理",
        "哪个单位牵头",
        "和哪所大学合作",
        "Who manages the fund?",
        "who runs the ferries",
        "Which department is responsible?",
        "Which bureau drafts the plan?",
        "By whom is the plan approved?",
    ),
    Kind.NAME: (
        "新区叫什么名字",
        "这条线叫什么",
        "What is the new park called?",
    ),
    Kind.YESNO: (
        "有没有地铁11号线",
        "是否要建机场",
        "会不会建机场",
        "建机场吗？",
        "有地铁吗",
        "能否用于一般性支出",
        "2025年GDP会超过2000亿元吗",
        "Is there a metro line 11?",
        "Will a new airport be built?",
        "Does the plan mention schools?",
        "Are rivers protected?",
        "Can the fund be used for salaries?",
        "Will GDP exceed 200 billion yuan by 2025?",
    ),
    Kind.HOW: (
        "如何建设金融之城",
        "怎么控制客流",
        "怎样保护湖泊",
        "养老服务怎么扩大",
        "采取什么措施",
        "有哪些措施控制客流",
        "通过什么方式发展",
        "How will the district protect lakes?",
        "How is the flow of visitors controlled?",
        "What measures will be taken?",
        "How does the plan help the elderly?",
    ),
    Kind.WHY: (
        "为什么要换掉泡沫浮球",
        "为何停用柴油发电机",
        "停航的原因是什么",
        "Why are foam floats replaced?",
        "What is the reason for the ban?",
    ),
    Kind.COMPARISON: (
        "2025年比2020年多多少",
        "GDP比2019年增加多少",
        "床位从260张增加到400张，增加了多少",
        "两者相差多少",
        "金融业和服务业哪个大",
        "和2019年相比有什么变化",
        "How much more than in 2020?",
        "What is the difference between the two?",
        "How do 2020 and 2025 compare?",
        "Compare GDP in 2019 and 2025",
        "By how much will it rise?",
        "Which is larger, finance or services?",
    ),
    Kind.TOPIC: (
        "绿道",
        "金融业",
        "养老服务",
        "停车",
        "海上风电",
        "老旧小区改造",
        "昙华林",
        "parks",
        "green finance",
        "school places",
        "housing for young people",
        "Tanhualin",
    ),
}


@pytest.mark.parametrize(
    ("text", "kind"), [(text, kind) for kind, texts in KINDS.items() for text in texts]
)
def test_the_kind_of_answer(text: str, kind: Kind) -> None:
    assert asked(text).kind is kind


def test_every_kind_is_tried() -> None:
    assert set(KINDS) == set(Kind)


@pytest.mark.parametrize(
    "text",
    [
        "金融业增加值目标",
        "2025年GDP目标",
        "失业率",
        "数字经济比重",
        "路网密度",
        "人均公园绿地面积",
        "GDP增速",
        "GDP target 2025",
        "road network density",
        "unemployment rate",
        "finance value added 2025 target",
    ],
)
def test_keywords_that_end_in_a_measure_ask_for_its_value(text: str) -> None:
    assert asked(text).kind in AMOUNTS
    assert asked(text).wants_value


@pytest.mark.parametrize(
    "text",
    [
        "几乎所有社区都有的服务是什么",
        "近几年武昌区的变化有哪些",
        "这几年绿化怎么样",
        "十几年来改造了哪些街区",
        "建筑的几何形态",
        "多元化解纠纷怎么做",
        "长江边的绿道在哪里",
        "重点发展哪几大产业",
        "为什么几乎没有老旧小区",
        "Somehow many people asked",
        "Which industries come first?",
        "Show greenways",
    ],
)
def test_no_value_is_asked_for(text: str) -> None:
    assert asked(text).kind not in AMOUNTS
    assert not asked(text).wants_value


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("新建公园多少个", Measure.COUNT),
        ("要建几家医院", Measure.COUNT),
        ("惠及多少万户", Measure.COUNT),
        ("培训多少名护理员", Measure.COUNT),
        ("How many parks?", Measure.COUNT),
        ("要花多少亿元", Measure.MONEY),
        ("要花多少钱", Measure.MONEY),
        ("How much money goes into it?", Measure.MONEY),
        ("How many yuan does it cost?", Measure.MONEY),
        ("绿地有多少平方米", Measure.AREA),
        ("保留多少亩盐田", Measure.AREA),
        ("How many square meters per person?", Measure.AREA),
        ("How many hectares of woods?", Measure.AREA),
        ("绿道多长", Measure.LENGTH),
        ("绿道有几公里", Measure.LENGTH),
        ("How many kilometers of greenway?", Measure.LENGTH),
        ("How far is it?", Measure.LENGTH),
        ("办一件事要多长时间", Measure.TIME),
        ("单程要多少分钟", Measure.TIME),
        ("预期寿命多少岁", Measure.TIME),
        ("How many years of schooling?", Measure.TIME),
        ("How many minutes does a trip take?", Measure.TIME),
        ("养殖水体有多少立方米", Measure.VOLUME),
        ("能产多少吨", Measure.WEIGHT),
        ("金融占比多少", Measure.SHARE),
        ("提高多少个百分点", Measure.SHARE),
        ("What percentage of GDP is finance?", Measure.SHARE),
        ("金融业增加值目标是多少", None),
        ("What is the target for finance?", None),
    ],
)
def test_what_is_measured(text: str, measure: Measure | None) -> None:
    assert asked(text).measure is measure


@pytest.mark.parametrize("text", ["近几年的变化有哪些", "谁管钱", "什么是平方公里", "why so long"])
def test_what_is_no_amount_has_no_measure(text: str) -> None:
    assert asked(text).measure is None


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("新建公园多少个", "个"),
        ("要花多少亿元", "元"),
        ("绿地有多少平方米", "平方米"),
        ("绿道有几公里", "千米"),
        ("要办多少个工作日", "工作日"),
        ("接待多少万人次", "人次"),
        ("惠及多少万户", "户"),
        ("金融业增加值目标是多少", None),
        ("How many parks?", None),
    ],
)
def test_the_unit_that_is_named_behind_how_many(text: str, unit: str | None) -> None:
    assert asked(text).unit == unit


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2025年GDP目标是多少", [(2025, 2025)]),
        ("２０２５年GDP目标是多少", [(2025, 2025)]),
        ("2019年和2025年的GDP分别是多少", [(2019, 2019), (2025, 2025)]),
        ("2016-2019年新增多少", [(2016, 2019)]),
        ("“十三五”时期新增多少", [(2016, 2020)]),
        ("未来五年要建多少", [(2021, 2025)]),
        ("过去五年建了多少", [(2016, 2020)]),
        ("What was GDP in 2019, and what will it be in 2025?", [(2019, 2019), (2025, 2025)]),
        ("How many over the next five years?", [(2021, 2025)]),
        ("How many during the 13th Five-Year Plan period?", [(2016, 2020)]),
        ("GDP是多少", []),
        ("How many parks?", []),
    ],
)
def test_the_times_that_are_named_in_order(text: str, years: list[tuple[int, int]]) -> None:
    assert [(period.first, period.last) for period in asked(text).periods] == years


@pytest.mark.parametrize("text", ["未来五年要建多少", "How many over the next five years?"])
def test_what_is_relative_to_a_plan_needs_one(text: str) -> None:
    assert asked(text, None).periods == ()
    assert [(p.first, p.last) for p in asked(text, (2026, 2030)).periods] == [(2026, 2030)]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("目标是多少", TARGET),
        ("计划建多少个", TARGET),
        ("打算建几个", TARGET),
        ("未来建几所", TARGET),
        ("要建几所学校", TARGET),
        ("预计达到多少", TARGET),
        ("What is the target?", TARGET),
        ("How many will be built?", TARGET),
        ("How many are planned?", TARGET),
        ("How many should there be?", TARGET),
        ("现在有多少", BASELINE),
        ("目前有几家", BASELINE),
        ("已经建成多少", BASELINE),
        ("过去建了多少", BASELINE),
        ("实际做到了多少", BASELINE),
        ("How many are there now?", BASELINE),
        ("How many were built?", BASELINE),
        ("How many have been built?", BASELINE),
        ("What did GDP come to?", BASELINE),
        ("有多少", None),
        ("GDP是多少", None),
        ("How many parks are there?", None),
        ("GDP现在是多少，目标是多少", None),
        ("How many are there now and how many are planned?", None),
        ("要求是什么", None),
    ],
)
def test_what_is_or_what_is_to_be(text: str, side: IndicatorKind | None) -> None:
    found = asked(text)
    assert found.side is side
    assert bool(found.wording) == (side is not None)
    assert found.wording in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("GDP会超过2000亿元吗", ["2000亿元"]),
        ("2025年GDP会超过2000亿元吗", ["2000亿元"]),
        ("要建10个公园吗", ["10个"]),
        ("床位从260张增加到400张，增加了多少", ["260张", "400张"]),
        ("失业率会低于3%吗", ["3%"]),
        ("Will GDP exceed 200 billion yuan by 2025?", ["200 billion yuan"]),
        ("Will 12 kindergartens be built?", ["12"]),
        ("2025年前建成吗", []),
        ("Will it be built by 2025?", []),
        ("P3实验室有几个", []),
        ("5G基站有多少个", []),
        ("三家医院在哪里", []),  # in words it is as good as a name
        ("绿道有多长", []),
    ],
)
def test_the_amounts_that_are_named(text: str, words: list[str]) -> None:
    found = asked(text).amounts
    assert [amount.words for amount in found] == words
    assert all(text[amount.start : amount.end] == amount.words for amount in found)


def test_an_amount_has_its_value_and_unit() -> None:
    (amount,) = asked("Will GDP exceed 200 billion yuan by 2025?").amounts
    (same,) = asked("2025年GDP会超过2000亿元吗").amounts
    assert amount.value == same.value == 200_000_000_000
    assert amount.unit == same.unit == "元"


@pytest.mark.parametrize(
    ("text", "wants"),
    [
        ("GDP目标是多少", True),
        ("占比多少", True),
        ("多少个", True),
        ("How many?", True),
        ("GDP会超过2000亿元吗", True),
        ("Will 12 kindergartens be built?", True),
        ("要建机场吗", False),
        ("Will an airport be built?", False),
        ("2025年前建成吗", False),
        ("为什么要建3个公园", False),
        ("3个公园在哪里", False),
        ("什么时候建成", False),
        ("有哪些公园", False),
        ("绿道", False),
    ],
)
def test_whether_a_value_answers(text: str, wants: bool) -> None:
    assert asked(text).wants_value is wants


@pytest.mark.parametrize("kind", list(Kind))
def test_a_value_answers_questions_for_amounts_alone(kind: Kind) -> None:
    bare = Intent(kind)
    assert bare.wants_value == (kind in AMOUNTS)
    told = replace(bare, amounts=asked("要建10个公园吗").amounts)
    assert told.wants_value == (kind in {*AMOUNTS, Kind.YESNO})
    assert not AMOUNTS & TIMES


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("绿道有多长", "绿道有多长？"),
        ("What is the target for finance?", "what is the target for finance"),
        ("How many parks?", "HOW MANY PARKS?"),
        ("WHERE IS THE PARK?", "Where is the park?"),
    ],
)
def test_case_and_the_last_mark_make_no_difference(text: str, other: str) -> None:
    assert asked(text) == asked(other)


@properties
@given(
    st.text(
        "多少几个有什么哪些年目标是占比万亿元公里吗谁在为何比到从2025 %.,?how many wilthse",
        max_size=40,
    )
)
def test_any_text_asks_for_something(text: str) -> None:
    for lang in ("zh", "en"):
        found = read(text, lang, PLAN)
        assert found.kind in Kind
        assert (found.unit is None) or found.measure is not None
        assert found == read(text, lang, PLAN)


@properties
@given(st.text(max_size=60), st.sampled_from([None, PLAN]))
def test_reading_never_fails(text: str, plan: tuple[int, int] | None) -> None:
    found = asked(text, plan)
    spans = [(amount.start, amount.end) for amount in found.amounts]
    assert spans == sorted(spans)
    assert all(0 <= start < end <= len(text) for start, end in spans)
