"""A set's passages as a document that can be indexed, and the way back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import accumulate

from corpus.language import language
from corpus.passages import runs, sentences
from corpus.records import Document, Kind, Manifest, Passage, Section, Span, Traced
from eval.external.records import Collection, Item

_PARAGRAPH = re.compile(r"\s*\S(?:[^\n]*\S)?")
"""A line, with the white space before it: behind its last stop it would be a sentence."""
_TELLING = 1_000
"""How many passages tell the language of all."""


def document(collection: Collection, passages_lang: str | None = None) -> Document:
    """All passages of a set as one document without pages, a translation or a glossary.

    Each is a section, numbered from 1, below its title; sections of the level of no heading, so
    that none is listed as a chapter. A passage is cut as the product cuts the text of a section:
    into runs of sentences of at most corpus.passages.LONGEST characters. Sentences end at Chinese
    stops, ! and ?: English ones that end with a full stop are one with their paragraph.
    passages_lang: "zh" or "en"; None: told by the texts.
    """
    sections: list[Section] = []
    passages: list[Passage] = []
    parts: list[str] = []
    at = 0
    for number, item in enumerate(collection.passages, start=1):
        path = (item.title,) if item.title and item.text else ()
        heading = Span(at, at + len(path[0]) if path else at)
        above = f"{path[0]}\n" if path else ""
        words = item.text or item.title
        sections.append(Section(str(number), 0, item.title, path, heading, None))
        passages += _pieces(collection.name, str(number), path, words, at + len(above))
        parts.append(f"{above}{words}\n")
        at += len(parts[-1])
    source = "".join(parts)
    manifest = Manifest(
        id=collection.name,
        title="",  # a year in a set's name is not one that its texts are about
        title_en=None,
        issuer="",
        published="",
        language=passages_lang or told(item.text for item in collection.passages[:_TELLING]),
        source=collection.name,
        sha256=sha256(source.encode()).hexdigest(),
        pages=None,
        watermarks=(),
    )
    return Document(manifest, source, tuple(sections), (), tuple(passages))


def _pieces(
    name: str, section: str, path: tuple[str, ...], words: str, at: int
) -> Iterator[Passage]:
    """The runs of a text that stands at `at` in the source; none of a text without words."""
    lines = [
        Traced(found[0], (Span(at + found.start(), at + found.end()),))
        for found in _PARAGRAPH.finditer(words)
    ]
    ends = [*accumulate(len(line.text) for line in lines)]
    start = 0
    for number, run in enumerate(runs(lines), start=1):
        yield Passage(
            id=f"{name}/{section}#{number}",
            document=name,
            section=section,
            kind=Kind.TEXT,
            path=path,
            text=run.text,
            spans=run.spans,
            pages=None,
            sentences=sentences(run.text, (end - start for end in ends)),
        )
        start += len(run.text)


def item_of(collection: Collection, passage: Passage) -> Item:
    """The passage of the set that a passage of its document was cut from."""
    return collection.passages[int(passage.section) - 1]


def told(texts: Iterable[str]) -> str:
    """ "zh" or "en", whichever script says more of all texts together."""
    return language("\n".join(texts))
