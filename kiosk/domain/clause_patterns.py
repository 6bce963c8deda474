"""Words and gaps by which domain/clauses.py reads who, when and whether."""

from __future__ import annotations

import re

from kiosk.domain.language import Language

SENTENCE_END = r"[。！？!?；;\n]|(?<![0-9])\.|\.(?![0-9])"
BREAKS = re.compile(rf"(?P<sentence>{SENTENCE_END})|[，,]")
SELF = {
    Language.ZH: re.compile(
        r"(?<!连)我(?!们?(?:家|爸|妈|老|儿|女|孩|宝|爷|奶|哥|姐|弟|妹|同|朋|丈|妻|婆|公|外|娃|舅|叔|姑|"
        r"姨|太|先|父|母|邻|闺|单|学|班|对|岳|小))|本人|自己"
        r"|我们?家的(?!人|老|亲)|我家?(?:宝|娃|孩|儿子|女儿|闺女|小)"
        r"|(?<=[，,。；;！!\s])(?:孩子|宝宝|娃|患者|病人)(?!的?(?:同学|老师|爸|妈|爷|奶|朋友))"
    ),
    Language.EN: re.compile(
        r"\b(?:i|i'm|im|i've|my|me|myself|mine|patient|pt)\b(?! (?:brought|bring|took|"
        r"am (?:here )?with|came with|called|drove|speak for))"
    ),
}
CARER = {
    Language.ZH: re.compile(
        r"(?:就|也|才|都|赶紧|今天|特意|专门)*(?:带|陪|送|替|帮|给|代|(?:看见|看到|发现)(?=[他她人孩娃]|"
        r"我[爸妈爷奶姥姨姑]|爸|妈|老[公婆伴人头]|儿子|女儿)|看[他她]|"
        r"担心|着急|不放心|扶|背|抱|问[他她])"
    ),
    Language.EN: re.compile(
        r"(?: just|'ve| have| had)* (?:brought|bring|took|take|am (?:here )?with|came with|called|"
        r"drove|speak for|(?:found|noticed|saw)(?: that)?(?= (?:him|her|them|he|she|his|their|my (?:wife|husband|"
        r"partner|mum|mom|mother|dad|father|son|daughter|baby|child|gran\w*))\b)|think s?he|worry)\b|"
        r"'m (?:here )?(?:with|for|"
        r"worried|only here|(?:only |just )?(?:his|her|their) (?:lift|driver|carer|neighbour|friend|cleaner|helper))\b|"
        r" (?:don't|do not|didn't|couldn't|can't|cannot) (?:know|say|tell|be sure)\b"
    ),
}
"""Follows a speaker who tells what they did for another: that does not end what is said about the other."""

REPORTS = {
    Language.ZH: re.compile(
        r"[\s]*(?:也|都|们|又|经常|总|就|刚)?\s*(?:说|讲|发现|看到|看见|觉得|认为|让|叫|带|陪|送|"
        r"建议|给|催|怕|担心|怀疑)"
    ),
    Language.EN: re.compile(
        r"\s*(?:also |just |always )?(?:says?|said|noticed|notices|thinks?|thought|told|tells|saw|sees|found|"
        r"drove|brought|gave|made|wants|wanted|asked|suggested|worries|called|takes|took)\b"
    ),
}
GOES_ON = {
    Language.ZH: re.compile(r"现在|目前|今天|开始|以来|至今|到今|一直|又|还在|还有|仍|最近|这几天|起[，,]?"),
    Language.EN: re.compile(
        r"\b(?:now|currently|today|still|since|started|starts|began|begun|again|ongoing|recently|"
        r"lately|came on|ever since|"
        r"appeared|showed up|came up|developed|noticed|worse|keeps?)\b"
    ),
}
NOT_OVER = re.compile(
    r"[，,\s]*(?:但|可|也)?(?:到现在|到今天|至今|现在|一直|始终|从来)(?:都|也|就|还)*(?:没(?:有)?(?:好|断根|断过|去根|停过?|消)|还?是?这样|不见好)"
)
"""Behind a clause about the past: what began then is not over (以前就头晕，一直没好)."""

