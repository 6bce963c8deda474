"""What the microphone's business is in words: how to speak, why nothing was heard, what to do instead."""

from __future__ import annotations

from kiosk.domain.hearing import Hearing
from kiosk.domain.visit import State
from kiosk.ui.viewmodels.view_model import Translate
from kiosk.wire.sound_check import Advice


def advice_said(advice: Advice, tr: Translate) -> str:
    """For whoever is speaking now; empty until there is something to judge."""
    match advice:
        case Advice.CLOSER:
            return tr("Please come closer")
        case Advice.SOFTER:
            return tr("Too loud. A little further away, please")
        case Advice.LOUD_ROOM:
            return tr("Very loud here. Tapping works too")
        case Advice.MUTE:
            return tr("The microphone gives no sound. Please tap")
        case Advice.FINE:
            return tr("Loudness is fine")
        case Advice.NONE:
            return ""


def hearing_problem(state: State, tr: Translate) -> str:
    """Why the last attempt to speak gave nothing, and what to do; empty when there was none or it went well."""
    problem = _problem(state.input_problem, tr)
    if problem and state.wants_person:
        return tr("Speaking is difficult today. Tap what fits, or tap Nurse below.")
    return problem


def _problem(input_problem: str, tr: Translate) -> str:
    match input_problem:
        case Hearing.UNCLEAR:
            return tr("I did not catch that. Say it again, or tap.")
        case Hearing.SILENCE:
            return tr("I heard nothing. Say it louder, or tap.")
        case Hearing.FAINT:
            return tr("That was very quiet. Come closer, or tap.")
        case Hearing.NOISE:
            return tr("It is loud here. Come closer and say it again, or tap.")
        case Hearing.TOO_LOUD:
            return tr("Too loud for the microphone. Step back a little, or tap.")
        case Hearing.MUTE | Hearing.NO_MICROPHONE:
            return tr("The microphone does not work now. Please tap.")
        case Hearing.LOST:
            return tr("Listening broke off. Say it again, or tap.")
        case "not_understood":
            return tr("I did not understand yet. Say it another way, or tap.")
        case _:
            return ""


def incomplete(input_problem: str, tr: Translate) -> str:
    """Why words that were heard may not be all of them; empty when they are."""
    match input_problem:
        case Hearing.CUT_OFF:
            return tr("Listening broke off here. Is something missing?")
        case Hearing.TOO_LONG:
            return tr("Only the first minute was kept. Is something missing?")
        case _:
            return ""
