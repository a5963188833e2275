"""What those who run planqa do: build an index, go back to the one before, serve, verify."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.console import AsJson, clear_errors, complain, fail, print_json, settings

if TYPE_CHECKING:
    from index.contracts import Encoder
    from index.records import Index


TRIED = "tried"
"""The file beside the indexes that says by which code the suggestions of the current one were."""
Plans = Annotated[
    Path | None, typer.Option(help="The folder of the plans; default: PLANQA_PLANS_DIR.")
]
EncoderName = Annotated[
    str | None, typer.Option(help="A sentence-transformers model; default: PLANQA_ENCODER.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Embed everything again.")]


def made(plans: Path | None, encoder: str | None, fresh: bool) -> tuple[Index, Encoder]:
    """The index of the plans, not saved, and the encoder that it was made with.

    What the current index has embedded is taken over, unless fresh. What is not as it should be is
    told on stderr. Raises CorpusError, PlanIndexError.
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
    with progress("embedding") as done:
        found = make([reading.document for reading in readings], model, old, done, fitted)
    with progress("suggestions") as done:
        found = suggesting(found, model, old if _is_tried(old) else None, done)
    for name, tokens in too_long(found, model):
        complain(f"{name}: {tokens} tokens, of which the encoder sees {model.max_tokens}")
    return found, model


def _stamp(index: Index) -> bytes:
    from assistant.suggest import code

    return f"{index.digest} {code()}\n".encode()


def _is_tried(index: Index | None) -> bool:
    """Whether the suggestions of an index were tried by this version of the code."""
    try:
        return index is not None and (settings().index_dir / TRIED).read_bytes() == _stamp(index)
    except OSError:
        return False


def done(index: Index, as_json: bool) -> None:
    """Note by which code the suggestions of the current index were tried, and print what it is."""
    with suppress(OSError):  # without it they are tried again
        (settings().index_dir / TRIED).write_bytes(_stamp(index))
    told(index, as_json)


def told(index: Index, as_json: bool) -> None:
    """Print what has become the current index."""
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
            f"{settings().index_dir}: {len(index.documents)} document(s), "
            f"{len(index.passages)} passages, {int(index.sentence_starts[-1])} sentences, "
            f"encoder {index.encoder.name}, {index.digest[:19]}…"
        )


def rollback(as_json: AsJson = False) -> None:
    """Make the index before the one in use current again; a second time goes forward again."""
    from index import store

    with clear_errors():
        told(store.rollback(settings().index_dir), as_json)


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
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
