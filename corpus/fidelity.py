"""A translation held against its original: figures, terms, length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from corpus.figures import Figure, figures, numerals
from corpus.glossary import Finder, says
from corpus.records import Term

SHORTEST, LONGEST = 1.5, 6.5
"""English characters for one Chinese character of the original, at least and at most."""
_FEWEST = 30
"""Chinese characters below which a text is too short to be judged by its length."""
_MORE = re.compile(
    r"\b(?:over|more than|above|exceed\w*|upwards? of|plus)(?:\s+[\w-]+){0,2}\s*$", re.IGNORECASE
)
_OR_MORE = re.compile(r"\s*(?:\+|plus\b|odd\b|or more\b)", re.IGNORECASE)
_SIGN = re.compile("[<>≤≥]")


def lost_figures(original: str, english: str, terms: Sequence[Term] = ()) -> list[str]:
    """Figures that the one has and the other has not, each in words.

    English digits may stand for a Chinese numeral (第十章, 每千人). terms: those in original,
    whose own figures (a hotline, a name) are set aside on both sides.
    """
    for term in terms:
        if _has_digit(term.en) or _has_digit(term.zh):
            original, english = _set_aside(original, english, term)
    said, rendered = figures(original, "zh"), figures(english, "en")
    missing = Counter(map(_worth, said)) - Counter(map(_worth, rendered))
    added = Counter(map(_worth, rendered)) - Counter(map(_worth, said))
    allowed = numerals(original)
    faults = [f"{_words(worth)} is missing" for worth in sorted(missing)]
    faults += [
        f"{_words((value, unit))} is added"
        for value, unit in sorted(added)
        if value not in allowed or unit not in ("", "yuan")
    ]
    more = {_worth(figure) for figure in said if figure.more}
    plain = [f for f in rendered if _worth(f) in more and not _says_more(english, f)]
    faults += [f"{_words(_worth(figure))} lacks its 余 or 多 (over, more than)" for figure in plain]
    if _signs(original) != _signs(english):
        faults.append("< or > is not the original's")
    return faults


def _says_more(english: str, figure: Figure) -> bool:
    before, after = english[: figure.start], english[figure.end :]
    return _MORE.search(before) is not None or _OR_MORE.match(after) is not None


def _signs(text: str) -> list[str]:
    return _SIGN.findall(text)


def _set_aside(original: str, english: str, term: Term) -> tuple[str, str]:
    """Both texts without one occurrence of a term, where both have it."""
    zh = re.compile(r"\s*".join(map(re.escape, term.zh)))
    for words in sorted(term.wordings, key=len, reverse=True):
        less, count = re.subn(
            rf"(?<!\w){re.escape(words)}(?!\w)", " ", english, count=1, flags=re.IGNORECASE
        )
        if count and zh.search(original):
            return zh.sub(" ", original, count=1), less
    return original, english


def _worth(figure: Figure) -> tuple[Decimal, str]:
    return figure.value, figure.unit


def _words(worth: tuple[Decimal, str]) -> str:
    value, unit = worth
    return f"{value.normalize():f}{' ' if unit.isalpha() else ''}{unit}"


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


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
