"""Emergencies that are named, and lengths of time that stand right at a finding, from a text to the level."""

from __future__ import annotations

import pytest

from kiosk.domain.findings import Findings, Vitals
from kiosk.domain.knowledge import Level
from kiosk.domain.patient import Patient
from kiosk.domain.redflags import fired
from tests.unit.shipped_clinic import content, understood

ADULT = Patient(age=60)


def level_of(text: str) -> Level:
    found = Findings().merged(understood(text))
    return min((rule.level for rule in fired(content(), ADULT, found, Vitals())), default=Level.IV)


@pytest.mark.parametrize(
    "text",
    [
        "医生说是主动脉夹层",
        "B超说是宫外孕",
        "片子显示消化道穿孔",
        "化验说酮症酸中毒",
        "睾丸扭转，外院让转过来",
        "眼科医生说我视网膜脱离",
        "当地医院说是肠套叠",
        "怀孕32周胎盘早剥",
        "急性心梗转诊",
        "CT提示肺栓塞",
        "急性会厌炎",
        "发烧头痛，说是脑膜炎",
        "the scan shows an aortic dissection",
        "they told me it's an ectopic pregnancy",
        "the doctor says I have diabetic ketoacidosis",
        "they think it is testicular torsion",
        "the optician said I have a detached retina",
        "CT says pulmonary embolism",
    ],
)
def test_a_named_emergency_is_an_emergency(text: str) -> None:
    assert level_of(text) <= Level.II


@pytest.mark.parametrize(
    "text",
    [
        "十年前宫外孕做过手术",
        "I had a pulmonary embolism two years ago, here for a check",
        "我左手没力气两年了，一直这样",
        "my left arm has been weak for two years",
        "胸口疼三年了",
        "爬楼胸口就闷疼，歇一会儿就好，有两个多月了",
        "a 3-month history of exertional chest pressure relieved by rest",
    ],
)
def test_what_is_certainly_old_is_none(text: str) -> None:
    assert level_of(text) > Level.II


@pytest.mark.parametrize(
    "text",
    [
        "高血压十年，嘴歪了",
        "胸口压得慌，吃药三年了",
        "胸口压得慌两个月了，今天突然加重",
        "退休五年嘴歪了",
        "嘴歪十年高血压了",
        "嘴歪两年了，今天嘴更歪了",
        "嘴歪两年了，突然加重",
        "my husband of 20 years has a drooping face",
        "his speech is slurred five years after his stroke",
    ],
)
def test_a_length_that_may_belong_to_something_else_changes_nothing(text: str) -> None:
    assert level_of(text) <= Level.II
