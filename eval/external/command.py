"""The command that asks a public set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import console
from assistant.console import AsJson, fail, print_json
from eval.console import clear_errors

if TYPE_CHECKING:
    from eval.external.benchmark import Progress
    from eval.external.records import Collection

LANGUAGES = ("zh", "en")


def external(
    squad: Annotated[Path | None, typer.Option(help="A set in SQuAD's form (JSON).")] = None,
    questions: Annotated[
        Path | None,
        typer.Option(help="With --squad: the same in another language, whose questions to ask."),
    ] = None,
    beir: Annotated[Path | None, typer.Option(help="A folder in BEIR's form.")] = None,
    split: Annotated[str | None, typer.Option(help="With --beir: default test.")] = None,
    corpus: Annotated[
        Path | None, typer.Option(help="Passages (.jsonl or .tsv), with --queries and --qrels.")
    ] = None,
    queries: Annotated[Path | None, typer.Option(help="Questions (.jsonl or .tsv).")] = None,
    qrels: Annotated[Path | None, typer.Option(help="Judgements, TREC's or BEIR's.")] = None,
    passages_lang: Annotated[
        str | None, typer.Option(help="zh or en; default: told by the passages.")
    ] = None,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model; default: PLANQA_ENCODER.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Only the first questions, over all passages.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Search and ask a public set of questions and passages, and print how good that was.

    Give one of --squad, --beir, or --corpus with --queries and --qrels.
    """
    console.one_of("--passages-lang", passages_lang, LANGUAGES)
    three = {"--corpus": corpus, "--queries": queries, "--qrels": qrels}
    _one_source(squad, questions, beir, split, three)
    with clear_errors():
        from eval.external.benchmark import run
        from eval.external.report import facts, table
        from index.encoder import load_encoder

        found = _read(squad, questions, beir, split, three)
        if limit is not None:
            found = replace(found, questions=found.questions[:limit])
        model = load_encoder(encoder or console.settings().encoder, threads=1)
        with _progress() as progress:
            outcome = run(found, model, passages_lang, progress)
        if as_json:
            print_json(facts(outcome))
        else:
            typer.echo(table(outcome))


def _read(
    squad: Path | None,
    questions: Path | None,
    beir: Path | None,
    split: str | None,
    three: dict[str, Path | None],
) -> Collection:
    """The set that is named. Raises DataInvalid."""
    from eval.external import importers

    if squad is not None:
        return importers.squad(squad, questions)
    if beir is not None:
        return importers.beir(beir, split or "test")
    lacking = [name for name, path in three.items() if path is None]
    if lacking:
        named = " and ".join(lacking)
        fail(f"--corpus, --queries and --qrels go together; got none for {named}", 2)
    return importers.trec(*(path for path in three.values() if path is not None))


def _one_source(
    squad: Path | None,
    questions: Path | None,
    beir: Path | None,
    split: str | None,
    three: dict[str, Path | None],
) -> None:
    """Nothing, where just one set is named; else the end with a line."""
    named = [name for name, path in three.items() if path is not None]
    given = [name for name, path in (("--squad", squad), ("--beir", beir)) if path is not None]
    given += ["/".join(named)] if named else []
    if len(given) != 1:
        got = f"got {' and '.join(given)}" if given else "got none"
        fail(f"{got}; give one of --squad, --beir, or --corpus with --queries and --qrels", 2)
    if questions is not None and squad is None:
        fail("got --questions without --squad", 2)
    if split is not None and beir is None:
        fail("got --split without --beir", 2)


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    terminal = Console(stderr=True)
    with Bar(console=terminal, transient=True, disable=not terminal.is_terminal) as bar:
        task = bar.add_task("")
        yield lambda what, done, total: bar.update(
            task, description=what, completed=done, total=total
        )
