"""An answer held against its gold question: what it scores, as a Result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.api.schemas import AskResponse, PassageOut
from assistant.records import Status
from corpus.records import Document
from eval.errors import IndexStale
from eval.facts import says
from eval.measures.agreement import citation_overlap, token_f1
from eval.measures.ranking import per_question
from eval.questions import Question, Unanswerable, places
from eval.runs.records import LABELS, Kind, Result
from eval.runs.targets import Asked

LONGEST = {"zh": 120, "en": 300}
"""Characters of the text of an answer to a question for a value; a longer one is wrong."""
LONGEST_SHORT = 120
"""Characters of a short answer as the plan words it; a longer one is none."""
_AMOUNTS = frozenset({"value", "share", "count"})


Place = tuple[str, int, int]
"""Where a plan says something: document, start and end in its source."""


@dataclass(frozen=True)
class Plans:
    """The plans, with their passages, that questions are judged by."""

    documents: Sequence[Document]
    passages: Sequence[PassageOut]

    def evidence(self, quotes: Sequence[str]) -> list[Place]:
        """Where quotes stand, in any of the documents."""
        return [
            (document.id, span.start, span.end)
            for document in self.documents
            for span in places(quotes, document.source)
        ]

    def relevant(self, evidence: Sequence[Place]) -> tuple[str, ...]:
        """The passages that hold more than half of any of evidence, in order."""
        return tuple(
            passage.passage_id
            for passage in self.passages
            if any(
                document == passage.document and 2 * _shared(passage, start, end) > end - start
                for document, start, end in evidence
            )
        )

    def part(self, section: str | None) -> str:
        """The heading of the part that a section stands in; "" where there is no such section."""
        paths = (one.path for plan in self.documents for one in plan.sections if one.id == section)
        return next(paths, ("",))[0]


def _shared(passage: PassageOut, start: int, end: int) -> int:
    pieces = (min(end, last) - max(start, first) for first, last in passage.spans)
    return sum(max(0, piece) for piece in pieces)


def stale(golds: Iterable[Question | Unanswerable], plans: Plans) -> None:
    """Nothing, where every question's evidence stands in the plans. Raises IndexStale."""
    missing = [
        gold.id
        for gold in golds
        if isinstance(gold, Question) and not plans.evidence(gold.evidence)
    ]
    if missing:
        named = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
        known = ", ".join(document.id for document in plans.documents)
        raise IndexStale(
            f"the evidence of {len(missing)} question(s) ({named}) stands in none of the index's "
            f"documents ({known})"
        )


def result(
    gold: Question | Unanswerable, asked: Asked, plans: Plans, *, group: str, is_turn: bool = False
) -> Result:
    """What gold got, and what that scores."""
    answer = asked.response
    evidence = plans.evidence(gold.evidence) if isinstance(gold, Question) else []
    relevant = plans.relevant(evidence)
    ranking = tuple(hit.passage_id for hit in answer.passages)
    languages = {plan.id: plan.manifest.language for plan in plans.documents}
    told = languages[evidence[0][0]] if evidence else next(iter(languages.values()), "")
    said = answer.answer
    if isinstance(gold, Question):
        kind: Kind = "answerable"
        scores = _answerable(gold, answer, evidence)
        if relevant:
            scores |= per_question({gold.id: dict.fromkeys(relevant, 1)}, {gold.id: ranking})[
                gold.id
            ]
    else:
        kind = gold.type
        refused = float(answer.status is not Status.ANSWERED)
        scores = {"refused_rightly": refused, "right": refused}
    return Result(
        id=gold.id,
        group=group,
        split=gold.split,
        lang=gold.lang,
        direction=f"{gold.lang}→{told}",
        kind=kind,
        type=gold.type if isinstance(gold, Question) else gold.asks,
        part=plans.part(gold.section),
        is_turn=is_turn,
        question=gold.question,
        read_as=answer.read_as,
        expected=expected(gold),
        status=answer.status.value,
        reason=None if answer.reason is None else answer.reason.value,
        confidence=answer.confidence,
        short=None if said is None else said.short,
        text=None if said is None else said.text,
        citations=tuple((one.document, one.start, one.end) for one in answer.citations),
        ranking=ranking,
        relevant=relevant,
        scores={name: scores[name] for name in LABELS if name in scores},
        took_ms=round(asked.took_ms, 2),
    )


def _answerable(gold: Question, answer: AskResponse, evidence: Sequence[Place]) -> dict[str, float]:
    is_answered = answer.status is Status.ANSWERED
    right, short = text_right(gold, answer), short_right(gold, answer)
    found = {
        "right": float(right),
        "text_right": float(right),
        "refused_wrongly": float(not is_answered),
        "answered_wrongly": float(is_answered and not right),
    }
    if short is not None:
        found["short_right"] = float(short)
    facts = gold.short or gold.answers
    if facts:
        found["token_f1"] = token_f1(_told(answer), facts) if is_answered else 0.0
    cited = [(one.document, one.start, one.end) for one in answer.citations] if is_answered else []
    found["citation_precision"], found["citation_recall"] = citation_overlap(cited, evidence)
    return found


def _told(answer: AskResponse) -> str:
    """What an answer comes to in the plan's words: the short answer, or else the quotes."""
    short = answer.answer.short_original if answer.answer else None
    return short or _quotes(answer)


def _quotes(answer: AskResponse) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


def text_right(gold: Question, answer: AskResponse) -> bool:
    """Whether the answer's sentences say all that they must, and, for a value, say it briefly.

    An English sentence is judged by the Chinese one beside it, of which it is the translation. A
    difference and a count must be the right ones.
    """
    said = answer.answer
    if answer.status is not Status.ANSWERED or said is None:
        return False
    if gold.count is not None:
        return bool(_number(gold.count).search(f"{said.short} {said.text}"))
    if gold.difference is not None and not short_right(gold, answer):
        return False
    if gold.type in _AMOUNTS and len(said.text) > LONGEST[answer.lang]:
        return False
    return says(_quotes(answer), gold.answers)


def short_right(gold: Question, answer: AskResponse) -> bool | None:
    """Whether the short answer says what it must; None where the question expects none."""
    said = answer.answer
    if gold.count is not None:
        return bool(said and said.short and _number(gold.count).search(said.short))
    if gold.difference is not None:
        return bool(said and said.difference and says(said.difference, ((gold.difference,),)))
    if gold.short is None:
        return None
    words = said.short_original if said else None
    if answer.status is not Status.ANSWERED or words is None or len(words) > LONGEST_SHORT:
        return False
    if gold.type in _AMOUNTS and len(re.findall(r"\d[\d.]*", words)) > 2:
        return False
    return says(words, gold.short)


def _number(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){number}(?![\d.])")


def expected(gold: Question | Unanswerable) -> str:
    """What is wanted of an answer, for a reader."""
    if isinstance(gold, Unanswerable):
        return f"nothing; near: {gold.near}" if gold.near else "nothing"
    if gold.count is not None:
        return str(gold.count)
    facts = gold.short or gold.answers
    told = " + ".join(" / ".join(fact) for fact in facts)
    return told if gold.difference is None else f"{told}; difference {gold.difference}"
