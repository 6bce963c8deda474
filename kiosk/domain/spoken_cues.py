"""Turns of phrase around findings that lists of cue words cannot hold, because they bend: who, when and whether.

"I couldn't honestly say whether", 有没有, "not a trace of", 单位里有好几个. domain/clauses.py reads them like the
cue words of the content.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kiosk.domain.clause_patterns import OTHERWISE_NOW, RECENTLY
from kiosk.domain.language import Language
from kiosk.domain.matching import Match, MatchKind

CROWD = re.compile(
    r"(?:everyone|everybody|people|others|half|most|lots|loads|several|a lot|kids|children)\b.*|"
    r"(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|video|news|"
    r"internet|blog|documentary)|"
    r"people (?:at work|around me)|(?:kids|others) at school|"
    r"同一?个?(?:办公室|宿舍|寝室|班|单位|车间|屋|组).*|(?:单位|班[上里]|幼儿园|学校|公司|"
    r"厂里|村里|小区).*|网上|说明书|身边.*|周围.*|别人"
)
"""Whoever these are, they did not come along: what is said of them is not the patient's, whatever else is said."""

_N = MatchKind.NEGATION
_A = MatchKind.NEGATION_AFTER
_D = MatchKind.DOUBT
_P = MatchKind.PAST
_O = MatchKind.OTHER_PERSON
_X = MatchKind.NOT_NEGATION
_WHO = r"(?:i|he|she|we|they|it|there|you)(?:'ve|'d|'s|'m|'re| have| has| had)?"
_QUITE = (
    r"(?:entirely|completely|totally|really|quite|exactly|so|too|very|all that|100%|honestly|"
    r"even|actually|always|clearly|"
    r"properly|absolutely|a hundred percent)"
)
_CANNOT = (
    r"(?:can't|cannot|can not|cant|couldn't|couldnt|could not|wouldn't|would not|unable to|"
    r"(?:hard|difficult|impossible) (?:for me )?to)"
)
_TELL = (
    r"(?:tell|say|be (?:sure|certain)|remember|recall|decide|judge|swear|confirm|vouch|"
    r"work out|make out|make up my mind|know|rule out)"
)
_IF = r"(?:if|whether|about|that)"
_RELATIVE = (
    r"(?:wife|husband|partner|mother|mum|mom|father|dad|daughter|son|sister|brother|friend|"
    r"girlfriend|boyfriend)"
)
_NEAR_ONES = (
    r"(?:neighbou?rs?|colleagues?|co-?workers?|classmates?|flatmates?|flat-?mates?|roommates?|"
    r"housemates?|school ?mates?|"
    r"workmates?|teammates?|boss|teacher|lodger|passengers?|customers?)"
)
_PLACES = (
    r"(?:work|school|nursery|the office|my office|college|uni|university|church|the gym|"
    r"daycare|kindergarten|home|my class|his class|her class|class)"
)
_YEAR_SCALE = r"(?:year|summer|winter|spring|autumn|fall|christmas|easter)"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter|"
    r"(?:19|20)\d\d)"
)
_SPOKEN: dict[Language, dict[MatchKind, tuple[str, ...]]] = {
    Language.EN: {
        _N: (
            rf"\b(?:can't|cannot|can not|cant|couldn't|wouldn't) say (?:that )?{_WHO}\b",
            r"\bnot (?:a|one|the (?:slightest|least|faintest)) (?:single )?(?:trace|hint|sign|bit|"
            r"spot|drop|touch|whiff|speck|jot|episode|bout|attack|spell|instance)?(?: of)?\b",
            rf"\bnot once (?:has|have|had|did|was|were)\b|\bat no (?:time|point) (?:has|have|had|did|"
            rf"was|were) {_WHO}\b",
            r"\b(?:clear of|devoid of|lack of|lacking|nothing like|nothing in the way of|nowhere near|"
            r"in no way|by no means|anything but|far from(?: being)?)\b|"
            r"\bnor (?:do|does|did|has|have|is|are|am|was|can|will) (?:i|he|she|it|they|we)\b|"
            r"\b(?:ain't|aint) (?:got )?(?:no|any)?\b|"
            r"\b(?:have|has|had|'ve|'s)? ?stopped (?=(?:cough|vomit|throw|wheez|sneez|bleed|shak|itch|"
            r"hurt|sweat|smok|ach|throbb|runn)\w*ing\b)|(?:can't|cannot|couldn't) complain of\b|"
            r"\b(?:would not|wouldn't|cannot|can't|couldn't) (?:exactly |really |quite )?(?:call|"
            r"describe) (?:it|this|that|them)(?: as)?\b|"
            r"\b(?:no ?one|nobody|none of (?:us|them))(?: else)?(?: (?:in|at|from|around) (?:(?:my|"
            r"the|our|his|her) )?\w+)? (?:has|have|had|is|are|was|gets?|suffers? from)\b",
            r"(?:n't|\bnot|\bnever|\bno longer) (?:been |really )?(?:experiencing|suffering(?: from)?|"
            r"suffered(?: from)?|troubled by|bothered by|aware of)",
        ),
        _A: (
            r"\b(?:is|are|was|were)(?:n't| not) there(?: any ?more| now| at all| today)?\b",
            r"(?<!not )(?<!n't )(?<!never )(?:\b(?:has|have|is|are)|'s|'ve)?(?: now| all| completely|"
            r" since| finally| already)? ?"
            r"\b(?:gone|cleared(?: up)?|disappeared|resolved|subsided|worn off|"
            r"settled(?: down)?)(?: now| away| down| completely| today| since)*(?: by (?:itself|"
            r"themselves)| on (?:its|their) own)?(?= *(?:$|[.,;!)]|but\b|no\b))",
            r"(?:\b(?:has|have|is|had)|'s|'ve)(?: now| all| completely| since| finally|"
            r" already)? (?:stopped|passed|over|better now)(?: now| completely| today| since|"
            r" by itself)*(?= *(?:$|[.,;!)]|but\b|and\b))|"
            r"\bstopped (?:by (?:itself|themselves)|on (?:its|their) own|yesterday|last night|this morning|"
            r"completely)|(?<=\w)[- ]free\b(?! (?:of|from|to))",
            r"\b(?:neither of (?:these|those|them|which)|none of (?:these|those|them|that|which))\b",
            r"\b(?:not that i(?:'ve| have)? (?:know of|noticed?|seen|felt|am aware of|can tell|"
            r"remember|recall)|not that i'm aware of|not as far as i (?:know|can tell)|"
            r"not to my knowledge|not at all|never had (?:it|any|that|them|those))\b",
        ),
        _X: (
            r"\bcan't (?:\w+ ){1,5}without\b|\bcannot (?:\w+ ){1,5}without\b|\bnever without\b|"
            r"\bnot without\b|\bnot as if (?:\w+ )?(?:never|don't|do not|not)\b",
            rf"(?<!this )\b(?:day|night|hour|minute|moment|time|morning)s? (?:when |that |where )?{_WHO} ?(?:not|"
            rf"don't|doesn't|am not)\b",
        ),
        _D: (
            r"(?<!in )\b(?:may|might) (?:or (?:may|might) not |well |possibly |just |also |"
            r"even )*(?:be|have|'ve|had)(?: been| had| got)?\b",
            r"\b(?:could|might) ?(?:'ve|have) (?:been|had)\b",
            rf"\b(?:it's |it is |it was |quite |very )?(?:possible|conceivable|likely|"
            rf"unlikely)(?: that)? {_WHO}\b|\bthere's (?:a |some )?(?:chance|possibility)\b",
            r"\bit (?:may|might|could) be that\b",
            r"\bi (?:half |do |sort of |kind of |rather |really |just )?(?:believe|assume|presume|"
            r"reckon|imagine|suspect|fancy|think|guess|suppose|wonder)(?: that)?(?! (?:so|not|"
            r"it's because))\b",
            r"\b(?:if i had to (?:guess|say|choose)(?:,? i'd say)?|i'd (?:guess|say)|for all i know|"
            r"what (?:may|might|could) be|looks? as (?:if|though)|feels? as (?:if|though) (?:there|"
            r"it))\b",
            rf"\b(?:my )?{_RELATIVE} (?:reckons?|suspects?|believes?|wonders?)\b",
            rf"\bi (?:really |rather |very much )?doubt\b(?: {_IF})?",
            rf"(?:n't|\bnot|\bdont|\bdoesnt|\bdidnt|\bneither (?:\w+ ){{1,3}}(?:can|"
            rf"could))(?: {_QUITE})* (?:sure|certain|clear|convinced|positive|know|remember|recall|"
            rf"aware)(?: {_IF}| of)\b",
            rf"{_CANNOT}(?: {_QUITE})* {_TELL}(?: you| for| to)?(?: for (?:sure|certain))?(?: {_IF}|"
            rf" the| either)",
            rf"\b(?:dunno|no idea|no clue|in two minds|unclear|uncertain|undecided|unsure|not know|"
            rf"who knows|wonder(?:ing)?|a question of)(?: {_IF})\b",
            r"\b(?:asked|asking|asks)(?: me| him| her| us)? (?:if|whether|about)\b",
            r"(?:n't|not|\bdont|\bdoesnt) (?:really |actually )?(?:recall|"
            r"remember) (?:ever )?(?:having )?(?=\w+ing\b)|\bno (?:memory|recollection) of (?:whether|"
            r"if|having)?|"
            r"\b(?:nobody|no one|none of us) (?:knows|knew|saw|noticed|can say|could say|"
            r"remembers) (?:if|whether)\b|\b(?:unknown|unclear) (?:if|whether)\b|"
            r"(?:can't|cannot|can not|couldn't|could not|hasn't|haven't|not) (?:be )?(?:ruled?|"
            r"excluded?)(?: out)?\b|\bdo you think\b",
            r"\bi(?: really| honestly| just)* (?:can't|cannot|can not|cant|couldn't|couldnt|"
            r"could not)(?: really| honestly)? (?:say|tell|be sure|be certain|remember|recall|"
            r"decide)(?= *(?:$|[.;!)]))",
            r"\b(?:query|potential|probable|seemingly|seemed to|appears? to|appeared to)\b|"
            r"(?<![\w?])\?(?=[a-z])",
            r"\b(?:supposedly|apparently|allegedly|presumably|conceivably|arguably|might|maybe|"
            r"perhaps)\b",
            r"\b(?:probably|maybe|perhaps|possibly|i think|i guess) not\b|"
            r"\bat least i don'?t think so\b|\bi don'?t think so\b|"
            r"\b(?:is|are) (?:anyone's guess|anybody's guess|hard to (?:say|tell)|unclear|unknown|"
            r"uncertain|debatable|questionable|doubtful|another (?:matter|question))\b",
        ),
        _P: (
            rf"(?<!since )\blast {_YEAR_SCALE}\b|(?<!since )(?<!from )\b(?:back )?in {_MONTHS}\b|"
            rf"\bmany years back\b",
            r"\bbefore (?:the|my|his|her) (?:operation|surgery|pregnancy|treatment|transplant|birth|"
            r"baby|tablets|menopause)\b|"
            r"\bas a (?:teenager|student|boy|girl|young \w+|baby)\b|\bin my (?:teens|twenties|"
            r"thirties|youth)\b|\bwhen (?:i|he|she) was (?:a |an )?(?:little|small|younger|teenager|"
            r"student|pregnant|at school|\d+)\b",
        ),
        _O: (
            rf"\b(?:everyone|everybody|someone|somebody|people|others|half|most|lots|loads|several|"
            rf"a lot|kids|children|one)(?: (?:else|of \w+(?: \w+)?|girl|boy|child))?(?: in| at|"
            rf" from) {_PLACES}\b",
            rf"\b(?:my|the|our|his|her|a|some|two|three|several|next-door|"
            rf"upstairs) {_NEAR_ONES}(?:'s?)?(?: (?:boy|girl|kids?|child|children|son|daughter|wife|"
            rf"husband))?\b",
            r"\b(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|video|news|"
            r"internet|blog|documentary)\b(?! (?:on|in) my)",
        ),
    },
    Language.ZH: {
        _X: (
            r"(?:不是|并非|不能说|不敢说|谁说|没说|怎么会|怎么能|"
            r"哪[天次回里能个](?:晚上)?)[不没](?=[^是知])|没有[一哪]天不|没有不(?=[^适舒])|无时无刻不",
        ),
        _N: (
            r"(?:冇|莫得|莫有|木有|没得|没啥|没有啥|没有一点儿?|没有半点|一点儿?也?没|一点儿?都?没有?|"
            r"一点也没有?|谈不上|算不上|称不上|够不上|压根[没不]有?|根本没|从没|从不|未曾|未有|并未|"
            r"摸不到|看不到|没摸到|没发现)",
            r"(?:没人|没谁|没什么人)(?:要|想)?",
        ),
        _A: (
            r"(?:一概|统统|通通|全都|一样|一个|半点|一点儿?|丝毫|从来|向来|现在|目前)(?:都|"
            r"也)?没有?(?:了|过)?(?=[，,。；;！!？?\s]|$)",
            r"(?:[已现][经在])?(?:全|都|也|就|已)?(?:消失|消退|退烧|退|消|散|没|好)(?:掉|"
            r"下去)?了(?=[，,。；;！!？?\s]|$)",
        ),
        _D: (
            r"(?:有没有|是否|是不是|会不会|能不能|算不算|算是|说得上)",
            r"(?P<asked>(?![时动])[\u4e00-\u9fff])[没不](?=(?P=asked))",
            r"(?<=[了过])没有?(?=[，,。；;！!？?\s呢啊]|也|都|$)",
            r"(?:我|也|都|真|实在|还|又|就){0,4}(?:不(?:太|敢|能|大|是很)?(?:确定|肯定|清楚|晓得|知道|知|"
            r"记得|保证)|没法(?:确定|肯定)|拿不[准定]|记不[清得]|说不[准好清上定]|分不清|吃不准|"
            r"搞不清|弄不清)"
            r"(?:楚|来)?(?:自己)?(?:当时|到底|究竟|昨晚|刚才)?(?:是不是|有没有|是否|会不会|算不算|是|"
            r"有|算|该不该叫)",
            r"(?:没准儿?|说不定|兴许|或许|恐怕|估摸|八成|多半|保不齐|搞不好|弄不好|未必|不见得|八成|"
            r"大概(?![\d一二两三四五六七八九十])|像是|像有(?!一?[团块个根把群条股只]|东西|蚂蚁|石头|人|针|刀|火|什么)|看着像|仿佛|貌似|据说|可能是?(?:有|会)?|"
            r"疑似)(?:是|有)?",
            r"(?:好像|可能|似乎|大概|也许|或许|应该|仿佛)(?:也)?(?:是)?有(?:那么)?(?:一?点点?儿?|"
            r"一?些)?(?=[，,。；;！!？?\s吧]|$)",
            r"(?:医生|大夫|护士|人家)问(?:我|他|她)?|万一|估计|恍惚|怕是|该不会是?|莫不是|莫非是?|"
            r"难道是?|不敢说(?:一定)?是?|待排除?|待查|像又不像",
        ),
        _P: (
            r"(?:高中|初中|大学|上学|读书|年轻|小学|生(?:完)?孩子前|怀孕(?:的)?时|当年|那年|前些年|"
            r"前几年|头几年|原先|早先|术前|手术前|(?:19|20)\d\d年|"
            r"[一二两三四五六七八九十几多\d]+年前)(?:的)?(?:那会儿?|时候|那阵子?|时)?",
        ),
        _O: (
            r"(?:同(?:一个)?(?:办公室|宿舍|寝室|班|单位|车间|屋|组)的?(?:人|同学|同事)?|(?:单位|"
            r"班[上里]|幼儿园|学校|公司|厂里|村里|小区)里?(?:的)?(?:有|好几个|好多|都|几个)|舍友|同屋|"
            r"隔壁|邻床|临床的|队友|工友|领导|老板|"
            r"家里老人|网上|说明书|身边的?人|周围的?人)",
        ),
    },
}
CUES = {
    language: tuple((kind, re.compile(phrase)) for kind, phrases in kinds.items() for phrase in phrases)
    for language, kinds in _SPOKEN.items()
}
"""Turns of phrase that the lists of cue words cannot hold, because they bend; those of one kind may overlap."""

