"""Trifles and dangers that share their words, words without a place, ages that are somebody else's: whole sentences."""

from __future__ import annotations

import pytest

from kiosk.domain.findings import Findings, Status, Vitals
from kiosk.domain.hints import patient_hints
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language
from kiosk.domain.patient import Patient
from kiosk.domain.redflags import fired
from tests.unit.shipped_clinic import content, understood


def there(text: str) -> set[str]:
    return {finding.code for finding in understood(text) if finding.status is Status.PRESENT}


def level(text: str, age: int) -> Level:
    rules = fired(content(), Patient(age=age), Findings().merged(understood(text)), Vitals())
    return min((rule.level for rule in rules), default=Level.IV)


@pytest.mark.parametrize(
    ("text", "kept", "gone"),
    [
        ("Burning behind my breastbone after a big dinner, and sour water comes up", "heartburn", "chest_pain"),
        ("吃完火锅胸口烧得慌，反酸水", "heartburn", "chest_pain"),
        ("Splashed a spot of hot oil on my forearm, a red mark the size of a lentil, no blister", "small_burn", "burn"),
        ("带状疱疹，左边肋骨那一圈火辣辣地疼", "shingles_rash", "chest_pain"),
    ],
)
def test_a_trifle_is_not_read_as_a_danger_besides(text: str, kept: str, gone: str) -> None:
    codes = there(text)
    assert kept in codes
    assert gone not in codes


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("Burning behind my breastbone after dinner and I'm sweating, my left arm aches", 48),
        ("吃完饭胸口烧得慌，出冷汗，喘不上气", 58),
        ("Burning behind my breastbone after dinner, it comes on when I climb the stairs", 60),
    ],
)
def test_what_speaks_for_the_heart_keeps_the_emergency(text: str, age: int) -> None:
    assert level(text, age) <= Level.II


def test_new_heartburn_is_seen_the_same_day_from_fifty_on() -> None:
    text = "Since this morning a burning behind my breastbone after breakfast, sour water comes up"
    assert level(text, 55) is Level.III
    assert level(text, 30) is Level.IV


@pytest.mark.parametrize(
    ("text", "age", "expected"),
    [
        ("碰到烤箱边，胳膊上烫了一小道红印，没起泡", 30, Level.IV),
        ("碰到烤箱边，胳膊上烫了一小道红印，没起泡", 3, Level.II),
        ("碰到烤箱边，胳膊上烫了一片，起了水泡", 30, Level.III),
    ],
)
def test_a_small_burn_counts_by_age_and_blisters(text: str, age: int, expected: Level) -> None:
    assert level(text, age) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Propped up on four pillows, both legs swollen, it's crept up over two months", Level.III),
        ("Propped up on four pillows since last night and both legs swollen", Level.II),
        ("Propped up on four pillows and both legs swollen", Level.II),
    ],
)
def test_only_weeks_that_are_told_make_orthopnoea_old(text: str, expected: Level) -> None:
    assert level(text, 70) is expected


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("We're expecting in May and I'm bleeding", (Status.PRESENT, "vaginal_bleeding")),
        ("怀孕三个月，没有出血", (Status.ABSENT, "vaginal_bleeding")),
        ("白带发黄，还痒", (Status.PRESENT, "genital_itching")),
        ("My breasts ache but I can feel no lump", (Status.ABSENT, "breast_lump")),
    ],
)
def test_a_word_without_a_place_means_what_the_talk_is_about(text: str, sign: tuple[Status, str]) -> None:
    assert sign in {(finding.status, finding.code) for finding in understood(text)}


@pytest.mark.parametrize(
    ("text", "language", "years"),
    [
        ("I'm a woman of 31 and I'm breastfeeding a six week old, my breast is sore", Language.EN, 31),
        ("I'm 31 and nursing a two month old, she has a fever", Language.EN, 0),
        ("我老婆四十二，头晕两天", Language.ZH, 42),
        ("女，五十三，腰疼", Language.ZH, 53),
    ],
)
def test_whose_age_it_is(text: str, language: Language, years: int) -> None:
    assert patient_hints(text, language).age == years


@pytest.mark.parametrize(
    ("text", "code", "least_hours"),
    [
        ("从小手心就爱出汗", "sweaty_palms", 8760.0),
        ("I've had headaches all my life", "headache", 8760.0),
        ("腰疼，早上僵半个小时，三年多了", "back_pain", 3 * 8760.0),
    ],
)
def test_lengths_without_a_number_and_with_a_clause_to_themselves(text: str, code: str, least_hours: float) -> None:
    hours = {finding.code: finding.duration_hours for finding in understood(text)}
    assert (hours[code] or 0.0) >= least_hours


@pytest.mark.parametrize("text", ["I can't stand up", "I can't bear weight on it", "I can't control my bladder"])
def test_what_somebody_cannot_do_is_still_a_finding(text: str) -> None:
    assert there(text)
