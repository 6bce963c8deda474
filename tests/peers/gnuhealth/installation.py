"""GNU Health for tests: installed once into the user's cache, then started from a copy of a furnished database.

    python -m tests.peers.gnuhealth.installation [PORT]

installs what is missing (220 MB, about a minute) and serves http://127.0.0.1:PORT until Ctrl-C. The accounts are
`admin` and `kiosk`, their passwords lie in the folder that it names.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.adapters.his.tryton import TrytonClient
from tests.peers.gnuhealth import postgresql

HERE = Path(__file__).resolve().parent
DATABASE = "health"
_START_S = 60.0
_SOURCES = ("requirements.txt", "installation.py", "postgresql.py")
_PIP = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-deps")


class CannotInstall(Exception):
    """GNU Health cannot be installed on this machine; the text says why."""


@dataclass(frozen=True)
class Server:
    """A running GNU Health; `url` is its address without the database."""

    url: str
    folder: Path
    cluster: postgresql.Cluster

    def client(self, user: str, timeout_s: float = 20) -> TrytonClient:
        return TrytonClient(self.url, DATABASE, user, self.password_file(user), timeout_s)

    def password_file(self, user: str) -> Path:
        return self.folder / f"{user}.password"


def installed() -> Path:
    """The folder with the program and the furnished database; installs it when it is not there."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "daozhen"
    sources = b"".join((HERE / name).read_bytes() for name in _SOURCES)
    folder = cache / f"gnuhealth-{hashlib.sha256(sources).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = folder / "ready"
        if not ready.exists():
            _install(folder)
            ready.touch()
    return folder


@contextlib.contextmanager
def running(installation: Path, folder: Path, port: int = 0) -> Iterator[Server]:
    """A server on a copy of the furnished database, both of which end with the block."""
    for kept in ("admin.password", "kiosk.password"):
        shutil.copy(installation / kept, folder)
    try:
        with (
            postgresql.copied(installation / "data") as cluster,
            _serving(installation, folder, cluster, port) as url,
        ):
            yield Server(url, folder, cluster)
    except postgresql.CannotStart as reason:
        raise CannotInstall(str(reason)) from reason


def _install(folder: Path) -> None:
    python = folder / "venv" / "bin" / "python"
    shutil.rmtree(folder / "venv", ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(folder / "venv")], 120)
    _run([str(python), *_PIP, "-r", str(HERE / "requirements.txt")], 600)
    for user in ("admin", "kiosk"):
        (folder / f"{user}.password").write_text(secrets.token_urlsafe(18), encoding="utf-8")
    _configure(folder, 0)
    make = [str(folder / "venv" / "bin" / "trytond-admin"), "-c", str(folder / "trytond.conf"), "-d", DATABASE]
    modules = ["-u", "health", "health_nursing", "--activate-dependencies"]
    admin = ["-p", "--email", "admin@example.invalid"]
    try:
        with postgresql.created(folder / "data") as cluster:
            cluster.execute("postgres", f"create database {DATABASE}")
            password = {"TRYTONPASSFILE": str(folder / "admin.password")}
            _run([*make, *modules, *admin], 600, {**password, **cluster.environment()})
            with _serving(folder, folder, cluster, 0) as url:
                _furnish(Server(url, folder, cluster))
    except postgresql.CannotStart as reason:
        raise CannotInstall(str(reason)) from reason


def _run(command: list[str], limit_s: float, environment: dict[str, str] | None = None) -> None:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            timeout=limit_s,
            env={**os.environ, **(environment or {})},
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotInstall(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise CannotInstall(f"{Path(command[0]).name}: {said[-1]}")


def _configure(folder: Path, port: int) -> Path:
    configuration = folder / "trytond.conf"
    configuration.write_text(f"[database]\nuri=postgresql://\n[web]\nlisten=127.0.0.1:{port}\n", encoding="utf-8")
    return configuration


@contextlib.contextmanager
def _serving(installation: Path, folder: Path, cluster: postgresql.Cluster, port: int) -> Iterator[str]:
    program = [str(installation / "venv" / "bin" / "trytond"), "-c", str(_configure(folder, port)), "-d", DATABASE]
    listening = threading.Event()
    found: list[str] = []

    def listen(log: Any) -> None:
        # Read to the end: a server whose log nobody reads stands still when the pipe is full.
        for line in log:
            if "Running on http" in line:
                found.append(line.rsplit(" ", 1)[-1].strip())
                listening.set()
        listening.set()

    environment = {**os.environ, **cluster.environment()}
    with subprocess.Popen(
        program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        reader = threading.Thread(target=listen, args=(process.stderr,), daemon=True)
        reader.start()
        try:
            listening.wait(_START_S)
            if not found:
                raise CannotInstall("trytond does not start")
            yield found[0]
        finally:
            process.terminate()
            reader.join()


def _furnish(server: Server) -> None:
    """A hospital with one doctor, and the kiosk's user with the rights that the documentation asks for."""
    admin = server.client("admin")

    def create(model: str, **values: object) -> int:
        (made,) = admin.call(f"model.{model}.create", [values])  # type: ignore[misc]
        return int(made)

    def named(model: str, field: str, value: str) -> int:
        return int(admin.find(model, [[field, "=", value]], [field])[0]["id"])

    def person(name: str, family: str = "", **more: object) -> int:
        who = {"name": name, "lastname": family, "is_person": True, "is_healthprof": True, "fed_country": None}
        return create("party.party", gender="u", **who, **more)

    hospital = create("party.party", name="示范医院", is_institution=True, is_person=False)
    yuan = create("currency.currency", name="人民币", code="CNY", symbol="¥")
    company = create("company.company", party=hospital, currency=yuan, timezone="Asia/Shanghai")
    institution = create(
        "gnuhealth.institution", party=hospital, code="SF", institution_type="hospital", public_level="public"
    )
    front_desk = named("res.group", "name", "Health Front Desk")
    kiosk = create(
        "res.user",
        name="自助机",
        login="kiosk",
        password=server.password_file("kiosk").read_text(encoding="utf-8"),
        groups=[["add", [front_desk]]],
        companies=[["add", [company]]],
        company=company,
    )
    create(
        "gnuhealth.healthprofessional",
        party=person("自助机", internal_user=kiosk),
        code="KIOSK",
        institution=institution,
    )
    specialty = named("gnuhealth.specialty", "code", "ORTHOSURG")
    create(
        "gnuhealth.healthprofessional",
        party=person("岚", "周", name_representation="cjk"),
        code="zhou_lan",
        institution=institution,
        specialties=[["create", [{"specialty": specialty, "mainsp": True}]]],
    )
    admin.close()


def main(port: int) -> None:
    folder = installed()
    with tempfile.TemporaryDirectory() as copy, running(folder, Path(copy), port) as server:
        print(f"{server.url}/{DATABASE}/ with the passwords in {server.folder}", flush=True)  # noqa: T201
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 8069)
