"""The table of a run in a document, and nothing else of it changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.errors import RunError
from eval.published import filled, put
from eval.runs.report import published
from tests.eval.runs.made import refused, result, run, wrong

RUN = run([result(id="a", group="a"), wrong(id="b", group="b", question=r"\1 \g<0>"), refused()])
OTHER = run([wrong(id="a", group="a")])
DOCUMENT = "# 题\n\n<!-- eval.run -->\nold\n\nolder\n<!-- end -->\n\nAfter <!-- end -->\n"


def test_what_stands_between_the_marks_is_the_table() -> None:
    table = published(RUN)
    assert filled(DOCUMENT, RUN) == (
        f"# 题\n\n<!-- eval.run -->\n{table}\n<!-- end -->\n\nAfter <!-- end -->\n"
    )
    assert table.startswith("|")


def test_filling_twice_is_filling_once() -> None:
    once = filled(DOCUMENT, RUN)
    assert filled(once, RUN) == once
    assert filled(filled(DOCUMENT, OTHER), RUN) == once
    assert filled(DOCUMENT, OTHER) != once


def test_empty_marks_and_several_are_filled() -> None:
    empty = "<!-- eval.run -->\n<!-- end -->\n"
    found = filled(f"{empty}between\n{empty}", RUN)
    assert found.count(published(RUN)) == 2
    assert "\nbetween\n" in found


@pytest.mark.parametrize(
    "text", ["", "no marks\n", "<!-- eval.run -->\n", "<!-- end -->\n<!-- eval.run -->\n"]
)
def test_a_document_without_marks(text: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no <!-- eval\.run -->"):
        filled(text, RUN)
    path = tmp_path / "README.md"
    path.write_text(text, "utf-8")
    with pytest.raises(RunError, match=r"README\.md: cannot be filled \(no <!-- eval\.run -->"):
        put(RUN, path)
    assert path.read_text("utf-8") == text


def test_a_document_is_filled_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(DOCUMENT, "utf-8")
    put(RUN, path)
    assert path.read_text("utf-8") == filled(DOCUMENT, RUN)


def test_a_document_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="none: cannot be filled"):
        put(RUN, tmp_path / "none")
    with pytest.raises(RunError, match="cannot be filled"):
        put(RUN, tmp_path)
    path = tmp_path / "latin.md"
    path.write_bytes(b"\xff<!-- eval.run -->\n<!-- end -->\n")
    with pytest.raises(RunError, match="cannot be filled"):
        put(RUN, path)
    assert path.read_bytes().startswith(b"\xff")
