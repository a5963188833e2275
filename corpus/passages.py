"""Sections to passages and sentences: runs of whole paragraphs, never across two sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

from corpus.pages import pages_of
from corpus.records import (
    Footnote,
    Kind,
    Leaf,
    Paragraph,
    Passage,
    Row,
    Section,
    Sentence,
    Traced,
)

LONGEST = 400
"""Characters of a passage: the encoder sees all of it, with its section path, in one pass."""

_SENTENCE = re.compile(r"[^。！？!?]*[。！？!?]+[”’』」）)]*|[^。！？!?]+$")


def sentences(text: str, breaks: Iterable[int] = ()) -> tuple[Sentence, ...]:
    """The sentences of text; together they are all of it. A text without any is one.

    breaks: where paragraphs end in it. No sentence goes on over one: a title has no full stop.
    """
    cuts = [0, *sorted({at for at in breaks if 0 < at < len(text)}), len(text)]
    found = [
        Sentence(*match.span())
        for start, end in pairwise(cuts)
        for match in _SENTENCE.finditer(text, start, end)
    ]
    return tuple(found) or (Sentence(0, len(text)),)


def pieces(paragraph: Traced, longest: int = LONGEST) -> Iterator[Traced]:
    """A paragraph, or, where it is too long, runs of its sentences of about equal length.

    A single sentence longer than that stays whole: nothing is cut inside a sentence. A paragraph
    without words is no piece.
    """
    if not paragraph.text:
        return
    parts = -(-len(paragraph.text) // longest)
    share = len(paragraph.text) / parts
    start = 0
    for sentence in sentences(paragraph.text):
        if start < sentence.start and sentence.end - start > min(share * 1.15, longest):
            yield paragraph.cut(start, sentence.start)
            start = sentence.start
    yield paragraph.cut(start, len(paragraph.text))


def runs(paragraphs: Iterable[Traced], longest: int = LONGEST) -> Iterator[Traced]:
    """Paragraphs put together while they stay within longest."""
    run: Traced | None = None
    for paragraph in paragraphs:
        for piece in pieces(paragraph, longest):
            if run is not None and len(run.text) + len(piece.text) <= longest:
                run = run + piece
            else:
                if run is not None:
                    yield run
                run = piece
    if run is not None:
        yield run


def passages(
    document: str,
    sections: Sequence[Section],
    paragraphs: Sequence[Paragraph],
    rows: Sequence[Row],
    footnotes: Sequence[Footnote],
    leaves: Sequence[Leaf],
) -> tuple[Passage, ...]:
    """All passages in the order of the document: of each section its text, rows, footnotes."""
    found: list[Passage] = []

    def add(
        section: Section,
        kind: Kind,
        name: str,
        text: Traced,
        parts: tuple[Sentence, ...],
        row: Row | None = None,
    ) -> None:
        below = () if row is None or not row.caption else (row.caption,)
        found.append(
            Passage(
                id=f"{document}/{section.id}#{name}",
                document=document,
                section=section.id,
                kind=kind,
                path=(*section.path, *below),
                text=text.text,
                spans=text.spans,
                pages=pages_of(text.spans, leaves),
                sentences=parts,
                fields=() if row is None else row.labelled,
            )
        )

    for section in sections:
        texts = [paragraph.text for paragraph in paragraphs if paragraph.section == section.id]
        ends = [*accumulate(len(text.text) for text in texts)]
        at = 0
        for n, run in enumerate(runs(texts), start=1):
            parts = sentences(run.text, (end - at for end in ends))
            add(section, Kind.TEXT, str(n), run, parts)
            at += len(run.text)
        for row in rows:
            if row.section == section.id:
                text = Traced(labelled(row.labelled), (row.line,))
                add(section, Kind.ROW, row.id, text, (Sentence(0, len(text.text)),), row)
        for note in footnotes:
            if note.section == section.id:
                add(section, Kind.FOOTNOTE, note.id, note.text, sentences(note.text.text))
    return tuple(found)


def labelled(fields: Iterable[tuple[str, str]]) -> str:
    """A row as a reader would say it: each value after its header, empty values left out."""
    return "；".join(f"{label}：{value}" for label, value in fields if value not in ("", "-"))
