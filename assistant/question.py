"""What is asked: a question checked, folded, and its language told."""

from __future__ import annotations

import re
import unicodedata

from assistant.errors import QuestionEmpty, QuestionTooLong, QuestionUnreadable
from assistant.records import Question
from corpus.language import fold, language

LONGEST = 1_000
"""Characters of a question after folding."""

_ASKS_VALUE = re.compile(
    r"多少|(?<![近这哪前后十好])几(?![乎何])|(?<!哪)多大|多高|多长|多快|多远|多久|比例|比重|占比|"
    r"\bhow (?:many|much|long|high|large|big|far|fast|often|dense)\b|"
    r"\bwhat(?: is|['’]s| was| are| will be)?(?: the)?(?: [\w'’-]+){0,3} "
    r"(?:share|percentage|proportion|rate|number|value|total|target|amount|ratio|size|density)\b"
)
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.]|\s*[万亿个元人家户名条项件%％‰])")


def read(text: str, lang: str | None = None) -> Question:
    """The question that text is. lang: the language of the answer; none: the question's own.

    Raises QuestionEmpty, QuestionTooLong or QuestionUnreadable.
    """
    for char in text:
        # Cc: control, Cs: half a character. Tabs and line breaks are mere white space.
        if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\t\n\r":
            raise QuestionUnreadable(code=f"U+{ord(char):04X}")
    folded = fold("".join(char for char in text if unicodedata.category(char) != "Cf"))
    if not folded:
        raise QuestionEmpty
    if len(folded) > LONGEST:
        raise QuestionTooLong(got=len(folded), most=LONGEST)
    return Question(folded, lang or language(folded))


def asks_value(question: Question) -> bool:
    """Whether a number is asked for, by how the question is put."""
    return _ASKS_VALUE.search(question.text) is not None


def years(question: Question) -> tuple[str, ...]:
    """The years that a question names, in order."""
    return tuple(_YEAR.findall(question.text))
