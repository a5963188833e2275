"""Which of the 250,002 pieces of the original vocabulary the encoder keeps.

A Unigram tokenizer cuts a text along the best-scored path of pieces. Taking away pieces that are
not on that path cannot change it, so a text keeps its tokens as long as the pieces on its path
are kept. No piece of this vocabulary mixes Han characters or letters with digits or symbols;
every piece can be judged by the characters it is made of.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
SHORT = 3  # ASCII pieces of up to this many letters are all kept: any word falls back on them
WORD_START = "▁"

# Mandarin syllables without tone, as initial × final; combinations that do not exist do no harm.
_INITIALS = ("", *"bpmfdtnlgkhjqxrzcsyw", "zh", "ch", "sh")
_FINALS = (
    "a o e i u v ai ei ao ou an en ang eng ong er ia ie iao iu ian in iang ing iong "
    "ua uo uai ui uan un uang ue ve"
)


def script(character: str) -> str:
    """Either "han", "ascii" (a letter), "letter" (of another script) or "symbol" (the rest)."""
    if character.isascii():
        return "ascii" if character.isalpha() else "symbol"
    if unicodedata.name(character, "").startswith(("CJK UNIFIED", "CJK COMPAT")):
        return "han"
    if character in "〇々":
        return "han"
    return "letter" if unicodedata.category(character)[0] in "LM" else "symbol"


def is_western_letter(text: str) -> bool:
    """One Latin or Greek letter: keeps é, ü, α and the like from becoming <unk>."""
    return len(text) == 1 and unicodedata.name(text, "").startswith(("LATIN", "GREEK"))


def pinyin() -> set[str]:
    """Toneless Mandarin syllables, lower case and capitalised."""
    syllables = {initial + final for initial in _INITIALS for final in _FINALS.split()}
    return syllables | {syllable.capitalize() for syllable in syllables}


def kept(pieces: Iterable[str], english: set[str]) -> NDArray[np.int64]:
    """Ids (ascending, int64) of the pieces that stay; `english` are the ASCII ones prose needs."""
    syllables = pinyin()

    def stays(piece: str) -> bool:
        if piece in SPECIALS or piece == WORD_START:
            return True
        body = piece.removeprefix(WORD_START)
        scripts = {script(character) for character in body.replace(WORD_START, "")}
        if scripts == {"ascii"}:
            return len(body) <= SHORT or piece in english or body in syllables
        return scripts in ({"han"}, {"symbol"}) or is_western_letter(body)

    return np.array([i for i, piece in enumerate(pieces) if stays(piece)], dtype=np.int64)


def english_pieces(tokenizer: Any, words: dict[str, float], budget: int) -> set[str]:
    """The `budget` ASCII pieces English uses most, by the share of words they are part of.

    The original `tokenizer` cuts each of `words` (word → share of English) lower case,
    capitalised and in capitals, after a space and inside of one. Short pieces, which stay anyway,
    do not count.
    """
    forms: dict[str, float] = {}
    for word, share in words.items():
        for form, weight in ((word, 1.0), (word.capitalize(), 0.3), (word.upper(), 0.1)):
            forms[form] = forms.get(form, 0.0) + weight * share
            forms["(" + form] = forms.get("(" + form, 0.0) + 0.1 * weight * share
    mass: dict[int, float] = {}
    encodings = tokenizer.encode_batch_fast(list(forms), add_special_tokens=False)
    for share, encoding in zip(forms.values(), encodings, strict=True):
        for piece in encoding.ids:
            mass[piece] = mass.get(piece, 0.0) + share
    ranked = sorted(mass, key=lambda piece: (-mass[piece], piece))
    names = map(tokenizer.id_to_token, ranked)
    long = (name for name in names if len(name.removeprefix(WORD_START)) > SHORT)
    return set(islice(long, budget))


def english_words(packed: bytes) -> dict[str, float]:
    """Words of wordfreq's list and their share of English text, most frequent first.

    `packed` is gzipped MessagePack: a header, then a list of words for each hundredth of a bel
    downwards. Words are cut at apostrophes and hyphens; parts that are not ASCII letters are left
    out.
    """
    words: dict[str, float] = {}
    for centibels, bucket in enumerate(_unpack(memoryview(gzip.decompress(packed)), 0)[0][1:]):
        for part in (part for word in bucket for part in re.split(r"['’-]", word)):
            if re.fullmatch("[a-z]+", part):
                words[part] = words.get(part, 0.0) + 10 ** (-centibels / 100)
    return words


def prune_tokenizer(original: dict[str, Any], ids: NDArray[np.int64]) -> dict[str, Any]:
    """The same tokenizer.json with only the pieces `ids`, in their old order, scores unchanged."""
    vocabulary = original["model"]["vocab"]
    pieces = [vocabulary[i] for i in ids]
    number = {piece: i for i, (piece, _) in enumerate(pieces)}
    added = [{**token, "id": number[token["content"]]} for token in original["added_tokens"]]
    model = {**original["model"], "vocab": pieces, "unk_id": number["<unk>"]}
    return {**original, "added_tokens": added, "model": model}


def _unpack(data: memoryview, at: int) -> tuple[Any, int]:
    """One MessagePack value of `data` from `at`, and where the next begins (what wordfreq uses)."""
    tag = data[at]
    at += 1
    if tag < 0x80:  # small integer
        return tag, at
    if tag < 0x90:  # small map; keys and values in turn
        flat, at = _sequence(data, at, 2 * (tag & 0x0F))
        return dict(zip(flat[::2], flat[1::2], strict=True)), at
    if tag < 0xA0:  # small array
        return _sequence(data, at, tag & 0x0F)
    if tag < 0xC0:  # short string
        return str(data[at : at + (tag & 0x1F)], "utf-8"), at + (tag & 0x1F)
    sizes = {0xD9: 1, 0xDA: 2, 0xDC: 2, 0xDD: 4}
    if tag not in sizes:
        raise ValueError(f"unexpected MessagePack tag {tag:#x} in the word list")
    length = int.from_bytes(data[at : at + sizes[tag]], "big")
    at += sizes[tag]
    if tag in (0xDC, 0xDD):
        return _sequence(data, at, length)
    return str(data[at : at + length], "utf-8"), at + length


def _sequence(data: memoryview, at: int, length: int) -> tuple[list[Any], int]:
    values = []
    for _ in range(length):
        value, at = _unpack(data, at)
        values.append(value)
    return values, at
