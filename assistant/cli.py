"""planqa: build, ask, search, serve, verify, explain.

Exit status 0 also for "not found", 2 for wrong use, 1 for a fault, with one clear line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import __version__, terminal

if TYPE_CHECKING:
    from socket import socket

    from assistant.service import Assistant
    from assistant.settings import Settings

app = typer.Typer(
    help="Questions over government plans, answered with the plan's own words.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # a wrong option is told in plain lines
    pretty_exceptions_enable=False,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ModeName = Annotated[str, typer.Option("--mode", help="hybrid, dense or lexical.")]
Words = Annotated[str, typer.Argument(help="The question, in Chinese or English.")]


def main() -> None:
    """The entry point of `planqa`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese
    app()


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"planqa {__version__}")
        raise typer.Exit


@contextmanager
def _clear_errors(words: str = "", lang: str | None = None) -> Iterator[None]:
    """One line for every error that has a name; a fault of our own keeps its traceback.

    It is in lang, else in the language of words.
    """
    from assistant.errors import AssistantError, BadInput, NotFound
    from corpus.errors import CorpusError
    from corpus.language import language
    from index.errors import PlanIndexError

    try:
        yield
    except (BadInput, NotFound) as error:
        _fail(error.message(lang or (language(words) if words.strip() else "en")), 2)
    except (AssistantError, CorpusError, PlanIndexError) as error:
        _fail(str(error), 1)


def _fail(message: str, status: int) -> None:
    typer.echo(f"planqa: {message}", err=True)
    raise typer.Exit(status)


def _settings() -> Settings:
    from pydantic import ValidationError

    from assistant.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = f"PLANQA_{'_'.join(map(str, fault['loc'])).upper()}"
        _fail(f"{name}: {fault['msg']}, got {fault['input']!r}", 2)
        raise


def _assistant() -> Assistant:
    from assistant.library import searcher
    from assistant.service import Assistant

    return Assistant(searcher(_settings()))


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _mode(name: str) -> Any:
    from index.records import Mode

    if name not in {mode.value for mode in Mode}:
        _fail(f"--mode is {name!r}, not one of {', '.join(mode.value for mode in Mode)}", 2)
    return Mode(name)


@app.command()
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
    from corpus import catalog, document
    from index import store
    from index.build import build as make
    from index.build import too_long
    from index.encoder import load_encoder
    from index.errors import PlanIndexError

    settings = _settings()
    with _clear_errors():
        store.writable(settings.index_dir)
        readings = document.read_all(plans or settings.plans_dir or catalog.bundled())
        for reading in readings:
            for problem in reading.problems:
                typer.echo(f"planqa: {reading.document.id}: {problem}", err=True)
        old = None
        if not fresh:
            try:
                old = store.load(settings.index_dir)
            except PlanIndexError:
                old = None  # none yet, or not usable: everything is embedded
        model = load_encoder(encoder or settings.encoder, threads=1)
        with _progress("embedding") as progress:
            made = make([reading.document for reading in readings], model, old, progress)
        for name, tokens in too_long(made, model):
            typer.echo(
                f"planqa: {name}: {tokens} tokens, of which the encoder sees {model.max_tokens}",
                err=True,
            )
        index = store.publish(made, settings.index_dir)
        facts = {
            "index": index.digest,
            "encoder": index.encoder.name,
            "documents": [found.id for found in index.documents],
            "passages": len(index.passages),
            "sentences": int(index.sentence_starts[-1]),
        }
        if as_json:
            _print_json(facts)
        else:
            typer.echo(
                f"{settings.index_dir}: {len(index.documents)} document(s), "
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


@app.command()
def ask(
    question: Words,
    lang: Annotated[str | None, typer.Option(help="zh or en; default: the question's.")] = None,
    document: Annotated[list[str] | None, typer.Option(help="Only from these.")] = None,
    mode: ModeName = "hybrid",
    top_k: Annotated[int, typer.Option(min=1, max=50)] = 5,
    as_json: AsJson = False,
) -> None:
    """Answer one question with the plan's own words."""
    if lang not in {None, "zh", "en"}:
        _fail(f"--lang is {lang!r}, not zh or en", 2)
    chosen = _mode(mode)
    with _clear_errors(question, lang):
        answer = _assistant().ask(question, lang, top_k, document or None, chosen)
        if as_json:
            from assistant.api.render import answer_out

            _print_json(answer_out(answer).model_dump(mode="json"))
            return
        terminal.show_answer(answer)


@app.command()
def search(
    question: Words,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 5,
    mode: ModeName = "hybrid",
    document: Annotated[list[str] | None, typer.Option(help="Only in these.")] = None,
    section: Annotated[str | None, typer.Option(help="Only in this section.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print the passages that match best."""
    chosen = _mode(mode)
    with _clear_errors(question):
        assistant = _assistant()
        asked, hits = assistant.search(question, k, chosen, document or None, section)
        if as_json:
            from assistant.api.render import search_out

            out = search_out(asked, chosen, hits, assistant.receipt)
            _print_json(out.model_dump(mode="json"))
            return
        terminal.show_hits(asked, hits)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Default: PLANQA_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Default: PLANQA_PORT.")
    ] = None,
) -> None:
    """Serve the HTTP API. A new index is picked up between two requests."""
    import uvicorn

    from assistant.api.app import create_app
    from index import store

    settings = _settings()
    with _clear_errors():
        store.current(settings.index_dir)
        address = host or settings.host, settings.port if port is None else port
        with _bound(*address) as listening:
            config = uvicorn.Config(create_app(settings), log_level="info", server_header=False)
            uvicorn.Server(config).run(sockets=[listening])


def _bound(host: str, port: int) -> socket:
    """A socket that listens there; where that cannot be, one line says why."""
    import socket as net

    family = net.AF_INET6 if ":" in host else net.AF_INET
    # asyncio sends small answers at once only over sockets that name their protocol.
    listening = net.socket(family, net.SOCK_STREAM, net.IPPROTO_TCP)
    try:
        listening.setsockopt(net.SOL_SOCKET, net.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
        return listening
    except (OSError, UnicodeError) as error:
        listening.close()
        _fail(f"{host}:{port} cannot be listened on ({getattr(error, 'strerror', error)})", 1)
        raise


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check every byte of the index and the encoder, and every passage against its source."""
    from assistant.verify import verify as check

    settings = _settings()
    with _clear_errors():
        found = check(settings)
        if as_json:
            _print_json(found)
        else:
            for name, value in found.items():
                typer.echo(f"ok  {name}: {value}")


@app.command()
def explain(
    question: Words,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="Candidates of each leg.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Show what each stage made of a question, and which one decided."""
    from dataclasses import asdict

    from assistant.explain import explain as run

    with _clear_errors(question):
        found = run(_assistant(), question, k)
        if as_json:
            _print_json(asdict(found))
            return
        terminal.show_explanation(found)


if __name__ == "__main__":
    main()
