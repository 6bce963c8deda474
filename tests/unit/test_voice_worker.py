"""The voice worker without a process: what it answers, and that a later sentence silences an earlier one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kiosk.config import VoiceSettings
from kiosk.domain.errors import SpeakerError, SpeakerProblem
from kiosk.domain.language import Language
from kiosk.wire.pcm import Sound
from kiosk.wire.voice_messages import Hush, Outputs, Say, Spoken, Unspoken
from kiosk.wire.worker_messages import LONGEST_PCM, Message, Refused, Start
from kiosk.workers.voice import VoiceWorker

PATIENCE_S = 10


class FakeSpeaker:
    """Says as many samples as the text has characters; `slow` sentences last until they are stopped."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self.began = threading.Event()

    def speak(self, text: str, language: Language) -> Sound:
        self._stopped.clear()
        self.began.set()
        if text == "broken":
            raise SpeakerError(SpeakerProblem.ENGINE_FAILED)
        if text == "slow":
            self._stopped.wait(PATIENCE_S)
            raise SpeakerError(SpeakerProblem.ENGINE_FAILED)
        return Sound(16_000, b"\1\0" * (LONGEST_PCM if text == "long" else len(text)))

    def stop(self) -> None:
        self._stopped.set()


class FakeWatch:
    def __init__(self, changed: Callable[[Outputs], None]) -> None:
        self.changed = changed
        self.is_running = False

    def start(self) -> None:
        self.is_running = True
        self.changed(Outputs("", ()))

    def stop(self) -> None:
        self.is_running = False


class Bench:
    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.arrived = threading.Condition()
        self.speaker = FakeSpeaker()
        self.watches: list[FakeWatch] = []
        self.worker = VoiceWorker(self._send, self._made, self._watch)
        self.settings: VoiceSettings | None = None

    def _made(self, settings: VoiceSettings) -> FakeSpeaker:
        self.settings = settings
        return self.speaker

    def _watch(self, changed: Callable[[Outputs], None]) -> FakeWatch:
        self.watches.append(FakeWatch(changed))
        return self.watches[-1]

    def _send(self, message: Message) -> None:
        with self.arrived:
            self.sent.append(message)
            self.arrived.notify_all()

    def until(self, count: int) -> list[Message]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.sent) >= count, PATIENCE_S)
            return list(self.sent)


def started() -> Bench:
    bench = Bench()
    bench.worker.handle(Start({"voice": {"zh": "cmn", "speed": 0.8}}))
    assert bench.settings == VoiceSettings(zh="cmn", speed=0.8)
    assert bench.sent == [Outputs("", ())]
    bench.sent.clear()
    return bench


def test_a_sentence_becomes_sound_in_pieces_that_fit_a_message() -> None:
    bench = started()
    bench.worker.handle(Say(1, Language.EN, "hello"))
    assert bench.until(1) == [Spoken(1, 16_000, b"\1\0" * 5, last=True)]
    bench.worker.handle(Say(2, Language.EN, "long"))
    pieces = bench.until(3)[1:]
    assert [piece.last for piece in pieces] == [False, True]
    assert sum(len(piece.pcm) for piece in pieces) == 2 * LONGEST_PCM


def test_a_sentence_that_fails_is_told_and_the_next_one_works() -> None:
    bench = started()
    bench.worker.handle(Say(1, Language.EN, "broken"))
    assert bench.until(1) == [Unspoken(1, SpeakerProblem.ENGINE_FAILED)]
    bench.worker.handle(Say(2, Language.EN, "hi"))
    assert isinstance(bench.until(2)[1], Spoken)


def test_nothing_comes_for_a_sentence_that_was_hushed_or_overtaken() -> None:
    bench = started()
    bench.worker.handle(Say(1, Language.EN, "slow"))
    bench.worker.handle(Hush())
    bench.worker.handle(Say(2, Language.EN, "slow"))
    bench.worker.handle(Say(3, Language.EN, "hi"))
    assert [message.utterance for message in bench.until(1)] == [3]


def test_wrong_settings_and_words_before_the_start_are_refused() -> None:
    bench = Bench()
    bench.worker.handle(Say(1, Language.EN, "hi"))
    bench.worker.handle(Start({"voice": {"speed": 9}}))
    assert bench.sent == [Refused("say: not started"), Refused("start: voice.speed")]


def test_the_end_stops_the_sentence_and_the_watch() -> None:
    bench = started()
    bench.worker.handle(Say(1, Language.EN, "slow"))
    assert bench.speaker.began.wait(PATIENCE_S)
    bench.worker.close()
    assert not bench.watches[0].is_running
    assert bench.sent == []
