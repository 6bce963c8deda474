"""How English symptom words are loosened: stems, contractions, words that may stand in between, slips of the pen."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kiosk.adapters.english_alike import alike
from kiosk.adapters.english_slips import EnglishWords

_FILLER_WORDS = (
    "a an the my your his her their our its this that some very really so quite just too pretty bit little slight "
    "slightly mild mildly severe severely bad badly terrible terribly awful awfully horrible extreme extremely strong "
    "constant constantly continuous continuously persistent persistently always sometimes occasional occasionally "
    "often intermittent intermittently also still is are was were am be been being has have had keep keeps kept feel "
    "feels feeling felt getting gets get got become becoming left right both lot"
)
FILLERS = frozenset(_FILLER_WORDS.split())
"""Left out of the loose reading, unless a form would consist of nothing else."""

_AUXILIARIES = frozenset(("do", "does", "did", "is", "are", "was", "were", "has", "have", "had", "am"))
_WITHOUT_APOSTROPHE = (
    "do",
    "does",
    "did",
    "is",
    "was",
    "has",
    "have",
    "had",
    "are",
    "were",
    "could",
    "would",
    "should",
)
_CONTRACTIONS = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "ain't": "is not",
    "shan't": "shall not",
    "cant": "can not",
    "anymore": "any more",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    **{f"{verb}nt": f"{verb} not" for verb in _WITHOUT_APOSTROPHE},
}
"""Recognisers leave out the apostrophe."""
_LITTLE_THINGS = frozenset(
    (
        "ache", "bit", "bite", "blister", "boy", "bruise", "bump", "burn", "cough", "cut", "dizzy", "girl", "graze",
        "headache", "itch", "itchy", "lad", "line", "lump", "man", "mark", "one", "pain", "rash", "red", "scratch",
        "sore", "splinter", "spot", "sting", "swelling", "tired", "while",
    )
)  # fmt: skip
"""After "a wee" these are small, in Scots and Ulster English, and no urine is spoken of."""
_HARDLY = ("hardly", "barely", "scarcely")
_BEFORE_AN_AMOUNT = frozenset(
    (
        "a", "little", "wee", "tiny", "quite", "every", "this", "that", "some", "any", "one", "last", "first", "next",
        "each", "final", "same", "good", "fair", "best", "worst",
    )
)  # fmt: skip
_BEGINS_AN_AMOUNT = frozenset(
    (
        "",
        "|",
        "feel",
        "feels",
        "feeling",
        "felt",
        "am",
        "is",
        "are",
        "was",
        "been",
        "still",
        "just",
        "and",
        "but",
        "now",
    )
)
_IS_BITTEN = frozenset(
    (
        "me", "him", "her", "us", "them", "it", "you", "my", "his", "our", "their", "your", "the", "a", "an", "into",
        "through", "down", "on", "off", "back", "both", "by", "and",
    )
)  # fmt: skip
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[^\sa-z\d'\-/]")
_BREAK = "|"


class EnglishText:
    """Folded text as words with their ranges; contractions are spelled out and punctuation is a word of its own."""

    def __init__(self, text: str, vocabulary: EnglishWords | None = None) -> None:
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        found = list(_WORD.finditer(text))
        for match, following in zip(found, [*found[1:], None], strict=False):
            at = match.start()
            spelled = _spelled(match[0])
            if spelled[0] in _HARDLY and self.words and self.words[-1] in ("can", "could"):
                spelled = ["not"]
            if spelled[0] == "wee" and following and following[0] in _LITTLE_THINGS:
                spelled = ["small"]
            if spelled[0] == "bit" and self._is_amount(following[0] if following else ""):
                spelled = ["little"]
            if vocabulary and len(spelled) == 1:
                spelled = list(vocabulary.corrected(spelled[0], following[0] if following else ""))
            for number, word in enumerate(spelled):
                self.words.append(word)
                # The parts of a contraction divide its letters, so that "not" in "can't" is shorter than "can not".
                self.starts.append(at)
                at = match.end() if number + 1 == len(spelled) else min(at + len(word), match.end() - 1)
                self.ends.append(at)
        alike(self.words, self.starts, self.ends)
        self.stems = stemmed(self.words)

    def _is_amount(self, following: str) -> bool:
        """The bit of "a bit sore" and "bit wheezy since the cat came", which nobody has bitten."""
        before = self.words[-1] if self.words else ""
        if before in _BEFORE_AN_AMOUNT:
            return True
        return before in _BEGINS_AN_AMOUNT and following.isalpha() and following not in _IS_BITTEN

    def without_fillers(self) -> Loose:
        """The stems with fillers left out, and "not" after an auxiliary left out and counted."""
        loose = Loose([], [], [])
        count = 0
        previous = ""
        for number, word in enumerate(self.words):
            if word == "not" and previous in _AUXILIARIES:
                count += 1
            elif (
                word not in FILLERS
                and not word[0].isdigit()
                and not (word in _AUXILIARIES and self._is_negated(number))
            ):
                loose.stems.append(self.stems[number])
                loose.order.append(number)
                loose.negations.append(count)
            previous = word
        return loose

    def _is_negated(self, number: int) -> bool:
        return number + 1 < len(self.words) and self.words[number + 1] == "not"


@dataclass(frozen=True, slots=True)
class Loose:
    """`order` numbers each stem among all words, `negations` counts the negations skipped before it."""

    stems: list[str]
    order: list[int]
    negations: list[int]


def _spelled(word: str) -> list[str]:
    if word in _CONTRACTIONS:
        return _CONTRACTIONS[word].split()
    if word.endswith("n't") and len(word) > 3:
        return [word[:-3], "not"]
    head, quote, tail = word.partition("'")
    if quote:
        spelled = {"ve": "have", "m": "am", "re": "are", "ll": "will", "d": "would"}.get(tail)
        return [head, spelled] if spelled else [head]
    return [word if word[0].isalnum() and word.isascii() else _BREAK]


def bare(words: Iterable[str]) -> list[str]:
    """The words without fillers."""
    return [word for word in words if word not in FILLERS]


_TELLING = frozenset(
    (
        "often", "constant", "constantly", "always", "little", "keep", "keeps", "left", "right", "both", "severe",
        "severely", "bad", "badly", "terrible", "awful", "too", "so", "bit",
    )
)  # fmt: skip
_LINKS = frozenset(
    (
        "to", "up", "out", "on", "in", "of", "off", "for", "from", "with", "at", "by", "into", "down", "over", "me",
        "him", "i", "you", "it", "he", "she", "and", "go", "going", "nothing", "all", "any", "more", "come", "coming",
        "now", "then", "when", "like", "one", "way",
    )
)  # fmt: skip
_TOO_SHORT = 2


def says_little(words: Collection[str], kept: Collection[str]) -> bool:
    """True when the form without fillers no longer means the same: "passing urine often" is not "passing urine".

    "A severe allergic reaction" is more than an allergic one, and of "out to get her" only "out to" would be left.
    """
    if len(kept) < _TOO_SHORT or _LINKS.issuperset(kept):
        return True
    return len(kept) == _TOO_SHORT and ("i" in kept or not _TELLING.isdisjoint(words))


def stemmed(words: Iterable[str]) -> list[str]:
    return [stem(word) for word in words]


_LEFT_WHOLE = frozenset(
    (
        "aids", "ankles", "bile", "bumped", "butt", "butted", "butts", "chilled", "chilling", "clubbing",
        "contracting", "crowning", "crushing", "drained", "draining", "droppings", "elbowed", "expecting",
        "gassed", "gelling", "graves", "guarding", "hiss", "hissing", "hive", "hives", "limping", "node", "nodes",
        "nursing", "pale", "paler", "pants", "pile", "piles", "pointing", "rape", "raped", "rate", "rates", "scarring",
        "settling", "severed", "singed", "skinned", "spine", "spotting", "stabbed", "stabbing", "stroked", "stroking",
        "teething", "testes", "trips", "voices", "winded", "wiped", "yellowing",
    )
)  # fmt: skip
"""Their stems are other words: hiv, spin, wind, his, but, spot, pill, scared, nod, limp, nurse, panting, rat, crown, an
aid, a club, a contract, a drain, "I expect", a guard, a pal, "when I wipe".

