"""A patient's words to findings: what is there, what is not, what is in doubt, how strong and for how long."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from kiosk.domain.afterthoughts import WARNS_WHEN_OVER, settle
from kiosk.domain.answered_lists import with_answers
from kiosk.domain.asked_about import with_questions
from kiosk.domain.asked_within import with_asked_within
from kiosk.domain.bare_words import with_topics
from kiosk.domain.clauses import ClauseReader
from kiosk.domain.durations import Duration, find_durations
from kiosk.domain.findings import Finding, Source, Status
from kiosk.domain.grammar import NO_SYMPTOMS, with_grammar
from kiosk.domain.hints import PatientHints, patient_hints
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.lengths_told import (
    closes,
    leads_to,
    left_by_stroke,
    stands_alone,
    tells_of_event,
    without_rests,
)
from kiosk.domain.lesser_readings import without_greater, without_places_of_nothing
from kiosk.domain.matching import MAX_CHARACTERS, Match, Matcher, MatchKind, folded
from kiosk.domain.measured_findings import with_numbers
from kiosk.domain.measurements import Measured, find_scores
from kiosk.domain.mentions import Mention, Reading
from kiosk.domain.named_things_en import without_named_things
from kiosk.domain.nothing_en import with_nothing_denied
from kiosk.domain.relatives import CONTACT, CONTAGIOUS, FAMILY_HISTORY
from kiosk.domain.shared_words import with_shared_words
from kiosk.domain.spoken_cues import CUES
from kiosk.domain.what_works import WHAT_WORKS

__all__ = ["PatientHints", "patient_hints", "understand"]

_HEDGED_SEVERITY = 2
_WORD_REACH = 14
_LENGTH_FOLLOWS = re.compile(
    r"(?:\s|[气劲楚]|了|有|已经|快|差不多|for|about|over|the|past|last|almost|nearly|more than|around|now)*"
)
_LENGTH_ENDS = re.compile(
    r"(?:了|前|之前|以前)?(?:(?:逐?渐|进行性|慢慢)(?:加重|明显))?(?: ?(?:now|already|ago))?\s*(?:$|"
    r"[,，。.;；!?！？、\n])"
)
_LENGTH_OF = re.compile(r"(?:'s?)?[\s-]*(?:history )?of (?:[a-z-]+ ){0,2}|的")
_LENGTH_AGO = re.compile(r"\s*(?:以前|之前|前)\s*")
_WEEKS = 14 * 24.0
"""A length of weeks with a clause to itself (两年多了) speaks of all that has none of its own."""
_RIGHT_BESIDE = 60
"""Characters from a mention within which a length that is right at it begins."""
_SEPARATES = re.compile(r"[,，、。.;；!?！？\n]|\b(?:and|or|but|with)\b|[和跟但]")
_ASKS = {
    Language.ZH: re.compile(r"[?？吗呢]|怎么|什么|如何|哪|咋|能不能|可不可以|会不会|是不是"),
    Language.EN: re.compile(r"\?|\b(?:what|which|how|where|should|can i|could you|is it|does it)\b"),
}
"""Words of a question."""
_SPEAKS_FOR = _ASKS | {
    Language.ZH: re.compile(f"{_ASKS[Language.ZH].pattern}|(?:带|陪|送|扶|背)(?:着|了)?[他她](?:来|看|过来)")
}
"""So does who asks, or came along."""

_PRESENT_HISTORY = re.compile(
    r"(?:\b(?:hour|day|night|week|fortnight|month|year)s?'?s?[- ](?:\w+ )?|\b(?:long|short|brief|recent) |"
    r"\bpresent(?:s|ed|ing)? with (?:an?|the) (?:\w+ )?)$"
)
"""Before "history of" these tell how long it has been going on, not that it is over."""
_THOUGHTS = frozenset(("suicidal_thoughts", "feels_dying", "command_voices"))
_THOUGHT_REACH = 40
_THINKS = re.compile(r"\b(?:think|thinks|thinking|thought|thoughts|feel like|feels like|wonder if i should)\b")
_GUESSES = re.compile(
    r"\b(?:maybe|perhaps|might|not sure|don't know|could be|unsure|possibly|(?:he|she|they) (?:may|might|could)|"
    r"den(?:y|ies|ied|ying)|do you think|i think (?:he|she|they|my \w+) (?:is|are|wants?|feels?|has|'s|'re))\b"
)
_BACKGROUND = (SymptomKind.HISTORY, SymptomKind.CONTEXT)
_FAMILY_CODES = frozenset((*(family.code for family in FAMILY_HISTORY.values()), "family_sudden_death"))
_COMPLAINTS = (SymptomKind.SYMPTOM, SymptomKind.SIGN)
_CAUGHT = re.compile("得了?|感染|染上|中了")
_CONTACTS = frozenset((CONTACT, "tb_contact"))
_GUESSED_AT = frozenset(("cancer_history", "coronary_history"))
_TOLD_BY_DOUBTING = frozenset(("amnesia", "wants_advice_only", "vaccine_request", "contraception_request"))
_NEVER_OVER = frozenset(("suicidal_thoughts", "suicide_plan", "suicide_attempt"))
"""Told of the past (我有过不想活的念头, "I used to think of suicide"), these still count: the kiosk asks just so."""
_FEELINGS = frozenset(("anxiety", "stress", "panic", "agitation", "low_mood", "insomnia"))
"""What somebody feels who speaks for another patient."""


def prepare() -> None:
    """Compile what the first texts would otherwise wait for, some tenths of a second."""
    for language in Language:
        WHAT_WORKS[language].prepare()
        CUES[language].prepare()


def understand(text: str, language: Language, knowledge: KnowledgeBase, match: Matcher) -> tuple[Finding, ...]:
    """The findings a text speaks of, in order of first mention, at most one per symptom code.

    Reads the first MAX_CHARACTERS characters as plain text, in time proportional to their number. `span` refers to
    `text` as given. Present beats unsure beats absent when a symptom is mentioned more than once. Symptoms of the past
    and of people who are not the patient are left out; when all of it is about somebody else, that is the patient.
    """
    said = text[:MAX_CHARACTERS]
    plain = folded(said)
    matches = tuple(
        m for m in match(plain, language) if m.kind is not MatchKind.SYMPTOM or m.value in knowledge.symptoms
    )
    matches = tuple(m for m in matches if not _is_present_history(plain, m))
    if language is Language.ZH:
        matches = without_places_of_nothing(plain, matches)
    if language is Language.EN:
        matches = with_nothing_denied(plain, without_named_things(plain, matches, knowledge.symptoms))
    durations = find_durations(plain, language)
    matches = with_shared_words(plain, language, matches, match)
    matches = with_asked_within(plain, language, matches, match)
    matches = with_grammar(plain, language, matches, knowledge.symptoms)
    matches = with_answers(plain, language, matches)
    reading = ClauseReader(plain, language, matches, durations).read()
    settle(plain, language, reading, durations, knowledge.implied)
    _sure_of_what_is_told(plain, reading)
    _keep_what_is_never_over(reading)
    for_another = _only_about_another(reading, knowledge, asks=_SPEAKS_FOR[language].search(plain) is not None)
    own = any(m.mine and m.blood is None and not (m.past or m.other) for m in reading.mentions if not _is_feeling(m))
    mentions = [m for m in reading.mentions if _counts(m, for_another, knowledge) and not (own and _is_a_relatives(m))]
    felt_in = {m.clause for m in mentions if not _is_background(m, knowledge)}
    noted = _Attributes(plain, language, reading, matches, durations).attached(mentions, felt_in)
    findings = _without_contradictions(_merged(said, noted), knowledge)
    if not for_another:
        _add_family_history(findings, said, reading, knowledge)
        _add_contact(findings, said, reading, knowledge)
    _agree(findings, knowledge)
    findings = without_greater(with_topics(findings, knowledge.symptoms), plain)
    findings = with_questions(findings, plain, language, knowledge.symptoms)
    return tuple(with_numbers(findings, said, plain, language, knowledge).values())


def _is_present_history(plain: str, match: Match) -> bool:
    if match.kind is not MatchKind.PAST or not plain.startswith("history of", match.start):
        return False
    return _PRESENT_HISTORY.search(plain, max(0, match.start - 40), match.start) is not None


def _sure_of_what_is_told(plain: str, reading: Reading) -> None:
    """What words of doubt tell of for sure: lost memory ("I can't remember"), asked advice (要不要紧), a thought."""
    for mention in reading.mentions:
        if mention.status is not Status.UNSURE:
            continue
        code, start = mention.match.value, mention.match.start
        before = plain[max(0, start - _THOUGHT_REACH) : mention.match.end]
        if code in _TOLD_BY_DOUBTING or (
            code in _THOUGHTS and _THINKS.search(before) is not None and _GUESSES.search(before) is None
        ):
            mention.status = Status.PRESENT


def _keep_what_is_never_over(reading: Reading) -> None:
    for mention in reading.mentions:
        if mention.status is not Status.ABSENT and mention.match.value in _NEVER_OVER:
            mention.past = False


def _agree(findings: dict[str, Finding], knowledge: KnowledgeBase) -> None:
    """What a present finding includes is not missing (白天不咳，晚上咳); who has a complaint does not come without."""
    present = [code for code, finding in findings.items() if finding.status is Status.PRESENT]
    for code in present:
        for included in knowledge.implied.get(code, ()):
            if included in findings and findings[included].status is Status.ABSENT:
                del findings[included]
    complains = any(knowledge.symptoms[code].kind in _COMPLAINTS for code in present)
    if complains and NO_SYMPTOMS in present:
        del findings[NO_SYMPTOMS]


def _is_feeling(mention: Mention) -> bool:
    return mention.match.value in _FEELINGS


def _is_a_relatives(mention: Mention) -> bool:
    """A relative's complaint, where the speaker tells one of their own: 我婆婆腰疼，我嗓子疼. A danger is kept."""
    return mention.blood is not None and not mention.mine and mention.match.value not in WARNS_WHEN_OVER


