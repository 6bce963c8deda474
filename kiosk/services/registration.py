"""Everything a visit asks of this machine's books, behind one door for the window."""

from __future__ import annotations

from kiosk.domain.appointments import Appointment
from kiosk.domain.booking import Offer, Slot
from kiosk.domain.encounter import VisitDraft
from kiosk.domain.language import Language
from kiosk.domain.visit import CheckedInVisit
from kiosk.services.checkin import CheckIn
from kiosk.services.desk import Alerts
from kiosk.services.scheduling import Scheduling


class Registration:
    def __init__(self, scheduling: Scheduling, check_in: CheckIn, alerts: Alerts) -> None:
        self._scheduling = scheduling
        self._check_in = check_in
        self._alerts = alerts

    def offer(self, department: str, visit_id: str) -> tuple[Offer, bool]:
        return self._scheduling.offer(department, visit_id)

    def hold(self, visit_id: str, slot: Slot) -> bool:
        return self._scheduling.hold(visit_id, slot)

    def release(self, visit_id: str) -> None:
        self._scheduling.release(visit_id)

    def lose(self, visit_id: str, slot: Slot) -> None:
        self._scheduling.lose(slot, visit_id)

    def booking_payload(self, draft: VisitDraft) -> bytes | None:
        return self._check_in.booking_payload(draft)

    def check_in(self, draft: VisitDraft, booked: bool | None = None) -> CheckedInVisit:
        return self._check_in.check_in(draft, booked)

    def number_for(self, department: str) -> str:
        return self._check_in.number_for(department)

    def arrived(self, visit_id: str, appointment: Appointment, language: Language, tag: str) -> CheckedInVisit:
        return self._check_in.arrived(visit_id, appointment, language, tag)

    def alert(self, visit_id: str, level: int, rules: tuple[str, ...]) -> None:
        self._alerts.record(visit_id, level, rules)
