"""What a speaker takes back, answers in the same breath, or tells of what never was.

"Earache, wait, no, it's toothache", 拉血，不不，是尿血; 发烧吗没有咳嗽吗有一点; "if I had a fever I'd have told you".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

from kiosk.domain.findings import Status
from kiosk.domain.language import Language
from kiosk.domain.left_open_en import set_apart
from kiosk.domain.mentions import Mention
from kiosk.domain.relatives import FAMILY_HISTORY

TAKES_BACK = {
    Language.ZH: re.compile(
        r"(?:[，,。；;\s]|^)(?:(?:哎呀?|哦|噢|啊|呃|诶|欸|唉|嗯|喔)[，,]?)*"
        r"(?:不对+|不是不是|不不+|不是(?=[，,])|不(?=[，,])|(?:我)?(?:说|讲)(?:错|岔|反)了?|错了|口误|更正(?:一下)?)"
        r"[啊呀哦了]*[，,。]?\s*(?:我)?(?:应该说|应该|其实|准确说|(?:想|要)?说的|是说)?(?:就)?是"
    ),
    Language.EN: re.compile(
        r"\b(?:wait[,.]? ?no|no[,.]? wait|(?:hang|hold) on[,.]? no|no[,.]? sorry|sorry[,.]? no|scratch that|"
        r"strike that|correction|(?:no[,.]? )?i tell a lie|i take (?:that|it) back|"
        r"(?:no|sorry)[,.]? i mean(?:t)?|(?:no[,.]? )?(?:that's )?(?:the )?wrong word)(?![\w'])"
    ),
}
"""The last thing said was not meant; what is meant comes next."""

REFINES = {
    Language.ZH: re.compile(
        r"(?:准确|确切|严格)(?:地|来|点儿?)*[说讲]|应该说|其实|哎不|哦不|[我]?(?:说|讲)(?:错|岔)了"
    ),
    Language.EN: re.compile(r"\b(?:actually|well|rather|or should i say|to be (?:exact|precise|accurate|fair))\b"),
}
"""May begin a second thought: it takes back only what it denies by name."""

_ADDS = re.compile(r"\b(?:too|also|as well|plus|besides|on top|another)\b|[也还]|另外|再加")
_ELSEWHERE = re.compile(
    r"\b(?:other|right|left|one|both|night|when|if|unless|now|any ?more|today|always|much|that bad)\b|"
    r"[左右另夜]|平时|时候|现在|今天|怎么|那么|很"
)
_NEAR = 60
_SENTENCE = re.compile(r"[。！？!?；;\n]|\.(?![0-9])")
_TOLD_OTHERWISE = re.compile(
    r"(?:n't|\bnot|\bnever|\bdoesnt|\bisnt|\bdidnt)(?: (?:really|actually|exactly|quite|even|a|an|any|be|"
    r"been|get|feel|have))*"
    r" (?P<word>[a-z]{3,})(?! (?:too|much|that|so|badly|a lot|always|all|any ?more|now|when|if|unless|at|in|on)\b)"
)
_HURTS = ("hurt", "pain", "ache", "achi")
_STILL_ASKED = frozenset(
    (
        "not_breathing",
        "unconscious",
        "choking_now",
        "anaphylaxis_now",
        "suicide_attempt",
        "suicidal_thoughts",
        "overdose",
    )
)
"""Whoever takes these back, or a pain of the chest, is still asked about it."""

_IS_NOT = re.compile(r"(?:倒|可)?是不(?P<same>[\u4e00-\u9fff])")
_NOT_SO_AT_ONCE = re.compile(r"[，,\s]*(?:哎呀?|哦|噢|啊|呃|诶|唉|嗯)?[，,]?(?:不是|唔系|不叫)")

_ZH_ASKED = re.compile(r"(?:有没有|有冇|是不是|会不会)$")
_ZH_ASKED_WITHIN = re.compile(r"有没$|有冇$")
_ZH_ANSWER = re.compile(
    r"(?:(?![吗嘛么没不有是])[\u4e00-\u9fff])?(?P<asks>[吗嘛么])?[，,？?\s]*(?:(?P<no>没有?|冇|不(?!是不|[知晓清确])[\u4e00-\u9fff]?)|"
    r"(?P<yes>有(?:的|一点儿?|点儿?|一些|些)?|是的?))(?=[，,。？?！!；;\s啊呢的了]|有没有|是不是|会不会|$|"
    r"(?P<next>[\u4e00-\u9fff]{1,6}[吗嘛么]))"
)
_EN_ASKED = re.compile(
    r"(?:^|[\s,.;?])(?:do|does|did|have|has|is|are|am|was|any) (?:(?:i|he|she|you|it|there|they|we|my \w+) )?"
    r"(?:(?:have|had|got|get|feel|been|any|a|an|the|really|ever|bad) )*$"
)
_EN_ANSWER = re.compile(
    r"\s*[?,]?\s*(?:(?P<no>no|nope|nah|never|not really)|(?P<yes>yes|yeah|yep|yup|a bit|a little))"
    r"(?=\s*(?:$|[.,;?!]|(?:do|does|did|am|is|are|have|has|was|any)\b))"
)

_HAS_NOT = re.compile(r" (?:hasn'?t|haven'?t|has not|have not)(?= *(?:$|[.,;!]|though\b|yet\b))")
_ENDED = re.compile(
    r"\b(?:has|have|is|are|'s|'ve) (?:\w+ )?(?:gone|faded|stopped|cleared|settled|eased|passed|resolved|"
    r"healed|better)\b"
)

AFTER_ALL = {
    Language.ZH: re.compile(
        r"(?:其实|不对|说实话|老实说|实话说|实际上)[，,]?(?:我|他|她)?(?:也|还|倒|确实)*(?:是)?(?:有|想过?|会|疼|痛)过?"
        r"(?:的|一?点儿?|一些)?(?=[，,。；;！!？?\s]|$)"
    ),
    Language.EN: re.compile(
        r"\b(?:actually|well|wait|in fact|to be honest|scratch that),? (?:yes,? )?(?:i|he|she|it|they) "
        r"(?:am|do|have|is|are|does|has|did|was)(?= *(?:$|[.,;!?]))"
    ),
}
"""A denial is taken back."""

_NEVER_WAS = {
    Language.ZH: re.compile(
        r"(?:要是|如果|假如|要|真要|真|真的)(?:我|他|她)?(?:真的?)?(?:有|是|会)?(?P<what>(?!不|没|知道|晓得)[^，,。；;！!？?]{1,10})[，,]?"
        r"(?:我|他|她)?(?:早就?|早都|肯定早)(?:跟你|跟您|和你|和您)?(?:说|告诉|讲|来|去|打|叫|上医院|住院)"
    ),
    Language.EN: re.compile(
        r"\bif (?:i|he|she|it|there|we|they)(?:'d| had| were| was)(?! (?:known|not|thought|realised|realized|"
        r"come|gone|told|seen))(?: had| got| been| any| a| an)* "
        r"(?P<what>[^.;!?]{2,40}?),? (?:i|he|she|they|we|you)(?:'d| would)(?: (?:have|'ve|of))? "
        r"(?:told|tell you|known|know|said|say so|mentioned|mention it|noticed|notice|come (?:in )?(?:sooner|earlier)|"
        r"been here|gone to|be in hospital)\b"
    ),
}
"""Told of as what would have been different: it is not so."""

_OTHERS = {
    Language.ZH: re.compile(
        r"[他她]们|同学|同事|朋友|室友|舍友|邻居|双胞胎|哥|姐|弟|妹|爸|妈|爷|奶|老公|老婆|别人|人家|大家|都在"
    ),
    Language.EN: re.compile(
        r"\b(?:(?:my|his|her|the|our) (?:friend|mate|twin|brother|sister|mum|mom|mother|dad|father|wife|husband|"
        r"partner|son|daughter|colleague|flatmate|housemate|roommate|neighbou?r|boss|cousin|teacher|family)s?|"
        r"everyone|everybody|others|they(?! (?:told|tell|said|say|asked?|gave|thought|think|want))|people|half)\b"
    ),
}
_MINE = {
    Language.ZH: re.compile(r"(?:我|俺|咱)(?:自己|本人)?(?:倒|可|就|也|都|是)*(?=[没不])"),
    Language.EN: re.compile(r"\b(?:i|we)\b"),
}
_SPEAKER = {Language.ZH: re.compile("我|俺|咱|自己"), Language.EN: re.compile(r"\b(?:i|we|my|me)\b")}
_THIRD = re.compile(r"\b(?:he|she|they|his|her|their|my \w+ (?:is|has|was))\b|[他她]|孩子|宝宝|娃")
_NOT_ME = re.compile(
    r"\b(?:i|we|this one|mine|ours)(?: (?:never|myself))* ?(?:didn'?t|haven'?t|hasn'?t|don'?t|wasn'?t|isn'?t|aren'?t|"
    r"am not|'m not)(?= *(?:$|[.,;!?]|(?:but|and|though|however|just|only)\b))"
)


class _Told:
    """A text with its mentions by place."""

    def __init__(self, text: str, language: Language, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.language = language
        self.mentions = mentions
        self._starts = [mention.match.start for mention in mentions]

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Those that begin there."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def before(self, place: int) -> list[Mention]:
        """The last mention that ends there, shortly before, with those that share its words."""
        ended = [m for m in self.between(place - _NEAR, place) if m.match.end <= place + 1]
        if not ended or len(_SENTENCE.findall(self.text, ended[-1].match.end, place)) > 1:
            return []
        return [m for m in ended if m.match.end > ended[-1].match.start]

    def after(self, place: int) -> Sequence[Mention]:
        """Those that begin in the rest of the sentence."""
        return self.between(place, _end_of_sentence(self.text, place))


def _end_of_sentence(text: str, place: int) -> int:
    """Shortly after `place` at most; a mark right behind it ("Correction.") ends nothing."""
    ends = _SENTENCE.search(text, place + 2, place + _NEAR)
    return ends.start() if ends else min(len(text), place + _NEAR)


def take_back(text: str, language: Language, mentions: Sequence[Mention]) -> None:
    """Changes `mentions` to what corrections, answers in the same breath and what never was make of them."""
    told = _Told(text, language, mentions)
    for found in TAKES_BACK[language].finditer(text):
        _correct(told, found.start(), found.end())
    for found in REFINES[language].finditer(text):
        _deny_again(told, found.start(), found.end(), firm=False)
    for found in AFTER_ALL[language].finditer(text):
        for mention in told.before(found.start()):
            mention.status = Status.PRESENT
    for found in _NEVER_WAS[language].finditer(text):
        for mention in told.between(*found.span("what")):
            mention.status = Status.ABSENT
    _answer(told)
    if language is Language.ZH:
        _deny_at_once(told)
    else:
        _keep_what_goes_on(told)
        set_apart(text, mentions)
    _leave_to_others(told)


def _keep_what_goes_on(told: _Told) -> None:
    """ "The rash has faded. The itch hasn't": what has not ended is there."""
    for found in _HAS_NOT.finditer(told.text):
        if _ENDED.search(told.text, max(0, found.start() - _NEAR), found.start()) is None:
            continue
        for mention in told.between(found.start() - 20, found.start()):
            if mention.match.end == found.start():
                mention.status = Status.PRESENT


def _correct(told: _Told, start: int, end: int) -> None:
    _deny_again(told, start, end, firm=True)
    meant = told.after(end)
    if not meant or meant[0].status is not Status.PRESENT:
        return
    if _ADDS.search(told.text, end, meant[0].match.end + 9):
        return
    for mention in told.before(start):
        if mention.status is Status.PRESENT and mention.match.value != meant[0].match.value:
            mention.status = when_taken_back(mention)


def when_taken_back(mention: Mention) -> Status:
    """The status of what a speaker says was not what they meant."""
    return Status.UNSURE if _is_grave(mention) else Status.ABSENT


def _is_grave(mention: Mention) -> bool:
    return mention.match.value in _STILL_ASKED or mention.match.value.startswith("chest_")


def _deny_again(told: _Told, start: int, end: int, firm: bool) -> None:
    """ "I'm vomiting, well, not vomiting exactly": the same is named and denied."""
    before = [m for m in told.before(start) if m.status is Status.PRESENT]
    if not before:
        return
    for denied in told.after(end):
        if denied.status is not Status.ABSENT or denied.ceased:
            continue
        if _ELSEWHERE.search(told.text, end, denied.match.end + 8):
            continue
        for mention in before:
            if mention.match.value == denied.match.value:
                mention.status = Status.ABSENT
    if told.language is Language.EN:
        _deny_by_its_word(told, before, end, firm)


def _deny_by_its_word(told: _Told, before: Collection[Mention], end: int, firm: bool) -> None:
    """ "It burns when I pee. Actually it doesn't burn": the word of the complaint is taken up."""
    said = _TOLD_OTHERWISE.search(told.text, end, _end_of_sentence(told.text, end))
    if said is None or _ELSEWHERE.search(told.text, end, said.end()):
        return
    stem = said["word"][:4]
    for mention in before:
        words = told.text[mention.match.start : mention.match.end].split()
        if not any(word[:4] == stem for word in words):
            continue
        warns = _is_grave(mention) and (stem in _HURTS or not firm)
        mention.status = Status.UNSURE if warns else Status.ABSENT


def _deny_at_once(told: _Told) -> None:
    """发烧，哎不是发烧; 疼是不疼: named and denied in one go."""
    last: dict[str, Mention] = {}
    for mention in told.mentions:
        match = mention.match
        is_not = _IS_NOT.match(told.text, match.end)
        if is_not and is_not["same"] == told.text[match.end - 1] and mention.status is Status.PRESENT:
            mention.status = Status.ABSENT
        first = last.get(match.value)
        if first is not None and mention.status is Status.ABSENT and first.status is Status.PRESENT:
            gap = told.text[first.match.end : match.start]
            if len(gap) <= 8 and _NOT_SO_AT_ONCE.fullmatch(gap):
                first.status = Status.ABSENT
        last[match.value] = mention


def _answer(told: _Told) -> None:
    """有没有高血压没有有没有糖尿病有, "do I have a cough no do I have a fever yes"."""
    asked, answers = (_ZH_ASKED, _ZH_ANSWER) if told.language is Language.ZH else (_EN_ASKED, _EN_ANSWER)
    for mention in told.mentions:
        start, end = mention.match.start, mention.match.end
        said = answers.match(told.text, end, end + 30)
        if said is None or mention.match.negated or "吗" in told.text[start:end]:
            continue
        if told.language is Language.ZH:
            within = _ZH_ASKED_WITHIN.search(told.text, max(0, start - 3), start) and told.text[start] == "有"
            opened = said["asks"] or within or asked.search(told.text, max(0, start - 4), start)
        else:
            opened = asked.search(told.text, max(0, start - 40), start)
        if opened:
            mention.status = Status.ABSENT if said["no"] else Status.PRESENT


def _leave_to_others(told: _Told) -> None:
    """她们全在吐，我没吐，光肚子疼; "my friend fainted, I didn't, but I'm dizzy": the patient's own denial counts."""
    own: dict[str, int] = {}
    denials = [found.end() for found in _NOT_ME.finditer(told.text)] if told.language is Language.EN else []
    for mention in reversed(told.mentions):
        match = mention.match
        if mention.status is Status.ABSENT and not mention.ceased:
            if _MINE[told.language].search(told.text, max(0, match.start - 8), match.start + 1):
                own[match.value] = match.end
        elif mention.status is Status.PRESENT:
            place = own.get(match.value)
            at = bisect_left(denials, match.end)
            if place is None and at < len(denials):
                place = denials[at]
            near = place is not None and place - match.end < _NEAR
            if near and _is_told_of_others(told, match.start) and _speaker_has_more(told, place or 0):
                mention.status = Status.ABSENT


