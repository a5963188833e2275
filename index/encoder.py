"""Text → sentence vector and token vectors.

`OnnxEncoder` runs the bundled model with ONNX Runtime and tokenizers alone; it is the default.
`SentenceTransformerEncoder` runs any model sentence-transformers can load. Both give
`contracts.Encoded`. Importing this module loads neither.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index import checksums, runtime
from index.contracts import Encoded, Encoder
from index.errors import EncoderDamaged, EncoderUnavailable

if TYPE_CHECKING:
    from tokenizers import Encoding

T = TypeVar("T")

BUNDLED_NAME = "e5-small-zh-en"
BUNDLED = Path(__file__).resolve().parent / "models" / BUNDLED_NAME


def load_encoder(name: str | None = None, threads: int | None = None) -> Encoder:
    """The bundled encoder for None, its name or its path; otherwise a sentence-transformers model.

    threads: of the bundled one, for one text. One is best for many texts, which then keep a core
    each; none, all of them together, for one question.

    Raises EncoderUnavailable if the model cannot be loaded, EncoderDamaged if a file is missing.
    """
    if name is None or name == BUNDLED_NAME or Path(name).resolve() == BUNDLED:
        return OnnxEncoder(threads=threads)
    return SentenceTransformerEncoder(name)


class OnnxModel:
    """A model folder opened with tokenizers and ONNX Runtime: text → token ids → vectors.

    One text a run, never padded: activations are quantised over the whole input, so neighbours in
    a batch would change a text's vectors. Runs may overlap in several threads.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        from tokenizers import Tokenizer

        self._session = runtime.session(folder / "onnx" / "model.onnx", threads)
        words = _existing(folder / "tokenizer.json")
        try:
            self.tokenizer = Tokenizer.from_file(str(words))
        except Exception as error:  # tokenizers raises bare Exceptions
            raise EncoderDamaged(f"{words} is not a tokenizer") from error
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.width = int(self._session.get_outputs()[1].shape[1])

    def cut(self, text: str) -> Encoding:
        """All tokens of `text`, <s> and </s> included."""
        return self.tokenizer.encode(text)

    def run(self, ids: list[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Last hidden state, float32 (n, width), and unit mean, float32 (width,), of n ids."""
        fed = {"input_ids": np.array([ids], dtype=np.int64)}
        tokens, sentence = self._session.run(["tokens", "sentence"], fed)
        return tokens[0], sentence[0]


class OnnxEncoder:
    """The bundled encoder, or another folder `models/make_encoder.py` wrote.

    `threads` ONNX Runtime uses for one text; None takes the cores, four at most. The vectors do
    not depend on it. Raises EncoderDamaged if a file of the folder is missing or not the one that
    its checksums name: the digest stands for the vectors only where they agree.
    """

    def __init__(self, folder: Path = BUNDLED, threads: int | None = None) -> None:
        checksums.verify(folder)
        self.name = folder.name
        self.digest = f"sha256:{hashlib.sha256(_read(folder / checksums.NAME)).hexdigest()}"
        prompts = json.loads(_read(folder / "config_sentence_transformers.json"))["prompts"]
        self._query_prompt: str = prompts["query"]
        self._passage_prompt: str = prompts["passage"]
        self.max_tokens = int(json.loads(_read(folder / "onnx_transformer.json"))["max_seq_length"])
        cores = os.cpu_count() or 1
        threads = threads or min(cores, 4)
        self._workers = max(cores // threads, 1)
        self._model = OnnxModel(folder, threads)
        self.width = self._model.width

    def query(self, text: str) -> Encoded:
        """See `contracts.Encoder`."""
        return self._encode(self._query_prompt, text)

    def passages(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """See `contracts.Encoder`. As many texts at a time as keep all cores busy."""
        encode = partial(self._encode, self._passage_prompt)
        return _in_order(encode, texts, self._workers)

    def count(self, text: str) -> int:
        """See `contracts.Encoder`."""
        return len(self._model.cut(self._passage_prompt + text))

    def _encode(self, prompt: str, text: str) -> Encoded:
        cut = self._model.cut(prompt + text)
        ids = truncated(cut.ids, self.max_tokens)
        special = np.array(truncated(cut.special_tokens_mask, self.max_tokens), dtype=bool)
        ends = np.array([end for _, end in truncated(cut.offsets, self.max_tokens)])
        tokens, sentence = self._model.run(ids)
        own = ~special & (ends > len(prompt))
        places = ends[own].astype(np.int64) - len(prompt)
        return Encoded(sentence, _unit(tokens[own]), np.array(ids, dtype=np.int64)[own], places)


class SentenceTransformerEncoder:
    """Any model sentence-transformers can load: a name of the Hugging Face hub or a folder.

    Prompts are the model's own "query" and "passage" (or "document") prompts, none if it has none.
    On a CPU texts run one by one; on another `device` in batches, where padding may change the
    last digits. Code shipped with a model is not run. Raises EncoderUnavailable.
    """

    def __init__(self, name_or_path: str, device: str | None = None) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderUnavailable(
                f'encoder "{name_or_path}" needs sentence-transformers: install the "models" extra'
            ) from error
        bundled = Path(name_or_path).resolve() == BUNDLED  # names a class of this project
        try:
            self._model: Any = SentenceTransformer(
                name_or_path, device=device, trust_remote_code=bundled
            )
        except Exception as error:  # whatever the model's files or the network can raise
            reason = str(error).strip().partition("\n")[0]
            raise EncoderUnavailable(
                f'encoder "{name_or_path}" cannot be loaded: {reason}'
            ) from error
        self.name = name_or_path
        self.max_tokens = int(self._model.max_seq_length or 512)
        self._query_prompt = self._prompt("query")
        self._passage_prompt = self._prompt("passage", "document")
        self._batch = 1 if self._model.device.type == "cpu" else 32
        self.digest = self._digest(name_or_path)
        probe = self.query("1")
        self.width = len(probe.sentence)
        if probe.tokens.shape[1] != self.width:
            raise EncoderUnavailable(
                f'encoder "{name_or_path}" has token vectors {probe.tokens.shape[1]} wide and '
                f"sentence vectors {self.width} wide; expected the same width"
            )

    def query(self, text: str) -> Encoded:
        """See `contracts.Encoder`."""
        return next(self._encode(self._query_prompt, [text]))

    def passages(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """See `contracts.Encoder`."""
        for start in range(0, len(texts), self._batch):
            yield from self._encode(self._passage_prompt, texts[start : start + self._batch])

    def count(self, text: str) -> int:
        """See `contracts.Encoder`."""
        return len(self._cut(self._passage_prompt + text)[0])

    def _encode(self, prompt: str, texts: Sequence[str]) -> Iterator[Encoded]:
        seen = self._model.encode(
            list(texts),
            prompt=prompt,
            output_value=None,
            batch_size=self._batch,
            show_progress_bar=False,
        )
        for text, features in zip(texts, seen, strict=True):
            real = _array(features["attention_mask"]).astype(bool)
            ids = _array(features["input_ids"])[real].astype(np.int64)
            tokens = _array(features["token_embeddings"])[real].astype(np.float32)
            own, ends = self._own(prompt, text, ids)
            sentence = _array(features["sentence_embedding"]).astype(np.float32)
            yield Encoded(_unit(sentence[None])[0], _unit(tokens[own]), ids[own], ends)

    def _own(
        self, prompt: str, text: str, ids: NDArray[np.int64]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Which of `ids` are the text's, not specials and not the prompt's; where those end."""
        whole, special, ends = self._cut(prompt + text)
        if len(ids) < len(whole):  # the model cuts a long text's end, but keeps a last special
            whole, special, ends = (
                truncated(side, len(ids)) if special[-1] else side[: len(ids)]
                for side in (whole, special, ends)
            )
        if np.array_equal(whole, ids) and any(ends):
            own = ~np.array(special, dtype=bool) & (np.array(ends) > len(prompt))
            return own, np.array(ends, np.int64)[own] - len(prompt)
        # The model tidies its input (strips, lower-cases): count the prompt's tokens instead.
        specials = set(np.array(whole)[np.array(special, dtype=bool)].tolist())
        own = np.array([i not in specials for i in ids.tolist()], dtype=bool)
        own[np.flatnonzero(own)[: self._cut(prompt)[1].count(0)]] = False
        return own, np.zeros(int(own.sum()), np.int64)

    def _cut(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """Ids, special mask and end offsets of all tokens of `text`."""
        tokenizer = self._model.tokenizer
        if not callable(tokenizer):  # a plain tokenizers.Tokenizer
            cut = tokenizer.encode(text)
            return cut.ids, cut.special_tokens_mask, [end for _, end in cut.offsets]
        cut = tokenizer(
            text,
            truncation=False,
            verbose=False,
            return_special_tokens_mask=True,
            return_offsets_mapping=tokenizer.is_fast,
        )
        ids, special = cut["input_ids"], cut["special_tokens_mask"]
        return ids, special, [end for _, end in cut.get("offset_mapping", [(0, 0)] * len(ids))]

    def _prompt(self, *names: str) -> str:
        return next((p for p in map(self._model.prompts.get, names) if p), "")

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256(name.encode("utf-8") if not Path(name).is_dir() else b"")
        if Path(name).is_dir():
            for path in sorted(p for p in Path(name).rglob("*") if p.is_file()):
                if path.suffix != ".md":
                    with path.open("rb") as file:
                        content = hashlib.file_digest(file, "sha256").hexdigest()
                    digest.update(f"{content}  {path.relative_to(name).as_posix()}\n".encode())
        else:
            config = getattr(getattr(self._model[0], "auto_model", None), "config", None)
            digest.update(f"@{getattr(config, '_commit_hash', None)}".encode())
        return f"sha256:{digest.hexdigest()}"


def truncated(tokens: Sequence[T], length: int) -> list[T]:
    """The first `length` tokens, but always with the last one (</s>) at the end."""
    if len(tokens) <= length:
        return list(tokens)
    return [*tokens[: length - 1], tokens[-1]]


def _in_order(
    encode: Callable[[str], Encoded], texts: Sequence[str], workers: int
) -> Iterator[Encoded]:
    """`map(encode, texts)` by `workers` threads, at most two results each ahead of the reader."""
    with ThreadPoolExecutor(workers) as pool:
        ahead: deque[Future[Encoded]] = deque()
        for text in texts:
            ahead.append(pool.submit(encode, text))
            if len(ahead) > 2 * workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    units: NDArray[np.float32] = rows / np.maximum(norms, np.float32(1e-12))
    return units


def _array(tensor: Any) -> NDArray[Any]:
    """A torch tensor as a numpy array; half-precision models' vectors as float32."""
    at_home = tensor.detach().cpu()
    array: NDArray[Any] = (at_home.float() if at_home.is_floating_point() else at_home).numpy()
    return array


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise EncoderDamaged(f"{path} is missing")
    return path


def _read(path: Path) -> bytes:
    return _existing(path).read_bytes()
