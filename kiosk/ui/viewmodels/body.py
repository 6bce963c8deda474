"""Show where: the body with its names."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain import body
from kiosk.domain.dialogue import pointing
from kiosk.domain.dialogue.events import (
    BodyTurned,
    ElsewhereChosen,
    Next,
    PlaceChosen,
)
from kiosk.domain.knowledge import BodyPlace, View
from kiosk.domain.patient import Patient
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.phrasing import listed, mid_sentence, sided, width
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_LONGEST_CHOICE = 48
_NARROW, _SQUARE = 0.46, 1.0
"""Width by height of the drawings: whole bodies and limbs, and all others."""


@dataclass(frozen=True, slots=True)
class PlaceName:
    """`x` and `y` are the dot's place in percent of the drawing."""

    code: str
    text: str
    chosen: bool
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class BodyProps:
    """`left` and `right` are the names beside the drawing, from top to bottom; `ratio` is its width by its height."""

    region: str = ""
    title: str = ""
    helper: str = ""
    picture: str = ""
    ratio: float = _NARROW
    left: tuple[PlaceName, ...] = ()
    right: tuple[PlaceName, ...] = ()
    can_turn: bool = False
    turn: str = ""
    elsewhere: str = ""
    elsewhere_icon: str = ""
    chosen_count: int = 0


def derive_body(inputs: Inputs) -> BodyProps:
    state, tr = inputs.state, inputs.tr
    places = _places(state)
    region = state.clinic.knowledge.body.places.get(state.place)
    left, right = _columns(state, places, tr)
    return BodyProps(
        region=state.place,
        title=_title(state, region, tr),
        helper=_helper(state, tr),
        picture=picture_of(state, region),
        ratio=ratio_of(region),
        left=left,
        right=right,
        can_turn=region is None,
        turn=tr("See the front") if state.from_behind else tr("See the back"),
        elsewhere=_elsewhere(state, tr),
        elsewhere_icon="callout" if state.can_hear else "keyboard" if state.locale.is_understood else "question",
        chosen_count=len(state.picked),
    )


def _elsewhere(state: State, tr: Translate) -> str:
    """Whose language is not understood finds the common complaints instead."""
    if state.can_hear:
        return tr("Say it instead")
    return tr("Type it instead") if state.locale.is_understood else tr("Something else")


def _places(state: State) -> tuple[BodyPlace, ...]:
    return body.shown(state.clinic.knowledge.body, state.place, pointing.view(state), state.patient)


def _title(state: State, region: BodyPlace | None, tr: Translate) -> str:
    if region is None:
        return tr("Where is it?")
    return tr("{place}: where exactly?").format(place=tr(region.name))


def _helper(state: State, tr: Translate) -> str:
    if state.input_problem == "pick":
        return tr("Please tap what fits, one is enough.")
    if chosen := chosen_said(state, tr):
        return tr("Chosen: {findings}").format(findings=chosen)
    return tr("Tap a name or the body. More than one is fine.")


def chosen_said(state: State, tr: Translate) -> str:
    """What was chosen so far, newest first, as much as fits two lines."""
    said: list[str] = []
    for code in reversed(state.picked):
        finding = state.findings.get(code)
        name = mid_sentence(sided(state, finding, tr)) if finding is not None else ""
        if name and sum(map(width, [*said, name])) <= _LONGEST_CHOICE:
            said.append(name)
    return listed(said, tr)


def picture_of(state: State, region: BodyPlace | None) -> str:
    """The name of the drawing in assets/body."""
    if region is not None:
        return region.picture
    view = View.BACK if state.from_behind else View.FRONT
    return f"{_who(state.patient)}-{view.value}"


def ratio_of(region: BodyPlace | None) -> float:
    """The drawing's width by its height."""
    return _NARROW if region is None or region.paired else _SQUARE


def _who(patient: Patient) -> str:
    figure = body.figure(patient)
    return f"{figure}-{patient.sex.value}" if patient.sex is not None else figure


