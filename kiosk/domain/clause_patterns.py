"""Words and gaps by which domain/clauses.py reads who, when and whether."""

from __future__ import annotations

import re

from kiosk.domain.language import Language

SENTENCE_END = r"[。！？!?；;\n]|(?<![0-9])\.|\.(?![0-9])"
BREAKS = re.compile(rf"(?P<sentence>{SENTENCE_END})|[，,]")
SELF = {
    Language.ZH: re.compile(
        r"我(?!们?(?:家|爸|妈|老|儿|女|孩|宝|爷|奶|哥|姐|弟|妹|同|朋|丈|妻|婆|公|外|娃|舅|叔|姑|"
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
        r"(?:就|也|才|都|赶紧|今天|特意|专门)*(?:带|陪|送|替|帮|给|代|看见|看到|看[他她]|发现|"
        r"担心|着急|不放心|扶|背|抱|问[他她])"
    ),
    Language.EN: re.compile(
        r"(?: just|'ve| have| had)* (?:brought|bring|took|take|am (?:here )?with|came with|called|"
        r"drove|speak for|found|noticed|saw|think s?he|worry)\b|'m (?:here )?(?:with|for|"
        r"worried)\b"
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
ENDS_AS_PAST = re.compile(
    r"years? ago|in the past|as a (?:child|kid)|when i was (?:young|a child)|in childhood|(?:a )?long (?:time )?ago|"
    r"last (?:year|summer|winter|spring|autumn|fall|christmas|easter)|back then|"
    r"earlier in life|(?:back )?in (?!my)\w+"
)
COURSE_BEFORE = re.compile(
    r"(?:\b(?:minute|hour|day|night|week|month|year|decade)s?'?(?:[\s-]+[a-z]+)?|\blong|\bshort|long-?standing|\bhr|\bwk|\bmo)"
    r"[\s-]+$"
)
COURSE_AFTER = re.compile(
    r"\s*(?:(?:about|approximately|roughly|over|nearly|almost|at least)\s+)?"
    r"(?:(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|many)"
    r"[\s-]+(?:minute|hour|day|week|month|year)|(?:rapidly |slowly |gradually )?"
    r"(?:worsening|progressive|increasing|gradual|intermittent|persistent|ongoing|new|acute|sudden|fluctuating)\b)"
)
"""What makes "history of" the course of the present illness."""

PAST_TENSE = re.compile(r"\b(?:had|was|were|got|suffered|broke|fractured|injured|did|couldn't|could)\b")
PRESENT_TENSE = re.compile(
    r"\b(?:is|are|am|i'm|has(?! (?:had|been))|have(?! (?:had|been|never))|gets?|keeps?|than|"
    r"present(?:s|ed|ing)|complain(?:s|ed|ing)|describes|developed|comes)\b"
)
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
    Language.ZH: re.compile(r"[，,。；;\s](?:可是|但是|但|不过)?(?:我)?(?:现在|今天|这回|这次|这会儿|眼下|目前)"),
    Language.EN: re.compile(r"[,.;]\s*(?:but |and )?(?:now|today|this time|these days|since then)\b"),
}
CEASED = {
    Language.ZH: re.compile(r"[没不][^，,。]{0,6}了|没有?再|不再|现在|今天|这会儿|眼下|后来|已经|目前"),
    Language.EN: re.compile(r"\b(?:now|any ?more|any longer|no longer|since then|today|stopped|gone|these days)\b"),
}
COMPLEMENT = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(r"\s*that(?:\s+(?:i|he|she|it|we|they|there)(?:'ve|'s|'m|'re|'d)?(?= ))?"),
}
FIRST_GAP = {
    Language.ZH: re.compile(
        r"(?:什么|任何|明显|特别|出现|感觉|觉得|感到|过|有|的|啥|其他|其它|别的|发现|再|发生|那种|"
        r"伴有|伴随|伴|一点儿?|都|是|很大|大|"
        r"到|会|经常|容易|算|得|被|检查出|查出|患|患有|太大|太多|多少|怎么|那么|太|很|非常|十分|"
        r"严重|剧烈|以前|之前|身上|身体|也|现在|了|来|去|要|想|双侧?|[左右]侧?|下肢|上肢|四肢|"
        r"全身|局部|皮肤|颜面|眼睑|头部|胸部|腹部|咽部|\s)*"
    ),
    Language.EN: re.compile(
        r"\s*(?:(?!(?:i|my|but|and|because|so|when|while|if|then|who|which|have|has)\b)[a-z/-]+\s+){0,5}(?:or|nor)\b"
        r"(?:\s|[a-z]+al\b|any|a|visible|other)*|"
        r"(?:(?:think|believe|say|feel|felt|know|recall|remember|noticed?|"
        r"mean)(?:\s+that)?(?:\s+(?:i|he|she|it|we|they|there)"
        r"(?:'ve|'s|'m|'re)?\b)?|have|has|had|having|any|a|an|the|been|feel|feels|feeling|felt|"
        r"experienced?|experiencing|get|gets|getting|got|"
        r"seem|seems|to|be|particularly|really|significant|obvious|noticeable|noticed?|recent|"
        r"known|history|of|signs?|symptoms?|"
        r"evidence|complaints?|complain|complains|complaining|associated|new|more|longer|"
        r"currently|now|such|kind|other|much|"
        r"in|my|his|her|their|show|showing|suffer|suffered|suffering|from|with|also|very|too|that|so|report|"
        r"reports|reported|seen|develop|developed|either|both|yet|severe|mild|actual|true|is|are|"
        r"was|there|this|it|prior|"
        r"previous|past|medical|family|ever|at|all|for|or|and|generali[sz]ed|body|lower|upper|"
        r"extremit(?:y|ies)|peripheral|"
        r"facial|chest|abdominal|limbs?|legs?|arms?|neck|back|joints?|bilateral|unilateral|left|"
        r"right|visible|palpable|acute|"
        r"chronic|sudden|similar|major|minor|focal|local|skin|oral|nasal|urinary|vaginal|rectal|"
        r"visual|night|changes?|"
        r"problems?|difficulty|issues?|muscle|motor|sensory|excessive|abnormal|watery|involuntary|"
        r"direct|prolonged|tender|"
        r"anal|orbital|mood|drug|nighttime|exertional|ankles?|eyes?|on|taking|takes?|took|taken|"
        r"midline|spine|saddle|bony|joint|wrists?|knees?|hips?|shoulders?|elbows?|hands?|f[eo][eo]t|fingers?|toes?|"
        r"(?:radiation|locking|catching|instability|crepitus|exposures?|travel|sick contacts?|medications?|"
        r"allerg(?:y|ies)|ecchymosis|effusion|guarding|rebound|rigidity|mass(?:es)?|murmurs?|edema)\s*(?:,|\bor\b|\band\b)|"
        r"cal(?:f|ves)|thighs?|groins?|flanks?|ribs?|soft|tissue|overlying|surrounding|preceding|point|open|gross|"
        r"(?!(?:usu|unusu|norm|typic|regul|speci|seri|continu|danger|mass)(?:al|ar|ous|ive)\b)"
        r"[a-z]+(?:[aeiou]al|[bcdfghlmnprstv]al|ar|ic|ous|ory|ary|line|[ct]ive)\b|"
        r"using|under|ears?|throat|mouth|genital|menstrual|bowel|bladder|head|\s|-)*"
    ),
}
NEXT_GAP = {
    Language.ZH: re.compile(r"(?:[、和或跟及与\s/，,]|或者|以及|什么的|任何|明显的?|也|都)*"),
    Language.EN: re.compile(r"(?:(?:\bor|nor|,)\s+(?:an?|the|my|his|her)\b|or|nor|and|any|either|[/&\s,-])*"),
}
OPEN_GAP = {
    Language.ZH: re.compile(r"(?:[、和或跟及与\s/，,]|或者|以及|还是|或是|又或者|什么的|任何|明显的?|也|都|是)*"),
    Language.EN: NEXT_GAP[Language.EN],
}
"""Between what a doubt leaves open: 是头晕还是头疼."""

