"""More English turns of phrase around findings: what somebody gave up or stopped, and whose complaint it is.

Read together with domain/cue_phrases_en.py.
"""

from __future__ import annotations

from kiosk.domain.matching import MatchKind

_NEAR = (
    r"(?:husband|wife|partner|boyfriend|girlfriend|mother|mum|mom|father|dad|sister|brother|friend|mate|nan|gran|"
    r"grandma|grandad|neighbour|neighbor|colleague|flatmate|uncle|aunt|cousin)"
)

PHRASES: dict[MatchKind, tuple[str, ...]] = {
    MatchKind.NEGATION: (
        r"\b(?:it|this|that) (?:can't|cannot|can not|couldn't) be(?: an?| the)?\b"
        r"(?! (?:good|right|normal|helped|just|only|less|more|any|better|worse))",
        r"\b(?:no ?one|nobody)(?: else)?(?: (?:in|at) (?:the |my |our )?\w+)?(?:'s| has| is)"
        r"(?= \w)",
        r"\b(?:i|we|you|they|he|she) can (?:safely |definitely )?rule out(?: a| an| any)?\b(?!\?)",
        rf"\bneither (?:me|i|my {_NEAR}|the {_NEAR}|the kids) nor (?:me|i|my {_NEAR}|the {_NEAR}|the kids)"
        r"(?: has| have|'ve)?(?: had| got| have)?\b",
        r"\bnone of (?:them|these|those|my teeth) (?=(?:hurts?|aches?|itch|itches|bleeds?|swells?)\b)",
        r"(?:n't|\bnot|\bnever) (?:had|have|got|get|seen|felt|been) (?:so much as|even) (?:an?|one)\b",
        r"(?<!n't )(?<!not )(?<!never )\b(?:gave up|given up|packed in|kicked|quit|knocked on the head)(?: the)?"
        r"(?= (?:smoking|cigarettes|fags|"
        r"drinking|the drink|booze|drugs|vaping)\b)",
        r"(?:\b(?:have|has|had)|'ve|'s)? ?(?<!not )(?<!n't )(?<!never )\bstopped (?=(?:being sick|throwing up|bringing|"
        r"chucking|passing blood|having (?:fits|the runs|accidents)|going to the (?:toilet|loo) so)\b)",
    ),
    MatchKind.NEGATION_AFTER: (
        r"(?:\b(?:has|have|had)|'s|'ve)? ?(?:all )?(?:gone|cleared|cleared up|stopped|settled) (?:with|since|after) "
        r"(?:the|my|his|her|this|taking|starting|using|he|she|i) \w+(?: \w+)?(?= *(?:$|[.,;!?]|and\b|but\b))",
        r"\b(?:stopped|went|cleared up|disappeared|settled|wore off|passed)(?: down| away| off)? "
        r"(?:(?:all )?by itself|on its own|by themselves|on their own)"
        r"(?: (?:yesterday|last night|this morning|overnight|after an? \w+))?(?= *(?:$|[.,;!?]|and\b|but\b))",
    ),
    MatchKind.NOT_NEGATION: (
        r"\b(?:don't|do not|doesn't|never|not)(?: usually| normally| really)? (?:get|have|suffer from)"
        r"(?= [^.;,]{1,30},? but (?:i've|i have|he's|she's|i'm) (?:got|had|having|getting) (?:it|one|them|this)\b)",
        r"\b(?:not|never been|isn't|i'm not) (?:one|the (?:type|sort|kind)) (?:to (?:get|have|suffer)|for|who gets)"
        r"(?= [^.;,]{1,30},? but (?:i|he|she)(?:'ve| have|'s| has|'m)? (?:got|had|having|getting)\b)",
        r"\b(?:don't|do not|doesn't|didn't) (?:think|reckon|believe|feel|see|find|notice)(?: that)?"
        r"(?= (?:my|the|his|her|this|it|it's)\b[^.,;!?]{0,40}\b(?:any better|better|improv\w+|gone|"
        r"going (?:away|down|anywhere)|cleared|clearing|healing|healed|settled|settling|shifting|working)\b)",
    ),
    MatchKind.DOUBT: (
        r"(?<=\bis this )what (?:they|you|people|doctors) call(?: an?)?\b|"
        r"(?<=\bis that )what (?:they|you|people|doctors) call(?: an?)?\b",
        r"\b(?:could|might|may) there be\b",
        r"\b(?:can't|cannot|can not|cant|couldn't|don't|do not|didn't) (?:really |honestly )?(?:remember|recall) "
        r"(?:ever )?(?=being (?:bitten|stung|scratched|near|around)\b)",
    ),
    MatchKind.OTHER_PERSON: (rf"\bmy {_NEAR}(?:'s| is| was) the one (?:with|who has|who's got|that has|having)\b",),
}
