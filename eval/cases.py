"""Gold questions with what was found for them, and which of it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant import candidates, values
from assistant.calibration import Calibration, Model
from assistant.evidence import Evidence, Sources, gather
from assistant.service import Assistant
from corpus.records import Passage
from eval.facts import says
from eval.questions import Question, Unanswerable

Floats = NDArray[np.float64]
_HARD = frozenset({"attribute", "quantity", "subject"})
"""What a near miss lacks that no check for a time, a name or a number can tell."""


NEUTRAL = Calibration(
    "",
    dict.fromkeys(candidates.FEATURES, 1.0),
    dict.fromkeys(values.FEATURES, 1.0),
    Model({}, 0.0),
    Model({}, 0.0),
)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its evidence. right: of each sentence and each fact, whether it answers."""

    group: str
    gold: Question | Unanswerable
    evidence: Evidence
    sentences: NDArray[np.bool_]
    facts: NDArray[np.bool_]

    @property
    def sentence_features(self) -> Floats:
        """float64 (n, features)."""
        return np.array([one.features for _, one in self.evidence.sentences])

    @property
    def fact_features(self) -> Floats:
        """float64 (n, features)."""
        rows = [one.features for _, one in self.evidence.facts]
        return np.array(rows).reshape(len(rows), len(values.FEATURES))


def cases(
    assistant: Assistant, questions: Sequence[Question], refusals: Sequence[Unanswerable]
) -> Iterator[Case]:
    """Every question with what was found for it. Questions for complete lists are left out."""
    # The calibration that there is may be of another form.
    sources = Sources(assistant.searcher, assistant.registers, NEUTRAL, assistant.plan)
    every: list[Question | Unanswerable] = [*questions, *refusals]
    for gold in every:
        if isinstance(gold, Question) and (gold.count is not None or gold.difference is not None):
            continue
        if isinstance(gold, Unanswerable) and not _counts(gold):
            continue
        asked = assistant.read(gold.question)
        evidence = gather(asked.search, assistant.intent(asked), sources)
        group = gold.id.removesuffix("-zh").removesuffix("-en")
        if isinstance(gold, Unanswerable):
            none = (
                np.zeros(len(evidence.sentences), np.bool_),
                np.zeros(len(evidence.facts), np.bool_),
            )
            yield Case(group, gold, evidence, *none)
            continue
        sentences = np.array(
            [
                says(_quote(assistant, one.passage, one.sentence), gold.answers)
                for _, one in evidence.sentences
            ],
            np.bool_,
        )
        facts = np.array(
            [
                says(fact.indicator.words, gold.short or gold.answers)
                and says(_quote(assistant, fact.hit.passage, fact.indicator.sentence), gold.answers)
                for _, fact in evidence.facts
            ],
            np.bool_,
        )
        yield Case(group, gold, evidence, sentences, facts)


def _counts(gold: Unanswerable) -> bool:
    return gold.type != "near_miss" or gold.missing in _HARD


def _quote(assistant: Assistant, passage: Passage, number: int) -> str:
    source = assistant.index.by_document[passage.document].source
    return "\n".join(source[span.start : span.end] for span in passage.sentence_spans(number))


def signals(case: Case) -> dict[str, float]:
    """What tells how sure the answer is."""
    found = case.evidence.signals
    assert found is not None
    return dict(found)


def is_near(case: Case) -> bool:
    """Whether it is a near miss: its sentences are as good as those of an answer, so that only a
    value's own features can tell."""
    return isinstance(case.gold, Unanswerable) and case.gold.type == "near_miss"


def is_right(case: Case) -> bool:
    """Whether what would be said answers the question."""
    if isinstance(case.gold, Unanswerable):
        return False
    if case.evidence.is_value:
        return bool(case.facts[0])
    count = len(case.evidence.said())
    return bool(case.sentences[:count].any())


def ordered(case: Case, calibration: Calibration) -> Case:
    """The case with its candidates scored and ordered by calibration."""
    evidence = case.evidence
    sentences = [(calibration.sentence_score(one.features), one) for _, one in evidence.sentences]
    facts = [(calibration.value_score(one.features), one) for _, one in evidence.facts]
    first = sorted(range(len(sentences)), key=lambda n: -sentences[n][0])
    ranked = sorted(range(len(facts)), key=lambda n: -facts[n][0])
    timed = values.timed([facts[n] for n in ranked], evidence.intent)
    places = {id(fact): n for n, (_, fact) in enumerate(facts)}
    second = [places[id(fact)] for _, fact in timed]
    moved = replace(evidence, sentences=[sentences[n] for n in first], facts=timed)
    return replace(case, evidence=moved, sentences=case.sentences[first], facts=case.facts[second])