A stab of pain is no stabbing, one ankle is not both, a contract is no contraction, and what is yellow is no patient.
"""

_WITH_PLURAL = frozenset(
    (
        "bite", "care", "cute", "evening", "filling", "hate", "heading", "hope", "huge", "legging", "meaning", "shine",
        "stare", "tire",
    )
)  # fmt: skip
"""Left whole but for an s, for the stem is another word: bit, car, cut, even, fill, hat, head, hop, hug, shin, star."""

_SAME_AS = {
    "biting": "bite", "caring": "care", "hating": "hate", "hoping": "hope", "hoped": "hope", "hated": "hate",
    "cared": "care", "shining": "shine", "staring": "stare", "stared": "stare", "bits": "bits",
}  # fmt: skip

_NOT_THE_CUE = frozenset(("cute", "note", "notes", "noted", "piled", "piling", "stabbed", "tripped"))
"""Cut short, "she notes a rash" would deny it, piled would be piles, a pain that stabs a stabbing, a trip a fall."""


_STEMS: dict[str, str] = {}


def learn_stems(words: Iterable[str]) -> None:
    """Keep the stems of the content's own words; what a patient says is never kept."""
    for word in words:
        _STEMS[word] = _cut(word)


def stem(word: str) -> str:
    """A word without plural, -ing, -ed, final e and doubled consonant; the same for every form, not a real word."""
    known = _STEMS.get(word)
    return _cut(word) if known is None else known


def _cut(word: str) -> str:
    if word in _LEFT_WHOLE or word in _NOT_THE_CUE:
        return word
    if word in _SAME_AS:
        return _SAME_AS[word]
    if word in _WITH_PLURAL or (word[-1] == "s" and word[:-1] in _WITH_PLURAL):
        return word.removesuffix("s")
    if word in ("pill", "pills"):
        return "pill"  # not the stem of pile
    if len(word) > 3 and word.isalpha():
        word = _without_ending(word)
        if len(word) > 3 and word.endswith("e"):
            word = word[:-1]
        if len(word) > 2 and word[-1] == word[-2] and word[-1] not in "aeiou":
            word = word[:-1]
    return word


def _without_ending(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses")) and len(word) > 5:
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if word.endswith("ing") and len(word) > 5:
        return word[:-3]
    if word.endswith("ied") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        return word[:-2]
    return word
