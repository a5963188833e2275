"""Hits to evidence: the sentence of the best passage that speaks most of what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.records import Passage
from index.records import Hit

Cut = Callable[[str], list[str]]
"""Text to words, as index.tokens.Words does."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage and the number of the sentence that answers."""

    passage: Passage
    sentence: int

    @property
    def text(self) -> str:
        """The sentence, clean."""
        return self.passage.sentence_text(self.sentence).strip()


def choose(question: str, hits: Sequence[Hit], cut: Cut) -> Evidence | None:
    """The best hit's best sentence; the earlier of equals. None without a hit.

    Late interaction has scored the sentences; in the modes without it shared words decide.
    """
    if not hits:
        return None
    best = hits[0]
    scores: Sequence[float] = best.sentences or _overlaps(question, best.passage, cut)
    number = max(range(len(scores)), key=lambda n: (scores[n], -n))
    return Evidence(best.passage, number)


def _overlaps(question: str, passage: Passage, cut: Cut) -> list[float]:
    asked = Counter(cut(question))
    sentences = (passage.sentence_text(n) for n in range(len(passage.sentences)))
    return [float((asked & Counter(cut(sentence))).total()) for sentence in sentences]
