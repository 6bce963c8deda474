"""How well does the running kiosk hear? Its window, its workers and a virtual microphone, in real time.

`python -m tests.heard` says 30 complaints and 30 answers a language (tests/data/heard) in voices that training never
had, clean and as a lobby spoils them, and looks at what the visit then holds. It goes on where it was interrupted.
`--recordings FILE` says recordings of people instead: a line is language, WAV and words, with tabs between, and a WAV
is named as seen from the file. Needs PulseAudio, espeak-ng, flite and `pip install -e .[train]`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.domain.language import Language
from tests.heard.said import Kind, Said, read
from tests.heard.scores import Words, as_json, figures_of, table
from tests.sound_server import MISSING, SoundServer

CONDITIONS = ("clean", "babble-20", "babble-10", "babble-5", "reverberation", "far", "at-once")
"""As sounds.py makes them; at once: nobody waits for the microphone to open."""
STORY_S, ANSWER_S = 7.5, 4.5
"""What one takes with everything around it, for the estimate."""
MICROPHONE = "desk"


def main() -> int:
    options = _options()
    if MISSING:
        print(f"not installed: {', '.join(MISSING)}", file=sys.stderr)
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    if options.recordings:
        return _recordings(options.recordings, options.out)
    languages = [Language(options.only)] if options.only else list(Language)
    conditions = options.conditions.split(",")
    minutes = sum(_seconds(read(language)) for language in languages) * len(conditions) / 60
    print(f"{len(conditions)} conditions in {' and '.join(languages)}: about {minutes:.0f} minutes", flush=True)
    for language in languages:
        sounds = [sys.executable, "-m", "tests.heard.sounds", language.value, str(options.out / "sounds")]
        subprocess.run([*sounds, ",".join(conditions)], check=True)
        plan = _plan(language, conditions, options.out / "sounds")
        listen(plan, options.out / f"{language.value}.jsonl")
    return report(languages, conditions, options.out)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.heard", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--conditions", default=",".join(CONDITIONS), help=f"some of {','.join(CONDITIONS)}")
    parser.add_argument("--only", choices=[language.value for language in Language], help="one language")
    parser.add_argument("--recordings", type=Path, help="tab separated: language, WAV, words")
    parser.add_argument("--out", type=Path, default=Path("build/heard"), help="sounds, rows, heard.json, heard.md")
    options = parser.parse_args()
    unknown = set(options.conditions.split(",")) - set(CONDITIONS)
    if unknown:
        parser.error(f"no such condition: {', '.join(sorted(unknown))}; there are {', '.join(CONDITIONS)}")
    return options


def _seconds(said: Sequence[Said]) -> float:
    return sum(STORY_S if one.kind is Kind.COMPLAINT else ANSWER_S for one in said)


def _plan(language: Language, conditions: Sequence[str], sounds: Path) -> list[dict[str, Any]]:
    plan = []
    for condition in conditions:
        place = (sounds / condition).resolve()
        told = json.loads((place / f"sounds-{language.value}.json").read_text(encoding="utf-8"))
        for said in read(language):
            plan.append(
                {
                    "id": said.id,
                    "language": language.value,
                    "condition": condition,
                    "kind": said.kind.value,
                    "text": said.text,
                    "wav": str(place / f"{said.id}.wav"),
                    "ends_s": told[said.id]["ends_s"],
                    "waits": condition != "at-once",
                }
            )
    return plan


def listen(plan: Sequence[dict[str, Any]], results: Path) -> None:
    """Let a kiosk hear all of it; what it heard is added to the results."""
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "plan.json"
        listed.write_text(json.dumps(plan), encoding="utf-8")
        server = SoundServer(Path(folder))
        try:
            microphone = server.plug(MICROPHONE)
            command = [sys.executable, "-m", "tests.heard.listener", str(listed), str(results), microphone.sink]
            subprocess.run(command, env=server.child_environment(), check=True)
        finally:
            server.close()


def _rows(results: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]


def report(languages: Sequence[Language], conditions: Sequence[str], out: Path) -> int:
    figures = [
        figures_of(language, condition, read(language), _rows(out / f"{language.value}.jsonl"))
        for language in languages
        for condition in conditions
    ]
    text = table(figures)
    (out / "heard.md").write_text(text, encoding="utf-8")
    (out / "heard.json").write_text(json.dumps(as_json(figures), indent=1) + "\n", encoding="utf-8")
    print(text)
    return 0


def _recordings(listed: Path, out: Path) -> int:
    """The wrong words of each recording; 1 when one of them came to no end."""
    plan = []
    for number, line in enumerate(listed.read_text(encoding="utf-8").splitlines(), 1):
        language, file, text = line.split("\t")
        wav = (listed.parent / file).resolve()
        with wave.open(str(wav)) as sound:
            length_s = sound.getnframes() / sound.getframerate()
        plan.append(
            {
                "id": f"{language}-r{number}",
                "language": Language(language).value,
                "condition": "recording",
                "kind": Kind.RECORDING.value,
                "text": text,
                "wav": str(wav),
                "ends_s": length_s,
                "waits": True,
            }
        )
    lost = 0
    print("| recording | wrong words | wrong characters | heard |\n|---|---|---|---|")
    for language in dict.fromkeys(one["language"] for one in plan):
        results = out / f"recordings-{language}.jsonl"
        results.unlink(missing_ok=True)
        mine = [one for one in plan if one["language"] == language]
        listen(mine, results)
        heard = {row["id"]: row for row in _rows(results)}
        for one in mine:
            row = heard.get(one["id"])
            if row is None:
                lost += 1
                continue
            words = Words()
            words.add(Language(language), one["text"], row["transcript"])
            wrong = f"{words.errors}/{words.words} | {words.character_errors}/{words.characters}"
            print(f"| {Path(one['wav']).name} | {wrong} | {row['transcript'] or row['problem']} |")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
