"""A voice that writes down instead of sounding: for scripts of whole visits and for tests."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.script import Utterance


class RecordingVoice(QObject):
    """`said` is everything in its order, `hushed` counts the silences that cut something off.

    Sentences end by themselves at once, or with `end()` while `slow` is True.
    """

    spoke = Signal()
    finished = Signal()
    hearingChanged = Signal()

    def __init__(self, hearing: Hearing = Hearing.PRIVATE, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hearing = hearing
        self.volume = 0
        self.said: list[Utterance] = []
        self.hushed = 0
        self.slow = False
        self._speaking = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.end)

    @property
    def speaking(self) -> bool:
        return self._speaking

    def texts(self) -> list[str]:
        return [one.text for one in self.said]

    def hear(self, hearing: Hearing) -> None:
        """Plug headphones in or pull them."""
        self.hush()
        self.hearing = hearing
        self.hearingChanged.emit()

    def say(self, script: Sequence[Utterance]) -> None:
        self.hush()
        self.said.extend(script)
        self._speaking = True
        if not self.slow:
            self._soon.start()

    def hush(self) -> None:
        self.hushed += self._speaking
        self._speaking = False
        self._soon.stop()

    def end(self) -> None:
        """The sentence is over."""
        self._speaking = False
        self.spoke.emit()
        if not self._speaking:
            self.finished.emit()
