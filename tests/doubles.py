"""Stand-ins for what is slow or large: a tiny encoder, and documents made of a few texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from itertools import zip_longest

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.passages import sentences
from corpus.records import (
    Document,
    Kind,
    Leaf,
    Manifest,
    Pages,
    Passage,
    Section,
    Span,
    Term,
    Translation,
)
from index.contracts import Encoded
from index.tokens import WordTable

_TOKEN = re.compile(r"[a-z0-9]+|[^\Wa-z0-9_]")

ENTRIES: tuple[tuple[str, list[str]], ...] = (
    ("金融", ["finance", "banking"]),
    ("养老", ["to provide for the elderly", "old-age care"]),
    ("银行", ["bank"]),
)
"""A Chinese-English dictionary as index.lexicon.entries() gives it."""
NAMES = (("洪山", "Hongshan"), ("北京", "Beijing"))
"""Names as index.names.entries() gives them."""
ALIKE = {"溶": "融", "容": "融"}
"""Characters that are mistaken for others, as index.spelling.alike() gives them."""


def quicken(patch: pytest.MonkeyPatch, table: WordTable) -> None:
    """build() takes table, and a dictionary and look-alikes of a few words."""
    patch.setattr(WordTable, "of_jieba", classmethod(lambda cls: table))
    patch.setattr("index.build.entries", lambda: iter(ENTRIES))
    patch.setattr("index.build.alike", lambda texts: dict(ALIKE))
    patch.setattr("index.build.names", lambda: iter(NAMES))


English = Mapping[str, Sequence[str | None]]
"""By section id, what document() takes for the translations of its passages."""


@dataclass
class HashEncoder:
    """An Encoder without a model: equal tokens are equal vectors, other tokens look random.

    A token is a run of Latin letters and digits, or one character of another script; its vector
    is made of its blake2b hash. A sentence is the mean of its tokens, made unit.
    width: at most 32. questions, embedded: what was encoded, in order.
    """

    name: str = "hash"
    digest: str = "sha256:" + "0" * 64
    width: int = 16
    max_tokens: int = 64
    questions: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)

    def query(self, text: str) -> Encoded:
        self.questions.append(text)
        return self._encoded(text)

    def passages(self, texts: Sequence[str]) -> Iterator[Encoded]:
        for text in texts:
            self.embedded.append(text)
            yield self._encoded(text)

    def count(self, text: str) -> int:
        return len(_TOKEN.findall(text.lower())) + 2

    def _encoded(self, text: str) -> Encoded:
        places = list(_TOKEN.finditer(text.lower()))[: self.max_tokens - 2]
        found = [place[0] for place in places]
        rows = [self._vector(token) for token in found]
        tokens = np.array(rows, np.float32).reshape(len(rows), self.width)
        mean = tokens.mean(axis=0) if rows else self._vector("")
        sentence = (mean / np.linalg.norm(mean)).astype(np.float32)
        ids = np.array([int.from_bytes(_hash(token)[:4]) % 1000 for token in found], np.int64)
        ends = np.array([place.end() for place in places], np.int64)
        return Encoded(sentence, tokens, ids, ends)

    def _vector(self, token: str) -> NDArray[np.float32]:
        raw = np.frombuffer(_hash(token)[: 2 * self.width], "<i2").astype(np.float32)
        unit: NDArray[np.float32] = raw / np.linalg.norm(raw)
        return unit


def _hash(token: str) -> bytes:
    return blake2b(token.encode(), digest_size=64).digest()


def document(
    name: str,
    texts: Mapping[str, Sequence[str]],
    english: English | None = None,
    terms: Sequence[Term] = (),
) -> Document:
    """A small plan: for each section id, the texts of its passages.

    "10.1" is a section of "10" where that is one too. Every section has its heading in the
    source, and every text a line below it.
    english: the same again, translated, with a line for each sentence of the original: an empty
    one is withheld. None, or no text in a passage's place: it is not translated.
    """
    assert english is None or english.keys() <= texts.keys()
    source, sections, passages = "", list[Section](), list[Passage]()
    paths: dict[str, tuple[str, ...]] = {}
    translated: dict[str, tuple[str, ...]] = {}
    page = Pages(1, 1)
    for section, contents in texts.items():
        title, above = f"标题{section}", section.rpartition(".")[0]
        paths[section] = (*paths.get(above, ()), title)
        translated[section] = (*translated.get(above, ()), f"Heading {section}")
        told = [] if english is None else english.get(section, [])
        heading = Span(len(source), len(source) + len(title))
        source += f"{title}\n"
        sections.append(
            Section(
                id=section,
                level=2 + section.count("."),
                title=title,
                path=paths[section],
                heading=heading,
                pages=page,
                translated=() if english is None else translated[section],
            )
        )
        for n, (text, lines) in enumerate(zip_longest(contents, told), start=1):
            span = Span(len(source), len(source) + len(text))
            source += f"{text}\n"
            own = sentences(text)
            translation = None
            if lines is not None:
                translation = Translation("en", translated[section], tuple(lines.split("\n")))
                assert len(translation.sentences) == len(own), f"{lines!r} is of {text!r}"
            passages.append(
                Passage(
                    id=f"{name}/{section}#{n}",
                    document=name,
                    section=section,
                    kind=Kind.TEXT,
                    path=paths[section],
                    text=text,
                    spans=(span,),
                    pages=page,
                    sentences=own,
                    translation=translation,
                )
            )
    manifest = Manifest(
        id=name,
        title=f"计划{name}",
        title_en=None,
        issuer="测试",
        published="2021-06",
        language="zh",
        source="plan.txt",
        sha256=sha256(source.encode()).hexdigest(),
        pages=None,
        watermarks=(),
    )
    leaves = (Leaf(Span(0, len(source)), page),)
    return Document(manifest, source, tuple(sections), leaves, tuple(passages), tuple(terms))
