"""models/manifest.toml, checked entry by entry."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from kiosk import paths
from kiosk.domain.errors import AssetError
from kiosk.domain.language import Language
from kiosk.domain.models import Model, ModelKind, Profile

ENDINGS = {ModelKind.SPEECH: ".zip", ModelKind.LLM: ".gguf"}
"""What is fetched of a kind."""
_ALL = "all"
_TEXTS = ("kind", "language", "licence", "sha256", "folder", "url", "note")
_FIELDS = {*_TEXTS, "bytes", "profiles"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")

_Wrong = Callable[[str, str], AssetError]


def load_manifest(file: Path | None = None) -> dict[str, Model]:
    """All models by name; raises AssetError naming the entry and the field that is wrong."""
    file = file or paths.models() / "manifest.toml"
    try:
        untrusted = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise AssetError(file.name, "", "", "cannot be read") from error
    for name, entry in untrusted.items():
        if not isinstance(entry, dict):
            raise AssetError(file.name, name, "", "not a table")
    return {name: _model(file.name, name, entry) for name, entry in untrusted.items()}


def _model(file: str, name: str, entry: dict[str, Any]) -> Model:
    def wrong(field: str, problem: str) -> AssetError:
        return AssetError(file, name, field, problem)

    texts = _texts(name, entry, wrong)
    kind, size = texts["kind"] or ModelKind.SPEECH, entry.get("bytes", 0)
    if kind not in list(ModelKind):
        raise wrong("kind", f"not one of {', '.join(ModelKind)}")
    if type(size) is not int or size < 0:
        raise wrong("bytes", "not a number of bytes")
    languages: dict[str, Language | None] = {language.value: language for language in Language} | {_ALL: None}
    if texts["language"] not in languages:
        raise wrong("language", "not a language of the kiosk")
    if bool(texts["folder"]) == bool(texts["url"]):
        raise wrong("url", "exactly one of folder and url is needed")
    digest = texts["sha256"]
    if (digest or texts["folder"]) and (len(digest) != 64 or not set(digest) <= set("0123456789abcdef")):
        raise wrong("sha256", "not a SHA-256 in lower case hex")
    if not texts["licence"]:
        raise wrong("licence", "missing")
    if ".." in PurePosixPath(texts["folder"]).parts or PurePosixPath(texts["folder"]).is_absolute():
        raise wrong("folder", "not inside models/")
    model = Model(
        name=name,
        size=size,
        profiles=_profiles(entry.get("profiles", []), wrong),
        **(texts | {"language": languages[texts["language"]], "kind": ModelKind(kind)}),
    )
    scheme = urlsplit(model.url).scheme
    if model.url and (scheme not in ("http", "https") or not model.file.endswith(ENDINGS[model.kind])):
        raise wrong("url", f"not the https address of a {ENDINGS[model.kind]} file")
    return model


def _texts(name: str, untrusted: dict[str, object], wrong: _Wrong) -> dict[str, Any]:
    if not _NAME.fullmatch(name):
        raise wrong("", "a name is made of letters, figures and .-_")
    unknown = sorted(untrusted.keys() - _FIELDS)
    if unknown:
        raise wrong(unknown[0], "unknown field")
    for field in _TEXTS:
        if not isinstance(untrusted.get(field, ""), str):
            raise wrong(field, "not text")
    return {field: untrusted.get(field, "") for field in _TEXTS}


def _profiles(untrusted: object, wrong: _Wrong) -> tuple[Profile, ...]:
    if not isinstance(untrusted, list) or any(one not in list(Profile) for one in untrusted):
        raise wrong("profiles", f"not a list of {', '.join(Profile)}")
    return tuple(Profile(one) for one in untrusted)
