"""What English speakers say is well about children, mind and habits, and what makes no difference to a complaint.

Read beside domain/what_works_en.py.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import NOBODY, NOT, Functions, undenied

_FUNCTIONS: Functions = (
    # children
    (
        r"\b(?:finish(?:es|ed)|drain(?:s|ed)|empti(?:es|ed)|takes|took|drank|drunk|had|polished off) (?:all |every "
        r"one |every )"
        r"(?:of )?(?:his |her |the )?(?:bottles?|feeds?|milk)\b",
        ("poor_feeding",),
    ),
    (
        r"\bgood (?:muscle )?tone\b(?:, (?:and )?kick(?:s|ing) (?:his|her) (?:arms and )?legs)?|"
        r"\bkick(?:s|ing) (?:his|her) (?:arms and )?legs\b(?: about| around)?|\bholds? (?:his|her) (?:own )?head up\b",
        ("floppy",),
    ),
    (
        r"\b(?:milk|feeds?|bottles?|food)(?: all)? (?:stays|stay|staying|stayed) down\b|"
        r"\bkeep(?:s|ing) (?:all )?(?:of )?(?:his|her|the) (?:milk|feeds?|bottles?) down\b",
        ("spitting_up", "vomiting"),
    ),
    (
        r"\b(?:his|her|baby's) (?:bottom|bum|nappy area)(?:'s| is| looks?)(?: all| nice and| perfectly)? (?:fine|"
        r"clear|normal|"
        r"ok|good|clean|not red|not sore)\b",
        ("nappy_rash",),
    ),
    (
        r"\b(?:tearing|racing|charging|haring|whizzing|dashing) (?:about|around|round)(?: the (?:house|garden|place|"
        r"waiting "
        r"room))?\b|\binto everything\b|\bas (?:lively|bouncy|cheeky) as (?:ever|always|usual)\b|\bbright as a "
        r"button\b|"
        r"\bclimbing (?:on )?the furniture\b",
        ("less_active_child",),
    ),
    (r"\bwide awake\b(?! (?:all|at) night| at \d| until| till| half| most)", ("drowsy",)),
    (
        rf"{NOT} (?:been )?cr(?:y|ied|ying)(?: (?:much|a lot|at all|any more|more than (?:usual|normal)))+",
        ("inconsolable_crying",),
    ),
    (
        r"\b(?:cord|stump|cord stump|belly button|navel)(?:'s| is| looks?)(?: nice and| all| healing)? (?:clean|dry|"
        r"fine|"
        r"healed|healing|normal)(?: and (?:clean|dry|nicely))?\b",
        ("umbilical_redness",),
    ),
    (
        r"\b(?:walk(?:s|ing)|run(?:s|ning)) and (?:runs?|running|walks?|jumps?|jumping|plays|playing)\b"
        r"(?: (?:as|like) (?:usual|normal|always|ever))?|\bruns? (?:as|like) (?:usual|normal|always)\b",
        ("refuses_to_walk",),
    ),
    (
        rf"{NOBODY}(?: would| has|'d| could)?(?: ever)? (?:lay|laid|lays) a finger on (?:her|him|them|the (?:kids?|"
        rf"children|"
        r"baby|child))\b|\b(?:nobody|no one) (?:hurts|hits|has (?:hurt|hit)|would hurt|ever hurt) (?:him|her|the "
        r"(?:kids?|"
        r"children|baby|child))\b",
        ("abuse_concern",),
    ),
    (
        r"\b(?:hitting|hits|hit|meeting|met|meets|reached|reaching|on track with|reaches) (?:all )?(?:of )?(?:his|"
        r"her|the|their) "
        r"milestones\b|\b(?:growing|developing|gaining|putting on weight) (?:well|nicely|normally|as (?:he|she) "
        r"should|beautifully)"
        r"\b|\bfollow(?:s|ing) (?:his|her|the) (?:curve|line|centile)\b",
        ("growth_concern",),
    ),
    (
        r"\b(?:he|she)(?:'s| is| stays?|'s been) dry (?:at|all|through the|every) night\b|\b(?:he|she) (?:wakes up|"
        r"is) dry in the mornings?\b|\bno wet beds?\b",
        ("bed_wetting",),
    ),
    (
        r"\b(?:jabs|vaccin\w+|immuni[sz]ations?|injections)(?:'re|'s| is| are| have been)(?: all| now| fully| bang| "
        r"right)* "
        r"(?:up[- ]to[- ]date|complete|done|finished|on schedule)\b",
        ("vaccines_missing",),
    ),
    (
        r"\b(?:was )?(?:born|delivered) (?:(?:bang |right )?on (?:time|(?:his|her|the) due date)|at (?:full )?term|"
        r"(?:a few "
        r"days|a week|two weeks|ten days) (?:late|over|overdue)|overdue|late)\b|\b(?:he|she|baby|twins) (?:came|"
        r"arrived) "
        r"(?:(?:bang |right )?on (?:time|(?:his|her|the) due date)|at (?:full )?term|(?:a|two) weeks? late)\b|"
        r"\b(?:full[- ])?term baby\b|\bfull[- ]term\b",
        ("prematurity",),
    ),
    # mind
    (
        r"\b(?:quite |perfectly |really )?(?:cheerful|happy in myself|happy enough in myself|happy as larry|my old "
        r"cheerful self)"
        r"\b",
        ("low_mood",),
    ),
    (
        r"\bnot (?:the|a) (?:worrying|nervous|anxious) (?:kind|type|sort|person)\b|\b(?:not|never been) (?:a|one) "
        r"(?:worrier|"
        r"to worry|for worrying)\b|\bcool as a cucumber\b",
        ("anxiety",),
    ),
    (
        r"\bstill (?:enjoy(?:s|ing)?|look(?:ing)? forward to|get pleasure (?:from|out of)|take an interest in|"
        r"(?:love|like)s?(?= (?:my (?:garden|job|work|choir|hobbies|football|music|friends)|doing|going|seeing|meeting|"
        r"playing|reading|cooking)))\b(?! (?:my food|his food|her food|food|eating|a drink|meals|cake))",
        ("loss_of_interest",),
    ),
    (
        r"\bfeels? (?:quite |perfectly |completely |very |totally )?safe (?:at home|where i live|in (?:my|our|the) "
        r"(?:house|home)|"
        r"with (?:him|her|my \w+))\b|\b(?:he's|he has|she's|she has|he|she) never (?:laid a finger|raised a (?:hand|"
        r"finger)|"
        r"lifted a (?:hand|finger)) (?:on|to) (?:me|us)\b",
        ("unsafe_at_home",),
    ),
    (
        r"\b(?:he|she|he's|she's|i'm|is|stays?|nice and|perfectly|quite)(?: is| was)?(?: perfectly| quite| very| "
        r"nice and)? calm"
        r"(?= *(?:$|[.,;!]|and\b|now\b))",
        ("agitation",),
    ),
    (
        rf"{NOT} (?:hit|hurt|attacked|attack|threatened|threaten|punched|gone for|go for|lashed out at|lash out at) "
        r"(?:anyone|anybody|a soul|us|people)\b|\bwouldn't hurt a fly\b|\bgentle as a lamb\b|"
        rf"{NOT} (?:been )?(?:violent|aggressive)\b",
        ("violent_behaviour",),
    ),
    (
        r"\b(?:get|gets|have|has|sleep|sleeps) (?:my|his|her|a good|a solid|a full|about|around|at least)? ?(?:seven|"
        r"eight|nine|7|"
        r"8|9) hours(?: (?:a|every|each) night|(?: of)? sleep)?\b",
        ("insomnia",),
    ),
    (
        r"\bcan (?:still )?concentrate(?: on \w+)? (?:fine|ok|all right|alright|well|properly|as usual|no bother)\b|"
        r"\bconcentration(?:'s| is) (?:fine|good|ok|normal)\b|\bread a (?:whole )?book (?:fine|no bother|without)\b",
        ("poor_concentration",),
    ),
    # what makes it worse or better, what comes with it
    (
        r"\b(?:eating|food|meals|what i eat|whether i eat or not)(?: it)? (?:makes?|made) no (?:difference|"
        r"odds)\b(?: to (?:it|the "
        r"pain))?|\b(?:nothing|not anything) to do with (?:food|meals|eating|what i eat)\b|"
        r"\b(?:same|no different) whether i(?:'ve)? (?:eat|eaten|ate) or not\b",
        ("worse_after_eating",),
    ),
    (
        r"\bmov(?:ing|ement)(?: (?:it|about|around|my \w+|the \w+))? (?:makes?|made) no (?:difference|odds)\b(?: to "
        r"it)?|"
        r"\bmov(?:ing|ement)(?: (?:it|about|around|my \w+))? (?:doesn't|does not) (?:make it (?:any )?worse|hurt|"
        r"change it)\b",
        ("worse_with_movement",),
    ),
    (
        r"\bmilk(?:'s| is)? (?:no problem|fine|ok|agrees with (?:me|him|her)|doesn't (?:bother|upset|affect) (?:me|"
        r"him|her))\b",
        ("after_milk",),
    ),
    (
        r"\b(?:hardly ever|rarely|seldom|never|don't|almost never|do not)(?: really| usually| ever)? (?:take|took|"
        r"touch|use|need|"
        r"takes|uses) (?:a |any |the |many )?(?:painkillers?|pain killers?|paracetamol|ibuprofen|aspirin|tablets for "
        r"(?:the )?pain)\b",
        ("painkillers_use",),
    ),
    (
        r"\b(?:nothing to do with|don't (?:keep|have|work with)|never (?:near|around|been near)|n't been (?:near|"
        r"around)|no contact "
        r"with|not near) (?:any )?(?:farm )?(?:animals|livestock|sheep|cattle|goats|cows|pigs)\b",
        ("livestock_contact",),
    ),
    (
        rf"\bno ticks?\b(?! box)|{NOT} (?:had|seen|found|got|had any|found any) (?:any |a )?ticks?\b",
        ("tick_bite",),
    ),
    (
        r"\b(?:not sleepy|wide awake|n't sleepy|n't (?:nod|doze|drop) off) (?:in|during|all|through)(?: through)? "
        r"(?:the )?day(?:time)?\b",
        ("daytime_sleepiness",),
    ),
    (
        r"\bonly (?:goes|shoots|runs|radiates|travels) (?:down|into) (?:the |my )?(?:one|left|right)(?: one)?(?: "
        r"leg)?\b|"
        r"\bdown (?:just |only )(?:the |my )?(?:one|left|right) leg\b",
        ("sciatica_both_legs",),
    ),
    (
        r"(?<=lump )(?:really |quite |also |does )?(?:hurts?|aches?|throbs)\b(?: (?:when|if) (?:i|you|he|she) "
        r"(?:press|touch|push)\w*)?|(?<=lump is )(?:very |quite |really |a bit )?"
        r"(?:sore|tender|painful)\b",
        ("lump_painless",),
    ),
    (
        r"\bperiods?(?:'s|'re| is| are)(?: quite| very| always| pretty| fairly| really)? (?:light|short)\b",
        ("heavy_period",),
    ),
    (
        r"\bno (?:recent )?(?:colds?|infections?|bugs?|viruses)(?:,? (?:or|and|nor) (?:other )?(?:colds?|infections?|"
        r"bugs?|flu))?"
        r" (?:lately|recently|in (?:the last|weeks|months|ages)|this (?:year|month))\b|"
        r"\b(?:haven't|have not|hasn't|not) (?:had|been|caught) (?:a cold|any (?:colds?|infections?|bugs?)|ill|poorly)"
        r" (?:lately|recently|in (?:weeks|months|ages)|for (?:weeks|months|ages))\b",
        ("recent_infection",),
    ),
    (
        r"\b(?:nobody|no one|none)(?: else)? (?:in|of) (?:my|our|the|his|her) (?:family|relatives|relations)"
        r"(?: has| have| had|'s)?(?: ever)?(?: had| got)? cancer\b|\bno cancer in (?:my|our|the|his|her) family\b",
        ("family_cancer",),
    ),
    (
        r"\b(?:blood tests?|bloods|test results?|tests|scans?|x-?rays?|results)(?:'s| all)?(?: (?:was|were|came back|"
        r"are|is|have been|"
        r"came out))+(?: all| perfectly| completely)? (?:normal|fine|clear|ok|okay|good|spot on)\b"
        r"(?! (?:except|apart|but|bar|other))",
        ("abnormal_report",),
    ),
    (
        r"\b(?:smear|smear test|cervical screening|pap(?: smear| test)?)(?:'s)? (?:was|came back|is|were)(?: all)? "
        r"(?:normal|clear|"
        r"negative|fine|ok)\b",
        ("abnormal_smear",),
    ),
    (
        r"\b(?:mammogram|breast scan|breast ultrasound)(?:'s)? (?:was|came back|is)(?: all)? (?:normal|clear|"
        r"negative|fine|ok)\b",
        ("breast_scan_abnormal",),
    ),
    (
        r"\b(?:heartbeat|heart beat|pulse|heart rhythm|heart rate)(?:'s| is| feels?)(?: nice and| quite| perfectly| "
        r"still)? (?:regular|"
        r"steady|even)\b|\bheart (?:beats|is beating|goes|ticks)(?: along)? (?:regularly|steadily|evenly|regular)\b",
        ("irregular_heartbeat",),
    ),
    (
        r"\beat(?:s|ing)? and drink(?:s|ing)?(?: (?:like|as))? (?:normal|normally|usual|always|fine|well|plenty|ok)\b",
        ("loss_of_appetite", "child_not_drinking"),
    ),
    (
        r"\b(?:guzzl(?:es|ing)|gulp(?:s|ing)|wolf(?:s|ing)|demolish(?:es|ing)|necking) (?:down )?(?:his|her) (?:milk|"
        r"bottles?|feeds?|"
        r"food)\b|\bdrinks? (?:all )?(?:his|her) (?:juice|milk|water|bottles?)\b(?! (?:less|slow|but))",
        ("poor_feeding",),
    ),
    (
        rf"{NOT} (?:bring|brings|bringing|brought) (?:(?:his|her|the|any) )?(?:milk|feeds?|bottles?) "
        rf"(?:back )?up\b|"
        rf"{NOT} (?:bring|brings|bringing|brought) up (?:his|her|the|any) (?:milk|feeds?)\b|{NOT} (?:spit|spits|"
        rf"spitting) up\b",
        ("spitting_up",),
    ),
    (
        r"\brunning (?:about|around|round)(?: (?:the (?:park|garden|house|room|place|playground|waiting room)|like "
        r"normal|as usual))?"
        r"\b(?! (?:in circles|after))",
        ("less_active_child",),
    ),
    (
        r"\b(?:cuddles?|dummy|rocking|being held|singing) (?:stops|calms|settles|soothes|quietens)(?: (?:him|her|the "
        r"crying|it))?"
        r"(?: down)?\b|\bstops crying (?:when|if|once|as soon as)\b|\b(?:is |can be |easily )(?:comforted|soothed|"
        r"consoled|calmed)"
        r"(?: (?:by|with) \w+)?\b",
        ("inconsolable_crying",),
    ),
    (
        r"\b(?:chest|ribs|tummy|skin)(?: \w+){0,3} (?:isn't|aren't|not|is not|are not) (?:sucking|pulling|going|"
        r"caving|drawing|"
        r"dipping) in\b|\bno (?:sucking|pulling|drawing) in\b",
        ("chest_indrawing",),
    ),
    (
        r"\b(?:he|she)(?:'s| is| stays?) dry (?:day and night|both day and night|by day and (?:by )?night)\b",
        ("bed_wetting",),
    ),
    (
        r"\b(?:had|got) (?:every|each|all the) (?:vaccinations?|jabs?|vaccines?|injections?|shots?)(?: (?:going|he "
        r"should(?: have)?|she "
        r"should(?: have)?|on time|so far|due))?\b",
        ("vaccines_missing",),
    ),
    (
        r"\b(?:i|he|she) (?:do |does |really )?(?:look|looks) forward to (?:my|his|her|seeing|going|every|the)\b(?! "
        r"(?:end|death))",
        ("loss_of_interest",),
    ),
    (
        r"\b(?:den(?:y|ies|ied)|no (?:wish|desire|intention|plans?)|not|don't|doesn't|never) (?:wanting|want|wish|"
        r"wishing|thinking about|"
        r"thinking of|to|of)+ ?(?:to )?(?:hurt(?:ing)?|harm(?:ing)?|kill(?:ing)?) (?:myself|himself|herself|"
        r"themselves)\b",
        ("suicidal_thoughts",),
    ),
    (r"\b(?:no|not hearing any|never hear(?:d)? any) voices\b(?! raised)", ("hearing_voices",)),
    (
        r"\bno (?:illegal |street |recreational |other |hard )?drugs\b(?! (?:for|allerg|work|help))|\b(?:i'm|he's|"
        r"she's|been) "
        r"(?:completely )?clean\b(?=[^.;!?]{0,14}(?:drugs|months|years|$|[.,]))",
        ("drug_use",),
    ),
    (
        r"\bnever (?:laid a finger|raised a (?:hand|finger)|lifted a (?:hand|finger))(?: (?:on|to|against) (?:me|"
        r"us))\b|\bgood to me\b"
        r"(?! that)",
        ("unsafe_at_home",),
    ),
    (
        r"\b(?:inhaler|puffer|pump|ventolin|salbutamol) (?:sorted|fixed|settled|cleared|helped|eased|worked)(?: (?:it|"
        r"me|him|her))?\b",
        ("inhaler_not_helping",),
    ),
    (
        r"\b(?:the same|no different|no worse) (?:whether|if) (?:i'm |i am |i )?(?:lie|lying|lay|stand|sit)\w*(?: "
        r"(?:down|up|or \w+))*\b"
        r"(?=[^.;!?]{0,30}\bhead)",
        ("headache_worse_lying",),
    ),
    (r"\b(?:my|the) usual migraine\b|\bnothing new about (?:it|the headache|this headache)\b", ("headache_new",)),
    (r"\b(?:on )?both sides of (?:my|his|her) head\b(?! (?:are|is) numb)", ("headache_one_side",)),
    (
        r"\b(?:he's|she's|he is|she is|baby's|baby is) (?:very |so |really |quite |still )*(?:bright|smiley|playful|"
        r"cheeky|giggly|lively|"
        r"bouncy|active)\b(?: and \w+)?(?! (?:red|yellow|pink|eyes))",
        ("less_active_child",),
    ),
    (
        r"\b(?:his|her) (?:normal|usual|old|happy|cheeky|bouncy|own)(?: (?:happy|cheeky|bouncy|old|lively))? self\b|"
        r"\bsmil(?:es|ing) (?:at|"
        r"away)\b(?: (?:me|us))|\bfull of (?:smiles|mischief)\b",
        ("less_active_child",),
    ),
    (
        r"\b(?:he|she) (?:eats|drinks|sleeps)(?:,| and) (?:eats|drinks|plays|sleeps)(?:,? and (?:eats|drinks|plays|"
        r"sleeps))?\b"
        r"(?! (?:less|little|badly|poorly))",
        ("loss_of_appetite", "less_active_child"),
    ),
    (
        r"\bhold(?:s|ing)? (?:(?:all )?(?:his|her|the) (?:feeds?|milk|bottles?|food)|everything|it all) down\b",
        ("vomiting", "spitting_up"),
    ),
    (
        r"\b(?:nobody|no one)(?:'s| has) (?:ever )?(?:hurt|hit|smacked|shaken|touched) (?:him|her|the (?:kids?|"
        r"children|baby|child))\b",
        ("abuse_concern",),
    ),
    (
        r"\b(?:talks?|walks?|develop\w*|grow\w*|does everything|plays?)(?: and \w+)? (?:just )?like (?:the |all the |"
        r"any )?(?:other|others)"
        r"(?: (?:kids|children|babies))?(?: (?:his|her) age)?\b",
        ("growth_concern",),
    ),
    (rf"{NOT} (?:take|taken|need|use|taking) anything for (?:the |my )?pain\b", ("painkillers_use",)),
    (
        r"\b(?:the same|just the same|no different) (?:by )?day (?:and|or|as) (?:by )?night\b|\bno (?:worse|"
        r"different) at night\b",
        ("worse_at_night",),
    ),
    (
        r"(?:(?<=lump )|(?<=lump just )|(?<=lump really ))(?:doesn't|won't|does not|will not) (?:budge|shift|move)\b",
        ("lump_moves",),
    ),
    (
        r"\bgo(?:ing)? to the (?:loo|toilet) (?:like|as) (?:normal|usual|always|before)\b|\bgo(?:ing)? to the (?:loo|"
        r"toilet) (?:normally|fine)\b",
        ("bladder_bowel_change",),
    ),
    (
        r"\b(?:breast-?feed(?:s|ing)?|feed(?:s|ing)?|nurs(?:es|ing)|eats)(?:,? (?:and )?(?:drinks|drinking|plays|"
        r"playing|sleeps|sleeping))*"
        r"(?: is| goes| going| is going|'s going)? (?:really |very |pretty |so )?(?:well|great|fine|ok|okay|"
        r"brilliantly|beautifully|lovely|"
        r"as (?:always|usual|normal)|like (?:a (?:champ|champion|dream|trooper|horse)|the rest|always)|every (?:two|"
        r"three|four|2|3|4) hours)\b",
        ("poor_feeding",),
    ),
    (
        r"(?:\b(?:he's|she's|is|still|and)|,) (?:still )?eating(?:,| and) (?:and )?drinking\b(?! (?:less|little|"
        r"nothing|makes|hurts|is))",
        ("loss_of_appetite", "child_not_drinking"),
    ),
    (
        r"\bnappies(?:'re| are| is| have been)?(?: all| still)* (?:normal|fine|as usual|as normal|ok|regular)\b|"
        r"\b(?:five|six|seven|eight|nine|"
        r"lots of|plenty of|\d)(?: (?:or|to) \w+)? wet (?:nappies|diapers)\b|\bwetting (?:plenty of|lots of|all|his|"
        r"her|loads of)(?: (?:his|"
        r"her))? (?:nappies|diapers)\b",
        ("fewer_wet_nappies",),
    ),
    (
        r"\b(?:they|voices|it|he) (?:don't|doesn't|never|do not) (?:tell|order|ask) me (?:to do (?:anything|things)|"
        r"what to do|to hurt|to harm)"
        r"(?: \w+)?\b",
        ("command_voices",),
    ),
    (r"\bmood(?:'s| is| has been|'s been) (?:level|stable|even|steady)\b", ("low_mood",)),
    (
        r"\b(?:fine|well|good|okay|ok|bright|happy) in (?:her|him)self\b|\b(?:he|she) runs (?:around|about|round)\b|"
        r"\bbossing (?:his|her|everyone)\b",
        ("less_active_child",),
    ),
    (
        r"\b(?:jabs|vaccinations|injections)(?:'re| are|'ve been| have been)? (?:all )?(?:done|had|up to date)\b",
        ("vaccines_missing",),
    ),
    (
        r"\b(?:he|she)(?:'s| is) (?:gaining|growing)(?: (?:weight|well|nicely|fine))?(?= *(?:$|[.,;!?]|and\b))",
        ("growth_concern",),
    ),
    (rf"{NOT} (?:whoop|whooping)\b|\bno whoop(?:s|ing)?\b", ("whooping_cough",)),
    (r"\b(?:not|isn't|never|n't) a (?:spot|mark) on (?:him|her|me)\b", ("rash",)),
)
HOME_FUNCTIONS = undenied(_FUNCTIONS)
