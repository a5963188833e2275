"""Fit the weights of candidates, and how sure an answer must be, on the development questions.

python -m eval.calibrate [--wrongly SHARE] [--write FILE]

Each fifth of the questions is scored with what was fitted on the others (five folds, both languages
of a question in one), so that the thresholds and the curve are those of questions not seen.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import candidates, values
from assistant.calibration import GENERAL, VALUED, Calibration, Model
from assistant.service import Assistant
from eval.cases import Case, Floats, cases, is_near, is_right, ordered, signals
from eval.questions import Question, Unanswerable, development, read

FOLDS = 5
_RIDGE = 1e-2


def rank_weights(groups: Sequence[tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    """float64 (features,): the weights that make the right ones of each group likeliest.

    groups: features (n, m) and which of the n are right. Softmax regression with a ridge.
    """
    from scipy.optimize import minimize

    told = [(features, right) for features, right in groups if right.any()]
    scale = np.concatenate([features for features, _ in told]).std(axis=0)
    scale[scale == 0] = 1.0

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, slope = _RIDGE * len(told) * weights @ weights, 2 * _RIDGE * len(told) * weights
        for features, right in told:
            scores = features / scale @ weights
            odds = np.exp(scores - scores.max())
            share = odds / odds.sum()
            hit = share[right].sum()
            total -= np.log(hit + 1e-12)
            pull = np.where(right, share / (hit + 1e-12), 0.0) - share
            slope = slope - pull @ (features / scale)
        return float(total), slope

    found = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B")
    weights: Floats = found.x / scale
    return weights


def model(features: Floats, right: NDArray[np.bool_], names: Sequence[str]) -> Model:
    """A logistic regression of right on features (n, m), each standardised, then put back."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale == 0] = 1.0
    fitted = LogisticRegression(C=0.3, max_iter=5000).fit((features - mean) / scale, right)
    weights = fitted.coef_[0] / scale
    bias = float(fitted.intercept_[0] - weights @ mean)
    return Model(
        {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)},
        round(bias, 4),
    )


def fit(found: Sequence[Case], encoder: str) -> Calibration:
    """All but the thresholds."""
    told = [case for case in found if isinstance(case.gold, Question)]
    sentences = rank_weights([(case.sentence_features, case.sentences) for case in told])
    facts = rank_weights([(case.fact_features, case.facts) for case in told if len(case.facts)])
    calibration = Calibration(
        encoder,
        _named(candidates.FEATURES, sentences),
        _named(values.FEATURES, facts),
        Model({}, 0.0),
        Model({}, 0.0),
    )
    ranked = [ordered(case, calibration) for case in found]
    models = {}
    for name, names, is_value in (("sentence", GENERAL, False), ("value", VALUED, True)):
        own = [
            case
            for case in ranked
            if case.evidence.is_value is is_value and (is_value or not is_near(case))
        ]
        models[name] = model(
            np.array([[signals(case)[feature] for feature in names] for case in own]),
            np.array([is_right(case) for case in own]),
            names,
        )
    return replace(calibration, sentence=models["sentence"], value=models["value"])


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(names, weights, strict=True)}


def held_out(found: Sequence[Case], encoder: str) -> Iterator[tuple[Case, float]]:
    """Each case with the confidence that what was fitted on the other folds has in it."""
    names = sorted({case.group for case in found})
    folds = {name: n % FOLDS for n, name in enumerate(names)}
    for fold in range(FOLDS):
        fitted = fit([case for case in found if folds[case.group] != fold], encoder)
        for case in found:
            if folds[case.group] == fold:
                moved = ordered(case, fitted)
                own = fitted.value if moved.evidence.is_value else fitted.sentence
                yield moved, own.probability(signals(moved))


def thresholds(scored: Sequence[tuple[Case, float]], wrongly: float) -> tuple[float, float]:
    """answers and speaks: below the first lie so large a share of the right answers, below the
    second a third of them."""
    right = np.array([confidence for case, confidence in scored if is_right(case)])
    return float(np.quantile(right, wrongly)), float(np.quantile(right, wrongly / 3))


def curve(scored: Sequence[tuple[Case, float]]) -> str:
    """Risk against coverage, as Markdown: of the surest share, how many are wrong answers."""
    ranked = sorted(scored, key=lambda pair: -pair[1])
    lines = ["| coverage | confidence | risk | refused of unanswerable |", "|---|---|---|---|"]
    total = sum(isinstance(case.gold, Unanswerable) for case, _ in ranked)
    for share in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0):
        kept = ranked[: round(share * len(ranked))]
        wrong = sum(not is_right(case) for case, _ in kept)
        answered = sum(isinstance(case.gold, Unanswerable) for case, _ in kept)
        lines.append(
            f"| {share:.2f} | {kept[-1][1]:.3f} | {wrong / len(kept):.3f} "
            f"| {1 - answered / total:.3f} |"
        )
    return "\n".join(lines)


def refused(scored: Sequence[tuple[Case, float]], answers: float) -> str:
    """The shares below a threshold: of right and wrong answers, of each kind of refusal."""
    groups: dict[str, list[bool]] = {}
    for case, confidence in scored:
        name = "right" if is_right(case) else "wrong"
        if isinstance(case.gold, Unanswerable):
            name = case.gold.type
        groups.setdefault(name, []).append(confidence < answers)
    return ", ".join(f"{name} {np.mean(below):.3f}" for name, below in sorted(groups.items()))


def main() -> None:
    """Fit, print the curve and the thresholds, and with --write keep them."""
    from assistant.library import searcher
    from assistant.settings import Settings

    parser = argparse.ArgumentParser(prog="python -m eval.calibrate", description=__doc__)
    parser.add_argument("--wrongly", type=float, default=0.02, help="right answers given up")
    parser.add_argument("--write", type=Path, help="where to write calibration.json")
    options = parser.parse_args()
    assistant = Assistant(searcher(Settings()))
    found = list(
        cases(
            assistant,
            read(development(), Question),
            read(development("dev-unanswerable"), Unanswerable),
        )
    )
    encoder = assistant.index.encoder.digest
    scored = list(held_out(found, encoder))
    fitted = fit(found, encoder)
    print(curve(scored))
    models = {}
    for name, is_value in (("sentence", False), ("value", True)):
        own = [pair for pair in scored if pair[0].evidence.is_value is is_value]
        answers, speaks = thresholds(own, options.wrongly)
        print(f"\n{name}: answers from {answers:.3f}, speaks from {speaks:.3f}")
        print(refused(own, answers))
        bounds = {"answers": round(answers, 4), "speaks": round(speaks, 4)}
        models[name] = replace(getattr(fitted, name), **bounds)
    fitted = replace(fitted, sentence=models["sentence"], value=models["value"])
    if options.write is not None:
        text = json.dumps(fitted.dump(), indent=1, ensure_ascii=False)
        options.write.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
