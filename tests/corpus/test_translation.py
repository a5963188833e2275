"""translation.en.md: its form, and its texts beside the passages that they translate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import document, errors
from corpus.records import Kind, Passage, Reading, Term, Translation
from corpus.translation import Block, attach, faults, mismatches, originals, read
from tests import plans


def file(folder: Path, text: str) -> Path:
    path = folder / "translation.en.md"
    path.write_bytes(text.encode())
    return path


def blocks(folder: Path, text: str) -> dict[str, tuple[str, ...]]:
    """The texts of each block of a file."""
    found = read(file(folder, text))
    assert all(name == block.id for name, block in found.items())
    return {name: block.texts for name, block in found.items()}


def refused(path: Path) -> str:
    """Why a file is refused; the message names the file first."""
    with pytest.raises(errors.TranslationInvalid) as refusal:
        read(path)
    name, _, reason = str(refusal.value).partition(": ")
    assert name == str(path)
    return reason


FORM = """# A title of the file

A preface: what this is, and who made it.

# [0] The plan

[0:1]
One sentence.
Another one.

## [1] Chapter 1: General

[fn1]   A footnote that opens beside its id.
It goes on.

[t1] Box 1

[t1.0] | Category | No. |

[t1.1]|Economy|1|
"""


def test_a_file_is_read_by_blocks(tmp_path: Path) -> None:
    assert blocks(tmp_path, FORM) == {
        "0": ("The plan",),
        "0:1": ("One sentence.", "Another one."),
        "1": ("Chapter 1: General",),
        "fn1": ("A footnote that opens beside its id.", "It goes on."),
        "t1": ("Box 1",),
        "t1.0": ("Category", "No."),
        "t1.1": ("Economy", "1"),
    }


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("| a | b |", ("a", "b")),
        ("|a|b|", ("a", "b")),
        ("| a | b", ("a", "b")),
        ("|  | b | c |", ("", "b", "c")),
        ("|| b | c |", ("", "b", "c")),
        ("| a | b |  |", ("a", "b", "")),
        ("| a | b ||", ("a", "b", "")),
        ("| a |  | c |", ("a", "", "c")),
        ("|  |  |", ("", "")),
        ("| a |", ("a",)),
        ("|", ("",)),
        ("| - | >99.4 |", ("-", ">99.4")),
        ("a | b", ("a | b",)),
    ],
)
def test_cells_are_parted_and_may_be_empty(
    tmp_path: Path, line: str, cells: tuple[str, ...]
) -> None:
    assert blocks(tmp_path, f"[t1.1] {line}\n") == {"t1.1": cells}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: "\ufeff" + text.replace("\n", "\r\n"),
        lambda text: text.replace("\n\n", "\n \t\n\n\n"),
        lambda text: text.replace("\n", " \n  "),
        lambda text: text.rstrip("\n"),
        lambda text: "\n\n" + text + "\n\n",
        lambda text: text.partition("\n\n")[2].partition("\n\n")[2],
    ],
    ids=["crlf", "cr", "bom", "bom crlf", "blank", "indented", "cut", "around", "no preface"],
)
def test_line_ends_blanks_and_preface_change_nothing(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    changed = change(FORM)
    assert changed != FORM
    assert blocks(tmp_path, changed) == blocks(tmp_path, FORM)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.md") == "cannot be read (No such file or directory)"
    assert refused(tmp_path) == "cannot be read (Is a directory)"


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "translation.en.md"
    path.write_bytes(b"[1] caf\xe9")
    assert refused(path) == "not UTF-8 at byte 7"


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff", "Only a preface.\n\nOf two paragraphs."])
def test_a_file_without_blocks_is_named(tmp_path: Path, text: str) -> None:
    assert refused(file(tmp_path, text)) == "holds no block ([id] text)"


@pytest.mark.parametrize("again", ["[1] a", "[1]\na", "## [1] b", "[1] | a |"])
def test_an_id_that_stands_twice_is_named(tmp_path: Path, again: str) -> None:
    assert refused(file(tmp_path, f"[1] a\n\n[1:1] b\n\n{again}")) == "id '1' stands twice"


@pytest.mark.parametrize("line", ["No id.", "## Heading", "[a b] c", "[] c", "[路] c", "x [2] c"])
def test_a_block_without_an_id_is_named(tmp_path: Path, line: str) -> None:
    assert refused(file(tmp_path, f"[1] a\n\n{line}\n\n[2] b")) == f"no id before {line!r}"


def test_an_id_without_a_blank_line_before_it_is_no_block(tmp_path: Path) -> None:
    given = read(file(tmp_path, "[1] a\n[2] b\n"))
    assert mismatches({"1": Block("1", ("甲",)), "2": Block("2", ("乙",))}, given) == [
        "missing [2]",
        "[1] has 2 texts, its original 1",
    ]


def test_lines_below_the_cells_of_a_row_are_told(tmp_path: Path) -> None:
    assert refused(file(tmp_path, "[t1.1] | a | b |\nc\n"))


WANTED = {
    "1": Block("1", ("第一章",)),
    "1:1": Block("1:1", ("一。", "二。")),
    "t1.1": Block("t1.1", ("", "甲", "-")),
}


def test_the_same_blocks_do_not_mismatch() -> None:
    assert mismatches(WANTED, WANTED) == []
    assert mismatches(WANTED, dict(reversed(WANTED.items()))) == []
    assert mismatches({}, {}) == []


@pytest.mark.parametrize(
    ("name", "texts", "expected"),
    [
        ("1", None, ["missing [1]"]),
        ("2", ("a",), ["unknown [2]"]),
        ("1:1", ("a",), ["[1:1] has 1 texts, its original 2"]),
        ("1:1", ("a", "b", "c"), ["[1:1] has 3 texts, its original 2"]),
        ("1", (), ["[1] has 0 texts, its original 1"]),
        ("t1.1", ("a", "-"), ["[t1.1] has 2 texts, its original 3"]),
        ("t1.1", ("a", "b", "-"), ["[t1.1] has empty texts where its original has none, or the"]),
        ("t1.1", ("", "", "-"), ["[t1.1] has empty texts where its original has none, or the"]),
        ("t1.1", ("", "b", ""), ["[t1.1] has empty texts where its original has none, or the"]),
    ],
)
def test_a_block_that_is_not_wanted_is_named(
    name: str, texts: tuple[str, ...] | None, expected: list[str]
) -> None:
    given = {other: block for other, block in WANTED.items() if other != name}
    if texts is not None:
        given[name] = Block(name, texts)
    found = mismatches(WANTED, given)
    assert [fault.removesuffix(" reverse") for fault in found] == expected


def test_everything_is_told_and_long_lists_are_cut() -> None:
    given = {f"x{n}": Block(f"x{n}", ("a",)) for n in range(7)}
    assert mismatches(WANTED, given) == [
        "missing [1], [1:1], [t1.1]",
        "unknown [x0], [x1], [x2], [x3], [x4] and 2 more",
    ]


def translated(given: str, reading: Reading, *terms: Term) -> Reading:
    """A reading with the translation of this text, and a glossary."""
    found: dict[str, Block] = {}
    for part in given.strip().split("\n\n"):
        head, *lines = part.split("\n")
        name, _, first = head.partition(" ")
        texts = first.strip("|").split("|") if first.startswith("|") else [first, *lines]
        found[name] = Block(name, tuple(text.strip() for text in texts if text or "|" in first))
    return attach(replace(reading, document=replace(reading.document, terms=terms)), found)


def told(reading: Reading, name: str) -> Translation:
    """The translation of the passage with this id, without the document's."""
    found = plans.passage(reading, name).translation
    assert found is not None
    return found


