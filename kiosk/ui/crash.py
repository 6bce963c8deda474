"""What happens when our own code has a bug: one log line without values, and a restart by the service manager."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from kiosk import logs

facts = logs.get(__name__)

EXIT_BUG = 70
"""Exit code of a window that met an error nobody foresaw (EX_SOFTWARE); the service manager starts it again."""


def install() -> None:
    """An exception in a slot does not end a Qt program by itself: the screen would stay half changed."""

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        # The message may quote what a patient said: only the type and the place are logged.
        facts.error("bug", kind=kind.__name__, where=logs.where(trace))
        from PySide6.QtCore import QCoreApplication

        QCoreApplication.exit(EXIT_BUG)

    sys.excepthook = report
    threading.excepthook = lambda failed: report(
        failed.exc_type, failed.exc_value or RuntimeError(), failed.exc_traceback
    )
