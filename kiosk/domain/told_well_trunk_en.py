"""What English speakers say is well about heart, lungs, belly, water, women, children and mind, in everyday words.

Read beside domain/what_works_en.py: each says what works and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import undenied

_MY = r"(?:my|his|her|the|baby's|their)"
_IS = r"(?:'s|'re| is| are| was| were| has been| have been| have| stays?| seems?| looks?| feels?)"
_WELL = (
    r"(?:fine|ok|okay|normal|normally|grand|great|well|lovely|perfect|perfectly|brilliant|all right|alright|no "
    r"bother|"
    r"no problem|no trouble|good|as usual|as normal|as ever)"
)
_EASILY = (
    r"(?: (?:fine|ok|okay|grand|all right|alright|easily|easy|normally|(?:with )?no (?:bother|problem|trouble|"
    r"effort)|"
    r"without (?:any )?(?:bother|trouble|effort|stopping|a problem|getting \w+)))"
)
_NOT = r"(?:n't|\bnot|\bnever|\bno longer)"
_STAIRS = r"(?:stairs|steps|\w+ flights?(?: of stairs)?|the hill|hills|uphill)"

_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        rf"\b(?:climb|manage|do|walk|go|run|get|take|walks|climbs|manages) (?:up |down )?(?:the )?{_STAIRS}{_EASILY}|"
        rf"{_NOT} (?:been )?(?:get(?:ting)? |got )?(?:puffed|winded|breathless|out of (?:breath|puff))"
        r" (?:on|going up|climbing|walking|when|at all)\b(?: (?:the |my )?(?:stairs|steps|hills?|slopes?|flat))?",
        ("breathless_on_effort",),
    ),
    (
        rf"\b(?:breathe|breath|breathing|sleep|sleeping|sleeps|lie|lies|lying){_EASILY} (?:when (?:i'm |he's |she's "
        r")?)?"
        r"(?:lying )?(?:flat|down)\b|"
        rf"\b(?:lie|lying|lies|sleep|sleeping|sleeps) (?:flat|down)(?: on one pillow)?,?{_EASILY}",
        ("orthopnoea",),
    ),
    (
        r"(?<=inhaler) (?:still )?(?:works|sorts it|sorts me|helps|does the (?:trick|job)|settles it|clears it|eases "
        r"it)\b|"
        r"\b(?:puffer|pump|blue one|nebuliser|nebulizer|ventolin) (?:still )?(?:works|sorts it|sorts me|"
        r"helps|does the (?:trick|job)|settles it|clears it|fixes it|works a treat|eases it|sorts it out)\b|"
        r"\b(?:get|gets|got) relief (?:from|with) (?:my|the|his|her) (?:inhaler|puffer|pump)\b",
        ("inhaler_not_helping",),
    ),
    (
        rf"\b(?:i|he|she) (?:can|could) (?:still )?(?:talk|chat|speak){_EASILY}|\b(?:not bad|fine|ok|all right) "
        r"(?:sat|sitting)"
        r" here talking\b|\bcan (?:still )?hold a conversation\b",
        ("cannot_speak_sentence",),
    ),
    (
        r"\b(?:lips|lip|face|mouth|colour|fingers|toes)(?:'s| is| are| look)? (?:still |nice and |a nice |a lovely |"
        r"good and |"
        r"lovely and |a good )?pink\b",
        ("cyanosis",),
    ),
    (
        rf"{_NOT} (?:been )?(?:cough(?:ing|ed)?|get(?:ting)?) (?:anything|nothing|owt|any "
        r"phlegm|"
        rf"any muck)(?: up)?\b|{_NOT} (?:been )?(?:bring(?:ing)?|cough(?:ing|ed)?) up (?:anything|any phlegm)\b|"
        r"\bnothing (?:comes|came|coming) up when (?:i|he|she) coughs?\b",
        ("sputum",),
    ),
    (
        r"\b(?:phlegm|sputum|muck|spit|stuff)[^.;]{0,24}[,;] ?(?:but )?(?:there's |there is )?no blood\b|"
        r"\bno blood in (?:it|that) when (?:i|he|she) coughs?\b",
        ("haemoptysis",),
    ),
    (
        r"\beat(?:ing|s)?(?: and drinking)? (?:like a (?:horse|king|pig|trooper)|normal|grand|lovely|loads|"
        r"(?:me|him|her) out of house|plenty|as (?:ever|always))\b|\b(?:still )?(?:got|have|has|had)(?: still)? "
        rf"{_MY} appetite\b|"
        r"\bappetite(?:'s| is| has)?(?: been)? (?:not changed|grand|healthy|hearty|never better)\b|\beats "
        r"everything\b|"
        rf"{_NOT} (?:gone )?off {_MY} food\b|\benjoy(?:s|ing)? {_MY} food\b",
        ("loss_of_appetite",),
    ),
    (
        r"\bweight(?:'s| is| has)?(?: been| stayed)?(?: about| pretty| quite)? (?:steady|stable|the same|not "
        r"changed|unchanged|"
        rf"{_WELL})\b|{_NOT} (?:lost|losing|dropped|shed) (?:an ounce|a pound|any weight|weight|anything)\b|"
        rf"\b(?:clothes|trousers|jeans|skirts?) (?:still )?fit (?:the same|just the same|as before|{_WELL})\b",
        ("weight_loss",),
    ),
    (
        r"\bbowels? (?:is|are|'s|'re)? ?(?:moving|opening|working)(?: (?:every day|daily|each day|fine|well|normally|"
        r"regularly|"
        r"ok|as usual|grand))\b|\b(?:go|goes|been|going) (?:to the (?:toilet|loo) )?every (?:day|morning)\b|"
        r"\bregular every (?:day|morning)\b",
        ("constipation",),
    ),
    (
        r"\b(?:poo|poos|stools?|motions|number twos?)(?:'s| is| are| has been| have been| was)?(?: still)? (?:a |the "
        r")?(?:normal|usual|"
        r"right|ordinary) (?:colou?r|brown)\b|\bpoo(?:'s| is) brown\b|\bmotions are brown\b",
        ("black_stool", "pale_stool"),
    ),
    (
        r"\bnothing (?:black|bloody|red|dark)(?:,? (?:or|and|nor) (?:black|bloody|red|tarry|dark))? (?:in|about|"
        r"with) (?:my |the |his |"
        r"her )?(?:poo|stools?|motions|nappy|it)\b|\bnothing (?:black|bloody)\b",
        ("black_stool", "bloody_stool"),
    ),
    (
        r"\b(?:wee|pee|water|urine)(?:'s| is| was| looks?)?(?: still)? (?:a |the )?(?:normal|usual|light|pale|"
        r"straw)(?:[- ]?colou?r(?:ed)?"
        r"| yellow)?\b",
        ("dark_urine",),
    ),
    (
        r"\b(?:wee|pee|water|urine)(?:'s| is| was| looks?)?(?: nice and| all| perfectly)? clear,? (?:and |with )?no "
        r"(?:red|blood|pink)\b|"
        r"\bno (?:blood|pink|red) (?:in|when i) (?:the |my |his |her )?(?:wee|pee|water|urine|urinate)\b",
        ("blood_in_urine",),
    ),
    (
        r"\b(?:wee|pee|water|urine)(?:'s| is| was| looks?)(?: nice and| all| perfectly)? clear\b",
        ("cloudy_urine",),
    ),
    (
        r"\b(?:do|does|can|still) (?:go|wee|pee|pass (?:water|urine))(?: though| all right| fine| ok| still| "
        r"normally)\b|"
        r"\bstill (?:passing (?:water|urine)|peeing|weeing|going)\b|\bit all comes (?:out )?in the end\b|"
        r"\b(?:weeing|peeing) (?:loads|lots|plenty|a lot|like a horse|as usual|normally)\b",
        ("cannot_urinate", "no_urine_12h"),
    ),
    (
        rf"\b(?:drinking|drinks|taking|takes) (?:well|plenty|lots|loads|fluids|{_MY} (?:juice|water|squash|milk)|"
        r"water|squash|ice pops)"
        r"(?: and \w+)?\b(?! (?:since|less))",
        ("child_not_drinking",),
    ),
    (
        r"\b(?:playing|running about|running around|tearing about|up to mischief|bright as a button|happy as larry|"
        r"full of beans|"
        r"causing chaos|his usual self|her usual self|(?:still )?playing and \w+ing|smiling and \w+ing|playing up)\b"
        r"(?! (?:less|little|me|again|football|golf|my|his knee|with pain))",
        ("less_active_child",),
    ),
    (
        r"\b(?:feeding|feeds|sucking|sucks|nursing) (?:like a champion|like a trooper|like a dream|grand|lovely|"
        r"beautifully|great|"
        r"brilliantly|strongly|no bother)\b|\b(?:taking|takes|finishing|finishes|drains) (?:his|her|the|every|all "
        r"his|all her) "
        r"(?:bottles?|feeds?)(?: (?:grand|lovely|no bother|great|to the end|every time))?\b(?! (?:less|slow|poor))",
        ("poor_feeding",),
    ),
    (
        r"\b(?:settles|calms down|stops crying|quietens) (?:when|if|once|as soon as) (?:i|we|you|she's|he's) "
        r"?(?:pick|hold|cuddle|"
        r"carry|rock|feed|held|picked|cuddled)?\w*\b|\beasily settled\b",
        ("inconsolable_crying",),
    ),
    (
        r"\b(?:soft spot|fontanell?e)(?:'s| is| looks?| feels?) (?:flat|soft|normal|fine|not bulging)\b",
        ("bulging_fontanelle",),
    ),
    (
        r"\b(?:period|periods|monthly|monthlies)(?:'s| is| are| was| has| have)? (?:come |came |been |just )?(?:on "
        r"time|bang on time|as "
        rf"usual|on the dot|like clockwork|regular|{_WELL})\b|\b(?:just|i've) (?:had|finished) my period\b",
        ("missed_period",),
    ),
    (
        r"\b(?:not going to|never going to|no way i'd|wouldn't|would never|won't|'d never|never) (?:ever )?(?:do "
        r"(?:anything|owt|something|"
        r"any harm)(?: (?:silly|stupid|daft|bad|rash|like that))?(?= (?:to (?:myself|himself|herself)|silly|stupid|"
        r"daft|rash)\b|"
        r" *(?:$|[.,;!]))(?: to (?:myself|himself|herself))?|hurt myself|harm myself|act on (?:it|them)|do that to "
        r"(?:my|the) \w+)\b",
        ("suicidal_thoughts",),
    ),
    (
        r"\b(?:sleep|sleeping|sleeps|slept) (?:grand|lovely|like a (?:baby|top|log)|sound|soundly|right through|"
        r"great|"
        r"no bother|all right|eight hours)\b",
        ("insomnia",),
    ),
    (
        r"(?:n't|\bnot|\bnever)(?: (?:take|taking|on|had|have|been on))* (?:anything|any tablets?|any medicines?|"
        r"tablets|nothing|owt|"
        r"any)(?: \w+)? (?:for (?:(?:the |my )?blood(?: thinning)?\b(?! pressure)|thinning)|to thin (?:the|my|his|"
        r"her)? ?blood|that "
        r"thins? (?:the|my|his|her)? ?blood|"
        r"(?:for|against) clots?)\b|\bno blood[- ]thinn(?:ers?|ing)\b",
        ("anticoagulant",),
    ),
    (
        r"\bnot a drop(?: of (?:drink|alcohol|the hard stuff))?(?: to drink)?\b(?! of (?:urine|wee|pee|water))|"
        r"\b(?:drink|drinks|drinking)"
        r"(?:,)? but (?:not|never) (?:heavily|much|a lot|to excess|too much|every day)\b|"
        r"\b(?:only|just) (?:drink|drinks|have|has)(?: a)? (?:glass|pint|drink|sherry|half)? ?(?:at (?:christmas|"
        r"weddings|new year)|"
        r"socially|on special occasions|once a week|now and (?:then|again))\b",
        ("heavy_alcohol",),
    ),
    (
        r"\bpass(?:ing|es)? (?:wind|gas) (?:all right|ok|okay|grand|no bother|lots|plenty|as usual|normally|fine)\b|"
        r"\bplenty of wind\b|\bfarting (?:away|plenty|fine|ok)\b",
        ("no_stool_or_gas",),
    ),
    (
        r"\b(?:tummy|belly|stomach)(?:'s| is| feels)(?: nice and| still| lovely and| all)? soft\b|\bcan (?:jump|hop)"
        r"(?: up and down)?(?: \w+)?(?:,? (?:with )?no pain| no bother| fine)",
        ("rigid_abdomen",),
    ),
    (
        r"\b(?:nothing|no discharge|nothing coming)(?:'s)? (?:down there|down below|from (?:my |the )?(?:vagina|"
        r"front|down below))\b|"
        r"\bi've no discharge\b|\b(?:got |have |there's )no discharge\b(?! from (?:the |my |his |her )?(?:ear|eye|"
        r"nipple|nose|penis|wound))",
        ("vaginal_discharge",),
    ),
    (
        r"\bno lumps? (?:on|in) (?:me|my (?:breasts?|boobs?)|mine)\b|\bno lumps in either (?:breast|side)\b|"
        r"\bcan't feel (?:a|any) lumps?\b",
        ("breast_lump",),
    ),
    (
        r"\b(?:no|without|not a|never any) (?:burning|stinging|sting)(?= *(?:$|[.;!,]))",
        ("painful_urination",),
    ),
    (
        r"\b(?:sitting|sat|resting) (?:here|still),? ?(?:i(?:'ve| have)? )?(?:nothing|no pain|it's gone)\b|"
        r"\b(?:nothing|no pain) (?:when i'm |when |if i'm |just )?(?:sitting|resting|at rest|sat here|sat down)\b",
        ("chest_pain_at_rest",),
    ),
)
TRUNK_FUNCTIONS = undenied(_FUNCTIONS)
"""Nobody is well who "can't climb the stairs without stopping"."""
