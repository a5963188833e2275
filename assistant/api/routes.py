"""The routes of /v1, and the probes."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Annotated, Literal, TypeVar

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from assistant import history, register
from assistant.api import register as wire
from assistant.api import render, schemas
from assistant.api.sheet import MEDIA_TYPE as CSV
from assistant.api.sheet import is_wanted, sheet
from assistant.explain import explain
from assistant.library import Library
from assistant.service import Assistant, Stages
from corpus.indicators import IndicatorKind
from index.records import Mode

T = TypeVar("T")

_PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": schemas.Problem, "content": {"application/problem+json": {}}}
    for status in (404, 422, 503)
}

probes = APIRouter(tags=["probes"])
v1 = APIRouter(prefix="/v1", responses=_PROBLEMS)


def library(request: Request) -> Library:
    """The application's library."""
    found: Library = request.app.state.library
    return found


def assistant(library: Annotated[Library, Depends(library)]) -> Assistant:
    """The assistant of the index in use."""
    return library.assistant()


Asked = Annotated[Assistant, Depends(assistant)]


def _timed(response: Response, stage: str, work: Callable[[], T]) -> T:
    """What work gives; its time goes into a header, so that equal questions get equal bodies."""
    start = perf_counter()
    result = work()
    response.headers["Server-Timing"] = f"{stage};dur={(perf_counter() - start) * 1e3:.1f}"
    return result


@v1.post("/ask")
def ask(body: schemas.AskRequest, response: Response, assistant: Asked) -> schemas.AskResponse:
    """Answer a question with the words of the plan, cited by section and page."""

    def work() -> Stages:
        told = [(said.question, said.answer) for said in body.history]
        before = history.exchanges(assistant, told)
        return assistant.stages(
            body.question, body.lang, body.top_k, body.documents, body.mode, before
        )

    stages = _timed(response, "ask", work)
    told = explain(stages, assistant, body.top_k) if body.explain else None
    return render.answer_out(stages.answer, told)


@v1.get("/search")
def search(
    response: Response,
    assistant: Asked,
    q: Annotated[str, Query(description="the question or its key words")],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
    mode: Mode = Mode.HYBRID,
    document: Annotated[list[str] | None, Query(description="only these documents")] = None,
    section: Annotated[str | None, Query(description="only this section and those in it")] = None,
    lang: Annotated[schemas.Lang | None, Query(description="as in /v1/ask")] = None,
) -> schemas.SearchResponse:
    """The passages that match best, with every leg's score."""
    asked, hits = _timed(
        response, "search", lambda: assistant.search(q, k, mode, document, section, lang)
    )
    return render.search_out(asked, mode, hits, assistant.receipt)


@v1.get("/passages/{passage_id:path}")
def passage(passage_id: str, assistant: Asked) -> schemas.PassageOut:
    """One passage. Its id holds a #, which a URL writes %23."""
    return render.passage_out(assistant.passage(passage_id))


@v1.get("/documents")
def documents(assistant: Asked) -> list[schemas.DocumentOut]:
    """The plans that are answered from."""
    return [render.document_out(document) for document in assistant.index.documents]


@v1.get("/documents/{document_id}/outline")
def outline(document_id: str, assistant: Asked) -> schemas.OutlineResponse:
    """A plan's headings, with their pages and passages."""
    return render.outline_out(assistant.document(document_id))


_CSV_TOO: dict[int | str, dict[str, object]] = {
    200: {
        "description": "The values that fit, as JSON or CSV",
        "content": {CSV: {"schema": {"type": "string"}}},
    }
}


@v1.get("/indicators", response_model=wire.IndicatorsResponse, responses=_CSV_TOO)
def indicators(
    response: Response,
    assistant: Asked,
    q: Annotated[
        str | None, Query(description="words in the subject, the value or a heading above it")
    ] = None,
    kind: Annotated[IndicatorKind | None, Query(description="to be reached, or reached")] = None,
    period: Annotated[
        str | None,
        Query(
            description="years or words for them",
            examples=["2025", "2016-2020", "十四五"],
        ),
    ] = None,
    section: Annotated[str | None, Query(description="only this section and those in it")] = None,
    document: Annotated[list[str] | None, Query(description="only these documents")] = None,
    pairs: Annotated[
        bool, Query(description="also what belongs together, with the change")
    ] = False,
    format: Annotated[
        Literal["json", "csv"] | None, Query(description="default: as Accept asks")
    ] = None,
    accept: Annotated[str, Header(include_in_schema=False)] = "",
) -> wire.IndicatorsResponse | Response:
    """The values that the plans state: targets, and what has been reached. JSON or CSV."""

    def work() -> tuple[register.Entry, ...]:
        return register.indicators(assistant, q, kind, period, section, document)

    found = _timed(response, "indicators", work)
    both = register.paired(assistant, found) if pairs else None
    response.headers["Vary"] = "Accept"
    if format == "json" or (format is None and not is_wanted(accept)):
        return wire.indicators_out(found, both, assistant.receipt)
    name = "pairs.csv" if pairs else "indicators.csv"
    headers = {**response.headers, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(sheet(found, both), media_type=f"{CSV}; charset=utf-8", headers=headers)


@probes.get("/healthz")
def healthz() -> schemas.HealthResponse:
    """Whether the process answers."""
    return schemas.HealthResponse(status="ok")


@probes.get("/readyz", responses={503: _PROBLEMS[503]})
def readyz(
    library: Annotated[Library, Depends(library)], assistant: Asked
) -> schemas.ReadyResponse:
    """Whether questions can be answered, and from what; otherwise 503 says why not."""
    return schemas.ReadyResponse(
        status="ready",
        documents=len(assistant.index.documents),
        passages=len(assistant.index.passages),
        receipt=render.receipt_out(assistant.receipt),
        problem=library.problem,
    )