ENDS_AS_PAST = re.compile(
    r"years? ago|in the past|as a (?:child|kid)|when i was (?:young|a child)|in childhood|(?:a )?long (?:time )?ago|"
    r"last (?:year|summer|winter|spring|autumn|fall|christmas|easter)|back then|"
    r"earlier in life|before (?:the|my|his|her) \w+|(?:back )?in (?!my)\w+"
)
LENGTH_BEFORE_HISTORY = re.compile(
    r"\b(?:minutes?|min|hours?|hrs?|hr|h|days?|d|nights?|weeks?|wks?|months?|years?|yrs?|yr|short|brief|recent|"
    r"acute|long)"
    r"(?:'s?)?[- ]*(?:long )?\Z"
)
"""A two-day history of cough is a cough now."""
PAST_TENSE = re.compile(r"\b(?:had|was|were|got|suffered|broke|fractured|injured|did|couldn't|could)\b")
PRESENT_TENSE = re.compile(
    r"\b(?:is|are|am|i'm|has(?! (?:had|been))|have(?! (?:had|been|never))|gets?|keeps?|than|"
    r"present(?:s|ed|ing)|complain(?:s|ed|ing)|comes|came|reports?|reported|describes|notes|noted|arrives|"
    r"attends|develop(?:s|ed))\b"
)
STILL_GOING_ON = re.compile(
    r"(?:(?:year|yr|month|week|wk|day|night|hour|hr|minute|min|decade)s?['’]?[- ]*(?:long )?|"
    r"\b(?:short|brief|recent|long|progressive|"
    r"present(?:s|ed|ing) with (?:a|an)|complain(?:s|ed|ing) of (?:a|an)|with a (?:short|long|recent)) )$"
)
"""Before "history of": "a three-month history of cough" is the complaint itself."""

RESTED = re.compile(r"(?:休息|歇|停下|停一|坐下|坐一|坐会|站住|站一|站会|躺|不走|缓一|缓会)[^，,。；;！!？?\n]{0,6}$")
"""Before 好了: what rest takes away comes back with the next effort, and is there."""

WAS_WELL = re.compile(
    r"[^，,。；;不没]{0,4}?(?:可|挺|很|都|一直|还|也|向来)*(?:清楚|好好的|好着呢|好得很|正常|利索|硬朗|能走能动|明白|"
    r"(?:没事|不这样|没这样|没犯过))(?:得很|的|了|着呢)*(?=[，,。；;\s]|$)"
)
"""Behind 以前: who was well then has the complaint now."""
HEALTHY = re.compile(r"[\s-]*(?:healthy|well|fit|asymptomatic|active|independent|normal|unremarkable)\b")
"""After "previously": who was well has the complaint now."""

RECENTLY = {
    Language.ZH: re.compile(
        r"上个?(?:月|周|星期|礼拜)|前(?:一)?(?:阵子?|段时间|些天|几天|几周)|有一(?:阵子?|段时间|"
        r"回|次)|月初|年初"
    ),
    Language.EN: re.compile(
        r"\b(?:(?:\w+ )?(?:weeks?|months?|fortnight) ago|last (?:week|month)|the other (?:day|"
        r"week)|earlier this (?:month|year)|a while (?:ago|back))\b"
    ),
}
"""These times are past only when the sentence goes on to tell of another time."""

