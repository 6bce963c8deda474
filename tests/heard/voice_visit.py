"""`python -m tests.heard.voice_visit`: a whole visit by voice in each language, as sound and in figures.

What the kiosk says through headphones is the left channel of build/voice-visit-LANGUAGE.wav, what the patient says the
right one; the steps lie beside it. Nobody need listen to judge it: levels, silences, who speaks over whom, and what
the speech model hears in both channels are printed.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk import paths
from kiosk.domain.language import Language
from tests.heard.tape import RATE, read_tracks
from tests.sound_server import MISSING, SoundServer

HEADPHONES = "module-null-sink sink_name=headphones rate=48000 channels=2 sink_properties=device.form_factor=headphone"
_PIECE = RATE // 10
_LOUD = 100


@dataclass(frozen=True, slots=True)
class Channel:
    """Levels in dB of full scale; `speech_s` of its length there is sound."""

    length_s: float
    speech_s: float
    peak_db: float
    level_db: float
    clipped: int
    longest_silence_s: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.heard.voice_visit")
    parser.add_argument("--only", choices=[language.value for language in Language], help="one language")
    parser.add_argument("--out", type=Path, default=Path("build"))
    options = parser.parse_args()
    if MISSING:
        print(f"not installed: {', '.join(MISSING)}", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    failed = False
    for language in [Language(options.only)] if options.only else list(Language):
        wav = options.out / f"voice-visit-{language.value}.wav"
        steps = visit(language, wav)
        wav.with_suffix(".json").write_text(json.dumps(steps, indent=1, ensure_ascii=False), encoding="utf-8")
        failed = failed or not steps
        print(told(language, steps, read_tracks(wav)), flush=True)
    return 1 if failed else 0


def visit(language: Language, wav: Path) -> list[dict[str, object]]:
    """Every step; empty when the visit came to no end."""
    with tempfile.TemporaryDirectory() as folder:
        server = SoundServer(Path(folder))
        try:
            server.load(HEADPHONES)
            server.default_output("headphones")
            microphone = server.plug("desk")
            command = [sys.executable, "-m", "tests.heard.visitor", language.value, microphone.sink]
            done = subprocess.run(
                [*command, "headphones.monitor", str(wav)],
                env=server.child_environment(),
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
        finally:
            server.close()
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    return steps if done.returncode == 0 else []


def told(language: Language, steps: Sequence[dict[str, object]], tracks: Sequence[array[int]]) -> str:
    kiosk, patient = tracks
    by_voice = [step for step in steps if step["how"] == "voice"]
    right = sum(str(step["text"]) == step["transcript"] for step in by_voice)
    touched = [f"{step['screen']}: {step['touched']}" for step in steps if step["how"] == "touch"]
    both = sum(one and other for one, other in zip(_loud(kiosk), _loud(patient), strict=False)) / 10
    lines = [
        f"{language.value}: {len(by_voice)} times by voice, {right} heard word for word",
        f"  by touch: {', '.join(touched)}",
        f"  both speak at once for {both:.1f} s",
        *(f"  {name}: {asdict(channel(track))}" for name, track in (("kiosk", kiosk), ("patient", patient))),
        f"  the model hears the patient say: {heard(language, patient)}",
        f"  and the kiosk: {heard(language, kiosk)}",
    ]
    return "\n".join(lines)


def channel(track: array[int]) -> Channel:
    loud = _loud(track)
    spoken = array("h", (sample for sample in track if sample))
    mean = sum(sample * sample for sample in spoken) / max(1, len(spoken))
    peak = max(1, max(spoken, default=0), -min(spoken, default=0))
    silences = "".join(" x"[one] for one in loud).strip().split("x")
    return Channel(
        length_s=round(len(track) / RATE, 1),
        speech_s=sum(loud) / 10,
        peak_db=round(20 * math.log10(peak / 32768), 1),
        level_db=round(10 * math.log10(max(1.0, mean)) - 20 * math.log10(32768), 1),
        clipped=sum(abs(sample) >= 32767 for sample in spoken),
        longest_silence_s=max(map(len, silences)) / 10,
    )


def _loud(track: array[int]) -> list[bool]:
    """By tenths of a second."""
    pieces = (track[start : start + _PIECE] for start in range(0, len(track), _PIECE))
    return [max(piece) > _LOUD or min(piece) < -_LOUD for piece in pieces]


def heard(language: Language, track: array[int]) -> str:
    """What the shipped model makes of it, one utterance between two seconds of silence."""
    from kiosk.adapters.speech.vosk_recogniser import VoskModel

    model = VoskModel(paths.models() / "speech" / language.value)
    texts = []
    for part in _spoken_parts(track):
        utterance = model.utterance(())
        utterance.accept(part.tobytes())
        texts.append(utterance.finish()[0].text)
    return " | ".join(texts)


def _spoken_parts(track: array[int]) -> Iterator[array[int]]:
    loud = [number for number, one in enumerate(_loud(track)) if one]
    begin = loud[0] if loud else 0
    for one, following in zip(loud, [*loud[1:], None], strict=True):
        if following is None or following - one > 10:
            yield track[max(0, begin - 3) * _PIECE : (one + 4) * _PIECE]
            begin = following or 0


if __name__ == "__main__":
    sys.exit(main())
