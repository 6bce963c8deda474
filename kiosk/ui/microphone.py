"""Where a patient's voice comes from: the kiosk's microphone, or a WAV file for demonstration and tests.

Both give 16 kHz mono signed 16-bit little-endian `frames` between start() and stop().
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk import logs
from kiosk.ui.source_watch import SourceWatch
from kiosk.wire.pcm import Resampler, SampleFormat, little_endian, mono
from kiosk.wire.sound_check import SoundCheck
from kiosk.wire.wav import read_wav_bytes

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource

facts = logs.get(__name__)

SAMPLE_RATE = 16_000
CHUNK_MS = 100
CHUNK_BYTES = SAMPLE_RATE * 2 * CHUNK_MS // 1000
ROOM_S = 1.0
BUFFER_US = 4_000_000
"""The system keeps so much sound while the window is busy; with Qt's own quarter of a second words were lost."""
SOUNDLESS_MS = 4000
"""Without a byte for so long the device is dead; PulseAudio gives its first ones up to two seconds late."""


class Microphone(QObject):
    """The system's microphone, or the one whose name or id is `device`.

    It is unavailable until look() has found one: Qt's multimedia part takes a while to load, so the first frame must
    not wait for it. Devices may come and go afterwards. Each new one is listened to for a second, for `room`: how loud
    it is when nobody speaks, in decibels below full scale; this sound goes nowhere. `problem` is one of no_device,
    cannot_open, device_lost, soundless; listening has stopped then.
    """

    frames = Signal(bytes)
    room = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)

    def __init__(self, device: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = device
        self._devices: Any = None
        self._listed: frozenset[str] = frozenset()
        self._gone: frozenset[str] = frozenset()
        self._watch = SourceWatch(self)
        self._watch.listed.connect(self._server_told)
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
            self._watch.start()
        self._choose()
        return self.available

    def close(self) -> None:
        """For the end of the application."""
        self.stop()
        self._watch.stop()

    def start(self) -> None:
        """Listen; without a device this emits `problem` and nothing else."""
        self.stop()
        problem = self._open()
        if problem:
            self.problem.emit(problem)

    def stop(self) -> None:
        """Stop listening. Sound the system still held back is emitted first, and nothing afterwards."""
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
            return "no_device"
        from PySide6.QtMultimedia import QAudioSource

        sound = _sound_of(self._device)
        self._converter = _Converter(sound)
        self._source = QAudioSource(self._device, sound, self)
        self._source.setBufferSize(sound.bytesForDuration(BUFFER_US))
        # Pull mode: in push mode Qt writes into a Python device from its audio thread, which crashes.
        self._stream = self._source.start()
        if self._stream is None:
            self.stop()
            return "cannot_open"
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
            self.stop()
            self.room.emit(check.quietest_db)

    def _give_up(self) -> None:
        facts.warning("microphone_soundless", ms=SOUNDLESS_MS)
        measuring = self._measuring is not None
        self.stop()
        if not measuring:
            self.problem.emit("soundless")

    def _server_told(self, names: frozenset[str]) -> None:
        """What the sound server has lost since it last told is gone, whatever Qt still believes."""
        self._gone = (self._gone | self._listed) - names
        self._listed = names
        self._choose()

    def _inputs(self) -> list[QAudioDevice]:
        return [one for one in _inputs() if _id_of(one) not in self._gone]

    def _choose(self) -> None:
        """A running device is kept while it is there, even if the system now prefers another."""
        before = self._device
        if before is not None and self._source is not None and self._measuring is None and before in self._inputs():
            return
        self._device = self._find()
        if self._source is not None and (before is None or self._device != before):
            measuring = self._measuring is not None
            self.stop()
            if not measuring:
                self.problem.emit("device_lost")
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


class WavMicrophone(QObject):
    """Plays a WAV file (any channels, bits and rate) as if somebody spoke it; emits `finished` at its end.

    `real_time` False gives the sound as fast as the event loop turns.
    """

    frames = Signal(bytes)
    room = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)
    finished = Signal()

    def __init__(self, path: Path, parent: QObject | None = None, *, real_time: bool = True) -> None:
        super().__init__(parent)
        self._left = b""
        self._timer = QTimer(self, interval=CHUNK_MS if real_time else 0)
        self._timer.timeout.connect(self._play)
        self.choose(path)

    @property
    def available(self) -> bool:
        return True

    def look(self) -> bool:
        return True

    def close(self) -> None:
        self.stop()

    def choose(self, path: Path) -> None:
        """What the next start() plays."""
        self._pcm = read_wav(path)

    def start(self) -> None:
        self._left = self._pcm
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()
        self._left = b""

    def _play(self) -> None:
        chunk, self._left = self._left[:CHUNK_BYTES], self._left[CHUNK_BYTES:]
        if chunk:
            self.frames.emit(chunk)
        if not self._left and self._timer.isActive():
            self._timer.stop()
            self.finished.emit()


def read_wav(path: Path) -> bytes:
    """A WAV file of any usual format as 16 kHz mono samples; raises OSError or ValueError when it is none."""
    try:
        sound = read_wav_bytes(path.read_bytes())
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return little_endian(Resampler(sound.rate, SAMPLE_RATE).feed(sound.samples))


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
