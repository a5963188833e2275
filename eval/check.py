"""Whether gold questions are sound: every fault of a folder of them, told at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from corpus.language import key
from corpus.records import Document
from eval.entries import Entry, entries
from eval.errors import QuestionsInvalid
from eval.questions import LANGUAGES, SPLITS, Conversation, Facts, Question, Unanswerable
from eval.quotes import Standing, copied, standings
from eval.spread import Share, spread

COPIED = 0.8
"""A question copies its sentence where one run of it makes up this share of the question …"""
NAME = {"zh": 10, "en": 30}
"""… and the run is longer than a name may be, in letters and digits."""
_OWN_WORDS = frozenset({"id", "lang", "question", "standalone", "note"})
Where = Callable[[str], list[Standing]]


@dataclass(frozen=True, slots=True)
class Report:
    """How much gold there is, in both languages, and how it is spread over the plans.

    copied: of each language the largest share of a question that one run of its sentence makes
    up, of runs that are longer than a name; in [0, 1].
    """

    questions: int
    unanswerable: int
    conversations: int
    turns: int
    spread: tuple[Share, ...]
    copied: Mapping[str, float]

    @property
    def by_part(self) -> Mapping[str, int]:
        """How many questions each part has, and the tables."""
        found: dict[str, int] = {}
        for share in self.spread:
            found[share.part] = found.get(share.part, 0) + sum(share.counts.values())
        return found


def check(folder: Path, documents: Sequence[Document]) -> Report:
    """Read all gold of a folder, and hold it against the plans that it is about.

    Raises QuestionsInvalid with one line for each fault: the file, its line and the field.
    """
    lines, faults = entries(folder)
    where: Where = cache(lambda quote: standings(quote, documents))
    sections = {section.id for document in documents for section in document.sections}
    tight = "\n".join(re.sub(r"\s", "", document.source) for document in documents)
    asked = [
        (line.gold, [place for quote in line.gold.evidence for place in where(quote)])
        for line in lines
        if isinstance(line.gold, Question)
    ]
    shares = spread(asked, documents)
    most = dict.fromkeys(LANGUAGES, 0.0)
    for line in lines:
        faults += [*_split(line), *_standing(line, where, sections), *_worded(line, tight)]
        run, size = _copied(line, where)
        most[line.gold.lang] = max(most[line.gold.lang], len(run) / size)
        if len(run) >= COPIED * size:
            faults.append(line.fault("question", f"copies {len(run)} of {size} letters: {run!r}"))
    faults += [*_twice(lines), *_repeated(lines), *_one_language(lines)]
    faults += [
        f"{folder}: {share.document}, {share.part}: {share.counts[lang]} questions in {lang}, "
        f"and no fewer than {share.least[lang]} are expected"
        for share in shares
        for lang in share.lacking
    ]
    if faults:
        raise QuestionsInvalid("\n".join(faults))
    talks = [line.gold for line in lines if isinstance(line.gold, Conversation)]
    unanswerable = sum(isinstance(line.gold, Unanswerable) for line in lines)
    turns = sum(len(talk.turns) for talk in talks)
    return Report(len(asked), unanswerable, len(talks), turns, tuple(shares), most)


def _split(line: Entry) -> Iterator[str]:
    """A file that is named after no split may hold either."""
    name = line.path.stem.partition("-")[0]
    if name in SPLITS and line.gold.split != name:
        yield line.fault("split", f"{line.gold.split!r} in a file of {name!r}")


def _standing(line: Entry, where: Where, sections: set[str]) -> Iterator[str]:
    for field, section, quotes in line.quoted():
        for name, quote in quotes.items():
            if not where(quote):
                yield line.fault(name, f"{quote!r} stands in no document")
        first = [place.section for quote in [*quotes.values()][:1] for place in where(quote)]
        expected = sorted({own for own in first if own is not None})
        if section and section not in sections:
            yield line.fault(field, f"{section!r} is no section of any document")
        elif expected and section not in expected:
            yield line.fault(
                field, f"{section!r}, not {' or '.join(expected)}, where the first quote is"
            )
        elif section and not expected and (first or not quotes):
            yield line.fault(field, f"{section!r}, but there is no quote that stands in a section")


def _worded(line: Entry, tight: str) -> Iterator[str]:
    """Answers are worded as a plan words them; what is not answered says what it asks.

    tight: the plans without white space.
    """
    gold = line.gold
    told: list[tuple[str, Facts]] = []
    if isinstance(gold, Question):
        told = [("answers", gold.answers), ("short", gold.short or ())]
    elif isinstance(gold, Conversation):
        told = [(f"turns.{n}.answers", turn.answers) for n, turn in enumerate(gold.turns)]
    elif not gold.asks:
        yield line.fault("asks", "is empty")
    for field, facts in told:
        for wording in (words for fact in facts for words in fact):
            if re.sub(r"\s", "", wording) not in tight:
                yield line.fault(field, f"{wording!r} stands in no document")


def _copied(line: Entry, where: Where) -> tuple[str, int]:
    """What a question copies of a sentence of its evidence, and how long the question is."""
    if not isinstance(line.gold, Question):
        return "", 1
    question, lang = line.gold.question, line.gold.lang
    places = [place for quote in line.gold.evidence for place in where(quote)]
    told = {sentence for place in places for sentence in place.sentences(lang)}
    run = max((copied(question, sentence) for sentence in sorted(told)), key=len, default="")
    return (run if len(run) > NAME[lang] else ""), max(1, len(key(question)))


def _twice(lines: Sequence[Entry]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for line in lines:
        if line.gold.id in seen:
            yield line.fault("id", f"{line.gold.id!r} stands at {seen[line.gold.id]} as well")
        seen.setdefault(line.gold.id, line.place)


def _repeated(lines: Sequence[Entry]) -> Iterator[str]:
    """Turns may repeat questions of their own split, for what is read is the turn."""
    seen: dict[tuple[str, str], str] = {}
    for line in lines:
        if not isinstance(line.gold, Conversation):
            words = key(line.gold.question)
            for place in [seen[words, split] for split in SPLITS if (words, split) in seen]:
                yield line.fault("question", f"is asked at {place} as well")
            seen.setdefault((words, line.gold.split), line.place)
    for line in lines:
        for n, turn in enumerate(line.gold.turns if isinstance(line.gold, Conversation) else ()):
            words, own = key(turn.standalone), line.gold.split
            for place in [seen[words, s] for s in SPLITS if s != own and (words, s) in seen]:
                yield line.fault(f"turns.{n}.standalone", f"is asked at {place}, the other split")
            seen.setdefault((words, own), line.place)


def _one_language(lines: Sequence[Entry]) -> Iterator[str]:
    """A question's two languages share an id but for -zh or -en, and all but their own words."""
    groups: dict[tuple[type, str], list[Entry]] = {}
    for line in lines:
        lang = line.gold.lang
        name = re.sub(r"-(?:zh|en)$", "", line.gold.id)
        if line.gold.id not in (name, f"{name}-{lang}"):
            yield line.fault("id", f"{line.gold.id!r} of a question in {lang!r}")
        groups.setdefault((type(line.gold), name), []).append(line)
    for (_, name), (first, *others) in groups.items():
        if {line.gold.lang for line in (first, *others)} != {*LANGUAGES}:
            yield first.fault("lang", f"{name!r} is asked in {first.gold.lang!r} only")
        for other in others:
            one, two = _said(asdict(first.gold)), _said(asdict(other.gold))
            for field in [name for name in {**one, **two} if one.get(name) != two.get(name)]:
                yield other.fault(field, f"is not that of {first.gold.id!r}")


