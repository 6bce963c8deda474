"""Mentions that show by grammar where no word of the lexicon does.

没吐 and "not sick" deny a vomiting and a nausea whose bare words mean too many other things to be looked for;
大便正常 and "my speech is fine" deny what would be wrong there; 破没破 leaves it open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import replace

from kiosk.domain import topics_en, topics_zh
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind, squeezed
from kiosk.domain.what_is_open import NAMES_A_FUNCTION, WHAT_IS_OPEN
from kiosk.domain.what_works import NOT_NOW, WHAT_WORKS

_ZH_VERBS = {
    "吐": "vomiting", "呕": "vomiting", "哕": "vomiting", "拉": "diarrhoea", "泻": "diarrhoea", "烧": "fever",
    "咳": "cough", "喘": "shortness_of_breath", "憋": "shortness_of_breath", "瘦": "weight_loss", "摔": "fall",
    "跌": "fall", "肿": "swelling", "抽": "seizure", "晕": "dizziness", "痒": "itching", "哑": "hoarse_voice",
    "碰": "injury", "撞": "injury", "吞": "foreign_body_swallowed",
}  # fmt: skip
"""Verbs that name a finding only where they are denied or asked about: 吐槽, 拉手 and 烧水 are none."""

_ZH_VERB = f"[{''.join(_ZH_VERBS)}]"
_ZH_VERB_ENDS = (
    r"(?=[过着得]?(?:[二三再了的吧呢啊呀嘛么\s，,、。；;！!？?不没也又就但可还都光只跟和反倒头人心胸肚嗓腿手]|"
    r"什么|到|坏|$))"
)
_ZH_DENIED_VERB = re.compile(
    rf"(?:[没未]有?|冇|不)(?:怎么|再|有|大|太|算|咋|觉得|怎|真的?|当真)?\s*(?P<verb>{_ZH_VERB}){_ZH_VERB_ENDS}"
)
_ZH_OPEN_VERB = re.compile(
    rf"(?:(?<![想要干欲])(?P<verb>{_ZH_VERB})[不没](?P=verb)(?!出来|成|着|到|掉)|"
    rf"(?P<verb2>{_ZH_VERB})[了过]没有?(?![{''.join(_ZH_VERBS)}]|[^\s，,。；;！!？?不我他她]{{1,3}}[过了着]))"
)
_ZH_ASKED_VERB = re.compile(
    rf"(?:有没有|是不是|算不算|是否)(?:真的?|在|再|就是|又|已经)*(?P<verb>{_ZH_VERB})(?:着|过|到|下去|进去|下|了)*"
    r"(?=还是|[，,、。；;！!？?\s我他她也都说谁不没]|$)"
)
_ZH_COUNTED_VERB = re.compile(
    r"(?<![手拖推托牵链])(?P<verb>[拉吐泻呕])(?:过|了|得)?(?:有)?(?:[\d一二两三四五六七八九十]+|好几|几|好多)(?:到|"
    r"[、来多])?"
    r"[\d一二两三四五六七八九十]*(?:回|次|趟|遍|泡)(?![绳手])"
)
_ZH_BARE_VERB = re.compile(
    r"(?:就是|只是|就|光是?|只|老是?|总是?|一直|还是?|还有点|有点|有些|一个劲儿?地?|不停地?|直|天天|整天|净|尽|干|"
    r"看[他她]|见[他她]|听[他她]|又|也|仲有(?:啲|少少)?|狂|猛)"
    r"(?P<verb>[咳喘吐晕])(?=[不没\s，,。；;！!？?了个着得]|$)(?!了?口|槽|不[过停住])|"
    r"(?P<verb2>[咳喘吐晕痒烧肿])归(?P=verb2)|"
    r"(?:就是|光是?|只是|老是?|一直|还在?|又|反复|净)(?P<verb3>烧)(?=[，,。；;！!？?\s着]|$|不退)|"
    r"(?P<verb4>[咳喘吐晕痒烧肿])(?:倒)?是(?P=verb4)(?=[，,])"
)
_ZH_DOUBTED_VERB = re.compile(
    r"(?:可能|好像|大概|也许|估计|似乎|或许|应该|说不定|兴许)(?:也|是|有|又)*(?:一?点儿?|"
    r"一?些)?(?P<verb>[咳喘吐拉晕痒烧抽吞摔])[过了着]?(?=吧|也许|可能|又|[，,。；;！!？?\s]|$)"
)
_ZH_DOUBLE_NEGATION = re.compile(
    r"(?:不是|并非|不能说|谁说|没说|哪[天次里能个]?|怎么[会能]?|无时无刻|没有[一哪]天|"
    r"难免)\s*$"
)
_ZH_NO_STOOL = re.compile(r"[天日周宿夜吃喝尿]\s*(?:都|也|又)?\s*$|期\s*$")
_ZH_TOBACCO = re.compile("[烟酒]")
_TAKES_TOO = {
    "heavy_alcohol": ("child_not_drinking",),
    "painful_urination": ("burning_feeling",),
    "vaginal_odour": ("loss_of_smell",),
    "seizure": ("facial_twitch", "muscle_cramp"),
    "flatulence": ("no_stool_or_gas",),
    "limb_cold_pale": ("leg_warm_red",),
    "missed_period": ("with_period",),
    "bleeding_wont_stop": ("bleeding",),
    "thirst": ("child_not_drinking",),
    "vaccines_missing": ("recent_vaccination",),
    "wound": ("fracture_suspected",),
    "bite_bleeding": ("fracture_suspected", "bleeding"),
    "ear_discharge": ("incontinence",),
    "burn_blisters": ("blisters",),
    "haemoptysis": ("bleeding",),
    "bloody_stool": ("bleeding",),
    "vomiting_blood": ("bleeding",),
    "vaginal_bleeding": ("bleeding",),
    "family_diabetes": ("diabetes_history",),
    "family_cancer": ("cancer_history",),
    "family_blood_disease": ("bleeding_disorder", "named_other_blood_disease"),
    "rash": ("dry_skin",),
    "suicide_plan": ("suicidal_thoughts",),
    "photophobia": ("glare",),
    "neck_pain": ("spine_tender",),
    "shortness_of_breath": ("tongue_throat_swelling", "anaphylaxis_now", "choking_now"),
}
"""By finding that is denied as a whole, others that words of it would tell alone: "I don't drink"."""
_CLAUSE_EDGE = re.compile(r"[，,。；;！!？?\n]|\.(?![0-9])")


def with_grammar(text: str, language: Language, matches: tuple[Match, ...], codes: Container[str]) -> tuple[Match, ...]:
    """`matches` by place with the mentions that grammar shows; cues that are part of such a mention are gone.

    `text` is folded; only findings among `codes` are made. Words that a match already reads as a finding stay its own.
    """
    added = [m for m in _shown(text, language) if m.value in codes]
    if not added:
        return matches
    whole = bytearray(len(text) + 1)
    for match in added:
        whole[match.start : match.end] = b"\1" * (match.end - match.start)
    # "can lie flat" and "feeding well" hold words that mean the opposite of what they say as a whole.
    matches = tuple(
        m for m in matches if m.kind is not MatchKind.SYMPTOM or m.negated or not _is_inside(m, whole, added)
    )
    taken = bytearray(len(text) + 1)
    for match in matches:
        if match.kind is MatchKind.SYMPTOM:
            taken[match.start : match.end] = b"\1" * (match.end - match.start)
    added = [m for m in added if 1 not in taken[m.start : m.end]]
    inside = bytearray(len(text) + 1)
    for match in added:
        inside[match.start : match.end] = b"\1" * (match.end - match.start)
    kept = [m for m in matches if m.kind is MatchKind.SYMPTOM or not inside[m.start]]
    return tuple(sorted([*kept, *added], key=lambda m: (m.start, m.end)))


def _is_inside(match: Match, whole: bytearray, added: list[Match]) -> bool:
    if 0 in whole[match.start : match.end]:
        return False
    return any(
        (a.negated or a.doubtful)
        and a.start <= match.start
        and match.end <= a.end
        and match.value in (a.value, *_TAKES_TOO.get(a.value, ()))
        for a in added
    )


def _shown(text: str, language: Language) -> Iterator[Match]:
    if language is Language.ZH:
        topical = list(topics_zh.denied_of_topic(text))
        yield from topical
        yield from (m for m in _denied_verbs(text) if not any(t.start <= m.start < t.end for t in topical))
        for found in _ZH_DOUBTED_VERB.finditer(text):
            yield Match(found.start("verb"), found.end(), MatchKind.SYMPTOM, _ZH_VERBS[found["verb"]], doubtful=True)
        for told in (*_ZH_COUNTED_VERB.finditer(text), *_ZH_BARE_VERB.finditer(text)):
            verb = next(filter(None, told.groups()))
            yield Match(told.start(), told.end(), MatchKind.SYMPTOM, _ZH_VERBS[verb])
    if NAMES_A_FUNCTION[language].search(text):
        for open_words, open_code in WHAT_IS_OPEN[language]:
            for found in open_words.finditer(text):
                yield Match(found.start(), found.end(), MatchKind.SYMPTOM, open_code, doubtful=True)
    yield from _what_works(text, language)
    if language is Language.EN:
        yield from topics_en.denied_of_topic(text)
    if language is Language.ZH:
        close, place = squeezed(text)
        if close != text:
            for match in _what_works(close, language):
                yield replace(match, start=place[match.start], end=place[match.end - 1] + 1)


def _what_works(text: str, language: Language) -> Iterator[Match]:
    edges = [found.start() for found in _CLAUSE_EDGE.finditer(text)]
    for found, codes in WHAT_WORKS[language].found(text):
        if not NOT_NOW[language].search(_clause_around(text, edges, found.start(), found.end())):
            for code in codes:
                yield Match(found.start(), found.end(), MatchKind.SYMPTOM, code, negated=True)


def _clause_around(text: str, edges: list[int], start: int, end: int) -> str:
    """At most 40 characters either side."""
    before, after = bisect_left(edges, start), bisect_left(edges, end)
    first = edges[before - 1] + 1 if before else 0
    last = edges[after] + 1 if after < len(edges) else len(text)
    return text[max(first, start - 40) : start] + text[end : min(last, end + 40)]


def _denied_verbs(text: str) -> Iterator[Match]:
    for found in _ZH_OPEN_VERB.finditer(text):
        verb = found["verb"] or found["verb2"]
        yield Match(found.start(), found.end(), MatchKind.SYMPTOM, _ZH_VERBS[verb], doubtful=True)
    for found in _ZH_ASKED_VERB.finditer(text):
        yield Match(found.start(), found.end(), MatchKind.SYMPTOM, _ZH_VERBS[found["verb"]], doubtful=True)
    smokes = _ZH_TOBACCO.search(text) is not None
    for found in _ZH_DENIED_VERB.finditer(text):
        verb, before = found["verb"], text[max(0, found.start() - 5) : found.start()]
        if text[found.start() - 1 : found.start()] == verb:
            continue  # 吐没吐 asks
        if (verb in "拉泻" and _ZH_NO_STOOL.search(before)) or (verb == "抽" and smokes):
            continue
        denied = not _ZH_DOUBLE_NEGATION.search(before)
        match = Match(found.start(), found.end(), MatchKind.SYMPTOM, _ZH_VERBS[verb], negated=denied)
        yield match if denied else replace(match, start=found.start("verb"))
