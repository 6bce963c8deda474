"""A PostgreSQL for one GNU Health, reached by a socket in a folder of its own.

Hospitals run GNU Health on PostgreSQL. Its other database, SQLite, tells in whole seconds when a record was changed and
looks before its transaction begins, so that there two kiosks can be given the same time.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PROGRAMS = Path("/usr/lib/postgresql")
_ACCOUNT = "postgres"
"""Debian's package makes it; the server refuses to run as root."""
_ROLE = "tryton"
_START_S = 60.0
_FOR_TESTS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off")


class CannotStart(Exception):
    """There is no PostgreSQL on this machine, or it does not start; the text says why."""


@dataclass(frozen=True)
class Cluster:
    """A running server; its folder has the socket and, in `data`, the databases."""

    folder: Path

    def environment(self) -> Mapping[str, str]:
        """What libpq, and with it psql and Tryton, finds it by."""
        return {"PGHOST": str(self.folder), "PGUSER": _ROLE}

    def execute(self, database: str, statement: str) -> None:
        _run(["psql", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, database], self.environment())


@contextlib.contextmanager
def created(data: Path) -> Iterator[Cluster]:
    """A new cluster, whose databases are in `data` after the block."""
    with _folder() as folder:
        _run(["initdb", "-D", str(folder / "data"), "-U", _ROLE, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
        with _serving(folder):
            yield Cluster(folder)
        shutil.rmtree(data, ignore_errors=True)
        shutil.move(folder / "data", data)


@contextlib.contextmanager
def copied(data: Path) -> Iterator[Cluster]:
    """A cluster with a copy of what `created` left; the copy ends with the block."""
    with _folder() as folder:
        shutil.copytree(data, folder / "data")
        if os.geteuid() == 0:
            for path in (folder / "data", *(folder / "data").rglob("*")):
                shutil.chown(path, _ACCOUNT, _ACCOUNT)
        with _serving(folder):
            yield Cluster(folder)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Short, as the path of a socket must be, and the server's account can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="gnuhealth-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, *(_account().values()))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _account() -> dict[str, Any]:
    """For subprocess: the user to run as; nothing where this process is not root."""
    if os.geteuid():
        return {}
    try:
        user = pwd.getpwnam(_ACCOUNT)
    except KeyError:
        raise CannotStart(f"there is no user {_ACCOUNT}") from None
    return {"user": user.pw_uid, "group": user.pw_gid}


def _program(name: str) -> str:
    versions = sorted((int(path.name), path) for path in _PROGRAMS.glob("[0-9]*") if path.name.isdecimal())
    if not versions:
        raise CannotStart("PostgreSQL is not installed")
    return str(versions[-1][1] / "bin" / name)


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        [_program(command[0]), *command[1:]],
        **_account(),
        cwd="/",
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=_START_S,
        check=False,
    )
    if done.returncode:
        raise CannotStart(f"{command[0]}: {done.stderr.strip()}")


@contextlib.contextmanager
def _serving(folder: Path) -> Iterator[None]:
    settings = [word for setting in _FOR_TESTS for word in ("-c", setting)]
    command = [_program("postgres"), "-D", str(folder / "data"), "-k", str(folder), *settings]
    settled, ready = threading.Event(), threading.Event()

    def listen(log: Any) -> None:
        # Read to the end: a server whose log nobody reads stands still when the pipe is full.
        for line in log:
            if "ready to accept connections" in line:
                ready.set()
                settled.set()
        settled.set()

    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, **_account(), cwd="/", env=environment, stderr=subprocess.PIPE, text=True
    ) as process:
        reader = threading.Thread(target=listen, args=(process.stderr,), daemon=True)
        reader.start()
        try:
            settled.wait(_START_S)
            if not ready.is_set():
                raise CannotStart("PostgreSQL does not start")
            yield
        finally:
            # Without waiting for clients; what is committed is written.
            process.send_signal(signal.SIGINT)
            reader.join()
