"""Documents to an index; what an older index has of them is not embedded again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from corpus.records import Document, Side
from index.contracts import Encoder
from index.lexicon import dictionary, entries
from index.names import entries as names
from index.records import EncoderName, Index
from index.spelling import alike
from index.tokens import Words, WordTable
from index.units import Unit
from index.view import View, texts, whole_text

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded, and how many there are to embed."""


def build(
    documents: Sequence[Document],
    encoder: Encoder,
    old: Index | None = None,
    progress: Progress | None = None,
    calibration: Mapping[str, Any] | None = None,
    suggestions: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> Index:
    """The index of documents, in their order. calibration, suggestions: kept for the assistant.

    It depends on them and the encoder alone: with or without old it is the same to the byte.
    """
    pairs = [(document, passage) for document in documents for passage in document.passages]
    assert len({passage.id for _, passage in pairs}) == len(pairs), "ids are unique"
    name = EncoderName(encoder.name, encoder.digest, encoder.width)
    sides = {language: _sides(documents, language) for language in languages(documents)}
    wanted = dict.fromkeys(text for found in sides.values() for text in texts([*found.values()]))
    units = _known(old) if old is not None and old.encoder == name else {}
    fresh = [text for text in wanted if text not in units]
    for done, (text, encoded) in enumerate(zip(fresh, encoder.passages(fresh), strict=True), 1):
        units[text] = Unit.of(encoded)
        if progress is not None:
            progress(done, len(fresh))
    table = WordTable.of_jieba()
    cut = {language: Words(table, language) for language in ("en", "zh")}
    meanings = list(entries())
    views = tuple(
        View.of(language, found, units, cut[language], encoder.width)
        for language, found in sides.items()
    )
    return Index(
        encoder=name,
        documents=tuple(documents),
        views=views,
        words=table,
        dictionaries={
            view.language: dictionary(meanings, view.language, view.lexical, cut) for view in views
        },
        alike=alike(document.source for document in documents),
        names=dict(names()),
        calibration=calibration or {},
        suggestions=suggestions or {},
    )


def languages(documents: Sequence[Document]) -> list[str]:
    """The languages that any of documents has, sorted."""
    return sorted({language for document in documents for language in document.languages})


def _sides(documents: Sequence[Document], language: str) -> dict[int, Side]:
    """The passages that have language, by their row among all."""
    pairs = ((document, passage) for document in documents for passage in document.passages)
    every = (document.side(passage, language) for document, passage in pairs)
    return {row: side for row, side in enumerate(every) if side is not None}


def too_long(index: Index, encoder: Encoder) -> Iterator[tuple[str, int]]:
    """(id, tokens) of the passages whose end the encoder does not see; BM25 does."""
    for document in index.documents:
        for passage in document.passages:
            sides = (document.side(passage, language) for language in document.languages)
            tokens = max(encoder.count(whole_text(side)) for side in sides if side is not None)
            if tokens > encoder.max_tokens:
                yield passage.id, tokens


def _known(old: Index) -> dict[str, Unit]:
    """What an index has embedded, by text."""
    found: dict[str, Unit] = {}
    for view in old.views:
        sides = _sides(old.documents, view.language).values()
        found.update(zip(map(whole_text, sides), view.wholes, strict=True))
        parts = (text for side in sides for text in side.sentences)
        found.update(zip(parts, view.parts, strict=True))
    return found
