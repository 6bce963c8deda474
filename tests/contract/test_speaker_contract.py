"""Every voice keeps the port's promises; the real engine makes sound, and its worker survives its crashes."""

from __future__ import annotations

import array
import io
import shlex
import shutil
import sys
import threading
import wave
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from kiosk.adapters.speech.speaker import (
    ESPEAK,
    ProgramSpeaker,
    SilentSpeaker,
    make_speaker,
    missing_program,
    read_stream,
)
from kiosk.config import Config, VoiceKind, VoiceSettings, parse_config
from kiosk.domain.errors import ConfigError, SpeakerError, SpeakerProblem
from kiosk.domain.language import Language
from kiosk.services.ports import Speaker
from kiosk.wire.pcm import Sound
from kiosk.wire.voice_messages import FROM_VOICE, Hush, Say, Spoken, Unspoken
from kiosk.wire.worker_messages import Ping, Pong, Start, Stop
from tests.worker_client import WorkerClient

SENTENCES = {Language.ZH: "请拿好您的小票。", Language.EN: "Please take your slip."}
needs_espeak = pytest.mark.skipif(shutil.which(ESPEAK) is None, reason=f"{ESPEAK} is not installed")


def loudest(sound: Sound) -> int:
    samples = array.array("h", sound.pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    return max(map(abs, samples), default=0)


def program(folder: Path, body: str) -> VoiceSettings:
    """A voice of our own making."""
    file = folder / "voice.py"
    file.write_text(f"import io, sys, time, wave\ntext = sys.stdin.read()\n{body}\n", encoding="utf-8")
    command = f"{shlex.quote(sys.executable)} {shlex.quote(str(file))} {{voice}} {{speed}}"
    return VoiceSettings(kind=VoiceKind.COMMAND, command=command)


SAYS = """
out = io.BytesIO()
with wave.open(out, "wb") as sound:
    sound.setnchannels(2)
    sound.setsampwidth(2)
    sound.setframerate(22050)
    sound.writeframes(b"\\1\\0\\2\\0" * len(text))
sys.stdout.buffer.write(out.getvalue())
"""


class SpeakerContract:
    @pytest.mark.parametrize("language", list(Language))
    def test_a_sentence_becomes_whole_samples(self, speaker: Speaker, language: Language) -> None:
        sound = speaker.speak(SENTENCES[language], language)
        assert 8000 <= sound.rate <= 48_000
        assert len(sound.pcm) % 2 == 0

    def test_stop_without_a_sentence_does_nothing(self, speaker: Speaker) -> None:
        speaker.stop()
        assert speaker.speak("一", Language.ZH).rate > 0


class TestSilentSpeaker(SpeakerContract):
    @pytest.fixture
    def speaker(self) -> Speaker:
        return SilentSpeaker()


class TestCommandSpeaker(SpeakerContract):
    @pytest.fixture
    def speaker(self, tmp_path: Path) -> Speaker:
        return make_speaker(program(tmp_path, SAYS))

    def test_one_channel_of_two_is_kept(self, speaker: Speaker) -> None:
        assert speaker.speak("four", Language.EN) == Sound(22_050, b"\1\0" * 4)


@needs_espeak
class TestEspeak(SpeakerContract):
    @pytest.fixture
    def speaker(self) -> Speaker:
        return make_speaker(VoiceSettings())

    @pytest.mark.parametrize("language", list(Language))
    def test_it_can_be_heard_and_written_as_a_wav(self, speaker: Speaker, language: Language, tmp_path: Path) -> None:
        sound = speaker.speak(SENTENCES[language], language)
        file = tmp_path / "spoken.wav"
        with wave.open(str(file), "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(sound.rate)
            wav.writeframes(sound.pcm)
        with wave.open(str(file), "rb") as wav:
            seconds = wav.getnframes() / wav.getframerate()
        assert 0.5 < seconds < 6
        assert loudest(sound) > 3000

    def test_the_speed_is_a_setting(self) -> None:
        slow, quick = (make_speaker(VoiceSettings(speed=speed)) for speed in (0.6, 1.6))
        text = SENTENCES[Language.EN]
        assert len(slow.speak(text, Language.EN).pcm) > 1.5 * len(quick.speak(text, Language.EN).pcm)

    @pytest.mark.parametrize(("language", "sentence"), [("es", "Por favor, tome su hoja."), ("ar", "يرجى أخذ ورقتك")])
    def test_it_speaks_the_further_languages_of_the_screen(
        self, speaker: Speaker, language: str, sentence: str
    ) -> None:
        assert loudest(speaker.speak(sentence, language)) > 3000

    def test_a_voice_it_does_not_have_is_told(self) -> None:
        with pytest.raises(SpeakerError) as raised:
            make_speaker(VoiceSettings(zh="klingonese")).speak("一", Language.ZH)
        assert raised.value.kind is SpeakerProblem.ENGINE_FAILED


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("sys.exit(3)", SpeakerProblem.ENGINE_FAILED),
        ("import os; os.abort()", SpeakerProblem.ENGINE_FAILED),
        ("print('no sound')", SpeakerProblem.ENGINE_FAILED),
        ("time.sleep(60)", SpeakerProblem.TOO_SLOW),
    ],
)
def test_a_voice_that_fails_costs_its_sentence(tmp_path: Path, body: str, problem: SpeakerProblem) -> None:
    settings = program(tmp_path, body)
    command = shlex.split(settings.command)
    with pytest.raises(SpeakerError) as raised:
        ProgramSpeaker(lambda language: command, patience_s=1.0).speak("一", Language.ZH)
    assert raised.value.kind is problem


