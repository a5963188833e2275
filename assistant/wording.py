"""An answer's words in the asker's language, and what the reader should know of them."""

from __future__ import annotations

from assistant import answer, english
from assistant.evidence import Evidence
from assistant.records import Note, Question


def say(
    question: Question, evidence: Evidence, language: str = "zh"
) -> tuple[str | None, str, tuple[Note, ...]]:
    """The short answer, the sentence, and the notes. language: the document's own.

    In English the sentence is the translation's; where there is none, or it is withheld, it is the
    plan's own, and a note says so.
    """
    value = answer.value(question, evidence)
    if question.lang != "en" or language == "en":
        return value.words if value else None, evidence.text, notes(question)
    short = english.short(value, evidence) if value else None
    told = answer.rendering(evidence)
    if told is None:
        return short, evidence.text, (*notes(question), Note.NOT_TRANSLATED)
    return short, told.text, (*notes(question), Note.UNOFFICIAL_TRANSLATION)


def notes(question: Question) -> tuple[Note, ...]:
    """What is to be said of how the question was read."""
    found = [Note.OTHER_LANGUAGE] if question.is_other else []
    return (*found, Note.READ_AS) if question.was_corrected else tuple(found)


_NOTES = {
    Note.UNOFFICIAL_TRANSLATION: (
        "英文为非正式译文，以中文原文为准。",
        "The English is an unofficial translation; the Chinese text alone is authoritative.",
    ),
    Note.NOT_TRANSLATED: (
        "这一句没有英文译文，以下是中文原文。",
        "There is no English translation of this sentence; it is shown in Chinese.",
    ),
    Note.OTHER_LANGUAGE: (
        "问题似乎不是中文或英文，只能回答这两种语言的问题，结果可能不准。",
        "The question seems to be in neither Chinese nor English. Only these two are understood, "
        "so the answer, in English, may miss what was meant.",
    ),
    Note.READ_AS: ("按“{read_as}”理解。", "Read as “{read_as}”."),
}
_NOTHING = {
    "not_a_question": ("没有可以查找的文字。", "There is no word in it to look for."),
    "nothing_matches": (
        "所选的文件里没有相关内容。",
        "Nothing in the chosen documents has to do with it.",
    ),
}


ABOUT_QUESTION = frozenset({Note.OTHER_LANGUAGE, Note.READ_AS})
"""The notes that a reader wants before the answer; the others come after it."""


def note(found: Note, question: Question) -> str:
    """A note in the language of the answer."""
    return _NOTES[found][question.lang == "en"].format(read_as=question.search)


def nothing(reason: str, lang: str) -> str:
    """Why there is no answer, in lang."""
    return _NOTHING[reason][lang == "en"]
