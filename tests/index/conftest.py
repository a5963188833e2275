"""What the index's tests share: jieba's table, loaded once, and a small one for saved indexes."""

from __future__ import annotations

import pytest

from index.tokens import Words, WordTable
from tests.doubles import quicken


@pytest.fixture(scope="session")
def table() -> WordTable:
    """jieba's whole dictionary; over a second to make."""
    return WordTable.of_jieba()


@pytest.fixture(scope="session")
def small_table(table: WordTable) -> WordTable:
    """Every hundredth word of it, so that an index is saved in no time."""
    return WordTable(table.hashes[::100].copy(), table.counts[::100].copy(), table.total)


@pytest.fixture(scope="session")
def cut(table: WordTable) -> dict[str, Words]:
    """By language, as jieba's whole dictionary cuts."""
    return {language: Words(table, language) for language in ("en", "zh")}


@pytest.fixture
def quick_words(small_table: WordTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """build() takes the small table, and a dictionary and look-alikes of a few words."""
    quicken(monkeypatch, small_table)
