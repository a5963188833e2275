"""Whether an answer is right: what it shows, held against the facts of its gold question."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.api.schemas import AskResponse
from assistant.records import Status
from corpus.figures import figures
from corpus.language import HAN
from eval.facts import says
from eval.questions import Facts, Question

LONGEST = {"zh": 120, "en": 300}
"""Characters of the text of an answer to a question for a value; a longer one is wrong."""
LONGEST_SHORT = 120
"""Characters of a short answer as the plan words it; a longer one is none."""
_AMOUNTS = frozenset({"value", "share", "count"})


def told(answer: AskResponse) -> str:
    """What an answer comes to in the plan's words: the short answer, or else the quotes."""
    short = answer.answer.short_original if answer.answer else None
    return short or _quotes(answer)


def _quotes(answer: AskResponse) -> str:
    return "\n".join(citation.quote for citation in answer.citations)


def text_right(gold: Question, answer: AskResponse) -> bool:
    """Whether the answer's sentences say all that they must, and, for a value, say it briefly.

    A difference and a count must be the right ones. Of an English text see _says().
    """
    said = answer.answer
    if answer.status is not Status.ANSWERED or said is None:
        return False
    if gold.count is not None:
        return bool(_number(gold.count).search(f"{said.short} {said.text}"))
    if gold.difference is not None and not short_right(gold, answer):
        return False
    if gold.type in _AMOUNTS and len(said.text) > LONGEST[answer.lang]:
        return False
    return _says(answer, said.text, gold.answers)


def _says(answer: AskResponse, text: str, facts: Facts) -> bool:
    """Whether a text of an answer says facts, which are worded as the plan words them.

    In English the quotes must say them, the text must be made of the translations beside these, and
    the figures of the facts must stand in it, as English writes them.
    """
    if answer.lang == "zh":
        return says(text, facts)
    beside = _tight(
        " ".join(
            one.quote if one.translation is None else one.translation.text
            for one in answer.citations
        )
    )
    pieces = (_tight(piece).strip("…") for piece in re.split(r"\n|; ", text))
    return (
        says(_quotes(answer), facts)
        and all(piece in beside for piece in pieces)
        and _has_figures(text, facts)
    )


def _has_figures(text: str, facts: Facts) -> bool:
    """Whether an English text has the figures of every fact, in one of its wordings."""
    own = _values(text)
    return all(any(_values(words, "zh") <= own for words in fact) for fact in facts)


def _values(text: str, lang: str = "en") -> set[Decimal]:
    """What the figures of a text amount to; English ones may be those of a Chinese quote in it."""
    own = {figure.value for figure in figures(text, lang)}
    return own | _values(text, "zh") if lang == "en" and HAN.search(text) else own


def _tight(text: str) -> str:
    return re.sub(r"\s", "", text)


def short_right(gold: Question, answer: AskResponse) -> bool | None:
    """Whether the short answer says what it must; None where the question expects none."""
    said = answer.answer
    if gold.count is not None:
        return bool(said and said.short and _number(gold.count).search(said.short))
    if gold.difference is not None:
        return bool(said and said.difference and says(said.difference, ((gold.difference,),)))
    if gold.short is None:
        return None
    words = said.short_original if said else None
    if answer.status is not Status.ANSWERED or said is None or words is None:
        return False
    is_brief = len(words) <= LONGEST_SHORT
    if gold.type in _AMOUNTS:
        is_brief = is_brief and len(re.findall(r"\d[\d.]*", words)) <= 2
    shown = _is_shown(said.short or "", words, answer.lang, gold.short)
    return is_brief and shown and says(words, gold.short)


def _is_shown(short: str, words: str, lang: str, facts: Facts) -> bool:
    """Whether what is shown as the short answer is the plan's words, or in English has them in
    brackets behind the figures of facts."""
    if lang == "zh" or short == words:
        return short == words
    own = short.removesuffix(f"({words})")
    return own != short and _has_figures(own, facts)


def _number(number: int) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.]){number}(?![\d.])")
