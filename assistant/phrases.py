"""The words of a sentence that answer by themselves: a name, a list, a meaning, a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from assistant import enumeration
from assistant.enumeration import clauses
from assistant.intent import Intent
from assistant.kinds import TIMES, Kind
from corpus.columns import binding, name_column
from corpus.periods import holding, periods
from corpus.records import Passage
from index.contracts import Encoded
from index.spans import Match

Place = tuple[int, int]
PHRASED = frozenset(
    {
        Kind.LIST,
        Kind.DEFINITION,
        Kind.PLACE,
        Kind.BODY,
        Kind.NAME,
        Kind.YESNO,
        Kind.DATE,
        Kind.PERIOD,
        Kind.TOPIC,
    }
)
"""The kinds of question that get a phrase; how and why get whole sentences."""
BODY = re.compile(
    r"委员会|部门|[局院办厅]|中心|公司|企业|大学|高校|组织|机构|政府|法院|协会|商会|队伍|支部|医院|街道|"
    r"党委|党组|团体|工会|妇联|平台|单位"
)
"""How bodies are named in Chinese."""
_BODY_EN = re.compile(
    r"[A-Z]\w+.*\b(?:hospital|university|committee|department|congress|cent(?:er|"
    r"re)|exchange|institute|"
    r"company|bureau|office|association|union|federation|platform|academy|home)s?\b|\bgovernment\b|"
    r"\b(?:departments|offices|committees|enterprises|hospitals|universities)\b",
    re.IGNORECASE,
)
_EXPLAINED = {
    "zh": re.compile(r"^\s*[^：:]{1,40}[：:]\s*"),
    "en": re.compile(r"^\s*[^:]{1,80}:\s*"),
}
_FOCUS = re.compile(
    r"(?:哪|什么样?的?|啥|何种)(?:一?[个些家所条种类项座块样段片几两二三四五六七八九十]*)"
    r"(?:[\u4e00-\u9fff]{0,6})"
    r"|\b(?:which|what|whose)(?: (?:the|is|are|two|three|four|five|kinds? of|types? of))*"
    r"(?: [\w'-]+){1,3}",
    re.IGNORECASE,
)
_OF_TITLE = re.compile(r"[”\"]?\s*(?:规划|纲要|远景|Plan for)")
_FIELD = re.compile(r"[^；]+")
_QUARTERS = re.compile(r"季度|\bquarter\b")
_DAY = re.compile(
    r"(?:每年)?\d{1,2}月(?:\d{1,2}日)?(?:[至到—-]\d{1,2}月(?:\d{1,2}日)?)?|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December) \d{1,2}\b"
)
_QUARTER = re.compile(r"[一二三四]季度|\b(?:first|second|third|fourth) quarter\b")
_FOCUS_WEIGHT, _DISTANCE, _FITS, _SAME = 4.0, 0.005, 0.05, 0.02
"""What a token of "which hospital" counts on top of its idf; what a clause loses for each that
stands between it and the one most like the question; what it gains where it has what the kind of
answer has, and for each pair of characters of what is asked for. Chosen on the development
questions."""


@dataclass(frozen=True)
class Held:
    """A question held against one sentence, in one language.

    text: the sentence, as match's offsets count it.
    """

    question: str
    query: Encoded
    intent: Intent
    text: str
    lang: str
    match: Match | None

    def phrase(
        self,
        plan: tuple[int, int] | None,
        *,
        is_footnote: bool = False,
        support: Callable[[Place], float] | None = None,
    ) -> Place | None:
        """Where in text the answer stands; None where the question wants whole sentences.

        support: what else speaks for a part, on the scale of MaxSim.
        """
        if self.intent.kind not in PHRASED:
            return None
        if self.intent.kind in TIMES:
            return self._time(plan)
        if is_footnote:
            head = _EXPLAINED[self.lang].match(self.text)
            if head is not None and head.end() < len(self.text):
                return self.trimmed(head.end(), len(self.text))
        parts = self._exact() or clauses(self.text, self.lang)
        return self.trimmed(*parts[self._best(parts, support)]) if parts else None

    def _exact(self) -> list[Place]:
        """The clauses that list as many items as are asked for."""
        wanted = enumeration.asked(self.question)
        found = enumeration.enumerations(self.text, self.lang)
        return [(one.start, one.end) for one in found if one.items == wanted]

    def _best(self, parts: list[Place], support: Callable[[Place], float] | None) -> int:
        if self.match is None:
            return 0
        more = np.array([support(part) if support else 0.0 for part in parts])
        nearest = self.scores(parts, focus=False) + more
        first = int(np.argmax(nearest))
        scores = self.scores(parts, focus=True) + more
        scores -= _DISTANCE * np.abs(np.arange(len(parts)) - first)
        scores += _FITS * np.array([self._fits(part) for part in parts])
        scores += _SAME * np.array([self._same(part) for part in parts])
        return int(np.argmax(scores))

    def _same(self, part: Place) -> int:
        """How many pairs of characters a part shares with what is asked for, of 哪个体育场 two."""
        found = _FOCUS.search(self.question)
        if found is None or self.lang != "zh":
            return 0
        words, asked = self.text[part[0] : part[1]], found[0]
        return sum(asked[n : n + 2] in words for n in range(len(asked) - 1))

    def scores(self, parts: list[Place], *, focus: bool) -> NDArray[np.float64]:
        """float64 (n,): MaxSim of the question with each part; focus: of what it asks for most."""
        assert self.match is not None
        weights = self.match.weights
        found = _FOCUS.search(self.question) if focus else None
        if found is not None and len(weights):
            ends = self.query.ends
            weights = weights * (
                1 + _FOCUS_WEIGHT * ((ends > found.start()) & (ends <= found.end()))
            )
            weights /= weights.sum()
        return np.array([float(weights @ self.match.covered(part)) for part in parts])

    def _fits(self, part: Place) -> bool:
        words = self.text[part[0] : part[1]]
        if self.intent.kind is Kind.BODY:
            if self.lang == "en":
                return _BODY_EN.search(words) is not None
            return BODY.search(without(words, self.question)) is not None
        if self.intent.kind is Kind.LIST:
            return bool(enumeration.enumerations(words, self.lang))
        return False

    def _time(self, plan: tuple[int, int] | None) -> Place | None:
        """The time that holds for what is asked about; None where none does."""
        named = [
            mention
            for mention in periods(self.text, self.lang, plan)
            if not _OF_TITLE.match(self.text[mention.end :])
        ]
        parts = clauses(self.text, self.lang)
        if not parts:
            return None
        start, end = parts[0]
        if self.match is not None:
            start, end = parts[int(np.argmax(self.scores(parts, focus=False)))]
        quarter = _QUARTER.search(self.text, start, end)
        if quarter is not None and _QUARTERS.search(self.question):
            return quarter.span()
        day = _DAY.search(self.text, start, end)
        if day is not None:
            return day.span()
        inside = next((one for one in named if start <= one.start < end), None)
        if inside is not None:
            return inside.start, inside.end
        period = holding(self.text, start, named, self.lang)
        return next(((one.start, one.end) for one in named if one.period is period), None)

    def trimmed(self, start: int, end: int) -> Place:
        """text[start:end] without spaces and what ends a sentence."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        return start, start + len(words.strip(" 。.；;，,"))


