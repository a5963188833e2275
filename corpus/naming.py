"""What an indicator is called in the translation of its sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from corpus.alignment import around_english, english_place
from corpus.clauses import without_verbs
from corpus.numbers import Quantity
from corpus.records import Term
from corpus.units import COUNTED, RANK, Measure

_CLAUSE = re.compile(
    r"[;:]\s|(?<!\d),\s|(?<=\d),\s|\s(?:and|while|with|so that|in which)\s(?=(?:the|its|a|an)\s)"
)
_SAID = re.compile(
    r"\s(?:(?:will|would|to|has|have|had)\s+)?(?:be\s+|been\s+)?(?:reach|exceed|surpass|total|stay|"
    r"remain|rise|rose|grow|grew|stand|stood|come to|came to|was|were|is|are|be kept|kept)"
    r"(?:s|es|d|ed)?\b.*$",
    re.IGNORECASE,
)
"""A verb between a subject and its number, with all that follows."""
_AT = re.compile(r"(?:.*\s)?(?:a|an|the)\s+(?P<thing>[\w' -]{3,60}?)\s+of$", re.IGNORECASE)
"""What a number is the value of: a recycling rate of 35%."""
_OPENING = re.compile(
    r"^(?:(?:and|or|with|in which|of which|including|so that|that|we will|also|ensure|the|a|an|its|"
    r"over|during|in|by|over the (?:next |past )?five years|\d{4}|total|number of)\b[\s,]*)+",
    re.IGNORECASE,
)
_THING = re.compile(
    r"(?:\s+of)?\s+(?:(?:new|more|additional)\s+)?(?!(?:to|in|by|and|or|per|each|was|were)\b)"
    r"(?P<thing>[A-Za-z“\"][^,;:.()]*?)"
    r"(?=\s+(?:(?:adjacent|close|next|parallel|perpendicular|similar|linked|open) to|"
    r"that|which|who|will|were|was|are|is|have|has|to|by|in|with|for|from|at|on|over|each|"
    r"per|through|newly|brought|added|built|came|a (?:year|day)|"
    r"and (?:\d[\d,.]*|\w+(?:ly|ed)|\w+ (?:the|a|an|\d)|complete|foster|build|form))\b|[,;:.()]|$)"
)
"""The noun behind a number: 10 tree-lined roads, 393,000 square meters of green space."""
_DOING = re.compile(
    r"\b(?:\w+ing that|was|were|ensure|work|strive|open|adding|creating|complete|cultivate|keep|"
    r"bring|brought|contracts|achieve|make|start|cumulative)\b"
)
_LONGEST = 80


def english_subject(
    quantity: Quantity, subject: str, original: str, sentence: str, terms: Iterable[Term]
) -> str | None:
    """The subject of a quantity of original, in the words of the glossary or the English sentence.

    None where neither says it plainly: none is better than a wrong one.
    """
    named = {term.zh: term.en for term in terms}
    if subject in named:
        return named[subject]
    sentence = unicodedata.normalize("NFKC", sentence)
    place = english_place(quantity, original, sentence)
    if place is None or quantity.unit == RANK or "respectively" in sentence:
        return None
    start, end = around_english(sentence, *place, each="/" in quantity.unit)
    is_size = quantity.measure in (Measure.AREA, Measure.LENGTH) and not quantity.after
    if quantity.unit in COUNTED or (is_size and sentence.startswith(" of ", end)):
        thing = _THING.match(sentence, end)
        if thing and (told := _told(thing["thing"])):
            return told
    if (words := without_verbs(subject)) in named:
        return named[words]
    cuts = [found.end() for found in _CLAUSE.finditer(sentence, 0, start)]
    first = cuts[-1] if cuts else 0
    if valued := _AT.fullmatch(sentence[first:start].strip()):
        return _told(valued["thing"])
    clause = sentence[first : place[0]].strip()  # to exceed bounds a number and is a verb too
    said = _SAID.search(clause)
    return _told(clause[: said.start()]) if said else None


def _told(words: str) -> str | None:
    """words as a name; None where they are no plain noun phrase."""
    words = _OPENING.sub("", words).strip(" ,")
    if words.count('"') % 2:
        words = words.replace('"', "")
    is_plain = len(words) <= _LONGEST and not _DOING.search(words)
    return words if is_plain and (" " in words or words.endswith("s") or words.isupper()) else None
