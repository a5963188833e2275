"""Whether what was found answers the question: decided from evidence, in code.

First how sure it is, by the calibration; then whether every time, name and number that the question
names stands in what is said, and whether it has what such an answer must have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant import enumeration, values
from assistant.calibration import Calibration
from assistant.evidence import Evidence
from assistant.intent import TIMES, Kind
from assistant.phrases import BODY, without
from assistant.records import Question, Reason, Status
from corpus.indicators import IndicatorKind
from corpus.language import HAN, fold, language
from corpus.numbers import Quantity, quantities
from corpus.periods import Period, periods
from corpus.records import Document, Passage
from corpus.records import Kind as PassageKind
from index.names import OF_PLACES
from index.search import Searcher

_OUTSIDE = 0.5
"""A question of whose words the plans lack so large a share lies outside them."""
_EXPLAINS = re.compile(r"[：:]|即|[是指](?!导|标|数|引|挥)|（")
_WHO = re.compile(
    r"谁|部门|单位|负责|哪个?局|(?:^|[.,?!] |\band )who\b|\bwhose\b|\bby whom\b|"
    r"\bdepartment|\bbureau|\bin charge\b|\bresponsible\b",
    re.I,
)
_WHERE = re.compile(
    r"哪条[路街巷]|哪个门牌|地址|选址|门牌|\baddress\b|\bwhich (?:street|road)\b|\bsited?\b", re.I
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff](?:路|街|巷|大道|片区|地区|沿线|湖|岸|村|镇|岛|港|桥|江|旁|侧|附近|以[东西南北])"
)
_PLACE_EN = re.compile(r"\b(?:in|at|on|along|near|beside|next to) (?:the )?[A-Z]")
_EMPTY = re.compile(
    r"加快|加强|推进|推动|建设|打造|完善|管理|建立|健全|发展|实施|优化|提升|开展|新建|建成|深化|积极|进一步|以及|[等和与及的了、，“”]"
)
_CODE = re.compile(r"(?<![A-Za-z0-9.])(?:[A-Za-z]\d{1,2}|\d[A-Za-z])(?![A-Za-z0-9])")
"""What tells one thing of a kind from another: P3, 5A."""
_LISTED = frozenset({Kind.LIST, Kind.PLACE, Kind.NAME, Kind.BODY})
_SMALL = 10
"""Below it a bare number may count or number anything."""
_MOST = 40
"""The longest list that a plan spells out."""


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
    document: Document,
    searcher: Searcher,
    calibration: Calibration | None,
    phrase: str | None,
) -> Verdict:
    """Whether the evidence answers. calibration: None where the index has none for its encoder.
    phrase: the part of the best sentence that would be the short answer."""
    signals = evidence.signals
    if calibration is None or signals is None:
        lacking = next(_lacking(question, evidence, document, searcher, phrase), None)
        if lacking is not None:
            return Verdict(Status.PARTIAL, lacking[0], None, lacking[1])
        return Verdict(Status.ANSWERED)
    model = calibration.value if evidence.is_value else calibration.sentence
    confidence = model.probability(signals)
    if confidence < model.speaks:
        outside = evidence.terms.unknown() >= _OUTSIDE
        reason = Reason.OUTSIDE_PLAN if outside else Reason.PLAN_SILENT
        return Verdict(Status.NOT_FOUND, reason, confidence)
    lacking = next(_lacking(question, evidence, document, searcher, phrase), None)
    if lacking is not None:
        return Verdict(Status.PARTIAL, lacking[0], confidence, lacking[1])
    if confidence < model.answers:
        return Verdict(Status.PARTIAL, Reason.DETAIL_NOT_STATED, confidence)
    return Verdict(Status.ANSWERED, None, confidence)


def _lacking(
    question: Question,
    evidence: Evidence,
    document: Document,
    searcher: Searcher,
    phrase: str | None,
) -> Iterator[tuple[Reason, str]]:
    """What the question names and the evidence lacks, the gravest first."""
    said = [passage for passage, _ in evidence.said()]
    for name in _names(question, searcher):
        if not _stands(name, said, document, searcher):
            yield Reason.NAME_NOT_STATED, name
    if evidence.intent.wants_value and not evidence.facts and not _has_number(evidence):
        yield Reason.VALUE_NOT_STATED, ""
    if evidence.intent.kind is Kind.COMPARISON:
        return  # its times and numbers are those of two values
    period = _missing_period(evidence)
    if period:
        yield Reason.OTHER_PERIOD, period
    for amount in evidence.intent.amounts:
        if not _has_amount(amount, evidence):
            yield Reason.AMOUNT_NOT_STATED, amount.words
    yield from _unexplained(question, evidence, phrase)


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
    return fold(amount.words) in fold(said)


def _unexplained(
    question: Question, evidence: Evidence, phrase: str | None
) -> Iterator[tuple[Reason, str]]:
    """What an answer of the kind must have, and the evidence has not."""
    kind, text = evidence.intent.kind, evidence.text
    said = " ".join(passage.sentence_text(n) for passage, n in evidence.said())
    if kind in TIMES and not phrase and evidence.ranking.legs.query is not None:
        yield Reason.DATE_NOT_STATED, ""
    if (
        kind is Kind.BODY
        and _WHO.search(question.search)
        and not _has_body(question, phrase or text)
    ):
        yield Reason.BODY_NOT_STATED, ""
    if kind is Kind.PLACE and _WHERE.search(question.search) and not _located(question, evidence):
        yield Reason.PLACE_NOT_STATED, ""
    if kind is Kind.DEFINITION and not _explained(question, evidence, text):
        yield Reason.MEANING_NOT_STATED, ""
    if kind not in _LISTED or evidence.main[0].kind is not PassageKind.TEXT:
        return
    if not _listed(question, evidence, said) or _is_circular(question, phrase):
        yield Reason.DETAIL_NOT_STATED, ""


def _has_body(question: Question, text: str) -> bool:
    """Whether a body is named besides those of the question."""
    return BODY.search(without(text, question.search)) is not None


def _located(question: Question, evidence: Evidence) -> bool:
    """Whether what is said has a place besides what the question names."""
    passage, number = evidence.main
    told = passage.translation
    if evidence.terms.own == "en" and told is not None:
        return _PLACE_EN.search(told.shown(number)) is not None
    return _PLACE.search(without(evidence.text, question.search)) is not None


def _listed(question: Question, evidence: Evidence, said: str) -> bool:
    """Whether as many are listed as are asked for, where the question says how many: 哪三种, or
    which ones a number of things are that stands in what is said: 4条特色商业街区是哪几条."""
    wanted = enumeration.asked(question.search)
    if wanted is None:
        known = {one.value for one in quantities(said, "zh", evidence.plan)}
        counts = (one.value for one in evidence.intent.amounts if one.value in known)
        wanted = next((int(n) for n in counts if 1 < n <= _MOST and n == int(n)), None)
    if wanted is None:
        return True
    return any(one.items >= wanted for one in enumeration.enumerations(said, "zh"))


def _is_circular(question: Question, phrase: str | None) -> bool:
    """Whether a phrase says nothing but what the question says already."""
    if phrase is None or language(question.search) != "zh":
        return False
    return len(HAN.findall(_EMPTY.sub("", without(phrase, question.search)))) < 2


def _explained(question: Question, evidence: Evidence, text: str) -> bool:
    """Whether a term is explained: by a footnote, by 即, 是 or a bracket behind it, or by a list in
    its clause."""
    passage, _ = evidence.main
    if passage.kind is not PassageKind.TEXT:
        return True
    if question.lang != "zh" or language(question.search) != "zh":
        return _EXPLAINS.search(text) is not None or bool(enumeration.enumerations(text, "zh"))
    asked = fold(question.search)
    match = SequenceMatcher(None, asked, text, autojunk=False).find_longest_match()
    if match.size < 2:
        return _EXPLAINS.search(text) is not None
    end = match.b + match.size
    while end > match.b + 1 and _EXPLAINS.match(text[end - 1]):
        end -= 1  # what explains it stands in the question as well
    if _EXPLAINS.match(text[end:].lstrip("”\"’'」")):
        return True
    own = next(
        (part for part in enumeration.clauses(text, "zh") if part[0] <= match.b < part[1]), None
    )
    return own is not None and bool(enumeration.enumerations(text[own[0] : own[1]], "zh"))
