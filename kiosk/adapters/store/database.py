"""One encrypted SQLite file: SQLCipher underneath, sqlite-utils on top, WAL, one connection per process and thread."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from sqlcipher3 import dbapi2 as sqlcipher  # type: ignore[import-untyped]
from sqlite_utils import Database

from kiosk.adapters.key_files import read_key, read_or_make_key
from kiosk.domain.errors import ConfigError, StoreBusy, StoreFull

DATABASE_NAME = "kiosk.db"
KEY_NAME = "kiosk.key"

# Primary result codes of https://www.sqlite.org/rescode.html; extended codes carry them in their low byte.
_BUSY, _LOCKED, _READONLY, _IOERR, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 13, 14, 26


def open_database(folder: Path, busy_s: float) -> Database:
    """Open `folder`/kiosk.db with its key, making both at the first start.

    `busy_s` is how long a writer waits for another one. Raises ConfigError when the key does not fit, is missing
    beside an existing database or can be read by others; StoreBusy and StoreFull as any write does.
    """
    path = folder / DATABASE_NAME
    key_path = folder / KEY_NAME
    exists = path.exists() and path.stat().st_size > 0
    key = read_key(key_path) if exists else read_or_make_key(key_path)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with translated(path):
        connection = sqlcipher.connect(str(path), timeout=busy_s, isolation_level=None)
        try:
            return _prepared(connection, key)
        except BaseException:
            connection.close()
            raise


def _prepared(connection: sqlcipher.Connection, key: bytes) -> Database:
    # A raw key skips the slow derivation that passwords need. It must be the first statement.
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    database = Database(cast(sqlite3.Connection, connection), recursive_triggers=False, execute_plugins=False)
    database.enable_wal()
    for setting in (
        # In WAL only FULL keeps a visit that was committed just before a power cut.
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "journal_size_limit = 4194304",
    ):
        database.execute(f"PRAGMA {setting}")
    return database


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn the library's errors into ours; what is left is a bug."""
    try:
        yield
    except sqlcipher.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        name = getattr(error, "sqlite_errorname", type(error).__name__)
        if code in (_BUSY, _LOCKED):
            raise StoreBusy(name) from error
        # A disk that turned read-only or fails to write has no room for the visit either.
        if code in (_FULL, _IOERR, _READONLY, _CANTOPEN):
            raise StoreFull(name) from error
        if code == _NOTADB:
            raise ConfigError("kiosk.state", f"the key does not open {path}") from error
        raise


@contextlib.contextmanager
def write(database: Database, path: Path) -> Iterator[None]:
    """One transaction that takes the write lock at once; nested ones are refused because they would not be atomic."""
    if database.conn.in_transaction:
        raise RuntimeError("a transaction is already open")
    with translated(path):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.execute("COMMIT")
        except BaseException:
            # SQLite itself rolls back on some errors; a second error must not hide the first.
            with contextlib.suppress(sqlcipher.Error):
                database.rollback()
            raise


def stamp(at: datetime) -> str:
    """A moment as UTC text of fixed width, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
