"""English follow-ups."""

from __future__ import annotations

import re

from assistant.followup_en_forms import AUX, COUNTS, PREP
from assistant.followup_en_topic import EnglishTopics
from assistant.followup_reader import DIFFERS, PLAN
from assistant.followup_text import Span, compiled

_CUT_YEARS = compiled(r"\b((?:next|coming|past|last|previous) (?:two|three|five|5|ten|10))$")


_CUT_PLAN = compiled(r"\b(the (?:\d+th|\w+teenth))$")


_EXPLETIVE = compiled(
    rf"\b{AUX} it (?:(?:be |been )?\w+ )?(?:that|to|for|which|whether|if)\b|"
    r"\bit (?:is|was|takes?) \w+ (?:to|that)\b|\bit comes to\b|^what time\b|"
    r"\bdoes it (?:say|mention)\b"
)


_CHOSEN = compiled(rf"^(?:{PREP} )?(?:what|which|how many|how much)\b[^,]*?(?=\b{AUX}\b)")


_THIS_PLAN = compiled(r"(?:this|that) (?:plan|outline|document|district)\b")


_PLURAL = {"is": "are", "was": "were", "does": "do"}


_DEFINITE = re.compile("the |[A-Z]|.*['’]s ")


_ONLY_TIME = compiled(
    rf"(?:what|how (?:much|many|big|high|low|large))?(?:['’]s| {AUX}| it| that| they| there|"
    " the (?:figure|number|value|level|rate|target|goal|plan|share)|"
    " (?:be|aiming for|planning|planned|been|expected|have))*"
)


