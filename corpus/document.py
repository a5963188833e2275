"""A plan's folder to a Reading: each line is told what it is, then everything is put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import catalog, coverage, footnotes, outline
from corpus.cleanup import Line, clean, is_item, is_open, is_title, lines
from corpus.errors import NoHeadings
from corpus.language import key
from corpus.outline import Heading
from corpus.pages import Piece, pages_of, paginate
from corpus.passages import passages
from corpus.records import (
    Cell,
    Document,
    Footnote,
    Manifest,
    Noise,
    Paragraph,
    Reading,
    Row,
    Section,
    Span,
    Traced,
)
from corpus.tables import Table, continues, tables

_TITLE_LIKENESS = 0.9
_TITLE_LINES = 3


def read(folder: Path) -> Reading:
    """The plan in folder. Raises a CorpusError by name."""
    facts = catalog.manifest(folder)
    return parse(facts, catalog.source(folder, facts))


def parse(facts: Manifest, source: str) -> Reading:
    """A plan's text, taken apart. Raises NoHeadings."""
    return _Reader(facts, source).reading()


@dataclass(slots=True)
class _Reader:
    """One pass over the lines of a source; what it has found so far."""

    facts: Manifest
    source: str
    noise: list[tuple[Noise, Span]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    texts: list[tuple[str, list[Span]]] = field(default_factory=list)
    notes: list[tuple[Span, int]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    captions: list[Cell] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    marks: footnotes.Marks = field(default_factory=footnotes.Marks)
    table_count: int = 0
    chapters_restart: bool = False
    open: list[Section] = field(default_factory=list)
    """The section that is being read, below those that it stands in."""
    below_note: bool = False
    """The line before was a footnote, so the page turns here."""

    def reading(self) -> Reading:
        """Everything, put together."""
        body, entries = self._front(self._without_watermarks(lines(self.source)))
        body = self._title(body)
        grid = {n: table for table in tables(body, self.source) for n in _lines_of(table)}
        plain = [Line("", line.span, False) if n in grid else line for n, line in enumerate(body)]
        headings, problems = outline.locate(plain, entries)
        if not headings:
            raise NoHeadings(
                f"{self.facts.id}: no heading (第…篇, 第…章, 第…节 or 一、…) in {self.facts.source}"
            )
        chapters = [found.number for found in headings.values() if found.level == 2]
        self.chapters_restart = len(set(chapters)) < len(chapters)
        for n, line in enumerate(body):
            if n in headings:
                self._heading(line, headings[n])
            elif n in grid:
                if n == grid[n].end - 1:
                    self._table(grid[n], body)
            else:
                self._text(line)
        leaves, conflicts = paginate(
            self.pieces, self.source, 1 if entries else None, self.facts.pages
        )
        sections = tuple(
            Section(s.id, s.level, s.title, s.path, s.heading, pages_of([s.heading], leaves))
            for s in self.sections
        )
        paragraphs = tuple(self._paragraph(section, spans) for section, spans in self.texts)
        notes = tuple(self._note(n, *note) for n, note in enumerate(self.notes, start=1))
        cut = passages(self.facts.id, sections, paragraphs, self.rows, notes, leaves)
        reading = Reading(
            document=Document(self.facts, self.source, sections, leaves, cut),
            paragraphs=paragraphs,
            footnotes=notes,
            rows=tuple(self.rows),
            captions=tuple(self.captions),
            noise=tuple(self.noise),
            problems=(*problems, *conflicts),
        )
        # What is left is white space between lines and cells; a test holds it to that.
        blank = coverage.gaps(len(self.source), coverage.spans(reading))
        noise = (*self.noise, *((Noise.BLANK, span) for span in blank))
        return replace(reading, noise=tuple(sorted(noise, key=lambda item: item[1])))

    def _without_watermarks(self, found: list[Line]) -> list[Line]:
        marks = {key(mark) for mark in self.facts.watermarks}
        left: list[Line] = []
        broken = False
        for line in found:
            if key(line.text) in marks:
                self.noise.append((Noise.WATERMARK, line.span))
                broken = True
                continue
            left.append(Line(line.text, line.span, False) if broken else line)
            broken = False
        return left

    def _front(self, found: list[Line]) -> tuple[list[Line], list[Heading]]:
        """The cover and the contents set aside: the body's lines, and the contents' entries.

        A body without contents begins with its first heading or its first whole sentence.
        """
        first, end, entries = outline.contents(found)
        if not entries:
            first = next(
                (
                    n
                    for n, line in enumerate(found)
                    if outline.heading(line.text) or line.text.endswith("。")
                ),
                len(found),
            )
            end = first
        self.noise += [(Noise.COVER, line.span) for line in found[:first]]
        self.noise += [(Noise.CONTENTS, line.span) for line in found[first:end]]
        return found[end:], entries

    def _title(self, body: list[Line]) -> list[Line]:
        """The body below its title, which may stand on up to three lines."""
        for count in range(1, min(_TITLE_LINES, len(body)) + 1):
            span = Span(body[0].span.start, body[count - 1].span.end)
            words = self.source[span.start : span.end]
            if outline.similar(words, self.facts.title) >= _TITLE_LIKENESS:
                self.sections.append(
                    Section("0", 0, self.facts.title, (self.facts.title,), span, None)
                )
                self._piece(Piece(span))
                return body[count:]
        return body

    def _heading(self, line: Line, found: Heading) -> None:
        self.open = [section for section in self.open if 0 < section.level < found.level]
        parent = self.open[-1] if self.open else None
        above = parent.path if parent else ()
        section = Section(
            self._section_id(found, parent),
            found.level,
            found.title,
            (*above, found.title),
            line.span,
            None,
        )
        self.sections.append(section)
        self.open.append(section)
        self._piece(Piece(line.span, found.page, self.below_note))

    def _section_id(self, found: Heading, parent: Section | None) -> str:
        if found.level == 1:
            name = f"P{found.number}"
        elif found.level == 2:
            inside = f"{parent.id}-" if parent and self.chapters_restart else ""
            name = f"{inside}{found.number}"
        else:
            name = f"{parent.id}.{found.number}" if parent else f"0.{found.number}"
        taken = {section.id for section in self.sections}
        same = (f"{name}-{n}" for n in range(2, len(taken) + 3))
        return name if name not in taken else next(other for other in same if other not in taken)

    def _text(self, line: Line) -> None:
        answered = self.marks.answer(line.text)
        if answered is not None:
            self.notes.append((line.span, answered))
            self._piece(Piece(line.span))
            self.below_note = True
            return
        if self._wraps_note(line):
            note, mark = self.notes[-1]
            whole = Span(note.start, line.span.end)
            self.notes[-1] = (whole, mark)
            self.pieces[-1] = Piece(whole)
            return
        if not line.text.replace("**", "").strip():
            self.noise.append((Noise.MARKUP, line.span))
            return
        section = self._here()
        self.marks.read(self.source, line.span)
        last = self.texts[-1] if self.texts and self.texts[-1][0] == section else None
        wraps = line.wrapped and last is not None and self.pieces[-1].span == last[1][-1]
        open_end = last is not None and is_open(self.source[last[1][-1].start : last[1][-1].end])
        if last is not None and wraps:
            last[1][-1] = Span(last[1][-1].start, line.span.end)
            self.pieces[-1] = Piece(last[1][-1], self.pieces[-1].page, self.pieces[-1].turned)
        elif (
            last is not None
            and open_end
            and not is_item(line.text)
            and not is_title(self.source[last[1][0].start : last[1][-1].end])
        ):
            last[1].append(line.span)
            self._piece(Piece(line.span, turned=True))
        else:
            self.texts.append((section, [line.span]))
            self._piece(Piece(line.span, turned=self.below_note))

    def _wraps_note(self, line: Line) -> bool:
        """Whether a line is the rest of the footnote on the line before."""
        if not (line.wrapped and self.below_note):
            return False
        note = self.notes[-1][0]
        return is_open(self.source[note.start : note.end])

    def _here(self) -> str:
        """The section that is being read; without one, what stands before the first heading."""
        if not self.sections:
            self.sections.append(
                Section("0", 0, self.facts.title, (self.facts.title,), Span(0, 0), None)
            )
        return self.sections[-1].id

    def _piece(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.below_note = False

    def _table(self, table: Table, body: Sequence[Line]) -> None:
        """A table's rows; a table that repeats the header above it goes on with its rows."""
        section = self._here()
        last = self.rows[-1] if self.rows else None
        goes_on = last is not None and last.section == section and continues(table, last.header)
        if not goes_on:
            self.table_count += 1
        first = body[table.first].span.start
        title = self.rows[-1].caption if goes_on else ""
        if table.caption is not None:
            caption = body[table.caption]
            self.captions.append(Cell(caption.text, caption.span))
            first, title = caption.span.start, caption.text
        header, *rest = table.lines
        self.captions += header
        category = self.rows[-1].category if goes_on else None
        number = len([row for row in self.rows if row.id.startswith(f"t{self.table_count}.")])
        for line in rest:
            number += 1
            category = line[0].text or category
            self.rows.append(
                Row(f"t{self.table_count}.{number}", section, title, header, line, category)
            )
        span = Span(first, body[table.end - 1].span.end)
        self._piece(Piece(span, turned=goes_on or self.below_note))

    def _paragraph(self, section: str, spans: Sequence[Span]) -> Paragraph:
        whole = Traced("", ())
        for span in spans:
            text, noise = clean(self.source, span, footnotes.within(self.marks.answered, span))
            self.noise += noise
            whole = whole + text
        return Paragraph(section, whole)

    def _note(self, n: int, span: Span, after: int) -> Footnote:
        begin = span.start + footnotes.body(self.source[span.start : span.end])
        self.noise.append((Noise.MARK, Span(span.start, begin)))
        text, noise = clean(self.source, Span(begin, span.end))
        self.noise += noise
        holder = [section for section in self.sections if section.heading.start <= after][-1]
        return Footnote(f"fn{n}", holder.id, text, footnotes.term(text.text), after)


def _lines_of(table: Table) -> range:
    return range(table.first if table.caption is None else table.caption, table.end)
