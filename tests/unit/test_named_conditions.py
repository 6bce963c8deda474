"""Patients who name an illness: what they are understood to say, where it leads, and what it must never do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

import pytest

from kiosk import paths
from kiosk.adapters.knowledge_files import read_folder
from kiosk.adapters.knowledge_names import FILE, PREFIX, SAID_BY_THE_ILL, NamedKnowledge, with_names
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.errors import AssetError
from kiosk.domain.findings import Finding, Findings, Source, Status
from kiosk.domain.knowledge import (
    Applies,
    Condition,
    Department,
    KnowledgeBase,
    Level,
    Review,
    ReviewState,
    RoutingRules,
    Symptom,
    SymptomKind,
)
from kiosk.domain.language import Language, Words, language_of
from kiosk.domain.matching import Matcher
from kiosk.domain.patient import Patient
from kiosk.domain.prepared import prepared
from kiosk.domain.triage import MAX_QUESTIONS, assess
from kiosk.domain.understanding import understand

REVIEW = Review("textbook", ReviewState.DRAFT)
ANYBODY = Applies()


def _read(text: str, knowledge: KnowledgeBase, match: Matcher) -> Findings:
    return Findings().merged(understand(text, language_of(text), knowledge, match))


# What the shipped names do


@pytest.mark.parametrize(
    ("text", "finding", "department"),
    [
        ("I have hepatitis B, what should I do", "hepatitis_b_known", "hepatology"),
        ("我有乙肝大三阳", "hepatitis_b_known", "hepatology"),
        ("胃炎怎么治", "named_gastritis", "gastroenterology"),
        ("慢性浅表性胃炎吃什么好", "named_gastritis", "gastroenterology"),
        ("高血压能运动吗", "hypertension_history", "cardiology"),
        ("得了甲减要注意什么", "named_hypothyroidism", "endocrinology"),
        ("I was told I have an underactive thyroid", "named_hypothyroidism", "endocrinology"),
        ("癫痫病能治好吗", "epilepsy_history", "neurology"),
        ("骨髓增生异常综合征是什么病", "named_other_blood_disease", "haematology"),
        ("类风湿性关节炎", "named_rheumatoid_arthritis", "rheumatology"),
        ("我得了中耳炎", "named_otitis_media", "ent"),
        ("my son was diagnosed with adhd", "hyperactive_child", "psychiatry"),
    ],
)
def test_an_illness_is_understood_and_leads_to_its_department(
    text: str, finding: str, department: str, shipped: KnowledgeBase, match: Matcher
) -> None:
    findings = _read(text, shipped, match)
    assert findings.status(finding) is Status.PRESENT
    doors = assess(shipped, Patient(), findings, ()).departments
    assert department in [door.code for door in doors]


def test_every_condition_is_explained_by_its_own_name(shipped: KnowledgeBase, match: Matcher) -> None:
    tables = prepared(shipped)
    unheard = [
        condition.code
        for condition in shipped.conditions.values()
        if not any(
            condition.code in tables.explained(finding.value)
            for finding in match(condition.name.zh, Language.ZH)
            if finding.value in shipped.symptoms
        )
    ]
    assert unheard == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("我没有胃炎", Status.ABSENT),
        ("医生说不是胃炎", Status.ABSENT),
        ("可能是胃炎", Status.UNSURE),
        ("I might have gastritis", Status.UNSURE),
        ("I do not have gastritis", Status.ABSENT),
        ("我爸有胃炎，我咳嗽", None),
    ],
)
def test_denial_doubt_and_other_people_count_as_for_any_finding(
    text: str, status: Status | None, shipped: KnowledgeBase, match: Matcher
) -> None:
    assert _read(text, shipped, match).status("named_gastritis") is status


def test_a_lasting_illness_counts_when_long_past_and_a_passing_one_does_not(
    shipped: KnowledgeBase, match: Matcher
) -> None:
    findings = _read("以前得过肺炎，也得过胃炎，现在咳嗽", shipped, match)
    assert findings.status("named_pneumonia") is None
    assert findings.status("named_gastritis") is Status.PRESENT


def test_named_illnesses_are_never_asked(shipped: KnowledgeBase) -> None:
    named = [symptom for code, symptom in shipped.symptoms.items() if code.startswith(PREFIX)]
    assert named
    assert {symptom.ease for symptom in named} == {0}
    findings = Findings().merged(Finding(code, Status.PRESENT, Source.WORDS) for code in ("named_pneumonia", "cough"))
    asked: tuple[str, ...] = ()
    for _ in range(MAX_QUESTIONS):
        question = assess(shipped, Patient(), findings, asked).next_question
        if question is None:
            break
        assert not question.code.startswith(PREFIX)
        asked = (*asked, question.code)
        findings = findings.merged([Finding(question.code, Status.ABSENT, Source.ANSWER)])
    assert asked


def test_a_name_hides_no_finding_that_a_red_flag_asks_for(shipped: KnowledgeBase, match: Matcher) -> None:
    """Longest words win, so a name may only hide words that stand in it by accident, which names.yaml declares."""
    declared = {
        (f"{PREFIX}{code}", finding)
        for code, fields in read_folder(paths.assets() / "knowledge")[FILE].items()
        for finding in fields.get("unlike", ())
    }
    plain = _without_names(shipped)
    read_plainly = build_matcher(plain)
    asked_for = set(prepared(plain).rules_about)
    hidden: set[tuple[str, str]] = set()
    for code, symptom in shipped.symptoms.items():
        for language, name in _names(symptom) if code.startswith(PREFIX) else ():
            before = {m.value for m in read_plainly(name, language)} & asked_for
            found = {m.value for m in match(name, language)}
            known = found.union(*(shipped.implied.get(value, ()) for value in found))
            hidden.update((code, value) for value in before - known)
    assert sorted(hidden - declared - SLIPS_OF_THE_PEN) == []


SLIPS_OF_THE_PEN = {("named_hemolytic_uremic", "kidney_disease_history"), ("named_temporal_arteritis", "joint_pain")}
"""Other findings that a reader who forgives one wrong letter saw in these names: uraemia, arthritis."""


@pytest.mark.parametrize("complaint", ["胸闷", "头晕两天", "发烧咳嗽", "尿血", "后背痛"])
def test_naming_an_illness_never_lowers_a_level(complaint: str, shipped: KnowledgeBase, match: Matcher) -> None:
    plain = assess(shipped, Patient(age=40), _read(complaint, shipped, match), ()).level
    named = sorted(code for code in shipped.symptoms if code.startswith(PREFIX))
    for code in named[::12]:
        name = next(iter(shipped.symptoms[code].forms[Language.ZH]), None)
        if name is not None:
            told = _read(f"{complaint}，我有{name}", shipped, match)
            assert assess(shipped, Patient(age=40), told, ()).level <= plain, name


def _names(symptom: Symptom) -> Iterator[tuple[Language, str]]:
    for language, names in symptom.forms.items():
        for name in names:
            yield language, name


def _without_names(knowledge: KnowledgeBase) -> KnowledgeBase:
    kept = {code: symptom for code, symptom in knowledge.symptoms.items() if not code.startswith(PREFIX)}
    return KnowledgeBase(
        symptoms=kept,
        conditions=knowledge.conditions,
        departments=knowledge.departments,
        red_flags=knowledge.red_flags,
        complaints=knowledge.complaints,
        cues=knowledge.cues,
        routing=knowledge.routing,
        implied=knowledge.implied,
    )


# How names.yaml is read


def _symptom(code: str, zh: str, en: str, kind: SymptomKind = SymptomKind.SYMPTOM) -> Symptom:
    return Symptom(
        code=code,
        kind=kind,
        name=Words(zh, en),
        forms={Language.ZH: (zh,), Language.EN: (en,)},
        question=Words("？", "?"),
        hint=Words("", ""),
        icon="question",
        implies=(),
        applies=ANYBODY,
        ease=0.8,
        background=0.02,
        review=REVIEW,
    )


def _condition(code: str, zh: str, en: str, prior: float = 0.001, **departments: float) -> Condition:
    return Condition(
        code=code,
        icd10="X",
        name=Words(zh, en),
        prior=prior,
        likelihood={"cough": 0.5},
        departments=departments or {"chest_clinic": 1.0},
        level=Level.IV,
        applies=ANYBODY,
        age_factors=(),
        sex_factors={},
        pregnancy_factor=1,
        review=REVIEW,
    )


def _department(code: str, emergency: bool = False) -> Department:
    return Department(code, "01", Words(code, code), "A", "heart", False, emergency, ANYBODY, REVIEW)


SYMPTOMS = {
    symptom.code: symptom
    for symptom in (
        _symptom("cough", "咳嗽", "cough"),
        _symptom("rash", "皮疹", "rash"),
        _symptom("asthma_history", "哮喘", "asthma", SymptomKind.HISTORY),
    )
}
CONDITIONS = {
    condition.code: condition
    for condition in (
        _condition("pneumonia", "肺炎", "pneumonia", emergency=0.6, chest_clinic=0.4),
        _condition("asthma", "支气管哮喘", "bronchial asthma"),
        _condition("allergic_cough", "过敏性咳嗽", "allergic cough"),
        _condition("rash", "皮疹", "rash"),
    )
}
DEPARTMENTS = {
    department.code: department for department in (_department("chest_clinic"), _department("emergency", True))
}


def _named(names: Mapping[str, Any] | None = None) -> NamedKnowledge:
    files = {} if names is None else {FILE: names}
    implied = {code: frozenset[str]() for code in SYMPTOMS}
    return with_names(files, SYMPTOMS, implied, CONDITIONS, DEPARTMENTS)


def test_a_condition_is_known_by_its_own_name() -> None:
    named = _named()
    symptom = named.symptoms["named_pneumonia"]
    assert symptom.forms == {Language.ZH: ("肺炎",), Language.EN: ("pneumonia",)}
    assert symptom.ease == 0
    assert symptom.review.state is REVIEW.state
    assert named.conditions["pneumonia"].likelihood == {"cough": 0.5, "named_pneumonia": SAID_BY_THE_ILL}


def test_aliases_are_added_and_siblings_may_share_them() -> None:
    named = _named({"pneumonia": {"zh": ["肺部感染"], "en": ["lung infection"], "also": {"allergic_cough": 0.05}}})
    assert named.symptoms["named_pneumonia"].forms[Language.ZH] == ("肺炎", "肺部感染")
    assert named.conditions["allergic_cough"].likelihood["named_pneumonia"] == 0.05


def test_a_finding_that_means_the_same_gets_the_names_instead() -> None:
    named = _named({"asthma": {"same_as": "asthma_history", "zh": ["气喘病"]}})
    assert "named_asthma" not in named.symptoms
    assert set(named.symptoms["asthma_history"].forms[Language.ZH]) == {"哮喘", "支气管哮喘", "气喘病"}
    assert named.conditions["asthma"].likelihood["asthma_history"] == SAID_BY_THE_ILL
    assert named.departments["asthma_history"] == "chest_clinic"


def test_a_name_that_is_a_complaint_is_not_doubled() -> None:
    assert "named_rash" not in _named().symptoms
    kept = _named({"pneumonia": {"zh": ["咳嗽"]}}).symptoms["named_pneumonia"]
    assert kept.forms[Language.ZH] == ("肺炎",)


def test_words_of_a_finding_inside_a_name_still_mean_that_finding() -> None:
    assert "过敏性咳嗽" in _named().symptoms["cough"].forms[Language.ZH]
    apart = _named({"allergic_cough": {"unlike": ["cough"]}})
    assert "过敏性咳嗽" not in apart.symptoms["cough"].forms[Language.ZH]


def test_what_a_name_implies_is_at_least_as_likely() -> None:
    named = _named({"asthma": {"implies": ["asthma_history"]}, "pneumonia": {"implies": ["rash"]}})
    assert named.implied["named_asthma"] == {"asthma_history"}
    assert named.conditions["asthma"].likelihood["asthma_history"] == SAID_BY_THE_ILL
    assert named.symptoms["named_asthma"].kind is SymptomKind.HISTORY
    assert named.symptoms["named_pneumonia"].kind is SymptomKind.SYMPTOM


def test_an_illness_that_is_no_condition_has_its_own_entry() -> None:
    named = _named(
        {
            "other_lung_disease": {
                "name": {"zh": "其他肺病", "en": "other lung disease"},
                "department": "chest_clinic",
                "zh": ["尘肺"],
                "review": {"source": "textbook", "state": "draft"},
            }
        }
    )
    assert named.symptoms["named_other_lung_disease"].forms[Language.ZH] == ("尘肺",)
    assert named.departments["named_other_lung_disease"] == "chest_clinic"


def test_an_alias_yields_to_the_own_name_of_another_condition() -> None:
    named = _named({"allergic_cough": {"zh": ["肺炎", "敏咳"]}})
    assert named.symptoms["named_allergic_cough"].forms[Language.ZH] == ("过敏性咳嗽", "敏咳")
    assert named.symptoms["named_pneumonia"].forms[Language.ZH] == ("肺炎",)


def test_named_illnesses_go_to_a_clinic_and_never_overrule_the_routing_rules() -> None:
    named = _named()
    assert named.departments["named_pneumonia"] == "chest_clinic"
    rules = RoutingRules(
        paediatric_age_max=14,
        fever_clinic_celsius=37.3,
        geriatric_age_min=65,
        fever_clinic="emergency",
        emergency="emergency",
        paediatrics="chest_clinic",
        obstetrics="chest_clinic",
        general="chest_clinic",
        replace_for_male={},
        symptom_department=MappingProxyType({"named_pneumonia": "emergency"}),
    )
    routed = named.routed(rules).symptom_department
    assert routed["named_pneumonia"] == "emergency"
    assert routed["named_asthma"] == "chest_clinic"


OTHER = {"name": {"zh": "其他", "en": "other"}, "review": {"source": "textbook", "state": "draft"}}


@pytest.mark.parametrize(
    ("names", "place"),
    [
        ({"pneumonia": {"also": {"flu": 0.1}}}, "pneumonia: also.flu"),
        ({"pneumonia": {"also": {"asthma": 2}}}, "pneumonia: also.asthma"),
        ({"pneumonia": {"implies": ["fever"]}}, "pneumonia: implies"),
        ({"pneumonia": {"unlike": ["fever"]}}, "pneumonia: unlike"),
        ({"asthma": {"same_as": "wheezy"}}, "asthma: same_as"),
        ({"asthma": {"same_as": "asthma_history", "implies": ["cough"]}}, "asthma: implies"),
        ({"pneumonia": {"zh": ["炎"]}}, "pneumonia: zh"),
        ({"pneumonia": {"zh": ["肺病", "肺病"]}}, "pneumonia: zh"),
        ({"pneumonia": {"zh": ["肺病"]}, "asthma": {"zh": ["肺病"]}}, "asthma: zh"),
        ({"pneumonia": {"aliases": ["肺病"]}}, "pneumonia: aliases"),
        ({"pneumonia": {"department": "chest_clinic"}}, "pneumonia: department"),
        ({"pneumonia": ["肺病"]}, "pneumonia: -"),
        ({"flu": {"zh": ["流感"]}}, "flu: name"),
        ({"flu": {**OTHER, "zh": ["流感"]}}, "flu: department"),
        ({"flu": {**OTHER, "department": "lung_clinic", "zh": ["流感"]}}, "flu: department"),
    ],
)
def test_an_error_names_file_entry_and_field(names: Mapping[str, Any], place: str) -> None:
    with pytest.raises(AssetError) as caught:
        _named(names)
    assert str(caught.value).startswith(f"{FILE}: {place}: ")


def test_the_file_must_be_a_mapping() -> None:
    with pytest.raises(AssetError):
        with_names({FILE: ["pneumonia"]}, SYMPTOMS, {}, CONDITIONS, DEPARTMENTS)
