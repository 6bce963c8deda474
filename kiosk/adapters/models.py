"""Speech and language models on this machine, as models/manifest.toml lists them."""

from __future__ import annotations

import hashlib
import shutil
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kiosk import paths
from kiosk.domain.errors import AssetError, ModelMissing
from kiosk.domain.language import Language

_ALL = "all"
_RECORD = "files.sha256"
"""Beside an installed model: the digest of its files as they were unpacked."""


class ModelDamaged(ModelMissing):
    """The files are there but are not the ones that the manifest names."""


@dataclass(frozen=True, slots=True)
class Model:
    """One entry. `sha256` is of the archive at `url`, or, for a model that comes with Daozhen, of its folder's files.

    `folder` is relative to models/ and empty for models fetched later; `size` counts bytes (0: not known). `language`
    is None for a model of all the languages of the kiosk.
    """

    name: str
    language: Language | None
    licence: str
    sha256: str
    size: int
    folder: str = ""
    url: str = ""
    note: str = ""

    @property
    def built_in(self) -> bool:
        return bool(self.folder)

    @property
    def path(self) -> Path:
        return paths.models() / self.folder if self.built_in else fetched() / self.name


def fetched() -> Path:
    """Where models that were fetched later live."""
    return paths.state_dir() / "models"


def load_manifest(file: Path | None = None) -> dict[str, Model]:
    """All models by name; raises AssetError naming the entry and the field that is wrong."""
    file = file or paths.models() / "manifest.toml"
    try:
        untrusted = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AssetError(file.name, "", "", "cannot be read") from error
    return {name: _model(file.name, name, entry) for name, entry in untrusted.items()}


def find_model(name: str) -> Path:
    """The folder of a model: a name of the manifest, or a folder given by its path. Raises ModelMissing."""
    model = load_manifest().get(name)
    folder = model.path if model else Path(name)
    if not (model or folder.is_absolute()) or not folder.is_dir():
        raise ModelMissing(name)
    return folder


def verify(model: Model) -> None:
    """Raises ModelMissing when the model is not here, ModelDamaged when a file was changed, added or lost."""
    if not model.path.is_dir():
        raise ModelMissing(model.name)
    if folder_sha256(model.path) != (model.sha256 if model.built_in else _recorded(model)):
        raise ModelDamaged(model.name)


def install(model: Model, archive: Path) -> Path:
    """Check a fetched archive against the manifest and unpack it; the model appears whole or not at all."""
    with archive.open("rb") as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != model.sha256:
            raise ModelDamaged(model.name)
    parts = model.path.with_name(f"{model.name}.part")
    shutil.rmtree(parts, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(parts)
    # The archives hold one folder named like the model.
    inner = parts / model.name
    unpacked = inner if inner.is_dir() else parts
    _record_of(model).write_text(folder_sha256(unpacked) + "\n", encoding="ascii")
    shutil.rmtree(model.path, ignore_errors=True)
    unpacked.rename(model.path)
    shutil.rmtree(parts, ignore_errors=True)
    return model.path


def folder_sha256(folder: Path) -> str:
    """SHA-256 of the listing `sha256sum` would print: one line `digest  relative/path` a file, sorted by path."""
    listing = hashlib.sha256()
    files = {PurePosixPath(file.relative_to(folder)): file for file in folder.rglob("*") if file.is_file()}
    for relative in sorted(files, key=str):
        digest = hashlib.sha256(files[relative].read_bytes()).hexdigest()
        listing.update(f"{digest}  {relative}\n".encode())
    return listing.hexdigest()


def folder_size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _record_of(model: Model) -> Path:
    return model.path.with_name(f"{model.name}.{_RECORD}")


def _recorded(model: Model) -> str:
    record = _record_of(model)
    return record.read_text(encoding="ascii").strip() if record.is_file() else ""


def _model(file: str, name: str, entry: object) -> Model:
    def wrong(field: str, problem: str) -> AssetError:
        return AssetError(file, name, field, problem)

    if not isinstance(entry, dict):
        raise wrong("", "not a table")
    unknown = sorted(entry.keys() - {"language", "licence", "sha256", "bytes", "folder", "url", "note"})
    if unknown:
        raise wrong(unknown[0], "unknown field")
    texts = {field: entry.get(field, "") for field in ("language", "licence", "sha256", "folder", "url", "note")}
    for field, text in texts.items():
        if not isinstance(text, str):
            raise wrong(field, "not text")
    size = entry.get("bytes", 0)
    if type(size) is not int or size < 0:
        raise wrong("bytes", "not a number of bytes")
    languages: dict[str, Language | None] = {language.value: language for language in Language} | {_ALL: None}
    if texts["language"] not in languages:
        raise wrong("language", "not a language of the kiosk")
    if len(texts["sha256"]) != 64 or not set(texts["sha256"]) <= set("0123456789abcdef"):
        raise wrong("sha256", "not a SHA-256 in lower case hex")
    if not texts["licence"]:
        raise wrong("licence", "missing")
    if bool(texts["folder"]) == bool(texts["url"]):
        raise wrong("url", "exactly one of folder and url is needed")
    if ".." in PurePosixPath(texts["folder"]).parts or PurePosixPath(texts["folder"]).is_absolute():
        raise wrong("folder", "not inside models/")
    return Model(name=name, size=size, **(texts | {"language": languages[texts["language"]]}))