class English(EnglishTopics):
    """English ones, which mostly have a pronoun, or begin with "and" or "what about"."""

    def read(self, body: str) -> str | None:
        """body on its own; None where it needs nothing. Neither has a question mark."""
        written = super().read(
            _CUT_PLAN.sub(r"\1 Five-Year Plan period", _CUT_YEARS.sub(r"\1 years", body))
        )
        return written and written[0].upper() + re.sub(r"\s+", " ", written[1:]).strip(" ,")

    def value(self, what: str) -> str:
        """A question for what, which has no subject."""
        return f"What is {what if what.startswith('the ') else f'the {what}'}"

    def amount(self, what: str, question: str) -> str | None:
        """A question for the amount of what; None where it can stand in question itself."""
        if re.match(r"(?:its|their)\b", what):
            return self.owned(f"What is {what}")
        if (
            not self.measured.search(what)
            or not self.is_amount(question)
            or question.startswith("How many")
        ):
            return None
        named = self.named(question)
        is_target = re.search(r"\b(?:should|target|goal|aim|plan|will|expect)", question)
        return " ".join(["What is the target for" if is_target else "What was", what, *named[-1:]])

    def fitted(self, question: str, place: Span, what: str) -> str:
        """question with what in the place of a phrase."""
        first, end = place
        article = re.search(r"\b(?:the|an?) $", question[:first], re.IGNORECASE)
        behind = re.match(r" ([\w-]+)", question[end:])
        if behind and self.placed.search(what) and re.fullmatch("areas?", behind[1]):
            end, behind = end + behind.end(), None
        goes_on = behind is not None and not self.is_loose(behind[1])
        what = re.sub("^(?:the|an?) ", "", what) if goes_on else what
        if article and not goes_on:
            first = article.start()
        if re.search(" ones?$", what):
            what = re.sub("ones?$", lambda _: question[first:end].rsplit(maxsplit=1)[-1], what)
        return question[:first] + what + question[end:]

    def retimed(self, question: str, time: str) -> str:
        """question with time in the place of its own."""
        spans = self.times(question)
        is_joined = re.match(rf"{PREP}\b", time, re.IGNORECASE) or self.deixis.fullmatch(time)
        if not is_joined:
            old = re.match(rf"{PREP} (?:the )?", question[slice(*spans[-1])]) if spans else None
            join = old[0] if old else "in "
            time = (join.removesuffix("the ") if time.startswith("the ") else join) + time
        if not spans:
            return f"{question} {time}"
        question = question[: spans[-1][0]] + time + question[spans[-1][1] :]
        for first, end in reversed(spans[:-1]):
            question = f"{question[:first].rstrip(' ,')} {question[end:].lstrip(' ,')}".strip()
        return question[0].upper() + question[1:]

    def dated(self, subject: str, time: str) -> str:
        """subject with a time."""
        return f"{subject} {time}"

    def completed(self, body: str, led: bool) -> str | None:
        """body with what it points at, or leaves out; None where it stands alone."""
        spans, rest = self.times(body), self.timeless(body)
        if (
            spans
            and not self.same.search(body)
            and not self.content(rest)
            and _ONLY_TIME.fullmatch(rest)
        ):
            time = body[slice(*spans[0])]
            last = self.questions[0]
            if body.lower().startswith("how m") and re.match("(?:What|Which) (?!is|was)", last):
                is_past = self.past.search(time) or re.search(r"\b(?:was|were|did)\b", body)
                return f"What {'was' if is_past else 'is the target for'} {self.subject} {time}"
            return self.timed(time)
        if re.search(r"\bget there\b", body):
            return re.sub(r"\bget there\b", lambda _: f"reach the target for {self.subject}", body)
        return super().completed(body, led)

    def is_outside(self, body: str, found: re.Match[str]) -> bool:
        """Whether a pronoun points at something that body does not name."""
        before = body[: found.start()]
        own = found.re is self.pointed and found["whose"] and PLAN.search(before)
        if own or _EXPLETIVE.search(body) or _THIS_PLAN.match(body, found.start()):
            return False
        before = _CHOSEN.sub("", before)  # "What services will they offer" asks of no service
        if re.search(r"\band\b|,", before):
            return False
        words = self.content(before)
        if found.re is self.there and found.end() == len(body):
            return True
        if words and (found.end() == len(body) or found.re is self.there):
            # The verb that it goes with, "Who owns it?", or "Is tourism there".
            words = self.content(re.sub(rf"{re.escape(words[0])}(?: \w+)? $", "", before))
        return not words

    def pronoun(self, body: str, found: re.Match[str]) -> str:
        """body with what was spoken of last in the place of a pronoun."""
        before, behind, subject = body[: found.start()], body[found.end() :], self.subject
        if found["whose"]:
            return self.owned(body)
        if before.lower().endswith("which "):
            return before + subject + behind
        if before.endswith(("do ", "achieve ")) and not behind:
            verb = before.removesuffix("do ")
            return f"Why {subject}" if before[:3].lower() == "why" else f"{verb}achieve {subject}"
        written = super().pronoun(body, found)
        head = re.split(" (?:of|for|in|per|with|on|at|to) ", subject, maxsplit=1)[0]
        if found[0].lower() in ("it", "that") and re.search("[^s]s$", head):
            before = re.sub(
                r"\b(is|was|does) $",
                lambda verb: _PLURAL[verb[1].lower()] + " ",
                before,
                flags=re.IGNORECASE,
            )
            written = before + written[found.start() :]
        if re.match("how m[a-z]+ of $", before, re.IGNORECASE) and not _DEFINITE.match(subject):
            written = f"{before}the {written[len(before) :]}"
        return written

    def owned(self, body: str) -> str:
        """body with its or their thing as a thing of what was spoken of."""
        return re.sub(r"\b(?:its|their) (.+)$", lambda own: f"the {own[1]} of {self.subject}", body)

    def is_elliptic(self, body: str, *, led: bool) -> bool:
        """Whether body asks something of a thing that it does not name."""
        bare = re.sub("^(?:since|by|until|from|to|for|at) ", "", body, flags=re.IGNORECASE)
        if not self.asks.match(bare):
            return False
        return super().is_elliptic(body, led=led) or len(body.split()) <= 2

    def asked(self, body: str) -> str:
        """body, which has no subject, asked of what was spoken of last."""
        subject = self.subject
        if re.fullmatch(r"why(?: (?:do|is|was) (?:that|it|this|so))?(?: so)?", body, re.IGNORECASE):
            last = self.questions[0]
            is_target = self.is_amount(last) and re.search("target|goal|should", last)
            return f"Why this target for {subject}" if is_target else f"Why {subject}"
        if DIFFERS.search(body) and not self.times(body):
            two = [
                re.sub(rf"^{PREP} ", "", time, flags=re.IGNORECASE) for time in self.compared(body)
            ]
            return f"{body} in {subject}" + (f" between {two[0]} and {two[1]}" if two else "")
        while plain := re.match(r"(?:the )?((?:[\w-]+ )+)of (?=\w)", subject):
            if not self.attributes.issuperset(plain[1].lower().split()):
                break
            subject = subject[plain.end() :]
        if many := re.match(COUNTS, body, re.IGNORECASE):
            whole = subject if _DEFINITE.match(subject) else f"the {subject}"
            return f"{body[:8]} of {whole}{body[many.end() :]}"
        if re.fullmatch(r"who (?:(?:will|is going to) )?\w+", body, re.IGNORECASE):
            return f"{body} {subject}"
        spans = self.times(body)
        if spans and spans[-1][1] == len(body):
            return f"{body[: spans[-1][0]].rstrip()} for {subject} {body[spans[-1][0] :]}"
        times = self.named(self.questions[0]) if self.needs_time(body) else []
        return " ".join([body, "of" if body.endswith("in charge") else "for", subject, *times[-1:]])
