"""routing.yaml as it is read: defaults for what it leaves out, and errors that name the field."""

from __future__ import annotations

import pytest

from kiosk.adapters.knowledge_entries import Entry
from kiosk.adapters.knowledge_routing import read_routing
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import RoutingRules
from tests.unit.triage_clinic import KNOWLEDGE

LEAST: dict[str, object] = {
    "paediatric_age_max": 14,
    "fever_clinic_celsius": 37.3,
    "geriatric_age_min": 65,
    "fever_clinic": "fever_clinic",
    "emergency": "emergency",
    "paediatrics": "paediatrics",
    "obstetrics": "obstetrics",
    "general": "general_practice",
    "replace_for_male": {"gynaecology": "urology"},
    "symptom_department": {"headache": "neurology"},
}


def read(**changed: object) -> RoutingRules:
    data = {key: value for key, value in {**LEAST, **changed}.items() if value is not None}
    return read_routing(Entry("routing.yaml", "routing", data), KNOWLEDGE.symptoms, KNOWLEDGE.departments)


def test_what_is_left_out_is_no_rule() -> None:
    rules = read()
    given = RoutingRules(**LEAST)  # type: ignore[arg-type]
    assert rules == given
    assert (rules.neonatology, rules.obstetrics_from_week, rules.enteric_months) == ("", 0, None)


def test_what_is_given_is_read() -> None:
    rules = read(
        all_ages=["dermatology"],
        replace_in_pregnancy=["gynaecology"],
        obstetrics_from_week=8,
        early_pregnancy="gynaecology",
        fever_clinic_also=["cough"],
        enteric_months=[5, 10],
        missing={"neurology": ["cardiology", "general_practice"]},
        always_open=["emergency"],
    )
    assert rules.all_ages == {"dermatology"}
    assert rules.enteric_months == (5, 10)
    assert rules.missing == {"neurology": ("cardiology", "general_practice")}
    assert (rules.obstetrics_from_week, rules.early_pregnancy) == (8, "gynaecology")
    assert rules.fever_clinic_also == ("cough",)


@pytest.mark.parametrize(
    ("changed", "field", "problem"),
    [
        ({"general": "gp"}, "general", "unknown code"),
        ({"emergency": None}, "emergency", "missing"),
        ({"neonatology": "babies"}, "neonatology", "unknown code"),
        ({"all_ages": "dermatology"}, "all_ages", "must be a list"),
        ({"all_ages": ["skin"]}, "all_ages", "unknown code 'skin'"),
        ({"fever_clinic_also": ["coughing"]}, "fever_clinic_also", "unknown code 'coughing'"),
        ({"neonate_days_max": 366}, "neonate_days_max", "between 0 and 365"),
        ({"enteric_months": [5]}, "enteric_months", "first month, last month"),
        ({"enteric_months": [5, 13]}, "enteric_months", "between 1 and 12"),
        ({"obstetrics_from_week": 8}, "early_pregnancy", "missing"),
        ({"bite_findings": ["rash"]}, "bite_clinic", "missing"),
        ({"enteric_findings": ["rash"]}, "enteric_clinic", "missing"),
        ({"missing": {"neurology": []}}, "missing.neurology", "other departments"),
        ({"missing": {"neurology": ["neurology"]}}, "missing.neurology", "other departments"),
        ({"missing": {"nerves": ["neurology"]}}, "missing.nerves", "unknown code"),
        ({"missing": {"neurology": ["nerves"]}}, "missing.neurology", "unknown code"),
        ({"replace_for_child": {"skin": "dermatology"}}, "replace_for_child.skin", "unknown code"),
        ({"open_always": []}, "open_always", "no field"),
    ],
)
def test_an_error_names_its_field(changed: dict[str, object], field: str, problem: str) -> None:
    with pytest.raises(AssetError) as caught:
        read(**changed)
    assert caught.value.field == field
    assert problem in caught.value.problem
