"""The register: what its filters keep, its pairs, and its CSV; over HTTP too on the real plan."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from assistant import register
from assistant.api.register import IndicatorOut, indicator_out
from assistant.api.sheet import is_wanted, sheet
from assistant.errors import (
    AssistantError,
    DocumentUnknown,
    PeriodUnreadable,
    QuestionTooLong,
    QuestionUnreadable,
    SectionUnknown,
)
from assistant.register import Entry, indicators, paired
from assistant.service import Assistant
from corpus import catalog
from corpus.indicators import IndicatorKind
from index.build import build
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

TEA = {
    "1": ["2019年，茶叶产量达到40万吨。", "到2025年，茶叶产量突破56万吨，茶农达到900户。"],
    "1.1": ["到2025年，茶厂达到9-12家。"],
    "2": ["新建茶路30公里。"],
}
TEA_IN_ENGLISH: dict[str, list[str | None]] = {
    "1": ["In 2019, tea output reached 400,000 tons.", None],
    "1.1": ["By 2025, there will be 9-12 tea factories."],
    "2": ["Build 30 kilometers of new tea roads."],
}
BOATS = {"1": ["到2035年，码头泊位达到12个。"]}


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    table = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, table)
        tea = document("tea", TEA, TEA_IN_ENGLISH)
        dated = replace(tea, manifest=replace(tea.manifest, title="茶区第十四个五年规划"))
        index = build((dated, document("boats", BOATS)), HashEncoder())
    return Assistant(Searcher(index, HashEncoder()))


def words(found: tuple[Entry, ...]) -> list[str]:
    return [entry.indicator.words for entry in found]


EVERY = ["40万吨", "突破56万吨", "900户", "9-12家", "30公里", "12个"]


def test_all_of_it_in_the_plans_order(assistant: Assistant) -> None:
    assert words(indicators(assistant)) == EVERY
    assert words(indicators(assistant, " ", None, "\t")) == EVERY


def test_each_entry_is_the_sources_words(assistant: Assistant) -> None:
    for entry in indicators(assistant):
        assert entry.document.source[entry.span.start : entry.span.end] == entry.quote
        assert entry.quote in entry.indicator.words
        assert entry.pages is not None
        assert entry.passage.id == entry.indicator.passage


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        ({"q": "茶叶产量"}, ["40万吨", "突破56万吨"]),
        ({"q": "茶葉產量"}, ["40万吨", "突破56万吨"]),
        ({"q": "产量 茶叶"}, ["40万吨", "突破56万吨"]),
        ({"q": "茶叶 ５６"}, ["突破56万吨"]),
        ({"q": "标题2"}, ["30公里"]),
        ({"q": "heading 2"}, ["30公里"]),
        ({"q": "TEA"}, ["40万吨", "9-12家", "30公里"]),
        ({"q": "factory"}, ["9-12家"]),
        ({"q": "gard"}, []),
        ({"q": "56"}, ["突破56万吨"]),
        ({"q": "56%"}, []),
        ({"q": "咖啡"}, []),
        ({"q": "coffee"}, []),
        ({"q": "？！"}, []),
        ({"kind": IndicatorKind.BASELINE}, ["40万吨"]),
        ({"kind": IndicatorKind.TARGET}, EVERY[1:]),
        ({"period": "2019"}, ["40万吨"]),
        ({"period": "２０１９年"}, ["40万吨"]),
        ({"period": "2016-2020"}, ["40万吨"]),
        ({"period": "十三五"}, ["40万吨"]),
        ({"period": "“十三五”時期"}, ["40万吨"]),
        ({"period": "the 14th Five-Year Plan period"}, ["突破56万吨", "900户", "9-12家"]),
        ({"period": "2030"}, []),
        ({"period": "2019, 2035"}, ["40万吨", "12个"]),
        ({"section": "1", "documents": ["tea"]}, EVERY[:4]),
        ({"section": "1.1"}, ["9-12家"]),
        ({"section": "1"}, [*EVERY[:4], "12个"]),
        ({"documents": ["boats"]}, ["12个"]),
        ({"documents": []}, []),
        ({"q": "茶叶", "kind": IndicatorKind.TARGET, "period": "2025"}, ["突破56万吨"]),
    ],
)
def test_what_a_filter_keeps(assistant: Assistant, choice: dict[str, Any], kept: list[str]) -> None:
    assert words(indicators(assistant, **choice)) == kept


def test_no_question_is_encoded(assistant: Assistant) -> None:
    encoder = HashEncoder()
    asked = Assistant(Searcher(assistant.index, encoder))
    for q in ("茶叶产量", "茶叶的产量有多少", "tea output in tons", "咖啡"):
        indicators(asked, q)
    assert encoder.questions == []


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        ({"q": "茶" * 1001}, QuestionTooLong),
        ({"q": "茶\x00"}, QuestionUnreadable),
        ({"q": "茶\ud800"}, QuestionUnreadable),
        ({"period": "soon"}, PeriodUnreadable),
        ({"period": "很快"}, PeriodUnreadable),
        ({"period": "2025 " * 30}, PeriodUnreadable),
        ({"period": "\ud800"}, PeriodUnreadable),
        ({"section": "99"}, SectionUnknown),
        ({"section": ""}, SectionUnknown),
        ({"section": "2", "documents": ["boats"]}, SectionUnknown),
        ({"documents": ["nowhere"]}, DocumentUnknown),
    ],
)
def test_bad_values_by_name(
    assistant: Assistant, choice: dict[str, Any], error: type[AssistantError]
) -> None:
    with pytest.raises(error):
        indicators(assistant, **choice)


def test_pairs_need_one_of_the_two(assistant: Assistant) -> None:
    choices: list[dict[str, Any]] = [
        {},
        {"kind": IndicatorKind.BASELINE},
        {"period": "2025"},
        {"q": "56"},
    ]
    for choice in choices:
        (pair,) = paired(assistant, indicators(assistant, **choice))
        assert (pair.base.indicator.words, pair.target.indicator.words) == ("40万吨", "突破56万吨")
        assert (str(pair.pair.change), pair.pair.unit) == ("160000", "吨")
    assert paired(assistant, indicators(assistant, q="茶厂")) == ()
    assert paired(assistant, ()) == ()


def rows(data: bytes) -> list[dict[str, str]]:
    """What the csv module makes of it."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_opens_with_the_csv_module(assistant: Assistant) -> None:
    found = indicators(assistant)
    told = rows(sheet(found, None))
    assert [row["words"] for row in told] == EVERY
    first = told[0]
    assert (first["value"], first["unit"], first["upper"]) == ("400000", "吨", "")
    assert (first["period_words"], first["period_first"]) == ("2019年", "2019")
    assert (first["path"], first["pages"]) == ("标题1", "1")
    assert (told[3]["value"], told[3]["upper"]) == ("9", "12")
    assert told[4]["period_first"] == ""
    for row, entry in zip(told, found, strict=True):
        assert row["quote"] == entry.document.source[int(row["start"]) : int(row["end"])]