def _counts(mention: Mention, for_another: bool, knowledge: KnowledgeBase) -> bool:
    if mention.past and not _is_background(mention, knowledge):
        return False
    if mention.status is Status.UNSURE and (mention.feared or mention.match.value in _GUESSED_AT):
        # Who fears a diabetes, or asks whether it is cancer, tells of no illness that is known.
        return not _is_background(mention, knowledge)
    if mention.crowd:
        return False
    return for_another or not _is_others(mention, knowledge)


def _is_background(mention: Mention, knowledge: KnowledgeBase) -> bool:
    return knowledge.symptoms[mention.match.value].kind in _BACKGROUND


def _is_others(mention: Mention, knowledge: KnowledgeBase) -> bool:
    """A relative's name before an illness makes it the relative's; before a complaint it takes more than that."""
    if mention.match.value in _FAMILY_CODES or mention.match.value in _CONTACTS:
        return False
    illness = knowledge.symptoms[mention.match.value].kind is SymptomKind.HISTORY
    return mention.other or (illness and mention.blood is not None)


def _only_about_another(reading: Reading, knowledge: KnowledgeBase, *, asks: bool) -> bool:
    """True when a carer speaks for the patient: somebody else has a complaint, the speaker none but worries.

    An illness alone is enough when nothing else is spoken of and something is asked: "my wife has epilepsy, which
    medicine is good?".
    """
    others = own = False
    for mention in reading.mentions:
        if mention.crowd:
            continue
        if _is_others(mention, knowledge):
            is_complaint = knowledge.symptoms[mention.match.value].kind not in _BACKGROUND
            others = others or ((is_complaint or asks) and mention.status is Status.PRESENT and not mention.past)
        elif mention.match.value not in _FEELINGS:
            own = True
    return others and not own


