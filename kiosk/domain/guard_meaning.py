"""What a wording must keep of its rule's text: findings, sides, bounds, degrees, lengths, whose complaint it is.

Words of the vocabulary alone can ask about another place, the other side, another length, or the opposite. A patient's
"no" to such a question would be noted as the answer to the rule's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from kiosk.domain.durations import find_durations
from kiosk.domain.findings import Finding, Status
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from kiosk.domain.numbers import EN_NUMERAL, ZH_NUMERAL, en_number, zh_number

Reads = Callable[[str, Language], Iterable[Finding]]
"""The lexicon: what it finds in a text."""

LOW, HIGH = "low", "high"
_PAIN = "(?:痛|疼|难受)"
KEPT: Mapping[str, re.Pattern[str]] = {
    "left": re.compile(r"\bleft\b(?! with| over| behind| home)|左"),
    "right": re.compile(r"\bright\b(?! now| away| after)|右"),
    "upper": re.compile(r"\bupper\b|上(?=[腹肢胸背臂眼]|半身)"),
    "lower": re.compile(r"\blower\b|\blow down\b|下(?=[腹肢巴眼]|半身|面的)"),
    "both": re.compile(r"\bboth\b|\beither\b|两[侧边条只腿脚手眼耳]|双[侧边腿脚手眼耳肩膝]"),
    "at least": re.compile(r"\b(?:over|above|at least|or more|(?:more|longer) than)\b|超过|以上|至少|不止|多于"),
    "at most": re.compile(
        r"\b(?:under|below|at most|within|or less|(?:less|fewer|shorter) than)\b|以下|不到|少于|不足|以内|之内|"
        r"(?<=[秒钟时天日周期月年])内"
    ),
    "after": re.compile(
        r"\bafter (?:\d+|an?|one|two|three|\w+) (?:second|minute|hour|day|week|month|year)|"
        r"(?<=[秒钟时天日周期月年])[之以]?后"
    ),
    LOW: re.compile(
        r"\b(?:slight\w*|mild\w*|a (?:little|bit)|less|faint\w*|as (?:usual|always)|"
        r"(?:like|as) (?:every day|always))\b|老[样毛][子病]|和平时一样|"
        r"轻微|稍|有点|有些|一点(?!儿?都不)|(?<![忽省策])略[微有]?|好[些点]"
    ),
    HIGH: re.compile(
        r"\b(?:badly|sever\w+|terribl\w+|extreme\w*|awful\w*|horribl\w+|unbearabl\w+|excruciat\w+|worst|intense\w*|"
        r"very (?:much|bad|strong|hard)|(?:so|too) (?:much|bad|strong))\b|"
        rf"厉害|剧烈|受不了|要命|要死|非常|特别|(?<!积)极|最(?![近后初])|{_PAIN}得?很|很{_PAIN}"
    ),
    "slow": re.compile(r"\b(?:slow\w*|gradual\w*)\b|慢慢|逐渐|渐渐"),
    "something": re.compile(r"\b(?:some|any)thing\b"),
    "only": re.compile(r"\b(?:only|just|merely)\b|只[有是]|仅"),
}
"""What stands in both texts or in neither, in one language or across two."""
ADDED: Mapping[str, re.Pattern[str]] = {
    "past": re.compile(r"\b(?:ever|before|used to|in the past|once|as a child)\b|以前|过去|曾|小时候"),
}
"""What must not come in."""
SIDES = ("left", "right")
KIN: Mapping[str, re.Pattern[str]] = {
    "mother": re.compile(r"\b(?:mother|mum|mom|mummy|mommy)\b|妈|母亲|[我他她]娘"),
    "father": re.compile(r"\b(?:father|dad|daddy)\b|爸|父亲|[我他她]爹"),
    "child": re.compile(
        r"\b(?:child|children|kids?|baby|babies|infant|toddler|son|daughter|(?:little )?(?:boy|girl))\b|"
        r"孩|宝宝|宝贝|婴儿|娃|儿子|女儿|闺女"
    ),
    "husband": re.compile(r"\bhusband\b|丈夫|老公|先生"),
    "wife": re.compile(r"\bwife\b|妻子|老婆|媳妇|爱人"),
    "grandparent": re.compile(r"\bgran\w*\b|爷爷|奶奶|外公|外婆|姥"),
    "sibling": re.compile(r"\b(?:brother|sister|sibling)s?\b|[哥弟姐妹]"),
    "friend": re.compile(r"\b(?:friend|colleague|neighbou?r)s?\b|朋友|同事|邻居"),
}
PLACES: Mapping[str, re.Pattern[str]] = {
    "head": re.compile(r"\bhead(?:ache)?s?\b|(?<![骨舌石枕])头(?![发皮])"),
    "eye": re.compile(r"\beyes?\b|眼"),
    "ear": re.compile(r"\bears?\b|耳"),
    "throat": re.compile(r"\bthroat\b|喉|嗓|咽"),
    "jaw": re.compile(r"\b(?:jaw|chin)\b|下巴|颌"),
    "neck": re.compile(r"\bneck\b|脖|颈"),
    "chest": re.compile(r"\bchest\b|胸"),
    "back": re.compile(r"\b(?:your|lower|upper|the) back\b|\bback pain\b|后背|背|腰"),
    "belly": re.compile(r"\b(?:belly|stomach|abdom\w+|tummy)\b|肚|腹|胃"),
    "arm": re.compile(r"\b(?:arm|hand|finger|wrist|elbow|shoulder)s?\b|胳膊|手(?!术|机)|肩|肘"),
    "leg": re.compile(r"\b(?:leg|foot|feet|knee|ankle|toe|calf|calves|hip)s?\b|腿|脚|膝|踝"),
}
"""Where it is: with a place in the rule's text no other one is named, with several all of them are."""
_FIGURES = re.compile(r"\d+(?:\.\d+)?")
_AMOUNT_EN = re.compile(rf"\b({EN_NUMERAL})[ -](second|minute|hour|day|night|week|month|year|degree|time)s?\b")
_AMOUNT_ZH = re.compile(rf"({ZH_NUMERAL})个?半?(秒|分|小时|钟头|天|日|晚|夜|星期|礼拜|周|月|年|岁|度|次)")
_DENIES = re.compile(r"\b(?:not|no|never|none|without|nothing|cannot)\b|n't\b|[不没无未别]")
_EITHER_WAY = re.compile(r"([是有能会想要可])[不没]\1")


