"""What a caller tells of a conversation, as exchanges that a follow-up can lean on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from assistant import followup, question
from assistant.errors import BadInput
from assistant.records import Exchange
from assistant.service import Assistant

LOOKED_AT = 2 * followup.MEMORY
"""How many of the last questions are read: those that a follow-up may lean on, and those before
them that they may have leant on themselves."""


def exchanges(assistant: Assistant, told: Iterable[tuple[str, str | None]]) -> tuple[Exchange, ...]:
    """The questions of told, oldest first, each as it is searched, with what it was answered.

    One that leant on those before it is completed, so told may have questions as they were typed.
    One that cannot be read, or is none, is left out.
    """
    last = list(told)[-LOOKED_AT:]
    found: list[Exchange] = []
    for text, answer in last:
        try:
            asked = assistant.read(text)
        except BadInput:
            continue
        if question.is_junk(asked.text, assistant.searcher.knows, follows=bool(found)):
            continue
        asked = followup.complete(asked, found, assistant.searcher, assistant.plan)
        found.append(Exchange(asked.search, _readable(answer or "")))
    return tuple(found)


def _readable(text: str) -> str:
    """text without control characters and half characters: its words may come back in an answer."""
    return "".join(char for char in text if char in "\t\n" or unicodedata.category(char)[0] != "C")
