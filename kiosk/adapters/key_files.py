"""Secret keys: 32 random bytes as hex in a file that only this user can read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from kiosk.adapters.whole_files import sync_folder
from kiosk.domain.errors import ConfigError

KEY_BYTES = 32
_SETTING = "kiosk.state"


def read_key(path: Path) -> bytes:
    """The key in `path`; ConfigError when it is missing, readable by others or damaged."""
    try:
        mode = path.stat().st_mode
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise ConfigError(_SETTING, f"the key file {path} is missing: restore it from its backup") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(_SETTING, f"the key file {path} cannot be read: {type(error).__name__}") from error
    # Windows keeps rights in access lists; the mode bits there say nothing.
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise ConfigError(_SETTING, f"others can read the key file {path}: run chmod 600 on it")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise ConfigError(_SETTING, f"the key file {path} is damaged: restore it from its backup")
    return key


def read_or_make_key(path: Path) -> bytes:
    """The key in `path`, made at the first call. Of several processes that start together, all get the same key."""
    if not path.exists():
        _make_key(path)
    return read_key(path)


def _make_key(path: Path) -> None:
    """Write the key beside its place and link it there, so that nobody ever sees half a key or a second one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(secrets.token_hex(KEY_BYTES) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            return
        # A name lost in a power cut would lose the key, and with it the database.
        sync_folder(path.parent)
    except OSError as error:
        raise ConfigError(_SETTING, f"the key file {path} cannot be made: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
