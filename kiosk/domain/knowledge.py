"""The clinical content as typed, immutable records. Files under assets/knowledge are read by adapters/knowledge.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from kiosk.domain.composition import Composition
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex


class Level(IntEnum):
    """Acuity, Chinese four-level scale; a smaller number is more urgent."""

    I = 1
    II = 2
    III = 3
    IV = 4


class ReviewState(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Review:
    """Where an entry comes from and how far clinicians have checked it."""

    source: str
    state: ReviewState


@dataclass(frozen=True, slots=True)
class Applies:
    """To whom an entry can apply; ages in completed years, both ends included, None is open."""

    sex: Sex | None = None
    age_min: int | None = None
    age_max: int | None = None


class SymptomKind(StrEnum):
    SYMPTOM = "symptom"
    SIGN = "sign"
    HISTORY = "history"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Symptom:
    """Something a patient can have, show, or have had.

    `forms` are surface forms by language (without negation). `implies` lists codes that are present whenever this one
    is (chest pain on effort implies chest pain). `ease` in 0..1 is how easily a lay person can answer about it.
    `background` is P(present) in somebody who has none of the conditions that list it. `amount` says that this is
    another finding from a strength, value or time on (fever over 39): known without a question once that was said.
    """

    code: str
    kind: SymptomKind
    name: Words
    forms: Mapping[Language, tuple[str, ...]]
    question: Words
    hint: Words
    icon: str
    implies: tuple[str, ...]
    applies: Applies
    ease: float
    background: float
    review: Review
    amount: Present | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What the Bayes layer weighs; its name is for staff only.

    `prior` is its share of lobby visits, `likelihood` P(finding present | condition). `month_factors` are (first month,
    last month, factor), where a season may run over the new year. `worse_with` are findings that make it more urgent,
    `beside` the dangerous conditions that look like it. `self_limiting` is true when its usual course needs no doctor.
    """

    code: str
    icd10: str
    name: Words
    prior: float
    likelihood: Mapping[str, float]
    departments: Mapping[str, float]
    level: Level
    applies: Applies
    age_factors: tuple[tuple[int, int, float], ...]
    sex_factors: Mapping[Sex, float]
    pregnancy_factor: float
    review: Review
    month_factors: tuple[tuple[int, int, float], ...] = ()
    worse_with: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    self_limiting: bool = False


@dataclass(frozen=True, slots=True)
class Department:
    """A door to send people to.

    `nhc` is its 诊疗科目 code, `prefix` starts its ticket numbers, `sensitive` keeps its name out of screen titles.
    """

    code: str
    nhc: str
    name: Words
    prefix: str
    icon: str
    sensitive: bool
    emergency: bool
    applies: Applies
    review: Review


class Truth(StrEnum):
    """Kleene's three values: an unknown answer is neither yes nor no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Present:
    """Finding `code` is present, optionally at least `severity`, and lasting between the two numbers of hours.

    With `suspected` the patient's own doubt counts as well ("he may have swallowed a battery").
    """

    code: str
    severity_min: int | None = None
    hours_min: float | None = None
    hours_max: float | None = None
    value_min: float | None = None
    value_max: float | None = None
    suspected: bool = False


@dataclass(frozen=True, slots=True)
class PatientIs:
    """A fact about the patient; ages both ends included."""

    sex: Sex | None = None
    age_min: int | None = None
    age_max: int | None = None
    days_max: int | None = None
    pregnant: bool | None = None


@dataclass(frozen=True, slots=True)
class VitalIs:
    """A measured sign, strictly beyond `above` or `below`."""

    vital: str
    above: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    count: int
    parts: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: Rule


Rule = Present | PatientIs | VitalIs | AllOf | AnyOf | AtLeast | Not


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A cited rule that sets a minimum level.

    `row` is its line in the red-flag table, 0 a global modifier. `tell_staff` calls the desk although the level alone
    would not: the patient must not be left alone.
    """

    code: str
    row: int
    when: Rule
    level: Level
    department: str | None
    reason: Words
    review: Review
    tell_staff: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """A tile on the "what is wrong" screen: a group of findings to choose from."""

    code: str
    name: Words
    icon: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Danger:
    """A picture on the "is one of these happening now?" screen; its findings are what the patient chooses from."""

    code: str
    name: Words
    icon: str
    findings: tuple[str, ...]
    applies: Applies
    review: Review


