"""What is asked: a question checked, tidied, and its language told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from assistant.errors import QuestionEmpty, QuestionTooLong, QuestionUnreadable
from assistant.records import Question
from corpus.language import HAN, close_up, is_other_script, language, simplify, tidy
from index.tokens import is_wordless

LONGEST = 1_000
"""Characters of a question, tidied."""
_LONGEST_TYPED = 100 * LONGEST
"""White space and format characters go, but not without end."""

_LATIN = re.compile(r"[a-z\u00c0-\u024f]+", re.IGNORECASE)
_FEWEST = 3
_LONGEST_SHORT = 4
_MARKUP = re.compile(
    r"<[a-z!/][^<>]*>|\{\{.*\}\}|\$\{|\bselect (?:\*|\w+(?:, ?\w+)*) from\b|\b(?:drop|alter|create|"
    r"truncate) table\b|"
    r"\bunion (?:all )?select\b|\binsert into\b|\bdelete from\b|'\s*(?:or|"
    r"and)\s+'?\d'?\s*=|;\s*--|"
    r"\bjavascript:|\bonerror\s*=|(?:\.\./){2}|=>|[{}\[\];]{3}",
    re.IGNORECASE | re.DOTALL,
)
"""Markup, queries of databases and code: sent to try the software, never to ask the plan."""
_COMMANDS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|prompts?)\b|"
    r"\b(?:ignore|disregard|forget) (?:all|everything|anything|the)\b.{0,20}"
    r"\b(?:above|previous|prior|before|rules)\b|"
    r"\b(?:system prompt|you are now|pretend (?:to be|you)|jailbreak)\b|"
    r"(?:忽略|无视|忘记|忘掉|不要理会).{0,12}(?:指令|提示|设定|以上|上述|(?:之前|上面)的|规则)|系统提示词|"
    r"你现在是",
    re.IGNORECASE | re.DOTALL,
)
"""Orders to a language model instead of a question."""


_GREETING = re.compile(
    r"(?:(?:谢谢|多谢|感谢|你好|您好|早上好|再见|拜拜|好的|知道了|嗯|哦|[你您了啊呀啦！!。，, ]|"
    r"hi|hello|hey|thanks?|thank you|thx|ok(?:ay)?|bye|goodbye|good (?:morning|afternoon|evening))"
    r"[\s,.!！。，]*)+",
    re.IGNORECASE,
)
"""Civilities, which ask nothing."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def read(text: str, lang: str | None = None) -> Question:
    """The question that text is. lang: the language of the answer; none: the question's own.

    Raises QuestionEmpty, QuestionTooLong or QuestionUnreadable.
    """
    if len(text) > _LONGEST_TYPED:
        raise QuestionTooLong(got=len(text), most=LONGEST)
    for char in text:
        # Cc: control, Cs: half a character. Tabs and line breaks are mere white space.
        if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n\r":
            raise QuestionUnreadable(code=f"U+{ord(char):04X}")
    typed = tidy("".join(char for char in text if unicodedata.category(char) != "Cf"))
    if not typed:
        raise QuestionEmpty
    if len(typed) > LONGEST:
        raise QuestionTooLong(got=len(typed), most=LONGEST)
    return Question(typed, lang or language(typed), close_up(simplify(typed)))


def is_other(text: str, knows: Callable[[str], bool]) -> bool:
    """Whether a question seems to be neither Chinese nor English.

    By its script; in Latin letters by its words: at least three, less than half of them known.
    (A library that tells languages apart takes 120 MB, and is unsure of so few words.)
    """
    if is_other_script(text):
        return True
    if HAN.search(text):
        return False
    words = [word.casefold() for word in _LATIN.findall(text)]
    return len(words) >= _FEWEST and 2 * sum(map(knows, words)) < len(words)


def is_junk(text: str, knows: Callable[[str], bool], *, follows: bool = False) -> bool:
    """Whether text is no question at all: no words, markup, code, orders to a machine, or keys hit
    at random. knows: whether an English word, folded, is known. follows: whether it comes after
    other questions; then a year alone may be one: 2019?"""
    if is_wordless(text) or _MARKUP.search(text) or _COMMANDS.search(text):
        return True
    if _GREETING.fullmatch(text):
        return True
    if HAN.search(text) or is_other_script(text):
        return False
    words = _LATIN.findall(text)
    if not words:
        return not (follows and _YEAR.search(text))  # figures alone
    if any(knows(word.casefold()) for word in words):
        return False
    is_repeated = len(words) > 1 and len({*words}) == 1
    return is_repeated or all(map(_unsayable, words))


def _unsayable(word: str) -> bool:
    """Whether a word has no vowels, or five consonants in a row. One in capitals is short for
    something."""
    if word.isupper() and len(word) <= _LONGEST_SHORT:
        return False
    word = word.casefold()
    return not re.search(r"[aeiouyà-ÿ]", word) or re.search(r"[^aeiouyà-ÿ]{5}", word) is not None
