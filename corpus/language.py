"""The language of a text, and folding: what makes two spellings of one thing equal.

Folded text is for matching only. What a reader sees stays what the source says.
"""

from __future__ import annotations

import re
import unicodedata

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """One spelling for full and half width, case and white space (NFKC, casefold)."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def key(text: str) -> str:
    """fold() without spaces and punctuation: equal for two writings of one heading."""
    return _NOT_WORD.sub("", fold(text))


def language(text: str) -> str:
    """ "zh" or "en", whichever script says more; one Han character counts as a word."""
    return "zh" if len(HAN.findall(text)) >= max(1, len(_LATIN_WORD.findall(text))) else "en"