def shown(found: Translation) -> tuple[str, ...]:
    return tuple(found.shown(n) for n in range(len(found.sentences)))


def pairs(passage: Passage) -> list[tuple[str, str]]:
    """The sentences of a passage with their translations."""
    assert passage.translation is not None
    own = [passage.sentence_text(n) for n in range(len(passage.sentences))]
    return list(zip(own, passage.translation.sentences, strict=True))


def test_sentences_are_aligned_where_a_passage_joins_paragraphs() -> None:
    reading = plans.chapter(
        "到2025年，建成10座泵站。路网更畅通。", "持续推进。", "水系更清洁！还有吗？"
    )
    assert len(reading.document.passages) == 1
    found = translated(
        """
1 Chapter 1: General

1:1
By 2025, 10 pumping stations are built.
Roads flow.

1:2 Keep going.

1:3 Waters are cleaner!
Is there more?
""",
        reading,
    )
    assert found.problems == ()
    assert pairs(plans.passage(found, "1#1")) == [
        ("到2025年，建成10座泵站。", "By 2025, 10 pumping stations are built."),
        ("路网更畅通。", "Roads flow."),
        ("持续推进。", "Keep going."),
        ("水系更清洁！", "Waters are cleaner!"),
        ("还有吗？", "Is there more?"),
    ]
    assert told(found, "1#1").text == (
        "By 2025, 10 pumping stations are built. Roads flow. Keep going. "
        "Waters are cleaner! Is there more?"
    )
    assert told(found, "1#1").path == ("Chapter 1: General",)
    assert found.document.languages == ("zh", "en")


