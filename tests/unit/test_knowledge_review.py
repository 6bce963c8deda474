"""Reading the content critically, counting it, and printing it for a signature."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk import paths
from kiosk.cli import app
from kiosk.domain.findings import Vitals
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Complaint,
    Cues,
    KnowledgeBase,
    Level,
    Not,
    PatientIs,
    Present,
    RedFlag,
    Review,
    ReviewState,
    Rule,
    VitalIs,
)
from kiosk.domain.language import Language, Words
from kiosk.domain.patient import Sex
from kiosk.knowledge_review import words
from kiosk.knowledge_review.catching import can_fire, catching, caught_share
from kiosk.knowledge_review.content import Content, Kind, load_content
from kiosk.knowledge_review.labels import LABELS
from kiosk.knowledge_review.lint import lint
from kiosk.knowledge_review.problems import Problem, Report, Severity
from kiosk.knowledge_review.render import Edition, Renderer, SheetLanguage
from kiosk.knowledge_review.rule_words import SIGNS, rule_words
from kiosk.knowledge_review.sheet import Sheet, Sheets
from kiosk.knowledge_review.stats import stats
from tests.unit.triage_clinic import KNOWLEDGE, department, flag, symptom

DAY = date(2026, 3, 2)
HOSTILE = "<script>alert(1)</script>&\"'}</style>"
NO_CUES = Cues((), (), (), (), (), (), (), {})

Change = Callable[[KnowledgeBase], KnowledgeBase]


@lru_cache(maxsize=1)
def shipped() -> Content:
    return load_content(paths.assets())


def content(base: KnowledgeBase = KNOWLEDGE) -> Content:
    return Content(base, icons=frozenset({"question", "bone"}), version="v1")


def with_condition(code: str, **changes: object) -> Change:
    def change(base: KnowledgeBase) -> KnowledgeBase:
        changed = replace(base.conditions[code], **changes)  # type: ignore[arg-type]
        return replace(base, conditions={**base.conditions, code: changed})

    return change


def with_symptom(code: str, **changes: object) -> Change:
    def change(base: KnowledgeBase) -> KnowledgeBase:
        changed = replace(base.symptoms[code], **changes)  # type: ignore[arg-type]
        return replace(base, symptoms={**base.symptoms, code: changed})

    return change


def with_forms(code: str, **forms: tuple[str, ...]) -> Change:
    return with_symptom(code, forms={language: forms.get(language.value, (code,)) for language in Language})


def with_cues(language: Language, **cues: tuple[str, ...]) -> Change:
    return lambda base: replace(base, cues={language: replace(NO_CUES, **cues)})


def with_rule(rule: RedFlag) -> Change:
    return lambda base: replace(base, red_flags=(*base.red_flags, rule))


def with_routing(**changes: object) -> Change:
    return lambda base: replace(base, routing=replace(base.routing, **changes))  # type: ignore[arg-type]


def all_of(*changes: Change) -> Change:
    def change(base: KnowledgeBase) -> KnowledgeBase:
        for each in changes:
            base = each(base)
        return base

    return change


def likelihood(code: str, **changes: float) -> Mapping[str, float]:
    return {**KNOWLEDGE.conditions[code].likelihood, **changes}


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
    ("icd10-twice", "influenza", Severity.WARNING, with_condition("influenza", icd10="J00")),
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
        all_of(with_forms("rash", en=("hives",)), with_forms("sneezing", en=("HIV",))),
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
        problems = found(seed(KNOWLEDGE), check, entry)
        assert severity in {problem.severity for problem in problems}
        assert all(problem.text and problem.file for problem in problems)

    @pytest.mark.parametrize(
        ("check", "entry"), sorted({(check, entry) for check, entry, _, seed in SEEDED if seed(KNOWLEDGE) != KNOWLEDGE})
    )
    def test_is_silent_about_what_is_right(self, check: str, entry: str) -> None:
        assert not found(KNOWLEDGE, check, entry)

    def test_every_check_has_a_seed(self) -> None:
        seen = {check for check, *_ in SEEDED}
        assert {problem.check for problem in lint(shipped()).problems} <= seen

    def test_a_negation_inside_a_harmless_word_is_no_negation(self) -> None:
        cues = with_cues(Language.ZH, negation=("不",), not_negation=("不来气",))
        base = all_of(with_forms("cough", zh=("喘不来气",)), cues)(KNOWLEDGE)
        assert not found(base, "form-negation", "cough")

    def test_a_condition_without_findings_that_any_rule_knows_names_the_rarer_ones(self) -> None:
        change = with_condition(
            "tension_headache", level=Level.I, likelihood={"headache": 0.9, "thunderclap_headache": 0.1}
        )
        (problem,) = found(change(KNOWLEDGE), "danger-not-caught", "tension_headache")
        assert "thunderclap" in problem.text

    def test_shipped_content_has_no_errors(self) -> None:
        report = lint(shipped())
        assert [problem.line() for problem in report.problems if problem.severity is Severity.ERROR] == []
        assert report.exit_code() == 0

    def test_every_problem_of_the_shipped_content_names_its_file(self) -> None:
        folder = paths.assets() / "knowledge"
        files = {problem.file for problem in lint(shipped()).problems}
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
        assert {rule.code for rule in catching(KNOWLEDGE, KNOWLEDGE.conditions["angina"])} >= {"heart"}

    def test_the_share_is_the_same_every_time_and_grows_with_what_patients_have(self) -> None:
        angina = KNOWLEDGE.conditions["angina"]
        rare = replace(angina, likelihood={"cyanosis": 0.2})
        often = replace(angina, likelihood={"cyanosis": 0.8})
        assert caught_share(KNOWLEDGE, rare) == caught_share(KNOWLEDGE, rare)
        assert 0.1 < caught_share(KNOWLEDGE, rare) < 0.3
        assert 0.7 < caught_share(KNOWLEDGE, often) < 0.9


SENTENCES: tuple[tuple[Rule, str, str], ...] = (
    (Present("chest_pain"), "胸痛", "chest pain"),
    (
        Present("chest_pain", severity_min=7, hours_min=0.5, hours_max=72),
        "胸痛（程度≥7/10，持续≥0.5小时，持续≤3天）",
        "chest pain (strength ≥7 of 10, for ≥0.5 h, for ≤3 days)",
    ),
    (Present("fever", value_min=38.5), "发烧（≥38.5 ℃）", "fever (≥38.5 ℃)"),
    (Present("sugar", value_max=3.9), "血糖低（数值≤3.9）", "low blood sugar (value ≤3.9)"),
    (PatientIs(age_min=35), "年龄≥35岁", "age ≥35"),
    (PatientIs(age_max=13), "年龄≤13岁", "age ≤13"),
    (PatientIs(Sex.FEMALE, 12, 55), "女性 且 年龄12–55岁", "female AND age 12–55"),
    (PatientIs(days_max=28), "出生≤28天", "≤28 days old"),
    (PatientIs(Sex.MALE), "男性", "male"),
    (PatientIs(pregnant=True), "怀孕", "pregnant"),
    (PatientIs(pregnant=False), "未怀孕", "not pregnant"),
    (PatientIs(), "任何患者", "any patient"),
    (VitalIs("spo2", below=90), "测得血氧饱和度 <90%", "measured oxygen saturation <90%"),
    (VitalIs("heart_rate", 150, 40), "测得心率 >150/min <40/min", "measured heart rate >150/min <40/min"),
    (AllOf((Present("chest_pain"), Present("sweating"))), "胸痛 且 出汗", "chest pain AND sweating"),
    (AnyOf((Present("chest_pain"), Present("sweating"))), "胸痛 或 出汗", "chest pain OR sweating"),
    (
        AllOf((Present("chest_pain"), AnyOf((PatientIs(age_min=35), Present("sweating"))))),
        "胸痛 且 （年龄≥35岁 或 出汗）",
        "chest pain AND (age ≥35 OR sweating)",
    ),
    (
        AnyOf((Present("fever"), AllOf((Present("chest_pain"), Present("sweating"))))),
        "发烧 或 （胸痛 且 出汗）",
        "fever OR (chest pain AND sweating)",
    ),
    (
        AllOf((Present("fever"), PatientIs(Sex.FEMALE, pregnant=True))),
        "发烧 且 （女性 且 怀孕）",
        "fever AND (female AND pregnant)",
    ),
    (
        AnyOf(tuple(map(Present, ("fever", "chest_pain", "sweating", "sugar")))),
        "以下任一项（发烧；胸痛；出汗；血糖低）",
        "any of (fever; chest pain; sweating; low blood sugar)",
    ),
    (
        AnyOf((Present("fever"), AnyOf((Present("chest_pain"), Present("fever"))))),
        "发烧 或 胸痛",
        "fever OR chest pain",
    ),
    (
        AtLeast(2, (Present("fever"), Present("chest_pain"), Present("sweating"))),
        "以下至少2项（发烧；胸痛；出汗）",
        "at least 2 of (fever; chest pain; sweating)",
    ),
    (Not(Present("fever")), "没有发烧", "NO fever"),
    (
        Not(AnyOf((Present("fever"), PatientIs(pregnant=True)))),
        "不符合（发烧 或 怀孕）",
        "NOT (fever OR pregnant)",
    ),
    (AllOf((Present("fever"),)), "发烧", "fever"),
)


class TestRuleWords:
    NAMES: Mapping[str, Words] = {
        "chest_pain": Words("胸痛", "chest pain"),
        "fever": Words("发烧", "fever"),
        "sweating": Words("出汗", "sweating"),
        "sugar": Words("血糖低", "low blood sugar"),
    }

    @pytest.mark.parametrize(("rule", "zh", "en"), SENTENCES)
    def test_every_sort_of_rule(self, rule: Rule, zh: str, en: str) -> None:
        symptoms = {code: replace(symptom(code), name=name) for code, name in self.NAMES.items()}
        assert rule_words(rule, replace(KNOWLEDGE, symptoms=symptoms)) == Words(zh, en)

    def test_every_measured_sign_has_words(self) -> None:
        assert {field.name for field in fields(Vitals)} <= set(SIGNS)

    def test_shipped_rules_name_no_code(self) -> None:
        for rule in shipped().base.red_flags:
            said = rule_words(rule.when, shipped().base)
            assert "_" not in said.en, rule.code
            assert re.search("[\u4e00-\u9fff]", said.zh), rule.code


class TestWords:
    @pytest.mark.parametrize(
        ("prior", "en"),
        [
            (0.0012, "1.2 in 1,000 lobby visits"),
            (0.036, "36 in 1,000 lobby visits"),
            (0.000006, "0.006 in 1,000 lobby visits (1 in 170,000)"),
        ],
    )
    def test_a_prior_as_visits(self, prior: float, en: str) -> None:
        assert words.visits(prior).en == en

    @pytest.mark.parametrize(
        ("p", "zh"), [(0.99, "必有"), (0.85, "很常见"), (0.3, "常见"), (0.05, "有时"), (0.01, "少见")]
    )
    def test_a_likelihood_in_words(self, p: float, zh: str) -> None:
        assert words.band(p).zh == zh

    def test_who_and_when(self) -> None:
        condition = replace(
            KNOWLEDGE.conditions["eczema"],
            age_factors=((0, 2, 3.0), (60, 120, 0.5)),
            sex_factors={Sex.FEMALE: 1.5},
            pregnancy_factor=2.0,
            month_factors=((11, 2, 4.0),),
        )
        assert [modifier.en for modifier in words.modifiers(condition)] == [
            "age 2 and under ×3",
            "age 60 and over ×0.5",
            "women ×1.5",
            "in pregnancy ×2",
            "Nov–Feb ×4",
        ]
        assert words.who(Applies(Sex.FEMALE, 12, 55)) == Words("女性；12–55岁", "women; age 12–55")
        assert words.who(Applies()) == Words("", "")

    def test_every_row_of_the_shipped_rules_has_a_topic(self) -> None:
        assert max(rule.row for rule in shipped().base.red_flags) < len(words.TOPICS)


class _Page(HTMLParser):
    """Tags that are open, text, and everything that would be loaded from elsewhere."""

    VOID = frozenset({"meta", "br", "img", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []
        self.text: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        self.outside += [value or "" for name, value in attributes if name in ("src", "href", "srcset", "action")]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)


def read_page(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def edition(language: SheetLanguage = SheetLanguage.BOTH) -> Edition:
    return Edition("v1", DAY, language)


@pytest.fixture(scope="module")
def sheets() -> dict[str, Sheet]:
    """The sheets of the shipped content by department."""
    maker = Sheets(shipped())
    return {code: maker.sheet(code) for code in maker.codes()}


class TestSheet:
    def test_every_entry_is_signed_on_some_sheet(self, sheets: Mapping[str, Sheet]) -> None:
        base = shipped().base
        assert {row.code for sheet in sheets.values() for row in sheet.conditions} == set(base.conditions)
        rules = [row.code for sheet in sheets.values() for row in sheet.rules]
        questions = [row.code for sheet in sheets.values() for row in sheet.questions]
        assert sorted(rules) == sorted(rule.code for rule in base.red_flags)
        assert sorted(questions) == sorted(base.symptoms)

    def test_one_department_is_the_main_one_of_a_condition(self, sheets: Mapping[str, Sheet]) -> None:
        main = [row.code for sheet in sheets.values() for row in sheet.conditions if row.is_main]
        assert sorted(main) == sorted(shipped().base.conditions)

    def test_a_department_with_a_small_share_only_reads(self) -> None:
        change = with_condition("angina", departments={"cardiology": 0.7, "emergency": 0.2, "respiratory": 0.1})
        maker = Sheets(content(change(KNOWLEDGE)))
        assert [row.code for row in maker.sheet("emergency").conditions] == ["meningitis", "angina"]
        assert [row.name.en for row in maker.sheet("respiratory").others] == ["angina", "influenza"]

    def test_other_departments_rules_that_catch_its_emergencies_are_named(self) -> None:
        sheet = Sheets(content()).sheet("cardiology")
        assert sheet.rules == ()
        assert "heart" in {row.code for row in sheet.rules_beside}

    def test_what_leads_here(self) -> None:
        routing = with_routing(replace_for_child={"urology": "paediatrics"}, missing={"geriatrics": ("paediatrics",)})
        maker = Sheets(content(routing(KNOWLEDGE)))
        paediatrics = " | ".join(route.en for route in maker.sheet("paediatrics").routes)
        assert paediatrics == (
            "Patients aged 14 and under | Children whose complaint usually belongs to: urology | "
            "Where the hospital lacks them, patients of: geriatrics"
        )
        assert "rash" in maker.sheet("dermatology").routes[-1].en

    def test_the_fingerprint_changes_with_the_content_and_not_with_the_signature(self) -> None:
        signed = with_condition("angina", review=Review("test", ReviewState.SIGNED))
        changed = with_condition("angina", prior=0.005)
        before, after, other = (
            Sheets(content(change(KNOWLEDGE))).sheet("cardiology").fingerprint
            for change in (lambda base: base, signed, changed)
        )
        assert before == after != other

    def test_unknown_departments_are_refused(self) -> None:
        with pytest.raises(KeyError):
            Sheets(content()).sheet("no_such_department")


class TestPage:
    @pytest.mark.parametrize("language", SheetLanguage)
    def test_every_department_has_a_whole_page(self, language: SheetLanguage, sheets: Mapping[str, Sheet]) -> None:
        renderer = Renderer(edition(language))
        for code, sheet in sheets.items():
            page = read_page(renderer.page(sheet))
            text = "".join(page.text)
            assert page.open == [], code
            assert page.outside == [], code
            assert {"main", "h1", "h2", "caption", "thead"} <= page.tags, code
            assert sheet.fingerprint in text, code
            assert DAY.isoformat() in text, code
            title = "".join(read_page(renderer.title(sheet)).text)
            assert (sheet.name.zh in title) is (language is not SheetLanguage.EN), code
            assert (sheet.name.en in title) is (language is not SheetLanguage.ZH), code

    def test_a_page_in_english_has_no_chinese_and_the_other_way_round(self, sheets: Mapping[str, Sheet]) -> None:
        english = Renderer(edition(SheetLanguage.EN)).page(sheets["cardiology"])
        assert re.search("[\u4e00-\u9fff]", "".join(read_page(english).text)) is None
        chinese = "".join(read_page(Renderer(edition(SheetLanguage.ZH)).page(sheets["cardiology"])).text)
        assert LABELS["statement"].en not in chinese

    def test_a_condition_shows_everything_that_is_signed(self) -> None:
        change = with_condition(
            "angina",
            worse_with=("cyanosis",),
            beside=("meningitis",),
            month_factors=((11, 2, 3.0),),
            self_limiting=True,
            review=Review("ESC 2024", ReviewState.REVIEWED),
        )
        sheet = Sheets(content(change(KNOWLEDGE))).sheet("cardiology")
        text = " ".join("".join(read_page(Renderer(edition(SheetLanguage.EN)).page(sheet)).text).split())
        for expected in (
            "Level II, within 10 min",
            "I20",
            "4 in 1,000 lobby visits",
            "cardiology 100%",
            "80%",
            "very often",
            "age 2 and under ×0.5; Nov–Feb ×3",
            "More urgent with: cyanosis",
            "Not to miss beside it: meningitis",
            "Usually passes by itself",
            "ESC 2024 · reviewed · angina",
            "□ agree",
            "□ change",
            "Department stamp",
        ):
            assert expected in text.replace("\xa0", " "), expected

    @pytest.mark.parametrize("paper", [False, True])
    @pytest.mark.parametrize("language", SheetLanguage)
    def test_hostile_words_stay_words(self, language: SheetLanguage, paper: bool) -> None:
        hostile = Words(HOSTILE, HOSTILE)
        base = all_of(
            with_condition("angina", name=hostile, review=Review(HOSTILE, ReviewState.DRAFT)),
            with_symptom("chest_pain", name=hostile, question=hostile, hint=hostile),
            with_rule(replace(flag("evil", Present("chest_pain"), Level.II, to="cardiology"), reason=hostile)),
            lambda base: replace(
                base,
                departments={**base.departments, "cardiology": replace(base.departments["cardiology"], name=hostile)},
            ),
        )(KNOWLEDGE)
        sheet = Sheets(content(base)).sheet("cardiology")
        renderer = Renderer(edition(language), paper=paper)
        html = "".join([renderer.title(sheet), renderer.signature(sheet), *pieces(renderer, sheet)])
        page = read_page(f"<table>{html}</table>" if paper else renderer.page(sheet))
        assert "script" not in page.tags
        assert HOSTILE in "".join(page.text)
        if not paper:
            assert "</style>" not in renderer.page(sheet).split("<style>")[1].split("}\n</style>")[0]


def pieces(renderer: Renderer, sheet: Sheet) -> Iterator[str]:
    for section in renderer.sections(sheet):
        yield from (section.title, section.intro, section.head, *section.rows)


class TestPdf:
    def test_every_page_says_what_it_belongs_to(
        self, qapp: object, tmp_path: Path, sheets: Mapping[str, Sheet]
    ) -> None:
        from PySide6.QtPdf import QPdfDocument

        from kiosk.knowledge_review.pdf import write_pdf

        sheet = sheets["cardiology"]
        pages = write_pdf(sheet, edition(SheetLanguage.EN), tmp_path / "sheet.pdf")
        document = QPdfDocument()
        assert document.load(str(tmp_path / "sheet.pdf")) is QPdfDocument.Error.None_
        assert document.pageCount() == pages > 2
        texts = [document.getAllText(number).text() for number in range(pages)]
        document.close()
        for number, text in enumerate(texts, start=1):
            assert f"{number} / {pages}" in text
            assert sheet.fingerprint in text
        whole = " ".join(" ".join(texts).split())
        for row in sheet.conditions:
            assert f"· {row.code}" in whole, row.code
        assert "Head of department" in texts[-1]

    def test_a_row_taller_than_a_page_is_shrunk_to_fit(self, qapp: object, tmp_path: Path) -> None:
        from PySide6.QtPdf import QPdfDocument

        from kiosk.knowledge_review.pdf import write_pdf

        sheet = Sheets(content()).sheet("cardiology")
        tall = replace(
            sheet, questions=(replace(sheet.questions[0], question=Words("？", "so long a question? " * 900)),)
        )
        pages = write_pdf(tall, edition(SheetLanguage.EN), tmp_path / "sheet.pdf")
        document = QPdfDocument()
        document.load(str(tmp_path / "sheet.pdf"))
        counts = [document.getAllText(number).text().count("question?") for number in range(pages)]
        document.close()
        assert max(counts) == 900


class TestStats:
    def test_counts_kinds_levels_sources_and_states(self) -> None:
        signed = with_condition("angina", review=Review("general knowledge", ReviewState.SIGNED))
        figures = stats(content(signed(KNOWLEDGE)))
        document = json.loads(figures.as_json())
        kinds = {row["kind"]: row for row in document["kind"]}
        assert (kinds["conditions"]["entries"], kinds["conditions"]["signed"]) == (7, 1)
        assert kinds["context findings"]["entries"] == 2
        assert {row["level"]: row["conditions"] for row in document["level"]} == {"I": 1, "II": 1, "III": 2, "IV": 3}
        assert {"source": "all of general knowledge", "entries": 1} in document["source"]
        cardiology = next(row for row in document["department"] if row["department"] == "cardiology")
        assert (cardiology["conditions"], cardiology["signed"]) == (1, 1)
        assert "cardiology" in "\n".join(figures.lines())

    def test_all_entries_of_the_shipped_content_are_counted_once(self) -> None:
        document = json.loads(stats(shipped()).as_json())
        totals = {table: document[table][-1]["entries"] for table in ("kind", "file")}
        assert totals["kind"] == totals["file"] == sum(1 for _ in shipped().reviews())


class TestContent:
    def test_holds_only_what_authors_wrote(self) -> None:
        loaded = shipped()
        assert all((Kind.SYMPTOM, code) in loaded.files for code in loaded.base.symptoms)
        assert all(code in loaded.base.symptoms for c in loaded.base.conditions.values() for code in c.likelihood)
        assert set(loaded.base.routing.symptom_department) <= set(loaded.base.symptoms)

    def test_the_version_follows_the_files(self, tmp_path: Path) -> None:
        import shutil

        shutil.copytree(paths.assets() / "knowledge", tmp_path / "knowledge")
        same = load_content(tmp_path).version
        routing = tmp_path / "knowledge" / "routing.yaml"
        routing.write_text(routing.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        assert same == shipped().version != load_content(tmp_path).version


class TestCommands:
    RUN = CliRunner()

    def test_lint_reports_as_json(self) -> None:
        done = self.RUN.invoke(app, ["knowledge", "lint", "--json"])
        assert done.exit_code == 0
        assert json.loads(done.stdout)["errors"] == 0

    def test_lint_is_strict_on_request(self) -> None:
        warnings = lint(shipped()).count(Severity.WARNING)
        assert self.RUN.invoke(app, ["knowledge", "lint", "--strict"]).exit_code == (1 if warnings else 0)

    def test_stats_are_printed(self) -> None:
        done = self.RUN.invoke(app, ["knowledge", "stats"])
        assert done.exit_code == 0
        assert "red flags" in done.stdout

    def test_a_sheet_is_written_with_the_date_given(self, tmp_path: Path) -> None:
        arguments = ["--department", "ent", "--out", str(tmp_path), "--lang", "zh", "--day", "2026-03-02"]
        done = self.RUN.invoke(app, ["knowledge", "sheet", *arguments])
        assert done.exit_code == 0
        assert [file.name for file in tmp_path.iterdir()] == ["ent.html"]
        assert "2026-03-02" in (tmp_path / "ent.html").read_text(encoding="utf-8")
        assert "fingerprint" in done.stdout

    @pytest.mark.parametrize("wrong", [["--department", "nowhere"], ["--lang", "fr"], ["--day", "tomorrow"]])
    def test_wrong_arguments_are_named(self, wrong: list[str], tmp_path: Path) -> None:
        done = self.RUN.invoke(app, ["knowledge", "sheet", "--out", str(tmp_path), *wrong])
        assert done.exit_code == 2
        assert wrong[1] in done.output
        assert list(tmp_path.iterdir()) == []
