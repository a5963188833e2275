"""A view: one language's side of all passages, embedded and counted.

A passage that has two languages stands in two views; whichever finds it, it is one passage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from corpus.records import Side
from index.dense import Dense
from index.late import Rarity, Tokens
from index.lexical import Lexical
from index.tokens import Words
from index.units import Unit, Units


@dataclass(frozen=True)
class View:
    """m passages in one language.

    rows: int64 (m,), which passages of the index they are, ascending. starts: int64 (m + 1,), the
    first sentence of each among parts. Rows of wholes, dense and lexical are the view's passages,
    rows of parts their sentences.
    """

    language: str
    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    wholes: Units
    parts: Units
    rarity: Rarity
    dense: Dense
    lexical: Lexical

    @cached_property
    def late_wholes(self) -> Tokens:
        """The passages' token vectors for late interaction, common tokens left out."""
        return self.wholes.tokens.without(self.rarity.common(self.wholes.ids))

    @cached_property
    def late_parts(self) -> Tokens:
        """The sentences' token vectors for late interaction, common tokens left out."""
        return self.parts.tokens.without(self.rarity.common(self.parts.ids))

    @classmethod
    def of(
        cls,
        language: str,
        sides: dict[int, Side],
        units: dict[str, Unit],
        words: Words,
        width: int,
    ) -> View:
        """sides: by the passage's row. units: every text of theirs, embedded width wide."""
        wholes = [whole_text(side) for side in sides.values()]
        parts = [text for side in sides.values() for text in side.sentences]
        counts = (len(side.sentences) for side in sides.values())
        embedded = Units.of([units[text] for text in wholes], width)
        return cls(
            language=language,
            rows=np.array(list(sides), np.int64),
            starts=np.cumsum([0, *counts], dtype=np.int64),
            wholes=embedded,
            parts=Units.of([units[text] for text in parts], width),
            rarity=Rarity.of(units[text].ids for text in wholes),
            dense=Dense.of(embedded.vectors),
            lexical=Lexical.of([words(counted_text(side)) for side in sides.values()]),
        )


_NUMBERING = re.compile(
    r"(?:第[一二三四五六七八九十百零〇0-9]+(?:篇|编|部分|章|节)|[一二三四五六七八九十]+、)\s*"
    r"|(?:Part|Chapter|Section) [IVXLC0-9]+[:.]\s*|\d+\.\s+"
)
_HEADINGS = 2


def whole_text(side: Side) -> str:
    """What is embedded of a passage: its last two headings without their numbers, then its words.

    Numbers and the headings above say little of what a passage is about, and they are the same
    for many passages. Sentences are embedded on their own, as they stand.
    """
    headings = (heading[_numbered(heading) :] for heading in side.path[-_HEADINGS:])
    return f"{' '.join(headings)}\n{side.text}"


def _numbered(heading: str) -> int:
    found = _NUMBERING.match(heading)
    return found.end() if found and found.end() < len(heading) else 0


def counted_text(side: Side) -> str:
    """What BM25 counts of a passage: all of its headings, as they are, then its words."""
    return f"{' '.join(side.path)}\n{side.text}"


def texts(sides: Sequence[Side]) -> list[str]:
    """Every text that is embedded of sides, in order, as often as it stands there."""
    return [text for side in sides for text in (whole_text(side), *side.sentences)]
