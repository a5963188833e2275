"""Sets of passages, questions and judgements in files: those of BEIR, and those of TREC.

Thakur et al. 2021; Voorhees & Harman 2005. SQuAD's form is read in squad.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from eval.external.files import Faults, check, lines, objects, some, text
from eval.external.records import Asked, Collection, Item
from eval.external.squad import squad

__all__ = ["beir", "squad", "trec"]

Grades = dict[str, dict[str, int]]
"""By question, the grade of each passage that was judged for it."""


def beir(folder: Path, split: str = "test") -> Collection:
    """A folder as BEIR has it: corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv.

    Lines of the first have _id, title and text, of the second _id and text; the third is told
    below trec(). Questions of other splits are not asked. Raises DataInvalid.
    """
    name = folder.resolve().name
    return _judged(
        name if split == "test" else f"{name}/{split}",
        folder / "corpus.jsonl",
        folder / "queries.jsonl",
        folder / "qrels" / f"{split}.tsv",
    )


def trec(corpus: Path, queries: Path, qrels: Path) -> Collection:
    """Passages, questions and judgements in three files.

    corpus, queries: JSON Lines as BEIR has them, or, in a file that ends in .tsv, an id, a tab and
    a text on each line. qrels: TREC's four columns (question, anything, passage, grade), or BEIR's
    three with tabs (question, passage, grade) below a header; its first line tells which.
    A question that is not judged is not asked; one without words, or with no passage of grade 1 or
    more, is left out.
    Raises DataInvalid.
    """
    return _judged(corpus.stem, corpus, queries, qrels)


def _judged(name: str, corpus: Path, queries: Path, qrels: Path) -> Collection:
    faults: Faults = []
    passages = _texts(corpus, faults)
    questions = _texts(queries, faults)
    grades = _grades(qrels, faults)
    check(faults)
    unknown = {
        corpus: _unknown((one for own in grades.values() for one in own), passages),
        queries: _unknown(grades, questions),
    }
    check(
        [
            f"{qrels}: names {len(ids)} that {path} lacks: {some(ids)}"
            for path, ids in unknown.items()
            if ids
        ]
    )
    relevant = {
        question: {passage: grade for passage, grade in own.items() if grade > 0}
        for question, own in grades.items()
    }
    asked = tuple(
        Asked(one.id, one.text, (), relevant[one.id])
        for one in questions.values()
        if one.text and relevant.get(one.id)
    )
    check([] if asked else [f"{qrels}: no question of {queries} has a passage of grade 1 or more"])
    return Collection(name, tuple(passages.values()), asked, len(grades) - len(asked))


def _unknown(named: Iterator[str] | Grades, known: Mapping[str, Item]) -> list[str]:
    return [one for one in dict.fromkeys(named) if one not in known]


def _texts(path: Path, faults: Faults) -> dict[str, Item]:
    """The texts of a file by their ids. A text may be empty: some passages have a title alone."""
    found: dict[str, Item] = {}
    table = path.suffix.casefold() == ".tsv"
    for place, fields in _columns(path, faults) if table else objects(path, faults):
        name = text(fields, "_id", place, faults)
        words, title = (
            text(known, field, place, faults, may_be_empty=True)
            for known, field in (
                (fields, "text"),
                ({**fields, "title": fields.get("title") or ""}, "title"),
            )
        )
        if name in found:
            faults.append(f"{place}: field '_id': {name!r} stands twice")
        elif name is not None:
            found[name] = Item(name, words or "", title or "")
    return found


def _columns(path: Path, faults: Faults) -> Iterator[tuple[str, Mapping[str, str]]]:
    for place, line in lines(path, faults):
        name, tab, words = line.partition("\t")
        if tab:
            yield place, {"_id": name, "text": words}
        else:
            faults.append(f"{place}: no tab; expected an id, a tab and a text")


def _grades(path: Path, faults: Faults) -> Grades:
    found: Grades = {}
    is_trec: bool | None = None
    for place, line in lines(path, faults):
        first = is_trec is None
        if is_trec is None:
            is_trec = len(line.split("\t")) != 3 and len(line.split()) == 4
        columns = line.split() if is_trec else [one.strip() for one in line.split("\t")]
        if first and not is_trec and len(columns) == 3 and not _is_number(columns[2]):
            continue  # the header
        if len(columns) != (4 if is_trec else 3):
            form = "4 columns, as TREC has them" if is_trec else "3 columns with tabs between"
            faults.append(f"{place}: {len(columns)} column(s); expected {form}")
            continue
        question, passage, grade = columns[0], columns[-2], columns[-1]
        if not _is_number(grade):
            faults.append(f"{place}: field 'score' is {grade!r}, not a whole number")
        elif found.setdefault(question, {}).setdefault(passage, int(grade)) != int(grade):
            faults.append(f"{place}: {question!r} with {passage!r} is judged twice, differently")
    return found


def _is_number(words: str) -> bool:
    return words.isascii() and words.removeprefix("-").isdigit() and len(words) < 10
