"""The register of patients of a GNU Health."""

from __future__ import annotations

from kiosk.adapters.his.tryton import TrytonClient
from kiosk.domain.patient import Patient
from kiosk.domain.patient_match import NO_MATCH, POSSIBLE, PatientMatch, contradicts
from kiosk.wire import gnuhealth


class GnuHealthPatients:
    """services.ports.Patients over the account of one user; one question at a time."""

    def __init__(self, client: TrytonClient) -> None:
        self._tryton = client

    def close(self) -> None:
        self._tryton.close()

    def find(self, patient: Patient) -> PatientMatch:
        found = self._tryton.find(gnuhealth.PATIENT, gnuhealth.search_domain(patient), gnuhealth.PERSON_FIELDS)
        if not found:
            return NO_MATCH
        # Phone and birth date alone are never certain: a mother and her twins share them.
        if len(found) > 1 or patient.document is None or contradicts(patient, gnuhealth.told(found[0])):
            return POSSIBLE
        return PatientMatch(str(found[0]["id"]), gnuhealth.record_number(found[0]))
