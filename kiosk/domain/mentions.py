"""How a mention of a finding is recorded, with the clauses and sentences around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.findings import Status
from kiosk.domain.matching import Match


@dataclass(slots=True)
class Mention:
    """One symptom form in the text and how it was meant.

    `other` is true when a cue says that somebody else has it; `blood` when a relative is named before it, true for a
    blood relative: that makes no complaint somebody else's, for a relative may only have brought the patient.
    `crowd` is true when the others are nobody who came along (colleagues, an advertisement).
    `ceased` is true when a denial tells of a change ("no longer", 不烧了), `recent` when what is past was weeks ago,
    `feared` when somebody is afraid to have it, `met` when the patient was near those who have it,
    `mine` when the speaker stands before it in its clause ("I", 我).
    """

    match: Match
    clause: int
    sentence: int
    status: Status
    hedged: bool = False
    past: bool = False
    other: bool = False
    crowd: bool = False
    blood: bool | None = None
    ceased: bool = False
    recent: bool = False
    feared: bool = False
    met: bool = False
    mine: bool = False


@dataclass(slots=True)
class Reading:
    """Mentions by place; `breaks` are (place, clause number that begins there, sentence number)."""

    mentions: list[Mention] = field(default_factory=list)
    breaks: list[tuple[int, int, int]] = field(default_factory=lambda: [(0, 0, 0)])


EVENTS = frozenset(
    (
        "fall", "injury", "head_injury", "fainted", "seizure", "traffic_accident", "fall_from_height",
        "animal_bite", "tick_bite",
        "lost_consciousness_injury", "recent_vaccination", "recent_surgery", "burn", "wound", "eye_injury",
        "needlestick",
        "chest_pain", "stroke_suspected", "face_droop", "speech_trouble", "one_sided_weakness", "vision_loss_sudden",
        "suicide_attempt", "overdose", "haemoptysis", "vomiting_blood", "black_stool",
    )
)  # fmt: skip
"""What matters weeks after it happened: only words for years ago put these into the past."""
