"""The commands of those who run planqa: build, serve, verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from assistant.console import AsJson, clear_errors, complain, fail, print_json, settings


def build(
    plans: Annotated[
        Path | None, typer.Option(help="The folder of the plans; default: PLANQA_PLANS_DIR.")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model; default: PLANQA_ENCODER.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Embed everything again.")] = False,
    as_json: AsJson = False,
) -> None:
    """Build the index of the plans and make it the current one.

    What the current index has embedded already is taken over. A running service picks the new
    index up by itself.
    """
    from assistant import calibration
    from assistant.suggest import suggesting
    from corpus import catalog, document
    from index import store
    from index.build import build as make
    from index.build import too_long
    from index.encoder import load_encoder
    from index.errors import PlanIndexError

    chosen = settings()
    with clear_errors():
        store.writable(chosen.index_dir)
        readings = document.read_all(plans or chosen.plans_dir or catalog.bundled())
        for reading in readings:
            for problem in reading.problems:
                complain(f"{reading.document.id}: {problem}")
        old = None
        if not fresh:
            try:
                old = store.load(chosen.index_dir)
            except PlanIndexError:
                old = None  # none yet, or not usable: everything is embedded
        model = load_encoder(encoder or chosen.encoder, threads=1)
        fitted = calibration.bundled()
        if fitted["encoder"] != model.digest:
            complain(
                f"no thresholds are fitted for encoder {model.name}: what a plan does not state is "
                "told by the checks alone"
            )
            fitted = {}
        with _progress("embedding") as progress:
            found = [reading.document for reading in readings]
            made = make(found, model, old, progress, fitted)
        with _progress("suggestions") as progress:
            made = suggesting(made, model, old, progress)
        for name, tokens in too_long(made, model):
            complain(f"{name}: {tokens} tokens, of which the encoder sees {model.max_tokens}")
        index = store.publish(made, chosen.index_dir)
        facts = {
            "index": index.digest,
            "encoder": index.encoder.name,
            "documents": [found.id for found in index.documents],
            "passages": len(index.passages),
            "sentences": int(index.sentence_starts[-1]),
        }
        if as_json:
            print_json(facts)
        else:
            typer.echo(
                f"{chosen.index_dir}: {len(index.documents)} document(s), "
                f"{len(index.passages)} passages, {int(index.sentence_starts[-1])} sentences, "
                f"encoder {index.encoder.name}, {index.digest[:19]}…"
            )


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def serve(
    host: Annotated[str | None, typer.Option(help="Default: PLANQA_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Default: PLANQA_PORT.")
    ] = None,
) -> None:
    """Serve the HTTP API. A new index is picked up between two requests."""
    import uvicorn

    from assistant.api.app import create_app
    from assistant.api.socket import listening
    from index import store

    chosen = settings()
    with clear_errors():
        store.current(chosen.index_dir)
        address = host or chosen.host, chosen.port if port is None else port
        try:
            bound = listening(*address)
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", error)
            fail(f"{address[0]}:{address[1]} cannot be listened on ({why})", 1)
        with bound:
            config = uvicorn.Config(create_app(chosen), log_level="info", server_header=False)
            uvicorn.Server(config).run(sockets=[bound])


def verify(as_json: AsJson = False) -> None:
    """Check every byte of the index and the encoder, and every passage against its source."""
    from assistant.verify import verify as check

    chosen = settings()
    with clear_errors():
        found = check(chosen)
        if as_json:
            print_json(found)
        else:
            for name, value in found.items():
                typer.echo(f"ok  {name}: {value}")
