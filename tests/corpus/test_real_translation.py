"""The bundled plan's translation: complete, faithful, and held to it by checks that bite."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from corpus import catalog, document, fidelity, translation
from corpus.errors import TranslationInvalid
from corpus.figures import Figure, figures
from corpus.glossary import Finder
from corpus.language import HAN, fold
from corpus.records import Kind, Reading

FOLDER = catalog.bundled() / "wuchang-14fyp"


@cache
def real() -> Reading:
    return document.read(FOLDER)


@cache
def english() -> str:
    return (FOLDER / "translation.en.md").read_text("utf-8")


def texts() -> Iterator[tuple[str, str]]:
    """Every text of the plan with its translation."""
    given = translation.read(FOLDER / "translation.en.md")
    for name, block in translation.originals(real()).items():
        yield from zip(block.texts, given[name].texts, strict=True)


def changed(folder: Path, old: str, new: str) -> Path:
    """A copy of the plan's folder whose translation has one thing changed, where it stands once."""
    assert english().count(old) == 1, old
    copy = folder / "plan"
    shutil.copytree(FOLDER, copy)
    (copy / "translation.en.md").write_text(english().replace(old, new), "utf-8")
    return copy


def block(name: str) -> str:
    """The block of this id as it stands in the file."""
    found = re.findall(rf"(?ms)^(?:#+ )?\[{re.escape(name)}\].*?(?=\n\n|\Z)", english())
    assert len(found) == 1, name
    return str(found[0])


def place(words: str) -> tuple[str, int]:
    """The block and the number of the text that has these words of the translation."""
    found = [
        (name, n)
        for name, given in translation.read(FOLDER / "translation.en.md").items()
        for n, text in enumerate(given.texts)
        if words in (text if "|" not in words else f"| {' | '.join(given.texts)} |")
        and words.strip("| ") in text
    ]
    assert len(found) == 1, words
    return found[0]


def test_nothing_is_wrong_with_it() -> None:
    assert real().problems == ()


def test_every_block_is_aligned_and_in_the_order_of_the_plan() -> None:
    wanted = translation.originals(real())
    given = translation.read(FOLDER / "translation.en.md")
    assert translation.mismatches(wanted, given) == []
    assert list(given) == list(wanted)


def test_every_passage_has_english_and_no_sentence_is_withheld() -> None:
    assert real().document.languages == ("zh", "en")
    for passage in real().document.passages:
        found = passage.translation
        assert found is not None, passage.id
        assert found.language == "en"
        assert len(found.sentences) == len(passage.sentences), passage.id
        assert all(text.strip() for text in found.sentences), passage.id


def test_every_section_has_an_english_path() -> None:
    for section in real().document.sections:
        assert len(section.translated) == len(section.path), section.id
        assert all(title and not HAN.search(title) for title in section.translated), section.id
    paths = {section.id: section.translated for section in real().document.sections}
    for passage in real().document.passages:
        assert passage.translation is not None
        assert len(passage.translation.path) == len(passage.path), passage.id
        assert passage.translation.path[: len(paths[passage.section])] == paths[passage.section]


def test_every_row_has_its_values_by_their_headers() -> None:
    rows = [passage for passage in real().document.passages if passage.kind is Kind.ROW]
    assert len(rows) == 17
    for row in rows:
        assert row.translation is not None
        fields = row.translation.fields
        assert len(fields) == len(row.fields)
        for (_, own), (label, value) in zip(row.fields, fields, strict=True):
            assert label
            assert bool(own) == bool(value)
            assert not HAN.search(label + value)


def test_no_chinese_is_left_in_it() -> None:
    assert [text for _, text in texts() if HAN.search(text)] == []


def test_what_stands_for_the_same_words_stands_for_them_in_english() -> None:
    """Headings in a path and the captions of rows are those of their own blocks."""
    captions = {
        passage.translation.path[-1]
        for passage in real().document.passages
        if passage.kind is Kind.ROW and passage.translation is not None
    }
    assert captions == set(translation.read(FOLDER / "translation.en.md")["t1"].texts)


