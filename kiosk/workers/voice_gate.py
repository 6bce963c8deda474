"""Lets a voice through to the recogniser and keeps noises away from it: it would make words of them."""

from __future__ import annotations

import math
from bisect import bisect_right, insort
from collections.abc import Sequence
from operator import mul

from kiosk.adapters.speech.recogniser import BYTES_PER_SECOND, VoiceDetector

BEFORE_S = 0.8
"""Sound from before a voice was noticed that belongs to it: a breath, an h, the beginning of a quiet word. Of 120
utterances from across a lobby (tests/heard) 0.4 s cut the beginning of 33, 0.6 s of 16; a voice from afar is noticed a
quarter of a second after it began."""
AFTER_S = 0.5
"""Sound after a voice that still goes through, so that pauses between words stay pauses."""

_PERHAPS = 0.5
_SURE = 0.85
_STILL = 0.35
_FRAMES_TO_BEGIN, _FRAMES_WITHOUT_SURE = 4, 8
"""A voice has so many likely frames one after another, and a sure one among them unless they are twice as many. Of 30
noises a kind (tests/noises.py) chords came to four likely frames, all but wordless babble to none, and babble opened
the gate twice; every "no" spoken near reached 0.97, from across a lobby a sure frame is rare."""
_QUIET_ROOM_DB = 30.0
"""A room so far below the speaker is quiet: nobody else is heard in it."""
_ROOM = 0.1
"""Share of the frames that are not louder than the room."""
HALFWAY, CLEARLY = 0.5, 0.6
"""Shares of the way, in decibels, from the room to the speaker from which on a sound is his. Of 600 answers and choices
with others talking 10 dB below, 507 were heard by the first alone, and 526 when softer words before and after a phrase
were left out by the second, 17 wrong as before; by 0.7 seven more, but stories were taken for answers."""
_SPEAKER_FRAMES = 4
"""So many frames are as loud as the speaker: a knock is shorter."""
_LOUD_FRAMES = 2
"""So much of a word that the speaker said is loud. With three frames three of sixty sentences lost a word that ended
softly when others spoke 10 dB below (tests/heard), with two none."""


class _Foreground:
    """Tells the voice at the microphone from the voices of a lobby, which a detector of voices takes for one as well:
    it is louder than halfway, in decibels, from the room to the speaker. In a quiet room every voice is the speaker's.
    """

    def __init__(self) -> None:
        self._levels: list[float] = []
        self._sorted: list[float] = []

    def is_near(self, frame: bytes) -> bool:
        """Judged by all frames so far."""
        samples = memoryview(frame).cast("h")
        # One added, so that silence has a level too.
        level = 10 * math.log10(1 + sum(map(mul, samples, samples)))
        self._levels.append(level)
        insort(self._sorted, level)
        return level >= _least(self._sorted, HALFWAY)

    def was_near(self, first: int, last: int, share: float) -> bool:
        """Whether somebody near said what is in these frames, judged by the whole utterance."""
        levels = self._levels[first : max(first + 1, last)]
        least = _least(self._sorted[self._before_sound() :], share)
        return sum(level >= least for level in levels) >= min(_LOUD_FRAMES, len(levels))

    def _before_sound(self) -> int:
        """Frames in which the microphone gave nothing yet: of the room they tell nothing, unless it is silent later."""
        silent = bisect_right(self._sorted, 0.0)
        return 0 if any(self._levels[:silent]) else silent


def _least(levels: Sequence[float], share: float) -> float:
    """The level from which on a sound is the speaker's, of all levels in order."""
    if not levels:
        return 0.0
    room, speaker = levels[int(_ROOM * len(levels))], levels[-min(_SPEAKER_FRAMES, len(levels))]
    return 0.0 if speaker - room >= _QUIET_ROOM_DB else room + share * (speaker - room)


class VoiceGate:
    """One utterance; feed() gives what the recogniser should hear of the sound so far."""

    def __init__(self, detector: VoiceDetector) -> None:
        detector.reset()
        self._detector = detector
        self._foreground = _Foreground()
        self._frame_s = detector.frame_bytes / BYTES_PER_SECOND
        self._rest = b""
        self._held = b""
        self._run: list[float] = []
        self._open = False
        self._taken_s = 0.0
        self._passed_s = 0.0
        self._quiet_s = 0.0
        self._voiced_s = 0.0
        self._starts: list[tuple[float, float]] = []

    @property
    def voiced_ms(self) -> int:
        """How long a voice was heard."""
        return round(1000 * self._voiced_s)

    @property
    def quiet_ms(self) -> int:
        """How long none was heard since then, or since the beginning."""
        return round(1000 * self._quiet_s)

    def feed(self, pcm: bytes) -> bytes:
        """Sound in pieces of any even length."""
        size = self._detector.frame_bytes
        sound = self._rest + pcm
        whole = len(sound) - len(sound) % size
        self._rest = sound[whole:]
        return b"".join(self._frame(sound[start : start + size]) for start in range(0, whole, size))

    def finish(self) -> bytes:
        """The end of the sound that was too short for a frame; it belongs to a voice still heard."""
        rest, self._rest = self._rest, b""
        return rest if self._open else b""

    def placed(self, passed_s: float) -> float:
        """Seconds of the recogniser's sound as seconds of the utterance."""
        place = 0.0
        for passed, taken in self._starts:
            if passed <= passed_s + self._frame_s / 2:
                place = taken + passed_s - passed
        return place

    def is_speaker(self, start_s: float, end_s: float, share: float = HALFWAY) -> bool:
        """Whether what was said between these seconds of the utterance was said at the microphone."""
        return self._foreground.was_near(int(start_s / self._frame_s), int(end_s / self._frame_s), share)

    def _frame(self, frame: bytes) -> bytes:
        likely, near = self._detector.voice(frame), self._foreground.is_near(frame)
        self._taken_s += self._frame_s
        if self._open:
            return self._while_open(frame, near and likely >= _STILL)
        self._held = (self._held + frame)[-int(BEFORE_S * BYTES_PER_SECOND) // 2 * 2 :]
        self._run = [*self._run, likely] if likely >= _PERHAPS else []
        # Before the speaker's first word nobody can tell yet how loud he is.
        known = near or not self._voiced_s
        if not (self._is_voice() and known):
            self._quiet_s += self._frame_s
            return b""
        self._voiced_s += len(self._run) * self._frame_s
        self._open, self._quiet_s, self._run = True, 0.0, []
        held, self._held = self._held, b""
        self._starts.append((self._passed_s, self._taken_s - len(held) / BYTES_PER_SECOND))
        return self._passed(held)

    def _is_voice(self) -> bool:
        long = len(self._run)
        return long >= _FRAMES_WITHOUT_SURE or (long >= _FRAMES_TO_BEGIN and max(self._run) >= _SURE)

    def _while_open(self, frame: bytes, speaking: bool) -> bytes:
        if speaking:
            self._voiced_s += self._frame_s
            self._quiet_s = 0.0
        else:
            self._quiet_s += self._frame_s
            self._open = self._quiet_s < AFTER_S
        return self._passed(frame)

    def _passed(self, sound: bytes) -> bytes:
        self._passed_s += len(sound) / BYTES_PER_SECOND
        return sound
