"""Lets a voice through to the recogniser and keeps noises away from it: it would make words of them."""

from __future__ import annotations

import math
from bisect import insort
from operator import mul

from kiosk.adapters.speech.recogniser import BYTES_PER_SECOND, VoiceDetector

BEFORE_S = 0.6
"""Sound from before a voice was noticed that belongs to it: a breath, an h, the beginning of a quiet word. Of 120
utterances from across a lobby (tests/heard) 0.4 s cut the beginning of 33, this of 16."""
AFTER_S = 0.5
"""Sound after a voice that still goes through, so that pauses between words stay pauses."""

_PERHAPS = 0.5
_SURE = 0.85
_STILL = 0.35
_FRAMES_TO_BEGIN = 4
"""A voice has so many likely frames one after another, and a sure one among them: in seeded babble and chords at most
six likely frames followed each other, none above 0.8; every spoken "no" reached 0.97."""
_QUIET_ROOM_DB = 30.0
"""A room so far below the speaker is quiet: nobody else is heard in it."""
_ROOM = 0.1
"""Share of the frames that are not louder than the room."""
_SPEAKER_FRAMES = 4
"""So many frames are as loud as the speaker: a knock is shorter."""


class _Foreground:
    """Tells the voice at the microphone from the voices of a lobby, which a detector of voices takes for one as well:
    it is louder than halfway, in decibels, from the room to the speaker. In a quiet room every voice is the speaker's.
    """

    def __init__(self) -> None:
        self._levels: list[float] = []

    def is_near(self, frame: bytes) -> bool:
        """Judged by all frames so far."""
        samples = memoryview(frame).cast("h")
        # One added, so that silence has a level too.
        level = 10 * math.log10(1 + sum(map(mul, samples, samples)))
        insort(self._levels, level)
        room = self._levels[int(_ROOM * len(self._levels))]
        speaker = self._levels[-min(_SPEAKER_FRAMES, len(self._levels))]
        return speaker - room >= _QUIET_ROOM_DB or level >= (room + speaker) / 2


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

    def _frame(self, frame: bytes) -> bytes:
        likely, near = self._detector.voice(frame), self._foreground.is_near(frame)
        self._taken_s += self._frame_s
        if self._open:
            return self._while_open(frame, near and likely >= _STILL)
        self._held = (self._held + frame)[-int(BEFORE_S * BYTES_PER_SECOND) // 2 * 2 :]
        self._run = [*self._run, likely] if likely >= _PERHAPS else []
        # Before the speaker's first word nobody can tell yet how loud he is.
        known = near or not self._voiced_s
        if len(self._run) < _FRAMES_TO_BEGIN or max(self._run) < _SURE or not known:
            self._quiet_s += self._frame_s
            return b""
        self._voiced_s += len(self._run) * self._frame_s
        self._open, self._quiet_s, self._run = True, 0.0, []
        held, self._held = self._held, b""
        self._starts.append((self._passed_s, self._taken_s - len(held) / BYTES_PER_SECOND))
        return self._passed(held)

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
