"""Why a question got its answer: what each stage made of it, and the one that decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from assistant import candidates, values
from assistant.calibration import Calibration
from assistant.comparison import Comparison
from assistant.evidence import Evidence
from assistant.explanation import (
    Asks,
    AsRead,
    Compared,
    Explanation,
    Feature,
    Listed,
    Ranked,
    SentenceTried,
    Spoken,
    Stage,
    Sureness,
    ValueTried,
    Verdict,
)
from assistant.intent import Intent
from assistant.overview import Overview
from assistant.records import Reason, Status
from assistant.service import Assistant, Stages
from index import fusion


def explain(stages: Stages, assistant: Assistant, k: int = 5) -> Explanation:
    """What the stages of an answer made of its question; of each stage the k best candidates."""
    answer, found = stages.answer, stages.evidence
    asked, wanted = answer.question, stages.intent
    fitted = assistant.calibration
    sure = None
    if found is not None and stages.overview is None:
        sure = _sureness(found, fitted, is_used=assistant.is_calibrated)
    return Explanation(
        AsRead(
            asked.text,
            asked.search,
            asked.lang,
            asked.is_other,
            asked.was_corrected,
            asked.was_completed,
        ),
        None if wanted is None else _asks(wanted),
        {} if wanted is None else _words(asked.search, assistant),
        {} if found is None else _legs(found, assistant, k),
        () if found is None else tuple(_sentences(found, fitted, k)),
        () if found is None else tuple(_values(found, fitted, k)),
        None if stages.overview is None else _listed(stages.overview),
        None if stages.comparison is None else _compared(stages.comparison, asked.lang),
        sure,
        Verdict(answer.status, answer.reason, answer.missing),
        Spoken(
            answer.short,
            answer.text,
            tuple(dict.fromkeys(citation.passage_id for citation in answer.citations)),
        ),
        _decided(stages, sure),
    )


def _decided(stages: Stages, sure: Sureness | None) -> Stage:
    """The first stage that settled how it ends, or that had what is said."""
    answer, found = stages.answer, stages.evidence
    if found is None:
        return Stage.QUESTION if stages.intent is None else Stage.SEARCH
    if stages.overview is not None:
        return Stage.OVERVIEW
    if answer.status is not Status.ANSWERED:
        is_vague = answer.reason is Reason.DETAIL_NOT_STATED
        is_unsure = sure is not None and sure.is_used and sure.confidence < sure.answers
        is_silent = answer.status is Status.NOT_FOUND
        return Stage.CONFIDENCE if is_silent or (is_vague and is_unsure) else Stage.CHECKS
    if stages.comparison is not None:
        return Stage.COMPARISON
    return Stage.VALUES if found.is_value else Stage.SENTENCES


def _asks(wanted: Intent) -> Asks:
    return Asks(
        wanted.kind,
        wanted.wants_value,
        wanted.measure,
        wanted.unit,
        tuple(_years(period.words, period.first, period.last) for period in wanted.periods),
        wanted.side,
        wanted.wording,
        tuple(amount.words for amount in wanted.amounts),
    )


def _years(words: str, first: int, last: int) -> str:
    """A time's words, with its years where they do not stand in them."""
    years = str(first) if first == last else f"{first}-{last}"
    return words if years in words else f"{words} ({years})"


def _words(search: str, assistant: Assistant) -> dict[str, tuple[str, ...]]:
    carry = assistant.searcher.carried
    return {
        view.language: tuple("/".join(term) for term in carry(search, view.language))
        for view in assistant.index.views
    }


def _legs(found: Evidence, assistant: Assistant, k: int) -> dict[str, tuple[Ranked, ...]]:
    legs, rows = found.ranking.legs, found.ranking.rows
    named = {
        "dense": legs.dense,
        "lexical": legs.lexical,
        "late": legs.late,
        "sentence": legs.best,
        "total": legs.total,
    }
    return {
        name: tuple(_ranked(scores, rows, assistant, k))
        for name, scores in named.items()
        if scores is not None
    }


def _ranked(
    scores: NDArray[np.float64], rows: NDArray[np.int64], assistant: Assistant, k: int
) -> Iterator[Ranked]:
    """The k best of rows by one leg's scores."""
    best = fusion.order(scores[rows], assistant.searcher.tiebreak[rows])[:k]
    for row in map(int, rows[best]):
        yield Ranked(assistant.index.passages[row].id, _round(scores[row]))


def _sentences(found: Evidence, fitted: Calibration, k: int) -> Iterator[SentenceTried]:
    for score, one in found.sentences[:k]:
        named = dict(zip(candidates.FEATURES, one.features, strict=True))
        yield SentenceTried(
            one.passage.id,
            one.sentence,
            one.text,
            _round(score),
            _features(named, fitted.sentences),
        )


def _values(found: Evidence, fitted: Calibration, k: int) -> Iterator[ValueTried]:
    for score, fact in found.facts[:k]:
        one = fact.indicator
        named = dict(zip(values.FEATURES, fact.features, strict=True))
        yield ValueTried(
            one.id,
            one.subject,
            one.words,
            None if one.period is None else one.period.words,
            one.kind,
            _round(score),
            _features(named, fitted.values),
        )


def _sureness(found: Evidence, fitted: Calibration, *, is_used: bool) -> Sureness | None:
    signals = found.signals
    if signals is None:
        return None
    name = "value" if found.is_value else "sentence"
    model = fitted.value if found.is_value else fitted.sentence
    return Sureness(
        _round(model.probability(signals)),
        name,
        model.bias,
        _features({feature: signals[feature] for feature in model.weights}, model.weights),
        model.answers,
        model.speaks,
        is_used,
    )


def _features(named: Mapping[str, float], weights: Mapping[str, float]) -> tuple[Feature, ...]:
    return tuple(
        Feature(name, _round(value), _round(value * weights[name])) for name, value in named.items()
    )


def _listed(found: Overview) -> Listed:
    return Listed(found.is_count, tuple(item.words for item in found.items))


def _compared(found: Comparison, lang: str) -> Compared:
    return Compared(found.first.id, found.second.id, found.difference(lang))


def _round(number: float) -> float:
    return round(float(number), 4) + 0.0  # no -0.0