def classes_in(text: str, patterns: Mapping[str, re.Pattern[str]]) -> frozenset[str]:
    """The names of the patterns that are found in a text."""
    plain = folded(text)
    return frozenset(name for name, pattern in patterns.items() if pattern.search(plain))


def keeps_its_measure(text: str, given: str, language: Language) -> bool:
    """Sides, bounds, degrees, people, lengths of time and the order of figures are those of the rule's text."""
    if classes_in(text, KEPT) != classes_in(given, KEPT) or classes_in(text, KIN) != classes_in(given, KIN):
        return False
    if not classes_in(text, ADDED) <= classes_in(given, ADDED):
        return False
    places, own = classes_in(text, PLACES), classes_in(given, PLACES)
    if (own and not places <= own) or (len(own) > 1 and places != own):
        return False
    figures, rules = _FIGURES.findall(text), _FIGURES.findall(given)
    if len(rules) > 1 and len(figures) > 1 and [one for one in rules if one in figures] != figures:
        return False
    return _amounts(text) == _amounts(given) and lengths_in(text, language) == lengths_in(given, language)


def lengths_in(text: str, language: Language) -> frozenset[float]:
    """Every length of time that is told, in hours."""
    return frozenset(round(length.hours, 3) for length in find_durations(folded(text), language))


