"""Drafts: what can be asked of a plan, before anybody has tried whether it answers."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from corpus import outline
from corpus.columns import name_column
from corpus.indicators import FLOW, Indicator, IndicatorKind
from corpus.language import HAN
from corpus.numbers import Measure
from corpus.periods import Period, plan_years
from corpus.records import Document, Kind, Passage, Section
from corpus.retrospect import looking_back

_LONGEST, _LEAD = 20, 16
"""Characters of a subject, and of a sentence that says by itself what is done."""
ACTS = re.compile(
    "(?:大力|深入|持续|不断|全面|努力|积极|切实|进一步|着力|有序|扎实|稳步|统筹|更好|精心|继续|加快)*(?:"
    "打造|提升|提高|加快|推进|推动|推广|推行|推荐|优化|完善|健全|建设|建强|建立|建成|构建|搭建|强化|加强|增强|"
    "深化|实施|实现|激发|激活|发展(?!基础|环境|目标)|创造|创新|创建|倡导|树立|丰富|保护|保障|守护|修复|抵御|防范|"
    "化解|畅通|转变|营造|坚持|促进|明确|落实|贯彻|应对|做[好优强大实]|办好|扩大|培育|培养|引进|引导|支持|扶持|鼓励|"
    "改善|改造|整治|治理|保持|壮大|拓展|拓宽|形成|探索|开展|规范|巩固|弘扬|筑牢|夯实|聚焦|发挥|布局|塑造|释放|带动|"
    "集聚|吸引|承办|维护|稳定|传承|繁荣|振兴|融入|盘活|新[增建改引购]|改建|扩建|签约|压减|争取|恪守|确保|减少|降低|缓解|"
    "加固|接待|吸纳|保留|提供|配备|安排|投入|投放|布放|培训|修建|设置|开通|种植|举办|组织|完成|增加|增设|处置|清理|拆除|"
    "征收|购置|更新|受理|办理|调解|发放|救助|资助|迁移|疏浚|供应)"
)
"""How what is done begins in Chinese."""
LEVEL = re.compile(
    "(?:[率量额值数度]|比重|比例|比|面积|规模|收入|支出|投资|寿命|年限|增[长幅]|[全总]长|时间|标准|能力)$"
)
"""How subjects end that are levels, whatever they begin with."""
NUMBERED = re.compile(
    r"(第\S{1,5}(?:[篇编章节]|部分)|[一二三四五六七八九十]+、"
    r"|(?:Part|Chapter|Section) [\w-]+|\d+\.)[:\s]*"
)
"""The number of a heading, in either language."""
TERM = re.compile(r"\s*([^：:。.]{2,90}?)\s*[：:]")
"""What a footnote explains."""
_SHARES = re.compile("(?:率|比重|比例|比|[增降][长速幅低])$")
_UNFIT = re.compile(
    r"[\[\]《》；;:：^了]|的$|连续|^[在由因凡对把将从以其]|每[周天年月日]|至少|全部|造成|禁止|比\d"
)
"""What no plain noun has, nor a verb with its object."""
_NAMES = re.compile(
    "(?:机遇|挑战|目标|原则|任务|措施|举措|要求|重点|问题|(思想|理念|定位|愿景|战略))$"
)
"""How headings end that name things; the last ones name a single one."""
_WORD = re.compile(r"[A-Za-z]+")
_FEWEST = 0.4
"""English words that a subject has for each Chinese character, where it says as much."""
_JOINING = frozenset({"of", "the", "and", "in"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A question that a passage may answer.

    words: what its short answer must hold. quoted: what one of its citations must.
    """

    text: str
    words: str = ""
    quoted: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that can be asked about. subject, english: what it is said of, in both languages.

    is_flow: the subject says what is done (新增停车泊位), not what is. is_end: it is of the end of
    the plan, or of all its years, as targets are.
    """

    subject: str
    english: str
    measure: Measure
    unit: str
    period: Period | None
    is_target: bool
    is_flow: bool
    is_end: bool


class Maker(ABC):
    """Makes the questions about one document in one language. "": there is none."""

    lang = ""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.plan = plan_years(document.manifest.title)
        self.back = looking_back(document, self.plan)
        self.sections = {section.id: section for section in document.sections}

    def drafts(self, registers: Mapping[str, Sequence[Indicator]]) -> dict[str, list[Draft]]:
        """The questions by passage: about values, targets first, and between them all others."""
        lists = [*self._outline(), *self._tables()]
        found: dict[str, list[Draft]] = {}
        for passage in self.document.passages:
            told = registers.get(passage.id, ())
            own = sorted(told, key=lambda one: one.kind is not IndicatorKind.TARGET)
            values = [
                Draft(self.value(value), one.words)
                for one in own
                if (value := self._read(one, passage, is_only=len(own) == 1)) is not None
            ]
            others = [*self._others(passage)]
            others += [Draft(text) for name, text in lists if name == passage.id]
            pairs = zip_longest([one for one in values if one.text], others)
            found[passage.id] = [one for pair in pairs for one in pair if one and one.text]
        return found

    def _others(self, passage: Passage) -> Iterator[Draft]:
        if passage.kind is Kind.FOOTNOTE:
            yield Draft(self.meaning(passage))
        if passage.kind is not Kind.TEXT or passage.section in self.back:
            return
        yield self._heading(self.sections[passage.section])
        for n in range(len(passage.sentences)):
            lead = passage.sentence_text(n).strip().rstrip("。")
            if len(lead) <= _LEAD and ACTS.match(lead) and not re.search(r"\d", lead):
                told = passage.translation.shown(n) if passage.translation else ""
                yield Draft(self.how(self.own(lead, told.rstrip("."))))

    def _heading(self, section: Section) -> Draft:
        words = NUMBERED.sub("", section.title, count=1)
        told = NUMBERED.sub("", section.translated[-1], count=1) if section.translated else ""
        if ACTS.match(words):
            return Draft(self.how(self.own(words, told)))
        name = _NAMES.search(words)
        if name is None:
            return Draft("")
        return Draft(self.what(self.own(words, told), is_one=name[1] is not None), quoted=name[0])

    def _read(self, one: Indicator, passage: Passage, *, is_only: bool) -> Value | None:
        """A value as it is asked about; None where its subject is no plain noun.

        is_only: its row tells no other value, so that the row's name is enough.
        """
        subject, english = one.subject, one.subject_en or ""
        column = name_column(passage.fields) if passage.fields else None
        if column is not None and is_only:
            subject, english = passage.fields[column][1], english.partition(": ")[0]
        measure = one.quantity.measure if one.quantity else Measure.RATE
        unit = one.quantity.unit if one.quantity else ""
        if _UNFIT.search(f"{subject} {one.words}") or len(subject) > _LONGEST:
            return None
        if measure is Measure.RANK or unit == "倍":
            return None
        if measure is Measure.SHARE and not _SHARES.search(subject):
            if "占" not in subject:
                return None
            subject = f"{subject}的比重"
        words = [word for word in _WORD.findall(english) if word not in _JOINING]
        length = len(HAN.findall(ACTS.sub("", subject, count=1)))
        is_less = one.column is None and len(words) < max(_FEWEST * length, 2)
        if _UNFIT.search(english) or (is_less and not english.isupper()):
            english = ""
        is_flow = not LEVEL.search(subject) and (ACTS.match(subject) or FLOW.match(subject))
        return Value(
            subject,
            english,
            measure,
            unit,
            one.period,
            one.kind is IndicatorKind.TARGET,
            bool(is_flow),
            one.period is None or (self.plan is not None and one.period.last == self.plan[1]),
        )

    def _outline(self) -> Iterator[tuple[str, str]]:
        """(passage, question): what chapters a part has, where the first one begins.

        In a plan without parts: what sections a chapter has.
        """
        sections = [section for section in self.document.sections if section.level]
        leading = outline.leading(self.document)
        outermost = min((section.level for section in sections), default=0)
        for n, section in enumerate(sections[:-1]):
            level = sections[n + 1].level
            below = leading.get(sections[n + 1].id)
            if section.level == outermost < level and below is not None:
                yield below.id, self.inside(section, level)

    def _tables(self) -> Iterator[tuple[str, str]]:
        """(passage, question): the rows with the same word in a column, at the first of them."""
        rows = [passage for passage in self.document.passages if passage.kind is Kind.ROW]
        for labels, group in groupby(rows, key=lambda row: tuple(name for name, _ in row.fields)):
            table = list(group)
            for column in range(len(labels)):
                values = [row.fields[column][1] for row in table]
                counts = Counter(values)
                if 1 < len(counts) < len(values) and all(map(_is_class, values)):
                    for value in (value for value in counts if counts[value] > 1):
                        row = table[values.index(value)]
                        yield row.id, self.rows_like(row, column)

    @abstractmethod
    def value(self, value: Value) -> str:
        """How large something is, was, or is to be."""

    @abstractmethod
    def own(self, words: str, told: str) -> str:
        """What is told in this language: the plan's words, or their translation."""

    @abstractmethod
    def how(self, act: str) -> str:
        """How that is done which a sentence or a title says."""

    @abstractmethod
    def what(self, things: str, *, is_one: bool) -> str:
        """What the things are that a title names, or the one thing."""

    @abstractmethod
    def meaning(self, passage: Passage) -> str:
        """What the term of a footnote means."""

    @abstractmethod
    def inside(self, section: Section, level: int) -> str:
        """Which chapters (level 2) or sections there are in a section."""

    @abstractmethod
    def rows_like(self, row: Passage, column: int) -> str:
        """Which rows have the same as row in a column."""


def _is_class(words: str) -> bool:
    """Whether a cell may name a class of rows, and no value, unit or number."""
    return len(words) > 2 and all(map(HAN.match, words))
