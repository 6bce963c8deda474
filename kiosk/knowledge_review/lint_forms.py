"""What patients say: forms with two meanings, forms that are also function words, forms with a negation inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from kiosk.adapters.lexicon_en import EnglishText, stemmed
from kiosk.domain.knowledge import Cues, KnowledgeBase, Symptom
from kiosk.domain.language import Language
from kiosk.domain.matching import folded, squeezed
from kiosk.domain.prepared import prepared
from kiosk.knowledge_review.content import Content, Kind
from kiosk.knowledge_review.problems import Problem, Severity

_FEWEST_FORMS = 2


def _few_forms(content: Content) -> Iterator[Problem]:
    for symptom in content.base.symptoms.values():
        for language in Language:
            if len(symptom.forms.get(language, ())) < _FEWEST_FORMS:
                text = f"fewer than {_FEWEST_FORMS} ways to say it"
                yield _problem(content, symptom, Severity.NOTE, "form-few", language, text)


def _two_meanings(content: Content) -> Iterator[Problem]:
    """Words that the lexicon reads as two symptoms: both are then found, which is meant only for kin."""
    for language in Language:
        for codes in _meanings(content.base, language).values():
            if len(codes) < 2:
                continue
            first, *others = sorted(codes)
            severity = Severity.NOTE if _are_kin(content.base, codes) else Severity.WARNING
            text = f"{codes[first]!r} reads like " + ", ".join(f"{codes[code]!r} of {code}" for code in others)
            yield _problem(content, content.base.symptoms[first], severity, "form-two-meanings", language, text)


def _meanings(base: KnowledgeBase, language: Language) -> dict[str, dict[str, str]]:
    """Each form as the lexicon reads it (names are forms too), to the symptoms it means and how they write it."""
    meanings: dict[str, dict[str, str]] = {}
    for symptom in base.symptoms.values():
        for form in _all_forms(symptom, language):
            meanings.setdefault(_read(form, language), {}).setdefault(symptom.code, form)
    return meanings


def _all_forms(symptom: Symptom, language: Language) -> tuple[str, ...]:
    return (symptom.name.in_language(language), *symptom.forms.get(language, ()))


@lru_cache(maxsize=50_000)
def _read(form: str, language: Language) -> str:
    plain = folded(form)
    return squeezed(plain)[0] if language is Language.ZH else " ".join(stemmed(EnglishText(plain).words))


def _are_kin(base: KnowledgeBase, codes: Iterable[str]) -> bool:
    """True when one of them is the general form of all the others, or all share a general form."""
    implied = prepared(base).implied
    families = [{code, *implied.get(code, ())} for code in codes]
    return bool(set.intersection(*families))


def _function_words(content: Content) -> Iterator[Problem]:
    for language, cues in content.base.cues.items():
        words = _cue_words(cues)
        for symptom in content.base.symptoms.values():
            for form in _all_forms(symptom, language):
                kind = words.get(folded(form))
                if kind is not None:
                    text = f"{form!r} is a word for {kind} too, which the symptom hides"
                    yield _problem(content, symptom, Severity.WARNING, "form-is-cue", language, text)


def _cue_words(cues: Cues) -> Mapping[str, str]:
    """Function words by what they do; `not_negation` is left out, because many of those are complaints."""
    kinds = ("negation", "negation_after", "doubt", "other_person", "past", "scope_end")
    return {folded(word): kind for kind in kinds for word in getattr(cues, kind)}


def _negations(content: Content) -> Iterator[Problem]:
    """A form that denies another one makes "no pain" a complaint; other negations inside a form are usually meant."""
    for language, cues in content.base.cues.items():
        meanings = _meanings(content.base, language)
        for symptom in content.base.symptoms.values():
            for form in _all_forms(symptom, language):
                cue = _negation_in(form, cues, language)
                if cue is None:
                    continue
                denied = meanings.get(_rest(form, cue, language), {})
                if denied:
                    text = f"{form!r} denies {', '.join(sorted(denied))}, but counts as present"
                    yield _problem(content, symptom, Severity.WARNING, "form-denies", language, text)
                else:
                    text = f"{form!r} holds the negation {cue!r}"
                    yield _problem(content, symptom, Severity.NOTE, "form-negation", language, text)


def _negation_in(form: str, cues: Cues, language: Language) -> str | None:
    """The longest negation inside the form, unless it stands in words that deny nothing (`not_negation`)."""
    text = _spaced(form, language)
    for harmless in cues.not_negation:
        text = text.replace(_spaced(harmless, language), "\n")
    inside = [cue for cue in cues.negation if _spaced(cue, language) in text]
    return max(inside, key=len, default=None)


def _rest(form: str, cue: str, language: Language) -> str:
    return _read(_spaced(form, language).replace(_spaced(cue, language), " ", 1), language)


def _spaced(text: str, language: Language) -> str:
    """English words only match as whole words."""
    plain = folded(text)
    return squeezed(plain)[0] if language is Language.ZH else f" {plain} "


def _problem(
    content: Content, symptom: Symptom, severity: Severity, check: str, language: Language, text: str
) -> Problem:
    file = content.file(Kind.SYMPTOM, symptom.code)
    return Problem(severity, check, file, symptom.code, f"forms.{language}", text)


CHECKS = (_few_forms, _two_meanings, _function_words, _negations)
