"""How well questions find text in the other language, with a translation and without.

python -m eval.directions [--questions FILE]
"""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from assistant.service import Assistant
from corpus.records import Document, Passage, Sentence
from eval.questions import LANGUAGES, Question, development, load
from eval.retrieval import judge, rank, success
from index.build import build
from index.contracts import Encoder
from index.records import Index
from index.search import Searcher


def original_alone(document: Document) -> Document:
    """The document as if it had not been translated."""
    passages = tuple(replace(passage, translation=None) for passage in document.passages)
    return replace(document, passages=passages)


def translation_alone(document: Document) -> Document:
    """The document as if its translation were all there is of it. Evidence keeps its place."""

    def told(passage: Passage) -> Passage:
        side = document.side(passage, "en")
        assert side is not None, passage.id
        ends = list(accumulate(len(sentence) + 1 for sentence in side.sentences))
        starts = [0, *ends[:-1]]
        return replace(
            passage,
            path=side.path,
            text=" ".join(side.sentences),
            sentences=tuple(
                Sentence(start, end - 1) for start, end in zip(starts, ends, strict=True)
            ),
            translation=None,
        )

    return replace(
        document,
        manifest=replace(document.manifest, language="en"),
        passages=tuple(map(told, document.passages)),
    )


def without_lexicon(index: Index) -> Index:
    """index without glossary and dictionary: only the encoder crosses languages."""
    documents = tuple(replace(document, terms=()) for document in index.documents)
    return replace(index, documents=documents, dictionaries={})


def versions(index: Index, encoder: Encoder) -> dict[str, Index]:
    """The index of the same documents with one language, the other, and both."""
    chinese = build([original_alone(document) for document in index.documents], encoder, index)
    english = build([translation_alone(document) for document in index.documents], encoder, index)
    return {
        "Chinese, the encoder alone": without_lexicon(chinese),
        "Chinese": chinese,
        "English, the encoder alone": without_lexicon(english),
        "English": english,
        "both": index,
    }


def table(
    index: Index, encoder: Encoder, questions: Sequence[Question], only: Collection[str] = ()
) -> str:
    """Success@1 and @3 of hybrid by what is indexed and the question's language, as Markdown.

    only: these of versions(), of all unless some are named.
    """
    groups = {lang: [q for q in questions if q.lang == lang] for lang in LANGUAGES}
    heads = [f"{lang} @{k} (n={len(group)})" for lang, group in groups.items() for k in (1, 3)]
    lines = ["| indexed | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name, made in versions(index, encoder).items():
        if only and name not in only:
            continue
        assistant = Assistant(Searcher(made, encoder))
        cells = []
        for group in groups.values():
            ranks = [rank(found.legs.total, found.relevant) for found in judge(assistant, group)]
            cells += [f"{success(ranks, k):.3f}" for k in (1, 3)]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    from assistant.library import searcher
    from assistant.settings import Settings

    parser = argparse.ArgumentParser(prog="python -m eval.directions", description=__doc__)
    parser.add_argument("--questions", type=Path, default=development())
    found = searcher(Settings())
    print(table(found.index, found.encoder, load(parser.parse_args().questions)))


if __name__ == "__main__":
    main()
