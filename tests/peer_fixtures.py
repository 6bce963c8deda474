"""Outside programs as fixtures: a FHIR R4 server on Node, a receipt printer."""

from __future__ import annotations

import contextlib
import json
import select
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.printer_peer import PrinterPeer

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "tests" / "peers" / "fhir"
INSTALLED = ROOT / "build" / "peers" / "fhir"
_START_S = 30.0
_PACKAGES = ("fhir-router", "core", "definitions")


class FhirPeer:
    """A running FHIR server; `url` is its base address."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}/fhir/R4"
        self._control = httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)

    def close(self) -> None:
        self._control.close()

    def reset(self) -> None:
        """Empty store, no fault, no token asked for."""
        self._post("/control/reset", {})

    def fail(self, fault: str, *, times: int = 0, retry_after_s: int | None = None) -> None:
        """Fail from now on, or for so many requests; the names stand in server.mjs."""
        self._post("/control", {"fault": fault, "times": times, "retryAfter": retry_after_s})

    def recover(self) -> None:
        self._post("/control", {"fault": ""})

    def ask_for_token(self, token: str) -> None:
        self._post("/control", {"token": token})

    def describe(self, **metadata: object) -> None:
        """Say something else in the CapabilityStatement: `lacks` a type, `r` another version, `validates` false."""
        self._post("/control", {"metadata": metadata})

    def double(self, resource_type: str) -> None:
        """Copy the first resource of a type, as a server does whose conditions lose a race."""
        self._post("/control/double", {"type": resource_type})

    def counts(self) -> dict[str, int]:
        """How many resources of each type there are."""
        resources: dict[str, int] = self._state()["resources"]
        return resources

    def requests(self) -> int:
        """Requests to the hospital system since the last reset, the failed ones too."""
        number: int = self._state()["requests"]
        return number

    def search(self, query: str) -> list[dict]:
        """The resources that a search such as `Patient?active=true` finds."""
        answer = self._control.get(f"/fhir/R4/{query}").raise_for_status().json()
        return [entry["resource"] for entry in answer.get("entry", [])]

    def create(self, resource: dict) -> str:
        """Put a resource there as the hospital's own people do; its reference, such as `Slot/12`."""
        kind = resource["resourceType"]
        made = self._control.post(f"/fhir/R4/{kind}", json=resource).raise_for_status().json()
        return f"{kind}/{made['id']}"

    def get(self, reference: str) -> dict:
        found: dict = self._control.get(f"/fhir/R4/{reference}").raise_for_status().json()
        return found

    def put(self, resource: dict) -> None:
        path = f"/fhir/R4/{resource['resourceType']}/{resource['id']}"
        self._control.put(path, json=resource).raise_for_status()

    def _state(self) -> dict:
        return self._control.get("/control").raise_for_status().json()

    def _post(self, path: str, wish: dict) -> None:
        self._control.post(path, json=wish).raise_for_status()


class NoPeer(Exception):
    """This machine cannot run it; the message says what is missing."""


@contextlib.contextmanager
def running_fhir_server() -> Iterator[FhirPeer]:
    """A server of one's own; raises NoPeer."""
    node = shutil.which("node")
    if node is None:
        raise NoPeer("needs Node.js")
    _install_packages()
    # Node looks for packages beside the program.
    shutil.copy(SOURCES / "server.mjs", INSTALLED)
    with subprocess.Popen([node, "server.mjs"], cwd=INSTALLED, stdout=subprocess.PIPE) as process:
        peer = None
        try:
            peer = FhirPeer(_port(process))
            yield peer
        finally:
            if peer is not None:
                peer.close()
            process.kill()


@pytest.fixture(scope="session")
def fhir_server() -> Iterator[FhirPeer]:
    """One server for all tests; use `fhir_peer`."""
    with contextlib.ExitStack() as ending:
        try:
            peer = ending.enter_context(running_fhir_server())
        except NoPeer as error:
            pytest.skip(str(error))
        yield peer


@pytest.fixture
def fhir_peer(fhir_server: FhirPeer) -> FhirPeer:
    """An empty FHIR server without faults."""
    fhir_server.reset()
    return fhir_server


@pytest.fixture
def printer_peer() -> Iterator[PrinterPeer]:
    """A receipt printer in state `ok`."""
    with PrinterPeer() as peer:
        yield peer


def _install_packages() -> None:
    INSTALLED.mkdir(parents=True, exist_ok=True)
    wanted = SOURCES / "package.json"
    installed = INSTALLED / "package.json"
    there = all((INSTALLED / "node_modules" / "@medplum" / name).is_dir() for name in _PACKAGES)
    if there and installed.exists() and installed.read_bytes() == wanted.read_bytes():
        return
    npm = shutil.which("npm")
    if npm is None:
        raise NoPeer("needs npm")
    shutil.copy(wanted, installed)
    done = subprocess.run(
        [npm, "install", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=INSTALLED,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode:
        installed.unlink()
        raise NoPeer(f"npm cannot install the FHIR server: {done.stderr.strip()[-200:]}")


def _port(process: subprocess.Popen[bytes]) -> int:
    assert process.stdout is not None
    ready, _, _ = select.select([process.stdout], [], [], _START_S)
    if not ready:
        raise RuntimeError("the FHIR server does not start")
    line = process.stdout.readline()
    return int(json.loads(line)["port"])
