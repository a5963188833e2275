"""Pairs: what a subject has reached and is to reach, and the difference."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import catalog, document
from corpus.indicators import IndicatorKind, indicators
from corpus.pairs import Pair, pairs
from tests.plans import chapter, properties, reading


def paired(*texts: str) -> list[Pair]:
    """The pairs of a plan of one chapter with these paragraphs."""
    return list(pairs(indicators(chapter(*texts).document)))


def only(*texts: str) -> Pair:
    (pair,) = paired(*texts)
    return pair


@pytest.mark.parametrize(
    ("base", "target", "change", "unit", "percent"),
    [
        (
            "2020年，地区生产总值达到80亿元。",
            "到2025年，地区生产总值达到100亿元。",
            "2000000000",
            "元",
            "25.00",
        ),
        ("2020年，覆盖率达到40.25%。", "到2025年，覆盖率达到41.51%。", "1.26", "个百分点", None),
        ("2020年，死亡率为3‰。", "到2025年，死亡率降至2.5‰。", "-0.5", "‰", None),
        ("2020年，床位数6张。", "到2025年，床位数7张。", "1", "张", "16.67"),
        (
            "过去五年，固定资产投资12亿元。",
            "未来五年，固定资产投资18亿元。",
            "600000000",
            "元",
            "50.00",
        ),
        (
            "2020年，辖区路网密度为4千米/平方公里。",
            "路网密度达到5千米/平方公里。",
            "1",
            "千米/平方公里",
            "25.00",
        ),
        (
            "2019年，金融产业增加值4亿元。",
            "到2025年，金融业增加值5亿元。",
            "100000000",
            "元",
            "25.00",
        ),
        ("2020年，引进人才5名。", "到2025年，引进人才6人。", "1", "人", "20.00"),
        ("2020年，企业0家。", "到2025年，企业6家。", "6", "家", None),
    ],
)
def test_a_base_and_a_target(
    base: str, target: str, change: str, unit: str, percent: str | None
) -> None:
    pair = only(base, target)
    assert pair.base.kind is IndicatorKind.BASELINE
    assert pair.target.kind is IndicatorKind.TARGET
    assert (pair.change, pair.unit) == (Decimal(change), unit)
    assert pair.percent == (None if percent is None else Decimal(percent))


@pytest.mark.parametrize(
    ("base", "target"),
    [
        ("过去五年，零售总额达到12亿元。", "到2025年，零售总额达到18亿元。"),
        ("2020年，企业5家。", "到2025年，医院6家。"),
        ("2020年，企业5家。", "到2025年，企业6%。"),
        ("2020年，企业5家。", "到2025年，企业6-8家。"),
        ("2020年，企业3-5家。", "到2025年，企业6家。"),
        ("到2025年，企业6家。", "到2035年，企业8家。"),
    ],
)
def test_what_cannot_be_compared_is_no_pair(base: str, target: str) -> None:
    assert paired(base, target) == []


def test_of_several_bases_the_latest_counts() -> None:
    pair = only("2019年，企业5家。2020年，企业6家。2015年，企业1家。", "到2025年，企业9家。")
    assert pair.base.words == "6家"


def test_each_target_has_its_pair() -> None:
    found = paired("2020年，企业5家。", "到2025年，企业9家。到2035年，企业12家。")
    assert [pair.target.words for pair in found] == ["9家", "12家"]


def test_a_sum_in_brackets_is_no_level_and_a_bound_at_the_base_no_change() -> None:
    found = pairs(indicators(reading().document))
    assert "[1.5]岁" not in [pair.target.words for pair in found]
    assert [(p.base.words, p.target.words, p.change) for p in found if p.target.column] == [
        ("38.2%", "40%", Decimal("1.8")),
    ]


@pytest.mark.plan
def test_the_pairs_of_the_real_plan() -> None:
    found = pairs(indicators(document.read_all(catalog.bundled())[0].document))
    told = {pair.target.subject: (pair.change, pair.percent) for pair in found}
    assert told["金融业增加值"] == (Decimal("18291000000"), Decimal("48.51"))
    assert told["路网密度"] == (Decimal("1.10"), Decimal("22.54"))
    assert told["绿化覆盖率"] == (Decimal("1.26"), None)
    assert told["吸引大学生留汉"] == (Decimal(30000), Decimal("20.00"))
    assert told["新增就业人数"] == (Decimal(-48000), Decimal("-31.37"))
    assert "社会消费品零售总额" not in told


@properties
@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_a_change_leads_from_the_base_to_the_target(base: int, target: int) -> None:
    for pair in paired(f"2020年，企业{base}家。", f"到2025年，企业{target}家。"):
        assert pair.base.quantity is not None
        assert pair.target.quantity is not None
        assert pair.target.quantity.value - pair.base.quantity.value == pair.change
