"""What the stages of `index` agree on: the encoder's protocol and what it returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text seen by the encoder.

    sentence: float32 (d,), unit; tokens: float32 (t, d), unit rows, without <s>, </s> and the
    prompt; ids: int64 (t,), the tokens' vocabulary ids. ends: int64 (t,), where each token's
    words end in the text; all 0 where the encoder cannot tell.
    """

    sentence: NDArray[np.float32]
    tokens: NDArray[np.float32]
    ids: NDArray[np.int64]
    ends: NDArray[np.int64]


class Encoder(Protocol):
    """Text to vectors. A text longer than `max_tokens` is cut at its end."""

    name: str  # "e5-small-zh-en", or what the user named
    digest: str  # "sha256:…" of everything that determines the vectors
    width: int
    max_tokens: int

    def query(self, text: str) -> Encoded:
        """A question, with the model's prompt for questions."""
        ...

    def passages(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """In the order of `texts`; each text's vectors depend on that text alone."""
        ...

    def count(self, text: str) -> int:
        """Tokens of a passage with its prompt and specials, before any cut at `max_tokens`."""
        ...
