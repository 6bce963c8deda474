"""Files that are there completely or not at all, whoever reads them and whenever the power goes."""

from __future__ import annotations

import errno
import os
import re
import secrets
from pathlib import Path

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,119}")


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place, force it to the disk, move it in; readable by this user only. Raises OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def make_usable(folder: Path) -> None:
    """Make the folder where there is none, for this user only. Raises OSError where no file could be put into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, "not writable")


def names_a_file(key: str) -> bool:
    """Whether a key of the outbox can stand as a file name everywhere, inside its folder and not hidden."""
    return _KEY.fullmatch(key) is not None


def sync_folder(folder: Path) -> None:
    """The name itself must reach the disk too; Windows has no such call and does not need it."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
