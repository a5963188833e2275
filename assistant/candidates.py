"""What may answer a question: the sentences of the best passages, and what speaks for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant import enumeration
from assistant.intent import Intent
from assistant.kinds import TIMES, Kind
from assistant.phrases import BODY
from assistant.terms import Terms
from corpus.language import fold, key
from corpus.periods import Mention, periods
from corpus.records import Document, Passage
from corpus.records import Kind as PassageKind
from index.records import Hit, Index
from index.tokens import stems

FEATURES = ("passage", "sentence", "behind", "cover", "items", "term", "period", "kind")
_ENGLISH = re.compile(r"[a-z][a-z0-9]*|\d[\d,.]*\d|\d")
_TERM = re.compile(r"[“\"‘']?(.{1,40}?)[”\"’']?\s*[：:]")
_MEANS = re.compile(
    r"即|(?<![但还而就总])是指?|指|包括|\bis\b|\bare\b|\bmeans?\b|\brefers? to\b|\bi\.e\."
)
_REASON = re.compile(
    r"以便?|为了?|从而|因|由于|使|实现|确保|保障|促进|提[高升]|\b(?:to|so that|because|for)\b"
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer. features: in the order of FEATURES."""

    hit: Hit
    sentence: int
    features: tuple[float, ...]

    @property
    def passage(self) -> Passage:
        """The passage that it stands in."""
        return self.hit.passage

    @property
    def text(self) -> str:
        """The sentence, clean."""
        return self.passage.sentence_text(self.sentence).strip()


@dataclass(frozen=True)
class Candidates:
    """The candidates of one question. plan: the years of the plan, for periods like 未来五年."""

    terms: Terms
    intent: Intent
    index: Index
    plan: tuple[int, int] | None

    def of(self, hits: Sequence[Hit]) -> Iterator[Candidate]:
        """The sentences of hits, passage by passage."""
        for hit in hits:
            scores = hit.sentences or (0.0,) * len(hit.passage.sentences)
            best = max(scores)
            document = self.index.by_document[hit.passage.document]
            for n, score in enumerate(scores):
                features = (
                    hit.score,
                    score,
                    score - best,
                    self._cover(hit.passage, n, document),
                    self._items(hit.passage, n),
                    self._term(hit.passage),
                    self._period(hit.passage, n),
                    self._kind(hit.passage, n),
                )
                yield Candidate(hit, n, features)

    def _cover(self, passage: Passage, n: int, document: Document) -> float:
        """The share of the question's words that stand in the sentence or above it, by idf."""
        side = document.side(passage, self.terms.own)
        if side is None:
            return 0.0
        return self.terms.cover(f"{' '.join(side.path[-2:])} {side.sentences[n]}", self.terms.own)

    @cached_property
    def _asked(self) -> int | None:
        return enumeration.asked(self.terms.question)

    def _items(self, passage: Passage, n: int) -> float:
        """Whether the sentence lists as many items as are asked for, or any where a list is."""
        if self.intent.kind not in {Kind.LIST, Kind.DEFINITION, Kind.PLACE, Kind.BODY, Kind.NAME}:
            return 0.0
        found = enumeration.enumerations(passage.sentence_text(n), "zh")
        if self._asked is not None:
            return float(any(one.items == self._asked for one in found))
        return 0.5 * bool(found) if self.intent.kind is Kind.LIST else 0.0

    def _term(self, passage: Passage) -> float:
        """Whether it is the footnote that explains a term of the question."""
        if passage.kind is not PassageKind.FOOTNOTE:
            return 0.0
        term = _TERM.match(passage.text)
        if term and key(term[1]) and key(term[1]) in key(self.terms.question):
            return 1.0
        told = passage.translation
        term = _TERM.match(told.text) if told is not None else None
        words = stems(_ENGLISH.findall(fold(term[1]))) if term else []
        return float(
            bool(words) and {*words} <= {*stems(_ENGLISH.findall(fold(self.terms.question)))}
        )

    def _period(self, passage: Passage, n: int) -> float:
        """1 where the sentence speaks of a time that is asked for, -1 where only of others."""
        named = _periods(passage.sentence_text(n), self.plan)
        if self.intent.kind in TIMES:
            return float(bool(named))
        if not self.intent.periods or not named:
            return 0.0
        fits = any(a.meets(b.period) for a in self.intent.periods for b in named)
        return 1.0 if fits else -1.0

    def _kind(self, passage: Passage, n: int) -> float:
        """Whether the sentence has what an answer of the kind has."""
        text = passage.sentence_text(n)
        forms = {Kind.BODY: BODY, Kind.DEFINITION: _MEANS, Kind.WHY: _REASON}
        form = forms.get(self.intent.kind)
        return 0.0 if form is None else float(form.search(text) is not None)


@lru_cache(8192)
def _periods(text: str, plan: tuple[int, int] | None) -> tuple[Mention, ...]:
    return tuple(periods(text, "zh", plan))
