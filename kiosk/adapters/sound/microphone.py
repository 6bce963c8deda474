"""The kiosk's microphone, as Qt opens it: 16 kHz mono signed 16-bit little-endian `frames`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk import logs
from kiosk.adapters.sound.source_watch import SourceWatch
from kiosk.wire.pcm import Resampler, SampleFormat, little_endian, mono
from kiosk.wire.sound_check import SAMPLE_RATE, SoundCheck
from kiosk.wire.sound_messages import MicrophoneProblem

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource

facts = logs.get(__name__)

ROOM_S = 1.0
BUFFER_US = 4_000_000
"""The system keeps so much sound while nobody takes it; with Qt's own quarter of a second words were lost."""
SOUNDLESS_MS = 4000
"""Without a byte for so long the device is dead; PulseAudio gives its first ones up to two seconds late."""


class Microphone(QObject):
    """The system's microphone, or the one whose name or id is `device`.

    It is unavailable until look() has found one. Devices may come and go afterwards. Each new one is listened to for a
    second, for `room`: how loud it is when nobody speaks, in decibels below full scale; this sound goes nowhere.
    `problem` is a MicrophoneProblem; listening has stopped then. `stopped` follows every stop().

    Once the sound server has gone, Qt's own connection to it never comes back, and opening a device would abort the
    process: there is no microphone any more until the program is started again.
    """

    frames = Signal(bytes)
    stopped = Signal()
    room = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)

    def __init__(self, device: str = "", parent: QObject | None = None, *, watch: SourceWatch | None = None) -> None:
        super().__init__(parent)
        self._wanted = device
        self._devices: Any = None
        self._listed: frozenset[str] = frozenset()
        self._gone: frozenset[str] = frozenset()
        self._server_gone = False
        self._watch = watch or SourceWatch(self)
        self._watch.listed.connect(self._server_told)
        self._watch.lost.connect(self._server_lost)
        self._device: QAudioDevice | None = None
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._converter: _Converter | None = None
        self._measuring: SoundCheck | None = None
        # Qt does not always notice that a device is gone: its stream then stays open and gives nothing.
        self._soundless = QTimer(self, interval=SOUNDLESS_MS)
        self._soundless.setSingleShot(True)
        self._soundless.timeout.connect(self._give_up)

    @property
    def available(self) -> bool:
        return self._device is not None

    @property
    def name(self) -> str:
        """What the system calls the device; empty without one."""
        return self._device.description() if self._device is not None else ""

    def look(self) -> bool:
        """Find the device and follow changes from now on; returns `available`."""
        if self._devices is None:
            from PySide6.QtMultimedia import QMediaDevices

            self._devices = QMediaDevices(self)
            self._devices.audioInputsChanged.connect(self._choose)
            self._listed = self._watch.names
            self._watch.start()
        self._choose()
        return self.available

    def close(self) -> None:
        """For the end of the application."""
        self._close()
        self._watch.stop()

    def start(self) -> None:
        """Listen; without a device this emits `problem` and nothing else."""
        self._close()
        problem = self._open()
        if problem:
            self.problem.emit(problem)

    def stop(self) -> None:
        """Stop listening. Sound the system still held back is emitted first, then `stopped`, and nothing afterwards."""
        self._close()
        self.stopped.emit()

    def _close(self) -> None:
        self._read()
        self._soundless.stop()
        self._measuring = None
        source, self._source, self._stream, self._converter = self._source, None, None, None
        if source is not None:
            source.stop()
            source.deleteLater()

    def _open(self) -> str:
        """Why the device cannot be listened to; empty when it can."""
        if self._device is None:
            return MicrophoneProblem.NO_DEVICE
        from PySide6.QtMultimedia import QAudioSource

        sound = _sound_of(self._device)
        self._converter = _Converter(sound)
        self._source = QAudioSource(self._device, sound, self)
        self._source.setBufferSize(sound.bytesForDuration(BUFFER_US))
        # Pull mode: in push mode Qt writes into a Python device from its audio thread, which crashes.
        self._stream = self._source.start()
        if self._stream is None:
            self._close()
            return MicrophoneProblem.CANNOT_OPEN
        self._stream.readyRead.connect(self._read)
        self._soundless.start()
        return ""

    def _read(self) -> None:
        if self._stream is None or self._converter is None:
            return
        pcm = self._converter.feed(bytes(self._stream.readAll().data()))
        if not pcm:
            return
        self._soundless.start()
        if self._measuring is not None:
            self._measure(self._measuring, pcm)
            return
        self.frames.emit(pcm)

    def _measure(self, check: SoundCheck, pcm: bytes) -> None:
        check.feed(pcm)
        if check.seconds >= ROOM_S:
            self._measuring = None
            self._close()
            self.room.emit(check.quietest_db)

    def _give_up(self) -> None:
        facts.warning("microphone_soundless", ms=SOUNDLESS_MS)
        measuring = self._measuring is not None
        self._close()
        if not measuring:
            self.problem.emit(MicrophoneProblem.SOUNDLESS)

    def _server_told(self, names: frozenset[str]) -> None:
        """What the sound server has lost since it last told is gone, whatever Qt still believes."""
        self._gone = (self._gone | self._listed) - names
        self._listed = names
        self._choose()

    def _server_lost(self) -> None:
        self._server_gone = True
        self._choose()

    def _inputs(self) -> list[QAudioDevice]:
        return [] if self._server_gone else [one for one in _inputs() if _id_of(one) not in self._gone]

    def _choose(self) -> None:
        """A running device is kept while it is there, even if the system now prefers another."""
        before = self._device
        if before is not None and self._source is not None and self._measuring is None and before in self._inputs():
            return
        self._device = self._find()
        if self._source is not None and (before is None or self._device != before):
            measuring = self._measuring is not None
            self._close()
            if not measuring:
                self.problem.emit(MicrophoneProblem.DEVICE_LOST)
        if self._device is not None and self._device != before:
            self._measuring = SoundCheck()
            if self._open():
                self._measuring = None
        if (before is None) != (self._device is None):
            facts.info("microphone_found" if self.available else "microphone_missing")
            self.availableChanged.emit(self.available)

    def _find(self) -> QAudioDevice | None:
        from PySide6.QtMultimedia import QMediaDevices

        inputs = self._inputs()
        if self._wanted:
            return next((one for one in inputs if self._wanted in {one.description(), _id_of(one)}), None)
        default = QMediaDevices.defaultAudioInput()
        return default if default in inputs else next(iter(inputs), None)


