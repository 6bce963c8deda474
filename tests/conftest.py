"""What every test needs before anything of Qt is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from kiosk import paths

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")

pytest_plugins = [
    "tests.peer_fixtures",
    "tests.gnuhealth_peer",
    "tests.his_houses",
    "tests.content_fixtures",
    "tests.llm_fixtures",
]


def pytest_sessionstart() -> None:
    """Temporary folders get their names again; numbers given in one of an earlier run would be gone on from."""
    for marks in paths.cache_dir().glob("given-*.json"):
        marks.unlink(missing_ok=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept-golden", action="store_true", help="keep how the screens look now (tests/ui/golden)")


@pytest.fixture(autouse=True)
def usual_log() -> Iterator[None]:
    """Commands that want their log quieter say so in the environment; called in a test they would leave it there."""
    before = os.environ.get("DAOZHEN_LOG")
    yield
    if before is None:
        os.environ.pop("DAOZHEN_LOG", None)


@pytest.fixture(scope="session")
def qapp_cls() -> type:
    """The kiosk has no widgets."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication
