"""How an attempt to listen went, for the sentence that tells the patient what to do."""

from __future__ import annotations

from enum import StrEnum


class Hearing(StrEnum):
    WORDS = "words"
    EARLY = "early"
    """There are words, and the first began as the microphone opened: one before it may be lost."""
    UNCLEAR = "not_heard"
    """Somebody spoke, and no word was understood."""
    SILENCE = "silence"
    """Nobody spoke, and it was quiet."""
    FAINT = "faint"
    """Somebody spoke, but hardly above the noise of the room."""
    NOISE = "noise"
    """It was loud, and nobody spoke."""
    TOO_LOUD = "too_loud"
    """The microphone was overdriven, and no word was understood."""
    MUTE = "mute"
    """The microphone gives nothing at all: switched off, or forbidden."""
    NO_MICROPHONE = "no_microphone"
    LOST = "lost"
    """The recogniser ended or did not answer."""
    CUT_OFF = "cut_off"
    """There are words, but the end was lost with the microphone or the recogniser."""
    TOO_LONG = "too_long"
    """There are words, and more was said than an utterance may have."""
