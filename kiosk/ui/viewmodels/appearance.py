"""How the screen looks for the patient in front of it: colours, size of text, height of the controls, movement."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlUncreatable

from kiosk.domain.language import Language
from kiosk.ui.viewmodels.view_model import Inputs, changed_signal

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


TEXT_STEPS = 3


@dataclass(frozen=True, slots=True)
class Looks:
    """`theme` is light, dark or contrast; `text_step` 0 is usual text, 1 large, 2 the largest.

    `scale` is device pixels per dp (0 fits the canvas to the window).
    """

    theme: str = "light"
    text_step: int = 0
    low: bool = False
    reduce_motion: bool = False
    scale: float = 0.0
    chinese: bool = True
    right_to_left: bool = False


@QmlElement
@QmlUncreatable("made by the kiosk")
class AppearanceViewModel(QObject):
    """Changed by the dock's helpers at once, and taken back to the hospital's setting after every patient."""

    themeChanged = Signal()
    textStepChanged = Signal()
    lowChanged = Signal()
    reduceMotionChanged = Signal()
    scaleChanged = Signal()
    chineseChanged = Signal()
    rightToLeftChanged = Signal()

    def __init__(self, usual: Looks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._usual = usual
        self._looks = usual

    def show(self, inputs: Inputs) -> None:
        """Follow the language: English titles are set smaller, because its words are wider."""
        chinese, mirrored = inputs.state.language is Language.ZH, inputs.state.locale.right_to_left
        self._swap(replace(self._looks, chinese=chinese, right_to_left=mirrored))

    @Property(str, notify=themeChanged)
    def theme(self) -> str:
        return self._looks.theme

    @Property(int, notify=textStepChanged)
    def textStep(self) -> int:
        return self._looks.text_step

    @Property(bool, notify=lowChanged)
    def low(self) -> bool:
        return self._looks.low

    @Property(bool, notify=reduceMotionChanged)
    def reduceMotion(self) -> bool:
        return self._looks.reduce_motion

    @Property(float, notify=scaleChanged)
    def scale(self) -> float:
        return self._looks.scale

    @Property(bool, notify=chineseChanged)
    def chinese(self) -> bool:
        return self._looks.chinese

    @Property(bool, notify=rightToLeftChanged)
    def rightToLeft(self) -> bool:
        return self._looks.right_to_left

    def dress(self, looks: Looks) -> None:
        """Look exactly like this."""
        self._swap(looks)

    @Slot()
    def nextTextSize(self) -> None:
        """Usual, large, largest, and usual again."""
        self._swap(replace(self._looks, text_step=(self._looks.text_step + 1) % TEXT_STEPS))

    @Slot()
    def toggleContrast(self) -> None:
        usual = "light" if self._usual.theme == "contrast" else self._usual.theme
        self._swap(replace(self._looks, theme=usual if self._looks.theme == "contrast" else "contrast"))

    @Slot()
    def toggleLow(self) -> None:
        self._swap(replace(self._looks, low=not self._looks.low))

    @Slot()
    def toggleReduceMotion(self) -> None:
        self._swap(replace(self._looks, reduce_motion=not self._looks.reduce_motion))

    @Slot()
    def reset(self) -> None:
        """The next patient finds the usual screen."""
        language = {"chinese": self._looks.chinese, "right_to_left": self._looks.right_to_left}
        self._swap(replace(self._usual, **language))

    def _swap(self, new: Looks) -> None:
        old, self._looks = self._looks, new
        for item in fields(Looks):
            if getattr(old, item.name) != getattr(new, item.name):
                getattr(self, changed_signal(item.name)).emit()