def test_csv_of_pairs(assistant: Assistant) -> None:
    found = indicators(assistant)
    (row,) = rows(sheet(found, paired(assistant, found)))
    assert (row["subject"], row["change"], row["change_unit"]) == ("茶叶产量", "160000", "吨")
    assert (row["base_value"], row["target_value"], row["percent"]) == ("400000", "560000", "40.00")
    assert row["exact"] == "false"  # 突破56万吨
    assert (row["base_period_first"], row["target_period_first"]) == ("2019", "2025")


def test_csv_of_nothing_has_its_header(assistant: Assistant) -> None:
    for pairs in (None, ()):
        data = sheet((), pairs)
        assert rows(data) == []
        assert data.decode("utf-8-sig").strip().count("\n") == 0
    header = sheet((), None).decode("utf-8-sig").strip().split(",")
    flat = [name for name in IndicatorOut.model_fields if name != "period"]
    assert set(flat) <= set(header)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("+1 2", "'+1 2"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("-5", "-5"),
        ("+5.25", "+5.25"),
        ("-5%", "'-5%"),
        ("5=5", "5=5"),
        ('a "quoted", thing\nin two lines', 'a "quoted", thing\nin two lines'),
    ],
)
def test_no_cell_is_a_formula(assistant: Assistant, text: str, cell: str) -> None:
    entry = indicators(assistant)[0]
    made = replace(entry, indicator=replace(entry.indicator, subject=text))
    (row,) = rows(sheet([made], None))
    assert row["subject"] == cell


