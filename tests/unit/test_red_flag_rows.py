"""Every row of the red-flag table through the shipped content: what must be an emergency, and what must not.

An example is a row, a patient and findings: `code`, with `@hours`, `!severity` (0-10) or `=value` behind it.
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import paths
from kiosk.adapters.knowledge import load_knowledge
from kiosk.domain.findings import Finding, Findings, Source, Status, Vitals
from kiosk.domain.knowledge import KnowledgeBase, Level
from kiosk.domain.patient import Patient, Sex
from kiosk.domain.prepared import present_leaves
from kiosk.domain.redflags import fired
from kiosk.domain.triage import assess

Example = tuple[int, Patient, str, Level]

MAN = Patient(sex=Sex.MALE, age=30)
MAN_60 = Patient(sex=Sex.MALE, age=60)
OLD = Patient(sex=Sex.MALE, age=78)
WOMAN = Patient(sex=Sex.FEMALE, age=28)
MOTHER = Patient(sex=Sex.FEMALE, age=28, pregnant=True)
CHILD = Patient(sex=Sex.MALE, age=6)
TODDLER = Patient(sex=Sex.FEMALE, age=2)
INFANT = Patient(sex=Sex.MALE, age=0, age_days=150)
BABY = Patient(sex=Sex.MALE, age=0, age_days=60)
NEWBORN = Patient(sex=Sex.FEMALE, age=0, age_days=10)
ONE, TWO, THREE = Level.I, Level.II, Level.III

DANGERS: tuple[Example, ...] = (
    (0, MAN, "unconscious", ONE),
    (0, MAN, "grey_clammy near_faint", ONE),
    (0, MAN, "severe_pain abdominal_pain", TWO),
    (0, WOMAN, "headache!9", TWO),
    (0, OLD, "abdominal_pain!6", TWO),
    (0, OLD, "sudden_general_weakness", TWO),
    (0, MAN, "recent_surgery shortness_of_breath@10", TWO),
    (0, MAN, "anticoagulant drowsy", TWO),
    (0, WOMAN, "immune_suppressed fever rigors", TWO),
    (0, MAN, "copd_history wheeze much_worse_than_usual", TWO),
    (0, MAN, "severe_pain toothache", THREE),
    (0, OLD, "dizziness", THREE),
    (0, BABY, "cough", THREE),
    (0, MOTHER, "headache", THREE),
    (0, MAN, "anticoagulant headache", THREE),
    (1, MAN, "chest_pressure", TWO),
    (1, MAN, "chest_pain cold_sweat", TWO),
    (1, MAN_60, "chest_pain", TWO),
    (1, Patient(age=40), "chest_pain@5", TWO),
    (1, MAN, "chest_pain grey_clammy", ONE),
    (1, MAN, "chest_pain_radiating", TWO),
    (1, MAN, "tearing_pain back_pain", TWO),
    (1, MAN_60, "upper_abdominal_pain@6", TWO),
    (1, MAN, "chest_pain leg_swelling_one", TWO),
    (1, MAN_60, "coronary_history chest_tightness@6", TWO),
    (2, MAN, "cannot_speak", ONE),
    (2, MAN, "stridor", ONE),
    (2, MAN, "cannot_speak_sentence", TWO),
    (2, MAN, "shortness_of_breath sudden_onset", TWO),
    (2, MOTHER, "shortness_of_breath", TWO),
    (2, MAN_60, "orthopnoea frothy_sputum", TWO),
    (2, WOMAN, "drooling trouble_swallowing", ONE),
    (2, WOMAN, "wheeze", THREE),
    (3, MAN, "thunderclap_headache", TWO),
    (3, MAN, "headache confusion", TWO),
    (3, MAN, "headache fever neck_stiffness", TWO),
    (3, MAN, "headache sudden_onset vomiting", TWO),
    (3, MAN_60, "headache jaw_claudication", TWO),
    (3, WOMAN, "headache postpartum", TWO),
    (3, MAN_60, "headache_new", THREE),
    (3, MAN, "headache hiv", THREE),
    (4, MAN, "rigid_abdomen", TWO),
    (4, WOMAN, "abdominal_pain missed_period", TWO),
    (4, WOMAN, "abdominal_pain possible_pregnancy fainted", ONE),
    (4, MAN, "abdominal_pain_sudden_severe", TWO),
    (4, MAN, "right_lower_abdominal_pain fever vomiting", TWO),
    (4, MAN, "abdominal_pain black_stool", TWO),
    (4, MAN_60, "abdominal_pain pulsatile_lump", TWO),
    (4, OLD, "abdominal_pain", THREE),
    (5, MAN, "saddle_numbness", TWO),
    (5, MAN, "back_pain bladder_bowel_change", TWO),
    (5, MAN, "sciatica_both_legs limb_numbness", TWO),
    (5, MAN, "back_pain cancer_history limb_weakness", TWO),
    (5, MAN_60, "back_pain sudden_onset abdominal_pain", TWO),
    (5, MAN, "back_pain fever iv_drug_use", TWO),
    (5, MAN, "back_pain cancer_history", THREE),
    (6, MAN, "fever confusion", TWO),
    (6, MAN, "fever chemotherapy", TWO),
    (6, MAN, "fever non_blanching_rash", ONE),
    (6, MAN, "fever malaria_travel", TWO),
    (6, MAN, "fever@130", THREE),
    (6, MOTHER, "fever", THREE),
    (7, CHILD, "fever non_blanching_rash", TWO),
    (7, TODDLER, "fever drowsy", TWO),
    (7, TODDLER, "fever grunting", TWO),
    (7, CHILD, "fever unconscious", ONE),
    (7, INFANT, "fever less_active_child", TWO),
    (7, CHILD, "fever@121", THREE),
    (7, CHILD, "fever red_eye red_lips_tongue", THREE),
    (8, BABY, "fever", TWO),
    (8, BABY, "baby_cold", TWO),
    (8, BABY, "poor_feeding", TWO),
    (8, NEWBORN, "fever=38.2", ONE),
    (9, NEWBORN, "cyanosis", ONE),
    (9, NEWBORN, "seizure", ONE),
    (9, NEWBORN, "jaundice_to_legs", TWO),
    (9, NEWBORN, "bilious_vomit", TWO),
    (9, NEWBORN, "umbilical_redness", TWO),
    (9, NEWBORN, "rash", THREE),
    (10, MAN, "fainted_on_exertion", TWO),
    (10, MAN, "fainted palpitations", TWO),
    (10, MAN_60, "fainted", TWO),
    (10, MOTHER, "fainted", TWO),
    (10, MAN, "fainted", THREE),
    (11, MAN, "palpitations fainted", TWO),
    (11, MAN, "palpitations arrhythmia_history", TWO),
    (11, MAN_60, "palpitations chest_pain", TWO),
    (11, OLD, "palpitations", THREE),
    (12, MAN, "dizziness double_vision", TWO),
    (12, MAN_60, "dizziness cannot_stand_walk", TWO),
    (12, MAN, "dizziness black_stool", TWO),
    (12, OLD, "vertigo", THREE),
    (13, MAN, "face_droop", TWO),
    (13, MAN, "stroke_signs_resolved", TWO),
    (13, MAN, "ascending_weakness shortness_of_breath", TWO),
    (13, MAN, "weak_worse_with_use trouble_swallowing", TWO),
    (13, MAN, "limb_weakness_worsening", THREE),
    (14, MAN, "seizing_now", ONE),
    (14, MOTHER, "seizure", ONE),
    (14, MAN, "seizure_first", TWO),
    (14, MAN, "seizure alcohol_withdrawal", TWO),
    (14, MAN, "seizure epilepsy_history", THREE),
    (15, MAN, "spurting_bleeding", ONE),
    (15, MAN, "stab_wound_trunk", ONE),
    (15, MAN, "bleeding_wont_stop anticoagulant", TWO),
    (15, MAN, "injury bleeding_disorder", TWO),
    (15, MAN, "open_fracture", TWO),
    (15, MAN, "bleeding_wont_stop", THREE),
    (16, MAN, "vomiting_blood fainted", ONE),
    (16, MAN, "black_stool", TWO),
    (16, MAN, "coffee_ground_vomit", TWO),
    (16, MAN, "bloody_stool dizziness", TWO),
    (17, MAN, "haemoptysis_large", ONE),
    (17, MAN, "haemoptysis shortness_of_breath", TWO),
    (17, MAN, "haemoptysis tb_contact", THREE),
    (18, MAN, "nosebleed_long", TWO),
    (18, MAN, "nosebleed anticoagulant", TWO),
    (19, WOMAN, "vaginal_bleeding_torrential", ONE),
    (19, MOTHER, "heavy_vaginal_bleeding", ONE),
    (19, MOTHER, "vaginal_bleeding abdominal_pain", TWO),
    (19, WOMAN, "heavy_vaginal_bleeding", TWO),
    (19, WOMAN, "postpartum vaginal_bleeding fever", TWO),
    (19, MOTHER, "vaginal_bleeding", THREE),
    (19, WOMAN, "postpartum bleeding", THREE),
    (20, MOTHER, "contractions_close", ONE),
    (20, MOTHER, "waters_broken", TWO),
    (20, MOTHER, "fewer_fetal_movements", TWO),
    (20, MOTHER, "high_blood_pressure_reading visual_disturbance", TWO),
    (20, MOTHER, "calf_pain", TWO),
    (20, MOTHER, "itching_palms_pregnancy jaundice", TWO),
    (20, WOMAN, "postpartum suicidal_thoughts", TWO),
    (20, MOTHER, "fall", TWO),
    (20, MOTHER, "injury", THREE),
    (21, MAN, "testicular_pain_sudden", TWO),
    (21, Patient(sex=Sex.MALE, age=14), "testicular_pain", TWO),
    (21, MAN, "priapism", TWO),
    (21, MAN, "perineal_black_skin", ONE),
    (21, MAN, "testicular_pain@96", THREE),
    (22, MAN, "eye_chemical", ONE),
    (22, MAN, "vision_loss_sudden", TWO),
    (22, MAN_60, "red_eye halos vomiting", TWO),
    (22, MAN, "curtain_vision", TWO),
    (22, MAN, "contact_lens eye_pain!7", TWO),
    (23, MAN, "red_eye eye_pain vision_change@24", TWO),
    (23, CHILD, "eye_swelling fever", TWO),
    (23, NEWBORN, "eye_discharge", TWO),
    (23, MAN, "red_eye photophobia", THREE),
    (24, CHILD, "mastoid_swelling", TWO),
    (24, MAN, "ear_pain face_droop", TWO),
    (24, CHILD, "button_battery", ONE),
    (24, MAN, "hearing_loss_sudden", THREE),
    (25, CHILD, "sore_throat stridor", ONE),
    (25, CHILD, "drooling", TWO),
    (25, MAN, "cannot_swallow_saliva", ONE),
    (25, MAN, "sore_throat trismus", TWO),
    (25, MAN, "neck_swelling fever trouble_swallowing", TWO),
    (26, MAN, "choking_now", ONE),
    (26, CHILD, "foreign_body_dangerous", TWO),
    (26, CHILD, "foreign_body_inhaled wheeze", TWO),
    (26, CHILD, "foreign_body_swallowed", THREE),
    (26, CHILD, "foreign_body_swallowed drooling", TWO),
    (27, MAN, "blistering_peeling_rash new_medicine", TWO),
    (27, MAN, "mucosal_sores new_medicine", TWO),
    (27, MAN, "skin_black_crackling", TWO),
    (27, MAN, "face_swelling shortness_of_breath", ONE),
    (27, MAN, "non_blanching_rash bleeding_gums", TWO),
    (27, MAN, "rash_near_eye", THREE),
    (28, MAN, "hives shortness_of_breath", ONE),
    (28, MAN, "bee_sting fainted", ONE),
    (28, MAN, "tongue_throat_swelling itching", TWO),
    (28, MAN, "anaphylaxis_history hives", TWO),
    (28, MAN, "hives@3", THREE),
    (29, MAN, "head_injury clear_fluid_ear_nose", ONE),
    (29, MAN, "head_injury seizure", ONE),
    (29, MAN, "head_injury amnesia", TWO),
    (29, OLD, "head_injury", TWO),
    (29, MAN, "head_injury anticoagulant", TWO),
    (29, Patient(age=1), "head_injury scalp_boggy_swelling", TWO),
    (29, MAN, "head_injury", THREE),
    (30, MAN, "injury grey_clammy", ONE),
    (30, MAN, "limb_cold_pale fracture_suspected", ONE),
    (30, MAN, "fall_over_3m", TWO),
    (30, MAN, "dislocation", TWO),
    (30, MAN, "injury chest_pain shortness_of_breath", TWO),
    (30, MAN, "limb_deformity", THREE),
    (30, MAN, "dark_urine extreme_exercise", TWO),
    (31, MAN, "burn_very_large", ONE),
    (31, CHILD, "burn_large", ONE),
    (31, MAN, "burn hoarse_voice", ONE),
    (31, MAN, "burn_special_area burn_blisters", TWO),
    (31, TODDLER, "burn", TWO),
    (31, MAN, "burn", THREE),
    (32, MAN, "overdose", TWO),
    (32, MAN, "carbon_monoxide", TWO),
    (32, MAN, "poisoning drowsy", ONE),
    (32, MAN, "food_poisoning_suspected double_vision", TWO),
    (32, MAN, "group_ill_same_place headache", TWO),
    (33, MAN, "self_harm_now", ONE),
    (33, MAN, "suicide_plan", TWO),
    (33, MAN, "command_voices", TWO),
    (33, MAN, "suicidal_thoughts", THREE),
    (34, OLD, "confusion", TWO),
    (34, MAN, "agitation drug_use", TWO),
    (34, MAN, "agitation", THREE),
    (35, MAN, "diarrhoea grey_clammy", ONE),
    (35, MAN, "vomiting no_urine_12h", TWO),
    (35, MAN, "rice_water_stool", TWO),
    (35, CHILD, "bilious_vomit", TWO),
    (35, MAN, "vomiting diabetes_history", TWO),
    (35, MAN, "bloody_stool diarrhoea fever dizziness", TWO),
    (35, MAN, "many_stools", THREE),
    (36, MAN, "abdominal_distension vomiting no_stool_or_gas", TWO),
    (36, OLD, "abdominal_distension abdominal_pain no_stool_or_gas", TWO),
    (36, MAN, "constipation weight_loss", THREE),
    (37, MAN, "jaundice fever", TWO),
    (37, MAN, "jaundice confusion", TWO),
    (37, MAN, "jaundice dark_urine", THREE),
    (38, OLD, "cannot_urinate", TWO),
    (38, MAN, "cannot_urinate lower_abdominal_pain", TWO),
    (38, WOMAN, "flank_pain fever", TWO),
    (38, MAN, "no_urine_at_all", TWO),
    (38, MAN, "urine_clots", THREE),
    (38, MAN, "no_urine_12h swelling_whole_body", TWO),
    (39, MAN, "limb_cold_pale limb_numbness", ONE),
    (39, MAN, "leg_swelling_one shortness_of_breath", TWO),
    (39, MAN, "skin_redness_spreading rigors fever", TWO),
    (39, MAN, "leg_swelling_one", THREE),
    (40, MAN, "hot_swollen_joint fever", TWO),
    (40, MAN, "hot_swollen_joint joint_prosthesis", TWO),
    (40, CHILD, "limping fever", TWO),
    (40, MAN, "hot_swollen_joint", THREE),
    (41, MAN, "neck_stiffness fever confusion", ONE),
    (41, MAN, "neck_stiffness fever", TWO),
    (41, MAN, "fever headache photophobia", TWO),
    (42, MAN, "diabetes_history unconscious", ONE),
    (42, MAN, "low_blood_sugar diabetes_history cold_sweat", TWO),
    (42, MAN, "high_blood_sugar ketone_breath", TWO),
    (42, MAN, "foot_wound diabetes_history fever", TWO),
    (42, MAN, "foot_wound diabetes_history", THREE),
    (43, MAN, "heat_illness confusion", ONE),
    (43, MAN, "heat_illness vomiting", TWO),
    (43, MAN, "heat_illness", THREE),
    (44, MAN, "drowning", ONE),
    (44, MAN, "cold_exposure", TWO),
    (44, MAN, "electric_injury", TWO),
    (45, MAN, "snake_bite dizziness", ONE),
    (45, MAN, "bite_deep_face_hand", TWO),
    (45, CHILD, "bite_bleeding", TWO),
    (45, MAN, "animal_bite", THREE),
    (46, WOMAN, "sexual_assault", THREE),
    (46, MAN, "needlestick", THREE),
    (46, WOMAN, "unprotected_sex@100", THREE),
    (47, MAN, "sickle_cell chest_pain", TWO),
    (47, MAN, "transplant vomiting", TWO),
    (47, MAN, "steroid_use vomiting fever", TWO),
    (47, MAN, "dialysis headache", THREE),
    (48, CHILD, "floppy", TWO),
    (48, CHILD, "child_not_drinking", TWO),
    (48, CHILD, "abuse_concern", TWO),
    (49, MAN, "floor_mouth_swelling", TWO),
    (49, MAN, "toothache trismus fever", TWO),
    (49, MAN, "jaw_pain sweating", TWO),
    (49, MAN, "bleeding_after_extraction", THREE),
    (50, WOMAN, "breast_red_hot fever", THREE),
    (50, WOMAN, "breast_red_hot postpartum", THREE),
)
"""Row, patient, findings, and the least urgent level allowed."""

MILD: tuple[tuple[int, Patient, str], ...] = (
    (0, MAN, "severe_pain toothache"),
    (0, WOMAN, "severe_pain period_pain"),
    (0, OLD, "wart"),
    (0, OLD, "no_symptoms_request hypertension_history"),
    (0, OLD, "dizziness@2000"),
    (0, MAN, "anticoagulant no_symptoms_request"),
    (0, MOTHER, "antenatal_visit"),
    (1, MAN, "chest_pain chest_wall_pain"),
    (1, Patient(age=40), "chest_wall_pain@2200!3"),
    (1, WOMAN, "chest_tightness nausea"),
    (1, MAN, "chest_pain@2000 palpitations"),
    (1, MAN, "tearing_pain anal_pain"),
    (2, MAN, "wheeze asthma_history"),
    (2, CHILD, "shortness_of_breath sudden_onset fever cough"),
    (2, CHILD, "allergy shortness_of_breath cough"),
    (2, TODDLER, "deep_fast_breathing fever"),
    (3, MAN, "headache!6"),
    (3, MAN, "headache neck_stiffness"),
    (3, MAN, "headache limb_weakness fever"),
    (3, WOMAN, "migraine_history headache photophobia nausea"),
    (4, MAN, "abdominal_pain!5 diarrhoea"),
    (4, WOMAN, "period_pain!8"),
    (4, MAN, "right_lower_abdominal_pain fever"),
    (5, MAN, "back_pain!8 heavy_lifting"),
    (5, MAN, "sciatica"),
    (6, MAN, "fever=39.2 cough body_aches"),
    (6, MAN, "fever headache chills"),
    (7, TODDLER, "fever=39 runny_nose"),
    (7, TODDLER, "fever vomiting less_active_child diarrhoea"),
    (7, TODDLER, "fever drooling hand_foot_mouth"),
    (8, INFANT, "fever=38.3 runny_nose"),
    (8, Patient(age=0, age_days=100), "fever=37.8"),
    (9, NEWBORN, "rash"),
    (9, Patient(age=0, age_days=35), "jaundice_long_baby"),
    (10, MAN, "fainted dizziness"),
    (10, WOMAN, "near_faint"),
    (11, WOMAN, "palpitations anxiety"),
    (11, MAN, "palpitations@3000 shortness_of_breath"),
    (12, MAN, "vertigo vertigo_position vomiting"),
    (12, WOMAN, "dizziness near_faint"),
    (12, MAN, "dizziness@140 cannot_stand_walk"),
    (13, MAN, "hand_numbness"),
    (13, MAN, "limb_weakness fever body_aches"),
    (14, MAN, "muscle_cramp"),
    (14, MAN, "facial_twitch"),
    (15, MAN, "wound"),
    (15, MAN, "bleeding_gums"),
    (16, MAN, "rectal_bleeding_bright anal_itching"),
    (16, MAN, "bloody_stool diarrhoea"),
    (17, MAN, "cough sputum"),
    (17, MAN, "haemoptysis"),
    (18, MAN, "nosebleed"),
    (18, CHILD, "nosebleed"),
    (19, WOMAN, "vaginal_bleeding"),
    (19, WOMAN, "vaginal_bleeding fever cough"),
    (20, MOTHER, "nausea vomiting"),
    (20, MOTHER, "ankle_pain injury"),
    (21, MAN, "testicular_swelling"),
    (21, MAN, "testicular_pain@200!3"),
    (22, MAN, "visual_disturbance"),
    (22, MAN, "vision_change@5000"),
    (23, MAN, "red_eye eye_discharge itchy_eyes"),
    (23, MAN, "red_eye eye_pain photophobia"),
    (24, CHILD, "ear_pain fever"),
    (24, MAN, "ear_discharge"),
    (25, MAN, "sore_throat fever trouble_swallowing"),
    (25, CHILD, "neck_swelling fever"),
    (25, MAN, "sore_throat shortness_of_breath cough"),
    (26, MAN, "fish_bone_throat"),
    (26, CHILD, "foreign_body_swallowed"),
    (27, CHILD, "blistering_peeling_rash fever"),
    (27, CHILD, "mucosal_sores fever hand_foot_mouth"),
    (27, MAN, "rash new_medicine"),
    (28, MAN, "hives"),
    (28, MAN, "allergy hoarse_voice runny_nose"),
    (28, MAN, "tongue_throat_swelling sore_throat"),
    (29, CHILD, "head_injury"),
    (29, MAN, "head_injury headache!3"),
    (30, MAN, "hot_swollen_joint knee_pain injury"),
    (30, MAN, "ankle_pain injury cannot_bear_weight"),
    (30, MAN, "dark_urine fatigue"),
    (31, MAN, "burn_blisters"),
    (31, MAN, "burn_special_area"),
    (32, MAN, "food_poisoning_suspected vomiting diarrhoea"),
    (32, MAN, "group_ill_same_place cough"),
    (33, MAN, "low_mood insomnia"),
    (33, MAN, "suicidal_thoughts"),
    (34, MAN, "anxiety irritability"),
    (34, MAN, "hearing_voices"),
    (35, MAN, "repeated_vomiting diarrhoea"),
    (35, MAN, "bilious_vomit"),
    (35, CHILD, "bloody_stool diarrhoea fever"),
    (36, MAN, "constipation abdominal_distension"),
    (36, MAN, "no_stool_or_gas abdominal_pain"),
    (37, MAN, "jaundice pale_stool"),
    (37, Patient(age=0, age_days=40), "jaundice"),
    (38, WOMAN, "painful_urination fever"),
    (38, MAN, "cannot_urinate"),
    (38, MAN, "flank_pain!5 blood_in_urine"),
    (39, MAN, "calf_pain"),
    (39, MAN, "skin_redness_spreading fever"),
    (40, MAN, "hot_swollen_joint injury"),
    (40, MAN, "big_toe_pain!7 gout_history"),
    (41, MAN, "neck_stiffness"),
    (41, MAN, "neck_stiffness neck_pain headache"),
    (42, WOMAN, "low_blood_sugar dizziness"),
    (42, MAN, "high_blood_sugar diabetes_history thirst"),
    (43, MAN, "heat_illness dizziness"),
    (43, MAN, "heat_intolerance"),
    (44, MAN, "feels_cold"),
    (44, MAN, "chills"),
    (45, MAN, "animal_bite"),
    (45, MAN, "swelling_skin_bite"),
    (46, MAN, "unprotected_sex@300"),
    (46, WOMAN, "contraception_request"),
    (47, MAN, "dialysis no_symptoms_request"),
    (47, MAN, "steroid_use rash"),
    (48, CHILD, "less_active_child"),
    (48, CHILD, "bed_wetting"),
    (49, MAN, "toothache!9"),
    (49, MAN, "toothache face_swelling"),
    (49, MAN, "toothache neck_swelling"),
    (49, MAN, "gum_swelling trismus"),
    (50, WOMAN, "breast_lump"),
    (50, WOMAN, "breast_red_hot breastfeeding"),
)
"""Row, patient and findings of what is like the row's emergency and is none."""

