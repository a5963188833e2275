"""The bundled encoder: shapes, independence of neighbours, integrity, and both ways to run it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from index import checksums
from index.encoder import (
    BUNDLED,
    OnnxEncoder,
    SentenceTransformerEncoder,
    load_encoder,
)
from index.errors import EncoderDamaged, EncoderUnavailable
from index.late import PRODUCTS

TEXTS = [
    "到2025年，金融业增加值力争突破560亿元。",
    "金融业增加值目标是多少",
    "武昌区要建设多少个5G基站？",
    "完善“四办”服务模式，推进“双随机一公开”监管。",
    "城镇登记失业率控制在4.5％以内",
    "推动总部经济、楼宇经济、民营经济发展",
    "长江主轴左岸大道 Q=40m³/s",
    "加快发展数字经济",
    "养老服务床位",
    "一老一小",
    "What is the target for the value added of finance?",
    "How many 5G base stations will be built?",
    "The district will support start-ups near Donghu Lake.",
    "Where are the parks?",
    "GDP, R&D and PM2.5 targets for 2025",
    "It doesn't say; see Chapter 10 (section 1).",
    "Wuchang 武昌区 Zhongnan Road 中南路",
    "CBD 和 WTO 是什么意思",
    "x",
    "",
]


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


def pieces(encoder: OnnxEncoder, ids: np.ndarray) -> str:
    """The text of token ids, words apart as the tokenizer saw them."""
    tokenizer = encoder._model.tokenizer
    return "".join(str(tokenizer.id_to_token(int(i))) for i in ids).replace("▁", " ").strip()


@pytest.mark.parametrize("text", TEXTS)
def test_vectors_are_unit_float32_and_one_per_token(encoder: OnnxEncoder, text: str) -> None:
    for encoded in (encoder.query(text), next(encoder.passages([text]))):
        assert encoded.sentence.shape == (encoder.width,)
        assert encoded.tokens.shape == (len(encoded.ids), encoder.width)
        assert encoded.sentence.dtype == encoded.tokens.dtype == np.float32
        assert encoded.ids.dtype == encoded.ends.dtype == np.int64
        assert encoded.ends.shape == encoded.ids.shape
        assert np.linalg.norm(encoded.sentence) == pytest.approx(1, abs=1e-5)
        assert np.linalg.norm(encoded.tokens, axis=1) == pytest.approx(1, abs=1e-5)


def test_prompt_and_specials_are_no_tokens_of_the_text(encoder: OnnxEncoder) -> None:
    for text in ("金融业增加值", "query the passage", "5G"):
        for encoded in (encoder.query(text), next(encoder.passages([text]))):
            assert pieces(encoder, encoded.ids) == text


@pytest.mark.parametrize("text", TEXTS)
def test_tokens_end_where_their_words_end_in_the_text(encoder: OnnxEncoder, text: str) -> None:
    for encoded in (encoder.query(text), next(encoder.passages([text]))):
        ends = encoded.ends.tolist()
        assert ends == sorted(ends)
        assert ends[-1:] == ([len(text)] if text else [])
        for start, end, token in zip([0, *ends], ends, encoded.ids, strict=False):
            said = unicodedata.normalize("NFKC", text[start:end]).strip()
            piece = str(encoder._model.tokenizer.id_to_token(int(token))).replace("▁", "")
            assert said == piece or piece == "<unk>"


def test_the_prompt_is_not_counted_in_where_tokens_end(encoder: OnnxEncoder) -> None:
    text = "金融业增加值560亿元"
    assert encoder.query(text).ends.tolist() == next(encoder.passages([text])).ends.tolist()


def test_what_is_cut_keeps_its_places(encoder: OnnxEncoder) -> None:
    text = "推动经济高质量发展，" * 200
    (encoded,) = encoder.passages([text])
    (short,) = encoder.passages([text[:100]])
    few = len(short.ends) // 2
    assert encoded.ends[:few].tolist() == short.ends[:few].tolist()
    assert encoded.ends[-1] < len(text)


def test_the_prompt_changes_the_vectors(encoder: OnnxEncoder) -> None:
    text = "金融业增加值"
    assert not np.array_equal(encoder.query(text).tokens, next(encoder.passages([text])).tokens)


def test_empty_text_has_a_sentence_and_no_tokens(encoder: OnnxEncoder) -> None:
    encoded = encoder.query("")
    assert encoded.tokens.shape == (0, encoder.width)
    assert np.linalg.norm(encoded.sentence) == pytest.approx(1, abs=1e-5)


def test_count_is_of_the_whole_passage_and_long_text_is_cut(encoder: OnnxEncoder) -> None:
    assert encoder.count("") == len(["<s>", "▁passage", ":", "▁", "</s>"])
    text = "推动经济高质量发展，" * 200
    (encoded,) = encoder.passages([text])
    assert encoder.count(text) > encoder.max_tokens == 512
    assert len(encoded.ids) < encoder.max_tokens
    assert text.startswith(pieces(encoder, encoded.ids).replace(",", "，"))


def test_a_text_has_the_same_vectors_alone_and_among_others(encoder: OnnxEncoder) -> None:
    among = list(encoder.passages(TEXTS))
    assert len(among) == len(TEXTS)
    for text, encoded in zip(TEXTS, among, strict=True):
        (alone,) = encoder.passages([text])
        assert np.array_equal(alone.sentence, encoded.sentence)
        assert np.array_equal(alone.tokens, encoded.tokens)
        assert np.array_equal(alone.ends, encoded.ends)


def test_another_session_gives_the_same_bits_with_any_number_of_threads(
    encoder: OnnxEncoder,
) -> None:
    other = OnnxEncoder(threads=1)
    for one, two in zip(encoder.passages(TEXTS), other.passages(TEXTS), strict=True):
        assert np.array_equal(one.sentence, two.sentence)
        assert np.array_equal(one.tokens, two.tokens)


@pytest.mark.parametrize(
    ("question", "related", "unrelated"),
    [
        ("金融业增加值目标是多少", "到2025年，金融业增加值力争突破560亿元。", "建设幼儿园12所。"),
        (
            "How large should the financial sector become?",
            "The value added of finance will exceed 56 billion yuan.",
            "Twelve kindergartens will be built.",
        ),
        (
            "How many kindergartens will be built?",
            "新建幼儿园12所，扩大学前教育供给。",
            "到2025年，金融业增加值力争突破560亿元。",
        ),
        (
            "幼儿园要建多少所",
            "Twelve kindergartens will be built.",
            "The value added of finance will exceed 56 billion yuan.",
        ),
    ],
)
def test_what_is_related_is_closer(
    encoder: OnnxEncoder, question: str, related: str, unrelated: str
) -> None:
    near, far = encoder.passages([related, unrelated])
    sought = encoder.query(question).sentence
    assert sought @ near.sentence > sought @ far.sentence


def test_other_scripts_are_unknown_but_accented_letters_are_not(encoder: OnnxEncoder) -> None:
    unknown = encoder._model.tokenizer.token_to_id("<unk>")
    assert unknown in encoder.query("документ").ids
    assert unknown not in encoder.query("Müller, café, α射线, lǐ, 武汉市, ①②③, ≥4.5‰").ids


def test_the_bundled_files_are_those_their_checksums_name() -> None:
    checksums.verify(BUNDLED)
    checksums.verify(PRODUCTS.parent)


SUMMED = [line.split()[1] for line in (BUNDLED / checksums.NAME).read_text("utf-8").splitlines()]


@pytest.mark.parametrize("damaged", SUMMED)
def test_a_flipped_byte_is_found_and_named(tmp_path: Path, damaged: str) -> None:
    copy = linked_copy(tmp_path)
    content = bytearray((BUNDLED / damaged).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / damaged).unlink()
    (copy / damaged).write_bytes(content)
    with pytest.raises(EncoderDamaged, match=damaged):
        OnnxEncoder(copy)


@pytest.mark.parametrize("content", [b"", b"not a list", b"\xff\xfe"])
def test_a_damaged_list_of_checksums_is_named(tmp_path: Path, content: bytes) -> None:
    copy = linked_copy(tmp_path)
    (copy / checksums.NAME).unlink()
    (copy / checksums.NAME).write_bytes(content)
    with pytest.raises(EncoderDamaged, match=checksums.NAME):
        OnnxEncoder(copy)


@pytest.mark.parametrize("name", ["onnx/model.onnx", "tokenizer.json"])
def test_a_file_that_agrees_but_cannot_be_opened_is_named(tmp_path: Path, name: str) -> None:
    copy = linked_copy(tmp_path)
    (copy / name).unlink()
    (copy / name).write_bytes(b"version https://git-lfs.github.com/spec/v1")
    summed = sha256((copy / name).read_bytes()).hexdigest()
    (copy / checksums.NAME).unlink()
    (copy / checksums.NAME).write_text(f"{summed}  {name}\n")
    with pytest.raises(EncoderDamaged, match=re.escape(name)):
        OnnxEncoder(copy)


@pytest.mark.parametrize("missing", [checksums.NAME, "tokenizer.json", "onnx/model.onnx"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    copy = linked_copy(tmp_path)
    (copy / missing).unlink()
    for attempt in (checksums.verify, OnnxEncoder):
        with pytest.raises(EncoderDamaged, match=missing):
            attempt(copy)


def linked_copy(folder: Path) -> Path:
    """The bundled model with symbolic links for files."""
    for path in (p for p in BUNDLED.rglob("*") if p.is_file()):
        link = folder / path.relative_to(BUNDLED)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    return folder


def test_importing_loads_nothing_heavy_and_encoding_needs_no_torch() -> None:
    code = """
