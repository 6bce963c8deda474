"""The design's numbers for QML: assets/design/tokens.json, read once per engine."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import Property, QObject, QUrl
from PySide6.QtQml import QmlElement, QmlSingleton

from kiosk import paths

QML_IMPORT_NAME = "Daozhen.ViewModels"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class DesignTokens(QObject):
    """Colours, sizes and durations; only Theme.qml reads them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        folder = paths.assets() / "design"
        self._folder = QUrl.fromLocalFile(f"{folder}/")
        self._tokens: dict[str, Any] = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))

    @Property("QVariantMap", constant=True)
    def tokens(self) -> dict[str, Any]:
        return self._tokens

    @Property(QUrl, constant=True)
    def folder(self) -> QUrl:
        """Where the pictures of the design lie, with a final slash."""
        return self._folder
