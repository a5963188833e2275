"""What is asked: a question checked, tidied, and its language told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from assistant.errors import QuestionEmpty, QuestionTooLong, QuestionUnreadable
from assistant.records import Question
from corpus.language import HAN, close_up, is_other_script, language, simplify, tidy
from corpus.numbers import MEASURE_OF, Measure

LONGEST = 1_000
"""Characters of a question, tidied."""
_LONGEST_TYPED = 100 * LONGEST
"""White space and format characters go, but not without end."""

_LATIN = re.compile(r"[a-z\u00c0-\u024f]+", re.IGNORECASE)
_FEWEST = 3
_ASKS_VALUE = re.compile(
    r"多少|(?<![近这哪前后十好])几(?![乎何])|(?<!哪)多大|多高|多长|多快|多远|多久|比例|比重|占比|"
    r"\bhow (?:many|much|long|high|large|big|far|fast|often|dense)\b|"
    r"\bwhat(?: is|['’]s| was| are| will be)?(?: the)?(?: [\w'’-]+){0,3} "
    r"(?:share|percentage|proportion|rate|number|value|total|target|amount|ratio|size|density)\b",
    re.IGNORECASE,
)
_MANY = r"(?:多少|(?<![近这哪前后十好])几)\s*[十百千万亿]*\s*"
_ENGLISH_UNIT = r"\bhow (?:many|much) (?:more |new )?"
_MEASURES = (
    (Measure.TIME, r"多久|多长时间|\bhow (?:soon|long does)\b"),
    (Measure.TIME, rf"{_ENGLISH_UNIT}(?:years?|months?|days?|hours?|minutes?|time)\b"),
    (Measure.LENGTH, r"多长|多远|\bhow far\b"),
    (Measure.LENGTH, rf"{_ENGLISH_UNIT}(?:kilomet|met|mile|km)"),
    (Measure.AREA, rf"{_ENGLISH_UNIT}(?:square|sq|hectare|mu\b|land\b|space\b)"),
    (Measure.MONEY, rf"多少钱|{_ENGLISH_UNIT}(?:yuan|rmb|money|dollars?)\b"),
    (Measure.SHARE, rf"百分之几|比例|比重|占比|{_ENGLISH_UNIT}per ?cent"),
    (Measure.SHARE, r"\b(?:share|percentage|proportion)\b"),
    (Measure.COUNT, r"\bhow many\b"),
)
_MEASURE_FORMS = [(measure, re.compile(form, re.IGNORECASE)) for measure, form in _MEASURES]
_MANY_UNIT = re.compile(_MANY + "(" + "|".join(sorted(MEASURE_OF, key=len, reverse=True)) + ")")
_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.]|\s*[万亿个元人家户名条项件%％‰])")


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


def asks_value(question: Question) -> bool:
    """Whether a number is asked for, by how the question is put."""
    return _ASKS_VALUE.search(question.search) is not None


def measure(question: Question) -> Measure | None:
    """What the value that is asked for measures, where the question says so: 多少个, how many."""
    unit = _MANY_UNIT.search(question.search)
    if unit is not None:
        return MEASURE_OF[unit[1]]
    forms = (found for found, form in _MEASURE_FORMS if form.search(question.search))
    return next(forms, None)


def years(question: Question) -> tuple[str, ...]:
    """The years that a question names, in order."""
    return tuple(_YEAR.findall(question.search))
