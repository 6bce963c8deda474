"""Reads the screens aloud: each new page, where the focus goes, what changes; and does what the keypad asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, SignalInstance, Slot
from PySide6.QtQuick import QQuickWindow

from kiosk.domain.visit import Screen, Speech, State
from kiosk.ui.reading.keypad import Mode, mode_of
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.own_words import own_words
from kiosk.ui.reading.page import Area, Kind, Part, parts_of
from kiosk.ui.reading.script import Line, Utterance, lines_of, pronounced, sentences
from kiosk.ui.viewmodels.appearance import AppearanceViewModel
from kiosk.ui.viewmodels.frame import PAIN_PAGE, FrameViewModel
from kiosk.ui.viewmodels.view_model import Translate

WARN_AT = frozenset({15, 10, 5})
"""Seconds of the idle warning that are said."""
_COUNT = re.compile(r"\d+")


class Speaking(Protocol):
    volume: int
    spoke: SignalInstance
    finished: SignalInstance
    hearingChanged: SignalInstance

    @property
    def hearing(self) -> Hearing: ...

    def say(self, script: Sequence[Utterance]) -> None: ...

    def hush(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Shown:
    """Which page was read; a change of any of it is a new page."""

    page: str
    warning: bool
    language: str


class Reader(QObject):
    """`look` is called whenever something was shown; nothing is said while reading is off or the microphone listens.

    What signals reach is marked as a slot: PySide (6.11) now and then loses the name of an unmarked one on connecting.
    """

    def __init__(
        self,
        window: QQuickWindow,
        frame: FrameViewModel,
        appearance: AppearanceViewModel,
        voice: Speaking,
        tr: Translate,
        state: Callable[[], State],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._frame = frame
        self._appearance = appearance
        self._voice = voice
        self._tr = tr
        self._state = state
        self._shown: Shown | None = None
        self._lines: list[Line] = []
        self._focus: QObject | None = None
        self._reading = False
        self._pending: list[Line] = []
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)
        window.activeFocusItemChanged.connect(self.look)
        appearance.readAloudChanged.connect(self._switched)
        appearance.curtainChanged.connect(self._curtain_moved)
        appearance.volumeChanged.connect(self._volume_changed)
        voice.hearingChanged.connect(self._hearing_changed)
        voice.spoke.connect(self._somebody_listens)
        voice.finished.connect(self._say_next)
        voice.volume = appearance.volume
        if appearance.readAloud:
            self._switched()

    def stop(self) -> None:
        """For the end of the application."""
        self._soon.stop()
        self._voice.hush()

    def script(self) -> list[Line]:
        """Everything on the screen as it would be read now."""
        state = self._state()
        parts = parts_of(self._window)
        mode = self._mode(parts)
        lines = lines_of(parts, own_words(state.locale), numbered=mode in (Mode.CHOICES, Mode.SCORES))
        help_with_keys = self._help_with_keys(mode)
        if help_with_keys:
            place = next((n for n, line in enumerate(lines) if line.part.area is Area.HELPERS), len(lines))
            if mode is Mode.SCORES:
                place = next(n for n, line in enumerate(lines) if line.part.figure is not None)
            part = Part(Kind.TEXT, help_with_keys, open=True)
            lines.insert(place, Line(part, part.words, personal=False))
        return [self._explained(line) for line in lines]

    @property
    def mode(self) -> Mode:
        """What figures do on the page as it is now."""
        return self._mode(parts_of(self._window) if self._frame.screen == PAIN_PAGE else ())

    def _mode(self, parts: Sequence[Part]) -> Mode:
        on_scale = any(part.figure is not None for part in parts)
        return mode_of(self._frame.screen, warning=self._frame.warning, on_scale=on_scale)

    def _explained(self, line: Line) -> Line:
        """After a one nobody can tell yet whether a ten is meant."""
        if line.part.figure != 1:
            return line
        hint = self._tr("The hash key takes it. For 10 press 0 now.")
        return replace(line, part=replace(line.part, more=hint))

    def _help_with_keys(self, mode: Mode) -> str:
        """The only sentences that stand nowhere: who sees the screen needs no keypad."""
        if mode is Mode.FIGURES:
            figures = self._tr("Type the figures. The hash key goes on, the star key deletes.")
            if self._frame.screen != Screen.DOCUMENT:
                return figures
            return f"{figures} " + self._tr(
                "For a letter hold its key down, 2 for A, and press it again for the next; the hash key takes it."
            )
        if mode is Mode.SCORES:
            return self._tr("Press the figure of your pain. For 10 press 1 and then 0.")
        if self._frame.home:
            return self._tr("Zero says it again, the star key goes back, the hash key held down makes the screen dark.")
        return ""

    @property
    def private(self) -> bool:
        return self._voice.hearing is Hearing.PRIVATE

    @Slot()
    def look(self) -> None:
        """Something may have changed: read it soon, once for all changes of this moment."""
        if not self._reading:
            return
        if self._listening():
            self._hush()
            return
        self._soon.start()

    def interrupt(self) -> None:
        """A touch or a key: whoever acts has heard enough."""
        if self._reading:
            self._hush()

    def repeat(self) -> None:
        """The page from its beginning; switches reading on when it is off."""
        if not self._reading:
            self._appearance.toggleReadAloud()
            return
        self._shown = None
        self.look()

    def read(self, lines: Sequence[Line]) -> None:
        """Some of the page, because a key asked for it."""
        if self._reading and not self._listening():
            self._say(lines)

    def announce(self, text: str) -> None:
        """A sentence of our own that stands nowhere on the screen."""
        if self._reading and not self._listening():
            language = self._language()
            self._voice.say([Utterance(pronounced(text, language), language, personal=False)])

    def take_letter(self) -> None:
        """The hash key was for the letter: it did not go on."""
        self.announce(self._tr("Letter taken"))

    @Slot()
    def _switched(self) -> None:
        self._reading = self._appearance.readAloud
        self._shown = None
        if self._reading:
            self.look()
            return
        said_goodbye = self._frame.screen == Screen.FAREWELL.value
        self._soon.stop()
        self._hush()
        self._lines = []
        if said_goodbye:
            self._say_goodbye()

    def _say_goodbye(self) -> None:
        """The visit is wiped and its settings with it; that it is wiped must still be heard, by whoever listens."""
        language = self._language()
        lines = [line for line in self.script() if not line.personal and line.part.area is Area.PAGE]
        texts = [one for line in lines for one in sentences(line, self._tr, language, private=False)]
        self._voice.say(texts)

    @Slot()
    def _read(self) -> None:
        if not self._reading or self._listening():
            return
        if self._frame.screen == Screen.EMERGENCY.value:
            # Staff must see the red screen.
            self._appearance.lift_curtain()
        lines = self.script()
        wanted = not self.private and any(line.personal and not line.quiet for line in lines)
        if wanted is not self._appearance.headphonesWanted:
            self._appearance.want_headphones(wanted)
            lines = self.script()
        shown = Shown(self._frame.page, self._frame.warning, self._language())
        focus = self._window.activeFocusItem()
        before, self._lines = self._lines, lines
        moved, self._focus = focus is not self._focus, focus
        if shown != self._shown:
            self._shown = shown
            self._say([line for line in lines if not line.quiet])
            return
        news = _news(before, lines)
        if news and self._frame.warning:
            self._count_down()
        elif news:
            self._say([news.get(at, line) for at, line in enumerate(lines) if at in news or line in self._pending])
        elif moved:
            self._say([line for line in lines if line.part.item is focus and line.part.item is not None])

    def _count_down(self) -> None:
        if self._frame.secondsLeft in WARN_AT:
            self.announce(self._tr("{seconds} seconds").format(seconds=self._frame.secondsLeft))

    def _say(self, lines: Sequence[Line]) -> None:
        """These lines instead of everything before."""
        self._pending = list(lines)
        self._voice.hush()
        self._say_next()

    @Slot()
    def _say_next(self) -> None:
        language = self._language()
        while self._pending:
            texts = sentences(self._pending.pop(0), self._tr, language, private=self.private)
            if texts:
                self._voice.say(texts)
                return

    @Slot()
    def _somebody_listens(self) -> None:
        """Listening takes longer than reading: the idle time begins after the last sentence."""
        if self._reading and not self._frame.warning and not self._frame.home:
            self._frame.touched()

    def _hush(self) -> None:
        self._pending = []
        self._voice.hush()

    def _language(self) -> str:
        return self._state().locale.tag.partition("-")[0]

    def _listening(self) -> bool:
        return self._state().speech is Speech.LISTENING

    @Slot()
    def _curtain_moved(self) -> None:
        if not self._appearance.curtain:
            self.announce(self._tr("The screen can be seen again."))
        self.look()

    @Slot()
    def _volume_changed(self) -> None:
        self._voice.volume = self._appearance.volume
        self.announce(self._tr("Volume {level}").format(level=self._appearance.volume))

    @Slot()
    def _hearing_changed(self) -> None:
        self._hush()
        if self.private and not self._reading and self._frame.home:
            self._appearance.toggleReadAloud()
            return
        if self.private:
            self._shown = None
        self.look()


def _news(before: Sequence[Line], after: Sequence[Line]) -> dict[int, Line]:
    """By their place in `after` the lines that stand there now and did not, or have other keys now, apart from the
    header; of a text that grew only what was added, of one whose last letter changed only that."""
    known = {_heard_as(line) for line in before if not line.quiet}
    old = {id(line.part.item): line.words for line in before if line.part.item is not None}
    return {
        at: _grown(line, old.get(id(line.part.item), ""))
        for at, line in enumerate(after)
        if _heard_as(line) not in known and line.part.area is not Area.HEADER and not line.quiet
    }


def _heard_as(line: Line) -> tuple[str, str, str, bool]:
    return line.keys, line.part.words, line.part.more, line.part.chosen


def _grown(line: Line, old: str) -> Line:
    kept = len(old) - 1
    if line.part.open is False and kept > 0 and len(line.words) == len(old) and line.words[:kept] == old[:kept]:
        # A letter took the place of the one before: nobody wants to hear the whole number for each.
        return Line(replace(line.part, words=line.words[-1]), line.words, personal=line.personal)
    if old and line.words.startswith(old) and line.part.kind is not Kind.CHOICE:
        part = Part(line.part.kind, line.words[len(old) :].strip(), open=line.part.open, item=line.part.item)
        return Line(part, line.words, personal=line.personal)
    return line
