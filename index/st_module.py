"""The bundled encoder as the first module of a sentence-transformers model.

Named by the model folder's modules.json, so `SentenceTransformer(folder, trust_remote_code=True)`
finds it while the project is importable; stock Pooling and Normalize follow it. Since version 6
sentence-transformers wants that flag for every class that is not its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar, Self

import torch
from sentence_transformers.base.modules import InputModule

from index.encoder import OnnxModel, truncated


class OnnxTransformer(InputModule):  # type: ignore[misc]
    """Token vectors of each text from one ONNX run of its own, padded to a batch afterwards."""

    config_file_name = "onnx_transformer.json"
    config_keys: ClassVar[list[str]] = ["max_seq_length"]

    def __init__(self, folder: Path, max_seq_length: int) -> None:
        super().__init__()
        self._folder = folder
        self._model = OnnxModel(folder, threads=torch.get_num_threads())
        self.tokenizer = self._model.tokenizer
        self.max_seq_length = max_seq_length
        self._pad = self.tokenizer.token_to_id("<pad>") or 0

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", *_: Any, **_how: Any) -> Self:
        """Open a local model folder; see sentence-transformers' `Module.load`."""
        folder = Path(model_name_or_path, subfolder)
        return cls(folder, **cls.load_config(model_name_or_path, subfolder=subfolder))

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_kwargs: Any
    ) -> dict[str, Any]:
        """input_ids and attention_mask, int64 (texts, longest), padded at the end."""
        cut = (self._model.cut((prompt or "") + text).ids for text in inputs)
        ids = [torch.tensor(truncated(one, self.max_seq_length)) for one in cut]
        ones = [torch.ones_like(one) for one in ids]
        pad = torch.nn.utils.rnn.pad_sequence
        return {
            "input_ids": pad(ids, batch_first=True, padding_value=self._pad),
            "attention_mask": pad(ones, batch_first=True, padding_value=0),
        }

    def forward(self, features: dict[str, Any], **_kwargs: Any) -> dict[str, Any]:
        """Adds token_embeddings, float32 (texts, longest, width), zero where padded."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        rows = zip(features["input_ids"].tolist(), lengths, strict=True)
        tokens = [torch.from_numpy(self._model.run(ids[:length])[0]) for ids, length in rows]
        padded = torch.nn.utils.rnn.pad_sequence(tokens, batch_first=True)
        features["token_embeddings"] = padded.to(features["input_ids"].device)
        return features

    def save(self, output_path: str, *_args: Any, **_kwargs: Any) -> None:
        """Copy the model and its tokenizer to `output_path`."""
        self.save_config(output_path)
        Path(output_path, "onnx").mkdir(parents=True, exist_ok=True)
        for name in ("onnx/model.onnx", "tokenizer.json"):
            shutil.copyfile(self._folder / name, Path(output_path, name))
