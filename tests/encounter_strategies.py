"""Visits as nobody would think them up, for property tests of what is made from a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from kiosk.domain.assessment import DepartmentScore, FiredRule
from kiosk.domain.encounter import Encounter, VisitDraft
from kiosk.domain.findings import Finding, Side, Site, Source, Status
from kiosk.domain.knowledge import Level
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import DocumentKind, IdentityDocument, IdentitySource, Patient, Sex
from kiosk.domain.patient_match import PatientMatch
from tests import whole_visits as visits

CODES = st.from_regex(r"[a-z][a-z_]{0,20}[a-z]", fullmatch=True)
LINES = st.text(max_size=30)
NAMES = st.text(st.characters(categories=("L", "N")), min_size=1, max_size=12)
WORDS = st.builds(Words, NAMES, NAMES)

sites = st.builds(Site, CODES, st.none() | st.sampled_from(Side))
findings = st.lists(
    st.builds(
        Finding,
        code=CODES,
        status=st.sampled_from(Status),
        source=st.sampled_from(Source),
        text=LINES,
        severity=st.none() | st.integers(0, 10),
        duration_hours=st.none() | st.floats(0, 1e6),
        value=st.none() | st.floats(-1000, 1000),
        read_by_model=st.booleans(),
        sites=st.lists(sites, max_size=3).map(tuple),
    ),
    max_size=25,
    unique_by=lambda finding: finding.code,
).map(tuple)
rules = st.builds(
    FiredRule,
    rule=CODES,
    row=st.integers(0, 40),
    level=st.sampled_from(Level),
    because=WORDS,
    findings=st.just(()),
    department=st.none(),
)
patients = st.builds(
    Patient,
    sex=st.none() | st.sampled_from(Sex),
    age=st.none() | st.integers(0, 130),
    age_days=st.none() | st.integers(0, 50_000),
    birth_date=st.none() | st.dates(date(1900, 1, 1), date(2026, 3, 2)),
    phone=st.none() | st.from_regex(r"\+?[0-9]{5,15}", fullmatch=True),
    pregnant=st.none() | st.booleans(),
    identity=st.sampled_from(IdentitySource),
    name=st.none() | LINES,
    document=st.none()
    | st.builds(IdentityDocument, st.sampled_from(DocumentKind), st.from_regex(r"[A-Z0-9]{5,18}", fullmatch=True)),
)
matches = st.builds(
    PatientMatch,
    record=st.just("") | st.from_regex(r"[A-Za-z0-9.-]{1,64}", fullmatch=True),
    medical_record_number=LINES,
    earlier_visit=st.just("") | st.uuids(version=4).map(str),
    possible_duplicate=st.booleans(),
)
drafts = st.builds(
    VisitDraft,
    visit_id=st.uuids(version=4).map(str),
    language=st.sampled_from(Language),
    patient=patients,
    consented_at=st.timedeltas(timedelta(hours=-1), timedelta(hours=1)).map(lambda apart: visits.MORNING + apart),
    complaint=st.text(max_size=80),
    findings=findings,
    level=st.sampled_from(Level),
    red_flags=st.lists(rules, max_size=4, unique_by=lambda rule: rule.rule).map(tuple),
    staff_check=st.booleans(),
    departments=st.lists(st.builds(DepartmentScore, CODES, st.floats(0, 1), st.just(())), max_size=3).map(tuple),
    department=CODES,
    slot=st.none() | st.builds(lambda code: replace(visits.SLOT, code=code), CODES),
    emergency=st.booleans(),
    tag=st.sampled_from(("", "es", "ar", "zh-Hant")),
    match=matches,
)
encounters = st.builds(
    lambda draft, number, kiosk, confirmed: Encounter(
        draft.visit_id, number, kiosk, visits.MORNING, draft, confirmed=confirmed
    ),
    drafts,
    NAMES,
    NAMES,
    st.booleans(),
)
