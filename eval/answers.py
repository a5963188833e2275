"""How often answers are right, and how often what the plan does not state is refused.

python -m eval.answers [--split dev|test] [--list] [--summary]

Nothing was fitted or chosen by the test split.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.records import Answer, Status
from assistant.service import Assistant
from corpus.records import Span
from eval import conversations
from eval.facts import says
from eval.questions import (
    LANGUAGES,
    Question,
    Unanswerable,
    carries,
    development,
    places,
    read,
)
from eval.tables import share

LONGEST = {"zh": 120, "en": 300}
"""Characters of the text of an answer to a question for a value; a longer one is wrong."""
LONGEST_SHORT = 120
"""Characters of a short answer as the plan words it; a longer one is none."""
_AMOUNTS = frozenset({"value", "share", "count"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A question with its answer. rank: of the first passage with evidence, 0 for none.

    short, text: whether they are right; None where the question expects none.
    """

    question: Question
    answer: Answer
    rank: int
    short: bool | None
    text: bool

    @property
    def refused(self) -> bool:
        """Whether it was not answered."""
        return self.answer.status is not Status.ANSWERED


def judge(assistant: Assistant, question: Question) -> Judged:
    """Ask question and judge what comes."""
    answer = assistant.ask(question.question, question.lang)
    documents = assistant.index.documents
    evidence: dict[str, list[Span]] = {
        document.id: places(question.evidence, document.source) for document in documents
    }
    found = (
        n
        for n, hit in enumerate(answer.hits, start=1)
        if carries(hit.passage, evidence[hit.passage.document])
    )
    return Judged(
        question,
        answer,
        next(found, 0),
        short_right(question, answer),
        text_right(question, answer),
    )


def text_right(question: Question, answer: Answer) -> bool:
    """Whether the answer's sentences say all that they must, and, for a value, say it briefly.

    An English sentence is judged by the Chinese one beside it, of which it is the translation.
    """
    if answer.status is not Status.ANSWERED or answer.text is None:
        return False
    if question.count is not None:
        return bool(_number(question.count).search(f"{answer.short} {answer.text}"))
    if question.difference is not None and answer.difference is None:
        return False
    if question.type in _AMOUNTS and len(answer.text) > LONGEST[answer.question.lang]:
        return False
    return says("\n".join(citation.quote for citation in answer.citations), question.answers)


def short_right(question: Question, answer: Answer) -> bool | None:
    """Whether the short answer says what it must; None where the question expects none."""
    if question.count is not None:
        return bool(answer.short and _number(question.count).search(answer.short))
    if question.difference is not None:
        return answer.difference is not None and says(answer.difference, ((question.difference,),))
    if question.short is None:
        return None
    words = answer.short_original
    if answer.status is not Status.ANSWERED or words is None or len(words) > LONGEST_SHORT:
        return False
    if question.type in _AMOUNTS and len(re.findall(r"\d[\d.]*", words)) > 2:
        return False
    return says(words, question.short)


def _number(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){number}(?![\d.])")


def table(judged: Sequence[Judged], refusals: Sequence[tuple[Unanswerable, Answer]]) -> str:
    """Per type and language, as Markdown."""
    heads = "n|evidence first|in first three|short right|text right|refused wrongly|"
    heads += "answered wrongly|median length"
    lines = [f"| answerable | {heads.replace('|', ' | ')} |", "|---" * 9 + "|"]
    for lang in LANGUAGES:
        own = [item for item in judged if item.question.lang == lang]
        kinds = sorted({item.question.type for item in own})
        for kind in (*kinds, "all"):
            group = [item for item in own if kind in ("all", item.question.type)]
            lines.append(f"| {lang} {kind} | " + " | ".join(_cells(group)) + " |")
    lines += ["", "| unanswerable | n | refused | of these partial |", "|---|---|---|---|"]
    for lang in LANGUAGES:
        mine = [(gold, answer) for gold, answer in refusals if gold.lang == lang]
        for name in ("near_miss", "silent", "outside", "all"):
            asked = [answer for gold, answer in mine if name in ("all", gold.type)]
            refused = [answer for answer in asked if answer.status is not Status.ANSWERED]
            partial = sum(answer.status is Status.PARTIAL for answer in refused)
            refused_share = share(len(refused), len(asked))
            lines.append(f"| {lang} {name} | {len(asked)} | {refused_share} | {partial} |")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Split:
    """All answers of one split."""

    name: str
    judged: Sequence[Judged]
    refusals: Sequence[tuple[Unanswerable, Answer]]

    @classmethod
    def of(cls, assistant: Assistant, name: str) -> Split:
        """Ask all of its questions."""
        judged = [judge(assistant, gold) for gold in read(development(name), Question)]
        return cls(name, judged, refuse(assistant, development(f"{name}-unanswerable")))


