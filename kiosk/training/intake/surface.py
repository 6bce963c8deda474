"""Everything that can be said for a finding: forms of the knowledge base, and sites and senses put together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from kiosk.domain.composition import NOTHING, THING, WHOLE, Combination, Composition
from kiosk.domain.knowledge import KnowledgeBase, SymptomKind
from kiosk.domain.language import Language
from kiosk.domain.matching import folded

HELD_SHARE = 8
"""One form in this many is kept out of training, to measure what the model makes of words it never met."""
_FEW_FORMS = 6
_USUAL = 40


class Shape(StrEnum):
    """Which place in a sentence a form fits: a noun, a predicate, a whole clause, an -ing word, an adjective."""

    NOUN = "n"
    VERB = "v"
    CLAUSE = "c"
    GERUND = "g"
    ADJECTIVE = "a"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to say a finding; `denial` says that it is not there, where that takes more than a word before it."""

    code: str
    text: str
    shape: Shape
    denial: str = ""


_EN_VERBS = re.compile(
    r"(?:can't|cannot|can not|couldn't|won't|not|don't|doesn't|didn't|haven't|keep|keeps|kept|feel|feels|felt|lost|"
    r"has|have|had|got|am|is|was|been|going|go|goes|went|came|come|can|wake|wakes|woke|throw|threw|bring|brought|"
    r"passed|pass|hit|fell|swallowed|took|drank|wants?|hurts?|cut|bit|bitten|stopped|find|finding|see|seeing|hear|"
    r"hearing|need|needs|sleep|sleeps|eat|eats|drink|drinks|cough|coughs|vomit|vomits|vomited|bleeds?)\b"
)
_EN_FINITE = re.compile(
    r"\b(?:hurts?|is|are|was|aches|throbs|itches|feels|feel|has|have|won't|can't|keeps?|looks?|gets?|went|goes|gone|"
    r"swells|burns|stings|bleeds|smells|turned|spins|'s)\b|'s\b"
)
_EN_ADJECTIVE = re.compile(
    r"(?:\w+(?:y|ed|ish|less|ous|sick|faint|weak|numb|sore|hot|cold|tired|ill|down|stiff|blind|deaf|pregnant|drunk))$"
)
_ZH_NOUN = re.compile(
    r"[疹瘩泡炎病症史血斑块包痣癣瘤癌石肿折感疤脓液物水屎尿便虫风声音点痰汗沫丝痂痘疮眵泪痔疱]$|手术|患者|骨折|过敏"
)
_ZH_NEGATIVE = re.compile("[不没无未]")
_ZH_INFIX = re.compile("(疼痛|酸痛|胀痛|刺痛|疼|痛|痒|晕|胀|酸|肿|麻|闷|慌|红|烧|咳|吐|喘|僵|硬|抖|烫)$")
_EN_INFIX = (
    ("hurts", "doesn't hurt"), ("hurt", "don't hurt"), ("aches", "doesn't ache"), ("itches", "doesn't itch"),
    ("feels", "doesn't feel"), ("throbs", "doesn't throb"), ("burns", "doesn't burn"), ("stings", "doesn't sting"),
    ("is", "isn't"), ("are", "aren't"), ("bleeds", "doesn't bleed"), ("can't", "can"), ("cannot", "can"),
    ("feel", "don't feel"), ("keep", "don't keep"), ("keeps", "doesn't keep"),
)  # fmt: skip


def is_held(code: str, text: str) -> bool:
    """Whether a form is kept out of training; for good, whatever else the knowledge base holds."""
    return int(hashlib.sha256(f"{code}|{text}".encode()).hexdigest(), 16) % HELD_SHARE == 0


def form_of(code: str, text: str, language: Language) -> Form:
    """The form with its place in a sentence, guessed from its words."""
    text = folded(text).strip()
    if language is Language.ZH:
        shape = Shape.NOUN if _ZH_NOUN.search(text) else Shape.VERB
        if _ZH_NEGATIVE.search(text):
            return Form(code, text, Shape.CLAUSE)
        return Form(code, text, shape, _ZH_INFIX.sub(r"不\1", text) if len(text) > 1 else f"不{text}")
    shape = _english_shape(text)
    return Form(code, text, shape, _english_denial(text) if shape in (Shape.CLAUSE, Shape.VERB) else "")


