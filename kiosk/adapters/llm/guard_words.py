"""Names that a language model may not bring up by itself: medicines, and the conditions of the knowledge base."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.domain.errors import AssetError
from kiosk.domain.guard_rails import Guard
from kiosk.domain.guard_words import Vocabulary
from kiosk.domain.knowledge import KnowledgeBase, Symptom, SymptomKind

_MOST_WORDS_OF_A_NAME = 6
_COMPLAINTS = (SymptomKind.SYMPTOM, SymptomKind.SIGN)
_PARTS = re.compile(r"[()（）/,，、;；]| or | and |或|及")


def load_guard(medicines: Path, knowledge: KnowledgeBase) -> Guard:
    """Read the list of medicines (one a line, # is a remark); raises AssetError."""
    try:
        lines = medicines.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise AssetError(medicines.name, "", "", "cannot be read") from error
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not names:
        raise AssetError(medicines.name, "", "", "holds no names")
    forms = {code: _forms(symptom) for code, symptom in knowledge.symptoms.items()}
    # What is never asked (ease 0: an illness by its name, the wish for a clinic) lends no words to a question.
    spoken = [symptom for symptom in knowledge.symptoms.values() if symptom.ease > 0]
    asked = [text for symptom in spoken for text in (symptom.question.zh, symptom.question.en)]
    # What reviewed questions ask about by this very word (a burn, the skin) is no diagnosis, nor is a complaint's name.
    everything = "\n".join(asked).casefold()
    complaints = {form.casefold() for one in spoken if one.kind in _COMPLAINTS for form in forms[one.code]}
    illnesses = frozenset(
        name
        for name in _illnesses(knowledge)
        if _is_name(name) and name.casefold() not in everything and name.casefold() not in complaints
    )
    return Guard(Vocabulary.of(asked), frozenset(names), illnesses, knowledge.implied, forms)


def _illnesses(knowledge: KnowledgeBase) -> Iterator[str]:
    """Conditions by their names, and what patients call them."""
    for condition in knowledge.conditions.values():
        for whole in (condition.name.zh, condition.name.en):
            yield from (part.strip() for part in (whole, *_PARTS.split(whole)))
    for symptom in knowledge.symptoms.values():
        if symptom.ease == 0 and symptom.kind is not SymptomKind.CONTEXT:
            yield from _forms(symptom)


def _forms(symptom: Symptom) -> tuple[str, ...]:
    return (symptom.name.zh, symptom.name.en, *(form for said in symptom.forms.values() for form in said))


def _is_name(part: str) -> bool:
    return len(part) > (3 if part.isascii() else 1) and len(part.split()) <= _MOST_WORDS_OF_A_NAME
