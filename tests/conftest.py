"""The real plan's index, built once for all tests that ask it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant import calibration
from assistant.api.app import create_app
from assistant.library import encoder, searcher
from assistant.service import Assistant
from assistant.settings import Settings
from assistant.suggest import suggesting
from corpus import catalog, document
from index import store
from index.build import build

ROOT = Path(__file__).parent.parent

os.environ["HF_HUB_OFFLINE"] = "1"
for name in [name for name in os.environ if name.startswith("PLANQA_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def plan_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the saved index of the bundled plans, as `planqa build` makes it."""
    root: Path = tmp_path_factory.mktemp("index")
    documents = [reading.document for reading in document.read_all(catalog.bundled())]
    made = build(documents, encoder(None), calibration=calibration.bundled())
    store.publish(suggesting(made, encoder(None)), root)
    return root


@pytest.fixture(scope="session")
def plan_settings(plan_index: Path) -> Settings:
    return Settings(index_dir=plan_index)


@pytest.fixture(scope="session")
def plan_assistant(plan_settings: Settings) -> Assistant:
    return Assistant(searcher(plan_settings))


@pytest.fixture(scope="session")
def client(plan_settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(plan_settings), raise_server_exceptions=False) as found:
        yield found
