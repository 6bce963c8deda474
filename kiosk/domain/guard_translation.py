"""A machine's translation for the desk: refused as soon as it may say something else than the patient did."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from kiosk.domain.findings import Finding
from kiosk.domain.guard_rails import Guard, Refusal, numbers_in
from kiosk.domain.language import Language

Reads = Callable[[str, Language], Iterable[Finding]]
"""The lexicon: what it finds in a text."""

_LONGEST_TIMES = {Language.ZH: 2, Language.EN: 8}
"""Characters of the translation for each of the original: Chinese is short."""
_LEAST = 40
_ONLY_OF_PATIENTS = (
    Refusal.MEDICINE,
    Refusal.DOSE,
    Refusal.DIAGNOSIS,
    Refusal.REASSURANCE,
    Refusal.DECISION,
    Refusal.PRETENCE,
    Refusal.PRIVATE,
)
_UNCOUNTED = frozenset((0.0, 1.0))
"""`a`, `one`, 一 and 一点 come and go between languages."""
_HAN = re.compile("[㐀-鿿]")
_TALKS_TO = re.compile(r"\b(?:you|your|yours)\b|[您你]", re.IGNORECASE)


def translation_refusals(original: str, untrusted: str, target: Language, guard: Guard, read: Reads) -> list[Refusal]:
    """Every reason not to show a translation into `target`.

    What no model may say by itself, it may translate where the patient said it; numbers are the same, nobody is talked
    to who was not before, and the lexicon reads the same findings in both. A text in which it reads none cannot be
    compared, and its translation is not shown.
    """
    source = Language.EN if target is Language.ZH else Language.ZH
    said, written = set(guard.refusals(original, source, "")), set(guard.refusals(untrusted, target, ""))
    foreign = Refusal.LANGUAGE in guard.refusals(untrusted, target, original)
    found = {
        Refusal.EMPTY: not any(character.isalpha() for character in untrusted),
        Refusal.FORM: bool(_TALKS_TO.search(untrusted)) and not _TALKS_TO.search(original),
        Refusal.TOO_LONG: len(untrusted) > max(_LEAST, _LONGEST_TIMES[target] * len(original)),
        Refusal.CONTROL: any(unicodedata.category(character)[0] == "C" for character in untrusted),
        Refusal.LANGUAGE: foreign or (target is Language.ZH) != (_HAN.search(untrusted) is not None),
        Refusal.NUMBER: numbers_in(original) - _UNCOUNTED != numbers_in(untrusted) - _UNCOUNTED,
        Refusal.MEANING: not _says_the_same(tuple(read(original, source)), tuple(read(untrusted, target))),
        **{refusal: refusal in written - said for refusal in _ONLY_OF_PATIENTS},
        Refusal.LINK: Refusal.LINK in written,
    }
    return [refusal for refusal, is_so in found.items() if is_so]


def _says_the_same(original: tuple[Finding, ...], translation: tuple[Finding, ...]) -> bool:
    before = {finding.code: finding.status for finding in original}
    after = {finding.code: finding.status for finding in translation}
    if not before or any(after.get(code) is not status for code, status in before.items()):
        return False
    # Words of the other language may speak of one more thing, in the same way.
    return {after[code] for code in after.keys() - before.keys()} <= set(before.values())
