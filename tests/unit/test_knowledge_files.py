"""The clinical content as it ships, and how broken content is reported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.adapters.knowledge import LIKELIHOOD_BANDS, load_knowledge
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    AtLeast,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    Rule,
    SymptomKind,
    VitalIs,
)
from kiosk.domain.language import Language
from kiosk.domain.patient import Sex
from kiosk.domain.redflags import NotOlder

ASSETS = Path(__file__).parents[2] / "assets"
REVIEW = "review: {source: textbook, state: draft}"
NAME = "name: {zh: 名称, en: name}"

SYMPTOMS = f"""
- code: chest_pain
  kind: symptom
  {NAME}
  forms: {{zh: [胸痛], en: [chest pain]}}
  question: {{zh: 您胸口痛吗？, en: Does your chest hurt?}}
  implies: [pain]
  {REVIEW}
- code: crushing_chest_pain
  kind: symptom
  {NAME}
  forms: {{zh: [压榨样], en: [crushing]}}
  question: {{zh: 胸口像被压着吗？, en: Is it crushing?}}
  implies: [chest_pain]
  {REVIEW}
- code: pain
  kind: sign
  {NAME}
  forms: {{zh: [疼痛], en: [pain]}}
  question: {{zh: 您痛吗？, en: Does it hurt?}}
  {REVIEW}
"""
CONDITIONS = f"""
- code: angina
  icd10: I20
  {NAME}
  prior: 0.01
  likelihood: {{chest_pain: very_frequent, pain: 0.5}}
  departments: {{cardiology: 1}}
  level: 2
  {REVIEW}
"""
DEPARTMENTS = f"""
- {{code: cardiology, nhc: "03.04", {NAME}, prefix: 心, icon: heart, {REVIEW}}}
- {{code: emergency, nhc: "20", {NAME}, prefix: 急, icon: alert, emergency: true, {REVIEW}}}
"""
RED_FLAGS = f"""
- code: r01_pain
  row: 1
  when: {{all: [chest_pain, {{any: [{{finding: pain, severity_min: 7, hours_max: 24}}, {{not: crushing_chest_pain}}]}},
    {{at_least: 1, of: [pain, {{patient: {{sex: female, age_min: 12, pregnant: true}}}}]}},
    {{vital: spo2, below: 90}}]}}
  level: 1
  department: emergency
  reason: {{zh: 原因, en: reason}}
  {REVIEW}
"""
FIRST_QUESTIONS = """
- code: chest_first
  about: chest_pain
  ask: [pain]
  review: {source: test, state: draft}
