"""What a traceback or a careless log line would quote of a visit names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.dialogue import events as ev
from kiosk.domain.dialogue.effects import FindAppointment, FindPatient
from kiosk.domain.patient import DocumentKind, IdentityDocument, Patient
from kiosk.domain.scanned import Code, CodeKind
from kiosk.domain.visit import CheckedInVisit, State
from kiosk.opening import nothing_yet
from tests import visits

NUMBER, PHONE, BORN, DIGITS, TOKEN = "E90817263", "13907418529", date(1961, 5, 17), "709351826", "DZ1:CANARY"
PATIENT = Patient(
    birth_date=BORN,
    phone=PHONE,
    name="canary",
    insurance="canary",
    document=IdentityDocument(DocumentKind.PASSPORT, NUMBER),
)
SHOWN = (
    State(
        nothing_yet(),
        patient=PATIENT,
        document_number=NUMBER,
        phone=PHONE,
        birth_digits=f"{BORN:%Y%m%d}",
        code_digits=DIGITS,
        checked_in=CheckedInVisit("骨 001", "203", None, None, TOKEN, to_be_confirmed=False),
    ),
    visits.draft(patient=PATIENT).patient,
    replace(visits.slip(), token=TOKEN, code=DIGITS),
    ev.CodeScanned(at=0.0, text=TOKEN, visit_id="v"),
    ev.Keyed(at=0.0, digit=DIGITS),
    ev.Dictated(at=0.0, digits=PHONE),
    ev.InsuranceGiven(at=0.0, reference="canary"),
    ev.CardRead(at=0.0, visit_id="v", patient=PATIENT),
    FindPatient("v", PATIENT),
    FindAppointment("v", Code(CodeKind.VISIT, DIGITS)),
)


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: type(one).__name__)
def test_it_shows_no_number_no_code_and_no_birthday(one: object) -> None:
    text = repr(one)
    secrets = (NUMBER, PHONE, f"{BORN!r}", "19610517", "1961-05-17", DIGITS, TOKEN, "canary")
    assert [secret for secret in secrets if secret in text] == []
