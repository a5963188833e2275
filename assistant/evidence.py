"""Hits to evidence: the sentence of the best passage that speaks most of what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.records import Document, Passage, Side
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


def choose(
    question: str, hits: Sequence[Hit], cuts: Mapping[str, Cut], documents: Mapping[str, Document]
) -> Evidence | None:
    """The best hit's best sentence; the earlier of equals. None without a hit.

    Late interaction has scored the sentences; in the modes without it shared words decide, in
    whichever language more are shared. cuts: by language. documents: by id.
    """
    if not hits:
        return None
    best = hits[0]
    passage = best.passage
    scores: Sequence[float] = best.sentences
    if not scores:
        document = documents[passage.document]
        sides = [(cut, document.side(passage, language)) for language, cut in cuts.items()]
        told = [_overlaps(question, side, cut) for cut, side in sides if side is not None]
        scores = [max(shared) for shared in zip(*told, strict=True)]
    number = max(range(len(scores)), key=lambda n: (scores[n], -n))
    return Evidence(passage, number)


def _overlaps(question: str, side: Side, cut: Cut) -> list[int]:
    asked = Counter(cut(question))
    return [(asked & Counter(cut(sentence))).total() for sentence in side.sentences]
