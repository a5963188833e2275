"""Enumerations in a sentence: A、B和C; "A, B, and C"; and how many items a question asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.outline import numeral
from corpus.years import COUNTS

_ENDS = {
    "zh": re.compile(r"[，；。：！？;?!]|(?<!\d)[,:]|[,:](?!\d)"),
    "en": re.compile(r"[;:?!]|[,.](?=\s|$)"),
}
_LISTED = re.compile(r"[^，；。：！？,;:?!]*[、”][^，；。：！？,;:?!]*")
_BETWEEN = re.compile(r"、|(?<=”)(?=“)")
_LAST = re.compile(r"(?:和|及|与|以及|或)(?=[^、]*$)")
_WORDS = r"(?:[^,;:.?!()]|(?<=\d)[.,](?=\d))+"
_ENGLISH = re.compile(rf"{_WORDS}(?:, {_WORDS})+,? (?:and|or) {_WORDS}|{_WORDS} and {_WORDS}")
_ASKED = re.compile(
    r"哪([一二两三四五六七八九十]+|[0-9]{1,2})(?:[个项种类条样大句点家座字]|(?=[\u4e00-\u9fff]))"
    r"|(?<![第十0-9])([二两三四五六七八九])[\u4e00-\u9fff]{1,3}[”\"]?(?:分别)?(?:是|指)"
    r"|\b(?:which|what|name|list|the|are) "
    r"(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"(?! (?:years|districts|months|days))",
    re.IGNORECASE,
)
NUMBERS = ("zero", *COUNTS, "eleven", "twelve")
"""By what they count."""
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Enumeration:
    """text[start:end], a clause that lists so many items."""

    start: int
    end: int
    items: int


def enumerations(text: str, lang: str) -> list[Enumeration]:
    """The enumerations of a sentence in "zh" or "en", in order."""
    found = []
    for match in (_LISTED if lang == "zh" else _ENGLISH).finditer(text):
        words = match[0]
        if lang == "zh":
            items = len(_BETWEEN.findall(words)) + 1 + bool(_LAST.search(words))
        else:
            items = words.count(", ") + 1 + (", and " not in words and ", or " not in words)
        if items >= _FEWEST:
            found.append(Enumeration(match.start(), match.end(), items))
    return found


def clauses(text: str, lang: str) -> list[tuple[int, int]]:
    """(start, end) of the clauses of a sentence, without the punctuation between them."""
    ends = [match.start() for match in _ENDS[lang].finditer(text)]
    starts = [0, *(match.end() for match in _ENDS[lang].finditer(text))]
    spans = zip(starts, [*ends, len(text)], strict=True)
    return [(start, end) for start, end in spans if text[start:end].strip()]


def asked(question: str) -> int | None:
    """How many items a question asks for, where it says so: 哪三种, which five."""
    found = _ASKED.search(question)
    if found is None:
        return None
    if found[3]:
        return NUMBERS.index(found[3].casefold())
    number = numeral(found[1] or found[2])
    return number if number >= _FEWEST else None
