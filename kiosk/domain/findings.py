"""Symptoms, signs and history with their status and the words they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType


class Status(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    UNSURE = "unsure"


class Source(StrEnum):
    """Who said so, in rising order of trust."""

    MODEL = "model"
    WORDS = "words"
    TAP = "tap"
    ANSWER = "answer"
    STAFF = "staff"


_TRUST = {source: rank for rank, source in enumerate(Source)}
_BY_HAND = (Source.TAP, Source.ANSWER)


class Side(StrEnum):
    """As the patient has it, not as the onlooker sees it."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Site:
    """A place of the body map (a BodyPlace code) that the patient pointed at."""

    place: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One symptom, sign or piece of history.

    `text` is the patient's own wording (empty when tapped), `span` its half-open character range in what was said.
    `severity` is 0-10, `duration_hours` how long it has been there, `value` a number in the symptom's unit
    (body temperature in degrees Celsius for `fever`). `own_duration` is true when the words say that length right at
    this finding, and not only somewhere in the text. `asked_about` is true for an illness that a question is about.
    `sites` are where on the body map it was pointed out. `read_by_model` is true where only a language model had read
    it in the words, and the patient was asked.
    """

    code: str
    status: Status
    source: Source
    text: str = ""
    span: tuple[int, int] | None = None
    severity: int | None = None
    duration_hours: float | None = None
    value: float | None = None
    own_duration: bool = False
    asked_about: bool = False
    sites: tuple[Site, ...] = ()
    read_by_model: bool = False

    def supplemented(self, told: Finding | None) -> Finding:
        """A tap or an answer that says yes, with what words told before: how strong, how long, and the words."""
        is_bare = self.status is Status.PRESENT and self.source in _BY_HAND and not self.text
        if told is None or told.status is Status.ABSENT or not is_bare:
            return self
        return replace(
            self,
            text=told.text,
            span=told.span,
            severity=told.severity if self.severity is None else self.severity,
            duration_hours=told.duration_hours if self.duration_hours is None else self.duration_hours,
            value=told.value if self.value is None else self.value,
            own_duration=told.own_duration if self.duration_hours is None else self.own_duration,
            sites=self.sites or told.sites,
        )


@dataclass(frozen=True, slots=True)
class Findings(Mapping[str, Finding]):
    """All findings of a visit by code; every change returns a new object."""

    by_code: Mapping[str, Finding] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, code: str) -> Finding:
        return self.by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_code)

    def __len__(self) -> int:
        return len(self.by_code)

    def status(self, code: str) -> Status | None:
        """Present, absent, unsure; None when nobody said anything, which is not the same as absent."""
        finding = self.by_code.get(code)
        return finding.status if finding else None

    def present(self) -> tuple[str, ...]:
        return tuple(code for code, finding in self.by_code.items() if finding.status is Status.PRESENT)

    def merged(self, found: Iterable[Finding]) -> Findings:
        """Add findings; on a conflict the more trusted source wins, the newer one between equals.

        A present finding from words is never removed by a model: only a tap, an answer or staff can do that. A tap or
        an answer that confirms it keeps what the words told about it.
        """
        by_code = dict(self.by_code)
        for finding in found:
            known = by_code.get(finding.code)
            if known is None or _TRUST[finding.source] >= _TRUST[known.source]:
                by_code[finding.code] = finding.supplemented(known)
        return Findings(MappingProxyType(by_code))

    def without(self, codes: Iterable[str]) -> Findings:
        gone = set(codes)
        return Findings(MappingProxyType({code: f for code, f in self.by_code.items() if code not in gone}))


class Consciousness(IntEnum):
    """The ACVPU scale as numbers, so that a sign is always a number: 0 is awake, 4 does not answer to anything."""

    ALERT = 0
    CONFUSED = 1
    VOICE = 2
    PAIN = 3
    UNRESPONSIVE = 4


@dataclass(frozen=True, slots=True)
class Vitals:
    """Measured signs; None is unknown and never lowers a level.

    Units: /min, mmHg, %, degrees Celsius; pain 0-10; glucose and potassium mmol/L; capillary refill in seconds; oxygen
    in L/min given while measuring (0 is air); consciousness as in Consciousness.
    """

    heart_rate: float | None = None
    respiratory_rate: float | None = None
    systolic: float | None = None
    diastolic: float | None = None
    spo2: float | None = None
    temperature: float | None = None
    gcs: int | None = None
    pain: int | None = None
    glucose: float | None = None
    potassium: float | None = None
    capillary_refill: float | None = None
    oxygen: float | None = None
    consciousness: int | None = None
