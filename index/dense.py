"""Dense retrieval: exact inner products of sentence vectors in FAISS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import faiss


class Dense:
    """A FAISS index of unit vectors, one for each passage, in their order."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Dense:
        """vectors: float32 (n, d), unit rows."""
        import faiss

        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index)

    @classmethod
    def from_bytes(cls, data: bytes) -> Dense:
        """What bytes() gave."""
        import faiss

        return cls(faiss.deserialize_index(np.frombuffer(data, np.uint8)))

    def __bytes__(self) -> bytes:
        import faiss

        return bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def width(self) -> int:
        """The vectors' width d."""
        return int(self._index.d)

    def vectors(self) -> NDArray[np.float32]:
        """float32 (n, d): the vectors as they were added."""
        found: NDArray[np.float32] = self._index.reconstruct_n(0, len(self))
        return found

    def scores(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 (n,): the cosine of each passage's vector with vector, float32 (d,), unit."""
        scores = np.zeros(len(self), np.float32)
        if len(self):
            found, rows = self._index.search(vector[None, :], len(self))
            scores[rows[0]] = found[0]
        return scores
