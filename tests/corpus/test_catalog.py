"""plan.toml and its source, and each thing that can be wrong with them by its name."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest

from corpus import catalog, document, errors
from tests import plans


def toml(folder: Path, old: str, new: str) -> Path:
    """A sound folder whose plan.toml has one line changed."""
    path = plans.write(folder, plans.PLAN) / "plan.toml"
    text = path.read_text("utf-8")
    changed = re.sub(rf"(?m)^{old} = .*\n", new, text)
    assert changed != text
    path.write_text(changed, "utf-8")
    return folder


def source(folder: Path, data: bytes) -> Path:
    """A sound plan.toml beside a plan.txt of these bytes, the digest right."""
    plans.write(folder, plans.PLAN, sha256=sha256(data).hexdigest())
    (folder / "plan.txt").write_bytes(data)
    return folder


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    folder = plans.write(tmp_path, plans.PLAN, title_en="Outline of a plan")
    assert catalog.manifest(folder) == plans.manifest(plans.PLAN, title_en="Outline of a plan")


def test_a_translation_and_a_glossary_are_files_of_the_folder(tmp_path: Path) -> None:
    plans.write(tmp_path, plans.PLAN, translation="translation.en.md", glossary="glossary.toml")
    facts = catalog.manifest(tmp_path)
    assert (facts.translation, facts.glossary) == ("translation.en.md", "glossary.toml")


def test_optional_fields_may_be_missing(tmp_path: Path) -> None:
    toml(tmp_path, "watermarks", "")
    toml_text = (tmp_path / "plan.toml").read_text("utf-8")
    (tmp_path / "plan.toml").write_text(toml_text.replace("pages = 6\n", ""), "utf-8")
    facts = catalog.manifest(tmp_path)
    assert (facts.title_en, facts.pages, facts.watermarks) == (None, None, ())
    assert (facts.translation, facts.glossary) == (None, None)


def test_a_source_is_read_unchanged(tmp_path: Path) -> None:
    text = plans.PLAN.replace("\n", "\r\n")
    folder = plans.write(tmp_path, text)
    assert catalog.source(folder, catalog.manifest(folder)) == text


def test_a_folder_is_read_like_its_text(tmp_path: Path) -> None:
    assert document.read(plans.write(tmp_path, plans.PLAN)) == plans.reading(plans.PLAN)


def test_folders_are_found_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        plans.write(tmp_path / name, plans.PLAN)
    (tmp_path / "c").mkdir()
    assert catalog.folders(tmp_path) == [tmp_path / "a", tmp_path / "b"]
    assert catalog.folders(tmp_path / "b") == [tmp_path / "b"]


@pytest.mark.parametrize("name", ["c", "nowhere"])
def test_folders_without_a_manifest_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "c").mkdir()
    with pytest.raises(errors.ManifestInvalid, match=rf"{name}: no plan\.toml"):
        catalog.folders(tmp_path / name)


def test_a_missing_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.ManifestInvalid, match=r"plan\.toml: cannot be read \(No such file"):
        document.read(tmp_path)


@pytest.mark.parametrize("data", [b"id = ", b"\xff\xfe", b"id = 'a'\nid = 'b'"])
def test_a_manifest_that_is_no_toml_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "plan.toml").write_bytes(data)
    with pytest.raises(errors.ManifestInvalid, match=r"plan\.toml: not TOML \("):
        catalog.manifest(tmp_path)


REQUIRED = ("id", "title", "issuer", "published", "language", "source", "sha256")


@pytest.mark.parametrize("new", ["", '{} = ""\n', "{} = 7\n", '{} = ["a"]\n', "{} = 2021-09-01\n"])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_field_that_is_missing_or_no_text_is_named(tmp_path: Path, name: str, new: str) -> None:
    toml(tmp_path, name, new.format(name))
    with pytest.raises(errors.ManifestInvalid, match=rf"plan\.toml: field '{name}' is missing"):
        catalog.manifest(tmp_path)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("pages", "0"),
        ("pages", "-3"),
        ("pages", "6.5"),
        ("pages", '"6"'),
        ("pages", "true"),
        ("title_en", "7"),
        ("watermarks", '"DEMO"'),
        ("watermarks", "[1]"),
    ],
)
def test_an_optional_field_of_a_wrong_type_is_named(tmp_path: Path, name: str, value: str) -> None:
    if name == "title_en":
        plans.write(tmp_path, plans.PLAN)
        with (tmp_path / "plan.toml").open("a", encoding="utf-8") as file:
            file.write(f"{name} = {value}\n")
    else:
        toml(tmp_path, name, f"{name} = {value}\n")
    with pytest.raises(errors.ManifestInvalid, match=rf"plan\.toml: field '{name}'"):
        catalog.manifest(tmp_path)


@pytest.mark.parametrize("name", ["source", "translation", "glossary"])
@pytest.mark.parametrize("value", ["../a", "a/b", "/a", "./a", "a/", "."])
def test_a_file_outside_the_folder_is_named(tmp_path: Path, name: str, value: str) -> None:
    plans.write(tmp_path, plans.PLAN, **{name: "a"})
    toml_text = (tmp_path / "plan.toml").read_text("utf-8")
    changed = toml_text.replace(f'{name} = "a"', f'{name} = "{value}"')
    (tmp_path / "plan.toml").write_text(changed, "utf-8")
    with pytest.raises(
        errors.ManifestInvalid, match=rf"plan\.toml: {name} '{value}' is no file of this folder"
    ):
        catalog.manifest(tmp_path)


@pytest.mark.parametrize("name", ["translation", "glossary"])
@pytest.mark.parametrize("value", ["7", "true", '["a"]', "2021-09-01"])
def test_a_file_that_is_no_text_is_named(tmp_path: Path, name: str, value: str) -> None:
    plans.write(tmp_path, plans.PLAN)
    with (tmp_path / "plan.toml").open("a", encoding="utf-8") as file:
        file.write(f"{name} = {value}\n")
    with pytest.raises(
        errors.ManifestInvalid, match=rf"plan\.toml: {name} .* is no file of this folder"
    ):
        catalog.manifest(tmp_path)


@pytest.mark.parametrize("name", ["source", "translation", "glossary"])
@pytest.mark.parametrize("value", ["..", "nowhere", "a" * 300])
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, value: str
) -> None:
    plans.write(tmp_path / "plan", plans.PLAN)
    with (tmp_path / "plan" / "plan.toml").open("r+", encoding="utf-8") as file:
        text = file.read().replace('source = "plan.txt"', "") if name == "source" else file.read()
        file.seek(0)
        file.truncate()
        file.write(f'{text}\n{name} = "{value}"\n')
    with pytest.raises(errors.CorpusError, match="cannot be read"):
        document.read(tmp_path / "plan")


@pytest.mark.parametrize("name", ["translation", "glossary"])
def test_a_zero_byte_in_a_name_is_refused_by_name(tmp_path: Path, name: str) -> None:
    plans.write(tmp_path, plans.PLAN, **{name: "a\0"})
    with pytest.raises(errors.CorpusError):
        document.read(tmp_path)


@pytest.mark.parametrize("value", ["Wuchang", "-a", "a/b", "a b", "../a", "a" * 65, "计划", "a\\n"])
def test_an_id_that_is_no_plain_word_is_named(tmp_path: Path, value: str) -> None:
    toml(tmp_path, "id", f'id = "{value}"\n'.replace("\\", "\\\\"))
    with pytest.raises(errors.ManifestInvalid, match=r"plan\.toml: id '.*' is not of a-z"):
        catalog.manifest(tmp_path)


def test_a_missing_source_is_named(tmp_path: Path) -> None:
    (plans.write(tmp_path, plans.PLAN) / "plan.txt").unlink()
    with pytest.raises(errors.SourceMissing, match=r"plan\.txt: cannot be read \(No such file"):
        document.read(tmp_path)


@pytest.mark.parametrize(
    "text", ["", " \n\r\n\t", "\u3000\n\u3000", "\ufeff", "\ufeff\n \u00a0\n"], ids=ascii
)
def test_a_source_without_text_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.SourceEmpty, match=r"plan\.txt: holds no text"):
        document.read(source(tmp_path, text.encode()))


def test_a_source_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(errors.SourceNotText, match=r"plan\.txt: not UTF-8 at byte 4"):
        document.read(source(tmp_path, b"abc\n" + "规划".encode("gb18030")))


def test_a_binary_source_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        errors.SourceNotText, match=r"plan\.txt: binary, a zero byte at character 2"
    ):
        document.read(source(tmp_path, "规划\0".encode()))


def test_a_changed_source_is_named(tmp_path: Path) -> None:
    folder = plans.write(tmp_path, plans.PLAN)
    changed = plans.PLAN.replace("320.5", "330.5").encode()
    (folder / "plan.txt").write_bytes(changed)
    stated = plans.manifest(plans.PLAN).sha256
    found = sha256(changed).hexdigest()
    with pytest.raises(
        errors.SourceChanged, match=rf"plan\.txt: sha256 is {found}, the manifest states {stated}"
    ):
        document.read(folder)


@pytest.mark.parametrize("text", ["只有一句话。\n", "没有标题的几个字", plans.COVER])
def test_a_plan_without_headings_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(errors.NoHeadings, match=r"yundu-14fyp: no heading .* in plan\.txt"):
        document.read(plans.write(tmp_path, text))


def test_contents_alone_are_no_plan(tmp_path: Path) -> None:
    with pytest.raises(errors.NoHeadings, match=r"yundu-14fyp: no heading"):
        document.read(plans.write(tmp_path, plans.COVER + plans.CONTENTS))


@pytest.mark.parametrize(
    "body",
    [
        "第一章 总则\n\n一、路网\n",
        "第一章 总则\n\n**\n\nDEMO PDF试用版\n",
        "第一章 总则\n\n$\\text{}$\n",
    ],
)
@pytest.mark.parametrize("front", ["", plans.COVER, "目录\n第一章 总则\t1\n一、路网\t1\n\n"])
def test_headings_without_any_text_are_no_plan(tmp_path: Path, front: str, body: str) -> None:
    with pytest.raises(errors.SourceEmpty, match=r"yundu-14fyp: holds headings but no text"):
        document.read(plans.write(tmp_path, front + body))


def test_a_table_alone_is_text_enough() -> None:
    assert plans.chapter("类别\t序号\t名称\n经济\t1\t增长").rows


def test_every_error_is_a_corpus_error() -> None:
    names = re.findall(r"[├└]── (\w+)", errors.__doc__ or "")
    assert set(names) == {error.__name__ for error in errors.CorpusError.__subclasses__()}
    for name in names:
        assert getattr(errors, name).__doc__


@pytest.mark.plan
def test_the_bundled_plans_are_sound() -> None:
    found = catalog.folders(catalog.bundled())
    assert [folder.name for folder in found] == ["wuchang-14fyp"]
    for folder in found:
        facts = catalog.manifest(folder)
        assert facts.id == folder.name
        assert sha256(catalog.source(folder, facts).encode()).hexdigest() == facts.sha256
