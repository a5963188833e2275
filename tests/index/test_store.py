"""The saved index: nothing changes on the way, nothing is embedded twice, damage is refused."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.records import Document
from index import folder
from index.build import build, passage_text, sentence_texts
from index.dense import Dense
from index.errors import IndexDamaged, IndexMismatch, IndexMissing, IndexUnwritable
from index.records import EncoderName, Index
from index.search import Searcher
from index.store import current, load, publish
from index.tokens import WordTable
from tests.doubles import HashEncoder, document

pytestmark = pytest.mark.usefixtures("quick_words")

TEXTS = {
    "10": ["到2025年，金融业增加值突破560亿元。占比达到24.78%。", "建设金融之城。"],
    "10.1": ["推动总部经济、楼宇经济。", "Green finance grows. Banks follow."],
    "11": ["建设金融之城。"],
}
CHANGED = {**TEXTS, "10": ["到2025年，金融业增加值突破600亿元。占比达到24.78%。", "建设金融之城。"]}
OTHER = {"1": ["养老服务床位。", "一老一小！"]}
NAME = EncoderName("hash", HashEncoder.digest, 16)

ARRAYS = (
    "lexical-idf",
    "lexical-rows",
    "lexical-starts",
    "lexical-weights",
    "passages-ids",
    "passages-starts",
    "passages-steps",
    "passages-tokens",
    "passages-vectors",
    "sentence-starts",
    "sentences-ids",
    "sentences-starts",
    "sentences-steps",
    "sentences-tokens",
    "sentences-vectors",
    "token-idf",
    "token-ids",
    "words-counts",
    "words-hashes",
)
LISTED = (
    "dense.faiss",
    "documents.jsonl",
    "lexical-words.json",
    *(f"{name}.npy" for name in ARRAYS),
)
INSIDE = (*LISTED, "manifest.json")


def plan(texts: dict[str, list[str]] = TEXTS) -> Document:
    return document("plan", texts)


def made(texts: dict[str, list[str]] = TEXTS) -> Index:
    return build([plan(texts), document("other", OTHER)], HashEncoder())


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


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, small_table: WordTable) -> Path:
    """A root with one index; not to be written to."""
    root = tmp_path_factory.mktemp("published")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WordTable, "of_jieba", classmethod(lambda cls: small_table))
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

    def test_a_loaded_index_finds_the_same(self, tmp_path: Path) -> None:
        index = made()
        loaded = publish(index, tmp_path)
        for question in ("金融业增加值目标是多少", "green finance", "养老", "", "xyz"):
            found = Searcher(loaded, HashEncoder()).search(question)
            assert found == Searcher(index, HashEncoder()).search(question)

    def test_every_file_is_in_the_manifest_and_known_to_these_tests(self, root: Path) -> None:
        manifest = json.loads((home(root) / "manifest.json").read_bytes())
        assert sorted(manifest["files"]) == sorted(LISTED)
        assert sorted(path.name for path in home(root).iterdir()) == sorted(INSIDE)
        for name, digest in manifest["files"].items():
            assert sha256((home(root) / name).read_bytes()).hexdigest() == digest

    def test_the_manifest_says_what_it_is_of(self, root: Path) -> None:
        manifest = json.loads((home(root) / "manifest.json").read_bytes())
        assert manifest["format"] == folder.FORMAT
        assert manifest["encoder"] == {"name": "hash", "digest": HashEncoder.digest, "width": 16}
        assert manifest["documents"] == [
            {"id": made.id, "sha256": made.manifest.sha256}
            for made in (plan(), document("other", OTHER))
        ]
        assert manifest["counts"] == {"passages": 7, "sentences": 8}
        assert manifest["lexical"]["size"] == manifest["rarity"]["size"] == 7

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
        assert index.lexical.scores(["金融"]).size
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
        wholes = [passage_text(passage) for passage in made_of.passages]
        parts = [text for passage in made_of.passages for text in sentence_texts(passage)]
        assert len(encoder.embedded) == len(set(encoder.embedded))
        assert set(encoder.embedded) == {*wholes, *parts}

    def test_what_is_embedded_of_a_passage(self) -> None:
        passage = plan().passages[2]
        assert passage_text(passage) == "标题10 标题10.1\n推动总部经济、楼宇经济。"
        assert sentence_texts(passage) == ["标题10.1\n推动总部经济、楼宇经济。"]
        first = "标题10\n到2025年，金融业增加值突破560亿元。"
        assert sentence_texts(plan().passages[0]) == [first, "标题10\n占比达到24.78%。"]

    @pytest.mark.parametrize("saved", [False, True])
    def test_only_what_changed_is_embedded_again(self, tmp_path: Path, *, saved: bool) -> None:
        old = build([plan()], HashEncoder())
        if saved:
            old = publish(old, tmp_path)
        encoder = HashEncoder()
        again = build([plan(CHANGED)], encoder, old=old)
        changed = plan(CHANGED).passages[0]
        assert sorted(encoder.embedded) == sorted(
            [passage_text(changed), sentence_texts(changed)[0]]
        )
        assert facts(again) == facts(build([plan(CHANGED)], HashEncoder()))

    def test_nothing_is_embedded_again_where_nothing_changed(self, root: Path) -> None:
        encoder = HashEncoder()
        again = build([plan(), document("other", OTHER)], encoder, old=load(root))
        assert encoder.embedded == []
        assert facts(again) == facts(made())

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
        assert len(index.wholes) == len(index.dense) == index.lexical.size == 7
        assert len(index.parts) == 8
        encoder = HashEncoder()
        for n, passage in enumerate(index.passages):
            encoded = next(encoder.passages([passage_text(passage)]))
            assert index.wholes.vectors[n].tobytes() == encoded.sentence.tobytes()
            assert index.dense.scores(encoded.sentence)[n] == pytest.approx(1, abs=1e-6)
        assert index.by_id["plan/11#1"].text == "建设金融之城。"
        assert index.by_document["other"].sections[0].id == "1"


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

    def test_a_missing_folder_is_refused(self, root: Path) -> None:
        shutil.rmtree(home(root))
        with pytest.raises(IndexDamaged, match="current"):
            load(root)

    def test_two_files_that_changed_places_are_refused(self, root: Path) -> None:
        one, two = home(root) / "passages-vectors.npy", home(root) / "sentences-vectors.npy"
        data = one.read_bytes()
        one.write_bytes(two.read_bytes())
        two.write_bytes(data)
        with pytest.raises(IndexDamaged, match=r"-vectors\.npy: "):
            load(root)

    def test_what_is_damaged_can_be_published_again(self, root: Path) -> None:
        digest = current(root)
        damage(home(root) / "dense.faiss", flipped(50))
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
            republish(root, lambda manifest, name=name: manifest.pop(name))
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
            (path.parent / "dense.faiss").write_bytes(b"")

        with monkeypatch.context() as patch:
            patch.setattr(folder, "write", write_wrongly)
            with pytest.raises(IndexDamaged, match=r"dense\.faiss"):
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
        for units in (load(root).wholes, load(root).parts):
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
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["current", *homes[-2:]])

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
