"""Which of the ways to read an utterance is taken, where one of some phrases is awaited."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from kiosk.adapters.speech.phrases import HESITATIONS, UNKNOWNS, readable
from kiosk.adapters.speech.recogniser import Reading
from kiosk.wire.speech_messages import HeardWord

_NEARLY = 1.0
"""A phrase that costs so much more than the likeliest reading is taken where that is none. Vosk weighs word after word,
and "no" and "know" sound alike. Of 600 phrases, with others talking 10 dB below, 505 were heard instead of 492 and 18
wrong as before; with 2.0 it were 512, and one and a half times as many noises would be phrases."""
_UNDECIDED = 0.25
"""Two phrases nearer than this are neither: so were four of 22 wrong guesses, and three of 511 right ones."""


def taken(readings: Sequence[Reading], awaited: Set[str], clearest: Sequence[Reading] = ()) -> Reading:
    """The reading to go on with.

    Without awaited phrases it is the likeliest. Of phrases it is the likeliest that is a whole one and nothing more but
    hesitation; what else was said would be left out of it: "there is no fever, but" is not "no". Several phrases in a
    row stay what they are, the figures of a number or two answers. Its text is empty where it would be a phrase that
    was not said alone.

    `clearest` are the readings without words at their ends that somebody else may have said: they count where no
    reading is a phrase.
    """
    if not awaited:
        return readings[0]
    fluent, clear = ([_without(HESITATIONS - awaited, one) for one in some] for some in (readings, clearest))
    likeliest = fluent[0]
    several = likeliest.text not in awaited and _in_a_row(likeliest.words, awaited)
    phrase = (None if several else _phrase(fluent, awaited)) or _phrase(clear, awaited)
    if phrase:
        return phrase
    said = tuple(word for word in likeliest.words if not _is_unknown(word))
    return replace(likeliest, text="" if likeliest.text in awaited else likeliest.text, words=said)


def _phrase(readings: Sequence[Reading], awaited: Set[str]) -> Reading | None:
    """The likeliest whole phrase, unless two are."""
    whole = [reading for reading in readings if reading.text in awaited and not any(map(_is_unknown, reading.words))]
    if not whole or whole[0].cost > _NEARLY:
        return None
    others = (reading for reading in whole if reading.text != whole[0].text)
    is_decided = all(reading.cost - whole[0].cost >= _UNDECIDED for reading in others)
    return whole[0] if is_decided else None


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
