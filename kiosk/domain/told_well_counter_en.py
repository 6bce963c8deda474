"""What English speakers say is well in a few words: the nappy, the skin, where a pain does not go.

Read beside domain/what_works_en.py: each says what is well and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import NOT, Functions, undenied

_CLOSES = r"(?= *(?:$|[.;!?]|,(?! but)|and\b))"
_WHERE_TO = r"(?:my |the |his |her )?(?:left |right |either |both )?(?:arms?|jaws?|neck|back|shoulders?|hands?|side)"
_AS_EVER = r"(?:as (?:many|much|often) (?:\w+ )?as (?:ever|usual|always|before|normal)|the usual (?:number|amount))"

_FUNCTIONS: Functions = (
    (
        rf"\bnot (?:down|into|up|to) {_WHERE_TO}"
        rf"(?:,? (?:or|and|nor|not) (?:down |into |up |to |in )?{_WHERE_TO})*\b(?=[^.;!?]*$|[.,;!?])",
        ("chest_pain_radiating",),
    ),
    (
        rf"\b(?:wetting|filling|soaking|going through|getting through) {_AS_EVER}(?= nappies|\b)|"
        rf"\bas many (?:wet )?(?:nappies|diapers) as (?:ever|usual|always|before|normal)\b",
        ("fewer_wet_nappies",),
    ),
    (
        r"\b(?:periods?|monthl(?:y|ies)) (?:and|are|is|like|come|comes|as)(?: \w+){0,3} (?:clockwork|regular)\b|"
        r"\bregular as clockwork,? (?:with )?(?:my )?(?:periods?|monthl(?:y|ies))\b",
        ("irregular_period",),
    ),
    (
        r"\b(?:nothing|not a thing|not anything|n't (?:see )?anything) (?:to see|to look at|to show|visible|showing) "
        r"on (?:my|the|his|her) skin\b|\bskin looks (?:normal|fine|clear)\b",
        ("rash",),
    ),
    (rf"\b(?:he|she|baby)(?:'s| is) (?:still )?feeding{_CLOSES}", ("poor_feeding",)),
    (
        r"\b(?:has|having|had|plenty of|lots of|loads of|still|good)(?: got| had)? (?:\w+ )?wet (?:nappies|diapers)\b",
        ("fewer_wet_nappies",),
    ),
    (
        r"\b(?:can|could) (?:still )?feel (?:myself|it|everything|the paper|all of it|down there)"
        r"(?: (?:fine|ok|normally|all right))? when (?:i|he|she) (?:go|goes|wipe|wipes|pee|wee)\b",
        ("saddle_numbness",),
    ),
    (r"\bno shakes\b|\bneither the shakes\b", ("chills",)),
    (r"\b(?:nor|or) the sweats\b", ("sweating",)),
    (r"\bheart(?:'s| is) ticking (?:along|over|away)(?: (?:nicely|fine|well|normally))?\b", ("palpitations",)),
    (
        r"\bnever (?:smoked?,? (?:and |or |nor )?(?:never )?)?(?:drank|drunk|touched a drop)\b(?! (?:it|any|the))",
        ("heavy_alcohol",),
    ),
    (
        r"\bup[- ]to[- ]date with (?:all )?(?:my|his|her|the) (?:jabs|vaccin\w+|immuni\w+|shots)\b",
        ("vaccines_missing",),
    ),
    (rf"{NOT} (?:been )?sleeping (?:badly|poorly)\b", ("insomnia",)),
    (rf"{NOT} (?:been )?(?:drinking|drink) (?:any )?more than (?:usual|normal|before)\b", ("thirst",)),
    (
        r"\bno (?:problems?|trouble|bother) (?:with )?(?:weeing|peeing|having a wee|passing water)\b",
        ("cannot_urinate",),
    ),
    (
        r"\bno (?:problems?|trouble|bother) (?:with )?(?:(?:weeing|peeing) (?:or|and) )?"
        r"(?:pooing|pooping|having a poo)\b",
        ("constipation",),
    ),
    (
        r"\b(?:peeing|weeing|passing water)(?:'s| is) (?:fine|ok|okay|all right|normal|no bother)\b",
        ("painful_urination",),
    ),
    (r"\bseeing (?:fine|ok|okay|normally|clearly|perfectly)\b", ("vision_change",)),
    (r"\bcan (?:still )?taste (?:my|his|her|the)? ?(?:food|everything|things|tea|coffee)\b", ("loss_of_smell",)),
    (
        r"\bwet nappies galore\b|\bwetting (?:plenty|lots|loads) of nappies\b|"
        r"\bstill (?:weeing|peeing) (?:loads|plenty|lots|fine|normally|as usual)\b",
        ("fewer_wet_nappies",),
    ),
    (
        r"\b(?:breast-?)?feed(?:ing|s)(?:'s| is| goes| is going| going)?(?: (?:really|very|quite|pretty|ever so))? "
        r"(?:well|like a (?:champion|champ|dream|trooper|good 'un)|every (?:two|three|four|couple of) hours)\b",
        ("poor_feeding",),
    ),
    (
        r"\bruns? (?:about|around|round) (?:like|with|as much as) (?:the rest|the others|any of them)\b",
        ("less_active_child",),
    ),
    (
        r"\b(?:cut|wound|scratch|bite|gash|burn|graze) (?:isn't|is not|wasn't|'s not) "
        r"(?:very |that |too |all that )?deep\b",
        ("deep_wound",),
    ),
    (r"\b(?:didn't|did not|never|hasn't|has not) (?:actually )?bite (?:me|him|her|us|anyone)\b", ("animal_bite",)),
    (
        r"\b(?:he|she|i) (?:can )?hears? (?:okay|ok|fine|well|all right|perfectly)\b|\bhears (?:okay|ok|fine)\b",
        ("hearing_loss",),
    ),
    (r"\bnot yellow\b(?! (?:phlegm|snot|stuff|muck|any))", ("jaundice",)),
    (r"\bnot worried(?: about (?:it|anything|owt|that))?(?= *(?:$|[.,;!]))", ("anxiety",)),
    (
        r"\bnothing (?:going |running |shooting )?(?:down|into|in|up) my (?:left |right )?(?:arms?|jaw|neck)\b",
        ("chest_pain_radiating",),
    ),
    (r"\bsense of smell(?:'s| is) (?:intact|fine|normal|ok|okay|good)\b", ("loss_of_smell",)),
    (
        r"\bi can breathe(?: (?:fine|ok|okay|all right|easily))?"
        r"(?= *(?:$|[.;!]|,(?! (?:but|only|just|barely|though))))",
        ("shortness_of_breath",),
    ),
    (
        r"\bno (?:problems?|trouble|bother) (?:with (?:the )?stairs|on (?:the )?stairs|climbing (?:the )?stairs)\b",
        ("breathless_on_effort",),
    ),
    (r"\bno (?:problems?|trouble|bother) lying flat\b", ("orthopnoea",)),
    (rf"{NOT} losing (?:any )?blood\b", ("bleeding",)),
    (rf"{NOT} (?:use|used|share|shared|inject|injected) (?:needles|drugs)\b", ("iv_drug_use",)),
    (r"\bno (?:slime|mucus|jelly),? (?:or|and|nor) blood\b", ("stool_mucus", "bloody_stool")),
    (r"(?<=slime )or blood\b|(?<=mucus )or blood\b", ("bloody_stool",)),
    (r"\bno (?:more |further )?(?:fits|seizures|convulsions)\b", ("seizure",)),
    (r"\bsugars?(?:'s|'ve| has| have)? never been (?:a problem|an issue|a bother|high|up)\b", ("diabetes_history",)),
    (r"\bno (?:bother|problems?|issues?) (?:with )?(?:my |his |her )?breathing\b", ("shortness_of_breath",)),
    (
        rf"{NOT} (?:actually |really |ever )?(?:gone over|keeled over|gone down|hit the (?:deck|floor)|blacked out)"
        r"(?= *(?:$|[.,;!?]|but\b|or\b|and\b))",
        ("fainted",),
    ),
    (r"\bperiods? ?(?:\?|:|,)? ?(?:like clockwork|regular as clockwork)\b", ("irregular_period",)),
    (
        r"\b(?:slept|sleeps|sleeping) (?:right |straight )?through(?= *(?:$|[.,;!]|and\b|the night\b|till\b))",
        ("insomnia",),
    ),
    (
        r"\bcan be (?:settled|comforted|soothed|calmed)\b|\b(?:he|she|baby) settles (?:when|with|if|once|for)\b",
        ("inconsolable_crying",),
    ),
    (
        r"\bhearing (?:was|has been|got|'s been)? ?(?:tested|checked)(?:,)? (?:and )?"
        r"(?:it's |it was |it came back |came back |that's )?(?:fine|normal|ok|okay|good)\b",
        ("hearing_loss",),
    ),
    (r"\bno (?:trouble|problems?|bother) with (?:my|his|her) eyes\b", ("vision_change",)),
    (r"\bno (?:face |facial |sign of )?droop(?:ing)?\b", ("face_droop",)),
    (r"\bno (?:blood )?thinners\b|\bnothing (?:for|to thin) my blood\b(?! (?:pressure|sugars?))", ("anticoagulant",)),
)
COUNTER_FUNCTIONS = undenied(_FUNCTIONS)
