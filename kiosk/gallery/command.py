"""`kiosk gallery`: draws the pictures of a plan, checks what is shown, and leaves one page to look through."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import track

from kiosk.domain.visit import Screen
from kiosk.gallery.content import every_state, longest_questions
from kiosk.gallery.pages import Picture, write_page
from kiosk.gallery.states import ScreenState, named

LANGUAGES = ("zh", "en")
EVERY_LANGUAGE = ("zh", "en", "zh-Hant", "es", "ar", "xx")
_THUMB = 240
_SMALLEST = 0
"""PNG quality of Qt: the best compression."""
_INCHES_27 = 1080 / (336.2 * 4.034)
"""Device pixels per dp on a 27 inch panel of 1080 x 1920, whose short edge has 336.2 mm."""


class UnknownChoice(Exception):
    """A name on the command line that the gallery does not have; the message lists what there is."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to draw: every screen state in every combination."""

    states: tuple[ScreenState, ...] = field(default_factory=every_state)
    languages: tuple[str, ...] = LANGUAGES
    themes: tuple[str, ...] = ("light", "dark", "contrast")
    sizes: tuple[str, ...] = ("1080x1920", "1920x1080", "1280x720", "768x1366")
    manners: tuple[str, ...] = ("normal", "large", "largest", "low")

    def __len__(self) -> int:
        return len(self.states) * len(self.languages) * len(self.themes) * len(self.sizes) * len(self.manners)


def plan(
    screens: Sequence[str],
    languages: Sequence[str],
    themes: Sequence[str],
    sizes: Sequence[str],
    manners: Sequence[str],
) -> Plan:
    """From names on the command line, empty for everything; raises UnknownChoice."""
    whole = Plan()
    states: dict[str, ScreenState] = {}
    for pattern in screens:
        found = named(pattern, whole.states)
        if not found:
            raise UnknownChoice(
                f"there is no screen {pattern!r}; there are {', '.join(state.name for state in whole.states)}"
            )
        states |= {state.name: state for state in found}
    return Plan(
        tuple(states.values()) or whole.states,
        _chosen("language", languages, EVERY_LANGUAGE) or whole.languages,
        _chosen("theme", themes, whole.themes) or whole.themes,
        _chosen("size", sizes, whole.sizes) or whole.sizes,
        _chosen("manner", manners, (*whole.manners, "largest-low")) or whole.manners,
    )


def _chosen(what: str, wanted: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    for name in wanted:
        if name not in known:
            raise UnknownChoice(f"there is no {what} {name!r}; there are {', '.join(known)}")
    return tuple(dict.fromkeys(wanted))


@dataclass
class Report:
    pictures: list[Picture] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    shown: int = 0


def gallery(wanted: Plan, out: Path, *, draw: bool = True, check: bool = False) -> int:
    """Draw and check; 1 when a check found something or QML complained."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_QUICK_BACKEND"] = "software"
    os.environ.setdefault("DAOZHEN_LOG", "WARNING")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication.instance() or QGuiApplication([])
    from kiosk.gallery.stage import Stage

    began, report, console = time.monotonic(), Report(), Console()
    out.mkdir(parents=True, exist_ok=True)
    stage = Stage()
    stage.window.requestActivate()
    try:
        # All pictures before any check: the checks leave the focus of the keyboard where a patient would not see it.
        if draw:
            for state in track(wanted.states, description="pictures", console=console):
                report.pictures += _draw(stage, state, wanted, out)
        if check:
            for state in track(wanted.states, description="checks", console=console):
                _check(stage, state, wanted, report)
        if check and Screen.QUESTION in {state.screen for state in wanted.states}:
            for state in track(longest_questions(), description="longest questions", console=console):
                _check(stage, state, wanted, report)
    finally:
        stage.close()
    report.problems += sorted(set(stage.warnings))
    if draw:
        write_page(out, report.pictures, report.problems)
    application.processEvents()
    for problem in report.problems:
        console.print(problem, markup=False, highlight=False, soft_wrap=True)
    checked = f", {report.shown} views checked, {len(report.problems)} problems" if check else ""
    console.print(f"{len(report.pictures)} pictures{checked} in {time.monotonic() - began:.0f} s: {out / 'index.html'}")
    return 1 if report.problems else 0


def _draw(stage, state: ScreenState, wanted: Plan, out: Path) -> Iterator[Picture]:
    """Every picture of a state; a page in several steps gives one picture for each."""
    from PySide6.QtCore import Qt

    from kiosk.gallery.checks import steps

    for language, size, manner, theme, view in _views(wanted):
        if not state.is_offered(view.tongue.locale):
            continue
        stage.show(state, view)
        for step in steps(stage):
            name = f"{state.name}-{language}-{theme}-{size}-{manner}" + (f"-{step + 1}" if step else "")
            image = stage.grab()
            folder = out / size
            (folder / "small").mkdir(parents=True, exist_ok=True)
            image.save(str(folder / f"{name}.png"), "PNG")
            small = image.scaledToWidth(_THUMB, Qt.TransformationMode.SmoothTransformation)
            small.save(str(folder / "small" / f"{name}.png"), "PNG", _SMALLEST)
            yield Picture(f"{size}/{name}.png", f"{size}/small/{name}.png", state.name, language, theme, size, manner)


def _views(wanted: Plan):
    from kiosk.gallery.stage import Tongue, View

    for language in wanted.languages:
        for size in wanted.sizes:
            for manner in wanted.manners:
                for theme in wanted.themes:
                    yield language, size, manner, theme, View(Tongue(language), theme, size, manner)


def _check(stage, state: ScreenState, wanted: Plan, report: Report) -> None:
    """Layout in every language, size and manner; access once per layout; colours and presses in every theme."""
    from kiosk.gallery.checks import inspect
    from kiosk.gallery.checks_access import access_problems
    from kiosk.gallery.checks_colour import colour_problems
    from kiosk.gallery.checks_press import press_problems
    from kiosk.gallery.stage import Tongue, View

    def add(view: View, found: Sequence[str]) -> None:
        report.problems += [f"{state.name} [{view}]: {problem}" for problem in found]

    languages = (*wanted.languages, "xx") if "xx" not in wanted.languages else wanted.languages
    for language in _offered(state, languages):
        for size in wanted.sizes:
            for manner in layouts(language, wanted.manners):
                for scale in (0.0, _INCHES_27) if size in ("1080x1920", "1920x1080") and language != "xx" else (0.0,):
                    view = View(Tongue(language), "light", size, manner, scale)
                    stage.show(state, view)
                    report.shown += 1
                    add(view, inspect(stage, low="low" in manner and language != "xx"))
                    if language != "xx" and not scale:
                        add(view, access_problems(stage))
    for theme in wanted.themes:
        for language in _offered(state, wanted.languages):
            view = View(Tongue(language), theme, wanted.sizes[0])
            stage.show(state, view)
            report.shown += 1
            add(view, colour_problems(stage, theme))
            add(view, press_problems(stage, theme))


def _offered(state: ScreenState, languages: Sequence[str]) -> Iterator[str]:
    from kiosk.gallery.stage import Tongue

    return (language for language in languages if state.is_offered(Tongue(language).locale))


def layouts(language: str, manners: Sequence[str]) -> tuple[str, ...]:
    """The pseudo language is longer than any real one: twice the size is not asked of it."""
    return tuple(manner for manner in manners if language != "xx" or not manner.startswith("largest"))
