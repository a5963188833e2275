"""Building an index, and with --promote putting it in use only if it answers no worse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import operation
from assistant.console import AsJson, complain, fail, settings
from eval.console import GoldFolder, asking, clear_errors, new

if TYPE_CHECKING:
    from assistant.service import Assistant
    from eval.goldset import Gold
    from eval.runs.gate import Verdict
    from eval.runs.records import Run
    from index.contracts import Encoder
    from index.store import Staged


def build(
    plans: operation.Plans = None,
    encoder: operation.EncoderName = None,
    fresh: operation.Fresh = False,
    promote: Annotated[
        bool,
        typer.Option(
            "--promote", help="Ask the gold questions first; put it in use only if it passes."
        ),
    ] = False,
    baseline: Annotated[
        Path | None,
        typer.Option(help="The run that it is held against; default: the index in use."),
    ] = None,
    gold: GoldFolder = None,
    as_json: AsJson = False,
) -> None:
    """Build the index of the plans and make it the current one.

    What the current index has embedded already is taken over. A running service picks the new
    index up by itself.
    """
    from index import store

    chosen = settings()
    if not promote and (baseline or gold):
        fail("--baseline and --gold belong to --promote", 2)
    with clear_errors():
        made, model = operation.made(plans, encoder, fresh)
        if not promote:
            operation.done(store.publish(made, chosen.index_dir), as_json)
            return
        with store.staged(made, chosen.index_dir) as staged:
            verdict = _judged(staged, model, baseline, gold)
            if verdict is None:
                complain("there is no index in use to hold it against")
                operation.done(staged.publish("promoted", verdict="nothing before it"), as_json)
                return
            for line in verdict.lines():
                complain(line)
            if not verdict.passes:
                staged.refuse(verdict=verdict.lines())
                fail("the index in use stays in use", 1)
            operation.done(staged.publish("promoted", verdict=verdict.lines()), as_json)


def _judged(
    staged: Staged, model: Encoder, baseline: Path | None, gold: Path | None
) -> Verdict | None:
    """The gate's verdict; None where there is nothing to hold the new index against.

    Both runs are kept in the folder of runs. Raises EvalError, PlanIndexError.
    """
    from assistant.service import Assistant
    from eval.goldset import bundled, read_all
    from eval.runs import folder, gate
    from index import store
    from index.errors import IndexMissing
    from index.search import Searcher

    chosen = settings()
    asked = read_all(gold or bundled())
    place = new(chosen.runs_dir, "promote")
    if baseline is not None:
        before = folder.load(baseline)
    else:
        try:
            old = store.load(chosen.index_dir)
        except IndexMissing:
            return None
        before = _run(Assistant(Searcher(old, model)), asked, place / "before")
    after = _run(Assistant(Searcher(staged.index, model)), asked, place / "after")
    return gate.judge(before, after)


def _run(assistant: Assistant, gold: Gold, out: Path) -> Run:
    from eval.runs.run import run
    from eval.runs.targets import InProcess

    with asking() as done:
        return run(InProcess(assistant), gold, out, progress=done)
