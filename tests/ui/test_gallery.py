"""Every screen state in the real window, in every language, orientation and size of text: what design.md promises."""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import QML, find
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem

from kiosk import paths
from kiosk.domain.visit import Screen
from kiosk.gallery.checks import inspect, scene
from kiosk.gallery.checks_access import access_problems
from kiosk.gallery.checks_colour import colour_problems, ratio
from kiosk.gallery.checks_press import press_problems
from kiosk.gallery.command import UnknownChoice, gallery, layouts, plan
from kiosk.gallery.comparison import compare
from kiosk.gallery.content import every_state, longest_questions
from kiosk.gallery.pseudo import CATALOGUE, pseudo
from kiosk.gallery.stage import THEMES, Stage, Tongue, View
from kiosk.gallery.states import named
from kiosk.i18n import placeholders

Damage = Callable[[QQuickItem, QQuickItem], None]

MANNERS = ("normal", "low", "large", "largest")
PORTRAIT, LANDSCAPE = "768x1366", "1280x720"
PANEL_27 = 1080 / (336.2 * 4.034)
"""Device pixels per dp of a measured 27 inch panel; the canvas is then larger than the design's."""


@pytest.fixture(scope="module")
def stage(qapp: QGuiApplication) -> Iterator[Stage]:
    stage = Stage()
    stage.window.requestActivate()
    yield stage
    stage.close()


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
@pytest.mark.parametrize("tongue", [Tongue.ZH, Tongue.EN, Tongue.XX])
def test_every_state_is_whole_and_within_reach(stage: Stage, tongue: Tongue, size: str) -> None:
    found = []
    for state in every_state():
        for manner in layouts(tongue, MANNERS):
            view = View(tongue, size=size, manner=manner)
            stage.show(state, view)
            low = manner == "low" and tongue is not Tongue.XX
            found += [f"{state.name} [{view}]: {problem}" for problem in inspect(stage, low=low)]
    assert found == []


@pytest.mark.parametrize("size", [PORTRAIT, LANDSCAPE])
def test_the_longest_questions_of_the_content_fit(stage: Stage, size: str) -> None:
    found = []
    for state in longest_questions():
        for view in (View(tongue, size=size, manner=manner) for tongue in (Tongue.ZH, Tongue.EN) for manner in MANNERS):
            stage.show(state, view)
            found += [f"{state.name} [{view}]: {problem}" for problem in inspect(stage, low=view.manner == "low")]
    assert found == []


def test_a_measured_27_inch_panel_keeps_everything_within_reach(stage: Stage) -> None:
    found = []
    for state in every_state():
        for manner in ("normal", "low"):
            stage.show(state, View(size="1080x1920", manner=manner, scale=PANEL_27))
            found += [f"{state.name} {manner}: {problem}" for problem in inspect(stage, low=manner == "low")]
    assert found == []


@pytest.mark.parametrize(("size", "manner"), [(PORTRAIT, "normal"), (LANDSCAPE, "normal"), (PORTRAIT, "largest")])
def test_every_control_has_a_name_and_is_reached_with_tab(stage: Stage, size: str, manner: str) -> None:
    found = []
    for state in every_state():
        stage.show(state, View(size=size, manner=manner))
        found += [f"{state.name}: {problem}" for problem in access_problems(stage)]
    assert found == []


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_stands_out_from_what_is_behind_it(stage: Stage, theme: str) -> None:
    found = []
    for state in every_state():
        stage.show(state, View(Tongue.EN, theme=theme, size=PORTRAIT))
        found += [f"{state.name}: {problem}" for problem in colour_problems(stage, theme)]
    assert found == []


def test_every_control_looks_pressed(stage: Stage) -> None:
    found = []
    for state in every_state():
        stage.show(state, View(size=PORTRAIT))
        found += [f"{state.name}: {problem}" for problem in press_problems(stage, "light")]
    assert found == []


def _smaller(item: QQuickItem, _: QQuickItem) -> None:
    item.setProperty("width", 60)


def _nearer(_: QQuickItem, other: QQuickItem) -> None:
    other.setProperty("height", other.height() + 20)
    other.setY(other.y() - 20)


def _off_the_screen(item: QQuickItem, _: QQuickItem) -> None:
    item.setX(item.x() + 300)


def _nameless(item: QQuickItem, _: QQuickItem) -> None:
    item.setProperty("text", "")


def _colourless(item: QQuickItem, _: QQuickItem) -> None:
    text = next(child for child in _below(item) if child.inherits("QQuickText") and child.property("text"))
    text.setProperty("color", QColor("#2A5A95"))


def _unmoved(item: QQuickItem, _: QQuickItem) -> None:
    for child in _below(item):
        if child.inherits("QQuickRectangle"):
            child.setVisible(False)


def _below(item: QQuickItem) -> Iterator[QQuickItem]:
    for child in item.childItems():
        yield child
        yield from _below(child)


@pytest.mark.parametrize(
    ("damage", "check", "words"),
    [
        (_smaller, inspect, "too small to touch"),
        (_nearer, inspect, "too near"),
        (_off_the_screen, inspect, "leaves the screen"),
        (_nameless, access_problems, "has no name"),
        (_unmoved, lambda stage: press_problems(stage, "light"), "does not look pressed"),
        (_colourless, lambda stage: colour_problems(stage, "light"), "has a contrast of"),
    ],
)
def test_the_checks_find_what_is_wrong(
    qapp: QGuiApplication,
    damage: Callable[[QQuickItem, QQuickItem], None],
    check: Callable[[Stage], list[str]],
    words: str,
) -> None:
    stage = Stage()
    stage.window.requestActivate()
    stage.show(named("consent")[0], View(size=PORTRAIT))
    assert check(stage) == []
    damage(find(stage.window, "agree"), find(stage.window, "refuse"))
    problems = check(stage)
    stage.close()
    assert any(words in problem for problem in problems), problems


