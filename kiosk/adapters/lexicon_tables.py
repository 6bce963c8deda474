"""What the lexicon's automata are made of: every form as it is searched for, as plain lists, texts and numbers.

Working out how each form is read costs more than building the automata; plain data can be kept between two starts
(adapters/content_cache.py) and says nothing that could be executed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any

from kiosk.adapters.english_alike import WORDS
from kiosk.adapters.lexicon_en import EnglishText, bare, says_little, stemmed
from kiosk.adapters.lexicon_sound import SoundTables, sound_tables
from kiosk.adapters.lexicon_zh import compacted
from kiosk.adapters.pinyin import Entry
from kiosk.domain.composition import Composition, Role
from kiosk.domain.knowledge import Cues, KnowledgeBase, SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.matching import MatchKind, folded, squeezed

_CUE_FIELDS = {
    MatchKind.NEGATION: "negation",
    MatchKind.NEGATION_AFTER: "negation_after",
    MatchKind.NOT_NEGATION: "not_negation",
    MatchKind.DOUBT: "doubt",
    MatchKind.OTHER_PERSON: "other_person",
    MatchKind.PAST: "past",
    MatchKind.SCOPE_END: "scope_end",
}

Forms = list[tuple[list[tuple[str, str]], list[str]]]
"""Meanings as (MatchKind or Role, value) in order, and the forms or words that have exactly these."""

_Meanings = dict[str, set[tuple[MatchKind, str]]]


@dataclass(frozen=True, slots=True)
class LexiconTables:
    """`complaints` are the codes that each Chinese form of a complaint can mean, squeezed.

    The loose tables are for readings without adverbs and negations. English forms are stems with a space on both sides;
    `english_words` and `composed_words` are the words that they were made of.
    """

    chinese: Forms
    chinese_loose: Forms
    complaints: dict[str, list[str]]
    sounds: SoundTables
    english: Forms
    english_loose: Forms
    english_words: list[str]
    composed_chinese: Forms
    composed_english: Forms
    composed_words: list[str]

    def plain(self) -> dict[str, Any]:
        """The tables without classes, for `of`; JSON may make lists of tuples in between."""
        tables = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**tables, "sounds": asdict(self.sounds)}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> LexiconTables:
        return cls(**{**plain, "sounds": SoundTables(**plain["sounds"])})


def lexicon_tables(knowledge: KnowledgeBase, words: Iterable[Entry]) -> LexiconTables:
    """The tables of a knowledge base; `words` tell how Chinese characters sound."""
    chinese = _forms(knowledge, Language.ZH)
    exact = {squeezed(form)[0]: tuple(sorted(meanings)) for form, meanings in chinese.items()}
    loose = {
        form: symptoms
        for form, meanings in exact.items()
        if (symptoms := _symptoms_only(meanings)) and len(form) > 1 and compacted(form) == form
    }
    complaints = _complaints(knowledge, chinese)
    english = _forms(knowledge, Language.EN)
    english_exact, english_loose, english_words = _english(english)
    composed_english, composed_words = _composed_english(knowledge.composition)
    return LexiconTables(
        chinese=_grouped(exact),
        chinese_loose=_grouped(loose),
        complaints=complaints,
        sounds=sound_tables(complaints, words),
        english=_grouped(english_exact),
        english_loose=_grouped(english_loose),
        english_words=english_words,
        composed_chinese=_grouped(
            {squeezed(word)[0]: parts for word, parts in _words(knowledge.composition, Language.ZH).items()}
        ),
        composed_english=composed_english,
        composed_words=composed_words,
    )


def _forms(knowledge: KnowledgeBase, language: Language) -> _Meanings:
    """Every form as it is written, with what it can mean."""
    forms: _Meanings = {}
    for symptom in knowledge.symptoms.values():
        meaning = (MatchKind.SYMPTOM, symptom.code)
        for form in (symptom.name.in_language(language), *symptom.forms.get(language, ())):
            forms.setdefault(folded(form), set()).add(meaning)
    cues: Cues | None = knowledge.cues.get(language)
    if cues is not None:
        for kind, field in _CUE_FIELDS.items():
            for words in getattr(cues, field):
                # Punctuation ends a scope whatever the cues say: domain/clauses.py reads it from the text.
                if any(map(str.isalnum, words)):
                    forms.setdefault(folded(words), set()).add((kind, words))
        for words, severity in cues.severe.items():
            forms.setdefault(folded(words), set()).add((MatchKind.SEVERE, str(severity)))
    forms.pop("", None)
    return forms


def _symptoms_only(meanings: Iterable[tuple[MatchKind, str]]) -> tuple[tuple[MatchKind, str], ...]:
    return tuple(meaning for meaning in meanings if meaning[0] is MatchKind.SYMPTOM)


def _complaints(knowledge: KnowledgeBase, forms: _Meanings) -> dict[str, list[str]]:
    complaints: dict[str, list[str]] = {}
    for form, meanings in forms.items():
        codes = sorted(
            code
            for kind, code in meanings
            if kind is MatchKind.SYMPTOM and knowledge.symptoms[code].kind is SymptomKind.SYMPTOM
        )
        if codes:
            complaints[squeezed(form)[0]] = codes
    return complaints


def _english(forms: _Meanings) -> tuple[_Meanings, _Meanings, list[str]]:
    exact: _Meanings = {}
    loose: _Meanings = {}
    words: set[str] = set()
    for form, meanings in forms.items():
        parts = EnglishText(form).words
        if not parts:
            continue
        words.update(word for word in parts if word.isalpha())
        exact.setdefault(spaced(stemmed(parts)), set()).update(meanings)
        kept = bare(parts)
        if "not" not in kept and "no" not in kept and (len(kept) == len(parts) or not says_little(parts, kept)):
            loose.setdefault(spaced(stemmed(kept)), set()).update(_symptoms_only(meanings))
    for key in loose.keys() & exact.keys():
        if known := _symptoms_only(exact[key]):
            loose[key] = set(known)
    return exact, loose, sorted(words | WORDS)


def spaced(stems: Iterable[str]) -> str:
    """Words with a space on both sides, so that only whole ones match."""
    return f" {' '.join(stems)} "


def _grouped(words: Mapping[str, Collection[tuple[StrEnum, str]]]) -> Forms:
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for word, meanings in words.items():
        groups.setdefault(tuple((sort.value, value) for sort, value in sorted(meanings)), []).append(word)
    return [(list(meanings), alike) for meanings, alike in groups.items() if meanings]


_Roles = dict[str, set[tuple[Role, str]]]


def _words(table: Composition, language: Language) -> _Roles:
    """Every word of the tables as it is written."""
    words: _Roles = {}
    for role, named in ((Role.SITE, table.sites), (Role.SENSE, table.senses)):
        for code, part in named.items():
            for word in part.words[language]:
                words.setdefault(folded(word), set()).add((role, code))
    for number, combination in enumerate(table.combinations):
        if combination.language is language:
            for group, alternatives in enumerate(combination.groups):
                meaning = (Role.PART, f"{number}:{group}")
                for word in alternatives:
                    words.setdefault(folded(word), set()).add(meaning)
    return words


def _composed_english(table: Composition) -> tuple[Forms, list[str]]:
    by_stems: _Roles = {}
    vocabulary: set[str] = set()
    for word, roles in _words(table, Language.EN).items():
        parts = EnglishText(word).words
        vocabulary.update(part for part in parts if part.isalpha())
        by_stems.setdefault(spaced(stemmed(parts)), set()).update(roles)
    return _grouped(by_stems), sorted(vocabulary | WORDS)