def _english_shape(text: str) -> Shape:
    first = text.split(" ", 1)[0]
    if _EN_VERBS.match(text):
        return Shape.VERB
    if " " in text and _EN_FINITE.search(text):
        return Shape.CLAUSE
    if first.endswith("ing") and len(first) > 5:
        return Shape.GERUND
    if " " not in text and _EN_ADJECTIVE.match(text):
        return Shape.ADJECTIVE
    return Shape.NOUN


def _english_denial(text: str) -> str:
    for verb, denial in _EN_INFIX:
        denied, count = re.subn(rf"\b{verb}\b", denial, text, count=1)
        if count:
            return denied
    return ""


class Surfaces:
    """Forms of one language by finding; `held` keeps those that training must not see, and only those, when true."""

    def __init__(self, knowledge: KnowledgeBase, language: Language, *, held: bool = False) -> None:
        self.language = language
        self.knowledge = knowledge
        self.forms: dict[str, tuple[Form, ...]] = {}
        self._unsaid: dict[str, frozenset[str]] = {}
        for code, symptom in knowledge.symptoms.items():
            texts = dict.fromkeys(folded(text).strip() for text in symptom.forms.get(language, ()))
            left_out = {text for text in texts if len(texts) >= _FEW_FORMS and is_held(code, text)}
            kept = [text for text in texts if (text in left_out) is held]
            if kept:
                self.forms[code] = tuple(form_of(code, text, language) for text in kept)
            self._unsaid[code] = frozenset() if held else frozenset(left_out)
        self.composed = _Composed(Composition() if held else knowledge.composition, language)
        self.kinds = {code: symptom.kind for code, symptom in knowledge.symptoms.items()}
        self.codes = sorted({*self.forms, *self.composed.by_code} - {NOTHING})
        self.complaints = [c for c in self.codes if self.kinds[c] in (SymptomKind.SYMPTOM, SymptomKind.SIGN)]
        self.complaint_codes = frozenset(self.complaints)
        self._weights = [self._weight(code) for code in self.codes]
        self._complaint_weights = [self._weight(code) for code in self.complaints]

    def _weight(self, code: str) -> float:
        """More for what can be said in many ways and is usual among visitors; less for names of illnesses."""
        ways = len(self.forms.get(code, ())) + 2 * len(self.composed.by_code.get(code, ()))
        usual = 1 + _USUAL * self.knowledge.symptoms[code].background
        return ways**0.5 * usual * (0.4 if code.startswith(("named_", "asks_for_")) else 1.0)

    def is_unsaid(self, code: str, text: str) -> bool:
        """True for words of a finding that are kept out of training."""
        return text in self._unsaid.get(code, ())

    def code(self, random: Random, *, complaint: bool = False) -> str:
        if complaint:
            return random.choices(self.complaints, self._complaint_weights)[0]
        return random.choices(self.codes, self._weights)[0]

    def form(self, code: str, random: Random, shapes: str = "") -> Form | None:
        """A form of a finding that fits; None when it has none of these shapes."""
        fixed = self.forms.get(code, ())
        composed = self.composed.by_code.get(code, ())
        if composed and (not fixed or random.random() < 0.35):
            form = self.composed.form(code, random)
            if (not shapes or form.shape in shapes) and form.text not in self._unsaid[code]:
                return form
        fitting = [form for form in fixed if form.shape in shapes] if shapes else fixed
        return random.choice(fitting) if fitting else None

    def pick(self, random: Random, shapes: str = "", *, complaint: bool = False) -> Form:
        """A form of any finding."""
        for _ in range(200):
            form = self.form(self.code(random, complaint=complaint), random, shapes)
            if form is not None:
                return form
        fitting = [form for forms in self.forms.values() for form in forms if form.shape in shapes]
        if not fitting:
            raise LookupError(f"no form of shape {shapes!r}")
        return random.choice(fitting)


