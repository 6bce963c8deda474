"""Fetch a model: whole and checked, or not at all; what worked before works until the new one is complete."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.adapters.llm.gguf_header import read_header
from kiosk.adapters.models.download import Download, Patience
from kiosk.adapters.models.shelf import Fetched, Shelf, file_sha256, problems_of
from kiosk.adapters.models.unpack import unpack
from kiosk.domain.errors import ModelMissing
from kiosk.domain.generation import ModelError
from kiosk.domain.models import Model, ModelKind, PullFailed, PullProblem

RESERVE = 200_000_000
"""Bytes that stay free for the visits of the day."""
_UNPACKED_TIMES = 3
_ACOUSTIC_MODEL = "final.mdl"

Watch = Callable[[str, int, int], None]
"""Told what is being done (fetching, checking, unpacking), the bytes done, and of how many."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """`first_seen`: nobody vouched for the digest, it is trusted from now on. `fetched`: it was not there before."""

    folder: Path
    sha256: str
    first_seen: bool = False
    fetched: bool = True


@dataclass(frozen=True, slots=True)
class Pull:
    """How models are fetched: into `shelf`, from their own address or from `mirror`, a folder, file or address."""

    shelf: Shelf
    mirror: str = ""
    proxy: str | None = None
    trust_anew: bool = False
    patience: Patience = field(default_factory=Patience)
    watch: Watch = lambda what, done, size: None
    free: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free

    def __call__(self, model: Model) -> Pulled:
        """Raises PullFailed; then nothing but a part to go on with has changed. So it is with KeyboardInterrupt."""
        with self.shelf.lock(model.name):
            expected = model.sha256 or ("" if self.trust_anew else self.shelf.first_seen(model.name))
            record = self.shelf.record(model.name)
            if record is not None and expected == record.fetched.sha256 and not self._problems(model):
                return Pulled(self.shelf.place(model.name), expected, fetched=False)
            download = Download(
                self.shelf.part(model.name),
                pinned=bool(expected),
                size=model.size if model.sha256 else 0,
                proxy=self.proxy,
                patience=self.patience,
                progress=lambda done, size: self.watch("fetching", done, size),
                room=lambda size: self._room(size if model.kind is ModelKind.LLM else (1 + _UNPACKED_TIMES) * size),
            )
            source = self._source(model)
            sha256 = self._fetched(download, source, expected)
            folder = self._shelved(model, download, sha256, source)
            if not model.sha256:
                self.shelf.remember(model.name, sha256)
            return Pulled(folder, sha256, first_seen=not expected)

    def _problems(self, model: Model) -> list[str]:
        try:
            return problems_of(model, self.shelf, lambda done, size: self.watch("checking", done, size))
        except ModelMissing:
            return ["missing"]

    def _source(self, model: Model) -> str | Path:
        if not self.mirror:
            return model.url
        if urlsplit(self.mirror).scheme in ("http", "https"):
            return self.mirror if self.mirror.endswith(model.file) else f"{self.mirror.rstrip('/')}/{model.file}"
        path = Path(self.mirror)
        return path / model.file if path.is_dir() else path

    def _fetched(self, download: Download, source: str | Path, expected: str) -> str:
        """Bring the part here and return its digest."""
        while True:
            if isinstance(source, Path):
                download.copy(source)
            else:
                download.fetch(source)
            sha256 = file_sha256(download.part, lambda done, size: self.watch("checking", done, size))
            if expected in ("", sha256):
                return sha256
            # Parts of two different files together are neither; whole, it may well be right.
            again, looks = download.resumed, _looks_like(download.part)
            download.discard()
            if not again:
                raise PullFailed(PullProblem.DIGEST, f"SHA-256 {sha256}, must be {expected}{looks}")

    def _shelved(self, model: Model, download: Download, sha256: str, source: str | Path) -> Path:
        part = download.part
        fetched = Fetched(sha256, part.stat().st_size, str(source))
        made = self.shelf.new_folder(model.name)
        try:
            if model.kind is ModelKind.LLM:
                _check_gguf(part)
                part.rename(made / model.file)
                folder = self.shelf.put(model.name, made, fetched, {model.file: sha256})
            else:
                unpack(part, made, model.name, self._room, lambda done, of: self.watch("unpacking", done, of))
                _check_vosk(made)
                folder = self.shelf.put(model.name, made, fetched)
        except PullFailed as error:
            shutil.rmtree(made, ignore_errors=True)
            if error.problem in (PullProblem.UNSAFE, PullProblem.NO_MODEL):
                download.discard()
            raise
        except OSError as error:
            raise PullFailed(PullProblem.WRITE, f"{made}: {error.strerror}") from error
        download.discard()
        return folder

    def _room(self, size: int) -> None:
        free = self.free(self.shelf.folder)
        if size + RESERVE > free:
            raise PullFailed(
                PullProblem.ROOM,
                f"needs {(size + RESERVE) / 1e6:.0f} MB at {self.shelf.folder}, {free / 1e6:.0f} MB are free",
            )


def _check_gguf(part: Path) -> None:
    try:
        read_header(part)
    except ModelError as error:
        raise PullFailed(PullProblem.NO_MODEL, f"{error.detail or error.problem}{_looks_like(part)}") from error


def _check_vosk(folder: Path) -> None:
    if not any(file.name == _ACOUSTIC_MODEL for file in folder.rglob("*")):
        raise PullFailed(PullProblem.NO_MODEL, f"no {_ACOUSTIC_MODEL} in it: not a Vosk model")


def _looks_like(part: Path) -> str:
    """A hint for IT: portals answer every address with a page of theirs."""
    with part.open("rb") as stream:
        beginning = stream.read(512).lstrip().lower()
    page = beginning.startswith((b"<!doctype", b"<html", b"<?xml"))
    return "; it is a web page, as a proxy's login page would be" if page else ""
