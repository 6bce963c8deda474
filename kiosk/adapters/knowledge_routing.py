"""Reads routing.yaml: who goes where, with every department and finding checked against the rest of the content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from kiosk.adapters.knowledge_entries import OLDEST, Entry
from kiosk.domain.knowledge import Department, RoutingRules, Symptom

_NEEDED = {
    "obstetrics_from_week": "early_pregnancy",
    "enteric_findings": "enteric_clinic",
    "bite_findings": "bite_clinic",
}
"""Settings that say nothing without another one."""


def read_routing(entry: Entry, symptoms: Mapping[str, Symptom], departments: Mapping[str, Department]) -> RoutingRules:
    """The rules of the file, with the defaults of RoutingRules for what it leaves out; AssetError names the field."""
    entry.only(RoutingRules.__slots__)
    for field, needed in _NEEDED.items():
        if entry.data.get(field):
            entry.need(needed)
    reader = _Reader(entry, symptoms, departments)
    return RoutingRules(
        paediatric_age_max=entry.as_whole("paediatric_age_max", entry.need("paediatric_age_max"), 0, 21),
        fever_clinic_celsius=entry.number("fever_clinic_celsius", 36, 40),
        geriatric_age_min=entry.as_whole("geriatric_age_min", entry.need("geriatric_age_min"), 50, OLDEST),
        fever_clinic=reader.department("fever_clinic"),
        emergency=reader.department("emergency"),
        paediatrics=reader.department("paediatrics"),
        obstetrics=reader.department("obstetrics"),
        general=reader.department("general"),
        replace_for_male=reader.by_department("replace_for_male"),
        symptom_department=reader.by_finding("symptom_department"),
        symptom_department_child=reader.by_finding("symptom_department_child", optional=True),
        neonate_days_max=entry.as_whole("neonate_days_max", entry.data.get("neonate_days_max", 28), 0, 365),
        neonatology=reader.department("neonatology", optional=True),
        geriatrics=reader.department("geriatrics", optional=True),
        all_ages=frozenset(reader.departments("all_ages")),
        replace_for_child=reader.by_department("replace_for_child", optional=True),
        replace_in_pregnancy=frozenset(reader.departments("replace_in_pregnancy")),
        obstetrics_from_week=entry.as_whole("obstetrics_from_week", entry.data.get("obstetrics_from_week", 0), 0, 42),
        early_pregnancy=reader.department("early_pregnancy", optional=True),
        fever_clinic_also=reader.findings("fever_clinic_also"),
        enteric_clinic=reader.department("enteric_clinic", optional=True),
        enteric_months=reader.months("enteric_months"),
        enteric_findings=reader.findings("enteric_findings"),
        bite_clinic=reader.department("bite_clinic", optional=True),
        bite_findings=reader.findings("bite_findings"),
        missing=reader.stand_ins("missing"),
        always_open=frozenset(reader.departments("always_open")),
        events=frozenset(reader.findings("events")),
        asked_for=frozenset(reader.findings("asked_for")),
    )


def known_code(entry: Entry, field: str, code: object, known: Iterable[str]) -> str:
    if not isinstance(code, str) or code not in known:
        entry.fail(field, f"unknown code {code!r}")
    return code


class _Reader:
    """Typed fields of routing.yaml whose codes are known."""

    def __init__(self, entry: Entry, symptoms: Mapping[str, Symptom], departments: Mapping[str, Department]) -> None:
        self._entry = entry
        self._symptoms = symptoms
        self._departments = departments

    def department(self, field: str, *, optional: bool = False) -> str:
        code = self._entry.text(field, "" if optional else None)
        return known_code(self._entry, field, code, self._departments) if code else ""

    def departments(self, field: str) -> tuple[str, ...]:
        return self._all_known(field, self._entry.strings(field, ()), self._departments)

    def findings(self, field: str) -> tuple[str, ...]:
        return self._all_known(field, self._entry.strings(field, ()), self._symptoms)

    def by_department(self, field: str, *, optional: bool = False) -> Mapping[str, str]:
        return self._department_map(field, self._departments, optional)

    def by_finding(self, field: str, *, optional: bool = False) -> Mapping[str, str]:
        return self._department_map(field, self._symptoms, optional)

    def stand_ins(self, field: str) -> Mapping[str, tuple[str, ...]]:
        """Department to those that do its work, best first; nobody stands in for itself."""
        given = self._entry.mapping(field, {})
        read: dict[str, tuple[str, ...]] = {}
        for code, others in given.items():
            known_code(self._entry, f"{field}.{code}", code, self._departments)
            names = self._entry.as_strings(f"{field}.{code}", others)
            if not names or code in names:
                self._entry.fail(f"{field}.{code}", "must name other departments")
            read[code] = self._all_known(f"{field}.{code}", names, self._departments)
        return MappingProxyType(read)

    def months(self, field: str) -> tuple[int, int] | None:
        given = self._entry.data.get(field)
        if given is None:
            return None
        if not isinstance(given, list) or len(given) != 2:
            self._entry.fail(field, "must be [first month, last month]")
        first, last = (self._entry.as_whole(field, month, 1, 12) for month in given)
        return first, last

    def _all_known(self, field: str, codes: tuple[str, ...], known: Iterable[str]) -> tuple[str, ...]:
        for code in codes:
            known_code(self._entry, field, code, known)
        return codes

    def _department_map(self, field: str, keys: Mapping[str, object], optional: bool) -> Mapping[str, str]:
        given = self._entry.mapping(field, {} if optional else None)
        return MappingProxyType(
            {
                known_code(self._entry, f"{field}.{key}", key, keys): known_code(
                    self._entry, f"{field}.{key}", code, self._departments
                )
                for key, code in given.items()
            }
        )
