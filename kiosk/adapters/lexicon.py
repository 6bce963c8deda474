"""Finds symptom forms and cue words in a text with one Aho-Corasick automaton per language and reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick  # type: ignore[import-not-found]

from kiosk.adapters.english_slips import EnglishWords
from kiosk.adapters.knowledge_files import collector_paused
from kiosk.adapters.lexicon_composed import ComposedWords
from kiosk.adapters.lexicon_en import EnglishText, learn_stems, stem
from kiosk.adapters.lexicon_sound import SoundAlike, SoundLexicon
from kiosk.adapters.lexicon_tables import Forms, LexiconTables, lexicon_tables, spaced
from kiosk.adapters.lexicon_zh import chinese_readings
from kiosk.adapters.pinyin import Entry
from kiosk.domain.composing import composed
from kiosk.domain.composition import Composition
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, Matcher, MatchKind, folded, squeezed

_Meaning = tuple[MatchKind, str]


def build_matcher(knowledge: KnowledgeBase, words: Iterable[Entry] = ()) -> Matcher:
    """A matcher for both languages; a text in one language may contain words of the other.

    Case, full-width characters and control characters do not matter. Chinese: spaces inside words are skipped, and a
    form is also found with adverbs or a negation inside (头很痛, 头不痛). English: plural, -ing, -ed, articles and
    adverbs inside a form, contractions, and slips of the pen.

    `words` (adapters/pinyin.read_words of assets/keyboard/words.txt) tell how characters sound: with them, complaints
    are also found when some of their characters are wrong but sound right (投疼 for 头疼). Such a match is as good as
    the word itself, for a recogniser that hears the right sounds often writes them wrongly; where only an accent would
    make the sounds the same, or two symptoms sound alike, it is `doubtful`, so that the patient is asked.
    """
    with collector_paused():
        return matcher_of(lexicon_tables(knowledge, words), knowledge.composition)


def matcher_of(tables: LexiconTables, composition: Composition) -> Matcher:
    """`build_matcher` with the tables already made, of the same knowledge base."""
    learn_stems((*tables.english_words, *tables.composed_words))
    chinese = _ChineseLexicon(tables)
    by_sound = _SoundsOfComplaints(tables)
    english = _EnglishLexicon(tables)
    pieces = ComposedWords(tables, composition.combinations)

    def match(text: str, language: Language) -> tuple[Match, ...]:
        plain = folded(text)
        found: list[Match] = []
        has_latin = any("a" <= character <= "z" for character in plain)
        if not plain.isascii():
            found.extend(chinese.matches(plain))
        if has_latin:
            found.extend(english.matches(plain))
        kept = _without_overlaps(found, len(plain))
        if not plain.isascii():
            kept = by_sound.added_to(kept, plain)
        hits = pieces.hits(plain, language)
        if language is Language.ZH and _parts_phrases(plain):
            hits = [hit for hit in hits if not _runs_over_gap(plain, hit.start, hit.end, kept)]
        return composed(plain, language, hits, composition, kept)

    return match


def _automaton(forms: Forms) -> ahocorasick.Automaton | None:
    automaton = ahocorasick.Automaton()
    for plain, alike in forms:
        meanings = tuple((MatchKind(kind), value) for kind, value in plain)
        for form in alike:
            automaton.add_word(form, (len(form), meanings))
    if not len(automaton):
        return None
    automaton.make_automaton()
    return automaton


def _hits(automaton: ahocorasick.Automaton | None, text: str) -> Iterator[tuple[int, int, tuple[_Meaning, ...]]]:
    """Half-open ranges of `text` and what they mean, overlapping ones included."""
    if automaton is None or not text:
        return
    for last, (length, meanings) in automaton.iter(text):
        yield last + 1 - length, last + 1, meanings


class _ChineseLexicon:
    def __init__(self, tables: LexiconTables) -> None:
        self._exact = _automaton(tables.chinese)
        self._loose = _automaton(tables.chinese_loose)
        self._symptoms = frozenset(
            form
            for meanings, forms in tables.chinese
            if any(kind == MatchKind.SYMPTOM for kind, _ in meanings)
            for form in forms
        )

    def matches(self, text: str) -> Iterator[Match]:
        found = list(self._all(text))
        return _without_words_over_gaps(text, found) if _parts_phrases(text) else iter(found)

    def _all(self, text: str) -> Iterator[Match]:
        exact, loose = chinese_readings(text)
        for start, end, meanings in _hits(self._exact, exact.characters):
            for kind, value in meanings:
                yield Match(exact.place[start], exact.place[end - 1] + 1, kind, value)
        for start, end, meanings in _hits(self._loose, loose.characters):
            negated = loose.negations[end - 1] > loose.negations[start]
            said = exact.characters[loose.order[start] : loose.order[end - 1] + 1]
            if not negated and said in self._symptoms:
                continue  # nothing was skipped, or what was makes a meaning of its own: the exact reading has it
            for kind, value in meanings:
                yield Match(loose.place[start], loose.place[end - 1] + 1, kind, value, negated)


_LETTERS_A_BLANK = 3
"""Fewer letters to a blank are a recogniser's words one by one, and such a blank ends no phrase."""


