"""Heart, lungs and general state in everyday words, and what only sounds like them."""

from __future__ import annotations

import pytest

from tests.unit.shipped_clinic import signs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("胸口像有块大石板摁着", "+chest_pressure"),
        ("半夜憋醒，得坐起来才能喘", "+orthopnoea"),
        ("刷牙的时候突然一口气就上不来", "+sudden_breathlessness"),
        ("走两步道就呼哧带喘", "+breathless_on_effort"),
        ("爬楼胸口疼，歇一会儿就好了", "+chest_pain_exertion"),
        ("时不时胸闷", "+chest_tightness"),
        ("动不动就心慌", "+palpitations"),
        ("my watch says my pulse is 42", "+slow_heartbeat"),
        ("the cuff at home shows 178 over 104", "+high_blood_pressure_reading"),
        ("A man with a history of hypertension presents with dyspnea", "+shortness_of_breath"),
        ("A previously healthy woman has a cough", "+cough"),
        ("She notes swelling of both ankles", "+leg_swelling_both"),
        ("he passed out during football practice", "+fainted_on_exertion"),
        ("my brother dropped dead at 22", "+family_sudden_death"),
        ("she speaks in full sentences", "-cannot_speak_sentence"),
        ("he is perfectly alert", "-drowsy"),
        ("平躺没问题", "-orthopnoea"),
    ],
)
def test_everyday_words(text: str, expected: str) -> None:
    assert expected in signs(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("骨头疼", "headache"),
        ("小腿肚子胀", "abdominal_distension"),
        ("脚脖子肿了", "neck_swelling"),
        ("夜里头疼", "bone_pain"),
        ("心疼钱", "chest_pain"),
        ("老摔跟头", "head_injury"),
        ("睡着睡着就没气了，打呼噜", "not_breathing"),
        ("worked in 41 degree heat", "fever"),
        ("室外四十度的高温", "fever"),
        ("it stabs when I breathe in", "stab_wound_trunk"),
        ("the cough is not responding to antibiotics", "unconscious"),
        ("stiff in the early morning", "chest_pain_at_rest"),
        ("out of nowhere I couldn't breathe", "not_breathing"),
        ("my nose won't stop running", "nosebleed_long"),
    ],
)
def test_what_only_sounds_like_it(text: str, finding: str) -> None:
    assert f"+{finding}" not in signs(text)