_ONE = re.compile(r"(?P<code>\w+)(?:@(?P<hours>\d+)|!(?P<severity>\d+)|=(?P<value>[\d.]+))*")


@cache
def content() -> KnowledgeBase:
    return load_knowledge(paths.assets() / "knowledge")


def found(text: str) -> Findings:
    return Findings().merged(_finding(part) for part in text.split())


def _finding(part: str) -> Finding:
    match = _ONE.fullmatch(part)
    assert match is not None, part
    assert match["code"] in content().symptoms, part
    hours, severity, value = match["hours"], match["severity"], match["value"]
    return Finding(
        match["code"],
        Status.PRESENT,
        Source.WORDS,
        severity=int(severity) if severity else None,
        duration_hours=float(hours) if hours else None,
        value=float(value) if value else None,
    )


def level_of(patient: Patient, findings: Findings) -> Level:
    return assess(content(), patient, findings, (), max_questions=0).level


@pytest.mark.parametrize(("row", "patient", "text", "least"), DANGERS)
def test_a_danger_is_at_least_as_urgent_as_its_row(row: int, patient: Patient, text: str, least: Level) -> None:
    rules = fired(content(), patient, found(text), Vitals())
    assert min((rule.level for rule in rules), default=Level.IV) <= least, row
    assert level_of(patient, found(text)) <= least


