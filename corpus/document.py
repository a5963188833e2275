"""A plan's folder to a Reading: each line is told what it is, then everything is put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus import catalog, coverage, footnotes, glossary, outline, translation
from corpus.cleanup import Line, clean, full, is_item, is_open, is_title, lines
from corpus.errors import ManifestInvalid, NoHeadings, SourceEmpty
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
from corpus.tables import Table, apart, continues, tables

_TITLE_LIKENESS = 0.9
_TITLE_LINES = 3


def read(folder: Path) -> Reading:
    """The plan in folder, with its translation where it has one. Raises a CorpusError by name."""
    facts = catalog.manifest(folder)
    reading = parse(facts, catalog.source(folder, facts))
    if facts.glossary is not None:
        terms = glossary.read(folder / facts.glossary)
        reading = replace(reading, document=replace(reading.document, terms=terms))
    if facts.translation is None:
        return reading
    return translation.attach(reading, translation.read(folder / facts.translation))


def read_all(root: Path) -> list[Reading]:
    """The plans in the folders of root, by name. Raises ManifestInvalid where two have one id."""
    readings = [read(folder) for folder in catalog.folders(root)]
    ids = Counter(reading.document.id for reading in readings)
    twice = [name for name, count in ids.items() if count > 1]
    if twice:
        raise ManifestInvalid(f"{root}: two plans have the id {twice[0]!r}")
    return readings


def parse(facts: Manifest, source: str) -> Reading:
    """A plan's text, taken apart. Raises NoHeadings, and SourceEmpty where it has only those."""
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
    full: set[int] = field(default_factory=set)
    """Where printed lines end that go on below, though they may end a sentence."""
    alone: set[int] = field(default_factory=set)
    """Where lines begin that are paragraphs of their own."""
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
        self._tell_apart(plain, headings)
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
        paragraphs = self._paragraphs()
        notes = self._footnotes()
        if not (paragraphs or notes or self.rows):
            raise SourceEmpty(f"{self.facts.id}: holds headings but no text")
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

    def _tell_apart(self, plain: Sequence[Line], headings: Container[int]) -> None:
        """Which of the lines that are text can be joined to others."""
        lone = apart(plain, self.source)
        text = [
            Line("", line.span, False) if n in headings or n in lone else line
            for n, line in enumerate(plain)
        ]
        self.full = full(text)
        self.alone = {
            line.span.start
            for n, line in enumerate(plain)
            if n in lone or (is_title(line.text) and line.span.end not in self.full)
        }

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
        section = self._here()
        last = self.texts[-1][1] if self.texts and self.texts[-1][0] == section else None
        above = last if last is not None and self._goes_on(last, line) else None
        wraps = above is not None and self._right_below(above[-1], line)
        words, noise = clean(self.source, line.span)
        if not (wraps or words.text.strip()):
            self._leave_out(words, noise)
            return
        self.marks.read(self.source, line.span)
        if above is None:
            self.texts.append((section, [line.span]))
            self._piece(Piece(line.span, turned=self.below_note))
        elif wraps:
            above[-1] = Span(above[-1].start, line.span.end)
            self.pieces[-1] = replace(self.pieces[-1], span=above[-1])
        else:
            above.append(line.span)
            self._piece(Piece(line.span, turned=True))

    def _goes_on(self, paragraph: Sequence[Span], line: Line) -> bool:
        """Whether a line is the rest of a paragraph."""
        if not self._can_go_on(line) or paragraph[0].start in self.alone:
            return False
        end = paragraph[-1]
        if end.end in self.full and self._right_below(end, line):
            return True
        return is_open(self.source[end.start : end.end])

    def _right_below(self, span: Span, line: Line) -> bool:
        """Whether nothing at all stands between span and a line, not even a blank line."""
        return line.wrapped and not self.source[span.end : line.span.start].strip()

    def _can_go_on(self, line: Line) -> bool:
        """Whether a line may be the rest of another."""
        return line.span.start not in self.alone and not is_item(line.text)

    def _wraps_note(self, line: Line) -> bool:
        """Whether a line is the rest of the footnote on the line before."""
        if not (self.below_note and self._can_go_on(line)):
            return False
        note = self.notes[-1][0]
        below = self._right_below(note, line)
        return below and is_open(self.source[note.start : note.end])

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

    def _paragraphs(self) -> tuple[Paragraph, ...]:
        found: list[Paragraph] = []
        numbers: Counter[str] = Counter()
        for section, spans in self.texts:
            whole = Traced("", ())
            for span in spans:
                text, noise = clean(self.source, span, footnotes.within(self.marks.answered, span))
                self.noise += noise
                whole = whole + text
            if not whole.text.strip():
                self._leave_out(whole)
                continue
            numbers[section] += 1
            found.append(Paragraph(f"{section}:{numbers[section]}", section, whole))
        return tuple(found)

    def _leave_out(self, words: Traced, noise: Iterable[tuple[Noise, Span]] = ()) -> None:
        """A text without words is no element; it is white space between markup and marks."""
        self.noise += (*noise, *((Noise.SPACE, span) for span in words.spans))

    def _footnotes(self) -> tuple[Footnote, ...]:
        found: list[Footnote] = []
        for span, after in self.notes:
            begin = span.start + footnotes.body(self.source[span.start : span.end])
            self.noise.append((Noise.MARK, Span(span.start, begin)))
            text, noise = clean(self.source, Span(begin, span.end))
            self.noise += noise
            if not text.text.strip():
                self._leave_out(text)
                continue
            holder = [section for section in self.sections if section.heading.start <= after][-1]
            term = footnotes.term(text.text)
            found.append(Footnote(f"fn{len(found) + 1}", holder.id, text, term, after))
        return tuple(found)


def _lines_of(table: Table) -> range:
    return range(table.first if table.caption is None else table.caption, table.end)
