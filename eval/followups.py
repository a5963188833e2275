"""How often a follow-up is told from a change of topic, and what it then finds.

python -m eval.followups [--conversations FILE] [--questions FILE] [--list]

Each turn is asked with the standalone questions of the turns before it as history. A turn that
leans on them is searched as it was typed, as it was completed, and as a careful person would have
written it: the last is the most that can be reached. Beside that, each question of --questions is
asked after another one of them, of which it has no need.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import question
from assistant.followup import complete
from assistant.records import Exchange, Question
from corpus.periods import plan_years
from eval.questions import (
    LANGUAGES,
    Conversation,
    Lang,
    Turn,
    carries,
    development,
    load,
    overlap,
    places,
    read,
)
from index.search import Searcher

DEPTH = 10
"""Passages looked at; evidence behind them counts as not found."""
_STRIDE = 37
"""How far apart two development questions are that are asked one after the other."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A turn and what was made of it. bare, own, gold: the rank of its evidence, 0 for none, by
    what was typed, by what was made of it, by the standalone question; None without evidence."""

    conversation: str
    lang: Lang
    turn: Turn
    written: Question
    bare: int | None = None
    own: int | None = None
    gold: int | None = None

    @property
    def leans(self) -> bool:
        """Whether something has to be carried over."""
        return bool(self.turn.carries)

    @property
    def is_told(self) -> bool:
        """Whether it was completed where it leans, and left alone where it does not."""
        return self.leans == self.written.was_completed


def judge(searcher: Searcher, conversations: Sequence[Conversation]) -> Iterator[Judged]:
    """Every turn after the first, in order."""
    plan = _plan(searcher)
    for talk in conversations:
        history: list[Exchange] = []
        for turn in talk.turns:
            asked = question.read(turn.question, talk.lang)
            alone = question.read(turn.standalone, talk.lang)
            if history:
                written = complete(asked, history, searcher, plan)
                ranks = _ranks(searcher, turn, asked, written, alone) if turn.carries else ()
                yield Judged(talk.id, talk.lang, turn, written, *ranks)
            history.append(Exchange(alone.search, told(searcher, turn, talk.lang)))


def told(searcher: Searcher, turn: Turn, lang: str) -> str:
    """The sentences of the plan that answer a turn, in lang."""
    found = []
    for document in searcher.index.documents:
        told = places(turn.evidence, document.source)
        for passage in document.passages:
            side = document.side(passage, lang) if carries(passage, told) else None
            for n, sentence in enumerate(side.sentences if side else ()):
                spans = passage.sentence_spans(n)
                if any(overlap(span, place) for span in spans for place in told):
                    found.append(sentence)
    return " ".join(found)


def unrelated(searcher: Searcher, asked: Sequence[str]) -> list[tuple[str, Question]]:
    """Each question with what was made of it after another one, of one language."""
    plan = _plan(searcher)
    found = []
    for n, text in enumerate(asked):
        before = asked[(n * _STRIDE + 11) % len(asked)]
        if before != text:
            said = Exchange(question.read(before).search)
            found.append((before, complete(question.read(text), [said], searcher, plan)))
    return found


def _plan(searcher: Searcher) -> tuple[int, int] | None:
    found = (plan_years(document.manifest.title) for document in searcher.index.documents)
    return next(filter(None, found), None)


def _ranks(searcher: Searcher, turn: Turn, *questions: Question) -> tuple[int, ...]:
    """The rank of the evidence by each question; () where it stands in no passage."""
    told = {each.id: places(turn.evidence, each.source) for each in searcher.index.documents}
    found = [p.id for p in searcher.index.passages if carries(p, told[p.document])]
    if not found:
        return ()
    ranks = []
    for each in questions:
        hits = [hit.passage.id for hit in searcher.search(each.search, DEPTH)]
        ranks.append(next((n for n, name in enumerate(hits, start=1) if name in found), 0))
    return tuple(ranks)


def table(judged: Sequence[Judged]) -> str:
    """By language, as Markdown."""
    heads = ["language", "changes left alone", "follow-ups completed"]
    heads += [f"{name} @{k}" for name in ("as typed", "completed", "standalone") for k in (1, 3)]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for lang in LANGUAGES:
        own = [item for item in judged if item.lang == lang]
        cells = [lang]
        for leans in (False, True):
            group = [item for item in own if item.leans is leans]
            cells.append(_share([item.is_told for item in group]))
        for name in ("bare", "own", "gold"):
            ranks = [rank for item in own if (rank := getattr(item, name)) is not None]
            cells += [_share([0 < rank <= k for rank in ranks]) for k in (1, 3)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(right: Sequence[bool]) -> str:
    return f"{sum(right) / len(right):.3f} (n={len(right)})" if right else "–"


def failures(judged: Sequence[Judged]) -> Iterator[str]:
    """What went wrong, and what was made of it: told wrongly, or found later than it could be."""
    for item in judged:
        late = item.own is not None and not 0 < item.own <= 3
        if not item.is_told or late:
            fault = f"rank {item.own}, could be {item.gold}" if item.is_told else "told wrongly"
            yield f"{item.conversation}  {fault}"
            yield f"    {item.turn.question}\n  → {item.written.search}\n  = {item.turn.standalone}"


def main() -> None:
    """Print the table; with --list what failed as well."""
    from assistant.library import encoder
    from assistant.settings import Settings
    from index import store

    parser = argparse.ArgumentParser(prog="python -m eval.followups", description=__doc__)
    parser.add_argument("--conversations", type=Path, default=development("dev-conversations"))
    parser.add_argument("--questions", type=Path, default=development())
    parser.add_argument("--list", action="store_true", help="what failed")
    options = parser.parse_args()
    settings = Settings()
    searcher = Searcher(store.load(settings.index_dir), encoder(settings.encoder))
    judged = list(judge(searcher, read(options.conversations, Conversation)))
    print(table(judged))
    others = load(options.questions)
    for lang in LANGUAGES:
        asked = [other.question for other in others if other.lang == lang]
        alone = unrelated(searcher, asked)
        left = [not written.was_completed for _, written in alone]
        print(f"\n{lang}: left alone after an unrelated question: {_share(left)}")
        for before, written in alone if options.list else ():
            if written.was_completed:
                print(f"    {before}\n    {written.text}\n  → {written.search}")
    if options.list:
        print("\n" + "\n".join(failures(judged)))


if __name__ == "__main__":
    main()
