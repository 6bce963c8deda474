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
        rf"{NOT} (?:go|goes|going|spread|spreads|spreading|shoot|shooting|travel|travelling|move|moving|radiate|"
        rf"radiating) anywhere(?: else)?\b|\bnot (?:down|into|up|to) {_WHERE_TO}"
        rf"(?:,? (?:or|and|nor|not) (?:down |into |up |to |in )?{_WHERE_TO})*\b(?=[^.;!?]*$|[.,;!?])|"
        rf"\bstays? (?:put|in (?:the )?one (?:place|spot)|where it is)\b",
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
    (r"\bno (?:face |facial |sign of )?droop(?:ing)?\b", ("face_droop",)),
    (r"\bno (?:blood )?thinners\b|\bnothing (?:for|to thin) my blood\b", ("anticoagulant",)),
)
COUNTER_FUNCTIONS = undenied(_FUNCTIONS)
