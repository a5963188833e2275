"""Quantities: a number with its unit, what bounds it, and the period it holds for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.numbers import Bound, Measure, Quantity, quantities
from corpus.periods import Period
from tests.plans import properties

PLAN = (2021, 2025)


def words(text: str, lang: str = "zh") -> list[str]:
    return [quantity.words for quantity in quantities(text, lang)]


def one(text: str, lang: str = "zh") -> Quantity:
    """The only quantity of text."""
    (found,) = quantities(text, lang, PLAN)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("力争突破560亿元。", ["560亿元"]),
        ("力争突破 560 亿元。", ["560亿元"]),
        ("达到1,522.04亿元", ["1,522.04亿元"]),
        ("市场主体突破12万余户", ["12万余户"]),
        ("新增1000余家", ["1000余家"]),
        ("10多个社区", ["10多个"]),
        ("建设3-5个园区", ["3-5个"]),
        ("建设3—5个园区", ["3—5个"]),
        ("建设3～5个园区", ["3～5个"]),
        ("建设3 至 5 个园区", ["3至5个"]),
        ("孕产妇死亡率控制在9/10万", ["9/10万"]),
        ("控制在 9 / 10 万 以内", ["9/10万"]),
        ("婴儿死亡率2.5‰", ["2.5‰"]),
        ("参保率90%以上", ["90%"]),
        ("参保率９０％以上", ["９０％"]),
        ("参保率90 ％", ["90％"]),
        ("达到≥70%", ["≥70%"]),
        ("失业率<6%", ["<6%"]),
        ("路网密度达到5.98千米/平方公里", ["5.98千米/平方公里"]),
        ("路网密度达到 5.98 千米 / 平方公里", ["5.98千米/平方公里"]),
        ("打造15分钟生活圈", ["15分钟"]),
        ("人均80平方米/人", ["80平方米/人"]),
        ("处理20万吨/年", ["20万吨/年"]),
        ("引资100亿美元", ["100亿美元"]),
        ("接待1.5万人次", ["1.5万人次"]),
        ("新增学位０.５万个", ["０.５万个"]),
        ("寿命81.4岁", ["81.4岁"]),
        ("用3年时间建5个，占12.5%", ["3年", "5个", "12.5%"]),
        ("是2015年末的1.6倍", ["1.6倍"]),
        ("规模Q=40m^3/s", ["40m^3/s"]),
        ("建筑面积500㎡", ["500㎡"]),
        ("提高3.2个百分点", ["3.2个百分点"]),
        ("提高8 个百分点", ["8个百分点"]),
        ("为期12个月", ["12个月"]),
        ("5万-6万吨", ["5万-6万吨"]),
        ("投资2万—3万元", ["2万—3万元"]),
        ("5%-10家", ["5%", "10家"]),
        ("5575万农村人口", ["5575万"]),
        ("防潮标准50年一遇", ["50年一遇"]),
        ("性别比控制在107以内", ["107"]),
        ("指数分别达到95、96。", ["95", "96"]),
        ("惠及10余万户", ["10余万户"]),
        ("同比增长-3%", ["-3%"]),
    ],
)
def test_quantities(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("下降三成", ["三成"]),
        ("引进两家企业", ["两家"]),
        ("床位十二张", ["十二张"]),
        ("投资五百亿元", ["五百亿元"]),
        ("十余家企业", ["十余家"]),
        ("开展五大行动", ["五大"]),
        ("用三年时间建成", ["三年"]),
        ("一百二十个", ["一百二十个"]),
    ],
)
def test_numerals_are_quantities_where_something_is_counted(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "到2025年",
        "到 2025 年末",
        "1998年",
        "2020年度",
        "2016-2019年",
        "2021—2025 年",
        "2021至2025年",
        "1861年开埠",
        "第27名",
        "名列第 27 名",
        "第3次会议",
        "11号线",
        "5G",
        "5G基站",
        "4A级",
        "5A级景区",
        "500强",
        "P2实验室",
        "PM2.5年均浓度",
        "“十四五”",
        "“1+8”城市圈",
        "三分之一",
        "数百家",
        "6月30日",
        "5月1日至8月16日",
        "2021",
        "未来5年",
        "过去五年",
        "五年累计",
        "一批",
        "一系列",
        "一体化",
        "一个",
        "一次性",
        "第一",
        "第七届",
        "三季度",
        "一是坚持；二是推进",
        "“三个代表”",
        "党的十九大",
        "五级联通",
        "三级孵化",
        "民主二路",
        "百亿级、五百亿级",
        "千名干部",
        "四办",
        "十分重要",
        "两江四岸",
        "两个一百年",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert words(text) == []


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("560亿元", "56000000000", None, "元"),
        ("1,522.04亿元", "152204000000", None, "元"),
        ("12万余户", "120000", None, "户"),
        ("0.5万个", "5000", None, "个"),
        ("3千万元", "30000000", None, "元"),
        ("9/10万", "9", None, "/10万"),
        ("9/十万", "9", None, "/10万"),
        ("2.5‰", "2.5", None, "‰"),
        ("９０％", "90", None, "%"),
        ("3-5座/平方公里", "3", "5", "座/平方公里"),
        ("10～12亿元", "1000000000", "1200000000", "元"),
        ("2000-3000万元", "20000000", "30000000", "元"),
        ("3%-5%", "3", "5", "%"),
        ("5.98公里/平方千米", "5.98", None, "千米/平方公里"),
        ("589万平方米", "5890000", None, "平方米"),
        ("15万名", "150000", None, "人"),
        ("5百分点", "5", None, "个百分点"),
        ("1.6倍", "1.6", None, "倍"),
        ("40m^3/s", "40", None, "立方米/秒"),
        ("3千米", "3", None, "千米"),
        ("5万千瓦", "50000", None, "千瓦"),
        ("三成", "30", None, "%"),
        ("五百亿元", "50000000000", None, "元"),
        ("5575万农村人口", "55750000", None, ""),
        ("控制在107以内", "107", None, ""),
        ("增长-3%", "-3", None, "%"),
    ],
)
def test_what_a_quantity_amounts_to(text: str, value: str, upper: str | None, unit: str) -> None:
    found = one(text)
    assert found.value == Decimal(value)
    assert found.upper == (None if upper is None else Decimal(upper))
    assert found.unit == unit


@pytest.mark.parametrize(
    ("text", "phrase", "bound"),
    [
        ("增加值达到560亿元。", "560亿元", None),
        ("增加值力争突破560亿元", "突破560亿元", Bound.MORE_THAN),
        ("达到96%以上", "96%以上", Bound.AT_LEAST),
        ("规模超过2200亿元", "超过2200亿元", Bound.MORE_THAN),
        ("规模超过了 2200 亿元", "超过了2200亿元", Bound.MORE_THAN),
        ("控制在6%以内", "6%以内", Bound.AT_MOST),
        ("降至2.5‰以下", "2.5‰以下", Bound.AT_MOST),
        ("降至9/10万", "9/10万", None),
        ("新增学位近1.2万个", "近1.2万个", Bound.ABOUT),
        ("增长7%左右", "7%左右", Bound.ABOUT),
        ("面积约185万平方米", "约185万平方米", Bound.ABOUT),
        ("不低于48%", "不低于48%", Bound.AT_LEAST),
        ("不超过3000人", "不超过3000人", Bound.AT_MOST),
        ("低于180/10万", "低于180/10万", Bound.LESS_THAN),
        ("累计新增12万余户", "12万余户", Bound.MORE_THAN),
        (">98%", ">98%", Bound.MORE_THAN),
        ("≥48%", "≥48%", Bound.AT_LEAST),
        ("减少到每年25天以内", "每年25天以内", Bound.AT_MOST),
        ("由每人每月800元", "每人每月800元", None),
        ("企业各10家", "各10家", None),
        ("连续11年下降", "连续11年", None),
        ("3-5座/平方公里", "3-5座/平方公里", None),
        ("控制在107以内", "107以内", Bound.AT_MOST),
        ("节约5吨", "5吨", None),
        ("附近3公里", "3公里", None),
        ("人均3个", "3个", None),
    ],
)
def test_what_is_shown_of_a_quantity(text: str, phrase: str, bound: Bound | None) -> None:
    found = one(text)
    assert (found.phrase, found.bound) == (phrase, bound)
    assert "".join(text.split()).count(found.qualifier + found.words + found.after) == 1


@pytest.mark.parametrize(
    ("text", "qualifier", "after"),
    [
        ("力争突破560亿元", "力争突破", ""),
        ("累计超过5家以上", "累计超过", "以上"),
        ("保持在3.2%以内", "保持在", "以内"),
        ("新增5家", "", ""),
    ],
)
def test_the_words_around_a_quantity(text: str, qualifier: str, after: str) -> None:
    found = one(text)
    assert (found.qualifier, found.after) == (qualifier, after)


def test_one_bound_behind_a_list_holds_for_all_of_it() -> None:
    shared = quantities("死亡率分别降至9/10万和2.5‰以下")
    assert [found.bound for found in shared] == [Bound.AT_MOST, Bound.AT_MOST]
    assert [found.phrase for found in shared] == ["9/10万", "2.5‰以下"]
    apart = quantities("达到9家和10家以上")
    assert [found.bound for found in apart] == [None, Bound.AT_LEAST]


def test_where_a_quantity_stands() -> None:
    text = "到2025年，达到 560 亿元，占 24.78 %。"
    first, second = quantities(text)
    assert text[first.start : first.end] == "560 亿元"
    assert text[second.start : second.end] == "24.78 %"
    assert (first.words, second.words) == ("560亿元", "24.78%")


def test_the_period_of_a_quantity() -> None:
    text = "2019年达到5家，是2015年的2倍。到2025年，达到8家。新增3家。"
    found = quantities(text, "zh", PLAN)
    assert [q.period and q.period.words for q in found] == ["2019年", "2019年", "2025年", None]
    inherited = Period("“十四五”时期", 2021, 2025)
    assert [q.period for q in quantities("新增3家。", "zh", PLAN, inherited)] == [inherited]


def test_places_in_a_ranking_are_asked_for() -> None:
    text = "列全国第27名、全省第1名，GDP位居全市第三，属第一方阵，第七届"
    found = quantities(text, ranks=True)
    assert [(q.words, int(q.value)) for q in found] == [("第27名", 27), ("第1名", 1), ("第三", 3)]
    assert {q.measure for q in found} == {Measure.RANK}
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("text", "found", "value", "unit", "phrase"),
    [
        ("56 billion yuan", "56 billion yuan", "56000000000", "元", "56 billion yuan"),
        ("a 10-billion-yuan plan", "10-billion-yuan", "10000000000", "元", "10-billion-yuan"),
        (
            "more than 220 billion yuan",
            "220 billion yuan",
            "220000000000",
            "元",
            "more than 220 billion yuan",
        ),
        ("9 per 100,000", "9 per 100,000", "9", "/10万", "9 per 100,000"),
        (
            "3 to 5 per square kilometre",
            "3 to 5 per square kilometre",
            "3",
            "/平方公里",
            "3 to 5 per square kilometre",
        ),
        ("12 square  metres", "12 square metres", "12", "平方米", "12 square metres"),
        ("2 square meters per person", "2 square meters per person", "2", "平方米/人", ""),
        ("about 7%", "7%", "7", "%", "about 7%"),
        ("12 percent or more", "12 percent", "12", "%", "12 percent or more"),
        ("no fewer than 6 firms", "6", "6", "", "no fewer than 6"),
        ("100 headquarters", "100", "100", "", "100"),
        ("a 15-minute circle", "15-minute", "15", "分钟", "15-minute"),
        ("1.73 times that of 2015", "1.73 times", "1.73", "倍", "1.73 times"),
        ("5 percentage points", "5 percentage points", "5", "个百分点", "5 percentage points"),
    ],
)
def test_english_quantities(text: str, found: str, value: str, unit: str, phrase: str) -> None:
    quantity = one(text, "en")
    assert (quantity.words, quantity.value, quantity.unit) == (found, Decimal(value), unit)
    assert quantity.phrase == phrase or not phrase


def test_an_english_range_has_both_ends() -> None:
    found = one("50% to 60%", "en")
    assert (found.value, found.upper, found.unit) == (Decimal(50), Decimal(60), "%")
    found = one("It costs 300-500 million yuan.", "en")
    assert (found.value, found.upper) == (Decimal(300_000_000), Decimal(500_000_000))


@pytest.mark.parametrize(
    "text",
    ["", "Line 7", "5G", "a 4A area", "the 7th Games", "in 2025", "Top 500", "June 30", "1+8"],
)
def test_what_is_no_english_quantity(text: str) -> None:
    assert words(text, "en") == []


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("560亿元", Measure.MONEY),
        ("100亿美元", Measure.MONEY),
        ("24.78%", Measure.SHARE),
        ("2.5‰", Measure.SHARE),
        ("3.2个百分点", Measure.SHARE),
        ("8.9平方米", Measure.AREA),
        ("5公里", Measure.LENGTH),
        ("9/10万", Measure.RATE),
        ("5.98千米/平方公里", Measure.RATE),
        ("12个月", Measure.TIME),
        ("83岁", Measure.TIME),
        ("12万余户", Measure.COUNT),
        ("3-5个", Measure.COUNT),
        ("15.3万人", Measure.COUNT),
        ("三成", Measure.SHARE),
        ("十二张", Measure.COUNT),
    ],
)
def test_what_a_quantity_measures(text: str, measured: Measure) -> None:
    assert [quantity.measure for quantity in quantities(text)] == [measured]


_TEXTS = st.one_of(
    st.text("0123456789０５.,%％‰ /-—至万亿余第年个元米平方公里千<≥aG。第名居", max_size=40),
    st.text("二三十百千万亿两成家个大年第“”余 超过近以上内。，2025", max_size=30),
    st.text("0123456789., %-–tobilnyuaperqsmkd", max_size=40),
)


@properties
@given(_TEXTS, st.sampled_from(["zh", "en"]), st.booleans())
def test_quantities_are_pieces_of_any_text_in_order(text: str, lang: str, ranks: bool) -> None:
    at = 0
    for quantity in quantities(text, lang, PLAN, ranks=ranks):
        assert at <= quantity.start < quantity.end <= len(text)
        piece = "".join(text[quantity.start : quantity.end].split())
        assert quantity.words.replace(" ", "") == piece
        assert quantity.upper is None or not quantity.upper.is_nan()
        assert quantity.words in quantity.phrase
        assert quantity.phrase.replace(" ", "") in "".join(text.split())
        at = quantity.end


@properties
@given(st.integers(1, 10**6), st.sampled_from([("", 0), ("万", 4), ("亿", 8)]))
def test_an_amount_reads_back(number: int, scale: tuple[str, int]) -> None:
    name, exponent = scale
    found = one(f"达到{number}{name}元")
    assert found.words == f"{number}{name}元"
    assert found.value == number * 10**exponent
