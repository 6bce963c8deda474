"""What a language model wrote is let through only where rules allow it; whatever they do not know is refused.

Findings are checked by `sound_findings`, wording by a `Guard`. Both are pure, and refuse rather than repair: the text
that a rule wrote is always there instead. Lists of bad words alone do not hold: a wording must keep the form of the
rule's text and may only use reviewed words; what they could still be made to say is looked for behind that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kiosk.domain import guard_patterns as patterns
from kiosk.domain.durations import find_durations
from kiosk.domain.findings import Finding
from kiosk.domain.guard_form import has_odd_characters, is_drawn_out, says_more_than_it_asks
from kiosk.domain.guard_meaning import Reads, asks_the_same, denies, keeps_its_measure, says_the_same
from kiosk.domain.guard_questions import is_for_staff
from kiosk.domain.guard_words import Vocabulary, means_something
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from kiosk.domain.numbers import EN_NUMERAL, ZH_NUMERAL, en_number, zh_number

LONGEST_EVIDENCE = 80
MOST_PROPOSED = 32
LONGEST_WORDING = {Language.ZH: 80, Language.EN: 200}
"""Characters of one sentence or question on a screen."""

_HAN_NUMERAL = re.compile(ZH_NUMERAL)
_ENGLISH_NUMERAL = re.compile(rf"\d+(?:\.\d+)?|\b{EN_NUMERAL}\b")
_NO_NUMBER = re.compile(
    r"一[下些点样起直般定边会旦共切侧个位种致方并向阵段半度]|十分|万一|统一|千万|唯一|第一次|百分|半天没|"
    r"星期[一二三四五六日]|"
    r"周[一二三四五六日]|\b(?:a|an|few|several|many|couple)\b"
)
_MORE_NUMBERS = {"half": 0.5, "double": 2.0, "twice": 2.0, "thrice": 3.0, "triple": 3.0, "quarter": 0.25, "dozen": 12.0}
_MORE_NUMBERS |= {"hundred": 100.0, "thousand": 1000.0, "加倍": 2.0, "翻倍": 2.0, "减半": 0.5, "双倍": 2.0}
_FORMAL_NUMERALS = re.compile("[廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬万亿]")
_SENTENCE = re.compile(r"[^.。!！?？;；]*[.。!！?？;；]?")
_ASKS = re.compile(r"[?？]\s*$|[吗呢][。.]?\s*$")
_CLAIMS_FIRST = re.compile(
    r",\s*(?:right|ok|okay|yes|no|true|correct|isn't (?:it|that so)|aren't you|don't you)\s*\?\s*$"
)
_BETWEEN = re.compile(r"[\W_]+")
_SHORTEST_SQUEEZED = 6
_ILLNESS = re.compile(patterns.ILLNESS)


class Refusal(StrEnum):
    """Why a wording is not shown."""

    EMPTY = "empty"
    FORM = "form"
    WORDS = "words"
    TOO_LONG = "too_long"
    CONTROL = "control"
    LANGUAGE = "language"
    LINK = "link"
    NUMBER = "number"
    MEDICINE = "medicine"
    DOSE = "dose"
    DIAGNOSIS = "diagnosis"
    REASSURANCE = "reassurance"
    DECISION = "decision"
    PRETENCE = "pretence"
    PRIVATE = "private"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets a model's wording through or not.

    `questions` is the vocabulary of reviewed questions; `medicines` and `conditions` are names in any language;
    `implied` are, for a finding, those that are part of it, `forms` the reviewed words for it.
    """

    questions: Vocabulary
    medicines: Collection[str]
    conditions: Collection[str]
    implied: Mapping[str, frozenset[str]] = field(default_factory=dict)
    forms: Mapping[str, Collection[str]] = field(default_factory=dict)
    _medicine: re.Pattern[str] = field(init=False, repr=False)
    _condition: re.Pattern[str] = field(init=False, repr=False)
    _squeezed: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_medicine", _any_of(self.medicines))
        object.__setattr__(self, "_condition", _any_of(self.conditions))
        long = (_BETWEEN.sub("", _folded(name)) for name in self.medicines)
        squeezed = frozenset(name for name in long if len(name) >= _SHORTEST_SQUEEZED or not name.isascii())
        object.__setattr__(self, "_squeezed", squeezed)

    def refusals(self, untrusted: str, language: Language, rule: str) -> tuple[Refusal, ...]:
        """Every reason not to show a wording of the rule's own text.

        A question may use the words of all reviewed questions, a sentence only those of its rule. What a patient said
        is no source: said back, it would look like the hospital's word.
        """
        text, given = _folded(untrusted), _folded(rule)
        if untrusted == rule:
            return ()
        words = Vocabulary.of([given])
        asks = _ASKS.search(given) is not None
        found = {
            Refusal.EMPTY: not any(character.isalpha() for character in text),
            Refusal.FORM: _changes_form(text, given, asks) or is_drawn_out(text, given, language),
            Refusal.WORDS: not (words | self.questions if asks else words).holds(text),
            Refusal.TOO_LONG: len(untrusted) > LONGEST_WORDING[language],
            Refusal.CONTROL: has_odd_characters(untrusted, rule),
            Refusal.LANGUAGE: not _is_in(text, language, given),
            Refusal.LINK: patterns.LINKS.search(text) is not None,
            Refusal.NUMBER: bool(_hard_numbers(text) - numbers_in(given)) or _writes_formally(text, given),
            Refusal.MEDICINE: self._names_medicine(text, given),
            Refusal.DOSE: _is_told(patterns.DOSE, text, given),
            Refusal.DIAGNOSIS: self._diagnoses(text, given),
            Refusal.REASSURANCE: patterns.REASSURES.search(text) is not None,
            Refusal.DECISION: _is_told(patterns.DECIDES, text, given),
            Refusal.PRETENCE: patterns.PRETENDS.search(text) is not None,
            Refusal.PRIVATE: _is_new(patterns.PRIVATE, text, given),
            Refusal.MEANING: not keeps_its_measure(text, given, language),
        }
        return tuple(refusal for refusal, is_so in found.items() if is_so)

    def allows(self, untrusted: str, language: Language, rule: str) -> bool:
        """Whether a wording may be shown."""
        return not self.refusals(untrusted, language, rule)

    def question_refusals(self, untrusted: str, language: Language, rule: str, read: Reads) -> tuple[Refusal, ...]:
        """Every reason not to ask it instead of the rule's question, whose answer it would become.

        Where the lexicon reads nothing in the rule's question, only that question's own words can be trusted.
        """
        if untrusted == rule:
            return ()
        text, given = _folded(untrusted), _folded(rule)
        found = dict.fromkeys(self.refusals(untrusted, language, rule))
        same = asks_the_same(text, rule, language, read, self.implied)
        if same is None:
            same = Vocabulary.of([given]).holds(text) and denies(text) is denies(given)
        elif same and Refusal.WORDS in found and self._in_own_words(text, read(rule, language), given):
            del found[Refusal.WORDS]
        return tuple(found) if same else tuple(found | {Refusal.MEANING: None})

    def note_refusals(self, untrusted: str, language: Language, rule: str, read: Reads) -> tuple[Refusal, ...]:
        """Every reason not to write it instead of the rule's sentences. A note is on paper and may be long."""
        found = [one for one in self.refusals(untrusted, language, rule) if one is not Refusal.TOO_LONG]
        if not says_the_same(_folded(untrusted), rule, language, read, self.implied):
            found.append(Refusal.MEANING)
        return tuple(dict.fromkeys(found))

    def _in_own_words(self, text: str, findings: Iterable[Finding], given: str) -> bool:
        """Whether all words are those of reviewed questions, or reviewed words for what is asked."""
        forms = (self.forms.get(finding.code, ()) for finding in findings)
        own = Vocabulary.of(_folded(form) for known in forms for form in known)
        return (self.questions | own | Vocabulary.of([given])).holds(text)

    def is_for_staff(self, question: str) -> bool:
        """Whether no text may answer a question: doses, what illness it is, whether it is serious."""
        return is_for_staff(question, self._medicine.search(_folded(question)) is not None)

    def _names_medicine(self, text: str, given: str) -> bool:
        if _is_told(self._medicine, text, given) or _is_told(patterns.MEDICINE_FAMILY, text, given):
            return True
        squeezed, squeezed_given = _BETWEEN.sub("", text), _BETWEEN.sub("", given)
        if any(name in squeezed and name not in squeezed_given for name in self._squeezed):
            return True
        return any(_tells_to_take(sentence, self._medicine) for sentence in _SENTENCE.findall(text))

    def _diagnoses(self, text: str, given: str) -> bool:
        if _is_told(patterns.ALWAYS_DIAGNOSIS, text, given) or _is_new(self._condition, text, given):
            return True
        if _is_new(_ILLNESS, text, given):
            return True
        return any(self._says_ill(sentence) for sentence in _SENTENCE.findall(text) if not _is_question(sentence))

    def _says_ill(self, sentence: str) -> bool:
        """An illness after words that claim something; also one that was in the sources as a guess or a question."""
        claims = [match.end() for match in re.finditer(patterns.SAYS_ILL, sentence)]
        ills = [match.end() for match in re.finditer(patterns.ILLNESS, sentence)]
        ills += [match.end() for match in self._condition.finditer(sentence)]
        return any(claim < ill for claim in claims for ill in ills)


