"""Illnesses, operations, medicines and habits that English speakers say they have not, each in its own words.

Read beside domain/what_works_en.py: each says what is well and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import undenied

_NOT = r"(?:n't|\bnot|\bnever)"
_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        r"\bno (?:high )?blood pressure(?= *(?:$|[.,;!]|or\b|and\b))(?! (?:and|or) (?:tablets|pills|medicine))",
        ("hypertension_history",),
    ),
    (
        r"\bheart(?:'s| has)(?: always)? been (?:good|fine|strong|sound|healthy|perfect|ok|okay)\b",
        ("heart_disease_history",),
    ),
    (
        r"\b(?:never (?:had|have|suffered)(?: any| with)?|no|haven't (?:had|got)(?: any)?|don't have(?: any)?) "
        r"(?:high )?"
        r"(?:blood pressure|bp) (?:problems?|trouble|issues?)\b",
        ("hypertension_history",),
    ),
    (
        r"\b(?:nobody|no ?one|none of (?:us|them|my \w+)) (?:i know|i live with|i work with|around me|near me|at "
        r"home|at work|"
        r"in the (?:house|family|office)|else)? ?(?:has been|has had|has|is|was|'s|'s been|have been|have) (?:ill|"
        r"sick|unwell|"
        r"poorly|the same|it|anything)\b",
        ("infection_contact",),
    ),
    (
        r"\b(?:nobody|no ?one|none)(?: else)? in (?:the|my|our|his|her) family (?:with|has|had|have|has had|ever "
        r"had|suffers "
        r"from|died of)(?: any| had)? (?:heart (?:disease|trouble|problems?|attacks?)|coronary\w*)\b|"
        r"\bno (?:heart (?:disease|trouble|problems?|attacks?)) in (?:the|my|our) family\b",
        ("family_heart_disease",),
    ),
    (
        rf"{_NOT} (?:really )?(?:stay|staying|stayed) up(?: late)?\b|\bin bed (?:by|before) (?:nine|ten|eleven|half "
        r"(?:nine|"
        r"ten)|9|10|11)\b|\bget (?:my|a good|a solid) (?:eight|seven|8|7) hours\b",
        ("short_sleep",),
    ),
    (
        r"\b(?:blood pressure|bp)(?:'s| (?:is|has|been|reading|readings|always|at home|are))+ "
        r"(?:always been |always )?(?:perfect|fine|normal|good|ok|okay|all right|spot on|textbook)\b|"
        r"\b(?:blood pressure|bp) (?:was|came out|came back) (?:perfect|fine|normal|good|ok|okay|all right|spot on)"
        r"(?= (?:this morning|today|just now|at home|when i (?:took|measured|checked) it)\b)",
        ("high_blood_pressure_reading",),
    ),
    (
        r"\b(?:blood pressure|bp)(?:'s| has)(?: always been perfect| always been spot on| never been (?:high|up|a "
        r"problem|"
        r"raised))\b|\bnever had (?:any |a )?(?:trouble|bother|problems?|issues?) with (?:my )?(?:blood "
        r"pressure|bp)\b",
        ("hypertension_history",),
    ),
    (
        r"\b(?:still )?(?:got|have|has) (?:still )?(?:got )?(?:my|his|her) spleen\b(?! (?:out|removed|taken|problem))",
        ("no_spleen",),
    ),
    (
        r"\b(?:still )?(?:got|have|has) (?:still )?(?:got )?(?:both(?: of)?(?: my| his| her)?|two) kidneys\b|\bboth "
        r"(?:my |of my |his |her )?kidneys (?:are|work)\b",
        ("single_kidney",),
    ),
    (r"\bno history of (?:kidney )?stones\b", ("kidney_stone_history",)),
    (
        r"\b(?:all )?(?:my |his |her |the )?(?:joints|hips|knees|hip|knee)(?:'s| are| is)(?: all| both)? (?:my|his|"
        r"her) own\b|\ball (?:my|his|her) own "
        r"(?:joints|hips|knees)\b",
        ("joint_prosthesis",),
    ),
    (
        rf"{_NOT} (?:had |have |been )*(?:any |an )?(?:recent )?(?:operations?|surgery|surgeries|procedures)(?: "
        r"lately| "
        rf"recently| this year)?\b|{_NOT} (?:been |ever been )*(?:operated on|under the knife|cut open)\b",
        ("recent_surgery",),
    ),
    (
        rf"{_NOT} (?:been |gone )*(?:flown|flying|on (?:a|any) (?:planes?|flights?|long (?:flights?|journeys?|trips?|"
        rf"drives?)))\b|{_NOT} (?:been )?(?:travell?ed|travell?ing) (?:far|anywhere|lately|recently)\b|\bno "
        r"(?:recent )?"
        r"(?:long )?(?:flights?|journeys?|trips)\b",
        ("immobile_long_trip",),
    ),
    (
        rf"{_NOT} (?:ever )?(?:injected|inject|shot up) (?:anything|drugs|myself|stuff)\b|{_NOT} (?:ever )?(?:used|"
        r"touched|"
        r"shared) (?:a )?needles?\b",
        ("iv_drug_use",),
    ),
    (
        rf"{_NOT} (?:been )?(?:started|start|given|put on|taken|had|begun|changed|swapped|switched)(?: on)? (?:any|my)"
        r"(?: new| different)? (?:tablets?|medication|medications|medicines?|pills?|meds|drugs|prescriptions?)\b|"
        r"\bno new (?:tablets?|medication|medications|medicines?|pills?|meds|drugs)\b|"
        r"\bsame (?:old )?(?:tablets?|medication|medicines?|pills?|meds) (?:as|i've|for)\b|\bno change (?:in|to|of) my "
        r"(?:tablets?|medication|medicines?|pills?|meds)\b",
        ("new_medicine",),
    ),
    (
        r"\bno (?:history of )?(?:mental health|mental|psychiatric|psychological) (?:problems?|issues?|history|illness|"
        r"trouble|conditions?|health)\b|\bnothing (?:mental|psychiatric)\b",
        ("psychiatric_history",),
    ),
    (
        rf"{_NOT} (?:ever )?(?:touch|touched|had|smoked?|tried)(?: an?| a single| any)? (?:cigarettes?|fags?|"
        r"tobacco|cigs?|"
        r"ciggies?|cigars?|smokes?)\b|\b(?:non-?smoker|never[- ]smoker)\b",
        ("smoker",),
    ),
    (
        r"\b(?:look(?:s|ing)? after|do(?:es)? for|fend(?:s|ing)? for|dress(?:es)? and wash(?:es)?|wash(?:es)? and "
        r"dress(?:es)?) (?:myself|himself|herself)\b|\b(?:i'm|he's|she's|still|fully|completely) (?:very |quite |"
        r"fully )?"
        r"independent\b|\b(?:do|does) everything (?:for )?(?:myself|himself|herself)\b|"
        r"\b(?:manage|manages|cope|copes) (?:fine |well |perfectly well |all right )?(?:on my own|on his own|on her "
        r"own|by "
        rf"(?:myself|himself|herself))\b|{_NOT} need (?:any )?(?:help|looking after|carers)(?: at home| with|(?= *(?:$|"
        r"[.,;!])))|\bno help needed\b",
        ("frail_cannot_live_alone",),
    ),
    (
        r"\bno (?:bleeding|clotting) (?:problems?|disorders?|troubles?|tendenc(?:y|ies)|issues?)\b",
        ("bleeding_disorder",),
    ),
)
HISTORY_FUNCTIONS = undenied(_FUNCTIONS)