def test_sentences_are_aligned_where_a_paragraph_is_cut() -> None:
    long = "".join(f"第{n}项{'工程' * 30}完成。" for n in range(1, 21))
    reading = plans.chapter("先行。", long, "后续。")
    names = [passage.id.rpartition("#")[2] for passage in reading.document.passages]
    assert names == ["1", "2", "3", "4"]
    lines = "\n".join(f"Project {n} is complete{'d' * 100}." for n in range(1, 21))
    found = translated(f"1 General\n\n1:1 First.\n\n1:2\n{lines}\n\n1:3 Later.", reading)
    assert found.problems == ()
    aligned = [pair for passage in found.document.passages for pair in pairs(passage)]
    assert aligned[0] == ("先行。", "First.")
    assert aligned[-1] == ("后续。", "Later.")
    for n, (own, english) in enumerate(aligned[1:-1], start=1):
        assert own.startswith(f"第{n}项")
        assert english.startswith(f"Project {n} ")
    assert len(aligned) == 22


def test_a_paragraph_without_a_full_stop_is_a_text_of_its_own() -> None:
    reading = plans.chapter("专栏1 重点工程", "绿道工程。路网工程。")
    found = translated("1 General\n\n1:1 Box 1\n\n1:2\nGreenways.\nRoads.", reading)
    assert pairs(plans.passage(found, "1#1")) == [
        ("专栏1重点工程", "Box 1"),
        ("绿道工程。", "Greenways."),
        ("路网工程。", "Roads."),
    ]


ENGLISH = """0 Outline of Yundu District's 14th Five-Year Plan

0:1
This Outline states the approach and priorities of the next five years.

P1 Part I: Foundation

1 Chapter 1: Environment

1.1 1. Opportunities

1.1:1
In 2020, GDP reached 32.05 billion yuan, 1.6 times that of the end of 2015.
38 "Four-Above" enterprises and 6 buildings were added, and market entities exceeded 120,000.

fn1
"Four-Above" enterprises: those above designated size.

1.2 2. Challenges

1.2:1 Water is scarce and the population is aging faster.

1.2:2
Weak links stand out.
Fourth, public services fall short, and vocational education has to grow.

2 Chapter 2: Objectives

2:1 By 2025, overall strength rises to a new level.

2.1 1. General objectives

2.1:1
- High-quality development.
More than 10 headquarters.

2.1:2
- High-quality life.
5,000 new school places.

t1 Box 1: Main indicators of the 14th Five-Year Plan period

t1.0 | Category | No. | Indicator | Unit | 2020 | 2025 | Attribute |

t1.1 | Economy | 1 | GDP growth | % | - | about 7 | Anticipatory |

t1.2 |  | 2 | R&D spending growth | % |  | - | Anticipatory |

t1.3 | Well-being | 3 | Life expectancy | year | 80.1 | [1.5] | Binding |

t1.4 |  | 4 | Old-age insurance coverage | % | 98 | >98 | Anticipatory |

t1.5 | Ecology | 5 | Green coverage | % | 38.2 | 40 | Binding |

2.2 2. Outlook

2.2:1 In 2035, a modern riverside district is built.

P2 Part II: Tasks

P2:1 Projects come first.

3 Chapter 3: A quality district

3:1 Planning, building and management are coordinated.

3.1 1. Clear roads

3.1:1
The road network reaches 5.98 km per square km, the "Four-Way Handling" service is offered, a \
pumping station (Q=40m^3/s) is built, and 9 microcirculation roads are renovated.

fn2
At the end of the 13th Five-Year Plan period, the density was 4.88 km per square km.

fn3 "Four-Way Handling": at once, online, nearby, in one go.

3.2 2. Waters

3.2:1
River and lake chiefs are in place.
By 2025, water quality stays at 100%.
Win new victories!
"""
FOURTEENTH = Term("十四五", "14th Five-Year Plan")
WHOLE = Term("第十四个五年规划", "14th Five-Year Plan")
CHIEFS = Term("河湖长制", "river and lake chiefs")


