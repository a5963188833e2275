"""Records to what is sent: the one place where a record's fields meet the wire's."""

from __future__ import annotations

from urllib.parse import quote

from assistant import wording
from assistant.api.schemas import (
    AnswerText,
    AskResponse,
    CitationOut,
    DocumentOut,
    HitOut,
    NoteOut,
    OutlineResponse,
    PassageOut,
    ReceiptOut,
    ScoresOut,
    SearchResponse,
    SectionOut,
    TranslationOut,
)
from assistant.explanation import Explanation
from assistant.records import Answer, Citation, Question, Receipt
from corpus.records import Document, Pages, Passage, Section, Span
from index.records import Hit, Mode


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


def answer_out(answer: Answer, explanation: Explanation | None = None) -> AskResponse:
    """An answer as it is sent."""
    asked, reason, missing = answer.question, answer.reason, answer.missing
    said = None
    if answer.text is not None:
        said = AnswerText(
            short=answer.short,
            short_original=answer.short_original,
            text=answer.text,
            difference=answer.difference,
        )
    return AskResponse(
        status=answer.status,
        answer=said,
        lang=asked.lang,
        question=asked.text,
        read_as=asked.search,
        standalone=asked.search if asked.was_completed else None,
        reason=reason,
        message=None if reason is None else wording.reason(reason, asked.lang, missing),
        missing=missing or None,
        confidence=None if answer.confidence is None else round(answer.confidence, 4),
        notes=[NoteOut(code=note, text=wording.note(note, asked)) for note in answer.notes],
        citations=[citation_out(citation) for citation in answer.citations],
        passages=[hit_out(hit) for hit in answer.hits],
        suggestions=list(answer.suggestions),
        explanation=explanation,
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
