"""The wire: what requests and responses look like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from assistant.explanation import Explanation
from assistant.records import Note, Reason, Status
from corpus.records import Kind
from index.records import Mode

Lang = Literal["zh", "en"]


class Wire(BaseModel):
    """A request or a response; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


HISTORY = 20
"""Exchanges that a request may tell of."""
LONGEST_SAID = 4_000
"""Characters of a question or an answer of one."""


def _short(text: str) -> str:
    """text, where it is not too long. (pydantic's own check refuses half a character, too.)"""
    if len(text) > LONGEST_SAID:
        raise PydanticCustomError(
            "string_too_long",
            "String should have at most {max_length} characters",
            {"max_length": LONGEST_SAID},
        )
    return text


SaidBefore = Annotated[
    str, AfterValidator(_short), Field(json_schema_extra={"maxLength": LONGEST_SAID})
]


class ExchangeIn(Wire):
    """A question of the conversation so far, as it was typed, and its answer.text, if any."""

    question: SaidBefore
    answer: SaidBefore | None = None


class AskRequest(Wire):
    """A question: 1 to 1,000 characters after folding.

    history: what was asked before, oldest first; a question there that cannot be read is skipped.
    explain: whether to tell what each stage made of the question.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"question": "金融业增加值目标是多少", "top_k": 3},
                {
                    "question": "And in 2019?",
                    "history": [
                        {
                            "question": "What is the target for value added of the financial "
                            "sector?",
                            "answer": "By 2025, we will strive to exceed 56 billion yuan in value "
                            "added of the financial sector.",
                        }
                    ],
                },
            ]
        }
    )

    question: Annotated[str, Field(description="in Chinese or English")]
    lang: Annotated[
        Lang | None, Field(description="the language of the answer; null: the question's")
    ] = None
    top_k: Annotated[
        int, Field(ge=1, le=50, description="how many passages come beside the answer")
    ] = 5
    documents: Annotated[
        list[str] | None, Field(description="answer from these alone; null: from all")
    ] = None
    mode: Annotated[Mode, Field(description="what ranks the passages")] = Mode.HYBRID
    history: Annotated[list[ExchangeIn], Field(max_length=HISTORY)] = []
    explain: bool = False


class ScoresOut(Wire):
    """Each leg's score; late and sentence are null in the modes without them."""

    dense: float
    lexical: float
    late: float | None
    sentence: float | None


class TranslationOut(Wire):
    """A translation; official is always false, and what it is of stands beside it. text: of a
    citation, the whole sentence; of a passage, […] stands for what is withheld. fields: a table
    row's values."""

    language: str
    official: Literal[False] = False
    path: list[str]
    text: str
    fields: list[tuple[str, str]] = []


class NoteOut(Wire):
    """What the reader should know: a stable code, and the same in the language of the answer."""

    code: Note
    text: str


class PassageOut(Wire):
    """A passage. pages: first to last; pages_exact: it stands on all of them, otherwise somewhere
    between. spans: [start, end) of its pieces in the source. fields: a table row's values."""

    passage_id: str
    document: str
    section: str
    kind: Kind
    path: list[str]
    pages: list[int]
    pages_exact: bool
    text: str
    spans: list[tuple[int, int]]
    fields: list[tuple[str, str]]
    translation: TranslationOut | None
    digest: str
    url: str


class HitOut(PassageOut):
    """A passage in a ranking."""

    score: float
    scores: ScoresOut


class CitationOut(Wire):
    """Words of the source: quote is source[start:end], in characters."""

    n: int
    passage_id: str
    document: str
    path: list[str]
    pages: list[int]
    pages_exact: bool
    quote: str
    start: int
    end: int
    translation: TranslationOut | None
    url: str


class AnswerText(Wire):
    """short: the value, date, name, list or phrase that is asked for, or null; in English with the
    plan's words in brackets. short_original: the plan's words alone. text: the sentences.
    difference: of two values that are compared, computed, with its unit."""

    short: str | None
    short_original: str | None
    text: str
    difference: str | None


class ReceiptOut(Wire):
    """What an answer was made with."""

    index: str
    encoder: str
    version: str


class AskResponse(Wire):
    """An answer with its citations. Where it is none, or not what was asked for, reason says why,
    and message says it in lang.

    read_as: the question as it was searched, in Simplified characters, with slips put right, and
    with what a follow-up left out. standalone: the same of a follow-up, null of any other. missing:
    what the question names and the plan does not state with it. confidence: how likely the answer
    is right, null where that is not told. suggestions: questions that can be asked next.
    """

    status: Status
    answer: AnswerText | None
    lang: str
    question: str
    read_as: str
    standalone: str | None
    reason: Reason | None
    message: str | None
    missing: str | None
    confidence: Annotated[float | None, Field(ge=0, le=1)]
    notes: list[NoteOut]
    citations: list[CitationOut]
    passages: list[HitOut]
    suggestions: list[str]
    explanation: Explanation | None
    receipt: ReceiptOut


class SearchResponse(Wire):
    """Passages, best first."""

    question: str
    read_as: str
    lang: str
    mode: Mode
    hits: list[HitOut]
    receipt: ReceiptOut


class DocumentOut(Wire):
    """A published plan."""

    id: str
    title: str
    title_en: str | None
    issuer: str
    published: str
    language: str
    sha256: str
    pages: int | None
    passages: int
    translations: list[str]


class SectionOut(Wire):
    """A heading; its passages by id. translated: its path in another language, unofficially."""

    id: str
    level: int
    title: str
    path: list[str]
    translated: list[str]
    pages: list[int]
    passages: list[str]


class OutlineResponse(Wire):
    """A document's headings, in order."""

    document: str
    sections: list[SectionOut]


class ReadyResponse(Wire):
    """What is being served. problem: why a newer index is not in use, where it is not."""

    status: Literal["ready"]
    documents: int
    passages: int
    receipt: ReceiptOut
    problem: str | None


class HealthResponse(Wire):
    """The process answers."""

    status: Literal["ok"]


class Fault(Wire):
    """One fault of a request: where it is, and what is wrong."""

    at: str
    message: str


class Problem(Wire):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[Fault] | None = None
