"""The form of a wording: plain letters of its language, and a question that does nothing but ask.

A model's grammar (wire/text_grammars.py) writes only such letters; a server in the house may ignore it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from kiosk.domain.guard_patterns import ASKS_ABOUT
from kiosk.domain.guard_words import ENGLISH_PLAIN, HAN_PLAIN, HAN_RUN, WORD, root
from kiosk.domain.language import Language

_MARKS = frozenset(" .,:;?!()'’/%-°℃。，、：；？！（）")
_INVISIBLE = frozenset(("C", "M", "Z"))
_HAN_APART = re.compile("[㐀-鿿] +[㐀-鿿]")
_ME = re.compile(r"\b(?:i|me|my|mine|we|us|our|ours)\b|[我咱俺]")
_CLAUSE = re.compile(r"[,，;；]")
_OR = re.compile(r"\bor\b|或|还是")
_COLON = re.compile("[:：]")
_LEADS_EN = re.compile(r"\s*(?:when|while|if|since|after|before|at|in|on|during|for|lately|recently|now)\b")
_LEADS_ZH = re.compile(
    r"^(?:如果|要是|比如|现在|最近|近来|平时|这[几两]天)|(?:时|时候|之后|以后|后|前|里|晚上|夜里|白天)$"
)
_CLAIMS = re.compile(
    r"[,;]\s*(?:that|this|it|you|he|she|they|there)(?:'(?:s|re|ll|ve)| (?:is|are|was|were|will|have|has|may|can))\b"
)
_WHEN = re.compile(r"\b(?:when|while|if|unless|during)\b([^,?]*)")
_ASKS_ZH = re.compile("[吗呢]|有没有|是不是|会不会|能不能|是否")
_SUGGESTS = re.compile("吧(?=[?？。!！\\s]|$)|不是吗|对不对")
_MOST_TIMES = 2
_LONGER = {Language.ZH: (20, 4), Language.EN: (60, 4)}
"""Letters, and times the rule's own, that a wording may have."""


def has_odd_characters(untrusted: str, given: str) -> bool:
    """Letters that only look like plain ones, marks put over letters, blanks that are none, other signs.

    What the rule's own text holds is plain.
    """
    return any(_is_odd(one) for one in set(untrusted) - set(given)) or (
        _HAN_APART.search(untrusted) is not None and _HAN_APART.search(given) is None
    )


def _is_odd(character: str) -> bool:
    if character in _MARKS:
        return False
    if unicodedata.category(character)[0] in _INVISIBLE:
        return True
    is_letter_or_digit = character.isalpha() or character.isdecimal()
    return not is_letter_or_digit or unicodedata.normalize("NFKC", character) != character


def is_drawn_out(text: str, given: str, language: Language) -> bool:
    """Far longer than the rule's text, the same word over and over, or no word that means something."""
    least, times = _LONGER[language]
    if len(text) > least + times * len(given):
        return True
    written, known = Counter(_content(text)), Counter(_content(given))
    return not written or any(count > max(_MOST_TIMES, known[word] + 1) for word, count in written.items())


def _content(folded: str) -> Iterator[str]:
    yield from (root(word) for word in WORD.findall(folded) if word not in ENGLISH_PLAIN)
    for run in HAN_RUN.findall(folded):
        yield from (run[at : at + 2] for at in range(len(run)) if run[at] not in HAN_PLAIN)


def says_more_than_it_asks(text: str, given: str) -> bool:
    """A question that speaks of itself, calls somebody, says something first, suggests its answer, or asks twice."""
    if len(re.findall("[?？]", text)) > max(1, len(re.findall("[?？]", given))):
        return True
    if len(_OR.findall(text)) > max(1, len(_OR.findall(given))):
        return True
    if _CLAIMS.search(text) or _adds_a_condition(text, given):
        return True
    if any(said.search(text) and not said.search(given) for said in (_ME, _SUGGESTS)):
        return True
    return bool(_COLON.search(text) and not _COLON.search(given)) or not _begins_by_asking(text, given)


def _adds_a_condition(text: str, given: str) -> bool:
    """`when you are hungry`, where the rule's text asks without one and speaks of nothing like it."""
    known = frozenset(_content(given))
    conditions = _WHEN.findall(text)
    return bool(conditions) and not _WHEN.search(given) and not all(known & set(_content(one)) for one in conditions)


def _begins_by_asking(text: str, given: str) -> bool:
    if HAN_RUN.search(text):
        *first, _ = _CLAUSE.split(text)
        return all(_LEADS_ZH.search(one.strip()) or _ASKS_ZH.search(one) or one.strip() in given for one in first)
    rest = text
    while (clause := _CLAUSE.search(rest)) is not None and _LEADS_EN.match(rest):
        rest = rest[clause.end() :]
    return ASKS_ABOUT.match(rest) is not None or _LEADS_EN.match(rest) is not None or _same_start(rest, given)


def _same_start(text: str, given: str) -> bool:
    first, other = WORD.search(text), WORD.search(given)
    return first is not None and other is not None and first[0] == other[0]
