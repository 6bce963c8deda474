"""A visit's HL7 v2.5.1 messages, checked by hl7apy's strict validation and read back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hl7apy.consts import VALIDATION_LEVEL
from hl7apy.parser import parse_message
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.domain.encounter import Encounter
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import DocumentKind, IdentityDocument
from kiosk.wire import fhir
from kiosk.wire.hl7v2 import Encoding, Message, read_message
from kiosk.wire.hl7v2_site import AckMode, Addresses, CodeMap, MessageKind, Site
from kiosk.wire.hl7v2_types import CONTROL_ID_LENGTH, digest, names, nm, shortened, ts, xcn, xpn
from kiosk.wire.hl7v2_visit import OutgoingMessage, VisitWriter, patient_name, probe
from kiosk.wire.visit_reading import read_visit
from kiosk.wire.visit_record import VitalRecord
from tests import whole_visits as visits
from tests.encounter_strategies import encounters

HOSPITAL = Site(
    Addresses("KIOSK", "LOBBY", "HIS", "QINGHE"),
    CodeMap(
        departments={"orthopaedics": "0405"}, practitioners={"zhou_lan": "D17"}, findings={"knee_pain": "30989003"}
    ),
)
KEY = "visit-1-his"


def writer(encounter: Encounter | None = None, site: Site = HOSPITAL, key: str = KEY, name: str = "") -> VisitWriter:
    return VisitWriter(site, key, read_visit(fhir.visit_bundles(encounter or visits.encounter())), name)


def every_message(of: VisitWriter) -> list[OutgoingMessage]:
    others = (of.update(), of.merge(of.visit.patient), of.book(MessageKind.CHANGE), of.book(MessageKind.CANCEL))
    return [*of.messages(), *(message for message in others if message is not None)]


def read(message: OutgoingMessage, encoding: Encoding = Encoding.UTF_8) -> Message:
    return read_message(message.content, encoding)


def sent(of: VisitWriter) -> dict[MessageKind, Message]:
    return {message.kind: read(message) for message in of.messages()}


def check_strictly(message: OutgoingMessage, report: Path, encoding: Encoding = Encoding.UTF_8) -> list[str]:
    """Raises what hl7apy finds wrong; the values it does not find in a table of the standard."""
    parsed = parse_message(message.content.decode(encoding), VALIDATION_LEVEL.STRICT)
    assert parsed.validate(report_file=str(report))
    return report.read_text(encoding="utf-8").splitlines()


def values(message: Message, code: str, field: int = 5, component: int = 1) -> list[str]:
    return [obx.value(field, component) for obx in message.named("OBX") if obx.value(3) == code]


@pytest.mark.parametrize("encounter", [visits.encounter(), visits.encounter(visits.emergency_draft())])
@pytest.mark.parametrize("mode", AckMode)
def test_every_message_is_valid(encounter: Encounter, mode: AckMode, tmp_path: Path) -> None:
    site = replace(HOSPITAL, addresses=replace(HOSPITAL.addresses, acknowledgement=mode))
    messages = [*every_message(writer(encounter, site)), probe(site, datetime.now(UTC))]
    warnings = [line for message in messages for line in check_strictly(message, tmp_path / "report")]
    site_tables = ("99DZ not in table HL70396", "UCUM not in table HL70396", "not in table HL70069")
    assert [line for line in warnings if not any(table in line for table in site_tables)] == []


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(encounters, st.sampled_from(Encoding))
def test_any_visit_is_valid_and_complete(tmp_path: Path, encounter: Encounter, encoding: Encoding) -> None:
    site = replace(HOSPITAL, addresses=replace(HOSPITAL.addresses, encoding=encoding))
    written = writer(encounter, site)
    messages = {message.kind: message for message in every_message(written)}
    for message in messages.values():
        check_strictly(message, tmp_path / "report", encoding)
    findings = read(messages[MessageKind.FINDINGS], encoding)
    assert values(findings, "level") == [encounter.draft.level.name]
    told = [obx.value(17) for obx in findings.named("OBX") if obx.value(17)]
    assert len(told) == len(encounter.draft.findings)
    assert [" ".join(line.split()) for line in values(findings, "10154-3")] == [
        " ".join(text.split()) for text in (written.visit.complaint,) if text
    ]
    lines = [line for line in written.visit.note.splitlines() if line.strip()]
    assert values(read(messages[MessageKind.NOTE], encoding), "34108-1")[1:] == lines


def test_a_registration() -> None:
    message = sent(writer())[MessageKind.REGISTER]
    header, (pid,), (pv1,), (pv2,) = (message.header, *(message.named(name) for name in ("PID", "PV1", "PV2")))
    assert [header.value(number) for number in (3, 4, 5, 6)] == ["KIOSK", "LOBBY", "HIS", "QINGHE"]
    assert [header.value(number) for number in (7, 11, 12, 15, 16, 17, 18)] == [
        "20260302094600+0800", "P", "2.5.1", "", "", "CHN", "UNICODE UTF-8"
    ]  # fmt: skip
    assert [header.value(9, part) for part in (1, 2, 3)] == ["ADT", "A04", "ADT_A01"]
    assert (len(pid.value(3)), pid.value(3, 4), pid.value(3, 5)) == (15, "DAOZHEN", "PI")
    assert (pid.value(5), pid.value(5, 7), pid.value(7), pid.value(8)) == ("", "U", "19610517", "F")
    assert pid.value(13) == pid.value(13, 12) == visits.PHONE
    assert (pid.value(15), pid.value(31)) == ("zh-CN", "Y")
    assert [pv1.value(2), pv1.value(3), pv1.value(3, 2), pv1.value(3, 4)] == ["O", "0405", "206", "QINGHE"]
    assert [pv1.value(7, part) for part in (1, 2, 3, 15)] == ["D17", "周", "岚", "I"]
    assert [pv1.value(7, part, 2) for part in (1, 2, 3, 15)] == ["D17", "Zhou", "Lan", "A"]
    assert (pv1.value(10), len(pv1.value(19)), pv1.value(50)) == ("0405", 15, "骨 027")
    assert (pv2.value(3, 2), pv2.value(25)) == ("膝盖疼了三个星期，上下楼更疼", "2")
    assert values(message, "59284-0") == ["20260302094300+0800"]


def test_an_emergency_of_somebody_unknown() -> None:
    messages = sent(writer(visits.encounter(visits.emergency_draft())))
    assert MessageKind.BOOK not in messages
    message = messages[MessageKind.REGISTER]
    (pid,), (pv1,), (pv2,) = (message.named(name) for name in ("PID", "PV1", "PV2"))
    assert (pid.value(3, 5), pid.value(31), pid.value(8), pid.value(13)) == ("ANON", "Y", "U", "")
    assert (pv1.value(2), pv1.value(4), pv2.value(25)) == ("E", "E", "1")
    assert values(messages[MessageKind.FINDINGS], "red-flag", 8) == ["AA"]
    assert values(messages[MessageKind.FINDINGS], "staff-check") == ["Y"]


def test_an_appointment() -> None:
    of = writer()
    for kind, change, status in (
        (MessageKind.BOOK, "A", "Pending"),
        (MessageKind.CHANGE, "U", "Pending"),
        (MessageKind.CANCEL, "D", "Cancelled"),
    ):
        written = of.book(kind)
        assert written is not None
        message = read(written)
        (sch,), (ais,), (ail,), (aip,) = (message.named(name) for name in ("SCH", "AIS", "AIL", "AIP"))
        assert (sch.value(1), sch.value(5), sch.value(9)) == (of.visit.visit_id, "zhou_lan-1020", "10")
        assert (sch.value(11, 4), sch.value(11, 5)) == ("20260302102000+0800", "20260302103000+0800")
        assert (sch.value(16), sch.value(20), sch.value(25)) == ("D17", "K03", status)
        assert (ais.value(2), ais.value(3), ais.value(4)) == (change, "0405", "20260302102000+0800")
        assert (ail.value(3, 2), aip.value(3)) == ("206", "D17")
    confirmed = writer(replace(visits.encounter(), confirmed=True)).book()
    assert confirmed is not None
    assert read(confirmed).named("SCH")[0].value(25) == "Booked"


def test_findings_are_preliminary_and_carry_the_words() -> None:
    message = sent(writer())[MessageKind.FINDINGS]
    assert {obx.value(11) for obx in message.named("OBX")} == {"P"}
    assert message.named("OBR")[0].value(25) == "P"
    assert [obx.value(1) for obx in message.named("OBX")] == [str(n + 1) for n in range(len(message.named("OBX")))]
    assert (values(message, "30989003"), values(message, "30989003", 17)) == (["present"], ["words"])
    (group,) = values(message, "30989003", 4)
    of_knee = [(obx.value(3), obx.value(5), obx.value(6)) for obx in message.named("OBX") if obx.value(4) == group]
    assert of_knee == [("30989003", "present", ""), ("severity", "6", ""), ("duration", "504", "h")]
    assert "膝盖疼" in [nte.value(3) for nte in message.named("NTE")]


def test_vital_signs_have_their_units() -> None:
    of = writer()
    told = replace(of, visit=replace(of.visit, vitals=(VitalRecord("8867-4", "心率 Heart rate", 112.0, "/min"),)))
    (obx,) = [obx for obx in sent(told)[MessageKind.FINDINGS].named("OBX") if obx.value(3) == "8867-4"]
    assert [obx.value(2), obx.value(3, 3), obx.value(5), obx.value(6), obx.value(6, 3)] == [
        "NM", "LN", "112", "/min", "UCUM"
    ]  # fmt: skip


def test_the_note_is_unsigned() -> None:
    message = sent(writer())[MessageKind.NOTE]
    (txa,) = message.named("TXA")
    assert (txa.value(2), txa.value(12), txa.value(17)) == ("HP", f"{visits.visit_id(1)}-note", "DO")
    assert {obx.value(11) for obx in message.named("OBX")} == {"P"}
    assert "not signed" in values(message, "34108-1")[0]


def test_a_merge_names_the_retired_record() -> None:
    of = writer()
    retired = replace(of.visit.patient, identifier="older")
    message = read(of.merge(retired))
    assert [message.named("MRG")[0].value(1, part) for part in (1, 4, 5)] == ["older", "DAOZHEN", "PI"]
    assert message.named("PID")[0].value(3) == sent(of)[MessageKind.REGISTER].named("PID")[0].value(3)


def test_insurance_is_passed_on() -> None:
    of = writer()
    insured = replace(of, visit=replace(of.visit, patient=replace(of.visit.patient, insurance="opaque|1")))
    (in1,) = sent(insured)[MessageKind.REGISTER].named("IN1")
    assert in1.value(36) == "opaque|1"


def test_control_ids_stay_and_differ() -> None:
    first, again = (every_message(writer()) for _ in range(2))
    assert first == again
    identifiers = [message.control_id for key in ("one", "two") for message in every_message(writer(key=key))]
    assert len(set(identifiers)) == len(identifiers) == 16
    assert {len(one) for one in identifiers} == {CONTROL_ID_LENGTH}
    assert all(read(message).header.value(10) == message.control_id for message in first)


def test_a_site_takes_what_it_takes() -> None:
    some = replace(HOSPITAL, codes=CodeMap(messages=(MessageKind.NOTE, MessageKind.REGISTER), unnamed="无名氏"))
    messages = writer(site=some).messages()
    assert [message.kind for message in messages] == [MessageKind.NOTE, MessageKind.REGISTER]
    assert read(messages[1]).named("PID")[0].value(5) == "无名氏"


def test_enhanced_mode_asks_for_commit_only() -> None:
    enhanced = replace(HOSPITAL, addresses=replace(HOSPITAL.addresses, acknowledgement=AckMode.ENHANCED))
    (header, *_) = read(writer(site=enhanced).register()).segments
    assert (header.value(15), header.value(16)) == ("AL", "NE")


def test_a_patient_with_a_name() -> None:
    bundles = fhir.visit_bundles(visits.encounter())
    assert patient_name(bundles) == ""
    bundles[0]["entry"][0]["resource"]["name"] = [{"use": "official"}, {"text": "欧阳娜娜 Ouyang Nana"}]
    name = patient_name(bundles)
    (pid,) = read(writer(name=name).register()).named("PID")
    assert [pid.value(5, part) for part in (1, 2, 7, 8)] == ["欧阳", "娜娜", "L", "I"]
    assert [pid.value(5, part, 2) for part in (1, 2, 7, 8)] == ["Ouyang", "Nana", "L", "A"]
    assert pid.value(31) == "N"


@pytest.mark.parametrize("strange", [[], [{}], [{"entry": 3}], [{"entry": [None, {"resource": []}]}]])
def test_a_name_is_not_found_where_there_is_none(strange: Sequence[dict]) -> None:
    assert patient_name(strange) == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("张三", [("I", "张", "三")]),
        ("欧阳修", [("I", "欧阳", "修")]),
        ("欧阳", [("I", "欧", "阳")]),
        ("𠮷田 ", [("I", "𠮷", "田")]),
        ("周岚 Zhou Lan", [("I", "周", "岚"), ("A", "Zhou", "Lan")]),
        ("Ana María López", [("A", "López", "Ana María")]),
        ("Cher", [("A", "Cher", "")]),
        (" ", []),
    ],
)
def test_names_in_their_scripts(name: str, parts: list[tuple[str, str, str]]) -> None:
    assert names(name) == parts
    assert len(xpn(name)) == len(parts)
    assert len(xcn("D17", name)) == max(1, len(parts))


@pytest.mark.parametrize(("number", "text"), [(38.5, "38.5"), (112.0, "112"), (1e9, "1000000000"), (0.0000001, "0")])
def test_numbers_have_no_powers_of_ten(number: float, text: str) -> None:
    assert nm(number) == text


def test_long_codes_are_not_cut_off() -> None:
    assert shortened("orthopaedics", 20) == "orthopaedics"
    one, other = (shortened(f"a_very_long_department_{n}", 20) for n in range(2))
    assert one != other
    assert len(one) == len(other) == 20
    assert digest("x", 15) == digest("x", 20)[:15]


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        ts(datetime(2026, 3, 2))  # noqa: DTZ001 - meant


def test_every_level_has_a_priority() -> None:
    assert set(CodeMap().priorities) == set(CodeMap().levels) == set(Level)


def test_a_document_travels_whole_beside_our_own_identifier(tmp_path: Path) -> None:
    paper = IdentityDocument(DocumentKind.RESIDENT_ID, "11010519491231002X")
    patient = replace(visits.draft().patient, document=paper, name="欧阳小")
    bundles = fhir.visit_bundles(visits.encounter(replace(visits.draft(), patient=patient)))
    of = VisitWriter(HOSPITAL, KEY, read_visit(bundles), patient_name(bundles))
    for message in of.messages():
        check_strictly(message, tmp_path / "report")
    (pid,) = [segment for segment in of.register().content.decode().split("\r") if segment.startswith("PID|")]
    fields = pid.split("|")
    assert fields[3].split("~")[1] == "11010519491231002X^^^CHN^NNCHN"
    assert fields[5] == "欧阳^小^^^^^L^I"