@pytest.mark.parametrize(("row", "patient", "text"), MILD)
def test_what_only_looks_like_it_is_no_emergency(row: int, patient: Patient, text: str) -> None:
    alarms = [rule.rule for rule in fired(content(), patient, found(text), Vitals()) if rule.level <= Level.II]
    assert not alarms, row
    assert level_of(patient, found(text)) > Level.II


def test_every_row_has_two_dangers_and_a_look_alike() -> None:
    for row in range(51):
        assert sum(example[0] == row for example in DANGERS) >= 2, row
        assert any(example[0] == row for example in MILD), row


@pytest.mark.parametrize(("row", "patient", "text", "least"), DANGERS)
def test_a_doubtful_danger_calls_staff(row: int, patient: Patient, text: str, least: Level) -> None:
    """Whatever finding the level hangs on: not sure about it brings a nurse."""
    whole = level_of(patient, found(text))
    for part in text.split():
        rest = found(" ".join(other for other in text.split() if other != part))
        if part in _named() and level_of(patient, rest) > whole:
            doubtful = rest.merged([Finding(part, Status.UNSURE, Source.ANSWER)])
            result = assess(content(), patient, doubtful, (part,), max_questions=0)
            assert result.staff_check, (row, part, least)


@cache
def _named() -> frozenset[str]:
    """Findings that a rule names itself, so that a doubt about them is a doubt about the rule."""
    return frozenset(leaf.code for flag in content().red_flags for leaf in present_leaves(flag.when))


