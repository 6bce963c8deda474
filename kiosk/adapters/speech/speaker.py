"""Voices: a program per sentence that reads text and writes a WAV. Words go through pipes, never through arguments,
files or the environment, where others could read them.
"""

from __future__ import annotations

import contextlib
import shlex
import shutil
import struct
import subprocess
import threading
from collections.abc import Callable, Sequence

from kiosk.config import VoiceKind, VoiceSettings
from kiosk.domain.errors import SpeakerError, SpeakerProblem
from kiosk.wire.pcm import Sound

ESPEAK = "espeak-ng"
WORDS_PER_MINUTE = 170
PATIENCE_S = 8.0
"""The longest time for one sentence; a voice that needs more is too slow to follow a screen."""
_SILENCE = Sound(16_000, b"")


class SilentSpeaker:
    """Says nothing, at once."""

    def speak(self, text: str, language: str) -> Sound:
        return _SILENCE

    def stop(self) -> None:
        pass


class ProgramSpeaker:
    """Runs one program per sentence, so that a crash costs this sentence only; `command_for` a language gives it."""

    def __init__(self, command_for: Callable[[str], Sequence[str]], patience_s: float = PATIENCE_S) -> None:
        self._command_for = command_for
        self._patience_s = patience_s
        self._running: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def speak(self, text: str, language: str) -> Sound:
        process = self._start(self._command_for(language))
        try:
            wav, _ = process.communicate(text.encode(), timeout=self._patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise SpeakerError(SpeakerProblem.TOO_SLOW) from None
        except OSError as error:
            raise SpeakerError(SpeakerProblem.ENGINE_FAILED) from error
        finally:
            self._running = None
        if process.returncode != 0:
            raise SpeakerError(SpeakerProblem.ENGINE_FAILED)
        try:
            return read_stream(wav)
        except ValueError as error:
            raise SpeakerError(SpeakerProblem.ENGINE_FAILED) from error

    def stop(self) -> None:
        with self._lock:
            if self._running is not None:
                with contextlib.suppress(OSError):
                    self._running.kill()

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with self._lock:
            try:
                self._running = subprocess.Popen(  # noqa: S603 - the hospital's own setting
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            except OSError as error:
                raise SpeakerError(SpeakerProblem.ENGINE_MISSING) from error
            return self._running


def make_speaker(settings: VoiceSettings) -> SilentSpeaker | ProgramSpeaker:
    """The voice that the settings name."""
    if settings.kind is VoiceKind.OFF:
        return SilentSpeaker()
    named = {"zh": settings.zh, "en": settings.en}
    # Engines call the voices of further languages by the language's code.
    return ProgramSpeaker(lambda language: _command(settings, named.get(language, language)))


def missing_program(settings: VoiceSettings) -> str:
    """The program that reads aloud when it is not on this machine, else nothing."""
    if settings.kind is VoiceKind.OFF:
        return ""
    program = _command(settings, settings.zh)[0]
    return "" if shutil.which(program) else program


def _command(settings: VoiceSettings, voice: str) -> list[str]:
    if settings.kind is VoiceKind.COMMAND:
        return [
            part.replace("{voice}", voice).replace("{speed}", f"{settings.speed:g}")
            for part in shlex.split(settings.command)
        ]
    speed = str(round(WORDS_PER_MINUTE * settings.speed))
    return [ESPEAK, "-v", voice, "-s", speed, "-b", "1", "--stdin", "--stdout"]


def read_stream(wav: bytes) -> Sound:
    """A 16-bit WAV written to a pipe, as mono; its lengths are guesses that the writer could not correct.

    Raises ValueError when it is something else.
    """
    if wav[:4] != b"RIFF" or wav[8:12] != b"WAVE":
        raise ValueError("not a WAV stream")
    place, rate, channels = 12, 0, 0
    while place + 8 <= len(wav):
        name, size = wav[place : place + 4], int.from_bytes(wav[place + 4 : place + 8], "little")
        body = place + 8
        if name == b"fmt " and body + 16 <= len(wav):
            form, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", wav, body)
            if form not in (1, 0xFFFE) or bits != 16 or not channels or not 8000 <= rate <= 48_000:
                raise ValueError("not a sound we can play")
        if name == b"data":
            if not rate:
                break
            return Sound(rate, _first_channel(wav[body : body + size], channels))
        place = body + size + size % 2
    raise ValueError("no sound in the WAV stream")


def _first_channel(pcm: bytes, channels: int) -> bytes:
    whole = pcm[: len(pcm) - len(pcm) % (2 * channels)]
    if channels == 1:
        return whole
    frames = range(0, len(whole), 2 * channels)
    return b"".join(whole[start : start + 2] for start in frames)
