"""Assistant.ask: the one use case. The command line and HTTP both call it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from assistant import __version__, answer, evidence, question, wording
from assistant.errors import DocumentUnknown, PassageUnknown, SectionUnknown
from assistant.records import Answer, Question, Reason, Receipt, Status
from corpus.records import Document, Passage
from index.records import Hit, Index, Mode
from index.search import Searcher
from index.tokens import is_wordless


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
    ) -> Answer:
        """The answer to text. The same question on the same index gives the same answer.

        lang: "zh" or "en"; none: the question's own. top_k: passages that are returned beside it.
        documents: answer from these alone; none of them is in an empty list. Raises BadInput,
        DocumentUnknown.
        """
        asked = self.read(text, lang)
        self._known(documents, None)
        if is_wordless(asked.text):
            return self._nothing(asked, Reason.NOT_A_QUESTION)
        hits = self.searcher.search(asked.search, max(1, top_k), mode, documents)
        found = evidence.choose(asked.search, hits, self.searcher.words, self.index.by_document)
        if found is None:
            return self._nothing(asked, Reason.NOTHING_MATCHES)
        document = self.index.by_document[found.passage.document]
        short, told, notes = wording.say(asked, found, document.manifest.language)
        return Answer(
            question=asked,
            status=Status.ANSWERED,
            reason=None,
            short=short,
            text=told,
            citations=answer.citations(found, document),
            hits=tuple(hits[:top_k]),
            receipt=self.receipt,
            notes=notes,
        )

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
        self._known(documents, section)
        if is_wordless(asked.text):
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

    def _known(self, documents: Collection[str] | None, section: str | None) -> None:
        every = self.index.documents
        chosen = every if documents is None else [self.document(name) for name in documents]
        if section is not None and not any(
            section == found.id for document in chosen for found in document.sections
        ):
            raise SectionUnknown(name=section)

    def _nothing(self, asked: Question, reason: Reason) -> Answer:
        notes = wording.notes(asked)
        return Answer(asked, Status.NOT_FOUND, reason, None, None, (), (), self.receipt, notes)
