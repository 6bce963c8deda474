from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.wire.checked_fields import MessageError
from kiosk.wire.jsonlines import Malformed, encode_line
from kiosk.wire.sound_messages import TO_SOUND, Sound
from kiosk.wire.speech_messages import TO_SPEECH, Audio
from kiosk.wire.worker_messages import LARGEST_COUNT, TO_LLM, decode_frame
from kiosk.wire.worker_pipe import LONGEST_FRAME, Frame, PipeDecoder, encode_frame

LINES = st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=20), max_size=3)
FRAMES = st.builds(Frame, st.integers(0, 2**64 - 1), st.binary(max_size=60))


def encoded(one: dict[str, object] | Frame) -> bytes:
    return encode_frame(one.number, one.payload) if isinstance(one, Frame) else encode_line(one)


@settings(deadline=None)
@given(st.lists(LINES | FRAMES, max_size=5), st.lists(st.integers(0, 300), max_size=8))
def test_any_split_gives_the_same_lines_and_frames(sent: list[dict[str, object] | Frame], cuts: list[int]) -> None:
    data = b"".join(map(encoded, sent))
    ends = [*sorted(cut for cut in cuts if cut < len(data)), len(data)]
    decoder = PipeDecoder()
    assert [one for start, end in zip([0, *ends], ends, strict=False) for one in decoder.feed(data[start:end])] == sent


def test_byte_by_byte() -> None:
    sent: list[dict[str, object] | Frame] = [{"a": 1}, Frame(7, b"\n\0{"), Frame(8, b""), {"b": "头痛"}]
    decoder = PipeDecoder()
    assert [one for byte in b"".join(map(encoded, sent)) for one in decoder.feed(bytes([byte]))] == sent


@settings(deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=5))
def test_rubbish_never_raises_and_a_new_line_is_read_after_it(pieces: list[bytes]) -> None:
    decoder = PipeDecoder()
    for piece in pieces:
        decoder.feed(piece)
    # A frame that was begun may still want so much.
    found = decoder.feed(b"\n" * (LONGEST_FRAME + 20) + encode_line({"ok": True}))
    assert found[-1] == {"ok": True}


def test_a_zero_inside_a_line_is_no_frame() -> None:
    assert PipeDecoder().feed(b'{"a":"\0"}\n') == [Malformed("not JSON at character 6")]


def test_a_frame_that_claims_too_much_is_told_and_the_next_line_is_read() -> None:
    decoder = PipeDecoder()
    found = decoder.feed(struct.pack("<BQI", 0, 9, LONGEST_FRAME + 1) + bytes(500))
    found += decoder.feed(b"more\n" + encode_line({"ok": True}))
    assert found == [Frame(9, b"", whole=False), {"ok": True}]


def test_the_largest_frame_is_read() -> None:
    sound = bytes(LONGEST_FRAME)
    assert PipeDecoder().feed(encode_frame(1, sound)) == [Frame(1, sound)]


def test_audio_is_a_frame() -> None:
    (frame,) = PipeDecoder().feed(Audio(3, b"\1\2").encode())
    assert isinstance(frame, Frame)
    assert decode_frame(frame, TO_SPEECH) == Audio(3, b"\1\2")
    assert "\\x01" not in repr(frame)


@pytest.mark.parametrize(
    ("frame", "problem", "utterance"),
    [
        (Frame(3, b"\1"), "audio: pcm: half a sample", 3),
        (Frame(3, b"", whole=False), "audio: pcm: too long", 3),
        (Frame(LARGEST_COUNT + 1, b""), "audio: utterance: out of range", None),
    ],
)
def test_sound_that_cannot_be_read_names_its_utterance(frame: Frame, problem: str, utterance: int | None) -> None:
    with pytest.raises(MessageError) as refused:
        decode_frame(frame, TO_SPEECH)
    assert (str(refused.value), refused.value.utterance) == (problem, utterance)


@pytest.mark.parametrize(
    ("frame", "problem"),
    [
        (Frame(3, b"\1"), "sound: pcm: half a sample"),
        (Frame(3, b"", whole=False), "sound: pcm: too long"),
        (Frame(LARGEST_COUNT + 1, b""), "sound: playing: out of range"),
    ],
)
def test_what_is_to_be_played_is_a_frame_and_checked(frame: Frame, problem: str) -> None:
    (whole,) = PipeDecoder().feed(Sound(3, b"\1\2").encode())
    assert isinstance(whole, Frame)
    assert decode_frame(whole, TO_SOUND) == Sound(3, b"\1\2")
    with pytest.raises(MessageError, match=problem):
        decode_frame(frame, TO_SOUND)


def test_who_takes_no_sound_refuses_a_frame() -> None:
    with pytest.raises(MessageError, match="message: frame: unknown"):
        decode_frame(Frame(3, b""), TO_LLM)
