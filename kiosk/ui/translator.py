"""Lets qsTr read the gettext catalogue, so that QML and Python share one file per language."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from kiosk.i18n import Catalogue


class GettextTranslator(QTranslator):
    """Install with QCoreApplication.installTranslator; after `use`, engine.retranslate() renews every qsTr."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue

    def use(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def isEmpty(self) -> bool:
        # Qt does not install a translator that calls itself empty.
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return self._catalogue.tr(source)
