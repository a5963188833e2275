"""A question's words with the wordings that will do for each, and how much of a text they cover."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from corpus.language import fold, language
from index.search import Searcher
from index.tokens import stems

_ENGLISH = re.compile(r"[a-z][a-z0-9]*|\d[\d,.]*\d|\d")
_ASKING = re.compile(
    r"多少|几|什么|哪[些个里儿]?|怎么样?|如何|怎样|为什么|为何|是否|吗|呢|的|了|是|有|要|会|到|达到|在|和|与|及|个|年|目标|计划|规划|打算|一共|总共|请问"
)


@lru_cache(8192)
def _folded(text: str) -> str:
    return fold(text)


@lru_cache(8192)
def english_words(text: str) -> frozenset[str]:
    """The stems of an English text's words."""
    return frozenset(stems(_ENGLISH.findall(fold(text))))


@dataclass(frozen=True)
class Terms:
    """The words of one question."""

    question: str
    searcher: Searcher

    @cached_property
    def own(self) -> str:
        """The language of the question, or the only one that the index has."""
        found = language(self.question)
        views = [view.language for view in self.searcher.index.views]
        return found if found in views else views[0]

    @cached_property
    def _by_language(self) -> dict[str, list[tuple[tuple[str, ...], float]]]:
        """By language of a view: each term's wordings, folded, and its idf."""
        found = {}
        for view in self.searcher.index.views:
            terms = self.searcher.carried(self.question, view.language)
            found[view.language] = [
                (tuple(term), view.lexical.weight(term))
                for term in terms
                if not all(_ASKING.fullmatch(word) for word in term)
            ]
        return found

    def cover(self, text: str, lang: str) -> float:
        """The share of the question's words that text in lang has, by idf: 0 to 1."""
        terms = self._by_language.get(lang, [])
        total = sum(weight for _, weight in terms)
        if not total:
            return 0.0
        if lang == "zh":
            folded = _folded(text)
            return sum(w for term, w in terms if any(word in folded for word in term)) / total
        words = english_words(text)
        return sum(weight for term, weight in terms if words.intersection(term)) / total

    def unknown(self) -> float:
        """The share of the question's words that the plans do not have at all, by idf."""
        view = next(v for v in self.searcher.index.views if v.language == self.own)
        terms = self._by_language[self.own]
        total = sum(weight for _, weight in terms)
        lost = sum(w for term, w in terms if not any(word in view.lexical for word in term))
        return lost / total if total else 1.0

    def of(self, subject: str) -> float:
        """The share of subject's characters that words of the question stand on: 0 to 1."""
        folded = fold(subject)
        if not folded:
            return 0.0
        covered = bytearray(len(folded))
        for term, _ in self._by_language.get("zh", []):
            for word in term:
                at = folded.find(word)
                while at >= 0:
                    covered[at : at + len(word)] = b"\1" * len(word)
                    at = folded.find(word, at + 1)
        return sum(covered) / len(covered)
