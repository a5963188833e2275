"""The wire: what requests and responses look like, and how records become responses."""

from __future__ import annotations

from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field

from assistant import wording
from assistant.records import Answer, Citation, Note, Question, Reason, Receipt, Status
from corpus.records import Document, Kind, Pages, Passage, Section, Span
from index.records import Hit, Mode

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
    """A translation; official is always false, and what it is of stands beside it. fields: a table
    row's values; of a citation, text is the whole sentence."""

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


def passage_url(name: str) -> str:
    """Where a passage is served."""
    return f"/v1/passages/{quote(name)}"


def page_list(pages: Pages | None) -> list[int]:
    """Every page from the first to the last; none where they are not known."""
    return [] if pages is None else list(range(pages.first, pages.last + 1))


def _exact(pages: Pages | None) -> bool:
    return pages is not None and pages.exact


def _pair(span: Span) -> tuple[int, int]:
    return span.start, span.end


def passage_out(passage: Passage) -> PassageOut:
    """A passage as it is sent."""
    return PassageOut(
        passage_id=passage.id,
        document=passage.document,
        section=passage.section,
        kind=passage.kind,
        path=list(passage.path),
        pages=page_list(passage.pages),
        pages_exact=_exact(passage.pages),
        text=passage.text,
        spans=[_pair(span) for span in passage.spans],
        fields=list(passage.fields),
        translation=_translation_out(passage),
        digest=f"sha256:{passage.digest}",
        url=passage_url(passage.id),
    )


def _translation_out(passage: Passage) -> TranslationOut | None:
    told = passage.translation
    if told is None:
        return None
    return TranslationOut(
        language=told.language, path=list(told.path), text=told.text, fields=list(told.fields)
    )


def hit_out(hit: Hit) -> HitOut:
    """A hit as it is sent."""
    scores = hit.scores
    return HitOut(
        **passage_out(hit.passage).model_dump(),
        score=hit.score,
        scores=ScoresOut(
            dense=scores.dense,
            lexical=scores.lexical,
            late=scores.late,
            sentence=scores.sentence,
        ),
    )


def citation_out(citation: Citation) -> CitationOut:
    """A citation as it is sent."""
    told = citation.translation
    return CitationOut(
        n=citation.n,
        passage_id=citation.passage_id,
        document=citation.document,
        path=list(citation.path),
        pages=page_list(citation.pages),
        pages_exact=_exact(citation.pages),
        quote=citation.quote,
        start=citation.start,
        end=citation.end,
        translation=None
        if told is None
        else TranslationOut(language=told.language, path=list(told.path), text=told.text),
        url=passage_url(citation.passage_id),
    )


def receipt_out(receipt: Receipt) -> ReceiptOut:
    """A receipt as it is sent."""
    return ReceiptOut(index=receipt.index, encoder=receipt.encoder, version=receipt.version)


def answer_out(answer: Answer) -> AskResponse:
    """An answer as it is sent."""
    lang = answer.question.lang
    said = None if answer.text is None else AnswerText(short=answer.short, text=answer.text)
    return AskResponse(
        status=answer.status,
        answer=said,
        lang=lang,
        question=answer.question.text,
        read_as=answer.question.search,
        reason=answer.reason,
        message=None if answer.reason is None else wording.nothing(answer.reason, lang),
        notes=[
            NoteOut(code=note, text=wording.note(note, answer.question)) for note in answer.notes
        ],
        citations=[citation_out(citation) for citation in answer.citations],
        passages=[hit_out(hit) for hit in answer.hits],
        receipt=receipt_out(answer.receipt),
    )


def search_out(asked: Question, mode: Mode, hits: list[Hit], receipt: Receipt) -> SearchResponse:
    """A ranking as it is sent."""
    return SearchResponse(
        question=asked.text,
        read_as=asked.search,
        lang=asked.lang,
        mode=mode,
        hits=[hit_out(hit) for hit in hits],
        receipt=receipt_out(receipt),
    )


def document_out(document: Document) -> DocumentOut:
    """A document as it is sent."""
    facts = document.manifest
    return DocumentOut(
        id=facts.id,
        title=facts.title,
        title_en=facts.title_en,
        issuer=facts.issuer,
        published=facts.published,
        language=facts.language,
        sha256=facts.sha256,
        pages=facts.pages,
        passages=len(document.passages),
        translations=list(document.languages[1:]),
    )


def outline_out(document: Document) -> OutlineResponse:
    """A document's headings as they are sent."""
    return OutlineResponse(
        document=document.id,
        sections=[_section_out(section, document.passages) for section in document.sections],
    )


def _section_out(section: Section, passages: tuple[Passage, ...]) -> SectionOut:
    return SectionOut(
        id=section.id,
        level=section.level,
        title=section.title,
        path=list(section.path),
        translated=list(section.translated),
        pages=page_list(section.pages),
        passages=[passage.id for passage in passages if passage.section == section.id],
    )
