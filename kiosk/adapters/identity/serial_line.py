"""A serial line as bytes with time limits: 8 data bits, no parity, one stop bit, nothing translated.

Without pyserial: all that is needed of it is this one mode, which the standard library sets as well.
"""

from __future__ import annotations

import errno
import os
import select
import time

from kiosk.domain.card_reading import ReaderError, ReaderProblem

_SPEED = 115200
_PROBLEMS = {
    errno.EACCES: ReaderProblem.DENIED,
    errno.EPERM: ReaderProblem.DENIED,
    errno.EBUSY: ReaderProblem.BUSY,
    errno.EAGAIN: ReaderProblem.BUSY,
}
"""Of the system's error numbers; any other means that the device is not there, or not any more."""
_PIECE = 4096


class SerialLine:
    """The device of a path such as /dev/ttyUSB0, ours alone while it is open. Methods raise ReaderError."""

    def __init__(self, device: str) -> None:
        try:
            self._line = os.open(device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise _translated(error) from error
        try:
            _make_raw(self._line)
        except OSError as error:
            os.close(self._line)
            raise _translated(error) from error

    def close(self) -> None:
        os.close(self._line)

    def write(self, data: bytes, within_s: float) -> None:
        until = time.monotonic() + within_s
        while data:
            self._wait(until, writing=True)
            try:
                data = data[os.write(self._line, data) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _translated(error) from error

    def read(self, until: float) -> bytes:
        """What has come, at least one byte; SILENT when nothing does before `until` (time.monotonic)."""
        self._wait(until, writing=False)
        try:
            data = os.read(self._line, _PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise _translated(error) from error
        if not data:
            raise ReaderError(ReaderProblem.ABSENT)
        return data

    def drop_input(self) -> None:
        """Forget what has come and was not read."""
        import termios

        try:
            termios.tcflush(self._line, termios.TCIFLUSH)
        except termios.error as error:
            raise ReaderError(ReaderProblem.ABSENT) from error

    def _wait(self, until: float, *, writing: bool) -> None:
        lines = [self._line]
        left = max(0.0, until - time.monotonic())
        readable, writable, _ = select.select([] if writing else lines, lines if writing else [], [], left)
        if not readable and not writable:
            raise ReaderError(ReaderProblem.SILENT)


def _make_raw(line: int) -> None:
    import fcntl
    import termios
    import tty

    try:
        # Two programs on one line would take each other's answers.
        fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
        tty.setraw(line)
        settings = termios.tcgetattr(line)
        speed = getattr(termios, f"B{_SPEED}")
        settings[2] |= termios.CLOCAL | termios.CREAD
        settings[4] = settings[5] = speed
        termios.tcsetattr(line, termios.TCSANOW, settings)
    except termios.error as error:
        raise OSError(*error.args) from error


def _translated(error: OSError) -> ReaderError:
    return ReaderError(_PROBLEMS.get(error.errno or 0, ReaderProblem.ABSENT))
