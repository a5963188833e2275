"""A conversation: every line a question, which may lean on those before it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import typer

from assistant.console import complain, language_of

if TYPE_CHECKING:
    from assistant.records import Answer, Exchange

HELP = "/new forgets what was asked; 1, 2 or 3 asks what is suggested; an empty line ends."
PROMPT = "> "


def chat(
    ask: Callable[[str, Sequence[Exchange]], Answer],
    show: Callable[[Answer], None],
    lines: Iterator[str],
) -> None:
    """Ask each line and show its answer, until one is empty or there is none."""
    from assistant.errors import BadInput
    from assistant.records import Exchange, Reason

    history: list[Exchange] = []
    offered: Sequence[str] = ()
    for line in lines:
        words = line.strip()
        if not words:
            break
        if words.startswith("/"):
            if words == "/new":
                history, offered = [], ()
            else:
                complain(f"there is no {words.split()[0]}. {HELP}")
            continue
        chosen = {str(n): question for n, question in enumerate(offered, start=1)}
        question = chosen.get(words, words)
        if words in chosen:
            typer.echo(f"{PROMPT}{question}", err=True)
        try:
            answer = ask(question, history)
        except BadInput as error:
            complain(error.message(language_of(words)))
            continue
        show(answer)
        offered = answer.suggestions
        if answer.reason is not Reason.NOT_A_QUESTION:
            history.append(Exchange.of(answer))


def typed() -> Iterator[str]:
    """The lines of stdin, each asked for where somebody types it."""
    is_typed = sys.stdin.isatty()
    if is_typed:
        with suppress(ImportError):
            import readline  # noqa: F401  gives input() a history, and keys to move with
        typer.echo(HELP, err=True)
    while True:
        try:
            yield input(PROMPT if is_typed else "")
        except EOFError:
            return
        except KeyboardInterrupt:
            typer.echo()
            return
