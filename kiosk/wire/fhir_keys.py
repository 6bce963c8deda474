"""Our own keys of FHIR resources, the addresses made from them, and the data types that need care."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.domain.booking import is_of_his
from kiosk.domain.encounter import Encounter
from kiosk.domain.findings import Side, Site
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.language import Words
from kiosk.domain.level_scale import LevelScale, level_name

Json = dict[str, Any]

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"

_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMED_BY_HIS = ("slot", "practitioner")
_SIDES = {Side.LEFT: "左 left", Side.RIGHT: "右 right", Side.BOTH: "两边 both sides"}


@dataclass(frozen=True, slots=True)
class Terms:
    """Names for codes, from the content files; a code without a name stands for itself."""

    findings: Mapping[str, Words] = field(default_factory=dict)
    departments: Mapping[str, Words] = field(default_factory=dict)
    scale: LevelScale = LevelScale.CN4
    places: Mapping[str, Words] = field(default_factory=dict)

    @classmethod
    def of(cls, knowledge: KnowledgeBase, scale: LevelScale = LevelScale.CN4) -> Terms:
        """The names that the content files give, levels on the hospital's `scale`."""
        return cls(
            findings={code: symptom.name for code, symptom in knowledge.symptoms.items()},
            departments={code: department.name for code, department in knowledge.departments.items()},
            scale=scale,
            places={code: place.name for code, place in knowledge.body.places.items()},
        )

    def finding(self, code: str) -> str:
        return both(self.findings.get(code, Words(code, code)))

    def department(self, code: str) -> str:
        return both(self.departments.get(code, Words(code, code)))

    def site(self, site: Site) -> str:
        """A place of the body, with its side."""
        name = both(self.places.get(site.place, Words(site.place, site.place)))
        return name if site.side is None else f"{name} ({_SIDES[site.side]})"

    def level(self, level: Level) -> str:
        return both(level_name(level, self.scale).name)


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one visit's resources; `kind` tells them apart ("patient", "finding-fever").

    A key has the kiosk, the visit and the kind in it and nothing about the person: it appears in addresses and so in
    the access logs of servers and proxies.
    """

    hospital_system: str
    kiosk: str
    visit_id: str
    patient_condition: str = ""
    """What finds the patient's record that was there before this visit; empty makes a new one."""

    def system(self, name: str) -> str:
        """The URI of a code or identifier system of ours."""
        return f"{self.hospital_system.rstrip('/')}/{name}"

    def code(self, kind: str) -> str:
        # "|" and "," would change the meaning of a token search, "&" its end.
        return _UNSAFE.sub("-", f"{self.kiosk}-{self.visit_id}-{kind}")

    def meta(self, kind: str, *more: Json) -> Json:
        return {"tag": [{"system": self.system("key"), "code": self.code(kind)}, *more]}

    def condition(self, kind: str) -> str:
        """For `ifNoneExist`: what finds this one resource again."""
        if kind == "patient" and self.patient_condition:
            return self.patient_condition
        return f"_tag={self.system('key')}|{self.code(kind)}"

    def urn(self, kind: str) -> str:
        """The same for the same key, so that a message sent again is the same message."""
        return uuid.uuid5(uuid.NAMESPACE_URL, f"{self.system('key')}|{self.code(kind)}").urn

    def within(self, kind: str) -> Json:
        """A reference to a resource of the same transaction."""
        return {"reference": self.urn(kind)}

    def across(self, resource_type: str, kind: str) -> Json:
        """A conditional reference to a resource of an earlier transaction."""
        return {"reference": f"{resource_type}?{self.condition(kind)}"}


def clean(text: str) -> str:
    """Text that JSON, FHIR strings and XHTML can all carry: no control characters, no half surrogates."""
    return _NO_XML.sub("", text).strip()


def both(words: Words) -> str:
    """Both languages in one line; once when they are the same."""
    return words.zh if words.zh == words.en else f"{words.zh} {words.en}"


def instant(at: datetime) -> str:
    """A FHIR instant, which must have a zone; ValueError without one."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.isoformat(timespec="seconds")


def concept(system: str, code: str, text: str = "") -> Json:
    """A CodeableConcept of one coding; `text` is what people read."""
    coding = {"system": system, "code": code}
    return {"coding": [{**coding, "display": text}], "text": text} if text else {"coding": [coding]}


def outside(kind: str, code: str, keys: Keys) -> Json:
    """What the hospital system has: by its own reference, or by our code, which it knows or not."""
    if kind in _NAMED_BY_HIS and is_of_his(code):
        return {"reference": code, "type": code.partition("/")[0]}
    return {"identifier": {"system": keys.system(kind), "value": code}}


def kiosk(visit: Encounter, keys: Keys) -> Json:
    """A logical reference to the machine that made the visit."""
    name = clean(visit.kiosk)
    return {"type": "Device", **outside("kiosk", name, keys), "display": f"自助机 {name}"}
