"""Mentions that show by grammar where no word of the lexicon does.

没吐 and "not sick" deny a vomiting and a nausea whose bare words mean too many other things to be looked for;
大便正常 and "my speech is fine" deny what would be wrong there; 破没破 leaves it open.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from kiosk.domain import topics_en, topics_zh
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind, squeezed
from kiosk.domain.what_is_open import NAMES_A_FUNCTION, WHAT_IS_OPEN
from kiosk.domain.what_works import DENIED_BEFORE, NOT_NOW, NOW_BEGINS, WHAT_WORKS

_ZH_VERBS = {
    "吐": "vomiting",
    "呕": "vomiting",
    "哕": "vomiting",
    "拉": "diarrhoea",
    "泻": "diarrhoea",
    "烧": "fever",
    "咳": "cough",
    "喘": "shortness_of_breath",
    "憋": "shortness_of_breath",
    "瘦": "weight_loss",
    "摔": "fall",
    "跌": "fall",
    "肿": "swelling",
    "抽": "seizure",
    "晕": "dizziness",
    "痒": "itching",
    "哑": "hoarse_voice",
    "碰": "injury",
    "撞": "injury",
    "吞": "foreign_body_swallowed",
}
"""Verbs that name a finding only where they are denied or asked about: 吐槽, 拉手 and 烧水 are none."""

_ZH_VERB = f"[{''.join(_ZH_VERBS)}]"
_ZH_VERB_ENDS = (
    r"(?=[过着得]?(?:[二三再了的吧呢啊呀嘛么\s，,、。；;！!？?不没也又就但可还都光只跟和反倒头人心胸肚嗓腿手]|"
    r"什么|到|坏|$))"
)
_ZH_DENIED_VERB = re.compile(
    rf"(?:[没未]有?|冇|不)(?:怎么|再|有|大|太|算|咋|觉得|怎|真的?|当真)?\s*(?P<verb>{_ZH_VERB})"
    f"{_ZH_VERB_ENDS}"
)
_ZH_OPEN_VERB = re.compile(
    f"(?:(?<![想要干欲])(?P<verb>{_ZH_VERB})[不没](?P=verb)(?!出来|成|着|到|掉|得住|尿)|"
    f"(?P<verb2>{_ZH_VERB})[了过]没有?(?![{''.join(_ZH_VERBS)}]|"
    r"[^\s，,。；;！!？?不我他她]{1,3}[过了着]))"
)
_ZH_WHETHER_VERB = re.compile(
    rf"(?:有没有|是不是|算不算|是否)(?:真的?|在|再|就是|又|已经)*(?P<verb>{_ZH_VERB})(?:着|过|到|下去|进去|下|了)*"
    r"(?=还是|[，,、。；;！!？?\s我他她也都说谁不没]|$)"
)
_ZH_COUNTED_VERB = re.compile(
    "(?<![手拖推托牵链])(?P<verb>[拉吐泻呕])(?!(?<=[拉泻])(?:过|了)?一(?:回|次|趟|泡))(?:过|了|"
    r"得)?(?:有)?(?:[\d一二两三四五六七八九十]+|好几|几|好多)(?:到|"
    r"[、来多])?"
    r"[\d一二两三四五六七八九十]*(?:回|次|趟|遍|泡)(?![绳手])"
)
_ZH_LASTING_VERB = re.compile(
    "(?<![拖推托牵链柴])(?P<verb>[烧咳喘吐])(?:了|得)?(?:整整|得?有|差不多|快|已经|都|将近)"
    r"*(?:[\d一二两三四五六七八九十几半]+|好几)(?:来|多)?个?多?"
    r"(?:天|夜|晚上?|星期|礼拜|周|月|宿)(?!的?[水饭茶炭锅])|"
    r"开始(?P<verb2>[烧咳喘吐])(?=[了的，,。；;！!？?\s]|$)|"
    r"(?:光|只|净|一个劲地?)(?P<verb3>拉)(?=[不没肚稀，,。；;\s]|$)|"
    r"(?:(?<![^，,。；;\s])|就是|孩子|宝宝|娃|人|[他她又还都])(?P<verb4>烧)得(?=打哆嗦|打颤|发抖|"
    "迷|糊|说胡|浑身|满脸|脸|难受|厉害|直)"
)
_ZH_BARE_VERB = re.compile(
    "(?:就是|只是|就|光是?|只|老是?|总是?|一直|一样|还是?|还有点|有点|有些|一个劲儿?地?|不停地?|"
    "直|天天|整天|净|尽|干|"
    r"看[他她]|见[他她]|听[他她]|又|也|仲有(?:啲|少少)?|狂|猛)"
    r"(?P<verb>[咳喘吐晕])(?=[不没\s，,。；;！!？?了个着得]|$)(?!了?口|槽|不[过停住]|得(?:很|挺|"
    "还)?(?:匀|顺|上来|过来))|"
    r"(?P<verb2>[咳喘吐晕痒烧肿])归(?P=verb2)|"
    r"(?:就是|光是?|只是|老是?|一直|还在?|又|反复|净)(?P<verb3>烧)(?=[，,。；;！!？?\s着]|$|不退)|"
    r"(?P<verb4>[咳喘吐晕痒烧肿])(?:倒)?是(?P=verb4)(?=[，,])|"
    r"除了(?P<verb5>[咳喘痒])(?=[，,])"
)
_ZH_ASKED_VERB = re.compile(
    "(?:不知道|不晓得|不清楚|说不[准好清上]|拿不准|吃不准)(?:到底|究竟|现在)?(?:是不是|算不算|"
    "有没有)(?:在|又|还)?(?:发)?"
    r"(?P<verb>[咳喘吐拉晕痒烧肿瘦])[了过]?(?=[，,。；;！!？?\s]|$)"
)
_ZH_DOUBTED_VERB = re.compile(
    r"(?:可能|好像|大概|也许|估计|似乎|或许|应该|说不定|兴许)(?:比[^，,。；;]{1,4}?)?(?:也|是|有|又)*(?:一?点儿?|"
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
    "bleeding_wont_stop": ("bleeding",),
    "thirst": ("child_not_drinking",),
    "chest_wall_pain": ("chest_pain",),
    "epilepsy_history": ("seizure",),
    "hiv": ("unprotected_sex",),
    "heart_disease_history": ("anxiety",),
    "loss_of_appetite": ("overate",),
    "family_heart_disease": ("heart_disease_history", "coronary_history"),
    "allergen_exposure": ("allergy",),
    "liver_tests_high": ("named_other_liver_disease", "liver_disease_history", "abnormal_report"),
    "kidney_tests_high": ("kidney_disease_history", "abnormal_report"),
    "hormone_pill": ("contraception_request",),
    "psychiatric_history": ("fatigue", "less_active_child"),
    "night_sweats": ("sweating",),
    "period_pain": ("abdominal_pain",),
    "tumour_marker_high": ("named_other_cancer", "cancer_history", "abnormal_report"),
    "cancer_history": ("named_other_cancer",),
    "prostate_marker_high": ("weak_urine_stream",),
    "gallbladder_polyp_found": ("abnormal_report",),
    "bowel_polyp_found": ("abnormal_report", "named_other_bowel_disease"),
    "chest_pain_breathing": ("chest_pain",),
    "postmenopausal_bleeding": ("bleeding", "vaginal_bleeding"),
    "spine_tender": ("bone_pain", "back_pain"),
    "vaccines_missing": ("recent_vaccination", "vaccine_request"),
    "smoke_inhalation": ("smoker", "cough"),
    "chest_indrawing": ("poor_feeding",),
    "poisoning": ("loss_of_appetite",),
    "prematurity": ("pregnant", "pregnancy_over_20w"),
    "bladder_bowel_change": ("frequent_urination",),
    "wound": ("fracture_suspected", "itching"),
    "spitting_up": ("poor_feeding",),
    "hearing_voices": ("hoarse_voice",),
    "skin_lump": ("rash",),
    "recent_infection": ("cold_symptoms",),
    "family_cancer": ("cancer_history",),
    "swelling_skin_bite": ("animal_bite",),
    "clear_fluid_ear_nose": ("ear_discharge", "runny_nose"),
    "non_blanching_rash": ("rash",),
    "blistering_peeling_rash": ("scaly_patches",),
    "floppy": ("injury",),
    "eye_foreign_body": ("gritty_eye",),
    "abuse_concern": ("unsafe_at_home",),
    "bite_bleeding": ("fracture_suspected", "bleeding"),
    "ear_discharge": ("incontinence",),
    "burn_blisters": ("blisters",),
    "haemoptysis": ("bleeding",),
    "bloody_stool": ("bleeding",),
    "vomiting_blood": ("bleeding",),
    "vaginal_bleeding": ("bleeding",),
    "family_diabetes": ("diabetes_history",),
    "family_blood_disease": ("bleeding_disorder", "named_other_blood_disease"),
    "rash": ("dry_skin",),
    "suicide_plan": ("suicidal_thoughts",),
    "photophobia": ("glare",),
    "neck_pain": ("spine_tender",),
    "shortness_of_breath": ("tongue_throat_swelling", "anaphylaxis_now", "choking_now"),
    "thyroid_tests_off": ("abnormal_report", "thyroid_history"),
    "blood_count_abnormal": ("abnormal_report",),
    "bleeding_disorder": ("bleeding",),
    "sputum": ("vomiting",),
    "bowel_habit_change": ("bladder_bowel_change",),
    "food_poisoning_suspected": ("loss_of_appetite",),
    "ketone_breath": ("loss_of_smell",),
    "joint_prosthesis": ("joint_pain", "many_joints_pain"),
    "infection_contact": ("cold_symptoms", "cough", "diarrhoea", "fever"),
    "night_urination": ("fewer_wet_nappies",),
    "neck_stiffness": ("injury",),
    "possible_pregnancy": ("pregnant", "trying_to_conceive"),
    "with_period": ("missed_period",),
    "abdominal_pain": ("body_aches", "tender_points"),
    "missed_period": ("with_period", "memory_loss"),
}
"""By finding that is denied as a whole, others that words of it would tell alone: "I don't drink"."""
NO_SYMPTOMS = "no_symptoms_request"
"""Told of a part alone ("my chest feels fine") it is no word about the whole."""
_FEVER, _BETTER = "fever", "getting_better"
"""烧退了 tells of the second besides denying the first."""
_LONG = 5
_EN_DENIED = re.compile(
    r"(?:(?:n't|\b(?:not|never|hardly|barely|cannot|no longer))\s+(?:(?:really|always|exactly|quite|very|ever|actually|"
    r"feels?|properly|completely|entirely|totally|all|that|so|too|particularly|think|believe|say|seem|to|be|being|been|"
    r"able|my|his|her|the)\s+){1,4}|"
    r"\b(?:unable to|struggl\w+ to|hard to|trouble|tr(?:y|ies|ied|ying) to|fail\w* to|wish\w*(?: (?:my|his|her|i|he|"
    r"she))?|"
    r"(?:^|(?<=[.!?,] ))(?:is|are|was|were) (?:my|his|her|the|it|he|she))\s+)$"
)
"""Before what works: nobody is well who does "not really feel safe at home", wishes for it or asks."""
_EN_EXCEPT = re.compile(r",? (?:except|apart from|other than|but not|bar)\b(?! (?:me|us|him|her)\b)")
_DENIAL_REACH = 40
_CLAUSE_EDGE = re.compile(r"[，,。；;！!？?\n]|\.(?![0-9])|\bbut\b|\band (?=(?:i|he|she|they|my|his|her|their|the)\b)")


def with_grammar(text: str, language: Language, matches: tuple[Match, ...], codes: Container[str]) -> tuple[Match, ...]:
    """`matches` by place with the mentions that grammar shows; cues that are part of such a mention are gone.

    `text` is folded; only findings among `codes` are made. Words that a match already reads as a finding stay its own.
    """
    added = [m for m in _shown(text, language) if m.value in codes]
    if not added:
        return matches
    left = _without_words_of(matches, text, added)
    symptoms = [match for match in left if match.kind is MatchKind.SYMPTOM]
    taken = _marked(text, symptoms)
    told = _marked(text, [match for match in symptoms if not match.negated])
    besides = _marked(text, [match for match in symptoms if match.value != _BETTER])
    made = [
        m
        for m in added
        if 1 not in (besides if m.value == _FEVER else told if _is_well_told(m, language) else taken)[m.start : m.end]
    ]
    inside = _marked(text, made)
    kept = [m for m in left if m.kind is MatchKind.SYMPTOM or not inside[m.start]]
    kept += _told_alone(matches, added, made, left)
    return tuple(sorted([*kept, *made], key=lambda m: (m.start, m.end)))


def _told_alone(matches: Iterable[Match], added: list[Match], told: list[Match], left: list[Match]) -> Iterator[Match]:
    """What a mention says whose other words are another's: the stool of "no blood in my stool and no sickness"."""
    is_told = set(map(id, told))
    untold = _Places([a for a in added if id(a) not in is_told and (a.negated or a.doubtful)])
    if not untold:
        return
    others, told_at = _Places(left), _Places(told)
    for match in matches:
        if match.kind is not MatchKind.SYMPTOM or match.negated:
            continue
        holding = (a for a in untold.over(match) if a.value == match.value and _holds(a, match))
        around = next(holding, None)
        # "The cut has not stopped bleeding": the same finding is told by longer words.
        if around is None or any(m.value == match.value for m in others.over(around)):
            continue
        if not any(_holds(t, match) for t in told_at.over(match)):
            yield replace(match, negated=around.negated, doubtful=around.doubtful)


