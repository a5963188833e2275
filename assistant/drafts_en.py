"""Drafts in English, in the words of the translation."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from assistant.drafts import NUMBERED, TERM, Maker, Value
from corpus.numbers import Measure
from corpus.records import Kind, Passage, Section

_LONGEST = 100
"""Characters of what is done."""
_BEHIND = re.compile(r" (?:of|in|for|per|with|as|rated|on|at)\b.*")
_DONE = (
    ("新增|增加", "added"),
    ("新?引进|吸引", "attracted"),
    ("签约", "signed"),
    ("培[育养]", "fostered"),
    ("培训", "trained"),
    ("创建", "created"),
    ("修复", "restored"),
    ("实施|开展", "carried out"),
    ("建|新建|新改|改造|打造|修建", "built"),
)
"""How Chinese subjects begin that say what is done."""
_NO_ACT = re.compile(
    r"(?:the|a|an|this|our|all|its)\b|.*\b(?:will|was|were|is|are|has|have)\b", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z][\w&']*")
_NAME = re.compile(r"(?:^|[\s(])[a-z][a-z'-]*,? ([A-Z][A-Za-z]*)(?!['\w-]*[ -][A-Z])", re.MULTILINE)
"""A capital between small words: a name, and not one word of a longer one."""
_QUOTED = re.compile(r'"([^"]*)"')


class English(Maker):
    """Makes the questions in English."""

    lang = "en"

    def value(self, value: Value) -> str:
        """What is the target for GDP? How many public toilets were built from 2016 to 2020?"""
        if not value.english:
            return ""
        name, when = self._lower(value.english, first=True), _when(value)
        noun = _BEHIND.sub("", name).rpartition(" ")[2]
        is_many = noun.endswith("s") and not noun.endswith("ss")
        if value.measure is Measure.COUNT and is_many:
            return self._how_many(value, name, when)
        if value.is_flow:
            return "" if is_many else _how_much(value, name, when)
        is_extent = value.measure in {Measure.AREA, Measure.LENGTH}
        if is_extent and (is_many or (value.measure is Measure.LENGTH and noun != "length")):
            return ""
        if not name.split()[0].isupper():  # as GDP
            name = f"the {name.removeprefix('the ')}"
        if value.is_target:
            return f"What is the target for {name}{'' if value.is_end else when}?"
        is_was = ("were" if when else "are") if is_many else ("was" if when else "is")
        return f"What {is_was} {name}{when or ' at present'}?"

    def _how_many(self, value: Value, name: str, when: str) -> str:
        done, name = _done(value), re.sub("^new ", "", name)
        if value.is_flow and done:
            were = "are to be" if value.is_target else "were" if when else "have been"
            return f"How many {name} {were} {done}{when}?"
        if value.is_flow:
            return ""
        if value.is_target:
            return f"How many {name} does the plan aim for{when}?"
        return f"How many {name} {'were' if when else 'are'} there{when}?"

    def own(self, words: str, told: str) -> str:
        """The translation."""
        del words
        return told

    def how(self, act: str) -> str:
        """How does the plan intend to build a smart urban district?"""
        told = act.removeprefix("We will ")
        if not told or len(told) > _LONGEST or _NO_ACT.match(told):
            return ""
        return f"How does the plan intend to {self._lower(told, first=told != act)}?"

    def what(self, things: str, *, is_one: bool) -> str:
        """What are the new opportunities we face? What is the guiding philosophy?"""
        return f"What {'is' if is_one else 'are'} the {self._lower(things)}?" if things else ""

    def meaning(self, passage: Passage) -> str:
        """What does “Three Systems” mean?"""
        told = TERM.match(_sentence(passage, 0))
        if told is None:
            return ""
        term = self._lower(told[1], first=True)
        return f"What does “{re.sub('[“”]', '', term)}” mean?"

    def inside(self, section: Section, level: int) -> str:
        """Which chapters are in Part IV?"""
        number = NUMBERED.match(section.translated[-1]) if section.translated else None
        kind = "chapters" if level == 2 else "sections"
        return f"Which {kind} are in {number[1]}?" if number else ""

    def rows_like(self, row: Passage, column: int) -> str:
        """Which indicators are binding?"""
        if row.translation is None or not row.translation.fields:
            return ""
        words = row.translation.fields[column][1]
        if row.fields[column][1].endswith("性"):
            return f"Which indicators are {self._lower(words, first=True)}?"
        return f"Which indicators come under “{words}”?"

    @cached_property
    def _seen(self) -> Counter[str]:
        """Words of the translation: small ones, and capital ones where they are names."""
        told = [one.translation for one in self.document.passages if one.kind is not Kind.ROW]
        text = "\n".join(sentence for one in told if one for sentence in one.sentences)
        small = (word for word in _WORD.findall(text) if word.islower())
        return Counter([*small, *_NAME.findall(text)])

    @cached_property
    def _names(self) -> list[str]:
        """The wordings of the glossary that are names of several words, the longest first."""
        wordings = {wording for term in self.document.terms for wording in term.wordings}
        names = (one for one in wordings if " " in one and not one.islower())
        return sorted(names, key=lambda one: (-len(one), one))

    def _lower(self, text: str, *, first: bool = False) -> str:
        """text in small letters where the plan writes it so; first: its first word alone.

        What is quoted is left as it is, in round quotation marks.
        """
        parts = text.split('"')
        if first:
            is_name = re.match(r"\S+ [A-Z]", text) is not None
            parts[0] = parts[0] if is_name else _WORD.sub(self._small, parts[0], count=1)
        else:
            parts[::2] = [_WORD.sub(self._small, part) for part in parts[::2]]
            for name in self._names:
                if name.casefold() in text.casefold():
                    parts = [re.sub(re.escape(name), name, part, flags=re.I) for part in parts]
        return _QUOTED.sub(r"“\1”", '"'.join(parts))

    def _small(self, found: re.Match[str]) -> str:
        word = found[0].partition("'")[0]
        is_name = not word[1:].islower() and len(word) > 1
        is_name = is_name or self._seen[word] > self._seen[word.lower()]
        return found[0] if is_name else found[0].lower()


def _sentence(passage: Passage, n: int) -> str:
    """A sentence of the translation; "" where there is none to show."""
    return passage.translation.shown(n) if passage.translation else ""


def _how_much(value: Value, name: str, when: str) -> str:
    done, was = _done(value), "is to be" if value.is_target else "was"
    return f"How much {name} {was} {done}{when}?" if done and value.measure is Measure.AREA else ""


def _done(value: Value) -> str:
    return next((word for form, word in _DONE if re.match(form, value.subject)), "")


def _when(value: Value) -> str:
    """The time of a value, with a space before it; "" for none."""
    period = value.period
    if period is None:
        return ""
    if period.first < period.last:
        return f" from {period.first} to {period.last}"
    return f" {'by' if value.is_target else 'in'} {period.last}"