def test_looking_takes_nothing_away(stage: Stage) -> None:
    """Python must not own what it looks at: the collector deleted parts of the page and fields of the dock."""
    stage.show(named("question")[0], View(size=PORTRAIT))
    before = len(list(_below(stage.window.contentItem())))
    gc.collect()
    assert access_problems(stage) == []
    gc.collect()
    assert len(list(_below(stage.window.contentItem()))) == before
    assert stage.warnings == []


def test_a_lost_helper_is_missed(qapp: QGuiApplication) -> None:
    stage = Stage()
    stage.show(named("question")[0], View(size=PORTRAIT))
    find(stage.window, "dockRead").setVisible(False)
    problems = inspect(stage)
    stage.close()
    assert any("the dock has 5 fields" in problem for problem in problems), problems


def test_the_largest_text_is_turned_in_steps_and_keeps_the_answer(stage: Stage) -> None:
    stage.show(named("question-answered")[0], View(Tongue.EN, size=LANDSCAPE, manner="largest"))
    page = find(stage.window, "stepDown").parentItem().parentItem()
    seen = set()
    while True:
        seen |= {
            name
            for name in ("answer_present", "answer_absent", "answer_unsure")
            if _is_whole(stage, find(stage.window, name))
        }
        down = find(stage.window, "stepDown")
        if down.property("off"):
            break
        down.clicked.emit()
        stage.settle()
    assert seen == {"answer_present", "answer_absent", "answer_unsure"}
    assert find(stage.window, "answer_unsure").property("chosen") is True
    assert page.property("step") > 0


def _is_whole(stage: Stage, item: QQuickItem) -> bool:
    return any(target.item == item and target.whole for target in scene(stage.window, stage.scale).targets)


def test_the_list_has_every_screen() -> None:
    assert {state.screen for state in every_state()} == set(Screen)
    assert len({state.name for state in every_state()}) == len(every_state())


def test_the_pseudo_language_is_longer_and_keeps_fields() -> None:
    for text in ("Go on", "Step {step} of {total}", "In %1 seconds your words are wiped."):
        assert placeholders(pseudo(text)) == placeholders(text)
        wide = sum(2 if ord(letter) > 0x2E80 else 1 for letter in pseudo(text))
        assert 1.2 * len(text) <= wide <= 1.6 * len(text)
    assert pseudo("骨 027") != pseudo("")
    assert pseudo("10:20") == "10:20"
    assert CATALOGUE.tr("Nurse") != "Nurse"


def test_no_qml_reads_words_as_markup() -> None:
    """Words of patients, models and hospitals are never markup; what is typed is escaped before it is underlined."""
    marked = {
        file.name
        for file in QML.rglob("*.qml")
        if re.search(r"textFormat: (?!Text\.PlainText)", file.read_text(encoding="utf-8"))
    }
    assert marked <= {"Typing.qml"}


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_keeps_the_contrasts_of_the_design(theme: str) -> None:
    tokens = json.loads((paths.assets() / "design" / "tokens.json").read_text(encoding="utf-8"))
    colours = tokens["color"][theme]
    for pair, promised in tokens["contrastRatios"][theme].items():
        one, other = pair.split("/")
        if one in colours and other in colours:
            assert ratio(QColor(colours[one]), QColor(colours[other])) == pytest.approx(promised, abs=0.05), pair


def test_the_command_draws_a_page_of_pictures(qapp: QGuiApplication, tmp_path: Path) -> None:
    wanted = plan(["farewell"], ["en"], ["light", "contrast"], [PORTRAIT], ["normal"])
    assert gallery(wanted, tmp_path, check=True) == 0
    drawn = sorted(file.name for file in (tmp_path / PORTRAIT).glob("*.png"))
    assert drawn == [f"farewell-en-{theme}-{PORTRAIT}-normal.png" for theme in ("contrast", "light")]
    assert QImage(str(tmp_path / PORTRAIT / drawn[0])).width() == 768
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert all(name in page for name in drawn)


def test_the_same_state_gives_the_same_picture(stage: Stage) -> None:
    pictures = []
    for other in ("booking", "emergency"):
        stage.show(named(other)[0], View(size=PORTRAIT))
        stage.show(named("result")[0], View(size=PORTRAIT))
        pictures.append(stage.grab())
    assert pictures[0] == pictures[1]


def test_an_unknown_screen_is_named() -> None:
    with pytest.raises(UnknownChoice, match="there is no screen 'lobby'"):
        plan(["lobby"], [], [], [], [])


def test_noise_is_the_same_picture_and_a_moved_button_is_not(stage: Stage) -> None:
    stage.show(named("consent")[0], View(size=PORTRAIT))
    drawn = stage.grab()
    noisy = drawn.scaled(drawn.size() * 1.02).scaled(drawn.size())
    find(stage.window, "agree").setX(8)
    moved = stage.grab()
    stage.show(named("who")[0], View(size=PORTRAIT))
    assert compare(drawn, noisy).worst < compare(drawn, moved).worst
    assert not compare(drawn, moved).same
