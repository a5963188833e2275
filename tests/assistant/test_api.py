"""The HTTP contract on the real plan."""

from __future__ import annotations

import json
import random
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
from corpus.language import HAN
from corpus.records import Kind, Passage

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
        "short": "突破560亿元",
        "short_original": "突破560亿元",
        "text": "到2025年，金融业增加值力争突破560亿元。",
        "difference": None,
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
    answer = ask(client, f"规划{SOURCE[start : start + length]}{tail}", mode=mode, top_k=50)
    assert (check_quotes(answer) >= 1) == (answer["status"] != "not_found")
    paths = {passage["passage_id"]: passage["path"] for passage in answer["passages"]}
    for citation in answer["citations"]:
        assert paths.get(citation["passage_id"], citation["path"]) == citation["path"]


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
    other = ask(client, "2025年GDP 目标")
    assert one == other
    assert ask(client, "2025年gdp 目标")["citations"] == one["citations"]


FORMS = {
    "金融业增加值目标是多少？": [
        "金融业增加值目标是多少",
        "金融业增加值目标是多少?!",
        " 金融业 增加值 目标 是 多少 ",
        "金 融 业 增 加 值 目 标 是 多 少",
        "金融业\n增加值　目标\u200b是多少？",
        "金融業增加值目標是多少？",
    ],
    "2025年绿化覆盖率是多少？": [
        "２０２５年绿化覆盖率是多少",
        "2025 年 绿化覆盖率 是多少",
        "2025年綠化覆蓋率是多少？",
    ],
    "人均预期寿命2025年要达到多少": [
        "人均预期寿命２０２５年要达到多少？",
        "人均 预期寿命 2025 年 要达到 多少",
        "人均預期壽命2025年要達到多少",
    ],
    "武昌有几个P3实验室？": [
        "武昌有几个Ｐ３实验室",
        "武昌有几个 P3 实验室 ？",
        "武昌有幾個P3實驗室？",
        "武昌有几个p3实验室？",
    ],
    "绿道要建多长？": ["绿道要建多长", "绿道 要建 多长", "綠道要建多長？"],
    "What is the target for value added of the financial sector by 2025?": [
        "What is the target for value added of the financial sector by 2025",
        "what is the target for value added of the financial sector by 2025?",
        "Ｗｈａｔ is the target for value added of the financial sector by ２０２５？",
        "  What is  the target\tfor value added of the financial sector by 2025 ?",
    ],
    "How many hospital beds per 1,000 people?": [
        "how many hospital beds per 1,000 people",
        "How many hospital beds per １，０００ people？",
        "HOW MANY HOSPITAL BEDS PER 1,000 PEOPLE?",
    ],
}
"""Questions, and the same in full and half width, other spaces, no punctuation, Traditional."""


@pytest.mark.parametrize(
    ("plain", "form"), [(plain, form) for plain, forms in FORMS.items() for form in forms]
)
def test_every_form_of_a_question_gets_the_same_citation(
    client: TestClient, plain: str, form: str
) -> None:
    one, other = ask(client, plain), ask(client, form)
    assert other["citations"][0] == one["citations"][0]
    assert other["answer"] == one["answer"]
    assert other["lang"] == one["lang"]
    assert other["notes"] == one["notes"]


ENGLISH = "What is the target for value added of the financial sector by 2025?"
PATH = [
    "Part IV: Give Priority to Quality and Efficiency and Promote the Upgrading of the Economic "
    "System",
    "Chapter 10: Promote the Cluster-Based Development of Key Industries",
    "1. Build a City of Finance",
]


def test_the_first_question_in_english(client: TestClient) -> None:
    answer = ask(client, ENGLISH)
    text = (
        "By 2025, we will strive to exceed 56 billion yuan in value added of the financial sector."
    )
    assert (answer["status"], answer["lang"]) == ("answered", "en")
    assert answer["question"] == answer["read_as"] == ENGLISH
    assert answer["answer"] == {
        "short": "more than 56 billion yuan (突破560亿元)",
        "short_original": "突破560亿元",
        "text": text,
        "difference": None,
    }
    assert check_quotes(answer) == 1
    (citation,) = answer["citations"]
    assert citation["quote"] == "到 2025 年，金融业增加值力争突破 560 亿元。"
    assert citation["translation"] == {
        "language": "en",
        "official": False,
        "path": PATH,
        "text": text,
        "fields": [],
    }
    assert citation["path"][-1] == "一、打造金融之城"
    (note,) = answer["notes"]
    assert note["code"] == "unofficial_translation"
    assert "unofficial" in note["text"]


