"""Words that are read twice, as a danger and as a trifle: a small burn is no burn besides, heartburn no chest pain.

Only where the trifle is told as such and nothing else that was told speaks for the danger.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kiosk.domain.findings import Finding, Status
from kiosk.domain.matching import Match


@dataclass(frozen=True, slots=True)
class _Lesser:
    """`lesser`, with one of `told_by`, takes the place of `greater` where none of `unless` is there.

    Where `told_by` is empty nothing else is needed. With `same_words` both must share words or stand side by side; a
    text with one of the `warning` words is read as before. Where there are `bare` words, the danger must be told by
    nothing more.
    """

    lesser: str
    greater: str
    unless: frozenset[str]
    told_by: frozenset[str] = frozenset()
    same_words: bool = False
    warning: re.Pattern[str] | None = None
    bare: re.Pattern[str] | None = None


_EXERTION = re.compile(
    r"\b(?:climb\w*|stairs?|steps|uphill|hill|walk\w*|run|running|ran|exert\w*|exercis\w*|hurry\w*|rush\w*|lifting|"
    r"work(?:ing|out)?|press\w*|tight\w*|heav\w*|squeez\w*|crush\w*)\b|[爬楼走跑压闷紧勒]|活动|用力|使劲|干活|运动"
)
"""Effort and pressure belong to the heart, whatever it burns like."""

_HEART = (
    "arm_pain", "breathless_on_effort", "chest_pain_at_rest", "chest_pain_breathing", "chest_pain_exertion",
    "chest_pain_long", "chest_pain_radiating", "chest_pressure", "chest_tightness", "clot_history", "cold_sweat",
    "coronary_history", "dizziness", "drug_use", "fainted", "heart_disease_history", "jaw_pain",
    "much_worse_than_usual", "near_faint", "palpitations", "shortness_of_breath", "sudden_onset", "sweating",
    "tearing_pain", "vomiting",
)  # fmt: skip

_REACTION = (
    "abdominal_pain", "allergy", "anaphylaxis_now", "blistering_peeling_rash", "blisters", "chest_tightness",
    "choking_now", "collapse", "diarrhoea", "dizziness", "face_redness", "face_swelling", "fainted", "grey_clammy",
    "hives", "hoarse_voice", "itchy_eyes", "itching", "limb_swelling", "muffled_voice", "near_faint", "palpitations",
    "rash",
    "runny_nose", "shortness_of_breath", "sneezing", "stridor", "swelling", "tongue_throat_swelling",
    "trouble_swallowing", "vomiting", "watery_eyes", "wheeze", "whole_skin_red",
)  # fmt: skip
"""Medicines are what somebody reacts to only beside these."""

_BLEEDS_EASILY = (
    "anticoagulant", "antiplatelet", "bleeding_disorder", "bleeding_gums", "bleeding_wont_stop", "fatigue",
    "non_blanching_rash", "nosebleed", "weight_loss",
)  # fmt: skip

_OTHER_LUMPS = (
    "abdominal_lump", "abscess", "anal_lump", "bee_sting", "breast_lump", "constipation", "corn_callus", "eyelid_lump",
    "friction_blister", "groin_lump", "head_injury", "joint_lump", "neck_lump", "swelling_skin_bite", "swollen_glands",
    "vulval_lump", "wart",
)  # fmt: skip
"""Lumps with a place or a cause of their own."""

_LESSER = (
    *(
        _Lesser(lump, "skin_lump", frozenset(), bare=re.compile(r"(?:a |wee |little )?(?:lumps?|bumps?)"))
        for lump in _OTHER_LUMPS
    ),
    _Lesser("painkillers_use", "allergen_exposure", frozenset(_REACTION), same_words=True),
    _Lesser("new_medicine", "allergen_exposure", frozenset(_REACTION), same_words=True),
    _Lesser(
        "period_pain",
        "severe_pain",
        frozenset(
            (
                "fainted", "fever", "heavy_bleeding", "heavy_period", "much_worse_than_usual", "near_faint",
                "missed_period", "possible_pregnancy", "pregnant", "sudden_onset", "vomiting",
            )
        ),
        told_by=frozenset(("getting_better",)),
        same_words=True,
    ),
    _Lesser(
        "ingrown_hair",
        "swollen_glands",
        frozenset(("fever", "night_sweats", "sore_throat", "weight_loss", "neck_lump", "trouble_swallowing")),
        same_words=True,
    ),
    _Lesser("bruise", "easy_bruising", frozenset(_BLEEDS_EASILY), bare=re.compile(r"bruis(?:e|ed|es|ing)")),
    _Lesser("injury", "easy_bruising", frozenset(_BLEEDS_EASILY), bare=re.compile(r"bruis(?:e|ed|es|ing)")),
    _Lesser(
        "small_burn",
        "burn",
        frozenset(
            (
                "blisters", "burn_blisters", "burn_deep_circumferential", "burn_face_airway", "burn_large",
                "burn_special_area", "burn_very_large", "chemical_burn", "electric_injury", "finger_blisters",
                "severe_pain", "smoke_inhalation",
            )
        ),
    ),
    _Lesser(
        "heartburn",
        "chest_pain",
        frozenset((*_HEART, "diabetes_history", "nausea", "severe_pain", "shoulder_pain")),
        told_by=frozenset(("acid_regurgitation", "heartburn_after_meal", "overate", "worse_after_eating")),
        same_words=True,
        warning=_EXERTION,
    ),
    _Lesser(
        "shingles_rash",
        "chest_pain",
        frozenset((*_HEART, "cough", "fever")),
        told_by=frozenset(("burning_feeling", "blisters", "rash")),
    ),
    _Lesser(
        "right_upper_abdominal_pain",
        "chest_pain",
        frozenset((*_HEART, "cough", "severe_pain", "shoulder_pain")),
        told_by=frozenset(("fatty_food_pain", "overate", "worse_after_eating")),
        same_words=True,
    ),
)  # fmt: skip


def without_greater(findings: dict[str, Finding], plain: str) -> dict[str, Finding]:
    """`findings` of the folded text `plain` without the dangers that were only another reading of a trifle.

    What is in doubt speaks for the danger as well.
    """
    there = {code for code, finding in findings.items() if finding.status is Status.PRESENT}
    doubted = {code for code, finding in findings.items() if finding.status is Status.UNSURE}
    gone = {lesser.greater for lesser in _LESSER if _is_only(lesser, findings, there, there | doubted, plain)}
    return {code: finding for code, finding in findings.items() if code not in gone} if gone else findings


def _is_only(lesser: _Lesser, findings: dict[str, Finding], there: set[str], told: set[str], plain: str) -> bool:
    if lesser.lesser not in there or lesser.greater not in there or not lesser.unless.isdisjoint(told):
        return False
    if lesser.warning is not None and lesser.warning.search(plain):
        return False
    if lesser.bare is not None and not lesser.bare.fullmatch(findings[lesser.greater].text.lower()):
        return False
    if lesser.told_by and there.isdisjoint(lesser.told_by):
        return False
    return not lesser.same_words or _overlap(findings[lesser.lesser], findings[lesser.greater])


def _overlap(one: Finding, other: Finding) -> bool:
    if one.span is None or other.span is None:
        return False
    return one.span[0] <= other.span[1] + 1 and other.span[0] <= one.span[1] + 1


_DENIES = re.compile("[没无不]")


def without_places_of_nothing(text: str, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """`matches` without what 没啥不舒服 would say of a place named before it: a liver, and nothing that hurts."""
    well = {
        (match.start, match.end)
        for match in matches
        if match.value == "no_symptoms_request" and _DENIES.match(text, match.start)
    }
    if not well:
        return matches
    return tuple(m for m in matches if (m.start, m.end) not in well or m.value == "no_symptoms_request")
