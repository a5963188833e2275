"""Answers, hits, values and explanations as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from assistant.explanation import Explanation, Feature
    from assistant.records import Answer, Question
    from assistant.register import Entry, EntryPair
    from corpus.periods import Period
    from corpus.records import Pages
    from index.records import Hit

_NEXT = {"zh": "还可以问：", "en": "You can also ask:"}
_COLUMNS = {
    "zh": ("指标", "数值", "时间", "类别", "章节", "页码"),
    "en": ("Subject", "Value", "Period", "Kind", "Section", "Page"),
}
_PAIR_COLUMNS = {
    "zh": ("指标", "现状", "目标", "变化", "章节", "页码"),
    "en": ("Subject", "Baseline", "Target", "Change", "Section", "Page"),
}
_KINDS = {
    "zh": {"target": "目标", "baseline": "现状"},
    "en": {"target": "target", "baseline": "baseline"},
}
_COUNTED = {"zh": "共 {} 项", "en": "{} found"}
_WIDE = 10_000
"""Characters of a line where nobody looks at it; a table takes what it needs of them."""
_LABEL = 11
"""Characters that the names of an explanation's stages take."""


def show_answer(answer: Answer) -> None:
    """How it ended, the short answer, the sentences with their places, and what to ask next."""
    from assistant import wording

    asked, lang = answer.question, answer.question.lang
    first = [note for note in answer.notes if note in wording.ABOUT_QUESTION]
    for note in first:
        typer.echo(f"({wording.note(note, asked)})")
    if answer.reason is not None:
        typer.echo(f"{answer.status}: {wording.reason(answer.reason, lang, answer.missing)}")
    if answer.short is not None:
        typer.echo(f"{answer.short}\n")
    if answer.text is not None:
        typer.echo(answer.text)
    for citation in answer.citations:
        typer.echo(f"\n[{citation.n}] “{' '.join(citation.quote.split())}”")
        told = citation.translation
        path = told.path if told is not None and told.language == lang else citation.path
        typer.echo(f"    {_place(path, citation.pages, lang)}")
        typer.echo(f"    {citation.passage_id}  {citation.start}–{citation.end}")
    for note in answer.notes:
        if note not in first:
            typer.echo(f"\n{wording.note(note, asked)}")
    if answer.suggestions:
        typer.echo(f"\n{_NEXT[lang]}")
    for n, suggestion in enumerate(answer.suggestions, start=1):
        typer.echo(f"  {n}. {suggestion}")


def show_hits(asked: Question, hits: Sequence[Hit]) -> None:
    """Each passage with its place and its first words, in both languages."""
    from assistant import wording

    for note in wording.notes(asked):
        typer.echo(f"({wording.note(note, asked)})")
    for n, hit in enumerate(hits, start=1):
        passage = hit.passage
        typer.echo(f"{n}. {hit.score:.3f}  {passage.id}")
        typer.echo(f"   {_place(passage.path, passage.pages, asked.lang)}")
        typer.echo(f"   {_first(passage.text, 100)}")
        if passage.translation is not None:
            typer.echo(f"   {_first(passage.translation.text, 200)}")
        typer.echo()


def show_indicators(found: Sequence[Entry], pairs: Sequence[EntryPair] | None, lang: str) -> None:
    """A line for each value, or where pairs are asked for each pair, and how many there are."""
    columns, rows = _COLUMNS[lang], [_of_value(entry, lang) for entry in found]
    if pairs is not None:
        columns, rows = _PAIR_COLUMNS[lang], [_of_pair(pair, lang) for pair in pairs]
    if rows:
        _table(columns, rows)
    typer.echo(_COUNTED[lang].format(len(rows)))


def _of_value(entry: Entry, lang: str) -> tuple[str, ...]:
    one = entry.indicator
    return (
        _subject(entry, lang),
        _value(entry, lang),
        _period(one.period, lang),
        _KINDS[lang][one.kind],
        _section(entry, lang),
        _page(entry.pages),
    )


def _of_pair(found: EntryPair, lang: str) -> tuple[str, ...]:
    from assistant.comparison import Comparison

    pair = found.pair
    change = Comparison(pair.base, pair.target).difference(lang, signed=True)
    if pair.percent is not None:
        change += f" ({pair.percent:+f}%)"
    return (
        _subject(found.target, lang),
        _value(found.base, lang),
        _value(found.target, lang),
        change,
        _section(found.target, lang),
        _page(found.target.pages),
    )


