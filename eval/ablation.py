"""What finds the evidence: each leg alone, and the whole without each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.service import Assistant
from eval.directions import original_alone
from eval.errors import QuestionsInvalid
from eval.measures.ranking import per_question
from eval.measures.significance import Interval, interval
from eval.questions import LANGUAGES, Question
from eval.retrieval import Judged, judge
from index import fusion
from index.build import Progress, build
from index.fusion import LEXICAL, PASSAGE, SENTENCE
from index.search import Searcher

Floats = NDArray[np.float64]
SHOWN = {"success@1": "S@1", "success@3": "S@3", "ndcg@10": "nDCG@10"}
"""The scores of the table, by how they are headed there."""
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One way to rank. scores: by language and score, of "all" languages too."""

    name: str
    scores: Mapping[tuple[str, str], Interval]


def rows(
    searcher: Searcher,
    questions: Sequence[Question],
    encoders: Sequence[str] = (),
    progress: Progress | None = None,
) -> Iterator[Row]:
    """Every way to rank, as served first; each of encoders has the index built anew.

    Questions about the outline itself, whose evidence is a heading, are left out. Raises
    IndexStale, QuestionsInvalid, EncoderUnavailable.
    """
    from index.encoder import load_encoder

    others = [load_encoder(name) for name in encoders]
    served = _judged(searcher, questions)
    if not served:
        raise QuestionsInvalid("there is no question whose evidence stands in a passage")
    for name, total in _ways(searcher.tiebreak).items():
        yield _row(name, searcher, served, total)
    documents = searcher.index.documents
    alone = build([original_alone(one) for one in documents], searcher.encoder, searcher.index)
    bare = Searcher(alone, searcher.encoder)
    yield _row("without translation", bare, _judged(bare, questions), _hybrid)
    for encoder in others:
        other = Searcher(build(documents, encoder, progress=progress), encoder)
        yield _row(f"encoder {encoder.name}", other, _judged(other, questions), _hybrid)


def _judged(searcher: Searcher, questions: Sequence[Question]) -> list[Judged]:
    return list(judge(Assistant(searcher), questions))


def _hybrid(judged: Judged) -> Floats:
    return judged.legs.total


def _ways(tiebreak: NDArray[np.int64]) -> dict[str, Callable[[Judged], Floats]]:
    """What scores each passage, float64 (n,), by name."""

    def ranks(judged: Judged) -> Floats:
        legs = judged.legs
        return fusion.reciprocal_rank(
            [fusion.order(leg, tiebreak) for leg in (legs.dense, legs.lexical)]
        )

    def without_late(judged: Judged) -> Floats:
        legs = judged.legs
        return fusion.hybrid(legs.dense, np.zeros(len(legs.dense)), legs.lexical)

    return {
        "hybrid, as served": _hybrid,
        "dense alone": lambda judged: judged.legs.dense,
        "lexical alone": lambda judged: judged.legs.lexical,
        "rank fusion of both": ranks,
        "without late interaction": without_late,
        "without sentences": lambda judged: _weighted(judged, (PASSAGE, 0.0, LEXICAL)),
        "without words": lambda judged: _weighted(judged, (PASSAGE, SENTENCE, 0.0)),
    }


def _weighted(judged: Judged, weights: tuple[float, float, float]) -> Floats:
    legs = judged.legs
    assert legs.late is not None
    assert legs.best is not None
    return fusion.hybrid(legs.late, legs.best, legs.lexical, weights)


def _row(
    name: str, searcher: Searcher, judged: Sequence[Judged], total: Callable[[Judged], Floats]
) -> Row:
    ids = [passage.id for passage in searcher.index.passages]
    rankings, qrels = {}, {}
    for one in judged:
        ranked = fusion.order(total(one), searcher.tiebreak)[:_DEPTH]
        rankings[one.question.id] = [ids[row] for row in ranked]
        qrels[one.question.id] = {ids[row]: 1 for row in one.relevant}
    found = per_question(qrels, rankings)
    scores = {}
    for lang in ("all", *LANGUAGES):
        own = [one.question for one in judged if lang in ("all", one.question.lang)]
        groups = [one.id.removesuffix(f"-{one.lang}") for one in own]
        for score in SHOWN if own else ():
            scores[lang, score] = interval([found[one.id][score] for one in own], groups)
    return Row(name, scores)


def table(
    searcher: Searcher,
    questions: Sequence[Question],
    encoders: Sequence[str] = (),
    progress: Progress | None = None,
) -> str:
    """rows() as Markdown: Success@1 over all with its 95 % interval, then means by language."""
    found = list(rows(searcher, questions, encoders, progress))
    told = [key for key in found[0].scores if key[0] != "all"]
    size = found[0].scores["all", "success@1"].n
    heads = [f"S@1 (n={size})", *(f"{lang} {SHOWN[score]}" for lang, score in told)]
    lines = ["| ranked by | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for row in found:
        whole = row.scores["all", "success@1"]
        cells = [f"{whole.mean:.3f} [{whole.low:.2f}–{whole.high:.2f}]"]
        cells += [f"{row.scores[key].mean:.3f}" for key in told]
        lines.append(f"| {row.name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