def _is_told_of_others(told: _Told, place: int) -> bool:
    others = [found.end() for found in _OTHERS[told.language].finditer(told.text, max(0, place - 30), place + 1)]
    return bool(others) and not _SPEAKER[told.language].search(told.text, others[-1], place)


def _speaker_has_more(told: _Told, place: int) -> bool:
    """Who denies and goes on about a complaint of their own is the patient; a carer goes on about the other."""
    own = next((m for m in told.between(place, place + _NEAR) if m.status is Status.PRESENT), None)
    return own is not None and not _THIRD.search(told.text, place, own.match.start)


_BRACKET_BEFORE = re.compile(r"\s?[(（]\s?$")
_BRACKET_AFTER = re.compile(r"\s?[)）]")


def deny_other_names(text: str, mentions: list[Mention]) -> None:
    """ "No chickenpox (varicella)": what stands alone in brackets is as absent as what stands before them."""
    status_before: dict[int, set[Status]] = {}
    for mention in mentions:
        status_before.setdefault(mention.match.end, set()).add(mention.status)
    for second in mentions:
        start, end = second.match.start, second.match.end
        opens = _BRACKET_BEFORE.search(text, max(0, start - 3), start)
        if opens is None or second.status is not Status.PRESENT or _BRACKET_AFTER.match(text, end) is None:
            continue
        if status_before.get(opens.start()) == {Status.ABSENT}:
            second.status = Status.ABSENT


_TOPIC_DENIED = re.compile(r"(?:倒是|倒|是|也|呢|嘛|并|\s)*(?:不|没有?)?")


def deny_topics(text: str, mentions: list[Mention]) -> None:
    """肿倒没肿: what is named to be denied at once is denied, and the same of two forms of one finding side by side."""
    for first, second in pairwise(mentions):
        if second.status is not Status.ABSENT or first.status is not Status.PRESENT or first.clause != second.clause:
            continue
        ran_in_family = first.blood is not None and first.match.value in FAMILY_HISTORY and second.blood is None
        if (first.other or ran_in_family) and not second.other:
            continue  # 我妈有糖尿病，我没有: hers stays
        gap = (first.match.end, max(first.match.end, second.match.start))
        topic = _TOPIC_DENIED.fullmatch(text, *gap) is not None
        same_word = text[first.match.end - 1] == text[second.match.end - 1] and first.match.end <= second.match.start
        if (topic and same_word) or (first.match.value == second.match.value and gap[1] - gap[0] <= 5):
            first.status = Status.ABSENT