OTHERWISE_NOW = {
    Language.ZH: re.compile(
        r"[，,。；;\s](?:可是|但是|但|不过)?(?:我)?(?:现在|今天|今年|今儿|这回|这次|这会儿|"
        r"这两天|这几天|眼下|目前)"
    ),
    Language.EN: re.compile(r"[,.;]\s*(?:but |and )?(?:now|today|this time|these days|since then)\b"),
}
CEASED = {
    Language.ZH: re.compile(r"[没不][^，,。]{0,6}了|没有?再|不再|现在|今天|这会儿|眼下|后来|已经|目前"),
    Language.EN: re.compile(r"\b(?:now|any ?more|any longer|no longer|since then|today|stopped|gone|these days)\b"),
}
WHENEVER = {
    Language.ZH: re.compile(
        r"一(?:使劲|用力|动|活动|拿|休息|躺|坐|站|停|歇|吃|喝|热|揉|按|压|睡)[^，,。；;]{0,4}?(?:就|反倒|倒|反而)|"
        r"的时候(?:就|倒|反倒|反而)?[不没]"
    ),
    Language.EN: re.compile("(?!)"),
}
"""Before a denial that holds at such times only: 一使劲反倒不抖了 ends no tremor."""
FEARS = {
    Language.ZH: re.compile("(?:就?怕|担心|害怕|生怕|疑心|唯恐|琢磨)(?!是).*"),
    Language.EN: re.compile(r"(?:afraid|scared|frightened|terrified|worr|fear|paranoid).*"),
}
ENDS = re.compile(
    r".*(?:[好没消散停止退]了|消失|缓解|消退|痊愈|停止|过去了).*|"
    r".*\b(?:gone|cleared|disappeared|resolved|subsided|worn off|settled|"
    r"stopped|"
    r"passed|over|better|"
    r"went away)\b.*"
)
"""A denial that tells how something ended."""

CIRCUMSTANCE_ASKED = {
    Language.ZH: re.compile(
        r"[^，,。；;]{0,6}?(?:几[天次回年个周点]|多[久长]|什么时[候间]|啥时候?|哪[天年]|怎么[搞弄回来得起]|为[什啥]|咋[回搞弄]|"
        r"(?:什么|啥)(?:原因|引起|东西))"
    ),
    Language.EN: re.compile(
        r"\s*(?:exactly |really |quite |about |of |as to )*(?:when|how (?:long|many|often|come|i|he|she|it|"
        r"this|the|my)|"
        r"why|where|what (?:cause[sd]?|brought|set|is causing|was causing|triggers?|triggered|started|gave|makes|made|"
        r"to do|to make))\b"
    ),
}
"""Behind a doubt that is about when, how long or why: the finding itself is told."""

TIME_COMES = {
    Language.ZH: re.compile(r"(?:是|有|从|就|在|打|\s)*"),
    Language.EN: re.compile(
        r"\s*(?:(?:it|that|was|is|since|from|on|about|around|for|started|began|has been|been|the)\s+)*"
    ),
}
BEGAN = {
    Language.ZH: re.compile("开始|[起犯来得](?=的|了|$)|[起犯得出来]了?$"),
    Language.EN: re.compile(r"\b(?:start(?:ed|s)?|beg[au]n|came on|since|onset)\b"),
}
"""A doubt that a time follows, and then a beginning, is about the time."""

CLOSED_LIST = {
    Language.ZH: re.compile(r"[^，,。；;有但就可]{0,10}(?:这些|这类|这几样|之类|什么的|啥的|等等|等症状)"),
    Language.EN: re.compile("(?!)"),
}
"""Ends a list whose members nothing separates: 没发烧咳嗽头疼这些症状."""

ANSWERED = re.compile(r"(?:and|but) (?:i|he|she|we) (?:said|answered|told (?:them|him|her)) (?:no|not)")
"""A denial that settles what somebody asked about."""

UNLESS = {
    Language.ZH: re.compile(r"[^，,。；;]{0,4}，?除非"),
    Language.EN: re.compile(
        r"\s*,?\s*(?:at all )?(?:unless|except (?:when|if|after)|apart from when|"
        r"other than when)\b"
    ),
}
"""Behind a denied finding that is there at times."""

NOT_MEANT_AFTER = {
    Language.ZH: re.compile("的?(?:疫苗|抗体|试纸)"),
    Language.EN: re.compile(r"\s+(?:jabs?|vaccines?|vaccinations?|shots?|screening|clinic|leaflet)\b"),
}
"""Behind what somebody is protected from or looked over for."""

SOMEBODY_WITH_IT = {
    Language.ZH: (re.compile("(?!)"), re.compile("了?的(?:人|病人|患者|同学|同事|朋友|小朋友|小孩|邻居)")),
    Language.EN: (
        re.compile(
            r"\b(?:anyone|anybody|someone|somebody|people|others|kids|children|a (?:man|woman|child|kid|boy|girl|"
            r"person)) "
            r"(?:who (?:has|had|have|is|are|was)|with|having)\s+(?:an?\s+)?$"
        ),
        re.compile("(?!)"),
    ),
}
"""Before or behind what makes somebody else of a finding: 发烧的人, "anyone with TB"."""

