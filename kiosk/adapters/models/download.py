"""One file over HTTP or from a folder, in parts: what has come stays, and the next try goes on behind it."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

import kiosk
from kiosk.domain.models import PullFailed, PullProblem

MOST_REDIRECTS = 8
_PIECE = 256 * 1024
_LONGEST_WAIT_S = 30.0
_NEWS = 64 * 1024
"""A try that brings fewer bytes than this brings nothing new."""
_RETRIED = frozenset((408, 425, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Patience:
    """`tries` one after another that bring nothing new end a download; `read_s` is the longest silence."""

    tries: int = 5
    connect_s: float = 10.0
    read_s: float = 60.0
    wait: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Download:
    """Brings one file to `part`. `room` is told the whole length before the first byte and may refuse.

    With `pinned` a digest is known beforehand: it decides whether parts of two answers belong together where the
    server says nothing about it.
    """

    part: Path
    pinned: bool
    size: int = 0
    proxy: str | None = None
    patience: Patience = field(default_factory=Patience)
    progress: Callable[[int, int], None] = lambda done, size: None
    room: Callable[[int], None] = lambda size: None
    resumed: bool = False

    @property
    def _meta(self) -> Path:
        return self.part.with_name(f"{self.part.name}.json")

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)
        self._meta.unlink(missing_ok=True)
        self.resumed = False

    def copy(self, file: Path) -> None:
        """From a folder of this machine, such as a stick; raises PullFailed."""
        try:
            source = file.open("rb")
        except OSError as error:
            raise PullFailed(PullProblem.SOURCE, f"{file}: {error.strerror}") from error
        with source, _named_problems(self.part):
            size = file.stat().st_size
            self._check_length(size)
            self.room(size)
            # Half of this copy is no beginning of what a server sends.
            self.discard()
            with self.part.open("wb") as target:
                while piece := source.read(_PIECE):
                    target.write(piece)
                    self.progress(target.tell(), size)

    def fetch(self, url: str) -> None:
        """From a server; goes on after cuts as long as anything comes. Raises PullFailed."""
        size = self.size or self._known(url).get("size", 0)
        if size and self._have(url) == size:
            self.resumed = True
            self.progress(size, size)
            return
        timeout = httpx.Timeout(self.patience.read_s, connect=self.patience.connect_s)
        headers = {"Accept-Encoding": "identity", "User-Agent": f"daozhen/{kiosk.__version__}"}
        try:
            client = httpx.Client(
                follow_redirects=True, max_redirects=MOST_REDIRECTS, timeout=timeout, proxy=self.proxy, headers=headers
            )
        except (ValueError, httpx.InvalidURL) as error:
            raise PullFailed(PullProblem.SOURCE, f"the proxy's address: {error}") from error
        with client:
            self._go_on(client, url)

    def _go_on(self, client: httpx.Client, url: str) -> None:
        idle = 0
        while True:
            before = self._have(url)
            try:
                with _named_problems(self.part):
                    self._once(client, url)
                return
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                raise PullFailed(PullProblem.SOURCE, str(error)) from error
            except httpx.TooManyRedirects as error:
                raise PullFailed(PullProblem.REDIRECTS, f"more than {MOST_REDIRECTS} redirects") from error
            except (httpx.TransportError, _Cut) as error:
                idle = 1 if self._have(url) >= before + _NEWS else idle + 1
                if idle >= self.patience.tries or "CERTIFICATE_VERIFY" in str(error):
                    raise PullFailed(PullProblem.SERVER, f"{type(error).__name__}: {error}") from error
                self.patience.wait(min(2.0 ** (idle - 1), _LONGEST_WAIT_S))

    def _once(self, client: httpx.Client, url: str) -> None:
        have, validator = self._have(url), self._known(url).get("validator", "")
        headers = {}
        if have:
            headers["Range"] = f"bytes={have}-"
            headers |= {"If-Range": validator} if validator else {}
        with client.stream("GET", url, headers=headers) as response:
            _check_way(response)
            if response.status_code == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
                self.discard()
                raise _Cut("asked for what lies behind its end")
            _check_status(response)
            (start, size), now = _place(response), _validator(response.headers)
            if start not in (0, have) or (start and validator and now not in ("", validator)):
                self.discard()
                raise _Cut("sends another part than the one asked for")
            self._check_length(size)
            self.room(size - start)
            if start == 0:
                # Before it is noted where what comes now is from.
                self.discard()
            note = {"url": url, "size": size, "validator": now or (validator if start else "")}
            self._meta.write_text(json.dumps(note), encoding="utf-8")
            self.resumed = start > 0
            self._write(response, start, size)

    def _write(self, response: httpx.Response, start: int, size: int) -> None:
        with self.part.open("r+b" if self.part.exists() else "wb") as target:
            target.truncate(start)
            target.seek(start)
            # As it comes: collected into larger pieces, the last one would be lost with the connection.
            for piece in response.iter_raw():
                if target.tell() + len(piece) > size:
                    raise PullFailed(PullProblem.LENGTH, f"more than the {size} bytes that were announced")
                target.write(piece)
                target.flush()
                self.progress(target.tell(), size)
            if target.tell() != size:
                raise _Cut(f"ends after {target.tell()} of {size} bytes")

    def _check_length(self, size: int) -> None:
        if self.size and size != self.size:
            raise PullFailed(PullProblem.LENGTH, f"{size} bytes there, {self.size} in the manifest")

    def _have(self, url: str) -> int:
        """Bytes of an earlier try that can be gone on with."""
        known = self._known(url)
        if not known or not (known.get("validator") or self.pinned):
            return 0
        return self.part.stat().st_size if self.part.is_file() else 0

    def _known(self, url: str) -> dict[str, Any]:
        try:
            untrusted = json.loads(self._meta.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        if not isinstance(untrusted, dict) or untrusted.get("url") != url:
            return {}
        return untrusted if isinstance(untrusted.get("validator"), str) else {}


class _Cut(Exception):
    """The connection or the server failed in a way that another try may mend."""


@contextlib.contextmanager
def _named_problems(part: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PullFailed(PullProblem.WRITE, f"{part}: {error.strerror}") from error


def _check_way(response: httpx.Response) -> None:
    """Every step from a safe address must be safe too."""
    way = [str(one.url.scheme) for one in (*response.history, response)]
    if way[0] == "https" and set(way) != {"https"}:
        raise PullFailed(PullProblem.REDIRECTS, f"from https to http://{response.url.host}")


def _check_status(response: httpx.Response) -> None:
    if response.status_code in _RETRIED:
        raise _Cut(f"HTTP {response.status_code}")
    if response.status_code not in (httpx.codes.OK, httpx.codes.PARTIAL_CONTENT):
        raise PullFailed(PullProblem.STATUS, f"HTTP {response.status_code} from {response.url.host}")
    if response.headers.get("content-encoding", "identity") != "identity":
        raise PullFailed(PullProblem.SERVER, "it packs what was asked for plain")


def _validator(headers: httpx.Headers) -> str:
    """What tells one version of a file from another; empty where the server says nothing reliable."""
    tag = headers.get("etag", "")
    return tag if tag and not tag.startswith("W/") else headers.get("last-modified", "")


def _place(response: httpx.Response) -> tuple[int, int]:
    """Where an answer begins and the whole length."""
    headers = response.headers
    try:
        if response.status_code == httpx.codes.PARTIAL_CONTENT:
            span, _, size = headers["content-range"].removeprefix("bytes ").partition("/")
            return int(span.partition("-")[0]), int(size)
        return 0, int(headers["content-length"])
    except (KeyError, ValueError) as error:
        raise PullFailed(PullProblem.LENGTH, "the server does not say how long it is") from error
