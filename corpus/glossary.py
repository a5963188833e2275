"""glossary.toml: the terms of a plan in Chinese and English, which its translation obeys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import GlossaryInvalid
from corpus.language import fold
from corpus.records import Term

GLOSSARY = "glossary.toml"
_LISTS = ("forms", "also")


def read(path: Path) -> tuple[Term, ...]:
    """The terms of a file, in its order. Raises GlossaryInvalid with the term that is at fault."""
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise GlossaryInvalid(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GlossaryInvalid(f"{path}: not TOML ({error})") from error
    entries = fields.get("term")
    if not isinstance(entries, list) or not entries:
        raise GlossaryInvalid(f"{path}: holds no [[term]]")
    terms: dict[str, Term] = {}
    for number, entry in enumerate(entries, start=1):
        term = _term(f"{path}: term {number}", entry)
        if term.zh in terms:
            raise GlossaryInvalid(f"{path}: {term.zh!r} stands twice")
        terms[term.zh] = term
    return tuple(terms.values())


def _term(where: str, entry: Any) -> Term:
    if not isinstance(entry, dict):
        raise GlossaryInvalid(f"{where}: is no table")
    for name in ("zh", "en"):
        if not isinstance(entry.get(name), str) or not entry[name].strip():
            raise GlossaryInvalid(f"{where}: field {name!r} is missing or no text")
    lists = {name: entry.get(name, []) for name in _LISTS}
    for name, words in lists.items():
        if not (isinstance(words, list) and all(isinstance(word, str) and word for word in words)):
            raise GlossaryInvalid(f"{where}: field {name!r} is no list of texts")
    return Term(entry["zh"], entry["en"], *(tuple(words) for words in lists.values()))


class Finder:
    """Finds the terms of a glossary in Chinese texts; of overlapping ones the longest."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = {_key(term.zh): term for term in terms}
        longest_first = sorted(self._terms, key=lambda words: (-len(words), words))
        self._form = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def __call__(self, text: str) -> Iterator[Term]:
        """The terms in text, in order, as often as they stand there."""
        return (self._terms[found[0]] for found in self._form.finditer(_key(text)))


def says(text: str, wordings: Sequence[str]) -> bool:
    """Whether an English text has one of wordings as whole words, in any case."""
    return any(
        re.search(rf"(?<!\w){re.escape(_plain(words))}(?!\w)", _plain(text)) for words in wordings
    )


def _plain(text: str) -> str:
    return fold(text.replace("’", "'"))


def _key(text: str) -> str:
    return fold(text).replace(" ", "")
