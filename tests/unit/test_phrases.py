"""Turns of phrase, names that only end another, and courses: words that do not mean what their pieces mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.knowledge import load_knowledge
from kiosk.adapters.lexicon import build_matcher
from kiosk.domain.findings import Status
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import language_of
from kiosk.domain.matching import Matcher
from kiosk.domain.understanding import understand


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load_knowledge(Path(__file__).parents[2] / "assets" / "knowledge")


@pytest.fixture(scope="module")
def match(knowledge: KnowledgeBase) -> Matcher:
    return build_matcher(knowledge)


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
def test_what_the_pieces_do_not_say(
    text: str, there: str, not_there: str, knowledge: KnowledgeBase, match: Matcher
) -> None:
    found = {f.code for f in understand(text, language_of(text), knowledge, match) if f.status is Status.PRESENT}
    assert there in found
    assert not_there not in found


def test_a_denied_list_with_what_is_no_finding(knowledge: KnowledgeBase, match: Matcher) -> None:
    text = "low back pain without radiation, numbness or incontinence"
    found = {f.code: f.status for f in understand(text, language_of(text), knowledge, match)}
    assert found["back_pain"] is Status.PRESENT
    assert found["limb_numbness"] is Status.ABSENT
    assert found["incontinence"] is Status.ABSENT
