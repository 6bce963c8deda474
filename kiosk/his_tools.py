"""`kiosk his`: is the hospital system ready for visits, and what would it be sent."""

from __future__ import annotations

import contextlib
import difflib
import json
import sys
import uuid
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kiosk import __version__, paths
from kiosk.adapters.demo_hospital import DemoSchedules, Hospital, load_hospital
from kiosk.adapters.his import make_his, make_his_appointments, make_schedules
from kiosk.adapters.his.access_tokens import published_keys
from kiosk.adapters.his.mapping_file import load_mapping
from kiosk.adapters.his.previews import record_shown, transactions_shown
from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.config import Config, HisKind
from kiosk.doctor import report
from kiosk.domain.encounter import Encounter, VisitDraft
from kiosk.domain.errors import ConfigError, HisRejected, HisUnavailable
from kiosk.domain.findings import Findings
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.patient import IdentitySource, Patient, Sex, age_on
from kiosk.domain.scanned import Code, CodeKind
from kiosk.domain.self_test import Check, Preview, Verdict
from kiosk.domain.triage import assess
from kiosk.domain.understanding import understand
from kiosk.services.ports import His
from kiosk.wire.fhir import decode, encode, visit_bundles
from kiosk.wire.fhir_keys import Terms
from kiosk.wire.fhir_provenance import Makers
from kiosk.wire.visit_reading import read_visit

_COMPLAINTS = {
    False: "膝盖疼了三个星期，上下楼更疼，没有发烧，血压145/90",
    True: "胸口压着疼半个小时，出冷汗",
}
"""What the made-up patient says; the second is an emergency."""
_COMES_WITH_GNU_HEALTH = ("departments", "gnuhealth.specialties", "rooms", "levels")
"""What has codes there without a mapping, or has no place there."""
_TO_LOOK_UP = {
    HisKind.FHIR: "let this kiosk search by identifier and give [systems] of the mapping their addresses",
    HisKind.GNUHEALTH: "let the user read patients and appointments, as the group Health Front Desk may",
}
_SHOWN = 5
_DEPARTMENT = "orthopaedics"


def check(config: Config) -> int:
    """Try the connection and the mapping; 1 when something must be mended before visits arrive."""
    return report(examine(config))


def examine(config: Config) -> Iterator[Check]:
    """Raises AssetError and ConfigError for content and settings that cannot be read at all."""
    if config.his.kind is HisKind.NONE:
        yield Check("his", Verdict.WARN, "none: visits stay on this machine", "set his.kind")
        return
    knowledge, hospital = load_knowledge(paths.assets() / "knowledge"), load_hospital(config.hospital_file())
    yield from _mapping(config, knowledge, hospital)
    with contextlib.closing(make_his(config.his)) as his:
        tools = getattr(his, "examine", None)
        if tools is None:
            yield _answers(config, his)
        else:
            yield from tools(_payload(made_up_visit(config, knowledge, hospital, emergency=False), config, knowledge))
    yield from _schedules(config, hospital)
    yield from _appointments(config)


def _schedules(config: Config, hospital: Hospital) -> Iterator[Check]:
    """How many free times of which departments the hospital system has; nothing where it is not asked for them."""
    if not config.his.schedules:
        return
    now = datetime.now(config.zone())
    schedules, bookings = make_schedules(config.his)
    try:
        seen = {code: len(schedules.slots(code, now)) for code in hospital.departments}
    except (HisUnavailable, HisRejected) as error:
        fix = "let the hospital allow this kiosk to read its schedules, or set his.schedules to false"
        yield Check("schedules", Verdict.FAIL, str(error), fix)
        return
    finally:
        schedules.close()
        bookings.close()
    offered = {code: count for code, count in seen.items() if count}
    count = f"{sum(offered.values())} free times in {len(offered)} of {len(seen)} departments"
    days = f"{count}, {config.his.schedule_days} days ahead"
    if offered:
        shown = ", ".join(f"{code} {count}" for code, count in list(offered.items())[:_SHOWN])
        more = ", ..." if len(offered) > _SHOWN else ""
        yield Check("schedules", Verdict.OK, f"{days}: {shown}{more}")
    else:
        fix = "map [departments] to the codes that stand on its schedules; docs/hospital-system.md says where"
        yield Check("schedules", Verdict.WARN, f"{days}: patients can only take numbers", fix)


