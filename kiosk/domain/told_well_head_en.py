"""What English speakers say is well about head, senses and skin, and what this denies.

Read beside domain/what_works_en.py.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import EYE, IS, MY, NO_TROUBLE, NOT, WELL, Functions, undenied, works

_FUNCTIONS: Functions = (
    # head and nerves
    (
        works("memory", rf"\bmemory like an elephant\b|\bremembers? (?:names|things|everything) {WELL}"),
        ("memory_loss",),
    ),
    (works("balance", r"\bsteady on (?:my|his|her) (?:feet|pins)\b"), ("dizziness",)),
    (
        rf"\b(?:plenty of|full|good|normal) strength in (?:{MY} )?(?:arms|legs|limbs|hands|both)\b|"
        r"\b(?:arms|legs|limbs|arms and legs)(?:'re| are| feel) (?:both |all |still |just )*(?:strong|as strong)\b",
        ("limb_weakness",),
    ),
    (
        r"\bhands?(?:'s|'re| is| are)(?: still| as| rock| quite| perfectly| nice and)* steady(?: as a rock)?\b|"
        r"\bcan (?:still )?(?:thread a needle|hold a (?:cup|glass) (?:steady|still))\b",
        ("tremor",),
    ),
    (
        r"\b(?:when (?:he|she|i) smiles? )?both (?:corners|sides of (?:the|my|his|her) (?:mouth|face|smile)|corners of "
        r"(?:the|my|his|her) mouth) (?:go|lift|come|move|rise)\b|\bsmiles? (?:is |are )?(?:straight|even|level|the "
        r"same on both sides)\b",
        ("face_droop",),
    ),
    (
        r"\bboth (?:eyes|eyelids|lids|eye lids) (?:open|go up|are open)(?: \w+)? ?(?:fully|wide|properly|the same|"
        r"equally)\b",
        ("drooping_eyelid",),
    ),
    (
        r"\bnoises? (?:doesn't|does not|don't|isn't|is not)(?: (?:bother|hurt|trouble|either|a problem)\b)",
        ("noise_sensitivity",),
    ),
    (
        r"\b(?:brushing|combing|washing|touching) (?:my|his|her) (?:hair|scalp) (?:is|'s|feels) "
        rf"{WELL}|\bcan (?:comb|brush|wash) (?:my|his|her) hair (?:fine|ok|normally|without|no bother)\b|"
        r"\b(?:brushing|combing) (?:my|his|her) hair (?:doesn't|does not) hurt\b",
        ("scalp_tenderness",),
    ),
    (
        r"\bchew(?:ing)?(?: (?:my|his|her) food| meat| everything)? (?:is |'s )?(?:fine|normally|no bother|no problem|"
        r"doesn't hurt|without (?:it |any |my jaw )?(?:hurting|aching|pain))\b",
        ("jaw_claudication",),
    ),
    (
        r"\b(?:feeling|sensation)(?: (?:between (?:my|his|her) legs|down (?:below|there)|round (?:my|his|her) "
        r"(?:bottom|"
        r"back passage)|in the saddle(?: area)?))+ (?:is|'s) (?:still )?(?:normal|fine|ok|there|the same)"
        r"(?: when i wipe(?: myself)?)?\b",
        ("saddle_numbness",),
    ),
    (
        r"\b(?:waterworks|water|bladder|bowels?|motions|wee)(?: and (?:bowels?|waterworks|bladder|motions|bladder))?"
        r"(?:'s|'re| is| are) (?:still )?under control\b|\b(?:hold|holding|control) (?:my|his|her) (?:water|wee|"
        r"motions|"
        r"bladder|bowels)(?: and \w+)? (?:fine|ok|as usual|no bother|perfectly|normally)\b",
        ("bladder_bowel_change",),
    ),
    (
        r"\b(?:can )?remembers? (?:every (?:bit|second|minute|moment|detail)|the whole thing|it all|exactly what|"
        r"(?:it )?(?:perfectly|clearly|like yesterday))(?: of (?:it|the (?:fall|crash|accident)))?\b(?:,? before and "
        r"after)?|"
        r"\bcan (?:recall|tell you) everything\b",
        ("amnesia",),
    ),
    (
        r"(?:(?<=headaches )|(?<=headache )|(?<=head ))(?:aren't|isn't|is not|are not|hasn't|haven't|not) (?:getting "
        r"|got )?(?:any )?worse\b|"
        r"\bheadaches? (?:is|are|'s|has been|have been|stays?) (?:much )?the same (?:each|every|from) day\b",
        ("headache_progressive",),
    ),
    (
        r"\b(?:lying (?:down|flat)|bending(?: over| down)?|coughing|sneezing)(?: (?:or|and|nor) \w+)? (?:makes?|"
        r"made) no "
        r"(?:difference|odds)\b(?: to (?:it|the|my)(?= head))?(?=[^.;!?]{0,20}\bhead)",
        ("headache_worse_lying",),
    ),
    (
        r"\b(?:didn't|did not|hasn't|wasn't) (?:come|came)? ?(?:on )?(?:all at once|all of a sudden|in seconds|"
        r"suddenly|"
        r"in a flash|out of the blue)\b(?=[^.]{0,60}\bhead)|(?<=headache )crept up\b|(?<=headache )(?:came on|built up|"
        r"built) (?:slowly|gradually|over (?:hours|days|the day))\b",
        ("thunderclap_headache",),
    ),
    # eyes, ears, nose, throat, teeth
    (
        rf"\b(?:the )?whites? of {MY} eyes?(?:'s|'re| is| are| look) (?:still |nice and |perfectly |quite "
        rf")?(?:white|clear)\b|"
        r"\beyes?(?:'s|'re| is| are| look) (?:still |nice and |perfectly )?(?:white|clear and white)\b",
        ("red_eye",),
    ),
    (
        r"\b(?:no|not any|n't any|never any) (?:dark )?(?:shadows?|curtains?|blinds?|veils?|shutters?)(?:,? (?:or|"
        r"nor|and) "
        r"(?:no )?\w+){0,2}"
        r"(?: (?:coming|going|falling|over|across|in front|drawn|in (?:my|his|her) (?:eye|sight|vision)))+\b",
        ("curtain_vision",),
    ),
    (
        rf"\bnothing(?:'s| has| ever)? (?:splash(?:ed)?|squirt(?:ed)?|spill(?:ed|t)?|spray(?:ed)?|went|got|gone)(?: "
        rf"up)? "
        rf"(?:in|into) {EYE}",
        ("eye_chemical",),
    ),
    (
        rf"\bnothing(?:'s| has| ever)? (?:hit|hurt|knocked|poked|touched|struck|caught|banged) {EYE}|"
        rf"{NOT} (?:bang|banged|knock|knocked|poke|poked|hit|hurt|scratch|scratched) {EYE}",
        ("eye_injury",),
    ),
    (
        rf"(?:\bnothing(?:'s| is)?|\b(?:\w+n't|not) (?:anything|a thing)|{NOT} (?:see|find|found|seen|feel) anything) "
        rf"(?:stuck |left )?in {EYE}",
        ("eye_foreign_body",),
    ),
    (
        r"\bno (?:gunk|gunge|goo|pus|discharge|stickiness|stick|sticky (?:stuff|bits)|crusts?|muck|matter|sleep)"
        r"(?:,? (?:and |or |nor )?(?:no )?(?:gunk|goo|pus|discharge|stickiness|crusts?|muck|matter|stick))?"
        r" (?:in|from|out of|around|round|coming from) (?:the|my|his|her|either|both) eyes?",
        ("eye_discharge",),
    ),
    (
        r"\bhears? (?:perfectly|very|quite|really) well(?: (?:on|in) both (?:sides|ears))?\b|"
        r"\bhear(?:s|ing)? (?:a pin drop|(?:fine|well) (?:on|in) both (?:sides|ears))\b|"
        r"\bhear (?:you|them|everyone|the telly|the birds) (?:fine|ok|perfectly|clearly|well|loud and clear)\b",
        ("hearing_loss",),
    ),
    (
        r"\b(?:breath(?:e|es|ing)) (?:freely |fine |easily |well |normally |ok |clearly )*through (?:my|his|her|the) "
        r"nose"
        r"(?: (?:fine|freely|ok|easily|well|no problem|all right))*|\bnose(?:'s| is)(?: nice and| all| completely)* "
        r"(?:clear|open|unblocked)\b",
        ("blocked_nose",),
    ),
    (works("nose"), ("runny_nose",)),
    (works("throat"), ("sore_throat",)),
    (
        r"\bswallow(?:ing|s)? (?:goes down |is |'s )?(?:easy|easily|no bother|no trouble|no problem|painless|doesn't "
        r"hurt)\b",
        ("trouble_swallowing",),
    ),
    (works("voice", r"\bvoice(?:'s| is| sounds?) (?:strong|clear|normal|like always)\b"), ("hoarse_voice",)),
    (
        r"\b(?:teeth|tooth)(?:'s|'re| is| are)(?: all| both| just)* (?:fine|ok|okay|all right|no bother)\b",
        ("toothache",),
    ),
    (works("gums"), ("gum_swelling", "bleeding_gums")),
    (
        r"\bteeth(?:'re| are)(?: all| still)* (?:whole|intact|firm|solid|in one piece|in place|still there)\b|"
        r"\b(?:none|no teeth|no tooth|not one)(?: of (?:them|his teeth|her teeth|my teeth))?(?:'s| is| are)? "
        r"(?:loose|chipped|broken|knocked out|wobbly)\b|\bno (?:loose|chipped|wobbly) teeth\b",
        ("broken_tooth",),
    ),
    (
        r"\btongue(?:'s| is| looks?)(?: nice and| lovely and| perfectly)? (?:pink|clean)(?: and (?:clean|pink))?\b",
        ("coated_tongue",),
    ),
    (
        r"\b(?:lips?|tongue|throat|face)(?: and (?:my |his |her )?(?:lips?|tongue|throat|face))*(?:'s|'re| is| are)"
        r"(?: still| all)* (?:their|its|the|a) (?:normal|usual) size\b",
        ("tongue_throat_swelling",),
    ),
    (
        r"\b(?:pull|pulling|tug|tugging|press|pressing|touch|touching|wiggle|wiggling)(?: on| at)? (?:the|my|his|her|"
        r"that) "
        r"ear(?:lobe)?(?: (?:fine|all (?:you|i) like))? ?(?:doesn't hurt|does not hurt|without (?:it |any )?(?:hurting|"
        r"pain)|is fine|(?:and )?it doesn't hurt)",
        ("pain_touching_ear",),
    ),
    (
        r"(?:(?<=snot is )|(?<=snot's )|(?<=mucus is )|(?<=discharge is )|(?<=snot runs ))(?:still |all |nice and "
        r")?clear\b"
        r"(?:,? (?:and )?not (?:green|yellow))?(?: (?:or|nor) (?:green|yellow))?",
        ("yellow_nasal_discharge",),
    ),
    (
        r"\beyes(?:'re| are| look)(?: both| perfectly| quite)? straight\b|\beyes look the same way\b",
        ("eyes_not_straight",),
    ),
    # skin
    (works("skin", r"\bskin(?:'s| is) (?:clear|smooth|clean)\b"), ("rash",)),
    (
        r"(?<!of )(?<!of the )(?<!half the )(?:\b(?:spots?|rash|marks?|dots)(?: all| do| does| did| both)* (?:fades?|"
        r"faded|"
        r"disappears?|disappeared|vanish(?:es|ed)?|blanch(?:es|ed)?|goe?s? (?:away|white)|went (?:away|white))|"
        r"\b(?:they|it)(?: all| do| does| did| both)* (?:fades?|faded|blanch(?:es|ed)?))(?: \w+)? (?:when|if|under|"
        r"with) "
        r"(?:you |i |we )?(?:press(?:ed)?|push(?:ed)?|a glass|the glass|the tumbler|a tumbler|pressure)"
        r"(?: (?:down|on|it|them|a|the|glass|tumbler|against|to))*",
        ("non_blanching_rash",),
    ),
    (
        r"\bskin (?:isn't|is not|hasn't been|ain't) (?:peeling|coming off|blistering|flaking off)\b",
        ("blistering_peeling_rash",),
    ),
    (r"\bno (?:boils?|abscess(?:es)?|pus)\b(?! (?:in|from|out))", ("abscess",)),
    (
        r"\bmoles?(?:'s|'ve| is| are| has| have| looks?| stays?| stayed)(?: \w+)? (?:the same|unchanged|not changed|"
        r"same as (?:ever|always))(?: (?:as|it)[^.;,!?]{0,40})?",
        ("mole_change",),
    ),
    (
        rf"{NOT} (?:make|making|made)(?: me| him| her)? (?:want to |wanting to |need to )?(?:scratch|itch)\b|"
        rf"{NOT} (?:been )?scratch(?:ed|ing)?(?: (?:at )?(?:it|them|himself|herself|myself))?(?= *(?:$|[.,;!]|at "
        rf"all|much))",
        ("itching",),
    ),
    (
        r"\bno (?:new )?lumps (?:or|and|nor) bumps(?: anywhere)?(?: on (?:my|his|her) (?:skin|body|arms|legs))?|"
        r"\bno lumps? anywhere\b",
        ("skin_lump",),
    ),
    (
        r"\b(?:wasn't|was not|weren't|haven't been|hasn't been|not been|never been) (?:bitten|stung)"
        r" by (?:anything|an? (?!dog|cat)\w+|any \w+)|\bno (?:insect )?bites?(?= *(?:$|[.,;!]|that|or|and))|"
        r"\bnothing(?:'s| has)? (?:bit|bitten|stung)(?: (?:me|him|her|us))?\b",
        ("swelling_skin_bite",),
    ),
    (
        r"\bcan (?:still )?read (?:the (?:smallest|small|tiny|bottom|paper|sign|number|chart|screen)|small print|"
        r"without (?:my )?glasses|everything|a book)[^.,;!?]{0,24}",
        ("vision_change",),
    ),
    (
        r"\b(?:answers?|answering) (?:every|all|my|our|the)?(?: of)?(?: the| my)? ?questions? (?:sensibly|properly|"
        r"correctly|"
        r"right|normally|fine)\b|\b(?:he's|she's|i'm|is) (?:quite |perfectly )?with it\b|\bknows? (?:his|her|my) "
        r"(?:own )?"
        r"(?:name|birthday|address|date of birth)\b|\bmind(?:'s| is)(?: still| as| perfectly)* (?:sharp|clear|fine)\b",
        ("confusion",),
    ),
    (
        r"\b(?:perky|chirpy|bright-eyed|chatting away|chattering away|chatty|bright and alert|alert and chatty)\b",
        ("less_active_child",),
    ),
    (
        r"\b(?:squeeze|squeezes|grip|grips)(?: equally| just as)?(?: hard| well| strong(?:ly)?)?(?: equally)? "
        r"(?:with|in) both "
        r"hands\b|\bboth (?:hands|sides|arms)(?:'re| are| feel| squeeze| grip)(?: just| equally| both)* (?:the same|"
        r"as strong|"
        r"strong|equally)\b",
        ("one_sided_weakness",),
    ),
    (
        r"\b(?:feeling|sensation)(?:'s| is)? (?:the same )?(?:on|in) both sides(?: just)?(?: is)?(?: the same)?\b|"
        r"\bfeels? (?:it |touch )?(?:the same|equally) on both sides\b",
        ("one_sided_numbness",),
    ),
    (
        r"\b(?:speaks?|talks?) (?:clearly|normally|fine|perfectly|properly|as clear as a bell)\b|\bfinds? (?:his|her|"
        r"my|all "
        r"(?:his|her|my)) words\b|\bwords come (?:out )?(?:easily|fine|clearly|normally)\b",
        ("speech_trouble",),
    ),
    (
        r"\b(?:gets?|got) up and (?:walks?|walked)(?: (?:to|about|around|over|off)[^.,;!?]{0,20})?|\bwalk(?:s|ed|ing)? "
        r"(?:unaided|without help|without a stick|on (?:his|her|my) own|by (?:him|her|my)self|(?:in )?here (?:on|by) "
        r"(?:my|his|"
        r"her)(?: own|self))\b",
        ("cannot_stand_walk",),
    ),
    (r"\b(?:still )?(?:got|have|has) (?:all |still )*(?:my|his|her) (?:full )?strength\b", ("limb_weakness",)),
    (r"\bfeel (?:the )?(?:toilet|loo) (?:paper|roll)\b", ("saddle_numbness",)),
    (
        r"\bno accidents\b(?! on)|\b(?:get|gets|make it) to the (?:toilet|loo) in time\b|\bin control of (?:my|his|"
        r"her) (?:bladder|"
        r"bowels|waterworks)\b",
        ("bladder_bowel_change",),
    ),
    (r"\bcan tell (?:you|us|me) exactly (?:how|what|where|when)\b", ("amnesia",)),
    (
        r"\bfirst time (?:i've|i have|he's|she's|he has|she has|i) (?:ever )?(?:fallen|fell)(?: over)?\b",
        ("repeated_falls",),
    ),
    (works("sense of smell|smell and taste|taste and smell|nose for smells"), ("loss_of_smell",)),
    (
        r"\bswallow(?:s|ing)? (?:my|his|her) (?:own )?(?:spit|saliva) (?:all right|alright|normally|easily|no bother|"
        r"no "
        r"problem)\b",
        ("cannot_swallow_saliva",),
    ),
    (
        r"\bvoice(?:'s| is| sounds?)(?: just| exactly)? (?:(?:like |the way |as )it (?:always does|always is|always "
        r"sounds|should)|"
        r"(?:the same|like) as? ?(?:always|ever|usual)|like (?:always|usual|normal))\b",
        ("hoarse_voice",),
    ),
    (
        r"\b(?:mouth|jaw) opens? (?:nice and |right |all the way|up )*wide\b(?: enough)?(?: (?:for|to) "
        r"[^.,;!?]{0,20})?|"
        r"\bopens? (?:my|his|her) (?:mouth|jaw) (?:nice and |right )?(?:wide|all the way|fully)\b(?: enough)?",
        ("trismus",),
    ),
    (
        rf"{NO_TROUBLE}jaw\b|\bjaws?{IS} {WELL}",
        ("jaw_pain",),
    ),
    (
        r"\bhair(?:'s| is)(?: still| just)* (?:as )?(?:thick|full)(?: as (?:ever|always|before))?\b|\bkeeping (?:my|"
        r"his|her) hair\b",
        ("hair_loss",),
    ),
    (
        r"\b(?:when|if) (?:i|we|you) (?:roll|press|push|put) (?:a |the )?(?:glass|tumbler)[^.,;!?]{0,16} (?:they|it|"
        r"the spots|the "
        r"rash) (?:all )?(?:vanish|vanishes|fade|fades|disappear|disappears|go|goes|go away|goes away)\b",
        ("non_blanching_rash",),
    ),
    (r"\b(?:nose|nostrils)(?:'s| is| are) (?:bone |quite |completely |perfectly )?dry\b", ("runny_nose",)),
    (
        rf"{NOT} (?:spread|spreading|spread any further) at all\b|\b(?:hasn't|has not) spread\b",
        ("skin_redness_spreading",),
    ),
    (
        r"\broom(?:'s| is)? (?:not|n't|doesn't|does not|isn't) (?:spin|spinning|move|moving|turn|turning|going "
        r"round)\b",
        ("vertigo",),
    ),
    (
        r"\b(?:face|mouth|smile)(?:'s| is) (?:even|straight|symmetrical|level) (?:when|as) (?:he|she|i) (?:smiles?|"
        r"grins?|talks?|laughs?)\b",
        ("face_droop",),
    ),
    (r"\b(?:got |have |has |'ve )?(?:good|normal|full) (?:feeling|sensation) in\b", ("limb_numbness",)),
    (
        r"\b(?:pass(?:ed|es)?|read(?:s)?) the (?:eye|sight|letter)? ?(?:chart|test|board)\b(?: (?:fine|no problem|"
        r"easily|ok))?",
        ("vision_change",),
    ),
    (
        rf"{NOT} (?:moved|gone|crept|got|spread|grown) (?:past|beyond|over|outside|any further than) (?:the |that |"
        rf"my )?(?:line|pen|mark|"
        r"edge|circle)(?: \w+)?",
        ("skin_redness_spreading",),
    ),
    (
        r"\b(?<!some of the )(?<!most of the )(?:spots?|rash|marks?|dots) (?:all )?goe?s? when (?:you|i|we) (?:press|"
        r"push)(?: (?:on )?"
        r"(?:them|it))?\b",
        ("non_blanching_rash",),
    ),
    (
        r"\b(?:isn't|is not|not|aren't|wasn't) (?:at all |the least bit |particularly |a bit )?(?:sleepy|drowsy|"
        r"groggy|dozy)\b"
        r"(?! (?:in|during|by) the day)",
        ("drowsy",),
    ),
    (
        r"\bface(?:'s| is)? (?:still )?mov(?:es|ing) (?:normally|fine|ok|okay|the same|evenly|properly)\b",
        ("face_droop",),
    ),
    (r"\b(?:slept|sleeps) and (?:woke|wakes)(?: up)? (?:like|as) (?:usual|normal|always)\b", ("drowsy",)),
    (
        r"\b(?:mouth|jaw) opens(?= *(?:$|[.,;!?]|and\b|but\b|fine\b|ok\b|normally\b|properly\b))",
        ("trismus",),
    ),
    (
        r"\b(?:it's|it is|this is) not (?:my |the )?(?:tooth|teeth)\b|\b(?:it|this) isn't (?:my |the )?(?:tooth|"
        r"teeth)\b",
        ("toothache",),
    ),
    (
        r"\bno worse (?:lying|when i lie|when lying|bending|coughing|when i cough|when i bend|sneezing)(?: (?:down|"
        r"flat|over))?\b"
        r"(?=[^;!?]{0,70}\bhead)",
        ("headache_worse_lying",),
    ),
    (r"\bno (?:\w+,? (?:or|and|nor) )pus\b(?! (?:in|from|out))", ("abscess",)),
)
HEAD_FUNCTIONS = undenied(_FUNCTIONS)
