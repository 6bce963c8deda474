"""The voice in the window: one script at a time, silent at once, personal words to headphones only."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QObject, Signal

from kiosk.domain.errors import SpeakerProblem
from kiosk.domain.language import Language
from kiosk.ui.reading.outputs import Hearing
from kiosk.ui.reading.script import Utterance
from kiosk.ui.reading.voice import LONGEST_SOUND, Voice
from kiosk.wire.voice_messages import Hush, Output, Outputs, Say, Spoken, Unspoken
from kiosk.wire.worker_messages import LONGEST_PCM, Message

LOBBY = Output("lobby", "Loudspeaker")
EAR = Output("ear", "USB Headset", form="headset")


class FakeWorker(QObject):
    message = Signal(object)
    down = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_up = True
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        self.sent.append(message)

    @property
    def asked(self) -> list[str]:
        return [message.text for message in self.sent if isinstance(message, Say)]


class FakePlayer(QObject):
    finished = Signal()
    outputsChanged = Signal()  # noqa: N815 - a Qt signal

    def __init__(self) -> None:
        super().__init__()
        self.known: tuple[Output, ...] = (LOBBY,)
        self.playing: tuple[bytes, str, int] | None = None
        self.played: list[tuple[bytes, str, int]] = []

    def look(self) -> None:
        self.outputsChanged.emit()

    def outputs(self) -> tuple[str, tuple[Output, ...]]:
        return "lobby", self.known

    def play(self, pcm: bytes, rate: int, output: str, volume: int) -> None:
        self.playing = (pcm, output, volume)
        self.played.append(self.playing)

    def stop(self) -> None:
        self.playing = None

    def end(self) -> None:
        self.playing = None
        self.finished.emit()


class Bench:
    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.player = FakePlayer()
        self.voice = Voice(self.worker, self.player)
        self.news: list[str] = []
        self.voice.spoke.connect(lambda: self.news.append("spoke"))
        self.voice.finished.connect(lambda: self.news.append("finished"))
        self.voice.hearingChanged.connect(lambda: self.news.append(self.voice.hearing.value))
        self.player.look()
        self.news.clear()

    def answer(self, pcm: bytes = b"\1\0") -> None:
        number = next(message.utterance for message in reversed(self.worker.sent) if isinstance(message, Say))
        self.worker.message.emit(Spoken(number, 22_050, pcm, last=True))

    def plug(self, *outputs: Output) -> None:
        self.player.known = outputs
        self.player.outputsChanged.emit()


@pytest.fixture
def bench(qapp) -> Bench:
    return Bench()


def say(text: str, *, personal: bool = False) -> Utterance:
    return Utterance(text, Language.EN, personal)


def test_sentences_follow_each_other_and_the_end_is_told_once(bench: Bench) -> None:
    bench.voice.say([say("one"), say("two")])
    bench.answer()
    bench.player.end()
    bench.answer(b"\2\0")
    bench.player.end()
    assert bench.worker.asked == ["one", "two"]
    assert bench.player.played == [(b"\1\0", "lobby", 6), (b"\2\0", "lobby", 6)]
    assert bench.news == ["spoke", "spoke", "finished"]


def test_a_new_script_replaces_the_old_one_and_late_sound_is_thrown_away(bench: Bench) -> None:
    bench.voice.say([say("one"), say("two")])
    late = bench.worker.sent[-1].utterance
    bench.voice.say([say("three")])
    bench.worker.message.emit(Spoken(late, 22_050, b"\7\0", last=True))
    assert bench.player.playing is None
    bench.answer()
    bench.player.end()
    assert bench.worker.asked == ["one", "three"]
    assert bench.news == ["spoke", "finished"]


def test_hush_is_silence_now_and_nothing_follows(bench: Bench) -> None:
    bench.voice.say([say("one"), say("two")])
    bench.answer()
    bench.voice.hush()
    assert bench.player.playing is None
    assert isinstance(bench.worker.sent[-1], Hush)
    bench.answer()
    assert bench.player.playing is None
    assert (bench.worker.asked, bench.news) == (["one"], [])


def test_personal_sentences_go_to_headphones_only(bench: Bench) -> None:
    bench.voice.say([say("knee", personal=True), say("menu")])
    assert bench.worker.asked == ["menu"]
    bench.plug(LOBBY, EAR)
    assert bench.voice.hearing is Hearing.PRIVATE
    bench.voice.say([say("knee", personal=True)])
    bench.answer()
    assert bench.player.playing == (b"\1\0", "ear", 6)


def test_pulled_headphones_are_silence_at_once_and_the_sentence_never_reaches_the_lobby(bench: Bench) -> None:
    bench.plug(LOBBY, EAR)
    bench.voice.say([say("knee", personal=True), say("pain", personal=True)])
    bench.answer()
    bench.plug(LOBBY)
    assert bench.player.playing is None
    assert bench.news == ["private", "lobby"]
    bench.voice.say([say("knee", personal=True)])
    bench.answer()
    assert [output for _, output, _ in bench.player.played] == ["ear"]


def test_the_socket_in_use_decides_as_the_sound_server_tells_it(bench: Bench) -> None:
    jack = Output("lobby", "Built-in", "analog-output-headphones Headphones", plugged=True)
    bench.worker.message.emit(Outputs("lobby", (jack,)))
    assert bench.voice.hearing is Hearing.PRIVATE
    bench.voice.say([say("knee", personal=True)])
    bench.answer()
    speaker = Output("lobby", "Built-in", "analog-output-speaker Speakers")
    bench.worker.message.emit(Outputs("lobby", (speaker,)))
    assert (bench.voice.hearing, bench.player.playing) == (Hearing.LOBBY, None)


def test_a_sound_server_that_comes_back_is_not_trusted_before_it_has_listed_its_sockets(bench: Bench) -> None:
    # By its name it is a headset, but it is the loudspeaker that is plugged in.
    card = Output("card", "Headset Card", "analog-output-speaker Speakers")
    bench.plug(Output("card", "Headset Card"))
    bench.worker.message.emit(Outputs("card", (card,)))
    assert bench.voice.hearing is Hearing.LOBBY
    bench.worker.message.emit(Outputs("", ()))
    bench.plug()
    bench.plug(Output("card", "Headset Card"))
    assert bench.voice.hearing is Hearing.NOBODY
    bench.worker.message.emit(Outputs("card", (card,)))
    assert bench.voice.hearing is Hearing.LOBBY


def test_headphones_that_only_the_list_knows_are_not_there(bench: Bench) -> None:
    bench.worker.message.emit(Outputs("lobby", (LOBBY, EAR)))
    assert bench.voice.hearing is Hearing.LOBBY


def test_without_any_output_nothing_is_made_and_nothing_hangs(bench: Bench) -> None:
    bench.plug()
    bench.voice.say([say("one")])
    assert bench.voice.hearing is Hearing.NOBODY
    assert bench.worker.asked == []


def test_a_lost_sentence_is_skipped_and_a_crashed_worker_ends_the_script(bench: Bench) -> None:
    bench.voice.say([say("one"), say("two")])
    bench.worker.message.emit(Unspoken(bench.worker.sent[-1].utterance, SpeakerProblem.ENGINE_FAILED))
    assert bench.worker.asked == ["one", "two"]
    bench.worker.is_up = False
    bench.worker.down.emit("stopped by signal SIGSEGV")
    assert bench.player.playing is None
    bench.voice.say([say("three")])
    assert bench.worker.asked == ["one", "two"]
    bench.worker.is_up = True
    bench.voice.say([say("four")])
    assert bench.worker.asked == ["one", "two", "four"]


def test_a_voice_that_never_ends_is_cut_off(bench: Bench) -> None:
    bench.voice.say([say("one")])
    number = bench.worker.sent[-1].utterance
    for _ in range(LONGEST_SOUND // LONGEST_PCM + 1):
        bench.worker.message.emit(Spoken(number, 48_000, b"\0" * LONGEST_PCM, last=False))
    assert isinstance(bench.worker.sent[-1], Hush)
    bench.worker.message.emit(Spoken(number, 48_000, b"", last=True))
    assert bench.player.playing is None


def test_the_volume_goes_to_the_next_sentence(bench: Bench) -> None:
    bench.voice.volume = 9
    bench.voice.say([say("one")])
    bench.answer()
    assert bench.player.playing == (b"\1\0", "lobby", 9)


def test_how_long_the_lobby_has_heard_nothing_is_known(bench: Bench) -> None:
    assert bench.voice.since_loudspeaker() == math.inf
    bench.voice.say([say("one")])
    assert bench.voice.since_loudspeaker() == math.inf
    bench.answer()
    assert bench.voice.since_loudspeaker() == 0.0
    bench.player.end()
    assert 0.0 < bench.voice.since_loudspeaker() < math.inf


def test_what_stops_in_mid_sentence_has_an_echo_too(bench: Bench) -> None:
    bench.voice.say([say("one")])
    bench.answer()
    bench.voice.hush()
    assert 0.0 < bench.voice.since_loudspeaker() < math.inf


def test_headphones_have_no_echo(bench: Bench) -> None:
    bench.plug(LOBBY, EAR)
    bench.voice.say([say("one")])
    bench.answer()
    assert bench.player.playing is not None
    assert bench.voice.since_loudspeaker() == math.inf