def _appointments(config: Config) -> Iterator[Check]:
    """Whether the hospital's own numbers can be looked up, by one that nobody has; nothing where they are not."""
    if not config.finds_his_appointments():
        return
    codes, now = config.appointments, datetime.now(config.zone())
    patterns = {CodeKind.APPOINTMENT: codes.appointment_pattern, CodeKind.RECORD: codes.record_pattern}
    asked = [kind for kind, pattern in patterns.items() if pattern]
    with contextlib.closing(make_his_appointments(config.his)) as books:
        try:
            for kind in asked:
                books.find(Code(kind, "daozhen-check"), now)
        except (HisUnavailable, HisRejected) as error:
            yield Check("appointments", Verdict.FAIL, str(error), _TO_LOOK_UP[config.his.kind])
            return
    yield Check("appointments", Verdict.OK, f"looked up by number: {', '.join(asked)}")


def _answers(config: Config, his: His) -> Check:
    try:
        his.check()
    except (HisUnavailable, HisRejected) as error:
        return Check(config.his.kind, Verdict.FAIL, str(error), "look at the settings of [his] and at the network")
    return Check(config.his.kind, Verdict.OK, "answers")


def preview(config: Config, *, as_json: bool, emergency: bool) -> int:
    """Print what would be sent for a made-up visit; 1 when it could not be made."""
    knowledge, hospital = load_knowledge(paths.assets() / "knowledge"), load_hospital(config.hospital_file())
    payload = _payload(made_up_visit(config, knowledge, hospital, emergency=emergency), config, knowledge)
    try:
        shown = _shown(config, payload)
    except (HisUnavailable, HisRejected) as error:
        print(f"kiosk: {error}", file=sys.stderr)  # noqa: T201
        return 1
    if as_json:
        text = shown.document if isinstance(shown.document, str) else _as_json(shown.document)
        print(text)  # noqa: T201
    else:
        _print_table(config.his.kind, shown)
    return 0


def jwks(config: Config) -> int:
    """Print the key set to register for SMART Backend Services; 1 when the key cannot be used."""
    try:
        keys = published_keys(config.his.client_key_file, config.his.client_key_id)
    except HisUnavailable as error:
        print(f"kiosk: {error}", file=sys.stderr)  # noqa: T201
        return 1
    print(_as_json(keys))  # noqa: T201
    return 0


def made_up_visit(config: Config, knowledge: KnowledgeBase, hospital: Hospital, *, emergency: bool) -> Encounter:
    """An invented patient's visit, understood and triaged as a real one."""
    now = datetime.now(config.zone()).replace(microsecond=0)
    complaint = _COMPLAINTS[emergency]
    birth = now.date().replace(year=now.year - 64, day=1)
    patient = Patient(Sex.FEMALE, *age_on(birth, now.date()), birth, "13900000000", None, IdentitySource.SELF_REPORTED)
    said = understand(complaint, Language.ZH, knowledge, build_matcher(knowledge))
    assessment = assess(knowledge, patient, Findings().merged(said), asked=())
    department = knowledge.routing.emergency if emergency else _booked(hospital)
    slots = [] if emergency else DemoSchedules(hospital).slots(department, now.replace(hour=8, minute=0))
    draft = VisitDraft(
        visit_id=str(uuid.uuid4()),
        language=Language.ZH,
        patient=patient,
        consented_at=now - timedelta(minutes=3),
        complaint=complaint,
        findings=said,
        level=assessment.level,
        red_flags=assessment.red_flags,
        staff_check=assessment.staff_check,
        departments=assessment.departments,
        department=department,
        slot=slots[0] if slots else None,
        emergency=emergency,
    )
    number = f"{knowledge.departments[department].prefix} 001"
    return Encounter(draft.visit_id, number, config.kiosk.name, now, draft, confirmed=False)


