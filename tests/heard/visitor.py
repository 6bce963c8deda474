"""Run as a program with PULSE_SERVER set: one visit, by voice wherever the page has a button to talk.

`python -m tests.heard.visitor LANGUAGE SINK EARS WAV` prints a JSON line for each thing the patient says or touches.
The WAV gets two channels: what the patient hears from the source EARS, and what is said into SINK.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
import wave
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.config import Config, HisKind, HisSettings, PrinterKind, PrinterSettings
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen
from tests.heard.patient import Patient, settings
from tests.heard.tape import Tape, write_tracks
from tests.speech_client import wav_saying

LISTENS_S = 15.0
"""Who has heard the page for so long answers it."""
SILENCE_S = 2.0
MOST_STEPS = 40
COMPLAINT = {Language.EN: "my left knee hurts when i walk", Language.ZH: "我右边牙疼"}
DENIAL = {Language.EN: "no", Language.ZH: "没有"}
SCORE = {Language.EN: "three", Language.ZH: "三分"}
AGE = {Language.EN: "i am fifty six years old", Language.ZH: "我今年五十六岁"}
TOUCHED: dict[Screen, tuple[str, ...]] = {
    Screen.ATTRACT: ("start",),
    Screen.CONSENT: ("agree",),
    Screen.WHO: ("withoutName",),
    Screen.AGE: ("digit_5", "digit_6", "next"),
    Screen.SEX: ("sex_male",),
    Screen.CONFIRM: ("confirm",),
    Screen.DANGERS: ("none",),
    Screen.SUMMARY: ("next",),
    Screen.RESULT: ("door_",),
    Screen.BOOKING: ("book",),
    Screen.SLIP: ("slipTaken",),
}
"""What is tapped on a page that cannot be answered by voice, or was not."""


class Visitor:
    def __init__(self, language: Language, folder: Path, sink: str, ears: Tape) -> None:
        config = Config(
            printer=PrinterSettings(kind=PrinterKind.FILE, folder=str(folder / "slips")),
            his=HisSettings(kind=HisKind.FILE, folder=str(folder / "his")),
        )
        config = replace(config, kiosk=replace(config.kiosk, language=language))
        self._language = language
        self._ears = ears
        self.patient = Patient(settings(config, folder / "state"), sink)

    def steps(self) -> Iterator[dict[str, Any]]:
        """From the first page, read aloud through headphones, to the farewell."""
        checked_in = False
        for _ in range(MOST_STEPS):
            self._hear_the_page()
            state = self.patient.state
            if state.screen is Screen.FAREWELL or (checked_in and state.screen is Screen.ATTRACT):
                return
            checked_in = checked_in or state.checked_in is not None
            words = self._words()
            if words and self.patient.sees("talk"):
                row = self.patient.say(self._utterance(words))
                kept = {key: row[key] for key in ("text", "transcript", "problem", "late", "after_words_s")}
                yield {"screen": state.screen.value, "how": "voice"} | kept
                if self._turned(state):
                    continue
            for name in self._touched():
                self.patient.touch(name)
                yield {"screen": state.screen.value, "how": "touch", "touched": name}
            self.patient.until(lambda state=state: self._turned(state))
        raise SystemExit("the visit does not end")

    def _turned(self, before: Any) -> bool:
        after = self.patient.state
        return after.screen is not before.screen or after.asked != before.asked

    def _hear_the_page(self) -> None:
        """Until the kiosk has fallen silent, or until the patient has heard enough."""
        began = time.monotonic()

        def heard() -> bool:
            here_s = time.monotonic() - began
            return here_s > LISTENS_S or (here_s > SILENCE_S and self._ears.silent_s > SILENCE_S)

        self.patient.until(heard)

    def _words(self) -> str:
        """What this patient says here."""
        state = self.patient.state
        if state.screen is Screen.QUESTION:
            return (SCORE if pain_scale.is_shown(state) else DENIAL)[self._language]
        said = {Screen.COMPLAINT: COMPLAINT, Screen.AGE: AGE, Screen.DANGERS: DENIAL}
        return said.get(state.screen, {}).get(self._language, "")

    def _touched(self) -> tuple[str, ...]:
        state = self.patient.state
        if state.screen is Screen.QUESTION:
            return ("score_3",) if pain_scale.is_shown(state) else ("answer_absent",)
        return TOUCHED[state.screen]

    def _utterance(self, words: str) -> dict[str, Any]:
        wav = wav_saying(self._language, words)
        with wave.open(str(wav)) as sound:
            length_s = sound.getnframes() / sound.getframerate()
        return {"text": words, "wav": str(wav), "ends_s": length_s, "waits": True}


def main(language: Language, sink: str, source: str, wav: Path) -> None:
    ears, mouth = Tape(source), Tape(f"{sink}.monitor")
    try:
        with tempfile.TemporaryDirectory() as folder:
            visitor = Visitor(language, Path(folder), sink, ears)
            for row in visitor.steps():
                print(json.dumps(row, ensure_ascii=False), flush=True)
            visitor.patient.close()
    finally:
        ears.close()
        mouth.close()
        write_tracks(wav, (ears.samples, mouth.samples))


if __name__ == "__main__":
    main(Language(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]))
