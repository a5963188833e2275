"""What an answer of a kind must have: a time, a body, a place, an explanation, so many items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from assistant import enumeration
from assistant.bilingual import Phrases
from assistant.evidence import Evidence
from assistant.kinds import TIMES, Kind
from assistant.phrases import BODY, without
from assistant.records import Question, Reason
from corpus.language import HAN, fold, language
from corpus.numbers import quantities
from corpus.records import Kind as PassageKind

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
_LISTED = frozenset({Kind.LIST, Kind.PLACE, Kind.NAME, Kind.BODY})
_MOST = 40
"""The longest list that a plan spells out."""


def missing(
    question: Question, evidence: Evidence, phrases: Phrases
) -> Iterator[tuple[Reason, str]]:
    """What an answer of the kind must have, and the evidence has not."""
    kind, text = evidence.intent.kind, evidence.text
    said = " ".join(passage.sentence_text(n) for passage, n in evidence.said())
    phrase = phrases("zh")
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
