"""Everything that is served, held against what it was made from."""

from __future__ import annotations

from hashlib import sha256

from assistant.library import searcher
from assistant.settings import Settings
from corpus.passages import labelled
from corpus.records import Document, Kind, Passage
from index import checksums
from index.errors import IndexDamaged
from index.late import PRODUCTS


def verify(settings: Settings) -> dict[str, str]:
    """What was checked, in words. Raises PlanIndexError by name at the first fault."""
    checksums.verify(PRODUCTS.parent)
    index = searcher(settings).index  # loading compares all digests, the encoder's among them
    for document in index.documents:
        _document(document)
    return {
        "index": index.digest,
        "encoder": f"{index.encoder.name} {index.encoder.digest[:19]}…",
        "documents": ", ".join(document.id for document in index.documents),
        "passages": f"{len(index.passages)}, each the words of its source",
    }


def _document(document: Document) -> None:
    if sha256(document.source.encode()).hexdigest() != document.manifest.sha256:
        raise IndexDamaged(f"{document.id}: the source is not the one that plan.toml states")
    for passage in document.passages:
        words = "".join(document.source[span.start : span.end] for span in passage.spans)
        said = _said_by_row(passage, words) if passage.kind is Kind.ROW else words
        if said != passage.text:
            raise IndexDamaged(f"{passage.id}: not the words of its source")


def _said_by_row(passage: Passage, line: str) -> str:
    """A row's text made again from its fields; of these all but the first stand in its line.

    The first may be the category, inherited from a row above.
    """
    cells = {cell.strip() for cell in line.split("\t")}
    values = [value for _, value in passage.fields[1:] if value]
    return labelled(passage.fields) if cells.issuperset(values) else ""
