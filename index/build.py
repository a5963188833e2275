"""Documents to an index; what an older index has of them is not embedded again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from corpus.records import Document, Passage
from index.contracts import Encoder
from index.dense import Dense
from index.late import Rarity
from index.lexical import Lexical
from index.records import EncoderName, Index
from index.tokens import Words, WordTable
from index.units import Unit, Units

Progress = Callable[[int, int], None]
"""Called with how many texts are embedded, and how many there are to embed."""


def passage_text(passage: Passage) -> str:
    """What is embedded and counted of a passage: its section path, then its words."""
    return f"{' '.join(passage.path)}\n{passage.text}"


def sentence_texts(passage: Passage) -> list[str]:
    """What is embedded of its sentences: each on its own, after its section's title."""
    numbers = range(len(passage.sentences))
    return [f"{passage.path[-1]}\n{passage.sentence_text(n)}" for n in numbers]


def build(
    documents: Sequence[Document],
    encoder: Encoder,
    old: Index | None = None,
    progress: Progress | None = None,
) -> Index:
    """The index of documents, in their order.

    It depends on them and the encoder alone: with or without old it is the same to the byte.
    """
    passages = tuple(passage for document in documents for passage in document.passages)
    wholes = [passage_text(passage) for passage in passages]
    parts = [sentence_texts(passage) for passage in passages]
    flat = [text for texts in parts for text in texts]
    name = EncoderName(encoder.name, encoder.digest, encoder.width)
    units = _known(old) if old is not None and old.encoder == name else {}
    fresh = [text for text in dict.fromkeys((*wholes, *flat)) if text not in units]
    for done, (text, encoded) in enumerate(zip(fresh, encoder.passages(fresh), strict=True), 1):
        units[text] = Unit.of(encoded)
        if progress is not None:
            progress(done, len(fresh))
    table = WordTable.of_jieba()
    words = Words(table)
    embedded = Units.of([units[text] for text in wholes], encoder.width)
    return Index(
        encoder=name,
        documents=tuple(documents),
        sentence_starts=np.cumsum([0, *map(len, parts)], dtype=np.int64),
        wholes=embedded,
        parts=Units.of([units[text] for text in flat], encoder.width),
        rarity=Rarity.of(units[text].ids for text in wholes),
        dense=Dense.of(embedded.vectors),
        lexical=Lexical.of([words(text) for text in wholes]),
        words=table,
    )


def _known(old: Index) -> dict[str, Unit]:
    """What an index has embedded, by text."""
    wholes = [passage_text(passage) for passage in old.passages]
    flat = [text for passage in old.passages for text in sentence_texts(passage)]
    return dict(zip((*wholes, *flat), (*old.wholes, *old.parts), strict=True))
