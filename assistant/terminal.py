"""Answers, hits and explanations as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.explain import Explanation
    from assistant.records import Answer, Question
    from corpus.records import Pages
    from index.records import Hit


def show_answer(answer: Answer) -> None:
    """The short answer, the sentence, and where the plan says so."""
    from assistant import wording

    lang = answer.question.lang
    first = [note for note in answer.notes if note in wording.ABOUT_QUESTION]
    for note in first:
        typer.echo(f"({wording.note(note, answer.question)})")
    if answer.reason is not None:
        typer.echo(f"{answer.status}: {wording.nothing(answer.reason, lang)}")
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
            typer.echo(f"\n{wording.note(note, answer.question)}")


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


def show_explanation(found: Explanation) -> None:
    """Each stage's candidates and scores, and what decided."""
    typer.echo(f"question  {found.question}  ({found.lang})")
    typer.echo(f"asks      {'a value' if found.asks_value else 'no value'}")
    typer.echo(f"years     {', '.join(found.years) or '-'}")
    for language, words in found.words.items():
        typer.echo(f"words {language}  {' '.join(words) or '-'}")
    for leg, candidates in found.legs.items():
        typer.echo(f"\n{leg}")
        for candidate in candidates:
            typer.echo(f"  {candidate.score:7.4f}  {candidate.passage_id}")
    if found.sentences:
        typer.echo("\nsentences of the best passage")
        for sentence in found.sentences:
            typer.echo(f"  {sentence.score:7.4f}  {sentence.text}")
    typer.echo(f"\nshort     {found.short or '-'}")
    typer.echo(f"decided   {found.decided}")


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
