"""A worker as a real process, spoken to over its pipes as the window does."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from typing import TypeVar

from kiosk.wire.jsonlines import JsonLinesDecoder, Malformed
from kiosk.wire.worker_messages import Kinds, Message, decode

PATIENCE_S = 60
"""A bound against hanging for ever, far above what any answer takes."""

Kind = TypeVar("Kind", bound=Message)


class WorkerClient:
    def __init__(self, name: str, accepted: Kinds, environment: Mapping[str, str] | None = None) -> None:
        self._accepted = accepted
        self._messages: queue.Queue[Message | Malformed | None] = queue.Queue()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.workers", name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self.stderr = b""
        self._error_reader = threading.Thread(target=self._read_errors)
        self._error_reader.start()

    def send(self, *messages: Message) -> None:
        self.send_bytes(b"".join(message.encode() for message in messages))

    def send_bytes(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def receive(self) -> Message | Malformed | None:
        """The next message; None at the end of the worker's output."""
        return self._messages.get(timeout=PATIENCE_S)

    def until(self, kind: type[Kind], wanted: Callable[[Kind], bool] = lambda _: True) -> Kind:
        """The next message of a kind, skipping others."""
        while (message := self.receive()) is not None:
            if isinstance(message, kind) and wanted(message):
                return message
        raise AssertionError(f"the worker ended without {kind.__name__}")

    def close_stdin(self) -> int:
        """As when the window dies; returns the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(PATIENCE_S)

    def end(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE_S)
        self._reader.join(PATIENCE_S)
        self._error_reader.join(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            pipe.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        decoder = JsonLinesDecoder()
        for data in iter(lambda: self.process.stdout.read1(65536), b""):  # type: ignore[union-attr]
            for line in decoder.feed(data):
                self._messages.put(line if isinstance(line, Malformed) else decode(line, self._accepted))
        self._messages.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        self.stderr = self.process.stderr.read()
