"""Dangers of sudden onset: they fire until it is certain that they are old, and a word about "worse" keeps them."""

from __future__ import annotations

import pytest

from kiosk.adapters.knowledge_entries import Entry
from kiosk.adapters.knowledge_rules import read_rule
from kiosk.domain.errors import AssetError
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import AllOf, Level, Present, Truth
from kiosk.domain.known import known
from kiosk.domain.patient import Patient
from kiosk.domain.redflags import NotOlder, fired, truth, undecided
from tests.unit.shipped_clinic import content
from tests.unit.triage_clinic import KNOWLEDGE, present, with_status

ADULT = Patient(age=60)
RECENT = NotOlder("headache", not_older_hours=72)


def lasting(code: str, hours: float | None, source: Source = Source.STAFF) -> Findings:
    return Findings().merged([Finding(code, Status.PRESENT, source, duration_hours=hours)])


def value(rule: Present, said: Findings) -> Truth:
    return truth(rule, known(KNOWLEDGE, ADULT, said, Vitals()))


@pytest.mark.parametrize(
    ("hours", "expected"), [(None, Truth.YES), (1.0, Truth.YES), (72.0, Truth.YES), (73.0, Truth.NO)]
)
def test_only_a_certain_length_makes_it_old(hours: float | None, expected: Truth) -> None:
    assert value(RECENT, lasting("headache", hours)) is expected


@pytest.mark.parametrize("source", [Source.WORDS, Source.MODEL])
def test_a_length_from_the_text_may_belong_to_something_else(source: Source) -> None:
    assert value(RECENT, lasting("headache", 9000, source)) is Truth.YES


@pytest.mark.parametrize(("own", "expected"), [(True, Truth.NO), (False, Truth.YES)])
@pytest.mark.parametrize("source", [Source.TAP, Source.ANSWER])
def test_a_tap_or_an_answer_keeps_a_length_that_was_told_and_makes_none_certain(
    source: Source, own: bool, expected: Truth
) -> None:
    """Weak since a stroke two months ago, and a tap on the picture of weakness: it is as old as it was."""
    told = Finding("headache", Status.PRESENT, Source.WORDS, "headache", (3, 11), duration_hours=1440, own_duration=own)
    confirmed = Findings().merged([told]).merged([Finding("headache", Status.PRESENT, source)])
    assert confirmed["headache"].source is source
    assert value(RECENT, confirmed) is expected


def test_what_is_only_implied_is_as_young_as_the_youngest_special_case() -> None:
    old = lasting("thunderclap_headache", 9000)
    assert value(RECENT, old) is Truth.NO
    assert value(RECENT, lasting("thunderclap_headache", None)) is Truth.YES
    assert value(RECENT, old.merged([Finding("headache", Status.PRESENT, Source.ANSWER)])) is Truth.YES


def test_what_is_not_there_is_no_danger() -> None:
    assert value(RECENT, with_status(Findings(), Status.ABSENT, "headache")) is Truth.NO
    assert value(RECENT, Findings()) is Truth.UNKNOWN
    assert value(RECENT, with_status(Findings(), Status.UNSURE, "headache")) is Truth.UNKNOWN


def test_other_limits_count_beside_it() -> None:
    strong = NotOlder("chest_pain", severity_min=7, not_older_hours=72)
    assert value(strong, present("chest_pain", severity=8)) is Truth.YES
    assert value(strong, present("chest_pain", severity=3)) is Truth.NO
    assert value(strong, present("chest_pain")) is Truth.UNKNOWN


def when(text: object) -> Entry:
    return Entry("red_flags.yaml", "r00_example", {"when": text})


def test_the_grammar_reads_it() -> None:
    rule = read_rule(when({"all": ["cough", {"finding": "headache", "not_older_hours": 72}]}), {"cough", "headache"})
    assert rule == AllOf((Present("cough"), RECENT))


@pytest.mark.parametrize("hours", [0, -3, "long"])
def test_the_grammar_wants_a_stretch_of_time(hours: object) -> None:
    with pytest.raises(AssetError, match="not_older_hours"):
        read_rule(when({"finding": "headache", "not_older_hours": hours}), {"headache"})


def level_of(*findings: Finding) -> Level:
    rules = fired(content(), ADULT, Findings().merged(findings), Vitals())
    return min((rule.level for rule in rules), default=Level.IV)


OLD = [
    ("face_droop", 1000.0, Level.III),
    ("one_sided_weakness", 1000.0, Level.III),
    ("speech_trouble", 1000.0, Level.III),
    ("confusion", 2000.0, Level.III),
    ("chest_pain", 3000.0, Level.III),
    ("rigid_abdomen", 900.0, Level.III),
]


@pytest.mark.parametrize(("code", "hours", "level"), OLD)
def test_an_old_sign_is_no_emergency_and_a_new_one_is(code: str, hours: float, level: Level) -> None:
    old = Finding(code, Status.PRESENT, Source.STAFF, duration_hours=hours)
    new = Finding(code, Status.PRESENT, Source.STAFF, duration_hours=5.0)
    assert level_of(old) == level
    assert level_of(new) <= Level.II
    assert level_of(Finding(code, Status.PRESENT, Source.STAFF)) <= Level.II


@pytest.mark.parametrize("worse", ["sudden_onset", "much_worse_than_usual"])
@pytest.mark.parametrize("code", ["face_droop", "one_sided_weakness", "speech_trouble", "confusion", "chest_pain"])
def test_an_old_sign_that_is_suddenly_worse_is_an_emergency(code: str, worse: str) -> None:
    old = Finding(code, Status.PRESENT, Source.STAFF, duration_hours=5000)
    assert level_of(old, Finding(worse, Status.PRESENT, Source.ANSWER)) <= Level.II


def test_a_doubt_about_a_sudden_sign_stays_a_doubt() -> None:
    said = Findings().merged([Finding("face_droop", Status.UNSURE, Source.ANSWER)])
    assert "r13_stroke" in {flag.code for flag in undecided(content(), ADULT, said, Vitals())}
