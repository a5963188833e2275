"""Whether what was found answers the question: decided from evidence, in code.

First how sure it is, by the calibration; then whether every time, name and number that the question
names stands in what is said, and whether it has what such an answer must have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant import requirements, values
from assistant.bilingual import Phrases
from assistant.calibration import Calibration
from assistant.evidence import Evidence, Sources
from assistant.intent import Intent
from assistant.kinds import Kind
from assistant.records import Question, Reason, Status
from corpus.indicators import IndicatorKind
from corpus.language import fold
from corpus.numbers import Quantity, quantities
from corpus.periods import Period, periods
from corpus.records import Document, Passage
from index.names import OF_PLACES
from index.search import Searcher

_OUTSIDE = 0.5
"""A question of whose words the plans lack so large a share lies outside them."""
_CODE = re.compile(r"(?<![A-Za-z0-9.])(?:[A-Za-z]\d{1,2}|\d[A-Za-z])(?![A-Za-z0-9])")
"""What tells one thing of a kind from another: P3, 5A."""
_SMALL = 10
"""Below it a bare number may count or number anything."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a question ends. confidence: how likely the answer is right, None where not told.

    missing: what the question names and the evidence lacks.
    """

    status: Status
    reason: Reason | None = None
    confidence: float | None = None
    missing: str = ""


def judge(
    question: Question,
    evidence: Evidence,
    searcher: Searcher,
    calibration: Calibration | None,
    phrases: Phrases,
    *,
    is_compared: bool = False,
) -> Verdict:
    """Whether the evidence answers. calibration: None where the index has none for its encoder.
    phrases: the part of the best sentence that would be the short answer. is_compared: whether two
    values were found that the question compares."""
    signals, model, confidence = evidence.signals, None, None
    if calibration is not None and signals is not None:
        model = calibration.value if evidence.is_value else calibration.sentence
        confidence = model.probability(signals)
        if confidence < model.speaks:
            outside = evidence.terms.unknown() >= _OUTSIDE
            reason = Reason.OUTSIDE_PLAN if outside else Reason.PLAN_SILENT
            return Verdict(Status.NOT_FOUND, reason, confidence)
    lacking = next(_lacking(question, evidence, searcher, phrases, is_compared), None)
    if lacking is not None:
        return Verdict(Status.PARTIAL, lacking[0], confidence, lacking[1])
    if model is not None and confidence is not None and confidence < model.answers:
        return Verdict(Status.PARTIAL, Reason.DETAIL_NOT_STATED, confidence)
    return Verdict(Status.ANSWERED, None, confidence)


def is_foreign(
    question: Question, intent: Intent, documents: Sequence[Document], sources: Sources
) -> bool:
    """Whether a question for a list of what documents hold names a place that none of them speaks
    of, or a time before the plan."""
    passages = [passage for document in documents for passage in document.passages]
    if any(
        not any(_stands(name, passages, document, sources.searcher) for document in documents)
        for name in _names(question, sources.searcher)
    ):
        return True
    return sources.plan is not None and any(
        asked.last < sources.plan[0] for asked in intent.periods
    )


def _lacking(
    question: Question,
    evidence: Evidence,
    searcher: Searcher,
    phrases: Phrases,
    is_compared: bool,
) -> Iterator[tuple[Reason, str]]:
    """What the question names and the evidence lacks, the gravest first."""
    said = [passage for passage, _ in evidence.said()]
    document = searcher.index.by_document[said[0].document]
    for name in _names(question, searcher):
        if not _stands(name, said, document, searcher):
            yield Reason.NAME_NOT_STATED, name
    if evidence.intent.kind is Kind.COMPARISON:
        # Its times and numbers are those of two values.
        if not is_compared and evidence.intent.asks_amount:
            yield Reason.VALUE_NOT_STATED, ""
        return
    if evidence.intent.wants_value and not evidence.facts and not _has_number(evidence):
        yield Reason.VALUE_NOT_STATED, ""
    period = _missing_period(evidence)
    if period:
        yield Reason.OTHER_PERIOD, period
    for amount in evidence.intent.amounts:
        if not _has_amount(amount, evidence):
            yield Reason.AMOUNT_NOT_STATED, amount.words
    yield from requirements.missing(question, evidence, phrases)


def _has_number(evidence: Evidence) -> bool:
    return bool(quantities(evidence.text, "zh", evidence.plan))


def _names(question: Question, searcher: Searcher) -> list[str]:
    names = searcher.names
    words = searcher.words["zh"](question.search)
    codes = _CODE.findall(question.search)
    return [*names.chinese(words), *names.english(question.text, searcher.knows), *codes]


def _stands(name: str, said: list[Passage], document: Document, searcher: Searcher) -> bool:
    """Whether a name stands in what is said, above it, or in the plan's title."""
    facts = document.manifest
    wanted = fold(name)
    if _CODE.fullmatch(name):
        form = re.compile(rf"(?<![a-z0-9.]){re.escape(wanted)}(?![a-z0-9])")
        return any(form.search(fold(_everything(passage))) for passage in said)
    if wanted in fold(" ".join((facts.title, facts.title_en or "", facts.issuer))):
        return True
    words = {wanted, *(f"{wanted}{end}" for end in OF_PLACES)}
    return any(searcher.has_word(passage, words) for passage in said)


def _everything(passage: Passage) -> str:
    told = passage.translation
    parts = [*passage.path, passage.text]
    return " ".join(parts if told is None else [*parts, *told.path, *told.sentences])


def _missing_period(evidence: Evidence) -> str:
    """The time that is asked for and that what is said is not of; "" where it fits."""
    if evidence.is_value:
        return _missing_of_value(evidence)
    intent, plan = evidence.intent, evidence.plan
    if not intent.periods or plan is None:
        return ""
    asked = intent.periods[0]
    if plan[0] <= asked.first and asked.last == plan[1]:
        return ""  # the whole plan is of those years
    said = " ".join(_everything(passage) for passage, _ in evidence.said())
    named = [mention.period for mention in periods(said, "zh", plan)]
    return "" if any(asked.meets(period) for period in named) else asked.words


def _missing_of_value(evidence: Evidence) -> str:
    intent, value = evidence.intent, evidence.facts[0][1].indicator
    if values.side_fit(value, intent) < 0:
        return intent.wording
    fit = values.period_fit(value, intent)
    undated = fit == 0 and _undated(intent.periods, value.kind, evidence.plan)
    return "" if not intent.periods or fit > 0 or undated else intent.periods[0].words


def _undated(asked: tuple[Period, ...], kind: IndicatorKind, plan: tuple[int, int] | None) -> bool:
    """Whether a value without a time of its own is of the time asked for: the end of the plan, or
    of the five years before it."""
    if plan is None:
        return True
    end = plan[1] if kind is IndicatorKind.TARGET else plan[0] - 1
    return any(period.last == end for period in asked)


def _has_amount(amount: Quantity, evidence: Evidence) -> bool:
    """Whether what is said has a number that the question names. One that asks whether it is so may
    be told another one of the same unit."""
    if not amount.unit and amount.value < _SMALL:
        return True
    said = " ".join(_everything(passage) for passage, _ in evidence.said())
    found = quantities(said, "zh", evidence.plan)
    if any(amount.value in (one.value, one.upper) for one in found):
        return True
    if evidence.intent.kind is Kind.YESNO:
        return any(one.measure is amount.measure for one in found)
    # In a table the unit stands in a column of its own.
    number = re.compile(rf"(?<![\d.]){re.escape(f'{amount.value.normalize():f}')}(?![\d.])")
    return number.search(fold(said)) is not None or fold(amount.words) in fold(said)
