"""Words for BM25: jieba's for Chinese, runs of letters and digits for the rest.

jieba's dictionary takes over a second and 60 MB to load as a dict. A saved index therefore
carries it as two sorted arrays that are memory-mapped, and a server cuts with those: the same
words, at once.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.language import fold

if TYPE_CHECKING:
    from jieba import Tokenizer

_WORD = re.compile(
    r"[a-z][a-z0-9]*(?:'[a-z]+)?|\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|[^\W\d_a-z]+"
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'"})


@dataclass(frozen=True)
class WordTable(Mapping[str, int]):
    """jieba's words and prefixes with their frequencies, as sorted arrays.

    hashes: uint64 (n,), ascending, the words' 64-bit hashes (a chance of 1e-13 that a word which is
    none is taken for one). counts: uint32 (n,), 0 for a mere prefix. total: their sum.
    """

    hashes: NDArray[np.uint64]
    counts: NDArray[np.uint32]
    total: int

    @classmethod
    def of_jieba(cls) -> WordTable:
        """The table of jieba's own dictionary."""
        tokenizer = _with_dictionary(_jieba())
        hashes = np.fromiter(map(_hash, tokenizer.FREQ), np.uint64, len(tokenizer.FREQ))
        counts = np.fromiter(tokenizer.FREQ.values(), np.uint32, len(tokenizer.FREQ))
        order = np.argsort(hashes)
        return cls(hashes[order], counts[order], int(tokenizer.total))

    def __getitem__(self, word: str) -> int:
        key = np.uint64(_hash(word))
        at = int(np.searchsorted(self.hashes, key))
        if at == len(self.hashes) or self.hashes[at] != key:
            raise KeyError(word)
        return int(self.counts[at])

    def __len__(self) -> int:
        return len(self.hashes)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a WordTable holds the hashes of its words, not the words")


class Words:
    """Cuts text into words."""

    def __init__(self, table: WordTable) -> None:
        self._tokenizer = _jieba()
        self._tokenizer.FREQ = table
        self._tokenizer.total = table.total
        self._tokenizer.initialized = True

    def __call__(self, text: str) -> list[str]:
        """The words of text, folded; punctuation left out. Numbers are words: 377.09, 2025."""
        found: list[str] = []
        for run in _WORD.findall(fold(text.translate(_APOSTROPHES))):
            if run[0].isascii():
                found.append(run.replace(",", ""))
            else:
                found += self._tokenizer.lcut(run)
        return found


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


def _jieba() -> Tokenizer:
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return jieba.Tokenizer()


def _with_dictionary(tokenizer: Tokenizer) -> Tokenizer:
    """jieba's own dictionary read from its package.

    Its initialize() would take an earlier copy from the system's folder of temporary files, which
    anyone may have put there.
    """
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def is_wordless(text: str) -> bool:
    """Whether text holds no letter and no digit of any script."""
    return not any(unicodedata.category(char)[0] in "LN" for char in text)