@cache
def whole() -> Reading:
    return translated(ENGLISH, plans.reading(), FOURTEENTH, WHOLE, CHIEFS)


def test_a_whole_plan_is_translated_without_a_problem() -> None:
    assert whole().problems == ()
    assert all(passage.translation is not None for passage in whole().document.passages)


def test_what_is_wanted_comes_in_the_order_of_the_plan() -> None:
    wanted = originals(plans.reading())
    assert list(wanted) == [
        part.partition(" ")[0].partition("\n")[0] for part in ENGLISH.strip().split("\n\n")
    ]
    assert wanted["1.1:1"].texts == (
        "2020年，地区生产总值达到320.5亿元，是2015年末的1.6倍。",
        "新增“四上”企业38家，年纳税过千万元楼宇6栋,市场主体突破12万余户。",
    )
    assert wanted["t1"].texts == ("专栏1 “十四五”时期主要指标",)
    assert wanted["t1.2"].texts == ("", "2", "研发经费投入 增长", "%", "", "-", "预期性")


def test_a_table_without_a_caption_has_only_its_header_and_rows() -> None:
    reading = plans.chapter("路网。", "类别\t序号\t名称\n经济\t1\t增长")
    assert list(originals(reading)) == ["1", "1:1", "t1.0", "t1.1"]
    found = translated(
        "1 General\n\n1:1 Roads.\n\nt1.0 |Category|No.|Name|\n\nt1.1 |Economy|1|Growth|", reading
    )
    assert told(found, "1#t1.1").path == ("General",)


def test_paths_are_translated_as_deep_as_they_are() -> None:
    sections = {section.id: section.translated for section in whole().document.sections}
    assert sections["0"] == ("Outline of Yundu District's 14th Five-Year Plan",)
    assert sections["P1"] == ("Part I: Foundation",)
    assert sections["1.2"] == ("Part I: Foundation", "Chapter 1: Environment", "2. Challenges")
    assert sections["3"] == ("Part II: Tasks", "Chapter 3: A quality district")
    assert told(whole(), "3.2#1").path == sections["3.2"]
    for section in whole().document.sections:
        assert len(section.translated) == len(section.path)
    for passage in whole().document.passages:
        assert passage.translation is not None
        assert len(passage.translation.path) == len(passage.path)


def test_a_footnote_has_its_own_text() -> None:
    found = told(whole(), "3.1#fn3")
    assert found.sentences == ('"Four-Way Handling": at once, online, nearby, in one go.',)
    assert found.path == (
        "Part II: Tasks",
        "Chapter 3: A quality district",
        "1. Clear roads",
    )
    assert found.fields == ()


def test_a_row_has_the_caption_in_its_path_and_its_values_by_their_headers() -> None:
    found = told(whole(), "2.1#t1.1")
    assert found.path == (
        "Part I: Foundation",
        "Chapter 2: Objectives",
        "1. General objectives",
        "Box 1: Main indicators of the 14th Five-Year Plan period",
    )
    assert dict(found.fields)["2025"] == "about 7"
    assert found.sentences == (
        "Category: Economy; No.: 1; Indicator: GDP growth; Unit: %; 2025: about 7; "
        "Attribute: Anticipatory",
    )


