"""The values of the register that may answer a question, and what speaks for each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.enumeration import clauses
from assistant.intent import Intent
from assistant.terms import Terms
from corpus.alignment import english_place
from corpus.indicators import Indicator, IndicatorKind
from corpus.language import key
from corpus.numbers import MEASURE_OF, Quantity
from corpus.periods import Period
from corpus.records import Kind as PassageKind
from corpus.records import Passage
from index.contracts import Encoded
from index.legs import Ranking
from index.records import Hit
from index.search import Searcher
from index.spans import Match

FEATURES = (
    "passage",
    "sentence",
    "span",
    "english",
    "cover",
    "subject",
    "unit",
    "period",
    "side",
    "target",
    "growth",
)
"""The score of its passage; its sentence's MaxSim; MaxSim of the question with the value and its
subject, in Chinese and in English; the share of the question's words in them; of the subject, what
the question says; whether unit, time, and past or planned fit; whether it is a target; whether only
one of the two speaks of growth."""


SIGNALS = FEATURES[2:8]
"""Those that tell how sure a value is."""
_ALIKE = 0.75
"""How alike two subjects must be to be one, told at two times."""
_MOST = 12
"""How many of the best values are looked through for one of another time."""
_GROWTH = re.compile(
    r"增速|增长|增幅|增加(?!值)|每年|年均|"
    r"\b(?:growth|grow|annual|yearly|per year|a year|increase)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that may answer. features: in the order of FEATURES."""

    indicator: Indicator
    hit: Hit
    features: tuple[float, ...]


def facts(
    terms: Terms,
    intent: Intent,
    ranking: Ranking,
    searcher: Searcher,
    registers: Mapping[str, Sequence[Indicator]],
    most: int,
) -> list[Fact]:
    """The values that the best passages state, without those that measure something else than is
    asked for. registers: by passage."""
    matches = _Matches(searcher, ranking.legs.query)
    return [
        Fact(indicator, hit, _features(indicator, hit, terms, intent, matches))
        for hit in ranking.hits[:most]
        for indicator in registers.get(hit.passage.id, ())
        if unit_fit(indicator, intent) >= 0
    ]


def _features(
    indicator: Indicator,
    hit: Hit,
    terms: Terms,
    intent: Intent,
    matches: _Matches,
) -> tuple[float, ...]:
    sentence = hit.sentences[indicator.sentence] if hit.sentences else 0.0
    chinese, english = _spans(indicator, hit, matches)
    return (
        hit.score,
        sentence,
        chinese,
        english or chinese,
        terms.cover(f"{indicator.subject} {indicator.words}", "zh"),
        terms.of(indicator.subject),
        unit_fit(indicator, intent),
        period_fit(indicator, intent),
        side_fit(indicator, intent),
        float(indicator.kind is IndicatorKind.TARGET),
        float(bool(_GROWTH.search(indicator.subject)) != bool(_GROWTH.search(terms.question))),
    )


def subject_share(fact: Fact) -> float:
    """The share of its subject that the question speaks of: 0 to 1."""
    return fact.features[FEATURES.index("subject")]


def unit_fit(indicator: Indicator, intent: Intent) -> float:
    """1 where the value measures what is asked for, -1 where something else; 0 if not said."""
    quantity = indicator.quantity
    if quantity is None or not quantity.unit or intent.measure is None:
        return 0.0
    counted = quantity.unit.partition("/")[0]  # so many for each of something
    measure = MEASURE_OF.get(counted) if "/" in quantity.unit else quantity.measure
    if intent.unit is not None and intent.unit == counted:
        return 1.0
    if measure is None or (measure is intent.measure and intent.unit is not None):
        return 0.0  # one counts what another word counts
    return 1.0 if measure is intent.measure else -1.0


def period_fit(indicator: Indicator, intent: Intent) -> float:
    """1 where the value is of the very time that is asked for, 0.5 of one that ends with it or that
    it ends, -1 of another; 0 if not said.

    A year inside a longer period is another time than the whole of it, and what was done in five
    years is not what was done in the last of them.
    """
    said = indicator.period
    if not intent.periods or said is None:
        return 0.0
    is_sum = indicator.kind is IndicatorKind.BASELINE and said.first < said.last
    return max(
        -1.0 if is_sum and asked.first == asked.last else fit(asked, said)
        for asked in intent.periods
    )