def field(passage: Passage, held: Held) -> Place | None:
    """Which of a row's fields, as passage.text has them, answers: the one that has most of what the
    row's name lacks of the question."""
    named = name_column(passage.fields)
    parts = [(match.start(), match.end()) for match in _FIELD.finditer(held.text)]
    if held.match is None or named is None or not parts:
        return None
    if held.intent.kind not in PHRASED:
        return None
    settled = binding(passage.fields)
    if held.intent.kind is Kind.YESNO and settled is not None and not held.intent.amounts:
        start = held.text.rfind(f"：{settled}") + 1
        return held.trimmed(start, start + len(settled))
    labels = [held.text[start:end].split("：", 1)[0] for start, end in parts]
    name = passage.fields[named][0]
    known = held.match.covered(
        *(p for p, label in zip(parts, labels, strict=True) if label == name)
    )
    others = [p for p, label in zip(parts, labels, strict=True) if label != name]
    if not others:
        return None
    weights = held.match.weights
    gains = [float(weights @ np.maximum(held.match.covered(part) - known, 0.0)) for part in others]
    start, end = others[int(np.argmax(gains))]
    start += held.text[start:end].find("：") + 1
    return held.trimmed(start, end)


def without(text: str, question: str) -> str:
    """text without what it shares with the question, from two characters on."""
    rest = text
    matcher = SequenceMatcher(None, question.casefold(), text.casefold(), autojunk=False)
    for match in matcher.get_matching_blocks():
        if match.size > 1:
            rest = rest.replace(text[match.b : match.b + match.size], " ")
    return rest