def _amounts(text: str) -> frozenset[tuple[float | None, str]]:
    plain = folded(text)
    english = frozenset((en_number(found[1]), found[2]) for found in _AMOUNT_EN.finditer(plain))
    return english | {(zh_number(found[1]), found[2]) for found in _AMOUNT_ZH.finditer(plain)}


def denies(text: str) -> bool:
    """Whether a text says no to anything; 有没有 does not."""
    return _DENIES.search(_EITHER_WAY.sub("", folded(text))) is not None


def without_parts(findings: Iterable[Finding], implied: Mapping[str, frozenset[str]]) -> Mapping[str, Status]:
    """Findings with their status, without those that are part of another one that is there or in doubt."""
    codes = {finding.code: finding.status for finding in findings}
    known = (implied.get(code, frozenset()) for code, status in codes.items() if status is not Status.ABSENT)
    parts = frozenset[str]().union(*known)
    return {code: status for code, status in codes.items() if code not in parts}


def _asked(findings: Iterable[Finding], implied: Mapping[str, frozenset[str]]) -> Mapping[str, bool]:
    """What is asked about, and whether as missing."""
    return {code: status is Status.ABSENT for code, status in without_parts(findings, implied).items()}


def asks_the_same(
    text: str, rule: str, language: Language, read: Reads, implied: Mapping[str, frozenset[str]]
) -> bool | None:
    """Whether a question asks about what the rule's asks about, by the lexicon; None when it reads nothing in both."""
    before, after = _asked(read(rule, language), implied), _asked(read(text, language), implied)
    return before == after if before or after else None


def overlap(one: tuple[int, int] | None, other: tuple[int, int]) -> bool:
    """Whether two half-open ranges of characters share one."""
    return one is not None and one[0] < other[1] and other[0] < one[1]


def says_the_same(text: str, rule: str, language: Language, read: Reads, implied: Mapping[str, frozenset[str]]) -> bool:
    """Whether a note tells the same findings as its rule's, each as there, not there or in doubt, and as long.

    One length may stand for several findings (`fever and sore throat for 2 days`), but not behind another finding.
    """
    before, after = tuple(read(rule, language)), tuple(read(text, language))
    rules = {finding.code: finding.status for finding in before}
    written = {finding.code: finding.status for finding in after if not _is_of_a_length(finding, text, language)}
    lasting = {finding.code for finding in after} - written.keys()
    part_of = frozenset[str]().union(*(implied.get(code, frozenset()) for code in lasting))
    for code in part_of & rules.keys():
        written.setdefault(code, Status.PRESENT)
    known = all(implied.get(code, frozenset()) & rules.keys() for code in lasting - rules.keys())
    for code in lasting & rules.keys():
        written[code] = Status.PRESENT
    if not known or written != rules:
        return False
    told = _owners(rule, language, before)
    return all(
        any(hours == length and code in {owner} | implied.get(owner, frozenset()) for length, code in told)
        for hours, owner in _owners(text, language, after)
    )


def _is_of_a_length(finding: Finding, text: str, language: Language) -> bool:
    """A finding that is there because of a length of time: chest pain of an hour is `chest_pain_long`."""
    if finding.span is None or finding.status is not Status.PRESENT:
        return False
    lengths = find_durations(folded(text), language)
    return any(overlap(finding.span, (length.start, length.end)) for length in lengths)


def _owners(text: str, language: Language, findings: Iterable[Finding]) -> frozenset[tuple[float, str]]:
    """Each length of time with the finding before it."""
    spans = [(*finding.span, finding.code) for finding in findings if finding.span is not None]
    owners = set[tuple[float, str]]()
    for length in find_durations(folded(text), language):
        before = [(end, code) for start, end, code in spans if end <= length.start]
        before += [(end, code) for start, end, code in spans if start < length.start < end]
        if before:
            owners.add((length.hours, max(before)[1]))
    return frozenset(owners)