def test_its_glossary_is_large_and_stands_in_the_plan() -> None:
    terms = real().document.terms
    assert len(terms) >= 300
    source = fold(real().document.source)
    assert [term.zh for term in terms if not any(Finder([term])(source))] == []


def test_no_two_terms_are_one_when_folded() -> None:
    folded = [fold(term.zh).replace(" ", "") for term in real().document.terms]
    assert len(set(folded)) == len(folded)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            "exceed 56 billion yuan",
            "exceed 560 billion yuan",
            ["56000000000 yuan is missing", "560000000000 yuan is added"],
        ),
        (
            "exceed 56 billion yuan",
            "exceed 56 million yuan",
            ["56000000000 yuan is missing", "56000000 yuan is added"],
        ),
        (
            "exceed 56 billion yuan",
            "exceed 56 billion dollars",
            ["56000000000 yuan is missing", "56000000000 is added"],
        ),
        ("46.2%", "46.2", ["46.2% is missing", "46.2 is added"]),
        ("46.2%", "46.2‰", ["46.2% is missing", "46.2‰ is added"]),
        ("46.2%", "46.2 percentage points", ["46.2% is missing", "46.2 point is added"]),
        ("46.2%", "much", ["46.2% is missing"]),
        ("2.5‰", "2.5%", ["2.5‰ is missing", "2.5% is added"]),
        ("below 9 per 100,000", "below 9 per 10,000", ["100000 is missing"]),
        (
            "rose to over 120,000",
            "rose to over 12,000",
            ["120000 is missing", "12000 is added"],
        ),
        pytest.param(
            "rose to over 120,000",
            "rose to 120,000",
            ["120000 lacks its 余 or 多 (over, more than)"],
        ),
        ("5.98 kilometers", "5.89 kilometers", ["5.98 is missing", "5.89 is added"]),
        ("4.88 kilometers", "4 kilometers", ["4.88 is missing", "4 is added"]),
        (
            "152.204 billion",
            "1522.04 billion",
            ["152204000000 yuan is missing", "1522040000000 yuan is added"],
        ),
        ("| 40.25 |", "| 42.50 |", ["40.25 is missing", "42.5 is added"]),
        ("| 81.4 |", "| 84.1 |", ["81.4 is missing", "84.1 is added"]),
    ],
)
def test_a_wrong_figure_is_told_with_its_place_and_withheld(
    tmp_path: Path, old: str, new: str, faults: list[str]
) -> None:
    name, n = place(old)
    found = document.read(changed(tmp_path, old, new))
    where = f"translation [{name}] text {n + 1} (withheld): "
    assert all(problem.startswith(where) for problem in found.problems)
    assert set(faults) <= {problem.removeprefix(where) for problem in found.problems}
    others = [
        (one.translation, other.translation)
        for one, other in zip(real().document.passages, found.document.passages, strict=True)
        if one != other
    ]
    assert len(others) == 1
    sound, spoilt = others[0]
    assert sound is not None
    assert spoilt is not None
    assert old.strip("| ") in sound.text
    assert new.strip("| ") not in spoilt.text
    if spoilt.fields:
        assert [value for _, value in spoilt.fields].count("") == 1
    else:
        differing = [
            (sound.shown(n), spoilt.shown(n))
            for n in range(len(sound.sentences))
            if sound.shown(n) != spoilt.shown(n)
        ]
        assert len(differing) == 1
        assert differing[0][1] == ""


def test_another_wording_of_a_term_is_told_but_shown(tmp_path: Path) -> None:
    old = next(line for line in english().split("\n") if "Road-Rail Tunnel" in line)
    new = old.replace("Road-Rail Tunnel", "road and rail tube")
    name, n = place(old)
    found = document.read(changed(tmp_path, old, new))
    [problem] = found.problems
    assert problem.startswith(f"translation [{name}] text {n + 1}: ")
    assert "is not rendered as" in problem
    assert all(passage.translation for passage in found.document.passages)
    assert any(
        new in passage.translation.sentences
        for passage in found.document.passages
        if passage.translation is not None
    )


