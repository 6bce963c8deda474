"""What a hospital system must have at the end, and what it has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from kiosk.wire import gnuhealth
from kiosk.wire.fhir_keys import Json
from kiosk.wire.visit_reading import read_visit
from tests.peer_fixtures import FhirPeer

_PAGE = 20_000


class Expected:
    """Every resource of every visit that was checked in, by type and own key, and whose visits follow whose."""

    def __init__(self) -> None:
        self.resources: Counter[tuple[str, str]] = Counter()
        self._visit_ids: list[str] = []
        self._parts: dict[str, list[set[tuple[str, str]]]] = {}
        self._of_person: defaultdict[str, list[str]] = defaultdict(list)

    @property
    def visits(self) -> int:
        return len(self._parts)

    def visit_ids(self) -> set[str]:
        """As GNU Health keeps them."""
        return set(self._visit_ids)

    def add(self, bundles: Sequence[Json]) -> None:
        """The transactions of one visit, called in the order of check-in."""
        parts = [{_key(entry["resource"]) for entry in bundle["entry"]} for bundle in bundles]
        for part in parts:
            self.resources.update(part)
        resources = [entry["resource"] for entry in bundles[0]["entry"]]
        visit = next(_key(one)[1] for one in resources if one["resourceType"] == "Encounter")
        person = next(_person(one) for one in resources if one["resourceType"] == "Patient")
        self._parts[visit] = parts
        self._visit_ids.append(gnuhealth.key(read_visit(bundles)))
        self._of_person[person].append(visit)

    def compared_with(self, peer: FhirPeer) -> Iterator[str]:
        """What is wrong, one line each; nothing when every visit is there exactly once, whole and in order."""
        found = list(_everything(peer))
        there = Counter(_key(one) for one in found)
        for key in self.resources.keys() | there.keys():
            if there[key] != self.resources[key]:
                yield f"{key[0]} {key[1]} is there {there[key]} times, not {self.resources[key]}"
        yield from self._order_of_parts({_key(one): one["meta"]["lastUpdated"] for one in found})
        yield from self._order_of_visits(found)

    def _order_of_parts(self, made: Mapping[tuple[str, str], str]) -> Iterator[str]:
        for visit, parts in self._parts.items():
            times = [[made[key] for key in part if key in made] for part in parts]
            if any(max(earlier) > min(later) for earlier, later in pairwise(times)):
                yield f"{visit}: a later transaction was taken before an earlier one"

    def _order_of_visits(self, found: Sequence[Json]) -> Iterator[str]:
        """The encounters of one person, by their beginning, are the visits in the order of check-in."""
        persons = {f"Patient/{one['id']}": _person(one) for one in found if one["resourceType"] == "Patient"}
        encounters = [one for one in found if one["resourceType"] == "Encounter"]
        of_person: defaultdict[str, list[str]] = defaultdict(list)
        for one in sorted(encounters, key=lambda one: one["period"]["start"]):
            of_person[persons.get(one["subject"]["reference"], "nobody")].append(_key(one)[1])
        for person in self._of_person.keys() | of_person.keys():
            if of_person[person] != self._of_person[person]:
                yield f"person {person}: {of_person[person]} instead of {self._of_person[person]}"


def _everything(peer: FhirPeer) -> Iterator[Json]:
    for kind, count in peer.counts().items():
        for start in range(0, count, _PAGE):
            yield from peer.search(f"{kind}?_count={_PAGE}&_offset={start}")


def _key(resource: Json) -> tuple[str, str]:
    tags = resource["meta"]["tag"]
    return resource["resourceType"], next(tag["code"] for tag in tags if tag["system"].endswith("/key"))


def _person(patient: Json) -> str:
    return str(patient["identifier"][0]["value"])
