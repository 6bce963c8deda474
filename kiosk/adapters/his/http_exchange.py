"""HTTP with one hospital server: bounded in time and size, with the hospital's own certificates, errors translated."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpcore

from kiosk.adapters.his.tls import TlsFiles, refused_by_tls, tls_context
from kiosk.domain.errors import HisLockedOut, HisUnavailable

LONGEST_ANSWER = 8_000_000
"""Bytes; more than any answer to us can sensibly have."""
_PIECE = 16_384
_LONGEST_IDLE_S = 4.0
"""Servers close idle connections, some after five seconds; closed while we send, one looks like a fault of theirs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class HttpExchange:
    """`timeout_s` bounds each exchange as a whole, however slowly a server drips.

    Proxies and passwords of the environment do not apply: the hospital system is in the house. Certificates are read
    again after a failure, so that a renewed one needs no restart.
    """

    def __init__(self, timeout_s: float, tls: TlsFiles | None = None) -> None:
        self._timeout_s = timeout_s
        self._tls = tls or TlsFiles()
        self._deadline = _Deadline()
        self._pool: httpcore.ConnectionPool | None = None

    def close(self) -> None:
        """Connections are closed; a later exchange opens new ones."""
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """One request and its whole answer, whatever its status. Raises HisUnavailable or HisLockedOut."""
        try:
            with self._deadline.within(self._timeout_s):
                return self._send(method, url, headers, body)
        except (httpcore.UnsupportedProtocol, httpcore.LocalProtocolError, UnicodeError) as error:
            raise HisLockedOut(f"his.url: {type(error).__name__}") from error
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as error:
            raise self._translated(error) from error

    def _send(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        sent = {"Accept-Encoding": "identity", "User-Agent": "daozhen", **headers}
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._timeout_s)
        pool = self._opened()
        with pool.stream(method, url, headers=sent, content=body, extensions={"timeout": timeouts}) as response:
            content = bytearray()
            for part in response.iter_stream():
                content += part
                if len(content) > LONGEST_ANSWER:
                    raise HisUnavailable("the answer does not end")
            names = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
            return Answer(response.status, names, bytes(content))

    def _opened(self) -> httpcore.ConnectionPool:
        if self._pool is None:
            self._pool = httpcore.ConnectionPool(
                ssl_context=tls_context(self._tls),
                network_backend=_PunctualNetwork(self._deadline),
                keepalive_expiry=_LONGEST_IDLE_S,
            )
        return self._pool

    def _translated(self, error: Exception) -> HisUnavailable:
        """Certificates do not mend themselves: what TLS refuses is for staff, everything else may pass."""
        refusal = refused_by_tls(error)
        if refusal is None:
            return HisUnavailable(f"{type(error).__name__}{_of_the_system(error)}")
        self.close()
        return HisLockedOut(f"TLS: {refusal}")


def readable(path: str, setting: str) -> bytes:
    """The content of a file that a setting names; HisLockedOut names the setting when it cannot be read."""
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise HisLockedOut(f"{setting}: {path} cannot be read: {error.strerror}") from error


def _of_the_system(error: BaseException | None) -> str:
    """`: Connection refused` and the like, where the system said so."""
    while error is not None:
        if isinstance(error, OSError) and error.strerror:
            return f": {error.strerror}"
        error = error.__cause__ or error.__context__
    return ""


class _Deadline(threading.local):
    """When the exchange of this thread must be over (time.monotonic)."""

    at = 0.0

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        self.at = time.monotonic() + seconds
        yield

    def left(self, timeout: float | None) -> float:
        """Seconds that one operation may still take; ReadTimeout when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the exchange takes too long")
        return left if timeout is None else min(left, timeout)


class _PunctualNetwork(httpcore.NetworkBackend):
    """The network with every operation cut to what is left of the exchange: a time limit per read bounds no drip."""

    def __init__(self, deadline: _Deadline) -> None:
        self._deadline = deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        stream = self._network.connect_tcp(host, port, left, local_address, socket_options)
        return _PunctualStream(stream, self._deadline)

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)


class _PunctualStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for start in range(0, len(buffer), _PIECE):
            self._stream.write(buffer[start : start + _PIECE], self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _PunctualStream(self._stream.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
