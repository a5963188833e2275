"""Errors to RFC 9457 problem details, in the caller's language."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.api.schemas import Fault, Problem
from assistant.errors import AssistantError, BadInput, NotFound, NotReady
from corpus.language import HAN, language

MEDIA_TYPE = "application/problem+json"
_STATUS: dict[type[AssistantError], int] = {BadInput: 422, NotFound: 404, NotReady: 503}
_TITLES = {
    404: ("没有找到", "Not found"),
    405: ("不支持这种请求方法", "Method not allowed"),
    422: ("请求有误", "Invalid request"),
    500: ("服务出错", "Internal error"),
    503: ("服务尚未就绪", "Not ready"),
}
_INVALID = ("请求有误，见 errors。", "The request is not as documented; see errors.")
_INTERNAL = ("服务出错，问题没有得到处理。", "The service failed; the request was not carried out.")

log = logging.getLogger("planqa")


def caller_language(request: Request, said: str | None = None) -> str:
    """ "zh" or "en": as asked by lang, else as the question is written, else as accepted."""
    wanted = request.query_params.get("lang") or getattr(request.state, "lang", None)
    if wanted in {"zh", "en"}:
        return str(wanted)
    words = said or request.query_params.get("q") or getattr(request.state, "question", None)
    if words and (HAN.search(words) or any(char.isalpha() for char in words)):
        return language(words)
    accepted = request.headers.get("accept-language", "zh").strip().casefold()
    return "en" if accepted.startswith("en") else "zh"


def problem(
    slug: str, status: int, lang: str, detail: str, faults: list[Fault] | None = None
) -> JSONResponse:
    """The response that tells of an error."""
    chinese, english = _TITLES.get(status, _TITLES[500 if status >= 500 else 422])
    body = Problem(
        type=f"urn:planqa:problem:{slug}",
        title=chinese if lang == "zh" else english,
        status=status,
        detail=detail,
        errors=faults,
    )
    return JSONResponse(body.model_dump(exclude_none=True), status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make app answer every error with problem details."""

    @app.exception_handler(AssistantError)
    def _known(request: Request, error: AssistantError) -> JSONResponse:
        lang = caller_language(request)
        status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
        return problem(error.slug, status, lang, error.message(lang))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # What was sent is not repeated: it may be anything, even half a character.
        faults = [
            Fault(at=".".join(map(str, fault["loc"])), message=str(fault["msg"]))
            for fault in error.errors()
        ]
        lang = caller_language(request)
        return problem("invalid-request", 422, lang, _INVALID[lang == "en"], faults)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        lang = caller_language(request)
        slug = {404: "not-found", 405: "method-not-allowed"}.get(error.status_code, "http")
        chinese, english = _TITLES.get(error.status_code, _TITLES[422])
        response = problem(slug, error.status_code, lang, chinese if lang == "zh" else english)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    def _fault(request: Request, error: Exception) -> JSONResponse:
        log.error("request failed: %s %s", request.method, request.url.path, exc_info=error)
        lang = caller_language(request)
        return problem("internal-error", 500, lang, _INTERNAL[lang == "en"])
