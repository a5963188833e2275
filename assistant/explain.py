"""Why a question got its answer: each stage's candidates, scores and verdict."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import answer, evidence, question
from assistant.service import Assistant
from index import fusion
from index.tokens import is_wordless


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage among a leg's best, with the leg's score."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class SentenceScore:
    """A sentence of the best passage with its MaxSim."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """The stages of one answer, in order. decided: the stage that settled it."""

    question: str
    lang: str
    asks_value: bool
    years: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    legs: dict[str, tuple[Candidate, ...]]
    sentences: tuple[SentenceScore, ...]
    short: str | None
    decided: str


def explain(assistant: Assistant, text: str, k: int = 5) -> Explanation:
    """Ask text and keep what each stage made of it. Raises BadInput."""
    asked = assistant.read(text)
    searcher = assistant.searcher
    words = {
        view.language: tuple(
            "/".join(t) for t in searcher.lexicon.carry(asked.search, view.language)
        )
        for view in assistant.index.views
    }
    legs: dict[str, tuple[Candidate, ...]] = {}
    sentences: tuple[SentenceScore, ...] = ()
    short, decided = None, "question: no word in it"
    if not is_wordless(asked.text):
        scored = searcher.legs(asked.search)
        ids = [passage.id for passage in assistant.index.passages]
        named = {
            "dense": scored.dense,
            "lexical": scored.lexical,
            "late": scored.late,
            "sentence": scored.best,
            "hybrid": scored.total,
        }
        legs = {
            name: tuple(
                Candidate(ids[row], float(scores[row]))
                for row in fusion.order(scores, searcher.tiebreak)[:k]
            )
            for name, scores in named.items()
            if scores is not None
        }
        hits = searcher.search(asked.search, 1)
        found = evidence.choose(asked.search, hits, searcher.words, searcher.index.by_document)
        decided = "search: no passage"
        if found is not None:
            sentences = tuple(
                SentenceScore(found.passage.sentence_text(n), score)
                for n, score in enumerate(hits[0].sentences)
            )
            value = answer.value(asked, found)
            short = value.words if value else None
            decided = f"sentence {found.sentence + 1} of {found.passage.id}"
    return Explanation(
        asked.search,
        asked.lang,
        question.asks_value(asked),
        question.years(asked),
        words,
        legs,
        sentences,
        short,
        decided,
    )
