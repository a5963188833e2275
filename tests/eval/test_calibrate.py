"""Fitting: weights that tell right from wrong, and thresholds that give up so many right ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assistant import candidates, values
from assistant.calibration import Model
from assistant.service import Assistant
from eval.calibrate import (
    curve,
    model,
    rank_weights,
    refused,
    thresholds,
)
from eval.cases import NEUTRAL, Case, Floats, cases, is_right, ordered
from eval.questions import Question, Unanswerable
from index.build import build
from index.search import Searcher
from index.tokens import WordTable
from tests.doubles import HashEncoder, document, quicken

PLAN = {
    "1": ["茶叶产量力争突破56万吨。茶园面积达到300亩。", "扶持茶厂。"],
    "2": ["码头泊位达到12个。", "渡船夜间开航。"],
}
VALUE = Question(
    id="a-zh",
    lang="zh",
    question="茶叶产量力争突破多少万吨？",
    type="value",
    answers=(("56万吨",),),
    short=(("56万吨",),),
    evidence=("茶叶产量力争突破56万吨",),
)
HOW = replace(
    VALUE,
    id="b-zh",
    question="怎么扶持茶厂？",
    type="how",
    answers=(("扶持茶厂",),),
    short=None,
    evidence=("扶持茶厂",),
)
SILENT = Unanswerable(id="c-zh", lang="zh", question="怎么养蜜蜂？", type="silent")


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    words = WordTable(np.arange(1, 9, dtype=np.uint64), np.ones(8, np.uint32), 8)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, words)
        index = build([document("made", PLAN)], HashEncoder())
    return Assistant(Searcher(index, HashEncoder()))


def groups(count: int, seed: int) -> list[tuple[Floats, np.ndarray]]:
    """In each group the one that is right has the most of the second feature, of the first and
    the last, which is large, it has as much as any; the third is the same for all."""
    random = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        features = random.normal(size=(6, 4)) * (1.0, 1.0, 0.0, 50.0)
        features[:, 2] = 3.0
        found.append((features, features[:, 1] == features[:, 1].max()))
    return found


def test_the_weights_find_the_feature_that_tells() -> None:
    weights = rank_weights(groups(60, 1))
    assert weights.shape == (4,)
    scaled = weights * (1.0, 1.0, 1.0, 50.0)
    assert scaled[1] > 5 * np.abs(np.delete(scaled, 1)).max() > 0
    unseen = groups(40, 2)
    assert np.mean([right[(features @ weights).argmax()] for features, right in unseen]) > 0.95


def test_a_feature_that_speaks_against_has_a_weight_below_zero() -> None:
    turned = [(features * (1, -1, 1, 1), right) for features, right in groups(60, 1)]
    assert rank_weights(turned)[1] < 0


def test_groups_without_a_right_one_teach_nothing() -> None:
    some = groups(30, 3)
    nothing = (np.ones((5, 4)) * 9.0, np.zeros(5, bool))
    assert rank_weights([*some, nothing]) == pytest.approx(rank_weights(some))


def test_a_group_may_have_several_right_ones() -> None:
    some = []
    for features, _ in groups(60, 4):
        some.append((features, features[:, 1] >= np.sort(features[:, 1])[-2]))
    weights = rank_weights(some)
    assert weights[1] > 0
    assert np.mean([right[(features @ weights).argmax()] for features, right in some]) > 0.95


def test_a_model_tells_right_from_wrong() -> None:
    random = np.random.default_rng(5)
    features = random.normal(size=(200, 3)) * (1.0, 100.0, 0.0)
    right = features[:, 0] > 0.2
    fitted = model(features, right, ["telling", "noise", "constant"])
    assert isinstance(fitted, Model)
    assert [*fitted.weights] == ["telling", "noise", "constant"]
    assert fitted.weights["telling"] > 0

    def sure(telling: float) -> float:
        return fitted.probability({"telling": telling, "noise": 0.0, "constant": 0.0})

    assert sure(-2.0) < 0.2 < 0.8 < sure(2.4)


def test_what_was_found_is_told_right_or_wrong(assistant: Assistant) -> None:
    value, how, none = cases(assistant, [VALUE, HOW], [SILENT])
    assert (value.group, how.group, none.group) == ("a", "b", "c")
    assert value.evidence.is_value
    assert value.fact_features.shape == (len(value.facts), len(values.FEATURES))
    assert value.sentence_features.shape == (len(value.sentences), len(candidates.FEATURES))
    told = [fact.indicator.words for _, fact in value.evidence.facts]
    assert [bool(right) for right in value.facts] == [words.endswith("56万吨") for words in told]
    texts = [one.text for _, one in how.evidence.sentences]
    assert [bool(right) for right in how.sentences] == [text == "扶持茶厂。" for text in texts]
    assert not none.sentences.any()
    assert not is_right(none)


def test_complete_lists_and_computed_differences_are_left_out(assistant: Assistant) -> None:
    counted, apart = replace(VALUE, count=3), replace(VALUE, difference="3")
    assert list(cases(assistant, [counted, apart], [])) == []


def test_near_misses_that_a_check_tells_are_left_out(assistant: Assistant) -> None:
    near = replace(SILENT, type="near_miss", near="扶持茶厂", missing="attribute")
    checked = [replace(near, missing=name) for name in ("year", "place", "body", "amount")]
    (only,) = cases(assistant, [], [near, *checked])
    assert only.gold is near


def test_a_case_is_put_in_the_order_that_the_weights_make(assistant: Assistant) -> None:
    (value,) = cases(assistant, [VALUE], [])
    weights = dict.fromkeys(candidates.FEATURES, 0.0) | {candidates.FEATURES[0]: -1.0}
    moved = ordered(value, replace(NEUTRAL, sentences=weights))
    scores = [score for score, _ in moved.evidence.sentences]
    assert scores == sorted(scores, reverse=True)
    assert scores == [-one.features[0] for _, one in moved.evidence.sentences]

    def texts(case: Case, *, right: bool) -> set[str]:
        pairs = zip(case.evidence.sentences, case.sentences, strict=True)
        return {one.text for (_, one), is_so in pairs if is_so == right}

    assert texts(moved, right=True) == texts(value, right=True) == {"茶叶产量力争突破56万吨。"}
    assert texts(moved, right=False) == texts(value, right=False)


@pytest.fixture(scope="module")
def scored(assistant: Assistant) -> list[tuple[Case, float]]:
    """A right answer at each of 0.00, 0.01 … 1.00, and as many refusals as unsure as can be."""
    (value, none) = cases(assistant, [VALUE], [SILENT])
    best = int(value.facts.argmax())
    fact = value.evidence.facts[best]
    right = replace(
        value,
        evidence=replace(value.evidence, facts=[fact]),
        facts=value.facts[best : best + 1],
    )
    assert is_right(right)
    return [*((right, n / 100) for n in range(101)), *((none, 0.0) for _ in range(101))]


def test_thresholds_give_up_that_share_of_the_right_answers(
    scored: list[tuple[Case, float]],
) -> None:
    assert thresholds(scored, 0.3) == pytest.approx((0.3, 0.1))
    assert thresholds(scored, 0.06) == pytest.approx((0.06, 0.02))


def test_what_lies_below_a_threshold(scored: list[tuple[Case, float]]) -> None:
    told = refused(scored, 0.505)
    assert "right 0.505" in told
    assert "silent 1.000" in told
    assert "wrong" not in told


def test_the_curve_begins_with_the_surest(scored: list[tuple[Case, float]]) -> None:
    lines = [
        [float(cell) for cell in line.strip("|").split("|")]
        for line in curve(scored).splitlines()[2:]
    ]
    assert (lines[0][2], lines[0][3]) == (0.0, 1.0)
    assert lines[-1] == pytest.approx([1.0, 0.0, 0.5, 0.0])
    risks = [line[2] for line in lines]
    assert risks == sorted(risks)
