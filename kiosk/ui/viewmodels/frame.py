"""What surrounds every screen: which page, how far, the dock's helpers, the question whether somebody is there."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue import pain_scale, pointing, spoken
from kiosk.domain.dialogue.events import (
    Back,
    Ended,
    LanguagesOpened,
    NurseCalled,
    StillHere,
    TalkPressed,
    TalkReleased,
    TalkTapped,
    Touched,
)
from kiosk.domain.language import Locale
from kiosk.domain.visit import InsuranceNotice, Screen, Speech, State
from kiosk.ui.viewmodels.languages import chosen
from kiosk.ui.viewmodels.listening import hearing_problem
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

NO_PROGRESS = -1
STEPS = 4
PAIN_PAGE = "pain"
NOTICE_S = 8.0
"""So long stands what happened to a code: time to look up from the scanner, or to hear it."""

_STEP_OF = {
    Screen.WHO: 1,
    Screen.CARD: 1,
    Screen.PAPERS: 1,
    Screen.DOCUMENT: 1,
    Screen.PHONE: 1,
    Screen.BIRTH: 1,
    Screen.AGE: 1,
    Screen.SEX: 1,
    Screen.COMPLAINT: 2,
    Screen.TYPING: 2,
    Screen.PICK: 2,
    Screen.BODY: 2,
    Screen.PLACE: 2,
    Screen.CONFIRM: 2,
    Screen.DANGERS: 2,
    Screen.SUMMARY: 3,
    Screen.RESULT: 3,
    Screen.BOOKING: 4,
}
_NO_DOCK = frozenset({Screen.EMERGENCY, Screen.FAREWELL})
_ENDS = frozenset({Screen.SLIP, Screen.DESK, *_NO_DOCK})
_PER_SCREEN = 100
_DEEPEST = 10_000
_NO_WAY_BACK = frozenset({Screen.ATTRACT, *_ENDS})
_OWN_MICROPHONE = frozenset({Screen.COMPLAINT, Screen.QUESTION})


@dataclass(frozen=True, slots=True)
class FrameProps:
    """`page` names what is shown, so that it changes with every question too; `done` is -1 without progress bars.

    `can_say` asks for the button to talk that pages without one of their own share, `say_words` is what was heard so
    far or why nothing was.
    """

    screen: str = Screen.ATTRACT.value
    page: str = Screen.ATTRACT.value
    forward: bool = True
    depth: int = 0
    hospital: str = ""
    other_language: str = ""
    step: str = ""
    done: int = NO_PROGRESS
    total: int = STEPS
    home: bool = True
    has_dock: bool = True
    can_go_back: bool = False
    warning: bool = False
    seconds_left: int = 0
    seconds_allowed: int = 20
    nurse_called: bool = False
    can_say: bool = False
    listening: bool = False
    recognising: bool = False
    say_words: str = ""
    insurance: str = ""
    insured: bool = False


def derive(inputs: Inputs) -> FrameProps:
    state = inputs.state
    step, done, total = _progress(inputs)
    allowed = state.clinic.timing.warning_s
    since = 0.0 if state.warned_at is None else inputs.now - state.warned_at
    return FrameProps(
        screen=page_of(state),
        page=_page(state),
        depth=_depth(state),
        hospital=inputs.tr(inputs.hospital),
        other_language=_other_language(state),
        step=step,
        done=done,
        total=total,
        home=state.screen is Screen.ATTRACT,
        has_dock=state.screen not in _NO_DOCK,
        can_go_back=bool(state.trail) and state.screen not in _NO_WAY_BACK,
        warning=state.warned_at is not None,
        seconds_left=max(0, math.ceil(allowed - since)) if state.warned_at is not None else 0,
        seconds_allowed=math.ceil(allowed),
        nurse_called=state.nurse_called and state.screen is not Screen.NURSE,
        insurance=_insurance(inputs),
        insured=inputs.state.insurance_notice is InsuranceNotice.TAKEN,
        **_saying(inputs),
    )


def _insurance(inputs: Inputs) -> str:
    """For a moment, what became of the code that was scanned."""
    state, tr = inputs.state, inputs.tr
    if inputs.now - state.insurance_scanned_at > NOTICE_S:
        return ""
    match state.insurance_notice:
        case InsuranceNotice.TAKEN:
            return tr("The insurance code was taken")
        case InsuranceNotice.TOO_EARLY:
            return tr("Agree first, then show the code")
        case InsuranceNotice.TOO_LATE:
            return tr("The desk takes the insurance code")
        case None:
            return ""


def _saying(inputs: Inputs) -> dict[str, Any]:
    state = inputs.state
    if state.screen in _OWN_MICROPHONE or not state.can_hear or not spoken.listens(state):
        return {}
    return {
        "can_say": True,
        "listening": state.speech is Speech.LISTENING,
        "recognising": state.speech is Speech.RECOGNISING,
        "say_words": inputs.kept(state.live_words) or hearing_problem(state, inputs.tr),
    }


def _other_language(state: State) -> str:
    """What the dock's language field leads to, readable for whoever needs it."""
    others = [locale for locale in state.clinic.locales if locale != state.locale]
    return others[0].name if len(others) == 1 else "中 EN …"


