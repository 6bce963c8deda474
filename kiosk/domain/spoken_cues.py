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
    r"(?:can|could|may|might|does|will) .*(?:cause|lead|bring|give).*|side effects?.*|(?:会|可能会?)(?:引起|导致|"
    r"造成)|副作用.*|"
    r"(?:everyone|everybody|people|others|half|most|lots|loads|several|a lot|kids|children)\b.*|"
    r"(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|video|news|"
    r"internet|blog|documentary)|"
    r"people (?:at work|around me)|(?:kids|others) at school|"
    r"同一?个?(?:办公室|宿舍|寝室|班|单位|车间|屋|组).*|(?:单位|班[上里]|幼儿园|学校|公司|"
    r"厂里|村里|小区).*|网上|说明书|身边.*|周围.*|别人"
)
"""Whoever these are, they did not come along: what is said of them is not the patient's, whatever else is said."""

IMPERSONAL = re.compile(
    r"网上|说明书|电视上?|新闻|书上|(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|"
    r"video|news|"
    r"internet|blog|documentary)"
)
"""These tell of no patient at all."""

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
    r"daycare|kindergarten|home|my class|his class|her class|class|"
    r"(?:the|our|my|his|her) (?:house|household|family|flat|dorm|ward|team|street|village|building))"
)
_YEAR_SCALE = r"(?:year|summer|winter|spring|autumn|fall|christmas|easter)"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter|"
    r"(?:19|20)\d\d)"
)
_SIMILE = (
    r"[是有]?(?:人|块|根|团|把|条|只|东西|什么|虫|蚂蚁|被|快?要[炸裂断跳散]|炸|裂|压|石|针|刀|火|电|撕|绑|勒|捆|箍|堵|塞|卡|"
    r"灌|揣|敲|打鼓|抽|扎|踩|断|散|过电|触电|锤|磨|大象|绳|铁|铅|猫|拉风|吹|风箱|筛|面条|棉花|馒头|发面|着火|冰|泡|拧|绞|揪|掐|"
    r"捏|攥|钻|割|捅|剜|插|坐|骑|趴|戴|套|裹|蒙)"
)
"""Behind 像: how it feels, and no doubt that it does (胸口像压了石头, 头像要炸开)."""

