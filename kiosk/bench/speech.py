"""`kiosk bench speech`: the worker behind its pipe against bare Vosk on the same audio, words after speech, memory."""

from __future__ import annotations

import itertools
import json
import os
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.bench.load import BYTES_PER_SECOND, SpeechLoad, sentences, speech_models
from kiosk.config import Config
from kiosk.domain.language import Language
from kiosk.wire.speech_messages import USUAL_PCM

WRAPPER_SHARE = 0.05
FINAL_S = 0.3
GROWTH_MB = 5.0
"""Targets: processor time of the worker over that of bare Vosk, the last words after the end of speech, and what
memory grows by from the hundredth utterance to the last."""
_WARM_UP = 100
_REPEATS = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds for a second of sound: of the processor (user and system) for bare Vosk and for the worker without the
    voice gate, what the gate adds and what the window spends on sending; `_wall` is by the clock.
    """

    bare: float
    worker: float
    gate: float
    window: float
    wrapper_share: float
    bare_wall: float
    worker_wall: float
    wall_share: float
    final_s: float
    final_worst_s: float
    utterances: int
    resident_mb: float
    growth_mb: float

    @property
    def met(self) -> bool:
        return self.wrapper_share < WRAPPER_SHARE and self.final_worst_s <= FINAL_S and abs(self.growth_mb) < GROWTH_MB


def measure_speech(config: Config, rounds: int, utterances: int) -> int:
    """Print the figures, and as JSON on the last line; 1 when a target is missed, 2 without models."""
    models = speech_models(config)
    spoken = _spoken(models)
    if not spoken:
        _say("no speech model: see `kiosk doctor`")
        return 2
    if not Path("/proc/self/schedstat").exists():
        _say("processor time of another process is only measured on Linux")
        return 2
    with closing(SpeechLoad(USUAL_PCM, models)) as worker, closing(_Bare(models)) as bare:
        figures = _measured(worker, bare, spoken, rounds, utterances)
    _say(
        f"processor per second of sound: bare Vosk {1000 * figures.bare:.2f} ms, "
        f"worker {1000 * figures.worker:.2f} ms: {100 * figures.wrapper_share:+.1f} % (< {100 * WRAPPER_SHARE:.0f} %), "
        f"{1000 * (figures.worker - figures.bare):+.2f} ms with any model"
    )
    _say(
        f"by the clock: bare Vosk {1000 * figures.bare_wall:.2f} ms, worker {1000 * figures.worker_wall:.2f} ms: "
        f"{100 * figures.wall_share:+.1f} %"
    )
    _say(f"the voice gate adds {1000 * figures.gate:.2f} ms, the window sends for {1000 * figures.window:.2f} ms")
    _say(
        f"last words {1000 * figures.final_s:.0f} ms after the end of speech, at worst "
        f"{1000 * figures.final_worst_s:.0f} ms (<= {1000 * FINAL_S:.0f} ms)"
    )
    _say(
        f"{figures.utterances} utterances: {figures.resident_mb:.0f} MB, {figures.growth_mb:+.1f} MB since the "
        f"hundredth (< {GROWTH_MB:g} MB)"
    )
    _say("met" if figures.met else "MISSED")
    _say(json.dumps({name: round(value, 5) for name, value in asdict(figures).items()}))
    return 0 if figures.met else 1


Spoken = list[tuple[Language, bytes]]


def _spoken(models: Mapping[Language, Path]) -> Spoken:
    return [(language, pcm) for language in models for pcm in sentences(language)]


def _measured(worker: SpeechLoad, engine: _Bare, spoken: Spoken, rounds: int, utterances: int) -> Figures:
    seconds = rounds * _REPEATS * sum(len(pcm) for _, pcm in spoken) / BYTES_PER_SECOND
    bare = _Spent(engine.pid, engine.hear)
    plain = _Spent(worker.pid, lambda language, pcm: worker.hear(language, pcm, gated=False))
    gated = _Spent(worker.pid, worker.hear)
    for language, pcm in spoken:
        engine.hear(language, pcm)
        worker.hear(language, pcm)
    # By turns, sentence by sentence and each of them first as often, so that what else the machine does hits all.
    turns = itertools.cycle(itertools.permutations((bare, plain, gated)))
    for language, pcm in spoken * rounds * _REPEATS:
        for one in next(turns):
            one.hear(language, pcm)
    finals = [worker.after_speech(language, pcm) for _ in range(2) for language, pcm in spoken]
    growth, resident = _memory(worker, spoken, utterances)
    return Figures(
        bare=bare.processor_s / seconds,
        worker=plain.processor_s / seconds,
        gate=(gated.processor_s - plain.processor_s) / seconds,
        window=plain.ours_s / seconds,
        wrapper_share=plain.processor_s / bare.processor_s - 1,
        bare_wall=bare.wall_s / seconds,
        worker_wall=plain.wall_s / seconds,
        wall_share=plain.wall_s / bare.wall_s - 1,
        final_s=statistics.median(finals),
        final_worst_s=max(finals),
        utterances=utterances,
        resident_mb=resident,
        growth_mb=growth,
    )


class _Spent:
    """What a process has needed, from the first sound of a sentence to its words; `ours_s` is this process's share."""

    def __init__(self, pid: int, hear: Callable[[Language, bytes], None]) -> None:
        self._pid = pid
        self._hear = hear
        self.processor_s = self.wall_s = self.ours_s = 0.0

    def hear(self, language: Language, pcm: bytes) -> None:
        before = processor_s(self._pid)
        ours, began = time.process_time(), time.monotonic()
        self._hear(language, pcm)
        self.wall_s += time.monotonic() - began
        self.ours_s += time.process_time() - ours
        self.processor_s += processor_s(self._pid) - before