def fit(asked: Period, said: Period) -> float:
    """How well a time that is said answers for one that is asked for: 1, 0.5 or -1."""
    if (asked.first, asked.last) == (said.first, said.last):
        return 1.0
    is_end = asked.first == asked.last or said.first == said.last
    return 0.5 if asked.last == said.last and is_end else -1.0


def side_fit(indicator: Indicator, intent: Intent) -> float:
    """1 where past or planned is as asked, -1 where not; 0 if not said."""
    if intent.periods or intent.side is None:
        return 0.0
    return 1.0 if indicator.kind is intent.side else -1.0


def alike(one: Indicator, other: Indicator) -> bool:
    """Whether two values are said of one thing."""
    matcher = SequenceMatcher(None, key(one.subject), key(other.subject), autojunk=False)
    return bool(matcher.ratio() >= _ALIKE)


def timed(facts: list[tuple[float, Fact]], intent: Intent) -> list[tuple[float, Fact]]:
    """facts, best first; where the best is of another time than asked for, the best of the same
    thing that is of that time comes first."""
    if not facts or _time_fit(facts[0][1].indicator, intent) >= 0:
        return facts
    best = facts[0][1].indicator
    for n, (_, fact) in enumerate(facts[1:_MOST], start=1):
        if _time_fit(fact.indicator, intent) > 0 and alike(fact.indicator, best):
            return [facts[n], *facts[:n], *facts[n + 1 :]]
    return facts


def _time_fit(indicator: Indicator, intent: Intent) -> float:
    return period_fit(indicator, intent) + side_fit(indicator, intent)


class _Matches:
    """The question held against sentences, each one once."""

    def __init__(self, searcher: Searcher, query: Encoded | None) -> None:
        self._searcher, self._query = searcher, query
        self._found: dict[tuple[str, int, str], Match | None] = {}

    def of(self, passage: Passage, sentence: int, lang: str) -> Match | None:
        """None where the sentence is not told in lang, or the question was not encoded."""
        place = passage.id, sentence, lang
        if place not in self._found:
            query = self._query
            found = None if query is None else self._searcher.match(query, passage, sentence, lang)
            self._found[place] = found
        return self._found[place]


def _spans(indicator: Indicator, hit: Hit, matches: _Matches) -> tuple[float, float]:
    """MaxSim of the question with the value and its subject, in Chinese and in English."""
    passage, n = hit.passage, indicator.sentence
    text = passage.sentence_text(n)
    offset = passage.sentences[n].start
    value = (indicator.start - offset, indicator.end - offset)
    match = matches.of(passage, n, "zh")
    chinese = 0.0 if match is None else match.score(value, *subject_spans(text, indicator, value))
    told = passage.translation
    if told is None or not told.shown(n) or indicator.quantity is None:
        return chinese, 0.0
    english = unicodedata.normalize("NFKC", told.shown(n))
    match = matches.of(passage, n, "en")
    if match is None:
        return chinese, 0.0
    if passage.kind is PassageKind.ROW:
        return chinese, match.score((0, len(english)))
    around = _english_clause(indicator.quantity, text, english, offset)
    return chinese, 0.0 if around is None else match.score(around)


@lru_cache(4096)
def _english_clause(
    quantity: Quantity, text: str, english: str, offset: int
) -> tuple[int, int] | None:
    """The clause of a translated sentence that has the value. offset: where text, the original,
    begins in its passage."""
    place = english_place(quantity, text, english, offset)
    if place is None:
        return None
    return next((c for c in clauses(english, "en") if c[0] <= place[0] < c[1]), place)


def subject_spans(
    text: str, indicator: Indicator, value: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Where the subject stands in its sentence: its words, or the value's clause."""
    at = text.rfind(indicator.subject, 0, value[0])
    if at < 0:
        at = text.find(indicator.subject)
    if at >= 0:
        yield at, at + len(indicator.subject)
        return
    for start, end in clauses(text, "zh"):
        if start <= value[0] < end:
            yield start, end