def _add_family_history(findings: dict[str, Finding], said: str, reading: Reading, knowledge: KnowledgeBase) -> None:
    """A blood relative's illness as the patient's family history, where the content has a finding for it."""
    for mention in reading.mentions:
        match = mention.match
        family = FAMILY_HISTORY.get(match.value)
        if family is None or not mention.blood or family.code not in knowledge.symptoms or family.code in findings:
            continue
        status = family.status if mention.status is Status.PRESENT else mention.status
        words = said[match.start : match.end]
        findings[family.code] = Finding(family.code, status, Source.WORDS, words, (match.start, match.end))


def _add_contact(findings: dict[str, Finding], said: str, reading: Reading, knowledge: KnowledgeBase) -> None:
    """Somebody else's fever or chickenpox is the patient's contact with an infection."""
    if CONTACT not in knowledge.symptoms or CONTACT in findings:
        return
    for mention in reading.mentions:
        match = mention.match
        over = mention.past and not mention.recent
        if (
            (mention.other or _is_told_of_relative(mention, said))
            and not over
            and (mention.status is Status.PRESENT or mention.met)
            and match.value in CONTAGIOUS
        ):
            span = (match.start, match.end)
            findings[CONTACT] = Finding(CONTACT, mention.status, Source.WORDS, said[match.start : match.end], span)
            return


def _is_told_of_relative(mention: Mention, said: str) -> bool:
    """我妈得了流感: not merely a relative named before, who may have brought the patient."""
    match = mention.match
    return mention.blood is not None and _CAUGHT.search(said, max(0, match.start - 6), match.start) is not None


