"""How chosen screens look, compared with accepted pictures; `make golden` accepts how they look now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QImage

from kiosk.gallery.comparison import compare
from kiosk.gallery.content import every_state
from kiosk.gallery.stage import Stage, Tongue, View
from kiosk.gallery.states import named

GOLDEN = Path(__file__).parent / "golden"
OUT = Path(__file__).resolve().parents[2] / "build" / "golden"
FAMILIES = {
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "Noto Sans Arabic UI": "fonts-noto-ui-core",
    "DejaVu Sans": "fonts-dejavu-core",
}
LANDSCAPE = "1920x1080"
SMALLEST = 0

VIEWS = [
    ("attract", View(Tongue.ZH)),
    ("attract-no-paper", View(Tongue.EN, "contrast", LANDSCAPE)),
    ("directory", View(Tongue.ZH)),
    ("directory-wing", View(Tongue.EN, size=LANDSCAPE)),
    ("way", View(Tongue.AR)),
    ("way-department", View(Tongue.EN, "contrast", LANDSCAPE)),
    ("code-not-found", View(Tongue.ZH)),
    ("appointment", View(Tongue.EN)),
    ("appointment-early", View(Tongue.ZH, manner="largest")),
    ("appointment-cancelling", View(Tongue.EN, "contrast", LANDSCAPE)),
    ("consent", View(Tongue.EN)),
    ("phone-wrong", View(Tongue.ZH, size=LANDSCAPE)),
    ("sex", View(Tongue.EN, manner="low")),
    ("complaint-listening", View(Tongue.ZH)),
    ("complaint-no-microphone", View(Tongue.EN, "dark")),
    ("complaint-listening", View(Tongue.EN, size=LANDSCAPE, manner="large")),
    ("complaint-listening-long", View(Tongue.EN, size=LANDSCAPE, manner="largest")),
    ("pick-chosen", View(Tongue.ZH, manner="large")),
    ("confirm", View(Tongue.EN)),
    ("confirm", View(Tongue.ZH, size=LANDSCAPE)),
    ("question", View(Tongue.ZH)),
    ("question-answered", View(Tongue.EN, "contrast", manner="largest")),
    ("question-listening", View(Tongue.ZH, "dark", LANDSCAPE)),
    ("question-person", View(Tongue.EN, size=LANDSCAPE)),
    ("question-proposed", View(Tongue.EN)),
    ("summary", View(Tongue.ZH)),
    ("result", View(Tongue.EN)),
    ("result-check", View(Tongue.ZH, size=LANDSCAPE)),
    ("result", View(Tongue.EN, manner="largest")),
    ("booking-chosen", View(Tongue.ZH)),
    ("booking-lost", View(Tongue.EN, size=LANDSCAPE)),
    ("slip", View(Tongue.EN)),
    ("slip-no-paper", View(Tongue.ZH, size=LANDSCAPE)),
    ("slip-longest", View(Tongue.EN, size=LANDSCAPE, manner="largest")),
    ("typing-words", View(Tongue.ZH)),
    ("consent", View(Tongue.ZH, manner="largest")),
    ("emergency-numbered", View(Tongue.ZH)),
    ("emergency", View(Tongue.EN, size=LANDSCAPE, manner="largest")),
    ("still-there", View(Tongue.ZH, "contrast")),
]


@pytest.fixture(scope="module")
def stage(qapp: QGuiApplication) -> Iterator[Stage]:
    for family, package in FAMILIES.items():
        if family not in QFontDatabase.families():
            pytest.fail(f"the golden pictures need the font {family}: apt install {package}")
    stage = Stage()
    yield stage
    stage.close()


@pytest.mark.parametrize(("state", "view"), VIEWS, ids=lambda part: str(part).strip().replace(" ", "-"))
def test_the_screen_looks_as_accepted(stage: Stage, state: str, view: View, request: pytest.FixtureRequest) -> None:
    name = "-".join([state, *str(view).split()])
    golden, now = GOLDEN / f"{name}.png", _half(stage, state, view)
    if request.config.getoption("--accept-golden"):
        if not golden.exists() or not compare(QImage(str(golden)), now).same:
            golden.parent.mkdir(exist_ok=True)
            assert now.save(str(golden), "PNG", SMALLEST)
        return
    assert golden.exists(), f"{golden.name} is not there yet: look at the screen, then `make golden`"
    found = compare(QImage(str(golden)), now)
    if not found.same:
        OUT.mkdir(parents=True, exist_ok=True)
        now.save(str(OUT / f"{name}-now.png"))
        found.picture.save(str(OUT / f"{name}-difference.png"))
        pytest.fail(
            f"{name} has changed in {found.blocks} places: see {OUT / name}-now.png and -difference.png; "
            "`make golden` accepts it"
        )


def _half(stage: Stage, state: str, view: View) -> QImage:
    stage.show(named(state, every_state())[0], view)
    picture = stage.grab()
    half = QSize(picture.width() // 2, picture.height() // 2)
    return picture.scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def test_no_accepted_picture_is_left_over() -> None:
    wanted = {"-".join([state, *str(view).split()]) + ".png" for state, view in VIEWS}
    assert {file.name for file in GOLDEN.glob("*.png")} <= wanted
