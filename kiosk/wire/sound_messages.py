"""What the window and the sound worker say to each other: what the microphone hears, and what is to be played."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.wire.checked_fields import CheckedFields, MessageError
from kiosk.wire.voice_messages import Outputs
from kiosk.wire.worker_messages import FROM_ANY, LARGEST_COUNT, LONGEST_PCM, TO_ANY, Kinds, Message
from kiosk.wire.worker_pipe import Frame, encode_frame

LOUDEST = 10


class MicrophoneProblem(StrEnum):
    """Why nothing is heard (any more)."""

    NO_DEVICE = "no_device"
    CANNOT_OPEN = "cannot_open"
    DEVICE_LOST = "device_lost"
    SOUNDLESS = "soundless"


@dataclass(frozen=True, slots=True)
class FindMicrophone(Message):
    """Find the microphone whose name or id is `device`, the system's default when empty, and follow what becomes of it.

    Answered by MicrophoneState, now and with every change.
    """

    kind = "find_microphone"
    device: str = ""

    @classmethod
    def from_json(cls, given: CheckedFields) -> FindMicrophone:
        return cls(given.text("device", 300, may_be_empty=True))


@dataclass(frozen=True, slots=True)
class FindOutputs(Message):
    """Answered by Outputs, now and with every change."""

    kind = "find_outputs"


@dataclass(frozen=True, slots=True)
class Listen(Message):
    """Open the microphone. Captured follow until EndListening, MicrophoneFailed or another Listen."""

    kind = "listen"
    listening: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Listen:
        return cls(_number(given, "listening"))


@dataclass(frozen=True, slots=True)
class EndListening(Message):
    """Close the microphone; answered by what the system still held back and then by ListeningEnded."""

    kind = "end_listening"
    listening: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> EndListening:
        return cls(_number(given, "listening"))


@dataclass(frozen=True, slots=True)
class Sound(Message):
    """A piece of what Play will play: mono signed 16-bit little-endian samples, a frame on the wire.

    Answered by PieceTaken; whoever waits for it before the next piece never has more than one on the way.
    """

    kind = "sound"
    is_framed = True
    playing: int
    pcm: bytes = field(repr=False)

    def encode(self) -> bytes:
        return encode_frame(self.playing, self.pcm)

    @classmethod
    def from_frame(cls, frame: Frame) -> Sound:
        if frame.number > LARGEST_COUNT:
            raise MessageError(cls.kind, "playing", "out of range")
        if not frame.whole:
            raise MessageError(cls.kind, "pcm", "too long")
        if len(frame.payload) % 2:
            raise MessageError(cls.kind, "pcm", "half a sample")
        return cls(frame.number, frame.payload)


@dataclass(frozen=True, slots=True)
class Play(Message):
    """Play the pieces given for `playing` on the output with this name, instead of anything else; answered by Played.

    `rate` in samples a second, `volume` 1 to 10.
    """

    kind = "play"
    playing: int
    rate: int
    output: str
    volume: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Play:
        return cls(
            _number(given, "playing"),
            given.integer("rate", 8000, 48_000),
            given.text("output", 300),
            given.integer("volume", 0, LOUDEST),
        )


@dataclass(frozen=True, slots=True)
class Silence(Message):
    """Silence now; throw away what was to be played. Nothing more comes for it."""

    kind = "silence"


@dataclass(frozen=True, slots=True)
class MicrophoneState(Message):
    kind = "microphone_state"
    available: bool

    @classmethod
    def from_json(cls, given: CheckedFields) -> MicrophoneState:
        return cls(given.flag("available"))


@dataclass(frozen=True, slots=True)
class RoomMeasured(Message):
    """How loud it is before a new microphone when nobody speaks, in decibels below full scale."""

    kind = "room_measured"
    decibels: float

    @classmethod
    def from_json(cls, given: CheckedFields) -> RoomMeasured:
        return cls(given.number("decibels", -200, 0))


@dataclass(frozen=True, slots=True)
class Captured(Message):
    """16 kHz mono signed 16-bit little-endian samples."""

    kind = "captured"
    listening: int
    pcm: bytes = field(repr=False)

    @classmethod
    def from_json(cls, given: CheckedFields) -> Captured:
        return cls(_number(given, "listening"), given.binary("pcm", LONGEST_PCM))


@dataclass(frozen=True, slots=True)
class ListeningEnded(Message):
    """No more Captured come for it."""

    kind = "listening_ended"
    listening: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> ListeningEnded:
        return cls(_number(given, "listening"))


@dataclass(frozen=True, slots=True)
class MicrophoneFailed(Message):
    """Listening has ended by itself; no more Captured come for it."""

    kind = "microphone_failed"
    listening: int
    problem: MicrophoneProblem

    @classmethod
    def from_json(cls, given: CheckedFields) -> MicrophoneFailed:
        return cls(_number(given, "listening"), given.choice("problem", MicrophoneProblem))


@dataclass(frozen=True, slots=True)
class PieceTaken(Message):
    kind = "piece_taken"
    playing: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> PieceTaken:
        return cls(_number(given, "playing"))


@dataclass(frozen=True, slots=True)
class Played(Message):
    """It is over; not sent for what was silenced or replaced."""

    kind = "played"
    playing: int

    @classmethod
    def from_json(cls, given: CheckedFields) -> Played:
        return cls(_number(given, "playing"))


TO_SOUND: Kinds = (*TO_ANY, FindMicrophone, FindOutputs, Listen, EndListening, Sound, Play, Silence)
FROM_SOUND: Kinds = (
    *FROM_ANY,
    MicrophoneState,
    RoomMeasured,
    Captured,
    ListeningEnded,
    MicrophoneFailed,
    Outputs,
    PieceTaken,
    Played,
)


def _number(given: CheckedFields, name: str) -> int:
    return given.integer(name, 0, LARGEST_COUNT)
