"""The commands of planqa that need no evaluation; eval.cli adds build and eval to them.

Exit status 0 also for "not found", 2 for wrong use, 1 for a fault, with one clear line.
"""

from __future__ import annotations

import sys
from functools import partial
from io import TextIOWrapper
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import __version__, console, operation, terminal
from assistant.console import AsJson, clear_errors, fail, print_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.records import Answer, Exchange

app = typer.Typer(
    help="Questions over government plans, answered with the plan's own words.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,  # a wrong option is told in plain lines
    pretty_exceptions_enable=False,
)
_LANGUAGES = ("zh", "en")
_MODES = ("hybrid", "dense", "lexical")
_KINDS = ("target", "baseline")

ModeName = Annotated[str, typer.Option("--mode", help="hybrid, dense or lexical.")]
Lang = Annotated[str | None, typer.Option(help="zh or en; default: the question's.")]
Words = Annotated[str, typer.Argument(help="The question, in Chinese or English.")]
Only = Annotated[list[str] | None, typer.Option("--document", help="Only from these.")]
Section = Annotated[str | None, typer.Option(help="Only in this section.")]


def main() -> None:
    """The entry point of `planqa`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no Chinese
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    app()


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"planqa {__version__}")
        raise typer.Exit


def _mode(name: str) -> Any:
    from index.records import Mode

    console.one_of("--mode", name, _MODES)
    return Mode(name)


@app.command()
def ask(
    question: Annotated[
        str | None, typer.Argument(help="The question, in Chinese or English.")
    ] = None,
    chat: Annotated[
        bool, typer.Option("--chat", help="Go on asking: each line of the input is a question.")
    ] = False,
    lang: Lang = None,
    document: Only = None,
    mode: ModeName = "hybrid",
    top_k: Annotated[int, typer.Option(min=1, max=50)] = 5,
    as_json: AsJson = False,
) -> None:
    """Answer a question with the plan's own words; without one, ask for questions."""
    console.one_of("--lang", lang, _LANGUAGES)
    chosen = _mode(mode)
    if question is None and not chat and not sys.stdin.isatty():
        fail("ask what? Give a question, or --chat and a question on each line of the input", 2)
    with clear_errors(question or "", lang):
        assistant = console.assistant()

        def answered(text: str, history: Sequence[Exchange]) -> Answer:
            return assistant.ask(text, lang, top_k, document or None, chosen, history)

        if question is not None and not chat:
            _show(answered(question, ()), as_json)
            return
        from assistant import chat as talk

        first = [] if question is None else [question]
        show = partial(_show, as_json=as_json, is_one_of_many=True)
        talk.chat(answered, show, chain(first, talk.typed()))


def _show(answer: Answer, as_json: bool, is_one_of_many: bool = False) -> None:
    if as_json:
        from assistant.api.render import answer_out

        indent = None if is_one_of_many else 2
        print_json(answer_out(answer).model_dump(mode="json"), indent)
    else:
        terminal.show_answer(answer)
        if is_one_of_many:
            typer.echo()


@app.command()
def search(
    question: Words,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 5,
    mode: ModeName = "hybrid",
    document: Only = None,
    section: Section = None,
    as_json: AsJson = False,
) -> None:
    """Print the passages that match best."""
    chosen = _mode(mode)
    with clear_errors(question):
        assistant = console.assistant()
        asked, hits = assistant.search(question, k, chosen, document or None, section)
        if as_json:
            from assistant.api.render import search_out

            out = search_out(asked, chosen, hits, assistant.receipt)
            print_json(out.model_dump(mode="json"))
            return
        terminal.show_hits(asked, hits)


@app.command()
def indicators(
    query: Annotated[
        str | None, typer.Argument(help="Words in the subject, the value or a heading above it.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="target or baseline.")] = None,
    period: Annotated[str | None, typer.Option(help="2025, 2016-2020, 十四五 …")] = None,
    section: Section = None,
    document: Only = None,
    pairs: Annotated[
        bool, typer.Option("--pairs", help="What is reached and to be reached, and the change.")
    ] = False,
    lang: Annotated[str | None, typer.Option(help="zh or en; default: the query's.")] = None,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
) -> None:
    """List the values that the plans state: targets, and what has been reached."""
    console.one_of("--kind", kind, _KINDS)
    console.one_of("--lang", lang, _LANGUAGES)
    if as_json and as_csv:
        fail("--json or --csv, not both", 2)
    words = query or period or ""
    with clear_errors(words, lang):
        from assistant import register
        from corpus.indicators import IndicatorKind

        assistant = console.assistant()
        chosen = None if kind is None else IndicatorKind(kind)
        found = register.indicators(assistant, query, chosen, period, section, document or None)
        both = register.paired(assistant, found) if pairs else None
        if as_csv:
            from assistant.api.sheet import sheet

            typer.echo(sheet(found, both), nl=False)
        elif as_json:
            from assistant.api.register import indicators_out

            out = indicators_out(found, both, assistant.receipt)
            print_json(out.model_dump(mode="json"))
        else:
            is_said = query is not None and any(char.isalpha() for char in query)
            told = lang or (console.language_of(query or "") if is_said else "zh")
            terminal.show_indicators(found, both, told)


@app.command()
def explain(
    question: Words,
    k: Annotated[int, typer.Option("-k", min=1, max=50, help="Candidates of each stage.")] = 5,
    lang: Lang = None,
    document: Only = None,
    mode: ModeName = "hybrid",
    as_json: AsJson = False,
) -> None:
    """Show what each stage made of a question, and which one decided."""
    from dataclasses import asdict

    console.one_of("--lang", lang, _LANGUAGES)
    chosen = _mode(mode)
    with clear_errors(question, lang):
        from assistant.explain import explain as run

        assistant = console.assistant()
        stages = assistant.stages(question, lang, k, document or None, chosen)
        found = run(stages, assistant, k)
        if as_json:
            print_json(asdict(found))
            return
        terminal.show_explanation(found)


app.command()(operation.rollback)
app.command()(operation.serve)
app.command()(operation.verify)