IS_ONE = {
    Language.ZH: re.compile("(?:是|作为)一?[个名位]?(?:患有?|得了|有)?$"),
    Language.EN: re.compile("(?!)"),
}
"""Before what makes the speaker one of them: 我是一名糖尿病的患者."""

MET = {
    Language.ZH: re.compile(r"接触过?|挨着|跟.{0,4}(?:一起|住)|照顾"),
    Language.EN: re.compile(r"\b(?:met|near|around|exposed|exposure|contact|close|looked after|with)\b"),
}
"""How one comes by what others have."""

HYPOTHETICAL = {
    Language.ZH: re.compile(
        r"(?:预防|防止|以防|避免|以免|免得|担心(?:以后|将来|会|再)|怕(?:以后|将来|会|再)|以后会不会)[^，,。；;]{0,6}$"
    ),
    Language.EN: re.compile(
        r"\b(?:to prevent|prevention of|preventing|to avoid|avoiding|in case of|"
        r"how (?:do|can|should|could) (?:i|we) (?:prevent|avoid)|what are the (?:signs|symptoms|first signs) of|"
        r"will (?:i|he|she) (?:also )?(?:get|develop|catch|end up with)|in case (?:i|he|she|it) (?:gets?|develops?)|"
        r"what (?:should|do|shall|can) (?:i|we) do in case(?: (?:i|he|she|it))?(?: gets?| develops?)?|"
        r"(?:worried|afraid|scared)(?: that)? (?:i|he|she) (?:might|may|could|will|'ll|would) (?:get|develop|"
        r"end up with)|"
        r"what if (?:i|he|she) (?:gets?|develops?)|"
        r"(?:i|he|she|you|we)(?:'d| would)(?: have)? (?:know|known|noticed?|remember(?:ed)?|felt|feel it|"
        r"told you|tell you) if|"
        r"what if (?:i|he|she) (?:starts?))\b[^.;]{0,25}$"
    ),
}
"""Before what may come one day: nobody has it."""

TOLD_TO_COME_IF = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        r"\b(?:come|go|ring|call|phone|pop|return)(?: straight| right)?(?: back| in| again| 999| 111)* if (?:(?:i|he|"
        r"she|it|"
        r"we|they|there|the|my|his|her)(?:'s)?(?: (?:gets?|develops?|starts?|have|has|had|feels?|sees?|is|were|was))?"
        r"(?: (?:an?|any|more|my|the|his|her))*)?[^.;]{0,25}$"
    ),
}
"""Before what a doctor told to look out for: "come back if I get a fever"."""

IT_CAME = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        r"\b(?:it|he|she|i|they|that|which|and|so|now|well|but)(?: (?:has|have|did|does|is|was|got|gets|came|went)|"
        r"'s|'ve)\b|"
        r"\bhere (?:i am|we are)\b|\bnow\b|\btoday\b|\bsince\b"
    ),
}
"""Behind it, that it has come."""

SHOULD_IT_COME = {
    Language.ZH: re.compile(
        r"(?:要是|如果|假如|倘若|万一)(?:我|他|她|孩子|宝宝|娃|真的?|以后|今后|将来|哪天|出现|发生|再|又|还|有|得了?|是)*$"
    ),
    Language.EN: re.compile(
        r"\bif (?:(?:i|he|she|it|we|they|the baby|my \w+) (?:gets?|develops?|starts? (?:with|having|getting))|"
        r"there(?:'s| is| are))"
        r" (?:(?:an?|any|another|more|the) )?(?:\w+ )?$"
    ),
}
ASKS_WHAT_THEN = {
    Language.ZH: re.compile(
        r"(?:起来|的话|了|呢|，|,)*(?:我|他|她|该|应该|那|到时候?|还|就)*"
        r"(?:怎么办|咋办|咋整|怎么处理|怎么弄|要不要|该不该|用不用|需不需要|要再来|再来|去哪|找谁|挂(?:什么|哪|啥))"
    ),
    Language.EN: re.compile(
        r"[^.;?]{0,20}?,? ?\b(?:should|shall|do i (?:need|have|come|go|call)|what (?:do|should)|when (?:do|"
        r"should)|can i come)\b"
    ),
}
"""A question about what may come one day: "if I get a fever should I come back?"."""