@dataclass(frozen=True, slots=True)
class _Noted:
    """A mention with what was said about it."""

    mention: Mention
    severity: int | None = None
    hours: float | None = None
    own_hours: bool = False


def _start(amount: Measured) -> int:
    return amount.start


class _Attributes:
    """Shares durations and severities out among the mentions of a text."""

    def __init__(
        self,
        text: str,
        language: Language,
        reading: Reading,
        matches: tuple[Match, ...],
        durations: tuple[Duration, ...],
    ) -> None:
        self._starts = [start for start, _, _ in reading.breaks]
        self._breaks = reading.breaks
        lasting = without_rests(durations, text, language)
        self._durations = sorted((Measured(d.start, d.end, d.hours) for d in lasting), key=_start)
        words = [Measured(m.start, m.end, float(m.value)) for m in matches if m.kind is MatchKind.SEVERE]
        self._scores = list(find_scores(text, language))
        self._words = words
        self._text = text
        self._language = language
        self._negation_ends = sorted(m.end for m in matches if m.kind is MatchKind.NEGATION)

    def attached(self, mentions: Sequence[Mention], felt_in: Collection[int]) -> list[_Noted]:
        """`felt_in` are the clauses that tell of a complaint."""
        lasting = [m for m in mentions if m.status is not Status.ABSENT]
        lengths = [length for length in self._durations if not self._is_of_event(length, felt_in)]
        hours = self._shared(lasting, lengths, lends=True)
        scores = self._shared(lasting, self._scores)
        words = self._worded(lasting)
        noted = []
        for mention in mentions:
            severity = scores.get(id(mention), words.get(id(mention)))
            if mention.hedged:
                severity = min(_HEDGED_SEVERITY, severity if severity is not None else _HEDGED_SEVERITY)
            lasted = hours.get(id(mention))
            own = lasted is not None and self._own_hours(mention) == lasted
            noted.append(_Noted(mention, None if severity is None else round(severity), lasted, own))
        return noted

    def _is_of_event(self, length: Measured, felt_in: Collection[int]) -> bool:
        """A length in a clause of its own that tells of something else than a complaint is no complaint's."""
        if self._clause_of(length.start)[0] in felt_in:
            return False
        return tells_of_event(self._text, self._language, (length.start, length.end))

    def _own_hours(self, mention: Mention) -> float | None:
        """The length said right at the mention and nowhere near another: 没力气两年了, "weak for two years", 两年前,
        "two years of weakness"."""
        match = mention.match
        first = bisect_right(self._durations, match.start - _RIGHT_BESIDE, key=_start)
        last = bisect_right(self._durations, match.end + _RIGHT_BESIDE, key=_start)
        for amount in self._durations[first:last]:
            follows = _LENGTH_FOLLOWS.fullmatch(self._text, match.end, max(match.end, amount.start))
            if amount.start >= match.end and follows and _LENGTH_ENDS.match(self._text, amount.end):
                return amount.value
            if amount.end <= match.start and (
                _LENGTH_AGO.fullmatch(self._text, amount.end, match.start)
                or _LENGTH_OF.fullmatch(self._text, amount.end, match.start)
            ):
                return amount.value
        return self._only_length(mention) if len(self._durations) == 1 else None

    def _only_length(self, mention: Mention) -> float | None:
        """The only length said, where it leads up to the mention or closes the sentence of it."""
        amount, match = self._durations[0], mention.match
        length = amount.start, amount.end
        if amount.end <= match.start:
            belongs = leads_to(self._text, self._language, length, match.start)
            belongs = belongs or left_by_stroke(self._text, length, match.start, match.end)
        else:
            sentences = self._clause_of(amount.start)[1] - self._clause_of(match.start)[1]
            same = not sentences or (sentences == 1 and stands_alone(self._text, length, match.start))
            belongs = same and match.end <= amount.start and closes(self._text, self._language, length, match.end)
        return amount.value if belongs else None

    def _clause_of(self, place: int) -> tuple[int, int]:
        _, clause, sentence = self._breaks[bisect_right(self._starts, place) - 1]
        return clause, sentence

    def _shared(self, mentions: Sequence[Mention], amounts: list[Measured], *, lends: bool = False) -> dict[int, float]:
        """Each mention's amount by id(mention): from its own clause, else from a neighbour, else the only one said."""
        by_clause: dict[int, list[Mention]] = {}
        for mention in mentions:
            by_clause.setdefault(mention.clause, []).append(mention)
        shared: dict[int, float] = {}
        homeless: list[tuple[int, int, Measured]] = []
        amounts_by_clause: dict[int, list[Measured]] = {}
        for amount in amounts:
            clause, sentence = self._clause_of(amount.start)
            if clause in by_clause:
                amounts_by_clause.setdefault(clause, []).append(amount)
            else:
                homeless.append((clause, sentence, amount))
        for clause, said in amounts_by_clause.items():
            _share_in_clause(by_clause[clause], said, shared)
        for clause, sentence, amount in homeless:
            neighbours = by_clause.get(clause - 1) or by_clause.get(clause + 1) or []
            _give([m for m in neighbours if m.sentence == sentence], amount, shared)
        if len(amounts) == 1:
            _give(mentions, amounts[0], shared)
        for _, _, amount in homeless:
            if lends and amount.value >= _WEEKS:
                _give(mentions, amount, shared)
        return shared

    def _worded(self, mentions: Sequence[Mention]) -> dict[int, float]:
        """The strongest word said right at each mention ("a very bad headache", 头痛得厉害), by id(mention)."""
        starts = [mention.match.start for mention in mentions]
        worded: dict[int, float] = {}
        for word in self._words:
            at = bisect_right(starts, word.start)
            near = [(self._distance(word, m), m) for m in mentions[max(0, at - 2) : at + 2]]
            closest = min((distance for distance, _ in near if distance is not None), default=None)
            value = float(_HEDGED_SEVERITY) if self._is_denied(word) else word.value
            for distance, mention in near:
                if distance is not None and distance == closest:
                    worded[id(mention)] = max(value, worded.get(id(mention), 0.0))
        return worded

    def _distance(self, word: Measured, mention: Mention) -> int | None:
        """Characters between a word and a mention; None when too far or when something else stands between."""
        match = mention.match
        between = (word.end, match.start) if word.end <= match.start else (match.end, word.start)
        gap = self._text[between[0] : between[1]].strip() if between[0] < between[1] else ""
        return len(gap) if len(gap) <= _WORD_REACH and not _SEPARATES.search(gap) else None

    def _is_denied(self, word: Measured) -> bool:
        return any(
            self._text[end : word.start].strip() == "" for end in self._negation_ends if end <= word.start < end + 4
        )


