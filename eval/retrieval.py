"""How often the passage with the evidence comes first, or among the first three, by weights.

python -m eval.retrieval [--questions FILE]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.service import Assistant
from eval.errors import IndexStale
from eval.questions import LANGUAGES, Question, carries, development, load, places
from index import fusion
from index.legs import Legs

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """A question, every leg's scores, and the rows of the passages that carry its evidence."""

    question: Question
    legs: Legs
    relevant: NDArray[np.int64]


def judge(
    assistant: Assistant,
    questions: Sequence[Question],
    other: float = fusion.OTHER_LANGUAGE,
) -> Iterator[Judged]:
    """Each question asked once, in order, as the assistant reads it.

    other: what the other language's vectors count. A question about the outline itself, whose
    evidence is a heading, is left out. Raises IndexStale where evidence stands nowhere.
    """
    searcher = assistant.searcher
    for question in questions:
        evidence = {
            document.id: places(question.evidence, document.source)
            for document in searcher.index.documents
        }
        rows = [
            row
            for row, passage in enumerate(searcher.index.passages)
            if carries(passage, evidence[passage.document])
        ]
        if not any(evidence.values()):
            raise IndexStale(f"{question.id}: its evidence stands nowhere in the index's documents")
        if not rows:
            continue  # its evidence is a heading
        legs = searcher.legs(assistant.read(question.question).search, other=other)
        yield Judged(question, legs, np.array(rows, np.int64))


def rank(scores: Floats, relevant: NDArray[np.int64]) -> int:
    """The rank, from 1, of the best relevant passage; ties count against it."""
    return int((scores >= scores[relevant].max()).sum()) - _tied_relevant(scores, relevant) + 1


def _tied_relevant(scores: Floats, relevant: NDArray[np.int64]) -> int:
    return int((scores[relevant] == scores[relevant].max()).sum())


def success(ranks: Sequence[int], k: int) -> float:
    """Success@k: the share of questions whose evidence is among the first k."""
    return sum(rank <= k for rank in ranks) / len(ranks) if ranks else float("nan")


def _groups(judged: Sequence[Judged]) -> list[tuple[str, list[Judged]]]:
    by_language = [
        (lang, [item for item in judged if item.question.lang == lang]) for lang in LANGUAGES
    ]
    return [("all", list(judged)), *by_language]


def weigh(assistant: Assistant, questions: Sequence[Question]) -> str:
    """Success@1 and @3 over a grid of hybrid weights, best first, as Markdown."""
    found = []
    for other in (0.5, 0.75, 1.0):
        judged = list(judge(assistant, questions, other))
        for sentence, lexical in product((0.5, 1.0, 1.5, 2.0), (0.1, 0.2, 0.3, 0.4, 0.5)):
            weights = (1.0, sentence, lexical)
            cells = []
            for _, group in _groups(judged):
                ranks = [rank(_weighted(item.legs, weights), item.relevant) for item in group]
                cells += [success(ranks, 1), success(ranks, 3)]
            found.append((cells[0] + cells[1], (*weights, other), cells))
    found.sort(key=lambda item: (-item[0], item[1]))
    heads = ["passage", "sentence", "lexical", "other"]
    heads += [f"{group} @{k}" for group in ("all", *LANGUAGES) for k in (1, 3)]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for _, numbers, cells in found:
        values = [*(f"{number:g}" for number in numbers), *(f"{cell:.3f}" for cell in cells)]
        lines.append("| " + " | ".join(values) + " |")
    return "\n".join(lines)


def _weighted(legs: Legs, weights: tuple[float, float, float]) -> Floats:
    assert legs.late is not None
    assert legs.best is not None
    return fusion.hybrid(legs.late, legs.best, legs.lexical, weights)


def main() -> None:
    """Print the grid."""
    from assistant.library import searcher
    from assistant.settings import Settings

    parser = argparse.ArgumentParser(prog="python -m eval.retrieval", description=__doc__)
    parser.add_argument("--questions", type=Path, default=development())
    print(weigh(Assistant(searcher(Settings())), load(parser.parse_args().questions)))


if __name__ == "__main__":
    main()