LIST_GAP = {
    Language.ZH: re.compile(r"[\s、，,和或及与]*"),
    Language.EN: re.compile(r"(?:or|nor|and|any|an?\b|[/&\s,-])*"),
}
_STOPS = (
    r"(?:but|he|she|it|they|i|we|you|which|who|that|has|have|had|is|was|are|were|does|do|did|can|could|will|then|although|"
    r"however|because|since|so|with|after|before|when|while|until|for|about|now|today|just|only|my|his|her|"
    r"presents?|reports?|complains?|notes?|started|began|comes?|came|feels?|felt|says?|said|there)"
)
UNKNOWN_ITEMS = {
    Language.ZH: re.compile("(?!)"),
    Language.EN: re.compile(
        rf"(?:(?:or|nor|and|[,\s])*(?:(?:(?!{_STOPS}\b)[a-z'-]+\s+){{0,3}}(?!{_STOPS}\b)[a-z'-]+\s*"
        r"(?:,\s*(?:or\b|nor\b|and\b)?|\bor\b|\bnor\b)\s*)+|\s*(?:,\s*(?:or\b|nor\b|and\b)?|\bor\b|\bnor\b)\s*)"
        rf"(?:(?!{_STOPS}\b)[a-z'-]+\s+){{0,2}}"
    ),
}
"""Members of a denied list that are no findings: "without radiation, numbness or fever"."""

ALTERNATIVE = {Language.ZH: re.compile("或"), Language.EN: re.compile(r"\b(?:or|nor)\b")}
AFTER_GAP = {
    Language.ZH: re.compile(r"(?:倒|也|都|是|的|症状|现象|情况|这些|全部|全|均|，|,|:|：|\s)*"),
    Language.EN: re.compile(r"(?:is|are|was|were|has|have|been|it|all|both|symptoms?|i|but|[:,=-]|\s)*"),
}
CLOSES = {
    Language.ZH: re.compile(rf"[了的啊呢哦吧过\s]*(?:$|但|只|{SENTENCE_END}|[，,、<])"),
    Language.EN: re.compile(
        rf"(?:now|today|already|away|completely|at all|here|by|\s)*(?:$|but\b|no\b|not\b|{SENTENCE_END}|[,)<])"
    ),
}
HEDGES = {
    Language.ZH: re.compile(r"(?:很|那么|非常|十分|特别|以前)\s*$|(?:不|没|没有)\s*(?:是\s*)?(?:很|那么|特别|非常)"),
    Language.EN: re.compile(r"\b(?:very|too|that|so|particularly)\s*$"),
}
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

ONE_ONLY = {"不", "没", "不会", "不再", "没怎么", "不怎么", "未"}
DISEASE_ENDS = ("病", "压", "炎", "症", "史", "脂", "糖", "癌", "瘤", "梗")
LONGEST_GAP = 48
LONGEST_LIST = 12
