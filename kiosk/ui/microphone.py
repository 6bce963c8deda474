"""Where a patient's voice comes from: the kiosk's microphone, or a WAV file for demonstration and tests.

Both give 16 kHz mono signed 16-bit little-endian `frames` and a `level` from 0 to 1 between start() and stop().
"""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk import logs
from kiosk.wire.pcm import Resampler, SampleFormat, little_endian, mono
from kiosk.wire.sound_check import measured

if TYPE_CHECKING:
    from PySide6.QtCore import QIODevice
    from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QAudioSource

facts = logs.get(__name__)

SAMPLE_RATE = 16_000
CHUNK_MS = 100
CHUNK_BYTES = SAMPLE_RATE * 2 * CHUNK_MS // 1000
SOUNDLESS_MS = 4000
"""Without a byte for so long the device is dead; PulseAudio gives its first ones up to two seconds late."""


class Microphone(QObject):
    """The system's microphone, or the one whose name or id is `device`.

    It is unavailable until look() has found one: Qt's multimedia part takes a while to load, so the first frame must
    not wait for it. Devices may come and go afterwards. `problem` is one of no_device, cannot_open, device_lost,
    soundless; listening has stopped then.
    """

    frames = Signal(bytes)
    level = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)

    def __init__(self, device: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = device
        self._devices: Any = None
        self._device: QAudioDevice | None = None
        self._source: QAudioSource | None = None
        self._stream: QIODevice | None = None
        self._converter: _Converter | None = None
        # Qt does not always notice that a device is gone: its stream then stays open and gives nothing.
        self._soundless = QTimer(self, interval=SOUNDLESS_MS)
        self._soundless.setSingleShot(True)
        self._soundless.timeout.connect(self._give_up)

    @property
    def available(self) -> bool:
        return self._device is not None

    def look(self) -> bool:
        """Find the device and follow changes from now on; returns `available`."""
        if self._devices is None:
            from PySide6.QtMultimedia import QMediaDevices

            self._devices = QMediaDevices(self)
            self._devices.audioInputsChanged.connect(self._choose)
        self._choose()
        return self.available

    def start(self) -> None:
        """Listen; without a device this emits `problem` and nothing else."""
        self.stop()
        if self._device is None:
            self.problem.emit("no_device")
            return
        from PySide6.QtMultimedia import QAudioSource

        sound = _sound_of(self._device)
        self._converter = _Converter(sound)
        self._source = QAudioSource(self._device, sound, self)
        # Pull mode: in push mode Qt writes into a Python device from its audio thread, which crashes.
        self._stream = self._source.start()
        if self._stream is None:
            self.stop()
            self.problem.emit("cannot_open")
            return
        self._stream.readyRead.connect(self._read)
        self._soundless.start()

    def stop(self) -> None:
        """Stop listening. Sound the system still held back is emitted first, and nothing afterwards."""
        self._read()
        self._soundless.stop()
        source, self._source, self._stream, self._converter = self._source, None, None, None
        if source is not None:
            source.stop()
            source.deleteLater()

    def _read(self) -> None:
        if self._stream is None or self._converter is None:
            return
        pcm = self._converter.feed(bytes(self._stream.readAll().data()))
        if pcm:
            self._soundless.start()
            self.frames.emit(pcm)
            self.level.emit(measured(pcm).level)

    def _give_up(self) -> None:
        facts.warning("microphone_soundless", ms=SOUNDLESS_MS)
        self.stop()
        self.problem.emit("soundless")

    def _choose(self) -> None:
        before = self._device
        self._device = self._find()
        if self._source is not None and (before is None or self._device != before):
            self.stop()
            self.problem.emit("device_lost")
        if (before is None) != (self._device is None):
            facts.info("microphone_found" if self.available else "microphone_missing")
            self.availableChanged.emit(self.available)

    def _find(self) -> QAudioDevice | None:
        from PySide6.QtMultimedia import QMediaDevices

        inputs = QMediaDevices.audioInputs()
        if self._wanted:
            named = (one for one in inputs if self._wanted in {one.description(), bytes(one.id().data()).decode()})
            return next(named, None)
        default = QMediaDevices.defaultAudioInput()
        return None if default.isNull() else default


class WavMicrophone(QObject):
    """Plays a WAV file (mono or more channels, 16-bit, any rate) as if somebody spoke it; emits `finished` at its end.

    `real_time` False gives the sound as fast as the event loop turns.
    """

    frames = Signal(bytes)
    level = Signal(float)
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
            self.level.emit(measured(chunk).level)
        if not self._left and self._timer.isActive():
            self._timer.stop()
            self.finished.emit()


def read_wav(path: Path) -> bytes:
    """A 16-bit WAV file as 16 kHz mono samples; raises OSError or ValueError when it is none."""
    try:
        with wave.open(str(path), "rb") as sound:
            if sound.getsampwidth() != 2:
                raise ValueError(f"{path.name}: only 16-bit WAV files can be played")
            data = sound.readframes(sound.getnframes())
            channels, rate = sound.getnchannels(), sound.getframerate()
    except (wave.Error, EOFError) as error:
        raise ValueError(f"{path.name}: not a WAV file") from error
    return little_endian(Resampler(rate, SAMPLE_RATE).feed(mono(data, SampleFormat.INT16, channels)))


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
