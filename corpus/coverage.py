"""Which characters of a source belong to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus.records import Reading, Span


def spans(reading: Reading) -> Iterator[Span]:
    """Where each element and each piece of noise stands, in no order."""
    for section in reading.document.sections:
        yield section.heading
    for paragraph in reading.paragraphs:
        yield from paragraph.text.spans
    for note in reading.footnotes:
        yield from note.text.spans
    for row in reading.rows:
        yield from (cell.span for cell in row.cells)
    yield from (cell.span for cell in reading.captions)
    yield from (span for _, span in reading.noise)


def gaps(length: int, covered: Iterable[Span]) -> list[Span]:
    """What of a source of length characters covered leaves out, in order."""
    left, at = [], 0
    for span in sorted(covered):
        if at < span.start:
            left.append(Span(at, span.start))
        at = max(at, span.end)
    return [*left, Span(at, length)] if at < length else left
