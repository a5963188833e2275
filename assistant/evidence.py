"""What the plan says about a question: the best sentences and values, and how sure they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from assistant import candidates, values
from assistant.calibration import Calibration
from assistant.candidates import Candidate, Candidates
from assistant.intent import Intent
from assistant.kinds import Kind
from assistant.terms import Terms
from assistant.values import Fact
from corpus.indicators import Indicator
from corpus.records import Passage
from index.legs import Ranking
from index.records import Mode
from index.search import Searcher

PASSAGES = 8
"""How many of the best passages are looked into."""
SOURCES = 5
"""Of how many of them the sentences may answer."""
_SENTENCES = 3
_NEAR = 2.0
"""A sentence that scores so near the best is said as well, where sentences are asked for."""


@dataclass(frozen=True)
class Evidence:
    """What was found for one question. sentences, facts: the best first."""

    intent: Intent
    terms: Terms
    ranking: Ranking
    sentences: Sequence[tuple[float, Candidate]]
    facts: Sequence[tuple[float, Fact]]
    plan: tuple[int, int] | None

    @property
    def best(self) -> Candidate:
        """The sentence that answers best."""
        return self.sentences[0][1]

    @cached_property
    def is_value(self) -> bool:
        """Whether it is answered with a value of the register."""
        return self.intent.wants_value and bool(self.facts)

    @cached_property
    def main(self) -> tuple[Passage, int]:
        """The passage and the number of the sentence that the answer stands in."""
        if self.is_value:
            fact = self.facts[0][1]
            return fact.hit.passage, fact.indicator.sentence
        return self.best.passage, self.best.sentence

    @cached_property
    def text(self) -> str:
        """That sentence."""
        passage, sentence = self.main
        return passage.sentence_text(sentence).strip()

    def said(self) -> list[tuple[Passage, int]]:
        """The sentences of the answer: one for a value, up to three where they are as good."""
        if self.is_value or not self.sentences:
            return [self.main]
        top = self.sentences[0][0]
        near = [one for score, one in self.sentences[:_SENTENCES] if score >= top - _NEAR]
        return [(one.passage, one.sentence) for one in near]

    @cached_property
    def signals(self) -> Mapping[str, float] | None:
        """What tells how sure it is, by name; None in the modes that do not score sentences."""
        legs = self.ranking.legs
        if legs.best is None or legs.query is None or not self.sentences:
            return None
        score, best = self.sentences[0]
        passages, sentences = legs.total, legs.best
        sixth = self.ranking.rows[min(5, len(self.ranking.rows) - 1)]
        named = dict(zip(candidates.FEATURES, best.features, strict=True))
        found = {
            "passage": named["passage"],
            "sentence": named["sentence"],
            "score": score,
            "margin": float(passages[self.ranking.rows[0]] - passages[sixth]),
            "passage_z": _above(passages[self.ranking.rows]),
            "sentence_z": _above(sentences[self.ranking.rows]),
            "cover": named["cover"],
            "unknown": self.terms.unknown(),
            "length": float(len(legs.query.ids)),
            "english": float(self.terms.own == "en"),
        }
        if self.is_value:
            value, fact = self.facts[0]
            found["value_score"] = value
            own = dict(zip(values.FEATURES, fact.features, strict=True))
            found |= {f"value_{name}": own[name] for name in values.SIGNALS}
        return found


def _above(scores: np.ndarray) -> float:
    """How many standard deviations the highest is above the mean."""
    spread = float(scores.std())
    return float(scores.max() - scores.mean()) / spread if spread > 0 else 0.0


@dataclass(frozen=True)
class Sources:
    """What questions are answered from. registers: values by passage. calibration: the weights.
    plan: its years."""

    searcher: Searcher
    registers: Mapping[str, Sequence[Indicator]]
    calibration: Calibration
    plan: tuple[int, int] | None


def gather(
    question: str,
    intent: Intent,
    sources: Sources,
    top_k: int = 5,
    mode: Mode = Mode.HYBRID,
    documents: Collection[str] | None = None,
) -> Evidence:
    """Search for question and look into the best passages."""
    searcher, calibration = sources.searcher, sources.calibration
    ranking = searcher.rank(question, max(top_k, PASSAGES), mode, documents)
    terms = Terms(question, searcher)
    found = Candidates(terms, intent, searcher.index, sources.plan).of(ranking.hits[:SOURCES])
    sentences = [(calibration.sentence_score(one.features), one) for one in found]
    facts: list[tuple[float, Fact]] = []
    if intent.wants_value or intent.kind is Kind.COMPARISON:
        facts = [
            (calibration.value_score(one.features), one)
            for one in values.facts(terms, intent, ranking, searcher, sources.registers, PASSAGES)
        ]
    return Evidence(
        intent,
        terms,
        ranking,
        sorted(sentences, key=lambda pair: -pair[0]),
        values.timed(sorted(facts, key=lambda pair: -pair[0]), intent),
        sources.plan,
    )
