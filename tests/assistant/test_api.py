"""The HTTP contract on the real plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.api.app import create_app
from assistant.service import Assistant
from assistant.settings import Settings
from corpus import catalog
from corpus.records import Kind

pytestmark = pytest.mark.plan

PLAN = catalog.bundled() / "wuchang-14fyp"
SOURCE = catalog.source(PLAN, catalog.manifest(PLAN))
BODY = SOURCE.index("阐明全区未来一段时期")


def ask(client: TestClient, question: str, **fields: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"question": question, **fields})
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


def check_quotes(answer: dict[str, Any]) -> int:
    """Every quote and every text is the source's at its offsets; returns how many were checked."""
    for citation in answer["citations"]:
        assert citation["quote"] == SOURCE[citation["start"] : citation["end"]]
        assert citation["quote"].strip()
    for passage in answer["passages"]:
        words = "".join(SOURCE[start:end] for start, end in passage["spans"])
        if passage["kind"] == Kind.ROW:
            assert all(value in words for _, value in passage["fields"][1:] if value)
        else:
            assert passage["text"] == words
    return len(answer["citations"])


def test_the_check_of_quotes_can_fail(client: TestClient) -> None:
    answer = ask(client, "金融业增加值目标是多少")
    assert check_quotes(answer) == 1
    answer["citations"][0]["start"] += 1
    with pytest.raises(AssertionError):
        check_quotes(answer)


def test_the_first_question(client: TestClient) -> None:
    answer = ask(client, "金融业增加值目标是多少")
    assert answer["status"] == "answered"
    assert answer["answer"] == {
        "short": "560亿元",
        "text": "到2025年，金融业增加值力争突破560亿元。",
    }
    citation = answer["citations"][0]
    assert citation["quote"] == "到 2025 年，金融业增加值力争突破 560 亿元。"
    assert [part.split()[0] for part in citation["path"]] == [
        "第四篇",
        "第十章",
        "一、打造金融之城",
    ]
    assert citation["pages"] == [25]
    assert citation["pages_exact"] is True
    assert citation["passage_id"] == "wuchang-14fyp/10.1#1"


def test_the_baseline_is_told_from_the_target(client: TestClient) -> None:
    assert ask(client, "2019年金融业增加值是多少")["answer"]["short"] == "377.09亿元"


@settings(
    max_examples=500,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    start=st.integers(BODY, len(SOURCE) - 60),
    length=st.integers(2, 60),
    tail=st.sampled_from(["", "？", "是多少？", "有哪些", " what does the plan say", "怎么办"]),
    mode=st.sampled_from(["hybrid", "hybrid", "dense", "lexical"]),
)
def test_every_quote_is_in_the_source(
    client: TestClient, start: int, length: int, tail: str, mode: str
) -> None:
    answer = ask(client, f"规划{SOURCE[start : start + length]}{tail}", mode=mode)
    assert answer["status"] == "answered"
    assert check_quotes(answer) >= 1
    path = answer["citations"][0]["path"]
    assert path == answer["passages"][0]["path"]


def test_a_sentence_that_a_footnote_interrupts_is_two_citations(client: TestClient) -> None:
    citations = ask(client, "基层引领和服务群众的能力大幅增强")["citations"]
    assert [citation["pages"] for citation in citations] == [[6], [7]]
    assert [citation["n"] for citation in citations] == [1, 2]
    assert citations[1]["quote"] == "领和服务群众的能力大幅增强。"


def test_a_table_row_is_cited_whole(client: TestClient) -> None:
    answer = ask(client, "人均预期寿命2025年要达到多少")
    assert answer["answer"]["short"] == "83年"
    assert answer["citations"][0]["quote"] == "12\t人均预期寿命\t年\t81.4\t83\t0.32\t预期性"
    assert ["类别", "民生福祉"] in answer["passages"][0]["fields"]


def test_the_same_question_gets_the_same_bytes(client: TestClient) -> None:
    bodies = {
        client.post("/v1/ask", json={"question": "武昌有几个P2实验室"}).content for _ in range(5)
    }
    assert len(bodies) == 1


def test_timing_is_in_a_header(client: TestClient) -> None:
    response = client.post("/v1/ask", json={"question": "绿道"})
    assert response.headers["server-timing"].startswith("ask;dur=")