@pytest.mark.parametrize(
    ("name", "category"),
    [("t1.1", "Economy"), ("t1.2", "Economy"), ("t1.4", "Well-being"), ("t1.5", "Ecology")],
)
def test_a_row_inherits_the_category_above(name: str, category: str) -> None:
    passage = plans.passage(whole(), f"2.1#{name}")
    found = told(whole(), f"2.1#{name}")
    assert found.fields[0] == ("Category", category)
    assert found.text.startswith(f"Category: {category}; ")
    for (_, own), (_, english) in zip(passage.fields, found.fields, strict=True):
        assert bool(own) == bool(english)
        assert (own == "-") == (english == "-")


def test_only_rows_have_fields() -> None:
    for passage in whole().document.passages:
        assert passage.translation is not None
        assert bool(passage.translation.fields) == (passage.kind is Kind.ROW)


def test_a_document_has_a_side_in_each_language() -> None:
    passage = plans.passage(whole(), "2#1")
    english = whole().document.side(passage, "en")
    assert english is not None
    assert english.text == "By 2025, overall strength rises to a new level."
    assert english.sentences == (english.text,)
    assert english.path == ("Part I: Foundation", "Chapter 2: Objectives")
    own = whole().document.side(passage, "zh")
    assert own is not None
    assert own.path == passage.path
    assert whole().document.side(passage, "fr") is None
    assert plans.reading().document.side(plans.passage(plans.reading(), "2#1"), "en") is None
    assert plans.reading().document.languages == ("zh",)


def test_a_translation_changes_nothing_but_what_is_added() -> None:
    bare = plans.reading()
    passages = tuple(replace(passage, translation=None) for passage in whole().document.passages)
    sections = tuple(replace(section, translated=()) for section in whole().document.sections)
    assert passages == bare.document.passages
    assert sections == bare.document.sections
    assert whole().paragraphs == bare.paragraphs
    for one, other in zip(whole().document.passages, bare.document.passages, strict=True):
        assert one.digest != other.digest


def test_problems_of_the_plan_are_kept() -> None:
    bare = replace(plans.chapter("路网。"), problems=("a page is lost",))
    assert translated("1 General\n\n1:1 5 roads.", bare).problems == (
        "a page is lost",
        "translation [1:1] text 1 (withheld): 5 is added",
    )


def wrong(old: str, new: str) -> Reading:
    """The whole plan with one thing changed in its translation."""
    assert ENGLISH.count(old) == 1
    return translated(ENGLISH.replace(old, new), plans.reading(), FOURTEENTH, WHOLE, CHIEFS)


def test_a_sentence_with_a_wrong_figure_is_withheld_and_told() -> None:
    found = wrong("stays at 100%", "stays at 10%")
    assert found.problems == (
        "translation [3.2:1] text 2 (withheld): 100% is missing",
        "translation [3.2:1] text 2 (withheld): 10% is added",
    )
    assert shown(told(found, "3.2#1")) == (
        "River and lake chiefs are in place.",
        "",
        "Win new victories!",
    )
    assert told(found, "3.2#1").text == (
        "River and lake chiefs are in place. […] Win new victories!"
    )
    for passage in whole().document.passages:
        if not passage.id.endswith("/3.2#1"):
            assert passage in found.document.passages


def test_a_sentence_whose_term_is_put_otherwise_is_told_but_shown() -> None:
    found = wrong("River and lake chiefs are", "River bosses are")
    assert found.problems == (
        "translation [3.2:1] text 1: 河湖长制 is not rendered as river and lake chiefs",
    )
    assert told(found, "3.2#1").sentences[0] == "River bosses are in place."


def test_a_wrong_figure_in_a_footnote_is_withheld() -> None:
    found = wrong("4.88 km per", "4.98 km per")
    assert shown(told(found, "3.1#fn2")) == ("",)
    assert len(found.problems) == 2
    assert all(p.startswith("translation [fn2] text 1 (withheld): ") for p in found.problems)


