"""Complete lists and counts: the rows of a table, the headings of the outline.

Such questions are not answered by the best passage but by everything of a kind, so they are told
by what they ask for: 指标 with a value of one of the table's columns, or 篇, 章 and 节.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.enumeration import NUMBERS
from assistant.kinds import Kind
from assistant.phrases import without
from corpus import outline
from corpus.columns import name_column, unit_column
from corpus.language import key
from corpus.records import Document, Passage, Section, Span
from corpus.records import Kind as PassageKind
from index.tokens import stems

_NUMERAL = "[一二三四五六七八九十百零〇两0-9]+"
_ELSEWISE = frozenset({"部分", "编", "节", "part", "section"})
"""Words that mean other things than headings, too."""
_LEVELS = {1: "篇编部分", 2: "章", 3: "节"}
_ENDS = r"(?=[?？。，,、的和及与呢吗\s]|标题|$)"
_ASKED_LEVEL = re.compile(
    rf"(?:哪些|哪几|什么|多少个?|几个?|[各列])(?:个|大)?(?P<level>篇|编|部分|章|节){_ENDS}"
    rf"|(?:分为|分成|包括|包含|有)了?(?:哪?几|哪些|多少)个?(?P<of>篇|编|部分|章|节){_ENDS}"
    r"|\b(?:which|what|how many|list|all|the)(?: the| are the)? (?P<english>part|"
    r"chapter|section)s\b"
    r"|\b(?:plan|document|outline|text)\b[^,?]*\b(?:divided|split) into\b"
    r"|(?P<contents>目录|大纲结构|\btable of contents\b)",
    re.IGNORECASE,
)
_OF_PLAN = re.compile(
    r"规划|纲要|文件|全文|第.{1,4}[篇编章]|\b(?:plan|document|outline|text)\b|"
    r"\b(?:part|chapter) (?:[ivxlc]+|\d+|\w+)\b|\bin (?:all|total)\b",
    re.IGNORECASE,
)
"""What tells that 部分 or "sections" are those of the text."""
_CONDITION = re.compile(
    r"超过|高于|低于|大于|小于|以上|以下|提到|提及|涉及|关于|有关|相关|"
    r"\b(?:above|below|over|under|more than|less than|mention|about|concern|related)",
    re.IGNORECASE,
)
"""What asks for some of them only, by what they say."""
_ENGLISH_LEVEL = {"part": 1, "chapter": 2, "section": 3}
_INSIDE = re.compile(
    rf"第({_NUMERAL})(篇|编|部分|章)|\b(part|chapter) ([ivxlc]+|\d+|[a-z]+)\b", re.IGNORECASE
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROWS = re.compile(
    r"(?:哪些|哪几|什么|多少|几)(?:[个项类]|是|属于)?.{0,12}指标|(?:列出|列举|所有|全部).{0,12}指标|"
    r"指标.{0,10}(?:哪些|哪几|几[个项]|多少[个项]|什么)|"
    r"\b(?:which|what|how many|list|all)\b.*\bindicators?\b",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"一共|总共|全部|所有|共有|多少[个项]|几[个项]|\bhow many\b|\ball\b|\bin total\b", re.I
)
_GENERAL = re.compile(
    r"规划|纲要|文件|指标|主要|发展|表|里面?|中|请|列出|列举|包括|包含|哪些|哪几|什么|多少|几|[个项类的是都有吗呢了共这该本在上]|"
    r"\b(?:which|what|how|many|list|all|total|the|of|in|are|is|there|does|do|have|has|main|plan|"
    r"table|indicators?|document|outline|altogether|please|me|its|for)\b",
    re.IGNORECASE,
)
"""Words of a question for all indicators that name none."""
_EMPTY = frozenset({"", "-", "—"})


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list: words == source[span] apart from white space; translated: "" where it is not.

    passage: the one that the span stands in, or of a heading the first one below it.
    """

    passage: Passage
    words: str
    translated: str
    span: Span


@dataclass(frozen=True, slots=True)
class Overview:
    """All items of one kind, in the plan's order. is_count: only how many there are is asked."""

    items: tuple[Item, ...]
    is_count: bool
    unit: str


def find(question: str, kind: Kind, documents: Sequence[Document]) -> Overview | None:
    """What question asks to be listed or counted in full; None where it asks for something else.

    Of several documents all that they have, in their order.
    """
    is_count = (
        kind is Kind.COUNT or re.search(r"多少|几[个项篇章节]|\bhow many\b", question) is not None
    )
    items = [item for document in documents for item in _headings(question, document)]
    is_of_rows = kind in {Kind.LIST, Kind.COUNT, Kind.TOPIC, Kind.VALUE}
    if not items and is_of_rows and _ROWS.search(question):
        items = [item for document in documents for item in _rows(question, document)]
    return Overview(tuple(items), is_count, _unit(question)) if items else None