def test_a_table_row_in_english(client: TestClient) -> None:
    answer = ask(client, "What is the average life expectancy target for 2025?")
    assert answer["answer"]["short"] == "83 years (83年)"
    assert "Indicator: Average life expectancy" in answer["answer"]["text"]
    assert answer["citations"][0]["quote"] == "12\t人均预期寿命\t年\t81.4\t83\t0.32\t预期性"
    first = answer["passages"][0]
    assert ["Unit", "year"] in first["translation"]["fields"]
    assert ["单位", "年"] in first["fields"]


@pytest.mark.parametrize(
    ("question", "lang"), [("金融业增加值目标是多少", "en"), (ENGLISH, "zh")], ids=["en", "zh"]
)
def test_the_language_of_the_answer_may_be_given(
    client: TestClient, question: str, lang: str
) -> None:
    own, other = ask(client, question), ask(client, question, lang=lang)
    assert own["lang"] != lang == other["lang"]
    assert other["citations"] == own["citations"]
    assert other["passages"] == own["passages"]
    told = other["citations"][0]["translation"]["text"]
    said, codes = other["answer"], [note["code"] for note in other["notes"]]
    if lang == "en":
        assert said["short"] == "more than 56 billion yuan (突破560亿元)"
        assert (said["text"], codes) == (told, ["unofficial_translation"])
    else:
        assert said["short"] == "突破560亿元"
        assert (said["text"], codes) == ("到2025年，金融业增加值力争突破560亿元。", [])
    assert said["short_original"] == own["answer"]["short_original"] == "突破560亿元"


@pytest.mark.parametrize(
    ("question", "fields", "code", "words"),
    [
        ("停车泊味有多少", {}, "read_as", "按“停车泊位有多少”理解。"),
        ("停车泊味有多少", {"lang": "en"}, "read_as", "Read as “停车泊位有多少”."),
        ("Какова цель?", {}, "other_language", "neither Chinese nor English"),
        ("Какова цель?", {"lang": "zh"}, "other_language", "不是中文或英文"),
    ],
)
def test_notes_have_a_code_and_the_same_in_the_language_of_the_answer(
    client: TestClient, question: str, fields: dict[str, str], code: str, words: str
) -> None:
    answer = ask(client, question, **fields)
    assert answer["notes"][0]["code"] == code
    assert words in answer["notes"][0]["text"]
    assert (answer["read_as"] == answer["question"]) == (code != "read_as")


def test_a_question_in_traditional_characters_stays_as_it_was_typed(client: TestClient) -> None:
    answer = ask(client, "金融業增加值目標是多少")
    assert answer["question"] == "金融業增加值目標是多少"
    assert answer["read_as"] == "金融业增加值目标是多少"
    assert answer["answer"]["short"] == "突破560亿元"
    assert answer["notes"] == []
    found = client.get("/v1/search", params={"q": "綠道", "k": 1}).json()
    assert (found["question"], found["read_as"]) == ("綠道", "绿道")


OWN = 150
"""Of the 200 at least so many are said, found by some of their words."""


def test_english_asks_for_the_plan_as_chinese_does(
    client: TestClient, plan_assistant: Assistant
) -> None:
    """Words of a sentence's translation, from 200 sentences: whatever answers is cited truly."""
    chance = random.Random(14)
    every = [
        told
        for passage in plan_assistant.index.passages
        if passage.translation is not None
        for told in passage.translation.sentences
        if len(told.split()) >= 4
    ]
    own = 0
    for told in chance.sample(every, 200):
        words = told.split()
        length = min(len(words), chance.randint(4, 12))
        start = chance.randint(0, len(words) - length)
        question = " ".join(words[start : start + length])
        answer = ask(client, question)
        assert answer["lang"] == "en"
        if answer["status"] == "not_found":
            assert answer["citations"] == []
            continue
        assert "unofficial_translation" in [note["code"] for note in answer["notes"]], question
        assert check_quotes(answer) >= 1
        if "complete" in [note["code"] for note in answer["notes"]]:
            continue  # headings or names of rows, and no sentences
        for citation in answer["citations"]:
            passage = plan_assistant.passage(citation["passage_id"])
            assert passage.translation is not None
            n = sentence_at(passage, citation["start"], citation["end"])
            assert citation["translation"]["text"] == passage.translation.sentences[n]
            assert citation["translation"]["path"] == list(passage.translation.path)
            assert citation["translation"]["official"] is False
        own += told in [citation["translation"]["text"] for citation in answer["citations"]]
    assert own >= OWN