@pytest.mark.parametrize(
    ("accept", "wanted"),
    [
        ("text/csv", True),
        ("TEXT/CSV", True),
        ("text/csv;q=0.9, application/json;q=0.5", True),
        ("application/json, text/csv;q=0.5", False),
        ("application/json, text/csv", False),
        ("text/csv; charset=utf-8", True),
        ("text/csv;q=0", False),
        ("text/csv;q=lots", False),
        ("text/html, */*;q=0.8", False),
        ("*/*", False),
        ("", False),
        (",;=", False),
    ],
)
def test_csv_is_sent_where_it_is_asked_for_by_name(accept: str, wanted: bool) -> None:
    assert is_wanted(accept) == wanted


# --- The real plan ---

PLAN = catalog.bundled() / "wuchang-14fyp"
SOURCE = catalog.source(PLAN, catalog.manifest(PLAN))


def get(client: TestClient, **params: Any) -> dict[str, Any]:
    response = client.get("/v1/indicators", params=params)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    assert found["count"] == len(found["indicators"])
    return found


@pytest.mark.plan
def test_every_value_over_http_is_the_sources(
    client: TestClient, plan_assistant: Assistant
) -> None:
    found = get(client)
    assert found["count"] > 100
    assert found["pairs"] is None
    order = {passage.id: n for n, passage in enumerate(plan_assistant.index.passages)}
    places = [order[one["passage_id"]] for one in found["indicators"]]
    assert places == sorted(places)
    for one in found["indicators"]:
        assert one["quote"] == SOURCE[one["start"] : one["end"]]
        passage = client.get(one["url"]).json()
        assert passage["passage_id"] == one["passage_id"]
        assert (passage["section"], passage["path"]) == (one["section"], one["path"])
        assert set(one["pages"]) <= set(passage["pages"])


@pytest.mark.plan
def test_one_value_has_all_that_is_said_of_it(client: TestClient) -> None:
    found = get(client, q="金融业增加值", kind="target", period="2025", section="P4")
    (one,) = found["indicators"]
    start = one["start"]
    assert one == {
        "id": "wuchang-14fyp/10.1#1:1",
        "document": "wuchang-14fyp",
        "subject": "金融业增加值",
        "subject_en": "value added of the financial sector",
        "value": "56000000000",
        "upper": None,
        "unit": "元",
        "words": "突破560亿元",
        "phrase_en": "more than 56 billion yuan",
        "qualifier": "力争突破",
        "bound": "more_than",
        "period": {"words": "2025年", "first": 2025, "last": 2025},
        "kind": "target",
        "binding": None,
        "passage_id": "wuchang-14fyp/10.1#1",
        "section": "10.1",
        "path": [
            "第四篇 坚持质效优先，推动经济体系升级",
            "第十章 推动重点产业集群化发展",
            "一、打造金融之城",
        ],
        "pages": [25],
        "quote": "560 亿元",
        "start": start,
        "end": start + len("560 亿元"),
        "url": "/v1/passages/wuchang-14fyp/10.1%231",
    }


