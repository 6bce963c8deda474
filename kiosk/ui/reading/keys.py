"""Takes the keypad's keys before the page sees them, and every touch while the screen is dark."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtQuick import QQuickWindow

from kiosk.domain.visit import Screen
from kiosk.ui.reading.keypad import LETTERS, Command, Meaning, Mode, Stroke, command_of
from kiosk.ui.reading.page import Kind, press
from kiosk.ui.reading.reader import Reader
from kiosk.ui.reading.script import DIRECT, HASH, PER_TURN, Line, choices_of, scores_of
from kiosk.ui.viewmodels.appearance import AppearanceViewModel
from kiosk.ui.viewmodels.frame import FrameViewModel
from kiosk.ui.viewmodels.identity import PadViewModel

_TOUCHES = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})
_TOUCHING = _TOUCHES | {
    QEvent.Type.MouseMove,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TouchEnd,
}
_RELEASES = frozenset({QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel})
_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.KeyRelease})


class Keys(QObject):
    def __init__(
        self,
        window: QQuickWindow,
        reader: Reader,
        frame: FrameViewModel,
        appearance: AppearanceViewModel,
        pad: PadViewModel,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._reader = reader
        self._frame = frame
        self._appearance = appearance
        self._pad = pad
        self._clock = clock
        self._down_since: dict[int, float] = {}
        self._turned = 0
        self._others = False
        self._one = False
        self._letter: tuple[int, int] | None = None
        self._swallowing = False
        self._own = False
        frame.pageChanged.connect(self._begin_again)
        frame.warningChanged.connect(self._begin_again)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS and not self._own:
            return self._key(event)
        if kind in _TOUCHING or kind in _RELEASES:
            return self._touch(kind)
        return False

    def _touch(self, kind: QEvent.Type) -> bool:
        """The touch that lifts the curtain presses nothing: nobody could see what lay under the finger."""
        if kind in _TOUCHES:
            self._appearance.use_keys(False)
            self._reader.interrupt()
            if self._appearance.curtain:
                self._swallowing = True
                self._appearance.lift_curtain()
                self._frame.touched()
                return True
        swallowed = self._swallowing
        if kind in _RELEASES:
            self._swallowing = False
        return swallowed

    def _key(self, event: QKeyEvent) -> bool:
        down = event.type() is QEvent.Type.KeyPress
        if down:
            self._appearance.use_keys(True)
            self._reader.interrupt()
        mode = self._reader.mode
        begun_here = down or event.key() in self._down_since
        lettered = mode is Mode.FIGURES and self._frame.screen == Screen.DOCUMENT
        many = event.key() == Qt.Key.Key_9 and self._many()
        command = command_of(self._stroke(event, down), mode, many=many, lettered=lettered)
        if command is not None and not begun_here:
            # The key went down on the page before.
            command = Command(Meaning.WAIT)
        if command is None:
            return down and self._enter_the_page(event, mode)
        if down and not self._frame.warning:
            self._frame.touched()
        self._do(command, mode)
        return True

    def _stroke(self, event: QKeyEvent, down: bool) -> Stroke:
        key, now = event.key(), self._clock()
        if down and not event.isAutoRepeat():
            self._down_since[key] = now
        since = self._down_since.get(key, now)
        if not down and not event.isAutoRepeat():
            self._down_since.pop(key, None)
        if not down and event.isAutoRepeat():
            # X11 sends a release with every repetition; the key is still down.
            return Stroke(key, True, self._on_pad(event), again=True)
        return Stroke(key, down, self._on_pad(event), event.isAutoRepeat(), now - since)

    @staticmethod
    def _on_pad(event: QKeyEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)

    def _do(self, command: Command, mode: Mode) -> None:
        match command.meaning:
            case Meaning.BACK:
                self._back()
            case Meaning.BACK_OR_ERASE:
                self._letter = None
                self._back() if self._pad.placeholder else self._pad.deleteDigit()
            case Meaning.TYPE:
                self._type(command.figure)
            case Meaning.LETTER:
                self._put_letter(command.figure, 0)
            case Meaning.ENTER if self._letter is not None:
                self._letter = None
                self._reader.take_letter()
            case Meaning.ENTER:
                self._enter(mode)
            case Meaning.CHOOSE:
                self._choose(command.figure)
            case Meaning.SCORE:
                self._score(command.figure)
            case Meaning.TURN:
                self._turn()
            case Meaning.NURSE:
                self._frame.callNurse()
            case Meaning.NURSE_NOT_FIGURE:
                self._pad.deleteDigit()
                self._frame.callNurse()
            case _:
                self._listen_otherwise(command.meaning)

    def _type(self, figure: int) -> None:
        """A figure; or, as long as a letter of that key was not taken, the next letter."""
        if self._letter is not None and self._letter[0] == figure:
            self._put_letter(figure, self._letter[1] + 1)
            return
        self._letter = None
        self._pad.key(str(figure))

    def _put_letter(self, figure: int, place: int) -> None:
        """In place of what stands last: the figure was typed when its key went down."""
        letters = LETTERS[figure]
        self._letter = figure, place % len(letters)
        self._pad.deleteDigit()
        self._pad.key(letters[self._letter[1]])

    def _listen_otherwise(self, meaning: Meaning) -> None:
        match meaning:
            case Meaning.REPEAT:
                self._reader.repeat()
            case Meaning.CURTAIN:
                if not self._appearance.readAloud:
                    self._appearance.toggleReadAloud()
                self._appearance.toggleCurtain()
            case Meaning.LOUDER:
                self._appearance.change_volume(+1)
            case Meaning.QUIETER:
                self._appearance.change_volume(-1)
            case _:
                pass

    def _score(self, figure: int) -> None:
        """A figure is the answer itself; a one waits for the hash key, or for the zero of a ten."""
        if self._others:
            self._choose_other(figure)
            return
        wanted = 10 if self._one and figure == 0 else figure
        self._one = wanted == 1
        line = scores_of(self._reader.script()).get(wanted)
        if line is None or line.part.item is None:
            return
        if self._one:
            line.part.item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        else:
            press(line.part)

    def _choose_other(self, figure: int) -> None:
        if figure == 0:
            self._reader.repeat()
            return
        self._others = False
        self._choose(figure)

    def _turn_to_others(self) -> None:
        """What else can be answered than a figure; once more, and the page is read from its beginning."""
        if self._others:
            self._reader.repeat()
            return
        self._others = True
        self._reader.read([replace(line, keys=line.keys.lstrip(HASH)) for line in self._choices()])

    def _back(self) -> None:
        """While the kiosk asks whether somebody is there, every answer but "finish" is a yes."""
        if self._one or self._others:
            self._begin_again()
            self._to_the_title()
            return
        self._frame.stillHere() if self._frame.warning else self._frame.back()

    def _choices(self) -> list[Line]:
        return choices_of(self._reader.script())

    def _many(self) -> bool:
        return len(self._choices()) > DIRECT

    def _choose(self, figure: int) -> None:
        choices = self._choices()
        place = self._turned * PER_TURN + figure - 1
        if len(choices) > DIRECT and figure > PER_TURN:
            return
        self._turned = 0
        if place < len(choices):
            press(choices[place].part)

    def _turn(self) -> None:
        """The next eight choices, and from the last ones the first again."""
        choices = self._choices()
        self._turned = self._turned + 1 if (self._turned + 1) * PER_TURN < len(choices) else 0
        first = self._turned * PER_TURN
        self._reader.read(choices[first : first + PER_TURN])

    def _begin_again(self) -> None:
        self._turned = 0
        self._others = False
        self._one = False
        self._letter = None
        self._down_since.clear()

    def _enter(self, mode: Mode) -> None:
        """As the enter key of a keyboard; on a scale without a choice in focus it leads to the other answers."""
        if mode is Mode.SCORES and not self._on_choice():
            self._turn_to_others()
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
            if kind is QEvent.Type.KeyPress and self._enter_the_page(event, mode):
                return
            self._own = True
            try:
                QCoreApplication.sendEvent(self._window, event)
            finally:
                self._own = False

    def _on_choice(self) -> bool:
        focus = self._window.activeFocusItem()
        return focus is not None and focus.property("keyDown") is not None

    def _enter_the_page(self, event: QKeyEvent, mode: Mode) -> bool:
        """Enter on a title goes on to the first choice, so that nothing is chosen unheard."""
        listed = mode in (Mode.CHOICES, Mode.SCORES)
        if not listed or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or self._on_choice():
            return False
        script = self._reader.script()
        first = next(iter([*scores_of(script).values(), *choices_of(script)]), None)
        if first is not None and first.part.item is not None:
            first.part.item.forceActiveFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _to_the_title(self) -> None:
        title = next((line.part.item for line in self._reader.script() if line.part.kind is Kind.HEADING), None)
        if title is not None:
            title.forceActiveFocus(Qt.FocusReason.TabFocusReason)
