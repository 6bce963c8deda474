"""Run as a program with PULSE_SERVER set: a patient who says a whole plan to the kiosk.

`python -m tests.heard.listener PLAN RESULTS SINK`: the plan is a JSON list of utterances, the results get one JSON line
for each as it was heard. What stands in the results already is not said again.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.config import Config, VoiceKind
from kiosk.domain.dialogue import pain_scale
from kiosk.domain.language import Language
from kiosk.domain.visit import Screen
from tests.heard.patient import Patient, Utterance, settings

BEFORE_QUESTIONS = {
    Language.EN: ("knee pain", "headache", "stomach pain", "back pain"),
    Language.ZH: ("膝盖痛", "头痛", "肚子痛", "腰痛"),
}
"""Pains, so that their strength is asked too."""


class Listener:
    """One language's kiosk, told one utterance after another."""

    def __init__(self, language: Language, state: Path, sink: str) -> None:
        config = Config(kiosk=replace(Config().kiosk, language=language))
        config = replace(config, voice=replace(config.voice, kind=VoiceKind.OFF))
        self._language = language
        self._visits = 0
        self.patient = Patient(settings(config, state), sink)

    def complaint(self, one: Utterance) -> dict[str, Any]:
        """A complaint or a recording, said where the page asks what is wrong."""
        patient = self.patient
        if patient.state.screen is not Screen.COMPLAINT or patient.state.misheard:
            patient.new_visit()
        heard = patient.say(one)
        state = patient.state
        understood = state.clinic.understand(one["text"], self._language)
        findings = {} if state.screen is Screen.COMPLAINT else state.findings
        if state.screen is Screen.CONFIRM and not state.misheard:
            patient.touch("dockBack")
            patient.until(lambda: patient.state.screen is Screen.COMPLAINT)
        return heard | {
            "findings": {code: found.status.value for code, found in findings.items()},
            "typed": {found.code: found.status.value for found in understood},
        }

    def answer(self, answers: deque[Utterance], scores: deque[Utterance]) -> dict[str, Any] | None:
        """What the page asks for, said; None when there was nothing left to say to it, and another page comes."""
        patient = self.patient
        if patient.state.screen is not Screen.QUESTION:
            self._to_question()
        before = patient.state
        on_scale = pain_scale.is_shown(before)
        waiting = scores if on_scale else answers
        if not waiting:
            if on_scale:
                self._go_on(on_scale)
            else:
                self._to_question()
            return None
        one = waiting.popleft()
        heard = patient.say(one)
        after = patient.state
        # Words that are no answer may have told something else.
        taken = after.screen is not Screen.QUESTION or after.asked != before.asked
        if not taken:
            self._go_on(on_scale)
        status = after.findings.status(before.question)
        score = None if after.pain_score is None else str(after.pain_score)
        return heard | {"id": one["id"], "answered": (score if on_scale else status) if taken else None}

    def _to_question(self) -> None:
        """By typing, another complaint each time."""
        self.patient.new_visit()
        texts = BEFORE_QUESTIONS[self._language]
        self.patient.type_text(texts[self._visits % len(texts)])
        self._visits += 1
        self.patient.touch("confirm")
        self.patient.touch("none")
        self.patient.until(lambda: self.patient.state.screen is Screen.QUESTION)

    def _go_on(self, on_scale: bool) -> None:
        before = self.patient.state
        self.patient.touch("score_3" if on_scale else "answer_absent")
        self.patient.until(
            lambda: self.patient.state.asked != before.asked or self.patient.state.screen is not Screen.QUESTION
        )


def main(plan: Path, results: Path, sink: str) -> None:
    utterances: list[Utterance] = json.loads(plan.read_text(encoding="utf-8"))
    known = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    done = {(row["condition"], row["id"]) for row in map(json.loads, known)}
    left = [one for one in utterances if (one["condition"], one["id"]) not in done]
    if not left:
        return
    with tempfile.TemporaryDirectory() as folder, results.open("a", encoding="utf-8") as file:
        listener = Listener(Language(left[0]["language"]), Path(folder), sink)
        count = 0

        def keep(condition: str, row: dict[str, Any]) -> None:
            nonlocal count
            count += 1
            print(f"\r{left[0]['language']} {condition}: {count} of {len(left)}", end="", file=sys.stderr, flush=True)
            file.write(json.dumps({"condition": condition} | row, ensure_ascii=False) + "\n")
            file.flush()

        for condition in dict.fromkeys(one["condition"] for one in left):
            mine = [one for one in left if one["condition"] == condition]
            for one in mine:
                if one["kind"] in ("complaint", "recording"):
                    keep(condition, {"id": one["id"]} | listener.complaint(one))
            answers = deque(one for one in mine if one["kind"] == "answer")
            scores = deque(one for one in mine if one["kind"] == "score")
            while answers or scores:
                row = listener.answer(answers, scores)
                if row is not None:
                    keep(condition, row)
        listener.patient.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
