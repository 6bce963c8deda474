"""What English speakers say works ("my speech is fine", "sleeping well"), and the findings that this denies."""

from __future__ import annotations

import re

_FINE = (
    r"(?:(?:is|are|'s|seems?|has been|have been|feels?|all|both|perfectly|completely|totally|"
    r"still|just|absolutely|quite|always|has always|'s always|"
    r"pretty|otherwise|been|working|also|stays?|stayed)\s+)*"
    r"(?:fine|normal(?:ly)?|ok|okay|all right|alright|unchanged|regular|unaffected|intact|"
    r"(?:as|like) (?:usual|normal|always)|"
    r"as (?:good|clear|sharp|strong) as (?:ever|always)|the same(?: as (?:usual|always|before|"
    r"ever))?(?! (?:size|colou?r|pain|thing|place|spot|way|time))|clear|"
    r"good|great|no problem|not a problem|no different)\b"
)
_IS_FINE = rf"(?:'s)? {_FINE}"
"""The 's may belong to what is fine: my sleep's fine."""

_DOING = (
    r"\s+(?:and \w+\s+)?(?:fine|normally|well|ok|okay|all right|alright|as usual|as normal|"
    r"like normal|happily|properly)\b"
)
_CAN = r"\bcan (?:still )?"
_ABLY = (
    r"(?: (?:fine|normally|properly|clearly|well|ok|okay|all right|easily|"
    r"without (?:any )?(?:trouble|pain|problems?|difficulty)))"
)
_NOT_LIVELY = (
    r" (?:up|less|on my|a|an|the|with|football|tennis|sports?|in|at|out|cards|golf|rugby|basketball|guitar|piano|"
    r"games?)\b|-"
)
_ALSO = (
    r"(?:(?:,| and|, and) (?:speech|vision|hearing|appetite|weight|sleep|gait|memory|mood|bowels?|bladder|swallowing|"
    r"breathing|balance|sensation|power|coordination|energy))*"
)
_Functions = tuple[tuple[str, tuple[str, ...]], ...]
_FUNCTIONS: _Functions = (
    (
        rf"\b(?:speech|talking){_ALSO}{_IS_FINE}|\b(?:talking|speaking){_DOING}|"
        r"\b(?:normal|fluent|clear) speech|\bspeech (?:is|was|remains) fluent",
        ("speech_trouble",),
    ),
    (r"\b(?:afebrile|apyrexial|apyrexic)\b|\bnormal temperature", ("fever",)),
    (
        r"\b(?:fully |is |awake,? |remains |was )?alert(?:,| and)? (?:fully )?(?:oriented|orientated)|"
        r"\b(?:oriented|orientated) (?:to|in|x ?3)|\b(?:is|was|remains|fully) (?:oriented|orientated)\b|"
        r"\bgcs (?:of |is |was )?15\b",
        ("confusion",),
    ),
    (r"\b(?:is|was|remains|now|fully)(?: now)?(?: fully| wide)? (?:alert|awake)\b", ("drowsy",)),
    (
        r"\b(?:neurologically intact|no (?:focal )?neurological (?:deficits?|signs?|symptoms)|no focal deficits?)\b|"
        r"\bneurological(?:ly)? exam(?:ination)? (?:is|was) (?:normal|unremarkable)|\bnormal neurological exam",
        ("limb_weakness", "limb_numbness", "speech_trouble", "face_droop"),
    ),
    (
        rf"\b(?:power|strength|arms and legs|limbs|arms|legs)(?: in (?:all|both|the) \w+(?: limbs)?)?{_IS_FINE}|"
        r"\bnormal (?:power|strength|muscle strength)",
        ("limb_weakness",),
    ),
    (rf"\bsensation{_IS_FINE}|\bnormal sensation", ("limb_numbness",)),
    (
        rf"\b(?:bowels? and bladder|bladder and bowels?)(?: function| control)?{_IS_FINE}|"
        r"\bno (?:bowel or bladder|bladder or bowel|sphincter) (?:symptoms|disturbance|problems|dysfunction)",
        ("bladder_bowel_change",),
    ),
    (
        r"\b(?:came|come|comes) on (?:gradually|slowly)|\b(?:gradual|insidious) onset|\bgradually (?:came|built)",
        ("sudden_onset",),
    ),
    (
        rf"\bhearing{_ALSO}{_IS_FINE}|\bnormal hearing|nothing wrong with (?:my|his|her) (?:hearing|ears)|"
        rf"{_CAN}hear{_ABLY}",
        ("hearing_loss",),
    ),
    (
        rf"\b(?:vision|sight|eyesight){_ALSO}{_IS_FINE}|\bnormal (?:vision|eyesight)|"
        rf"{_CAN}see{_ABLY}|nothing wrong with (?:my|"
        rf"his|her) (?:vision|sight|eyesight)",
        ("vision_change",),
    ),
    (
        rf"\b(?:bowels?|bowel movements?|stools?|poos?|motions){_IS_FINE}|\b(?:pooing|"
        rf"pooping){_DOING}",
        ("diarrhoea", "constipation"),
    ),
    (
        rf"\bappetite{_ALSO}{_IS_FINE}|\b(?:good|normal) appetite|"
        rf"\beating{_DOING}|\beats (?:well|fine|normally)",
        ("loss_of_appetite",),
    ),
    (rf"\bbreathing{_IS_FINE}|{_CAN}breathe{_ABLY}|\bbreathing{_DOING}", ("shortness_of_breath",)),
    (rf"\bsleep{_IS_FINE}|\bsleeping{_DOING}|\bsleeps? (?:well|fine|like a log)", ("insomnia",)),
    (
        rf"\b(?:walking|gait){_ALSO}{_IS_FINE}|\bnormal gait|{_CAN}walk{_ABLY}|\bwalking{_DOING}",
        ("cannot_stand_walk",),
    ),
    (rf"\bmemory{_IS_FINE}", ("memory_loss",)),
    (
        r"\bremembers? (?:everything|it all|all of it|what happened|the (?:fall|accident|crash|event))",
        ("amnesia",),
    ),
    (rf"\bmood{_IS_FINE}|\bin good spirits", ("low_mood",)),
    (rf"\bswallowing{_IS_FINE}|{_CAN}swallow{_ABLY}", ("trouble_swallowing",)),
    (
        rf"\b(?:feeding|breastfeeding|feeds){_DOING}|\bfeeds?{_IS_FINE}|\btaking (?:his|"
        rf"her) (?:bottles?|feeds?|milk) ",
        ("poor_feeding",),
    ),
    (rf"\btemp(?:erature)?{_IS_FINE}|\bno temp(?:erature)?\b", ("fever",)),
    (
        r"(?<!t )(?<!to )(?<!cannot )(?<!not )(?<!barely )(?<!hardly )(?:speaks?|speaking|talks?|talking) in "
        rf"(?:full|whole|complete) sentences|{_CAN}(?:finish|complete|get out|say) (?:my |his |her |a |"
        r"whole |full )*sentences?\b",
        ("cannot_speak_sentence",),
    ),
    (r"\bbreathing's (?:fine|ok|okay|normal|good|all right)\b", ("shortness_of_breath",)),
    (
        r"\b(?:lips?|lips and (?:nails|fingers)) (?:is|are|look|looks) (?:an? )?(?:pink|normal|fine|good|healthy)\b",
        ("cyanosis",),
    ),
    (
        r"\b(?:perfectly|fully|completely|quite|is|remains|and) alert\b(?!,? (?:and )?(?:fully )?orient)|"
        r"\balert and (?:chatty|talking|responsive|interactive|cooperative|comfortable|well)\b",
        ("drowsy",),
    ),
    (
        r"(?:n't|\bnot|\bno|\bnever)(?: (?:been|had|any|recent|recently|done|made|gone))* (?:abroad|"
        r"travel(?:l?ed|ling)?|trips? abroad|foreign travel|overseas)\b",
        ("malaria_travel",),
    ),
    (
        r"(?:n't|\bnot|\bno) (?:worse|brought on|triggered|related|made worse)(?: (?:with|by|on|to))* (?:exertion|"
        r"exercise|effort|walking|activity)\b|\bunrelated to (?:exertion|effort|exercise)\b",
        ("chest_pain_exertion",),
    ),
    (
        r"(?:n't|\bnot|\bwithout) (?:go|going|spread|spreading|radiate|radiating|radiation|travel)(?: \w+){0,2} (?:"
        r"arms?|jaw|neck|shoulders?|anywhere)\b|\b(?:does not|doesn't|did not|didn't) radiate\b|\bno radiation\b|"
        r"\bnon-?radiating\b",
        ("chest_pain_radiating",),
    ),
    (
        r"\b(?:no ?one|nobody|none)(?: in (?:my|the|his|her) family)? (?:has |have |had )?(?:died|dropped dead) "
        r"(?:young|suddenly|early)\b",
        ("family_sudden_death",),
    ),
    (
        r"\bno (?:recent )?(?:\w+,? (?:or )?)?(?:long )?(?:flights?|journeys?|immobili[sz]ation|long trips?)\b",
        ("immobile_long_trip",),
    ),
    (r"\bno (?:recent )?(?:\w+,? (?:or )?)?(?:operations?|surgery|surgeries)\b", ("recent_surgery",)),
    (
        r"(?:n't|\bnot) (?:hurt|sore|painful|tender)(?: \w+){0,2} (?:when|if|to) (?:i |you |he |she )?(?:press|touch|"
        r"push|palpat)\w*",
        ("chest_wall_pain",),
    ),
    (r"\bno (?:personal |family )?history of (?:\w+ (?:\w+ )?or )?(?:blood )?clots?\b", ("clot_history",)),
    (r"\bno (?:personal|family)(?: or (?:personal|family))? history of bleeding\b", ("bleeding_disorder",)),
    (
        rf"\b(?:playing|plays|running (?:around|about)|bouncing (?:around|about)|lively|his usual self|her usual self|"
        rf"otherwise (?:happy|himself|herself|well in (?:him|her)self)|happy (?:otherwise|in (?:him|her)self))"
        rf"(?!{_NOT_LIVELY})",
        ("less_active_child",),
    ),
    (r"\bcan (?:still )?open (?:my|his|her) mouth\b(?! (?:only|a (?:little|bit|crack)|half))", ("trismus",)),
    (
        r"\b(?:n't|not)(?: (?:feel|feeling|been|being|at all|even))? sick\b(?! of|ly|er)|"
        r"\bno (?:sickness|queasiness)\b",
        ("nausea",),
    ),
    (r"\b(?:n't|not)(?: (?:feel|feeling|been|at all|particularly))? (?:sleepy|drowsy)\b", ("drowsy",)),
    (rf"\b(?:periods?|menses|(?:menstrual )?cycles?){_IS_FINE}", ("irregular_period",)),
    (
        r"\bcan (?:still )?(?:lie|sleep) (?:down )?flat\b|\bsleeps? flat\b|\blying flat is (?:fine|ok|"
        r"no problem)",
        ("orthopnoea",),
    ),
    (
        r"\b(?:didn't|did not|didnt|never|hasn't|haven't|has not|have not) (?:actually )?(?:fall|fallen|fell)\b"
        r"(?: over| down)?(?! asleep| ill| pregnant| in love)",
        ("fall",),
    ),
    (r"\b(?:i'm|i am|he's|she's|he is|she is|baby's|baby is|child is) not (?:hot|feverish)\b", ("fever",)),
    (r"\bno ringing\b", ("tinnitus",)),
    (
        r"\b(?:nobody|no one|none)(?: else)?(?: (?:at|in|around|of|from) (?:(?:my|the|our|his|her) )?\w+)? (?:is|"
        r"are|has been|was|gets?|has got) "
        r"(?:ill|sick|unwell|poorly|coughing|like this)\b",
        ("infection_contact",),
    ),
    (
        r"\b(?:vaccin\w+|jabs|immuni[sz]ations?|shots) (?:is|are|all|fully|still|\s)*(?:up[- ]to[- ]date|complete|"
        r"current)\b|"
        r"\bfully (?:vaccinated|immuni[sz]ed)\b|\bhad all (?:his|her|my|their) (?:jabs|vaccin\w+|shots)\b",
        ("vaccines_missing",),
    ),
    (r"\balert(?:,| and) (?:fully )?orient(?:at)?ed\b|\balert and awake\b|\boriented (?:x ?\d|to)\b", ("confusion",)),
    (r"\bspeech (?:is )?(?:fluent|intact|unimpaired)\b", ("speech_trouble",)),
    (
        r"\b(?:can|able to) (?:still )?(?:bear|take|put) (?:his |her |my |"
        r"full )?weight\b(?! off)",
        ("cannot_bear_weight",),
    ),
    (
        r"\b(?:no|without)(?: any| obvious)? deformity\b|\b(?:not|isn't|ain't|aint|isnt) (?:bent|crooked|misshapen)\b",
        ("limb_deformity",),
    ),
    (rf"\b(?:opens|opening) (?:my|his|her) mouth{_IS_FINE}|\bmouth opens{_IS_FINE}", ("trismus",)),
    (rf"\b(?:swallows|swallow){_IS_FINE}|\b(?:swallows|swallow) normally\b", ("trouble_swallowing",)),
    (r"\b(?:full|normal) strength\b|\bstrength (?:is )?(?:full|normal|intact|5/5)", ("limb_weakness",)),
    (r"\bsee (?:just )?as (?:clearly|well) as (?:ever|before|usual|always)\b", ("vision_change",)),
    (r"\b(?:menses|menstrual cycles?|cycles?) (?:is|are) regular\b", ("irregular_period",)),
    (
        r"\b(?:baby|child|infant|he|she|son|daughter) (?:is |'s )?(?:still )?(?:feeding|nursing|"
        r"breastfeeding) (?:well|fine|normally|ok|happily)\b",
        ("poor_feeding",),
    ),
    (r"\b(?:no|denies|without) alcohol(?: use| intake)?\b", ("heavy_alcohol",)),
    (r"\b(?:afebrile|apyrexial|fever-free)\b", ("fever",)),
    (r"\b(?:anicteric)\b", ("jaundice",)),
    (rf"\b(?:blood pressure|bp){_IS_FINE}", ("high_blood_pressure_reading",)),
    (rf"\b(?:blood )?(?:sugars?|glucose){_IS_FINE}", ("high_blood_sugar",)),
    (
        r"\b(?:i|we|he|she|patient)(?:'ve)? (?:don't|dont|do not|doesn't|doesnt|does not|never|hardly ever|hardly|"
        r"rarely)(?: really)? "
        r"(?:drink(?= *(?:$|[.;!)]|and (?:never|don't|i)|or smoke|alcohol|at all|, (?:don't|doesn't|smoke|and|"
        r"never|or)))|"
        r"(?:smoke or drink|touch alcohol))|\b(?:teetotal|non-?drinker)\b",
        ("heavy_alcohol",),
    ),
    (
        r"\b(?:still|i'm|he's|she's|is|am|can) (?:still )?(?:able to )?pass(?:ing)? (?:wind|gas|flatus)\b",
        ("no_stool_or_gas",),
    ),
    (
        r"(?<!n't )(?<!not )\b(?:opened (?:(?:my|his|her) )?bowels|bowels (?:were |last )?opened)"
        r"(?: fine| normally)? (?:this morning|today|yesterday|last night)",
        ("constipation", "no_stool_or_gas"),
    ),
    (
        rf"\b(?:passing (?:urine|water)|peeing|weeing|urinating){_DOING}|"
        rf"{_CAN}(?:pee|wee|urinate|pass (?:urine|water)){_ABLY}",
        ("cannot_urinate", "no_urine_12h"),
    ),
    (
        r"\b(?:can|(?:is|am|still) able to|managing to|i'm|he's|she's|is|am) (?:still )?keep(?:ing)? "
        r"(?:fluids|water|food|liquids|drinks|everything|it all) down",
        ("repeated_vomiting",),
    ),
    (
        r"\b(?:my|his|her|the) weight (?:is |has been |has |stays? )?(?:stable|steady|unchanged|the same)",
        ("weight_loss",),
    ),
    (r"(?<!not )(?<!n't )(?<!less )\balert(?: and orient(?:at)?ed)?\b", ("drowsy",)),
    (r"(?<!not )(?<!n't )\balert and orient(?:at)?ed\b", ("confusion",)),
)
_NOTHING_WRONG = (
    r"\b(?:nothing (?:is )?wrong|no (?:problems?|trouble|issues?|difficulty|"
    r"concerns?)(?: at all)?) with (?:my|his|her|the) "
)
_FUNCTIONS += (
    (rf"{_NOTHING_WRONG}(?:breathing|lungs)\b", ("shortness_of_breath",)),
    (rf"{_NOTHING_WRONG}(?:speech|talking)\b", ("speech_trouble",)),
    (rf"{_NOTHING_WRONG}(?:appetite|eating)\b", ("loss_of_appetite",)),
    (rf"{_NOTHING_WRONG}(?:sleep|sleeping)\b", ("insomnia",)),
    (rf"{_NOTHING_WRONG}(?:memory)\b", ("memory_loss",)),
    (rf"{_NOTHING_WRONG}(?:walking|balance)\b", ("cannot_stand_walk",)),
    (rf"{_NOTHING_WRONG}(?:swallowing)\b", ("trouble_swallowing",)),
)
_FUNCTIONS += (
    (
        rf"{_CAN}(?:(?:walk|stand) on|put weight on|weight[- ]?bear)|\b(?:walking|walks|walk) on it\b|"
        r"\b(?:able to|manages? to) (?:bear weight|weight bear)|\bweight[- ]bearing (?:fully|normally|fine|ok)",
        ("cannot_bear_weight",),
    ),
    (
        r"\b(?:bends?|moves?|moving) (?:it )?(?:fine|ok|okay|normally|freely|well)\b|"
        r"\bcan (?:still )?(?:bend|move) (?:it|my|his|her)\b|\bfull (?:range of )?movement",
        ("cannot_move_joint",),
    ),
)
_WITH = (
    r"\b(?:nothing (?:is |'s )?wrong|(?:no|not any|n't (?:have|had|got) any|never any)"
    r" (?:problems?|trouble|issues?|difficulty|difficulties|bother|concerns?|complaints?)(?: at all)?) (?:with|when|"
    r"about) (?:my |his |her |the )?"
    r"(?:\w+(?:, (?:or |and )?(?:my |his |her |the )?| (?:or|and) (?:my |his |her |the )?)){0,3}?"
)
_ARE = r"(?:'s|'re| is| are| was| looks?| feels?| stays?)(?: still| all| both| quite| perfectly| nice and| nicely)*"
_FUNCTIONS += (
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
        r"regularly\b|\bregular as clockwork\b",
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
        r"\bnothing(?:'s| is| was| looks?)? broken\b|(?:n't|\bnot|\bno) (?:been )?(?:broken|"
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
        r"\b(?:taking|on|finishing|finishes|takes|drinks|drinking) (?:his|her|all his|all her) (?:bottles?|milk|feeds?)"
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
        r"\bbab(?:y|y's|y is) (?:is )?(?:moving|kicking|wriggling)(?: (?:around|about|away))? (?:plenty|lots|"
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
_FUNCTIONS += (
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
FUNCTIONS = tuple((re.compile(words), codes) for words, codes in _FUNCTIONS)
