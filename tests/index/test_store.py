"""The saved index: nothing changes on the way, nothing is embedded twice, damage is refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.records import Document, Passage, Side, Term
from index import folder
from index.build import build, too_long
from index.dense import Dense
from index.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexUnwritable
from index.records import EncoderName, Index
from index.search import Searcher
from index.spans import Text
from index.store import LOG, current, load, publish, rollback, staged
from index.tokens import WordTable
from index.view import texts as embedded_texts
from index.view import whole_text
from tests.doubles import NAMES, English, HashEncoder, document, quicken

pytestmark = pytest.mark.usefixtures("quick_words")

TEXTS = {
    "10": ["到2025年，金融业增加值突破560亿元。占比达到24.78%。", "建设金融之城。"],
    "10.1": ["推动总部经济、楼宇经济。", "Green finance grows. Banks follow."],
    "11": ["建设金融之城。"],
}
CHANGED = {**TEXTS, "10": ["到2025年，金融业增加值突破600亿元。占比达到24.78%。", "建设金融之城。"]}
OTHER = {"1": ["养老服务床位。", "一老一小！"]}
ENGLISH: English = {
    "10": ["By 2025, the financial sector adds 56 billion yuan.\n", None],
    "10.1": ["Promote headquarters and buildings.", "Green finance grows. Banks follow."],
    "11": ["Build a city of finance."],
}
"""Of TEXTS: one sentence is withheld, one passage not translated, one in English anyway."""
RETOLD: English = {**ENGLISH, "10.1": ["Promote offices.", "Green finance grows. Banks follow."]}
TERMS = (Term("绿色金融", "green finance", ("green financing",), ("eco banking",)),)
NAME = EncoderName("hash", HashEncoder.digest, 16)
CALIBRATION: Mapping[str, Any] = {
    "encoder": HashEncoder.digest,
    "sentence": {"weights": {"cover": 0.1}, "bias": -1e-9},
}
SUGGESTIONS: Mapping[str, Mapping[str, Sequence[str]]] = {
    "zh": {"plan/10#1": ["金融业增加值目标是多少？"]},
    "en": {"plan/11#1": ["A city?", "Of what?"]},
}

VIEW = (
    "dense.faiss",
    "lexical-idf.npy",
    "lexical-rows.npy",
    "lexical-starts.npy",
    "lexical-weights.npy",
    "lexical-words.json",
    "passages-ends.npy",
    "passages-ids.npy",
    "passages-starts.npy",
    "passages-steps.npy",
    "passages-tokens.npy",
    "passages-vectors.npy",
    "rows.npy",
    "sentence-starts.npy",
    "sentences-ends.npy",
    "sentences-ids.npy",
    "sentences-starts.npy",
    "sentences-steps.npy",
    "sentences-tokens.npy",
    "sentences-vectors.npy",
    "token-idf.npy",
    "token-ids.npy",
)
LISTED = (
    "alike.json",
    "calibration.json",
    "dictionaries.json",
    "documents.jsonl",
    *(f"{language}-{name}" for language in ("en", "zh") for name in VIEW),
    "names.json",
    "suggestions.json",
    "words-counts.npy",
    "words-hashes.npy",
)
INSIDE = (*LISTED, "manifest.json")


Texts = Mapping[str, Sequence[str]]


def plan(texts: Texts = TEXTS, english: English = ENGLISH) -> Document:
    told = {section: lines for section, lines in english.items() if section in texts}
    return document("plan", texts, told, TERMS)


def made(texts: Texts = TEXTS, english: English = ENGLISH) -> Index:
    return build([plan(texts, english), document("other", OTHER)], HashEncoder())


def told(texts: Texts = TEXTS, english: English = ENGLISH) -> Index:
    """made() with what the assistant keeps with it."""
    return build(
        [plan(texts, english), document("other", OTHER)],
        HashEncoder(),
        calibration=CALIBRATION,
        suggestions=SUGGESTIONS,
    )


def side(made_of: Document, passage: Passage, language: str) -> Side:
    found = made_of.side(passage, language)
    assert found is not None
    return found


def home(root: Path) -> Path:
    return root / f"index-{current(root)[:16]}"


def listing(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*"))


def folders(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.is_dir())


def flat(value: object, name: str = "index") -> Iterator[tuple[str, object]]:
    """Every fact of an index, arrays with their type and shape, by where it stands."""
    if isinstance(value, np.ndarray):
        yield name, (value.dtype.str, value.shape, value.tobytes())
    elif isinstance(value, Dense):
        yield name, (len(value), value.width, value.vectors().tobytes(), bytes(value))
    elif is_dataclass(value):
        for field in fields(value):
            yield from flat(getattr(value, field.name), f"{name}.{field.name}")
    elif isinstance(value, tuple):
        yield name, len(value)
        for n, item in enumerate(value):
            yield from flat(item, f"{name}[{n}]")
    else:
        yield name, (type(value), value)


def facts(index: Index) -> dict[str, object]:
    found = dict(flat(index))
    del found["index.digest"]
    return found


def log(root: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (root / LOG).read_text("utf-8").splitlines()]


def republish(root: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrite the manifest, and everything that names it, as if it had been published so."""
    folder = home(root)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    change(manifest)
    data = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(data)
    digest = sha256(data).hexdigest()
    folder.rename(root / f"index-{digest[:16]}")
    (root / "current").write_text(f"sha256:{digest}\n")


