"""The languages a patient can choose, each under the name its speakers give it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.dialogue.events import LanguageChosen
from kiosk.domain.language import OWN_LOCALE, Locale
from kiosk.ui.viewmodels.view_model import Inputs, ViewModel

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class LanguageRow:
    tag: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class LanguagesProps:
    rows: tuple[LanguageRow, ...] = ()


def derive(inputs: Inputs) -> LanguagesProps:
    state = inputs.state
    rows = (LanguageRow(locale.tag, locale.name, locale == state.locale) for locale in state.clinic.locales)
    return LanguagesProps(tuple(rows))


def chosen(locale: Locale, at: float) -> LanguageChosen:
    """What the dialogue hears; a language's own locale needs no tag."""
    tag = "" if OWN_LOCALE[locale.language].tag == locale.tag else locale.tag
    return LanguageChosen(at=at, language=locale.language, tag=tag)


@QmlElement
@QmlUncreatable("made by the kiosk")
class LanguagesViewModel(ViewModel):
    blank = LanguagesProps
    derive = staticmethod(derive)
    _props: LanguagesProps
    _locales: tuple[Locale, ...] = ()

    rowsChanged = Signal()

    @Property("QVariantList", notify=rowsChanged)
    def rows(self) -> list[dict[str, Any]]:
        """[{tag, name, chosen}] in the hospital's order."""
        return [asdict(row) for row in self._props.rows]

    def show(self, inputs: Inputs) -> None:
        self._locales = inputs.state.clinic.locales
        super().show(inputs)

    @Slot(str)
    def choose(self, tag: str) -> None:
        for locale in self._locales:
            if locale.tag == tag:
                self.send(chosen(locale, self.clock()))
