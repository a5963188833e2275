"""Chinese follow-ups."""

from __future__ import annotations

import re

from assistant.followup_reader import PLAN
from assistant.followup_text import Span, words_of
from assistant.followup_zh_forms import MODAL, WHETHER, ChineseForms

_RELATED = re.compile(
    "占[^，,]{0,14}?的?(?:比重|比例|份额)|"
    "比[^，,]{1,20}?(?:[多高低少长大]|提高|增加|增长|下降|减少|延长)[出了]?(?=多少|几)"
)


_LOOSE_END = re.compile("的(?:目标|数字|情况)$")


_ASPECT = re.compile("的?(?:总面积|年均增速|占比|比重|增速|总数|数量|目标值?)$")


class Chinese(ChineseForms):
    """Chinese ones. A subject goes before what is asked of it: 路网密度怎么做到？"""

    def trimmed(self, text: str, more: frozenset[str] = frozenset()) -> str:
        """text without loose words and signs at its ends."""
        words = self.tokens(text)
        loose = self.loose | more
        kept = [word for word in words if word[2] not in loose and re.search(r"\w", word[2])]
        return text[kept[0][0] : kept[-1][1]] if kept else ""

    def parted(self, text: str) -> tuple[str, str]:
        """text before and behind its first modal verb."""
        place = next(((a, b) for a, b, word in self.tokens(text) if word in MODAL), None)
        return (text[: place[0]], text[place[1] :]) if place else (text, "")

    def topic(self, question: str) -> str:
        """What a question is about, without its times."""
        if plan := re.match("(?:这|该|本)[个份部]?(?:规划|纲要|文件|材料)", question):
            return plan[0]
        text = self.timeless(_RELATED.sub("", question))
        asked = self.asks.search(text)
        return self.topic_of(text, asked) if asked else self.trimmed(text)

    def topic_of(self, text: str, asked: re.Match[str]) -> str:
        """What text is about, without what is asked of it."""
        before, behind = text[: asked.start()], text[asked.end() :]
        if asked[0] in WHETHER:
            said = re.match("(.+?)(?:是|属于|算)", before)
            return self.trimmed(said[1] if said else before or behind)
        clause = re.match(".*的话[,，]", before)
        subject = self.parted(before)[0]
        if asked["many"] and self.trimmed(behind):
            return self.counted(before, self.trimmed(behind))
        if subject != before:
            before = subject if self.trimmed(subject) else before if asked["many"] else ""
        before = self.trimmed(before, words_of("目标 目标值")).removesuffix("重点")
        if clause or (before and before not in self.titles):
            return clause[0] if clause else before
        return self.trimmed(self.parted(behind)[0]) or self.trimmed(behind) or before

    def counted(self, before: str, things: str) -> str:
        """The topic of a question: of 全区现有多少栋楼宇 it is 楼宇."""
        able = re.split("能够?|可以|(?<=.)会", before, maxsplit=1)[0]
        if able != before and self.content(able):
            return self.trimmed(able)
        left = (MODAL - {"规划"}) | words_of("有 了 ， ,")
        kept = "".join(word for *_, word in self.tokens(before) if word not in left)
        return re.sub("^(?:建成?|设立?|建设|办)+$", "", kept) + things

    def value(self, what: str) -> str:
        """A question for what, which has no subject."""
        return f"{what}是多少"

    def amount(self, what: str, question: str) -> str | None:
        """A question for the amount of what; None where it can stand in question itself."""
        asked = self.asks.search(question)
        counts = asked and asked["many"] and self.trimmed(question[asked.end() :])
        what = _LOOSE_END.sub("", what)
        runs = [question[run[0][0] : run[-1][1]] for run in self.runs(question)]
        is_value = asked and asked["many"] and not counts
        if is_value or not self.measured.search(what) or any(map(self.measured.search, runs)):
            return None
        return self.asked(self.value(what))

    def fitted(self, question: str, place: Span, what: str) -> str:
        """question with what in the place of a phrase."""
        what = _LOOSE_END.sub("", re.sub("^(?:对于?|关于|在)", "", what))
        return question[: place[0]] + what + question[place[1] :]

    def retimed(self, question: str, time: str) -> str:
        """question with time in the place of its own."""
        spans, time = self.times(question), time.removesuffix("的")
        if not spans:
            return time + question
        first, end = spans[-1] if re.search("[比差和]", question) else spans[0]
        return question[:first] + time + question[end:]

    def dated(self, subject: str, time: str) -> str:
        """subject with a time."""
        return time + subject

    def is_outside(self, body: str, found: re.Match[str]) -> bool:
        """Whether a pronoun points at something that body does not name."""
        before = body[: found.start()]
        most = 1 if re.match("[它他她]", found[0]) and not re.search("[,，]", before) else 0
        return len(self.content(before)) <= most

    def pronoun(self, body: str, found: re.Match[str]) -> str:
        """body with what was spoken of last in the place of a pronoun."""
        if found[0].startswith("其中"):
            return self.asked(body[found.end() :])
        noun = found["noun"]
        if noun and re.search(f"哪一?[个家所条]?{noun}", self.questions[0]):
            return f"{body[: found.start()]}{self.subject}的{noun}{body[found.end() :]}"
        return super().pronoun(body, found)

    def is_elliptic(self, body: str, *, led: bool) -> bool:
        """Whether body asks something of a thing that it does not name."""
        if super().is_elliptic(body, led=led):
            return re.fullmatch(".?吗|什么|谁", body) is None
        asked = self.asks.search(body)
        if asked is None or PLAN.search(body) or self.subject in body:
            return False
        words = self.content(body)
        if body[0] == "是" and asked.start() and not asked["many"]:
            return set(words) <= {"约束性", "预期性"}
        said = self.history[-1].question + self.history[-1].answer
        is_object = (
            asked["many"]
            or asked[0][-1] in "些个家所条类项座"
            or self.content(body[: asked.start()])
        )
        return not is_object and all(word in said for word in words)

    def asked(self, body: str) -> str:
        """body, which has no subject, asked of what was spoken of last."""
        subject = self.subject
        if two := self.compared(body):
            return f"{two[0]}和{two[1]}{subject}{body}"
        words = [word for *_, word in self.tokens(self.asks.sub("，", self.timeless(body)))]
        if self.content(body) or self.attributes.intersection(words):
            subject = _ASPECT.sub("", subject)
        if re.fullmatch("为什么|为何|为啥", body):
            return body + subject
        times = self.named(self.questions[0])
        needs = times and (self.needs_time(body) or ("占" in body and not self.times(body)))
        return (self.dated(subject, times[0]) if needs else subject) + body
