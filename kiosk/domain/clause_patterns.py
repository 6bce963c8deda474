"""Words and gaps by which domain/clauses.py reads who, when and whether."""

from __future__ import annotations

import re

from kiosk.domain.language import Language

SENTENCE_END = r"[。！？!?；;\n]|(?<![0-9])\.|\.(?![0-9])"
BREAKS = re.compile(rf"(?P<sentence>{SENTENCE_END})|[，,]")
SELF = {
    Language.ZH: re.compile(
        r"我(?!们?(?:家|爸|妈|老|儿|女|孩|宝|爷|奶|哥|姐|弟|妹|同|朋|丈|妻|婆|公|外|娃|舅|叔|姑|姨|太|先|父|母|邻))|本人|自己"
    ),
    Language.EN: re.compile(r"\b(?:i|i'm|im|i've|my|me|myself|mine)\b"),
}
REPORTS = {
    Language.ZH: re.compile(
        r"[\s]*(?:也|都|们|又|经常|总|就|刚)?\s*(?:说|讲|发现|看到|看见|觉得|认为|让|叫|带|陪|送|建议|给|催|怕|担心|怀疑)"
    ),
    Language.EN: re.compile(
        r"\s*(?:also |just |always )?(?:says?|said|noticed|notices|thinks?|thought|told|tells|saw|sees|found|"
        r"drove|brought|gave|made|wants|wanted|asked|suggested|worries|called|takes|took)\b"
    ),
}
GOES_ON = {
    Language.ZH: re.compile(r"现在|目前|今天|开始|以来|至今|到今|一直|又|还在|还有|仍|最近|这几天|起[，,]?"),
    Language.EN: re.compile(
        r"\b(?:now|currently|today|still|since|started|starts|began|begun|again|ongoing|recently|lately|came on)\b"
    ),
}
FIRST_GAP = {
    Language.ZH: re.compile(
        r"(?:什么|任何|明显|特别|出现|感觉|觉得|感到|过|有|的|啥|其他|其它|别的|发现|再|发生|那种|伴有|伴随|伴|一点儿?|都|是|很大|大|"
        r"到|会|经常|容易|算|得|被|检查出|查出|患|患有|太大|太多|多少|怎么|那么|太|很|非常|十分|严重|剧烈|以前|之前|身上|身体|也|现在|了|\s)*"
    ),
    Language.EN: re.compile(
        r"\s*(?:(?!(?:i|my|but|and|because|so|when|while|if|then|who|which|have|has)\b)[a-z/-]+\s+){0,5}(?:or|nor)\b"
        r"(?:\s|[a-z]+al\b|any|a|visible|other)*|"
        r"(?:have|has|had|having|any|a|an|the|been|feel|feels|feeling|felt|experienced?|experiencing|get|gets|getting|got|"
        r"seem|seems|to|be|particularly|really|significant|obvious|noticeable|noticed?|recent|known|history|of|signs?|symptoms?|"
        r"evidence|complaints?|complain|complains|complaining|associated|new|more|longer|currently|now|such|kind|other|much|"
        r"in|my|his|her|their|show|showing|think|i|he|she|suffer|suffered|suffering|from|with|also|very|too|that|so|report|"
        r"reports|reported|seen|develop|developed|either|both|yet|severe|mild|actual|true|is|are|was|there|this|it|prior|"
        r"previous|past|medical|family|ever|at|all|for|or|and|generali[sz]ed|body|lower|upper|extremit(?:y|ies)|peripheral|"
        r"facial|chest|abdominal|limbs?|legs?|arms?|neck|back|joints?|bilateral|unilateral|left|right|visible|palpable|acute|"
        r"chronic|sudden|similar|major|minor|focal|local|skin|oral|nasal|urinary|vaginal|rectal|visual|night|changes?|"
        r"problems?|difficulty|issues?|muscle|motor|sensory|excessive|abnormal|watery|involuntary|direct|prolonged|tender|"
        r"anal|orbital|mood|drug|nighttime|exertional|ankles?|eyes?|ears?|throat|mouth|genital|menstrual|bowel|bladder|head|\s|-)*"
    ),
}
NEXT_GAP = {
    Language.ZH: re.compile(r"(?:[、和或跟及与\s/，,]|或者|以及|什么的|任何|明显的?|也|都)*"),
    Language.EN: re.compile(r"(?:or|nor|and|any|either|[/&\s,-])*"),
}
LIST_GAP = {
    Language.ZH: re.compile(r"[\s、，,和或及与]*"),
    Language.EN: re.compile(r"(?:or|nor|and|any|[/&\s,-])*"),
}
ALTERNATIVE = {Language.ZH: re.compile("或"), Language.EN: re.compile(r"\b(?:or|nor)\b")}
AFTER_GAP = {
    Language.ZH: re.compile(r"(?:倒|也|都|是|的|症状|现象|情况|这些|全部|全|均|，|,|:|：|\s)*"),
    Language.EN: re.compile(r"(?:is|are|was|were|has|have|been|it|all|both|symptoms?|i|but|[:,=-]|\s)*"),
}
CLOSES = {
    Language.ZH: re.compile(rf"[了的啊呢哦吧过\s]*(?:$|但|只|{SENTENCE_END}|[，,、<])"),
    Language.EN: re.compile(
        rf"(?:now|today|already|away|completely|at all|here|by|\s)*(?:$|but\b|{SENTENCE_END}|[,)<])"
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
ONE_ONLY = {"不", "没", "不会", "不再", "没怎么", "不怎么", "未"}
LONGEST_GAP = 48
LONGEST_LIST = 12
