"""A hospital system on a bare socket that answers each request as a script says, byte by byte where it must."""

from __future__ import annotations

import contextlib
import json
import socket
import struct
import threading
from collections.abc import Callable

Reply = Callable[["Conversation"], None]


class Conversation:
    """One request, read whole, and the connection to answer on; `ended` is set when the test is over.

    Names of `headers` are in lower case.
    """

    def __init__(
        self, connection: socket.socket, line: str, headers: dict[str, str], body: bytes, ended: threading.Event
    ):
        self.connection = connection
        self.method, self.target, _ = line.split(" ")
        self.headers = headers
        self.body = body
        self.ended = ended

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)

    def drip(self, data: bytes) -> None:
        """A byte at a time, slowly, until the other side has had enough."""
        for byte in data * 1000:
            if self.ended.wait(0.05):
                return
            self.send(bytes((byte,)))

    def reset(self) -> None:
        """Break the connection so that the other side sees a reset and no orderly end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


class FaultyPeer:
    """`reply` answers every request; `requests` are method and target of those so far."""

    def __init__(self, port: int = 0) -> None:
        self.reply: Reply = answer(500)
        self.requests: list[tuple[str, str]] = []
        self._ended = threading.Event()
        self._server = socket.create_server(("127.0.0.1", port))
        self.port = self._server.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/fhir/R4"
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        if self._ended.is_set():
            return
        self._ended.set()
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for thread in list(self._threads):
            thread.join(5)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        """One request for each connection; whoever goes away in between is nobody's fault."""
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.settimeout(5)
            head, _, body = _until(connection, b"", b"\r\n\r\n").partition(b"\r\n\r\n")
            line, *named = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in named)}
            while len(body) < int(headers.get("content-length", 0)):
                part = connection.recv(65536)
                if not part:
                    return
                body += part
            asked = Conversation(connection, line, headers, body, self._ended)
            self.requests.append((asked.method, asked.target))
            self.reply(asked)


def _until(connection: socket.socket, have: bytes, mark: bytes) -> bytes:
    while mark not in have:
        part = connection.recv(65536)
        if not part:
            raise OSError("the client went away")
        have += part
    return have


def http(status: int, body: bytes, headers: dict[str, str] | None = None, length: int | None = None) -> bytes:
    """An HTTP answer; `length` says another Content-Length than the true one."""
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body) if length is None else length}", "Connection: close"]
    named = {"Content-Type": "application/fhir+json"} | (headers or {})
    lines += [f"{name}: {value}" for name, value in named.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def outcome(code: str, text: str = "", diagnostics: str = "") -> bytes:
    issue = {"severity": "error", "code": code, "details": {"text": text}, "diagnostics": diagnostics}
    return json.dumps({"resourceType": "OperationOutcome", "issue": [issue]}).encode()


def answer(status: int, body: bytes = b"", **headers: str) -> Reply:
    """The same answer to everything."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked: asked.send(http(status, body, named))


def only_post(reply: Reply) -> Reply:
    """As `reply` to what is sent; searches find nothing, as on a sound server."""
    found_nothing = json.dumps({"resourceType": "Bundle", "type": "searchset"}).encode()
    return lambda asked: reply(asked) if asked.method == "POST" else asked.send(http(200, found_nothing))


def taken(asked: Conversation) -> None:
    """A server that takes every transaction and finds each visit once."""
    if asked.method == "GET":
        entry = [{"resource": {"resourceType": "Basic"}}]
        asked.send(http(200, json.dumps({"resourceType": "Bundle", "type": "searchset", "entry": entry}).encode()))
    else:
        asked.send(http(200, entries(asked, "201 Created")))


def entries(asked: Conversation, status: str, odd: dict | None = None) -> bytes:
    """An answer to the transaction that was asked; `odd` replaces the response to its first entry."""
    made = [{"response": {"status": status}} for _ in json.loads(asked.body)["entry"]]
    if odd is not None:
        made[0]["response"] = odd
    return json.dumps({"resourceType": "Bundle", "type": "transaction-response", "entry": made}).encode()