def numbers_in(text: str) -> frozenset[float]:
    """Every number that somebody may have meant, however it is written."""
    folded = text.casefold()
    han = (zh_number(match[0]) for match in _HAN_NUMERAL.finditer(folded))
    english = (en_number(match[0]) for match in _ENGLISH_NUMERAL.finditer(folded))
    more = (number for word, number in _MORE_NUMBERS.items() if word in folded)
    return frozenset(number for number in (*han, *english, *more) if number is not None)


def sound_findings(untrusted: Iterable[Finding], text: str, codes: Collection[str]) -> tuple[Finding, ...]:
    """The proposals with a known code whose words stand in the text, one for each code.

    The finding stays without its strength and value, which the question to the patient does not show, and without a
    length that is not the only one in the text.
    """
    hours = _hours_told(text)
    sound: dict[str, Finding] = {}
    for finding in untrusted:
        if len(sound) == MOST_PROPOSED:
            break
        if finding.code in codes and finding.code not in sound and _is_quoted(finding, text):
            sound[finding.code] = _with_what_was_said(finding, hours)
    return tuple(sound.values())


def _is_quoted(finding: Finding, text: str) -> bool:
    if finding.span is None or len(finding.text) > LONGEST_EVIDENCE or not means_something(finding.text):
        return False
    start, end = finding.span
    # Counted from the end, words would stand in another place than the one that is compared with the lexicon's.
    return 0 <= start < end <= len(text) and text[start:end] == finding.text


