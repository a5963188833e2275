"""Which passages may be found: those of some documents, and of a section."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from corpus import outline
from index.records import Index


def allowed(
    index: Index, documents: Collection[str] | None = None, section: str | None = None
) -> NDArray[np.bool_]:
    """bool (n,): which passages are of documents (None: of any), and in a section or one in it."""
    if documents is None and section is None:
        return np.ones(len(index.passages), bool)
    names = {
        (document.id, found.id)
        for document in index.documents
        if documents is None or document.id in documents
        for found in (
            document.sections if section is None else outline.inside(document.sections, section)
        )
    }
    found = ((passage.document, passage.section) in names for passage in index.passages)
    return np.fromiter(found, bool, len(index.passages))
