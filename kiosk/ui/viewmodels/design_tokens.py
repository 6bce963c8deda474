"""The design's numbers for QML: assets/design/tokens.json, read once per engine."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QObject, QUrl, Slot
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
        self._folder = paths.assets() / "design"

    @Slot(result="QVariantMap")
    def read(self) -> dict[str, Any]:
        """The whole file as nested maps."""
        tokens: dict[str, Any] = json.loads((self._folder / "tokens.json").read_text(encoding="utf-8"))
        return tokens

    @Slot(str, result=QUrl)
    def picture(self, name: str) -> QUrl:
        return QUrl.fromLocalFile(str(self._folder / f"{name}.svg"))