def test_a_wrong_value_of_a_row_is_withheld() -> None:
    found = wrong("| 80.1 |", "| 81.0 |")
    assert found.problems == (
        "translation [t1.3] text 5 (withheld): 80.1 is missing",
        "translation [t1.3] text 5 (withheld): 81 is added",
    )
    assert dict(told(found, "2.1#t1.3").fields)["2020"] == ""
    assert "81" not in told(found, "2.1#t1.3").text


def test_a_heading_with_a_wrong_figure_stays_as_it_is() -> None:
    found = wrong("Chapter 2: Objectives", "Chapter 20: Objectives")
    assert found.problems == ("translation [2] text 1 (withheld): 20 is added",)
    assert told(found, "2.1#1").path == (
        "Part I: Foundation",
        "第二章 主要目标",
        "1. General objectives",
    )


def test_a_caption_with_a_wrong_figure_stays_as_it_is() -> None:
    found = wrong("Box 1: Main", "Box 7: Main")
    assert told(found, "2.1#t1.1").path[-1] == "专栏1 “十四五”时期主要指标"


def test_a_header_with_a_wrong_figure_stays_as_it_is() -> None:
    found = wrong("| 2020 | 2025 | Attribute", "| 2020 | 2026 | Attribute")
    assert told(found, "2.1#t1.1").fields[5] == ("2025年", "about 7")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("P2:1 Projects come first.\n\n", "", "missing [P2:1]"),
        ("P2:1 Projects", "P2:2 Projects", "missing [P2:1]; unknown [P2:2]"),
        ("\nWin new victories!", "", "[3.2:1] has 2 texts, its original 3"),
        (
            "In 2035, a modern riverside district is built.",
            "In 2035, a modern district is built.\nBy the river.",
            "[2.2:1] has 2 texts, its original 1",
        ),
        (
            "| % |  | - |",
            "| % | - | - |",
            "[t1.2] has empty texts where its original has none, or the reverse",
        ),
        ("| 38.2 | 40 |", "| 38.2 |", "[t1.5] has 6 texts, its original 7"),
    ],
)
def test_blocks_that_do_not_match_are_refused_by_name(old: str, new: str, expected: str) -> None:
    with pytest.raises(errors.TranslationInvalid) as refusal:
        wrong(old, new)
    assert str(refusal.value) == f"yundu-14fyp: translation: {expected}"


def test_faults_are_told_with_their_place() -> None:
    wanted = {"1:1": Block("1:1", ("一座。", "5座。"))}
    given = {"1:1": Block("1:1", ("One.", "6."))}
    assert list(faults(wanted, given, ())) == [
        ("1:1", 1, "5 is missing"),
        ("1:1", 1, "6 is added"),
    ]


_SENTENCE = st.text("甲乙丙丁”、，", min_size=1, max_size=120).map(lambda words: f"甲{words}")
_PARAGRAPH = st.lists(
    st.tuples(_SENTENCE, st.sampled_from(["。", "！", "？”", "?", "。）"])).map("".join),
    min_size=1,
    max_size=8,
).map("".join)
_IN_LETTERS = str.maketrans("0123456789", "abcdefghij")


@plans.properties
@given(st.lists(_PARAGRAPH, min_size=1, max_size=6))
def test_every_sentence_meets_its_own_translation(paragraphs: list[str]) -> None:
    reading = plans.chapter(*paragraphs)
    wanted = originals(reading)
    given = {  # each text says where it stands, in letters, and is about as long as it should be
        name: Block(
            name,
            tuple(
                f"{name} {n}".translate(_IN_LETTERS) + "x" * 3 * len(text)
                for n, text in enumerate(block.texts)
            ),
        )
        for name, block in wanted.items()
    }
    found = attach(reading, given)
    assert found.problems == ()
    assert [pair for passage in found.document.passages for pair in pairs(passage)] == [
        pair
        for paragraph in reading.paragraphs
        for pair in zip(
            wanted[paragraph.id].texts,
            given[paragraph.id].texts,
            strict=True,
        )
    ]