def without(name: str) -> Callable[[dict[str, Any]], None]:
    def change(manifest: dict[str, Any]) -> None:
        del manifest[name]

    return change


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, small_table: WordTable) -> Path:
    """A root with one index; not to be written to."""
    root = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch, small_table)
        publish(made(), root)
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """A copy of it to do harm to."""
    return Path(shutil.copytree(published, tmp_path / "root"))


class TestSaving:
    def test_nothing_changes_on_the_way(self, tmp_path: Path) -> None:
        index = made()
        returned = publish(index, tmp_path)
        loaded = load(tmp_path)
        assert facts(returned) == facts(loaded) == facts(index)
        assert returned.digest == loaded.digest == f"sha256:{current(tmp_path)}"
        assert loaded.passages == index.passages
        assert [p.digest for p in loaded.passages] == [p.digest for p in index.passages]

    def test_what_the_assistant_keeps_with_it_does_not_change(self, tmp_path: Path) -> None:
        index = told()
        assert (index.calibration, index.suggestions) == (CALIBRATION, SUGGESTIONS)
        loaded = publish(index, tmp_path)
        assert facts(loaded) == facts(index)
        assert (loaded.calibration, loaded.suggestions) == (CALIBRATION, SUGGESTIONS)
        assert loaded.names == dict(NAMES)
        plain = made()
        assert (plain.calibration, plain.suggestions) == ({}, {})
        assert publish(plain, tmp_path / "plain").digest != loaded.digest

    def test_what_is_kept_with_it_is_of_its_digest(self, tmp_path: Path) -> None:
        index = told()
        indexes = (
            index,
            replace(index, calibration={}),
            replace(index, calibration={**CALIBRATION, "encoder": "another"}),
            replace(index, suggestions={}),
            replace(index, names={}),
        )
        digests = {publish(one, tmp_path / str(n)).digest for n, one in enumerate(indexes)}
        assert len(digests) == 5
        assert publish(told(), tmp_path / "again").digest in digests

    def test_it_is_not_taken_over_from_the_index_before(self) -> None:
        again = build([plan(), document("other", OTHER)], HashEncoder(), old=told())
        assert (again.calibration, again.suggestions) == ({}, {})
        assert facts(again) == facts(made())

    def test_where_tokens_end_does_not_change(self, root: Path) -> None:
        encoder = HashEncoder()
        for view, before in zip(load(root).views, made().views, strict=True):
            for units, others in ((view.wholes, before.wholes), (view.parts, before.parts)):
                assert units.ends.dtype == np.int64
                assert units.ends.tolist() == others.ends.tolist()
                assert len(units.ends) == len(units.ids) == len(units.tokens.values)
        chinese = load(root).views[1]
        (seen,) = encoder.passages(["占比达到24.78%。"])
        assert Text.of(chinese.parts, 1).ends.tolist() == seen.ends.tolist()

    def test_a_loaded_index_finds_the_same(self, tmp_path: Path) -> None:
        index = made()
        loaded = publish(index, tmp_path)
        assert [*loaded.dictionaries] == ["en", "zh"]
        assert loaded.terms == TERMS
        for question in ("金融业增加值目标是多少", "eco banking", "养老", "banks", "", "xyz"):
            found = Searcher(loaded, HashEncoder()).search(question)
            assert found == Searcher(index, HashEncoder()).search(question)

    def test_every_file_is_in_the_manifest_and_known_to_these_tests(self, root: Path) -> None:
        manifest = json.loads((home(root) / "manifest.json").read_bytes())
        assert sorted(manifest["files"]) == sorted(LISTED)
        assert sorted(path.name for path in home(root).iterdir()) == sorted(INSIDE)
        for name, digest in manifest["files"].items():
            assert sha256((home(root) / name).read_bytes()).hexdigest() == digest

    def test_a_language_that_nothing_has_leaves_no_file(self, tmp_path: Path) -> None:
        publish(build([document("plan", TEXTS)], HashEncoder()), tmp_path)
        expected = [name for name in INSIDE if not name.startswith("en-")]
        assert sorted(path.name for path in home(tmp_path).iterdir()) == sorted(expected)

    def test_the_manifest_says_what_it_is_of(self, root: Path) -> None:
        manifest = json.loads((home(root) / "manifest.json").read_bytes())
        assert manifest["format"] == folder.FORMAT
        assert manifest["encoder"] == {"name": "hash", "digest": HashEncoder.digest, "width": 16}
        assert manifest["documents"] == [
            {"id": made.id, "sha256": made.manifest.sha256}
            for made in (plan(), document("other", OTHER))
        ]
        assert manifest["counts"] == {"passages": 7, "sentences": 8}
        sizes = {
            language: (facts["lexical"]["size"], facts["rarity"]["size"])
            for language, facts in manifest["views"].items()
        }
        assert sizes == {"en": (4, 4), "zh": (7, 7)}

    def test_nothing_is_pickled(self, root: Path) -> None:
        files = [path for path in root.rglob("*") if path.is_file()]
        assert {path.suffix for path in files} == {".npy", ".json", ".jsonl", ".faiss", ""}
        for path in files:
            if path.suffix == ".npy":
                assert not np.load(path, allow_pickle=False).dtype.hasobject

    def test_building_twice_gives_the_same_index(self, tmp_path: Path) -> None:
        assert facts(made()) == facts(made())
        one, two = publish(made(), tmp_path / "one"), publish(made(), tmp_path / "two")
        assert one.digest == two.digest
        assert publish(made(CHANGED), tmp_path / "one").digest != one.digest

    def test_what_was_looked_up_before_saving_does_not_count(self, tmp_path: Path) -> None:
        """Cached properties are no facts."""
        index = made()
        before = publish(index, tmp_path / "one").digest
        assert [passage.digest for passage in index.passages]
        assert index.by_id
        assert index.terms == TERMS
        assert [view.lexical.scores(["金融"]).size for view in index.views] == [4, 7]
        assert publish(index, tmp_path / "two").digest == before

    def test_saving_what_was_loaded_gives_the_same_digest(self, root: Path, tmp_path: Path) -> None:
        loaded = load(root)
        assert publish(loaded, tmp_path / "again").digest == loaded.digest

    def test_texts_of_any_kind_survive(self, tmp_path: Path) -> None:
        texts = {
            "1": ['引号"\\反斜杠\t制表。', "\u2028\u2029\x85\x0b\x0c行。", "\U00020000𠮷。", "."]
        }
        index = build([document("odd", texts)], HashEncoder())
        assert facts(publish(index, tmp_path)) == facts(index)

    @pytest.mark.parametrize("texts", [None, {"1": []}, {"1": ["。"]}, {"1": [""]}])
    def test_an_index_of_next_to_nothing(
        self, texts: dict[str, list[str]] | None, tmp_path: Path
    ) -> None:
        documents = [] if texts is None else [document("empty", texts)]
        index = build(documents, HashEncoder())
        loaded = publish(index, tmp_path)
        assert facts(loaded) == facts(index)
        assert facts(build(documents, HashEncoder(), old=loaded)) == facts(index)

    def test_the_whole_of_jiebas_table_is_taken(
        self, table: WordTable, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(WordTable, "of_jieba", classmethod(lambda cls: table))
        assert made().words is table

    def test_another_user_may_read_what_was_published(self, tmp_path: Path) -> None:
        """A service need not run as whoever built; the umask alone decides, as for `current`."""
        old = os.umask(0o022)
        try:
            publish(made(), tmp_path)
        finally:
            os.umask(old)
        assert stat.S_IMODE((tmp_path / "current").stat().st_mode) == 0o644
        for path in home(tmp_path).iterdir():
            assert stat.S_IMODE(path.stat().st_mode) == 0o644
        assert stat.S_IMODE(home(tmp_path).stat().st_mode) == 0o755


class TestBuilding:
    def test_each_text_is_embedded_once(self) -> None:
        encoder = HashEncoder()
        made_of = plan()
        build([made_of], encoder)
        sides = [
            found
            for language in ("en", "zh")
            for passage in made_of.passages
            if (found := made_of.side(passage, language)) is not None
        ]
        assert len(sides) == 9
        assert len(encoder.embedded) == len(set(encoder.embedded))
        assert set(encoder.embedded) == set(embedded_texts(sides))

    def test_what_is_embedded_of_a_passage(self) -> None:
        made_of = plan()
        first, third = made_of.passages[0], made_of.passages[2]
        assert embedded_texts([side(made_of, third, "zh")]) == [
            "标题10 标题10.1\n推动总部经济、楼宇经济。",
            "推动总部经济、楼宇经济。",
        ]
        assert embedded_texts([side(made_of, third, "en")]) == [
            "Heading 10 Heading 10.1\nPromote headquarters and buildings.",
            "Promote headquarters and buildings.",
        ]
        assert embedded_texts([side(made_of, first, "zh")])[1:] == [
            "到2025年，金融业增加值突破560亿元。",
            "占比达到24.78%。",
        ]

    @pytest.mark.parametrize("saved", [False, True])
    def test_only_what_changed_is_embedded_again(self, tmp_path: Path, *, saved: bool) -> None:
        old = build([plan()], HashEncoder())
        if saved:
            old = publish(old, tmp_path)
        encoder = HashEncoder()
        again = build([plan(CHANGED)], encoder, old=old)
        changed = side(plan(CHANGED), plan(CHANGED).passages[0], "zh")
        assert sorted(encoder.embedded) == sorted([whole_text(changed), changed.sentences[0]])
        assert facts(again) == facts(build([plan(CHANGED)], HashEncoder()))

    @pytest.mark.parametrize("saved", [False, True])
    def test_only_a_translation_that_changed_is_embedded_again(
        self, tmp_path: Path, *, saved: bool
    ) -> None:
        old = publish(made(), tmp_path) if saved else made()
        encoder = HashEncoder()
        again = build([plan(TEXTS, RETOLD), document("other", OTHER)], encoder, old=old)
        assert sorted(encoder.embedded) == [
            "Heading 10 Heading 10.1\nPromote offices.",
            "Promote offices.",
        ]
        assert facts(again) == facts(made(TEXTS, RETOLD))

    def test_a_translation_may_come_and_go(self, root: Path) -> None:
        plain, encoder = document("plan", TEXTS), HashEncoder()
        without = build([plain, document("other", OTHER)], encoder, old=load(root))
        assert encoder.embedded == []
        assert [view.language for view in without.views] == ["zh"]
        again = build([plan(), document("other", OTHER)], encoder, old=without)
        english = [
            found
            for passage in plan().passages
            if (found := plan().side(passage, "en")) is not None
        ]
        own = {
            text
            for passage in plain.passages
            for text in embedded_texts([side(plain, passage, "zh")])
        }
        assert set(encoder.embedded) == set(embedded_texts(english)) - own
        assert facts(again) == facts(made())

    @pytest.mark.parametrize("saved", [False, True])
    def test_nothing_is_embedded_again_where_nothing_changed(
        self, tmp_path: Path, *, saved: bool
    ) -> None:
        """In neither language."""
        old = publish(made(), tmp_path) if saved else made()
        encoder = HashEncoder()
        again = build([plan(), document("other", OTHER)], encoder, old=old)
        assert encoder.embedded == []
        assert facts(again) == facts(made())

    def test_ids_of_passages_are_unique(self) -> None:
        with pytest.raises(AssertionError, match="unique"):
            build([plan(), plan(CHANGED)], HashEncoder())

    def test_old_leaves_no_trace_in_the_digest(self, root: Path, tmp_path: Path) -> None:
        old = load(root)
        with_old = build([plan(CHANGED)], HashEncoder(), old=old)
        without = build([plan(CHANGED)], HashEncoder())
        published = publish(with_old, tmp_path / "one"), publish(without, tmp_path / "two")
        assert published[0].digest == published[1].digest

    def test_documents_may_go_and_change_places(self, root: Path) -> None:
        encoder = HashEncoder()
        turned = build([document("other", OTHER), plan()], encoder, old=load(root))
        assert encoder.embedded == []
        assert facts(turned) == facts(build([document("other", OTHER), plan()], HashEncoder()))
        fewer = build([document("other", OTHER)], encoder, old=load(root))
        assert encoder.embedded == []
        assert [passage.document for passage in fewer.passages] == ["other", "other"]

    @pytest.mark.parametrize(
        "encoder",
        [HashEncoder(name="b"), HashEncoder(digest="sha256:" + "1" * 64), HashEncoder(width=8)],
    )
    def test_another_encoder_embeds_everything(self, encoder: HashEncoder) -> None:
        encoder = replace(encoder, embedded=[])
        index = build([plan()], encoder, old=build([plan()], HashEncoder()))
        assert len(encoder.embedded) == len(set(encoder.embedded)) > len(plan().passages)
        assert index.encoder == EncoderName(encoder.name, encoder.digest, encoder.width)

    def test_progress_is_told_of_each_text(self) -> None:
        told: list[tuple[int, int]] = []
        encoder = HashEncoder()
        build([plan()], encoder, progress=lambda done, total: told.append((done, total)))
        count = len(encoder.embedded)
        assert told == [(n, count) for n in range(1, count + 1)]

    def test_rows_are_passages_and_sentences_in_order(self) -> None:
        index = made()
        assert index.sentence_starts.tolist() == [0, 2, 3, 4, 5, 6, 7, 8]
        english, chinese = index.views
        assert english.rows.tolist() == [0, 2, 3, 4]
        assert chinese.rows.tolist() == [*range(7)]
        assert chinese.starts.tolist() == index.sentence_starts.tolist()
        encoder = HashEncoder()
        for view in index.views:
            for n, row in enumerate(view.rows):
                passage = index.passages[row]
                told = side(index.by_document[passage.document], passage, view.language)
                encoded = next(encoder.passages([whole_text(told)]))
                assert view.wholes.vectors[n].tobytes() == encoded.sentence.tobytes()
                assert view.dense.scores(encoded.sentence)[n] == pytest.approx(1, abs=1e-6)
        assert index.by_id["plan/11#1"].text == "建设金融之城。"
        assert index.by_document["other"].sections[0].id == "1"

    def test_passages_whose_end_is_not_seen_are_told(self) -> None:
        made_of = document(
            "plan", {"1": ["字" * 60, "字" * 70, "字"]}, {"1": ["a" * 9, None, "b " * 70]}
        )
        encoder = HashEncoder()
        # The specials are two, "Heading 1" is two tokens, "标题1" is three.
        found = dict(too_long(build([made_of], encoder), encoder))
        assert found == {"plan/1#1": 65, "plan/1#2": 75, "plan/1#3": 74}
        assert dict(too_long(build([plan()], encoder), encoder)) == {}


def damage(path: Path, change: Callable[[bytes], bytes]) -> None:
    data = path.read_bytes()
    changed = change(data)
    assert changed != data
    path.write_bytes(changed)


def flipped(at: int) -> Callable[[bytes], bytes]:
    """One byte turned over; at is in percent of the length."""

    def change(data: bytes) -> bytes:
        place = min(len(data) * at // 100, len(data) - 1)
        return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]

    return change


class TestDamage:
    @pytest.mark.parametrize("at", [0, 50, 100])
    @pytest.mark.parametrize("name", INSIDE)
    def test_a_byte_that_changed_is_refused_by_the_files_name(
        self, root: Path, name: str, at: int
    ) -> None:
        damage(home(root) / name, flipped(at))
        with pytest.raises(IndexDamaged, match=re.escape(f"/{name}: ")):
            load(root)

    @pytest.mark.parametrize("at", range(0, 101, 10))
    def test_a_byte_that_changed_in_current_is_refused(self, root: Path, at: int) -> None:
        damage(root / "current", flipped(at))
        with pytest.raises(IndexDamaged, match="current"):
            load(root)

    @pytest.mark.parametrize("place", [0, 15, 16, 63])
    def test_a_digit_that_changed_in_current_is_refused(self, root: Path, place: int) -> None:
        digest = current(root)
        digit = "0" if digest[place] != "0" else "1"
        (root / "current").write_text(f"sha256:{digest[:place]}{digit}{digest[place + 1 :]}\n")
        with pytest.raises(IndexDamaged, match="current"):
            load(root)

    @pytest.mark.parametrize("named", ["", "\n", "sha256:", "sha256:../../etc", "md5:" + "0" * 64])
    def test_a_current_of_another_form_is_refused(self, root: Path, named: str) -> None:
        (root / "current").write_text(named)
        with pytest.raises(IndexDamaged, match="current"):
            load(root)

    @pytest.mark.parametrize("name", INSIDE)
    def test_a_missing_file_is_refused_by_its_name(self, root: Path, name: str) -> None:
        (home(root) / name).unlink()
        with pytest.raises(IndexDamaged, match=re.escape(f"/{name}: ")):
            load(root)

    @pytest.mark.parametrize("name", INSIDE)
    def test_a_folder_in_a_files_place_is_refused_by_its_name(self, root: Path, name: str) -> None:
        (home(root) / name).unlink()
        (home(root) / name).mkdir()
        with pytest.raises(IndexDamaged, match=re.escape(f"/{name}: ")):
            load(root)

    @pytest.mark.parametrize("left", [0, 50, 99])
    @pytest.mark.parametrize("name", INSIDE)
    def test_a_shorter_file_is_refused_by_its_name(self, root: Path, name: str, left: int) -> None:
        damage(home(root) / name, lambda data: data[: min(len(data) * left // 100, len(data) - 1)])
        with pytest.raises(IndexDamaged, match=re.escape(f"/{name}: ")):
            load(root)

    @pytest.mark.parametrize("name", INSIDE)
    def test_a_longer_file_is_refused_by_its_name(self, root: Path, name: str) -> None:
        damage(home(root) / name, lambda data: data + b"\n")
        with pytest.raises(IndexDamaged, match=re.escape(f"/{name}: ")):
            load(root)

    @pytest.mark.parametrize("name", LISTED)
    def test_a_missing_file_that_the_manifest_does_not_list_is_refused_by_its_name(
        self, root: Path, name: str
    ) -> None:
        (home(root) / name).unlink()
        republish(root, lambda manifest: manifest["files"].pop(name))
        with pytest.raises(IndexDamaged, match=re.escape(f"/{name}'") + ".*build again"):
            load(root)

    def test_a_missing_folder_is_refused(self, root: Path) -> None:
        shutil.rmtree(home(root))
        with pytest.raises(IndexDamaged, match="current"):
            load(root)

    def test_two_files_that_changed_places_are_refused(self, root: Path) -> None:
        one, two = home(root) / "en-passages-vectors.npy", home(root) / "zh-passages-vectors.npy"
        data = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(data)
        with pytest.raises(IndexDamaged, match=r"-vectors\.npy: "):
            load(root)

    def test_what_is_damaged_can_be_published_again(self, root: Path) -> None:
        digest = current(root)
        damage(home(root) / "zh-dense.faiss", flipped(50))
        assert publish(made(), root).digest == f"sha256:{digest}"
        assert facts(load(root)) == facts(made())

    @pytest.mark.parametrize("named", ["", "nonsense\n", "sha256:" + "0" * 64 + "\n"])
    def test_a_damaged_current_can_be_published_over(self, root: Path, named: str) -> None:
        (root / "current").write_text(named)
        publish(made(CHANGED), root)
        assert facts(load(root)) == facts(made(CHANGED))


class TestMismatch:
    @pytest.mark.parametrize(
        "asked",
        [
            HashEncoder("other"),
            HashEncoder(digest="sha256:" + "1" * 64),
            HashEncoder(width=32),
        ],
    )
    def test_another_encoder_is_refused(self, root: Path, asked: HashEncoder) -> None:
        with pytest.raises(IndexMismatch, match=f"hash .*asked with {asked.name} "):
            Searcher(load(root), asked)
        assert load(root).encoder == NAME

    @pytest.mark.parametrize("content", [b"[]", b"not json", b"", b"{}", b'{"format": 1}'])
    def test_a_manifest_of_another_form_is_refused(self, root: Path, content: bytes) -> None:
        manifest = home(root) / folder.MANIFEST
        manifest.write_bytes(content)
        digest = sha256(content).hexdigest()
        home(root).rename(root / f"index-{digest[:16]}")
        (root / "current").write_text(f"sha256:{digest}\n")
        with pytest.raises((IndexDamaged, IndexMismatch), match="build again"):
            load(root)

    def test_every_part_of_a_manifest_is_needed(self, root: Path) -> None:
        names = set(json.loads((home(root) / folder.MANIFEST).read_text()))
        for name in names - {"documents", "counts"}:
            republish(root, without(name))
            with pytest.raises((IndexDamaged, IndexMismatch), match="build again"):
                load(root)
            publish(made(), root)

    @pytest.mark.parametrize("version", [0, folder.FORMAT + 1, None, "1"])
    def test_another_format_is_refused(self, root: Path, version: object) -> None:
        republish(root, lambda manifest: manifest.update(format=version))
        with pytest.raises(IndexMismatch, match=f"format {version}"):
            load(root)

    def test_another_format_is_refused_whatever_else_it_has(self, root: Path) -> None:
        def only_format(manifest: dict[str, Any]) -> None:
            manifest.clear()
            manifest["format"] = 99

        republish(root, only_format)
        with pytest.raises(IndexMismatch, match="format 99"):
            load(root)

    def test_rewriting_alone_is_not_what_is_refused(self, root: Path) -> None:
        republish(root, lambda manifest: None)
        assert facts(load(root)) == facts(made())

    def test_documents_of_another_form_are_refused(self, root: Path) -> None:
        path = home(root) / "documents.jsonl"
        damage(path, lambda data: data.replace(b'"issuer"', b'"editor"'))
        digest = sha256(path.read_bytes()).hexdigest()
        republish(root, lambda manifest: manifest["files"].update({path.name: digest}))
        with pytest.raises(IndexMismatch, match=r"documents\.jsonl"):
            load(root)

    def test_no_index(self, tmp_path: Path) -> None:
        for root in (tmp_path, tmp_path / "nowhere"):
            with pytest.raises(IndexMissing, match=re.escape(str(root))):
                load(root)
            with pytest.raises(IndexMissing):
                current(root)
        assert not (tmp_path / "nowhere").exists()

    def test_an_index_that_nothing_names(self, root: Path) -> None:
        (root / "current").unlink()
        with pytest.raises(IndexMissing, match=re.escape(str(root))):
            load(root)


class Crash(Exception):
    """What goes wrong."""


def crash(*_: object, **__: object) -> None:
    raise Crash


class TestPublishing:
    @pytest.mark.parametrize(
        ("module", "name"),
        [(folder, "save"), (folder, "read"), (folder, "write"), (np, "save"), (os, "replace")],
    )
    def test_a_crash_leaves_what_was_there(
        self, root: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
    ) -> None:
        before, index = listing(root), made(CHANGED)
        with monkeypatch.context() as patch:
            patch.setattr(module, name, crash)
            with pytest.raises(Crash):
                publish(index, root)
        assert facts(load(root)) == facts(made())
        assert listing(root) == before

    def test_a_crash_half_way_through_saving_leaves_what_was_there(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, index, save = listing(root), made(CHANGED), np.save
        saved: list[object] = []

        def save_a_few(*args: Any, **kwargs: Any) -> None:
            if len(saved) == 5:
                raise OSError(28, "No space left on device")
            saved.append(args)
            save(*args, **kwargs)

        with monkeypatch.context() as patch:
            patch.setattr(np, "save", save_a_few)
            with pytest.raises(IndexUnwritable, match="No space left"):
                publish(index, root)
        assert len(saved) == 5
        assert facts(load(root)) == facts(made())
        assert listing(root) == before

    def test_what_was_written_wrongly_is_not_published(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, index, write = listing(root), made(CHANGED), folder.write

        def write_wrongly(path: Path, data: bytes) -> None:
            write(path, data)
            (path.parent / "zh-dense.faiss").write_bytes(b"")

        with monkeypatch.context() as patch:
            patch.setattr(folder, "write", write_wrongly)
            with pytest.raises(IndexDamaged, match=r"zh-dense\.faiss"):
                publish(index, root)
        assert facts(load(root)) == facts(made())
        assert listing(root) == before

    def test_a_first_crash_leaves_no_index(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index = made()
        with monkeypatch.context() as patch:
            patch.setattr(folder, "save", crash)
            with pytest.raises(Crash):
                publish(index, tmp_path / "root")
        assert listing(tmp_path / "root") == []
        with pytest.raises(IndexMissing):
            load(tmp_path / "root")

    def test_an_interruption_after_the_last_step_keeps_what_is_current(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        index, swap = made(CHANGED), os.replace

        def swap_and_stop(one: Path, other: Path) -> None:
            swap(one, other)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(os, "replace", swap_and_stop)
            with pytest.raises(KeyboardInterrupt):
                publish(index, root)
        assert facts(load(root)) == facts(index)

    def test_a_place_that_is_no_folder_is_refused_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("no folder")
        with pytest.raises(IndexUnwritable, match="file: cannot be written to"):
            publish(made(), tmp_path / "file")

    def test_a_current_that_is_a_folder_is_refused_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "current").mkdir()
        with pytest.raises(IndexUnwritable, match="current is a folder"):
            publish(made(), tmp_path)
        assert listing(tmp_path) == ["current"]

    def test_arrays_are_mapped_not_read(self, root: Path) -> None:
        for view in load(root).views:
            for units in (view.wholes, view.parts):
                assert isinstance(units.vectors, np.memmap)
                assert isinstance(units.tokens.values, np.memmap)

    def test_what_a_killed_build_left_behind_is_no_obstacle(self, root: Path) -> None:
        """Killed between the folder's last rename and `current`, or before."""
        index = made(CHANGED)
        (root / ".current").write_text("half")
        digest = publish(index, root.parent / "elsewhere").digest.removeprefix("sha256:")
        shutil.copytree(home(root.parent / "elsewhere"), root / f"index-{digest[:16]}")
        (root / "index-0123456789abcdef").mkdir()
        before = home(root).name
        assert publish(index, root).digest == f"sha256:{digest}"
        assert facts(load(root)) == facts(index)
        assert folders(root) == sorted([before, home(root).name])

    def test_only_old_unfinished_builds_are_removed(self, root: Path) -> None:
        old, young = root / ".building-old", root / ".building-young"
        for left, age in ((old, 2 * 24 * 3600), (young, 3600)):
            left.mkdir()
            (left / "dense.faiss").write_bytes(b"half")
            os.utime(left, (time.time() - age,) * 2)
        pointers = root / ".building-old.current", root / ".building-young.current"
        for pointer, age in zip(pointers, (2 * 24 * 3600, 3600), strict=True):
            pointer.write_text("half")
            os.utime(pointer, (time.time() - age,) * 2)
        publish(made(CHANGED), root)
        assert [path.exists() for path in (old, young, *pointers)] == [False, True, False, True]

    def test_the_one_in_use_and_the_one_before_are_kept(self, tmp_path: Path) -> None:
        homes = []
        for number in range(4):
            publish(build([document("plan", {"1": [f"第{number}个。"]})], HashEncoder()), tmp_path)
            homes.append(home(tmp_path).name)
            assert folders(tmp_path) == sorted(homes[-2:])
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
            ["current", "promotions.jsonl", *homes[-2:]]
        )

    def test_the_one_before_can_still_be_read(self, root: Path) -> None:
        old, pointer = load(root), (root / "current").read_bytes()
        expected = facts(made())
        publish(made(CHANGED), root)
        assert facts(old) == expected
        (root / "current").write_bytes(pointer)
        assert facts(load(root)) == expected

    def test_going_back_to_the_one_before(self, root: Path) -> None:
        first = current(root)
        second = publish(made(CHANGED), root).digest
        assert publish(made(), root).digest == f"sha256:{first}"
        assert current(root) == first
        assert folders(root) == sorted(
            f"index-{digest.removeprefix('sha256:')[:16]}" for digest in (first, second)
        )

    def test_the_one_before_is_the_one_that_was_in_use(self, root: Path) -> None:
        """Not the one that was built last: whoever went back did not want that one."""
        publish(made(CHANGED), root)
        publish(made(), root)
        went_back_to = home(root).name
        publish(made({"1": ["第三个。"]}), root)
        assert folders(root) == sorted([went_back_to, home(root).name])

    def test_what_is_staged_is_not_in_use(self, root: Path) -> None:
        before = listing(root)
        with staged(made(CHANGED), root) as found:
            assert facts(found.index) == facts(made(CHANGED))
            assert facts(load(root)) == facts(made())
        assert listing(root) == before

    def test_what_was_staged_and_published_stays(self, root: Path) -> None:
        with staged(made(CHANGED), root) as found:
            assert facts(found.publish("promoted", {"verdict": ["pass"]})) == facts(made(CHANGED))
        assert facts(load(root)) == facts(made(CHANGED))
        line = log(root)[-1]
        assert (line["action"], line["verdict"]) == ("promoted", ["pass"])
        assert line["after"] == f"sha256:{current(root)}"

    def test_a_refusal_is_kept_in_the_log_and_changes_nothing(self, root: Path) -> None:
        before = current(root)
        with staged(made(CHANGED), root) as found:
            found.refuse({"verdict": ["fail"]})
        line = log(root)[-1]
        assert (line["action"], line["before"]) == ("refused", f"sha256:{before}")
        assert line["after"] == found.index.digest
        assert datetime.fromisoformat(line["at"]).tzinfo is not None
        assert current(root) == before

    def test_every_change_is_in_the_log(self, root: Path) -> None:
        first = f"sha256:{current(root)}"
        second = publish(made(CHANGED), root).digest
        publish(made(CHANGED), root)  # no change
        assert rollback(root).digest == first
        found = [(line["action"], line["before"], line["after"]) for line in log(root)]
        assert found == [
            ("published", None, first),
            ("published", first, second),
            ("rolled back", second, first),
        ]

    def test_rollback_restores_the_index_before(self, root: Path) -> None:
        first = current(root)
        second = publish(made(CHANGED), root).digest
        assert facts(rollback(root)) == facts(made())
        assert current(root) == first
        assert facts(load(root)) == facts(made())
        assert rollback(root).digest == second, "it goes forward again"

    def test_rollback_after_rollback_and_a_new_index(self, root: Path) -> None:
        first = f"sha256:{current(root)}"
        publish(made(CHANGED), root)
        rollback(root)
        publish(made({"1": ["第三个。"]}), root)
        assert rollback(root).digest == first

    def test_there_is_nothing_to_go_back_to(self, root: Path, tmp_path: Path) -> None:
        with pytest.raises(IndexMissing, match="no index before"):
            rollback(root)
        with pytest.raises(IndexMissing, match="no index there"):
            rollback(tmp_path / "nowhere")

    def test_a_damaged_index_is_not_gone_back_to(self, root: Path) -> None:
        first = home(root)
        publish(made(CHANGED), root)
        second = current(root)
        (first / "manifest.json").write_bytes(b"{}")
        with pytest.raises(IndexDamaged):
            rollback(root)
        (first / "manifest.json").unlink()
        with pytest.raises(IndexDamaged, match=r"manifest\.json"):
            rollback(root)
        assert current(root) == second

    def test_publishing_the_same_twice_is_fine(self, root: Path) -> None:
        before = listing(root)
        stamps = {path: path.stat().st_mtime_ns for path in home(root).iterdir()}
        again = publish(made(), root)
        assert facts(again) == facts(made())
        assert listing(root) == before
        assert {path: path.stat().st_mtime_ns for path in home(root).iterdir()} == stamps

    def test_publishing_a_loaded_index_over_itself_is_fine(self, root: Path) -> None:
        before = listing(root)
        publish(load(root), root)
        assert listing(root) == before
        assert facts(load(root)) == facts(made())

    def test_publishing_the_same_twice_keeps_the_one_before(self, root: Path) -> None:
        before = home(root).name
        publish(made(CHANGED), root)
        publish(made(CHANGED), root)
        assert folders(root) == sorted([before, home(root).name])

    def test_two_builds_at_once_leave_an_index(
        self, root: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other one is published, and clears up, before this one has named its folder."""
        mine, others, rename = made(CHANGED), made({"1": ["别的。"]}), Path.rename
        with ThreadPoolExecutor(1) as threads:
            started: list[Future[Index]] = []

            def rename_then_wait(path: Path, target: Path) -> Path:
                renamed = rename(path, target)
                if not started:
                    started.append(threads.submit(publish, others, root))
                    wait(started, timeout=0.5)
                return renamed

            monkeypatch.setattr(Path, "rename", rename_then_wait)
            with suppress(IndexDamaged):
                publish(mine, root)
            started[0].result()
        assert facts(load(root)) in (facts(mine), facts(others))

    def test_a_root_is_made_where_there_is_none(self, tmp_path: Path) -> None:
        publish(made(), tmp_path / "var" / "index")
        assert facts(load(tmp_path / "var" / "index")) == facts(made())
