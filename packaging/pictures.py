"""Draw docs/pictures: screens of a visit in both languages, from the one list of screen states.

python packaging/pictures.py [FOLDER]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from PySide6.QtCore import QSize, Qt  # noqa: E402
from PySide6.QtGui import QGuiApplication  # noqa: E402

from kiosk.gallery.content import every_state  # noqa: E402
from kiosk.gallery.stage import Stage, Tongue, View  # noqa: E402
from kiosk.gallery.states import named  # noqa: E402

SIZE = QSize(540, 960)
SMALLEST = 0
"""PNG quality of Qt: the best compression."""
PICTURES = {
    "welcome": "attract",
    "directory": "directory",
    "directory-wing": "directory-wing",
    "way": "way",
    "consent": "consent",
    "who": "who",
    "card": "card",
    "document": "document-filled",
    "code": "code-typed",
    "appointment": "appointment",
    "phone": "phone-filled",
    "birth": "birth",
    "age": "age-filled",
    "sex": "sex-asked",
    "complaint": "complaint",
    "listening": "complaint-listening",
    "typing": "typing",
    "pick": "pick-chosen",
    "body": "body",
    "body-head": "body-head",
    "place": "place",
    "pain": "pain",
    "pain-faces": "pain-faces",
    "confirm": "confirm",
    "dangers": "dangers",
    "question": "question",
    "summary": "summary",
    "result": "result",
    "booking": "booking",
    "slip": "slip",
    "slip-no-paper": "slip-no-paper",
    "farewell": "farewell",
    "nurse": "nurse",
    "desk": "desk",
    "still-there": "still-there",
    "emergency": "emergency",
}
LOOKS = {"large": View(manner="large"), "largest": View(manner="largest"), "contrast": View(theme="contrast")}
"""What the dock's helpers do, shown on one screen."""
SHOWN_WITH = "question"
VISIT = (
    *("welcome", "consent", "who", "age", "sex", "listening", "confirm", "dangers"),
    *("pain", "question", "summary", "result", "booking", "slip", "farewell"),
)
"""The screens of one visit in order, for a picture that moves."""
FRAME_MS = 1600
FRAME_SIZE = (360, 640)


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    stage = Stage()
    for tongue in (Tongue.ZH, Tongue.EN):
        for name, state in PICTURES.items():
            draw(stage, state, View(tongue), folder / f"{name}-{tongue}.png")
        for name, view in LOOKS.items():
            own = View(tongue, view.theme, view.size, view.manner)
            draw(stage, SHOWN_WITH, own, folder / f"{SHOWN_WITH}-{name}-{tongue}.png")
        animate([folder / f"{name}-{tongue}.png" for name in VISIT], folder / f"visit-{tongue}.png")
    stage.close()
    application.processEvents()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


def animate(pictures: Sequence[Path], file: Path) -> None:
    """One picture that shows the others in turn, as an animated PNG."""
    frames = [Image.open(picture).convert("RGB").resize(FRAME_SIZE, Image.Resampling.LANCZOS) for picture in pictures]
    colours = [frame.quantize(64, dither=Image.Dither.NONE) for frame in frames]
    colours[0].save(file, save_all=True, append_images=colours[1:], duration=FRAME_MS, loop=0, optimize=True)


def draw(stage: Stage, state: str, view: View, file: Path) -> None:
    stage.show(named(state, every_state())[0], view)
    picture = stage.grab().scaled(SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    picture.save(str(file), "PNG", SMALLEST)


if __name__ == "__main__":
    raise SystemExit(main())
