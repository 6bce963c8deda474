"""One worker as a child process: started, watched, started again, never waited for by the window."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

import kiosk
from kiosk import logs
from kiosk.ui.restart_policy import RestartPolicy
from kiosk.wire.checked_fields import MessageError
from kiosk.wire.delivery_messages import FROM_DELIVERY
from kiosk.wire.identity_messages import FROM_IDENTITY
from kiosk.wire.jsonlines import JsonLinesDecoder, Malformed
from kiosk.wire.sound_messages import FROM_SOUND
from kiosk.wire.speech_messages import FROM_SPEECH
from kiosk.wire.voice_messages import FROM_VOICE
from kiosk.wire.worker_messages import EXIT_AGAIN, FROM_LLM, Busy, Message, Ping, Pong, Refused, Stop, decode

facts = logs.get(__name__)

SAYS = {
    "speech": FROM_SPEECH,
    "delivery": FROM_DELIVERY,
    "llm": FROM_LLM,
    "voice": FROM_VOICE,
    "identity": FROM_IDENTITY,
    "sound": FROM_SOUND,
}
"""Worker names and the messages each may send."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Time limits in seconds. `silence_s` is how long a running worker may leave a ping unanswered."""

    ping_s: float = 2.0
    silence_s: float = 10.0
    start_s: float = 20.0
    grace_s: float = 2.0


