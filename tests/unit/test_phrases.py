"""Turns of phrase, names that only end another, and courses: words that do not mean what their pieces mean."""

from __future__ import annotations

import pytest

from tests.unit.shipped_clinic import signs


@pytest.mark.parametrize(
    ("text", "there", "not_there"),
    [
        ("手指头疼", "hand_wrist_pain", "headache"),
        ("榔头砸了手", "injury", "head_injury"),
        ("右脚脖子肿了", "limb_swelling", "neck_swelling"),
        ("stabbing pain in my chest", "chest_pain", "stab_wound_trunk"),
        ("burning in my throat and mouth", "heartburn", "burn_face_airway"),
        ("I feel like I've been hit by a bus", "body_aches", "traffic_accident"),
        ("my leg fell asleep and my knee hurts", "knee_pain", "fall"),
        ("a painful, swollen right wrist after a fall", "hand_wrist_pain", "swelling_whole_body"),
        ("presents with a 3-day history of fever and cough", "fever", "rash"),
    ],
)
def test_what_the_pieces_do_not_say(text: str, there: str, not_there: str) -> None:
    assert f"+{there}" in signs(text)
    assert f"+{not_there}" not in signs(text)


def test_a_denied_list_with_what_is_no_finding() -> None:
    told = signs("low back pain without radiation, numbness or incontinence")
    assert told >= {"+back_pain", "-limb_numbness", "-incontinence"}
