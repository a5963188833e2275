"""plan.toml manifests: which documents there are, and their sources read and checked."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from corpus.errors import (
    ManifestInvalid,
    SourceChanged,
    SourceEmpty,
    SourceMissing,
    SourceNotText,
)
from corpus.language import key
from corpus.records import Manifest

MANIFEST = "plan.toml"
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FILE_FIELDS = ("source", "translation", "glossary")
_TEXT_FIELDS = ("id", "title", "issuer", "published", "language", "source", "sha256")


def bundled() -> Path:
    """The folder of the plans that travel with the package."""
    return Path(str(files("corpus"))) / "plans"


def folders(root: Path) -> list[Path]:
    """The folders of root that hold a manifest, by name; root itself may be one."""
    if (root / MANIFEST).is_file():
        return [root]
    found = sorted(path.parent for path in root.glob(f"*/{MANIFEST}"))
    if not found:
        raise ManifestInvalid(f"{root}: no {MANIFEST} in it or in a folder of it")
    return found


def manifest(folder: Path) -> Manifest:
    """What folder/plan.toml says. Raises ManifestInvalid, naming the field."""
    path = folder / MANIFEST
    try:
        fields: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ManifestInvalid(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestInvalid(f"{path}: not TOML ({error})") from error
    for name in _TEXT_FIELDS:
        if not isinstance(fields.get(name), str) or not fields[name]:
            raise ManifestInvalid(f"{path}: field {name!r} is missing or no text")
    if not _ID.fullmatch(fields["id"]):
        raise ManifestInvalid(f"{path}: id {fields['id']!r} is not of a-z, 0-9 and -")
    pages, title_en = fields.get("pages"), fields.get("title_en")
    if not (pages is None or (type(pages) is int and pages > 0)):
        raise ManifestInvalid(f"{path}: field 'pages' is {pages!r}, not a number above 0")
    if not (title_en is None or isinstance(title_en, str)):
        raise ManifestInvalid(f"{path}: field 'title_en' is no text")
    watermarks = fields.get("watermarks", [])
    if not (
        isinstance(watermarks, list)
        and all(isinstance(item, str) and key(item) for item in watermarks)
    ):
        raise ManifestInvalid(f"{path}: field 'watermarks' is no list of words")
    for name in _FILE_FIELDS:
        value = fields.get(name)
        if value is not None and (
            not isinstance(value, str) or "\0" in value or Path(value).name != value
        ):
            raise ManifestInvalid(f"{path}: {name} {value!r} is no file of this folder")
    texts: dict[str, str] = {name: fields[name] for name in _TEXT_FIELDS}
    return Manifest(
        **texts,
        title_en=title_en,
        pages=pages,
        watermarks=tuple(watermarks),
        translation=fields.get("translation"),
        glossary=fields.get("glossary"),
    )


def _is_name(value: object) -> bool:
    return isinstance(value, str) and "\0" not in value and Path(value).name == value


def source(folder: Path, facts: Manifest) -> str:
    """The source's text, unchanged. Raises by name when it is missing, changed, empty, no text."""
    path = folder / facts.source
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceMissing(f"{path}: cannot be read ({error.strerror})") from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceNotText(f"{path}: not UTF-8 at byte {error.start}") from error
    if not text.strip("\ufeff").strip():
        raise SourceEmpty(f"{path}: holds no text")
    if "\0" in text:
        raise SourceNotText(f"{path}: binary, a zero byte at character {text.index(chr(0))}")
    digest = sha256(data).hexdigest()
    if digest != facts.sha256:
        raise SourceChanged(f"{path}: sha256 is {digest}, the manifest states {facts.sha256}")
    return text
