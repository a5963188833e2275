"""Words for BM25: jieba's for Chinese, runs of letters and digits for the rest.

jieba's dictionary takes over a second and 60 MB to load as a dict. A saved index therefore
carries it as two sorted arrays that are memory-mapped, and a server cuts with those: the same
words, at once.
"""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
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
_JOINING = """
    a about after all also an and any are as at be been before being between both but by can could
    did do does doing done during each either ever for from get had has have having he her here his
    how i if in into is it its just let me more most my no nor not of off on one only or other our
    out over own per please she should so some such tell than that the their them then there these
    they this those through to too under until up upon us very was we were what when where whether
    which while who whom whose why will with within would you your
    what's who's how's where's when's that's there's it's i'm we're they're don't doesn't isn't
"""
STOPWORDS = frozenset(_JOINING.split())
"""English words that only join others; they say nothing of what a question is about."""
_REMEMBERED = 1 << 14
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
        count = self._count(word)
        if count is None:
            raise KeyError(word)
        return count

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._count(word) is not None

    @cached_property
    def _count(self) -> Callable[[str], int | None]:
        """The count of a word; None where it is none. Questions look the same words up often."""
        return lru_cache(_REMEMBERED)(self._search)

    def _search(self, word: str) -> int | None:
        key = np.uint64(_hash(word))
        at = int(self.hashes.searchsorted(key))
        if at == len(self.hashes) or self.hashes[at] != key:
            return None
        return int(self.counts[at])

    def __len__(self) -> int:
        return len(self.hashes)

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a WordTable holds the hashes of its words, not the words")


class Words:
    """Cuts text into words, for the view of one language.

    For "en" Latin words are told by their stems (Snowball's English), and words that only join
    others are left out. Chinese words are cut alike in every view.
    """

    def __init__(self, table: WordTable, language: str = "zh") -> None:
        self._english = language == "en"
        self._tokenizer = _jieba()
        self._tokenizer.FREQ = table
        self._tokenizer.total = table.total
        self._tokenizer.initialized = True

    def __call__(self, text: str) -> list[str]:
        """The words of text, folded; punctuation left out. Numbers are words: 377.09, 2025."""
        found: list[str] = []
        for run in _WORD.findall(fold(text.translate(_APOSTROPHES))):
            if not run[0].isascii():
                found += self._tokenizer.lcut(run)
            elif not (self._english and run in STOPWORDS):
                found.append(run.replace(",", ""))
        return stems(found) if self._english else found

    def likelihood(self, text: str) -> float:
        """The logarithm of how likely Chinese text is, by how frequent its likeliest words are."""
        route: dict[int, tuple[float, int]] = {}
        self._tokenizer.calc(text, self._tokenizer.get_DAG(text), route)
        return route[0][0]


def stems(words: list[str]) -> list[str]:
    """English words as Snowball stems them, without a possessive 's; others as they are."""
    import Stemmer

    # A stemmer is not safe to share between threads, and cheap to make.
    stem = Stemmer.Stemmer("english", 0).stemWord
    return [stem(word.removesuffix("'s")) if word[0].isascii() else word for word in words]


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
