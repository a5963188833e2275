"""Evidence to what is said: a short answer, sentences, and citations in the source's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.bilingual import Phrases, sentence
from assistant.comparison import Comparison
from assistant.enumeration import clauses
from assistant.evidence import Evidence
from assistant.overview import Overview
from assistant.records import Citation, Note, Question, Rendering
from corpus.cleanup import quotable
from corpus.language import HAN, close_up
from corpus.pages import pages_of
from corpus.records import Document, Passage, Span
from index.search import Searcher

LONGEST = {"zh": 120, "en": 300}
"""Characters of a sentence that is said in full where a value is asked for."""
_NUMBER = re.compile(r"\d[\d,.]*(?: (?:million|billion|trillion))?")
Place = tuple[Passage, int]
"""A passage and the number of a sentence of it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is said. The fields are those of Answer."""

    short: str | None
    short_original: str | None
    text: str
    citations: tuple[Citation, ...]
    notes: tuple[Note, ...] = ()
    difference: str | None = None


def of_evidence(
    question: Question,
    evidence: Evidence,
    searcher: Searcher,
    phrases: Phrases,
    *,
    is_answer: bool,
) -> Said:
    """The sentences that were found, with the short answer where they are one."""
    document = searcher.index.by_document[evidence.main[0].document]
    places = evidence.said() if is_answer else [evidence.main]
    original, translated = _short(evidence, phrases, question) if is_answer else (None, None)
    text, notes = _text(question, document, places)
    if evidence.is_value and is_answer:
        text = _around(text, [translated or "", original or ""], LONGEST[question.lang])
    short = original
    if original is not None and _is_translated(question, document):
        short = f"{translated} ({original})" if translated else original
    return Said(short, original, text, citations(places, searcher), notes)


def _around(text: str, values: Sequence[str], longest: int) -> str:
    """text, or where it is too long the clauses around the value in it, with … for what is left
    out. The citation has the whole sentence."""
    if len(text) <= longest:
        return text
    lang = "zh" if HAN.search(text) else "en"
    close = text if lang == "en" else close_up(text)
    words = [*filter(None, values), *(n for value in values for n in _NUMBER.findall(value))]
    forms = (re.search(rf"(?<![\d.]){re.escape(word)}", close) for word in words)
    at = next((found.start() for found in forms if found), None)
    if at is None:
        return text
    parts = clauses(close, lang)
    first = last = next(n for n, (_, end) in enumerate(parts) if at < end)
    while wider := [
        (a, b)
        for a, b in ((first - 1, last), (first, last + 1))
        if a >= 0 and b < len(parts) and parts[b][1] - parts[a][0] <= longest - 2
    ]:
        first, last = wider[0]
    start, end = parts[first][0], parts[last][1]
    cut = close[start:end].strip()
    return f"{'…' if first else ''}{cut}{'…' if last + 1 < len(parts) else close[end:]}"


def of_comparison(question: Question, found: Comparison, searcher: Searcher) -> Said:
    """Both values with their sentences, and the difference, which is computed."""
    values = (found.first, found.second)
    places = list(
        dict.fromkeys((searcher.index.by_id[one.passage], one.sentence) for one in values)
    )
    document = searcher.index.by_document[found.first.document]
    text, notes = _text(question, document, places)
    english = _is_translated(question, document)
    lang = "en" if english else "zh"
    apart, told = found.difference(lang), found.told(lang)
    short = f"{apart} ({told})" if question.lang == "en" else f"{apart}（{told}）"
    original = f"{found.difference('zh')}（{found.told('zh')}）"
    cited = citations(places, searcher)
    return Said(short, original, text, cited, (*notes, Note.COMPUTED), found.difference("zh"))


def of_overview(question: Question, found: Overview, searcher: Searcher) -> Said:
    """Everything of a kind, counted or listed."""
    documents = searcher.index.by_document
    english = _is_translated(question, documents[found.items[0].passage.document]) and all(
        one.translated for one in found.items
    )
    names = [one.translated if english else one.words for one in found.items]
    listed = ("; " if english else "、").join(names)
    original = "、".join(one.words for one in found.items)
    count = str(len(names)) if question.lang == "en" else f"{len(names)}{found.unit}"
    cited = tuple(
        cite(
            n,
            one.passage,
            one.span,
            documents[one.passage.document],
            _named(one.passage, one.translated),
        )
        for n, one in enumerate(found.items, start=1)
    )
    notes = (Note.COMPLETE, Note.UNOFFICIAL_TRANSLATION) if english else (Note.COMPLETE,)
    short = count if found.is_count else f"{listed} ({original})" if english else listed
    return Said(short, count if found.is_count else original, listed, cited, notes)


def _named(passage: Passage, translated: str) -> Rendering | None:
    told = passage.translation
    if told is None or not translated:
        return None
    return Rendering(told.language, translated, told.path)


def _short(
    evidence: Evidence, phrases: Phrases, question: Question
) -> tuple[str | None, str | None]:
    """The short answer in the plan's words, and in the translation's where it can be told."""
    if evidence.is_value:
        value = evidence.facts[0][1].indicator
        return value.words, value.phrase_en
    return phrases("zh"), phrases("en") if question.lang == "en" else None


def _is_translated(question: Question, document: Document) -> bool:
    """Whether the answer is in another language than the plan."""
    return question.lang == "en" and document.manifest.language != "en"


def _text(
    question: Question, document: Document, places: Sequence[Place]
) -> tuple[str, tuple[Note, ...]]:
    """The sentences in the language of the answer, and what is to be said of them."""
    own = [passage.sentence_text(number).strip() for passage, number in places]
    if not _is_translated(question, document):
        return "\n".join(own), ()
    told = [sentence(passage, number, "en") for passage, number in places]
    text = "\n".join(english or chinese for english, chinese in zip(told, own, strict=True))
    notes = [Note.UNOFFICIAL_TRANSLATION] if any(told) else []
    return text, tuple(notes if all(told) else [*notes, Note.NOT_TRANSLATED])


def citations(places: Iterable[Place], searcher: Searcher) -> tuple[Citation, ...]:
    """The sentences as the source has them, one citation for each unbroken run of it.

    Most sentences are one run. One that a footnote interrupts at a page's end is two, and each
    names its own page.
    """
    found: list[Citation] = []
    for passage, number in places:
        document = searcher.index.by_document[passage.document]
        spans = passage.sentence_spans(number)
        for run in quotable(document.source, trimmed(spans, document.source)):
            told = rendering(passage, number)
            found.append(cite(len(found) + 1, passage, run, document, told))
    return tuple(found)


def rendering(passage: Passage, number: int) -> Rendering | None:
    """A sentence in its translation; None where there is none, or it is withheld."""
    told = passage.translation
    if told is None or not told.shown(number):
        return None
    return Rendering(told.language, told.shown(number), told.path)


def cite(
    n: int, passage: Passage, run: Span, document: Document, translation: Rendering | None = None
) -> Citation:
    """source[run] as a citation of passage."""
    return Citation(
        n=n,
        passage_id=passage.id,
        document=document.id,
        path=passage.path,
        pages=pages_of([run], document.leaves),
        quote=document.source[run.start : run.end],
        start=run.start,
        end=run.end,
        translation=translation,
    )


def trimmed(spans: Sequence[Span], source: str) -> list[Span]:
    """spans without those that hold only white space."""
    return [span for span in spans if source[span.start : span.end].strip()]