_SPOKEN: dict[Language, dict[MatchKind, tuple[str, ...]]] = {
    Language.EN: {
        _N: (
            rf"\b(?:can't|cannot|can not|cant|couldn't|wouldn't) say (?:that )?(?:{_WHO}|my|his|her|the)\b",
            r"\b(?:isn't|is not|'s not|wasn't) (?:that|because|as (?:if|though)) (?:i|he|she|they|we|it)(?:'m|'ve|"
            r"'s|'re|'d)?"
            r"(?: (?:do|does|did|have|has|had|is|are|was|wo|ca|could|would)(?=n't| not))?",
            r"\bnot (?:a|one|the (?:slightest|least|faintest)) (?:single )?(?:trace|hint|sign|bit|"
            r"spot|drop|touch|whiff|speck|jot|episode|bout|attack|spell|instance)?(?: of)?\b",
            r"\b(?:don't|do not|doesn't|does not|never|didn't)(?: ever| even| really)? (?:think|thinking|thought|dream|"
            r"dreamt)(?:ing)? (?:about|of)\b"
            r"(?! anything| much| nothing|"
            r"[^,.;]{1,40}\b(?:until|till|before) (?:now|today|this|yesterday|recently|last)\b)",
            rf"\bnot once (?:has|have|had|did|was|were)\b(?: {_WHO}\b)?(?: (?:had|been|felt|seen|got))?|"
            rf"\bat no (?:time|point) (?:has|have|had|did|"
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
            r"(?:n't|\bnot) (?:feel|look|seem|sound) like\b",
            r"\bnothing (?=(?:hurts|itches|aches|burns|bleeds|swells)\b)|\bhardly call (?:it|that|this)\b|"
            r"\bnothing (?:has|have|had|is|was)\b|\b(?:no ?one|nobody)(?: else)? (?=(?:smokes|coughs|drinks|snores|"
            r"wheezes)\b)",
            r"\black(?:s|ed|ing)\b(?! (?:of )?(?:energy|sleep|appetite|strength|interest))|(?:n't|"
            r"\bnot) (?:seem|appear)(?: to)?\b",
            r"(?:n't|\bnot|\bnever|\bno longer) (?:been |really )?(?:complain(?:ed|ing)(?: of| about)?|"
            r"experiencing|suffering(?: from)?|"
            r"suffered(?: from)?|troubled by|bothered by|aware of)",
        ),
        _A: (
            r"\b(?:is|was|are|were|has been|have been) (?:excluded|ruled out)\b",
            r"\b(?:is|are|was|were)(?:n't| not) there(?: any ?more| now| at all| today)?\b",
            r"(?<!not )(?<!n't )(?<!never )(?:\b(?:has|have|is|are)|'s|'ve)?(?: now| all| completely|"
            r" since| finally| already)? ?"
            r"\b(?:gone|cleared(?: up)?|disappeared|resolved|subsided|worn off|"
            r"settled(?: down)?)(?: now| away| down| completely| today| since)*(?: by (?:itself|"
            r"themselves)| on (?:its|their) own)?(?= *(?:$|[.,;!)]|but\b|no\b))",
            r"(?:\b(?:has|have|is|had)|'s|'ve)(?: now| all| completely| since| finally|"
            r" already)? (?:stopped|passed|over|better now)(?: now| completely| today| since|"
            r" by itself)*(?= *(?:$|[.,;!)]|but\b|and\b))|"
            r"\bstopped (?:by (?:itself|themselves)|on (?:its|their) own)|(?<=\w)[- ]free\b(?! (?:of|"
            r"from|to))",
            r"\b(?:and|but) (?:i|he|she|we) (?:said|answered|told (?:them|him|her)) (?:no|not)\b",
            r"(?<=fever )broke\b(?! out)",
            r"\b(?:neither of (?:these|those|them|which)|none of (?:these|those|them|that|which))\b",
            r"\b(?:not that i(?:'ve| have)? (?:know of|noticed?|seen|felt|am aware of|can tell|"
            r"remember|recall)|not that i'm aware of|not as far as i (?:know|can tell)|"
            r"not to my knowledge|not at all|never had (?:it|any|that|them|those))\b",
        ),
        _X: (
            r"\bi (?:often |sometimes |always |do )?(?:think|thought) (?:about|of)\b|"
            r"\bnever (?=[^,.;]{1,40}\b(?:until|till|before) (?:now|today|this|yesterday|recently|last)\b)",
            r"\bcan't (?:\w+ ){1,5}without\b|\bcannot (?:\w+ ){1,5}without\b|\bnever without\b|"
            r"\bnot without\b|\bnot as if (?:\w+ )?(?:never|don't|do not|not)\b",
            r"\bnot a (?:single )?drop of (?:urine|wee|pee|water)\b",
            r"\bcan(?:'t|not|t| not) see (?=(?:any|a|much) (?!thing)\w)|"
            r"\b(?:physical )?exam(?:ination)? (?:is|was|reveals?|shows?|showed|revealed|findings?)\b|"
            r"\bon (?:physical )?exam(?:ination)?\b|"
            r"\b(?:when|if|whenever|unless) (?:i|he|she|you) (?:don't|do not|doesn't|haven't|hasn't) (?:eat|"
            r"eaten|drink|sleep|slept|take)\b",
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
            rf"\b(?:my )?{_RELATIVE} (?:reckons?|suspects?|believes?|wonders?)\b|"
            rf"\b(?:my )?{_RELATIVE} (?:thinks?|thought)(?: that)? (?=i\b|i'|it|he\b|she\b|he'|she'|this)",
            rf"\bi (?:really |rather |very much )?doubt\b(?: {_IF})?",
            rf"(?:n't|\bnot|\bdont|\bdoesnt|\bdidnt|\bneither (?:\w+ ){{1,3}}(?:can|"
            rf"could))(?: {_QUITE})* (?:sure|certain|clear|convinced|positive|know|remember|recall|"
            rf"aware)(?: {_IF}| of|(?= (?:it|this|that|there)(?:'s| is| was)\b| (?:i|he|she) (?:have|has|had)\b))",
            r"\bwhether(?: or not)?\b",
            r"(?:\b(?:it's|he's|she's|i'm|is|was|am)|^|[.;,]) ?\beither (?=[^.;,]{1,30} or )",
            r"\b(?:don't|do not) ask me (?:if|whether)\b|\b(?:want(?:ed)?|like|need) to (?:know|see|check|"
            r"find out) (?:if|whether)\b|"
            r"\b(?:to (?:see|check|find out)|checking|checked) (?:if|whether)\b",
            r"(?<!wish i )(?<!so bad i )\bcould (?:just |well |possibly |also |easily )?(?:be|"
            r"have)\b(?! (?:died|done|gone|come|got))",
            r"\b(?:most |very |quite )?(?:un)?likely\b(?: to (?:be|have))?|\blooks? like\b|"
            r"\bor something(?: (?:like (?:that|it|this)|similar|else|of the sort))?(?= *(?:$|[.,;!?]))|"
            r"\b(?:\d+|a hundred|ninety|eighty|fifty)(?: ?percent| ?%| per cent) (?:sure|certain)(?: that| it's)?|"
            r"\b(?:fairly|pretty|almost|nearly|reasonably) (?:sure|certain)(?: that| it's)?(?= (?:i|he|she|it|"
            r"there|a|my)\b)|"
            r"\b(?:looks?|seems?|sounds?) to me(?: like| as if| that)?\b|"
            r"\bi thought (?:it was|it might be|i had|maybe)\b|\bwhat if\b|\bany (?:chance|possibility)\b|"
            r"\bi (?:might|may|could|must|"
            r"am probably) (?:just )?be imagining (?:it|things)(?:,? but)?|"
            r"\bquestion of\b|\bsuspicion of\b|\bsuspicious for\b|\bpresumed\b|\bconcern(?:ing|ed)? for\b|"
            r"\brule out\b(?=[^.;]{0,40}$)",
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
            r"\b(?:afraid|scared|frightened|terrified|worried|worry|worrying|fear|fearing|"
            r"paranoid)(?: that)? (?:it|this|that)"
            r"(?:'s| is| was| might| may| could| can)(?: be| been| have been)?\b|"
            r"\b(?:scared|frightened|terrified|worried|worry|worrying|fear|fearing|paranoid)(?: that)? (?:i|he|she)"
            r"(?:'ve got|'ve|'s got| have got| have| has| might have| may have| could have| might be)\b|"
            r"\b(?:afraid|scared|frightened|terrified|worried|worry|worrying) (?:of having|about having|of|about)"
            r"(?! (?:my|the|this|these|that|his|her|how|what|not|going|losing|being)\b)",
            r"\b(?:supposedly|apparently|allegedly|presumably|conceivably|arguably|might|maybe|"
            r"perhaps)\b",
            r"\b(?:probably|maybe|perhaps|possibly|i think|i guess) not\b|"
            r"\bat least i don'?t think so\b|\bi don'?t think so\b|"
            r"\b(?:is|are) (?:anyone's guess|anybody's guess|hard to (?:say|tell)|unclear(?! (?:if|whether|why|"
            r"what|how))|unknown(?! (?:if|whether))|"
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
            r"\bthe (?:whole|entire) (?:office|class|family|school|house|team|ward|village|building)\b|"
            r"\b(?:someone|somebody|a (?:man|woman|kid|child|guy|lady)) (?:on|in|at|next to|behind|"
            r"opposite) (?:the|my|our) \w+\b|"
            r"\b(?:the|a|another) (?:girl|boy|kid|child|man|woman|lady|guy) (?:next to|beside|behind|in front of|"
            r"opposite) \w+\b|"
            r"\bhalf (?:of )?(?:my|the|our|his|her) (?:class|office|school|family|team|ward|house|department|year)\b",
            r"\b(?:a|one|some) (?:friend|colleague|cousin|neighbou?r)s? of (?:mine|ours|my \w+)\b",
            r"\b(?:my|our) (?:wife|husband|partner|boyfriend|girlfriend|fiance|ex|mother|mum|mom|father|dad|sister|"
            r"brother|"
            r"friend|nan|gran|granny|grandma|grandmother|grandpa|grandfather|grandad|aunt|uncle|cousin|nephew|"
            r"niece|mate)"
            r"(?: (?:has|had|have|got|caught|suffers? from|was diagnosed with|with)|'s got)\b",
            rf"\b(?:my|the|our|his|her|a|some|two|three|several|next-door|"
            rf"upstairs) {_NEAR_ONES}(?:'s?)?(?: (?:boy|girl|kids?|child|children|son|daughter|wife|"
            rf"husband))?\b",
            r"\b(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|video|news|"
            r"internet|blog|documentary)\b(?! (?:on|in) my)",
            r"\b(?:can|could|may|might|does|will) (?:this |it |that |these |they )?(?:also |"
            r"sometimes )?(?:cause|lead to|bring on|give (?:you|people|rise to))\b|"
            r"\bside effects? (?:are|is|include|like|such as|of)\b",
        ),
    },
    Language.ZH: {
        _X: (
            r"除非[^，,。；;]{1,10}[，,]?[^，,。；;]{0,4}?不(?=[疼痛咳喘晕痒麻肿])",
            r"没想到|没成想|没料到|不料|想不到",
            r"查体(?=[\s:：]*(?:未|无|见|示|发现|提示|可见|腹|心|肺|双|神))",
            r"[不没](?=[^，,。；;]{1,8}才怪)|抽了?(?=[^，,。；;]{0,8}[烟血脂奖])|"
            r"(?:只要|要是|如果)[^，,。；;就]{1,10}就不|不[动吃走碰按喝咳弯说使用][^，,。；;就]{0,4}就不|(?:坐|躺|"
            r"站|蹲|趴|停|歇|休息)(?:起来|下来?|一下|"
            r"一会儿?|会儿?)?就不|"
            r"(?:不是|并非|不能说|不敢说|谁说|没说|怎么会|怎么能|怎么可能|哪能|哪会|"
            r"哪[天次回里能个](?:晚上)?)[不没](?=[^是知])|没有[一哪]天不|没有不(?=[^适舒])|无时无刻不",
        ),
        _N: (
            r"(?:冇|莫得|莫有|木有|没得|没啥|没有啥|没有一点儿?|没有半点|一点儿?也?没|一点儿?都?没有?|"
            r"一点也没有?|谈不上|算不上|称不上|够不上|压根[没不]有?|根本没|从没|从不|未曾|未有|并未|"
            r"摸不到|看不到|没摸到|没发现)",
            r"没(?:有)?(?:看到|看见|瞧见|见到|查出|查到|感觉到|观察到|注意到有)(?=[^，,。；;！!？?\s清东不])|"
            r"没(?:有)?说(?:我|自己)(?:有)?|(?:没人|没谁|没什么人)(?:要|想)?|没见(?:着|到|有|过)?(?=[^好轻效])|"
            r"不存在|哪有|没出(?:过|"
            r"现过?)?(?=[^来去门])|从未有过|没得过",
        ),
        _A: (
            r"\(\s*[-—]\s*\)|（\s*[-－—]\s*）|(?:我|他|她)(?:就|都)?(?:说|答|回)(?:是)?没有?(?=[，,。；;！!？?\s问]|$)",
            r"(?:一概|统统|通通|全都|一样|一个|半点|一点儿?|丝毫|从来|向来|现在|目前)(?:都|"
            r"也)?没有?(?:了|过)?(?=[，,。；;！!？?\s]|$)",
            r"(?:[已现][经在])?(?:全|都|也|就|已|早就|早|是|才)?(?:消失|消退|退烧|止住|止血|退|消|散|没|好利索|"
            r"好透|好全|好彻底|痊愈|康复|好)(?:掉|"
            r"下去)?了(?=[，,。；;！!？?\s]|$)",
        ),
        _D: (
            r"(?:有没有|是否|是不是|会不会|能不能|算不算|算是|说得上)",
            r"(?<![想要干欲])(?P<asked>(?![时动])[\u4e00-\u9fff])[没不](?=(?P=asked)(?!出来|成|着|到|掉))",
            r"(?<=[了过])没有?(?=[，,。；;！!？?\s呢啊我他她不谁记]|也|都|$)",
            r"(?P<both>[\u4e00-\u9fff]{2})[没不](?=(?P=both))",
            r"(?:我|也|都|真|实在|还|又|就){0,4}(?:不(?:太|敢|能|大|是很)?(?:确定|肯定|清楚|晓得|知道|知|"
            r"记得|保证)|没法(?:确定|肯定)|拿不[准定]|记不[清得]|说不[准好清上定]|分不清|吃不准|"
            r"搞不清|弄不清)"
            r"(?:楚|来)?(?:自己)?(?:当时|到底|究竟|昨晚|刚才)?(?:是不是|有没有|是否|会不会|算不算|是|"
            r"有|算|该不该叫)",
            r"(?:没准儿?|说不定|兴许|或许|恐怕|估摸|八成|多半|保不齐|搞不好|弄不好|未必|不见得|八成|"
            r"大概(?![\d一二两三四五六七八九十])|像是|像有(?!一?[人团块个只根把群条股东什虫蚂火石针刀])|看着像|仿佛|貌似|据说|可能是?(?:有|会)?|"
            r"疑似)(?:是|有)?",
            r"(?:好像|可能|似乎|大概|也许|或许|应该|仿佛)(?:也)?(?:是)?有(?:那么)?(?:一?点点?儿?|"
            r"一?些)?(?=[，,。；;！!？?\s吧]|$)",
            r"(?:医生|大夫|护士|人家)问(?:我|他|她)?|万一|估计|恍惚|怕是|该不会是?|莫不是|莫非是?|"
            r"(?:应该|大概|估计)(?:也|就|还|是)?(?:并)?(?:没有?|不是|不会)(?![知晓清确过了])|"
            r"(?<![不就也还都只可总老但])是(?=[^，,。；;是]{1,10}还是)|"
            r"我?(?:猜|寻思|琢磨)(?:是|着|可能)?|有点像(?:是)?|不敢(?:保证|肯定|断定|打包票)(?:说)?(?:没有?|不是|"
            r"有没有|是不是)?|"
            rf"(?<![不好很挺])(?<!(?<!觉)得)像(?!{_SIMILE}|个|人|话|样|以前|平时|原来|从前|往常|"
            r"上次)(?![^，,。；;]{0,10}(?:一样|似的|那样|般|那么|样))|"
            r"看样子(?:是|像)?|看(?:起来|上去)(?:像|是)|瞧着(?:像|是)|"
            r"不好(?:判断|分辨|讲|定)(?:是不是|有没有)?|"
            r"隐约(?:有|觉得|感到|感觉)?|指不定|没把握(?:说)?(?:是不是|有没有)?|闹不清|备不住|保不准|"
            r"(?<![不也])许是|别是|怕不是|怕别是|大概率是?|不排除|"
            r"考虑(?:是|为)?(?![到过了一下周清再])|不会是(?=[^，,。；;]{1,10}(?:吧|[?？]))|"
            r"(?<![怀质可嫌无])疑(?![问心惑难似])|"
            r"可疑|待排|(?:有|存在)(?:的)?可能(?=[，,。；;\s]|$)|倾向于?|不敢断定|没法(?:说|断定)|"
            r"看不出(?:来)?(?:是不是|有没有)|"
            r"难道是?|不敢说(?:一定)?(?:是|没有|有)?|待排除?|待查|像又不像|"
            r"(?:就?怕|担心|害怕|生怕|疑心|唯恐|琢磨)(?:自己|我|孩子|他|她|这)?(?:是不是|会不会|得了?|是|有|患了?|"
            r"成了?|真是?|别是|落下|传染上?)",
        ),
        _P: (
            r"(?:高中|初中|大学|上学(?=那|时|的时候|期间)|读书(?=那|时|的时候|期间)|年轻|小学|生(?:完)?孩子前|"
            r"刚?怀孕(?:的)?(?:时|那会儿?|那时候?|那阵子?)|当年|那年|前些年|"
            r"前几年|头几年|原先|早先|术前|手术前|(?:19|20)\d\d年|"
            r"[一二两三四五六七八九十几多\d]+年前)(?:的)?(?:那会儿?|时候|那阵子?|时)?",
        ),
        _O: (
            r"(?:同(?:一个)?(?:办公室|宿舍|寝室|班|单位|车间|屋|组)的?(?:人|同学|同事)?|(?:单位|"
            r"班[上里]|幼儿园|学校|公司|厂里|村里|小区)里?(?:的)?(?:有|好几个|好多|都|几个)|舍友|同屋|"
            r"隔壁|邻床|临床的|队友|工友|领导|老板|"
            r"家里老人|网上|说明书|电视上|新闻(?:里|上)|书上|身边的?人|周围的?人|邻床|对门|楼[上下](?:的|"
            r"那)?(?:邻居|人)?(?=[得有也是])|合租的?|"
            r"(?:会|可能会?)(?:引起|导致|造成)|副作用(?:是|有|里有|包括)?)",
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
        r"没有?|可疑|待排|待查|待排除|(?:有|存在)(?:的)?可能|(?:好像|可能|似乎|大概|也许|或许|应该|"
        r"仿佛)(?:也)?(?:是)?有(?:那么)?(?:一?点点?儿?|一?些)?"
    ),
    Language.EN: re.compile(
        r"(?:probably|maybe|perhaps|possibly|i think|i guess) not|(?:at least )?i don'?t think so|"
        r"(?:is|are) .*|or something.*|i .*(?:say|tell|be sure|be certain|remember|recall|decide)"
    ),
}
_ASKS = re.compile(r"([\u4e00-\u9fff]{1,2})[没不]")


def with_cues(text: str, language: Language, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """`matches` by place with the turns of phrase of CUES; the shorter cues inside these are gone.

    A phrase that holds all of a finding's words takes them ("I can't remember whether" is no loss of memory); one that
    shares only some of them is left out, and only makes the finding doubtful when it asks (睡得好不好).
    """
    spoken = phrases(text, language)
    if not spoken:
        return matches
    symptoms = [m for m in matches if m.kind is MatchKind.SYMPTOM]
    inside_phrase = _marked(text, spoken, asked=False)
    swallowed = {m for m in symptoms if 0 not in inside_phrase[m.start : m.end]}
    symptom_at = _marked(text, [m for m in symptoms if m not in swallowed])
    whole = [phrase for phrase in spoken if 1 not in symptom_at[phrase.start : phrase.end]]
    doubts = [
        phrase for phrase in spoken if phrase.kind is MatchKind.DOUBT and 1 in symptom_at[phrase.start : phrase.end]
    ]
    asks_at = _marked(text, doubts)
    affirmed_at = _marked(text, [p for p in spoken if p.kind is MatchKind.NOT_NEGATION])
    cue_taken = _marked(text, [*whole, *doubts])
    kept = [
        replace(m, negated=False, doubtful=True)
        if 1 in asks_at[m.start : m.end]
        else replace(m, negated=False)
        if m.negated and 1 in affirmed_at[m.start : m.end]
        else m
        for m in symptoms
        if m not in swallowed
    ]
    others = [
        m for m in matches if m.kind is MatchKind.SEVERE or (m.kind is not MatchKind.SYMPTOM and not cue_taken[m.start])
    ]
    return tuple(sorted([*kept, *others, *whole], key=lambda m: (m.start, m.end)))


def _marked(text: str, matches: Iterable[Match], asked: bool = True) -> bytearray:
    """One byte per character, 1 where a match stands; with `asked` the 痛不 of 痛不痛 reaches to its end."""
    marks = bytearray(len(text) + 1)
    for match in matches:
        end = match.end + len(match.value) - 1 if asked and _ASKS.fullmatch(match.value) else match.end
        marks[match.start : end] = b"\1" * (end - match.start)
    return marks


def phrases(text: str, language: Language) -> list[Match]:
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
