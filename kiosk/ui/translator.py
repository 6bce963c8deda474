"""Lets qsTr read the gettext catalogue, so that QML and Python share one file per language."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from kiosk.domain.language import Words
from kiosk.i18n import Catalogue
from kiosk.ui.line_breaks import line_breaks


class GettextTranslator(QTranslator):
    """Translates from when it is made until `end`; after `use`, engine.retranslate() renews every qsTr."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.use(catalogue)
        QCoreApplication.installTranslator(self)

    def end(self) -> None:
        """Destroy it now. Left to Python, its end may come while Qt translates, and both then wait for one lock."""
        QCoreApplication.removeTranslator(self)
        shiboken6.delete(self)

    def use(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._breaks = line_breaks(catalogue.locale)
        self._shown: dict[str | Words, str] = {}

    def shown(self, text: str | Words) -> str:
        """The text as it stands on the screen: translated, and with its words held together at the end of a line."""
        if text not in self._shown:
            self._shown[text] = self._breaks.kept(self._catalogue.tr(text))
        return self._shown[text]

    def kept(self, text: str) -> str:
        """A text that is no wording of ours, with its words held together."""
        return self._breaks.kept(text)

    def isEmpty(self) -> bool:
        # Qt does not install a translator that calls itself empty.
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return self.shown(source)