def list_microphones() -> list[tuple[str, str, bool]]:
    """Name, id and whether it is the system's default, of every microphone; both names can stand in speech.device."""
    from PySide6.QtMultimedia import QMediaDevices

    default = QMediaDevices.defaultAudioInput()
    return [(one.description(), _id_of(one), one == default) for one in _inputs()]


def _inputs() -> list[QAudioDevice]:
    from PySide6.QtMultimedia import QMediaDevices

    return QMediaDevices.audioInputs()


def _id_of(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")


class _Converter:
    """Bytes of a device's format, in any split, to 16 kHz mono 16-bit."""

    def __init__(self, sound: QAudioFormat) -> None:
        from PySide6.QtMultimedia import QAudioFormat

        self._format = {
            QAudioFormat.SampleFormat.UInt8: SampleFormat.UINT8,
            QAudioFormat.SampleFormat.Int16: SampleFormat.INT16,
            QAudioFormat.SampleFormat.Int32: SampleFormat.INT32,
            QAudioFormat.SampleFormat.Float: SampleFormat.FLOAT,
        }[sound.sampleFormat()]
        self._channels = sound.channelCount()
        self._frame_bytes = sound.bytesPerFrame()
        self._resampler = Resampler(sound.sampleRate(), SAMPLE_RATE)
        self._rest = b""

    def feed(self, data: bytes) -> bytes:
        data = self._rest + data
        whole = len(data) - len(data) % self._frame_bytes
        self._rest = data[whole:]
        return little_endian(self._resampler.feed(mono(data[:whole], self._format, self._channels)))


def _sound_of(device: QAudioDevice) -> QAudioFormat:
    """What we want when the device can give it, else what it likes best."""
    from PySide6.QtMultimedia import QAudioFormat

    wanted = QAudioFormat()
    wanted.setSampleRate(SAMPLE_RATE)
    wanted.setChannelCount(1)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    return wanted if device.isFormatSupported(wanted) else device.preferredFormat()
