"""Full load beside the window: `python -m kiosk.bench.load speech | engine MODEL`.

Each is a process of its own at the priority of the worker it stands for. It writes `ready` when it begins to work,
works once at least and until its standard input closes, then writes what it has done as one JSON line.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk import paths
from kiosk.adapters.models import Shelf, find_model
from kiosk.config import Config
from kiosk.domain.errors import ModelMissing
from kiosk.domain.language import Language
from kiosk.wire.jsonlines import JsonLinesDecoder, Malformed
from kiosk.wire.speech_messages import FROM_SPEECH, Audio, Begin, End, Failed, Load, Ready, Transcript
from kiosk.wire.worker_messages import Message, decode
from kiosk.workers.priority import give_way

BYTES_PER_SECOND = 32_000
PIECE = 8000
"""A quarter of a second in each message."""


def speech_models(config: Config = Config()) -> dict[Language, Path]:  # noqa: B008 - frozen
    """The models that the settings name, as far as they are here."""
    found, shelf = {}, Shelf(config.models_folder())
    for language, name in ((Language.ZH, config.speech.zh), (Language.EN, config.speech.en)):
        try:
            found[language] = find_model(name, shelf)
        except ModelMissing:
            continue
    return found


def sentences(language: Language) -> list[bytes]:
    """The recorded sentences of the demonstration, as the recogniser wants them."""
    found = []
    for file in sorted((paths.assets() / "demo-hospital" / "voice").glob(f"{language}-*.wav")):
        with wave.open(str(file), "rb") as sound:
            found.append(sound.readframes(sound.getnframes()))
    return found


def until_stdin_closes() -> threading.Event:
    over = threading.Event()

    def wait() -> None:
        while os.read(0, 4096):
            pass
        over.set()

    threading.Thread(target=wait, daemon=True).start()
    return over


def _tell(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


class SpeechLoad:
    """The real speech worker, fed with recorded sentences as fast as it takes them."""

    def __init__(self, piece: int = PIECE, models: Mapping[Language, Path] | None = None) -> None:
        self._piece = piece
        command = [sys.executable, "-m", "kiosk.workers", "speech"]
        self._worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
        self._messages = self._read()
        self._numbers = itertools.count(1)
        for language, path in (models or speech_models()).items():
            self._send(Load(language, str(path)))
            self._until(Ready, Failed)

    @property
    def pid(self) -> int:
        return self._worker.pid

    def hear(self, language: Language, pcm: bytes, *, gated: bool = True) -> None:
        """One sentence, from its first sound to its words."""
        number = next(self._numbers)
        self._send(Begin(number, language, (), gated))
        for start in range(0, len(pcm), self._piece):
            self._send(Audio(number, pcm[start : start + self._piece]))
        self._send(End(number))
        self._final()

    def after_speech(self, language: Language, pcm: bytes) -> float:
        """Seconds from the end of a sentence, spoken as fast as people speak, to its words."""
        number = next(self._numbers)
        self._send(Begin(number, language, ()))
        for start in range(0, len(pcm), self._piece):
            piece = pcm[start : start + self._piece]
            time.sleep(len(piece) / BYTES_PER_SECOND)
            self._send(Audio(number, piece))
        self._send(End(number))
        ended = time.monotonic()
        self._final()
        return time.monotonic() - ended

    def _final(self) -> None:
        final = False
        while not final:
            message = self._until(Transcript, Failed)
            final = not isinstance(message, Transcript) or message.final

    def close(self) -> None:
        if self._worker.stdin is not None:
            self._worker.stdin.close()
        self._worker.wait(10)

    def _send(self, message: Message) -> None:
        if self._worker.stdin is not None:
            self._worker.stdin.write(message.encode())
            self._worker.stdin.flush()

    def _read(self) -> Iterator[Message]:
        decoder = JsonLinesDecoder()
        if self._worker.stdout is None:
            return
        while data := os.read(self._worker.stdout.fileno(), 1 << 16):
            for line in decoder.feed(data):
                if not isinstance(line, Malformed):
                    yield decode(line, FROM_SPEECH)

    def _until(self, *kinds: type[Message]) -> Message:
        for message in self._messages:
            if isinstance(message, kinds):
                return message
        raise RuntimeError("the speech worker ended")


def speech() -> None:
    give_way("speech")
    worker = SpeechLoad()
    over = until_stdin_closes()
    _tell("ready")
    heard, began = 0, time.monotonic()
    for language, pcm in itertools.cycle([(each, pcm) for each in speech_models() for pcm in sentences(each)]):
        worker.hear(language, pcm)
        heard += len(pcm)
        if over.is_set():
            break
    _tell(json.dumps({"speech_per_second": heard / BYTES_PER_SECOND / (time.monotonic() - began)}))
    worker.close()


def engine(model: Path, threads: int) -> None:
    """llama.cpp decodes token after token on every core."""
    give_way("llm")
    import llama_cpp as llama  # type: ignore[import-not-found, unused-ignore]

    context, size = _open_context(llama, model, threads)
    over = until_stdin_closes()
    _tell("ready")
    token = (llama.llama_token * 1)(1)
    count, began = 0, time.monotonic()
    while not count or not over.is_set():
        if count % size == size - 1:
            llama.llama_memory_clear(llama.llama_get_memory(context), True)
        if llama.llama_decode(context, llama.llama_batch_get_one(token, 1)):
            raise RuntimeError("llama.cpp refused a token")
        count += 1
        token[0] = count % 1000 + 1
    _tell(json.dumps({"tokens_per_second": count / (time.monotonic() - began)}))


def _open_context(llama: Any, model: Path, threads: int) -> tuple[Any, int]:
    quiet = llama.llama_log_callback(lambda level, text, data: None)
    llama.llama_log_set(quiet, None)
    llama.llama_backend_init()
    loaded = llama.llama_model_load_from_file(str(model).encode(), llama.llama_model_default_params())
    settings = llama.llama_context_default_params()
    settings.n_ctx = 512
    settings.n_threads = settings.n_threads_batch = threads
    context = llama.llama_init_from_model(loaded, settings) if loaded else None
    if not context:
        raise RuntimeError(f"llama.cpp cannot load {model.name}")
    _KEEP.append(quiet)
    return context, settings.n_ctx


_KEEP: list[Any] = []
"""C keeps the pointer to the log callback, Python must keep the callback."""


def main(arguments: list[str]) -> None:
    if arguments[0] == "engine":
        engine(Path(arguments[1]), os.cpu_count() or 1)
    else:
        speech()


if __name__ == "__main__":
    main(sys.argv[1:])
