"""One connection to a hospital's server for as long as requests follow each other, and a new one after a pause."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest

from kiosk.adapters.his import http_exchange
from kiosk.adapters.his.http_exchange import HttpExchange


class Server(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    callers: ClassVar[list[tuple[str, int]]] = []

    def do_GET(self) -> None:
        self.callers.append(self.client_address)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    Server.callers.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


@pytest.mark.parametrize(("longest_idle_s", "connections"), [(60.0, 1), (0.0, 3)])
def test_what_was_idle_for_too_long_is_not_used_again(
    url: str, longest_idle_s: float, connections: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_exchange, "_LONGEST_IDLE_S", longest_idle_s)
    exchange = HttpExchange(10)
    for _ in range(3):
        assert exchange.send("GET", url, {}).status == 200
    exchange.close()
    assert len(set(Server.callers)) == connections
