"""Assistant.ask: the one use case. The command line and HTTP both call it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial
from itertools import groupby

from assistant import (
    __version__,
    answer,
    bilingual,
    calibration,
    comparison,
    followup,
    intent,
    overview,
    question,
    suggest,
    verdict,
    wording,
)
from assistant.calibration import Calibration
from assistant.comparison import Comparison
from assistant.errors import DocumentUnknown, PassageUnknown, SectionUnknown
from assistant.evidence import Evidence, Sources, gather
from assistant.intent import Intent
from assistant.kinds import Kind
from assistant.overview import Overview
from assistant.records import Answer, Exchange, Question, Reason, Receipt, Status
from assistant.verdict import Verdict
from corpus.indicators import Indicator, indicators
from corpus.language import language
from corpus.periods import plan_years
from corpus.records import Document, Passage
from index.records import Hit, Index, Mode
from index.search import Searcher


@dataclass(frozen=True)
class Stages:
    """An answer, and what each stage before it made of the question; None where there was none."""

    answer: Answer
    intent: Intent | None = None
    evidence: Evidence | None = None
    overview: Overview | None = None
    comparison: Comparison | None = None


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one index."""

    searcher: Searcher

    @property
    def index(self) -> Index:
        """What it answers from."""
        return self.searcher.index

    def ask(
        self,
        text: str,
        lang: str | None = None,
        top_k: int = 5,
        documents: Collection[str] | None = None,
        mode: Mode = Mode.HYBRID,
        history: Sequence[Exchange] = (),
    ) -> Answer:
        """The answer to text. The same question on the same index gives the same answer.

        lang: "zh" or "en"; none: the question's own. top_k: passages that are returned beside it.
        documents: answer from these alone; none of them is in an empty list. history: what was
        asked before, oldest first. Raises BadInput, DocumentUnknown.
        """
        return self.stages(text, lang, top_k, documents, mode, history).answer

    def stages(
        self,
        text: str,
        lang: str | None = None,
        top_k: int = 5,
        documents: Collection[str] | None = None,
        mode: Mode = Mode.HYBRID,
        history: Sequence[Exchange] = (),
    ) -> Stages:
        """ask() with what each stage made of the question."""
        asked = self.read(text, lang)
        self.check(documents)
        if question.is_junk(asked.text, self.searcher.knows, follows=bool(history)):
            return Stages(self._nothing(asked, Reason.NOT_A_QUESTION))
        asked = followup.complete(asked, history, self.searcher, self.plan)
        wanted = self.intent(asked)
        found = gather(asked.search, wanted, self.sources, top_k, mode, documents)
        if not found.sentences:
            return Stages(self._nothing(asked, Reason.NOTHING_MATCHES), wanted)
        chosen = [d for d in self.index.documents if documents is None or d.id in documents]
        everything = overview.find(asked.search, wanted.kind, chosen)
        if everything is not None and not verdict.is_foreign(asked, wanted, chosen, self.sources):
            said = answer.of_overview(asked, everything, self.searcher)
            told = self._answer(asked, Verdict(Status.ANSWERED), said, found, top_k)
            return Stages(told, wanted, found, everything)
        pair = None
        if wanted.kind is Kind.COMPARISON:
            pair = comparison.compare(found.facts, wanted, asked.search)
        phrases = cache(partial(bilingual.phrase, found, self.searcher))
        fitted = self.calibration if self.is_calibrated else None
        judged = verdict.judge(
            asked, found, self.searcher, fitted, phrases, is_compared=pair is not None
        )
        if judged.status is Status.NOT_FOUND:
            return Stages(self._answer(asked, judged, None, found, top_k), wanted, found)
        is_answer = judged.status is Status.ANSWERED
        if pair is not None and is_answer:
            said = answer.of_comparison(asked, pair, self.searcher)
        else:
            pair = None
            said = answer.of_evidence(asked, found, self.searcher, phrases, is_answer=is_answer)
        return Stages(self._answer(asked, judged, said, found, top_k), wanted, found, None, pair)

    def intent(self, asked: Question) -> Intent:
        """What a question asks for."""
        return intent.read(asked.search, language(asked.search), self.plan)

    @cached_property
    def sources(self) -> Sources:
        """What its answers are made from."""
        return Sources(self.searcher, self.registers, self.calibration, self.plan)

    @cached_property
    def plan(self) -> tuple[int, int] | None:
        """The years of the plans, where all that name some name the same."""
        found = {plan_years(document.manifest.title) for document in self.index.documents} - {None}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def registers(self) -> Mapping[str, tuple[Indicator, ...]]:
        """The values that the plans state, by passage."""
        every = (one for document in self.index.documents for one in indicators(document))
        return {name: tuple(own) for name, own in groupby(every, key=lambda one: one.passage)}

    @cached_property
    def calibration(self) -> Calibration:
        """What decides between candidates, and how sure an answer must be."""
        return calibration.load(self.index.calibration or calibration.bundled())

    @property
    def is_calibrated(self) -> bool:
        """Whether it was fitted for the encoder of the index."""
        return self.calibration.encoder == self.index.encoder.digest

    def read(self, text: str, lang: str | None = None) -> Question:
        """The question that text is, as it is searched. Raises BadInput.

        One that is neither Chinese nor English is answered in English, unless lang says otherwise.
        """
        asked = question.read(text, lang)
        if question.is_other(asked.text, self.searcher.knows):
            return replace(asked, lang=lang or "en", search=asked.text, is_other=True)
        search = self.searcher.spelling.correct(asked.search)
        return replace(asked, search=search, was_corrected=search != asked.search)

    def search(
        self,
        text: str,
        k: int = 10,
        mode: Mode = Mode.HYBRID,
        documents: Collection[str] | None = None,
        section: str | None = None,
        lang: str | None = None,
    ) -> tuple[Question, list[Hit]]:
        """The question as it was read, and the k best passages, best first.

        Raises BadInput, DocumentUnknown, SectionUnknown.
        """
        asked = self.read(text, lang)
        self.check(documents, section)
        if question.is_junk(asked.text, self.searcher.knows):
            return asked, []
        return asked, self.searcher.search(asked.search, k, mode, documents, section)

    def passage(self, name: str) -> Passage:
        """The passage of that id. Raises PassageUnknown."""
        try:
            return self.index.by_id[name]
        except KeyError:
            raise PassageUnknown(name=name) from None

    def document(self, name: str) -> Document:
        """The document of that id. Raises DocumentUnknown."""
        try:
            return self.index.by_document[name]
        except KeyError:
            raise DocumentUnknown(name=name) from None

    @property
    def receipt(self) -> Receipt:
        """What its answers are made with."""
        return Receipt(self.index.digest, self.index.encoder.name, __version__)

    def check(self, documents: Collection[str] | None, section: str | None = None) -> None:
        """Nothing, where there are such documents and such a section in one of them.

        Raises DocumentUnknown, SectionUnknown.
        """
        every = self.index.documents
        chosen = every if documents is None else [self.document(name) for name in documents]
        if section is not None and not any(
            section == found.id for document in chosen for found in document.sections
        ):
            raise SectionUnknown(name=section)

    def _nothing(self, asked: Question, reason: Reason) -> Answer:
        return self._answer(asked, Verdict(Status.NOT_FOUND, reason), None, None, 0)

    def _answer(
        self,
        asked: Question,
        judged: Verdict,
        said: answer.Said | None,
        evidence: Evidence | None,
        top_k: int,
    ) -> Answer:
        found = Answer(
            question=asked,
            status=judged.status,
            reason=judged.reason,
            short=None,
            text=None,
            citations=(),
            hits=() if evidence is None else tuple(evidence.ranking.hits[:top_k]),
            receipt=self.receipt,
            notes=wording.notes(asked),
            missing=judged.missing,
            confidence=judged.confidence,
            suggestions=() if evidence is None else self._suggestions(asked, evidence),
        )
        if said is None or not said.citations:
            return found
        return replace(
            found,
            short=said.short,
            short_original=said.short_original,
            difference=said.difference,
            text=said.text,
            citations=said.citations,
            notes=(*found.notes, *said.notes),
        )

    def _suggestions(self, asked: Question, evidence: Evidence) -> tuple[str, ...]:
        """Questions near what was found that the plan answers."""
        passage, _ = evidence.main
        told = evidence.facts[0][1].indicator if evidence.is_value else None
        return suggest.suggest(
            self.index.suggestions,
            self.index.by_document[passage.document].passages,
            passage,
            asked.lang,
            asked.search,
            told,
            [hit.passage for hit in evidence.ranking.hits],
        )