COMPLEMENT = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(r"\s*that(?:\s+(?:i|he|she|it|we|they|there)(?:'ve|'s|'m|'re|'d)?(?= ))?"),
}
FIRST_GAP = {
    Language.ZH: re.compile(
        r"(?:像[^，,。；;]{1,8}(?:那样|那么|似的|一样)|什么|任何|接触(?:过|到)?|吃(?:过|了)?|用(?:过|了)?|服用?(?:过|了)?|明显|特别|出现|感觉|觉得|感到|过|"
        r"有|在(?!家|意|乎)|(?:让|叫|被|给)人|戴过?|的|啥|其他|其它|别的|发现|再|发生|那种|阵(?=痛)|东西|"
        r"[窜串扯传跑]到|放射到|"
        r"伴有|伴随|伴|一点儿?|都|是|很大|大|"
        r"到|会|经常|容易|真的?|长|起过?|见|去|动过?|打过?|进过?|沾过?|碰过?|让|叫|说过?|喊过?|闹过?|流过?|"
        r"出过?|冒过?|掉过?|犯过?|"
        r"得过|患过|发过?|听见|听到|瞧见|闻到|摸到|摸着|夹着?|混着?|带着?|一个|一点|一丝|半点|丝毫|那种|这种|"
        r"什么样|这样的|那样的|一边|一侧|单侧|半边|突然|算|得|被|检查出|查出|患|患有|太大|太多|多少|怎么|那么|"
        r"太|很|非常|十分|"
        r"哪里|哪儿|什么地方|哪个地方|跟着|"
        r"严重|剧烈|以前|之前|身上|身体|也|现在|了|来|去|要|想|双侧?|[左右]侧?|下肢|上肢|四肢|"
        r"全身|局部|皮肤|颜面|眼睑|头部|胸部|腹部|咽部|\s)*"
    ),
    Language.EN: re.compile(
        r"\s*(?:(?!(?:i|my|but|and|because|so|when|while|if|then|who|which|have|has)\b)[a-z/-]+\s+){0,5}(?:or|nor)\b"
        r"(?:\s|[a-z]+al\b|any|a|visible|other)*|"
        r"(?:(?:think|believe|reckon|suppose|say|feel|felt|know|recall|remember|noticed?|"
        r"mean)(?:\s+that)?(?:\s+(?:i|he|she|it|we|they|there)"
        r"(?:'ve|'s|'m|'re)?\b)?|have|has|had|having|any|a|an|the|been|feel|feels|feeling|felt|"
        r"experienced?|experiencing|get|gets|getting|got|actually|really|physically|properly|fully|outright|truly|once|"
        r"seem|seems|to|be|come|start|happen|particularly|really|significant|obvious|noticeable|noticed?|recent|"
        r"known|history|of|signs?|symptoms?|"
        r"evidence|complaints?|complain|complains|complaining|associated|new|more|longer|"
        r"currently|now|such|kind|other|much|"
        r"in|my|his|her|their|show|showing|suffer|suffered|suffering|from|with|also|very|too|that|so|report|"
        r"reports|reported|seen|develop|developed|either|both|yet|severe|mild|actual|true|is|are|"
        r"was|there|this|it|prior|met|seen|uses?|used|near|around|contact|exposed|exposure|anyone|anybody|someone|"
        r"somebody|breathed?|inhaled?|swallowed?|touched|noticeably|remotely|especially|terribly|even|usually|"
        r"normally|generally|exactly|what|you'd|call|"
        r"people|personal|relevant|surgical|"
        r"previous|past|medical|family|ever|at|all|for|or|and|generali[sz]ed|body|lower|upper|"
        r"extremit(?:y|ies)|peripheral|"
        r"facial|started|given|touch|unusual|undue|extra|chest|abdominal|limbs?|legs?|arms?|neck|back|joints?|bilateral|unilateral|left|"
        r"right|visible|palpable|acute|"
        r"chronic|sudden|similar|major|minor|focal|local|skin|oral|nasal|urinary|vaginal|rectal|"
        r"visual|night|changes?|"
        r"problems?|difficulty|issues?|muscle|motor|sensory|excessive|abnormal|watery|involuntary|"
        r"direct|prolonged|tender|"
        r"anal|orbital|mood|drug|nighttime|exertional|ankles?|eyes?|on|taking|takes?|took|taken|"
        r"using|under|ears?|throat|mouth|genital|menstrual|bowel|bladder|head|\s|-)*"
    ),
}
NEXT_GAP = {
    Language.ZH: re.compile(r"(?:[、和或跟及与\s/，,啊呀啦]|或者|以及|什么的|任何|明显的?|也|都)*"),
    Language.EN: re.compile(
        r"(?:(?:\bor|nor|,)\s+(?:an?|the|my|his|her)\b|(?:or|nor)\s+(?:feel|look|get|seem)s?\b|"
        r"or|nor|and|any|either|[/&\s,-])*"
    ),
}
OPEN_GAP = {
    Language.ZH: re.compile(r"(?:[、和或跟及与\s/，,]|或者|以及|还是|或是|又或者|什么的|任何|明显的?|也|都|是|性)*"),
    Language.EN: re.compile(
        rf"(?:{NEXT_GAP[Language.EN].pattern}|just|only|maybe|perhaps|possibly|simply|merely|plain|it's|i'm|"
        rf"he's|she's|it is|whether|if|"
        r"some kind of|some sort of|\s)*"
    ),
}
"""Between what a doubt leaves open: 是头晕还是头疼."""