def test_every_term_of_the_glossary_is_held_to() -> None:
    """Take a term's wordings out of the translation of a text that has it, and it is told."""
    find = Finder(real().document.terms)
    held = set()
    for own, text in texts():
        for term in dict.fromkeys(find(own)):
            without = text.replace("’", "'")
            for words in term.wordings:
                without = re.sub(rf"(?i)(?<!\w){re.escape(words)}(?!\w)", "…", without)
            told = fidelity.lost_terms(without, [term])
            assert told == [f"{term.zh} is not rendered as {' or '.join(term.wordings)}"]
            held.add(term)
    assert len(held) >= 300


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        ("1:2", lambda text: text.rpartition("\n")[0], "[1:2] has 3 texts, its original 4"),
        ("1:2", lambda text: f"{text}\nOne more.", "[1:2] has 5 texts, its original 4"),
        ("fn1", lambda text: f"{text}\nOne more.", "[fn1] has 2 texts, its original 1"),
        (
            "1:2",
            lambda text: text.replace("[1:2]", "[1:99]"),
            "missing [1:2]; unknown [1:99]",
        ),
        ("10.1", lambda text: text.replace("[10.1]", "[10.11]"), "missing [10.1]; unknown [10.11]"),
        ("10.1:1", lambda text: "", "missing [10.1:1]"),
        ("t1.12", lambda text: "", "missing [t1.12]"),
        ("t1", lambda text: text.replace("[t1]", "[t2]"), "missing [t1]; unknown [t2]"),
        (
            "t1.12",
            lambda text: text.replace("|  |", "|", 1),
            "[t1.12] has 7 texts, its original 8",
        ),
        (
            "t1.2",
            lambda text: text.replace("|  |", "| Economy |", 1),
            "[t1.2] has empty texts where its original has none, or the reverse",
        ),
        ("1:2", lambda text: text.replace("[1:2]", "[1:1]"), "id '1:1' stands twice"),
        ("1:2", lambda text: f"{text}\n\n{text}", "id '1:2' stands twice"),
        ("1:2", lambda text: text.replace("[1:2]", "(1:2)"), "no id before '(1:2)'"),
        ("1:2", lambda text: text.replace("[1:2]\n", ""), "no id before 'Economic strength grew"),
    ],
)
def test_a_block_at_fault_is_refused_by_name(
    tmp_path: Path, name: str, change: Callable[[str], str], fault: str
) -> None:
    with pytest.raises(TranslationInvalid) as refusal:
        document.read(changed(tmp_path, f"{block(name)}\n", f"{change(block(name))}\n"))
    assert fault in str(refusal.value)


def _worth(figure: Figure) -> tuple[object, str]:
    return figure.value, figure.unit


def test_every_changed_digit_of_an_amount_is_found() -> None:
    """Each digit of each figure that the plan itself writes in digits, changed to each other."""
    find = Finder(real().document.terms)
    tried, missed = 0, []
    for own, text in texts():
        written = {_worth(figure) for figure in figures(own, "zh")}
        terms = list(find(own))
        for figure in figures(text, "en"):
            if _worth(figure) not in written:
                continue
            for at in range(figure.start, figure.end):
                for digit in "0123456789" if text[at].isdigit() else "":
                    if digit == text[at]:
                        continue
                    tried += 1
                    wrong = text[:at] + digit + text[at + 1 :]
                    if not fidelity.lost_figures(own, wrong, terms) and not fidelity.lost_terms(
                        wrong, terms
                    ):
                        missed.append((own[:30], wrong[max(0, at - 20) : at + 20]))
    assert missed == []
    assert tried > 3000
