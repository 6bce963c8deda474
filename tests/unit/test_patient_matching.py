"""Is the patient known here or in the hospital's register? And how often may a stranger try?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import HisRejected, HisUnavailable, StoreBusy
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient, Sex
from kiosk.domain.patient_match import NO_MATCH, POSSIBLE, PatientMatch, contradicts
from kiosk.services.patient_matching import Allowance, PatientMatching
from tests import visits
from tests.fakes import FakeClock, FakeStore

CARD = Patient(
    sex=Sex.FEMALE,
    birth_date=date(1949, 12, 31),
    name="张小",
    document=IdentityDocument(DocumentKind.RESIDENT_ID, "11010519491231002X"),
    identity=IdentitySource.DOCUMENT_READ,
)
KNOWN = PatientMatch("p-7", "MR7")


def by_phone(number: int) -> Patient:
    return Patient(phone=f"1380013{number:04d}", birth_date=date(1990, 1, 1))


class Register:
    def __init__(self, answer: PatientMatch | Exception = NO_MATCH) -> None:
        self.answer = answer
        self.asked: list[Patient] = []

    def find(self, patient: Patient) -> PatientMatch:
        self.asked.append(patient)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def close(self) -> None:
        pass


class House:
    def __init__(self, answer: PatientMatch | Exception = NO_MATCH) -> None:
        self.store, self.clock, self.register = FakeStore(), FakeClock(), Register(answer)
        self.failures: list[Exception] = []
        self.matching = PatientMatching(
            self.store, self.register, self.clock, Allowance(2, timedelta(minutes=10)), self.failures.append
        )

    def visit(self, number: int, patient: Patient, match: PatientMatch = NO_MATCH) -> VisitDraft:
        encounter = visits.encounter(number, patient=patient, match=match)
        with self.store.transaction():
            self.store.add_encounter(encounter, visits.slip(number))
        return encounter.draft


def test_the_register_says_who_it_is() -> None:
    assert House(KNOWN).matching.match(CARD) == KNOWN


def test_what_is_remembered_here_needs_no_asking() -> None:
    house = House()
    house.visit(1, CARD, KNOWN)
    house.visit(2, CARD)
    assert house.matching.match(CARD) == KNOWN
    assert house.register.asked == []


def test_a_visit_before_is_the_same_patient_until_the_register_knows_better() -> None:
    house = House()
    first = house.visit(1, CARD)
    here = PatientMatch(earlier_visit=first.visit_id)
    assert house.matching.match(CARD) == here
    house.visit(2, CARD, here)
    assert house.matching.match(CARD) == here
    house.register.answer = KNOWN
    assert house.matching.match(CARD) == KNOWN


@pytest.mark.parametrize("problem", [HisUnavailable("down"), HisRejected("no")])
def test_without_the_register_the_visit_goes_on(problem: Exception) -> None:
    house = House(problem)
    assert house.matching.match(CARD) == NO_MATCH
    assert house.failures == [problem]


def test_without_the_store_the_register_is_asked() -> None:
    house = House(KNOWN)

    def busy(patient: Patient) -> list[VisitDraft]:
        raise StoreBusy("fake")

    house.store.visits_of = busy
    assert house.matching.match(CARD) == KNOWN


@pytest.mark.parametrize("changes", [{"birth_date": date(1950, 1, 1)}, {"sex": Sex.MALE}, {"name": "李四"}])
def test_the_same_number_with_another_person_behind_it_is_for_the_desk(changes: dict[str, object]) -> None:
    house = House()
    house.visit(1, replace(CARD, **changes), KNOWN)
    assert house.matching.match(CARD) == POSSIBLE


def test_the_same_phone_and_birth_date_are_for_the_desk() -> None:
    house = House()
    house.visit(1, by_phone(1))
    assert house.matching.match(by_phone(1)) == POSSIBLE


def test_nobody_in_particular_is_not_looked_for() -> None:
    house = House(KNOWN)
    for patient in (Patient(), Patient(phone="13800138000"), Patient(birth_date=date(1990, 1, 1), age=36)):
        assert house.matching.match(patient) == NO_MATCH
    assert house.register.asked == []


def test_only_so_many_phones_and_birth_dates_are_tried_in_a_while() -> None:
    house = House(POSSIBLE)
    answers = [house.matching.match(by_phone(number)) for number in (1, 2, 1, 3, 2, 4)]
    assert answers == [POSSIBLE, POSSIBLE, POSSIBLE, NO_MATCH, POSSIBLE, NO_MATCH]
    assert by_phone(3) not in house.register.asked
    house.clock.at += timedelta(minutes=10)
    assert house.matching.match(by_phone(3)) == POSSIBLE


def test_documents_are_not_counted() -> None:
    house = House(KNOWN)
    assert [house.matching.match(CARD) for _ in range(5)] == [KNOWN] * 5


@pytest.mark.parametrize(
    ("theirs", "differs"),
    [("张 小", False), ("ZHANG, Xiao", True), ("张小·", False), ("", False), ("张晓", True)],
)
def test_names_are_compared_by_their_letters(theirs: str, differs: bool) -> None:
    assert contradicts(CARD, Patient(name=theirs)) is differs
    typed = replace(CARD, identity=IdentitySource.SELF_REPORTED)
    assert not contradicts(typed, Patient(name=theirs))
