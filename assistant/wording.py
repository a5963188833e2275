"""What is told of an answer in the asker's language: notes, and why a question was not answered."""

from __future__ import annotations

from assistant.records import Note, Question, Reason


def notes(question: Question) -> tuple[Note, ...]:
    """What is to be said of how the question was read."""
    found = [Note.OTHER_LANGUAGE] if question.is_other else []
    is_changed = question.was_corrected or question.was_completed
    return (*found, Note.READ_AS) if is_changed else tuple(found)


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
    Note.COMPLETE: ("以上为规划所列的全部。", "This is all that the plan lists."),
    Note.COMPUTED: (
        "差额由上述两个数值算出，规划没有直接给出。",
        "The difference is computed from the two values; the plan itself does not state it.",
    ),
}
_REASONS = {
    Reason.NOT_A_QUESTION: (
        "没有可以查找的问题。请用中文或英文写一句话。",
        "There is no question in it to look for. Please ask in Chinese or English.",
    ),
    Reason.NOTHING_MATCHES: (
        "所选的文件里没有相关内容。",
        "Nothing in the chosen documents has to do with it.",
    ),
    Reason.OUTSIDE_PLAN: (
        "这个问题不在规划的范围内。",
        "The question lies outside the plan.",
    ),
    Reason.PLAN_SILENT: (
        "规划中没有找到对此的说明。",
        "The plan does not seem to say anything about this.",
    ),
    Reason.OTHER_PERIOD: (
        "规划没有给出“{missing}”的情况；它写明的是：",
        "The plan does not state this for “{missing}”. What it does state:",
    ),
    Reason.NAME_NOT_STATED: (
        "规划的这部分没有提到“{missing}”；它写明的是：",
        "This part of the plan does not mention “{missing}”. What it does state:",
    ),
    Reason.AMOUNT_NOT_STATED: (
        "规划里没有“{missing}”这个数；它写明的是：",
        "The plan does not state the number “{missing}”. What it does state:",
    ),
    Reason.VALUE_NOT_STATED: (
        "规划提到了相关内容，但没有给出这个数；它写明的是：",
        "The plan speaks of this, but does not give that number. What it does state:",
    ),
    Reason.DATE_NOT_STATED: (
        "规划提到了相关内容，但没有说明时间；它写明的是：",
        "The plan speaks of this, but does not say when. What it does state:",
    ),
    Reason.BODY_NOT_STATED: (
        "规划提到了相关内容，但没有说明由谁负责；它写明的是：",
        "The plan speaks of this, but does not say who. What it does state:",
    ),
    Reason.PLACE_NOT_STATED: (
        "规划提到了相关内容，但没有说明地点；它写明的是：",
        "The plan speaks of this, but does not say where. What it does state:",
    ),
    Reason.MEANING_NOT_STATED: (
        "规划用到了这个说法，但没有解释它；它写明的是：",
        "The plan uses this term, but does not explain it. What it does state:",
    ),
    Reason.DETAIL_NOT_STATED: (
        "规划没有明确说明这一点；最接近的是：",
        "The plan does not clearly state this. The nearest that it says:",
    ),
}
ABOUT_QUESTION = frozenset({Note.OTHER_LANGUAGE, Note.READ_AS})
"""The notes that a reader wants before the answer; the others come after it."""


def note(found: Note, question: Question) -> str:
    """A note in the language of the answer."""
    return _NOTES[found][question.lang == "en"].format(read_as=question.search)


def reason(found: Reason, lang: str, missing: str = "") -> str:
    """Why a question was not answered, in lang. missing: what it names and the plan lacks."""
    return _REASONS[found][lang == "en"].format(missing=missing)