"""

COMPLAINTS = f"- {{code: chest, {NAME}, icon: heart, findings: [chest_pain]}}"
ROUTING = """
paediatric_age_max: 14
fever_clinic_celsius: 37.3
geriatric_age_min: 60
fever_clinic: emergency
emergency: emergency
paediatrics: cardiology
obstetrics: cardiology
general: cardiology
replace_for_male: {cardiology: emergency}
symptom_department: {chest_pain: cardiology}
"""
CUES = """
negation: ["no"]
negation_after: [denied]
not_negation: [not sure]
doubt: [maybe]
other_person: [my mother has]
past: [used to]
scope_end: [","]
severe: {severe: 8}
"""


FILES = {
    "symptoms/chest.yaml": SYMPTOMS,
    "conditions/heart.yaml": CONDITIONS,
    "departments.yaml": DEPARTMENTS,
    "red_flags.yaml": RED_FLAGS,
    "complaints.yaml": COMPLAINTS,
    "first_questions.yaml": FIRST_QUESTIONS,
    "routing.yaml": ROUTING,
    "language/zh.yaml": CUES,
    "language/en.yaml": CUES,
}


def write_small(folder: Path) -> None:
    """A small knowledge base without faults."""
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_small(tmp_path)
    return tmp_path


Edit = Callable[[str, str, str], None]


@pytest.fixture
def edit(folder: Path) -> Edit:
    def replace(name: str, old: str, new: str) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def leaves(rule: Rule) -> Iterator[Present | PatientIs | VitalIs]:
    match rule:
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            for part in parts:
                yield from leaves(part)
        case Not(part):
            yield from leaves(part)
        case _:
            yield rule


class TestShippedContent:
    def test_has_symptoms_of_every_kind(self, shipped: KnowledgeBase) -> None:
        assert len(shipped.symptoms) >= 130
        assert {symptom.kind for symptom in shipped.symptoms.values()} == set(SymptomKind)

    def test_every_symptom_can_be_heard_asked_and_reviewed(self, shipped: KnowledgeBase) -> None:
        for symptom in shipped.symptoms.values():
            assert symptom.ease == 0 or all(len(symptom.forms[language]) >= 2 for language in Language), symptom.code
            assert symptom.question.zh.endswith("？"), symptom.code
            assert symptom.question.en.endswith("?"), symptom.code
            assert symptom.review.source, symptom.code
            assert bool(symptom.hint.zh) == bool(symptom.hint.en), symptom.code

    def test_questions_are_short(self, shipped: KnowledgeBase) -> None:
        for symptom in shipped.symptoms.values():
            assert len(symptom.question.zh) <= 18, symptom.code
            assert len(symptom.question.en.split()) <= 12, symptom.code

    def test_every_icon_exists(self, shipped: KnowledgeBase) -> None:
        icons = {path.stem for path in (ASSETS / "icons").glob("*.svg")}
        used = {symptom.icon for symptom in shipped.symptoms.values()}
        used |= {record.icon for record in (*shipped.departments.values(), *shipped.complaints)}
        assert used <= icons

    def test_no_cue_is_a_symptom(self, shipped: KnowledgeBase) -> None:
        for language, cues in shipped.cues.items():
            forms = {form for symptom in shipped.symptoms.values() for form in symptom.forms[language]}
            assert not forms & {*cues.negation, *cues.doubt, *cues.other_person, *cues.past, *cues.scope_end}

    def test_complaints_of_chinese_negation_words_are_no_negations(self, shipped: KnowledgeBase) -> None:
        cues = shipped.cues[Language.ZH]
        assert {"不舒服", "不停", "睡不着", "吃不下", "没力气", "不能"} <= {
            *cues.not_negation,
            *(form for symptom in shipped.symptoms.values() for form in symptom.forms[Language.ZH]),
        }
        assert {"没有", "没", "不", "无", "未"} <= set(cues.negation)

    def test_every_red_flag_row_has_rules(self, shipped: KnowledgeBase) -> None:
        assert {flag.row for flag in shipped.red_flags} == set(range(51))

    def test_red_flags_carry_their_row_and_source(self, shipped: KnowledgeBase) -> None:
        for flag in shipped.red_flags:
            assert re.match(r"r(\d\d)_", flag.code), flag.code
            assert int(flag.code[1:3]) == flag.row
            assert flag.review.source
            assert flag.level < Level.IV, flag.code

    def test_measured_signs_alone_can_raise_an_alarm(self, shipped: KnowledgeBase) -> None:
        alone = {
            leaf.vital
            for flag in shipped.red_flags
            if all(isinstance(leaf, VitalIs | PatientIs) for leaf in leaves(flag.when))
            for leaf in leaves(flag.when)
            if isinstance(leaf, VitalIs)
        }
        assert {"spo2", "heart_rate", "temperature", "glucose", "pain"} <= alone

    @pytest.mark.parametrize(
        ("present", "level"),
        [
            ("unconscious", Level.I),
            ("stab_wound_trunk", Level.I),
            ("cannot_swallow_saliva", Level.I),
            ("button_battery", Level.I),
            ("contractions_close", Level.I),
            ("chest_pressure", Level.II),
            ("thunderclap_headache", Level.II),
            ("face_droop", Level.II),
            ("vomiting_blood", Level.II),
            ("overdose", Level.II),
            ("suicide_plan", Level.II),
            ("saddle_numbness", Level.II),
            ("suicidal_thoughts", Level.III),
            ("animal_bite", Level.III),
            ("needlestick", Level.III),
        ],
    )
    def test_some_findings_are_enough_alone(self, shipped: KnowledgeBase, present: str, level: Level) -> None:
        alone = [flag.level for flag in shipped.red_flags if _holds_alone(flag.when, present)]
        assert min(alone) == level

    def test_implied_codes_are_closed(self, shipped: KnowledgeBase) -> None:
        assert {"haemoptysis", "cough"} <= shipped.implied["haemoptysis_large"]
        for code, implied in shipped.implied.items():
            assert code not in implied
            assert all(shipped.implied[other] <= implied for other in implied)

    def test_nothing_can_be_changed(self, shipped: KnowledgeBase) -> None:
        for mapping in (shipped.symptoms, shipped.conditions, shipped.cues, shipped.implied):
            with pytest.raises(TypeError, match="does not support item assignment"):
                mapping["new"] = None  # type: ignore[index]


def _holds_alone(rule: Rule, code: str) -> bool:
    """The rule is true when nothing but the presence of `code` is known."""
    match rule:
        case NotOlder():
            return rule == NotOlder(code, not_older_hours=rule.not_older_hours)
        case Present():
            return rule == Present(code, suspected=rule.suspected)
        case AnyOf(parts):
            return any(_holds_alone(part, code) for part in parts)
        case AllOf(parts):
            return all(_holds_alone(part, code) for part in parts)
        case _:
            return False


class TestReading:
    def test_bands_become_numbers_and_numbers_stay(self, folder: Path) -> None:
        likelihood = load_knowledge(folder).conditions["angina"].likelihood
        assert likelihood == {"chest_pain": LIKELIHOOD_BANDS["very_frequent"], "pain": 0.5}

    def test_fields_left_out_have_defaults(self, folder: Path) -> None:
        knowledge = load_knowledge(folder)
        pain = knowledge.symptoms["pain"]
        assert (pain.implies, pain.applies.sex, pain.hint.en) == ((), None, "")
        assert knowledge.conditions["angina"].pregnancy_factor == 1
        assert not knowledge.departments["cardiology"].sensitive

    def test_implications_are_followed_to_their_end(self, folder: Path) -> None:
        implied = load_knowledge(folder).implied
        assert implied["crushing_chest_pain"] == {"chest_pain", "pain"}
        assert implied["pain"] == frozenset()

    def test_a_rule_becomes_its_types(self, folder: Path) -> None:
        assert load_knowledge(folder).red_flags[0].when == AllOf(
            (
                Present("chest_pain"),
                AnyOf((Present("pain", severity_min=7, hours_max=24), Not(Present("crushing_chest_pain")))),
                AtLeast(1, (Present("pain"), PatientIs(sex=Sex.FEMALE, age_min=12, pregnant=True))),
                VitalIs("spo2", below=90),
            )
        )

    def test_anchors_share_a_part_of_a_rule(self, folder: Path, edit: Edit) -> None:
        edit("red_flags.yaml", "{not: crushing_chest_pain}", "&acute {any: [pain, chest_pain]}, *acute")
        parts = load_knowledge(folder).red_flags[0].when
        assert isinstance(parts, AllOf)
        assert isinstance(parts.parts[1], AnyOf)
        assert parts.parts[1].parts[1] == parts.parts[1].parts[2]


BROKEN = [
    ("symptoms/chest.yaml", "kind: symptom", "kind: feeling", "chest_pain", "kind", "must be one of"),
    ("symptoms/chest.yaml", "  kind: symptom\n", "", "chest_pain", "kind", "missing"),
    ("symptoms/chest.yaml", "forms: {zh: [胸痛], en: [chest pain]}", "forms: 7", "chest_pain", "forms", "a mapping"),
    ("symptoms/chest.yaml", "en: [chest pain]", "en: [chest pain, no]", "chest_pain", "forms.en", "quote it"),
    ("symptoms/chest.yaml", "en: [chest pain]", "en: []", "chest_pain", "forms.en", "empty"),
    ("symptoms/chest.yaml", "zh: [胸痛]", "zh: [痛]", "chest_pain", "forms.zh", "too short"),
    ("symptoms/chest.yaml", "zh: [胸痛]", "zh: [胸痛, 胸痛]", "chest_pain", "forms.zh", "twice"),
    ("symptoms/chest.yaml", "zh: [胸痛], ", "", "chest_pain", "forms", "languages"),
    ("symptoms/chest.yaml", "zh: 您胸口痛吗？, ", "", "chest_pain", "question", "languages"),
    ("symptoms/chest.yaml", "implies: [pain]", "implies: [ache]", "chest_pain", "implies", "unknown finding 'ache'"),
    ("symptoms/chest.yaml", "implies: [pain]", "implies: pain", "chest_pain", "implies", "must be a list"),
    ("symptoms/chest.yaml", "implies: [pain]", "ease: 1.5", "chest_pain", "ease", "between 0 and 1"),
    ("symptoms/chest.yaml", "implies: [pain]", "background: 0", "chest_pain", "background", "strictly"),
    ("symptoms/chest.yaml", "implies: [pain]", "eaze: 1", "chest_pain", "eaze", "no field"),
    ("symptoms/chest.yaml", "implies: [pain]", "applies: {sex: x}", "chest_pain", "applies.sex", "female, male"),
    ("symptoms/chest.yaml", "implies: [pain]", "applies: {age: 3}", "chest_pain", "applies.age", "no field"),
    (
        "symptoms/chest.yaml",
        "implies: [pain]",
        "applies: {age_min: 9, age_max: 2}",
        "chest_pain",
        "applies",
        "nobody is between 9 and 2",
    ),
    ("symptoms/chest.yaml", REVIEW, "review: {source: x}", "chest_pain", "review.state", "must be one of"),
    ("symptoms/chest.yaml", REVIEW, "review: {state: draft}", "chest_pain", "review.source", "must be text"),
    ("symptoms/chest.yaml", "code: pain", "code: chest_pain", "chest_pain", "code", "used in symptoms/chest.yaml"),
    ("symptoms/chest.yaml", "code: chest_pain", "code: Chest-Pain", "entry 1", "code", "lower-case"),
    ("symptoms/chest.yaml", "- code: chest_pain\n ", "-", "entry 1", "code", "missing"),
    ("symptoms/chest.yaml", "  kind: sign", "  kind: sign\n  kind: sign", "line 16", "kind", "is there twice"),
    ("symptoms/chest.yaml", "forms: {zh: [压榨样]", "forms: {zh: [压榨样", "line 12", "-", "is no YAML"),
    ("conditions/heart.yaml", "prior: 0.01", "prior: often", "angina", "prior", "must be a number, not text"),
    ("conditions/heart.yaml", "prior: 0.01", "prior: true", "angina", "prior", "not true/false"),
    ("conditions/heart.yaml", "icd10: I20", "icd10: 20", "angina", "icd10", "must be text, not a number"),
    ("conditions/heart.yaml", "pain: 0.5", "ache: 0.5", "angina", "likelihood.ache", "unknown finding"),
    ("conditions/heart.yaml", "very_frequent", "mostly", "angina", "likelihood.chest_pain", "one of obligate"),
    ("conditions/heart.yaml", "pain: 0.5", "pain: 1", "angina", "likelihood.pain", "strictly"),
    ("conditions/heart.yaml", "{cardiology: 1}", "{cardio: 1}", "angina", "departments.cardio", "unknown code"),
    ("conditions/heart.yaml", "{cardiology: 1}", "{cardiology: 0}", "angina", "departments", "none with a weight"),
    ("conditions/heart.yaml", "level: 2", "level: 5", "angina", "level", "between 1 and 4"),
    ("conditions/heart.yaml", "level: 2", "level: 2.5", "angina", "level", "whole number"),
    ("conditions/heart.yaml", "level: 2", "level: 2\n  age_factors: [[1, 2]]", "angina", "age_factors[0]", "youngest"),
    ("conditions/heart.yaml", "level: 2", "level: 2\n  sex_factors: {man: 2}", "angina", "sex_factors", "one of"),
    ("departments.yaml", 'nhc: "03.04"', "nhc: 03.04", "cardiology", "nhc", "must be text"),
    ("departments.yaml", "emergency: true", "emergency: 1", "emergency", "emergency", "true or false"),
    ("red_flags.yaml", "row: 1", "row: 51", "r01_pain", "row", "between 0 and 50"),
    ("red_flags.yaml", "department: emergency", "department: ed", "r01_pain", "department", "unknown code 'ed'"),
    ("red_flags.yaml", "[chest_pain,", "[heart_pain,", "r01_pain", "when.all[0]", "unknown finding 'heart_pain'"),
    ("red_flags.yaml", "severity_min: 7", "severe: 7", "r01_pain", "when.all[1].any[0].severe", "belong"),
    ("red_flags.yaml", "severity_min: 7", "severity_min: 11", "r01_pain", "when.all[1].any[0].severity_min", "10"),
    ("red_flags.yaml", "vital: spo2", "vital: mood", "r01_pain", "when.all[3].vital", "unknown sign"),
    ("red_flags.yaml", "{vital: spo2, below: 90}", "{vital: spo2}", "r01_pain", "when.all[3]", "above or below"),
    ("red_flags.yaml", "at_least: 1", "at_least: 3", "r01_pain", "when.all[2].at_least", "between 1 and 2"),
    ("red_flags.yaml", "age_min: 12", "old: 12", "r01_pain", "when.all[2].of[1].patient.old", "belong"),
    ("red_flags.yaml", "{not: crushing_chest_pain}", "{neither: pain}", "r01_pain", "when.all[1].any[1]", "has no"),
    ("red_flags.yaml", "{not: crushing_chest_pain}", "{any: []}", "r01_pain", "when.all[1].any[1].any", "something"),
    ("complaints.yaml", "[chest_pain]", "[chest]", "chest", "findings", "unknown code 'chest'"),
    ("first_questions.yaml", "about: chest_pain", "about: chest", "chest_first", "about", "unknown code 'chest'"),
    ("first_questions.yaml", "[pain]", "[ache]", "chest_first", "ask", "unknown code 'ache'"),
    ("first_questions.yaml", "[pain]", "[chest_pain]", "chest_first", "ask", "itself"),
    ("first_questions.yaml", "about:", "when: now\n  about:", "chest_first", "when", "is no field"),
    ("routing.yaml", "general: cardiology", "general: gp", "routing", "general", "unknown code 'gp'"),
    ("routing.yaml", "paediatric_age_max: 14\n", "", "routing", "paediatric_age_max", "missing"),
    ("routing.yaml", "{chest_pain:", "{chest:", "routing", "symptom_department.chest", "unknown code"),
    ("language/en.yaml", 'negation: ["no"]', "negation: [no]", "en", "negation", "quote it"),
    ("language/zh.yaml", "severe: 8", "severe: 11", "zh", "severe.severe", "between 0 and 10"),
    ("language/zh.yaml", "past: [used to]\n", "", "zh", "past", "missing"),
]


class TestBrokenContent:
    @pytest.mark.parametrize(("file", "old", "new", "entry", "field", "problem"), BROKEN)
    def test_error_names_file_entry_and_field(
        self, folder: Path, edit: Edit, file: str, old: str, new: str, entry: str, field: str, problem: str
    ) -> None:
        edit(file, old, new)
        with pytest.raises(AssetError) as caught:
            load_knowledge(folder)
        assert (caught.value.file, caught.value.entry, caught.value.field) == (file, entry, field)
        assert problem in caught.value.problem

    def test_a_circle_of_implications_is_shown(self, folder: Path, edit: Edit) -> None:
        edit("symptoms/chest.yaml", "kind: sign", "kind: sign\n  implies: [crushing_chest_pain]")
        with pytest.raises(AssetError) as caught:
            load_knowledge(folder)
        assert (caught.value.file, caught.value.field) == ("symptoms/chest.yaml", "implies")
        assert "chest_pain > pain > crushing_chest_pain > chest_pain" in caught.value.problem

    @pytest.mark.parametrize("file", ["departments.yaml", "red_flags.yaml", "routing.yaml", "language/zh.yaml"])
    def test_a_missing_file_is_named(self, folder: Path, file: str) -> None:
        (folder / file).unlink()
        with pytest.raises(AssetError) as caught:
            load_knowledge(folder)
        assert (caught.value.file, caught.value.problem) == (file, "is missing")

    def test_an_empty_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(AssetError, match="no YAML files here"):
            load_knowledge(tmp_path)

    @pytest.mark.parametrize("content", ["", "text", "a: 1"])
    def test_a_file_must_be_a_list(self, folder: Path, content: str) -> None:
        (folder / "complaints.yaml").write_text(content, encoding="utf-8")
        with pytest.raises(AssetError, match="must be a list of entries"):
            load_knowledge(folder)

    def test_bytes_that_are_no_text_are_reported(self, folder: Path) -> None:
        (folder / "complaints.yaml").write_bytes(b"\xff\xfe\x00\xd8- code: \x80")
        with pytest.raises(AssetError) as caught:
            load_knowledge(folder)
        assert caught.value.file == "complaints.yaml"

    def test_objects_are_not_built_from_tags(self, folder: Path) -> None:
        (folder / "complaints.yaml").write_text("- !!python/object/apply:os.getcwd []", encoding="utf-8")
        with pytest.raises(AssetError, match=r"complaints\.yaml"):
            load_knowledge(folder)

    def test_endless_nesting_is_refused(self, folder: Path) -> None:
        (folder / "complaints.yaml").write_text("- &again [*again]", encoding="utf-8")
        with pytest.raises(AssetError, match=r"complaints\.yaml"):
            load_knowledge(folder)
