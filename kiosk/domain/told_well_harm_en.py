"""What English speakers say did not happen: no fall from a height, no bite, no smoke, no poison.

Read beside domain/what_works_en.py.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import MY, NOBODY, NOT, SINCE, Functions, undenied

_FUNCTIONS: Functions = (
    # injuries, bites, poisons
    (
        r"\b(?:not|n't|wasn't) from (?:any|a|much of a)(?: great)? height\b|\b(?:only|just) from standing(?: "
        r"height)?\b|"
        r"\bfrom standing height\b|\boff the (?:kerb|bottom step)\b",
        ("fall_from_height",),
    ),
    (
        r"\b(?:nothing(?:'s| is| has been)?|no (?:fluid|blood|liquid|water))(?: (?:clear|watery))? (?:leaking|coming|"
        r"dripping|running|oozing|trickling)(?: out)? (?:of|from) (?:(?:my|his|her|the|either) )?(?:ears? (?:or|nor|"
        r"and) "
        r"(?:(?:my|his|her|the) )?nose|nose (?:or|nor|and) (?:(?:my|his|her|the) )?ears?)\b",
        ("clear_fluid_ear_nose",),
    ),
    (
        rf"{NOT} (?:had|touched|drunk|been drinking)(?: (?:a drop|a drink|any drink|any alcohol|anything to drink|"
        rf"alcohol))?"
        r" (?:tonight|today|this (?:evening|morning))\b|\b(?:stone[- ]cold |completely |perfectly )?sober(?: as a "
        r"judge)?\b"
        r"(?! up)",
        ("alcohol_intoxicated",),
    ),
    (
        rf"\b(?:can |still )?(?:moves?|moving) (?:all |both )?(?:of )?{MY}? ?(?:fingers and toes|fingers|toes|arms "
        rf"and legs|"
        rf"arms|legs|limbs|four limbs){SINCE}",
        ("paralysed_after_injury",),
    ),
    (
        r"\b(?:fingers|toes|fingers and toes)(?:'re| are) (?:all )?(?:still )?(?:on|attached|there|present)\b(?! "
        r"(?:fire|the))|"
        r"\bstill (?:got |has |have )?all (?:my|his|her|ten) (?:fingers|toes)\b",
        ("amputation",),
    ),
    (
        r"\b(?:arms?|legs?|wrists?|ankles?|fingers?|elbows?|knees?|foot|hand|bones?|shin|it|thumb|toe) "
        r"(?:looks?|is|are|seems?)(?: still| perfectly| quite| nice and)? "
        r"straight(?! (?:after|away|on|to|back|from|in|up|down|out))\b|"
        r"\bnothing(?:'s| is| looks?)? (?:bent|crooked|out of (?:place|shape))\b(?: out of (?:place|shape))?|"
        rf"{NOT} (?:bent|crooked|misshapen|out of shape)\b",
        ("limb_deformity",),
    ),
    (
        r"\bcan (?:still )?(?:hobble|limp|walk|hop|stand|get about)[^.;!?,]{0,16} (?:and|while) "
        r"(?:put|putting) (?:my|his|her|some|full|all (?:my|his|her)) ?weight on (?:it|the \w+|that \w+|my \w+)|"
        r"(?:(?<=along and )|(?<=about and )|(?<=hobble and )|(?<=limp and )|(?<=walk and ))(?:can )?put (?:my |some "
        r"|full )*"
        r"weight on (?:it|the \w+|that \w+|my \w+)",
        ("cannot_bear_weight",),
    ),
    (
        r"\b(?:still )?in (?:its|the) socket\b|\bnot out of (?:its |the )?(?:joint|socket)\b|"
        rf"{NOT} (?:pop|popped|come|came|slip|slipped) out(?: of (?:its |the )?(?:joint|socket|place))?\b",
        ("dislocation",),
    ),
    (
        r"(?:(?<=burn's )|(?<=burn is )|(?<=burn was ))(?:only |just |about |no bigger than |smaller than )*(?:small|"
        r"tiny|the size of an? "
        r"(?:coin|penny|pea|stamp|thumbnail|fingernail|button|5p|cherry))\b",
        ("burn_large",),
    ),
    (
        rf"{NOT} (?:breathe|breathed|inhale|inhaled|swallow|swallowed|get|got|been breathing)(?: in)?(?: any| much| "
        rf"a lot)?"
        r"(?: of)?(?: the)? (?:smoke|fumes)(?: in)?\b|\bout before (?:the |any )?smoke\b",
        ("smoke_inhalation",),
    ),
    (
        rf"{NOT} (?:actually )?(?:swallow|swallowed|eat|eaten|drink|drunk|ate|got hold of)(?: of)? (?:anything|any) "
        r"(?:poisonous|toxic|dangerous|nasty|(?:he|she|they) shouldn't(?: have)?|funny|of the (?:bleach|tablets|"
        r"pills|berries|"
        r"medicine|poison))\b",
        ("poisoning",),
    ),
    (
        rf"{NOT} (?:take|taken|took|taking|had) (?:too many|any extra|extra|(?:any )?more(?: tablets| pills| of "
        rf"them)? than "
        r"(?:it says(?: on the (?:box|packet|label))?|i (?:should|was told)|(?:he|she) should|the (?:box|label|doctor|"
        r"packet) (?:says|said)|prescribed|the dose|one|two|usual))\b(?: (?:tablets|pills))?|"
        r"\b(?:took|taken|takes|take) (?:it|them|the tablets|my tablets|her tablets|his tablets)? ?exactly (?:as|"
        r"like|what|the)"
        r" (?:it says|prescribed|told|the (?:box|doctor|label) (?:says|said)|dose)",
        ("overdose",),
    ),
    (
        rf"{NOT} (?:actually |even )?(?:bite|bit|bitten|nip|nipped|scratch|scratched|snap at|get bitten|been bitten)"
        r"(?: (?:me|him|her|us|anyone|anybody|you))(?: though| or scratch(?: \w+)?)?\b|"
        rf"{NOT} (?:been |get |got )?(?:bitten|scratched) by (?:the|a|any|our|his|her) (?:dog|cat|animal|animals|"
        rf"fox|bat|"
        r"monkey|rat)\b",
        ("animal_bite",),
    ),
    (r"\b(?:wasn't|isn't|not) a snake\b|\bno snakes?\b(?! bite)|\bwasn't (?:bitten )?by a snake\b", ("snake_bite",)),
    (
        rf"{NOBODY}(?: has| had|'s)? (?:ever )?(?:forced|assaulted|raped|molested)(?: (?:me|her|him))?\b|"
        rf"{NOBODY}(?: has| had|'s)? (?:ever )?touched (?:me|her|him) (?:down there|like that|or forced)"
        r"(?: (?:me|her|him))?(?: (?:to|into) \w+)?",
        ("sexual_assault",),
    ),
    (
        r"\b(?:always|every time)(?: we)? (?:use|used|uses|wear|wears) (?:a )?(?:condoms?|rubbers?|protection|johnny)\b"
        r"(?:,? every (?:single )?time)?|\b(?:use|used|wore) (?:a )?(?:condoms?|protection)(?:,)? every (?:single "
        r")?time\b|"
        r"\b(?:condom|condoms) (?:didn't|did not|hasn't|never) (?:split|break|tear|burst|slip)\b",
        ("unprotected_sex",),
    ),
    (
        rf"{NOT} (?:go|goes|gone|went|been) under(?: the)?(?: water)?\b(?! (?:the knife|anaesth|general|a))|"
        r"\bhead (?:stayed|was always|always) above (?:the )?water\b",
        ("drowning",),
    ),
    (
        r"\bnothing(?:'s| has)?(?: been)? swallowed\b|\b(?:battery|coin|magnet|button|bead)(?:'s| is) (?:still "
        r")?(?:in (?:the|"
        r"its) (?:toy|box|remote|purse|watch)|on the (?:table|floor))\b",
        ("foreign_body_swallowed",),
    ),
    (
        r"\b(?:it |blood )?(?:isn't|is not|not|wasn't) (?:pumping|squirting|spurting|gushing|shooting)(?: out)?\b",
        ("spurting_bleeding",),
    ),
    (
        r"\bbled (?:for |only |just )*(?:a|one|two|a couple of|a few) (?:minutes?|seconds?|moments?|bit|while)(?: or "
        r"two)?,? (?:and )?"
        r"(?:then )?(?:it )?stopped\b|\bbleeding(?:'s| has| is)? (?:under control|dried up)\b",
        ("bleeding_wont_stop",),
    ),
    (rf"{NOT} (?:feel|look|seem|think it's|think it is|be) (?:broken|fractured)\b", ("fracture_suspected",)),
    (
        rf"{NOT} (?:get|got|had|have|feel|felt) (?:a |an |any )?(?:electric )?shock\b(?! from the news)",
        ("electric_injury",),
    ),
    (
        rf"{NOT} (?:actually )?(?:swallow|swallowed) (?:it|them|the (?:coin|button|bead|marble|toy|battery|magnets?)|"
        rf"anything)\b",
        ("foreign_body_swallowed",),
    ),
    (
        r"\bonly (?:took|taken|take|had) (?:the |my |his |her )?(?:one|two|usual|normal|right|proper|prescribed)(?: "
        r"(?:one|two))?"
        r"(?: (?:tablets?|pills?|dose|amount))?(?: (?:i'm|he's|she's|i was|i am) (?:supposed|meant|allowed|told) "
        r"to(?: take| have)?)",
        ("overdose",),
    ),
    (
        r"\b(?:we|i|he|she) (?:did )?(?:used|use|had) (?:a )?(?:protection|condoms?)\b(?! (?:split|broke|burst|and "
        r"it))",
        ("unprotected_sex",),
    ),
    (
        r"\bno alcohol (?:today|tonight|this (?:evening|morning))\b|\bhad no (?:alcohol|drink) (?:today|tonight)\b",
        ("alcohol_intoxicated",),
    ),
    (
        rf"\b(?:can |able to |still )(?:wiggle|wriggle|move|bend) (?:all )?(?:{MY} )?(?:toes|fingers){SINCE}",
        ("paralysed_after_injury",),
    ),
    (rf"{NOT} (?:fallen|fall|fell|jumped|come|came) off (?:anything|a (?:roof|ladder|wall))\b", ("fall_from_height",)),
    (r"\bhead (?:never|didn't|did not) (?:touch|touched|hit|strike|meet|connect)\b[^.,;!?]{0,18}", ("head_injury",)),
    (
        r"\bnot (?:so much as )?a (?:scratch|cut|graze) on (?:him|her|me)\b|\bcame (?:away|off) without a scratch\b",
        ("wound",),
    ),
    (
        rf"{NOT} (?:take|use|do|touch|taken|used|touched|tried|taking|using) (?:any )?(?:illegal |street )?(?:drugs|"
        rf"substances)\b",
        ("drug_use",),
    ),
    (
        r"\b(?:he|she|i|they) (?:didn't|did not|never) (?:shake|jerk|twitch|convulse)\b(?! (?:hands|his head|her "
        r"head|my head))",
        ("seizure",),
    ),
    (r"\b(?:cried|screamed|yelled) (?:straight|right) (?:off|away|out)\b", ("lost_consciousness_injury",)),
    (
        r"\b(?:arm|leg|wrist|ankle|finger|elbow|knee|shin)'s (?:still |perfectly |quite )?straight\b(?! (?:after|"
        r"away|on|to|back|in|up))",
        ("limb_deformity",),
    ),
    (
        rf"{NOT} (?:being |been )?(?:hurt|hit|beaten|abused|mistreated|threatened)(?: (?:at home|by my (?:husband|"
        rf"partner|wife|boyfriend|"
        r"girlfriend|dad|mum|parents)))\b",
        ("unsafe_at_home",),
    ),
    (
        r"\bit stopped (?:bleeding )?(?:when|once|after|as soon as) (?:i|we|you|he|she|they) (?:pressed|held|"
        r"squeezed|put|pushed)\b|"
        r"\bstopped bleeding (?:when|once|after|as soon as) (?:i|we|he|she|they) (?:pressed|held|squeezed|put|"
        r"pushed)\b",
        ("bleeding_wont_stop",),
    ),
    (
        rf"{NOT} (?:had|taken|have) (?:a |any )(?:knock|bang|blow|injury|accident)s?\b(?! (?:on|to) (?:the|my|his|"
        rf"her) head)|"
        rf"{NOT} (?:bang|banged|knock|knocked|twist|twisted|injure|injured|wrench|wrenched) (?:it|them|himself|"
        rf"herself|myself|anything)\b",
        ("injury",),
    ),
    (
        r"\bbled (?:a (?:bit|little)|some|slightly|for a (?:bit|while|minute))?,? ?(?:but )?(?:it's|it has|it|has|"
        r"and|then)(?: now| all| then)? "
        r"stopped\b|\b(?:it's|has|it has|have) stopped (?:oozing|weeping|dripping|trickling)\b",
        ("bleeding_wont_stop",),
    ),
    (
        r"(?:(?<=cut )|(?<=wound )|(?<=gash )|(?<=bite ))(?:isn't|is not|wasn't|was not) (?:very |that |too |so |"
        r"particularly )*deep\b|"
        r"\b(?:it's|is|only|just|quite|pretty|was) (?:very |quite |pretty |only |just )*shallow\b(?! breath)",
        ("deep_wound",),
    ),
    (rf"{NOT} had a drop\b(?! of (?:milk|water|urine|wee|pee|juice|formula))", ("alcohol_intoxicated",)),
    (
        r"\b(?:it|leg|arm|wrist|toe|finger|ankle|foot)'s (?:still |quite |perfectly )?straight\b(?! (?:after|away|on|"
        r"to|back|in|up))",
        ("limb_deformity",),
    ),
    (
        r"\b(?:cried|screamed|yelled|bawled) (?:at once|immediately|right away|straight away|there and then)\b",
        ("lost_consciousness_injury",),
    ),
    (r"\bswallowed nothing\b", ("foreign_body_swallowed",)),
    (r"\bteeth(?:'re| are) all there\b", ("broken_tooth",)),
)
HARM_FUNCTIONS = undenied(_FUNCTIONS)
