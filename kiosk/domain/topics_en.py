"""What English speakers deny of the thing they spoke of just before ("My ear hurts. Nothing's coming out of it")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kiosk.domain.matching import Match, MatchKind

_REACH = 130
"""Characters back to the thing that is spoken of."""

_ITS = r"(?:\b(?:it|they|that|there)(?:'s|'re| is| are| has| does| do)?(?: really| actually)?"
_NOT = r"(?:n't| not)"
_NO_HURT = (
    rf"{_ITS} ?{_NOT} (?:hurt|sore|painful|hurting|aching)\b(?! (?:much|that|too|very|so|badly|a lot|all))|"
    r"(?:\b(?:it|they) |(?<=[.;!?,] )|\band )(?:doesn't|don't|does not|do not) hurt\b(?! (?:much|that|too|very|"
    r"so|badly|a lot|all|when|if|"
    r"unless|now|any))|(?<![a-z] )\bno pain(?: (?:at all|whatsoever|in it|there|with it))?"
    r"(?= *(?:$|[.,;!]|but\b|and no\b)))"
)
_TOPICS: tuple[tuple[str, str, str], ...] = (
    (
        r"\bears?\b|\bearache\b",
        r"\bnothing(?:'s| is| has| has been)? (?:coming|come|comes|running|leaking)(?: out)?(?: of (?:it|there|them|"
        rf"the ears?))?\b|{_ITS} ?{_NOT} (?:leaking|running|discharging|weeping|oozing|draining)\b)|"
        r"\bno (?:discharge|fluid|pus|gunk)(?: (?:from|out of|coming) (?:it|the ear|out))?\b",
        "ear_discharge",
    ),
    (
        r"\b(?:vision|sight|eyesight|eyes?|see|seeing)\b",
        rf"{_ITS} ?{_NOT} (?:double|doubled)\b)|\bnot double\b|\bno double\b",
        "double_vision",
    ),
    (
        r"\b(?:wound|cut|bite|burn|sting|scratch|graze|stitches|scar|insect bite|blister|boil|toe|finger)\b",
        rf"{_ITS} ?{_NOT} (?:red|hot)(?: (?:and|or) \w+)? (?:around|round)(?: (?:it|the edges?|the outside))?\b)|"
        r"\bno red(?:ness)? (?:around|round) (?:it|the edges?)\b|\b(?:the |no )?red(?:ness)? (?:isn't|is not|hasn't|"
        r"has not|not) (?:spread|spreading)\b",
        "skin_redness_spreading",
    ),
    (
        r"\b(?:wound|cut|gash|slice|sliced|nick|stab|scratch|bite)\b",
        rf"{_ITS} ?{_NOT} (?:very |that |too )?deep\b)|\bnot (?:very |that |too )?deep\b",
        "deep_wound",
    ),
    (
        r"\b(?:phlegm|sputum|cough\w*|spit|spitting|catarrh)\b",
        r"\bno blood in (?:it|that|the phlegm)\b|\bno blood(?: at all)?(?= *(?:$|[.,;!]))|\b(?:it's|it is) not "
        r"bloody\b|\bwithout (?:any )?blood\b",
        "haemoptysis",
    ),
    (
        r"\b(?:poos?|poop|stools?|diarrhoea|diarrhea|motions?|the runs|bowels?|constipat\w*|the loo|number twos?|"
        r"back passage)\b",
        r"\bno (?:blood|red)(?: (?:or|and) (?:mucus|slime))? in (?:it|them|that)\b|"
        r"\bno blood(?:,? (?:or|and|no) (?:mucus|slime))?(?: at all)?(?= *(?:$|[.,;!]))",
        "bloody_stool",
    ),
    (
        r"\b(?:vomit\w*|threw up|throwing up|chuck\w*|puk\w+|been sick|being sick|(?:the|my|his|her) sick|brought "
        r"up)\b",
        r"\bno blood in (?:it|that)\b|\bno blood(?: at all)?(?= *(?:$|[.;!]))",
        "vomiting_blood",
    ),
    (r"\b(?:chest|breath\w*|heart)\b", r"(?<![a-z] )\bno tightness\b(?! in my (?!chest))", "chest_tightness"),
    (r"\b(?:eyes?|eyelids?|lids?|sight|vision|eyesight|blurry|headlights|glasses)\b", _NO_HURT, "eye_pain"),
    (r"\bears?\b|\bhearing\b|\bdeaf\b", _NO_HURT, "ear_pain"),
    (r"\bbreast\b", _NO_HURT, "breast_pain"),
    (
        r"\b(?:lump|bump|knot|swelling|pea|marble|nodule)\b",
        rf"{_ITS} ?{_NOT} (?:move|moving|movable)\b)|\b(?:it |or |just )?(?:doesn't|does not|won't) (?:move|"
        rf"slide|slip|"
        r"roll|budge|shift)\b(?: (?:about|around))?|"
        r"\bfixed(?: in place)?\b",
        "lump_moves",
    ),
    (
        r"\b(?:throat|allergic|allergy|tongue|lips?|nuts?|sting|stung)\b",
        rf"{_ITS} ?{_NOT} (?:closing|tight|tightening|swelling|swollen up inside)\b)|"
        r"\bnothing(?:'s| is)? (?:in|swelling in|swollen in|wrong (?:in|with)) my throat\b|"
        r"\bmy throat (?:isn't|is not) (?:closing|tight|swollen)\b",
        "tongue_throat_swelling",
    ),
    (
        r"\b(?:pregnan\w+|\d+ weeks|weeks gone|trimester|the baby)\b",
        r"\b(?:no (?:vaginal |more )?bleeding|not bleeding|(?:haven't|have not|hasn't) bled|"
        r"no blood)\b(?! (?:from|in|"
        r"when) (?:my |the )?(?:gums?|nose|back|poo|bottom))",
        "vaginal_bleeding",
    ),
    (
        r"\b(?:burn|burnt|burned|scald\w*)\b",
        r"\b(?:hasn't|has not|haven't|didn't|did not|not) (?:come up in a )?blister(?:ed|ing)?\b|\bno blisters?\b",
        "burn_blisters",
    ),
    (
        r"\b(?:urine|wee|weeing|pee|peeing|bladder|waterworks|go a lot|toilet|pass water|cystitis)\b",
        r"\b(?:no (?:burning|stinging)|(?:it )?(?:doesn't|does not) (?:burn|sting))\b(?! (?:in|of) my)",
        "painful_urination",
    ),
    (
        r"\b(?:pregnan\w*|periods?|monthl(?:y|ies)|weeks late|month late|missed)\b",
        r"\b(?:the |a |my |it )?test (?:was|is|came back|came up|came out|says|said) (?:negative|not pregnant)\b|"
        r"\bnegative test\b",
        "pregnant",
    ),
    (
        r"\b(?:poos?|stools?|motions?|bowels?|constipat\w*)\b",
        r"\bno bleeding(?= *(?:$|[.,;!]|and\b|or\b))",
        "bloody_stool",
    ),
    (
        r"\b(?:bowels?|constipat\w*|toilet habits?|go every)\b",
        r"\bnothing(?:'s| has) changed\b|\bno change(?= *(?:$|[.,;!]))",
        "bowel_habit_change",
    ),
    (
        r"\b(?:stream|dribbl\w+|urine|wee|weeing|pee|peeing|bladder|waterworks|prostate)\b",
        r"\bno blood(?: at all)?(?= *(?:$|[.,;!]|though\b|either\b))",
        "blood_in_urine",
    ),
    (
        r"(?<!ear )(?<!eye )(?<!nasal )(?<!nipple )\bdischarge\b(?! from (?:my|the|his|her) (?:ear|eye|nose|wound|"
        r"nipple|penis))",
        r"\b(?:no|isn't any|is no|not any|without) (?:\w+ )?(?:smell|odou?r|whiff)\b|\b(?:it )?(?:doesn't|does not) "
        r"smell\b",
        "vaginal_odour",
    ),
    (
        r"(?<!ear )(?<!eye )(?<!nasal )(?<!nipple )\bdischarge\b(?! from (?:my|the|his|her) (?:ear|eye|nose|wound|"
        r"nipple|penis))",
        r"\b(?:it )?(?:doesn't|does not|isn't|not) (?:itch|itchy|itching)\b|\bno itch(?:ing)?\b",
        "genital_itching",
    ),
    (
        r"\b(?:pregnan\w+|spotting|miscarriage)\b",
        r"(?<![a-z] )\bno (?:pains?|cramps?|cramping)(?: at all| with it)?(?= *(?:$|[.,;!]|and\b|or\b))",
        "abdominal_pain",
    ),
    (
        r"\b(?:waters|labour|full term|due date)\b",
        r"\bno (?:pains|contractions|tightenings|pains? coming and going)\b",
        "contractions",
    ),
    (
        r"\b(?:waters|labour|full term|due date)\b",
        r"\b(?:no|isn't any|not any|isn't) bleeding\b(?! (?:from|gums?))",
        "vaginal_bleeding",
    ),
    (
        r"\b(?:knees?|ankles?|joints?|elbows?|wrists?|hips?|knuckles|finger)\b",
        r"\bno (?:redness|heat|warmth)(?: (?:or|and) (?:heat|redness|warmth|swelling))?\b|"
        r"\b(?:not|isn't|aren't|'s not) (?:hot|red|warm)(?: (?:or|and) (?:hot|red|warm|swollen))?(?= *(?:$|[.,;!]|"
        r"just\b|but\b))",
        "hot_swollen_joint",
    ),
    (
        r"\b(?:foot|feet|toes?|heels?|sole)\b",
        r"\bno (?:open )?(?:sores?|ulcers?)(?: or anything)?(?= *(?:$|[.,;!]))",
        "foot_wound",
    ),
    (
        r"\bback\b",
        r"\b(?:not once has|never|hasn't|doesn't|does not|never has)(?: (?:it|the pain|the ache|my back))? (?:woken|"
        r"wake|wakes|woke) "
        r"(?:me|him|her)(?: up)?\b",
        "back_pain_night",
    ),
    (
        r"\b(?:dog|cat|(?<!a )(?<!little )(?<!tiny )bit|bite|bitten|monkey|fox)\b",
        r"\b(?:(?:the |my |his |her )?skin(?:'s| is| was)?(?: not|n't) (?:been )?broken|(?:didn't|did not|hasn't|"
        r"never) (?:break|broken|broke) the skin|no (?:broken skin|blood|puncture))\b",
        "bite_bleeding",
    ),
)
_NOTHING_UP = (
    r"(?:n't|\bnot|\bnever) (?:been )?(?:bring|brings|bringing|brought) (?:anything|owt|much|it|any of it)"
    r"(?: back)? up\b|\bnothing(?:'s| is| has| was)? (?:come|came|coming|comes) (?:back )?up\b"
)
_NO_BLOOD_SEEN = (
    r"(?:n't|\bnot|\bnever)(?: been| seen| noticed| had| passed| ever| there)* (?:any |a drop of |any sign of )?blood"
    r"(?: at all| yet| so far)?(?= *(?:$|[.,;!]|and\b|but\b))"
)
_MORE: tuple[tuple[str, str, str], ...] = (
    (r"\bears?\b|\bdeaf\b", r"\bnothing hurts\b", "ear_pain"),
    (
        r"\b(?:booking (?:appointment|visit)|antenatal|midwife|maternity)\b",
        r"\b(?:had |have |been )?no bleeding\b(?! (?:from|gums?))",
        "vaginal_bleeding",
    ),
    (
        r"\b(?:chest|heart|breastbone|angina)\b",
        r"(?:n't|\bnot|\bnever) (?:go|goes|going|spread|spreads|shoot|travel|travels|move|moves|radiate|radiates) "
        r"anywhere(?: else)?\b|\bstays? (?:put|in (?:the )?one (?:place|spot)|where it is)\b",
        "chest_pain_radiating",
    ),
    (
        r"\b(?:come on|periods?|monthl(?:y|ies)|weeks late|month late|missed|pregnan\w*)\b",
        r"\b(?:tests?|sticks?)(?: \w+){0,2} (?:all |both )?negative\b",
        "pregnant",
    ),
    (r"\beyes?\b", r"(?:n't|\bnot) (?:weep|water|run|stream)(?:ing|y)?\b", "watery_eyes"),
    (
        r"\b(?:chest|ribs?|breastbone|sternum|heart|breath\w*)\b",
        r"(?:n't|\bnot) (?:hurt|sore|painful|tender)(?: \w+){0,2} (?:when|if|to) (?:i |you |he |she )?"
        r"(?:press|touch|push|palpat)\w*",
        "chest_wall_pain",
    ),
    (
        r"\b(?:back|sciatica|spine|disc|legs?)\b",
        r"\bbladder(?:'s| is)(?: all| perfectly| still)? (?:fine|normal|ok|okay|all right|alright|good)\b",
        "bladder_bowel_change",
    ),
    (
        r"\b(?:poos?|stools?|motions?|bowels?|the runs|diarrh\w+|constipat\w*|sloppy|piles)\b",
        _NO_BLOOD_SEEN,
        "bloody_stool",
    ),
    (
        r"\b(?:stream|dribbl\w+|urine|wee|weeing|pee|peeing|bladder|waterworks|prostate|urinal|cystitis)\b",
        _NO_BLOOD_SEEN,
        "blood_in_urine",
    ),
    (r"\b(?:phlegm|sputum|cough\w*)\b", _NO_BLOOD_SEEN, "haemoptysis"),
    (r"\b(?:cough\w*|chest|chesty|phlegm|wheez\w*)\b", _NOTHING_UP, "sputum"),
    (
        r"\b(?:sick|queasy|nause\w+|stomach|tummy|belly|toilet|loo|poo|runs|diarrh\w+|ate|eat|eating|food|meal)\b",
        _NOTHING_UP,
        "vomiting",
    ),
    (
        r"\b(?:eyes?|sight|eyesight|vision|misty|blurr\w*|headlights)\b",
        r"\bno (?:flashes|floaters|flashing lights|flashing)\b(?! in)",
        "flashes_floaters",
    ),
    (
        r"\b(?:discharge|thrush|down (?:there|below)|vagina\w*)\b",
        r"\b(?:no|not a|isn't any|isn't a|never any) (?:bad |fishy |funny |real )?(?:smell|odou?r|whiff)\b|"
        r"\b(?:doesn't|does not|don't) smell\b",
        "vaginal_odour",
    ),
    (
        r"\b(?:wound|cut|stitches|scar|bite|burn|graze|stitch|dressing)\b",
        r"\bno red(?:ness)?(?: (?:or|and|nor) (?:pus|swelling|heat|discharge))?\b(?! eyes?)|\b(?:not|isn't) red\b",
        "skin_redness_spreading",
    ),
    (
        r"\b(?:head|headaches?|migraine)\b",
        r"\b(?:not|isn't|wasn't|is not) the worst\b(?: (?:ever|one|i've had))?(?: or anything)?|\b(?:i've |have |had "
        r")+worse(?: (?:ones|heads|"
        r"headaches|than this))?(?= *(?:$|[.,;!?]))",
        "worst_headache",
    ),
    (
        r"\b(?:fell|fall|fallen|slipped|tripped|banged|bumped|knocked|hit|crash|accident|came off|cut|injur\w+)\b",
        r"\b(?:never|didn't|did not|wasn't|not|no|hasn't) (?:been |got |get )?(?:black(?:ed)? out|pass(?:ed)? out|"
        r"knocked out|(?:lose|lost|"
        r"loss of) consciousness|out cold|unconscious)\b",
        "lost_consciousness_injury",
    ),
    (
        r"\b(?:yellow|jaundiced?)\b",
        r"\bnot (?:on |in |down to )?(?:his|her|the) (?:legs|feet|tummy)\b|\b(?:just|only) (?:on |in )?(?:his |her |"
        r"the )?face(?: and (?:his |her )?"
        r"(?:chest|eyes))?\b",
        "jaundice_to_legs",
    ),
    (
        r"\b(?:ankle|knee|foot|toe|shin|leg|hip|heel)\b",
        r"\b(?:i|he|she) (?:can (?:still )?walk(?: on it)?|walked here(?: on it)?|walks on it)(?: (?:fine|ok|no "
        r"bother|all right))?"
        r"(?= *(?:$|[.,;!?]|and\b|but\b|though\b|too\b))",
        "cannot_bear_weight",
    ),
    (
        r"\beyes?\b",
        r"\bno (?:goo|gunk|discharge|pus|stickiness|crusts?|gunge|muck)\b(?: (?:in|from|out of|coming from) (?:it|"
        r"them|the eyes?))?",
        "eye_discharge",
    ),
    (r"\bnose\b", r"\bcan (?:still )?breathe through it\b", "blocked_nose"),
    (
        r"\b(?:hear\w*|deaf\w*|telly|mumbl\w*)\b",
        r"\b(?:it's |it |has |it has )?(?:crept up|come on (?:slowly|gradually)|came on (?:slowly|gradually)|"
        r"got(?:ten)? worse (?:slowly|gradually))\b",
        "hearing_loss_sudden",
    ),
)
_WORDS = tuple((re.compile(topic), re.compile(denial), code) for topic, denial, code in (*_TOPICS, *_MORE))
_NEW_TOPIC = re.compile(
    r"\b(?:head|neck|chest|belly|tummy|stomach|back|leg|arm|knee|ankle|foot|hand|tooth|throat|skin|eyes?|ears?|nose|"
    r"breast|rash|lump)\b"
)
_HURTS = frozenset(("eye_pain", "ear_pain", "breast_pain"))


def denied_of_topic(text: str) -> Iterator[Match]:
    """The denials of `text`, folded English, whose subject is named before them; a pain is the last place named's."""
    for topic, denial, code in _WORDS:
        if not topic.search(text):
            continue
        for found in denial.finditer(text):
            named = [spoken.end() for spoken in topic.finditer(text, max(0, found.start() - _REACH), found.start())]
            if not named or (code in _HURTS and _NEW_TOPIC.search(text, named[-1], found.start())):
                continue
            yield Match(found.start(), found.end(), MatchKind.SYMPTOM, code, negated=True)
