"""Questions that can be asked next, each of them answered by the plan."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from importlib.resources import files
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.drafts import Draft
from assistant.drafts_en import English
from assistant.drafts_zh import Chinese
from assistant.records import Answer, Status
from corpus.indicators import Indicator
from corpus.language import HAN, fold
from corpus.records import Document, Passage
from index.tokens import STOPWORDS

if TYPE_CHECKING:
    from assistant.service import Assistant
    from index.contracts import Encoder
    from index.records import Index

Stored = Mapping[str, Mapping[str, Sequence[str]]]
"""Questions by language, and by the id of the passage that answers them."""
Progress = Callable[[int, int], None]
"""Called with how many sections are done, and how many there are."""
MOST = 2
"""Questions that are kept of one passage in one language."""
_TRIES, _THREADS = 4, 2
_SAME = 0.7
"""So like the question that was asked is the same question again."""
_ASKS = re.compile(
    r"目标|[是有]?多少.?|是?什么(?:意思)?|[叫指]什么|什么叫|怎[样么]|如何|有?哪[些几].?|计划|规划|目前|现在|过去|未来|"
    r"累计|要?达到|\d+年|[的到]|\W"
)
"""What says how is asked, not what about."""
_ASKING = STOPWORDS | {"target", "plan", "intend", "aim", "present", "mean", "many", "much"}
_WORD = re.compile(r"[a-z][a-z0-9]*")
_YEAR = re.compile(r"(?:19|20)\d\d")


def candidates(
    document: Document, registers: Mapping[str, Sequence[Indicator]]
) -> dict[str, dict[str, list[Draft]]]:
    """What may be asked, by language and by passage id, the best first.

    registers: the values that the plan states, by passage. A heading is asked about for each of
    its passages; whether one of them answers is not known here.
    """
    makers = [maker for maker in (Chinese, English) if maker.lang in document.languages]
    return {maker.lang: maker(document).drafts(registers) for maker in makers}


def suggesting(
    made: Index, encoder: Encoder, old: Index | None = None, progress: Progress | None = None
) -> Index:
    """made with the questions that can be asked next: those of old, where it answers the same.

    old: an index whose questions were tried by this very code; see code().
    """
    from assistant.service import Assistant
    from index.search import Searcher

    if old is not None and _basis(old) == _basis(made):
        return replace(made, suggestions=old.suggestions)
    return replace(made, suggestions=verified(Assistant(Searcher(made, encoder)), progress))


def code() -> str:
    """A digest of the code that answers come from."""
    found = sha256()
    for package in ("corpus", "index", "assistant"):
        home = Path(str(files(package)))
        for path in sorted(home.rglob("*.py")):
            found.update(f"{path.relative_to(home)}\n".encode() + path.read_bytes())
    return found.hexdigest()


def _basis(index: Index) -> tuple[object, ...]:
    """All that answers depend on, but for the code."""
    return index.encoder, index.documents, index.calibration


def verified(
    assistant: Assistant, progress: Progress | None = None
) -> dict[str, dict[str, list[str]]]:
    """The questions that the assistant answers, by language and by the passage that it cites most.

    About a value its short answer holds the value's words. At most MOST of a passage.
    """
    tasks = [
        (lang, [(passage.id, by_passage[passage.id]) for passage in group])
        for document in assistant.index.documents
        for lang, by_passage in candidates(document, assistant.registers).items()
        for _, group in groupby(document.passages, key=lambda passage: passage.section)
    ]
    found: dict[str, dict[str, list[str]]] = {}
    with ThreadPoolExecutor(_THREADS) as pool:
        checked = pool.map(lambda task: (task[0], _answered(assistant, *task)), tasks)
        for done, (lang, kept) in enumerate(checked, start=1):
            found.setdefault(lang, {}).update(kept)
            if progress is not None:
                progress(done, len(tasks))
    return found


def _answered(
    assistant: Assistant, lang: str, drafts: Sequence[tuple[str, Sequence[Draft]]]
) -> dict[str, list[str]]:
    """Of the passages of a section the questions that each answers."""
    asked: dict[str, Answer] = {}
    found: dict[str, list[str]] = {}
    for passage, own in drafts:
        for draft in own[:_TRIES]:
            if draft.text not in asked:
                asked[draft.text] = assistant.ask(draft.text)
            if _is_answer(asked[draft.text], lang, passage, draft):
                found.setdefault(passage, []).append(draft.text)
            if len(found.get(passage, ())) == MOST:
                break
    return found


def _is_answer(answer: Answer, lang: str, passage: str, draft: Draft) -> bool:
    cited = Counter(citation.passage_id for citation in answer.citations)
    return (
        answer.status is Status.ANSWERED
        and answer.question.lang == lang
        and not answer.question.was_corrected
        and cited.most_common(1)[0][0] == passage  # of equals the first that is cited
        and draft.words in (answer.short_original or "")
        and any(draft.quoted in citation.quote for citation in answer.citations)
    )


def suggest(
    stored: Stored,
    passages: Sequence[Passage],
    passage: Passage,
    lang: str,
    question: str,
    told: Indicator | None = None,
    nearby: Sequence[Passage] = (),
    count: int = 3,
) -> tuple[str, ...]:
    """Up to count questions to ask after question, which passage answered.

    passages: all of its document, in order. told: the value that was the answer, which is not asked
    for again. nearby: other passages that the question found. The nearest come first: of its
    section, around it in its chapter, nearby, then from the rest; a second one of the same passage
    only where no other passage has any.
    """
    own = stored.get(lang, {})
    if not own:
        return ()
    asked = _Asked(question, told)
    first, second = list[str](), list[str]()
    for near in _nearest(passages, passage, nearby):
        fresh = [text for text in own.get(near.id, ()) if not asked.is_of(text)]
        first += fresh[:1]
        second += fresh[1:]
        if len(first) >= count:
            break
    return tuple(dict.fromkeys((*first, *second)))[:count]


def _nearest(
    passages: Sequence[Passage], passage: Passage, nearby: Sequence[Passage]
) -> Iterator[Passage]:
    """Every passage once, those that are near to passage first."""
    at = next((n for n, one in enumerate(passages) if one.id == passage.id), 0)
    steps = range(1, max(at + 1, len(passages) - at))
    places = chain((at,), chain.from_iterable((at + n, at - n) for n in steps))
    around = [passages[n] for n in places if 0 <= n < len(passages)]
    chapter = passage.section.partition(".")[0]
    groups: tuple[Iterator[Passage], ...] = (
        (one for one in around if one.section == passage.section),
        (one for one in around if one.section.partition(".")[0] == chapter),
        iter(nearby),
        iter(around),
    )
    seen: set[str] = set()
    for one in chain.from_iterable(groups):
        if one.id not in seen:
            seen.add(one.id)
            yield one


class _Asked:
    """What was asked and told, so that it is not asked again."""

    def __init__(self, question: str, told: Indicator | None) -> None:
        self.text = fold(question)
        self.parts = _parts(self.text)
        self.years = {*_YEAR.findall(self.text)}
        self.subjects = (
            tuple(fold(one) for one in (told.subject, told.subject_en) if one) if told else ()
        )
        if told is not None and told.period is not None:
            self.years |= {str(told.period.first), str(told.period.last)}

    def is_of(self, other: str) -> bool:
        """Whether other asks the same again; of another year it is another question."""
        text = fold(other)
        if text == self.text:
            return True
        if not self.years >= {*_YEAR.findall(text)}:
            return False
        if any(subject in text for subject in self.subjects):
            return True
        parts = _parts(text)
        shared = 2 * len(self.parts & parts)
        return shared > 0 and shared >= _SAME * (len(self.parts) + len(parts))


def _parts(text: str) -> set[str]:
    """What a text is about: the words of an English one, the pairs of characters of a Chinese."""
    if not HAN.search(text):
        return {*_WORD.findall(text)} - _ASKING
    bare = _ASKS.sub("", text)
    return {bare[n : n + 2] for n in range(max(1, len(bare) - 1))}
