"""Tells a scanner that types from a person: a code goes to the dialogue whole and lands in no field.

A scanner sends a key every few milliseconds. A key with a letter is therefore held for a moment: when another one
follows at once, both belong to a code; when none does, the key goes on to the page as if nothing had been.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

from kiosk.domain.scanned import CodeKind, recognised
from kiosk.domain.visit import Screen, State

GAP_MS = 60
"""The longest pause inside a code: a slow keyboard scanner sends a key every 16 ms, a quick typist every 80 ms."""
SHORTEST = 6
"""Fewer keys than this are nobody's code."""
LONGEST = 4000
"""Keys kept of one code; what comes after them is dropped."""

_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CONTROLS = frozenset(
    {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Escape, *_ENTERS}
)
_TOUCHES = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress})
_NO_LETTER = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_WANTS_ANY_CODE = frozenset({Screen.ATTRACT, Screen.CODE})
_WITH_FIELD = frozenset({Screen.TYPING, Screen.PHONE, Screen.BIRTH, Screen.AGE, Screen.DOCUMENT})


@dataclass(frozen=True, slots=True)
class _Stroke:
    kind: QEvent.Type
    key: int
    modifiers: Qt.KeyboardModifier
    text: str


class Scanner(QObject):
    """Watches the keys of a window before anybody else; make it after every other filter of that window.

    What is a code of this hospital goes to `scanned` on every screen; anything else that a scanner read goes there on
    screens that ask for a code, into the field on screens that have one, and nowhere on all others, where its figures
    would choose answers.
    """

    def __init__(
        self,
        window: QQuickWindow,
        state: Callable[[], State],
        scanned: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._state = state
        self._scanned = scanned
        self._held: list[_Stroke] = []
        self._letters: list[str] = []
        self._swallowed: set[int] = set()
        self._replaying = False
        self._pause = QTimer(self, singleShot=True, interval=GAP_MS)
        self._pause.timeout.connect(self._ended)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES and self._letters:
            # A finger comes after what was typed.
            self._ended()
        if self._replaying or kind not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if kind is QEvent.Type.KeyPress:
            return self._pressed(event)
        return self._released(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if self._is_letter(event):
            self._hold(event)
            self._letters.append(event.text())
            self._pause.start()
            return True
        if event.key() in _ENTERS and len(self._letters) >= SHORTEST:
            self._swallowed.add(event.key())
            self._hold(event)
            self._ended()
            return True
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
            self._let_go()
        return False

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed:
            self._swallowed.discard(event.key())
            return True
        if any(stroke.key == event.key() for stroke in self._held):
            self._hold(event)
            return True
        return False

    @staticmethod
    def _is_letter(event: QKeyEvent) -> bool:
        return (
            bool(event.text())
            and event.key() not in _CONTROLS
            and not event.isAutoRepeat()
            and not event.modifiers() & _NO_LETTER
        )

    def _hold(self, event: QKeyEvent) -> None:
        if len(self._held) < LONGEST:
            self._held.append(_Stroke(event.type(), event.key(), event.modifiers(), event.text()))

    @Slot()
    def _ended(self) -> None:
        """Nothing more has come: a code, or keys of a person."""
        self._pause.stop()
        text = "".join(self._letters)
        if len(self._letters) < SHORTEST:
            self._let_go()
            return
        state = self._state()
        is_code = recognised(text, state.clinic.codes).kind not in (CodeKind.UNKNOWN, CodeKind.VISIT)
        if not is_code and state.screen in _WITH_FIELD:
            self._let_go()
            return
        self._held.clear()
        self._letters.clear()
        if is_code or state.screen in _WANTS_ANY_CODE:
            self._scanned(text)

    def _let_go(self) -> None:
        """The page gets its keys, in their order."""
        self._pause.stop()
        held, self._held, self._letters = self._held, [], []
        self._replaying = True
        try:
            for stroke in held:
                event = QKeyEvent(stroke.kind, stroke.key, stroke.modifiers, stroke.text)
                QCoreApplication.sendEvent(self._window, event)
        finally:
            self._replaying = False
        if held and held[-1].key in _ENTERS:
            self._swallowed.discard(held[-1].key)
