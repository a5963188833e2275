"""The wire: what requests and responses look like."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.records import Note, Reason, Status
from corpus.records import Kind
from index.records import Mode

Lang = Literal["zh", "en"]


class Wire(BaseModel):
    """A request or a response; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AskRequest(Wire):
    """A question: 1 to 1,000 characters after folding."""

    question: str
    lang: Lang | None = None
    top_k: Annotated[int, Field(ge=1, le=50)] = 5
    documents: list[str] | None = None
    mode: Mode = Mode.HYBRID


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
    """short: the one value asked for, or null. text: the sentence."""

    short: str | None
    text: str


class ReceiptOut(Wire):
    """What an answer was made with."""

    index: str
    encoder: str
    version: str


class AskResponse(Wire):
    """An answer with its citations, or why there is none: reason, and message in lang.

    read_as: the question as it was searched, in Simplified characters and with slips put right.
    """

    status: Status
    answer: AnswerText | None
    lang: str
    question: str
    read_as: str
    reason: Reason | None
    message: str | None
    notes: list[NoteOut]
    citations: list[CitationOut]
    passages: list[HitOut]
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
