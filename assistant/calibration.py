"""What was fitted on the development questions: weights, and how sure an answer must be.

`python -m eval.calibrate` fits it and writes calibration.json; `planqa build` keeps it with the
index, so that what an answer was decided with has the index's digest.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any

from assistant import candidates, values

GENERAL = (
    "passage", "sentence", "score", "margin", "passage_z", "sentence_z", "cover", "unknown",
    "length", "english",
)  # fmt: skip
"""What tells how sure an answer is: of the best sentence its passage's score, its MaxSim, what the
weights make of it, and the share of the question's words in it; how far the best passage is
above the sixth; how many standard deviations the best passage and sentence are above the mean of
all; the share of words that no plan has; the question's tokens; whether it is in English."""
VALUED = (*GENERAL, "value_score", *(f"value_{name}" for name in values.SIGNALS))
"""The same for a value, with what speaks for it."""


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression: features, each with its weight, and a bias.

    answers: from what probability on it is an answer; speaks: from where on the plan speaks of the
    question at all.
    """

    weights: Mapping[str, float]
    bias: float
    answers: float = 0.0
    speaks: float = 0.0

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely the answer is right, from 0 to 1."""
        total = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-60.0, min(60.0, total))))


@dataclass(frozen=True, slots=True)
class Calibration:
    """sentences, values: a weight for each feature of candidates and values. sentence, value: how
    likely the best is right. encoder: the digest of the encoder it was fitted with.
    """

    encoder: str
    sentences: Mapping[str, float]
    values: Mapping[str, float]
    sentence: Model
    value: Model

    def sentence_score(self, features: Sequence[float]) -> float:
        """What the weights make of a candidate's features."""
        return _dot(self.sentences, candidates.FEATURES, features)

    def value_score(self, features: Sequence[float]) -> float:
        """What the weights make of a value's features."""
        return _dot(self.values, values.FEATURES, features)

    def dump(self) -> dict[str, Any]:
        """As it is kept with an index."""
        return asdict(self)


def _dot(weights: Mapping[str, float], names: Sequence[str], features: Sequence[float]) -> float:
    return sum(weights[name] * value for name, value in zip(names, features, strict=True))


def load(fields: Mapping[str, Any]) -> Calibration:
    """What dump() gave. Raises KeyError or TypeError where it is of another form."""
    of_candidates = (("sentences", candidates.FEATURES), ("values", values.FEATURES))
    for name, features in of_candidates:
        if set(fields[name]) != set(features):
            raise KeyError(f"{name}: weights of {', '.join(sorted(fields[name]))}")
    for name, signals in (("sentence", GENERAL), ("value", VALUED)):
        if not set(fields[name]["weights"]) <= set(signals):
            raise KeyError(f"{name}: weights of {', '.join(sorted(fields[name]['weights']))}")
    models = {name: Model(**fields[name]) for name in ("sentence", "value")}
    return Calibration(**{**fields, **models})


def bundled() -> dict[str, Any]:
    """That of the bundled encoder."""
    text = (files("assistant") / "calibration.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
