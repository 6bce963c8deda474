"""The register of patients of a FHIR R4 server."""

from __future__ import annotations

from kiosk.adapters.his.fhir import FhirHis
from kiosk.adapters.his.mapping_file import MappingFile
from kiosk.config import LookupKind
from kiosk.domain.errors import HisUnavailable
from kiosk.domain.patient import Patient
from kiosk.domain.patient_match import PatientMatch
from kiosk.wire import fhir_patients as wire


class FhirPatients:
    """services.ports.Patients over the connection of `his`; one question at a time."""

    def __init__(self, his: FhirHis, mapping: MappingFile, lookup: LookupKind) -> None:
        self._his = his
        self._mapping = mapping
        self._lookup = lookup

    def close(self) -> None:
        self._his.close()

    def find(self, patient: Patient) -> PatientMatch:
        system = self._mapping.in_force().system
        if self._lookup is LookupKind.MATCH:
            answer = self._his.fetch("POST", wire.MATCH, wire.match_parameters(patient, system))
            found = wire.read_match(answer, patient, system)
        else:
            answer = self._his.fetch("POST", wire.SEARCH, wire.search_form(patient, system), content=wire.SEARCH_TYPE)
            found = wire.read_search(answer, patient, system)
        if found is None:
            raise HisUnavailable("a question for a patient is answered with something else")
        return found