def _parts_phrases(text: str) -> bool:
    blanks = text.count(" ")
    return 0 < blanks * _LETTERS_A_BLANK <= len(text) - blanks


def _runs_over_gap(text: str, start: int, end: int, found: Iterable[Match]) -> bool:
    """True for what begins inside a finding before a blank and ends behind it: 发烧 心跳快 is no 烧心."""
    return " " in text[start:end] and any(
        match.kind is MatchKind.SYMPTOM and (match.start < start < match.end or match.start < end < match.end)
        for match in found
    )


def _without_words_over_gaps(text: str, found: list[Match]) -> Iterator[Match]:
    whole = [match for match in found if " " not in text[match.start : match.end]]
    for match in found:
        if match.kind is not MatchKind.SYMPTOM or not _runs_over_gap(text, match.start, match.end, whole):
            yield match


class _SoundsOfComplaints:
    """Adds what only sounds like a complaint, where the words themselves say nothing."""

    def __init__(self, tables: LexiconTables) -> None:
        self._codes = tables.complaints
        self._lexicon = SoundLexicon(tables.sounds)

    def added_to(self, kept: tuple[Match, ...], text: str) -> tuple[Match, ...]:
        """`kept` and the stretches that touch no symptom of it; cues inside such a stretch are part of its word."""
        packed, place = squeezed(text)
        alikes = self._alike(packed)
        if not alikes:
            return kept
        symptom, inside_cue, heard = (bytearray(len(text) + 1) for _ in range(3))
        for match in kept:
            if match.kind is MatchKind.SYMPTOM:
                symptom[match.start : match.end] = b"\1" * (match.end - match.start)
            elif match.kind is not MatchKind.SEVERE:
                inside_cue[match.start + 1 : match.end] = b"\1" * (match.end - match.start - 1)
        added: list[Match] = []
        for alike, codes in alikes:
            start, end = place[alike.start], place[alike.end - 1] + 1
            if 1 in symptom[start:end] or inside_cue[start] or inside_cue[end]:
                continue
            symptom[start:end] = heard[start:end] = b"\1" * (end - start)
            doubtful = not alike.exact or len(codes) > 1
            added.extend(Match(start, end, MatchKind.SYMPTOM, code, doubtful=doubtful) for code in codes)
        left = [m for m in kept if m.kind is MatchKind.SEVERE or not heard[m.start]]
        return tuple(sorted([*left, *added], key=lambda m: (m.start, m.end)))

    def _alike(self, packed: str) -> list[tuple[SoundAlike, tuple[str, ...]]]:
        """One entry per stretch of text, the best and longest first, with all it may mean."""
        found: dict[tuple[int, int], list[SoundAlike]] = {}
        for alike in self._lexicon.found(packed):
            found.setdefault((alike.start, alike.end), []).append(alike)
        chosen = []
        for alikes in found.values():
            best = [alike for alike in alikes if alike.exact] or alikes
            chosen.append((best[0], tuple(sorted({code for alike in best for code in self._codes[alike.form]}))))
        return sorted(chosen, key=lambda c: (not c[0].exact, c[0].start - c[0].end, c[0].start))


