"""What English speakers say is well in more words ("the room's not spinning", "on one pillow"), and what this denies.

domain/what_works_en.py holds the plain ones.
"""

from __future__ import annotations

_WITH = (
    r"\b(?:nothing (?:is |'s )?wrong|(?:no|not any|n't (?:have|had|got) any|never any)"
    r" (?:problems?|trouble|issues?|difficulty|difficulties|bother|concerns?|complaints?)(?: at all)?) (?:with|when|"
    r"about) (?:my |his |her |the )?"
    r"(?:\w+(?:, (?:or |and )?(?:my |his |her |the )?| (?:or|and) (?:my |his |her |the )?)){0,3}?"
)
_NOT_OF_PERIODS = "".join(
    f"(?<!{word} as )(?<!{word} )"
    for word in ("cycle is", "cycle's", "cycles are", "period is", "period's", "periods are", "heart is", "heart's")
)
_ARE = r"(?:'s|'re| is| are| was| looks?| feels?| stays?)(?: still| all| both| quite| perfectly| nice and| nicely)*"
MORE_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (rf"{_WITH}(?:hearing|ears)\b", ("hearing_loss",)),
    (rf"{_WITH}(?:vision|sight|eyesight|seeing)\b", ("vision_change",)),
    (rf"{_WITH}(?:breathing|lungs)\b", ("shortness_of_breath",)),
    (rf"{_WITH}(?:speech|talking|speaking)\b", ("speech_trouble",)),
    (rf"{_WITH}(?:swallowing|eating and drinking)\b", ("trouble_swallowing",)),
    (rf"{_WITH}(?:memory)\b", ("memory_loss",)),
    (rf"{_WITH}(?:walking|balance)\b", ("cannot_stand_walk",)),
    (rf"{_WITH}(?:sleep|sleeping)\b", ("insomnia",)),
    (rf"{_WITH}(?:bowels?|bladder)\b", ("bladder_bowel_change",)),
    (rf"{_WITH}(?:waterworks|weeing|peeing|passing (?:water|urine)|urinating)\b", ("painful_urination",)),
    (rf"{_WITH}(?:heart)\b", ("heart_disease_history",)),
    (rf"{_WITH}(?:periods?)\b", ("irregular_period",)),
    (
        r"\b(?:stomach|tummy|belly)(?:'s| is| has)? (?:settled|calmed down)\b|\bnothing(?:'s| has| is)? (?:come|"
        r"came|coming) "
        r"(?:back )?up\b(?! when i cough)|\bkept (?:everything|it all|food|it) down\b",
        ("vomiting",),
    ),
    (
        r"\b(?:going|go|goes|open(?:ing)? my bowels) (?:every|once a|twice a) day\b|\b(?:going|"
        r"go) (?:to the toilet |for a poo )?"
        rf"regularly\b|{_NOT_OF_PERIODS}\bregular as clockwork\b",
        ("constipation",),
    ),
    (
        r"\bsleeps? (?:right )?through (?:the night )?without (?:needing|getting up|going|having)\b|"
        r"(?:n't|not|never|no) (?:have to |need to |needing to )?(?:get|getting|got|wake|waking) up (?:at night|"
        r"in the night|during "
        r"the night)? ?(?:to|for|needing) (?:a |the )?(?:pee|wee|go|toilet|loo)\b",
        ("night_urination",),
    ),
    (
        r"\bno blood (?:coming up|when i cough|in (?:the|my|his|her) (?:phlegm|spit|sputum|spittle|mucus))\b|"
        r"(?:n't|not|never)(?: been)? (?:cough|spit|spat|bring|brought)(?:ed|ing)?(?: up)? (?:any )?blood\b",
        ("haemoptysis",),
    ),
    (r"\bno whistling\b|\b(?:chest|lungs?) (?:is|are|sounds?) clear\b", ("wheeze",)),
    (r"\b(?:on|with) (?:just )?(?:one|a single) pillow\b|\bno need (?:for|of) extra pillows\b", ("orthopnoea",)),
    (
        r"\bbreath(?:ing|es?) (?:easy|easily|freely|comfortably|quietly)\b|(?:n't|not) (?:working hard|"
        r"struggling|fighting|"
        r"labou?ring) (?:to breathe|for breath)\b|\bcan get my breath\b",
        ("shortness_of_breath",),
    ),
    (
        rf"\b(?:smile|face|mouth){_ARE} (?:even|symmetrical|straight|equal|level)\b|\bsmiles? (?:evenly|equally)\b",
        ("face_droop",),
    ),
    (
        rf"\bgrip{_ARE} (?:strong|equal|good|firm|normal)\b|\b(?:moving|moves|can move|can lift|lifts|raises|"
        rf"can raise) (?:both|all)"
        r"(?: (?:his|her|my|four|the))? (?:arms?|legs?|sides|limbs|arms and legs)\b",
        ("limb_weakness",),
    ),
    (
        r"\b(?:bright )?lights? (?:is|are) (?:fine|ok|okay|no (?:problem|bother)|not a problem)\b|"
        r"\b(?:can|fine to) look at (?:bright )?(?:lights?|screens?|the light)\b|"
        r"\blights? (?:doesn't|don't|does not|do not|isn't|aren't) (?:hurt|bother|both?ering|hurting|trouble|"
        r"upset|affect)\w*\b",
        ("photophobia",),
    ),
    (
        r"\b(?:feet|foot|hands?|toes|fingers|legs?) (?:is |are |feels? )?(?:nice and )?warm and (?:pink|dry)\b",
        ("limb_cold_pale",),
    ),
    (
        r"\bfeel (?:it |myself |everything )?(?:normally |fine |ok )?(?:when i wipe|down there|wiping|"
        r"between my legs)\b|"
        r"\bwipe and feel\b",
        ("saddle_numbness",),
    ),
    (r"(?:n't|\bnot|\bnever) (?:pulled|strained|torn) (?:anything|a muscle|any muscles?)\b", ("muscle_pulled",)),
    (
        r"\bnothing(?:'s| is| was| looks?)? broken\b|(?<!skin's )(?<!skin is )(?<!skin is)(?<!skin was )(?<!skin was)"
        r"(?:n't|\bnot|\bno) (?:been )?(?:broken|"
        r"fractured)(?: (?:bones?|anything))?\b|"
        r"\bno (?:break|breaks|broken bones?)\b",
        ("fracture_suspected",),
    ),
    (
        r"\bbleeding (?:has |had )?(?:soon |quickly |now )?stopped\b|\bstopped bleeding\b|\bno longer bleeding\b",
        ("bleeding_wont_stop",),
    ),
    (r"(?:n't|\bnot) (?:been )?drink(?:ing)? (?:any )?more(?: water| fluids)?(?: than|\b)", ("thirst",)),
    (r"\b(?:don't|do not|doesn't) mind the heat\b|\bheat (?:doesn't|does not) bother\b", ("heat_intolerance",)),
    (r"(?:n't|\bnot|\bnever) (?:left|been out of|been outside|gone outside) the country\b", ("malaria_travel",)),
    (
        r"\b(?:taking|on|finishing|finishes|takes|drinks|drinking) (?:his|her|all his|all her) (?:bottles?|milk|"
        r"feeds?)"
        r"(?: (?:fine|well|ok|okay|happily|(?:like|as) (?:normal|usual|always)))?\b(?! (?:less|slow|poor|bad|but))",
        ("poor_feeding",),
    ),
    (
        r"\bcolou?r(?:'s| is| looks?) (?:good|fine|normal|healthy|ok|okay)\b|\bnice and pink\b",
        ("pale_skin", "cyanosis"),
    ),
    (r"(?:n't|\bnot|\bnever) (?:been )?chok(?:e|ed|ing)(?: on (?:anything|it))?\b", ("choking_now",)),
    (
        r"\b(?:knows?|recogni[sz]es) (?:where (?:he|she|we|they) (?:is|are)|who (?:i|we|he|she|everyone) (?:am|"
        r"are|is)|us|everyone|"
        r"people|what day)\b|\b(?:making|makes|talking|talks) (?:perfect |good )?sense\b|\bclear[- ]headed\b",
        ("confusion",),
    ),
    (
        r"\b(?:can|able to) (?:still )?(?:move|wiggle|bend) (?:all )?(?:of )?(?:his|her|my|the) (?:fingers|toes)\b",
        ("cannot_move_joint",),
    ),
    (
        r"\b(?:legs|calves|ankles) (?:are |look )?(?:both )?the same size\b|\bone leg (?:isn't|"
        r"is not) (?:bigger|fatter)\b",
        ("leg_swelling_one",),
    ),
    (
        r"\b(?:food|drinks?|everything) (?:goes|is going|going) down (?:fine|ok|okay|well|easily|no bother|"
        r"all right|alright)\b",
        ("trouble_swallowing",),
    ),
    (
        r"\bneck (?:moves|turns|bends|is) (?:freely|fine|ok|okay|normally|well|supple|easily)\b|"
        r"\b(?:get|put|touch|touches) (?:my|his|her) chin (?:on|to|down to|onto) (?:my|his|her) chest\b",
        ("neck_stiffness",),
    ),
    (
        r"\bbab(?:y|y's|y is) (?:is |been |has been )?(?:moving|moves|kicking|kicks|wriggling)"
        r"(?: (?:around|about|away))? (?:plenty|lots|"
        r"loads|a lot|as usual|"
        r"as normal|well|normally|fine|like (?:mad|normal|usual))\b|\b(?:plenty|lots) of (?:kicks|movements?)\b",
        ("fewer_fetal_movements",),
    ),
    (
        r"\bnappies (?:are|is|were) (?:still )?(?:nice and |plenty |good and )?(?:wet|heavy|soaked)\b|"
        r"\b(?:plenty|lots|loads) of wet (?:nappies|diapers)\b|\bwet (?:nappies|diapers) (?:as|like) (?:usual|"
        r"normal)\b",
        ("fewer_wet_nappies",),
    ),
    (
        r"(?<!blind )\bno (?:red |itchy |new |funny |purple )?(?:spots?|welts?|marks|bumps)(?: (?:or|and) \w+)?"
        r"(?= *(?:$|[.,;!]|anywhere|on (?:him|her|me|my|his|the))|\b(?: that| at all))|"
        r"\bnot a (?:mark|spot) on (?:him|her|me)\b|\b(?:his|her|my) skin(?:'s| is) (?:all )?clear\b",
        ("rash",),
    ),
    (rf"\bnails{_ARE} (?:fine|normal|ok|okay|healthy)\b", ("nail_changes",)),
    (
        r"(?:^|[,;.]\s*|\band |\bor )(?:i |we |he |she )?(?:don't|dont|do not|doesn't|never)(?: really)? drink"
        r"(?= *(?:$|[.;!]|or smoke|alcohol\b|and (?:i )?(?:don't|never)|, ?(?:don't|i don't|never|no)))|"
        r"\b(?:not|n't) (?:a|much of a|a big|a heavy) drinker\b|\bnon-?drinker\b|\bdon't touch (?:a drop|"
        r"alcohol|drink)\b",
        ("heavy_alcohol",),
    ),
    (
        r"\bpregnancy test (?:was|is|came back|came out)? ?(?:negative|clear)\b|\bnot (?:expecting|with child)\b",
        ("pregnant",),
    ),
    (r"\bnot seeing or hearing things\b|\bnot (?:seeing|hearing) things\b", ("hearing_voices",)),
    (
        r"(?:n't|\bnot|\bnever) (?:been )?(?:near|around|in contact with|exposed to|close to) (?:anyone|anybody|"
        r"someone|people)"
        r"(?: (?:who|that)(?:'s| is| was| has been)?)?(?: (?:else|who is))? ?(?:ill|sick|unwell|poorly|"
        r"infectious|coughing)\b",
        ("infection_contact",),
    ),
    (
        r"\bpassing (?:wind|gas)(?: and \w+)?(?: all)? (?:fine|normally|ok|okay|as usual|no problem)\b",
        ("no_stool_or_gas",),
    ),
    (r"(?<!passed )\b(?:no|without|not much|any) (?:trapped )?wind\b(?! (?:passed|out|since|for))", ("flatulence",)),
    (
        r"\b(?:doesn't|does not|didn't|hasn't|never) (?:keep me awake|wake me|woken me|woke me|stop me sleeping)\b",
        ("insomnia",),
    ),
    (
        r"\b(?:plenty|lots|loads) of energy\b|\bfull of (?:energy|beans|life)\b|\benergy(?:'s| is|"
        r" levels are) (?:fine|good|normal|ok)\b",
        ("fatigue",),
    ),
    (
        r"(?:n't|\bnot|\bnever) (?:been )?(?:knocked|put) out\b|\bstayed (?:conscious|awake) (?:the whole time|"
        r"throughout)\b",
        ("lost_consciousness_injury",),
    ),
)
MORE_FUNCTIONS += (
    (
        r"\b(?:temp|temperature|fever)(?:'s| is| has|'s been)?(?: come| gone| back)? (?:down|"
        r"normal)\b(?! to (?:3[89]|4))",
        ("fever",),
    ),
    (
        r"\bno (?:stinging|burning|pain)(?: or \w+)? when (?:i|he|she) (?:goe?s?|wees?|pees?|urinates?)\b",
        ("painful_urination",),
    ),
    (
        r"\bno (?:\w+ )?(?:smell|odou?r|whiff)(?: (?:down (?:there|below)|from (?:the discharge|down \w+)|"
        r"to (?:it|the discharge)))",
        ("vaginal_odour",),
    ),
    (
        r"(?:n't|\bnot|\bno)(?: any)? (?:twitch|jerk|convuls)(?:ed|ing|ions?|es)?(?: (?:or|"
        r"and) \w+)?\b(?! (?:eye|lid|muscle))",
        ("seizure",),
    ),
)
MORE_FUNCTIONS += (
    (
        r"\b(?:i|he|she)(?:'s| can| could| is)?(?: still)? see(?:s|ing)?(?: just| perfectly| quite| absolutely|"
        r" both)*"
        r" (?:fine|well|perfectly|clearly|normally|everything|ok|okay)\b(?! (?:double|with|through))",
        ("vision_change",),
    ),
    (
        r"\b(?:can |still |i )hear(?: just| perfectly| quite| absolutely)* (?:fine|well|perfectly|clearly|"
        r"normally|a pin|"
        r"everything|ok|okay)\b|\bhears (?:fine|well|everything)\b",
        ("hearing_loss",),
    ),
    (
        r"\bcan (?:still )?(?:taste and )?smell(?: and taste)?(?: (?:it|things|everything|my|the|his|her|"
        r"flowers|coffee)\b|"
        r"(?= *(?:$|[.,;!]|fine\b|ok\b|all right\b)))",
        ("loss_of_smell",),
    ),
    (
        r"\bknows? (?:exactly|perfectly well|full well|very well) (?:where|who|what day)\b[^.,;!?]{0,25}|"
        r"\bsharp as a (?:tack|pin|button)\b|\ball there\b(?! (?:is|was|are))",
        ("confusion",),
    ),
    (
        r"\b(?:arms?|legs?|hands?|grips?|both sides)(?:'re| are| is)? (?:both )?(?:just )?as (?:strong|"
        r"good) as (?:ever|each|"
        r"the other|always|before|usual)(?: other)?\b|\b(?:equal|same) strength\b|\blift both (?:arms|hands)\b",
        ("limb_weakness",),
    ),
    (
        r"\b(?:can |still |and |i )feel (?:everything|(?:all )?(?:my|his|her) (?:toes|fingers|feet|hands|legs)|"
        r"you touching"
        r"|it when you touch)\b(?! (?:down there|when i wipe|go|getting|tingl|numb|burn|stiff|swell|hot|cold|is|"
        r"are))",
        ("limb_numbness",),
    ),
    (
        r"\b(?:can |able to )(?:still )?walk(?: about| around| fine| ok| unaided| by myself)?(?= *(?:$|[.,;!]|"
        r"but\b|and\b|"
        r"though\b))|\bwalk(?:ing|s) (?:about |around )?(?:as|like) (?:normal|usual|always)\b",
        ("cannot_stand_walk",),
    ),
    (r"(?<=hobble )on it\b|(?<=hobbling )on it\b|(?<=limp )on it\b|(?<=limping )on it\b", ("cannot_bear_weight",)),
    (
        r"\bcan (?:still )?(?:swallow|get down) (?:my |his |her )?(?:own )?(?:spit|saliva)\b|\bswallow(?:ing|"
        r"s) (?:my |his |"
        r"her )?(?:own )?(?:spit|saliva) (?:fine|ok|okay)\b",
        ("cannot_swallow_saliva",),
    ),
    (
        r"\bnothing(?:'s| is| has been)? (?:coming|running|leaking) out of (?:the|my|his|her|either) ears?\b",
        ("ear_discharge",),
    ),
    (
        r"\bnothing(?:'s| is)? (?:coming|running|dripping) (?:out of|from) (?:the|my|his|her) nose\b",
        ("runny_nose",),
    ),
    (
        r"\b(?:toilet|the loo|waterworks)(?:'s| is| are| all)* (?:normal|fine|ok|okay|no problem|grand|working)\b"
        r"(?! (?:out|loose|hard))|\b(?:bladder and bowels|bowels and bladder|waterworks) (?:work|works|"
        r"are working|do)\b|"
        r"\bknow when i need (?:to go|the toilet|the loo|a wee)\b",
        ("bladder_bowel_change",),
    ),
    (
        r"\bneck bends\b|\bchin (?:to|on|onto|touches) (?:my |his |her )?chest\b(?=[^.;!?]{0,12}(?:no|fine|ok|easy))|"
        r"\btouch (?:my|his|her) chin (?:to|on|onto) (?:my|his|her) chest\b",
        ("neck_stiffness",),
    ),
    (
        r"\b(?:was |stayed |is |remained )?(?:awake|conscious|with us|with it|talking to us) (?:the whole time|"
        r"throughout|all the time|all along|all the way"
        r" through)\b|\bcried (?:straight away|right away|at once|immediately)\b",
        ("lost_consciousness_injury",),
    ),
    (
        r"\b(?:easy|easily) (?:to wake|woken|roused)\b|\bwakes (?:up )?(?:easily|fine|normally|for (?:his|"
        r"her) feeds)\b",
        ("drowsy",),
    ),
    (
        r"\b(?:the |my |his |her )?skin(?:'s| is| was|)(?: not|n't) (?:been )?broken\b|\b(?:didn't|did not|"
        r"hasn't) (?:break|"
        r"broken) the skin\b",
        ("wound",),
    ),
    (
        r"\b(?:there )?(?:was |were |is )?(?:no|never a|not a|wasn't a|without a) (?:fit|fits|"
        r"seizure)\b(?! (?:state|for))",
        ("seizure",),
    ),
    (
        r"\btongue(?:'s| is| looks| feels)? (?:completely |perfectly |quite )?(?:normal|fine|ok|okay|not swollen)\b",
        ("tongue_throat_swelling",),
    ),
    (
        r"\b(?:had|has had|got|he's had|she's had|i've had) (?:all )?(?:of )?(?:his|her|my|their) (?:jabs|"
        r"vaccinations|vaccines|"
        r"shots|injections)(?:, all of them|, every one| all| on time|, the lot)\b",
        ("vaccines_missing",),
    ),
    (
        r"\bdrinks?,? (?:a bit |a little |some |wine )?(?:but )?(?:not|never) (?:heavily|much|a lot|to excess|"
        r"every day|too much)\b|"
        r"\bdrinks? (?:only )?(?:socially|in moderation|moderately|at weddings|at christmas|on special occasions)\b",
        ("heavy_alcohol",),
    ),
    (r"\b(?:hardly|barely|didn't|did not|never) (?:bled|bleed)\b(?! (?:out|any less))", ("heavy_bleeding",)),
    (
        r"\b(?:stopped|stops) (?:bleeding )?(?:as soon as|when|once|after) (?:i|we|he|she) (?:pressed|held|"
        r"squeezed|put)\b",
        ("bleeding_wont_stop",),
    ),
    (r"\b(?:wee|pee|urine)(?:'s| is) (?:a |the )?normal colou?r\b", ("dark_urine",)),
    (r"\bfeed(?:s|ing) like a (?:champion|champ|dream|trooper|horse)\b|\beating like a horse\b", ("poor_feeding",)),
    (
        r"\bno (?:trouble|bother|problem)(?: at all)? (?:walking|getting about|getting around)\b",
        ("cannot_stand_walk",),
    ),
    (
        r"\b(?:same as (?:all )?the (?:rest|others)|the usual (?:one|headache)|like (?:all )?my (?:other|"
        r"usual) (?:heads|headaches|"
        r"migraines))\b",
        ("headache_new",),
    ),
    (
        r"\b(?:fingers|toes|hand|foot|they)(?:'re| are| is) (?:still )?(?:nice and )?(?:pink|"
        r"warm)(?: and (?:pink|warm))?\b",
        ("limb_cold_pale",),
    ),
    (
        r"\b(?:don't|do not|doesn't|not)(?: on| take| taking| takes)? (?:anything|any tablets|any medicines?|"
        r"tablets|pills)"
        r" (?:for|to thin|that thins?) (?:my |the |his |her )?blood\b(?! pressure| sugar)",
        ("anticoagulant",),
    ),
)
