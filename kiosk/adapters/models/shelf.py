"""The folder of fetched models.

Beside the models lies one record each, `NAME.json`: in which folder the model is, the digest of what was fetched, and
of every file. Writing the record anew is the whole switch from one copy to another, so that a reader sees the old copy
or the new one. `NAME.first-seen` holds the digest of a model that the manifest gives none for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from kiosk import paths
from kiosk.adapters.models.manifest import load_manifest
from kiosk.domain.errors import ModelMissing
from kiosk.domain.models import Model, PullFailed, PullProblem

Progress = Callable[[int, int], None]
"""Bytes done, and of how many."""
_PIECE = 1024 * 1024
_UNFINISHED = ".new"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came, before it was unpacked: its digest, bytes and address."""

    sha256: str
    size: int
    source: str


@dataclass(frozen=True, slots=True)
class Record:
    """A fetched model: its folder on the shelf and each file's digest."""

    folder: str
    fetched: Fetched
    files: Mapping[str, str]


class Shelf:
    """Fetched models in one folder. Reading never writes; everything else happens under a model's lock."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or paths.fetched_models()

    def place(self, name: str) -> Path:
        """Where a model is or would be; one unpacked there by hand has no record and bears the plain name."""
        record = self.record(name)
        return self.folder / (record.folder if record else name)

    def part(self, name: str) -> Path:
        """What has come so far of a model that is being fetched."""
        return self.folder / f"{name}.part"

    def record(self, name: str) -> Record | None:
        """None also for a record that cannot be read: the model is then fetched again."""
        try:
            untrusted = json.loads(self._record_file(name).read_text(encoding="utf-8"))
            folder, files = untrusted["folder"], untrusted["files"]
            record = Record(folder, Fetched(untrusted["sha256"], untrusted["size"], untrusted["source"]), files)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not isinstance(files, dict) or not isinstance(folder, str) or PurePosixPath(folder).name != folder:
            return None
        return record

    def first_seen(self, name: str) -> str:
        """The digest that a model without one in the manifest had when it came first; empty when it never came."""
        try:
            return self._first_seen_file(name).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def remember(self, name: str, sha256: str) -> None:
        _write(self._first_seen_file(name), f"{sha256}\n")

    @contextlib.contextmanager
    def lock(self, name: str) -> Iterator[None]:
        """Nobody else fetches or removes this model meanwhile; raises PullFailed (BUSY or WRITE)."""
        # Late: the window's process reads shelves and needs none of it.
        import filelock

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            held = filelock.FileLock(self.folder / f"{name}.lock", timeout=0)
            held.acquire()
        except filelock.Timeout as error:
            raise PullFailed(PullProblem.BUSY, f"another process is at work on {name}") from error
        except OSError as error:
            raise PullFailed(PullProblem.WRITE, f"{self.folder}: {error.strerror}") from error
        try:
            yield
        finally:
            held.release()

    def new_folder(self, name: str) -> Path:
        """An empty folder to make a copy in. What processes that were cut off left of this model is gone."""
        record, copy = self.record(name), re.compile(re.escape(name) + r"-[0-9a-f]{8}(-\d+)?")
        for old in self.folder.iterdir():
            if copy.fullmatch(old.name) and (record is None or old.name != record.folder):
                shutil.rmtree(old, ignore_errors=True)
        folder = self.folder / f"{name}{_UNFINISHED}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def put(self, name: str, made: Path, fetched: Fetched, files: Mapping[str, str] | None = None) -> Path:
        """Switch to a complete copy in `made`; the copy before it is deleted. `files` spares reading them again."""
        before = self.record(name)
        wanted = f"{name}-{fetched.sha256[:8]}"
        free = (wanted, *(f"{wanted}-{number}" for number in range(2, 1000)))
        folder = self.folder / next(one for one in free if not (self.folder / one).exists())
        files = files or {str(path): file_sha256(file) for path, file in _files(made)}
        made.rename(folder)
        record = {"folder": folder.name, **asdict(fetched), "files": files}
        _write(self._record_file(name), json.dumps(record, indent=1))
        if before is not None:
            shutil.rmtree(self.folder / before.folder, ignore_errors=True)
        return folder

    def remove(self, name: str) -> bool:
        """Delete a model with everything of it but the digest it first had; False when there was nothing."""
        place, part = self.place(name), self.part(name)
        there = [path for path in (self._record_file(name), part, _meta_of(part)) if path.exists()]
        for file in there:
            file.unlink()
        was_folder = place.is_dir()
        shutil.rmtree(place, ignore_errors=True)
        shutil.rmtree(self.folder / f"{name}{_UNFINISHED}", ignore_errors=True)
        return was_folder or bool(there)

    def _record_file(self, name: str) -> Path:
        return self.folder / f"{name}.json"

    def _first_seen_file(self, name: str) -> Path:
        return self.folder / f"{name}.first-seen"


def place_of(model: Model, shelf: Shelf) -> Path:
    """The folder of a model, whether or not it is there."""
    return paths.models() / model.folder if model.built_in else shelf.place(model.name)


def find_model(name: str, shelf: Shelf | None = None) -> Path:
    """The folder of a model: a name of the manifest, or a folder given by its path. Raises ModelMissing."""
    model = load_manifest().get(name)
    folder = place_of(model, shelf or Shelf()) if model else Path(name)
    if not (model or folder.is_absolute()) or not folder.is_dir():
        raise ModelMissing(name)
    return folder


def problems_of(model: Model, shelf: Shelf, progress: Progress = lambda done, size: None) -> list[str]:
    """What is wrong with a model's files, all of them read again; raises ModelMissing when it is not here."""
    folder = place_of(model, shelf)
    if not folder.is_dir():
        raise ModelMissing(model.name)
    if model.built_in:
        same = folder_sha256(folder) == model.sha256
        return [] if same else ["its files are not the ones that come with Daozhen"]
    record = shelf.record(model.name)
    if record is None:
        return ["was not put here by `kiosk models pull`: there is nothing to compare its files with"]
    expected = model.sha256 or shelf.first_seen(model.name)
    problems = [] if record.fetched.sha256 == expected else ["what was fetched is not what it must be by now"]
    found = {str(path): file for path, file in _files(folder)}
    problems += [f"{path} is gone" for path in record.files.keys() - found.keys()]
    problems += [f"{path} does not belong to it" for path in found.keys() - record.files.keys()]
    size, done = sum(file.stat().st_size for file in found.values()), 0
    for path in sorted(found.keys() & record.files.keys()):
        if file_sha256(found[path], lambda read, _, before=done: progress(before + read, size)) != record.files[path]:
            problems.append(f"{path} was changed")
        done += found[path].stat().st_size
    return sorted(problems)