DOUBTS_WHAT_PRECEDES = {
    Language.ZH: re.compile(
        r"没有?|(?:好像|可能|似乎|大概|也许|或许|应该|"
        r"仿佛)(?:也)?(?:是)?有(?:那么)?(?:一?点点?儿?|一?些)?"
    ),
    Language.EN: re.compile(
        r"(?:probably|maybe|perhaps|possibly|i think|i guess) not|(?:at least )?i don'?t think so|"
        r"(?:is|are) .*|i .*(?:say|tell|be sure|be certain|remember|recall|decide)"
    ),
}
_ASKS = re.compile(r"([\u4e00-\u9fff])[没不]")


def with_cues(text: str, language: Language, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """`matches` by place with the turns of phrase of CUES; the shorter cues inside these are gone.

    A phrase that holds all of a finding's words takes them ("I can't remember whether" is no loss of memory); one that
    shares only some of them is left out, and only makes the finding doubtful when it asks (睡得好不好).
    """
    phrases = _phrases(text, language)
    if not phrases:
        return matches
    symptoms = [m for m in matches if m.kind is MatchKind.SYMPTOM]
    inside_phrase = _marked(text, phrases, asked=0)
    swallowed = {m for m in symptoms if 0 not in inside_phrase[m.start : m.end]}
    symptom_at = _marked(text, [m for m in symptoms if m not in swallowed])
    whole = [phrase for phrase in phrases if 1 not in symptom_at[phrase.start : phrase.end]]
    doubts = [
        phrase for phrase in phrases if phrase.kind is MatchKind.DOUBT and 1 in symptom_at[phrase.start : phrase.end]
    ]
    asks_at = _marked(text, doubts)
    cue_taken = _marked(text, [*whole, *doubts])
    kept = [
        replace(m, negated=False, doubtful=True) if 1 in asks_at[m.start : m.end] else m
        for m in symptoms
        if m not in swallowed
    ]
    others = [
        m for m in matches if m.kind is MatchKind.SEVERE or (m.kind is not MatchKind.SYMPTOM and not cue_taken[m.start])
    ]
    return tuple(sorted([*kept, *others, *whole], key=lambda m: (m.start, m.end)))


def _marked(text: str, matches: Iterable[Match], asked: int = 1) -> bytearray:
    """One byte per character, 1 where a match stands; the 痛不 of 痛不痛 reaches `asked` characters further."""
    marks = bytearray(len(text) + 1)
    for match in matches:
        end = match.end + asked if _ASKS.fullmatch(match.value) else match.end
        marks[match.start : end] = b"\1" * (end - match.start)
    return marks


def _phrases(text: str, language: Language) -> list[Match]:
    """The longest of the phrases at each place."""
    found = [
        Match(phrase.start(), phrase.end(), kind, phrase[0])
        for kind, words in CUES[language]
        for phrase in words.finditer(text)
    ]
    found += [
        Match(time.start(), time.end(), MatchKind.PAST, time[0])
        for time in RECENTLY[language].finditer(text)
        if OTHERWISE_NOW[language].search(text, time.end(), time.end() + 60)
    ]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept
