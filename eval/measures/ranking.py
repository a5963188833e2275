"""How good rankings are: trec_eval's own measures (Van Gysel & de Rijke 2018), by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

NAMES = ("success@1", "success@3", "success@5", "recall@5", "recall@10", "rr@10", "ndcg@10")
_DEPTH = 10
"""No measure looks further down."""


def per_question(
    qrels: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, float]]:
    """NAMES, each in [0, 1], of every question of qrels, in their order.

    qrels: of each question the grade of its documents: 0 for no use, and the gain in nDCG.
    rankings: of each question document ids, best first. A question without a ranking, or with an
    empty one, or without a relevant document, gets zeros; a ranking without qrels is left out.
    Raises ValueError if a ranking holds a document twice.
    """
    from ir_measures import RR, R, Success, nDCG, pytrec_eval

    # The rankings are cut, so RR is RR@10, which the provider does not have by that name.
    measures = (Success @ 1, Success @ 3, Success @ 5, R @ 5, R @ 10, RR, nDCG @ _DEPTH)
    names = dict(zip(measures, NAMES, strict=True))
    run = {question: _scored(question, ranking) for question, ranking in rankings.items()}
    judged = {question: dict(grades) for question, grades in qrels.items()}
    scores = {question: dict.fromkeys(NAMES, 0.0) for question in qrels}
    for metric in pytrec_eval.iter_calc(measures, judged, run):
        scores[metric.query_id][names[metric.measure]] = float(metric.value)
    return scores


def _scored(question: str, ranking: Sequence[str]) -> dict[str, float]:
    """The first documents with scores that fall: trec_eval sorts anew, and equal ones by name."""
    if len(set(ranking)) < len(ranking):
        twice = sorted({document for document in ranking if ranking.count(document) > 1})
        raise ValueError(
            f"the ranking of question {question!r} holds {', '.join(map(repr, twice))} "
            "more than once; expected each document once"
        )
    return {document: float(_DEPTH - rank) for rank, document in enumerate(ranking[:_DEPTH])}
