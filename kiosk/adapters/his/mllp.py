"""MLLP over TCP or TLS: one connection to a hospital system's listener."""

from __future__ import annotations

import socket
import ssl
import time
from collections import deque

from kiosk.adapters.his.tls import refused_by_tls
from kiosk.domain.errors import HisLockedOut, HisUnavailable
from kiosk.wire.mllp import Block, BrokenBlock, MllpDecoder, encode_block

_CHUNK = 65536


class PeerGone(HisUnavailable):
    """The other side ended the connection before the first byte of an answer."""


class MllpConnection:
    """Opened when it is made; every error is HisUnavailable and says in words how far it came.

    What TLS refuses is HisLockedOut, also after the connection stood: TLS 1.3 looks at our certificate that late.

    `deadline` is a time of time.monotonic() by which the call has ended. `tls` is None for plain TCP.
    """

    def __init__(self, host: str, port: int, tls: ssl.SSLContext | None, deadline: float) -> None:
        self._decoder = MllpDecoder()
        self._blocks: deque[Block] = deque()
        self._socket = _connect(host, port, deadline)
        if tls is not None:
            self._socket = _secure(self._socket, host, tls, deadline)

    def close(self) -> None:
        self._socket.close()

    def send(self, content: bytes, deadline: float) -> None:
        try:
            self._socket.settimeout(_left(deadline))
            self._socket.sendall(encode_block(content))
        except TimeoutError as error:
            raise HisUnavailable("it does not take the message") from error
        except OSError as error:
            self._read_refusal(deadline)
            raise PeerGone(f"the connection ended while sending: {_words(error)}") from error

    def receive(self, deadline: float) -> bytes:
        """The next block; what stands between blocks is passed over."""
        nothing_yet = True
        while not self._blocks:
            try:
                self._socket.settimeout(_left(deadline))
                data = self._socket.recv(_CHUNK)
            except TimeoutError as error:
                raise HisUnavailable("no ACK in time" if nothing_yet else "half an ACK and no more in time") from error
            except OSError as error:
                _raise_refusal(error)
                raise self._ended(_words(error), nothing_yet) from error
            if not data:
                raise self._ended("closed", nothing_yet)
            nothing_yet = False
            self._blocks += self._decoder.feed(data)
        block = self._blocks.popleft()
        if isinstance(block, BrokenBlock):
            raise HisUnavailable(f"a broken ACK: {block.problem}")
        return block

    def _read_refusal(self, deadline: float) -> None:
        """Whoever refuses our certificate says so and closes; writing fails while the reason waits to be read."""
        try:
            self._socket.settimeout(_left(deadline))
            self._socket.recv(_CHUNK)
        except OSError as error:
            _raise_refusal(error)

    @staticmethod
    def _ended(how: str, nothing_yet: bool) -> HisUnavailable:
        if nothing_yet:
            return PeerGone(f"the connection ended before an ACK: {how}")
        return HisUnavailable(f"the connection ended in the middle of an ACK: {how}")


def _connect(host: str, port: int, deadline: float) -> socket.socket:
    try:
        connection = socket.create_connection((host, port), _left(deadline))
    except (socket.gaierror, UnicodeError) as error:
        raise HisUnavailable(f"the name {host} is not known") from error
    except TimeoutError as error:
        raise HisUnavailable(f"no TCP connection: {host} port {port} does not answer") from error
    except OSError as error:
        raise HisUnavailable(f"no TCP connection to {host} port {port}: {_words(error)}") from error
    # One small message waits for one small answer: nothing is gained by collecting bytes.
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _secure(plain: socket.socket, host: str, tls: ssl.SSLContext, deadline: float) -> ssl.SSLSocket:
    try:
        plain.settimeout(_left(deadline))
        return tls.wrap_socket(plain, server_hostname=host)
    except OSError as error:
        plain.close()
        _raise_refusal(error)
        raise HisUnavailable(f"no TLS on this port: {_words(error)}") from error


def _raise_refusal(error: OSError) -> None:
    """Certificates do not mend themselves."""
    refusal = refused_by_tls(error)
    if refusal is not None:
        raise HisLockedOut(f"TLS: {refusal}") from error


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _words(error: OSError) -> str:
    if isinstance(error, ssl.SSLError):
        return error.reason or type(error).__name__
    return error.strerror or type(error).__name__
