"""The index in use: picked up when it is published, kept when the next one is damaged."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.api.app import create_app
from assistant.errors import NotReady
from assistant.library import Library, encoder
from assistant.settings import Settings
from corpus import document
from index import store
from index.build import build
from tests import plans


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


def publish(folder: Path, text: str = plans.PLAN) -> str:
    reading = document.read(plans.write(folder.parent / "plan", text))
    return store.publish(build([reading.document], encoder(None)), folder).digest


@pytest.mark.plan
def test_a_service_without_an_index_becomes_ready_by_itself(folder: Path) -> None:
    with TestClient(create_app(Settings(index_dir=folder))) as client:
        assert client.get("/healthz").status_code == 200
        for lang, words in (("zh", "索引尚不可用"), ("en", "index is not available")):
            response = client.get("/readyz", headers={"accept-language": lang})
            assert response.status_code == 503
            assert response.headers["content-type"] == "application/problem+json"
            assert response.json()["type"] == "urn:planqa:problem:not-ready"
            assert words in response.json()["detail"]
        assert client.post("/v1/ask", json={"question": "绿道"}).status_code == 503
        digest = publish(folder)
        assert client.get("/readyz").json()["receipt"]["index"] == digest
        assert client.post("/v1/ask", json={"question": "绿道"}).status_code == 200


@pytest.mark.plan
def test_a_damaged_successor_is_not_taken(folder: Path, tmp_path: Path) -> None:
    library = Library(Settings(index_dir=folder))
    with pytest.raises(NotReady):
        library.assistant()
    first = publish(folder)
    assert library.assistant().index.digest == first
    other = tmp_path / "other" / "index"
    other.parent.mkdir()
    second = publish(other, plans.WITHOUT_CONTENTS)
    (home,) = other.glob("index-*")
    shutil.copytree(home, folder / home.name)
    array = folder / home.name / "zh-passages-tokens.npy"
    data = bytearray(array.read_bytes())
    data[-1] ^= 1
    array.write_bytes(data)
    shutil.copy(other / "current", folder / "current")
    assert library.assistant().index.digest == first
    assert library.problem is not None
    assert "zh-passages-tokens.npy" in library.problem
    assert publish(folder, plans.WITHOUT_CONTENTS) == second
    assert library.assistant().index.digest == second
    assert library.problem is None


@pytest.mark.plan
def test_asking_while_publishing_never_fails(folder: Path) -> None:
    digests = {publish(folder)}
    library = Library(Settings(index_dir=folder))
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(lambda: library.assistant().ask("绿道").receipt.index) for _ in range(40)
        ]
        digests.add(publish(folder, plans.WITHOUT_CONTENTS))
        asked += [
            pool.submit(lambda: library.assistant().ask("绿道").receipt.index) for _ in range(40)
        ]
        assert {found.result() for found in asked} <= digests
    assert len(digests) == 2
