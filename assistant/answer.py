"""Evidence to what is said: the value, and citations that are the source's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import Evidence
from assistant.question import asks_value, measure, years
from assistant.records import Citation, Question, Rendering
from corpus.cleanup import quotable
from corpus.numbers import Quantity, quantities
from corpus.pages import pages_of
from corpus.records import Document, Kind, Passage, Span

_CLAUSE = re.compile(r"[^，；。,;]+")
_UNIT_LABEL = "单位"
_SHARED_VERB = re.compile(r"分别|.*respectively")
"""Values after it belong to several subjects; the English word may stand after the values too."""
_CELL_NUMBER = re.compile(r"\[?[<>≤≥]?\d[\d,.]*(?:[-~～—至]\d[\d,.]*)?\]?(?![\d,.]*[%％‰])")


@dataclass(frozen=True, slots=True)
class Value:
    """The value that is asked for, as the plan words it.

    start: where it stands in the sentence. column: of a row, which of its fields it is.
    """

    words: str
    start: int = 0
    column: int | None = None


def value(question: Question, evidence: Evidence) -> Value | None:
    """The value that is asked for, where the evidence has one obvious one.

    None where no value is asked for, where several could be meant, where it measures something
    else than the question asks (a length for 多少个) or belongs to another year, or where the plan
    lists several subjects and then several values ("分别达到…"): none is better than a wrong one.
    """
    if not asks_value(question):
        return None
    if evidence.passage.kind is Kind.ROW:
        return _cell(question, evidence.passage)
    return _value(question, evidence.text)


def _value(question: Question, text: str) -> Value | None:
    """The one value of a sentence, or the one in the clause that is most like the question."""
    asked, named = measure(question), years(question)
    every = quantities(text)
    found = [q for q in every if not named or q.year is None or q.year in named]
    if len(every) <= 1:
        return next((_whole(q) for q in found if asked in (None, q.measure)), None)
    clauses = [match.span() for match in _CLAUSE.finditer(text)]
    held = [[q for q in found if start <= q.start < end] for start, end in clauses]
    scores = [
        _likeness(question.search, text[start:end]) if own else 0.0
        for (start, end), own in zip(clauses, held, strict=True)
    ]
    best = max(scores, default=0.0)
    if best <= 0.0 or scores.count(best) > 1:
        return None
    own = [q for q in held[scores.index(best)] if asked in (None, q.measure)]
    shared = _SHARED_VERB.search(text)
    if len(own) != 1 or (shared is not None and own[0].start > shared.start()):
        return None
    return _whole(own[0])


def _whole(quantity: Quantity) -> Value:
    return Value(f"{quantity.words}{quantity.bound}", quantity.start)


def _cell(question: Question, passage: Passage) -> Value | None:
    """The cell under the one year that the question names, with the row's unit."""
    named = [
        column
        for column, (label, words) in enumerate(passage.fields)
        if any(year in label for year in years(question)) and words not in ("", "-")
    ]
    if len(named) != 1:
        return None
    words = passage.fields[named[0]][1]
    column = unit_column(passage)
    unit = "" if column is None else passage.fields[column][1]
    number = _CELL_NUMBER.match(words)
    if number is None or unit in words:
        return Value(words, column=named[0])
    return Value(f"{number[0]}{unit}{words[number.end() :]}", column=named[0])


def unit_column(passage: Passage) -> int | None:
    """Which of a row's fields tells its unit."""
    labels = [label for label, _ in passage.fields]
    return labels.index(_UNIT_LABEL) if _UNIT_LABEL in labels else None


def _likeness(question: str, clause: str) -> float:
    """Pairs of neighbouring characters that both have, as a share of the clause's: 0 to 1."""
    asked, said = _pairs(question.casefold()), _pairs(clause.casefold())
    return len(asked & said) / len(said) if said else 0.0


def _pairs(text: str) -> set[str]:
    letters = re.sub(r"[\W\d_]+", "", text)
    return {letters[n : n + 2] for n in range(len(letters) - 1)}


def citations(evidence: Evidence, document: Document) -> tuple[Citation, ...]:
    """The evidence's sentence as the source has it, one citation for each unbroken run of it.

    Most sentences are one run. One that a footnote interrupts at a page's end is two, and each
    names its own page.
    """
    spans = evidence.passage.sentence_spans(evidence.sentence)
    runs = quotable(document.source, trimmed(spans, document.source))
    return tuple(
        cite(n, evidence.passage, run, document, rendering(evidence))
        for n, run in enumerate(runs, start=1)
    )


def rendering(evidence: Evidence) -> Rendering | None:
    """The evidence's sentence in its translation; None where there is none, or it is withheld."""
    told = evidence.passage.translation
    if told is None or not told.shown(evidence.sentence):
        return None
    return Rendering(told.language, told.shown(evidence.sentence), told.path)


def cite(
    n: int, passage: Passage, run: Span, document: Document, translation: Rendering | None = None
) -> Citation:
    """source[run] as a citation of passage."""
    return Citation(
        n=n,
        passage_id=passage.id,
        document=document.id,
        path=passage.path,
        pages=pages_of([run], document.leaves),
        quote=document.source[run.start : run.end],
        start=run.start,
        end=run.end,
        translation=translation,
    )


def trimmed(spans: Sequence[Span], source: str) -> list[Span]:
    """spans without those that hold only white space."""
    return [span for span in spans if source[span.start : span.end].strip()]
