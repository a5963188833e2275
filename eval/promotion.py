"""Building an index, and with --promote putting it in use only if it answers no worse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant import operation
from assistant.console import AsJson, complain, fail, settings
from eval.console import GoldFolder, asking, clear_errors, needs, new

if TYPE_CHECKING:
    from eval.goldset import Gold
    from eval.runs.gate import Verdict
    from eval.runs.records import Run
    from index.contracts import Encoder
    from index.records import Index
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
        if promote:
            needs()
        made, model = operation.made(plans, encoder, fresh)
        if not promote:
            operation.done(store.publish(made, chosen.index_dir), as_json)
            return
        with store.staged(made, chosen.index_dir) as staged:
            _promote(staged, model, baseline, gold, as_json)


def _promote(
    staged: Staged, model: Encoder, baseline: Path | None, gold: Path | None, as_json: bool
) -> None:
    """Publish what is staged if it passes; else say why not, in the log too, and end with 1."""
    from eval.errors import EvalError
    from index.errors import PlanIndexError

    told: dict[str, object] = {}
    try:
        judged = _judged(staged, model, baseline, gold, told)
    except (EvalError, PlanIndexError) as error:
        staged.refuse({"verdict": [str(error)], **told})
        raise
    if judged is None:
        complain("there is no index in use to hold it against")
        operation.done(staged.publish("promoted", {"verdict": [], **told}), as_json)
        return
    verdict, over = judged
    told["verdict"] = verdict.lines()
    for line in verdict.lines():
        complain(line)
    if not verdict.passes:
        staged.refuse(told)
        fail("the index in use stays in use", 1)
    operation.done(staged.publish("promoted", told, over), as_json)


def _judged(
    staged: Staged,
    model: Encoder,
    baseline: Path | None,
    gold: Path | None,
    told: dict[str, object],
) -> tuple[Verdict, str | None] | None:
    """The gate's verdict, and the digest of the index that must still be in use for it to hold, if
    it was asked; None where there is nothing to hold the new one against.

    Both runs are kept in the folder of runs. told: gets what they are. Raises EvalError,
    PlanIndexError.
    """
    from eval.goldset import bundled, read_all
    from eval.runs import folder, gate
    from index import store
    from index.errors import IndexMissing

    chosen = settings()
    asked = read_all(gold or bundled())
    place = new(chosen.runs_dir, "promote")
    over = None
    if baseline is not None:
        before = folder.load(baseline)
    else:
        try:
            old = store.load(chosen.index_dir)
        except IndexMissing:
            return None
        before, over = _run(old, _encoder_of(old, model), asked, place / "before"), old.digest
    told |= {"baseline": str(baseline or place / "before"), "against": before.manifest.index}
    told["run"] = str(place / "after")
    after = _run(staged.index, model, asked, place / "after")
    return gate.judge(before, after), over


def _encoder_of(old: Index, model: Encoder) -> Encoder:
    """The encoder that an index was made with. Raises IndexMismatch where it is not to be had."""
    from contextlib import suppress

    from index.encoder import load_encoder
    from index.errors import IndexMismatch, PlanIndexError

    if model.digest == old.encoder.digest:
        return model
    for name in dict.fromkeys((settings().encoder, None, old.encoder.name)):
        with suppress(PlanIndexError):
            found = load_encoder(name, threads=1)
            if found.digest == old.encoder.digest:
                return found
    raise IndexMismatch(
        f"the index in use was made with encoder {old.encoder.name}, which cannot be loaded here; "
        "name a run of it: --baseline RUN"
    )


def _run(index: Index, encoder: Encoder, gold: Gold, out: Path) -> Run:
    from assistant.service import Assistant
    from eval.runs.run import run
    from eval.runs.targets import InProcess
    from index.search import Searcher

    with asking() as done:
        return run(InProcess(Assistant(Searcher(index, encoder))), gold, out, progress=done)