def file_sha256(file: Path, progress: Progress = lambda done, size: None) -> str:
    """SHA-256 in lower case hex; a file that cannot be read has none."""
    digest, done = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            size = file.stat().st_size
            while piece := stream.read(_PIECE):
                digest.update(piece)
                done += len(piece)
                progress(done, size)
    except OSError:
        return ""
    return digest.hexdigest()


def folder_sha256(folder: Path) -> str:
    """SHA-256 of the listing `sha256sum` would print: one line `digest  relative/path` a file, sorted by path."""
    listing = hashlib.sha256()
    for relative, file in sorted(_files(folder), key=lambda one: str(one[0])):
        listing.update(f"{file_sha256(file)}  {relative}\n".encode())
    return listing.hexdigest()


def folder_size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(file.stat().st_size for _, file in _files(folder))


def _files(folder: Path) -> Iterator[tuple[PurePosixPath, Path]]:
    for file in folder.rglob("*"):
        if file.is_file() or file.is_symlink():
            yield PurePosixPath(file.relative_to(folder).as_posix()), file


def _meta_of(part: Path) -> Path:
    return part.with_name(f"{part.name}.json")


def _write(file: Path, text: str) -> None:
    """Whole or not at all, also when the power fails."""
    new = file.with_name(f"{file.name}.tmp")
    with new.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    new.replace(file)
