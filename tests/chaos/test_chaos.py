"""Short runs of what `make chaos`, `make backlog` and `make race` do at length, and of whether they would notice."""

from __future__ import annotations

import copy
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.wire import gnuhealth
from kiosk.wire.fhir import visit_bundles
from kiosk.wire.fhir_keys import Json
from tests import whole_visits as whole
from tests.chaos.clinic import draft
from tests.chaos.counting import Expected
from tests.chaos.his_race import Served
from tests.chaos.his_race import judged as judged_at_his
from tests.chaos.hospitals import wrong_records
from tests.chaos.race import Booked, judged

ROOT = Path(__file__).parents[2]


def script(name: str, *arguments: str) -> str:
    """What it printed; fails with that when its exit code is not 0."""
    command = [sys.executable, "-m", name, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode == 2 and done.stderr.startswith(("needs", "npm")):
        pytest.skip(done.stderr)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.peer
def test_every_visit_arrives_exactly_once() -> None:
    told = script("tests.chaos", "--visits", "20", "--seconds", "8", "--spoiled", "0.4", "--seed", "3")
    spoiled = re.search(r"of them spoiled ([0-9]+)", told)
    assert spoiled is not None
    assert int(spoiled[1]) > 0
    assert "'worker': " in told
    assert "every visit exactly once" in told


@pytest.mark.peer
def test_every_visit_arrives_exactly_once_in_gnu_health() -> None:
    told = script("tests.chaos", "--his", "gnuhealth", "--visits", "6", "--seconds", "5", "--spoiled", "0.1")
    assert "records in the server: 30 of 30" in told
    assert "every visit exactly once" in told


@pytest.mark.peer
def test_a_backlog_drains_and_is_there_once() -> None:
    assert "ratio" in script("tests.chaos.backlog", "--visits", "44", "--turns", "2")


def test_no_time_is_given_twice() -> None:
    told = script("tests.chaos.race", "--rounds", "2", "--kiosks", "4", "--slots", "12")
    assert "24 booked by 32 patients" in told


@pytest.mark.peer
def test_no_time_of_a_hospital_system_is_given_twice() -> None:
    told = script("tests.chaos.race", "--his", "fhir", "--rounds", "1", "--kiosks", "4", "--slots", "8")
    assert "8 booked by 12 patients" in told


class Slots:
    """What a FHIR server has at the end of a race, to be spoiled by a test."""

    def __init__(self) -> None:
        self.slots = [{"id": name, "status": "busy", "meta": {"tag": [{}]}} for name in ("a", "b")]
        self.appointments = [{"slot": [{"reference": f"Slot/{name}"}]} for name in ("a", "b")]

    def search(self, query: str) -> list[Json]:
        return self.slots if query.startswith("Slot") else self.appointments


def test_the_race_for_a_servers_times_notices_what_went_wrong() -> None:
    peer, served = Slots(), [Served("1", "Slot/a", 0), Served("2", "Slot/b", 1)]
    assert judged_at_his(peer, ["Slot/a", "Slot/b"], served) == []  # type: ignore[arg-type]
    peer.slots[0]["meta"] = {"tag": [{}, {}]}
    peer.appointments *= 2
    told = judged_at_his(peer, ["Slot/a", "Slot/b", "Slot/c"], [*served, Served("3", "Slot/b", 0)])  # type: ignore[arg-type]
    assert told == [
        "Slot/b was given 2 times",
        "Slot/c stayed free although somebody waited",
        "Slot/a has 2 Appointments",
        "Slot/a is busy for 2 visits",
    ]


def test_the_race_notices_a_time_given_twice_and_one_that_stays_free() -> None:
    outcomes = [Booked("a", "s1", 0), Booked("b", "s1", 0), Booked("c", None, 1)]
    assert judged(1, outcomes, 2) == [
        "round 1: s1 booked 2 times",
        "round 1: 1 times stayed free although somebody waited",
    ]


class GnuHealth:
    """The records of a visit as GNU Health would have them."""

    def __init__(self) -> None:
        self.expected = Expected()
        bundles = visit_bundles(whole.encounter(draft(3, whole.MORNING)))
        self.expected.add(bundles)
        (visit,) = self.expected.visit_ids()
        self.tables: dict[str, list[Json]] = {
            gnuhealth.PERSON: [{"ref": f"NN-{visit}"}],
            gnuhealth.PATIENT: [{"party": 1}],
            gnuhealth.APPOINTMENT: [{"comments": f"x\n导诊 Daozhen K01 {visit}", "state": "checked_in"}],
            gnuhealth.NURSE_NOTE: [{"session_notes": f"x\n\n导诊 Daozhen K01 {visit}"}],
            gnuhealth.ATTACHMENT: [{"name": f"导诊 {visit}.txt"}],
        }

    def records(self, model: str, fields: list[str], *domain: object) -> list[Json]:
        return self.tables[model]

    def wrong(self) -> list[str]:
        return list(wrong_records(self, self.expected))  # type: ignore[arg-type]


@pytest.mark.parametrize("model", GnuHealth().tables)
def test_the_count_of_gnu_health_notices_a_lost_and_a_doubled_record(model: str) -> None:
    peer = GnuHealth()
    assert peer.wrong() == []
    kept = peer.tables[model]
    for there in ([], kept * 2):
        peer.tables[model] = there
        assert peer.wrong()


def test_the_count_of_gnu_health_notices_who_is_not_checked_in() -> None:
    peer = GnuHealth()
    peer.tables[gnuhealth.APPOINTMENT][0]["state"] = "confirmed"
    assert len(peer.wrong()) == 1


class Server:
    """The resources of visits as a server would have them, to be spoiled by a test."""

    def __init__(self) -> None:
        self.expected = Expected()
        self.resources: list[Json] = []
        for number in (3, 4):
            bundles = visit_bundles(whole.encounter(draft(number, whole.MORNING.replace(hour=8))))
            self.expected.add(bundles)
            for part, bundle in enumerate(bundles):
                self.resources += [kept(entry, f"2026-03-02T01:00:0{part}Z") for entry in bundle["entry"]]

    def counts(self) -> dict[str, int]:
        kinds = [one["resourceType"] for one in self.resources]
        return {kind: kinds.count(kind) for kind in kinds}

    def search(self, query: str) -> list[Json]:
        return [one for one in self.resources if one["resourceType"] == query.partition("?")[0]]

    def wrong(self) -> list[str]:
        return list(self.expected.compared_with(self))  # type: ignore[arg-type]


def kept(entry: Json, at: str) -> Json:
    resource: Json = copy.deepcopy(entry["resource"])
    resource["id"] = entry["fullUrl"]
    resource["meta"]["lastUpdated"] = at
    if resource["resourceType"] == "Encounter":
        resource["subject"]["reference"] = "Patient/" + resource["subject"]["reference"]
    return resource


@pytest.fixture
def server() -> Server:
    return Server()


def test_the_count_finds_nothing_wrong_with_what_is_right(server: Server) -> None:
    assert server.wrong() == []


def test_the_count_notices_a_lost_and_a_doubled_resource(server: Server) -> None:
    server.resources.remove(server.search("Task")[0])
    server.resources.append(server.search("Consent")[0])
    assert sorted(line.split(" ", 1)[0] + line[line.index(" is ") :] for line in server.wrong()) == [
        "Consent is there 2 times, not 1",
        "Task is there 0 times, not 1",
    ]


def test_the_count_notices_what_came_before_its_first_part(server: Server) -> None:
    server.search("QuestionnaireResponse")[0]["meta"]["lastUpdated"] = "2026-03-02T00:59:59Z"
    problems = [line.partition(": ")[2] for line in server.wrong()]
    assert problems == ["a later transaction was taken before an earlier one"]


def test_the_count_notices_visits_of_a_person_in_the_wrong_order(server: Server) -> None:
    one, other = server.search("Encounter")
    one["period"], other["period"] = other["period"], one["period"]
    assert len(server.wrong()) == 1