def page_of(state: State) -> str:
    """The page that shows the state: its screen, and the scale for the question how strong the pain is."""
    on_scale = state.screen is Screen.QUESTION and pain_scale.is_shown(state)
    return PAIN_PAGE if on_scale else state.screen.value


def _page(state: State) -> str:
    if state.screen is Screen.QUESTION:
        return f"{page_of(state)}/{state.question}"
    if state.screen in pointing.POINTING:
        return f"{state.screen.value}/{state.place}"
    if state.screen is Screen.APPOINTMENT and state.appointment is not None:
        return f"{state.screen.value}/{'asking' if state.cancelling else state.appointment.status.value}"
    if state.screen is Screen.DIRECTORY:
        return f"{state.screen.value}/{state.wing or ''}"
    return state.screen.value


def _depth(state: State) -> int:
    """How far into the visit; a smaller number than before means that the patient went back."""
    if state.screen in _ENDS:
        return _DEEPEST
    questions = len(state.asked) if state.screen is Screen.QUESTION else 0
    return len(state.trail) * _PER_SCREEN + questions


def _progress(inputs: Inputs) -> tuple[str, int, int]:
    """The words beside the progress bars, how many bars are done and how many there are."""
    state, tr = inputs.state, inputs.tr
    if state.screen is Screen.ATTRACT:
        return f"{inputs.wall:%H:%M}", NO_PROGRESS, STEPS
    if state.screen is Screen.SLIP:
        return tr("All done"), STEPS, STEPS
    if state.screen is Screen.QUESTION:
        return _question_progress(state, tr)
    step = _STEP_OF.get(state.screen)
    if step is None or state.appointment is not None:
        return "", NO_PROGRESS, STEPS
    return tr("Step {step} of {total}").format(step=step, total=STEPS), step - 1, STEPS


def _question_progress(state: State, tr: Translate) -> tuple[str, int, int]:
    number = max(1, len(state.asked))
    left = state.questions_expected
    words = tr("Question {number}, about {left} to go") if left else tr("Question {number}, the last one")
    return words.format(number=number, left=left), number - 1, number + left


