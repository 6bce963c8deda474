"""What every step of the dialogue returns, and how one screen follows another."""

from __future__ import annotations

from dataclasses import replace

from kiosk.domain.dialogue.effects import Effect
from kiosk.domain.visit import Screen, State

Step = tuple[State, list[Effect]]


def go(state: State, screen: Screen) -> State:
    """Show `screen`; "back" will return to the present one."""
    return replace(state, screen=screen, trail=(*state.trail, state.screen), input_problem="")