class _Places:
    """Matches by where they stand."""

    def __init__(self, matches: list[Match]) -> None:
        self._matches = sorted(matches, key=lambda match: match.start)
        self._starts = [match.start for match in self._matches]
        self._longest = max((match.end - match.start for match in matches), default=0)

    def __bool__(self) -> bool:
        return bool(self._matches)

    def over(self, match: Match) -> Iterator[Match]:
        """Those that share a letter with it."""
        first = bisect_left(self._starts, match.start - self._longest)
        last = bisect_left(self._starts, match.end)
        return (one for one in self._matches[first:last] if match.start < one.end)


def _holds(outer: Match, inner: Match) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _without_words_of(matches: Iterable[Match], text: str, added: list[Match]) -> list[Match]:
    """ "can lie flat" and "feeding well" hold words that mean the opposite of what they say as a whole."""
    whole = _marked(text, added)
    return [m for m in matches if m.kind is not MatchKind.SYMPTOM or m.negated or not _is_inside(m, whole, added)]


def _marked(text: str, matches: list[Match]) -> bytearray:
    marks = bytearray(len(text) + 1)
    for match in matches:
        marks[match.start : match.end] = b"\1" * (match.end - match.start)
    return marks


def _is_well_told(match: Match, language: Language) -> bool:
    """Long enough that a denial within it (绝经后没再出血) agrees with it and is not all that it says."""
    return language is Language.ZH and match.negated and match.end - match.start >= _LONG


