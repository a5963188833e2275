"""translation.en.md: an unofficial translation, aligned with its plan by block and by sentence.

Each block opens with the id of what it translates in brackets: [10.1] a heading, [10.1:2] the
second paragraph of that section, [fn4] a footnote, [t1] a table's caption, [t1.0] its header,
[t1.5] a row, whose cells are parted by |. A paragraph or footnote has one line for each sentence
of the original. A blank line ends a block; what stands before the first one is a preface.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import fidelity
from corpus.errors import TranslationInvalid
from corpus.glossary import Finder
from corpus.passages import sentences
from corpus.records import Kind, Passage, Reading, Row, Section, Term, Translation

_OPENING = re.compile(r"(?:#+\s+)?\[([a-zA-Z0-9.:-]+)\]\s*(.*)")
_LONGEST_LIST = 5


@dataclass(frozen=True, slots=True)
class Block:
    """What is translated as one. texts: its heading, its sentences, or its cells."""

    id: str
    texts: tuple[str, ...]


def read(path: Path) -> dict[str, Block]:
    """The blocks of a file by id. Raises TranslationInvalid: unreadable, none, or an id twice."""
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise TranslationInvalid(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise TranslationInvalid(f"{path}: not UTF-8 at byte {error.start}") from error
    blocks: dict[str, Block] = {}
    for lines in _paragraphs(text):
        opening = _OPENING.fullmatch(lines[0])
        if opening is None:
            if blocks:
                raise TranslationInvalid(f"{path}: no id before {lines[0][:40]!r}")
            continue
        name, first = opening[1], opening[2].strip()
        if name in blocks:
            raise TranslationInvalid(f"{path}: id {name!r} stands twice")
        if first.startswith("|"):
            if lines[1:]:
                raise TranslationInvalid(f"{path}: [{name}] has a line below its cells")
            texts = [cell.strip() for cell in first.removesuffix("|")[1:].split("|")]
        else:
            texts = [line for line in (first, *lines[1:]) if line]
        blocks[name] = Block(name, tuple(texts))
    if not blocks:
        raise TranslationInvalid(f"{path}: holds no block ([id] text)")
    return blocks


def _paragraphs(text: str) -> Iterator[list[str]]:
    for part in re.split(r"\n[ \t\r]*\n", text.replace("\ufeff", "")):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines:
            yield lines


def originals(reading: Reading) -> dict[str, Block]:
    """What a translation of reading has to have, with the original's texts, in its order."""
    found: list[Block] = []
    for section in reading.document.sections:
        found.append(Block(section.id, (section.title,)))
        found += (
            Block(paragraph.id, _sentences(paragraph.text.text))
            for paragraph in reading.paragraphs
            if paragraph.section == section.id
        )
        for row in (row for row in reading.rows if row.section == section.id):
            header = f"{row.table}.0"
            if header not in (block.id for block in found):
                found += [Block(row.table, (row.caption,))] if row.caption else []
                found.append(Block(header, tuple(cell.text for cell in row.header)))
            found.append(Block(row.id, tuple(cell.text for cell in row.cells)))
        found += (
            Block(note.id, _sentences(note.text.text))
            for note in reading.footnotes
            if note.section == section.id
        )
    return {block.id: block for block in found}


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(text[sentence.start : sentence.end] for sentence in sentences(text))


def mismatches(wanted: Mapping[str, Block], given: Mapping[str, Block]) -> list[str]:
    """Where the blocks are not those that are wanted, or have other numbers of texts, in words."""
    missing = [name for name in wanted if name not in given]
    unknown = [name for name in given if name not in wanted]
    found = [f"missing {_listed(missing)}"] if missing else []
    found += [f"unknown {_listed(unknown)}"] if unknown else []
    for name, block in wanted.items():
        if name not in given:
            continue
        texts = given[name].texts
        if len(texts) != len(block.texts):
            found.append(f"[{name}] has {len(texts)} texts, its original {len(block.texts)}")
        elif any(bool(one) != bool(other) for one, other in zip(texts, block.texts, strict=True)):
            found.append(f"[{name}] has empty texts where its original has none, or the reverse")
    return found


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LONGEST_LIST} more" if len(names) > _LONGEST_LIST else ""
    return ", ".join(f"[{name}]" for name in names[:_LONGEST_LIST]) + more