def _said(fields: Mapping[str, object], lead: str = "") -> dict[str, object]:
    """Everything but a question's own words, by field; of each turn as well."""
    found: dict[str, object] = {}
    for name, value in fields.items():
        if name == "turns" and isinstance(value, tuple | list):
            for n, turn in enumerate(value):
                found |= _said(turn, f"turns.{n}.")
        elif name not in _OWN_WORDS:
            found[f"{lead}{name}"] = value
    return found


def table(report: Report) -> str:
    """How much there is, and for each part how many questions and how few there may be."""
    lines = [
        "| questions | not answerable | conversations | turns |",
        "|---|---|---|---|",
        f"| {report.questions} | {report.unanswerable} | {report.conversations} | {report.turns} |",
        "",
        "| part | " + " | ".join(f"{lang} | fewest" for lang in LANGUAGES) + " |",
        "|---" * (1 + 2 * len(LANGUAGES)) + "|",
    ]
    for share in report.spread:
        cells = [f"{share.counts[lang]} | {share.least[lang]}" for lang in LANGUAGES]
        lines.append(f"| {share.part} | " + " | ".join(cells) + " |")
    lines += ["", "| copied at most | " + " | ".join(LANGUAGES) + " |", "|---|---|---|"]
    lines.append(
        "| of a question | " + " | ".join(f"{n:.2f}" for n in report.copied.values()) + " |"
    )
    return "\n".join(lines)
