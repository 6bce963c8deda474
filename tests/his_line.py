"""The line to a hospital system that speaks JSON over HTTP, with everything that can happen on it."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class HisLine:
    """A proxy before a server on 127.0.0.1; `port` is where to call, `calls` the methods called since `recover()`.

    Faults before the server: refuse, busy (503, Retry-After 17), broken (500), web_page, session_ended (401), hang,
    late (the call arrives when `let_go()` is called). Faults of its answer: lose_answer, half_answer, drip, endless,
    not_json, other_answer.
    """

    def __init__(self, server_port: int) -> None:
        self.calls: list[str] = []
        self._server_port = server_port
        self._fault = ""
        self._at: int | str | None = None
        self._held = threading.Event()
        self._lock = threading.Lock()
        self._late: list[threading.Thread] = []
        self._answered_late: list[int] = []
        line = self

        class Handler(_Handler):
            the_line = line

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> HisLine:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self.let_go()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def fail(self, fault: str, *, at: int | str | None = None) -> None:
        """From now on; or only the call of this number, counted from here; or only the first of this method."""
        with self._lock:
            self.calls.clear()
            self._held.clear()
            self._fault, self._at = fault, at

    def recover(self) -> None:
        self.let_go()
        self.fail("")

    def let_go(self) -> list[int]:
        """End `hang`, and deliver what was `late`; the statuses of the answers to those calls."""
        self._held.set()
        for thread in self._late:
            thread.join()
        self._late.clear()
        answered, self._answered_late = self._answered_late, []
        return answered

    def fault_of_next(self, method: str) -> str:
        with self._lock:
            number, first = len(self.calls), method not in self.calls
            self.calls.append(method)
            return self._fault if self._at in {None, number} or (first and self._at == method) else ""

    def wait(self) -> None:
        self._held.wait()

    def later(self, path: str, headers: dict[str, str], body: bytes) -> None:
        def deliver() -> None:
            self._held.wait()
            status, _, _ = self.ask(path, headers, body)
            self._answered_late.append(status)

        thread = threading.Thread(target=deliver, daemon=True)
        self._late.append(thread)
        thread.start()

    def ask(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, str, bytes]:
        """The server's own answer: status, type and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self._server_port, timeout=30)
        with contextlib.closing(connection):
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Content-Type", ""), answer.read()


class _Handler(BaseHTTPRequestHandler):
    the_line: ClassVar[HisLine]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name: self.headers[name] for name in ("Content-Type", "Authorization") if name in self.headers}
        fault = self.the_line.fault_of_next(json.loads(body)["method"])
        with contextlib.suppress(OSError):  # The caller may have gone.
            if not self._fails_before(fault, headers, body):
                self._answer(fault, *self.the_line.ask(self.path, headers, body))

    def _fails_before(self, fault: str, headers: dict[str, str], body: bytes) -> bool:
        match fault:
            case "refuse":
                self._cut()
            case "busy":
                self._send(503, "text/plain", b"later", {"Retry-After": "17"})
            case "broken":
                self._send(500, "text/html", b"<h1>Internal Server Error</h1>")
            case "web_page":
                self._send(200, "text/html", "<h1>系统维护 Maintenance</h1>".encode())
            case "session_ended":
                self._send(401, "text/plain", b"")
            case "hang":
                self.the_line.wait()
            case "late":
                self.the_line.later(self.path, headers, body)
                self.the_line.wait()
            case _:
                return False
        return True

    def _answer(self, fault: str, status: int, kind: str, body: bytes) -> None:
        match fault:
            case "lose_answer":
                self._cut()
            case "half_answer":
                self._send(status, kind, body, cut_after=len(body) // 2)
            case "drip":
                self._send(status, kind, body[:-1], {"Content-Length": str(len(body))})
                self.the_line.wait()
            case "endless":
                self._send(status, kind, b"", {"Content-Length": "1000000000"})
                while True:
                    self.wfile.write(b" " * 65536)
            case "not_json":
                self._send(status, kind, body[:-1])
            case "other_answer":
                self._send(status, kind, json.dumps({"id": -1, "result": []}).encode())
            case _:
                self._send(status, kind, body)

    def _send(
        self, status: int, kind: str, body: bytes, more: dict[str, str] | None = None, cut_after: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[:cut_after])
        self.wfile.flush()
        if cut_after is not None:
            self._cut()

    def _cut(self) -> None:
        """End the connection with a reset instead of an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass
