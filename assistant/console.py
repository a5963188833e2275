"""What the commands share: settings, the assistant, JSON, and one clear line for every error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from assistant.service import Assistant
    from assistant.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@contextmanager
def clear_errors(words: str = "", lang: str | None = None) -> Iterator[None]:
    """One line for every error that has a name; a fault of our own keeps its traceback.

    It is in lang, else in the language of words.
    """
    from assistant.errors import AssistantError, BadInput, NotFound
    from corpus.errors import CorpusError
    from index.errors import PlanIndexError

    try:
        yield
    except (BadInput, NotFound) as error:
        fail(error.message(lang or language_of(words)), 2)
    except (AssistantError, CorpusError, PlanIndexError) as error:
        fail(str(error), 1)


def language_of(words: str) -> str:
    """The language that a message about words is in."""
    from corpus.language import language

    return language(words) if words.strip() else "en"


def complain(message: str) -> None:
    """A line on stderr."""
    typer.echo(f"planqa: {message}", err=True)


def fail(message: str, status: int) -> NoReturn:
    """End with a line on stderr. status: 2 for wrong use, 1 for a fault."""
    complain(message)
    raise typer.Exit(status)


def settings() -> Settings:
    """The settings, or the end with a line that names the variable that is wrong."""
    from pydantic import ValidationError

    from assistant.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors()[0]
        name = f"PLANQA_{'_'.join(map(str, fault['loc'])).upper()}"
        fail(f"{name}: {fault['msg']}, got {fault['input']!r}", 2)


def assistant() -> Assistant:
    """The assistant of the current index."""
    from assistant.library import searcher
    from assistant.service import Assistant

    return Assistant(searcher(settings()))


def print_json(value: Any, indent: int | None = 2) -> None:
    """value as JSON, on one line where indent is None."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=indent) + "\n")


def one_of(option: str, name: str | None, names: tuple[str, ...]) -> None:
    """The end with a line where an option has a value that it does not know."""
    if name is not None and name not in names:
        fail(f"{option} is {name!r}, not one of {', '.join(names)}", 2)
