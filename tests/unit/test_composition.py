"""Findings said in pieces: body sites with senses, and combinations of words."""

from __future__ import annotations

import pytest

from tests.unit.shipped_clinic import signs


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("右边小肚子撕着疼", "+right_lower_abdominal_pain"),
        ("小肚子突然拧着疼", "+lower_abdominal_pain"),
        ("膝盖和脚踝都疼", "+knee_pain"),
        ("膝盖和脚踝都疼", "+ankle_pain"),
        ("我这右眼，从早上起就又红又疼", "+eye_pain"),
        ("疼的是膝盖", "+knee_pain"),
        ("头发一把一把地掉", "+hair_loss"),
        ("月经三四个月不来", "+missed_period"),
        ("右手动不了", "+limb_weakness"),
        ("there is a dull ache around my left knee", "+knee_pain"),
        ("my left shoulder has been killing me", "+shoulder_pain"),
        ("numbness and tingling in both hands", "+hand_numbness"),
        ("my ankle is really puffy, it throbs", "+ankle_pain"),
        ("the room keeps spinning", "+vertigo"),
        ("burns when I pee", "+painful_urination"),
    ],
)
def test_a_site_and_a_sense_make_a_finding(text: str, finding: str) -> None:
    assert finding in signs(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("膝盖不疼但是肿了", "-knee_pain"),
        ("头发没掉", "-hair_loss"),
        ("no pain in my knee", "-knee_pain"),
        ("my knee doesn't hurt", "-knee_pain"),
        ("膝盖好像有点疼", "?knee_pain"),
    ],
)
def test_denied_and_doubted(text: str, finding: str) -> None:
    assert finding in signs(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("膝盖以前受过伤，肚子疼", "+knee_pain"),
        ("头不疼。肚子疼", "+headache"),
        ("my knee is fine, my head hurts", "+knee_pain"),
        ("I hurt nobody. My knee is fine.", "+knee_pain"),
        ("左腿没力气", "+fatigue"),
    ],
)
def test_a_sense_belongs_to_its_own_site(text: str, finding: str) -> None:
    assert finding not in signs(text)


def test_a_negation_inside_a_word_denies_nothing() -> None:
    assert "-limb_weakness" not in signs("右手动不了")


def test_what_a_part_lacks_is_found_on_the_whole() -> None:
    assert "+limb_numbness" in signs("小腿发麻")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("身上起了紫红点子，按下去不褪色", "+non_blanching_rash"),
        ("药都准备好了，今晚就吃", "+suicide_plan"),
        ("Spots all over, I pressed a glass on them and they don't fade", "+non_blanching_rash"),
    ],
)
def test_a_danger_may_be_told_across_a_comma(text: str, finding: str) -> None:
    assert finding in signs(text)
    assert finding not in signs(text.replace("，", "。").replace(",", "."))


@pytest.mark.parametrize(
    ("text", "meant", "not_meant"),
    [
        ("my bum itches like mad", "+anal_itching", "+itching"),
        ("my stools are pale and float", "+pale_stool", "+pale_skin"),
        ("一咳嗽就尿裤子", "+incontinence", "+bladder_bowel_change"),
        ("拉完屎肛门撕裂一样疼", "+anal_pain", "+tearing_pain"),
    ],
)
def test_words_of_a_combination_are_not_read_alone_when_it_says_so(text: str, meant: str, not_meant: str) -> None:
    found = signs(text)
    assert meant in found
    assert not_meant not in found


@pytest.mark.parametrize(
    ("text", "misread"),
    [("大脚趾头没疼过", "-headache"), ("嘴里一股烂苹果味", "+mouth_ulcer"), ("像被刀捅了一样疼", "+stab_wound_trunk")],
)
def test_a_piece_of_words_that_hold_together_is_not_read(text: str, misread: str) -> None:
    assert misread not in signs(text)


def test_a_site_may_bring_its_own_preposition() -> None:
    assert "+right_upper_abdominal_pain" in signs("a dull ache under my right ribs")


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("老婆说我打呼噜打着打着就憋气", "+stops_breathing_asleep", "+shortness_of_breath"),
        ("一大笑就腿软", "+cataplexy", "+limb_weakness"),
        ("Electric shocks down one side of my face when I brush my teeth", "+face_pain", "+electric_injury"),
        ("左边胳膊腿都不听使唤了", "+one_sided_weakness", "-one_sided_weakness"),
        ("舌头疼", "+sore_tongue", "+headache"),
        ("I never get headaches but now I've had one every day", "+headache_new", "-headache"),
    ],
)
def test_a_combination_may_stand_instead_of_its_words(text: str, there: str, not_there: str) -> None:
    found = signs(text)
    assert there in found
    assert not_there not in found


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("my stool is brown, no blood", "-bloody_stool"),
        ("大便颜色正常没有发黑，也没血", "-bloody_stool"),
        ("拉的便跟墨汁一样，没吃猪血", "+black_stool"),
        ("没尿频没尿急", "-frequent_urination"),
        ("diarrhoea for two days, no blood or mucus", "-stool_mucus"),
    ],
)
def test_a_short_denial_is_about_what_the_sentence_is_about(text: str, finding: str) -> None:
    assert finding in signs(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("A 35-year-old woman presents with a 3-day history of headache", "+headache"),
        ("He has a two-year history of tremor", "+tremor"),
        ("一翻身天花板就转，几十秒就停了", "+vertigo_position"),
        ("右手拿不住筷子，十来分钟就好了", "+stroke_signs_resolved"),
    ],
)
def test_a_length_is_no_past(text: str, finding: str) -> None:
    assert finding in signs(text)


@pytest.mark.parametrize(
    ("text", "finding", "not_meant"),
    [
        ("眼皮上鼓了个小疙瘩", "+eye_swelling", "+rash"),
        ("嘴角起了一串水泡", "+lip_blisters", "+blisters"),
        ("a small bump on my eyelid", "+eye_swelling", "+skin_lump"),
        ("my throat feels like swallowing razor blades", "+sore_throat", "+foreign_body_dangerous"),
    ],
)
def test_a_combination_may_take_a_word_over(text: str, finding: str, not_meant: str) -> None:
    found = signs(text)
    assert finding in found
    assert not_meant not in found


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("两个眼睛里跟进了沙子似的", "+gritty_eye"),
        ("脚趾缝里又烂又脱皮", "+skin_infection_fungal"),
        ("嗓子右边肿了一大块", "+throat_one_sided_swelling"),
        ("my eyelashes were glued together this morning", "+eyelids_stuck"),
        ("there are rainbow rings round the street lights", "+halos"),
        ("the skin around my fingernail is swollen and full of pus", "+nail_side_swelling"),
    ],
)
def test_eyes_skin_and_throat_in_pieces(text: str, finding: str) -> None:
    assert finding in signs(text)
