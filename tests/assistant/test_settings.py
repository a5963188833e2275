"""Settings: PLANQA_* read once, frozen, wrong ones refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from assistant.settings import Settings
from eval.cli import app

DEFAULTS = {
    "index_dir": Path("var/index"),
    "plans_dir": None,
    "encoder": None,
    "runs_dir": Path("var/runs"),
    "host": "127.0.0.1",
    "port": 8000,
}
GIVEN = [
    ("index_dir", "/srv/index", Path("/srv/index")),
    ("plans_dir", "/srv/plans", Path("/srv/plans")),
    ("encoder", "BAAI/bge-m3", "BAAI/bge-m3"),
    ("runs_dir", "/srv/runs", Path("/srv/runs")),
    ("host", "0.0.0.0", "0.0.0.0"),
    ("port", "9001", 9001),
]


def test_the_defaults() -> None:
    assert Settings().model_dump() == DEFAULTS


def test_every_setting_is_tried_here_and_described() -> None:
    assert {name for name, _, _ in GIVEN} == set(Settings.model_fields)
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize(("name", "text", "value"), GIVEN)
def test_a_variable_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, text: str, value: object
) -> None:
    monkeypatch.setenv(f"PLANQA_{name.upper()}", text)
    assert Settings().model_dump() == {**DEFAULTS, name: value}


@pytest.mark.parametrize("name", DEFAULTS)
def test_an_empty_variable_means_the_default(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(f"PLANQA_{name.upper()}", "")
    assert Settings().model_dump() == DEFAULTS


def test_variables_without_the_prefix_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "9001")
    monkeypatch.setenv("HOST", "0.0.0.0")
    assert Settings().model_dump() == DEFAULTS


def test_settings_are_frozen() -> None:
    settings = Settings()
    with pytest.raises(ValidationError, match="frozen"):
        settings.port = 1
    assert settings.port == 8000


@pytest.mark.parametrize("port", ["0", "65535"])
def test_ports_up_to_the_last(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PLANQA_PORT", port)
    assert Settings().port == int(port)


@pytest.mark.parametrize("command", [["build"], ["ask", "绿道"], ["verify"], ["serve"]])
@pytest.mark.parametrize("port", ["http", "-1", "65536", "80.5", " "])
def test_a_bad_port_is_one_clear_line(command: list[str], port: str) -> None:
    result = CliRunner().invoke(app, command, env={"PLANQA_PORT": port})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("planqa: PLANQA_PORT: ")
    assert result.stderr.count("\n") == 1
    assert repr(port) in result.stderr
