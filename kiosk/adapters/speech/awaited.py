"""Which of the ways to read an utterance is taken, where one of some phrases is awaited."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from kiosk.adapters.speech.phrases import HESITATIONS, UNKNOWNS, readable
from kiosk.adapters.speech.recogniser import Reading
from kiosk.wire.speech_messages import HeardWord

_NEARLY = 1.0
"""A phrase that costs so much more than the likeliest reading is taken where that is none. Vosk weighs word after word,
and "no" and "know" sound alike. Of 600 phrases, with others talking 10 dB below, 505 were heard instead of 492, with no
more than 18 wrong; with 2.0 it were 512, and one and a half times as many noises would be phrases."""
_UNDECIDED = 0.25
"""Two phrases nearer than this are neither: so were four of 22 wrong guesses, and three of 511 right ones."""


def taken(readings: Sequence[Reading], awaited: Set[str]) -> Reading:
    """The reading to go on with.

    Without awaited phrases it is the likeliest. Of phrases it is the likeliest that is a whole one and nothing more but
    hesitation; what else was said would be left out of it: "there is no fever, but" is not "no". Several phrases in a
    row stay what they are, the figures of a number or two answers. Its text is empty where it would be a phrase that
    was not said alone.
    """
    if not awaited:
        return readings[0]
    fluent = [_without(HESITATIONS - awaited, reading) for reading in readings]
    likeliest = fluent[0]
    if _in_a_row(likeliest.words, awaited) and likeliest.text not in awaited:
        return likeliest
    whole = [reading for reading in fluent if reading.text in awaited and not any(map(_is_unknown, reading.words))]
    if whole and whole[0].cost <= _NEARLY:
        others = (reading for reading in whole if reading.text != whole[0].text)
        undecided = any(reading.cost - whole[0].cost < _UNDECIDED for reading in others)
        return replace(whole[0], text="", words=()) if undecided else whole[0]
    said = tuple(word for word in likeliest.words if not _is_unknown(word))
    return replace(likeliest, text="" if likeliest.text in awaited else likeliest.text, words=said)


def _without(idle: Set[str], reading: Reading) -> Reading:
    words = tuple(word for word in reading.words if word.text.lower() not in idle)
    return replace(reading, text=readable(" ".join(word.text for word in words)), words=words)


def _in_a_row(words: Sequence[HeardWord], awaited: Set[str]) -> bool:
    """Whether all the words are awaited phrases, one after another."""
    ends = {0}
    for end in range(1, len(words) + 1):
        if any(readable(" ".join(word.text for word in words[start:end])) in awaited for start in ends):
            ends.add(end)
    return len(words) in ends


def _is_unknown(word: HeardWord) -> bool:
    return word.text.lower() in UNKNOWNS
