"""Archives from elsewhere: nothing outside the folder, no links, nothing larger than it may be."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from kiosk.domain.models import PullFailed, PullProblem

MOST_FILES = 2000
MOST_TIMES = 20
"""Unpacked bytes for each byte of the archive. Vosk's models come to two or three; zeros come to a thousand."""
_ALWAYS_ALLOWED = 1_000_000
_PIECE = 1024 * 1024
_LONGEST_PATH = 240
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_RESERVED = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
"""What Windows takes for devices, whatever follows the dot."""


def unpack(
    archive: Path,
    folder: Path,
    top: str,
    room: Callable[[int], None] = lambda size: None,
    progress: Callable[[int, int], None] = lambda done, size: None,
) -> None:
    """Unpack into an empty folder, without the archive's own folder `top`. `room` is told the bytes before the first
    is written and may refuse. Raises PullFailed (UNSAFE, NO_MODEL, WRITE); what was written by then stays there.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = _checked(packed.infolist(), top, archive.stat().st_size)
            size = sum(entry.file_size for entry in entries.values())
            room(size)
            done = 0
            for path, entry in entries.items():
                done = _write(packed, entry, folder / path, lambda now: progress(now, size), done)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise PullFailed(PullProblem.NO_MODEL, f"not a readable archive: {str(error)[:200]}") from error
    except OSError as error:
        raise PullFailed(PullProblem.WRITE, f"{folder}: {error.strerror}") from error


def _checked(entries: list[zipfile.ZipInfo], top: str, archive_bytes: int) -> dict[PurePosixPath, zipfile.ZipInfo]:
    """Files by where they go; raises PullFailed."""
    if len(entries) > MOST_FILES:
        raise PullFailed(PullProblem.UNSAFE, f"{len(entries)} entries")
    found: dict[PurePosixPath, zipfile.ZipInfo] = {}
    seen: set[str] = set()
    for entry in entries:
        path = _path(entry)
        if entry.is_dir():
            continue
        if path.parts[0] == top and len(path.parts) > 1:
            path = PurePosixPath(*path.parts[1:])
        folded = str(path).casefold()
        if folded in seen:
            raise PullFailed(PullProblem.UNSAFE, f"{_shown(entry)} twice")
        seen.add(folded)
        found[path] = entry
    size = sum(entry.file_size for entry in found.values())
    if size > max(_ALWAYS_ALLOWED, MOST_TIMES * archive_bytes):
        raise PullFailed(PullProblem.UNSAFE, f"would unpack to {size / 1e6:.0f} MB")
    if not found:
        raise PullFailed(PullProblem.NO_MODEL, "an empty archive")
    return found


def _path(entry: zipfile.ZipInfo) -> PurePosixPath:
    # orig_filename: zipfile cuts `filename` at a zero byte and turns the system's separators round.
    name = entry.orig_filename.removesuffix("/")
    parts = name.split("/")
    bad = any(part in ("", ".", "..") or part.split(".")[0].casefold() in _RESERVED for part in parts)
    if bad or len(name) > _LONGEST_PATH or any(letter in '\\:*?"<>|' or not letter.isprintable() for letter in name):
        raise PullFailed(PullProblem.UNSAFE, f"a file would lie at {_shown(entry)}")
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFDIR if entry.orig_filename.endswith("/") else stat.S_IFREG):
        raise PullFailed(PullProblem.UNSAFE, f"{_shown(entry)} is no plain file")
    if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
        raise PullFailed(PullProblem.UNSAFE, f"{_shown(entry)} is packed in an unusual way")
    return PurePosixPath(name)


def _write(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, file: Path, progress: Callable[[int], None], done: int
) -> int:
    file.parent.mkdir(parents=True, exist_ok=True)
    written = 0
    with packed.open(entry) as source, file.open("xb") as target:
        while piece := source.read(_PIECE):
            written += len(piece)
            if written > entry.file_size:
                raise PullFailed(PullProblem.UNSAFE, f"{_shown(entry)} is longer than it says")
            target.write(piece)
            progress(done + written)
        target.flush()
        os.fsync(target.fileno())
    if written != entry.file_size:
        raise PullFailed(PullProblem.NO_MODEL, f"{_shown(entry)} is cut off")
    return done + written


def _shown(entry: zipfile.ZipInfo) -> str:
    return repr(entry.orig_filename[:80])
