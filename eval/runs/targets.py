"""Where questions are asked: of the assistant in process, or of a service by its address."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar
from urllib.parse import quote

from assistant.api.schemas import (
    HISTORY,
    LONGEST_SAID,
    AskResponse,
    DocumentOut,
    OutlineResponse,
    PassageOut,
    ReadyResponse,
    ReceiptOut,
)
from assistant.records import Exchange
from eval.errors import IndexStale, TargetUnreachable

if TYPE_CHECKING:
    import httpx

    from assistant.service import Assistant
    from corpus.records import Document

T = TypeVar("T")
_SECONDS = 30.0
"""How long a service may take for one answer."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as the API gives it, and the milliseconds that it took."""

    response: AskResponse
    took_ms: float


class Target(Protocol):
    """What answers, in process or elsewhere: the same records come from both."""

    @property
    def name(self) -> str:
        """ "in process", or the address."""

    @property
    def receipt(self) -> ReceiptOut:
        """What it answers with."""

    @property
    def documents(self) -> Sequence[Document]:
        """What it answers from, as it stands here: with its source."""

    def passages(self) -> Sequence[PassageOut]:
        """All that it can cite, in order."""

    def ask(self, question: str, lang: str, depth: int, history: Sequence[Exchange] = ()) -> Asked:
        """The answer, with the first depth passages."""


def _told(history: Sequence[Exchange]) -> list[tuple[str, str | None]]:
    """As much of a conversation, its questions as they were typed, as a request may tell."""
    return [(one.question, one.answer[:LONGEST_SAID] or None) for one in history[-HISTORY:]]


@dataclass(frozen=True)
class InProcess:
    """The assistant of this process."""

    assistant: Assistant
    name: str = "in process"

    @property
    def receipt(self) -> ReceiptOut:
        """What it answers with."""
        from assistant.api.render import receipt_out

        return receipt_out(self.assistant.receipt)

    @property
    def documents(self) -> Sequence[Document]:
        """What it answers from."""
        return self.assistant.index.documents

    def passages(self) -> Sequence[PassageOut]:
        """All that it can cite, in order."""
        from assistant.api.render import passage_out

        return [passage_out(passage) for passage in self.assistant.index.passages]

    def ask(self, question: str, lang: str, depth: int, history: Sequence[Exchange] = ()) -> Asked:
        """The answer, with the first depth passages."""
        from assistant.api.render import answer_out
        from assistant.history import exchanges

        start = time.perf_counter()
        before = exchanges(self.assistant, _told(history))
        answer = self.assistant.ask(question, lang, depth, history=before)
        took = (time.perf_counter() - start) * 1e3
        return Asked(answer_out(answer), took)


@dataclass(frozen=True)
class Service:
    """A running service. plans: the documents as they stand here, one of which each of its
    documents must be, to the byte.

    Raises TargetUnreachable and IndexStale, each in one line.
    """

    name: str
    client: httpx.Client
    plans: Sequence[Document]

    @property
    def receipt(self) -> ReceiptOut:
        """What it answers with."""
        return self._get("/readyz", ReadyResponse).receipt

    @cached_property
    def documents(self) -> Sequence[Document]:
        """What it answers from, as it stands here."""
        here = {plan.manifest.sha256: plan for plan in self.plans}
        found = self._get("/v1/documents", list[DocumentOut])
        unknown = [one for one in found if one.sha256 not in here]
        if unknown:
            raise IndexStale(
                f"{self.name} answers from {unknown[0].id} (sha256 {unknown[0].sha256[:12]}…), of "
                "which there is no source here; name the folder of its plans"
            )
        return [here[one.sha256] for one in found]

    def passages(self) -> Sequence[PassageOut]:
        """All that it can cite, in order."""
        outlines = (
            self._get(f"/v1/documents/{quote(one.id)}/outline", OutlineResponse)
            for one in self.documents
        )
        names = [
            name
            for outline in outlines
            for section in outline.sections
            for name in section.passages
        ]
        return [self._get(f"/v1/passages/{quote(name)}", PassageOut) for name in names]

    def ask(self, question: str, lang: str, depth: int, history: Sequence[Exchange] = ()) -> Asked:
        """The answer, with the first depth passages. The time is that of the whole request."""
        told = [{"question": said, "answer": answer} for said, answer in _told(history)]
        body = {"question": question, "lang": lang, "top_k": depth, "history": told}
        start = time.perf_counter()
        response = self._send("POST", "/v1/ask", body)
        took = (time.perf_counter() - start) * 1e3
        return Asked(self._read(response, "/v1/ask", AskResponse), took)

    def _get(self, path: str, form: type[T]) -> T:
        return self._read(self._send("GET", path), path, form)

    def _send(self, method: str, path: str, body: object = None) -> httpx.Response:
        import httpx

        try:
            return self.client.request(method, path, json=body)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise TargetUnreachable(
                f"{self.name} does not answer ({str(error) or type(error).__name__})"
            ) from error

    def _read(self, response: httpx.Response, path: str, form: type[T]) -> T:
        from pydantic import TypeAdapter, ValidationError

        if response.status_code != 200:
            raise TargetUnreachable(f"{self.name}{path} answers with status {response.status_code}")
        try:
            return TypeAdapter(form).validate_json(response.content)
        except ValidationError as error:
            fault = error.errors()[0]
            where = ".".join(map(str, fault["loc"])) or "body"
            raise TargetUnreachable(
                f"{self.name}{path} answers in another form than the API's "
                f"({where}: {fault['msg']})"
            ) from error


@contextmanager
def service(address: str, plans: Sequence[Document]) -> Iterator[Service]:
    """The service at address, over one connection. Raises TargetUnreachable."""
    import httpx

    base = address.rstrip("/")
    if not base.startswith(("http://", "https://")):
        raise TargetUnreachable(f"{address} is no address: expected http://… or https://…")
    try:
        client = httpx.Client(base_url=base, timeout=_SECONDS)
    except httpx.InvalidURL as error:
        raise TargetUnreachable(f"{address} is no address ({error})") from error
    with client:
        yield Service(base, client, plans)
