"""In process or by HTTP: the same answers, and one clear line where none comes."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.api.render import outline_out
from assistant.api.schemas import HISTORY, LONGEST_SAID
from assistant.records import Exchange
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.records import Document
from eval.errors import IndexStale, TargetUnreachable
from eval.goldset import read_all
from eval.runs import report
from eval.runs.run import run
from eval.runs.targets import InProcess, Service, service
from tests.doubles import document
from tests.eval.tiny import assistant, gold_folder, plan

ADDRESS = "http://testserver"
ASKED = "2025年金融业增加值目标是多少？"


@dataclass
class Loaded:
    """A library that holds one assistant."""

    problem: str | None = None

    def assistant(self) -> Assistant:
        return assistant()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = create_app(Settings(index_dir=tmp_path_factory.mktemp("none")))
    app.state.library = Loaded()
    found = TestClient(app, ADDRESS, raise_server_exceptions=False)
    yield found
    found.close()


@pytest.fixture
def over_http(client: TestClient) -> Service:
    return through(client, plan())


def through(client: TestClient, *plans: Document) -> Service:
    """A service in this process. Its client may be another package's, which is used alike."""
    return Service(ADDRESS, cast("httpx.Client", client), plans)


def answering(answer: Callable[[httpx.Request], httpx.Response]) -> Service:
    """A service that answers so."""
    client = httpx.Client(transport=httpx.MockTransport(answer), base_url=ADDRESS)
    return Service(ADDRESS, client, [])


def test_a_run_is_the_same_by_either(
    over_http: Service, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "html", lambda run: "")
    gold = read_all(gold_folder(tmp_path / "gold"))
    here = run(InProcess(assistant()), gold, tmp_path / "here")
    there = run(over_http, gold, tmp_path / "there")
    assert [replace(one, took_ms=0.0) for one in there.results] == [
        replace(one, took_ms=0.0) for one in here.results
    ]
    assert (here.manifest.target, there.manifest.target) == ("in process", ADDRESS)
    own: dict[str, Any] = {"target": "", "created": "", "seconds": 0.0, "files": {}}
    assert replace(there.manifest, **own) == replace(here.manifest, **own)
    assert min(one.took_ms for one in there.results) > 0


def test_the_same_facts_come_from_both(over_http: Service) -> None:
    here = InProcess(assistant())
    assert over_http.receipt == here.receipt
    assert [*over_http.documents] == [*here.documents] == [plan()]
    assert [*over_http.passages()] == [*here.passages()]
    assert len(over_http.passages()) == len(plan().passages)
    asked = over_http.ask(ASKED, "en", 3)
    assert asked.response == here.ask(ASKED, "en", 3).response
    assert len(asked.response.passages) == 3
    assert asked.response.lang == "en"


@pytest.mark.plan
def test_an_outline_names_every_passage_in_order(plan_assistant: Assistant) -> None:
    for one in plan_assistant.index.documents:
        named = [name for section in outline_out(one).sections for name in section.passages]
        assert named == [passage.id for passage in one.passages]


def test_both_tell_as_much_of_a_conversation_as_a_request_may(
    over_http: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Sequence[tuple[str, str | None]]] = []

    def exchanges(_: Assistant, told: Sequence[tuple[str, str | None]]) -> tuple[()]:
        heard.append(told)
        return ()

    monkeypatch.setattr("assistant.history.exchanges", exchanges)
    before = [Exchange(f"问{n}", "长" * (LONGEST_SAID + n)) for n in range(HISTORY + 5)]
    before.append(Exchange("没有答案"))
    for target in (InProcess(assistant()), over_http):
        target.ask(ASKED, "zh", 1, before)
    assert heard[0] == heard[1]
    assert len(heard[0]) == HISTORY
    assert heard[0][-1] == ("没有答案", None)
    assert {len(answer) for _, answer in heard[0] if answer} == {LONGEST_SAID}


def test_a_follow_up_leans_on_what_was_asked(over_http: Service) -> None:
    first = over_http.ask(ASKED, "zh", 1).response
    assert first.answer is not None
    then = over_http.ask("2019年呢？", "zh", 1, [Exchange(ASKED, first.answer.text)]).response
    assert then.standalone is not None
    assert "金融业增加值" in then.standalone


def told(target: Service) -> str:
    with pytest.raises(TargetUnreachable) as caught:
        _ = target.receipt
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with service(f"{address}/", []) as target:
            assert told(target).startswith(f"{address} does not answer (")
            with pytest.raises(TargetUnreachable, match="does not answer"):
                target.ask(ASKED, "zh", 1)


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (httpx.ReadTimeout("timed out"), "(timed out)"),
        (httpx.ConnectError(""), "(ConnectError)"),
        (httpx.RemoteProtocolError("odd"), "(odd)"),
    ],
)
def test_the_connection_breaks(error: httpx.HTTPError, why: str) -> None:
    def fail(_: httpx.Request) -> httpx.Response:
        raise error

    assert told(answering(fail)) == f"{ADDRESS} does not answer {why}"


@pytest.mark.parametrize("status", [301, 404, 422, 500, 503])
def test_another_status(status: int) -> None:
    target = answering(lambda _: httpx.Response(status, json={"detail": "no\nsuch"}))
    assert told(target) == f"{ADDRESS}/readyz answers with status {status}"
    with pytest.raises(TargetUnreachable, match=f"/v1/ask answers with status {status}"):
        target.ask(ASKED, "zh", 1)


def test_no_index_is_in_use(tmp_path: Path) -> None:
    with TestClient(create_app(Settings(index_dir=tmp_path)), ADDRESS) as client:
        assert told(through(client)).endswith("/readyz answers with status 503")


@pytest.mark.parametrize(
    "body", [b"<html>\n</html>", b"{}", b"[1]", b"", b"null", b'{"status": "ready"}', b"\xff"]
)
def test_another_form(body: bytes) -> None:
    target = answering(lambda _: httpx.Response(200, content=body))
    assert "/readyz answers in another form than the API's (" in told(target)
    with pytest.raises(TargetUnreachable, match="/v1/ask answers in another form"):
        target.ask(ASKED, "zh", 1)


def test_a_newer_api_may_not_be_read(client: TestClient) -> None:
    """A field that is unknown here may change what the others mean."""
    body = client.get("/readyz").json() | {"surprise": 1}
    assert "(surprise: " in told(answering(lambda _: httpx.Response(200, json=body)))


def test_a_document_that_is_not_here(client: TestClient) -> None:
    changed = document("made", {"1": ["另一句话。"]})
    for target in (through(client), through(client, changed)):
        sha256 = plan().manifest.sha256[:12]
        with pytest.raises(IndexStale, match=f"answers from made .sha256 {sha256}…"):
            _ = target.documents
        with pytest.raises(IndexStale, match="no source here"):
            target.passages()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "localhost:8000",
        "ftp://localhost",
        "http://",
        "http://[",
        "http://localhost:port",
        "http://local host",
        "/srv/plan",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(TargetUnreachable) as caught, service(address, []) as target:
        _ = target.receipt
    assert "\n" not in str(caught.value)
    assert "answer" in str(caught.value) or f"{address} is no address" in str(caught.value)


def test_the_address_may_end_in_a_slash_and_have_a_path() -> None:
    with service("https://localhost/plans//", []) as target:
        assert target.name == "https://localhost/plans"
        assert str(target.client.base_url) == "https://localhost/plans/"
    assert target.client.is_closed
