"""A machine's translation for the desk: refused as soon as it may say something else than the patient did."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kiosk.domain.findings import Finding
from kiosk.domain.guard_form import has_odd_characters
from kiosk.domain.guard_meaning import (
    HIGH,
    KEPT,
    KIN,
    LOW,
    SIDES,
    Reads,
    classes_in,
    lengths_in,
    overlap,
    without_parts,
)
from kiosk.domain.guard_rails import Guard, Refusal, numbers_in
from kiosk.domain.language import Language

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
_SPEAKS_OF = re.compile(r"\bthe (?:patient|case)\b|病人|患者|[:：]|\bsystem\b|系统", re.IGNORECASE)
"""What a patient does not say of themselves, and what a label begins with."""
_UNWILLING = re.compile(
    r"\b(?:not|no longer|never|nothing)\b.{0,12}\bwant|n't\b.{0,12}\b(?:want|feel like)|\b(?:won't|refus\w+|unwilling|"
    r"no (?:appetite|desire|wish|will)|tired of|sick of|die|kill\w*|suicid\w*|end (?:it|my|his|her))\b|"
    r"不想(?!到)|不愿|不要(?!紧)|不肯|想死|自杀|轻生",
    re.IGNORECASE,
)
"""What somebody does not want, life above all."""
_JOINS = re.compile(r"[,，.。;；!！?？、]|\b(?:and|but|with|or|so|then|because)\b|[和跟与及或但并]", re.IGNORECASE)
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
        Refusal.FORM: any(one.search(untrusted) and not one.search(original) for one in (_TALKS_TO, _SPEAKS_OF)),
        Refusal.TOO_LONG: len(untrusted) > max(_LEAST, _LONGEST_TIMES[target] * len(original)),
        Refusal.CONTROL: has_odd_characters(untrusted, original),
        Refusal.LANGUAGE: foreign or (target is Language.ZH) != (_HAN.search(untrusted) is not None),
        Refusal.NUMBER: numbers_in(original) - _UNCOUNTED != numbers_in(untrusted) - _UNCOUNTED,
        Refusal.MEANING: not (
            _says_the_same(tuple(read(original, source)), tuple(read(untrusted, target)), guard.implied)
            and _keeps_whose_and_where(original, untrusted)
            and _lasts_as_long(lengths_in(original, source), lengths_in(untrusted, target))
            and _clauses(untrusted) <= _clauses(original)
        ),
        **{refusal: refusal in written - said for refusal in _ONLY_OF_PATIENTS},
        Refusal.LINK: Refusal.LINK in written,
    }
    return [refusal for refusal, is_so in found.items() if is_so]


def _says_the_same(
    original: tuple[Finding, ...], translation: tuple[Finding, ...], implied: Mapping[str, frozenset[str]]
) -> bool:
    before, after = without_parts(original, implied), without_parts(translation, implied)
    if not before or any(after.get(code) is not status for code, status in before.items()):
        return False
    # Words of the other language may speak of one more thing: in the same words, and in the same way.
    shared = [finding.span for finding in translation if finding.code in before and finding.span is not None]
    more = [finding for finding in translation if finding.code in after and finding.code not in before]
    if any(not any(overlap(finding.span, span) for span in shared) for finding in more):
        return False
    return {finding.status for finding in more} <= set(before.values())


def _lasts_as_long(told: frozenset[float], written: frozenset[float]) -> bool:
    return not told or not written or told == written


def _clauses(text: str) -> int:
    """How many things a text says, by its marks and the words that join."""
    return sum(any(letter.isalnum() for letter in one) for one in _JOINS.split(text))


def _keeps_whose_and_where(original: str, untrusted: str) -> bool:
    """The same sides and people, and nothing played down."""
    before, after = classes_in(original, KEPT), classes_in(untrusted, KEPT)
    if any((side in before) != (side in after) for side in SIDES) or classes_in(original, KIN) != classes_in(
        untrusted, KIN
    ):
        return False
    if (_UNWILLING.search(original) is None) != (_UNWILLING.search(untrusted) is None):
        return False
    return LOW in before or (LOW not in after and (HIGH not in before or HIGH in after))
