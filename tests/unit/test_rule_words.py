"""Rules, priors and patients in words that a clinician can sign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace

import pytest

from kiosk.domain.findings import Vitals
from kiosk.domain.knowledge import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Not,
    PatientIs,
    Present,
    Rule,
    VitalIs,
)
from kiosk.domain.language import Words
from kiosk.domain.patient import Sex
from kiosk.knowledge_review import words
from kiosk.knowledge_review.rule_words import SIGNS, rule_words
from tests.unit.review_clinic import (
    BASE,
    shipped,
)
from tests.unit.triage_clinic import symptom

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
        assert rule_words(rule, replace(BASE, symptoms=symptoms)) == Words(zh, en)

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
            BASE.conditions["eczema"],
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