def test_a_missing_program_is_named(tmp_path: Path) -> None:
    settings = VoiceSettings(kind=VoiceKind.COMMAND, command=str(tmp_path / "nobody"))
    assert missing_program(settings) == str(tmp_path / "nobody")
    with pytest.raises(SpeakerError) as raised:
        make_speaker(settings).speak("一", Language.ZH)
    assert raised.value.kind is SpeakerProblem.ENGINE_MISSING
    assert missing_program(VoiceSettings(kind=VoiceKind.OFF)) == ""


def test_words_stand_in_no_argument_where_others_could_read_them(tmp_path: Path) -> None:
    settings = program(tmp_path, f"text = ' '.join(sys.argv[1:])\n{SAYS}")
    sound = make_speaker(settings).speak("my knee hurts", Language.EN)
    assert len(sound.pcm) == 2 * len("en-gb 1")


def test_a_sentence_is_stopped_from_another_thread(tmp_path: Path) -> None:
    speaker = make_speaker(program(tmp_path, "print(flush=True); time.sleep(60)"))
    problems: list[SpeakerError] = []

    def speak() -> None:
        try:
            speaker.speak("一", Language.ZH)
        except SpeakerError as error:
            problems.append(error)

    thread = threading.Thread(target=speak)
    thread.start()
    while thread.is_alive():
        speaker.stop()
        thread.join(0.02)
    assert [one.kind for one in problems] == [SpeakerProblem.ENGINE_FAILED]


def test_a_command_is_needed_for_a_command_voice() -> None:
    with pytest.raises(ConfigError) as raised:
        parse_config({"voice": {"kind": "command"}})
    assert raised.value.key == "voice.command"
    assert Config().voice.kind is VoiceKind.ESPEAK


@pytest.mark.parametrize(
    "wav",
    [b"", b"RIFF", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEdata\4\0\0\0\1\0\1\0", b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0"],
)
def test_what_is_no_sound_is_refused(wav: bytes) -> None:
    with pytest.raises(ValueError, match="WAV"):
        read_stream(wav)


def test_sound_of_another_width_is_refused() -> None:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\1\2")
    with pytest.raises(ValueError, match="not a sound we can play"):
        read_stream(out.getvalue())


@pytest.fixture
def worker() -> Iterator[WorkerClient]:
    client = WorkerClient("voice", FROM_VOICE)
    yield client
    client.end()


@needs_espeak
def test_the_real_worker_speaks_both_languages_and_forgets_what_was_hushed(worker: WorkerClient) -> None:
    worker.send(Start({"voice": asdict(VoiceSettings())}))
    for number, (language, sentence) in enumerate(SENTENCES.items(), start=1):
        worker.send(Say(number, language, sentence))
        pcm, rate = b"", 0
        while True:
            piece = worker.until(Spoken, lambda one, number=number: one.utterance == number)
            pcm, rate = pcm + piece.pcm, piece.rate
            if piece.last:
                break
        assert loudest(Sound(rate, pcm)) > 3000
    worker.send(Say(7, Language.EN, SENTENCES[Language.EN]), Hush(), Say(8, Language.EN, "Yes"), Ping(1))
    assert worker.until(Pong).sequence == 1
    assert worker.until(Spoken).utterance == 8
    worker.send(Stop())
    assert worker.process.wait(20) == 0
    assert b"slip" not in worker.stderr


def test_a_crash_of_the_engine_costs_one_sentence(worker: WorkerClient, tmp_path: Path) -> None:
    settings = program(tmp_path, f"import os\nif text == 'crash':\n    os.abort()\n{SAYS}")
    worker.send(Start({"voice": asdict(settings)}), Say(1, Language.EN, "crash"))
    assert worker.until(Unspoken) == Unspoken(1, SpeakerProblem.ENGINE_FAILED)
    worker.send(Say(2, Language.EN, "hi"))
    assert worker.until(Spoken).utterance == 2
