"""English words of a finding that only name a thing or a place (cough drops, the stroke unit), or what somebody read,
or that mean a finding only in company: "it aches" hurts somewhere, and who cuts the lawn has no wound.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.domain.knowledge import Symptom, SymptomKind
from kiosk.domain.matching import Match, MatchKind

_PLACE = (
    r"unit|wards?|wing|class|group|talk|lecture|workshop|poster|nurses?|desk|counter|lab|panel|gene|charity|table|"
    r"support group|day ward|and cold desk|package|meeting"
)
_REMEDY = (
    r"drops|syrup|sweets|mixture|pills?|tablets?|medicine|cream|gel|ointment|spray|powder|patch(?:es)?|lozenges|"
    r"remed(?:y|ies)|combs?|shampoo|plasters?|freezer|capsules|sachets"
)
_IS_PLACE = re.compile(
    rf"(?:'s)?[ -](?:\w+ )?(?:{_PLACE})\b(?! (?:sent|referred|told me|said|rang|called|thinks|made))"
)
_IS_REMEDY = re.compile(rf"[ -](?:{_REMEDY})\b")
_WHERE = re.compile(
    r"\b(?:where|which|who|whose|what|when|how|is|are|does|do|can|may|sell|selling|buy|stock|ran out of|looking for|"
    r"find|collect|way to|get to|way for|hiring|difference)\b"
)
"""Words of somebody who looks for a place or a thing."""
_OWN = re.compile(
    r"\b(?:my|his|her|our|i'm on|takes?|taking|took|using|used|tried|referred|sent|from)\b[^.,;!?]{0,24}$"
)
"""Before a remedy or a place: it is the patient's."""
_READ = re.compile(
    r"\b(?:google|the internet|dr google|the web|leaflet|poster|(?:baby )?book|advert|telly|tv|article|website|app)\s"
    r"(?:\w+\s){0,3}?(?:says?|said|warns?|warned|lists?|mentions?|tells?|told)\b"
)
_READ_ABOUT = re.compile(r"\b(?:i(?:'ve)? (?:just )?read (?:about|that|up on)|read about)\b")
_OWN_AGAIN = re.compile(r"[.,;!?]|\b(?:but|mine|my|i'm|i am|i've|i have|i get|so i)\b")
_REACH = 60


@dataclass(frozen=True, slots=True)
class _Company:
    """The bare `words` of a finding mean it with one of `codes`, or where `before` or `near` stands beside them."""

    words: re.Pattern[str]
    codes: frozenset[str] = frozenset()
    before: re.Pattern[str] | None = None
    near: re.Pattern[str] | None = None


_COMPANY: Mapping[str, _Company] = {
    "body_aches": _Company(
        re.compile(r"aches?|aching"),
        frozenset(
            (
                "blocked_nose",
                "breast_pain",
                "chills",
                "cold_symptoms",
                "cough",
                "diarrhoea",
                "fatigue",
                "fever",
                "fever_over_39",
                "headache",
                "named_influenza",
                "night_sweats",
                "recent_vaccination",
                "rigors",
                "runny_nose",
                "sneezing",
                "sore_throat",
                "sweating",
                "vaccine_site_sore",
                "vomiting",
            )
        ),
        near=re.compile(
            r"\b(?:all over|everywhere|every bit|whole body|body|bodies|all of me|"
            r"head to toe|full of|hot|shiver\w*|temperature)\b"
        ),
    ),
    "wound": _Company(
        re.compile(r"cut|cuts|cutting"),
        frozenset(
            (
                "animal_bite",
                "bleeding",
                "bleeding_wont_stop",
                "deep_wound",
                "fall",
                "foot_wound",
                "heavy_bleeding",
                "injury",
                "skin_redness_spreading",
                "small_cut",
                "spurting_bleeding",
                "stab_wound_trunk",
                "vaccine_request",
            )
        ),
        before=re.compile(
            r"\b(?:an?|the|my|his|her|this|that|these|those|bad|nasty|deep|small|little|tiny|big|paper)\s+$"
        ),
        near=re.compile(
            r"\b(?:fingers?|hands?|thumbs?|legs?|arms?|knees?|foot|feet|toes?|heads?|lips?|chin|palms?|shins?|"
            r"knuckles?|wrists?|ankles?|eyebrows?|face|ears?|nose|skin|glass|knife|knives|blades?|saw|tin|deep|open|"
            r"stitch(?:es|ed)?|myself|himself|herself|me|bled|bleed\w*|blood|gash)\b"
        ),
    ),
    "cancer_history": _Company(
        re.compile(r"cancer"),
        frozenset(("chemotherapy_now", "immune_suppressed", "recent_surgery")),
        before=re.compile(r"\b(?:no|not|any|never|without)\s+$"),
        near=re.compile(
            r"\b(?:have|had|has|having|with|my|his|her|got|diagnosed|treated|treatment|for|beat|survivor|survived|"
            r"of the|patient|known|history|chemo\w*|radio\w*|bowel|breast|lung|prostate|skin|stage|secondary|mum|"
            r"dad|mother|father|sister|brother|gran\w*|nan|aunt\w*|uncle|cousin|family|whose)\b"
        ),
    ),
}
"""By finding, what its barest words need."""
_SENTENCE = re.compile(r"[.;!?]")


def without_named_things(text: str, matches: tuple[Match, ...], symptoms: Mapping[str, Symptom]) -> tuple[Match, ...]:
    """`matches` of the folded English `text` without those that only name a thing; what was only read is in doubt.

    A patient's own remedy or clinic tells of the complaint it is for: "my migraine tablets".
    """
    kept = []
    codes = frozenset(match.value for match in matches if match.kind is MatchKind.SYMPTOM)
    for match in matches:
        if match.kind is MatchKind.SYMPTOM:
            if _names_a_thing(text, match) or _is_lonely(text, match, codes):
                continue
            if _was_read(text, match) and not match.negated:
                if symptoms[match.value].kind in (SymptomKind.HISTORY, SymptomKind.CONTEXT):
                    continue
                kept.append(replace(match, doubtful=True))
                continue
        kept.append(match)
    return tuple(kept)


def _names_a_thing(text: str, match: Match) -> bool:
    place, remedy = _IS_PLACE.match(text, match.end), _IS_REMEDY.match(text, match.end)
    if place is None and remedy is None:
        return False
    begins = max((end.end() for end in _SENTENCE.finditer(text, 0, match.start)), default=0)
    before = text[max(begins, match.start - _REACH) : match.start]
    return _OWN.search(before) is None and _WHERE.search(before) is not None


def _was_read(text: str, match: Match) -> bool:
    before = text[max(0, match.start - _REACH) : match.start]
    told = max((found.end() for said in (_READ, _READ_ABOUT) for found in said.finditer(before)), default=None)
    return told is not None and _OWN_AGAIN.search(before, told) is None


def _is_lonely(text: str, match: Match, codes: frozenset[str]) -> bool:
    needs = _COMPANY.get(match.value)
    if needs is None or match.negated or not needs.words.fullmatch(text, match.start, match.end):
        return False
    if not codes.isdisjoint(needs.codes):
        return False
    if needs.before is not None and needs.before.search(text, max(0, match.start - _REACH), match.start):
        return False
    begins = max((end.end() for end in _SENTENCE.finditer(text, 0, match.start)), default=0)
    end = _SENTENCE.search(text, match.end)
    around = (
        f"{text[max(begins, match.start - _REACH) : match.start]} | {text[match.end : end.start() if end else None]}"
    )
    return needs.near is None or needs.near.search(around) is None
