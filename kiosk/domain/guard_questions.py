"""Questions that no text answers, whatever a model points at: doses, what illness it is, whether it is serious."""

from __future__ import annotations

import re

from kiosk.domain.guard_patterns import DOSE, ILLNESS, MEDICINE_WORD
from kiosk.domain.matching import folded

_I = re.IGNORECASE
_TAKES = re.compile(
    r"\b(?:take|taking|have|give|giving|use|using|swallow|drink|stop|start|mix|skip|crush|need|help\w*|"
    r"how (?:many|much|often)|which|best)\b|[吃服喝打停换抹涂含]|几[片粒颗丸次]|多少|哪种|什么药|开药",
    _I,
)
_MEDICINE = re.compile(MEDICINE_WORD, _I)
_WHAT_TO_TAKE = re.compile(
    r"\bwhat (?:can|should|do|may|could) (?:i|we|he|she|they|my \w+) (?:take|give|use)\b|"
    r"[吃用喝](?:点|些)?(?:什么|啥)药",
    _I,
)
_WHICH_ILLNESS = re.compile(
    rf"\b(?:(?:do|does|did|have|has) (?:i|he|she|they|my \w+) (?!to\b)|is (?:it|this|that)|could (?:it|this) be|"
    rf"am i)\b[^?.]*?\b{ILLNESS}|\bwhat(?:'s| is) (?:wrong|the matter) with\b|"
    r"\bwhat (?:illness|disease|condition)\b|\bwhat (?:have i got|do i have(?! to)\b)|"
    rf"(?:是不是|会不会|是否|得了?|患)[^。？！]{{0,8}}{ILLNESS}|是{ILLNESS}吗|[什啥]么?病|怎么了",
    _I,
)
_HOW_SERIOUS = re.compile(
    r"\b(?:serious|dangerous|life.threatening|fatal|urgent|worr(?:y|ied)|bad sign|am i dying|going to die)\b|"
    r"\bis (?:it|this|that|my [\w ]+) normal\b|要紧|严重|危险|有没有事|没事吧|有事吗|担心|会死|正常吗",
    _I,
)


def is_for_staff(question: str, names_medicine: bool) -> bool:
    """Whether a person must answer. `names_medicine`: it holds the name of a medicine."""
    plain = folded(question)
    if DOSE.search(plain) or _WHAT_TO_TAKE.search(plain):
        return True
    if (names_medicine or _MEDICINE.search(plain)) and _TAKES.search(plain):
        return True
    return _WHICH_ILLNESS.search(plain) is not None or _HOW_SERIOUS.search(plain) is not None
