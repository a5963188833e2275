"""What a question of a conversation holds: words, times, phrases, in either language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import ClassVar

from assistant import intent
from assistant.kinds import AMOUNTS, Kind
from assistant.records import Exchange
from corpus.language import HAN
from corpus.periods import periods
from index.search import Searcher
from index.tokens import STOPWORDS

Span = tuple[int, int]


Years = tuple[int, int]


Token = tuple[int, int, str]
"""Where a word stands, and the word."""


Pattern = re.Pattern[str]


Rules = Sequence[tuple[Pattern, str]]


_AMOUNTS = AMOUNTS | {Kind.COMPARISON}


_TIMELESS = frozenset({Kind.YESNO, Kind.WHY, Kind.HOW, Kind.BODY, Kind.PLACE})


_EACH = ("人均", "户均", "地均")


_LOOSE_ENDS = ("重点", "目标")


END = re.compile(r"[\s?？.。!！,，;；:：…~～]+$")


QUOTED = re.compile(r"[“\"‘「『《][^”\"’」』》“「『《]{1,60}[”\"’」』》]")


_TOKEN = re.compile(
    rf"{QUOTED.pattern}|[（(][^）)]{{1,30}}[）)]|[a-zA-Z\u00c0-\u024f][\w&-]*(?:['’][a-z]+)?\+*|"
    rf"\d[\d.,]*\w*%?|{HAN.pattern}+|[^\s\w]|\w",
    re.ASCII,
)


def compiled(form: str) -> Pattern:
    """A form, in any case."""
    return re.compile(form, re.IGNORECASE)


def words_of(words: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(words.split())


def any_of(words: str) -> str:
    """A form for any one of some."""
    return f"(?:{'|'.join(words.split())})"


def rules(lines: str) -> Rules:
    """Of each line a form, and what takes its place."""
    pairs = (line.split(" >>") for line in lines.strip().splitlines())
    return tuple((compiled(form.strip()), new.removeprefix(" ")) for form, new in pairs)


@dataclass(frozen=True)
class Text:
    """Texts of one language. history: what was said before, in that language too."""

    searcher: Searcher
    plan: Years | None
    history: tuple[Exchange, ...]
    lang: ClassVar[str]
    space: ClassVar[str]
    changed: ClassVar[Pattern]  # announces another topic
    lead: ClassVar[Pattern]  # before a question, and adds nothing; led: announces a follow-up
    led: ClassVar[Pattern]
    asks: ClassVar[Pattern]  # question words; opens: what tells a question from a phrase
    opens: ClassVar[Pattern]
    deixis: ClassVar[Pattern]  # times without figures; past: those before the plan's
    past: ClassVar[Pattern]
    same: ClassVar[Pattern]  # the time that was spoken of
    joined: ClassVar[Pattern]  # what joins a time to what stands before it, and behind it
    around: ClassVar[Pattern]
    loose: ClassVar[frozenset[str]]  # of no topic: function words, verbs that go with anything
    attributes: ClassVar[frozenset[str]]  # nouns that lack the thing that they are of: 面积, rate
    links: ClassVar[frozenset[str]]  # inside a phrase
    measured: ClassVar[Pattern]  # ends a phrase for something that has an amount
    pointed: ClassVar[Pattern]  # pronouns; there: those for a place; placed: ends a place's name
    there: ClassVar[Pattern]
    placed: ClassVar[Pattern]
    term: ClassVar[Pattern]  # nouns for a word; ordinal: the first, the second … of some
    ordinal: ClassVar[Pattern]
    shift: ClassVar[Pattern]  # the whole of 那X呢; lacks: shows that a question has no subject
    lacks: ClassVar[Pattern]
    lacks_if_led: ClassVar[Pattern] = re.compile("(?!)")
    to_past: ClassVar[Rules]  # what is to be as what was; to_target: the other way round
    to_target: ClassVar[Rules]

    @cached_property
    def questions(self) -> list[str]:
        """The questions before, the last one first."""
        return [END.sub("", said.question) for said in reversed(self.history)]

    @cached_property
    def titles(self) -> str:
        """The titles of the plans: what they name, every question is about."""
        every = (each.manifest for each in self.searcher.index.documents)
        return " ".join(f"{each.title} {each.title_en or ''}" for each in every)

    def has_time(self, question: str) -> bool:
        """Whether the answer to a question may be another one at another time."""
        return intent.read(question, self.lang, self.plan).kind not in _TIMELESS

    def is_amount(self, question: str) -> bool:
        """Whether an amount is asked for."""
        return intent.read(question, self.lang, self.plan).kind in _AMOUNTS

    def tokens(self, text: str) -> list[Token]:
        """Words with their places; a quoted term is one, Chinese ones are jieba's."""
        found = []
        for match in _TOKEN.finditer(text):
            at = match.start()
            run = match[0]
            words = self.searcher.words["zh"](run) if HAN.match(run) else [run]
            for word in chain.from_iterable(map(self.parts, words)):
                place = text.find(word, at)
                if place >= 0:
                    at = place + len(word)
                    found.append((place, at, word))
        return found

    def parts(self, word: str) -> list[str]:
        """A word that jieba made up, without the function words at its ends."""
        if len(word) == 1 or not HAN.match(word) or self.searcher.index.words.get(word, 0):
            return [word]
        front = [word[0]] if word[0] in self.loose and len(word) < 4 else []
        rest = word[len(front) :]
        back = [rest[-1]] if len(rest) > 1 and rest[-1] in self.loose else []
        return [*front, rest[: len(rest) - len(back)], *back]

    def is_loose(self, word: str) -> bool:
        """Whether a word is of no topic; so are numbers and signs."""
        return word.lower() in self.loose or re.match(r"\d|\W+$", word) is not None

    def times(self, text: str) -> list[Span]:
        """Where text names times, with the words that join them to it."""
        found = [(named.start, named.end) for named in periods(text, self.lang, self.plan)]
        for match in (match for form in (self.same, self.deixis) for match in form.finditer(text)):
            if not any(first < match.end() and match.start() < end for first, end in found):
                found.append(match.span())
        spans = []
        for first, end in sorted(found):
            before, behind = self.joined.search(text[:first]), self.around.match(text, end)
            spans.append((before.start() if before else first, behind.end() if behind else end))
        return spans

    def named(self, text: str) -> list[str]:
        """The times that text names, in its words."""
        return [text[first:end].strip(" ,，") for first, end in self.times(text)]

    def timeless(self, text: str) -> str:
        """text without its times."""
        for first, end in reversed(self.times(text)):
            text = text[:first].rstrip(" ,，") + self.space + text[end:].lstrip(" ,，的")
        return text.strip(" ,，")

    def content(self, text: str) -> list[str]:
        """The words of text that are of a topic."""
        words = (word for *_, word in self.tokens(self.asks.sub("，", self.timeless(text))))
        return [
            word
            for word in words
            if not self.is_loose(word) and word.lower() not in self.attributes
        ]

    def runs(self, question: str) -> list[list[Token]]:
        """The phrases of a question that something else can stand for, as words."""
        masked = question
        for first, end in self.times(question):
            masked = masked[:first] + "，" * (end - first) + masked[end:]
        masked = self.asks.sub(lambda asked: "，" * len(asked[0]), masked)
        found: list[list[Token]] = [[]]
        for first, end, word in self.tokens(masked):
            goes_on = bool(found[-1]) and found[-1][-1][1] + len(self.space) >= first
            is_link = word.lower() in self.links or (self.space and word[0].isdigit())
            is_number = not self.space and word[0].isdigit()
            is_kept = (goes_on and is_link) or is_number or self.is_name(word)
            if (self.is_loose(word) and not is_kept) or word in _EACH:
                found.append([])
            elif goes_on:
                found[-1].append((first, end, word))
            else:
                found.append([(first, end, word)])
        for run in found:
            while run and (run[-1][2].lower() in self.links or run[-1][2] in _LOOSE_ENDS):
                run.pop()
        return [run for run in found if self.content(" ".join(word for *_, word in run))]

    def is_name(self, word: str) -> bool:
        """Whether a word is written as a name, whatever it may mean else."""
        return word[0].isupper() and word.lower() not in STOPWORDS