def _is_inside(match: Match, whole: bytearray, added: list[Match]) -> bool:
    if 0 in whole[match.start : match.end]:
        return False
    return any(
        (a.negated or a.doubtful)
        and a.start <= match.start
        and match.end <= a.end
        and match.value in (a.value, NO_SYMPTOMS, *_TAKES_TOO.get(a.value, ()))
        for a in added
    )


def _shown(text: str, language: Language) -> Iterator[Match]:
    if language is Language.ZH:
        topical = list(topics_zh.denied_of_topic(text))
        yield from topical
        yield from (m for m in _denied_verbs(text) if not any(t.start <= m.start < t.end for t in topical))
        for found in (*_ZH_DOUBTED_VERB.finditer(text), *_ZH_ASKED_VERB.finditer(text)):
            yield Match(found.start("verb"), found.end(), MatchKind.SYMPTOM, _ZH_VERBS[found["verb"]], doubtful=True)
        for told in (
            *_ZH_COUNTED_VERB.finditer(text),
            *_ZH_LASTING_VERB.finditer(text),
            *_ZH_BARE_VERB.finditer(text),
        ):
            verb = told.lastgroup or ""
            # 没听见他咳 denies the cough, so that what is heard and seen is none of its words.
            start = told.start(verb) if told[0][0] in "看见听" else told.start()
            yield Match(start, told.end(), MatchKind.SYMPTOM, _ZH_VERBS[told[verb]])
    if NAMES_A_FUNCTION[language].search(text):
        for open_words, open_code in WHAT_IS_OPEN[language]:
            for found in open_words.finditer(text):
                part = "at" if found.re.groupindex.get("at") and found["at"] else 0
                yield Match(*found.span(part), MatchKind.SYMPTOM, open_code, doubtful=True)
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
    told = list(WHAT_WORKS[language].found(text))
    for found, codes in told:
        if DENIED_BEFORE[language].search(text, max(0, found.start() - _DENIAL_REACH), found.start()):
            continue
        if language is Language.EN and _is_only_wished_for(text, found):
            continue
        rest = _without_others(text, found, told)
        if language is Language.ZH:
            rest = _since_now(rest, found.start())
        if not NOT_NOW[language].search(_clause_around(rest, edges, found.start(), found.end())):
            for code in codes:
                yield Match(found.start(), found.end(), MatchKind.SYMPTOM, code, negated=True)


def _since_now(text: str, upto: int) -> str:
    """`text` with blanks for what stands before the last word of now."""
    now = next(reversed(list(NOW_BEGINS.finditer(text, max(0, upto - _DENIAL_REACH), upto))), None)
    return text if now is None else f"{' ' * now.start()}{text[now.start() :]}"


def _without_others(text: str, found: re.Match[str], told: list[tuple[re.Match[str], tuple[str, ...]]]) -> str:
    """The "were" of "my tests were normal and my back is fine" is no word about the back."""
    for other, _ in told:
        if other.end() <= found.start() or found.end() <= other.start():
            text = f"{text[: other.start()]}{' ' * (other.end() - other.start())}{text[other.end() :]}"
    return text


def _is_only_wished_for(text: str, found: re.Match[str]) -> bool:
    before = _EN_DENIED.search(text, max(0, found.start() - _DENIAL_REACH), found.start())
    return before is not None or _EN_EXCEPT.match(text, found.end()) is not None


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
    for found in _ZH_WHETHER_VERB.finditer(text):
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