def sentence_at(passage: Passage, start: int, end: int) -> int:
    """Which sentence of passage SOURCE[start:end] is of: one alone."""
    numbers = [
        n
        for n in range(len(passage.sentences))
        if any(s.start < end and start < s.end for s in passage.sentence_spans(n))
    ]
    (number,) = numbers
    return number


def test_a_question_without_words_is_not_found(client: TestClient) -> None:
    answer = ask(client, "？！…😀")
    assert answer["status"] == "not_found"
    assert answer["reason"] == "not_a_question"
    assert answer["answer"] is None
    assert answer["citations"] == answer["passages"] == answer["notes"] == []


@pytest.mark.parametrize(
    ("fields", "lang", "message"),
    [
        (
            {"question": "？！"},
            "en",
            "There is no question in it to look for. Please ask in Chinese or English.",
        ),
        (
            {"question": "？！", "lang": "zh"},
            "zh",
            "没有可以查找的问题。请用中文或英文写一句话。",
        ),
        (
            {"question": "绿道", "documents": []},
            "zh",
            "所选的文件里没有相关内容。",
        ),
        (
            {"question": "greenways", "documents": []},
            "en",
            "Nothing in the chosen documents has to do with it.",
        ),
        (
            {"question": "绿道", "documents": [], "lang": "en"},
            "en",
            "Nothing in the chosen documents has to do with it.",
        ),
    ],
)
def test_why_nothing_was_found_is_told_in_the_language_of_the_answer(
    client: TestClient, fields: dict[str, Any], lang: str, message: str
) -> None:
    answer = ask(client, **fields)
    assert (answer["status"], answer["lang"], answer["message"]) == ("not_found", lang, message)


def test_an_answer_has_no_reason_and_no_message(client: TestClient) -> None:
    answer = ask(client, "金融业增加值目标是多少")
    assert (answer["reason"], answer["message"], answer["missing"]) == (None, None, None)
    assert (answer["standalone"], answer["explanation"]) == (None, None)
    assert 0.5 < answer["confidence"] <= 1
    assert answer["confidence"] == round(answer["confidence"], 4)


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


@pytest.mark.parametrize("question", ["停车泊位", "parking spaces", "parking 泊位"])
def test_search_gives_each_passage_once_in_both_languages(
    client: TestClient, plan_assistant: Assistant, question: str
) -> None:
    found = client.get("/v1/search", params={"q": question, "k": 100}).json()
    ids = [hit["passage_id"] for hit in found["hits"]]
    assert len(ids) == len(set(ids)) == 100
    for hit in found["hits"]:
        passage = plan_assistant.passage(hit["passage_id"])
        assert passage.translation is not None
        assert hit["text"] == passage.text
        assert hit["translation"] == {
            "language": "en",
            "official": False,
            "path": list(passage.translation.path),
            "text": passage.translation.text,
            "fields": [list(field) for field in passage.translation.fields],
        }
        assert len(hit["translation"]["path"]) == len(hit["path"])
        assert len(hit["translation"]["fields"]) == len(hit["fields"])
    assert "泊位" in found["hits"][0]["text"] or "停车" in found["hits"][0]["text"]
    assert "parking" in found["hits"][0]["translation"]["text"]


def test_search_tells_the_language_that_is_asked_for(client: TestClient) -> None:
    for params, lang in (
        ({"q": "绿道"}, "zh"),
        ({"q": "greenways"}, "en"),
        ({"q": "Какова цель"}, "en"),
        ({"q": "绿道", "lang": "en"}, "en"),
        ({"q": "greenways", "lang": "zh"}, "zh"),
    ):
        assert client.get("/v1/search", params=params).json()["lang"] == lang
    assert client.get("/v1/search", params={"q": "绿道", "lang": "fr"}).status_code == 422


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
    assert document["language"] == "zh"
    assert document["translations"] == ["en"]
    assert "14th Five-Year Plan" in document["title_en"]
    outline = client.get("/v1/documents/wuchang-14fyp/outline").json()
    levels = [section["level"] for section in outline["sections"]]
    assert [levels.count(level) for level in (1, 2, 4)] == [10, 31, 79]
    last = outline["sections"][-1]
    assert (last["title"], last["pages"]) == ("三、强化资金保障", [66])
    assert last["passages"] == ["wuchang-14fyp/31.3#1"]