@dataclass(frozen=True, slots=True)
class BodyKind:
    """What can be wrong at many places of the body: it hurts, it is swollen, it itches."""

    code: str
    name: Words
    icon: str
    review: Review


class View(StrEnum):
    """The side of the body that is shown."""

    FRONT = "front"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class BodyPlace:
    """A place on the body map; `within` is the region it is part of, empty on the whole body.

    `at` is where its dot stands, in percent of the drawing's width and height: on the "adult" and the "child" for a
    region, on the "zoom" for a part of one. `picture` is the drawing of a region that has parts; a place without parts
    has findings instead: `what` by kind, `also` its own. `paired` places are there twice, left and right.
    """

    code: str
    name: Words
    within: str
    views: tuple[View, ...]
    at: Mapping[str, tuple[float, float]]
    picture: str
    paired: bool
    what: Mapping[str, str]
    also: tuple[str, ...]
    applies: Applies
    review: Review

    @property
    def findings(self) -> tuple[str, ...]:
        """In the order they are offered; each once."""
        return tuple(dict.fromkeys((*self.what.values(), *self.also)))


@dataclass(frozen=True, slots=True)
class BodyMap:
    """Kinds and places by code, in the content's order; empty where a hospital shows no body."""

    kinds: Mapping[str, BodyKind] = field(default_factory=dict)
    places: Mapping[str, BodyPlace] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FirstQuestions:
    """What a nurse asks first about a complaint, in her order; `about` is a finding or the general form of several."""

    code: str
    about: str
    ask: tuple[str, ...]
    applies: Applies
    review: Review


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's function words for reading findings: negation, doubt, other people, the past, ends of scope."""

    negation: tuple[str, ...]
    negation_after: tuple[str, ...]
    not_negation: tuple[str, ...]
    doubt: tuple[str, ...]
    other_person: tuple[str, ...]
    past: tuple[str, ...]
    scope_end: tuple[str, ...]
    severe: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RoutingRules:
    """Who goes where, as far as hospitals differ; every department here is a code, and an empty one is no such rule.

    Children are up to `paediatric_age_max` years, neonates up to `neonate_days_max` days, both included. Departments in
    `all_ages` see children themselves; the others hand them over, to `replace_for_child` or else to paediatrics.
    `replace_in_pregnancy` are departments whose pregnant patients go to obstetrics, or before `obstetrics_from_week`
    (0: never) to `early_pregnancy`. Fever goes to `fever_clinic` from `fever_clinic_celsius`, findings in
    `fever_clinic_also` go there without fever. `enteric_months` are its first and last month, None all year.
    `missing` names, for a hospital without a department, who does its work, best first. `always_open` sees patients
    outside all booking hours. `events` are findings that tell how something happened, not what it did,
    `asked_for` those by which a patient asks for a department.
    """

    paediatric_age_max: int
    fever_clinic_celsius: float
    geriatric_age_min: int
    fever_clinic: str
    emergency: str
    paediatrics: str
    obstetrics: str
    general: str
    replace_for_male: Mapping[str, str]
    symptom_department: Mapping[str, str]
    symptom_department_child: Mapping[str, str] = field(default_factory=dict)
    neonate_days_max: int = 28
    neonatology: str = ""
    geriatrics: str = ""
    all_ages: frozenset[str] = frozenset()
    replace_for_child: Mapping[str, str] = field(default_factory=dict)
    replace_in_pregnancy: frozenset[str] = frozenset()
    obstetrics_from_week: int = 0
    early_pregnancy: str = ""
    fever_clinic_also: tuple[str, ...] = ()
    enteric_clinic: str = ""
    enteric_months: tuple[int, int] | None = None
    enteric_findings: tuple[str, ...] = ()
    bite_clinic: str = ""
    bite_findings: tuple[str, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    always_open: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    asked_for: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Everything clinical, indexed by code. `slow` are the conditions that nobody notices within days."""

    symptoms: Mapping[str, Symptom]
    conditions: Mapping[str, Condition]
    departments: Mapping[str, Department]
    red_flags: tuple[RedFlag, ...]
    complaints: tuple[Complaint, ...]
    cues: Mapping[Language, Cues]
    routing: RoutingRules
    implied: Mapping[str, frozenset[str]] = field(default_factory=dict)
    slow: frozenset[str] = frozenset()
    first_questions: tuple[FirstQuestions, ...] = ()
    dangers: tuple[Danger, ...] = ()
    composition: Composition = Composition()
    body: BodyMap = BodyMap()
