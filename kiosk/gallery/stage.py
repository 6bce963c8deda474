"""The real window with the real view models, without workers: shows any screen state in any look and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPointF, QRectF, QSize
from PySide6.QtGui import QImage
from PySide6.QtQml import QQmlExpression, qmlContext
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.domain.language import ENGLISH, OWN_LOCALE, SIMPLIFIED_CHINESE, Language, Locale
from kiosk.domain.visit import State
from kiosk.gallery import clinic, pseudo
from kiosk.gallery.states import ScreenState
from kiosk.i18n import Catalogue, installed, load_catalogue
from kiosk.ui.engine import Engine, prepare_environment
from kiosk.ui.viewmodels.appearance import Looks
from kiosk.ui.viewmodels.screens import Screens
from kiosk.ui.viewmodels.view_model import Inputs
from kiosk.wire.sound_check import Advice

NOW = 100.0
THEMES = ("light", "dark", "contrast")
SIZES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        size: (int(size.split("x")[0]), int(size.split("x")[1]))
        for size in ("1080x1920", "1920x1080", "1280x720", "768x1366")
    }
)
MANNERS: Mapping[str, Looks] = MappingProxyType(
    {
        "normal": Looks(),
        "large": Looks(text_step=1),
        "largest": Looks(text_step=2),
        "low": Looks(low=True),
        "largest-low": Looks(text_step=2, low=True),
    }
)
"""What a patient can ask for with the dock's helpers, colours apart."""


class Tongue(StrEnum):
    """The languages of the screen, and the pseudo language that finds what would burst."""

    ZH = "zh"
    EN = "en"
    ZH_HANT = "zh-Hant"
    ES = "es"
    AR = "ar"
    XX = "xx"

    @property
    def locale(self) -> Locale:
        if self is Tongue.XX:
            return ENGLISH
        return SIMPLIFIED_CHINESE if self is Tongue.ZH else installed()[self.value]

    @property
    def language(self) -> Language:
        return self.locale.language


@dataclass(frozen=True, slots=True)
class View:
    """How a state is looked at. `scale` is device pixels per dp of a measured panel; 0 fits the canvas."""

    tongue: Tongue = Tongue.ZH
    theme: str = "light"
    size: str = "1080x1920"
    manner: str = "normal"
    scale: float = 0.0

    def looks(self) -> Looks:
        locale = self.tongue.locale
        return replace(
            MANNERS[self.manner],
            theme=self.theme,
            scale=self.scale,
            reduce_motion=True,
            chinese=locale.language is Language.ZH,
            right_to_left=locale.right_to_left,
        )

    def __str__(self) -> str:
        return f"{self.tongue} {self.theme} {self.size} {self.manner}" + (f" x{self.scale:.2f}" if self.scale else "")


@dataclass
class Stage:
    """One window for many states; needs a QGuiApplication. `warnings` are QML's complaints so far."""

    engine: Engine = field(init=False)
    window: QQuickWindow = field(init=False)

    def __post_init__(self) -> None:
        prepare_environment()
        self.engine = Engine(SIMPLIFIED_CHINESE)
        looks = Looks(reduce_motion=True)
        self._screens = Screens(lambda _: None, lambda: NOW, lambda: clinic.WALL, looks)
        self._screens.show(self._inputs(clinic.at(clinic.Screen.CONSENT)))
        self.window = self.engine.load({**self._screens.initial_properties()}, QSize(540, 960))
        self._view: View | None = None
        self._shown: ScreenState | None = None

    @property
    def warnings(self) -> list[str]:
        return self.engine.warnings

    def show(self, shown: ScreenState, view: View) -> None:
        """Show a state and wait until the page stands still."""
        before = self._view
        if before is None or before.tongue is not view.tongue:
            self.engine.speak(_catalogue(view.tongue))
        if before is None or before.size != view.size:
            self.window.resize(QSize(*SIZES[view.size]))
        self._view = view
        self._screens.appearance.dress(view.looks())
        state = _in_tongue(shown.state(view.tongue.language), view.tongue)
        if self._shown is not shown:
            self._leave_page(shown)
        self._shown = shown
        self._screens.show(self._inputs(state, shown.levels, shown.advice))
        if shown.keys is not None:
            self._type(shown.keys.in_language(view.tongue.language))
        self._screens.appearance.dress(view.looks())
        self.settle()

    def _leave_page(self, shown: ScreenState) -> None:
        """A page that is already shown keeps what was tapped and scrolled on it: turn to another one first."""
        if self._screens.frame.screen == shown.screen.value:
            other = clinic.Screen.WHO if shown.screen is not clinic.Screen.WHO else clinic.Screen.SEX
            self._screens.show(self._inputs(clinic.at(other)))

    def _inputs(self, state: State, levels: tuple[float, ...] = (), advice: Advice = Advice.NONE) -> Inputs:
        tr, kept = self.engine.shown, self.engine.kept
        return Inputs(state, tr, NOW, clinic.WALL, clinic.HOSPITAL, clinic.WAYS, levels, advice, kept)

    def _type(self, keys: str) -> None:
        self._screens.typing.deleteAll()
        for key in keys:
            self._screens.typing.key(key)

    def settle(self) -> None:
        """Let bindings, positioners and delayed calls come to rest, without drawing."""
        for _ in range(3):
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
            # Outside an event loop nobody else does, and every page left behind would stay.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            polish(self.window.contentItem())

    def grab(self) -> QImage:
        """The picture; Qt draws again what the last drawing moved."""
        self.window.grabWindow()
        self.settle()
        return self.window.grabWindow()

    @property
    def scale(self) -> float:
        """Device pixels per dp."""
        canvas = next(item for item in self.window.contentItem().childItems() if item.property("fit"))
        return float(canvas.scale())

    def close(self) -> None:
        self.engine.close()


def polish(root: QQuickItem) -> None:
    for child in root.childItems():
        polish(child)
    root.ensurePolished()


def visible_items(root: QQuickItem) -> Iterator[QQuickItem]:
    """Every visible item below `root`, in drawing order of one parent's children."""
    for child in sorted(root.childItems(), key=lambda item: item.z()):
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from visible_items(child)


def place(item: QQuickItem) -> QRectF:
    """Where the item lies in the window, in device pixels."""
    return item.mapRectToScene(QRectF(0, 0, item.width(), item.height()))


def evaluate(item: QQuickItem, expression: str) -> Any:
    """A QML expression in the item's own scope, for what Python cannot read as a property."""
    return QQmlExpression(qmlContext(item), item, expression).evaluate()[0]


def centre(item: QQuickItem) -> QPointF:
    return place(item).center()


@cache
def _catalogue(tongue: Tongue) -> Catalogue:
    return pseudo.CATALOGUE if tongue is Tongue.XX else load_catalogue(tongue.locale)


def _in_tongue(state: State, tongue: Tongue) -> State:
    """What the patient said stays English in a language that is not understood; the pseudo language has its own."""
    if tongue is Tongue.XX:
        said = {name: pseudo.pseudo(getattr(state, name)) for name in ("heard", "complaint", "live_words")}
        return replace(state, **said)
    if OWN_LOCALE[tongue.language] == tongue.locale:
        return state
    locales = tuple(dict.fromkeys((*state.clinic.locales, tongue.locale)))
    return replace(state, tag=tongue.locale.tag, clinic=replace(state.clinic, locales=locales))
