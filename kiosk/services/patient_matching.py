"""Does the hospital know this patient already? First what this machine remembers, then the hospital's register.

Whoever stands at a kiosk could try phone numbers and birthdays; so only so many different pairs are looked for in a
while, and what is found never reaches the screen.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.domain.encounter import VisitDraft
from kiosk.domain.errors import HisRejected, HisUnavailable, StoreBusy
from kiosk.domain.patient import Patient
from kiosk.domain.patient_match import NO_MATCH, POSSIBLE, PatientMatch, contradicts, is_identified
from kiosk.services.ports import Clock, EarlierVisits, Patients


@dataclass(frozen=True, slots=True)
class Allowance:
    """At most `most` different pairs of phone and birth date within `window`."""

    most: int = 5
    window: timedelta = timedelta(minutes=10)


class PatientMatching:
    """`failed` hears why the register was not of use; the visit goes on without it."""

    def __init__(
        self,
        earlier: EarlierVisits,
        register: Patients,
        clock: Clock,
        allowance: Allowance,
        failed: Callable[[Exception], None],
    ) -> None:
        self._earlier = earlier
        self._register = register
        self._clock = clock
        self._allowance = allowance
        self._failed = failed
        self._salt = secrets.token_bytes(32)
        self._asked: dict[bytes, datetime] = {}

    def match(self, patient: Patient) -> PatientMatch:
        """What is known of this patient; NO_MATCH also where nothing could be asked."""
        if not is_identified(patient) or (patient.document is None and not self._may_ask(patient)):
            return NO_MATCH
        here = self._here(patient)
        if here.record:
            return here
        try:
            found = self._register.find(patient)
        except (HisUnavailable, HisRejected) as error:
            self._failed(error)
            return here
        return here if found == NO_MATCH else found

    def _here(self, patient: Patient) -> PatientMatch:
        try:
            visits = self._earlier.visits_of(patient)
        except StoreBusy as error:
            self._failed(error)
            return NO_MATCH
        if not visits:
            return NO_MATCH
        if patient.document is None or any(contradicts(patient, visit.patient) for visit in visits):
            # Twins have one birthday and their mother's phone.
            return POSSIBLE
        return next((_same(visit) for visit in visits if visit.match.record), _same(visits[0]))

    def _may_ask(self, patient: Patient) -> bool:
        now = self._clock.now()
        pair = f"{patient.phone}|{patient.birth_date}".encode()
        # Nobody who reads this memory later learns whom somebody looked for.
        digest = hashlib.blake2b(pair, key=self._salt, digest_size=16).digest()
        self._asked = {one: at for one, at in self._asked.items() if now - at < self._allowance.window}
        if digest not in self._asked and len(self._asked) >= self._allowance.most:
            return False
        self._asked.setdefault(digest, now)
        return True


def _same(visit: VisitDraft) -> PatientMatch:
    """The patient of an earlier visit with the same document."""
    if visit.match.record:
        return PatientMatch(record=visit.match.record, medical_record_number=visit.match.medical_record_number)
    return PatientMatch(earlier_visit=visit.match.earlier_visit or visit.visit_id)
