"""Follow-ups: a question that leans on those before it, made to stand on its own.

What it lacks is carried over from them: the subject, the time, the place, or what is asked of it.
The rules know function words and general nouns (面积, rate), and nothing that a plan speaks of.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant import intent
from assistant.followup_en import English
from assistant.followup_text import END, Years
from assistant.followup_zh import Chinese
from assistant.kinds import Kind
from assistant.records import Exchange, Question
from corpus.indicators import IndicatorKind
from corpus.language import language
from index.search import Searcher

MEMORY = 4
"""How many of the questions before a follow-up may lean on."""


LONGEST = {"zh": 60, "en": 160}
"""Characters; a longer question says itself what it is about."""


_READ = 160
"""Characters of a question before that are read."""


_PARTS = re.compile(r"[?？。!！;；]|[a-z]\. ")


def complete(
    asked: Question, history: Sequence[Exchange], searcher: Searcher, plan: Years | None
) -> Question:
    """asked, made to stand on its own where it does not.

    history: the questions before it, as they were read, and what they were answered, oldest first.
    plan: the years of the plan that is asked about. A question that stands alone, or that changes
    the topic, is returned as it is.
    """
    lang = language(asked.search)
    before = [replace(said, question=said.question[:_READ]) for said in history[-MEMORY:]]
    before = [said for said in before if END.sub("", said.question)]
    body = END.sub("", asked.search)
    if not before or not body or len(body) > LONGEST[lang] or _PARTS.search(body):
        return asked
    form = Chinese if lang == "zh" else English
    written = form(
        searcher, plan, tuple(_told(each, lang, searcher, plan) for each in before)
    ).read(body)
    if not written or written == body:
        return asked
    return replace(asked, search=written + ("？" if lang == "zh" else "?"), was_completed=True)


_FRAMES = {
    "zh": {
        Kind.DEFINITION: "{0}是什么意思",
        Kind.DATE: "{0}什么时候完成",
        Kind.BODY: "{0}由谁负责",
        Kind.PLACE: "{0}在哪里",
        Kind.HOW: "{0}怎么做",
        Kind.WHY: "为什么{0}",
        Kind.LIST: "{0}有哪些",
    },
    "en": {
        Kind.DEFINITION: "What does {0} mean",
        Kind.DATE: "When will {0} be completed",
        Kind.BODY: "Who is in charge of {0}",
        Kind.PLACE: "Where is {0}",
        Kind.HOW: "How will {0} be done",
        Kind.WHY: "Why {0}",
        Kind.LIST: "What is planned for {0}",
    },
}


_AMOUNT_FRAMES = {
    "zh": ("{1}{0}是多少", "{1}{0}的目标是多少"),
    "en": ("What was {0} {1}", "What is the target for {0} {1}"),
}


def _told(said: Exchange, lang: str, searcher: Searcher, plan: Years | None) -> Exchange:
    """What was said before, the question in lang: plainly, in the terms of the glossaries."""
    question = END.sub("", said.question)
    own = language(question)
    if own == lang:
        return said
    meant = intent.read(question, own, plan)
    topic = (Chinese if own == "zh" else English)(searcher, plan, (said,)).topic(question)
    time = ""
    if meant.periods:
        first, last = meant.periods[-1].first, meant.periods[-1].last
        years = str(first) if first == last else f"{first}-{last}"
        time = f"{years}年" if lang == "zh" else f"in {years}"
    plain = _AMOUNT_FRAMES[lang][meant.side is IndicatorKind.TARGET]
    frame = _FRAMES[lang].get(meant.kind, plain)
    return replace(said, question=frame.format(_carried(topic, lang, searcher), time).strip())


def _carried(topic: str, lang: str, searcher: Searcher) -> str:
    """The terms of a topic in lang; the topic as it is where it holds none."""

    def plain(words: str) -> str:
        return words if lang == "en" else f" {' '.join(searcher.words['en'](words))} "

    rest, found = plain(topic), list[tuple[int, str]]()
    for term in sorted(searcher.index.terms, key=lambda term: (-len(term.zh), term.zh)):
        wordings = (term.zh,) if lang == "en" else (*term.wordings, *term.also)
        for form in filter(str.strip, map(plain, wordings)):
            if (place := rest.find(form)) >= 0:
                found.append((place, term.en if lang == "en" else term.zh))
                rest = rest[:place] + "\0" * len(form) + rest[place + len(form) :]
                break
    return (" " if lang == "en" else "").join(words for _, words in sorted(found)) or topic