import sys, index.encoder
heavy = {"onnxruntime", "tokenizers", "torch", "transformers", "sentence_transformers"}
assert not heavy & set(sys.modules), heavy & set(sys.modules)
index.encoder.load_encoder().query("金融")
torch = {"torch", "transformers", "sentence_transformers"}
assert not torch & set(sys.modules), torch & set(sys.modules)
"""
    root = Path(__file__).resolve().parents[2]
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root)


def test_nothing_is_reported_to_anyone(tmp_path: Path) -> None:
    """ONNX Runtime has telemetry, which keeps its files in the home folder."""
    code = "import index.encoder as e; e.load_encoder().query('金融')"
    root = Path(__file__).resolve().parents[2]
    home = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root, env=home)
    assert list(tmp_path.iterdir()) == []


def test_the_bundled_encoder_is_the_default() -> None:
    for name in (None, "e5-small-zh-en", str(BUNDLED)):
        chosen = load_encoder(name)
        assert isinstance(chosen, OnnxEncoder)
        assert (chosen.name, chosen.width) == ("e5-small-zh-en", 384)
        assert chosen.digest.startswith("sha256:")


def test_without_sentence_transformers_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderUnavailable, match=r"no/such-model.*models"):
        load_encoder("no/such-model")


@pytest.mark.models
def test_a_model_that_does_not_exist_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("sentence_transformers")
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderUnavailable, match="no/such-model"):
        load_encoder("no/such-model")


@pytest.mark.models
def test_sentence_transformers_gives_the_same_vectors(encoder: OnnxEncoder) -> None:
    pytest.importorskip("sentence_transformers")
    other = SentenceTransformerEncoder(str(BUNDLED), device="cpu")
    assert (other.width, other.max_tokens) == (encoder.width, encoder.max_tokens)
    texts = [*TEXTS, "推动经济高质量发展，" * 100]
    pairs = [(encoder.query(text), other.query(text)) for text in texts]
    pairs += zip(encoder.passages(texts), other.passages(texts), strict=True)
    for one, two in pairs:
        assert np.array_equal(one.ids, two.ids)
        assert np.array_equal(one.ends, two.ends)
        assert one.sentence @ two.sentence > 0.99999
        assert np.all((one.tokens * two.tokens).sum(axis=1) > 0.99999)
    assert [encoder.count(text) for text in texts] == [other.count(text) for text in texts]


@pytest.mark.models
def test_the_folder_is_a_sentence_transformers_model_also_in_batches(encoder: OnnxEncoder) -> None:
    library = pytest.importorskip("sentence_transformers")
    model = library.SentenceTransformer(str(BUNDLED), trust_remote_code=True, device="cpu")
    batch = model.encode(TEXTS, prompt_name="passage", batch_size=8)
    own = np.stack([encoded.sentence for encoded in encoder.passages(TEXTS)])
    assert np.all((batch * own).sum(axis=1) > 0.99999)
