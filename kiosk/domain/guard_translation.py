"""A machine's translation for the desk: refused as soon as it may say something else than the patient did."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

from kiosk.domain.findings import Finding, Status
from kiosk.domain.guard_rails import Guard, Refusal, numbers_in
from kiosk.domain.language import Language

Reads = Callable[[str, Language], Iterable[Finding]]
"""The lexicon: what it finds in a text."""

_LONGEST_TIMES = {Language.ZH: 2, Language.EN: 8}
"""Characters of the translation for each of the original: Chinese is short."""
_LEAST = 40
_ONLY_OF_PATIENTS = (
    Refusal.LINK,
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


def translation_refusals(original: str, untrusted: str, target: Language, guard: Guard, read: Reads) -> list[Refusal]:
    """Every reason not to show a translation into `target`.

    What no model may say by itself, it may translate where the patient said it; numbers are the same, and the lexicon
    reads no finding as being there that it reads otherwise in the original.
    """
    source = Language.EN if target is Language.ZH else Language.ZH
    said, written = (set(guard.refusals(text, one, "")) for text, one in ((original, source), (untrusted, target)))
    found = {
        Refusal.EMPTY: not any(character.isalpha() for character in untrusted),
        Refusal.TOO_LONG: len(untrusted) > max(_LEAST, _LONGEST_TIMES[target] * len(original)),
        Refusal.CONTROL: any(unicodedata.category(character)[0] == "C" for character in untrusted),
        Refusal.LANGUAGE: not _is_in(untrusted, target),
        Refusal.NUMBER: numbers_in(original) - _UNCOUNTED != numbers_in(untrusted) - _UNCOUNTED,
        Refusal.MEANING: _contradicts(tuple(read(original, source)), tuple(read(untrusted, target))),
        **{refusal: refusal in written - said for refusal in _ONLY_OF_PATIENTS},
    }
    return [refusal for refusal, is_so in found.items() if is_so]


def _is_in(text: str, language: Language) -> bool:
    letters = [character for character in text if character.isalpha()]
    han = len(_HAN.findall(text))
    return 2 * han >= len(letters) if language is Language.ZH else han == 0


def _contradicts(original: tuple[Finding, ...], translation: tuple[Finding, ...]) -> bool:
    before = {finding.code: finding.status for finding in original}
    after = {finding.code: finding.status for finding in translation}
    if any(before[code] is not after[code] for code in before.keys() & after.keys()):
        return True
    # The only things that were denied or in doubt may not come back as something that is there.
    lost = {status for code, status in before.items() if code not in after}
    new = {status for code, status in after.items() if code not in before}
    return Status.PRESENT in new and Status.PRESENT not in lost and bool(lost)
