"""The window: QML engine, translator, pictures, and everything of the last patient that Qt itself could keep."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from kiosk import paths
from kiosk.adapters import qr
from kiosk.domain.language import Locale, Words
from kiosk.i18n import Catalogue, installed, load_catalogue
from kiosk.ui.icons import IconProvider
from kiosk.ui.qr_provider import QrProvider
from kiosk.ui.slip_canvas import FAMILY
from kiosk.ui.translator import GettextTranslator
from kiosk.ui.viewmodels import design_tokens  # noqa: F401 - registers the singleton that Theme.qml reads

OTHER_SCRIPTS = ("Noto Sans Arabic UI", "DejaVu Sans")
"""DejaVu has the word joiner of line_breaks; from a family with other heights it would move every line of Chinese."""
_LONGEST_FRAME_MS = 100
QML = Path(__file__).resolve().parent / "qml"


def prepare_environment() -> None:
    """Before the first Qt object: no disk cache of what was shown, no menus, the plain renderer without a GPU; letters
    that the one family of the design does not have come from the families named here, not from whatever there is."""
    QFont.insertSubstitutions(FAMILY, list(OTHER_SCRIPTS))
    os.environ.setdefault("QML_DISABLE_DISK_CACHE", "1")
    os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
    if os.environ.get("QSG_RHI_BACKEND") == "vulkan":
        # Without a driver Qt ends with a segmentation fault instead of choosing another one.
        del os.environ["QSG_RHI_BACKEND"]


class Engine(QObject):
    """Loads Main.qml with its view models. A catalogue is read once, when somebody first chooses its language."""

    def __init__(self, locale: Locale, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogues: dict[str, Catalogue] = {}
        self._translator = GettextTranslator(self._catalogue(locale), self)
        self._locale = locale
        self._engine = QQmlApplicationEngine(self)
        self._engine.addImportPath(str(QML))
        self._engine.addImageProvider("icon", IconProvider(paths.assets() / "icons"))
        self._engine.addImageProvider("body", IconProvider(paths.assets() / "body"))
        self._engine.addImageProvider("qr", QrProvider())
        self.warnings: list[str] = []
        self._engine.warnings.connect(lambda found: self.warnings.extend(warning.toString() for warning in found))

    def load(self, properties: dict[str, QObject | bool], size: QSize | None = None) -> QQuickWindow:
        """Show the window; RuntimeError when the QML of this installation is broken."""
        self._engine.setInitialProperties(properties)
        self._engine.load(str(QML / "Kiosk" / "Main.qml"))
        roots = self._engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("Main.qml did not load: " + "; ".join(self.warnings))
        # A reference of our own: the wrapper of rootObjects() is temporary and takes its children along.
        self.window = roots[0]
        if size is not None:
            self.window.resize(size)
        return self.window

    def tr(self, text: str | Words) -> str:
        """What is said aloud."""
        return self._catalogue(self._locale).tr(text)

    def shown(self, text: str | Words) -> str:
        """What stands on the screen."""
        return self._translator.shown(text)

    def kept(self, text: str) -> str:
        """What the patient said, as it stands on the screen."""
        return self._translator.kept(text)

    def catalogue(self, tag: str) -> Catalogue | None:
        """Of the language with this tag; None for none, or one that is not installed any more."""
        locale = installed().get(tag) if tag else None
        return self._catalogue(locale) if locale else None

    def use(self, locale: Locale) -> None:
        """Every text on screen in another language, at once."""
        self._locale = locale
        self.speak(self._catalogue(locale))

    def speak(self, catalogue: Catalogue) -> None:
        """Every text of the QML from this catalogue, at once."""
        self._translator.use(catalogue)
        self._engine.retranslate()

    def forget(self) -> None:
        """Clipboard, selection and cached pictures outlive a screen; the next patient must not find them."""
        clipboard = QGuiApplication.clipboard()
        clipboard.clear()
        if clipboard.supportsSelection():
            clipboard.clear(clipboard.Mode.Selection)
        qr.matrix.cache_clear()
        self._engine.trimComponentCache()
        self._engine.collectGarbage()

    def close(self) -> None:
        """Take the window down before the view models that its bindings read."""
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self._translator.end()

    def on_first_frame(self, call: Callable[[], None]) -> None:
        """Call once, after the first frame was drawn."""
        self.window.frameSwapped.connect(
            call,
            Qt.ConnectionType(Qt.ConnectionType.QueuedConnection.value | Qt.ConnectionType.SingleShotConnection.value),
        )

    def after_frame(self, call: Callable[[], None]) -> None:
        """Call once, when the next frame was drawn; a window that draws none keeps nothing waiting."""
        waiting = [call]

        def once() -> None:
            if waiting:
                waiting.pop()()

        self.window.frameSwapped.connect(
            once,
            Qt.ConnectionType(Qt.ConnectionType.QueuedConnection.value | Qt.ConnectionType.SingleShotConnection.value),
        )
        QTimer.singleShot(_LONGEST_FRAME_MS, once)
        self.window.update()

    def _catalogue(self, locale: Locale) -> Catalogue:
        if locale.tag not in self._catalogues:
            self._catalogues[locale.tag] = load_catalogue(locale)
        return self._catalogues[locale.tag]
