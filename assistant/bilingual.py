"""The part of a sentence that answers, in the plan's language and in that of its translation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.enumeration import clauses, enumerations
from assistant.evidence import Evidence
from assistant.kinds import TIMES
from assistant.phrases import PHRASED, Held, field
from corpus.records import Kind as PassageKind
from corpus.records import Passage
from index.contracts import Encoded
from index.search import Searcher
from index.spans import Text

Phrases = Callable[[str], str | None]
"""By language ("zh", "en") the part of the best sentence that answers; see phrase()."""


def phrase(evidence: Evidence, searcher: Searcher, lang: str) -> str | None:
    """The part of the best sentence that answers, in lang; None where whole sentences are wanted.

    It is chosen in the plan's language, with what its counterparts in the question's own language
    say for each part; in the other language it is the counterpart of the chosen one.
    """
    query = evidence.ranking.legs.query
    if query is None or evidence.intent.kind not in PHRASED:
        return None
    passage, number = evidence.main
    chinese, english = (_side(evidence, searcher, query, own) for own in ("zh", "en"))
    if passage.kind is PassageKind.ROW:
        place = field(passage, chinese)
        words = _words(chinese, place)
        return words if lang == "zh" or words is None else _cell(passage, words)
    is_footnote = passage.kind is PassageKind.FOOTNOTE
    pair = _Pair.of(searcher, passage, number, english.text)
    support = None
    if evidence.terms.own == "en" and pair is not None:
        support = pair.support(english)
    place = chinese.phrase(evidence.plan, is_footnote=is_footnote, support=support)
    if place is None or lang == "zh":
        return _words(chinese, place)
    if evidence.intent.kind in TIMES or is_footnote:
        return _words(english, english.phrase(evidence.plan, is_footnote=is_footnote))
    if pair is None:
        return None
    is_list = "、" in chinese.text[place[0] : place[1]]
    start, end = pair.counterpart(place, is_list=is_list)
    return unquoted(english.text[start:end].strip(" 。.；;，,"))


def _side(evidence: Evidence, searcher: Searcher, query: Encoded, lang: str) -> Held:
    """The best sentence in lang, with the question held against it."""
    passage, number = evidence.main
    text = sentence(passage, number, lang)
    match = searcher.match(query, passage, number, lang) if text else None
    return Held(evidence.terms.question, query, evidence.intent, text, lang, match)


def _words(held: Held, place: tuple[int, int] | None) -> str | None:
    return None if place is None else unquoted(held.text[place[0] : place[1]])


def unquoted(words: str) -> str:
    """words without a quotation mark at an end whose other one is not in it."""
    for mark, other in (("“", "”"), ('"', '"')):
        if words.count(mark) + (words.count(other) if mark != other else 0) == 1:
            words = words.strip(f"{mark}{other} ")
    return words


@dataclass(frozen=True)
class _Pair:
    """The tokens of a sentence and of its translation, and the translation's clauses."""

    chinese: Text
    english: Text
    told: str
    parts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, searcher: Searcher, passage: Passage, number: int, told: str) -> _Pair | None:
        """None where the sentence is not told in both languages."""
        chinese = searcher.text(passage, number, "zh")
        english = searcher.text(passage, number, "en")
        parts = tuple(clauses(told, "en"))
        if chinese is None or english is None or not parts:
            return None
        return cls(chinese, english, told, parts)

    def support(self, english: Held) -> Callable[[tuple[int, int]], float]:
        """For a part of the Chinese sentence what the question says for its counterpart."""
        said = english.scores(list(self.parts), focus=True)

        def of(part: tuple[int, int]) -> float:
            return float(said[self.chinese.counterpart(part, self.english, self.parts)])

        return of

    def counterpart(self, place: tuple[int, int], *, is_list: bool) -> tuple[int, int]:
        """What of the translation says the same; a list is not cut at its commas."""
        parts = self.parts
        if is_list:
            lists = [(one.start, one.end) for one in enumerations(self.told, "en") if one.items > 2]
            parts = tuple(lists) or parts
        return parts[self.chinese.counterpart(place, self.english, parts)]


def _cell(passage: Passage, words: str) -> str | None:
    """What the translation has in the column of a row whose cell reads as words."""
    told = passage.translation
    fields = told.fields if told is not None else ()
    cells = [value for _, value in passage.fields]
    return fields[cells.index(words)][1] if fields and words in cells else None


def sentence(passage: Passage, number: int, lang: str) -> str:
    """A sentence in lang; "" where it is not told in it."""
    if lang == "zh":
        return passage.sentence_text(number)
    told = passage.translation
    return "" if told is None else told.shown(number)
