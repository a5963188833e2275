"""Stand-ins for what is slow or large: a tiny encoder, and documents made of a few texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b, sha256

import numpy as np
from numpy.typing import NDArray

from corpus.passages import sentences
from corpus.records import Document, Kind, Leaf, Manifest, Pages, Passage, Section, Span
from index.contracts import Encoded

_TOKEN = re.compile(r"[a-z0-9]+|[^\Wa-z0-9_]")


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
        found = _TOKEN.findall(text.lower())[: self.max_tokens - 2]
        rows = [self._vector(token) for token in found]
        tokens = np.array(rows, np.float32).reshape(len(rows), self.width)
        mean = tokens.mean(axis=0) if rows else self._vector("")
        sentence = (mean / np.linalg.norm(mean)).astype(np.float32)
        ids = np.array([int.from_bytes(_hash(token)[:4]) % 1000 for token in found], np.int64)
        return Encoded(sentence, tokens, ids)

    def _vector(self, token: str) -> NDArray[np.float32]:
        raw = np.frombuffer(_hash(token)[: 2 * self.width], "<i2").astype(np.float32)
        unit: NDArray[np.float32] = raw / np.linalg.norm(raw)
        return unit


def _hash(token: str) -> bytes:
    return blake2b(token.encode(), digest_size=64).digest()


def document(name: str, texts: Mapping[str, Sequence[str]]) -> Document:
    """A small plan: for each section id, the texts of its passages.

    "10.1" is a section of "10" where that is one too. Every section has its heading in the
    source, and every text a line below it.
    """
    source, sections, passages = "", list[Section](), list[Passage]()
    paths: dict[str, tuple[str, ...]] = {}
    page = Pages(1, 1)
    for section, contents in texts.items():
        title = f"标题{section}"
        paths[section] = (*paths.get(section.rpartition(".")[0], ()), title)
        heading = Span(len(source), len(source) + len(title))
        source += f"{title}\n"
        level = 2 + section.count(".")
        sections.append(Section(section, level, title, paths[section], heading, page))
        for n, text in enumerate(contents, start=1):
            span = Span(len(source), len(source) + len(text))
            source += f"{text}\n"
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
                    sentences=sentences(text),
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
    return Document(manifest, source, tuple(sections), leaves, tuple(passages))
