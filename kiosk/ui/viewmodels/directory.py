"""Find a place: what can be looked for, and the way to it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain import wayfinding
from kiosk.domain.dialogue import directory
from kiosk.domain.dialogue.events import Back, DestinationChosen, Ended, WingChosen
from kiosk.domain.wayfinding import Destination, Wing
from kiosk.ui.viewmodels.view_model import Inputs, Translate, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1

_WING_ICONS: Mapping[Wing, str] = MappingProxyType(
    {
        Wing.INTERNAL: "heart",
        Wing.SURGERY: "injury",
        Wing.FAMILY: "pregnancy",
        Wing.SENSES: "eye",
        Wing.INFECTION: "fever",
        Wing.OTHER: "clipboard",
    }
)


@dataclass(frozen=True, slots=True)
class PlaceTile:
    code: str
    text: str
    icon: str
    hint: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class DirectoryProps:
    """On the first level `places` are what everybody looks for and `wings` the groups of departments; inside a wing
    `departments` alone is filled."""

    title: str = ""
    places: tuple[PlaceTile, ...] = ()
    wings: tuple[PlaceTile, ...] = ()
    departments: tuple[PlaceTile, ...] = ()


def derive_directory(inputs: Inputs) -> DirectoryProps:
    state, tr = inputs.state, inputs.tr
    if state.wing is not None:
        departments = tuple(_department(place, tr) for place in directory.listed(state, state.wing))
        return DirectoryProps(title=wing_name(state.wing, tr), departments=departments)
    return DirectoryProps(
        title=tr("What are you looking for?"),
        places=tuple(PlaceTile(place.code, tr(place.name), place.icon) for place in directory.listed(state, None)),
        wings=tuple(PlaceTile(wing.value, wing_name(wing, tr), _WING_ICONS[wing]) for wing in directory.wings(state)),
    )


def _department(place: Destination, tr: Translate) -> PlaceTile:
    return PlaceTile(place.code, tr(place.name), place.icon, tr(place.where))


def wing_name(wing: Wing, tr: Translate) -> str:
    match wing:
        case Wing.INTERNAL:
            return tr("Internal medicine")
        case Wing.SURGERY:
            return tr("Surgery and bones")
        case Wing.FAMILY:
            return tr("Women and children")
        case Wing.SENSES:
            return tr("Eyes, ears, teeth, skin")
        case Wing.INFECTION:
            return tr("Fever and infections")
        case Wing.OTHER:
            return tr("Other departments")


@dataclass(frozen=True, slots=True)
class WayProps:
    """`steps` are done one after another; `remark` says that there are no stairs and how long it takes."""

    name: str = ""
    icon: str = ""
    where: str = ""
    steps: tuple[str, ...] = ()
    remark: str = ""
    sensitive: bool = False
    department: bool = False


def derive_way(inputs: Inputs) -> WayProps:
    place, tr = directory.destination(inputs.state), inputs.tr
    if place is None:
        return WayProps()
    return WayProps(
        name=tr(place.name),
        icon=place.icon,
        where=tr(place.where),
        steps=tuple(tr(line) for line in wayfinding.steps(place.way)),
        remark="\n".join(tr(line) for line in wayfinding.remarks(place.way)),
        sensitive=place.sensitive,
        department=place.wing is not None,
    )


@QmlElement
@QmlUncreatable("made by the kiosk")
class DirectoryViewModel(ViewModel):
    blank = DirectoryProps
    derive = staticmethod(derive_directory)
    _props: DirectoryProps

    titleChanged = Signal()
    placesChanged = Signal()
    wingsChanged = Signal()
    departmentsChanged = Signal()

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self._props.title

    @Property("QVariantList", notify=placesChanged)
    def places(self) -> list[dict[str, Any]]:
        """[{code, text, icon, hint, chosen}] in the hospital's order."""
        return [asdict(tile) for tile in self._props.places]

    @Property("QVariantList", notify=wingsChanged)
    def wings(self) -> list[dict[str, Any]]:
        return [asdict(tile) for tile in self._props.wings]

    @Property("QVariantList", notify=departmentsChanged)
    def departments(self) -> list[dict[str, Any]]:
        return [asdict(tile) for tile in self._props.departments]

    @Slot(str)
    def choose(self, code: str) -> None:
        self.send(DestinationChosen(at=self.clock(), code=code))

    @Slot(str)
    def openWing(self, code: str) -> None:
        self.send(WingChosen(at=self.clock(), wing=Wing(code)))


@QmlElement
@QmlUncreatable("made by the kiosk")
class WayViewModel(ViewModel):
    blank = WayProps
    derive = staticmethod(derive_way)
    _props: WayProps

    nameChanged = Signal()
    iconChanged = Signal()
    whereChanged = Signal()
    stepsChanged = Signal()
    remarkChanged = Signal()
    sensitiveChanged = Signal()
    departmentChanged = Signal()

    @Property(str, notify=nameChanged)
    def name(self) -> str:
        return self._props.name

    @Property(str, notify=iconChanged)
    def icon(self) -> str:
        return self._props.icon

    @Property(str, notify=whereChanged)
    def where(self) -> str:
        return self._props.where

    @Property("QVariantList", notify=stepsChanged)
    def steps(self) -> list[str]:
        return list(self._props.steps)

    @Property(str, notify=remarkChanged)
    def remark(self) -> str:
        return self._props.remark

    @Property(bool, notify=sensitiveChanged)
    def sensitive(self) -> bool:
        """Nobody else's business: neither its name nor the way is read to the lobby."""
        return self._props.sensitive

    @Property(bool, notify=departmentChanged)
    def department(self) -> bool:
        """A department's name is for the headphones, that of a toilet is not."""
        return self._props.department

    @Slot()
    def another(self) -> None:
        self.send(Back(at=self.clock()))

    @Slot()
    def finish(self) -> None:
        self.send(Ended(at=self.clock()))
