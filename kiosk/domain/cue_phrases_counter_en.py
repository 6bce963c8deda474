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
        r"(?<!n't )(?<!not )(?<!never )\b(?:gave up|given up|packed in|kicked|quit|knocked on the head)(?: the)?"
        r"(?= (?:smoking|cigarettes|fags|"
        r"drinking|the drink|booze|drugs|vaping)\b)",
        r"(?:\b(?:have|has|had)|'ve|'s)? ?(?<!not )(?<!n't )(?<!never )\bstopped (?=(?:being sick|throwing up|bringing|"
        r"chucking|passing blood|having (?:fits|the runs|accidents)|going to the (?:toilet|loo) so)\b)",
    ),
    MatchKind.DOUBT: (
        r"\b(?:could|might|may) there be\b",
        r"\b(?:can't|cannot|can not|cant|couldn't|don't|do not|didn't) (?:really |honestly )?(?:remember|recall) "
        r"(?:ever )?(?=being (?:bitten|stung|scratched|near|around)\b)",
    ),
    MatchKind.OTHER_PERSON: (rf"\bmy {_NEAR}(?:'s| is| was) the one (?:with|who has|who's got|that has|having)\b",),
}
