"""The routes of /v1, and the probes."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response

from assistant.api import render, schemas
from assistant.library import Library
from assistant.service import Assistant
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
    answer = _timed(
        response,
        "ask",
        lambda: assistant.ask(body.question, body.lang, body.top_k, body.documents, body.mode),
    )
    return render.answer_out(answer)


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