def worker_command(name: str) -> list[str]:
    """The program and arguments of a worker; a frozen build has no -m and starts itself as `kiosk worker NAME`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "worker", name]
    return [sys.executable, "-m", "kiosk.workers", name]


def explain_exit(status: QProcess.ExitStatus, code: int, killed_for: str = "") -> str:
    """Why a worker ended, in words for staff; nothing of what it worked on."""
    if killed_for:
        return killed_for
    if status is QProcess.ExitStatus.NormalExit:
        if code == EXIT_AGAIN:
            return "asked to be started again"
        return f"ended with code {code}"
    try:
        return f"stopped by signal {signal.Signals(code).name}"
    except ValueError:
        return f"crashed with code {code}"


class WorkerProcess(QObject):
    """Runs the worker `name` of kiosk.workers and keeps it running.

    `up` comes when the worker answers for the first time after each start, once `greeting` has been sent; state that
    the worker needs must be sent on every `up`. After the third crash in ten minutes `degraded` comes and a new start
    is tried once a minute only.
    """

    message = Signal(object)
    up = Signal()
    down = Signal(str)
    degraded = Signal()

    def __init__(
        self,
        name: str,
        parent: QObject | None = None,
        *,
        greeting: Sequence[Message] = (),
        command: Sequence[str] | None = None,
        pace: Pace | None = None,
        restarts: RestartPolicy | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._accepted = SAYS[name]
        self._greeting = tuple(greeting)
        self._command = list(command or worker_command(name))
        self._pace = pace or Pace()
        self._restarts = restarts or RestartPolicy()
        self._process: QProcess | None = None
        self._decoder = JsonLinesDecoder()
        self._wanted = False
        self._is_up = False
        self._started_at = 0.0
        self._killed_for = ""
        self._asked = 0
        self._answered = 0
        self._patience_s = 0.0
        self._watchdog = QTimer(self, interval=_ms(self._pace.ping_s))
        self._watchdog.timeout.connect(self._watch)
        self._restart = QTimer(self, singleShot=True)
        self._restart.timeout.connect(self._spawn)
        self._grace = QTimer(self, singleShot=True, interval=_ms(self._pace.grace_s))
        self._grace.timeout.connect(self._insist)

    @property
    def name(self) -> str:
        return self._name

    @property
    def is_up(self) -> bool:
        """Whether the worker runs and has answered since its last start."""
        return self._is_up

    @property
    def is_degraded(self) -> bool:
        return self._restarts.degraded

    @property
    def pid(self) -> int:
        """The process id, 0 when none runs."""
        return self._process.processId() if self._process else 0

    def start(self) -> None:
        self._wanted = True
        if self._process is None and not self._restart.isActive():
            self._spawn()

    def send(self, message: Message) -> None:
        """Send to a worker that is up; a message to one that is down is dropped, as `down` has told."""
        if self._is_up:
            self._write(message)

    def stop(self) -> None:
        """Ask the worker to finish; it is terminated, then killed, when it takes longer than the grace time."""
        self._wanted = False
        self._restart.stop()
        self._watchdog.stop()
        if self._process is not None:
            self._write(Stop())
            self._process.closeWriteChannel()
            self._grace.start()

    def shutdown(self) -> None:
        """Stop and wait, at most twice the grace time: for the end of the application only."""
        self.stop()
        process = self._process
        if process is None:
            return
        if not process.waitForFinished(_ms(self._pace.grace_s)):
            process.kill()
            process.waitForFinished(_ms(self._pace.grace_s))

    def _spawn(self) -> None:
        process = QProcess(self)
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.setProcessEnvironment(_environment())
        process.readyReadStandardOutput.connect(self._read)
        process.started.connect(self._watch)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        self._process = process
        self._decoder = JsonLinesDecoder()
        self._killed_for = ""
        self._started_at = time.monotonic()
        self._patience_s = self._pace.start_s
        self._watchdog.start()
        process.start(self._command[0], self._command[1:])

    def _write(self, message: Message) -> None:
        if self._process is not None and self._process.isWritable():
            self._process.write(message.encode())

    def _read(self) -> None:
        if self._process is None:
            return
        for line in self._decoder.feed(bytes(self._process.readAllStandardOutput().data())):
            if isinstance(line, Malformed):
                facts.warning("worker_line_unreadable", worker=self._name)
                continue
            try:
                message = decode(line, self._accepted)
            except MessageError as error:
                facts.warning("worker_message_unsound", worker=self._name, kind=error.kind)
                continue
            self._take(message)

    def _take(self, message: Message) -> None:
        match message:
            case Pong(sequence):
                if self._answered < sequence <= self._asked:
                    self._answered = sequence
                    self._patience_s = self._pace.silence_s
                    self._greet()
            case Busy(seconds):
                self._patience_s = max(self._patience_s, float(seconds))
            case Refused():
                facts.warning("worker_refused_message", worker=self._name)
            case _:
                self.message.emit(message)

    def _greet(self) -> None:
        if self._is_up or not self._wanted:
            return
        self._is_up = True
        facts.info("worker_up", worker=self._name, ms=1000 * (time.monotonic() - self._started_at))
        for message in self._greeting:
            self._write(message)
        self.up.emit()

    def _watch(self) -> None:
        # Counted in turns of this timer, not on a clock: after a suspend, or when the window itself was slow,
        # the answer lies unread in the pipe and the worker must not die for it.
        if self._process is None or not self._wanted:
            return
        if self._patience_s <= 0:
            self._kill("did not answer in time")
            return
        self._patience_s -= self._pace.ping_s
        self._asked += 1
        self._write(Ping(self._asked))

    def _kill(self, reason: str) -> None:
        if self._process is not None:
            self._killed_for = reason
            self._process.kill()

    def _insist(self) -> None:
        if self._process is None:
            return
        if self._killed_for:
            self._process.kill()
        else:
            self._killed_for = "did not stop when asked"
            self._process.terminate()
            self._grace.start()

    def _failed(self, error: QProcess.ProcessError) -> None:
        # Every other error is followed by `finished`.
        if error is QProcess.ProcessError.FailedToStart:
            self._ended("could not be started", -1)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        self._ended(explain_exit(status, code, self._killed_for), code)

    def _ended(self, reason: str, code: int) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self._watchdog.stop()
        self._grace.stop()
        self._is_up = False
        if not self._wanted:
            facts.info("worker_stopped", worker=self._name, exit=code)
            self.down.emit("stopped")
            return
        now = time.monotonic()
        was_degraded = self._restarts.degraded
        note = self._restarts.asked if code == EXIT_AGAIN else self._restarts.crashed
        self._restarts = note(now, now - self._started_at)
        facts.error("worker_ended", worker=self._name, exit=code, kind=reason.replace(" ", "_"))
        self._restart.start(_ms(self._restarts.delay_s))
        self.down.emit(reason)
        if self._restarts.degraded and not was_degraded:
            facts.error("worker_degraded", worker=self._name)
            self.degraded.emit()


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))


def _environment() -> QProcessEnvironment:
    """Ours, UTF-8 whatever the locale says, and able to import this very package."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONUTF8", "1")
    importable = [str(Path(kiosk.__file__).resolve().parent.parent), environment.value("PYTHONPATH", "")]
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, importable)))
    return environment