def _give(mentions: Iterable[Mention], amount: Measured, shared: dict[int, float]) -> None:
    for mention in mentions:
        shared.setdefault(id(mention), amount.value)


def _share_in_clause(mentions: list[Mention], amounts: list[Measured], shared: dict[int, float]) -> None:
    """One amount is everybody's; of several, each goes with what it follows, or precedes when an amount comes first."""
    if len(amounts) == 1:
        _give(mentions, amounts[0], shared)
        return
    leads = amounts[0].start < mentions[0].match.start
    starts = [amount.start for amount in amounts]
    for mention in mentions:
        at = bisect_right(starts, mention.match.start)
        chosen = at - 1 if leads else min(at, len(amounts) - 1)
        shared.setdefault(id(mention), amounts[max(0, chosen)].value)


def _without_contradictions(findings: dict[str, Finding], knowledge: KnowledgeBase) -> dict[str, Finding]:
    """ "I never get headaches, but now" has one: what a finding implies is not denied beside it."""
    implied: set[str] = set()
    for code, finding in findings.items():
        if finding.status is Status.PRESENT:
            implied.update(knowledge.symptoms[code].implies)
    return {c: f for c, f in findings.items() if f.status is not Status.ABSENT or c not in implied}


_WEIGHT = {Status.PRESENT: 2, Status.UNSURE: 1, Status.ABSENT: 0}


def _merged(said: str, noted: Iterable[_Noted]) -> dict[str, Finding]:
    """One finding per code; the strongest status wins, and the first amounts said with it."""
    findings: dict[str, Finding] = {}
    for note in noted:
        match = note.mention.match
        new = Finding(
            match.value,
            note.mention.status,
            Source.WORDS,
            said[match.start : match.end],
            (match.start, match.end),
            note.severity,
            note.hours,
            own_duration=note.own_hours,
        )
        known = findings.get(new.code)
        if known is None or _WEIGHT[new.status] > _WEIGHT[known.status]:
            findings[new.code] = new
        elif new.status is known.status:
            findings[new.code] = replace(
                known,
                severity=max((s for s in (known.severity, new.severity) if s is not None), default=None),
                duration_hours=known.duration_hours if known.duration_hours is not None else new.duration_hours,
                # Said once as old and once as new, it is not certainly old.
                own_duration=(known.own_duration or new.own_duration) and known.duration_hours == new.duration_hours,
            )
    return findings