class _Composed:
    """Sites with senses and words that mean something together, as phrases."""

    def __init__(self, composition: Composition, language: Language) -> None:
        self.language = language
        self.composition = composition
        self.by_code: dict[str, tuple[tuple[str, str] | Combination, ...]] = {}
        ways: dict[str, list[tuple[str, str] | Combination]] = {}
        for sense in composition.senses:
            for site in composition.sites:
                code = composition.finding(site, sense)
                if code and site not in (NOTHING, WHOLE, THING) and composition.sites[site].words.get(language):
                    ways.setdefault(code, []).append((site, sense))
        for combination in composition.combinations:
            if combination.language is language and combination.code != NOTHING and not combination.denies:
                ways.setdefault(combination.code, []).append(combination)
        self.by_code = {code: tuple(found) for code, found in ways.items()}

    def form(self, code: str, random: Random) -> Form:
        way = random.choice(self.by_code[code])
        if isinstance(way, Combination):
            return self._together(code, way, random)
        site = random.choice(self.composition.sites[way[0]].words[self.language])
        sense = random.choice(self.composition.senses[way[1]].words[self.language])
        return (
            _said_zh(code, site, sense, random) if self.language is Language.ZH else _said_en(code, site, sense, random)
        )

    def _together(self, code: str, combination: Combination, random: Random) -> Form:
        words = [random.choice(group) for group in combination.groups]
        if not combination.ordered and random.random() < 0.5:
            words.reverse()
        glue = _GLUE[self.language]
        text = words[0]
        for word in words[1:]:
            fits = [g for g in glue if len(g) <= combination.reach] or [" "]
            text += random.choice(fits) + word
        text = folded(" ".join(text.split()) if self.language is Language.EN else text)
        return Form(code, text, Shape.CLAUSE)


_GLUE: Mapping[Language, Sequence[str]] = {
    Language.ZH: (*("",) * 16, "就", "老", "都", "有点", "总是", "还", "一直", "会", "好像", "特别", "也"),
    Language.EN: (*(" ",) * 12, " is ", " was ", " and ", " my ", " the ", " just ", " really ", " has been "),
}


def _said_zh(code: str, site: str, sense: str, random: Random) -> Form:
    between = random.choice((*("",) * 8, "很", "有点", "老", "又", "特别", "一直", "总", "总是", "里", "这儿", "也"))
    side = random.choice(("", "", "", "", "左边", "右边", "两边")) if len(site) > 1 else ""
    return Form(
        code, folded(side + site + between + sense), Shape.VERB, folded(f"{side}{site}{random.choice('不不没')}{sense}")
    )


_EN_ADVERBS = ("", "", "", "", "really ", "a bit ", "quite ", "so ", "very ", "pretty ")
_EN_OWNERS = ("my", "my", "my", "the", "his", "her", "one", "my left", "my right")


def _said_en(code: str, site: str, sense: str, random: Random) -> Form:
    # A site that has a word of its own in front (behind my ear) takes no owner.
    place = site if re.match(r"(?:my|his|her|the|one|all|behind|under|below|in|at|around|between)\b", site) else ""
    owned = place or f"{random.choice(_EN_OWNERS)} {site}"
    kind = _english_shape(sense)
    adverb = random.choice(_EN_ADVERBS)
    if (sense.endswith("s") and sense[:-1] in _EN_ACTIONS) or sense in _EN_ACTIONS:
        base = sense.removesuffix("s") if sense not in _EN_ACTIONS else sense
        said = f"{owned} {base}{random.choice(('s', 's', ''))}"
        return Form(code, folded(said), Shape.CLAUSE, folded(f"{owned} {random.choice(_EN_NOT_DO)} {base}"))
    if kind is Shape.NOUN:
        said = random.choice((f"{sense} in {owned}", f"{sense} on {owned}", f"{site} {sense}", f"{sense} of {owned}"))
        return Form(code, folded(said), Shape.NOUN)
    verb = random.choice(("is", "is", "feels", "has been", "keeps", "are", "was", "'s", "gets", "has gone"))
    joined = f"{owned}{'' if verb == chr(39) + 's' else ' '}{verb} {adverb}{sense}"
    return Form(code, folded(joined), Shape.CLAUSE, folded(f"{owned} {random.choice(_EN_NOT_BE)} {sense}"))


_EN_ACTIONS = frozenset(
    (
        "hurt",
        "ache",
        "throb",
        "burn",
        "sting",
        "itch",
        "bleed",
        "twitch",
        "tingle",
        "ooze",
        "leak",
        "swell",
        "flake",
        "peel",
    )
)
_EN_NOT_DO = ("doesn't", "don't", "does not", "didn't", "never", "doesn't really")
_EN_NOT_BE = ("isn't", "is not", "doesn't feel", "aren't", "isn't at all", "hasn't been", "wasn't")


def every_form(knowledge: KnowledgeBase, language: Language, *, held: bool) -> Iterator[Form]:
    """The fixed forms of a language, in the order of the knowledge base."""
    for forms in Surfaces(knowledge, language, held=held).forms.values():
        yield from forms
