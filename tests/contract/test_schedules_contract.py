"""One promise for every source of free times: the demonstration hospital's file, a FHIR server, a GNU Health."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk import paths
from kiosk.adapters.demo_hospital import DemoSchedules, load_hospital
from kiosk.adapters.his import make_schedules
from kiosk.adapters.his.fhir_schedules import FhirSchedules
from kiosk.adapters.his.gnuhealth import GnuHealthHis
from kiosk.adapters.his.gnuhealth_schedules import GnuHealthSchedules
from kiosk.config import HisKind, HisSettings
from kiosk.domain.booking import Practitioner, Slot
from kiosk.domain.errors import HisLockedOut, HisUnavailable
from kiosk.domain.language import Words
from kiosk.services.ports import Schedules
from tests.fhir_clinics import MAPPING, STAFF, Clinics, every
from tests.gnuhealth_peer import GnuHealthPeer
from tests.his_line import HisLine
from tests.peer_fixtures import FhirPeer

pytestmark = pytest.mark.peer

CHINA = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 9, 53, 30, tzinfo=CHINA)
DOCTORS = (
    Practitioner(
        "zhou_lan",
        Words("周岚", "Zhou Lan"),
        Words("主任医师", "Chief physician"),
        Words("膝", "Knees"),
        "orthopaedics",
        "206",
    ),
    Practitioner(
        "D2",
        Words("何建国", "He Jianguo"),
        Words("主治医师", "Attending physician"),
        Words("手", "Hands"),
        "orthopaedics",
        "208",
    ),
)


@dataclass
class House:
    schedules: Schedules
    department: str
    take_away: Callable[[], None] | None = None
    bring_back: Callable[[], None] = lambda: None


def settings_of(peer: FhirPeer, folder: Path, **more: object) -> HisSettings:
    mapping = folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    given = {"kind": HisKind.FHIR, "url": peer.url, "mapping": str(mapping), "schedules": True}
    return HisSettings(**(given | more))  # type: ignore[arg-type]


@pytest.fixture
def clinics(fhir_peer: FhirPeer) -> Clinics:
    """Two doctors of orthopaedics on Monday and one of them on Tuesday."""
    clinics = Clinics(fhir_peer)
    service = clinics.service("0405", "骨科门诊")
    zhou = clinics.calendar(DOCTORS[0], "D1024", service)
    he = clinics.calendar(DOCTORS[1], "D2", service)
    clinics.times(zhou, every(10, NOW.replace(hour=8, minute=0, second=0), 20))
    clinics.times(he, every(10, NOW.replace(hour=9, minute=0, second=0), 20))
    clinics.times(he, every(10, NOW.replace(day=24, hour=8, minute=0, second=0), 3))
    clinics.times(zhou, every(10, NOW.replace(hour=15, minute=0, second=0), 2), status="busy")
    return clinics


@pytest.fixture
def fhir(fhir_peer: FhirPeer, clinics: Clinics, tmp_path: Path) -> Iterator[FhirSchedules]:
    schedules, bookings = make_schedules(settings_of(fhir_peer, tmp_path))
    assert isinstance(schedules, FhirSchedules)
    yield schedules
    schedules.close()
    bookings.close()


@pytest.fixture
def fhir_house(fhir: FhirSchedules, fhir_peer: FhirPeer) -> House:
    return House(fhir, "orthopaedics", lambda: fhir_peer.fail("unavailable"), fhir_peer.recover)


@pytest.fixture
def file_house() -> House:
    return House(DemoSchedules(load_hospital(paths.assets() / "demo-hospital" / "hospital.yaml")), "orthopaedics")


@pytest.fixture
def gnuhealth_house(gnuhealth_his: GnuHealthHis, gnuhealth_peer: GnuHealthPeer, gnuhealth_line: HisLine) -> House:
    gnuhealth_peer.free_times(every(10, NOW.replace(hour=8, minute=0, second=0), 24))
    schedules = GnuHealthSchedules(gnuhealth_his, days=7)
    return House(schedules, "orthopaedics", lambda: gnuhealth_line.fail("refuse"), gnuhealth_line.recover)


@pytest.fixture(params=["file", "fhir", "gnuhealth"])
def house(request: pytest.FixtureRequest) -> House:
    found: House = request.getfixturevalue(f"{request.param}_house")
    return found


class TestEverySchedule:
    def test_free_times_to_come_are_in_order_and_in_the_zone_of_now(self, house: House) -> None:
        slots = house.schedules.slots(house.department, NOW)
        starts = [slot.start for slot in slots]
        assert starts == sorted(starts)
        assert len(starts) > 10
        assert all(slot.start > NOW and slot.end > slot.start and slot.free for slot in slots)
        assert {start.utcoffset() for start in starts} == {NOW.utcoffset()}
        assert len({slot.code for slot in slots}) == len(slots)

    def test_the_doctor_has_a_code_and_a_name_in_both_languages(self, house: House) -> None:
        for slot in house.schedules.slots(house.department, NOW):
            who = slot.practitioner
            assert who.department == house.department
            assert all([who.code, who.name.zh, who.name.en])

    def test_a_department_without_times_has_none(self, house: House) -> None:
        assert list(house.schedules.slots("nowhere", NOW)) == []

    def test_asking_again_gives_the_same(self, house: House) -> None:
        assert list(house.schedules.slots(house.department, NOW)) == list(house.schedules.slots(house.department, NOW))

    def test_one_that_is_away_says_so_and_comes_back(self, house: House) -> None:
        if house.take_away is None:
            pytest.skip("a file is never away")
        before = house.schedules.slots(house.department, NOW)
        house.take_away()
        with pytest.raises(HisUnavailable):
            house.schedules.slots(house.department, NOW)
        house.bring_back()
        assert house.schedules.slots(house.department, NOW) == before


def by_doctor(slots: Sequence[Slot]) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for slot in slots:
        told.setdefault(slot.practitioner.name.zh, []).append(f"{slot.start:%d %H:%M}")
    return told


class TestFhirSchedules:
    def test_what_is_told_of_a_doctor(self, fhir: FhirSchedules) -> None:
        told = {slot.practitioner for slot in fhir.slots("orthopaedics", NOW)}
        he = next(one for one in told if one.name.zh == "何建国")
        assert replace(he, code="D2") == DOCTORS[1]

    def test_what_is_free_of_whom(self, fhir: FhirSchedules) -> None:
        told = by_doctor(fhir.slots("orthopaedics", NOW))
        assert told["周岚"][:2] == ["23 10:00", "23 10:10"]
        assert len(told["周岚"]) == 8
        assert told["何建国"][-4:] == ["23 12:10", "24 08:00", "24 08:10", "24 08:20"]

    def test_a_doctor_of_the_mapping_has_our_code_and_another_the_servers(self, fhir: FhirSchedules) -> None:
        codes = {slot.practitioner.name.en: slot.practitioner.code for slot in fhir.slots("orthopaedics", NOW)}
        assert codes["Zhou Lan"] == "zhou_lan"
        assert codes["He Jianguo"].startswith("Practitioner/")

    def test_one_code_of_theirs_may_be_two_departments_of_ours(self, fhir: FhirSchedules) -> None:
        pain, bones = fhir.slots("pain", NOW), fhir.slots("orthopaedics", NOW)
        assert [slot.code for slot in pain] == [slot.code for slot in bones]
        assert {slot.practitioner.department for slot in pain} == {"pain"}

    def test_only_so_many_days_ahead(self, fhir_peer: FhirPeer, clinics: Clinics, tmp_path: Path) -> None:
        schedules, bookings = make_schedules(settings_of(fhir_peer, tmp_path, schedule_days=0))
        assert {slot.start.day for slot in schedules.slots("orthopaedics", NOW)} == {23}
        schedules.close()
        bookings.close()

    def test_all_pages_are_read(self, fhir: FhirSchedules, fhir_peer: FhirPeer, clinics: Clinics) -> None:
        schedule = clinics.schedule(clinics.service("1301", "皮肤科"))
        clinics.times(schedule, every(1, NOW + timedelta(hours=1), 450), minutes=1)
        before = fhir_peer.requests()
        assert len(fhir.slots("dermatology", NOW)) == 450
        assert fhir_peer.requests() - before >= 3

    def test_a_calendar_of_a_service_has_its_name(self, fhir: FhirSchedules, clinics: Clinics) -> None:
        schedule = clinics.schedule(clinics.service("1301", "皮肤科护理门诊"))
        clinics.times(schedule, [NOW + timedelta(hours=1)])
        (slot,) = fhir.slots("dermatology", NOW)
        assert slot.practitioner.name.zh == "皮肤科护理门诊"
        assert slot.practitioner.room == ""

    def test_the_calendar_itself_may_name_the_department(self, fhir: FhirSchedules, clinics: Clinics) -> None:
        coding = {"system": "https://his.example/codes/department", "code": "1301"}
        person = clinics.peer.create({"resourceType": "Practitioner", "identifier": [{"system": STAFF, "value": "D9"}]})
        schedule = clinics.schedule(person, specialty=[{"coding": [coding], "text": "皮肤 Skin"}])
        clinics.times(schedule, [NOW + timedelta(hours=1)])
        (slot,) = fhir.slots("dermatology", NOW)
        assert slot.practitioner.about.zh == "皮肤 Skin"

    @pytest.mark.parametrize("fields", [{"overbooked": True}, {"status": "busy-tentative"}])
    def test_what_nobody_should_book_is_left_out(self, fhir: FhirSchedules, clinics: Clinics, fields: dict) -> None:
        schedule = clinics.schedule(clinics.service("1301", "皮肤科"))
        clinics.times(schedule, [NOW + timedelta(hours=1)], **fields)
        assert list(fhir.slots("dermatology", NOW)) == []

    @pytest.mark.parametrize("fault", ["web_page", "half_answer", "drop", "database_down"])
    def test_answers_that_are_none(self, fhir: FhirSchedules, fhir_peer: FhirPeer, fault: str) -> None:
        fhir_peer.fail(fault)
        with pytest.raises(HisUnavailable):
            fhir.slots("orthopaedics", NOW)

    def test_a_wrong_mapping_is_for_staff(self, fhir: FhirSchedules, tmp_path: Path) -> None:
        (tmp_path / "mapping.toml").write_text("[departements]\n")
        with pytest.raises(HisLockedOut, match="departements"):
            fhir.slots("orthopaedics", NOW)

    def test_a_corrected_mapping_holds_at_once(self, fhir: FhirSchedules, tmp_path: Path) -> None:
        assert fhir.slots("rheumatology", NOW) == ()
        changed = MAPPING.replace("pain = ", "rheumatology = ")
        (tmp_path / "mapping.toml").write_text(changed, encoding="utf-8")
        assert len(fhir.slots("rheumatology", NOW)) > 10


class TestGnuHealthSchedules:
    def test_what_is_free_of_whom(self, gnuhealth_house: House) -> None:
        slots = gnuhealth_house.schedules.slots("orthopaedics", NOW)
        assert by_doctor(slots)["周岚"][:2] == ["23 10:00", "23 10:10"]
        assert {slot.practitioner.code for slot in slots} == {"zhou_lan"}

    def test_what_the_hospital_took_back_is_not_free(
        self, gnuhealth_house: House, gnuhealth_peer: GnuHealthPeer
    ) -> None:
        first, *others = gnuhealth_house.schedules.slots("orthopaedics", NOW)
        gnuhealth_peer.delete("gnuhealth.appointment", ["id", "=", int(first.code.partition("/")[2])])
        assert list(gnuhealth_house.schedules.slots("orthopaedics", NOW)) == others
