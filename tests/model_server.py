"""A real HTTP server on 127.0.0.1 that serves models well or badly, as the test says."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Offer:
    """What lies at one address. `cuts` are the bytes of each answer after which the connection ends, while any are
    left; `stall` ends no connection, it says nothing more. `status` and `redirect` answer instead.
    """

    body: bytes = b""
    etag: str = '"one"'
    ranges: bool = True
    heeds_version: bool = True
    cuts: list[int] = field(default_factory=list)
    stall: bool = False
    status: int = 200
    redirect: str = ""
    announced: int | None = None
    headers: dict[str, str] = field(default_factory=dict)


class ModelServer:
    def __init__(self) -> None:
        self.offers: dict[str, Offer] = {}
        self.requests: list[dict[str, str]] = []
        self.over = threading.Event()
        outside = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outside.requests.append({"path": self.path, **{k.lower(): v for k, v in self.headers.items()}})
                offer = outside.offers.get(self.path.removeprefix(outside.url), Offer(status=404))
                outside.answer(self, offer)

            def log_message(self, *what: object) -> None:
                """Nothing on the screen."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, handler: BaseHTTPRequestHandler, offer: Offer) -> None:
        start, body = 0, offer.body
        wanted = handler.headers.get("Range", "")
        status = 302 if offer.redirect else offer.status
        same = not offer.heeds_version or handler.headers.get("If-Range", offer.etag) == offer.etag
        if offer.ranges and wanted and same and status == 200:
            start = int(wanted.removeprefix("bytes=").rstrip("-"))
            status = 206 if start < len(body) else 416
        handler.send_response(status)
        if offer.redirect:
            handler.send_header("Location", offer.redirect)
        if status == 206:
            handler.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        if status not in (200, 206):
            body, start = b"", 0
        if offer.etag:
            handler.send_header("ETag", offer.etag)
        for name, value in offer.headers.items():
            handler.send_header(name, value)
        if offer.announced != -1:
            length = offer.announced if offer.announced is not None else len(body) - start
            handler.send_header("Content-Length", str(length))
        handler.send_header("Connection", "close")
        handler.end_headers()
        cut = offer.cuts.pop(0) if offer.cuts else None
        handler.wfile.write(body[start : None if cut is None else start + cut])
        handler.wfile.flush()
        if offer.stall and cut is not None:
            self.over.wait(60)
        handler.close_connection = True

    def stop(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