def _memory(worker: SpeechLoad, spoken: Spoken, utterances: int) -> tuple[float, float]:
    """Growth from the hundredth utterance to the last, and the resident set then, in MB."""
    start = 0.0
    for number in range(utterances):
        if number == min(_WARM_UP, utterances - 1):
            start = _resident_mb(worker.pid)
        worker.hear(*spoken[number % len(spoken)])
    end = _resident_mb(worker.pid)
    return end - start, end


def processor_s(pid: int) -> float:
    """Seconds that all threads of a process have run (proc(5), schedstat)."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9


def _resident_mb(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class _Bare:
    """Vosk's own calls in a process of their own, which reads raw sound from a pipe: what any program pays that shows
    words as they come."""

    def __init__(self, models: Mapping[Language, Path]) -> None:
        self._languages = list(models)
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "kiosk.bench.speech", *(str(models[language]) for language in self._languages)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def hear(self, language: Language, pcm: bytes) -> None:
        """One sentence: which model and how many bytes, then the sound piece by piece."""
        self._write(struct.pack("<II", self._languages.index(language), len(pcm)))
        for start in range(0, len(pcm), USUAL_PCM):
            self._write(pcm[start : start + USUAL_PCM])
        if self._process.stdout is not None:
            self._process.stdout.readline()

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(10)

    def _write(self, data: bytes) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(data)
            self._process.stdin.flush()


def _bare(folders: Sequence[str]) -> None:
    import vosk  # type: ignore[import-untyped]

    vosk.SetLogLevel(-1)
    models = [vosk.Model(folder) for folder in folders]
    while head := _read(8):
        number, left = struct.unpack("<II", head)
        recogniser = vosk.KaldiRecognizer(models[number], BYTES_PER_SECOND // 2)
        words = []
        while left and (piece := _read(min(left, USUAL_PCM))):
            left -= len(piece)
            if recogniser.AcceptWaveform(piece):
                words.append(json.loads(recogniser.Result())["text"])
            else:
                json.loads(recogniser.PartialResult())
        _say(" ".join([*words, json.loads(recogniser.FinalResult())["text"]]))


def _read(size: int) -> bytes:
    """So many bytes, none at the end."""
    data = b""
    while len(data) < size and (more := os.read(0, size - len(data))):
        data += more
    return data


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    from kiosk.workers.priority import give_way

    give_way("speech")
    _bare(sys.argv[1:])
