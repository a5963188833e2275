"""A translation held against its original: figures, terms, length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.figures import Figure, figures, numerals
from corpus.glossary import Finder, Term, says

SHORTEST, LONGEST = 1.5, 6.5
"""English characters for one Chinese character of the original, at least and at most."""
_FEWEST = 30
"""Chinese characters below which a text is too short to be judged by its length."""
_MORE = re.compile(r"\b(?:over|more than|above|exceed\w*|upwards? of|plus)\b|\+", re.IGNORECASE)


def lost_figures(original: str, english: str, terms: Sequence[Term] = ()) -> list[str]:
    """Figures that the one has and the other has not, each in words.

    English digits may stand for a Chinese numeral (第十章, 每千人). terms: those in original,
    whose own figures (a hotline, a name) are set aside on both sides.
    """
    for term in terms:
        if _has_digit(term.en) or _has_digit(term.zh):
            original = original.replace(term.zh, " ", 1)
            english = _without(english, term.wordings)
    said, rendered = figures(original, "zh"), figures(english, "en")
    missing = Counter(map(_worth, said)) - Counter(map(_worth, rendered))
    added = Counter(map(_worth, rendered)) - Counter(map(_worth, said))
    allowed = numerals(original)
    faults = [f"{_words(worth)} is missing" for worth in sorted(missing)]
    faults += [
        f"{_words((value, unit))} is added" for value, unit in sorted(added) if value not in allowed
    ]
    if any(figure.more for figure in said) and not _MORE.search(english):
        faults.append("余 or 多 is not rendered (over, more than)")
    return faults


def _worth(figure: Figure) -> tuple[Decimal, str]:
    return figure.value, figure.unit


def _words(worth: tuple[Decimal, str]) -> str:
    value, unit = worth
    return f"{value.normalize():f}{' ' if unit.isalpha() else ''}{unit}"


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _without(text: str, wordings: Sequence[str]) -> str:
    for words in sorted(wordings, key=len, reverse=True):
        less, count = re.subn(re.escape(words), " ", text, count=1, flags=re.IGNORECASE)
        if count:
            return less
    return text


def lost_terms(english: str, terms: Sequence[Term]) -> list[str]:
    """Those of an original's terms whose wording its translation lacks, each in words."""
    lost = dict.fromkeys(term for term in terms if not says(english, term.wordings))
    return [f"{term.zh} is not rendered as {' or '.join(term.wordings)}" for term in lost]


def odd_length(original: str, english: str) -> list[str]:
    """Whether a translation is much shorter or longer than such texts are, in words."""
    ratio = len(english) / max(1, len(original))
    if len(original) < _FEWEST or SHORTEST <= ratio <= LONGEST:
        return []
    return [f"{ratio:.1f} times as long as the original, not {SHORTEST} to {LONGEST}"]


def faults(original: str, english: str, find: Finder) -> Iterator[str]:
    """Everything that is wrong with one text's translation, in words."""
    terms = list(find(original))
    yield from lost_figures(original, english, terms)
    yield from lost_terms(english, terms)
    yield from odd_length(original, english)
