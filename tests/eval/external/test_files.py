"""Lines, objects and documents of files, and every fault that one can have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import DataInvalid
from eval.external.files import Faults, check, document, lines, objects, some, text
from tests.plans import properties


def test_only_a_line_feed_ends_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes("\ufeff甲\u2028乙\x85\r\n\n  \n丙".encode())
    faults: Faults = []
    assert list(lines(path, faults)) == [(f"{path}:1", "甲\u2028乙\x85"), (f"{path}:4", "丙")]
    assert faults == []


def test_faults_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a": 1}\n{"a": \n[1]\n"\xe6\x88"\n' + b"[" * 100_000 + b"\n")
    faults: Faults = []
    assert [fields for _, fields in objects(path, faults)] == [{"a": 1}]
    assert faults == [
        f"{path}:2: not JSON (Expecting value)",
        f"{path}:3: not an object",
        f"{path}:4: not UTF-8 (byte 2 of the line)",
        f"{path}:5: not JSON (nested too deep)",
    ]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", ": is empty"),
        (b" \n", ": is empty"),
        (b'{\n"a": }', ":2: not JSON (Expecting value)"),
        (b'{\n"a": "\xff"}', ":2: not UTF-8 (byte 9 of the file)"),
        (b"[" * 100_000, ": not JSON (nested too deep)"),
    ],
)
def test_faults_of_a_document(tmp_path: Path, raw: bytes, fault: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(raw)
    faults: Faults = []
    assert document(path, faults) is None
    assert faults == [f"{path}{fault}"]


@pytest.mark.parametrize(
    ("value", "expected", "fault"),
    [
        (" 甲 ", "甲", None),
        (7, "7", None),
        ("", None, "is empty"),
        (" \n", None, "is empty"),
        (None, None, "is missing"),
        (True, None, "is bool, not text"),
        (1.5, None, "is float, not text"),
        (["甲"], None, "is list, not text"),
        ("甲\ud800", None, "holds half a character"),
    ],
)
def test_text(value: object, expected: str | None, fault: str | None) -> None:
    faults: Faults = []
    assert text({"a": value}, "a", "f:1", faults) == expected
    assert faults == ([] if fault is None else [f"f:1: field 'a' {fault}"])


def test_text_may_be_empty() -> None:
    faults: Faults = []
    assert text({"a": " "}, "a", "f:1", faults, may_be_empty=True) == ""
    assert faults == []


@pytest.mark.parametrize(
    ("count", "told", "last"),
    [(1, 1, "fault 1"), (20, 20, "fault 20"), (21, 20, "… and 2 more"), (50, 20, "… and 31 more")],
)
def test_no_more_than_twenty_lines_are_told(count: int, told: int, last: str) -> None:
    with pytest.raises(DataInvalid) as refused:
        check([f"fault {n}" for n in range(1, count + 1)])
    found = str(refused.value).split("\n")
    assert (len(found), found[-1]) == (told, last)


def test_some() -> None:
    assert some(["a", "b", "c"]) == "'a', 'b', 'c'"
    assert some(iter("abcd")) == "'a', 'b', 'c', …"


@properties
@given(st.binary(max_size=60))
def test_any_bytes_are_lines_or_faults(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    path.write_bytes(raw)
    faults: Faults = []
    told = [place for place, _ in lines(path, faults)]
    read = objects(path, faults)
    assert len(list(read)) <= len(told)
    own = re.escape(str(path))
    assert all(re.match(rf"{own}:(?:\d+:)? ", fault) for fault in faults)
    assert told or faults or not raw.decode("utf-8-sig").strip()
