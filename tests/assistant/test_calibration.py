"""What was fitted: a model's probability, what is kept of it, and the one that is bundled."""

from __future__ import annotations

import json
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import calibration, candidates, values
from assistant.calibration import GENERAL, VALUED, Calibration, Model
from assistant.library import encoder
from tests.plans import properties

numbers = st.floats(-100.0, 100.0)


def made() -> Calibration:
    """Every weight another one."""
    return Calibration(
        "sha256:0",
        {name: n + 0.5 for n, name in enumerate(candidates.FEATURES)},
        {name: n - 0.25 for n, name in enumerate(values.FEATURES)},
        Model({"score": 1.5}, -0.5, 0.4, 0.1),
        Model({"value_score": 2.5, "cover": -1.0}, 0.0),
    )


@pytest.mark.parametrize(
    ("weights", "bias", "features", "probability"),
    [
        ({}, 0.0, {}, 0.5),
        ({"a": 1.0}, 0.0, {"a": 0.0}, 0.5),
        ({"a": 2.0}, -2.0, {"a": 1.0}, 0.5),
        ({"a": 1.0}, 0.0, {"a": 2.0}, 1 / (1 + exp(-2))),
        ({"a": 1.0, "b": -1.0}, 0.5, {"a": 1.0, "b": 2.5}, 1 / (1 + exp(1))),
        ({"a": 1.0}, 0.0, {"a": 2.0, "unused": 99.0}, 1 / (1 + exp(-2))),
    ],
)
def test_the_probability_is_the_logistic_of_the_weighted_sum(
    weights: dict[str, float], bias: float, features: dict[str, float], probability: float
) -> None:
    assert Model(weights, bias).probability(features) == pytest.approx(probability)


@properties
@given(numbers, numbers, st.floats(-1e12, 1e12), st.floats(0.0, 1e12))
def test_it_lies_between_0_and_1_and_rises_with_what_speaks_for_it(
    weight: float, bias: float, value: float, more: float
) -> None:
    found = Model({"a": weight}, bias)
    low, high = found.probability({"a": value}), found.probability({"a": value + more})
    assert 0.0 <= low <= 1.0
    assert (high >= low) if weight >= 0 else (high <= low)


def test_a_feature_that_is_missing_is_no_zero() -> None:
    with pytest.raises(KeyError, match="a"):
        Model({"a": 1.0}, 0.0).probability({"b": 1.0})


def test_scores_are_weighted_sums_in_the_order_of_the_features() -> None:
    found = made()
    for n, name in enumerate(candidates.FEATURES):
        features = [0.0] * len(candidates.FEATURES)
        features[n] = 2.0
        assert found.sentence_score(features) == pytest.approx(2 * found.sentences[name])
    for n, name in enumerate(values.FEATURES):
        features = [0.0] * len(values.FEATURES)
        features[n] = 2.0
        assert found.value_score(features) == pytest.approx(2 * found.values[name])
    ones = [1.0] * len(candidates.FEATURES)
    assert found.sentence_score(ones) == pytest.approx(sum(found.sentences.values()))


def test_another_number_of_features_is_refused() -> None:
    for score, names in (
        (made().sentence_score, candidates.FEATURES),
        (made().value_score, values.FEATURES),
    ):
        with pytest.raises(ValueError, match="zip"):
            score([1.0] * (len(names) - 1))
        with pytest.raises(ValueError, match="zip"):
            score([1.0] * (len(names) + 1))


def test_what_is_dumped_is_loaded_again() -> None:
    found = made()
    assert calibration.load(found.dump()) == found
    kept = json.loads(json.dumps(found.dump()))
    assert calibration.load(kept) == found
    assert calibration.load(kept).dump() == found.dump()


@pytest.mark.parametrize("name", ["encoder", "sentences", "values", "sentence", "value"])
def test_what_is_of_another_form_is_refused(name: str) -> None:
    fields = made().dump()
    with pytest.raises((KeyError, TypeError)):
        calibration.load({field: value for field, value in fields.items() if field != name})
    with pytest.raises(TypeError):
        calibration.load({**fields, f"{name}s_of_another_version": {}})


def test_a_model_of_another_form_is_refused() -> None:
    fields = made().dump()
    others: tuple[dict[str, object], ...] = (
        {"weights": {}},
        {"weights": {}, "bias": 0.0, "slope": 1.0},
        {},
    )
    for other in others:
        with pytest.raises((KeyError, TypeError)):
            calibration.load({**fields, "value": other})


@pytest.mark.parametrize("name", ["sentences", "values"])
def test_weights_of_other_features_are_refused(name: str) -> None:
    fields = made().dump()
    weights = dict(fields[name])
    weights.popitem()
    for other in (weights, {**fields[name], "mood": 1.0}):
        with pytest.raises(KeyError, match=name):
            calibration.load({**fields, name: other})


@pytest.mark.parametrize("name", ["sentence", "value"])
def test_weights_of_unknown_signals_are_refused(name: str) -> None:
    fields = made().dump()
    model = {**fields[name], "weights": {"mood": 1.0}}
    with pytest.raises(KeyError, match="mood"):
        calibration.load({**fields, name: model})


BUNDLED = calibration.load(calibration.bundled())


def test_the_bundled_one_is_of_the_bundled_encoder() -> None:
    assert BUNDLED.encoder == encoder(None).digest


def test_the_bundled_one_names_exactly_the_features_that_there_are() -> None:
    assert tuple(BUNDLED.sentences) == candidates.FEATURES
    assert tuple(BUNDLED.values) == values.FEATURES
    assert tuple(BUNDLED.sentence.weights) == GENERAL
    assert tuple(BUNDLED.value.weights) == VALUED


def test_what_a_value_is_judged_by_is_what_any_is_and_what_speaks_for_a_value() -> None:
    assert VALUED[: len(GENERAL)] == GENERAL
    assert len({*VALUED}) == len(VALUED)
    own = {name.removeprefix("value_") for name in VALUED[len(GENERAL) :]}
    assert own <= {"score", *values.FEATURES}


def test_the_bundled_thresholds_are_probabilities() -> None:
    for found in (BUNDLED.sentence, BUNDLED.value):
        assert 0.0 < found.speaks <= found.answers < 1.0


def test_the_bundled_one_goes_by_likeness() -> None:
    """Whatever else is fitted: what is more like the question is likelier to answer it."""
    assert BUNDLED.sentences["passage"] > 0
    assert BUNDLED.sentences["sentence"] > 0
    assert BUNDLED.sentences["cover"] > 0
    for name in ("cover", "subject", "unit", "period", "side"):
        assert BUNDLED.values[name] > 0, name