def _unit(question: str) -> str:
    """What is counted: 篇, 章, 节, or 个 for anything."""
    asked = _ASKED_LEVEL.search(question)
    found = None if asked is None else asked["level"] or asked["of"]
    return found if found and found != "部分" else "个"


def _headings(question: str, document: Document) -> list[Item]:
    asked = _ASKED_LEVEL.search(question)
    if asked is None or _CONDITION.search(question):
        return []
    if len({found["level"] for found in _ASKED_LEVEL.finditer(question)}) > 1:
        return []  # 几章几节: one list does not answer two
    named = asked["level"] or asked["of"] or (asked["english"] or "").casefold()
    if named in _ELSEWISE and not _OF_PLAN.search(question):
        return []
    inside = _section(question, document)
    if inside is None and _INSIDE.search(question):
        return []  # there is no such chapter, or several
    found = asked.groupdict()
    chinese = found["level"] or found["of"]
    if chinese:
        level = next(n for n, names in _LEVELS.items() if chinese in names)
    elif found["english"]:
        level = _ENGLISH_LEVEL[found["english"].casefold()]
    else:
        level = 0
    sections = document.sections
    if inside is not None:
        sections = outline.inside(sections, inside.id)[1:]
    if not level:
        level = min((section.level for section in sections if section.level), default=0)
    wanted = [s for s in sections if s.level == level or (level == 3 and s.level == 4)]
    leading = outline.leading(document)
    return [
        Item(
            leading[section.id],
            section.title,
            section.translated[-1] if section.translated else "",
            section.heading,
        )
        for section in wanted
        if section.id in leading
    ]


def _section(question: str, document: Document) -> Section | None:
    """The part or chapter that question names by its number; of several the last and innermost."""
    every = sorted(_INSIDE.finditer(question), key=lambda found: _is_chapter(found[0]))
    found = every[-1] if every else None
    if found is None:
        return None
    if found[1]:
        level, number = 2 if found[2] == "章" else 1, outline.numeral(found[1])
    else:
        level, number = _ENGLISH_LEVEL[found[3].casefold()], _english_number(found[4].casefold())
    name = str(number or "?") if level == 2 else f"P{number}"
    return next((section for section in document.sections if section.id == name), None)


def _is_chapter(words: str) -> bool:
    return words.endswith("章") or words.casefold().startswith("chapter")


def _english_number(words: str) -> int:
    if words.isdigit():
        return int(words)
    if words in NUMBERS:
        return NUMBERS.index(words)
    if set(words) <= set(_ROMAN):
        values = [_ROMAN[char] for char in words]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-one if one < after else one for one, after in pairs)
    return 0


def _rows(question: str, document: Document) -> list[Item]:
    """The rows of the tables that have the values that question names, or all of them."""
    rows = [passage for passage in document.passages if passage.kind is PassageKind.ROW]
    found: list[Item] = []
    for _, group in groupby(rows, key=lambda row: tuple(label for label, _ in row.fields)):
        table = list(group)
        names, unit = name_column(table[0].fields) or 0, unit_column(table[0].fields)
        named = {
            column: values
            for column in range(len(table[0].fields))
            if column not in {names, unit} and (values := _named(question, table, column))
        }
        if named or _asks_all(question, document):
            found += (
                _row(row, names, document)
                for row in table
                if all(row.fields[column][1] in values for column, values in named.items())
            )
    return found


def _asks_all(question: str, document: Document) -> bool:
    """Whether nothing restricts which rows are asked for."""
    rest = _GENERAL.sub(" ", _ALL.sub(" ", without(question, document.manifest.title)))
    english = re.sub(r"\W", "", without(rest, document.manifest.title_en or ""))
    return bool(_ALL.search(question)) and len(english) < 2


def _named(question: str, table: Sequence[Passage], column: int) -> set[str]:
    """The values of a column that question names, of those that several rows share."""
    values = [row.fields[column][1] for row in table]
    shared = {value for value in values if values.count(value) > 1 and value not in _EMPTY}
    asked, words = key(question), {*stems(re.findall(r"[a-z]+", question.casefold()))}
    found = {
        value for value in shared if len(key(value)) > 1 and key(value).rstrip("性类") in asked
    }
    for row, value in zip(table, values, strict=True):
        if row.translation is not None and row.translation.fields and value in shared:
            told = re.findall(r"[a-z]+", row.translation.fields[column][1].casefold())
            if told and {*stems(told)} <= words:
                found.add(value)
    return found


def _row(row: Passage, names: int, document: Document) -> Item:
    words = row.fields[names][1]
    line = row.spans[0]
    start = document.source.find(words, line.start, line.end)
    told = row.translation.fields[names][1] if row.translation and row.translation.fields else ""
    span = line if start < 0 else Span(start, start + len(words))
    return Item(row, words, told, span)
