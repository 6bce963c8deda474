"""Plays one sentence on a chosen output, and says when it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QTimer, Signal, Slot

from kiosk import logs
from kiosk.wire.sound_messages import LOUDEST
from kiosk.wire.voice_messages import Output

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioDevice, QAudioSink

facts = logs.get(__name__)

SPARE_MS = 4000
"""A device that says nothing for so long after the sentence should have ended is not waited for. Some begin to sound
two seconds late."""


class Player(QObject):
    """`finished` comes once per sentence that was not stopped; `outputsChanged` when devices come or go."""

    finished = Signal()
    outputsChanged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices: Any = None
        self._sink: QAudioSink | None = None
        self._buffer: QBuffer | None = None
        self._output = ""
        self._patience = QTimer(self, singleShot=True)
        self._patience.timeout.connect(self._end)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._end)

    def look(self) -> None:
        """Find the outputs and follow changes from now on.

        Qt's multimedia part takes a while to load and complains without a sound server: not before there is one.
        """
        if self._devices is None:
            from PySide6.QtMultimedia import QMediaDevices

            self._devices = QMediaDevices(self)
            self._devices.audioOutputsChanged.connect(self._outputs_changed)
        self.outputsChanged.emit()

    def outputs(self) -> tuple[str, tuple[Output, ...]]:
        """The default's name and every output as Qt knows them: without sockets."""
        from PySide6.QtMultimedia import QMediaDevices

        known = tuple(Output(_name(one), one.description()) for one in QMediaDevices.audioOutputs())
        return _name(QMediaDevices.defaultAudioOutput()), known

    def play(self, pcm: bytes, rate: int, output: str, volume: int) -> None:
        """Replace what is being played; `volume` is 1 to 10."""
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink

        self.stop()
        device = self._find(output)
        if device is None or not pcm:
            self._soon.start()
            return
        self._output = output
        sound = QAudioFormat()
        sound.setSampleRate(rate)
        sound.setChannelCount(1)
        sound.setSampleFormat(QAudioFormat.SampleFormat.Int16)
        self._sink = QAudioSink(device, sound, self)
        self._sink.setVolume(volume / LOUDEST)
        self._sink.stateChanged.connect(self._state_changed)
        # Qt's own buffer: a Python device would be read from Qt's audio thread, which crashes.
        self._buffer = QBuffer(self)
        self._buffer.setData(QByteArray(pcm))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._patience.start(len(pcm) * 1000 // (2 * rate) + SPARE_MS)
        self._sink.start(self._buffer)

    def stop(self) -> None:
        """Silence now; nothing is emitted for the sentence."""
        self._patience.stop()
        self._soon.stop()
        sink, self._sink = self._sink, None
        buffer, self._buffer = self._buffer, None
        if sink is not None:
            sink.stateChanged.disconnect(self._state_changed)
            sink.reset()
            sink.deleteLater()
        if buffer is not None:
            buffer.close()
            buffer.setData(QByteArray())
            buffer.deleteLater()

    @Slot()
    def _state_changed(self) -> None:
        """Asks for the state: what comes with the signal PySide (6.11) cannot hand over. Its class depends on the
        version (QAudio or QtAudio), its names do not."""
        if self._sink is None:
            return
        state, played = self._sink.state().name, self._buffer is None or self._buffer.atEnd()
        if state == "StoppedState" or (state == "IdleState" and played):
            # Not from within the sink's own call.
            self._soon.start()

    def _outputs_changed(self) -> None:
        """A sound server moves what was playing on headphones that are pulled to the loudspeaker."""
        is_gone = self._sink is not None and self._find(self._output) is None
        if is_gone:
            self.stop()
        self.outputsChanged.emit()
        if is_gone:
            self.finished.emit()

    def _end(self) -> None:
        self.stop()
        self.finished.emit()

    def _find(self, output: str) -> QAudioDevice | None:
        from PySide6.QtMultimedia import QMediaDevices

        for device in QMediaDevices.audioOutputs():
            if _name(device) == output:
                return device
        return None


def _name(device: QAudioDevice) -> str:
    return bytes(device.id().data()).decode(errors="replace")