GLOSSARY = '[[term]]\nzh = "十四五"\nen = "14th Five-Year Plan"\n'
SMALL = "第一章 总则\n\n“十四五”时期，建成10座泵站。\n\n持续推进。\n"
SMALL_ENGLISH = """# [1] Chapter 1: General

[1:1]
In the 14th Five-Year Plan period, build 10 pumping stations.

[1:2]
Keep going.
"""


def folder(
    path: Path, translated: str | None = SMALL_ENGLISH, terms: str | None = GLOSSARY
) -> Path:
    """A plan's folder with a translation and a glossary, which plan.toml names."""
    plans.write(
        path,
        SMALL,
        pages=None,
        translation=None if translated is None else "translation.en.md",
        glossary=None if terms is None else "glossary.toml",
    )
    if translated is not None:
        (path / "translation.en.md").write_text(translated, "utf-8")
    if terms is not None:
        (path / "glossary.toml").write_text(terms, "utf-8")
    return path


def test_a_folder_is_read_with_its_translation_and_glossary(tmp_path: Path) -> None:
    found = document.read(folder(tmp_path))
    assert found.problems == ()
    assert found.document.terms == (Term("十四五", "14th Five-Year Plan"),)
    assert told(found, "1#1").sentences == (
        "In the 14th Five-Year Plan period, build 10 pumping stations.",
        "Keep going.",
    )
    assert found.document.sections[0].translated == ("Chapter 1: General",)


def test_a_glossary_may_stand_alone(tmp_path: Path) -> None:
    found = document.read(folder(tmp_path, None))
    assert len(found.document.terms) == 1
    assert plans.passage(found, "1#1").translation is None


def test_a_translation_may_do_without_a_glossary(tmp_path: Path) -> None:
    found = document.read(folder(tmp_path, terms=None))
    assert found.document.terms == ()
    assert found.document.languages == ("zh", "en")


def test_a_plan_without_either_has_neither(tmp_path: Path) -> None:
    found = document.read(folder(tmp_path, None, None))
    assert found == plans.reading(SMALL, pages=None)
    assert all(section.translated == () for section in found.document.sections)


def test_what_the_glossary_asks_for_is_checked(tmp_path: Path) -> None:
    other = GLOSSARY.replace("14th Five-Year Plan", "Fourteenth Plan")
    found = document.read(folder(tmp_path, terms=other))
    assert found.problems == (
        "translation [1:1] text 1: 十四五 is not rendered as Fourteenth Plan",
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[1:2]\nKeep going.", "", "yundu-14fyp: translation: missing [1:2]"),
        ("[1:2]", "[1:3]", "yundu-14fyp: translation: missing [1:2]; unknown [1:3]"),
        ("[1:2]", "[1:1]", "{}/translation.en.md: id '1:1' stands twice"),
        ("[1:2]", "(1:2)", "{}/translation.en.md: no id before '(1:2)'"),
        ("\nKeep", "\nKeep on.\nKeep", "translation: [1:2] has 2 texts, its original 1"),
        (SMALL_ENGLISH, "", "{}/translation.en.md: holds no block"),
    ],
)
def test_a_translation_at_fault_is_refused_by_name(
    tmp_path: Path, old: str, new: str, expected: str
) -> None:
    path = folder(tmp_path, SMALL_ENGLISH.replace(old, new))
    with pytest.raises(errors.TranslationInvalid) as refusal:
        document.read(path)
    assert expected.format(tmp_path) in str(refusal.value)


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("translation.en.md", errors.TranslationInvalid),
        ("glossary.toml", errors.GlossaryInvalid),
    ],
)
def test_a_file_that_is_named_but_missing_is_refused_by_name(
    tmp_path: Path, name: str, error: type[errors.CorpusError]
) -> None:
    path = folder(tmp_path)
    (path / name).unlink()
    with pytest.raises(error, match=rf"{name}: cannot be read \(No such file"):
        document.read(path)


def test_a_glossary_at_fault_is_refused_by_name(tmp_path: Path) -> None:
    path = folder(tmp_path, terms=GLOSSARY + GLOSSARY)
    with pytest.raises(errors.GlossaryInvalid, match=r"glossary\.toml: '十四五' stands twice"):
        document.read(path)
