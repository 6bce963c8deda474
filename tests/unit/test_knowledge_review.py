"""What a careful reader of the content finds, and which dangers red flags can catch."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kiosk import paths
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Complaint,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    Review,
    ReviewState,
    Rule,
    VitalIs,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex
from kiosk.knowledge_review.catching import can_fire, catching, caught_share
from kiosk.knowledge_review.lint import lint
from kiosk.knowledge_review.problems import Problem, Report, Severity
from tests.unit.review_clinic import (
    BASE,
    Change,
    all_of,
    content,
    likelihood,
    shipped_report,
    with_condition,
    with_cues,
    with_first_questions,
    with_forms,
    with_routing,
    with_rule,
    with_symptom,
)
from tests.unit.triage_clinic import department, flag, symptom

SEEDED: tuple[tuple[str, str, Severity, Change], ...] = (
    (
        "department-unreachable",
        "dentist",
        Severity.ERROR,
        lambda base: replace(base, departments={**base.departments, "dentist": department("dentist")}),
    ),
    ("icon-missing", "cough", Severity.ERROR, with_symptom("cough", icon="no_such_icon")),
    (
        "icon-missing",
        "chest",
        Severity.ERROR,
        lambda base: replace(base, complaints=(Complaint("chest", Words("胸", "chest"), "none", ("chest_pain",)),)),
    ),
    (
        "symptom-unused",
        "hiccups",
        Severity.WARNING,
        lambda base: replace(base, symptoms={**base.symptoms, "hiccups": symptom("hiccups")}),
    ),
    (
        "route-closed",
        "routing",
        Severity.ERROR,
        with_routing(symptom_department={"testicular_pain": "gynaecology"}),
    ),
    (
        "tile-full",
        "all",
        Severity.WARNING,
        lambda base: replace(base, complaints=(Complaint("all", Words("全", "all"), "bone", tuple(base.symptoms)),)),
    ),
    ("rule-department", "new", Severity.WARNING, with_rule(flag("new", Present("cough"), Level.III))),
    (
        "rule-reason",
        "new",
        Severity.WARNING,
        with_rule(replace(flag("new", Present("cough"), Level.III, to="ent"), reason=Words("请立即就诊", "cough"))),
    ),
    (
        "rule-reason",
        "new",
        Severity.WARNING,
        with_rule(replace(flag("new", Present("cough"), Level.III, to="ent"), reason=Words("咳", "you may be ill"))),
    ),
    (
        "rule-never-fires",
        "new",
        Severity.ERROR,
        with_rule(flag("new", AllOf((Present("testicular_pain"), PatientIs(pregnant=True))), Level.II, to="urology")),
    ),
    (
        "rule-never-fires",
        "new",
        Severity.ERROR,
        with_rule(flag("new", AllOf((PatientIs(age_min=65), PatientIs(days_max=28))), Level.II, to="ent")),
    ),
    (
        "rule-needs-denial",
        "new",
        Severity.WARNING,
        with_rule(flag("new", AllOf((Present("fever"), Not(Present("cough")))), Level.III, to="ent")),
    ),
    ("danger-not-caught", "tension_headache", Severity.WARNING, with_condition("tension_headache", level=Level.II)),
    ("danger-slips-through", "angina", Severity.WARNING, lambda base: base),
    ("department-second", "geriatrics", Severity.NOTE, lambda base: base),
    ("icd10-format", "eczema", Severity.ERROR, with_condition("eczema", icd10="20.L")),
    ("icd10-national", "eczema", Severity.WARNING, with_condition("eczema", icd10="L20.900")),
    ("icd10-twice", "angina", Severity.WARNING, with_condition("influenza", icd10="I20")),
    ("few-findings", "eczema", Severity.WARNING, lambda base: base),
    (
        "likelihood-low",
        "influenza",
        Severity.WARNING,
        with_condition("influenza", likelihood=likelihood("influenza", rash=0.001)),
    ),
    (
        "likelihood-implied",
        "angina",
        Severity.ERROR,
        with_condition("angina", likelihood={"chest_pressure": 0.8, "chest_pain": 0.5}),
    ),
    (
        "finding-excluded",
        "pelvic_inflammation",
        Severity.ERROR,
        with_condition("pelvic_inflammation", worse_with=("testicular_pain",)),
    ),
    (
        "door-closed",
        "eczema",
        Severity.ERROR,
        with_condition("eczema", departments={"obstetrics": 1.0}, applies=Applies(Sex.MALE)),
    ),
    ("door-sum", "eczema", Severity.WARNING, with_condition("eczema", departments={"dermatology": 0.7})),
    ("door-level-one", "meningitis", Severity.ERROR, with_condition("meningitis", departments={"neurology": 1.0})),
    ("prior-sum", "all", Severity.WARNING, lambda base: base),
    ("prior-outlier", "eczema", Severity.WARNING, with_condition("eczema", prior=0.2)),
    ("prior-outlier", "meningitis", Severity.WARNING, with_condition("meningitis", prior=0.02)),
    ("beside-missing", "eczema", Severity.WARNING, lambda base: base),
    ("beside-harmless", "eczema", Severity.NOTE, with_condition("eczema", beside=("common_cold",))),
    ("self-limiting-urgent", "meningitis", Severity.ERROR, with_condition("meningitis", self_limiting=True)),
    ("self-limiting-urgent", "influenza", Severity.WARNING, with_condition("influenza", self_limiting=True)),
    ("season-missing", "influenza", Severity.WARNING, lambda base: base),
    ("bands-overlap", "eczema", Severity.WARNING, with_condition("eczema", age_factors=((0, 9, 2.0), (5, 20, 2.0)))),
    ("bands-overlap", "eczema", Severity.WARNING, with_condition("eczema", month_factors=((11, 2, 2.0), (1, 3, 2.0)))),
    (
        "source-unnamed",
        "eczema",
        Severity.WARNING,
        with_condition("eczema", review=Review("general knowledge", ReviewState.SIGNED)),
    ),
    ("question-long", "cough", Severity.WARNING, with_symptom("cough", question=Words("您" * 28 + "？", "Well?"))),
    (
        "question-long",
        "cough",
        Severity.WARNING,
        with_symptom("cough", question=Words("咳嗽吗？", "is it " * 7 + "so?")),
    ),
    ("question-mark", "cough", Severity.WARNING, lambda base: base),
    ("first-shadowed", "late", Severity.ERROR, with_first_questions(Applies(), Applies(Sex.FEMALE))),
    ("first-impossible", "first", Severity.ERROR, with_first_questions(Applies(Sex.MALE), Applies())),
    ("jargon", "cough", Severity.WARNING, with_symptom("cough", question=Words("您有咯血吗？", "Do you cough?"))),
    ("jargon", "cough", Severity.WARNING, with_symptom("cough", hint=Words("", "With acute dyspnoea"))),
    ("form-few", "cough", Severity.NOTE, lambda base: base),
    (
        "form-two-meanings",
        "cough",
        Severity.WARNING,
        all_of(with_forms("cough", zh=("咳嗽",)), with_forms("sneezing", zh=("咳嗽",))),
    ),
    (
        "form-two-meanings",
        "rash",
        Severity.WARNING,
        all_of(with_forms("rash", en=("lumps",)), with_forms("sneezing", en=("Lump",))),
    ),
    (
        "form-two-meanings",
        "headache",
        Severity.NOTE,
        all_of(with_forms("headache", en=("sore head",)), with_forms("thunderclap_headache", en=("sore head",))),
    ),
    (
        "form-is-cue",
        "cough",
        Severity.WARNING,
        all_of(with_forms("cough", en=("maybe",)), with_cues(Language.EN, doubt=("maybe",))),
    ),
    (
        "form-denies",
        "cough",
        Severity.WARNING,
        all_of(
            with_forms("cough", zh=("不发烧",)),
            with_forms("fever", zh=("发烧",)),
            with_cues(Language.ZH, negation=("不",)),
        ),
    ),
    (
        "form-negation",
        "cough",
        Severity.NOTE,
        all_of(with_forms("cough", zh=("喘不来气",)), with_cues(Language.ZH, negation=("不",))),
    ),
)


def found(base: KnowledgeBase, check: str, entry: str) -> list[Problem]:
    return [p for p in lint(content(base)).problems if (p.check, p.entry) == (check, entry)]


class TestLint:
    @pytest.mark.parametrize(("check", "entry", "severity", "seed"), SEEDED)
    def test_finds_what_is_wrong(self, check: str, entry: str, severity: Severity, seed: Change) -> None:
        problems = found(seed(BASE), check, entry)
        assert severity in {problem.severity for problem in problems}
        assert all(problem.text and problem.file for problem in problems)

    @pytest.mark.parametrize(
        ("check", "entry"), sorted({(check, entry) for check, entry, _, seed in SEEDED if seed(BASE) != BASE})
    )
    def test_is_silent_about_what_is_right(self, check: str, entry: str) -> None:
        assert not found(BASE, check, entry)

    def test_every_check_has_a_seed(self) -> None:
        seen = {check for check, *_ in SEEDED}
        assert {problem.check for problem in shipped_report().problems} <= seen

    def test_a_negation_inside_a_harmless_word_is_no_negation(self) -> None:
        cues = with_cues(Language.ZH, negation=("不",), not_negation=("不来气",))
        base = all_of(with_forms("cough", zh=("喘不来气",)), cues)(BASE)
        assert not found(base, "form-negation", "cough")

    def test_a_condition_without_findings_that_any_rule_knows_names_the_rarer_ones(self) -> None:
        change = with_condition(
            "tension_headache", level=Level.I, likelihood={"headache": 0.9, "thunderclap_headache": 0.1}
        )
        (problem,) = found(change(BASE), "danger-not-caught", "tension_headache")
        assert "thunderclap" in problem.text

    def test_shipped_content_has_no_errors(self) -> None:
        report = shipped_report()
        assert [problem.line() for problem in report.problems if problem.severity is Severity.ERROR] == []
        assert report.exit_code() == 0

    def test_every_problem_of_the_shipped_content_names_its_file(self) -> None:
        folder = paths.assets() / "knowledge"
        files = {problem.file for problem in shipped_report().problems}
        assert [name for name in files if not (folder / name).exists()] == []


class TestReport:
    WARNED = Report("v1", (Problem(Severity.WARNING, "jargon", "f", "e", "q", "t"),))
    FAILED = Report("v1", (Problem(Severity.ERROR, "icd10-format", "f", "e", "q", "t"), *WARNED.problems))
    NOTED = Report("v1", (Problem(Severity.NOTE, "form-few", "f", "e", "q", "t"),))

    @pytest.mark.parametrize(
        ("report", "strict", "code"),
        [(WARNED, False, 0), (WARNED, True, 1), (FAILED, False, 1), (NOTED, True, 0)],
    )
    def test_exit_code(self, report: Report, strict: bool, code: int) -> None:
        assert report.exit_code(strict) == code

    def test_notes_are_counted_and_named_only_on_request(self) -> None:
        assert not any("note    f: e" in line for line in self.NOTED.lines())
        assert any("note    f: e" in line for line in self.NOTED.lines(notes=True))
        assert self.NOTED.summary() == "0 errors, 0 warnings, 1 note"

    def test_json_holds_every_field(self) -> None:
        document = json.loads(self.FAILED.only("jargon").as_json())
        assert (document["errors"], document["warnings"]) == (0, 1)
        assert document["problems"] == [
            {"severity": "warning", "check": "jargon", "file": "f", "entry": "e", "field": "q", "text": "t"}
        ]


class TestCatching:
    @pytest.mark.parametrize(
        ("rule", "fires"),
        [
            (Present("fever"), True),
            (Present("cough"), False),
            (Present("fever", severity_min=9, hours_max=2), True),
            (Not(Present("cough")), True),
            (VitalIs("spo2", below=90), False),
            (AllOf((Present("fever"), Present("cough"))), False),
            (AnyOf((Present("fever"), Present("cough"))), True),
            (AtLeast(2, (Present("fever"), Present("rash"), Present("cough"))), True),
            (PatientIs(sex=Sex.FEMALE), False),
            (PatientIs(pregnant=True), False),
            (PatientIs(age_min=30), True),
            (PatientIs(age_max=17), False),
            (PatientIs(days_max=28), False),
        ],
    )
    def test_for_a_grown_man_with_fever_and_a_rash(self, rule: Rule, fires: bool) -> None:
        assert can_fire(rule, {"fever", "rash"}, Applies(Sex.MALE, age_min=18)) is fires

    def test_implied_findings_count(self) -> None:
        assert {rule.code for rule in catching(BASE, BASE.conditions["angina"])} >= {"heart"}

    def test_the_share_is_the_same_every_time_and_grows_with_what_patients_have(self) -> None:
        angina = BASE.conditions["angina"]
        rare = replace(angina, likelihood={"cyanosis": 0.2})
        often = replace(angina, likelihood={"cyanosis": 0.8})
        assert caught_share(BASE, rare) == caught_share(BASE, rare)
        assert 0.1 < caught_share(BASE, rare) < 0.3
        assert 0.7 < caught_share(BASE, often) < 0.9
