"""The application: create_app(settings) and nothing at import."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from assistant import __version__
from assistant.api import problems, routes
from assistant.errors import NotReady
from assistant.library import Library
from assistant.settings import Settings

_WARMING = "规划 plan"


def create_app(settings: Settings | None = None) -> FastAPI:
    """The HTTP service. It starts without an index too: /readyz then says what is missing."""
    library = Library(settings or Settings())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(_warm, library)
        yield

    app = FastAPI(
        title="planqa",
        version=__version__,
        summary="Answers questions over government plans with the plan's own words, cited.",
        lifespan=lifespan,
    )
    app.state.library = library
    problems.install(app)
    app.include_router(routes.v1)
    app.include_router(routes.probes)
    return app


def _warm(library: Library) -> None:
    """Load everything that the first question needs, before it comes."""
    try:
        library.assistant().ask(_WARMING)
    except NotReady as error:
        problems.log.warning("%s", error)
