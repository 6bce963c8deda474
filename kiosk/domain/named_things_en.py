"""English words of a finding that only name a thing or a place (cough drops, the stroke unit) or what somebody read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

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
    r"\b(?:where|which|who|whose|what|when|how|is|are|does|do|can|may|sell|selling|buy|stock|ran out of|looking for|find|"
    r"collect|way to|get to|way for|hiring|difference)\b"
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
_SENTENCE = re.compile(r"[.;!?]")


def without_named_things(text: str, matches: tuple[Match, ...], symptoms: Mapping[str, Symptom]) -> tuple[Match, ...]:
    """`matches` of the folded English `text` without those that only name a thing; what was only read is in doubt.

    A patient's own remedy or clinic tells of the complaint it is for: "my migraine tablets".
    """
    kept = []
    for match in matches:
        if match.kind is MatchKind.SYMPTOM:
            if _names_a_thing(text, match):
                continue
            if _was_read(text, match) and not match.negated:
                if symptoms[match.value].kind in (SymptomKind.HISTORY, SymptomKind.CONTEXT):
                    continue
                match = replace(match, doubtful=True)
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
