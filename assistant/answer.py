"""Evidence to what is said: a short answer, sentences, and citations in the source's own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.comparison import Comparison
from assistant.enumeration import clauses, enumerations
from assistant.evidence import Evidence
from assistant.intent import TIMES
from assistant.overview import Overview
from assistant.phrases import PHRASED, Held, field
from assistant.records import Citation, Note, Question, Rendering
from corpus.cleanup import quotable
from corpus.language import HAN, close_up
from corpus.pages import pages_of
from corpus.records import Document, Passage, Span
from corpus.records import Kind as PassageKind
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
    question: Question, evidence: Evidence, searcher: Searcher, *, is_answer: bool
) -> Said:
    """The sentences that were found, with the short answer where they are one."""
    document = searcher.index.by_document[evidence.main[0].document]
    places = evidence.said() if is_answer else [evidence.main]
    original, translated = _short(evidence, searcher, question) if is_answer else (None, None)
    text, notes = _text(question, document, places)
    if evidence.is_value and is_answer:
        text = _around(text, translated or "", original or "", LONGEST[question.lang])
    short = original
    if original is not None and _is_translated(question, document):
        short = f"{translated} ({original})" if translated else original
    return Said(short, original, text, citations(places, searcher), notes)


def _around(text: str, *values: str | int) -> str:
    """text, or where it is too long the clauses around the value in it, with … for what is left
    out. The citation has the whole sentence."""
    *words, longest = values
    if len(text) <= int(longest):
        return text
    lang = "zh" if HAN.search(text) else "en"
    close = text if lang == "en" else close_up(text)
    words += [number for word in words for number in _NUMBER.findall(str(word))]
    forms = (re.search(rf"(?<![\d.]){re.escape(str(word))}", close) for word in words if word)
    at = next((found.start() for found in forms if found), -1)
    if at < 0:
        return text
    parts = clauses(close, lang)
    first = last = next(n for n, (_, end) in enumerate(parts) if at < end)
    while True:
        wider = [(first - 1, last), (first, last + 1)]
        fitting = [
            (a, b)
            for a, b in wider
            if a >= 0 and b < len(parts) and parts[b][1] - parts[a][0] <= int(longest) - 2
        ]
        if not fitting:
            break
        first, last = fitting[0]
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
    told = " → ".join((one.phrase_en or one.words) if english else one.words for one in values)
    apart = found.difference("en" if english else "zh")
    short = f"{apart} ({told})" if question.lang == "en" else f"{apart}（{told}）"
    original = f"{found.difference('zh')}（{' → '.join(one.words for one in values)}）"
    cited = citations(places, searcher)
    return Said(short, original, text, cited, (*notes, Note.COMPUTED), found.difference("zh"))


def of_overview(question: Question, found: Overview) -> Said:
    """Everything of a kind, counted or listed."""
    english = _is_translated(question, found.document) and all(
        one.translated for one in found.items
    )
    names = [one.translated if english else one.words for one in found.items]
    listed = ("; " if english else "、").join(names)
    original = "、".join(one.words for one in found.items)
    count = str(len(names)) if question.lang == "en" else f"{len(names)}{found.unit}"
    cited = tuple(
        cite(n, one.passage, one.span, found.document, _named(one.passage, one.translated))
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
    evidence: Evidence, searcher: Searcher, question: Question
) -> tuple[str | None, str | None]:
    """The short answer in the plan's words, and in the translation's where it can be told."""
    if evidence.is_value:
        value = evidence.facts[0][1].indicator
        return value.words, value.phrase_en
    return phrase(evidence, searcher), (
        phrase(evidence, searcher, "en") if question.lang == "en" else None
    )


def phrase(evidence: Evidence, searcher: Searcher, lang: str = "zh") -> str | None:
    """The part of the best sentence that answers, in lang; None where whole sentences are wanted.

    It is chosen in the plan's language, with what its counterparts in the question's own language
    say for each part; in the other language it is the counterpart of the chosen one.
    """
    if evidence.intent.kind not in PHRASED:
        return None
    found = evidence.phrases
    if lang not in found:
        found[lang] = _phrase(evidence, searcher, lang)
    return found[lang]


def _phrase(evidence: Evidence, searcher: Searcher, lang: str) -> str | None:
    passage, number = evidence.main
    query, kind = evidence.ranking.legs.query, passage.kind
    text, told = _sentence(passage, number, "zh"), _sentence(passage, number, "en")
    if query is None:
        return None
    match = searcher.match(query, passage, number, "zh")
    pair = (searcher.text(passage, number, "zh"), searcher.text(passage, number, "en"))
    held = Held(evidence.terms.question, query, evidence.intent, text, "zh", match)
    if kind is PassageKind.ROW:
        place = field(passage, held)
        words = text[place[0] : place[1]] if place else None
        return words if lang == "zh" or words is None else _cell(passage, words)
    parts = clauses(told, "en")
    is_footnote = kind is PassageKind.FOOTNOTE
    other = Held(evidence.terms.question, query, evidence.intent, told, "en", None)
    support = None
    if (
        evidence.terms.own == "en"
        and told
        and parts
        and pair[0] is not None
        and pair[1] is not None
    ):
        other = replace(other, match=searcher.match(query, passage, number, "en"))
        said = other.scores(parts, focus=True)
        first, second = pair[0], pair[1]
        support = lambda part: float(said[first.counterpart(part, second, parts)])  # noqa: E731
    place = held.phrase(evidence.plan, is_footnote=is_footnote, support=support)
    if place is None or lang == "zh":
        return text[place[0] : place[1]] if place else None
    if evidence.intent.kind in TIMES or is_footnote:
        place = other.phrase(evidence.plan, is_footnote=is_footnote) if told else None
        return told[place[0] : place[1]] if place else None
    if not parts or pair[0] is None or pair[1] is None:
        return None
    if "、" in text[place[0] : place[1]]:  # a list is not cut at its commas
        lists = [(one.start, one.end) for one in enumerations(told, "en") if one.items > 2]
        parts = lists or parts
    start, end = parts[pair[0].counterpart(place, pair[1], parts)]
    return told[start:end].strip(" 。.；;，,")


def _cell(passage: Passage, words: str) -> str | None:
    """What the translation has in the column of a row whose cell reads as words."""
    told = passage.translation
    fields = told.fields if told is not None else ()
    cells = [value for _, value in passage.fields]
    return fields[cells.index(words)][1] if fields and words in cells else None


def _sentence(passage: Passage, number: int, lang: str) -> str:
    if lang == "zh":
        return passage.sentence_text(number)
    told = passage.translation
    return "" if told is None else told.shown(number)


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
    told = [_sentence(passage, number, "en") for passage, number in places]
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
