"""Names that a language model may not bring up by itself: medicines, and the conditions of the knowledge base."""

from __future__ import annotations

import re
from pathlib import Path

from kiosk.domain.errors import AssetError
from kiosk.domain.guard_rails import Guard
from kiosk.domain.guard_words import Vocabulary
from kiosk.domain.knowledge import KnowledgeBase

_MOST_WORDS_OF_A_NAME = 6
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
    conditions = set()
    for condition in knowledge.conditions.values():
        for whole in (condition.name.zh, condition.name.en):
            conditions |= {part.strip() for part in (whole, *_PARTS.split(whole)) if _is_name(part.strip())}
    asked = [text for symptom in knowledge.symptoms.values() for text in (symptom.question.zh, symptom.question.en)]
    questions = Vocabulary.of(asked)
    # What reviewed questions ask about by this very word (a burn, the skin) is no diagnosis.
    everything = "\n".join(asked).casefold()
    conditions = {name for name in conditions if name.casefold() not in everything}
    return Guard(questions, frozenset(names), frozenset(conditions))


def _is_name(part: str) -> bool:
    return len(part) > (3 if part.isascii() else 1) and len(part.split()) <= _MOST_WORDS_OF_A_NAME
