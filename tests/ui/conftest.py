"""A window without a screen: software drawing, every QML warning fails the test."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import kiosk_states
import pytest
from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk import paths
from kiosk.domain.dialogue.events import Event
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen, State
from kiosk.i18n import Catalogue, load_catalogue
from kiosk.ui.icons import IconProvider
from kiosk.ui.qr_provider import QrProvider
from kiosk.ui.translator import GettextTranslator
from kiosk.ui.viewmodels import design_tokens  # noqa: F401 - registers the singleton that Theme.qml reads
from kiosk.ui.viewmodels.appearance import Looks
from kiosk.ui.viewmodels.screens import Screens

QML = Path(__file__).resolve().parents[2] / "kiosk" / "ui" / "qml"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture
def engine(qapp: QGuiApplication) -> Iterator[QQmlApplicationEngine]:
    """An engine with our modules and image providers, whose warnings fail the test."""
    warnings: list[str] = []
    engine = QQmlApplicationEngine()
    engine.setOutputWarningsToStandardError(False)
    engine.warnings.connect(lambda found: warnings.extend(warning.toString() for warning in found))
    engine.addImportPath(str(QML))
    engine.addImageProvider("icon", IconProvider(paths.assets() / "icons"))
    engine.addImageProvider("body", IconProvider(paths.assets() / "body"))
    engine.addImageProvider("qr", QrProvider())
    yield engine
    for root in engine.rootObjects():
        root.deleteLater()
    engine.deleteLater()
    QCoreApplication.sendPostedEvents(None, 0)
    qapp.processEvents()
    assert warnings == []


def find(root: QObject, name: str) -> QQuickItem:
    """The visible item with this objectName anywhere below `root`, also inside repeaters and loaders."""
    item = root.contentItem() if isinstance(root, QQuickWindow) else root
    waiting = [item]
    while waiting:
        child = waiting.pop(0)
        if child.objectName() == name and child.isVisible():
            return child
        waiting.extend(child.childItems())
    raise LookupError(name)


def visible_items(root: QQuickItem) -> Iterator[QQuickItem]:
    for child in root.childItems():
        if child.isVisible() and child.opacity() > 0:
            yield child
            yield from visible_items(child)


def centre(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


@dataclass
class Kiosk:
    """The whole window with view models that show hand-made states; `sent` are the events of the patient.

    `before_closing` is done while the window still stands: a reader must not hear its last changes of focus.
    """

    window: QQuickWindow
    screens: Screens
    engine: QQmlApplicationEngine
    translator: GettextTranslator
    catalogues: dict[Language, Catalogue]
    settle: Callable[[], None]
    sent: list[Event] = field(default_factory=list)
    before_closing: list[Callable[[], object]] = field(default_factory=list)

    def show(self, state: State, **changes: object) -> None:
        """Show a state in its language and wait until the page stands still."""
        catalogue = self.catalogues[state.language]
        self.translator.use(catalogue)
        self.engine.retranslate()
        self.screens.show(kiosk_states.inputs(state, catalogue.tr, **changes))
        self.settle()

    def find(self, name: str) -> QQuickItem:
        return find(self.window, name)

    def find_scale(self) -> float:
        """Device pixels per dp."""
        return next(item for item in self.window.contentItem().childItems() if item.property("fit")).scale()

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        self.settle()


@pytest.fixture
def translator(qapp: QGuiApplication) -> Iterator[GettextTranslator]:
    translator = GettextTranslator(load_catalogue(Language.ZH))
    yield translator
    translator.end()


@pytest.fixture
def kiosk(
    engine: QQmlApplicationEngine, translator: GettextTranslator, qapp: QGuiApplication, qtbot
) -> Iterator[Kiosk]:
    sent: list[Event] = []
    screens = Screens(sent.append, lambda: 100.0, lambda: kiosk_states.WALL, Looks(reduce_motion=True))
    catalogues = {language: load_catalogue(language) for language in Language}
    screens.show(kiosk_states.inputs(kiosk_states.at(Screen.ATTRACT), catalogues[Language.ZH].tr))
    engine.setInitialProperties(screens.initial_properties())
    engine.load(QUrl.fromLocalFile(str(QML / "Kiosk" / "Main.qml")))
    window = engine.rootObjects()[0]
    assert isinstance(window, QQuickWindow)
    window.setProperty("guard", 0)

    def settle() -> None:
        qapp.processEvents()
        with qtbot.waitSignal(window.frameSwapped, timeout=3000):
            window.update()

    settle()
    kiosk = Kiosk(window, screens, engine, translator, catalogues, settle, sent)
    yield kiosk
    for leave in kiosk.before_closing:
        leave()
    window.close()
