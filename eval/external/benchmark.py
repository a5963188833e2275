"""A public set, indexed and asked as a plan is.

All is done in memory, token vectors too: sets of up to some ten thousand passages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

import numpy as np

from assistant.errors import BadInput
from assistant.records import Answer, Status
from assistant.service import Assistant
from eval.external.documents import document, item_of, told
from eval.external.records import Asked, Collection, Outcome, Reading
from eval.measures.agreement import best_f1, exact_match, tokens
from eval.measures.ranking import per_question
from index import fusion
from index.build import build
from index.contracts import Encoder
from index.fusion import Floats
from index.records import Index
from index.search import Searcher

DEPTH = 10
"""Passages of a ranking."""
METHODS = ("hybrid", "dense", "lexical")
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def index(
    collection: Collection,
    encoder: Encoder,
    passages_lang: str | None = None,
    progress: Progress | None = None,
) -> Index:
    """The index of a set's passages, as `planqa build` makes that of a plan; nothing is saved.

    passages_lang: "zh" or "en"; None: told by the texts. documents.item_of leads from a passage of
    it back to that of the set.
    """

    def embedded(done: int, total: int) -> None:
        if progress is not None:
            progress("embedding", done, total)

    return build([document(collection, passages_lang)], encoder, progress=embedded)


def run(
    collection: Collection,
    encoder: Encoder,
    passages_lang: str | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Every question of a set, searched and, where it has answers, asked.

    Searched: the best passages of the set by hybrid, and by its dense and its lexical part alone;
    a passage stands where the best of its pieces does. Asked: as the product is, with the
    thresholds that were fitted for plans. What it refuses on foreign data is what it would refuse
    in use, and says nothing of how well it could be fitted to them.
    """
    start = perf_counter()
    made = index(collection, encoder, passages_lang, progress)
    assistant = Assistant(Searcher(made, encoder))
    embedded = perf_counter()
    rankings: dict[str, dict[str, tuple[str, ...]]] = {method: {} for method in METHODS}
    unread: list[str] = []
    owners = [item_of(collection, passage).id for passage in made.passages]
    for asked in _each("searching", collection.questions, progress):
        try:
            best = _search(assistant, asked.question, owners)
        except BadInput:
            unread.append(asked.id)
            best = dict.fromkeys(METHODS, ())
        for method, ranking in best.items():
            rankings[method][asked.id] = ranking
    searched = perf_counter()
    readable = [asked for asked in collection.questions if asked.answers]
    readings = {asked.id: _read(assistant, asked) for asked in _each("asking", readable, progress)}
    asking = perf_counter()
    qrels = {asked.id: asked.relevant for asked in collection.questions}
    own = told(asked.question for asked in collection.questions)
    return Outcome(
        collection=collection,
        direction=f"{own}→{made.documents[0].manifest.language}",
        encoder=encoder.name,
        pieces=len(made.passages),
        rankings=rankings,
        scores={method: per_question(qrels, rankings[method]) for method in METHODS},
        readings=readings,
        unread=tuple(unread),
        seconds={
            "embedding": embedded - start,
            "searching": searched - embedded,
            "asking": asking - searched,
        },
    )


def _each(what: str, questions: Sequence[Asked], progress: Progress | None) -> Iterator[Asked]:
    for done, asked in enumerate(questions, start=1):
        yield asked
        if progress is not None:
            progress(what, done, len(questions))


def _search(
    assistant: Assistant, question: str, owners: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """By method the ids of the best passages. owners: by row, which passage it is a piece of."""
    searcher = assistant.searcher
    legs = searcher.legs(assistant.read(question).search)
    found = dict(zip(METHODS, (legs.total, legs.dense, legs.lexical), strict=True))
    return {method: _best(searcher, scores, owners) for method, scores in found.items()}


def _best(searcher: Searcher, scores: Floats, owners: Sequence[str]) -> tuple[str, ...]:
    rows = fusion.order(scores, searcher.tiebreak)
    names = dict.fromkeys(owners[row] for row in rows[scores[rows] > -np.inf])
    return tuple(names)[:DEPTH]


def _read(assistant: Assistant, asked: Asked) -> Reading:
    try:
        answer = assistant.ask(asked.question)
    except BadInput:
        return Reading(is_refused=True, f1=0.0, exact=0.0, holds=0.0)
    return reading(answer, asked.answers)


def reading(answer: Answer, answers: Sequence[str]) -> Reading:
    """An answer held against the wordings that are right."""
    said = answer.short or answer.text or ""
    return Reading(
        is_refused=answer.status is not Status.ANSWERED,
        f1=best_f1(said, answers),
        exact=float(exact_match(said, answers)),
        holds=float(any(_holds(answer.text or "", wording) for wording in answers)),
    )


def _holds(text: str, wording: str) -> bool:
    """Whether all words of wording stand in text, in a row."""
    said, wanted = tokens(text), tokens(wording)
    starts = range(len(said) - len(wanted) + 1)
    return bool(wanted) and any(said[n : n + len(wanted)] == wanted for n in starts)