def _hours_told(text: str) -> frozenset[float]:
    """The only length of time in a text; with several nobody knows which one a model means."""
    told = frozenset(length.hours for language in Language for length in find_durations(folded(text), language))
    return told if len(told) == 1 else frozenset()


def _with_what_was_said(finding: Finding, hours: Collection[float]) -> Finding:
    return replace(
        finding,
        duration_hours=finding.duration_hours if finding.duration_hours in hours else None,
        severity=None,
        value=None,
        own_duration=False,
        asked_about=False,
        sites=(),
        read_by_model=False,
    )


def _folded(text: str) -> str:
    """One way of writing: full-width, ligatures, digits of other scripts and capitals become plain ones."""
    plain = unicodedata.normalize("NFKC", text)
    digits = (str(unicodedata.decimal(character, character)) for character in plain)
    return "".join(digits).casefold().replace("’", "'").replace("‘", "'")


def _any_of(names: Collection[str]) -> re.Pattern[str]:
    words = sorted({_folded(name).strip() for name in names if name.strip()}, key=len, reverse=True)
    spelled = (rf"\b{re.escape(word)}s?\b" if word[0].isascii() else re.escape(word) for word in words)
    return re.compile("|".join(spelled) or r"(?!)")


def _is_new(pattern: re.Pattern[str], text: str, given: str) -> bool:
    """Whether something is found that does not stand in the sources word for word."""
    squeezed = _BETWEEN.sub("", given)
    return any(_BETWEEN.sub("", match[0]) not in squeezed for match in pattern.finditer(text))


def _is_told(pattern: re.Pattern[str], text: str, given: str) -> bool:
    """Whether it is told at all, or asked about without standing in the sources.

    Words that a patient put there are no excuse to tell them back: they would look like the hospital's own.
    """
    for sentence in _SENTENCE.findall(text):
        if _is_new(pattern, sentence, given) if _is_question(sentence) else pattern.search(sentence):
            return True
    return False


def _hard_numbers(text: str) -> frozenset[float]:
    """Numbers in a text whatever it talks about; without words that only look like one."""
    return numbers_in(_NO_NUMBER.sub(" ", text)) - ({1.0} if "one" in text and not re.search(r"[1一]", text) else set())


def _writes_formally(text: str, given: str) -> bool:
    return bool(set(_FORMAL_NUMERALS.findall(_NO_NUMBER.sub(" ", text))) - set(given))


def _changes_form(text: str, given: str, asks: bool) -> bool:
    """A question that does not only ask, or a question where the rule's text states something."""
    if not asks:
        return "?" in text and "?" not in given
    sentences = [one for one in _SENTENCE.findall(text) if one.strip()]
    return not all(_only_asks(one) for one in sentences) or says_more_than_it_asks(text, given)


def _only_asks(sentence: str) -> bool:
    return _ASKS.search(sentence) is not None and _CLAIMS_FIRST.search(sentence) is None


def _is_question(sentence: str) -> bool:
    """Whether it only asks; "why not take some?" does not."""
    return bool(patterns.ASKS_ABOUT.match(sentence) or patterns.ASKS_ABOUT_ZH.match(sentence))


def _tells_to_take(sentence: str, medicine: re.Pattern[str]) -> bool:
    if _is_question(sentence):
        return False
    named = medicine.sub(" medicine ", sentence)
    return bool(patterns.TAKES_EN.search(named) or patterns.TAKES_ZH.search(sentence))


def _is_in(text: str, language: Language, given: str) -> bool:
    """Whether the letters are those of the language; words of another one must stand in the sources."""
    letters = [character for character in text if character.isalpha()]
    han = sum("㐀" <= character <= "鿿" for character in letters)
    if any(not _is_latin_or_han(character) for character in letters):
        return False
    if language is Language.ZH:
        foreign = re.findall(r"[a-zà-ɏ]+", text)
        return 2 * han >= len(letters) and all(word in given for word in foreign)
    return all(run in given for run in re.findall("[㐀-鿿]+", text)) and 2 * han <= len(letters)


def _is_latin_or_han(character: str) -> bool:
    return character.isascii() or "㐀" <= character <= "鿿" or unicodedata.name(character, "").startswith("LATIN")
