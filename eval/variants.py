"""How well questions are understood in the ways that Chinese is typed.

python -m eval.variants [--questions FILE]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from assistant.question import read
from assistant.service import Assistant
from eval.questions import Question, development, load
from eval.retrieval import judge, rank, success
from index.search import Searcher

Change = Callable[[str], str]
_HALF = re.compile(r"[!-~]")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def traditional(text: str) -> str:
    """In Traditional characters."""
    from opencc import OpenCC

    converted: str = OpenCC("s2t").convert(text)
    return converted


def full_width(text: str) -> str:
    """With full-width letters, digits and punctuation."""
    return _HALF.sub(lambda char: chr(ord(char[0]) + 0xFEE0), text)


def bare(text: str) -> str:
    """Without punctuation and spaces between Chinese characters."""
    return re.sub(r"[^\w.%]+", "", text)


def spaced(text: str) -> str:
    """With a space after every fourth character."""
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))


def slip(searcher: Searcher) -> Change:
    """One character of a word of the plans mistaken for another that sounds or looks like it.

    Which one is told by a hash of the question, so it is the same each time.
    """
    words = searcher.words["zh"]
    known = {word for view in searcher.index.views for word in view.lexical.words}
    wrong: dict[str, str] = {}
    for typed, meant in sorted(searcher.index.alike.items()):
        for char in meant:
            wrong[char] = wrong.get(char, "") + typed

    def change(text: str) -> str:
        number = int.from_bytes(blake2b(text.encode(), digest_size=4).digest())
        places, at = [], 0
        for word in words(text):
            at = text.find(word, at)
            if at >= 0 and len(word) > 1 and word in known and _HAN.match(word):
                places += [n for n in range(at, at + len(word)) if text[n] in wrong]
        if not places:
            return text
        place = places[number % len(places)]
        others = wrong[text[place]]
        return text[:place] + others[number // len(places) % len(others)] + text[place + 1 :]

    return change


def table(assistant: Assistant, questions: Sequence[Question], only: Collection[str] = ()) -> str:
    """Success@1 and @3 of hybrid by how the same Chinese questions are typed, as Markdown.

    Also how many are searched as if they had been typed as written, without any correction. only:
    these ways, of all unless some are named.
    """
    chinese = [question for question in questions if question.lang == "zh"]
    without = replace(assistant.index, alike={})
    careless = Assistant(Searcher(without, assistant.searcher.encoder))
    slipped = slip(assistant.searcher)
    ways: list[tuple[str, Change, Assistant]] = [
        ("as written", str, assistant),
        ("Traditional", traditional, assistant),
        ("full width", full_width, assistant),
        ("no punctuation", bare, assistant),
        ("spaces inside", spaced, assistant),
        ("a slip", slipped, assistant),
        ("a slip, not corrected", slipped, careless),
    ]
    lines = [f"| typed | @1 (n={len(chinese)}) | @3 | read as written |", "|---|---|---|---|"]
    for name, change, asked in ways:
        if only and name not in only:
            continue
        typed = [replace(question, question=change(question.question)) for question in chinese]
        ranks = [rank(found.legs.total, found.relevant) for found in judge(asked, typed)]
        same = sum(
            asked.read(one.question).search == read(other.question).search
            for one, other in zip(typed, chinese, strict=True)
        )
        cells = [f"{success(ranks, 1):.3f}", f"{success(ranks, 3):.3f}"]
        lines.append(f"| {name} | " + " | ".join(cells) + f" | {same / len(chinese):.3f} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    from assistant.library import searcher
    from assistant.settings import Settings

    parser = argparse.ArgumentParser(prog="python -m eval.variants", description=__doc__)
    parser.add_argument("--questions", type=Path, default=development())
    found = Assistant(searcher(Settings()))
    print(table(found, load(parser.parse_args().questions)))


if __name__ == "__main__":
    main()