@given(st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_one_more_present_finding_never_makes_it_less_urgent(data: st.DataObject) -> None:
    codes = sorted(content().symptoms)
    patient = data.draw(PATIENTS)
    statuses = data.draw(st.dictionaries(st.sampled_from(codes), st.sampled_from(Status), max_size=7))
    extra = data.draw(st.sampled_from([code for code in codes if code not in statuses]))
    before = Findings().merged(Finding(code, status, Source.ANSWER) for code, status in statuses.items())
    after = before.merged([Finding(extra, Status.PRESENT, Source.ANSWER)])
    assert _urgency(patient, after) <= _urgency(patient, before)


@given(st.data())
@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_not_known_to_be_there_fires_nothing(data: st.DataObject) -> None:
    patient = data.draw(PATIENTS)
    statuses = data.draw(
        st.dictionaries(
            st.sampled_from(sorted(content().symptoms)),
            st.sampled_from([Status.UNSURE, Status.ABSENT]),
            max_size=25,
        )
    )
    doubtful = Findings().merged(Finding(code, status, Source.ANSWER) for code, status in statuses.items())
    nothing = {rule.rule for rule in fired(content(), patient, Findings(), Vitals())}
    assert {rule.rule for rule in fired(content(), patient, doubtful, Vitals())} == nothing


PATIENTS = st.builds(
    Patient,
    sex=st.sampled_from([None, *Sex]),
    age=st.sampled_from([None, 1, 3, 10, 16, 30, 50, 62, 80]),
    pregnant=st.sampled_from([None, False, True]),
) | st.sampled_from([NEWBORN, BABY, INFANT])


def _urgency(patient: Patient, findings: Findings) -> Level:
    rules = fired(content(), patient, findings, Vitals())
    return min((rule.level for rule in rules), default=Level.IV)