def test_spelling_variants_are_one_question(client: TestClient) -> None:
    one = ask(client, "２０２５年ＧＤＰ  目标")
    other = ask(client, "2025年gdp 目标")
    assert one == other


def test_a_question_without_words_is_not_found(client: TestClient) -> None:
    answer = ask(client, "？！…😀")
    assert answer["status"] == "not_found"
    assert answer["reason"] == "not_a_question"
    assert answer["answer"] is None
    assert answer["citations"] == answer["passages"] == []


def test_top_k_and_documents(client: TestClient) -> None:
    assert len(ask(client, "绿道", top_k=2)["passages"]) == 2
    one = ask(client, "绿道", documents=["wuchang-14fyp"])
    assert one == ask(client, "绿道")


@pytest.mark.parametrize("mode", ["hybrid", "dense", "lexical"])
def test_search_ranks_in_every_mode(client: TestClient, mode: str) -> None:
    response = client.get("/v1/search", params={"q": "停车泊位", "k": 4, "mode": mode})
    hits = response.json()["hits"]
    assert len(hits) == 4
    order = [(-hit["score"], hit["passage_id"]) for hit in hits]
    assert order == sorted(order)
    assert (hits[0]["scores"]["late"] is None) == (mode != "hybrid")


def test_search_within_a_section(client: TestClient) -> None:
    found = client.get("/v1/search", params={"q": "金融", "section": "P4", "k": 100}).json()
    assert {hit["section"].split(".")[0] for hit in found["hits"]} == {"P4", "9", "10", "11"}
    only = client.get("/v1/search", params={"q": "金融", "section": "10.1", "k": 100}).json()
    assert {hit["section"] for hit in only["hits"]} == {"10.1"}


def test_a_passage_by_its_id(client: TestClient, plan_assistant: Assistant) -> None:
    for passage in plan_assistant.index.passages[::20]:
        response = client.get(f"/v1/passages/{quote(passage.id)}")
        assert response.json()["passage_id"] == passage.id
        assert response.json()["url"] == f"/v1/passages/{quote(passage.id)}"


def test_documents_and_outline(client: TestClient) -> None:
    (document,) = client.get("/v1/documents").json()
    assert document["id"] == "wuchang-14fyp"
    assert document["pages"] == 66
    outline = client.get("/v1/documents/wuchang-14fyp/outline").json()
    levels = [section["level"] for section in outline["sections"]]
    assert [levels.count(level) for level in (1, 2, 4)] == [10, 31, 79]
    last = outline["sections"][-1]
    assert (last["title"], last["pages"]) == ("三、强化资金保障", [66])
    assert last["passages"] == ["wuchang-14fyp/31.3#1"]


def test_the_probes(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["passages"] == 143
    assert ready["problem"] is None


def problem(response: Any, status: int, slug: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["type"] == f"urn:planqa:problem:{slug}"
    assert body["status"] == status
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("question", "slug"),
    [
        ("", "question-empty"),
        (" \n\t\u200b", "question-empty"),
        ("问" * 1001, "question-too-long"),
        ("㍿" * 251, "question-too-long"),  # four characters each, once folded
        ("金融\x00", "question-unreadable"),
        ("金融\x1b[31m", "question-unreadable"),
        ("金融\ud800", "question-unreadable"),
    ],
)
def test_bad_questions_by_name(client: TestClient, question: str, slug: str) -> None:
    response = client.post(
        "/v1/ask",
        content=json.dumps({"question": question}).encode(),
        headers={"content-type": "application/json"},
    )
    problem(response, 422, slug)
    assert client.get("/readyz").status_code == 200


def test_a_question_of_a_thousand_characters_is_answered(client: TestClient) -> None:
    assert ask(client, "武昌区的绿道建设" * 125)["status"] == "answered"


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({}, "body.question"),
        ({"question": 5}, "body.question"),
        ({"question": "绿道", "top_k": 0}, "body.top_k"),
        ({"question": "绿道", "top_k": 51}, "body.top_k"),
        ({"question": "绿道", "mode": "best"}, "body.mode"),
        ({"question": "绿道", "lang": "fr"}, "body.lang"),
        ({"question": "绿道", "colour": "red"}, "body.colour"),
        ([], "body"),
    ],
)
def test_invalid_requests_name_the_field(client: TestClient, body: Any, at: str) -> None:
    found = problem(client.post("/v1/ask", json=body), 422, "invalid-request")
    assert at in {fault["at"] for fault in found["errors"]}


