"""Asking all gold questions, and keeping what came."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from assistant.records import Exchange
from eval.errors import IndexDiffers
from eval.goldset import Gold
from eval.questions import Conversation, Question, Turn, Unanswerable
from eval.runs import folder, report
from eval.runs.records import FORMAT, Manifest, Result, Run
from eval.runs.score import Plans, result, stale
from eval.runs.targets import Asked, Target

DEPTH = 10
"""Passages of each ranking."""
_PACKAGES = ("planqa", "numpy", "onnxruntime", "tokenizers", "faiss-cpu", "jieba", "ir-measures")

Progress = Callable[[int, int], None]
"""Called with how many questions are asked, and how many there are."""


@dataclass(frozen=True)
class _Item:
    """What is asked in one go: a question, or the questions of a conversation in a row."""

    group: str
    golds: Sequence[Question | Unanswerable]
    is_talk: bool


def run(
    target: Target, gold: Gold, out: Path, depth: int = DEPTH, progress: Progress | None = None
) -> Run:
    """Ask target all of gold, and write what came to out; what was kept there is not asked again.

    Raises IndexStale, IndexDiffers, RunError, TargetUnreachable.
    """
    plans = Plans(target.documents, target.passages())
    items = list(_items(gold))
    golds = [one for item in items for one in item.golds]
    stale(golds, plans)
    manifest = _manifest(target, plans, gold, depth)
    draft = folder.begin(out, manifest)
    for question in {one.lang: one for one in golds}.values():
        target.ask(question.question, question.lang, depth)  # what is loaded once is not timed
    with (out / folder.KEPT).open("a", encoding="utf-8") as kept:
        for item in items:
            if item.golds[-1].id not in draft.done:  # a conversation may have been cut off in it
                draft.keep(list(_asked(target, item, plans, manifest)), kept)
            if progress is not None:
                progress(len(draft.done), len(golds))
    return draft.end([one.id for one in golds], report.reports)


def _items(gold: Gold) -> Iterator[_Item]:
    for one in gold.questions:
        yield _Item(_pair(one.id, one.lang), [one], False)
    for talk in gold.conversations:
        turns = [_turn(talk, n, turn) for n, turn in enumerate(talk.turns, start=1)]
        yield _Item(_pair(talk.id, talk.lang), turns, True)


def _pair(name: str, lang: str) -> str:
    """What a question is called in both languages."""
    return name.removesuffix(f"-{lang}")


def _turn(talk: Conversation, n: int, turn: Turn) -> Question | Unanswerable:
    """A turn as a question. What one asks that the plan does not state is near what it does."""
    name = f"{talk.id}:{n}"
    if turn.status == "unanswerable":
        return Unanswerable(
            id=name,
            lang=talk.lang,
            question=turn.question,
            type="near_miss",
            asks=turn.type,
            split=talk.split,
            section=turn.section,
        )
    return Question(
        id=name,
        lang=talk.lang,
        question=turn.question,
        type=turn.type,
        answers=turn.answers,
        evidence=turn.evidence,
        split=talk.split,
        section=turn.section or "",
    )


def _asked(target: Target, item: _Item, plans: Plans, manifest: Manifest) -> Iterator[Result]:
    before: list[Exchange] = []
    for gold in item.golds:
        asked = target.ask(gold.question, gold.lang, manifest.depth, before)
        _same(asked, manifest)
        said = asked.response.answer
        before.append(Exchange(gold.question, "" if said is None else said.text))
        yield result(gold, asked, plans, group=item.group, is_turn=item.is_talk)


def _same(asked: Asked, manifest: Manifest) -> None:
    """Nothing, where the answer was made with the run's index. Raises IndexDiffers."""
    made = asked.response.receipt.index
    if made != manifest.index:
        raise IndexDiffers(
            f"{manifest.target}: the index became {made[:19]}… while the run was made on "
            f"{manifest.index[:19]}…; run again in another folder"
        )


def _manifest(target: Target, plans: Plans, gold: Gold, depth: int) -> Manifest:
    receipt = target.receipt
    return Manifest(
        format=FORMAT,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        target=target.name,
        index=receipt.index,
        encoder=receipt.encoder,
        version=receipt.version,
        documents={plan.id: plan.manifest.sha256 for plan in plans.documents},
        parts=plans.parts,
        gold=gold.files,
        depth=depth,
        versions=dict(_versions()),
        machine=machine(),
        seconds=0.0,
        files={},
    )


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", platform.python_version()
    for name in _PACKAGES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue


def machine() -> dict[str, str]:
    """What the questions were asked from: the system, the processor's kind, cores and memory."""
    found = {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": str(os.cpu_count()),
    }
    if hasattr(os, "sysconf"):
        pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        found["memory"] = f"{pages / 2**30:.0f} GiB"
    return found
