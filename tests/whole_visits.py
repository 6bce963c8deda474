"""Ready-made visits for tests that need a whole one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.booking import Practitioner, Slot
from kiosk.domain.encounter import Encounter, VisitDraft
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import IdentitySource, Patient, Sex

MORNING = datetime(2026, 3, 2, 9, 46, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE = "13800138000"
BIRTH = date(1961, 5, 17)

DOCTOR = Practitioner(
    "zhou_lan",
    Words("周岚", "Zhou Lan"),
    Words("主任医师", "Senior doctor"),
    Words("膝", "Knees"),
    "orthopaedics",
    "206",
)
SLOT = Slot("zhou_lan-1020", DOCTOR, MORNING.replace(hour=10, minute=20), MORNING.replace(hour=10, minute=30))

KNEE = (
    Finding("knee_pain", Status.PRESENT, Source.WORDS, "膝盖疼", (0, 3), severity=6, duration_hours=504.0),
    Finding("fever", Status.PRESENT, Source.ANSWER, "38.5度", value=38.5, duration_hours=12.0),
    Finding("knee_swelling", Status.ABSENT, Source.TAP),
    Finding("morning_stiffness", Status.UNSURE, Source.ANSWER),
    Finding("gout_history", Status.PRESENT, Source.MODEL, "痛风"),
)


def visit_id(number: int) -> str:
    """A random UUID's look, the same for the same number."""
    return str(UUID(int=(0x4000 << 64) | (0x8 << 60) | number))


def draft(number: int = 1) -> VisitDraft:
    """A woman of 64 with a painful knee who books a time in orthopaedics."""
    return VisitDraft(
        visit_id=visit_id(number),
        language=Language.ZH,
        patient=Patient(Sex.FEMALE, 64, None, BIRTH, PHONE, None, IdentitySource.SELF_REPORTED),
        consented_at=MORNING - timedelta(minutes=3),
        complaint="膝盖疼了三个星期，上下楼更疼",
        findings=KNEE,
        level=Level.III,
        red_flags=(),
        staff_check=False,
        departments=(DepartmentScore("orthopaedics", 0.82, ("knee_pain",)), DepartmentScore("pain", 0.11, ())),
        department="orthopaedics",
        slot=SLOT,
        emergency=False,
    )


def emergency_draft(number: int = 2) -> VisitDraft:
    """Chest pain; nobody asked who he is, and there is nothing to book."""
    return replace(
        draft(number),
        language=Language.EN,
        patient=Patient(),
        complaint="crushing chest pain <and> & sweat\x00ing",
        findings=(Finding("chest_pain", Status.PRESENT, Source.WORDS, "chest pain"),),
        level=Level.II,
        red_flags=(
            FiredRule("r01_chest_pain", 1, Level.II, Words("胸痛", "Chest pain"), ("chest_pain",), "emergency"),
        ),
        staff_check=True,
        department="emergency",
        slot=None,
        emergency=True,
    )


def encounter(of: VisitDraft | None = None, number: str = "骨 027") -> Encounter:
    made = of or draft()
    return Encounter(made.visit_id, number, "K03", MORNING, made, confirmed=False)
