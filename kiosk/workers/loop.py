"""The loop every worker shares: messages come as lines and frames on stdin, answers go out as lines on stdout, both
never shared with native code. A worker ends when told to stop or when stdin closes, because then the window is gone.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from kiosk import logs
from kiosk.wire.checked_fields import MessageError
from kiosk.wire.jsonlines import Malformed
from kiosk.wire.worker_messages import Kinds, Message, Ping, Pong, Refused, Stop, decode, decode_frame
from kiosk.wire.worker_pipe import Frame, PipeDecoder

facts = logs.get(__name__)

EXIT_BUG = 70
"""Exit code of a worker that met an error nobody foresaw (EX_SOFTWARE of sysexits.h)."""

_READ_BYTES = 64 * 1024
_PR_SET_PDEATHSIG = 1
_PR_SET_DUMPABLE = 4

Send = Callable[[Message], None]
"""Writes one message to the window; may be called from any thread, never raises when the window is gone."""


class Worker(Protocol):
    def handle(self, message: Message) -> None:
        """Do what one message asks; runs in the loop's thread. Pings wait until it returns."""

    def close(self) -> None:
        """Called once when the loop ends, whatever the reason."""


Refuse = Callable[[MessageError], None]


Read = Callable[[], bytes]
"""Gives the next bytes, as soon as there are some; empty at the end."""


def run(accepted: Kinds, start: Callable[[Send], Worker], follow: Callable[[Read], Read] = lambda read: read) -> int:
    """Run a worker until the window stops it and return the exit code.

    `start` makes the worker and gets `send`. If the worker has a method `refuse(error: MessageError)`, it is told
    of messages with unsound fields; otherwise the window is told with Refused. Work in threads is the worker's own. One
    that lives in another event loop lets it turn in what `follow` makes of the blocking read.
    """
    _end_with_the_window()
    stdin, stdout = _claim_pipes()
    logs.to_stderr()
    # Python would print the error's message, which may quote what a patient said.
    threading.excepthook = lambda failed: _report(failed.exc_value)
    try:
        serve(follow(lambda: _read(stdin)), stdout, accepted, start)
    except Exception as error:
        _report(error)
        return EXIT_BUG
    return 0


def serve(read: Read, stdout: int, accepted: Kinds, start: Callable[[Send], Worker]) -> None:
    """The loop itself: `read` gives the next bytes (empty at the end), answers go to the descriptor `stdout`."""
    lock = threading.Lock()

    def send(message: Message) -> None:
        line = message.encode()
        # When the window is gone the next read says so.
        with lock, contextlib.suppress(OSError):
            _write_all(stdout, line)

    worker = start(send)
    refuse: Refuse = getattr(worker, "refuse", None) or (lambda error: send(Refused(str(error))))
    decoder = PipeDecoder()
    try:
        while data := read():
            for line in decoder.feed(data):
                if isinstance(line, Malformed):
                    send(Refused(line.problem))
                    continue
                try:
                    message = decode_frame(line, accepted) if isinstance(line, Frame) else decode(line, accepted)
                except MessageError as error:
                    refuse(error)
                    continue
                if isinstance(message, Stop):
                    return
                if isinstance(message, Ping):
                    send(Pong(message.sequence))
                else:
                    worker.handle(message)
    finally:
        worker.close()


def _claim_pipes() -> tuple[int, int]:
    """Move stdin and stdout to private descriptors, not inherited by children.

    What native libraries or stray prints write to descriptor 1 goes to stderr, and nobody else can eat our input.
    """
    stdin, stdout = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    if sys.platform == "win32":
        import msvcrt

        for pipe in (stdin, stdout):
            msvcrt.setmode(pipe, os.O_BINARY)
    return stdin, stdout


def _end_with_the_window() -> None:
    """Ctrl-C belongs to the window; a worker never outlives it and never dumps its memory to disk."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    # A core_pattern that pipes to a program ignores the limit above.
    libc.prctl(_PR_SET_DUMPABLE, 0)


def _read(stdin: int) -> bytes:
    try:
        return os.read(stdin, _READ_BYTES)
    except OSError:
        return b""


def _write_all(descriptor: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def _report(error: BaseException | None) -> None:
    """Where a bug is, without the values: an error's message may quote what a patient said."""
    if error is not None:
        facts.error("worker_bug", kind=type(error).__name__, where=logs.where(error.__traceback__))
