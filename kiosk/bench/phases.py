"""What the stage hands over: times, and nothing made of them yet."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

Wait = Callable[[], bool]
Play = Generator[Wait, None, None]
"""A story that goes on at the first frame at which what it yielded is true."""


class StageError(Exception):
    """The visit did not go on; the message says what was awaited."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How often to play, how large, and the commands of what else works meanwhile.

    Without rounds there is only the check at the end: whether each press can be seen. "{state}" in a command is the
    state folder of the window that is measured. `his_url` is of a FHIR hospital system; without one files are written.
    """

    rounds: int
    width: int
    height: int
    loads: list[list[str]]
    his_url: str = ""


@dataclass(slots=True)
class Phase:
    """What was measured while one load was on, or none.

    `frames` are seconds and scenes; frames of the scene "" are not measured. `presses` and `turns` are milliseconds
    from a due touch to the first frame with the pressed control, and from a due release to the first frame of the next
    page, each with the control's name. An answer is not among the latter: its page stays a moment on purpose. `done`
    are the rates of the loads.
    """

    name: str
    scene: str = ""
    frames: list[tuple[float, str]] = field(default_factory=list)
    presses: list[tuple[float, str]] = field(default_factory=list)
    turns: list[tuple[float, str]] = field(default_factory=list)
    done: list[dict[str, float]] = field(default_factory=list)
