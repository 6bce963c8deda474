"""Microphone and player of the window, message by message: what is late, what is old, and no worker."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from kiosk.ui.microphone import Microphone
from kiosk.ui.reading.player import Player
from kiosk.wire.sound_messages import (
    Captured,
    EndListening,
    FindMicrophone,
    FindOutputs,
    Listen,
    ListeningEnded,
    MicrophoneFailed,
    MicrophoneProblem,
    MicrophoneState,
    PieceTaken,
    Play,
    Played,
    Silence,
    Sound,
)
from kiosk.wire.voice_messages import Output, Outputs
from kiosk.wire.worker_messages import LONGEST_PCM, Message


class FakeWorker(QObject):
    message = Signal(object)
    up = Signal()
    down = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.is_up = True
        self.sent: list[Message] = []

    def send(self, message: Message) -> None:
        if self.is_up:
            self.sent.append(message)

    def crash(self) -> None:
        self.is_up = False
        self.down.emit("stopped by signal SIGABRT")

    def come_up(self) -> None:
        self.is_up = True
        self.sent.clear()
        self.up.emit()


class Listener:
    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.microphone = Microphone(self.worker, "desk")
        self.news: list[object] = []
        self.microphone.frames.connect(self.news.append)
        self.microphone.stopped.connect(lambda: self.news.append("stopped"))
        self.microphone.problem.connect(self.news.append)
        self.microphone.availableChanged.connect(self.news.append)
        self.microphone.look()
        self.tell(MicrophoneState(available=True))
        self.news.clear()

    def tell(self, *messages: Message) -> None:
        for message in messages:
            self.worker.message.emit(message)


@pytest.fixture
def listener(qapp) -> Listener:
    return Listener()


def test_what_is_on_its_way_comes_before_the_end_and_nothing_after(listener: Listener) -> None:
    listener.microphone.start()
    listener.tell(Captured(1, b"a "))
    listener.microphone.stop()
    listener.microphone.stop()
    assert listener.news == [b"a "]
    listener.tell(Captured(1, b"b "), ListeningEnded(1), Captured(1, b"c "), ListeningEnded(1))
    assert listener.news == [b"a ", b"b ", "stopped"]
    assert listener.worker.sent == [FindMicrophone("desk"), Listen(1), EndListening(1)]


def test_the_sound_of_an_older_listening_goes_nowhere(listener: Listener) -> None:
    listener.microphone.start()
    listener.microphone.stop()
    listener.microphone.start()
    listener.tell(Captured(1, b"a "), ListeningEnded(1), MicrophoneFailed(1, MicrophoneProblem.SOUNDLESS))
    assert listener.news == []
    listener.tell(Captured(2, b"b "))
    assert listener.news == [b"b "]


def test_a_microphone_that_fails_while_it_is_stopped_says_so_once(listener: Listener) -> None:
    listener.microphone.start()
    listener.microphone.stop()
    listener.tell(MicrophoneFailed(1, MicrophoneProblem.DEVICE_LOST), ListeningEnded(1))
    assert listener.news == ["device_lost"]
    listener.microphone.stop()
    assert listener.news == ["device_lost", "stopped"]


def test_a_dead_worker_is_a_lost_microphone_until_it_is_back(listener: Listener) -> None:
    listener.microphone.start()
    listener.worker.crash()
    assert listener.news == ["device_lost", False]
    listener.microphone.start()
    assert listener.news[2:] == ["no_device"]
    listener.worker.come_up()
    assert listener.worker.sent == [FindMicrophone("desk")]
    assert not listener.microphone.available
    listener.tell(MicrophoneState(available=True))
    listener.microphone.start()
    assert listener.worker.sent[1:] == [Listen(3)]


class Speaker:
    def __init__(self) -> None:
        self.worker = FakeWorker()
        self.player = Player(self.worker)
        self.news: list[str] = []
        self.player.finished.connect(lambda: self.news.append("finished"))
        self.player.outputsChanged.connect(lambda: self.news.append("outputs"))
        self.player.look()
        self.tell(Outputs("lobby", (Output("lobby", "Loudspeaker"),)))
        assert self.worker.sent == [FindOutputs()]
        self.worker.sent.clear()
        self.news.clear()

    def tell(self, *messages: Message) -> None:
        for message in messages:
            self.worker.message.emit(message)


@pytest.fixture
def speaker(qapp) -> Speaker:
    return Speaker()


def test_a_sentence_goes_piece_by_piece_and_ends_once(speaker: Speaker) -> None:
    pcm = b"\1\0" * LONGEST_PCM
    speaker.player.play(pcm, 22_050, "lobby", 6)
    for _ in range(2):
        speaker.tell(PieceTaken(1))
    *pieces, play = speaker.worker.sent
    assert play == Play(1, 22_050, "lobby", 6)
    assert b"".join(piece.pcm for piece in pieces if isinstance(piece, Sound)) == pcm
    speaker.tell(Played(1), Played(1))
    assert speaker.news == ["finished"]


def test_silence_stands_behind_one_piece_at_most(speaker: Speaker) -> None:
    speaker.player.play(b"\1\0" * 3 * LONGEST_PCM, 48_000, "lobby", 6)
    speaker.player.stop()
    assert [type(message) for message in speaker.worker.sent] == [Sound, Silence]
    speaker.tell(PieceTaken(1), Played(1))
    assert len(speaker.worker.sent) == 2
    assert speaker.news == []


def test_the_end_of_a_replaced_sentence_is_not_the_end_of_the_next(speaker: Speaker) -> None:
    speaker.player.play(b"\1\0", 22_050, "lobby", 6)
    speaker.player.play(b"\2\0", 22_050, "lobby", 6)
    speaker.tell(PieceTaken(1), Played(1), PieceTaken(2))
    assert speaker.worker.sent[-1] == Play(2, 22_050, "lobby", 6)
    assert speaker.news == []
    speaker.tell(Played(2))
    assert speaker.news == ["finished"]


def test_a_dead_worker_has_no_outputs_and_ends_its_sentence(speaker: Speaker, qtbot: QtBot) -> None:
    speaker.player.play(b"\1\0", 22_050, "lobby", 6)
    speaker.worker.crash()
    assert speaker.news == ["outputs", "finished"]
    assert speaker.player.outputs() == ("", ())
    with qtbot.waitSignal(speaker.player.finished):
        speaker.player.play(b"\1\0", 22_050, "lobby", 6)
    speaker.worker.come_up()
    assert speaker.worker.sent == [FindOutputs()]
