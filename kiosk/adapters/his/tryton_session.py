"""The session with a Tryton server in a file, so that a process that follows a killed one can end what that one left.

A call of the killed process may still be on its way: the kernel and everything in between go on sending what was
written. Without its session it does nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

from kiosk.domain.errors import HisUnavailable
from kiosk.wire.tryton import Session


class KeptSession:
    """Without a path nothing is kept. The file is for this user only: it lets in like the password.

    `server` is where the session is known, with its database: it is shown to nobody else.
    """

    def __init__(self, path: Path | None, server: str) -> None:
        self._path = path
        self._server = server

    def left(self) -> Session | None:
        """What an earlier process did not end."""
        try:
            untrusted = json.loads(self._path.read_bytes()) if self._path else None
        except (OSError, ValueError):
            return None
        match untrusted:
            case {"server": self._server, "user": str(user), "user_id": int(user_id), "key": str(key)}:
                return Session(user, user_id, key)
        return None

    def keep(self, session: Session) -> None:
        """Before the first call that changes anything; HisUnavailable when it cannot be written."""
        if self._path is None:
            return
        draft = self._path.with_suffix(".new")
        content = {"server": self._server, "user": session.user, "user_id": session.user_id, "key": session.key}
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                json.dump(content, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            raise HisUnavailable(f"the session cannot be kept: {error.strerror}") from error

    def forget(self) -> None:
        """It has ended."""
        if self._path is not None:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
