"""What is wrong at the place of the body that was pointed at, and on which side."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain import body
from kiosk.domain.dialogue.events import AnotherPlace, FindingTapped, Next, SideChosen
from kiosk.domain.findings import Side
from kiosk.domain.knowledge import BodyPlace
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.body import picture_of, ratio_of
from kiosk.ui.viewmodels.phrasing import begun
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class WrongRow:
    code: str
    text: str
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class SideRow:
    code: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlaceProps:
    """`sides` is empty where left and right make no difference; the spot is the place's dot on the drawing."""

    place: str = ""
    picture: str = ""
    ratio: float = 1.0
    spot_x: float = 0.0
    spot_y: float = 0.0
    title: str = ""
    helper: str = ""
    sides: tuple[SideRow, ...] = ()
    rows: tuple[WrongRow, ...] = ()
    chosen_here: bool = False
    chosen_count: int = 0


def derive(inputs: Inputs) -> PlaceProps:
    state, tr = inputs.state, inputs.tr
    place = state.clinic.knowledge.body.places.get(state.place)
    if place is None:
        return PlaceProps()
    rows = _rows(state, place, tr)
    region = state.clinic.knowledge.body.places.get(place.within)
    x, y = body.spot(state.clinic.knowledge.body, place, state.patient, state.side)
    return PlaceProps(
        place=place.code,
        picture=picture_of(state, region),
        ratio=ratio_of(region),
        spot_x=x,
        spot_y=y,
        title=tr("{place}: what is wrong?").format(place=tr(place.name)),
        helper=_place_helper(state, tr),
        sides=_sides(state, tr) if place.paired else (),
        rows=rows,
        chosen_here=any(row.chosen for row in rows),
        chosen_count=len(state.picked),
    )


def _place_helper(state: State, tr: Translate) -> str:
    if state.input_problem == "pick":
        return tr("Please tap what fits, one is enough.")
    return tr("Tap everything that fits. Tap again to undo.")


def _sides(state: State, tr: Translate) -> tuple[SideRow, ...]:
    names = {Side.LEFT: tr("Left"), Side.RIGHT: tr("Right"), Side.BOTH: tr("Both sides")}
    return tuple(SideRow(side.value, names[side], side is state.side) for side in Side)


def _rows(state: State, place: BodyPlace, tr: Translate) -> tuple[WrongRow, ...]:
    knowledge = state.clinic.knowledge
    kinds = {code: knowledge.body.kinds[kind] for kind, code in reversed(place.what.items())}
    rows = []
    for code in body.offered(knowledge, place, state.patient):
        symptom, kind = knowledge.symptoms[code], kinds.get(code)
        name = body.wrong_said(knowledge, place, code)
        icon = kind.icon if kind is not None else symptom.icon
        chosen = body.is_chosen(state.findings, code, place.code)
        rows.append(WrongRow(code, begun(tr(name)), icon, chosen))
    return tuple(rows)


@QmlElement
@QmlUncreatable("made by the kiosk")
class PlaceViewModel(ViewModel):
    blank = PlaceProps
    derive = staticmethod(derive)
    _props: PlaceProps

    placeChanged = Signal()
    pictureChanged = Signal()
    ratioChanged = Signal()
    spotXChanged = Signal()
    spotYChanged = Signal()
    titleChanged = Signal()
    helperChanged = Signal()
    sidesChanged = Signal()
    rowsChanged = Signal()
    chosenHereChanged = Signal()
    chosenCountChanged = Signal()

    @Property(str, notify=placeChanged)
    def place(self) -> str:
        return self._props.place

    @Property(str, notify=pictureChanged)
    def picture(self) -> str:
        return self._props.picture

    @Property(float, notify=ratioChanged)
    def ratio(self) -> float:
        return self._props.ratio

    @Property(float, notify=spotXChanged)
    def spotX(self) -> float:
        return self._props.spot_x

    @Property(float, notify=spotYChanged)
    def spotY(self) -> float:
        return self._props.spot_y

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property(str, notify=helperChanged)
    def helper(self) -> str:
        return self._props.helper

    @Property("QVariantList", notify=sidesChanged)
    def sides(self) -> list[dict[str, Any]]:
        """[{code, text, chosen}]"""
        return [asdict(side) for side in self._props.sides]

    @Property("QVariantList", notify=rowsChanged)
    def rows(self) -> list[dict[str, Any]]:
        """[{code, text, icon, chosen}]"""
        return [asdict(row) for row in self._props.rows]

    @Property(bool, notify=chosenHereChanged)
    def chosenHere(self) -> bool:
        return self._props.chosen_here

    @Property(int, notify=chosenCountChanged)
    def chosenCount(self) -> int:
        """Of all places and tiles together."""
        return self._props.chosen_count

    @Slot(str)
    def toggle(self, code: str) -> None:
        self.send(FindingTapped(at=self.clock(), code=code))

    @Slot(str)
    def chooseSide(self, side: str) -> None:
        self.send(SideChosen(at=self.clock(), side=Side(side)))

    @Slot()
    def another(self) -> None:
        self.send(AnotherPlace(at=self.clock()))

    @Slot()
    def next(self) -> None:
        self.send(Next(at=self.clock()))
