"""From a microphone's sound to words, with the real worker and the real engine, and everything that can go wrong."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from kiosk import paths
from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.hearing import Hearing
from kiosk.domain.language import Language
from kiosk.ui.speech_path import Manner, SpeechPath
from kiosk.ui.worker_process import Pace, WorkerProcess
from kiosk.wire.sound_check import Advice
from tests.noises import louder, mixed, noise
from tests.speech_client import CHUNK_BYTES, SILENCE, pcm_saying

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stops processes by signal")

LONG_MS = 30_000
MODELS = {language: paths.models() / "speech" / language for language in Language}
NIGHT = "it started last night"
ROOM = noise("a quiet room")
USUAL = Manner()
PACE = Pace(ping_s=0.5)


class HandMicrophone(QObject):
    """Gives the sound that a test hands it while it is open; `lag` leaves the last of it on its way after stop()."""

    frames = Signal(bytes)
    stopped = Signal()
    room = Signal(float)
    problem = Signal(str)
    availableChanged = Signal(bool)  # noqa: N815 - Qt's way

    def __init__(self, fails: str = "") -> None:
        super().__init__()
        self.available = True
        self.is_open = False
        self.fails = fails
        self.lag = False

    def look(self) -> bool:
        return self.available

    def start(self) -> None:
        self.is_open = not self.fails
        if self.fails:
            self.problem.emit(self.fails)

    def stop(self) -> None:
        if not self.lag:
            self.arrive()

    def arrive(self) -> None:
        """The last sound is there."""
        self.is_open = False
        self.stopped.emit()

    def give(self, pcm: bytes) -> None:
        for start in range(0, len(pcm), CHUNK_BYTES):
            if self.is_open:
                self.frames.emit(pcm[start : start + CHUNK_BYTES])

    def pull(self) -> None:
        """Somebody takes the plug out."""
        self.is_open = self.available = False
        self.problem.emit("device_lost")
        self.availableChanged.emit(False)


class Listener:
    """A speech path with everything it said."""

    def __init__(
        self, qtbot: QtBot, models: dict[Language, Path], language: Language, manner: Manner, pace: Pace
    ) -> None:
        self._qtbot = qtbot
        self.worker = WorkerProcess("speech", pace=pace)
        self.microphone = HandMicrophone()
        self.path = SpeechPath(self.worker, self.microphone, models, language, manner)
        self.heard: list[tuple[str, Hearing]] = []
        self.live: list[str] = []
        self.advice: list[Advice] = []
        self.path.heard.connect(lambda text, hearing: self.heard.append((text, hearing)))
        self.path.live.connect(self.live.append)
        self.path.sound.connect(lambda level, advice: self.advice.append(advice))

    def until(self, arrived: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(arrived, timeout=LONG_MS)

    def result(self) -> tuple[str, Hearing]:
        self.until(lambda: bool(self.heard))
        return self.heard.pop()

    def begin(self, phrases: tuple[str, ...] = ()) -> None:
        self.live.clear()
        self.path.begin(self.path.language, phrases)

    def listen(self, pcm: bytes, phrases: tuple[str, ...] = ()) -> tuple[str, Hearing]:
        self.begin(phrases)
        self.microphone.give(pcm)
        self.path.end()
        return self.result()

    def works(self) -> bool:
        self.until(lambda: self.path.available)
        return self.listen(pcm_saying(self.path.language, NIGHT)) == (NIGHT, Hearing.WORDS)


Make = Callable[..., Listener]


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Make]:
    made: list[Listener] = []

    def listener(
        models: dict[Language, Path] = MODELS,
        language: Language = Language.EN,
        manner: Manner = USUAL,
        pace: Pace = PACE,
    ) -> Listener:
        made.append(Listener(qtbot, models, language, manner, pace))
        made[-1].worker.start()
        return made[-1]

    yield listener
    for one in made:
        one.path.cancel()
        one.worker.shutdown()


@pytest.fixture
def listener(make: Make) -> Listener:
    ready = make()
    ready.until(lambda: ready.path.available)
    return ready


def test_words_come_while_speaking_and_after(listener: Listener) -> None:
    listener.begin()
    listener.microphone.give(pcm_saying(Language.EN, "i have a sore throat and a runny nose"))
    listener.until(lambda: len(listener.live) >= 3)
    listener.path.end()
    assert listener.result() == ("i have a sore throat and a runny nose", Hearing.WORDS)
    assert not listener.microphone.is_open


@pytest.mark.parametrize(
    ("pcm", "hearing"),
    [
        (2 * SILENCE, Hearing.MUTE),
        (ROOM, Hearing.SILENCE),
        (noise("white noise"), Hearing.NOISE),
        (noise("a tone of 1 kHz"), Hearing.NOISE),
        (noise("chords"), Hearing.NOISE),
        (louder(noise("white noise"), 30), Hearing.TOO_LOUD),
    ],
    ids=["muted", "nobody speaks", "noise", "tone", "music", "overdriven"],
)
def test_nothing_heard_has_its_reason(listener: Listener, pcm: bytes, hearing: Hearing) -> None:
    assert listener.listen(pcm) == ("", hearing)
    assert listener.works()


def test_overdriven_words_are_heard_or_said_to_be_too_loud(listener: Listener) -> None:
    text, hearing = listener.listen(louder(pcm_saying(Language.EN, NIGHT), 12))
    assert hearing is (Hearing.WORDS if text else Hearing.TOO_LOUD)
    assert Advice.SOFTER in listener.advice
    assert listener.works()


def test_two_who_speak_at_once_are_heard_somehow_and_the_next_one_well(listener: Listener) -> None:
    both = mixed(pcm_saying(Language.EN, NIGHT), pcm_saying(Language.EN, "i have a rash and itching"), 1.0)
    text, hearing = listener.listen(both)
    assert hearing in ((Hearing.WORDS, Hearing.EARLY) if text else (Hearing.UNCLEAR,))
    assert listener.works()


def test_silence_ends_what_was_begun_with_a_tap(listener: Listener) -> None:
    listener.begin()
    listener.path.end_by_pause()
    listener.microphone.give(ROOM + pcm_saying(Language.EN, NIGHT) + SILENCE)
    assert listener.heard == []
    listener.microphone.give(SILENCE)
    assert listener.result() == (NIGHT, Hearing.WORDS)
    assert not listener.microphone.is_open


def test_a_closed_question_is_over_sooner(listener: Listener) -> None:
    listener.begin(tuple(ANSWER_PHRASES[Language.EN]))
    listener.path.end_by_pause()
    listener.microphone.give(pcm_saying(Language.EN, "not sure") + SILENCE + SILENCE[:6400])
    assert listener.result() == ("not sure", Hearing.WORDS)


def test_a_tap_without_a_word_ends_by_itself(listener: Listener) -> None:
    listener.begin()
    listener.path.end_by_pause()
    listener.microphone.give(3 * ROOM)
    assert listener.result() == ("", Hearing.SILENCE)


def test_whoever_holds_the_button_may_think(listener: Listener) -> None:
    listener.begin()
    listener.microphone.give(pcm_saying(Language.EN, NIGHT) + 4 * SILENCE + pcm_saying(Language.EN, "not sure"))
    listener.path.end()
    assert listener.result() == (f"{NIGHT} not sure", Hearing.WORDS)


def test_ten_minutes_of_speech_are_one_minute_of_words(listener: Listener) -> None:
    sentence = pcm_saying(Language.EN, NIGHT) + SILENCE[:16_000]
    listener.begin()
    listener.microphone.give(sentence * (600 * 32_000 // len(sentence)))
    text, hearing = listener.result()
    assert hearing is Hearing.TOO_LONG
    assert text.count(NIGHT) >= 20
    assert listener.works()


def test_sound_still_on_its_way_when_the_button_is_let_go_is_heard(listener: Listener) -> None:
    pcm = pcm_saying(Language.EN, NIGHT)
    half = len(pcm) // 4 * 2
    listener.microphone.lag = True
    listener.begin()
    listener.microphone.give(pcm[:half])
    listener.path.end()
    listener.path.end()
    listener.microphone.give(pcm[half:])
    assert listener.heard == []
    listener.microphone.arrive()
    assert listener.result() == (NIGHT, Hearing.WORDS)
    listener.microphone.lag = False
    assert listener.works()


def test_a_microphone_lost_while_its_last_sound_is_on_its_way_leaves_what_was_said(listener: Listener) -> None:
    listener.microphone.lag = True
    listener.begin()
    listener.microphone.give(pcm_saying(Language.EN, NIGHT))
    listener.path.end()
    listener.microphone.pull()
    assert listener.result() == (NIGHT, Hearing.CUT_OFF)


def test_a_microphone_whose_last_sound_never_comes_costs_no_more_than_that(listener: Listener) -> None:
    listener.microphone.lag = True
    listener.begin()
    listener.microphone.give(pcm_saying(Language.EN, NIGHT))
    listener.until(lambda: bool(listener.live))
    listener.path.end()
    text, hearing = listener.result()
    assert hearing is Hearing.CUT_OFF
    assert NIGHT.startswith(text)
    assert text
    listener.microphone.lag = False
    assert listener.works()


def test_a_microphone_pulled_in_mid_sentence_leaves_what_was_said(listener: Listener) -> None:
    listener.begin()
    listener.microphone.give(pcm_saying(Language.EN, NIGHT))
    listener.microphone.pull()
    assert listener.result() == (NIGHT, Hearing.CUT_OFF)
    assert not listener.path.available
    listener.microphone.available = True
    listener.microphone.availableChanged.emit(True)
    assert listener.works()


@pytest.mark.parametrize(
    ("problem", "hearing"),
    [("no_device", Hearing.NO_MICROPHONE), ("cannot_open", Hearing.NO_MICROPHONE), ("soundless", Hearing.MUTE)],
)
def test_a_microphone_that_does_not_open(listener: Listener, problem: str, hearing: Hearing) -> None:
    listener.microphone.fails = problem
    listener.begin()
    assert listener.result() == ("", hearing)
    listener.microphone.fails = ""
    assert listener.works()


@pytest.mark.parametrize(("phrases", "kept"), [((), True), (tuple(ANSWER_PHRASES[Language.EN]), False)])
def test_a_worker_killed_in_mid_sentence_costs_at_most_the_sentence(
    listener: Listener, phrases: tuple[str, ...], kept: bool
) -> None:
    listener.begin(phrases)
    listener.microphone.give(pcm_saying(Language.EN, NIGHT if kept else "not sure") + 2 * SILENCE)
    listener.until(lambda: bool(listener.live))
    so_far = listener.live[-1]
    os.kill(listener.worker.pid, signal.SIGKILL)
    text, hearing = listener.result()
    assert hearing is (Hearing.CUT_OFF if kept else Hearing.LOST)
    assert text.startswith(so_far) if kept else text == ""
    assert not listener.path.available
    assert listener.works()


def test_a_worker_that_hangs_is_noticed_and_replaced(make: Make) -> None:
    listener = make(pace=Pace(ping_s=0.1, silence_s=1.0))
    listener.until(lambda: listener.path.available)
    listener.begin()
    os.kill(listener.worker.pid, signal.SIGSTOP)
    listener.microphone.give(pcm_saying(Language.EN, NIGHT))
    listener.path.end()
    assert listener.result() == ("", Hearing.LOST)
    assert listener.works()


def test_a_language_is_loaded_when_it_is_first_spoken(listener: Listener) -> None:
    assert listener.path.available
    listener.path.use(Language.ZH)
    assert not listener.path.available
    listener.until(lambda: listener.path.available)
    assert listener.listen(pcm_saying(Language.ZH, "昨天晚上开始的")) == ("昨天晚上开始的", Hearing.WORDS)
    listener.path.use(Language.EN)
    assert listener.path.available
    assert listener.works()


def broken_model(folder: Path, how: str) -> Path:
    if how == "missing":
        return folder / "absent"
    shutil.copytree(MODELS[Language.ZH], folder, dirs_exist_ok=True)
    part = {"crashing": "graph/disambig_tid.int", "no graph": "graph/Gr.fst", "half": "am/final.mdl"}[how]
    content = (folder / part).read_bytes()
    (folder / part).write_bytes(content[: len(content) // 2])
    return folder


@pytest.mark.parametrize("how", ["missing", "half", "no graph", "crashing"])
def test_a_damaged_model_costs_its_language_only(make: Make, tmp_path: Path, how: str) -> None:
    models = MODELS | {Language.ZH: broken_model(tmp_path, how)}
    listener = make(models, Language.ZH)
    failures: list[str] = []
    listener.worker.down.connect(failures.append)
    listener.until(lambda: listener.worker.is_up)
    listener.path.use(Language.EN)
    assert listener.works()
    listener.path.use(Language.ZH)
    listener.begin()
    assert listener.result() == ("", Hearing.LOST)
    assert not listener.path.available
    listener.path.use(Language.EN)
    listener.until(lambda: len(failures) == (2 if how == "crashing" else 0))
    assert listener.works()
    listener.path.use(Language.ZH)
    assert not listener.path.available
    listener.path.use(Language.EN)
    assert listener.works()


def test_a_model_too_large_for_its_memory_is_not_loaded(make: Make, qtbot: QtBot) -> None:
    listener = make(manner=Manner(memory_mb=1))
    with qtbot.waitSignal(listener.worker.message, timeout=LONG_MS) as answer:
        listener.until(lambda: listener.worker.is_up)
    assert (answer.args[0].kind, answer.args[0].problem) == ("failed", "memory")
    assert not listener.path.available


def test_sound_of_the_kiosk_itself_is_not_heard(listener: Listener) -> None:
    since_s = 0.0
    listener.path.guard_echo(lambda: since_s)
    assert listener.listen(pcm_saying(Language.EN, NIGHT)) == ("", Hearing.SILENCE)
    since_s = 0.5
    assert listener.works()


def test_the_room_is_learnt_and_decides_what_is_faint(listener: Listener) -> None:
    faint = louder(pcm_saying(Language.EN, NIGHT), 0.05)
    listener.microphone.room.emit(-20.0)
    listener.begin()
    listener.microphone.give(faint)
    listener.path.cancel()
    assert listener.advice[-1] is Advice.CLOSER
    listener.microphone.room.emit(-70.0)
    listener.begin()
    listener.microphone.give(faint)
    listener.path.cancel()
    assert listener.advice[-1] is Advice.FINE


def test_without_the_gate_the_engine_hears_everything(make: Make) -> None:
    listener = make(manner=replace(USUAL, gated=False))
    assert listener.works()
    text, _ = listener.listen(noise("babble"))
    assert text
