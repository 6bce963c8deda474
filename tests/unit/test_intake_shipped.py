"""The intake model that comes with Daozhen: what it must read, and how seldom it may read what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.domain.findings import Status
from kiosk.domain.knowledge import SymptomKind
from kiosk.domain.language import Language
from tests.unit.shipped_clinic import content

pytest.importorskip("llama_cpp")

from kiosk.adapters.intake_labels import OTHER_COMPLAINT
from kiosk.adapters.intake_model import SURE_ENOUGH, IntakeModel
from kiosk.evaluation.second_reader import read_choices

NOTHING = Path(__file__).parents[1] / "data" / "nothing"
FILE = paths.models() / "intake" / "model" / "intake.gguf"
MOST_BYTES = 20_000_000
PLAIN = 0.8
"""Certainty that a plain sentence reaches; what is asked about needs SURE_ENOUGH."""


@pytest.fixture(scope="module")
def model() -> Iterator[IntakeModel]:
    with IntakeModel(FILE) as loaded:
        yield loaded


def test_it_is_small_and_knows_the_findings_of_the_knowledge_base(model: IntakeModel) -> None:
    assert 0 < FILE.stat().st_size <= MOST_BYTES
    known = set(model.codes) - {OTHER_COMPLAINT}
    assert len(known & content().symptoms.keys()) > 0.95 * len(known)
    assert len(known & content().symptoms.keys()) > 0.9 * len(content().symptoms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我头疼三天了，不发烧", {"headache": Status.PRESENT, "fever": Status.ABSENT}),
        ("我咳嗽，没有发烧", {"cough": Status.PRESENT, "fever": Status.ABSENT}),
        ("i have a headache but no fever", {"headache": Status.PRESENT, "fever": Status.ABSENT}),
        ("maybe a fever, definitely a sore throat", {"fever": Status.UNSURE, "sore_throat": Status.PRESENT}),
        ("where is the toilet", {}),
        ("请问电梯在哪里", {}),
    ],
)
def test_plain_sentences(model: IntakeModel, text: str, expected: dict[str, Status]) -> None:
    reading = model.read(text)
    assert {f.code: f.status for f in reading.proposals(content().symptoms, PLAIN)} == expected
    assert all(text[slice(*f.span)] == f.text for f in reading.findings())


def test_a_length_is_read_with_its_finding(model: IntakeModel) -> None:
    hours = {f.code: f.duration_hours for f in model.read("头疼三天了，没有发烧").proposals(content().symptoms, PLAIN)}
    assert hours == {"headache": 72, "fever": None}


@pytest.mark.parametrize("language", list(Language))
def test_next_to_nothing_is_read_into_texts_without_a_complaint(model: IntakeModel, language: Language) -> None:
    kinds = (SymptomKind.SYMPTOM, SymptomKind.SIGN)
    complaints = {code for code, symptom in content().symptoms.items() if symptom.kind in kinds}
    texts = read_choices(NOTHING / f"{language.value}.txt")[::2]
    read = [text for text in texts if model.read(text).proposals(complaints, SURE_ENOUGH)]
    assert len(read) <= 0.02 * len(texts)