def test_the_outline_has_each_heading_in_english_too(client: TestClient) -> None:
    sections = client.get("/v1/documents/wuchang-14fyp/outline").json()["sections"]
    by_path = {tuple(section["path"]): section["translated"] for section in sections}
    for section in sections:
        assert len(section["translated"]) == len(section["path"])
        assert not HAN.search(" ".join(section["translated"]))
        above = tuple(section["path"][:-1])
        assert section["translated"][:-1] == by_path.get(above, [])
    (finance,) = [section for section in sections if section["id"] == "10.1"]
    assert finance["translated"] == PATH


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
    assert ask(client, "武昌区的绿道建设" * 125)["question"] == "武昌区的绿道建设" * 125


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
        ({"question": "绿道", "explain": "perhaps"}, "body.explain"),
        ({"question": "绿道", "history": "早先"}, "body.history"),
        ({"question": "绿道", "history": [{"question": "绿道"}] * 21}, "body.history"),
        ({"question": "绿道", "history": ["绿道"]}, "body.history.0"),
        ({"question": "绿道", "history": [{"answer": "有"}]}, "body.history.0.question"),
        ({"question": "绿道", "history": [{"question": 5}]}, "body.history.0.question"),
        ({"question": "绿道", "history": [{"question": "问" * 4001}]}, "body.history.0.question"),
        (
            {"question": "绿道", "history": [{"question": "问", "answer": "答" * 4001}]},
            "body.history.0.answer",
        ),
        (
            {"question": "绿道", "history": [{"question": "问", "role": "user"}]},
            "body.history.0.role",
        ),
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
        "/v1/indicators",
        "/v1/passages/{passage_id}",
        "/v1/documents",
        "/v1/documents/{document_id}/outline",
        "/healthz",
        "/readyz",
    }


def test_what_the_routes_take_and_give_is_described(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    schemas = document["components"]["schemas"]
    for name in ("AskRequest", "ExchangeIn", "AskResponse", "AnswerText", "Explanation"):
        assert schemas[name]["description"], name
    for example in schemas["AskRequest"]["examples"]:
        assert client.post("/v1/ask", json=example).status_code == 200
    history = schemas["AskRequest"]["properties"]["history"]
    assert history["maxItems"] == 20
    assert schemas["ExchangeIn"]["properties"]["question"]["maxLength"] == 4000
    route = document["paths"]["/v1/indicators"]["get"]
    assert all(parameter["description"] for parameter in route["parameters"])
    assert {"application/json", "text/csv"} <= set(route["responses"]["200"]["content"])


@pytest.mark.parametrize(
    ("question", "lang", "message", "missing"),
    [
        ("2030年GDP目标", "zh", "规划没有给出“2030年”的情况；它写明的是：", "2030年"),
        (
            "Is the life expectancy target 85 years?",
            "en",
            "The plan does not state the number “85 years”. What it does state:",
            "85 years",
        ),
    ],
)
def test_what_is_partly_answered_says_what_is_lacking(
    client: TestClient, question: str, lang: str, message: str, missing: str
) -> None:
    answer = ask(client, question)
    assert (answer["status"], answer["lang"]) == ("partial", lang)
    assert (answer["message"], answer["missing"]) == (message, missing)
    assert answer["answer"]["short"] is None
    assert check_quotes(answer) >= 1


def test_what_lies_outside_the_plan_is_not_found(client: TestClient) -> None:
    answer = ask(client, "What is the capital of France?")
    assert (answer["status"], answer["answer"], answer["citations"]) == ("not_found", None, [])
    assert answer["reason"] in {"outside_plan", "plan_silent"}
    assert answer["message"].endswith(".")
    assert answer["confidence"] < 0.5


def test_two_values_are_compared(client: TestClient) -> None:
    answer = ask(client, "绿化覆盖率从2020年到2025年提高多少")
    assert answer["answer"]["difference"] == "1.26个百分点"
    assert "40.25%" in answer["answer"]["short"]
    assert "computed" in [note["code"] for note in answer["notes"]]


def test_what_is_listed_in_full_says_so(client: TestClient) -> None:
    answer = ask(client, "Which indicators are binding?")
    assert [note["code"] for note in answer["notes"]] == ["complete", "unofficial_translation"]
    assert check_quotes(answer) == 6
    assert answer["confidence"] is None


def test_an_explanation_comes_where_it_is_asked_for(client: TestClient) -> None:
    plain = ask(client, "金融业增加值目标是多少", top_k=3)
    told = ask(client, "金融业增加值目标是多少", top_k=3, explain=True)
    explanation = told.pop("explanation")
    assert plain.pop("explanation") is None
    assert told == plain
    assert explanation["decided"] == "values"
    assert explanation["confidence"]["confidence"] == plain["confidence"]
    assert [leg["passage_id"] for leg in explanation["legs"]["total"]] == [
        passage["passage_id"] for passage in plain["passages"]
    ]