def _period(period: Period | None, lang: str) -> str:
    if period is None:
        return "-"
    if lang == "zh":
        return period.words
    is_one = period.first == period.last
    return str(period.first) if is_one else f"{period.first}–{period.last}"


def _subject(entry: Entry, lang: str) -> str:
    one = entry.indicator
    return (one.subject_en or one.subject) if lang == "en" else one.subject


def _value(entry: Entry, lang: str) -> str:
    one = entry.indicator
    return (one.phrase_en or one.words) if lang == "en" else one.words


def _section(entry: Entry, lang: str) -> str:
    told = entry.passage.translation
    path = told.path if lang == "en" and told is not None else entry.passage.path
    heading = _first(path[-1], 16 if lang == "zh" else 40) if path else ""
    return f"{entry.passage.section} {heading}".strip()


def _page(pages: Pages | None) -> str:
    if pages is None:
        return "-"
    return str(pages.first) if pages.first == pages.last else f"{pages.first}–{pages.last}"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Columns side by side: folded to the width of a terminal, as wide as they are elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDE
    with console.capture() as shown:
        console.print(table)
    for line in shown.get().splitlines():
        typer.echo(line.rstrip())


def show_explanation(found: Explanation) -> None:
    """Each stage's candidates and scores, and what decided."""
    asked, wanted, sure = found.question, found.intent, found.confidence
    _row("question", f"{asked.text}  ({asked.lang})")
    if asked.search != asked.text:
        slip = "  (a slip was put right)" if asked.was_corrected else ""
        rest = "  (a follow-up was completed)" if asked.was_completed else ""
        _row("read as", f"{asked.search}{slip}{rest}")
    if wanted is not None:
        facts = {
            "measure": wanted.measure,
            "unit": wanted.unit,
            "periods": ", ".join(wanted.periods),
            "side": wanted.side and f"{wanted.side} ({wanted.wording})",
            "amounts": ", ".join(wanted.amounts),
        }
        told = "".join(f"  {name}: {value}" for name, value in facts.items() if value)
        _row("asks for", f"{wanted.kind}{', a value' if wanted.wants_value else ''}{told}")
    for language, words in found.words.items():
        _row(f"words {language}", " ".join(words) or "-")
    for leg, candidates in found.legs.items():
        typer.echo(f"\n{leg}")
        for candidate in candidates:
            typer.echo(f"  {candidate.score:8.4f}  {candidate.passage_id}")
    if found.sentences:
        typer.echo("\nsentences")
    for one in found.sentences:
        typer.echo(f"  {one.score:8.4f}  {one.passage_id} sentence {one.sentence + 1}: {one.text}")
        _features(one.features)
    if found.values:
        typer.echo("\nvalues")
    for value in found.values:
        typer.echo(
            f"  {value.score:8.4f}  {value.id}  {value.subject}: {value.words}"
            f"  ({value.kind}, {value.period or 'no period'})"
        )
        _features(value.features)
    typer.echo()
    if found.overview is not None:
        _row("overview", f"{len(found.overview.items)}: {'、'.join(found.overview.items)}")
    if found.comparison is not None:
        pair = found.comparison
        _row("comparison", f"{pair.first}, {pair.second}: {pair.difference}")
    if sure is not None:
        limits = f"an answer from {sure.answers}, spoken of from {sure.speaks}"
        ignored = "" if sure.is_used else "; not fitted for this encoder, not used"
        _row("confidence", f"{sure.confidence:.4f}  (by {sure.model}; {limits}{ignored})")
        _features(sure.signals)
    verdict = found.verdict
    why = "" if verdict.reason is None else f"  {verdict.reason}"
    _row("verdict", f"{verdict.status}{why}{verdict.missing and f': {verdict.missing}'}")
    _row("said", found.said.short or found.said.text or "-")
    _row("decided by", found.decided)


def _row(name: str, words: str) -> None:
    typer.echo(f"{name:{_LABEL}}{words}")


def _features(features: Sequence[Feature]) -> None:
    """Each with its value and what it adds."""
    told = (f"{one.name} {one.value:g}→{one.adds:+.2f}" for one in features)
    typer.echo(f"            {'  '.join(told)}")


def _place(path: Sequence[str], pages: Pages | None, lang: str) -> str:
    """第四篇 … › 第十章 … › 一、…  第25页."""
    where = " › ".join(path)
    if pages is None:
        return where
    several = pages.first != pages.last
    numbers = f"{pages.first}–{pages.last}" if several else str(pages.first)
    if lang == "zh":
        return f"{where}  第{numbers}页"
    return f"{where}  {'pp.' if several else 'p.'} {numbers}"


def _first(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
