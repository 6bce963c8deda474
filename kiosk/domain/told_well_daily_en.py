"""What English speakers do daily without trouble, and how they tell that a danger is not there.

Read beside domain/what_works_en.py: each says what is well and the findings that this denies.
"""

from __future__ import annotations

from kiosk.domain.well_words_en import undenied

_NOT = r"(?:n't|\bnot|\bnever)"
_MY = r"(?:my|his|her|the|our|their|either|baby's)"
_WELL = (
    r"(?:fine|ok|okay|normal|normally|grand|great|well|lovely|perfectly|all ?right|alright|easily|happily|no bother|"
    r"no problem|no trouble|as usual|as normal|as always|as ever|without (?:any )?(?:trouble|bother|pain|problems?|"
    r"help|"
    r"difficulty))\b"
)
_NO_TROUBLE = r"no (?:trouble|bother|problems?|difficulty|difficulties|issues?)(?: at all| whatsoever)?"
_SAID_OF_NOW = (
    r"(?:^|(?<=, )|(?<=\. )|(?<=\band )|(?<=\bbut )|(?<=\bi )|(?<=i'm )|(?<=i've )|(?<=he's )|(?<=still )|(?<=\bhe )|"
    r"(?<=\bshe )|(?<=now ))"
)
"""Before what is kept down: "trouble keeping food down" and "not been keeping it down" are no denials."""
_FOOD = r"(?:food|meals?|breakfast|dinner|lunch|tea|everything|things|stuff|solids|it|it all)"
_FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        rf"(?:\b(?:can|able to|managing to|manages to|managed to) (?:still )?(?:keep|hold) |{_SAID_OF_NOW}(?:keeps|"
        r"keeping|"
        rf"kept|holds|holding|held) )(?:my |his |her |all (?:my|his|her) )?{_FOOD}(?: and drink| and water)? down\b"
        r"(?! (?:only|is|has|was|for (?:an?|ten|five|a few|half|about)))",
        ("vomiting", "repeated_vomiting"),
    ),
    (
        rf"{_SAID_OF_NOW}(?:held|holding|kept|keeping|holds|keeps) down (?:{_MY}|every|all|each)\b",
        ("vomiting", "repeated_vomiting"),
    ),
    (
        r"(?:\bno|n't any|\bnot any|\bnever any|\bnever) blood (?:in it )?when (?:i|he|she)(?:'m|'s| was| is|'ve "
        r"been)? (?:sick|"
        r"vomit\w*|threw up|throw(?:s|ing)? up|puk\w+)\b",
        ("vomiting_blood",),
    ),
    (
        r"\bbowels? (?:open|opens|opened|move|moving) (?:daily|every day|each day|regularly|normally)\b",
        ("constipation",),
    ),
    (
        r"\b(?:it's|that's|it is|that is) not (?:my|his|her|the) appetite\b|"
        r"\b(?:it|that) isn't (?:my|his|her|the) appetite\b",
        ("loss_of_appetite",),
    ),
    (r"\bno waters(?= *(?:$|[.,;!]|yet\b|or\b|and\b))", ("waters_broken",)),
    (r"\bnappies(?: are| have been)? (?:fine|normal|ok|okay|as usual|all right)\b", ("fewer_wet_nappies",)),
    (r"\bbring(?:s|ing)? (?:nothing up|up nothing)\b", ("sputum",)),
    (r"\bno runs\b(?! (?:scored|today|yet|for))", ("diarrhoea",)),
    (
        r"(?:\bno|n't (?:been|had|noticed)(?: any)?|\bnever (?:been|had)(?: any)?) (?:real )?changes? (?:in|to|of|"
        r"with) "
        rf"(?:{_MY} )?(?:bowels?|bowel habits?|toilet habits?|stools?|motions)\b",
        ("bowel_habit_change",),
    ),
    (
        r"\b(?:peed|weed|had a (?:wee|pee)|passed (?:water|urine)|wet (?:his|her) nappy) (?:an hour|half an hour|"
        r"just now|"
        r"a (?:little |short )?while|(?:a few|ten|five|twenty|thirty) minutes|not long)(?: ago)?\b",
        ("no_urine_12h",),
    ),
    (
        r"\b(?:don't think (?:it's|it was|it is)|wasn't|isn't|can't be|can't have been|nothing|not) (?:anything|"
        r"something)? ?"
        r"(?:i|he|she|we)(?:'ve| have|'s| has)? (?:ate|eaten|been eating)\b",
        ("food_poisoning_suspected",),
    ),
    (r"\bchest(?:'s| is| has)(?: been)? (?:painless|pain[- ]free|quiet|no trouble)\b", ("chest_pain",)),
    (
        r"\b(?:breathing(?: in| deeply)?|(?:taking )?(?:a )?deep breaths?) (?:doesn't|does not|don't|isn't)(?: "
        r"really)? (?:make "
        r"(?:it|the pain|them) (?:hurt|hurt more|worse)|hurt|any worse|bother it|painful)\b",
        ("chest_pain_breathing",),
    ),
    (
        r"\bcan (?:still )?(?:chat|talk|natter|gossip|speak) (?:away|for hours|without stopping|nineteen to the "
        r"dozen)\b",
        ("cannot_speak_sentence",),
    ),
    (
        r"\bno (?:unusual|abnormal|funny|smelly|odd|strange|nasty) discharge\b(?! from (?:my |the )?(?:ear|eye|nose|"
        r"wound))",
        ("vaginal_discharge",),
    ),
    (
        r"\bwaters?(?:'s|'re| are| is| were)?(?: still)? (?:intact|not broken|not gone|haven't gone)\b",
        ("waters_broken",),
    ),
    (
        rf"\bwalk(?:s|ing)? (?:just |perfectly |absolutely |quite |about )?{_WELL}",
        ("cannot_stand_walk",),
    ),
    (
        r"\b(?:only|just) (?:been |was |being )?(?:sick|vomited|threw up|thrown up|puked|chucked up) (?:just |only "
        r")?(?:the )?"
        r"once\b|\b(?:sick|vomited|threw up|thrown up|puked|chucked up) (?:only|just) (?:the )?once\b|"
        rf"{_NOT} (?:been )?(?:over and over|again and again)\b",
        ("repeated_vomiting",),
    ),
    (
        r"\b(?:motions?|poos?|stools?|number twos?|it)(?:'s| is| are|'re| comes out| come out| has been| have been)"
        r"(?: nice and| lovely and| still| all| always| quite)? (?:firm|formed|well[- ]formed|solid)\b",
        ("diarrhoea",),
    ),
    (
        r"\b(?:bowels?|i)(?:'m|'s| is| are| am|'re| have always been|'ve always been| have been)? (?:as "
        r")?regular(?: as "
        r"(?:ever|always|usual|normal|before|anything))?(?= *(?:$|[.,;!]|and\b|but\b))|"
        r"\b(?:go|goes|been|went) (?:for a poo |to the toilet |to the loo )?(?:as regular(?:ly)? as|like clockwork|"
        r"every (?:single )?(?:day|morning)|once or twice a day)\b(?! for a (?:wee|pee))|"
        r"\bno (?:trouble|bother|problems?|straining) (?:going|doing a poo|having a poo|on the toilet|opening my "
        r"bowels)\b",
        ("constipation",),
    ),
    (
        r"\b(?:looked|look|checked|check|see|saw)\b[^.;!?]{0,40}\b(?:pan|bowl|toilet|loo|stool|poo|"
        r"nappy)\b[^.;!?]{0,12},? "
        r"(?:and |but )?(?:there(?:'s| was| is) )?no blood\b|"
        r"\bno (?:blood|red) in (?:the |my |his |her )?(?:pan|bowl|toilet|loo|nappy|stools?|poo|motions?)\b|"
        r"\b(?:stools?|poos?|motions?)[^.;!?]{0,40}\bno (?:red|blood) in (?:it|them)\b",
        ("bloody_stool",),
    ),
    (
        r"\b(?:nothing red|no blood|no red|nothing|never any blood) on (?:the )?(?:paper|tissue|toilet paper|loo roll|"
        r"loo paper)\b(?: when (?:i|he|she) (?:wipes?|goe?s?))?|\b(?:paper|tissue)(?:'s| is| was| comes away| comes "
        r"up) (?:always )?clean\b|"
        r"\b(?:wipe|wiping) clean\b",
        ("rectal_bleeding_bright",),
    ),
    (
        r"\bno (?:slime|slimy stuff|jelly|mucus)(?: or (?:mucus|slime|jelly))?(?= *(?:$|[.,;!])| (?:when i go|in|"
        r"with|on) )"
        r"(?: when i go)?(?!,? (?:when i cough|in my (?:throat|nose|chest)))|\bno slime\b",
        ("stool_mucus",),
    ),
    (
        r"\b(?:no|nothing|isn't any|not any)(?: (?:pus|discharge|leaking|leakage|stuff|wet|mess|anything|or)){0,3}"
        rf"(?: (?:coming|leaking|weeping|oozing))?(?: out)? (?:from|out of) {_MY} (?:bottom|bum|back passage|anus)\b",
        ("anal_discharge",),
    ),
    (
        rf"\b(?:can|able to) (?:still |easily |always )?(?:push|pop|shove|tuck|get|put) (?=(?:it|{_MY} (?:hernia|"
        r"lump|bulge|"
        r"rupture)) (?:right |straight )?back\b)|\b(?:hernia|rupture|lump|bulge) (?:always |still )?(?:goes|pops|"
        r"slips|"
        r"slides) (?:right |straight )?back(?: in)?\b",
        ("groin_lump_stuck",),
    ),
    (
        r"\b(?:haven't|hasn't|have not|has not|didn't|did not|i've not|never) (?:eaten|had|eat|ate|touched) "
        r"(?:anything|"
        r"any food that was|food that was) (?:dodgy|bad|funny|strange|unusual|off|raw|odd|different|out of the "
        r"ordinary|"
        r"undercooked|suspicious|suspect)\b|\b(?:ate|eaten|had) nothing (?:dodgy|bad|funny|strange|unusual|off|raw|odd|"
        r"out of the ordinary)\b",
        ("food_poisoning_suspected",),
    ),
    (
        r"\b(?:heart|heartbeat|ticker|pulse)(?:'s| is| feels?| has been)?(?: beating| going| ticking)?(?: along| away)?"
        r"(?: all| nice and| perfectly| quite| still| slow and)* (?:normal|normally|steady|steadily|regular|"
        r"regularly|calm|"
        r"even|evenly|as usual|as normal|like normal)\b",
        ("palpitations",),
    ),
    (
        r"\b(?:temperature|temp)(?:,? (?:and|but) (?:it|that))?(?:'s| (?:was|is|came (?:back|out|up)|reads|read|says|"
        r"reading|showed|has|been))* (?:all |perfectly |completely )?(?:normal|fine|ok|okay|all right|alright|nothing|"
        r"36(?:[.,]\d)?|37)(?![.,]?\d)(?! (?:this morning|yesterday|earlier|last night|before|at first|then|on "
        r"\w+day|and now|"
        r"but)\b)|"
        r"\bthermometer (?:says?|said|reads?|showed|shows) (?:it's |it was )?(?:normal|fine|ok|nothing|36(?:[.,]\d)?)"
        r"(?![.,]?\d)|\b(?:my|his|her) (?:forehead|head|brow)(?:'s| is| feels?) (?:nice and )?cool\b",
        ("fever",),
    ),
    (
        r"\bweight(?:'s| is| has)?(?: been| stayed| stays)?(?: about| pretty| quite| very)? (?:steady|stable|the same|"
        r"unchanged|constant)\b",
        ("weight_loss", "weight_gain"),
    ),
    (
        r"\b(?:still|is|he's|she's|i'm|been|and|i|he|she) (?:still )?(?:eating|eats?|ate)(?: and drinking|,? drank|"
        r" and "
        rf"drank)? {_WELL}|\bstill eating(?= *(?:$|[.,;!]|and\b))|\b(?:off my food|appetite)\? no\b|"
        r"\b(?:enjoy|enjoys|enjoying|polish(?:es|ed|ing)? off|wolf(?:s|ed|ing)? down|clears?|cleared) (?:my|his|her|"
        r"the) "
        r"(?:food|meals?|dinner|plate|grub|tea|lunch|breakfast)\b|\b(?:tucks?|tucking|tucked) in(?:to)?\b",
        ("loss_of_appetite",),
    ),
    (
        r"\b(?:got|has|have|with) (?:good|healthy|normal) colou?r\b|\b(?:good|healthy|normal) colou?r (?:in|to) "
        r"(?:my|his|her|the) (?:cheeks?|face)\b",
        ("pale_skin",),
    ),
    (
        r"\bnothing (?:aches|hurts)(?: anywhere)?(?= *(?:$|[.;!]))",
        ("body_aches",),
    ),
    (
        r"\bpain(?:'s| is)?(?:n't| not) (?:that|too|so|very|all that|terribly|really) (?:bad|severe|strong)\b|"
        r"\b(?:isn't|is not|'s not|not) (?:that|too|so|very|all that) bad,? (?:the|this) pain\b|"
        r"\b(?:can|could) (?:put up with|live with|stand|bear) (?:it|the pain)\b|"
        r"\bpain(?:'s| is) (?:quite |very |fairly |only |just )?(?:bearable|mild|manageable|tolerable)\b",
        ("severe_pain",),
    ),
    (
        r"\b(?:he|she|mum|dad|gran|grandad|baby|my \w+)(?:'s| is) (?:wide |fully |quite )?awake(?:,| and) (?:talking|"
        r"chatting|alert|responding|answering|looking)\b|\b(?:he|she)(?:'s| is) (?:fully )?conscious\b",
        ("unconscious", "drowsy"),
    ),
    (
        r"\b(?:he|she|baby)(?:'s| is) (?:still )?breathing(?= *(?:$|[.,;!]|fine|ok\b|okay|normally|on (?:his|her) "
        r"own))",
        ("not_breathing",),
    ),
    (
        r"\b(?:was |were |stayed |is |remained )(?:wide awake|fully conscious|conscious|with it) (?:the whole time|"
        r"throughout|all the time|all along|all the way through)\b",
        ("fainted", "lost_consciousness_injury"),
    ),
    (
        r"\b(?:came|comes|come|coming|built|building|crept|creeping|started|developed) (?:on |up )?(?:on me "
        r")?(?:bit by bit|"
        r"little by little|over (?:a few |several |the last few |some |a couple of )?(?:days|weeks|months|time)|"
        r"step by step|"
        r"ever so slowly|very slowly|slowly|gradually)\b|\b(?:crept|creeping) up(?: on me)?\b",
        ("sudden_onset",),
    ),
    (
        r"(?:(?<=bleeding )|(?<=bleeding, )|(?<=bleeds )|(?<=bled ))but (?:it's )?(?:only|just|hardly) (?:a "
        r")?(?:little|bit|tiny bit|drop|drops|few drops|"
        r"couple of drops|slightly|spots?|trickle|touch)\b|\b(?:just|only) (?:a )?(?:few drops|trickle|drop|spot|smear|"
        r"couple of drops|few spots) of blood\b|\b(?:hardly|barely) bleeding\b",
        ("heavy_bleeding",),
    ),
    (
        r"(?<!eating and )(?<!eat and )\b(?:drinking|drinks) (?:fine|ok|okay|normally|all right|alright|no bother|"
        r"as usual|happily|as normal)\b(?! wine)|"
        r"\b(?:eating and drinking|drinking and eating) (?:fine|ok|okay|normally|all right|well|as usual|as normal)\b",
        ("child_not_drinking", "cannot_feed_self_drink"),
    ),
    (
        r"\b(?:wee|weeing|pee|peeing|pass(?:ing)? (?:water|urine)|urinat(?:e|ing))s?(?: and (?:poo|pooing|"
        rf"pooping))? {_WELL}|"
        rf"\b{_NO_TROUBLE} (?:weeing|peeing|passing (?:water|urine)|urinating|having a (?:wee|pee))\b",
        ("cannot_urinate",),
    ),
    (
        r"\b(?:wee|weeing|pee|peeing|pass(?:ing)? (?:water|urine)|urinat(?:e|ing))s? without (?:any |the slightest )?"
        r"(?:trouble|bother|problems?|difficulty|discomfort)\b",
        ("painful_urination",),
    ),
    (
        rf"{_NOT} (?:go|going|pee|peeing|wee|weeing|need to go|needing to go)(?: to the (?:loo|toilet))? (?:any )?more "
        r"(?:often )?(?:than (?:normal|usual|before|i used to)|often)\b|\b(?:go|pee|wee|going|peeing) (?:about |"
        r"just )?as "
        r"(?:often|much) as (?:usual|always|normal|ever|before)\b",
        ("frequent_urination",),
    ),
    (
        r"\b(?:stream|urine flow|flow of (?:urine|wee|pee))(?:'s| is| has been)? (?:still )?(?:as )?(?:strong|good|"
        r"fine|"
        r"normal|powerful)\b",
        ("weak_urine_stream",),
    ),
    (
        r"\b(?:no way|no chance|not possible|impossible)(?: that| for me to)? (?:i'm|i am|i can be|i could be|she's|"
        r"she is|"
        r"she could be|be|i might be|being) (?:pregnant|expecting)\b|\bnot a chance (?:i'm|i am) pregnant\b",
        ("pregnant", "possible_pregnancy"),
    ),
    (
        r"\b(?:baby|bump|little one)(?:'s| is| has been|'s been)?(?: been)? (?:very |really |nice and |as "
        r")?(?:lively|active|"
        r"dancing about|doing (?:somersaults|cartwheels)|never still|kicking away|kicking like mad)\b(?! (?:than|"
        r"less|a lot less|much less))",
        ("fewer_fetal_movements",),
    ),
    (
        rf"\bnothing(?:'s| is| has)?(?: ever)? (?:coming|come|comes|leaking|oozing)?(?: out)? ?(?:of|from) {_MY} "
        r"nipples?\b|"
        rf"\bno (?:stuff|fluid|discharge|leak\w*|milk|blood) (?:coming )?(?:out )?(?:of|from) {_MY} nipples?\b",
        ("nipple_discharge",),
    ),
    (
        r"\bback(?: pain| ache)?(?: really)?(?: doesn't| does not| never| isn't| don't| hasn't)(?: ever)? (?:bother|"
        r"bothers|"
        r"wake|wakes|woken|trouble|troubles|hurt|hurts|ache|aches|keep|keeps|any worse|worse)(?: me| him| her)?(?: up)?"
        r"(?: awake)? (?:at|in the|during the|by) night\b",
        ("back_pain_night",),
    ),
    (
        r"\b(?:doesn't|does not|don't|isn't|not|never)(?: really)? (?:go|goes|going|travel|travelling|shoot|"
        r"shooting|spread|"
        rf"run|radiate|move) (?:down|into|to) {_MY} legs?\b",
        ("sciatica",),
    ),
    (
        r"\b(?:feet|foot|hands?|toes|fingers)(?:'s|'re| is| are| feels?| all)*(?: nice and| still)* (?:warm|pink)"
        r"(?: and (?:pink|warm|dry))?\b(?!,? (?:and )?(?:red|swollen|sore|painful|tender|hot|throbbing|shiny|sweaty))|"
        r"\b(?:legs?|arms?)(?:'s|'re| is| are| feels?| all)*(?: nice and| still)* (?:warm|pink) and (?:pink|warm|"
        r"dry)\b|"
        r"\b(?:feet|foot|hands?|toes|fingers|legs?)(?:'s|'re| is| are)(?: all)? "
        r"(?:a |the )"
        r"?(?:normal|right|usual|good|healthy) colou?r\b",
        ("limb_cold_pale",),
    ),
    (
        r"\b(?:feet|foot|toes?)(?:'s|'re| is| are)(?: all)? (?:a |the )?(?:normal|right|usual|good|healthy|pink) "
        r"colou?r\b|"
        r"\btoes are (?:all )?pink\b",
        ("black_toe_foot",),
    ),
    (
        r"\bno (?:\w+ (?:or|and) )?(?:sores?|ulcers?|wounds?|cuts?|blisters?|broken skin|open skin)(?: (?:or|and) "
        r"\w+)? on "
        rf"{_MY} (?:feet|foot|toes?|heels?)\b|\b(?:feet|foot|toes)(?:'re| are) (?:clear|free) of (?:sores|ulcers|"
        r"cuts)\b",
        ("foot_wound",),
    ),
    (
        rf"\b(?:get|gets|getting) (?:about|around) (?:{_WELL}|on my own|by myself|under my own steam)|"
        r"\bwalking(?:'s| is)?(?: no| not a) (?:problem|bother|trouble|issue)\b|"
        rf"\b(?:up and down|get up|go up) the stairs {_WELL}|\bno trouble (?:getting about|moving (?:about|around)|"
        r"getting (?:up|in and out|out of (?:bed|my chair|a chair)))\b|\b(?:still )?(?:nimble|spry)\b",
        ("trouble_moving_daily",),
    ),
    (r"\bwalking(?:'s| is)?(?: no| not a) (?:problem|bother|trouble|issue)\b", ("cannot_stand_walk",)),
    (
        r"\b(?:tummy|belly|stomach|abdomen)(?:'s| is| feels)(?: nice and| still| all)? soft(?! and)(?: when (?:i|"
        r"you) (?:press|push|"
        r"touch)(?: (?:on )?it)?)?\b",
        ("rigid_abdomen",),
    ),
    (
        r"(?:n't|\bnot)(?: like)?(?: an?)? (?:heavy|crushing|squeezing)(?: or (?:heavy|crushing|squeezing|"
        r"tight))?(?: sort of|"
        r" kind of)? (?:feeling|pain|weight|sensation)\b",
        ("chest_pressure",),
    ),
    (
        r"(?:n't|\bnot)(?: like)?(?: an?)? (?:ripping|tearing)(?: or (?:ripping|tearing))?(?: sort of| kind of)? "
        r"(?:feeling|pain|"
        r"sensation)\b",
        ("tearing_pain",),
    ),
    (
        r"(?:n't|\bnot|\bnever)(?: really)? (?:go|going|goes|travel|come|spread|bore|boring)(?: straight| right)? "
        r"(?:through|"
        r"round) to (?:my |the |his |her )?back\b",
        ("abdominal_pain_to_back",),
    ),
    (r"\bno sick\b(?! (?:note|pay|leave|days?|line|people|certificate))", ("vomiting",)),
    (r"\b(?:plenty|lots|loads) of wet (?:nappies|diapers)\b", ("no_urine_12h",)),
    (
        r"\bno (?:fruity|sweet|pear[- ]drops?|acetone|nail varnish|sickly)(?: or \w+)? (?:smell|whiff)\b|"
        r"\bbreath (?:doesn't smell|does not smell|smells (?:fine|normal|ok))\b",
        ("ketone_breath",),
    ),
)
DAILY_FUNCTIONS = undenied(_FUNCTIONS)