@QmlElement
@QmlUncreatable("made by the kiosk")
class FrameViewModel(ViewModel):
    blank = FrameProps
    derive = staticmethod(derive)
    _props: FrameProps
    _other: Locale | None = None

    screenChanged = Signal()
    pageChanged = Signal()
    forwardChanged = Signal()
    depthChanged = Signal()
    hospitalChanged = Signal()
    otherLanguageChanged = Signal()
    stepChanged = Signal()
    doneChanged = Signal()
    totalChanged = Signal()
    homeChanged = Signal()
    hasDockChanged = Signal()
    canGoBackChanged = Signal()
    warningChanged = Signal()
    secondsLeftChanged = Signal()
    secondsAllowedChanged = Signal()
    nurseCalledChanged = Signal()
    canSayChanged = Signal()
    listeningChanged = Signal()
    recognisingChanged = Signal()
    sayWordsChanged = Signal()
    insuranceChanged = Signal()
    insuredChanged = Signal()

    @Property(str, notify=screenChanged)
    def screen(self) -> str:
        return self._props.screen

    @Property(str, notify=pageChanged)
    def page(self) -> str:
        return self._props.page

    @Property(bool, notify=forwardChanged)
    def forward(self) -> bool:
        return self._props.forward

    @Property(int, notify=depthChanged)
    def depth(self) -> int:
        return self._props.depth

    @Property(str, notify=hospitalChanged)
    def hospital(self) -> str:
        return self._props.hospital

    @Property(str, notify=otherLanguageChanged)
    def otherLanguage(self) -> str:
        return self._props.other_language

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        return self._props.step

    @Property(int, notify=doneChanged)
    def done(self) -> int:
        return self._props.done

    @Property(int, notify=totalChanged)
    def total(self) -> int:
        return self._props.total

    @Property(bool, notify=homeChanged)
    def home(self) -> bool:
        return self._props.home

    @Property(bool, notify=hasDockChanged)
    def hasDock(self) -> bool:
        return self._props.has_dock

    @Property(bool, notify=canGoBackChanged)
    def canGoBack(self) -> bool:
        return self._props.can_go_back

    @Property(bool, notify=warningChanged)
    def warning(self) -> bool:
        return self._props.warning

    @Property(int, notify=secondsLeftChanged)
    def secondsLeft(self) -> int:
        return self._props.seconds_left

    @Property(int, notify=secondsAllowedChanged)
    def secondsAllowed(self) -> int:
        return self._props.seconds_allowed

    @Property(bool, notify=nurseCalledChanged)
    def nurseCalled(self) -> bool:
        return self._props.nurse_called

    @Property(bool, notify=canSayChanged)
    def canSay(self) -> bool:
        return self._props.can_say

    @Property(bool, notify=listeningChanged)
    def listening(self) -> bool:
        return self._props.listening

    @Property(bool, notify=recognisingChanged)
    def recognising(self) -> bool:
        return self._props.recognising

    @Property(str, notify=sayWordsChanged)
    def sayWords(self) -> str:
        return self._props.say_words

    @Property(str, notify=insuranceChanged)
    def insurance(self) -> str:
        """What became of an insurance code that was scanned just now, else empty."""
        return self._props.insurance

    @Property(bool, notify=insuredChanged)
    def insured(self) -> bool:
        return self._props.insured

    def show(self, inputs: Inputs) -> None:
        """As every view model, and with the direction in which the page moves."""
        others = [locale for locale in inputs.state.clinic.locales if locale != inputs.state.locale]
        self._other = others[0] if len(others) == 1 else None
        new = type(self).derive(inputs)
        self.swap(replace(new, forward=new.depth >= self._props.depth))

    @Slot()
    def touched(self) -> None:
        self.send(Touched(at=self.clock()))

    @Slot()
    def changeLanguage(self) -> None:
        """With two languages the other one at once; with more, the list."""
        if self._other is None:
            self.send(LanguagesOpened(at=self.clock()))
        else:
            self.send(chosen(self._other, self.clock()))

    @Slot()
    def back(self) -> None:
        self.send(Back(at=self.clock()))

    @Slot()
    def end(self) -> None:
        self.send(Ended(at=self.clock()))

    @Slot()
    def callNurse(self) -> None:
        self.send(NurseCalled(at=self.clock()))

    @Slot()
    def stillHere(self) -> None:
        self.send(StillHere(at=self.clock()))

    @Slot()
    def talkPressed(self) -> None:
        self.send(TalkPressed(at=self.clock()))

    @Slot()
    def talkTapped(self) -> None:
        self.send(TalkTapped(at=self.clock()))

    @Slot()
    def talkReleased(self) -> None:
        self.send(TalkReleased(at=self.clock()))
