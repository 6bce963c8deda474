"""The gate before a detector that says what the test wants: logic only, the real detector is tested with the worker."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.wire.speech_messages import HeardWord
from kiosk.workers.speech import clearest, of_speaker
from kiosk.workers.voice_gate import AFTER_S, BEFORE_S, VoiceGate

FRAME = 1024
FRAME_S = FRAME / 32_000
VOICE, PERHAPS, NOTHING = 0.99, 0.6, 0.01


class Detector:
    """Gives prepared answers; every frame carries its number, so that one can tell which came through."""

    frame_bytes = FRAME

    def __init__(self, answers: list[float]) -> None:
        self._answers = iter(answers)
        self.resets = 0

    def reset(self) -> None:
        self.resets += 1

    def voice(self, frame: bytes) -> float:
        assert len(frame) == FRAME
        return next(self._answers)


def frames(count: int) -> bytes:
    return b"".join(number.to_bytes(2, "little") * (FRAME // 2) for number in range(count))


def through(answers: list[float]) -> tuple[VoiceGate, list[int]]:
    """The gate after these frames, and the numbers of the frames that came through whole."""
    gate = VoiceGate(Detector(answers))
    passed = gate.feed(frames(len(answers)))
    return gate, sorted({int.from_bytes(passed[start : start + 2], "little") for start in range(0, len(passed), 2)})


def test_nothing_comes_through_without_a_voice() -> None:
    gate, passed = through([NOTHING] * 60)
    assert (passed, gate.voiced_ms, gate.quiet_ms) == ([], 0, 1920)
    assert gate.finish() == b""


@pytest.mark.parametrize("burst", [[VOICE] * 3, [PERHAPS] * 7, [VOICE, NOTHING] * 10])
def test_a_short_or_doubtful_sound_is_no_voice(burst: list[float]) -> None:
    assert through([NOTHING] * 20 + burst + [NOTHING] * 20)[1] == []


def test_a_doubtful_sound_that_goes_on_is_a_voice_from_afar() -> None:
    _, passed = through([NOTHING] * 30 + [PERHAPS] * 8 + [NOTHING] * 5)
    assert set(range(30, 43)) <= set(passed)


def test_a_voice_comes_with_what_was_before_it_and_ends_after_a_pause() -> None:
    gate, passed = through([NOTHING] * 40 + [VOICE] * 10 + [NOTHING] * 40)
    before, after = BEFORE_S / FRAME_S, AFTER_S / FRAME_S
    assert passed == list(range(passed[0], passed[-1] + 1))
    assert 40 + 4 - before - 1 <= passed[0] <= 40 + 4 - before + 1
    assert 50 + after - 1 <= passed[-1] <= 50 + after + 1
    assert gate.voiced_ms == 320
    assert gate.quiet_ms == 1280


def test_a_short_pause_and_a_doubtful_frame_belong_to_the_speech() -> None:
    _, passed = through([VOICE] * 6 + [NOTHING] * 10 + [0.4] * 3 + [VOICE] * 6)
    assert passed == list(range(25))


def test_a_later_voice_comes_through_again_and_is_placed_where_it_was() -> None:
    gate, passed = through([VOICE] * 10 + [NOTHING] * 100 + [VOICE] * 10)
    jumps = [(one, other) for one, other in pairwise(passed) if other - one > 1]
    assert len(jumps) == 1
    heard_s = (jumps[0][0] + 1) * FRAME_S
    assert gate.placed(0.1) == pytest.approx(0.1)
    assert gate.placed(heard_s + 0.2) == pytest.approx(jumps[0][1] * FRAME_S + 0.2, abs=FRAME_S)


def test_an_odd_end_belongs_to_a_voice_only() -> None:
    speaking = VoiceGate(Detector([VOICE] * 8))
    speaking.feed(frames(8) + bytes(100))
    assert speaking.finish() == bytes(100)
    silent = VoiceGate(Detector([NOTHING] * 8))
    silent.feed(frames(8) + bytes(100))
    assert silent.finish() == b""


def test_the_detector_forgets_the_utterance_before() -> None:
    detector = Detector([])
    VoiceGate(detector)
    VoiceGate(detector)
    assert detector.resets == 2


@given(
    st.lists(st.sampled_from([VOICE, PERHAPS, NOTHING, 0.4]), max_size=60),
    st.lists(st.integers(1, 900).map(lambda half: 2 * half), min_size=1),
)
def test_pieces_of_any_size_give_the_same_as_the_whole(answers: list[float], sizes: list[int]) -> None:
    sound = frames(len(answers))
    whole = VoiceGate(Detector(answers))
    passed = whole.feed(sound)
    pieces, taken, start, turn = VoiceGate(Detector(answers)), b"", 0, 0
    while start < len(sound):
        taken += pieces.feed(sound[start : start + sizes[turn % len(sizes)]])
        start, turn = start + sizes[turn % len(sizes)], turn + 1
    assert taken == passed
    assert (pieces.voiced_ms, pieces.quiet_ms) == (whole.voiced_ms, whole.quiet_ms)
    assert len(passed) <= len(sound)


def at(level: int, count: int) -> bytes:
    """Frames whose samples are all of this size."""
    return (level.to_bytes(2, "little") * (FRAME // 2)) * count


def judged(sound: bytes) -> tuple[VoiceGate, int]:
    """The gate after a sound that is voices all through, and the frames that came through."""
    gate = VoiceGate(Detector([VOICE] * (len(sound) // FRAME)))
    return gate, len(gate.feed(sound)) // FRAME


def test_voices_behind_the_speaker_neither_come_through_nor_hold_the_gate_open() -> None:
    lobby, speaker = 1000, 6000
    gate, passed = judged(at(lobby, 10) + at(speaker, 30) + at(lobby, 100))
    assert gate.quiet_ms == 3200
    assert passed == pytest.approx(40 + AFTER_S / FRAME_S, abs=2)


def test_a_softer_word_of_the_speaker_is_no_background_in_a_quiet_room() -> None:
    gate, passed = judged(at(20, 20) + at(6000, 20) + at(700, 60))
    assert gate.quiet_ms == 0
    assert passed >= 80


def test_a_knock_does_not_make_the_speaker_background() -> None:
    gate, passed = judged(at(1000, 20) + at(3000, 20) + at(12_000, 3) + at(3000, 40))
    assert gate.quiet_ms == 0
    assert passed == 83


def test_the_speaker_is_heard_again_over_the_others() -> None:
    sound = at(1000, 10) + at(6000, 20) + at(1000, 60) + at(6000, 20)
    gate, passed = judged(sound)
    assert gate.quiet_ms == 0
    assert 50 < passed < len(sound) // FRAME


def test_what_others_say_around_the_speaker_is_told_from_what_he_says() -> None:
    gate, _ = judged(at(1000, 20) + at(6000, 20) + at(1000, 20))
    assert [gate.is_speaker(start * FRAME_S, (start + 10) * FRAME_S) for start in (5, 25, 45)] == [False, True, False]


def test_a_word_of_which_little_is_loud_is_the_speakers() -> None:
    gate, _ = judged(at(1000, 20) + at(1200, 4) + at(6000, 2) + at(1200, 4) + at(1000, 20) + at(6000, 4))
    assert gate.is_speaker(20 * FRAME_S, 30 * FRAME_S)
    assert not gate.is_speaker(20 * FRAME_S, 25 * FRAME_S)


def test_a_microphone_that_gives_nothing_at_first_makes_no_quiet_room() -> None:
    gate, _ = judged(at(0, 30) + at(1000, 20) + at(6000, 20) + at(1000, 20))
    assert not gate.is_speaker(32 * FRAME_S, 42 * FRAME_S)
    silent_later, _ = judged(at(0, 30) + at(1000, 20) + at(6000, 20) + at(0, 20))
    assert silent_later.is_speaker(32 * FRAME_S, 42 * FRAME_S)


def test_every_word_in_a_quiet_room_is_the_speakers() -> None:
    gate, _ = judged(at(20, 20) + at(6000, 20) + at(500, 20))
    assert gate.is_speaker(45 * FRAME_S, 55 * FRAME_S)


def words(*spoken: tuple[str, int, int]) -> list[HeardWord]:
    """Words with the frames they begin and end with."""
    return [HeardWord(text, start * FRAME_S, end * FRAME_S, 1.0) for text, start, end in spoken]


def test_words_of_others_are_left_out_before_after_and_in_pauses() -> None:
    gate, _ = judged(at(1000, 20) + at(6000, 10) + at(1000, 30) + at(6000, 10) + at(1000, 20))
    said = words(("go", 5, 15), ("no", 20, 30), ("right", 38, 48), ("never", 60, 70), ("back", 75, 85))
    assert [word.text for word in of_speaker(said, gate)] == ["no", "never"]


def test_a_soft_word_in_one_breath_with_the_speakers_is_his() -> None:
    gate, _ = judged(at(1000, 20) + at(6000, 10) + at(1200, 6) + at(6000, 10) + at(1000, 20))
    said = words(("do", 20, 30), ("not", 30, 36), ("know", 36, 46), ("back", 50, 60))
    assert [word.text for word in of_speaker(said, gate)] == ["do", "not", "know"]
    assert of_speaker([], gate) == ()


def test_at_the_ends_a_word_may_have_to_be_clearly_the_speakers() -> None:
    gate, _ = judged(at(1000, 20) + at(2700, 10) + at(6000, 20) + at(2700, 10) + at(6000, 10) + at(2700, 10))
    said = words(("i", 20, 30), ("do", 30, 50), ("not", 50, 60), ("know", 60, 70), ("again", 70, 80))
    assert of_speaker(said, gate) == tuple(said)
    assert [word.text for word in clearest(said, gate)] == ["do", "not", "know"]
    assert clearest(said[:1], gate) == ()
