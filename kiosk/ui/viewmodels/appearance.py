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

    `scale` is device pixels per dp (0 fits the canvas to the window). `curtain` is a dark screen for whoever listens,
    `volume` 1 to 10, `headphones_wanted` True while something is not read aloud because the lobby would hear it,
    `by_keys` while the visit goes on by keys instead of touches.
    """

    theme: str = "light"
    text_step: int = 0
    low: bool = False
    reduce_motion: bool = False
    scale: float = 0.0
    chinese: bool = True
    right_to_left: bool = False
    can_read: bool = True
    read_aloud: bool = False
    curtain: bool = False
    volume: int = 6
    headphones_wanted: bool = False
    by_keys: bool = False


QUIETEST, LOUDEST = 1, 10


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
    canReadChanged = Signal()
    readAloudChanged = Signal()
    curtainChanged = Signal()
    volumeChanged = Signal()
    headphonesWantedChanged = Signal()
    byKeysChanged = Signal()

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

    @Property(bool, notify=canReadChanged)
    def canRead(self) -> bool:
        return self._looks.can_read

    @Property(bool, notify=readAloudChanged)
    def readAloud(self) -> bool:
        return self._looks.read_aloud

    @Property(bool, notify=curtainChanged)
    def curtain(self) -> bool:
        return self._looks.curtain

    @Property(int, notify=volumeChanged)
    def volume(self) -> int:
        return self._looks.volume

    @Property(bool, notify=headphonesWantedChanged)
    def headphonesWanted(self) -> bool:
        return self._looks.headphones_wanted

    @Property(bool, notify=byKeysChanged)
    def byKeys(self) -> bool:
        return self._looks.by_keys

    @Slot()
    def toggleReadAloud(self) -> None:
        """A dark screen without a voice would be of no use to anybody: the curtain goes with the reading."""
        on = self._looks.can_read and not self._looks.read_aloud
        self._swap(replace(self._looks, read_aloud=on, curtain=False, headphones_wanted=False))

    @Slot()
    def toggleCurtain(self) -> None:
        self._swap(replace(self._looks, curtain=self._looks.read_aloud and not self._looks.curtain))

    def lift_curtain(self) -> None:
        self._swap(replace(self._looks, curtain=False))

    def change_volume(self, steps: int) -> None:
        self._swap(replace(self._looks, volume=max(QUIETEST, min(LOUDEST, self._looks.volume + steps))))

    def want_headphones(self, wanted: bool) -> None:
        self._swap(replace(self._looks, headphones_wanted=wanted))

    def use_keys(self, by_keys: bool) -> None:
        self._swap(replace(self._looks, by_keys=by_keys))

    @property
    def is_usual(self) -> bool:
        """Nothing was changed for the patient in front of the screen."""
        return self._looks == replace(self._usual, chinese=self._looks.chinese, right_to_left=self._looks.right_to_left)

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