def test_broken_json(client: TestClient) -> None:
    for content in (b"{", b"\xff\xfe", b""):
        response = client.post(
            "/v1/ask", content=content, headers={"content-type": "application/json"}
        )
        assert response.status_code in {400, 422}
        assert response.headers["content-type"] == "application/problem+json"


def test_unknown_things_by_name(client: TestClient) -> None:
    problem(client.get("/v1/passages/wuchang-14fyp/99%231"), 404, "passage-unknown")
    problem(client.get("/v1/documents/nowhere/outline"), 404, "document-unknown")
    problem(
        client.post("/v1/ask", json={"question": "绿道", "documents": ["nowhere"]}),
        404,
        "document-unknown",
    )
    problem(client.get("/v1/search?q=绿道&section=99"), 422, "section-unknown")
    problem(client.get("/nowhere"), 404, "not-found")
    problem(client.get("/v1/ask"), 405, "method-not-allowed")


def test_errors_come_in_the_callers_language(client: TestClient) -> None:
    def detail(question: str, lang: str | None = None, accept: str | None = None) -> str:
        headers = {} if accept is None else {"accept-language": accept}
        body = {"question": question, "lang": lang, "documents": ["nowhere"]}
        found: str = client.post("/v1/ask", json=body, headers=headers).json()["detail"]
        return found

    assert detail("绿道") == "没有文件“nowhere”。"
    assert detail("greenways") == "There is no document “nowhere”."
    assert detail("绿道", lang="en") == "There is no document “nowhere”."
    assert detail("", accept="en-GB,en;q=0.9").startswith("The question is empty")
    assert detail("", accept="zh-CN").startswith("问题是空的")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"question": "how many greenways"}, "Input should be greater than or equal to 1"),
        ({"question": "绿道", "lang": "en"}, "Input should be greater than or equal to 1"),
        ({"question": "绿道有多少"}, "应不小于 1"),
        ({"question": "greenways", "lang": "zh"}, "应不小于 1"),
    ],
)
def test_faults_of_a_request_come_in_the_callers_language(
    client: TestClient, fields: dict[str, str], message: str
) -> None:
    body = client.post("/v1/ask", json={**fields, "top_k": 0}).json()
    assert body["errors"] == [{"at": "body.top_k", "message": message}]
    assert ("见 errors" in body["detail"]) == ("应" in message)


@pytest.mark.parametrize(("lang", "words"), [("en", "The index is not"), ("zh", "索引尚不可用")])
def test_a_service_without_an_index_says_so_in_the_callers_language(
    tmp_path: Path, lang: str, words: str
) -> None:
    with TestClient(create_app(Settings(index_dir=tmp_path))) as empty:
        response = empty.post("/v1/ask", json={"question": "绿道", "lang": lang})
    assert response.status_code == 503
    assert response.json()["detail"].startswith(words)


def test_half_a_character_in_a_name_is_no_fault_of_ours(client: TestClient) -> None:
    content = b'{"question": "greenway", "documents": ["\\ud800"]}'
    response = client.post("/v1/ask", content=content, headers={"content-type": "application/json"})
    assert "\\ud800" in problem(response, 404, "document-unknown")["detail"]


def test_no_document_is_no_answer(client: TestClient) -> None:
    found = ask(client, "绿道", documents=[])
    assert (found["status"], found["reason"]) == ("not_found", "nothing_matches")


def test_an_unknown_name_is_told_even_if_nothing_is_asked(client: TestClient) -> None:
    body = {"question": "??", "documents": ["nowhere"]}
    problem(client.post("/v1/ask", json=body), 404, "document-unknown")
    problem(client.get("/v1/search?q=??&section=99"), 422, "section-unknown")


def test_the_openapi_document_lists_the_routes(client: TestClient) -> None:
    assert set(client.get("/openapi.json").json()["paths"]) == {
        "/v1/ask",
        "/v1/search",
        "/v1/passages/{passage_id}",
        "/v1/documents",
        "/v1/documents/{document_id}/outline",
        "/healthz",
        "/readyz",
    }
