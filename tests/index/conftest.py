"""What the index's tests share: jieba's table, loaded once, and a small one for saved indexes."""

from __future__ import annotations

import pytest

from index.tokens import WordTable


@pytest.fixture(scope="session")
def table() -> WordTable:
    """jieba's whole dictionary; over a second to make."""
    return WordTable.of_jieba()


@pytest.fixture(scope="session")
def small_table(table: WordTable) -> WordTable:
    """Every hundredth word of it, so that an index is saved in no time."""
    return WordTable(table.hashes[::100].copy(), table.counts[::100].copy(), table.total)


@pytest.fixture
def quick_words(small_table: WordTable, monkeypatch: pytest.MonkeyPatch) -> None:
    """build() takes the small table."""
    monkeypatch.setattr(WordTable, "of_jieba", classmethod(lambda cls: small_table))
