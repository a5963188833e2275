"""Whether a text says what a gold answer wants."""

from __future__ import annotations

import re
import unicodedata

from eval.questions import Facts

_BETWEEN = re.compile(r"(?<!\d)[ \n\r\u3000]+|[ \n\r\u3000]+(?!\d)")
"""White space that separates no two numbers."""
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"


def says(text: str, facts: Facts) -> bool:
    """Whether text has one wording of every fact; a number must be the whole number."""
    told = _plain(text)
    return all(any(_form(wording).search(told) for wording in fact) for fact in facts)


def _plain(text: str) -> str:
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _form(wording: str) -> re.Pattern[str]:
    words = _plain(wording)
    before = ""
    if words[:1].isdigit():
        before = r"(?<!\d)(?<!\d[.,])(?<!\d[-~–—～])"
    elif words[:1] in _NUMERALS:
        before = f"(?<![{_NUMERALS}])"
    after = r"(?![\d]|[.,]\d)" if words[-1:].isdigit() else ""
    return re.compile(before + re.escape(words) + after)
