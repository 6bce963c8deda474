"""What English speakers say works ("my speech is fine", "sleeping well"), and the findings that this denies."""

from __future__ import annotations

from kiosk.domain.told_well_counter_en import COUNTER_FUNCTIONS
from kiosk.domain.told_well_daily_en import DAILY_FUNCTIONS
from kiosk.domain.told_well_en import MORE_FUNCTIONS
from kiosk.domain.told_well_harm_en import HARM_FUNCTIONS
from kiosk.domain.told_well_head_en import HEAD_FUNCTIONS
from kiosk.domain.told_well_history_en import HISTORY_FUNCTIONS
from kiosk.domain.told_well_home_en import HOME_FUNCTIONS
from kiosk.domain.told_well_parts_en import PART_FUNCTIONS
from kiosk.domain.told_well_signs_en import SIGN_FUNCTIONS
from kiosk.domain.told_well_trunk_en import TRUNK_FUNCTIONS
from kiosk.domain.well_topics_en import TOPIC_FUNCTIONS

_FINE = (
    r"(?:(?:is|are|'s|seems?|has been|have been|feels?|all|both|perfectly|completely|totally|"
    r"still|just|absolutely|quite|always|has always|'s always|"
    r"pretty|otherwise|been|working|also|stays?|stayed)\s+)*"
    r"(?:fine|normal(?:ly)?|ok|okay|all right|alright|unchanged|regular|unaffected|intact|"
    r"(?:as|like) (?:usual|normal|always)|"
    r"as (?:good|clear|sharp|strong) as (?:(?:it|they) )?(?:ever|always)(?: (?:was|were|been))?|the same(?: as "
    r"(?:usual|always|before|"
    r"ever))?(?! (?:size|colou?r|pain|thing|place|spot|way|time))|clear|"
    r"good|great|grand|perfect|spot on|sound|no problem|not a problem|no different|as (?:it|they) should(?: be)?)\b"
)
_IS_FINE = rf"(?:'s|\?)? {_FINE}"
"""The 's may belong to what is fine: my sleep's fine. So may a question: sleep? fine."""

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
    (r"\bhearing(?:'s| is| still| as)* (?:sharp|keen)\b", ("hearing_loss",)),
    (rf"\bears?{_IS_FINE}", ("ear_pain",)),
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
    (r"\bno (?:personal |family )?history of (?:\w+ (?:\w+ )?or )?(?:blood )?clots?\b", ("clot_history",)),
    (r"\bno (?:personal|family)(?: or (?:personal|family))? history of bleeding\b", ("bleeding_disorder",)),
    (
        rf"\b(?:playing|plays|running (?:around|about)|bouncing (?:around|about)|lively|his usual self|"
        rf"her usual self|"
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
    (
        rf"\b(?:periods?|menses|(?:menstrual )?cycles?)(?:{_IS_FINE}|(?:'s| is| are)(?: as)? regular)",
        ("irregular_period",),
    ),
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
        r"\b(?:no|without)(?: any| obvious)? deformity\b|\b(?:not|isn't|ain't|aint|isnt) (?:bent|crooked|"
        r"misshapen)\b",
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
FUNCTIONS = (
    *_FUNCTIONS,
    *MORE_FUNCTIONS,
    *HEAD_FUNCTIONS,
    *HARM_FUNCTIONS,
    *HOME_FUNCTIONS,
    *TRUNK_FUNCTIONS,
    *TOPIC_FUNCTIONS,
    *PART_FUNCTIONS,
    *DAILY_FUNCTIONS,
    *HISTORY_FUNCTIONS,
    *SIGN_FUNCTIONS,
    *COUNTER_FUNCTIONS,
)
