"""An answer held against its gold question: what it scores, as a Result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.api.schemas import AskResponse, PassageOut
from assistant.records import Status
from corpus.records import Document
from eval.errors import IndexStale
from eval.measures.agreement import citation_overlap, token_f1
from eval.measures.ranking import per_question
from eval.questions import Question, Unanswerable, places
from eval.runs.judging import short_right, text_right, told
from eval.runs.records import LABELS, Kind, Result
from eval.runs.targets import Asked

Place = tuple[str, int, int]
"""Where a plan says something: document, start and end in its source."""


@dataclass(frozen=True)
class Plans:
    """The plans, with their passages, that questions are judged by."""

    documents: Sequence[Document]
    passages: Sequence[PassageOut]

    def evidence(self, quotes: Sequence[str]) -> list[list[Place]]:
        """Of each quote the places that it stands in, in any of the documents."""
        return [
            [
                (document.id, span.start, span.end)
                for document in self.documents
                for span in places([quote], document.source)
            ]
            for quote in quotes
        ]

    def relevant(self, evidence: Sequence[Sequence[Place]]) -> tuple[str, ...]:
        """The passages that hold more than half of any of evidence, in order."""
        every = [place for own in evidence for place in own]
        return tuple(
            passage.passage_id
            for passage in self.passages
            if any(
                document == passage.document and 2 * _shared(passage, start, end) > end - start
                for document, start, end in every
            )
        )

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The headings of the parts, in order: what stands outermost, but for a plan's title."""
        sections = [one for plan in self.documents for one in plan.sections if one.level > 0]
        return tuple(dict.fromkeys(one.path[0] for one in sections))

    def part(self, section: str | None) -> str:
        """The heading of the part that a section stands in; "" where it stands in none."""
        paths = (one.path for plan in self.documents for one in plan.sections if one.id == section)
        part = next(paths, ("",))[0]
        return part if part in self.parts else ""


def _shared(passage: PassageOut, start: int, end: int) -> int:
    pieces = (min(end, last) - max(start, first) for first, last in passage.spans)
    return sum(max(0, piece) for piece in pieces)


def stale(golds: Iterable[Question | Unanswerable], plans: Plans) -> None:
    """Nothing, where every quote of every question stands in the plans. Raises IndexStale."""
    missing = [
        gold.id
        for gold in golds
        if isinstance(gold, Question) and not all(plans.evidence(gold.evidence))
    ]
    if missing:
        named = ", ".join(missing[:3]) + (", …" if len(missing) > 3 else "")
        known = ", ".join(document.id for document in plans.documents)
        raise IndexStale(
            f"evidence of {len(missing)} question(s) ({named}) stands in none of the index's "
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
    language = languages[evidence[0][0][0]] if evidence else next(iter(languages.values()), "")
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
        direction=f"{gold.lang}→{language}",
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


def _answerable(
    gold: Question, answer: AskResponse, evidence: Sequence[Sequence[Place]]
) -> dict[str, float]:
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
        found["token_f1"] = token_f1(told(answer), facts) if is_answered else 0.0
    cited = [(one.document, one.start, one.end) for one in answer.citations] if is_answered else []
    found["citation_precision"], found["citation_recall"] = citation_overlap(cited, evidence)
    return found


def expected(gold: Question | Unanswerable) -> str:
    """What is wanted of an answer, for a reader."""
    if isinstance(gold, Unanswerable):
        return f"nothing; near: {gold.near}" if gold.near else "nothing"
    if gold.count is not None:
        return str(gold.count)
    facts = gold.short or gold.answers
    told = " + ".join(" / ".join(fact) for fact in facts)
    return told if gold.difference is None else f"{told}; difference {gold.difference}"
