"""planqa eval: check, run, report, compare, ablate, gate, external, publish."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant import console, operation
from assistant.console import AsJson, fail, print_json, settings
from eval.console import GoldFolder, asking, clear_errors, needs, new
from eval.external.command import external

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.records import Document
    from eval.runs.gate import Verdict
    from eval.runs.targets import Target

app = typer.Typer(
    help="Ask the gold questions, and hold what comes against them and against earlier runs.",
    no_args_is_help=True,
)
SplitName = Annotated[
    str | None, typer.Option("--split", help="dev or test; default: both, told apart.")
]
Url = Annotated[
    str | None, typer.Option(help="Ask a running service; default: the index, in process.")
]
Margin = Annotated[float, typer.Option(min=0, max=1, help="A smaller drop passes.")]
Alpha = Annotated[float, typer.Option(min=0, max=1, help="A drop with a larger p passes.")]


@app.command()
def check(gold: GoldFolder = None, plans: operation.Plans = None, as_json: AsJson = False) -> None:
    """Check gold questions against the plans: form, quotes, sections, copies, spread."""
    from dataclasses import asdict

    with clear_errors():
        from eval.check import check as run
        from eval.check import table
        from eval.goldset import bundled

        found = run(gold or bundled(), _documents(plans))
        if as_json:
            print_json(asdict(found))
        else:
            typer.echo(table(found))


def _documents(plans: Path | None) -> Sequence[Document]:
    from corpus import catalog, document

    folder = plans or settings().plans_dir or catalog.bundled()
    return [reading.document for reading in document.read_all(folder)]


@app.command()
def run(
    out: Annotated[
        Path | None, typer.Option(help="The run's folder; one that was begun is gone on with.")
    ] = None,
    gold: GoldFolder = None,
    split: SplitName = None,
    url: Url = None,
    plans: operation.Plans = None,
    as_json: AsJson = False,
) -> None:
    """Ask all gold questions and write a folder: results, TREC files, report.md, report.html."""
    console.one_of("--split", split, ("dev", "test"))
    if plans is not None and url is None:
        fail("--plans belongs to --url; in process the index has its plans", 2)
    made = out or new(settings().runs_dir)
    with clear_errors():
        needs()
        from eval.goldset import bundled, read_all
        from eval.runs.report import published
        from eval.runs.run import run as ask_all

        asked = read_all(gold or bundled(), split)
        try:
            with _target(url, plans) as target, asking() as done:
                found = ask_all(target, asked, made, progress=done)
        except KeyboardInterrupt:
            again = f"planqa eval run --out {made}"
            fail(f"interrupted; `{again}` with the same options goes on", 1)
        if as_json:
            print_json({"run": str(made), **_summary(found)})
            return
        typer.echo(published(found))
        typer.echo(
            f"\n{len(found.results)} questions, {found.manifest.seconds} s: {made}/report.md"
        )


def _target(url: str | None, plans: Path | None) -> AbstractContextManager[Target]:
    from eval.runs.targets import InProcess, service

    if url is not None:
        return service(url, _documents(plans))
    return nullcontext(InProcess(console.assistant()))


def _summary(found: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from eval.runs.slices import means, slices

    return {
        "manifest": asdict(found.manifest),
        "slices": [
            {
                "dimension": part.dimension,
                "name": part.name,
                "scores": {name: asdict(value) for name, value in means(part).items()},
            }
            for part in slices(found.results, found.manifest.parts)
        ],
    }


@app.command()
def report(folder: Annotated[Path, typer.Argument(help="The folder of a run.")]) -> None:
    """Write the reports and the TREC files of a run anew, from its results."""
    with clear_errors():
        from eval.runs import folder as folders
        from eval.runs.report import reports

        folders.write(folder, folders.load(folder), reports)
        typer.echo(f"{folder}/report.md")


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The folder of a run.")],
    after: Annotated[Path, typer.Argument(help="The folder of another run.")],
    as_json: AsJson = False,
) -> None:
    """Hold two runs against each other: slices, and the questions lost and won."""
    from dataclasses import asdict

    with clear_errors():
        from eval.runs import compare as held
        from eval.runs.folder import load

        found = held.compare(load(before), load(after))
        if as_json:
            pairs = {"lost": found.lost(), "won": found.won()}
            print_json(
                {
                    "left_out": found.left_out,
                    "rows": [asdict(row) for row in found.rows],
                    **{name: [one.id for one, _ in own] for name, own in pairs.items()},
                }
            )
        else:
            typer.echo(held.markdown(found), nl=False)


@app.command()
def gate(
    baseline: Annotated[
        Path | None,
        typer.Option(help="The run to be held against; default: the one that planqa comes with."),
    ] = None,
    judged: Annotated[
        Path | None, typer.Option("--run", help="The folder of the run; default: ask now.")
    ] = None,
    gold: GoldFolder = None,
    url: Url = None,
    plans: operation.Plans = None,
    margin: Margin = 0.02,
    alpha: Alpha = 0.05,
    as_json: AsJson = False,
) -> None:
    """Fail, with status 1, where a slice fell against a baseline: significantly, and by enough."""
    if judged is not None and (url or gold):
        fail("--run is a run that has been made; --url and --gold make one", 2)
    if plans is not None and url is None:
        fail("--plans belongs to --url; in process the index has its plans", 2)
    with clear_errors():
        from eval import goldset
        from eval.runs import gate as gates
        from eval.runs.folder import load
        from eval.runs.run import run as ask_all

        needs()
        before = load(baseline or goldset.baseline())
        if judged is not None:
            after = load(judged)
        else:
            out = new(settings().runs_dir, "gate")
            with _target(url, plans) as target, asking() as done:
                after = ask_all(
                    target, goldset.read_all(gold or goldset.bundled()), out, progress=done
                )
        _tell(gates.judge(before, after, margin, alpha), as_json)


def _tell(verdict: Verdict, as_json: bool) -> None:
    from dataclasses import asdict

    if as_json:
        failed = [asdict(row) for row in verdict.failed]
        print_json({"passes": verdict.passes, "failed": failed, "lines": verdict.lines()})
    else:
        for line in verdict.lines():
            typer.echo(line)
    if not verdict.passes:
        raise typer.Exit(1)


@app.command()
def ablate(
    encoder: Annotated[
        list[str] | None, typer.Option(help="Another encoder too; may be given several times.")
    ] = None,
    gold: GoldFolder = None,
    split: SplitName = None,
) -> None:
    """One table of what finds the evidence: each leg alone, and the whole without each part."""
    console.one_of("--split", split, ("dev", "test"))
    with clear_errors():
        from assistant.library import searcher
        from eval import ablation
        from eval.goldset import bundled, read_all
        from eval.questions import Question

        asked = read_all(gold or bundled(), split)
        questions = [one for one in asked.questions if isinstance(one, Question)]
        with operation.progress("embedding") as done:
            typer.echo(ablation.table(searcher(settings()), questions, encoder or [], done))


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(help="The folder of a run.")],
    into: Annotated[
        list[Path], typer.Argument(help="Files with the marks <!-- eval.run --> and <!-- end -->.")
    ],
) -> None:
    """Put the table of a run between the marks of documents."""
    with clear_errors():
        from eval.published import put
        from eval.runs.folder import load

        found = load(folder)
        for path in into:
            put(found, path)


app.command()(external)
