"""Parts of the body and results of tests that English speakers call well ("my PSA came back normal").

Read beside domain/what_works_en.py: each says what is well and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import undenied

_MY = r"(?:my|his|her|our|their|the|both(?: my| his| her| the)?|mum's|dad's|baby's)"
_VERY = r"(?:(?:absolutely|perfectly|all|quite|totally|completely|still|just|pretty|also|otherwise|always|both) )*"
_OK = (
    r"(?:fine|ok|okay|all ?right|alright|good|great|grand|perfect|perfectly well|normal|spot on|comfortable|healthy|"
    r"right as rain|as right as rain|tip top|tickety boo|in good (?:shape|nick|order|condition|working order)|"
    r"no (?:bother|trouble|problem)s?|not a problem|giving me no (?:bother|trouble|grief))\b"
)
_ONLY_PARTLY = (
    r"(?! (?:in|at|most|some|on|during|after|with|as long|lying|sitting|resting|for (?:an?|the|about)|unless|except|"
    r"apart|bar|but (?:it|they|then|not|sore|hurts)|one day|enough|now and)\b)"
)
_IS = r"(?:'s|'re| is| are| feels?| feel| seems?| looks?| works?| has been| have been|'s been|'ve been)"
_NO_TROUBLE = (
    r"(?:\bnothing to do with|(?:n't|\bnot|\bnever|\bno|\bwithout)(?: (?:had|have|got|get|having|been having|any|"
    r"much|real))* "
    r"(?:trouble|bother|problems?|issues?|complaints?|worries|grief)(?: at all| whatsoever)? (?:with|from|in)|"
    r"\bnothing(?:'s| is|'s ever been| ever)? (?:wrong|the matter|up|amiss) with)"
)
_NOT_BOTHER = (
    r"(?: really)?(?: doesn't| don't| does not| do not| isn't| aren't| never| hasn't| haven't)(?: really| actually)? "
    r"(?:bother|bothers|bothering|bothered|trouble|troubles|troubling|troubled|played up|play up|playing up|"
    r"(?:give|gives|giving|given|cause|caused) (?:me |him |her )?(?:any |no )?(?:bother|trouble|grief|gyp|problems?))"
    r"(?: me| him| her)?(?! (?:much|that much|a lot|too much|all that|at|when|if|unless|so much|any ?more|as much))\b"
)
_PARTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:tummy|tum|belly|stomach)", ("abdominal_pain",)),
    (r"chest", ("chest_pain",)),
    (r"throat", ("sore_throat",)),
    (r"(?:(?<=my )|(?<=his )|(?<=her ))(?:lower )?back", ("back_pain",)),
    (r"neck", ("neck_pain",)),
    (r"shoulders?", ("shoulder_pain",)),
    (r"elbows?", ("elbow_pain",)),
    (r"(?:wrists?|(?<!other )(?<!right )(?<!left )hands?|fingers)", ("hand_wrist_pain",)),
    (r"hips?", ("hip_pain",)),
    (r"knees?", ("knee_pain",)),
    (r"(?:ankles?)", ("ankle_pain",)),
    (r"(?:feet|foot)", ("foot_pain",)),
    (r"(?:big )?toe", ("big_toe_pain",)),
    (r"(?:calf|calves)", ("calf_pain",)),
    (r"joints?", ("joint_pain",)),
    (r"(?:breasts|boobs)", ("breast_pain",)),
    (r"(?:balls|testicles|nuts and bolts)", ("testicular_pain",)),
    (r"(?:(?<=my )bottom|(?<=my )bum|back passage)", ("anal_pain",)),
    (r"(?:water ?works)", ("bladder_bowel_change",)),
    (r"(?:water ?works|bladder) and bowels?", ("bladder_bowel_change",)),
    (r"digestion", ("indigestion",)),
)
_RESULTS = (
    r"(?:'s|s'| (?:tests?|levels?|results?|bloods?|blood tests?|function|enzymes?|numbers?|readings?|scan|count|panel|"
    r"figures|checks?))*"
    r"(?: (?:was|were|is|are|came|come|comes|has|have|had|all|back|been|out|both|again|completely|perfectly|"
    r"absolutely)|'s|'re)+ "
    r"(?:normal|fine|clear|negative|ok|okay|all ?right|alright|good|in range|within range|within normal limits|perfect|"
    r"spot on)\b"
)
_TESTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"(?:psa|prostate)", ("prostate_marker_high",)),
    (r"(?:liver (?:tests?|function|enzymes?|bloods?|levels|numbers|results|panel)|lfts?)", ("liver_tests_high",)),
    (
        r"(?:kidneys? (?:tests?|function|bloods?|levels|numbers|results|panel)|creatinine|renal function|egfr)",
        ("kidney_tests_high",),
    ),
    (r"(?:thyroid (?:tests?|function|bloods?|levels?|numbers|results|panel)|tsh)", ("thyroid_tests_off",)),
    (r"(?:tumou?r markers?|cea|afp|ca ?-?125|ca ?19-?9)", ("tumour_marker_high",)),
    (r"(?:(?:full )?blood counts?|fbc|cbc)", ("blood_count_abnormal",)),
    (r"colonoscopy", ("bowel_polyp_found",)),
    (r"(?:gastroscopy|endoscopy)", ("stomach_scope_finding",)),
    (r"hiv", ("hiv",)),
    (r"pregnancy", ("pregnant",)),
)
_ORGANS: tuple[tuple[str, str], ...] = (
    (r"liver", "liver_disease_history"),
    (r"kidneys?", "kidney_disease_history"),
    (r"thyroid", "thyroid_history"),
    (r"cholesterol", "high_cholesterol_history"),
    (r"immune system", "immune_suppressed"),
    (r"prostate", "prostate_marker_high"),
)
_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(
        (
            rf"(?:\b{_MY} )?\b{part}{_IS} {_VERY}{_OK}{_ONLY_PARTLY}|"
            rf"(?:(?<![a-z] )|(?<=\band ))(?:\b{_MY} )?\b{part} {_VERY}{_OK}{_ONLY_PARTLY}|"
            rf"{_NO_TROUBLE} (?:{_MY} )?(?:\w+ (?:or|and) (?:{_MY} )?)?{part}\b{_ONLY_PARTLY}|\b{_MY} "
            rf"{part}{_NOT_BOTHER}|"
            rf"(?:\bno|n't (?:have|had|got)(?: any)?|\bnever (?:had|have)(?: any)?) {part} (?:trouble|bother|"
            r"problems?|issues?|"
            r"complaints?)\b",
            codes,
        )
        for part, codes in _PARTS
    ),
    *((rf"\b{test}{_RESULTS}", codes) for test, codes in _TESTS),
    *(
        (
            rf"\b{organ}(?:'s|'re| is| are| has been| have been|'s been)+ (?:always been )?{_VERY}{_OK}|"
            rf"{_NO_TROUBLE} (?:{_MY} )?{organ}\b|"
            rf"(?:\bno|n't (?:have|had|got)(?: any)?|\bnever (?:had|have)(?: any)?) {organ}(?: or \w+)? "
            r"(?:problems?|trouble|"
            r"issues?|disease|complaints?)\b",
            (code,),
        )
        for organ, code in _ORGANS
    ),
)
PART_FUNCTIONS = undenied(_FUNCTIONS)
