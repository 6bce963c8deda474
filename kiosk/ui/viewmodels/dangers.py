"""Is one of these happening now? Pictures of dangers, the same for everybody whatever was understood."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain import dangers
from kiosk.domain.dialogue.events import DangerPicked, NoDanger
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class DangerTile:
    code: str
    text: str
    icon: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class DangersProps:
    """A picture counts as chosen while one of its findings is."""

    tiles: tuple[DangerTile, ...] = ()


def derive(inputs: Inputs) -> DangersProps:
    state, tr = inputs.state, inputs.tr
    pictures = dangers.offered(state.clinic.knowledge, state.patient)
    return DangersProps(
        tuple(
            DangerTile(danger.code, tr(danger.name), danger.icon, any(code in state.picked for code in danger.findings))
            for danger in pictures
        )
    )


@QmlElement
@QmlUncreatable("made by the kiosk")
class DangersViewModel(ViewModel):
    blank = DangersProps
    derive = staticmethod(derive)
    _props: DangersProps

    tilesChanged = Signal()

    @Property("QVariantList", notify=tilesChanged)
    def tiles(self) -> list[dict[str, Any]]:
        """[{code, text, icon, chosen}]"""
        return [asdict(tile) for tile in self._props.tiles]

    @Slot(str)
    def pick(self, code: str) -> None:
        self.send(DangerPicked(at=self.clock(), code=code))

    @Slot()
    def none(self) -> None:
        self.send(NoDanger(at=self.clock()))
