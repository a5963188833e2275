"""Errors to RFC 9457 problem details, in the caller's language."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from assistant.api.schemas import Fault, Problem
from assistant.errors import AssistantError, BadInput, NotFound, NotReady
from corpus.language import language

MEDIA_TYPE = "application/problem+json"
_STATUS: dict[type[AssistantError], int] = {BadInput: 422, NotFound: 404, NotReady: 503}
_SLUGS = {400: "unreadable", 404: "not-found", 405: "method-not-allowed"}
_TITLES = {
    400: ("请求无法读取", "The request cannot be read"),
    404: ("没有找到", "Not found"),
    405: ("不支持这种请求方法", "Method not allowed"),
    422: ("请求有误", "Invalid request"),
    500: ("服务出错", "Internal error"),
    503: ("服务尚未就绪", "Not ready"),
}
_FAULTS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "json_invalid": "不是有效的 JSON",
    "string_type": "应为文字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "list_type": "应为列表",
    "model_attributes_type": "应为 JSON 对象",
    "enum": "应为 {expected} 之一",
    "literal_error": "应为 {expected} 之一",
    "string_too_long": "最多 {max_length} 个字符",
    "too_long": "最多 {max_length} 项，收到 {actual_length} 项",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
}
"""Kinds of pydantic's faults, in Chinese."""
_INVALID = ("请求有误，见 errors。", "The request is not as documented; see errors.")
_INTERNAL = ("服务出错，问题没有得到处理。", "The service failed; the request was not carried out.")

log = logging.getLogger("planqa")


def caller_language(request: Request, sent: object = None) -> str:
    """ "zh" or "en": as asked by lang, else as the question is written, else as accepted.

    sent: the body of the request, where it was JSON.
    """
    body = sent if isinstance(sent, dict) else {}
    wanted = request.query_params.get("lang") or body.get("lang")
    if wanted in ("zh", "en"):
        return str(wanted)
    words = request.query_params.get("q") or body.get("question")
    if isinstance(words, str) and any(char.isalpha() for char in words):
        return language(words)
    accepted = request.headers.get("accept-language", "zh").strip().casefold()
    return "en" if accepted.startswith("en") else "zh"


async def _sent(request: Request) -> object:
    """The JSON that a route was sent, which it has read already; None for anything else."""
    try:
        return await request.json()
    except (ValueError, RuntimeError):
        return None


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


def _fault_message(fault: Mapping[str, Any], lang: str) -> str:
    """What is wrong with a field: pydantic's words, in Chinese where its kind is known."""
    form = _FAULTS.get(fault["type"])
    if lang == "zh" and form is not None:
        context = {name: str(it).replace(" or ", "、") for name, it in fault.get("ctx", {}).items()}
        return form.format(**context)
    return str(fault["msg"])


def install(app: FastAPI) -> None:
    """Make app answer every error with problem details."""

    @app.exception_handler(AssistantError)
    async def _known(request: Request, error: AssistantError) -> JSONResponse:
        lang = caller_language(request, await _sent(request))
        status = next(code for kind, code in _STATUS.items() if isinstance(error, kind))
        return problem(error.slug, status, lang, error.message(lang))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # What was sent is not repeated: it may be anything, even half a character.
        lang = caller_language(request, error.body)
        faults = [
            Fault(at=".".join(map(str, fault["loc"])), message=_fault_message(fault, lang))
            for fault in error.errors()
        ]
        return problem("invalid-request", 422, lang, _INVALID[lang == "en"], faults)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> JSONResponse:
        lang = caller_language(request)
        slug = _SLUGS.get(error.status_code, "http")
        chinese, english = _TITLES.get(error.status_code, _TITLES[422])
        response = problem(slug, error.status_code, lang, chinese if lang == "zh" else english)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(Exception)
    def _fault(request: Request, error: Exception) -> JSONResponse:
        log.error("request failed: %s %s", request.method, request.url.path, exc_info=error)
        lang = caller_language(request)
        return problem("internal-error", 500, lang, _INTERNAL[lang == "en"])