class _EnglishLexicon:
    def __init__(self, tables: LexiconTables) -> None:
        self._words = EnglishWords(tables.english_words, stem)
        self._exact = _automaton(tables.english)
        self._loose = _automaton(tables.english_loose)

    def matches(self, text: str) -> Iterator[Match]:
        read = EnglishText(text, self._words)
        for start, end, meanings in _word_hits(self._exact, read.stems):
            for kind, value in meanings:
                yield Match(read.starts[start], read.ends[end - 1], kind, value)
        loose = read.without_fillers()
        for start, end, meanings in _word_hits(self._loose, loose.stems):
            negated = loose.negations[end - 1] > loose.negations[start]
            for kind, value in meanings:
                yield Match(read.starts[loose.order[start]], read.ends[loose.order[end - 1]], kind, value, negated)


def _word_hits(
    automaton: ahocorasick.Automaton | None, stems: list[str]
) -> Iterator[tuple[int, int, tuple[_Meaning, ...]]]:
    """Half-open ranges of words; forms are keyed with a space on both sides, so only whole words match."""
    line, word_at, offset = spaced(stems), dict[int, int](), 0
    for number, word in enumerate(stems):
        word_at[offset] = number
        offset += len(word) + 1
    word_at[offset] = len(stems)
    for start, end, meanings in _hits(automaton, line):
        yield word_at[start], word_at[end - 1], meanings


def _without_overlaps(found: list[Match], length: int) -> tuple[Match, ...]:
    """The longest matches first, symptoms before cues of equal length.

    SEVERE may stand inside others, and OTHER_PERSON may share words with a symptom ("my mother had a heart attack").
    """
    found = _without_false_starts(found)
    taken: list[Match | None] = [None] * length
    kept: dict[tuple[int, int, MatchKind, str], Match] = {}
    for match in sorted(found, key=_preference):
        if match.kind is MatchKind.SEVERE:
            continue
        span = taken[match.start : match.end]
        if match.kind is MatchKind.OTHER_PERSON and span[0] is not span[-1]:
            kept[(match.start, match.end, match.kind, match.value)] = match
            continue
        first = span[0]
        if all(other is first for other in span) and (first is None or _same_place(first, match)):
            taken[match.start : match.end] = [first or match] * (match.end - match.start)
            kept.setdefault((match.start, match.end, match.kind, match.value), match)
    return tuple(sorted([*kept.values(), *_severities(found)], key=lambda m: (m.start, m.end)))


def _without_false_starts(found: list[Match]) -> list[Match]:
    """Without words that only seem to begin with a denial: 没有呼吸急促 denies fast breathing and stops no breath."""
    denials: dict[int, set[int]] = {}
    symptoms: dict[int, int] = {}
    for match in found:
        if match.kind is MatchKind.NEGATION:
            denials.setdefault(match.start, set()).add(match.end)
        elif match.kind is MatchKind.SYMPTOM and not match.negated:
            symptoms[match.start] = max(match.end, symptoms.get(match.start, 0))

    def seems(match: Match) -> bool:
        if match.kind not in (MatchKind.SYMPTOM, MatchKind.NOT_NEGATION):
            return False
        if match.negated:
            return any(symptoms.get(at, 0) > match.end for at in range(match.start + 1, match.end))
        return any(symptoms.get(end, 0) > match.end for end in denials.get(match.start, ()) if end < match.end)

    return [match for match in found if not seems(match)]


def _preference(match: Match) -> tuple[int, bool, bool, int]:
    return (match.start - match.end, match.kind is not MatchKind.SYMPTOM, match.negated, match.start)


def _same_place(first: Match, match: Match) -> bool:
    """Two meanings of the same words: two symptoms, or two cues; a symptom hides the cue."""
    same_sort = (first.kind is MatchKind.SYMPTOM) == (match.kind is MatchKind.SYMPTOM)
    return first.start == match.start and first.end == match.end and first.negated == match.negated and same_sort


def _severities(found: list[Match]) -> list[Match]:
    """Words for severity that stand in no longer word for severity."""
    kept: list[Match] = []
    reached = -1
    for match in sorted((m for m in found if m.kind is MatchKind.SEVERE), key=lambda m: (m.start, -m.end)):
        if match.end > reached:
            kept.append(match)
            reached = match.end
    return kept
