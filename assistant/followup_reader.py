"""Follow-ups in one language: what they lack, carried over from before."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from assistant.followup_text import QUOTED, Span, Text
from corpus.periods import periods

_MOST = 24
"""Phrases of a question that are compared; encoding one takes some milliseconds."""


DIFFERS = re.compile(r"差|[少多]了|变化|\b(?:difference|gap|drop|increase|change)\b", re.IGNORECASE)


PLAN = re.compile(
    r"^(?:这|该|本)?[个份部]?(?:规划|纲要|文件|全文|材料)|\b(?:plan|outline|document|district)\b",
    re.IGNORECASE,
)
"""What a question about the plan itself is about."""


_AT = ("in", "at", "on", "along", "the")


@dataclass(frozen=True)
class Reader(Text, ABC):
    """Follow-ups in one language."""

    def read(self, body: str) -> str | None:
        """body on its own; None where it needs nothing. Neither has a question mark."""
        if self.changed.search(body):
            return None
        bare = self.lead.sub("", body)
        led = bare != body and self.led.match(body) is not None
        whole = self.listed(bare)
        other = self.other(whole, led or whole != bare)
        written = self.shifted(other) if other is not None else self.completed(whole, led)
        return written or (whole if whole != bare else None)

    @abstractmethod
    def topic(self, question: str) -> str:
        """What a question is about, without its times."""

    @abstractmethod
    def asked(self, body: str) -> str:
        """body, which has no subject, asked of what was spoken of last."""

    @abstractmethod
    def amount(self, what: str, question: str) -> str | None:
        """A question for the amount of what; None where it can stand in question itself."""

    @abstractmethod
    def value(self, what: str) -> str:
        """A question for what, which has no subject."""

    @abstractmethod
    def fitted(self, question: str, place: Span, what: str) -> str:
        """question with what in the place of a phrase."""

    @abstractmethod
    def retimed(self, question: str, time: str) -> str:
        """question with time in the place of its own."""

    @abstractmethod
    def dated(self, subject: str, time: str) -> str:
        """subject with a time."""

    @cached_property
    def subject(self) -> str:
        """What was spoken of last."""
        return next(filter(None, map(self.topic, self.questions)), "")

    def listed(self, body: str) -> str:
        """body with the term itself for 前一个, "the second one"."""
        said = (text for each in reversed(self.history) for text in (each.question, each.answer))
        terms = next((found for text in said if len(found := QUOTED.findall(text)) > 1), [])
        which = self.ordinal.search(body)
        if which is None:
            return body
        place = next(int(name[1:]) for name, words in which.groupdict().items() if words)
        if place > len(terms):
            return body
        term: str = terms[place - 1]
        return body[: which.start()] + term + body[which.end() :]

    def compared(self, body: str) -> list[str]:
        """The two times last spoken of, where body asks how things differ between them."""
        named = (time for question in self.questions[:2] for time in self.named(question))
        two = list(dict.fromkeys(named))
        is_asked = DIFFERS.search(body) and not self.times(body)
        return two if is_asked and len(two) == 2 else []

    def other(self, body: str, led: bool) -> str | None:
        """What 那X呢 or "and X?" names; None where a question is asked."""
        if found := self.shift.fullmatch(body):
            what = next((words for words in found.groups() if words is not None), "")
        elif led or (self.times(body) and not self.timeless(body)):
            what = body
        else:
            return None
        return None if self.opens.search(what) else what

    def shifted(self, what: str) -> str | None:
        """The last question, asked of another time, place or thing."""
        named, rest = self.named(what), self.timeless(what)
        question = self.timed(named[0]) if named else self.questions[0]
        if self.there.fullmatch(rest):
            rest = self.place()
        if not self.content(rest):
            if any(word.lower() in self.attributes for *_, word in self.tokens(rest)):
                return self.asked(self.value(what))
            return question if named else None
        if amount := self.amount(rest, question):
            return amount
        places = self.places(question, rest)
        if not places:
            return None
        return self.fitted(question, self.most_like(rest, question, places[:_MOST]), rest)

    def places(self, question: str, what: str) -> list[Span]:
        """Where what may go: whole phrases, their parts, and what something is measured of."""
        found: list[Span] = []
        for run in self.runs(question):
            firsts, last = [run[0][0]], run[-1][1]
            if question[firsts[0] : last] in self.titles:
                continue
            if not what.endswith("的"):
                found.append((firsts[0], last))
            if len(run) > 1 and self.is_asked_of(question[last:]):
                found.append((firsts[0], run[-2][1]))
            for (_, end, word), (start, _, behind) in pairwise(run):
                links = word.lower() in self.links, behind.lower() in self.links
                if self.space and links[0]:
                    firsts.append(start)
                    found.append((start, last))
                rest = question[start:last]
                is_owner = what.endswith("的") or self.is_measure(rest)
                if (self.space and links[1]) or (is_owner and not any(links)):
                    found += [(first, end) for first in firsts]
        asked = self.asks.search(question)
        many = asked is not None and re.match("how m|.*[多几]", asked[0], re.IGNORECASE)

        start = asked.end() if asked else -2
        counted = [place for place in found if place[0] - start == 1]

        def is_apart(place: Span) -> bool:
            """Not what is asked for (哪些X); where it is counted, not a mere part of it."""
            if not many:
                return not 0 <= place[0] - start <= 1
            return not any(first < place[0] < end for first, end in counted)

        is_amount = self.measured.search(what) is not None
        for fits in (
            lambda place: bool(self.content(question[slice(*place)])),
            is_apart,
            lambda place: is_amount or not self.measured.search(question[slice(*place)]),
        ):
            found = [place for place in found if fits(place)] or found
        return found

    def is_asked_of(self, behind: str) -> bool:
        """Whether the end of a phrase may be a verb, with what stands behind it: 重点种什么."""
        asked = self.asks.match(behind) if not self.space else None
        return asked is not None and not asked["many"]

    def is_measure(self, rest: str) -> bool:
        """Whether the rest of a phrase is what is measured of its beginning."""
        return self.measured.search(rest) is not None and len(rest) > 1 and len(rest.split()) <= 2

    def most_like(self, what: str, question: str, places: Sequence[Span]) -> Span:
        """The place of the phrase that means most nearly the same as what; of equals the first.

        By the mean of MaxSim from either side.
        """
        tokens = self.searcher.encoder.query(what).tokens
        scores = []
        for first, end in places:
            products = tokens @ self.searcher.encoder.query(question[first:end]).tokens.T
            sides = [products.max(axis=side).mean() if products.size else -1.0 for side in (0, 1)]
            scores.append(sum(sides))
        return places[int(np.argmax(scores))]

    def timed(self, time: str) -> str:
        """The last question for an amount, or the last one, asked of another time."""
        question = next((each for each in self.questions if self.has_time(each)), self.questions[0])
        written = self.retimed(question, time)
        found = periods(time, self.lang, self.plan)
        if found and self.plan:
            is_past = found[0].period.last < self.plan[0]
        else:
            is_past = self.past.search(time) is not None
        for form, words in self.to_past if is_past else self.to_target:
            written = form.sub(words, written, count=1)
        return written

    def completed(self, body: str, led: bool) -> str | None:
        """body with what it points at, or leaves out; None where it stands alone."""
        if same := self.same.search(body):
            time = next((named[-1] for each in self.questions if (named := self.named(each))), "")
            if time:
                body = f"{body[: same.start()].rstrip()}{self.space}{time}{body[same.end() :]}"
                if self.content(body):
                    return body
        there = self.there.search(body)
        if there and self.is_outside(body, there) and (place := self.place()):
            at = there["at"] or ("in " if self.space else "")
            return body[: there.start()] + at + place + body[there.end() :]
        every = list(self.pointed.finditer(body))
        found = every[-1] if every and every[-1].end() == len(body) else every[0] if every else None
        if found and self.is_outside(body, found):
            return self.pronoun(body, found)
        return self.asked(body) if self.is_elliptic(body, led=led) else None

    def is_outside(self, body: str, found: re.Match[str]) -> bool:
        """Whether a pronoun points at something that body does not name."""
        return not self.content(body[: found.start()])

    def pronoun(self, body: str, found: re.Match[str]) -> str:
        """body with what was spoken of last in the place of a pronoun."""
        subject, noun = self.subject, found["noun"] or ""
        if self.term.match(noun):
            last = self.questions[0]
            quoted = QUOTED.search(last)
            runs = [
                last[run[0][0] : run[-1][1]]
                for run in self.runs(last)
                if quoted and run[0][0] <= quoted.start() < run[-1][1]
            ]
            subject = runs[0] if runs else quoted[0] if quoted else subject
        elif self.placed.search(noun):
            subject = self.place() or subject
        behind = body[found.end() :]
        times = self.named(self.questions[0])
        if times and self.needs_time(body):
            subject = self.dated(subject, times[-1])
        return body[: found.start()] + subject + behind

    def needs_time(self, body: str) -> bool:
        """Whether body asks for an amount, or a difference, and says of no time."""
        is_compared = re.match(r"比", body) or re.search(r"\bthan\b", body)
        return bool(is_compared) or (not self.times(body) and self.is_amount(body))

    def place(self) -> str:
        """The place that was spoken of last."""
        for question in self.questions:
            for run in self.runs(question):
                while run and not self.placed.search(run[-1][2]):
                    run.pop()
                first = next((n for n in range(len(run) - 1, 0, -1) if run[n - 1][2] in _AT), 0)
                name = question[run[first][0] : run[-1][1]] if run else ""
                if len(name) > 1 and name not in self.titles:
                    article = question[: run[first][0]].endswith("the ")
                    return f"the {name}" if article else name
        return self.subject if self.subject not in self.titles else ""

    def is_elliptic(self, body: str, *, led: bool) -> bool:
        """Whether body asks something of a thing that it does not name.

        led: whether words stand before it that announce a follow-up.
        """
        is_named = self.subject != "" and self.subject in body
        if is_named or not self.asks.search(body) or PLAN.search(body):
            return False
        lacks = self.lacks.search(body) or (led and self.lacks_if_led.search(body))
        return bool(lacks) or not self.content(body)
