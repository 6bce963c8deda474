"""Signs by which English speakers know that something is not there ("the scales haven't moved", "slept in dry sheets").

Read beside domain/what_works_en.py: each says what is well and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import undenied

_WELL = (
    r"(?:fine|ok|okay|freely|easily|normally|all right|as usual|no (?:bother|trouble|problem)|"
    r"with(?:out| no) (?:any )?pain)"
)
_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"\b(?:food|everything|meals?|water|milk)(?:'s| is| are|'re)?(?: all)? (?:staying|stays|stayed) (?:down|put|"
        r"where it should)\b|\bit(?:'s| is)?(?: all)? (?:staying|stays|stayed) down\b(?! (?:there|here|in|on))",
        ("vomiting", "repeated_vomiting"),
    ),
    (
        r"\b(?:never|not|didn't|hasn't|haven't)(?: been| gone| got| go| went)? (?:above|over) (?:37(?:[.,]\d)?|normal|"
        r"thirty[- ]seven)\b|\b36 point \d\b|\b(?:he|she|i|baby)(?:'s|'ve| has| have)? never (?:been|felt) (?:hot|"
        r"feverish)\b",
        ("fever",),
    ),
    (
        r"\b(?:sleep|sleeps|slept|sleeping|lie|lies|lying|lay) flat,? (?:like|as|same as) (?:always|usual|normal|"
        r"ever)\b",
        ("orthopnoea",),
    ),
    (
        r"\b(?:sleep|sleeping|slept|wake up|woke up|waking) in dry sheets\b|\b(?:sheets|pyjamas|nightie|"
        r"pillow)(?:'s| is| are|"
        r" stay| stays| were)(?: always| bone)? dry\b",
        ("night_sweats",),
    ),
    (r"\bmore energy than (?:ever|before|usual|i've had)\b|\benergy to burn\b", ("fatigue",)),
    (
        r"\bscales? (?:haven't|hasn't|have not|has not) (?:moved|budged|changed|shifted)\b|\bsame (?:dress|trouser|"
        r"clothes|"
        r"jeans|belt|waist) size\b|\bbelt(?:'s| is) (?:still )?on the same (?:hole|notch)\b|"
        r"\bweight(?:'s| is| has been)? holding (?:steady|its own)\b",
        ("weight_loss", "weight_gain"),
    ),
    (
        r"(?:\bno|n't any|\bnot any|n't (?:have|got)(?: any)?) aches(?: (?:and|or) pains)?\b(?! in| at| when)",
        ("body_aches",),
    ),
    (
        r"\b(?:opened|opens) (?:his|her) eyes and (?:spoke|talked|looked|smiled|answered|asked|squeezed)\b",
        ("unconscious",),
    ),
    (
        r"\b(?:i )?never (?:went|gone) (?:out|down)\b(?! (?:of|to|the|with|on|there|in|for|well))|"
        r"\bstayed on my feet\b",
        ("fainted",),
    ),
    (r"\bface(?:'s| is) (?:its|the|a|his|her|my) (?:usual|normal) size\b", ("face_swelling",)),
    (
        r"\b(?:socks|shoes)(?: really)? (?:don't|do not|aren't|never) (?:leave|leaving|dig|pinch)(?: in)?(?: any| a)?"
        r"(?: marks?| dents?)?\b|\b(?:shoes|boots) (?:still )?fit (?:fine|ok|the same|as usual|as ever)\b|"
        r"\b(?:ankles|feet|legs)(?:'re| are) (?:their|the|my|a) (?:usual|normal) size\b",
        ("leg_swelling_both",),
    ),
    (
        r"\bboth (?:my |his |her )?(?:legs|calves) (?:look|are|measure) (?:alike|the same|equal|identical)\b",
        ("leg_swelling_one",),
    ),
    (
        r"\breadings?(?: at home)?(?: have| has|'ve)?(?: all| always)?(?: been)? (?:under|below|around) "
        r"1[0-3]\d\b(?! over)",
        ("high_blood_pressure_reading",),
    ),
    (
        r"\b(?:water|wee|pee|urine)\b[^.;!?]{0,25}\bwithout (?:a|any) (?:sting|burn|burning|stinging)\b|"
        r"\bno (?:fire|burn|sting|scalding|smarting)\b[^.,;!?]{0,14} when (?:i|he|she) (?:go|goes|wees?|pees?)\b",
        ("painful_urination",),
    ),
    (
        r"\b(?:wee|pee|urine|water)\b[^.;!?]{0,14} nothing (?:red|pink|bloody) (?:about|in) it\b",
        ("blood_in_urine",),
    ),
    (
        r"\b(?:period|periods|monthly|monthlies)(?:'s| is| was| are| were)?(?: been| come| came| arrived| turned "
        r"up)? (?:bang |"
        r"right |dead )?on (?:schedule|time|cue|the day|track|the dot)\b",
        ("missed_period",),
    ),
    (
        r"\b(?:wriggling|kicking|moving|squirming|dancing|rolling) (?:away |about |around )?in there,? (?:as usual|"
        r"like mad|as "
        r"always|fine|plenty|lots|like always)\b|\bbooting me\b",
        ("fewer_fetal_movements",),
    ),
    (r"\bpad(?:'s| is| was| stays| stayed) (?:bone |completely )?dry\b", ("waters_broken",)),
    (
        r"\b(?:examine|check|checked|examined|feel|felt) (?:my |both )?breasts?[^.;!?]{0,30} (?:never found|found "
        r"nothing|"
        r"nothing there|not found|all clear|they're fine|no lumps?)\b",
        ("breast_lump",),
    ),
    (
        rf"\bcan turn my (?:head|neck)(?: both ways| either way| left and right| from side to side| round)? {_WELL}\b",
        ("neck_pain", "neck_stiffness"),
    ),
    (
        r"\b(?:lift|raise|get) (?:my|his|her) arms? (?:right |all the way |straight )(?:up|over my head|above my head)"
        r"(?= *(?:$|[.,;!]|no\b|fine\b))",
        ("pain_lifting_arm",),
    ),
    (
        r"\bno stiffness (?:in the mornings?|first thing|when i (?:get up|wake))\b|\b(?:in the mornings?|out of bed)"
        r"[^.;!?]{0,16},? no stiffness\b|\bspring out of bed\b",
        ("morning_stiffness",),
    ),
    (
        r"\bheart(?:'s| has)(?: been)? checked(?: out| over)?,? (?:and |but )?(?:it's|it was|it is|all|they said "
        r"it's|that's) "
        r"(?:clear|fine|ok|okay|normal|good|all right)\b|\b(?:(?:never|not|haven't|hasn't|didn't|couldn't)(?: "
        r"ever)? (?:found|find) anything|(?:found|finding) nothing) wrong with "
        r"(?:my|his|her) "
        r"heart\b",
        ("heart_disease_history",),
    ),
    (
        r"\b(?:sugar|diabetes) tests?(?: at (?:the|my) [\w']+)?(?: (?:was|were|is|are|came|back|all|has|been))+ "
        r"(?:clear|normal|"
        r"fine|negative|ok|okay|good)\b",
        ("diabetes_history",),
    ),
    (
        r"\bnever (?:touched|touch|had|have) (?:a drop|a drink|drink|alcohol|booze)\b(?! of (?:water|tea|coffee|milk))",
        ("heavy_alcohol",),
    ),
    (r"\bno hormones\b|n't (?:take|taking|on|been on)(?: any)? hormones\b", ("hormone_pill",)),
    (r"\bnothing (?:going |shooting |running )?down (?:the|my|his|her|either) legs?\b", ("sciatica",)),
    (
        r"(?:\bnot|n't) any worse (?:this|than|today)\b|\bno worse than (?:usual|normal|always|before|it (?:was|"
        r"ever was))\b",
        ("much_worse_than_usual",),
    ),
    (
        r"\bswallows? (?:food|food and drink|drinks?|everything|liquids|solids|tablets) (?:easily|fine|ok|okay|"
        r"normally|well)\b|"
        r"\bnothing (?:sticks|gets stuck|catches)(?: (?:when i (?:swallow|eat)|on the way down|going down))?\b|"
        r"\bno (?:trouble|bother|problem) getting (?:food|things|anything|it) down\b",
        ("trouble_swallowing",),
    ),
    (
        r"\b(?:he's|she's|he is|she is|they're|i'm|still) eating(?:,| and|, and) (?:drinking|sleeping)\b",
        ("loss_of_appetite",),
    ),
    (
        r"\bno (?:puffing|panting|gasping)(?: (?:on|up|when climbing|climbing|going up)(?: the)? (?:stairs|steps|"
        r"hills?))?"
        r"(?= *(?:$|[.,;!]|and\b|or\b|but\b))",
        ("breathless_on_effort", "shortness_of_breath"),
    ),
    (r"\bnever (?:been )?(?:a|much of a|one for a|a big|a heavy) drinker\b", ("heavy_alcohol",)),
    (r"\b(?:temp|temperature|fever)(?:'s| has| is) settled\b", ("fever",)),
    (r"\b(?:didn't|did not|never) go over\b(?! (?:to|the|my|it))", ("fainted",)),
    (
        r"(?:^|(?<=, )|(?<=\band )|(?<=\bbut )|(?<=i'm )|(?<=he's )|(?<=still )|(?<=now ))keeping (?:fluids|water|"
        r"liquids|drinks|"
        r"sips|juice) down\b(?! (?:is|has|was))",
        ("repeated_vomiting",),
    ),
    (r"\bno sudden (?:change|start|onset)\b|\bnothing sudden\b", ("sudden_onset",)),
    (r"\bno (?:foreign )?travel(?:l?ing)?\b(?! (?:sickness|sick|card|insurance|agent|mug))", ("malaria_travel",)),
    (r"\b(?:dress|wash|cook|shop)\b[^.;!?]{0,30}\bno help\b", ("frail_cannot_live_alone",)),
    (
        r"\b(?:gave birth|had (?:my|our|her) (?:baby|youngest|last(?: baby| child| one)?|kids|children)|(?:my|our|"
        r"her) youngest "
        r"is)\b[^.;!?]{0,14}\b(?:years|decades|ages) (?:ago|old|back)\b",
        ("postpartum",),
    ),
)
SIGN_FUNCTIONS = undenied(_FUNCTIONS)
