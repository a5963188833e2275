"""Sets in the form of SQuAD: articles of paragraphs, each with questions that it answers.

Rajpurkar et al. 2016; CMRC 2018 (Cui et al. 2019) has the same, and an older form of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from eval.external.files import Faults, check, document, some, text
from eval.external.records import Asked, Collection, Item

_OLDER = {
    "context": "context_text",
    "id": "query_id",
    "question": "query_text",
}
"""Names of fields in the older form of CMRC 2018."""


@dataclass(frozen=True, slots=True)
class _File:
    """What one file holds. left_out: questions without words, or marked as impossible."""

    passages: tuple[Item, ...]
    questions: dict[str, Asked]
    left_out: int


def squad(path: Path, questions: Path | None = None) -> Collection:
    """A SQuAD-format file: each distinct context is a passage, and answers the questions below it.

    questions: another such file, say in another language, whose questions are asked instead; by
    their ids they are about the passages of the first. Answers of either file are right: what is
    read from a passage is in its language. A question that the first file lacks is left out, as are
    those without words and those marked as impossible (SQuAD 2.0).
    Passages are numbered from 1. Raises DataInvalid.
    """
    faults: Faults = []
    own = _read(path, faults)
    other = None if questions is None else _read(questions, faults)
    check(faults)
    if other is None or questions is None:
        return _collection(path.stem, own, own, f"{path}: holds no question that can be asked")
    shared = {
        name: replace(
            asked,
            answers=tuple(dict.fromkeys((*asked.answers, *own.questions[name].answers))),
            relevant=own.questions[name].relevant,
        )
        for name, asked in other.questions.items()
        if name in own.questions
    }
    lost = [name for name in other.questions if name not in shared]
    found = replace(other, questions=shared, left_out=other.left_out + len(lost))
    why = (
        f"{questions}: none of its {len(other.questions)} question ids stands in {path}: "
        f"{some(lost)} here, {some(own.questions)} there"
    )
    return _collection(f"{path.stem} + {questions.stem}", own, found, why)


def _collection(name: str, passages: _File, questions: _File, none: str) -> Collection:
    check([] if questions.questions else [none])
    asked = tuple(questions.questions.values())
    return Collection(name, passages.passages, asked, questions.left_out)


def _read(path: Path, faults: Faults) -> _File:
    passages: dict[str, Item] = {}
    questions: dict[str, Asked] = {}
    left_out = 0
    for place, fields, title in _paragraphs(document(path, faults), path, faults):
        context = text(_plain(fields), "context", place, faults) or ""
        item = passages.setdefault(context, Item(str(len(passages) + 1), context, title))
        for where, one in _objects(fields, "qas", place, faults):
            known = _plain(one)
            name = text(known, "id", where, faults)
            words = text(known, "question", where, faults, may_be_empty=True)
            if words == "" or known.get("is_impossible") is True:
                left_out += 1
                continue
            answers = _answers(one, where, faults)
            if name in questions:
                faults.append(f"{where}: field 'id': {name!r} stands twice")
            elif name is not None and words is not None:
                questions[name] = Asked(name, words, answers, {item.id: 1})
    return _File(tuple(passages.values()), questions, left_out)


def _plain(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """fields with what the older form names otherwise."""
    older = {new: fields[old] for new, old in _OLDER.items() if old in fields}
    return {**older, **fields}


def _paragraphs(
    held: Any, path: Path, faults: Faults
) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """(place, paragraph, title) of each; in the older form an article is its one paragraph."""
    if held is None:
        return
    wrapped = held if isinstance(held, dict) else {"data": held}
    for place, article in _objects(wrapped, "data", str(path), faults):
        title = (
            text(
                {**article, "title": article.get("title") or ""},
                "title",
                place,
                faults,
                may_be_empty=True,
            )
            or ""
        )
        title = title.replace("_", " ")  # SQuAD has titles as they stand in an address
        if "paragraphs" not in article and "qas" in article:
            yield place, article, title
            continue
        for where, paragraph in _objects(article, "paragraphs", place, faults):
            yield where, paragraph, title


def _objects(
    fields: Mapping[str, Any], name: str, place: str, faults: Faults
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(place, object) of each of a list of objects."""
    held = fields.get(name)
    if not isinstance(held, list):
        told = "is missing" if held is None else f"is {type(held).__name__}, not a list"
        faults.append(f"{place}: field {name!r} {told}")
        return
    for n, one in enumerate(held):
        where = f"{place} {name}[{n}]"
        if isinstance(one, dict):
            yield where, one
        else:
            faults.append(f"{where}: not an object")


def _answers(fields: Mapping[str, Any], place: str, faults: Faults) -> tuple[str, ...]:
    """The distinct wordings of an answer; () where the set keeps them back."""
    if fields.get("answers") is None:
        return ()
    held = fields["answers"]
    if isinstance(held, list):  # the older form lists mere texts
        held = [{"text": one} if isinstance(one, str) else one for one in held]
    told = (
        text(one, "text", where, faults)
        for where, one in _objects({"answers": held}, "answers", place, faults)
    )
    return tuple(dict.fromkeys(one for one in told if one is not None))
