"""How well confidence tells what to answer from what to refuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

import numpy as np


def auroc(confidence: Sequence[float], answerable: Sequence[bool]) -> float | None:
    """The chance, in [0, 1], that an answerable question has more confidence than one that is not.

    Equal confidence counts half. None where all questions are of one kind. Raises ValueError if
    there are not as many of each argument, or a confidence is not finite.
    """
    _check(len(confidence), len(answerable))
    if len(set(map(bool, answerable))) < 2:
        return None
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(np.asarray(answerable, bool), np.asarray(confidence, float)))


def curve(confidence: Sequence[float], wrong: Sequence[bool]) -> list[tuple[float, float]]:
    """Coverage in (0, 1] and risk in [0, 1] at each distinct confidence, the surest first.

    Coverage: the share of questions with that confidence or more. Risk: the share of those that are
    wrong. Raises ValueError if there are not as many of each argument.
    """
    total = len(confidence)
    return [(count / total, bad / count) for count, bad in _steps(confidence, wrong)]


def risk_coverage_area(confidence: Sequence[float], wrong: Sequence[bool]) -> float | None:
    """AURC, in [0, 1], lower is better: the mean risk of the k surest, over k from 1 to all.

    Geifman & El-Yaniv 2017. Questions of equal confidence have no order: each is as wrong as all of
    them are on average. None for no questions. Raises ValueError if there are not as many of each
    argument.
    """
    steps = _steps(confidence, wrong)
    if not steps:
        return None
    counts, bad = zip((0, 0), *steps, strict=True)
    answered = np.arange(1, counts[-1] + 1)
    return float(np.mean(np.interp(answered, counts, bad) / answered))


def _steps(confidence: Sequence[float], wrong: Sequence[bool]) -> list[tuple[int, int]]:
    """How many questions there are down to each distinct confidence, and how many are wrong."""
    _check(len(confidence), len(wrong))
    count = Counter(confidence)
    bad = Counter(level for level, is_wrong in zip(confidence, wrong, strict=True) if is_wrong)
    falling = sorted(count, reverse=True)
    return list(
        zip(
            accumulate(count[level] for level in falling),
            accumulate(bad[level] for level in falling),
            strict=True,
        )
    )


def _check(confidences: int, labels: int) -> None:
    if confidences != labels:
        raise ValueError(f"got {confidences} confidences and {labels} labels; expected as many")