def summary(splits: Sequence[Split]) -> str:
    """One line for each split and language, as Markdown."""
    lines = [
        "| questions | n | text right | short right | refused wrongly | answered wrongly "
        "| not answerable | of these refused |",
        "|---" * 8 + "|",
    ]
    for split in splits:
        for lang in LANGUAGES:
            own = _cells([item for item in split.judged if item.question.lang == lang])
            asked = [answer for gold, answer in split.refusals if gold.lang == lang]
            refused = sum(answer.status is not Status.ANSWERED for answer in asked)
            cells = [own[0], own[4], own[3], own[5], own[6], str(len(asked))]
            cells.append(share(refused, len(asked)))
            lines.append(f"| {split.name} {lang} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cells(group: Sequence[Judged]) -> list[str]:
    size = len(group)
    shorts = [item.short for item in group if item.short is not None]
    told = [len(item.answer.text) for item in group if item.answer.text is not None]
    wrong = sum(not item.refused and not item.text for item in group)
    return [
        str(size),
        share(sum(item.rank == 1 for item in group), size),
        share(sum(1 <= item.rank <= 3 for item in group), size),
        share(sum(shorts), len(shorts)),
        share(sum(item.text for item in group), size),
        share(sum(item.refused for item in group), size),
        share(wrong, size),
        f"{statistics.median(told):.0f}" if told else "-",
    ]


def main() -> None:
    """Print the tables; with --list also every question that was not answered right."""
    from assistant.library import searcher
    from assistant.settings import Settings

    parser = argparse.ArgumentParser(prog="python -m eval.answers", description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--summary", action="store_true", help="one line a split and language")
    parser.add_argument("--list", action="store_true", help="what went wrong, one a line")
    options = parser.parse_args()
    assistant = Assistant(searcher(Settings()))
    if options.summary:
        print(summary([Split.of(assistant, name) for name in ("dev", "test")]))
        return
    split = Split.of(assistant, options.split)
    judged, refusals = split.judged, split.refusals
    print(table(judged, refusals))
    if options.list:
        _list(judged, refusals)
    if options.split == "dev":
        followed = conversations.converse(assistant, development("dev-conversations"))
        print(f"\n{conversations.table(followed)}")
        if options.list:
            conversations.print_wrong(followed)


def refuse(assistant: Assistant, path: Path) -> list[tuple[Unanswerable, Answer]]:
    """Ask the questions of a file that the plan does not answer."""
    return [(gold, assistant.ask(gold.question, gold.lang)) for gold in read(path, Unanswerable)]


def _list(judged: Iterable[Judged], refusals: Iterable[tuple[Unanswerable, Answer]]) -> None:
    for item in judged:
        if not item.text or item.short is False:
            what = "refused" if item.refused else "text" if not item.text else "short"
            gold = item.question
            print(f"\n{gold.id} {gold.type} {what} rank {item.rank}: {gold.question}")
            print(f"  wanted {gold.short or gold.answers}")
            print(f"  got {item.answer.status} {item.answer.reason} {item.answer.confidence}")
            print(f"  {item.answer.short!r} {item.answer.text!r}")
    for question, answer in refusals:
        if answer.status is Status.ANSWERED:
            print(f"\n{question.id} {question.type} answered: {question.question}")
            print(f"  got {answer.short!r} {answer.text!r}")


if __name__ == "__main__":
    main()