LIST_GAP = {
    Language.ZH: re.compile(r"(?:[\s、，,和或及与跟啊呀啦呢嘛]|这些|还有)*"),
    Language.EN: re.compile(r"(?:or|nor|and|any|an?\b|[/&\s,-])*"),
}
_NO_MEMBER = (
    r"(?:my|his|her|their|he|she|i|it|we|they|you|there|but|has|have|had|is|are|was|were|been|with|who|which|"
    r"when|while|because|"
    r"since|so|then|now|just|only|still|also|however|although|though|except|reports?|complains?|presents?|"
    r"notes?|noted|states?|says?|"
    r"endorses?|admits?|describes?|feels?|on examination|for)\b"
)
UNKNOWN_MEMBERS = {
    Language.ZH: re.compile(
        r"(?:[、和或及与以]?[^，,。；;：:！!？?、有但伴诉现]{1,8}[、和或及与])*"
        r"[\s、和或及与以者]*[^，,。；;：:！!？?、有但伴诉现]{0,4}"
    ),
    Language.EN: re.compile(
        rf"(?:\s*,?\s*(?:or |nor |and |any )*(?:(?!{_NO_MEMBER})[a-z'/-]+ ?){{1,4}},)*[\s,]*(?:or|nor|and|any|\s)*"
        rf"(?:(?!{_NO_MEMBER})[a-z'/-]+ ){{0,2}}"
    ),
}
"""Between members of a denied list: what is not known as a finding is denied with the rest."""

UNKNOWN_BEGINS = {
    Language.ZH: re.compile(r"[^，,。；;：:！!？?、有但伴诉现]{1,8}[、，,]"),
    Language.EN: re.compile(rf"\s*(?:(?!{_NO_MEMBER})[a-z'-]+ ?){{1,3}},"),
}
"""A denied list may begin with what is no finding."""

DENIALS = {
    Language.ZH: re.compile("否认|无|均无|未见|未触及|未闻及|未扪及|未及|未引出|未查见|未诉|未述|未发现"),
    Language.EN: re.compile(r"den(?:y|ies|ied|ying)|negative for"),
}
"""Cues that govern a list to its end, whatever stands in it."""

