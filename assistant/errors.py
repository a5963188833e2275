"""What a caller can do wrong, by name; each interface maps it once.

AssistantError
├── BadInput
│   ├── QuestionEmpty       nothing but white space
│   ├── QuestionTooLong     more than 1,000 characters
│   ├── QuestionUnreadable  control characters
│   ├── SectionUnknown      a filter names a section that no document has
│   └── PeriodUnreadable    a filter names no time
├── NotFound
│   ├── DocumentUnknown
│   └── PassageUnknown
└── NotReady                no index, or one that cannot be read
"""

from __future__ import annotations

_MESSAGES = {
    "question-empty": (
        "问题是空的：请输入要问的内容。",
        "The question is empty: please ask something.",
    ),
    "question-too-long": (
        "问题太长：{got} 个字符，最多 {most} 个。",
        "The question is too long: {got} characters, at most {most}.",
    ),
    "question-unreadable": (
        "问题中有控制字符（{code}）：请只输入文字。",
        "The question holds a control character ({code}): please send text only.",
    ),
    "section-unknown": ("没有章节“{name}”。", "There is no section “{name}”."),
    "period-unreadable": (
        "“{name}”不是时间：请写年份，如 2025、2016-2020，或者“十四五”。",
        "“{name}” is no time: please give years, like 2025 or 2016-2020, or name a five-year plan.",
    ),
    "document-unknown": ("没有文件“{name}”。", "There is no document “{name}”."),
    "passage-unknown": ("没有段落“{name}”。", "There is no passage “{name}”."),
    "not-ready": ("索引尚不可用：{why}", "The index is not available: {why}"),
}


class AssistantError(Exception):
    """A request that cannot be met. slug: its stable name; fields: what fills its message."""

    slug = ""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.message("en"))

    def message(self, lang: str) -> str:
        """One line in the caller's language, "zh" or anything else for English."""
        chinese, english = _MESSAGES[self.slug]
        message = (chinese if lang == "zh" else english).format(**self.fields)
        # What was sent may hold half a character, which no response can.
        return message.encode("utf-8", "backslashreplace").decode("utf-8")


class BadInput(AssistantError):
    """The request itself is wrong."""


class NotFound(AssistantError):
    """The request names something that is not there."""


class QuestionEmpty(BadInput):
    """Nothing but white space."""

    slug = "question-empty"


class QuestionTooLong(BadInput):
    """More characters than a question may have."""

    slug = "question-too-long"


class QuestionUnreadable(BadInput):
    """Control characters, which no question needs and no log should hold."""

    slug = "question-unreadable"


class SectionUnknown(BadInput):
    """A filter names a section that no document has."""

    slug = "section-unknown"


class PeriodUnreadable(BadInput):
    """A filter names no time."""

    slug = "period-unreadable"


class DocumentUnknown(NotFound):
    """No document of that id."""

    slug = "document-unknown"


class PassageUnknown(NotFound):
    """No passage of that id."""

    slug = "passage-unknown"


class NotReady(AssistantError):
    """No index, or one that cannot be read."""

    slug = "not-ready"