def _columns(
    state: State, places: tuple[BodyPlace, ...], tr: Translate
) -> tuple[tuple[PlaceName, ...], tuple[PlaceName, ...]]:
    """Half of the names on each side, by where their dots stand, so that lines are short and do not cross."""
    knowledge = state.clinic.knowledge.body
    names = [
        PlaceName(
            place.code,
            tr(place.name),
            body.chosen_in(knowledge, state.findings, place.code),
            *body.spot(knowledge, place, state.patient),
        )
        for place in places
    ]
    names.sort(key=lambda name: (name.x, name.y))
    half = (len(names) + 1) // 2
    left, right = (tuple(sorted(part, key=lambda name: name.y)) for part in (names[:half], names[half:]))
    return left, right


@QmlElement
@QmlUncreatable("made by the kiosk")
class BodyViewModel(ViewModel):
    """Serves the whole body and its regions."""

    blank = BodyProps
    derive = staticmethod(derive_body)
    _props: BodyProps
    _state: State | None = None

    regionChanged = Signal()
    titleChanged = Signal()
    helperChanged = Signal()
    pictureChanged = Signal()
    ratioChanged = Signal()
    leftChanged = Signal()
    rightChanged = Signal()
    canTurnChanged = Signal()
    turnChanged = Signal()
    elsewhereChanged = Signal()
    elsewhereIconChanged = Signal()
    chosenCountChanged = Signal()

    def show(self, inputs: Inputs) -> None:
        self._state = inputs.state
        super().show(inputs)

    def clear(self) -> None:
        self._state = None
        super().clear()

    @Property(str, notify=regionChanged)
    def region(self) -> str:
        return self._props.region

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=helperChanged)
    def helper(self) -> str:
        return self._props.helper

    @Property(str, notify=pictureChanged)
    def picture(self) -> str:
        return self._props.picture

    @Property(float, notify=ratioChanged)
    def ratio(self) -> float:
        return self._props.ratio

    @Property("QVariantList", notify=leftChanged)
    def left(self) -> list[dict[str, Any]]:
        """[{code, text, chosen, x, y}]"""
        return [asdict(name) for name in self._props.left]

    @Property("QVariantList", notify=rightChanged)
    def right(self) -> list[dict[str, Any]]:
        """[{code, text, chosen, x, y}]"""
        return [asdict(name) for name in self._props.right]

    @Property(bool, notify=canTurnChanged)
    def canTurn(self) -> bool:
        return self._props.can_turn

    @Property(str, notify=turnChanged)
    def turn(self) -> str:
        return self._props.turn

    @Property(str, notify=elsewhereChanged)
    def elsewhere(self) -> str:
        return self._props.elsewhere

    @Property(str, notify=elsewhereIconChanged)
    def elsewhereIcon(self) -> str:
        return self._props.elsewhere_icon

    @Property(int, notify=chosenCountChanged)
    def chosenCount(self) -> int:
        return self._props.chosen_count

    @Slot(str)
    def choose(self, code: str) -> None:
        self.send(PlaceChosen(at=self.clock(), code=code))

    @Slot(float, float)
    def touchBody(self, x: float, y: float) -> None:
        """A touch on the drawing, in percent of its width and height; beside the body it means nothing."""
        if self._state is None:
            return
        state = self._state
        knowledge = state.clinic.knowledge.body
        site = body.touched(knowledge, state.place, pointing.view(state), state.patient, x, y)
        if site is not None:
            self.send(PlaceChosen(at=self.clock(), code=site.place, side=site.side))

    @Slot()
    def turnAround(self) -> None:
        self.send(BodyTurned(at=self.clock()))

    @Slot()
    def sayElsewhere(self) -> None:
        self.send(ElsewhereChosen(at=self.clock()))

    @Slot()
    def next(self) -> None:
        self.send(Next(at=self.clock()))
