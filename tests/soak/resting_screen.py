"""What the first screen costs while nobody is there: seconds of processor per minute, and frames drawn.

`python tests/soak/resting_screen.py --seconds 60 --size 1920x1080 [--still]` runs the composed kiosk without a display
on the software renderer, waits until its picture has begun to move, and counts. `--still` is the setting "less motion".
The figure is of the window's process; the workers sleep.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("DAOZHEN_LOG", "WARNING")

from PySide6.QtCore import QSize, QTimer

from kiosk.app import KioskApplication
from kiosk.config import Config, SpeechSettings, VoiceKind, VoiceSettings
from kiosk.ui.viewmodels.attract import ALONE_S

SETTLED_S = ALONE_S + 10


class Measurement:
    """Begins when the screen has come to rest, ends the application."""

    def __init__(self, kiosk: KioskApplication, seconds: float) -> None:
        self.kiosk = kiosk
        self.seconds = seconds
        self.frames = 0
        kiosk.window.frameSwapped.connect(self._count)
        kiosk.ready.connect(lambda: QTimer.singleShot(round(1000 * SETTLED_S), self._begin))

    def _count(self) -> None:
        self.frames += 1

    def _begin(self) -> None:
        self.frames, self.cpu, self.wall = 0, time.process_time(), time.monotonic()
        QTimer.singleShot(round(1000 * self.seconds), self._end)

    def _end(self) -> None:
        minutes = (time.monotonic() - self.wall) / 60
        cpu = (time.process_time() - self.cpu) / minutes
        print(f"{cpu:.2f} s of processor and {self.frames / minutes:.0f} frames a minute")
        self.kiosk.quit()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--size", default="1080x1920")
    parser.add_argument("--still", action="store_true")
    wanted = parser.parse_args()
    config = Config(speech=SpeechSettings(enabled=False), voice=VoiceSettings(kind=VoiceKind.OFF))
    with tempfile.TemporaryDirectory() as state:
        config = replace(
            config,
            kiosk=replace(config.kiosk, state=state),
            display=replace(config.display, reduce_motion=wanted.still),
        )
        width, height = (int(part) for part in wanted.size.split("x"))
        kiosk = KioskApplication(config, windowed=True, size=QSize(width, height))
        measurement = Measurement(kiosk, wanted.seconds)
        return measurement.kiosk.exec()


if __name__ == "__main__":
    raise SystemExit(main())
