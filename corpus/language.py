"""The language of a text, and folding: what makes two spellings of one thing equal.

Folded text is for matching only. What a reader sees stays what the source says.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HAN_RUN = re.compile(rf"{HAN.pattern}+")
_INSIDE = re.compile(rf"(?<={HAN.pattern})\s+(?=\d|{HAN.pattern})|(?<=\d)\s+(?={HAN.pattern})")
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[\W_]+")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def tidy(text: str) -> str:
    """One spelling for full and half width and white space (NFKC); case stays, names have it."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def fold(text: str) -> str:
    """tidy() in one case, for comparing."""
    return tidy(unicodedata.normalize("NFKC", text).casefold())


def key(text: str) -> str:
    """fold() without spaces and punctuation: equal for two writings of one heading."""
    return _NOT_WORD.sub("", fold(text))


def simplify(text: str) -> str:
    """text with Traditional characters as Simplified ones (OpenCC), for matching only."""
    # Run by run: OpenCC drops white space beside Chinese characters.
    return _HAN_RUN.sub(lambda run: _converter().convert(run[0]), text)


def half_width(text: str) -> str:
    """text with full width letters, digits and signs as ASCII, so every offset stays."""
    return text.translate(_FULL_WIDTH)


def close_up(text: str) -> str:
    """text without white space between Chinese characters, or between them and numbers."""
    return _INSIDE.sub("", text)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC

    return OpenCC("t2s")


def is_other_script(text: str) -> bool:
    """Whether text is written in neither Chinese nor Latin letters: kana, Hangul, Cyrillic …"""
    text = unicodedata.normalize("NFKC", text)
    letters = [char for char in text if char.isalpha()]
    own = [char for char in letters if HAN.match(char) or _is_latin(char)]
    return _KANA.search(text) is not None or 2 * len(own) < len(letters)


def _is_latin(char: str) -> bool:
    return char.isascii() or unicodedata.name(char, "").startswith("LATIN")


def language(text: str) -> str:
    """ "zh" or "en", whichever script says more; one Han character counts as a word."""
    return "zh" if len(HAN.findall(text)) >= max(1, len(_LATIN_WORD.findall(text))) else "en"
