"""The two visits that are played: one is told by voice and ends with a slip, one is typed and turns the screen red."""

from __future__ import annotations

import time

from kiosk.app import KioskApplication
from kiosk.bench.finger import Finger
from kiosk.bench.phases import Phase, Play, StageError
from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.visit import Screen, Speech, State
from kiosk.ui.microphone import WavMicrophone

PINYIN, REST = "xiongkouteng", "压着疼半小时，出冷汗"
"""What is typed on the screen's keys, and what follows as from a real keyboard: an emergency."""
RED_S = 3.0
NOTHING_ELSE = {"dangers": "none"}
"""Screens that may come between the words and the summary, and the control that leads on."""


class Visits:
    """Every control is touched as it is drawn; on each kind of page some are pressed and left as well."""

    def __init__(self, kiosk: KioskApplication, finger: Finger, microphone: WavMicrophone) -> None:
        self._kiosk = kiosk
        self._finger = finger
        self._phase = Phase("")
        self._sentence_over = False
        microphone.finished.connect(self._end_of_sentence)

    def play(self, phase: Phase) -> Play:
        """Both visits, from the first screen to the first screen."""
        self._phase = phase
        yield from self._spoken()
        yield from self._emergency()
        phase.scene = ""

    @property
    def _state(self) -> State:
        return self._kiosk.state

    def _spoken(self) -> Play:
        self._phase.scene = "pages"
        yield from self._until_complaint()
        yield from self._speak()
        yield from self._leave("edit")
        yield from self._turn("confirm")
        while self._state.screen is not Screen.SUMMARY:
            yield from self._answer()
        for name in ("next", "door_"):
            yield from self._turn(name)
        yield lambda: self._state.offer is not None
        yield from self._turn("book")
        yield from self._turn("slipTaken")
        yield from self._go_home()

    def _answer(self) -> Play:
        """What somebody touches who has nothing else."""
        if self._state.screen is not Screen.QUESTION:
            name = NOTHING_ELSE.get(self._state.screen.value)
            if name is None:
                raise StageError("no way on to the summary")
            yield from self._turn(name)
            return
        on_scale = pain_scale.is_shown(self._state)
        yield from self._leave("score_8" if on_scale else "answer_unsure")
        asked = self._state.asked
        yield from self._press("score_3" if on_scale else "answer_absent")
        yield lambda: self._state.asked != asked or self._state.screen is not Screen.QUESTION

    def _until_complaint(self) -> Play:
        for name in ("start", "agree", "withoutName"):
            yield from self._leave("dockNurse")
            yield from self._turn(name)
        for digit in "58":
            yield from self._press(f"digit_{digit}")
        yield from self._turn("next")
        yield from self._turn("sex_male")

    def _speak(self) -> Play:
        self._phase.scene = "listening"
        self._sentence_over = False
        yield from self._press("talk")
        for name in ("type", "dockBigText", "dockNurse", "type"):
            yield from self._leave(name)
        yield lambda: self._sentence_over
        if self._state.speech is Speech.LISTENING:
            # It looks pressed for as long as it listens.
            yield from self._press("talk")
        yield lambda: self._state.screen is not Screen.COMPLAINT or self._state.speech is Speech.READY
        self._phase.scene = "pages"
        if self._state.screen is not Screen.CONFIRM:
            raise StageError(f"nothing was heard: the screen is {self._state.screen}")

    def _emergency(self) -> Play:
        self._phase.scene = "pages"
        yield from self._until_complaint()
        yield from self._turn("type")
        self._phase.scene = "typing"
        for letter in PINYIN:
            yield from self._press(f"key_{letter}")
        # The first candidate is tinted as the pressed ones are.
        yield from self._press("candidate_0")
        self._finger.type_text(REST)
        yield from self._turn("key_done")
        self._phase.scene = "emergency"
        yield lambda: self._state.checked_in is not None
        until = time.monotonic() + RED_S
        while time.monotonic() < until:
            yield from self._leave("nurseArrived")
        self._phase.scene = "pages"
        yield from self._turn("nurseArrived")
        yield from self._go_home()

    def _go_home(self) -> Play:
        if self._kiosk.session is not None and self._state.screen is not Screen.ATTRACT:
            self._kiosk.session.send(ev.Tick(at=self._state.last_touch + 60))
        yield lambda: self._state.screen is Screen.ATTRACT

    def _end_of_sentence(self) -> None:
        self._sentence_over = True

    def _press(self, name: str) -> Play:
        yield from self._finger.touch(self._phase, name)

    def _leave(self, name: str) -> Play:
        yield from self._finger.touch(self._phase, name, away=True)

    def _turn(self, name: str) -> Play:
        before = self._state.screen
        yield from self._finger.touch(self._phase, name, turned=lambda: self._state.screen is not before)
