"""The shape of every view model: inputs in, props derived by a pure function, only what changed is announced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, ClassVar

from PySide6.QtCore import QObject

from kiosk import i18n
from kiosk.domain.dialogue.events import Event
from kiosk.domain.language import OWN_LOCALE, Words
from kiosk.domain.visit import State
from kiosk.wire.sound_check import Advice

Translate = Callable[[str | Words], str]
"""English source text, or a text of the content, to the text in the patient's language."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a screen may show.

    `now` is the monotonic clock of Event.at in seconds, `wall` the local time with its zone. `ways` says per
    department code how to walk there. `levels` are the last loudnesses of the microphone, 0 to 1, newest last;
    `advice` is for whoever speaks now. `kept` holds the words of what the patient said together at the end of a line,
    as `tr` does with ours.
    """

    state: State
    tr: Translate
    now: float
    wall: datetime
    hospital: Words
    ways: Mapping[str, Words] = field(default_factory=dict)
    levels: tuple[float, ...] = ()
    advice: Advice = Advice.NONE
    kept: Callable[[str], str] = str

    def day(self, on: date) -> str:
        """A day in the patient's language."""
        return i18n.day(on, self.state.tag or OWN_LOCALE[self.state.language].tag)


class ViewModel(QObject):
    """Base of the view models; it knows nothing medical and decides nothing.

    A subclass sets `blank` to its frozen Props dataclass (every field has a default) and `derive` to a
    staticmethod from Inputs to Props. Per field `some_name` it declares a signal `someNameChanged` and a Property,
    and for what the patient does slots that send events.
    """

    blank: ClassVar[Callable[[], Any]]
    derive: ClassVar[Callable[[Inputs], Any]]

    def __init__(
        self,
        send: Callable[[Event], None],
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        parent: QObject | None = None,
    ) -> None:
        """`send` takes an event to the dialogue, `clock` gives Event.at, `wall` the local time with its zone."""
        super().__init__(parent)
        self.send = send
        self.clock = clock
        self.wall = wall
        self._props = type(self).blank()

    def show(self, inputs: Inputs) -> None:
        """Take over what the patient should see now; the change signals come after all of it is in place."""
        self.swap(type(self).derive(inputs))

    def clear(self) -> None:
        """Keep nothing of a patient whose page is not shown."""
        self.swap(type(self).blank())

    def swap(self, new: Any) -> None:
        """Replace the props, then emit `xChanged` for each field that differs."""
        old, self._props = self._props, new
        for item in fields(new):
            if getattr(old, item.name) != getattr(new, item.name):
                getattr(self, changed_signal(item.name)).emit()


def changed_signal(name: str) -> str:
    """`seconds_left` to `secondsLeftChanged`."""
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others) + "Changed"