def faults(
    wanted: Mapping[str, Block], given: Mapping[str, Block], terms: Iterable[Term]
) -> Iterator[tuple[str, int, str]]:
    """(id, number of the text, what is wrong): every text held against its original."""
    find = Finder(terms)
    for name, block in wanted.items():
        for n, (original, english) in enumerate(zip(block.texts, given[name].texts, strict=True)):
            yield from ((name, n, fault) for fault in fidelity.faults(original, english, find))


def attach(reading: Reading, given: Mapping[str, Block]) -> Reading:
    """reading with the translation beside its sections and passages.

    A text that fails a check is told among the problems; a sentence or row whose figures are not
    those of its original is withheld, since a wrong amount is worse than none; a heading, caption
    or column's name then stays as it is. Raises TranslationInvalid where ids or numbers of texts do
    not match.
    """
    document, terms = reading.document, reading.document.terms
    wanted = originals(reading)
    wrong = mismatches(wanted, given)
    if wrong:
        raise TranslationInvalid(f"{document.id}: translation: {'; '.join(wrong)}")
    find = Finder(terms)
    bad = {
        (name, n)
        for name, block in wanted.items()
        for n, (original, english) in enumerate(zip(block.texts, given[name].texts, strict=True))
        if fidelity.lost_figures(original, english, list(find(original)))
    }
    problems = [
        f"translation [{name}] text {n + 1}{' (withheld)' if (name, n) in bad else ''}: {fault}"
        for name, n, fault in faults(wanted, given, terms)
    ]
    names = {section.id for section in document.sections}
    names |= {row.table for row in reading.rows} | {f"{row.table}.0" for row in reading.rows}
    texts = {
        name: tuple(
            block.texts[n] if name in names and (name, n) in bad else english
            for n, english in enumerate(given[name].texts)
        )
        for name, block in wanted.items()
    }
    shown = {
        name: tuple(
            "" if (name, n) in bad and name not in names else text for n, text in enumerate(own)
        )
        for name, own in texts.items()
    }
    sections = tuple(_translated(document.sections, texts))
    paths = {section.id: section.translated for section in sections}
    rows = {row.id: row for row in reading.rows}
    lines = {
        section.id: iter(
            [
                (text, (paragraph.id, n) in bad)
                for paragraph in reading.paragraphs
                if paragraph.section == section.id
                for n, text in enumerate(texts[paragraph.id])
            ]
        )
        for section in sections
    }

    def withheld(name: str) -> frozenset[int]:
        return frozenset(n for n in range(len(texts[name])) if (name, n) in bad)

    def translated(passage: Passage) -> Passage:
        name = passage.id.rpartition("#")[2]
        path = paths[passage.section]
        if passage.kind is Kind.ROW:
            row = rows[name]
            below = texts.get(row.table, ())
            said = "; ".join(
                f"{label}: {value}"
                for label, value in _fields(row, texts, rows)
                if value not in ("", "-")
            )
            hidden = frozenset({0}) if withheld(name) else frozenset[int]()
            told = Translation("en", (*path, *below), (said,), _fields(row, shown, rows), hidden)
            return replace(passage, translation=told)
        if passage.kind is Kind.FOOTNOTE:
            told = Translation("en", path, texts[name], withheld=withheld(name))
            return replace(passage, translation=told)
        own = [next(lines[passage.section]) for _ in passage.sentences]
        hidden = frozenset(n for n, (_, is_bad) in enumerate(own) if is_bad)
        told = Translation("en", path, tuple(text for text, _ in own), withheld=hidden)
        return replace(passage, translation=told)

    return replace(
        reading,
        document=replace(
            document,
            sections=sections,
            passages=tuple(translated(passage) for passage in document.passages),
        ),
        problems=(*reading.problems, *problems),
    )


def _translated(
    sections: Sequence[Section], texts: Mapping[str, Sequence[str]]
) -> Iterator[Section]:
    """Each section with its path translated."""
    paths: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
    for section in sections:
        own = texts[section.id][0]
        paths[section.path] = (*paths[section.path[:-1]], own)
        yield replace(section, translated=paths[section.path])


def _fields(
    row: Row, texts: Mapping[str, Sequence[str]], rows: Mapping[str, Row]
) -> tuple[tuple[str, str], ...]:
    """(header, value) of a row, translated, the category filled in as in the original."""
    values = list(texts[row.id])
    if row.category is not None and not values[0]:
        holder = next(
            other.id
            for other in rows.values()
            if other.table == row.table and other.cells[0].text == row.category
        )
        values[0] = texts[holder][0]
    return tuple(zip(texts[f"{row.table}.0"], values, strict=True))
