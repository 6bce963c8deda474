"""All view models of the window, and which of them belongs to which screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject

from kiosk.domain.dialogue.events import Event
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.visit import Screen, State
from kiosk.ui.viewmodels.appearance import AppearanceViewModel, Looks
from kiosk.ui.viewmodels.appointment import AppointmentViewModel
from kiosk.ui.viewmodels.attract import AttractViewModel
from kiosk.ui.viewmodels.body import BodyViewModel
from kiosk.ui.viewmodels.booking import BookingViewModel
from kiosk.ui.viewmodels.closing import DeskViewModel, FarewellViewModel, NurseViewModel
from kiosk.ui.viewmodels.complaint import ComplaintViewModel, PickViewModel, TypingViewModel
from kiosk.ui.viewmodels.confirm import ConfirmViewModel
from kiosk.ui.viewmodels.consent import ConsentViewModel
from kiosk.ui.viewmodels.dangers import DangersViewModel
from kiosk.ui.viewmodels.directory import DirectoryViewModel, WayViewModel
from kiosk.ui.viewmodels.emergency import EmergencyViewModel
from kiosk.ui.viewmodels.frame import FrameViewModel, page_of
from kiosk.ui.viewmodels.identity import CardViewModel, PadViewModel, PapersViewModel, SexViewModel, WhoViewModel
from kiosk.ui.viewmodels.languages import LanguagesViewModel
from kiosk.ui.viewmodels.pain import PainViewModel
from kiosk.ui.viewmodels.place import PlaceViewModel
from kiosk.ui.viewmodels.question import QuestionViewModel
from kiosk.ui.viewmodels.result import ResultViewModel, SummaryViewModel
from kiosk.ui.viewmodels.slip import SlipViewModel
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

_KINDS: dict[str, type[ViewModel]] = {
    "attract": AttractViewModel,
    "languages": LanguagesViewModel,
    "directory": DirectoryViewModel,
    "way": WayViewModel,
    "appointment": AppointmentViewModel,
    "consent": ConsentViewModel,
    "who": WhoViewModel,
    "card": CardViewModel,
    "papers": PapersViewModel,
    "sex": SexViewModel,
    "complaint": ComplaintViewModel,
    "pick": PickViewModel,
    "dangers": DangersViewModel,
    "body": BodyViewModel,
    "place": PlaceViewModel,
    "confirm": ConfirmViewModel,
    "question": QuestionViewModel,
    "pain": PainViewModel,
    "summary": SummaryViewModel,
    "result": ResultViewModel,
    "booking": BookingViewModel,
    "slip": SlipViewModel,
    "farewell": FarewellViewModel,
    "emergency": EmergencyViewModel,
    "nurse": NurseViewModel,
    "desk": DeskViewModel,
}
_ON_THE_PAD = frozenset({Screen.PHONE, Screen.BIRTH, Screen.AGE, Screen.DOCUMENT, Screen.CODE})


class Screens:
    """Makes the view models and keeps them alive as long as the window; Main.qml gets them as required properties."""

    def __init__(
        self,
        send: Callable[[Event], None],
        clock: Callable[[], float],
        wall: Callable[[], datetime],
        usual: Looks,
    ) -> None:
        self.frame = FrameViewModel(send, clock, wall)
        self.appearance = AppearanceViewModel(usual)
        self.pad = PadViewModel(send, clock, wall)
        self.typing = TypingViewModel(send, clock, wall)
        others = {name: kind(send, clock, wall) for name, kind in _KINDS.items()}
        self._models: dict[str, ViewModel] = {**others, "pad": self.pad, "typing": self.typing}

    def initial_properties(self) -> dict[str, QObject]:
        return {"frame": self.frame, "appearance": self.appearance, **self._models}

    def prepare(self, knowledge: KnowledgeBase) -> None:
        """Begin what takes a while and is needed some screens later."""
        self.typing.prepare(knowledge)

    def show(self, inputs: Inputs) -> None:
        """Fill the page before the frame turns to it; pages that are not shown keep nothing to show."""
        self.appearance.show(inputs)
        shown = _model_of(inputs.state)
        self._models[shown].show(inputs)
        self.frame.show(inputs)
        for name, model in self._models.items():
            if name != shown:
                model.clear()


def _model_of(state: State) -> str:
    return "pad" if state.screen in _ON_THE_PAD else page_of(state)
