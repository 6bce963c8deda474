"""What translates for QML ends when it is told to, not when Python finds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import shiboken6

from kiosk.domain.language import Language
from kiosk.i18n import load_catalogue
from kiosk.ui.translator import GettextTranslator

_COLLECTED_WHILE_QT_TRANSLATES = """
import gc
from PySide6.QtCore import QCoreApplication
from kiosk.domain.language import Language
from kiosk.i18n import load_catalogue
from kiosk.ui.translator import GettextTranslator

class Collecting(GettextTranslator):
    def translate(self, context, source, disambiguation=None, n=-1):
        gc.collect()
        return super().translate(context, source)

app = QCoreApplication([])
gone = GettextTranslator(load_catalogue(Language.EN))
gone.itself = gone
gone.end()
del gone
now = Collecting(load_catalogue(Language.EN))
assert QCoreApplication.translate("", "Call nurse") == "Call nurse"
now.end()
"""


def test_an_ended_translator_is_gone_at_once(qapp) -> None:
    translator = GettextTranslator(load_catalogue(Language.EN))
    translator.end()
    assert not shiboken6.isValid(translator)


def test_an_ended_translator_found_while_qt_translates_holds_nothing_up() -> None:
    subprocess.run(
        [sys.executable, "-c", _COLLECTED_WHILE_QT_TRANSLATES],
        check=True,
        timeout=60,
        cwd=Path(__file__).resolve().parents[2],
    )
