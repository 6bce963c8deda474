"""A sample department, slot and visit draft for tests of check-in, store and delivery."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.booking import Practitioner, Slot
from kiosk.domain.encounter import Encounter, Slip, VisitDraft
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.knowledge import Applies, Department, Level, Review, ReviewState
from kiosk.domain.language import Language, Words
from kiosk.domain.outbox import Lane, OutboxMessage
from kiosk.domain.patient import IdentitySource, Patient, Sex
from tests.fakes import NOON

CANARY = "鸻鹬CanaryKnee"
PHONE = "13800138000"


def visit_id(number: int) -> str:
    return str(uuid.UUID(int=0x5EED << 64 | number, version=4))


def department(code: str = "orthopaedics", prefix: str = "骨") -> Department:
    return Department(
        code=code,
        nhc="04.05",
        name=Words("骨科", "Orthopaedics"),
        prefix=prefix,
        icon="bone",
        sensitive=False,
        emergency=False,
        applies=Applies(),
        review=Review("test", ReviewState.DRAFT),
    )


def slot(code: str = "d1-0900", start: datetime = NOON + timedelta(hours=1), department: str = "orthopaedics") -> Slot:
    doctor = Practitioner(
        "d1", Words("王医生", "Dr Wang"), Words("主任", "Chief"), Words("", ""), department, room="203"
    )
    return Slot(code, doctor, start, start + timedelta(minutes=15))


def draft(number: int = 1, **changes: Any) -> VisitDraft:
    fields: dict[str, Any] = {
        "visit_id": visit_id(number),
        "language": Language.ZH,
        "patient": Patient(
            sex=Sex.FEMALE, age=34, birth_date=date(1992, 1, 5), phone=PHONE, identity=IdentitySource.SELF_REPORTED
        ),
        "consented_at": NOON - timedelta(minutes=4),
        "complaint": f"膝盖疼 {CANARY}",
        "findings": (
            Finding("knee_pain", Status.PRESENT, Source.WORDS, "膝盖疼", (0, 3), severity=6, duration_hours=48.0),
            Finding("fever", Status.ABSENT, Source.ANSWER),
        ),
        "level": Level.III,
        "red_flags": (FiredRule("rule", 3, Level.III, Words("因", "because"), ("knee_pain",), None),),
        "staff_check": False,
        "departments": (DepartmentScore("orthopaedics", 0.8, ("knee_pain",), Words("因", "because")),),
        "department": "orthopaedics",
        "slot": None,
        "emergency": False,
    }
    return VisitDraft(**(fields | changes))


def encounter(number: int = 1, arrived_at: datetime = NOON, **changes: Any) -> Encounter:
    given = draft(number, **changes)
    return Encounter(given.visit_id, f"骨 {number:03d}", "K01", arrived_at, given, confirmed=False)


def slip(number: int = 1) -> Slip:
    return Slip(
        hospital=Words("示范医院", "Model Hospital"),
        number=f"骨 {number:03d}",
        department=Words("骨科", "Orthopaedics"),
        practitioner=None,
        room="203",
        starts_at=None,
        wait_minutes=None,
        way=Words("直走", "Straight on"),
        way_back=Words("往回走", "Back"),
        printed_at=NOON,
        kiosk="K01",
        token="DZ1:TEST",  # noqa: S106 - not a password
        emergency=False,
        to_be_confirmed=False,
        language=Language.ZH,
    )


def message(number: int = 1, lane: Lane = Lane.HIS, at: datetime = NOON, **changes: Any) -> OutboxMessage:
    fields: dict[str, Any] = {
        "key": f"{visit_id(number)}-{lane}",
        "lane": lane,
        "visit_id": visit_id(number),
        "payload": f"payload {number}".encode(),
        "created_at": at,
        "due_at": at,
    }
    return OutboxMessage(**(fields | changes))