ALTERNATIVE = {Language.ZH: re.compile("或"), Language.EN: re.compile(r"\b(?:or|nor)\b")}
AFTER_GAP = {
    Language.ZH: re.compile(
        r"(?:医生|大夫|说|我|他|她|咱|倒|也|都|是|了|呢|嘛|啊|吧|一下子?|一会儿?|一阵子?|就|自己|慢慢|又|的|这个?|那个?|这些|那些|这种|那种|"
        r"什么|之类|"
        r"等等?|一类|啥|史|感觉|念头|想法|毛病|问题|反应|声音|东西|症状|现象|情况|这些|全部|全|均|，|,|:|：|\s)*"
    ),
    Language.EN: re.compile(
        r"(?:is|are|was|were|has|have|been|tests?|results?|swabs?|came|come|back|out|it|its|it's|all|both|symptoms?|"
        r"i|but|which|that|for|the|last|this|few|"
        r"couple|of|"
        r"a|an|\d+|one|two|three|four|five|days?|weeks?|nights?|hours?|months?|morning|yesterday|[:,=-]|\s)*"
    ),
}
CLOSES = {
    Language.ZH: re.compile(rf"[了的啊呢哦吧过\s]*(?:$|但|只|{SENTENCE_END}|[，,、<])"),
    Language.EN: re.compile(
        rf"(?:now|today|already|away|completely|at all|here|by|yesterday|this (?:morning|afternoon|evening|week)|"
        rf"last (?:night|week)|(?:on|since) (?:\w+day|yesterday|then|lunchtime)|\d+ (?:days?|hours?) ago|"
        rf"(?:an?|two|three|a few|a couple of) (?:days?|hours?|weeks?) ago|doctor|madam|sir|mate|love|please|\s)*"
        rf"(?:$|but\b|and\b|no\b|not\b|though\b|{SENTENCE_END}|[,)<])"
    ),
}
HEDGES = {
    Language.ZH: re.compile(
        r"(?:(?<!得)很|那么|非常|十分|特别|以前)\s*$|(?:不|没|没有)\s*(?:是\s*)?(?:很|那么|特别|非常)"
    ),
    Language.EN: re.compile(r"\b(?:very|too|that|so|particularly)\s*$"),
}
HEDGES_AFTER = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        r"\s+(?:(?:all )?that |very |so |too )?(?:much|badly|bad|a lot|often)\b(?! (?:any ?more|now))"
    ),
}
"""After a denied word: it hurts, if not much."""

HEDGING_NEGATIONS = re.compile(r"不|不是|没|没有|.*(?:not|n't|never)")
LISTING_NEGATIONS = {
    Language.ZH: re.compile(r"无|否认|未见|均无|没有任何|无明显|未出现"),
    Language.EN: re.compile(r"no|den(?:y|ies|ied|ying)|without|negative.*|absence of|neither"),
}
SAME_CLAUSE = frozenset(
    [
        "since",
        "so",
        "that",
        "now",
        "today",
        "just",
        "only",
        "still",
        "yet",
        "which",
        "until",
        "because",
        "while",
        "then",
        "现在",
        "只是",
        "因为",
        "所以",
        "同时",
        "只有",
    ]
)
TAKING = re.compile("[吃用服喝打戴怀做]")
"""Begins what somebody takes or did: no member of a list of denied complaints that nothing separates."""

LEADS_EITHER_WAY = ("可疑",)
"""Doubts what follows at once (可疑癫痫发作), else what stands before it."""

LEADS_ON = ("有", "点", "点儿", "些")
"""Ends of a doubt that may as well begin what it doubts: 可能有点便血."""

ASKS_BACK = re.compile("有没有|是不是|会不会|算不算|是否")
"""Behind what is asked: 发烧有没有不知道."""

ASKS_NATURE = re.compile(
    r"(?:是|很|太|特别|非常|挺|比较|有点|就是|得了?|因为|由于|跟|和|吃|也)*"
    r"(?:严重|要紧|危险|大问题|大病|恶性|癌|瘤|[\u4e00-\u9fff]{1,6}(?:病|炎|症|癌|瘤|引起|造成|导致|的原因|的关系|闹的|传染)|"
    r"正常|遗传|传染|自己好|没救|变成|转成|加重)"
)
"""Behind ASKS_BACK: asks what a complaint is or comes to, and not whether it is there."""

ONE_ONLY = {"不", "没", "不会", "不再", "没怎么", "不怎么", "未"}
DISEASE_ENDS = ("病", "压", "炎", "症", "史", "脂", "糖", "癌", "瘤", "梗")
LONGEST_GAP = 48
LONGEST_LIST = 12