@pytest.mark.plan
@pytest.mark.parametrize(
    ("params", "subject"),
    [
        ({"q": "人均预期寿命", "period": "2020"}, "人均预期寿命"),
        ({"q": "life expectancy", "period": "2020"}, "人均预期寿命"),
        ({"q": "人均預期壽命", "period": "2020"}, "人均预期寿命"),
        ({"q": "hospital beds"}, "每千常住人口编制床位数"),
        ({"q": "greenways", "kind": "target"}, "新建秦园中路、黄鹂路等绿道"),
    ],
)
def test_words_in_either_language(client: TestClient, params: dict[str, str], subject: str) -> None:
    assert subject in [one["subject"] for one in get(client, **params)["indicators"]]


@pytest.mark.plan
def test_a_table_row_tells_its_binding(client: TestClient) -> None:
    found = get(client, q="绿化覆盖率", section="5", pairs=True)
    assert {one["binding"] for one in found["indicators"]} == {"约束性"}
    (pair,) = found["pairs"]
    assert (pair["base"]["value"], pair["target"]["value"]) == ("40.25", "41.51")
    assert (pair["change"], pair["unit"], pair["percent"]) == ("1.26", "个百分点", None)


@pytest.mark.plan
def test_csv_over_http(client: TestClient) -> None:
    every = get(client, q="金融")
    for params, headers in (({"format": "csv"}, {}), ({}, {"accept": "text/csv"})):
        response = client.get("/v1/indicators", params={"q": "金融", **params}, headers=headers)
        assert response.headers["content-type"] == "text/csv; charset=utf-8"
        assert response.headers["content-disposition"] == 'attachment; filename="indicators.csv"'
        assert response.headers["vary"] == "Accept"
        assert [row["id"] for row in rows(response.content)] == [
            one["id"] for one in every["indicators"]
        ]
    response = client.get("/v1/indicators?pairs=true&format=csv")
    assert response.headers["content-disposition"] == 'attachment; filename="pairs.csv"'
    assert all(row["change"] for row in rows(response.content))
    told = client.get("/v1/indicators?format=json", headers={"accept": "text/csv"})
    assert told.headers["content-type"] == "application/json"


@pytest.mark.plan
def test_nothing_found_is_no_error(client: TestClient) -> None:
    found = get(client, q="绿道", period="2050", pairs=True)
    assert (found["count"], found["pairs"]) == (0, [])


@pytest.mark.plan
@pytest.mark.parametrize(
    ("params", "status", "slug", "detail"),
    [
        ({"period": "soon"}, 422, "period-unreadable", "“soon”不是时间"),
        ({"q": "greenway", "period": "soon"}, 422, "period-unreadable", "“soon” is no time"),
        ({"q": "绿道\x07"}, 422, "question-unreadable", "U+0007"),
        ({"q": "x" * 1001}, 422, "question-too-long", "1001"),
        ({"section": "99"}, 422, "section-unknown", "没有章节“99”"),
        ({"document": "nowhere"}, 404, "document-unknown", "没有文件“nowhere”"),
        ({"kind": "wish"}, 422, "invalid-request", "请求有误"),
        ({"q": "greenway", "kind": "wish"}, 422, "invalid-request", "not as documented"),
        ({"pairs": "perhaps"}, 422, "invalid-request", "请求有误"),
        ({"format": "xlsx"}, 422, "invalid-request", "请求有误"),
    ],
)
def test_bad_values_over_http(
    client: TestClient, params: dict[str, str], status: int, slug: str, detail: str
) -> None:
    response = client.get("/v1/indicators", params=params)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["type"] == f"urn:planqa:problem:{slug}"
    assert detail in response.json()["detail"]


@pytest.mark.plan
def test_every_value_of_the_plan_has_a_number_or_says_it_has_none(
    plan_assistant: Assistant,
) -> None:
    for entry in register.entries(plan_assistant):
        told = indicator_out(entry)
        assert (told.value is None) == (entry.indicator.quantity is None)
        if told.value is not None:
            assert float(told.value) == float(entry.indicator.quantity.value)  # type: ignore[union-attr]
            assert "E" not in told.value