def _booked(hospital: Hospital) -> str:
    return _DEPARTMENT if _DEPARTMENT in hospital.departments else next(iter(hospital.departments))


def _payload(visit: Encounter, config: Config, knowledge: KnowledgeBase) -> bytes:
    terms = Terms.of(knowledge, config.triage.scale)
    return encode(visit_bundles(visit, terms=terms, makers=Makers(__version__)))


def _shown(config: Config, payload: bytes) -> Preview:
    if config.his.kind is HisKind.NONE:
        return transactions_shown(decode(payload))
    with contextlib.closing(make_his(config.his)) as his:
        tool = getattr(his, "preview", None)
        return record_shown(read_visit(decode(payload))) if tool is None else tool(payload)


def _mapping(config: Config, knowledge: KnowledgeBase, hospital: Hospital) -> Iterator[Check]:
    """Codes of the mapping that nobody here has, and those of ours that it leaves out."""
    kind = config.his.kind
    if not config.his.mapping:
        fix = "name a file in his.mapping; assets/demo-hospital/his-mapping.toml is an example"
        sent = "GNU Health's own codes" if kind is HisKind.GNUHEALTH else "the kiosk's codes"
        yield Check("mapping", Verdict.WARN, f"none: departments and levels arrive in {sent}", fix)
        return
    try:
        mapping = load_mapping(Path(config.his.mapping), with_systems=kind in {HisKind.FHIR, HisKind.FILE})
    except ConfigError as error:
        yield Check("mapping", Verdict.FAIL, error.problem, "correct the line that is named")
        return
    ours = {
        "departments": (mapping.departments, hospital.departments),
        "gnuhealth.specialties": (mapping.gnuhealth.departments, hospital.departments),
        "practitioners": (mapping.practitioners, {one.code for one in hospital.practitioners}),
        "rooms": (mapping.rooms, {one.room for one in hospital.practitioners}),
        "levels": (mapping.levels, {"I", "II", "III", "IV"}),
    }
    strange = [
        _unknown(table, code, known) for table, (mapped, known) in ours.items() for code in mapped.keys() - set(known)
    ]
    if strange:
        yield Check("mapping", Verdict.FAIL, "; ".join(strange), "correct the codes in the file of his.mapping")
    unused = _COMES_WITH_GNU_HEALTH if kind is HisKind.GNUHEALTH else ("gnuhealth.specialties",)
    left_out = [
        _left_out(table, sorted(set(known) - mapped.keys()), len(known))
        for table, (mapped, known) in ours.items()
        if table not in unused and mapped and set(known) - mapped.keys()
    ]
    if left_out:
        fix = "they are sent in our codes; add them where it matters"
        yield Check("mapping", Verdict.WARN, "; ".join(left_out), fix)
    elif not strange:
        yield Check("mapping", Verdict.OK, f"{len(mapping.departments)} departments, {len(mapping.levels)} levels")


def _left_out(table: str, codes: Sequence[str], known: int) -> str:
    shown = codes if table == "departments" else codes[:_SHOWN]
    more = ", ..." if len(shown) < len(codes) else ""
    return f"{len(codes)} of {known} {table} not mapped: {', '.join(shown)}{more}"


def _unknown(table: str, code: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(code, known, 1)
    return f"{table}.{code} is no code of this hospital" + (f" (did you mean {near[0]}?)" if near else "")


def _as_json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, default=str)


def _print_table(kind: str, shown: Preview) -> None:
    table = Table(title=f"his.kind = {kind}: a made-up visit", title_justify="left")
    for number, column in enumerate(shown.columns):
        table.add_column(column, overflow="fold", no_wrap=number < len(shown.columns) - 1)
    for row in shown.rows:
        table.add_row(*(Text(cell) for cell in row))
    Console().print(table)
