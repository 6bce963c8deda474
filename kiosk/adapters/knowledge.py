"""Loads the clinical content under assets/knowledge into a KnowledgeBase and checks every entry and reference.

Every check runs at every start, because a kiosk must never run on content that is half right. They are written by hand
so that a problem names its file, entry and field in the words of the content's authors.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from kiosk.adapters.knowledge_body import BODY_KINDS, BODY_PLACES, check_places, read_body_kind, read_body_place
from kiosk.adapters.knowledge_complaints import (
    DANGERS,
    FIRST_QUESTIONS,
    read_complaint,
    read_danger,
    read_first_questions,
)
from kiosk.adapters.knowledge_entries import OLDEST, Entry, entries
from kiosk.adapters.knowledge_files import collector_paused, read_folder
from kiosk.adapters.knowledge_names import with_names
from kiosk.adapters.knowledge_routing import known_code, read_routing
from kiosk.adapters.knowledge_rules import read_rule
from kiosk.adapters.knowledge_words import everyday_words, read_composition
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import (
    BodyMap,
    Condition,
    Cues,
    Department,
    KnowledgeBase,
    Level,
    Present,
    RedFlag,
    Symptom,
    SymptomKind,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex

LIKELIHOOD_BANDS: Mapping[str, float] = MappingProxyType(
    {"obligate": 0.97, "very_frequent": 0.85, "frequent": 0.55, "occasional": 0.15, "rare": 0.03}
)
"""P(finding | condition) for the frequency words of the Human Phenotype Ontology; the middle of each band."""

RED_FLAG_ROWS = 50
COURSES = "courses.yaml"
DEFAULT_EASE = 0.8
DEFAULT_BACKGROUND = 0.02

_CUE_LISTS = tuple(name for name in Cues.__slots__ if name != "severe")
_NO_WORDS = Words(zh="", en="")

_Record = TypeVar("_Record")


def load_knowledge(folder: Path) -> KnowledgeBase:
    """Everything under `folder` (assets/knowledge), checked; raises AssetError naming file, entry and field."""
    return knowledge_of(read_folder(folder), {})


def knowledge_of(files: Mapping[str, Any], stems: MutableMapping[str, str]) -> KnowledgeBase:
    """`load_knowledge` with the files already read; `stems` are what `with_names` has worked out before."""
    with collector_paused():
        return _knowledge(files, stems)


def _knowledge(files: Mapping[str, Any], stems: MutableMapping[str, str]) -> KnowledgeBase:
    everyday = {language: everyday_words(files, language) for language in Language}
    symptoms = _by_code(files, "symptoms/", lambda entry: _symptom(entry, everyday))
    implied = _implied(files, symptoms)
    departments = _by_code(files, "departments.yaml", _department)
    conditions = _by_code(files, "conditions/", lambda entry: _condition(entry, symptoms, departments))
    _check_beside(files, conditions)
    named = with_names(files, symptoms, implied, conditions, departments, stems)
    return KnowledgeBase(
        symptoms=named.symptoms,
        conditions=named.conditions,
        departments=departments,
        red_flags=tuple(
            _by_code(files, "red_flags.yaml", lambda entry: _red_flag(entry, named.symptoms, departments)).values()
        ),
        complaints=tuple(_by_code(files, "complaints.yaml", lambda entry: read_complaint(entry, symptoms)).values()),
        cues=MappingProxyType({language: _cues(files, language) for language in Language}),
        routing=named.routed(read_routing(_whole_file(files, "routing.yaml", "routing"), named.symptoms, departments)),
        implied=named.implied,
        slow=_slow(files, conditions),
        first_questions=_in_order(files, FIRST_QUESTIONS, lambda entry: read_first_questions(entry, symptoms)),
        dangers=_in_order(files, DANGERS, lambda entry: read_danger(entry, symptoms)),
        composition=read_composition(files, symptoms),
        body=_body(files, symptoms),
    )


def _body(files: Mapping[str, Any], symptoms: Mapping[str, Symptom]) -> BodyMap:
    """The body map; nothing to show without its files."""
    if BODY_PLACES not in files:
        return BodyMap()
    kinds = _by_code(files, BODY_KINDS, read_body_kind)
    places = _by_code(files, BODY_PLACES, lambda entry: read_body_place(entry, kinds, symptoms))
    check_places(places)
    return BodyMap(kinds, places)


def _slow(files: Mapping[str, Any], conditions: Mapping[str, Condition]) -> frozenset[str]:
    """The conditions of courses.yaml; none without the file."""
    if COURSES not in files:
        return frozenset()
    entry = Entry(COURSES, "-", files[COURSES])
    entry.only(("slow", "review"))
    entry.review()
    codes = entry.strings("slow")
    unknown = next((code for code in codes if code not in conditions), None)
    if unknown is not None:
        entry.fail("slow", f"unknown condition {unknown!r}")
    return frozenset(codes)


def _in_order(files: Mapping[str, Any], name: str, read: Callable[[Entry], _Record]) -> tuple[_Record, ...]:
    """The records of a file; none without it."""
    return tuple(_by_code(files, name, read).values()) if name in files else ()


def _by_code(files: Mapping[str, Any], prefix: str, read: Callable[[Entry], _Record]) -> Mapping[str, _Record]:
    """The records of one file, or of all files in one folder (`prefix` ends with a slash), by their code."""
    records: dict[str, _Record] = {}
    found_in: dict[str, str] = {}
    names = [name for name in files if name == prefix or (prefix.endswith("/") and name.startswith(prefix))]
    if not names:
        raise AssetError(prefix, "-", "-", "is missing")
    for name in names:
        for entry in entries(name, files[name]):
            if entry.name in records:
                entry.fail("code", f"is used in {found_in[entry.name]} already")
            records[entry.name] = read(entry)
            found_in[entry.name] = name
    return MappingProxyType(records)


_Everyday = Mapping[Language, Mapping[str, tuple[str, ...]]]


def _symptom(entry: Entry, everyday: _Everyday) -> Symptom:
    entry.only(Symptom.__slots__)
    return Symptom(
        code=entry.name,
        kind=entry.as_choice("kind", entry.need("kind"), SymptomKind),
        name=entry.words("name"),
        forms=_forms(entry, everyday),
        question=entry.words("question"),
        hint=entry.words("hint", _NO_WORDS),
        icon=entry.text("icon", "question"),
        implies=entry.strings("implies", ()),
        applies=entry.applies(),
        ease=entry.number("ease", 0, 1, DEFAULT_EASE),
        background=_probability(entry, "background", entry.data.get("background", DEFAULT_BACKGROUND)),
        review=entry.review(),
        amount=_amount(entry),
    )


def _amount(entry: Entry) -> Present | None:
    """What it is an amount of must be what it implies, so that a denial of one denies the other."""
    given = entry.mapping("amount", {})
    if not given:
        return None
    part = Entry(entry.file, entry.name, given)
    part.only(Present.__slots__)
    code = part.text("code")
    if code not in entry.data.get("implies", ()):
        entry.fail("amount.code", f"{code!r} must be implied too")
    bounds = {name: part.as_number(f"amount.{name}", value, 0, 1e6) for name, value in given.items() if name != "code"}
    if len(bounds) != 1:
        entry.fail("amount", "needs exactly one bound, such as value_min or hours_min")
    name, value = next(iter(bounds.items()))
    return Present(code, **{name: int(value) if name == "severity_min" else value})


def _forms(entry: Entry, everyday: _Everyday) -> Mapping[Language, tuple[str, ...]]:
    given = entry.mapping("forms")
    if set(given) != set(Language):
        entry.fail("forms", "needs exactly the languages zh and en")
    forms = {language: entry.as_strings(f"forms.{language}", given[language]) for language in Language}
    for language, texts in forms.items():
        if not texts:
            entry.fail(f"forms.{language}", "is empty")
        # One Chinese character is found inside too many other words.
        short = next((text for text in texts if len(text.strip()) < 2), None)
        if short is not None:
            entry.fail(f"forms.{language}", f"{short!r} is too short to be searched for")
    more = {language: everyday[language].get(entry.name, ()) for language in Language}
    return MappingProxyType(
        {language: tuple(dict.fromkeys((*forms[language], *more[language]))) for language in Language}
    )


def _probability(entry: Entry, field: str, value: object) -> float:
    """Strictly between 0 and 1: a certainty could never be revised by evidence."""
    number = entry.as_number(field, value, 0, 1)
    if number in (0, 1):
        entry.fail(field, "must lie strictly between 0 and 1")
    return number


def _implied(files: Mapping[str, Any], symptoms: Mapping[str, Symptom]) -> Mapping[str, frozenset[str]]:
    """All codes each code implies, however indirectly; unknown codes and circles are errors."""
    closed: dict[str, frozenset[str]] = {}

    def close(code: str, path: tuple[str, ...]) -> frozenset[str]:
        if code in closed:
            return closed[code]
        if code in path:
            circle = " > ".join((*path[path.index(code) :], code))
            raise AssetError(_file_of(files, code), code, "implies", f"runs in a circle: {circle}")
        direct = symptoms[code].implies
        for other in direct:
            if other not in symptoms:
                raise AssetError(_file_of(files, code), code, "implies", f"unknown finding {other!r}")
        closed[code] = frozenset(direct).union(*(close(other, (*path, code)) for other in direct))
        return closed[code]

    for code in symptoms:
        close(code, ())
    return MappingProxyType(closed)


def _file_of(files: Mapping[str, Any], code: str, folder: str = "symptoms/") -> str:
    """The file of this folder with the code; looked up only for an error message."""
    for name, data in files.items():
        if name.startswith(folder) and any(item["code"] == code for item in data):
            return name
    return folder


def _department(entry: Entry) -> Department:
    entry.only(Department.__slots__)
    return Department(
        code=entry.name,
        nhc=entry.text("nhc"),
        name=entry.words("name"),
        prefix=entry.text("prefix"),
        icon=entry.text("icon"),
        sensitive=entry.flag("sensitive"),
        emergency=entry.flag("emergency"),
        applies=entry.applies(),
        review=entry.review(),
    )


def _condition(entry: Entry, symptoms: Mapping[str, Symptom], departments: Mapping[str, Department]) -> Condition:
    entry.only(Condition.__slots__)
    return Condition(
        code=entry.name,
        icd10=entry.text("icd10"),
        name=entry.words("name"),
        prior=_probability(entry, "prior", entry.need("prior")),
        likelihood=_likelihoods(entry, symptoms),
        departments=_weights(entry, departments),
        level=_level(entry),
        applies=entry.applies(),
        age_factors=_age_factors(entry),
        sex_factors=_sex_factors(entry),
        pregnancy_factor=entry.number("pregnancy_factor", 0, 1000, 1.0),
        review=entry.review(),
        month_factors=_month_factors(entry),
        worse_with=_known_all(entry, "worse_with", symptoms),
        beside=entry.strings("beside", ()),
        self_limiting=entry.flag("self_limiting"),
    )


def _likelihoods(entry: Entry, symptoms: Mapping[str, Symptom]) -> Mapping[str, float]:
    likelihoods: dict[str, float] = {}
    for code, given in entry.mapping("likelihood").items():
        field = f"likelihood.{code}"
        if code not in symptoms:
            entry.fail(field, "unknown finding")
        if isinstance(given, str) and given not in LIKELIHOOD_BANDS:
            entry.fail(field, f"must be a number or one of {', '.join(LIKELIHOOD_BANDS)}, not {given!r}")
        likelihoods[code] = LIKELIHOOD_BANDS[given] if isinstance(given, str) else _probability(entry, field, given)
    if not likelihoods:
        entry.fail("likelihood", "is empty")
    _add_general_forms(likelihoods, symptoms)
    return MappingProxyType(likelihoods)


def _add_general_forms(likelihoods: dict[str, float], symptoms: Mapping[str, Symptom]) -> None:
    """What a listed finding implies and nobody listed is as likely as the likeliest of those that imply it."""
    listed = frozenset(likelihoods)
    waiting = sorted(listed)
    while waiting:
        code = waiting.pop()
        for parent in symptoms[code].implies:
            if parent in symptoms and parent not in listed and likelihoods.get(parent, 0.0) < likelihoods[code]:
                likelihoods[parent] = likelihoods[code]
                waiting.append(parent)


def _weights(entry: Entry, departments: Mapping[str, Department]) -> Mapping[str, float]:
    weights: dict[str, float] = {}
    for code, weight in entry.mapping("departments").items():
        known_code(entry, f"departments.{code}", code, departments)
        weights[code] = entry.as_number(f"departments.{code}", weight, 0, 1)
    if not any(weights.values()):
        entry.fail("departments", "names none with a weight")
    return MappingProxyType(weights)


def _level(entry: Entry) -> Level:
    return Level(entry.as_whole("level", entry.need("level"), Level.I, Level.IV))


def _age_factors(entry: Entry) -> tuple[tuple[int, int, float], ...]:
    given = entry.data.get("age_factors") or []
    if not isinstance(given, list):
        entry.fail("age_factors", "must be a list of [youngest, oldest, factor]")
    factors: list[tuple[int, int, float]] = []
    for number, band in enumerate(given):
        field = f"age_factors[{number}]"
        if not isinstance(band, list) or len(band) != 3:
            entry.fail(field, "must be [youngest, oldest, factor]")
        low, high = (entry.as_whole(field, age, 0, OLDEST) for age in band[:2])
        if low > high:
            entry.fail(field, f"nobody is between {low} and {high}")
        factors.append((low, high, entry.as_number(field, band[2], 0, 1000)))
    return tuple(factors)


def _month_factors(entry: Entry) -> tuple[tuple[int, int, float], ...]:
    given = entry.data.get("month_factors") or []
    if not isinstance(given, list):
        entry.fail("month_factors", "must be a list of [first month, last month, factor]")
    factors: list[tuple[int, int, float]] = []
    for number, season in enumerate(given):
        field = f"month_factors[{number}]"
        if not isinstance(season, list) or len(season) != 3:
            entry.fail(field, "must be [first month, last month, factor]")
        first, last = (entry.as_whole(field, month, 1, 12) for month in season[:2])
        factors.append((first, last, entry.as_number(field, season[2], 0, 1000)))
    return tuple(factors)


def _known_all(entry: Entry, field: str, known: Mapping[str, object]) -> tuple[str, ...]:
    codes = entry.strings(field, ())
    for code in codes:
        if code not in known:
            entry.fail(field, f"unknown finding {code!r}")
    return codes


def _check_beside(files: Mapping[str, Any], conditions: Mapping[str, Condition]) -> None:
    """Conditions may name each other, so this waits until all are read."""
    for condition in conditions.values():
        unknown = next((code for code in condition.beside if code not in conditions or code == condition.code), None)
        if unknown is not None:
            raise AssetError(
                _file_of(files, condition.code, "conditions/"),
                condition.code,
                "beside",
                f"unknown condition {unknown!r}",
            )


def _sex_factors(entry: Entry) -> Mapping[Sex, float]:
    return MappingProxyType(
        {
            entry.as_choice("sex_factors", sex, Sex): entry.as_number(f"sex_factors.{sex}", factor, 0, 1000)
            for sex, factor in entry.mapping("sex_factors", {}).items()
        }
    )


def _red_flag(entry: Entry, symptoms: Mapping[str, Symptom], departments: Mapping[str, Department]) -> RedFlag:
    entry.only(RedFlag.__slots__)
    department = entry.data.get("department")
    return RedFlag(
        code=entry.name,
        row=entry.as_whole("row", entry.need("row"), 0, RED_FLAG_ROWS),
        when=read_rule(entry, symptoms),
        level=_level(entry),
        department=None if department is None else known_code(entry, "department", department, departments),
        reason=entry.words("reason"),
        review=entry.review(),
        tell_staff=entry.flag("tell_staff"),
    )


def _cues(files: Mapping[str, Any], language: Language) -> Cues:
    entry = _whole_file(files, f"language/{language}.yaml", str(language))
    entry.only(Cues.__slots__)
    severe = {
        entry.as_text("severe", words): entry.as_whole(f"severe.{words}", degree, 0, 10)
        for words, degree in entry.mapping("severe").items()
    }
    return Cues(**{name: entry.strings(name) for name in _CUE_LISTS}, severe=MappingProxyType(severe))


def _whole_file(files: Mapping[str, Any], name: str, entry: str) -> Entry:
    if name not in files:
        raise AssetError(name, "-", "-", "is missing")
    return Entry(name, entry, files[name])
