"""What quantities are said of: the subject of each, in the words of its Chinese sentence.

A subject stands before its number (金融业增加值力争突破560亿元), behind it (3个市级商业中心), on
both sides (打造10条垂江林荫道路), or further back (…，占地区生产总值的24.78%).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import clauses
from corpus.bounds import around
from corpus.clauses import balanced, closed, first, stripped, tidy, without_verbs
from corpus.language import half_width
from corpus.numbers import Quantity
from corpus.periods import Mention, is_compared
from corpus.units import COUNTED, RANK, Measure

_LONGEST_TOPIC = 20
"""Characters of what a clause is about, at most: more is a clause of its own."""
_PUNCTUATION = str.maketrans(",;:!?()", "，；：！？（）")


def subjects(text: str, found: Sequence[Quantity], named: Sequence[Mention]) -> list[str | None]:
    """The subject of each quantity of one sentence; None where it is part of a name or a subject.

    named: the periods that the sentence names, which belong to no subject.
    """
    return _Sentence(text, found, named).subjects()


@dataclass(frozen=True, slots=True)
class _Clause:
    """text[start:end]. before: where the clause before it begins."""

    start: int
    end: int
    before: int


class _Sentence:
    """One sentence, read clause by clause."""

    def __init__(self, text: str, found: Sequence[Quantity], named: Sequence[Mention]) -> None:
        self._text = half_width(text).translate(_PUNCTUATION)
        self._found = found
        self._ends = {m.end: m for m in named if not is_compared(text, m)}
        self._starts = {m.start: m for m in self._ends.values()}
        self._last: list[str] = []
        """The subjects that the sentence has spoken of last."""
        self._owner = ""
        """The thing that the last one belongs to, where it is an attribute."""

    def subjects(self) -> list[str | None]:
        told: dict[int, str] = {}
        for clause in self._clauses():
            own = [n for n, q in enumerate(self._found) if clause.start <= q.start < clause.end]
            own = [n for n in own if not self._is_part(n, own, clause.end)]
            if own:
                said = self._clause(clause, [self._found[n] for n in own])
                told |= dict(zip(own, said, strict=True))
        return [
            subject if any(map(str.isalpha, subject := told.get(n, ""))) else None
            for n in range(len(self._found))
        ]

    def _clauses(self) -> list[_Clause]:
        """Parted by punctuation; a bracket with a quantity is one, a quotation with several too."""
        text = self._text
        held = {at for q in self._found for at in range(q.start, q.end)}
        cuts = {m.end() for m in clauses.PARTED.finditer(text) if m.start() not in held}
        for form, fewest in ((r"（[^（）]*）", 1), (r"“[^“”]*”", 2)):
            for match in re.finditer(form, text):
                if sum(match.start() < q.start < match.end() for q in self._found) >= fewest:
                    cuts |= {match.start() + 1, match.end()}
        spans = list(pairwise(sorted({0, *cuts, len(text)})))
        starts = [0, *(start for start, _ in spans)]
        return [_Clause(*span, before) for span, before in zip(spans, starts, strict=False)]

    def _tail(self, quantity: Quantity) -> int:
        """Where a quantity ends, with the words behind it that bound it."""
        return around(self._text, quantity.start, quantity.end).last

    def _head(self, quantity: Quantity, floor: int) -> int:
        """Where the words before a quantity end, without its qualifiers and periods."""
        at = quantity.start
        while at > floor:
            start = around(self._text, at, at, floor=floor).first
            mention = self._ends.get(start)
            if mention is None and self._text[start - 1 : start] == "的":
                mention = self._ends.get(start - 1)
            if mention is not None:
                start = max(floor, mention.start)
            elif start == at:
                found = clauses.TRAILING.search(self._text, max(floor, at - 4), at)
                if found is None:
                    break
                start = found.start()
            at = start
        return at

    def _is_part(self, n: int, own: Sequence[int], end: int) -> bool:
        """Whether a quantity is part of a name, or tells what is counted.

        24小时自助终端, 100亿元级产业, 投资30亿元以上项目10个, 5家产值超过10亿元的企业.
        """
        quantity = self._found[n]
        tail = self._tail(quantity)
        after = self._found[n + 1] if n + 1 in own else None
        gap = self._text[tail : self._head(after, tail) if after else end].rstrip("，；。！？：")
        is_numeral = not quantity.words[:1].isdigit() and quantity.unit in COUNTED
        if gap.startswith("级") or quantity.unit == "级" or quantity.words.endswith("大"):
            return True
        if not gap or clauses.linked(gap) or gap[0] in "”）":
            return False
        if quantity.measure is Measure.TIME:
            is_kept = quantity.unit == "年一遇" or self._text[: quantity.start].endswith("连续")
            return not (is_kept or clauses.CIRCLE.match(gap) or clauses.AFTER.match(gap))
        if quantity.unit in COUNTED:
            return is_numeral and clauses.ABSTRACT.match(gap) is not None
        return self._is_within(n, own) or (
            after is not None
            and "、" not in gap
            and (bool(quantity.after) or gap[0] == "的" or clauses.VERB.search(gap) is None)
        )

    def _is_within(self, n: int, own: Sequence[int]) -> bool:
        """Whether a quantity stands inside the noun of what is counted before it."""
        if n - 1 not in own or self._found[n - 1].unit not in COUNTED:
            return False
        tail = self._tail(self._found[n - 1])
        between = self._text[tail : self._head(self._found[n], tail)]
        return bool(between) and re.search("[、和与及]", between) is None

    def _clause(self, clause: _Clause, own: Sequence[Quantity]) -> list[str]:
        """The subjects of one clause's quantities."""
        text = self._text
        lead = self._clean(clause.start, self._head(own[0], clause.start))
        lead = clauses.COVERED.sub("", lead)
        tails = [self._tail(quantity) for quantity in own]
        heads = [self._head(after, tail) for after, tail in zip(own[1:], tails, strict=False)]
        gaps = [text[tail:head] for tail, head in zip(tails, heads, strict=False)]
        is_list = len(own) > 1 and all(clauses.LISTED.fullmatch(gap) for gap in gaps)
        if is_list and (names := self._names(lead, clause, own)):
            return names
        pieces = [clauses.parted(gap) for gap in gaps]
        behind = [tidy(piece) for piece, _ in pieces] + [tidy(text[tails[-1] : clause.end])]
        before = [lead, *(stripped(piece) for _, piece in pieces)]
        verbs = first(clauses.CARRIED, lead)
        if clauses.VERBS.fullmatch(lead):
            verbs = lead
        shared = first(clauses.SHARED, lead)
        said = [self._subject(lead, behind[0], own[0], clause)]
        for here, noun, quantity in zip(before[1:], behind[1:], own[1:], strict=True):
            said.append(self._subject(_carried(here, noun, verbs, shared), noun, quantity, None))
        return said

    def _names(self, lead: str, clause: _Clause, own: Sequence[Quantity]) -> list[str]:
        """One subject for each of several values behind one verb; [] where they are not as many.

        甲、乙级楼宇88栋、478万平方米 is one subject: 分别, or one unit, parts names and values.
        """
        if clauses.RELATION.match(lead):
            last = self._last if len(self._last) == len(own) else []
            return [subject + closed(lead) for subject in last]
        is_apart = "分别" in self._text[clause.start : own[0].start]
        if not is_apart and not (own[0].qualifier and len({q.unit for q in own}) == 1):
            return []
        names = clauses.names(lead, len(own))
        if names:
            self._last, self._owner = names, ""
        return names

    def _subject(self, here: str, behind: str, quantity: Quantity, clause: _Clause | None) -> str:
        """A quantity's subject from the words before and behind it.

        clause: where the quantity is the first of its clause, and so may be told of the one before.
        """
        if quantity.unit == RANK:
            return self._ranked(here)
        circle = clauses.CIRCLE.match(behind)
        if circle and quantity.measure is Measure.TIME:
            return self._said(without_verbs(here) + circle[0])
        if behind.startswith("的") and clauses.ATTRIBUTE.fullmatch(here):
            thing = clauses.PREDICATE.split(behind[1:])[0]
            return self._said(thing + without_verbs(here), thing)
        noun = _noun(here, behind, quantity)
        if not noun:
            return self._told_before(here, clause)
        covers = re.match("有效覆盖|覆盖|惠及", here)
        return self._said((self._thing(clause) if covers else "") + here + noun)

    def _told_before(self, here: str, clause: _Clause | None) -> str:
        """A subject that stands before its number; what it lacks was said further before."""
        if not here:
            last = "".join(self._last[-1:])
            return (clauses.CHANGED.sub("", last) if clause else last) or self._context(clause)
        if clauses.RELATION.match(here) or clauses.CHANGE.fullmatch(here):
            return ("、".join(self._last) or self._context(clause)) + closed(here)
        if clauses.ATTRIBUTE.fullmatch(here):
            thing = clauses.WORK.sub("", self._thing(clause))
            return self._said(thing + here, thing)
        is_short = clause is None and clauses.SHORT_RATE.fullmatch(here)
        return self._said((self._topic() if is_short else "") + here)

    def _ranked(self, here: str) -> str:
        """What has a place in a ranking: 百强榜全国第27名、全省第1名; …, 规模居全市第1."""
        if clauses.REACH.match(here):
            return "、".join(self._last) + here
        if clauses.REGION.fullmatch(here) and self._last:
            return self._said(re.sub(rf"{clauses.REGION.pattern}$", "", self._last[-1]) + here)
        return self._said(here)

    def _said(self, subject: str, owner: str = "") -> str:
        subject = balanced(subject)
        if subject:
            self._last, self._owner = [subject], owner
        return subject

    def _thing(self, clause: _Clause | None) -> str:
        """What an attribute belongs to: the clause before says it, or an earlier one."""
        last = self._last[-1] if self._last else ""
        last = self._owner or without_verbs(last).split("等")[-1]
        if clause is None:
            return last
        before = self._text[: clause.start]
        if before.endswith("（"):
            return without_verbs(re.split(r"[，；：、]", before[:-1])[-1])
        is_work = clauses.WORK.search(before[clause.before :].rstrip("，；。！？："))
        return (self._context(clause) or last) if is_work or not last else last

    def _topic(self) -> str:
        """How the last subject begins, where the sentence has said that before."""
        last = self._last[-1] if self._last else ""
        before = self._text.partition(last)[0] if last else ""
        return next((last[:n] for n in (4, 3, 2) if len(last) > n and last[:n] in before), "")

    def _context(self, clause: _Clause | None) -> str:
        """What the clause before is about: what it acts on, or else what it begins with."""
        if clause is None or any(clause.before <= q.start < clause.start for q in self._found):
            return ""
        said = self._clean(clause.before, clause.start).rstrip("，；。！？：")
        said = clauses.STAGES.split(said)[0]
        if clauses.VERBS.match(said) or clauses.WORK.search(said):
            said = without_verbs(said)
        elif found := clauses.VERB.search(said, 2):
            said = said[: found.start()]
        return said if len(said) <= _LONGEST_TOPIC else ""

    def _clean(self, start: int, end: int) -> str:
        """text[start:end] from where its subject begins: without periods, adverbs and the like."""
        while start < end:
            preposition = first(clauses.PREPOSITION, self._text[start : start + 3])
            mention = self._starts.get(start) or self._starts.get(start + len(preposition))
            found = clauses.LEADING.match(self._text, start, end)
            if mention is not None:
                start = mention.end
            elif found is not None:
                start = found.end()
            else:
                break
        return closed(self._text[start:end]) if start < end else ""


def _carried(here: str, behind: str, verbs: str, shared: str) -> str:
    """The words before a later quantity of a list, with what its first item has for all of them."""
    if not here:
        return verbs if behind else ""
    if clauses.VERBS.match(here):
        return here
    if shared:
        return here if here.startswith(("每", "人均")) else shared + here
    is_carried = clauses.CARRIED.fullmatch(verbs) and not clauses.ATTRIBUTE.fullmatch(here)
    return verbs + here if is_carried else here


def _noun(here: str, behind: str, quantity: Quantity) -> str:
    """What of the words behind a quantity belongs to its subject."""
    if "连续" in quantity.qualifier:
        return behind
    if clauses.AFTER.match(behind):
        return ""
    is_verb = clauses.VERBS.fullmatch(here) is not None
    if behind.startswith("的"):
        return behind[1:] if is_verb or not here else ""
    is_reached = re.search("[达到至在为超破于过约近]", quantity.qualifier)
    return "" if here and not is_verb and is_reached else behind
