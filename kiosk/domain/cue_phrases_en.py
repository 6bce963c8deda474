"""English turns of phrase around findings: who, when and whether. domain/spoken_cues.py looks for them."""

from __future__ import annotations

from kiosk.domain.matching import MatchKind

_N = MatchKind.NEGATION
_A = MatchKind.NEGATION_AFTER
_D = MatchKind.DOUBT
_P = MatchKind.PAST
_O = MatchKind.OTHER_PERSON
_X = MatchKind.NOT_NEGATION
_WHO = r"(?:i|he|she|we|they|it|there|you)(?:'ve|'d|'s|'m|'re| have| has| had)?"
_QUITE = (
    r"(?:altogether|entirely|completely|totally|really|quite|exactly|so|too|very|all that|100%|honestly|"
    r"even|actually|always|clearly|"
    r"properly|absolutely|a hundred percent)"
)
_CANNOT = (
    r"(?:can't|cannot|can not|cant|couldn't|couldnt|could not|wouldn't|would not|unable to|"
    r"(?:hard|difficult|impossible) (?:for me )?to)"
)
_TELL = (
    r"(?:tell|say|be (?:sure|certain)|remember|recall|decide|judge|swear|confirm|vouch|"
    r"work out|make out|make up my mind|know|rule out)"
)
_IF = r"(?:if|whether|about|that)"
_RELATIVE = (
    r"(?:wife|husband|partner|mother|mum|mom|father|dad|daughter|son|sister|brother|friend|"
    r"girlfriend|boyfriend)"
)
_NEAR_ONES = (
    r"(?:neighbou?rs?|colleagues?|co-?workers?|classmates?|flatmates?|flat-?mates?|roommates?|"
    r"housemates?|school ?mates?|"
    r"workmates?|teammates?|boss|teacher|lodger|passengers?|customers?)"
)
_PLACES = (
    r"(?:work|school|nursery|the office|my office|college|uni|university|church|the gym|"
    r"daycare|kindergarten|home|my class|his class|her class|class|"
    r"(?:the|our|my|his|her) (?:house|household|family|flat|dorm|ward|team|street|village|building))"
)
_YEAR_SCALE = r"(?:year|summer|winter|spring|autumn|fall|christmas|easter)"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|spring|summer|autumn|winter|"
    r"(?:19|20)\d\d)"
)

_NOT_EVERY = (
    r"(?! (?:(?:my|his|her|the) \w+|i|he|she|they|it)(?: always| usually)? (?:go|goes|get|gets|turn|turns|itch|"
    r"itches|is|"
    r"are|hurt|hurts|ache|aches|run|runs|crack|cracks|swell|swells)\b)"
)
"""Behind a season that comes back: "in winter my fingers go white"."""

_HELPLESS = (
    r"(?:get rid of|get shot of|get over|get on top of|live with|put up with|cope with|deal with|fight off|shake off|"
    r"(?:shake|shift|stand|bear|take|ignore|escape|control|stop|stomach|sleep (?:for|through|with))"
    r"(?= (?:the|this|these|that|all this|all the)\b))"
)
"""What nobody can do about a complaint that is there."""
_INNER = (
    r"(?:(?:i|he|she|it|we|they|there)(?:'ve|'s|'m|'re|'d| have| has| had| is| am| was| were| are)?(?: got| been)? )"
)
_NOT = r"(?:no|not|never|without|hardly any|(?:do|does|did|have|has|had|is|are|was|were)(?:n't| not))"

_PART = (
    r"(?:knees?|hips?|back|shoulders?|neck|chest|stomach|tummy|belly|head|throat|ears?|legs?|arms?|foot|feet|"
    r"ankles?|wrists?|"
    r"hands?|elbows?|heart)"
)

PHRASES: dict[MatchKind, tuple[str, ...]] = {
    _N: (
        r"\b(?:nobody|no ?one|no doctor)(?:'s| has| have)? ever (?:told me|said|diagnosed me|mentioned)(?: that| with)?"
        r"(?: (?:i've got|i have|i had|i'd got|i was|it was))?\b",
        rf"\b(?:isn't|is not|it's not|wasn't|was not) (?:the|my|his|her) {_PART} that(?:'s)?\b|"
        r"\bneither of (?:my|the|our|his|her|them|us)(?: \w+)?(?= (?:has|have|had|is|are|was|were|gets?|got)\b)|"
        r"\bnone of (?:my|the|our) (?:kids|children|boys|girls|lot|family)(?= (?:has|have|had|is|are|gets?|got)\b)",
        r"\bwithout (?:so much as|even)(?: an?| any)?\b|\bnot (?:one|the (?:sort|type|kind)) (?:for|to get|who gets|"
        r"to have)\b",
        r"\b(?:hardly|barely|scarcely) an? (?!(?:day|night|minute|hour|moment|wink|breath|drop|word|step|thing|week|"
        r"bite|sip|meal|sound)\b)",
        r"\b(?:don't|do not|dont|doesn't|does not|didn't|wouldn't) (?:want|need|like|wish|care|have) to "
        r"(?=(?:see|speak to|talk to|be sent to|go to|be referred to)\b)",
        r"\bnever (?:once|ever|at any (?:point|time|stage))\b|"
        r"\b(?:let alone|much less|still less)(?: an?| any| the)?\b|"
        r"\b(?:isn't|is not|not|wasn't|never|'s not) so much as (?:an?|one)\b|\bnone of (?:that|this|the|"
        r"your)\b(?= [a-z])|"
        r"(?:n't|\bnot|\bno|\bnever|\bwithout|\bzero)(?: (?:had|have|having|been having|got|notice|noticed|been|"
        r"give|given|me|him|her))*(?: any| much| the least| the slightest)? (?:trouble|problems?|issues?|bother|"
        r"complaints?) (?:with|of|about|from)\b(?: any| the)?",
        r"\bbe (?:lying|fibbing|exaggerating) if (?:i|he|she) (?:said|claimed|told you)(?: that)?"
        rf"(?: {_INNER}?)?(?!{_NOT}\b)",
        r"(?:^|(?<=[.;!?] )|(?<=[.;!?]))(?:i'?ve got |i have |got |it's |he's got |she's got )?(?:everything|"
        r"the lot|all of it|"
        r"every symptom|all the (?:signs|symptoms)[^,.;:]{0,20}?) (?:but|except|bar|apart from|other than)(?: for)?"
        r"(?: an?| the| any)?\b(?= [a-z]+(?: [a-z]+)?\s*(?:[:,.;]|$|and\b))|"
        r"(?:n't|\bnot|\bno) (?:have |had |get )?(?:any )?such things? as\b|"
        r"(?:\b(?:have|has|had)|'ve|'s) (?:now |since |finally )?stopped "
        r"(?:being(?! sick)|feeling|getting|having|seeing)\b",
        r"\b(?:instead of|rather than)(?: having| getting| feeling| being)?(?: an?| any| the| proper| real| just)*\b|"
        r"\b(?:nobody|no one|no-one) (?:could|would|can|would ever|could ever) (?:call|describe|"
        r"say)\b(?: (?:me|him|her|it|them|that|this|us))?|"
        r"\bnone of the (?:usual|typical|normal|classic|other)\b",
        r"\b(?:did|does|do|has|have|had)(?: not|n't) (?:report|note|mention|describe|admit|endorse|express|"
        r"volunteer)(?:ed)?(?: any| having)?\b|"
        r"\b(?:nobody|no ?one) (?:has |had )?(?=(?:hit|punched|pushed|kicked|bit|attacked|touched|hurt|forced|"
        r"scratched)\b)",
        r"\bnot what (?:you'd|i'd|you would|i would|anyone would) call\b|\b(?:couldn't|could not|"
        r"can't) be (?:any )?less\b|"
        r"\b(?:won't|will not|wouldn't) (?:find|see|catch)\b|\bno return of\b|\b(?:no|without) further\b|"
        r"\bnot a single\b|"
        r"\b(?:no|not any) such thing as\b|\bthere's no way (?:i'm|i am|i have|i've got|he's|she's)\b|"
        r"\bno way (?:i'm|i've|is it)\b|"
        r"\bruled out\b(?= (?:a|an|any|the)?\s?\w)|(?<!get )(?<!getting )\b(?:free|clear|rid) (?:of|"
        r"from) (?:any )?|\bspared (?:me |"
        r"him |her )?(?:any )?\b",
        r"(?:can't|cannot|can not|couldn't|could not|cant) (?:possibly )?be(?= (?:pregnant|expecting)\b)|"
        r"\b(?:nearly|almost) (?=(?:fell|fainted|passed out|blacked out|slipped|tripped)\b)",
        r"\b(?:is|are|was|'s|'re|am|'m) "
        r"(?:far from|anything but(?! (?:my|his|her|i|it|he|she|there)\b))(?: being)?\b|\bcan'?t complain of\b",
        r"\b(?:don't|do not|doesn't|does not|didn't|haven't|hasn't|never) (?:notice|noticed|see|seen|saw|feel|"
        r"felt|get|got|"
        r"have|had|find|found|suffer|suffered)(?: from)? (?:any|much|a single|an ounce of|the slightest)\b",
        rf"\b(?:can't|cannot|can not|cant|couldn't|wouldn't) say (?:that )?(?:{_WHO}|my|his|her|the)\b"
        r"(?![^.,;!?]{0,30}(?:'s| is| has|'ve| have) (?:gone|better|any better|stopped|cleared|eased|settled)\b)",
        r"\b(?:isn't|is not|'s not|wasn't) (?:that|because|as (?:if|though)) (?:i|he|she|they|we|it)(?:'m|'ve|"
        r"'s|'re|'d)?"
        r"(?: (?:do|does|did|have|has|had|is|are|was|wo|ca|could|would)(?=n't| not))?",
        r"\bnot (?:a|one|the (?:slightest|least|faintest)) (?:single )?(?:trace|hint|sign|bit|"
        r"spot|drop|touch|whiff|speck|jot|episode|bout|attack|spell|instance)?(?: of)?\b",
        r"\b(?:don't|do not|doesn't|does not|never|didn't)(?: ever| even| really)? (?:think|thinking|thought|dream|"
        r"dreamt)(?:ing)? (?:about|of)\b"
        r"(?! anything| much| nothing|"
        r"[^,.;]{1,40}\b(?:until|till|before) (?:now|today|this|yesterday|recently|last)\b)",
        rf"\bnot once (?:has|have|had|did|was|were)\b(?: {_WHO}\b)?(?: (?:had|been|felt|seen|got))?|"
        r"\bat no (?:time|point) (?:has|have|had|did|"
        rf"was|were) {_WHO}\b",
        r"\b(?:clear of|devoid of|lack of|lacking|nothing like|nothing in the way of|nowhere near|"
        r"in no way|by no means|anything but(?! (?:my|his|her|i|it|he|she|there)\b)|far from(?: being)?)\b|"
        r"\bnor (?:do|does|did|has|have|is|are|am|was|can|will) (?:i|he|she|it|they|we)\b|"
        r"\b(?:ain't|aint) (?:got )?(?:no|any)?\b|"
        r"\b(?:have|has|had|'ve|'s)? ?stopped (?=(?:cough|vomit|throw|wheez|sneez|bleed|shak|itch|"
        r"hurt|sweat|smok|ach|throbb|runn)\w*ing\b)|(?:can't|cannot|couldn't) complain of\b|"
        r"\b(?:would not|wouldn't|cannot|can't|couldn't) (?:exactly |really |quite )?(?:call|"
        r"describe) (?:it|this|that|them)(?: as)?\b|"
        r"\b(?:no ?one|nobody|none of (?:us|them))(?: else)?(?: (?:in|at|from|around) (?:(?:my|"
        r"the|our|his|her) )?\w+)? (?:has|have|had|is|are|was|gets?|suffers? from)\b",
        r"(?:n't|\bnot) (?:feel|look|seem|sound) like\b",
        r"(?<!have )(?<!has )(?<!had )\b(?:everything|anything|all|all the usual|the lot) (?:but|bar|except) "
        r"(?=(?:an? |the |any )?\w+"
        r"(?: \w+)?(?: *$|[,:;.]))|"
        r"\bnothing (?=(?:hurts|itches|aches|burns|bleeds|swells|black|bloody|red|swollen|sore|broken|yellow)\b)|"
        r"\bhardly call (?:it|that|this)\b|"
        r"\bnothing (?:has|have|had|is|was)\b|\b(?:no ?one|nobody)(?: else)? (?=(?:smokes|coughs|drinks|snores|"
        r"wheezes)\b)",
        r"\black(?:s|ed|ing)\b(?! (?:of )?(?:energy|sleep|appetite|strength|interest))|(?:n't|"
        r"\bnot) (?:seem|appear)(?: to)?\b",
        r"(?:n't|\bnot|\bnever|\bno longer) (?:been |really )?(?:complain(?:ed|ing)(?: of| about)?|"
        r"experiencing|suffering(?: from)?|"
        r"suffered(?: from)?|troubled by|bothered by|aware of)",
    ),
    _A: (
        r"\b(?:definitely|certainly|absolutely|clearly|for sure) not\b(?= *(?:$|[.,;!?]))",
        r"\b(?:stopped|went|cleared up|disappeared|resolved|subsided|settled|wore off|vanished|"
        r"passed off)(?: down| away| "
        r"completely| up)?(?= (?:yesterday|last (?:night|week)|this (?:morning|afternoon|week)|on \w+day|(?:an?|"
        r"two|three|a "
        r"few|a couple of|\d+) (?:days?|hours?|weeks?) ago|by (?:itself|themselves)|on (?:its|their) own|now\b)|"
        r" *(?:$|[.;]))",
        r"(?<=fever )(?:came|has come|went) (?:back )?down\b|(?<=temperature )(?:came|has come) (?:back )?down\b|"
        r"(?<=temp )came (?:back )?down\b",
        r"\b(?:is|was|are|were|has been|have been) (?:excluded|ruled out)\b",
        r"\bthere(?:'s| is| was|'s been| has been| have been| had been) none\b(?: of (?:that|it))?",
        r"\b(?:has|have|had)(?:n't| not) (?:since )?(?:come back|returned|recurred|happened (?:again|since)|been back|"
        r"reappeared)\b",
        r"\b(?:is|are|was|were)(?:n't| not) there(?: any ?more| now| at all| today)?\b",
        r"(?<!not )(?<!n't )(?<!never )(?:\b(?:has|have|is|are)|'s|'ve)?(?: now| all| completely|"
        r" since| finally| already)? ?"
        r"\b(?:gone|cleared(?: up)?|disappeared|resolved|subsided|worn off|"
        r"settled(?: down)?)(?: now| away| down| completely| today| since)*(?: by (?:itself|"
        r"themselves)| on (?:its|their) own)?(?= *(?:$|[.,;!)]|but\b|no\b))",
        r"(?:\b(?:has|have|is|had)|'s|'ve)(?: now| all| completely| since| finally|"
        r" already)? (?:stopped|passed|over|better now)(?: now| completely| today| since|"
        r" by itself)*(?= *(?:$|[.,;!)]|but\b|and\b))|"
        r"\bstopped (?:by (?:itself|themselves)|on (?:its|their) own)|(?<=\w)[- ]free\b(?! (?:of|"
        r"from|to))",
        r"\b(?:i|he|she|we) (?:don't|do not|doesn't|haven't|hasn't|didn't|never|haven't got)(?: ever| really)*"
        r"(?: have| had| got| get| do| notice| noticed| see| seen| felt)*(?= *(?:$|[.,;!?]|but\b))|"
        r"\b(?:i|he|she|we)(?:'ve|'s| have| has)? (?:had |got |have )?none(?: at all)?(?= *(?:$|[.,;!?]|but\b|and\b))",
        r"\b(?:and|but) (?:i|he|she|we) (?:said|answered|told (?:them|him|her)) (?:no|not)\b|"
        r"\b(?:and|but) (?:(?:i|he|she|we) )?(?:can't|cannot|couldn't|could not|didn't) (?:find|see|"
        r"spot) (?:one|any)\b",
        r"(?<=fever )broke\b(?! out)",
        r"\b(?:neither of (?:these|those|them|which)|none of (?:these|those|them|that|which))\b",
        r"\b(?:not that i(?:'ve| have)? (?:know of|noticed?|seen|felt|am aware of|can tell|"
        r"remember|recall)|not that i'm aware of|not as far as i (?:know|can tell)|"
        r"not to my knowledge|not at all|never had (?:it|any|that|them|those))\b",
    ),
    _X: (
        r"\bnot an? (?:single )?(?:day|night|hour|week|morning|evening)(?: (?:goes by|passes|has (?:passed|gone by)))?"
        r" without\b|"
        r"\byou(?:'d| would)?(?:n't| not| never|'d never) believe\b|"
        r"\b(?:never|haven't|have not|hasn't|has not)(?: ever)? (?:had|felt|known|experienced|seen)"
        r"(?= [^.;!?]{1,40}\b(?:like (?:this|it)\b|(?:this|so|that) (?:bad|badly|strong|severe|severely|long)\b|"
        r"as bad as (?:this|it)\b))|"
        r"\b(?:hadn't|had not|had never|haven't|have not|hasn't|didn't have|didn't get|never)(?: ever)?"
        r"(?: had| felt| got| get| have)?(?: any)?"
        r"(?= [^,.;]{1,40}\b(?:until|till) (?:now|today|this|yesterday|recently|last)\b)|"
        r"\b(?:don't|do not|doesn't|does not|never|not)(?: usually| normally| generally| often| really)?"
        r" (?:get|have|suffer from)(?= [^.;,]{1,40},? but (?:(?:today|now|tonight|lately|this (?:time|week|morning)) )?"
        r"(?:i|he|she) (?:do|does|did|have|has)(?: (?:now|today|tonight|this (?:time|week|morning)))?"
        r"(?= *(?:$|[.,;!?])))",
        r"(?:\b(?:ca|could)n't|\b(?:can|could) not|\bcannot|\bcant|\b(?:not |un)able to|\bnever)"
        rf"(?: seem to| really| just| even| quite| manage to| be able to)* {_HELPLESS}",
        r"\bwithout (?:the|this|that|my|his|her|these|those|all (?:the|this|"
        r"that))\b(?=[^.;!?]{1,40}?[, ](?:i|he|she|we|"
        r"it|things|life|everything)(?:'d| would| could| might)\b)",
        rf"\bbe (?:lying|fibbing|exaggerating) if (?:i|he|she) (?:said|claimed|told you)(?: that)? {_INNER}?{_NOT}\b|"
        rf"\bwish i could (?:say|tell you)(?: that)? {_INNER}?{_NOT}\b|"
        r"\b(?:nobody|no one|no-one|you|they) (?:could|can|would|can't|couldn't)(?: ever)? (?:say|claim|"
        r"tell me)(?: that)? "
        rf"{_INNER}?{_NOT}\b",
        r"\bif (?:i|he|she|it|we|they|there) ?(?:hadn't|had not|weren't|were not|wasn't|was not|didn't|did not)"
        r"(?: (?:had|been|got|felt|have|for))*\b",
        r"\b(?P<cue>never|hardly ever|rarely|not once)\b(?=[^,.;:!?]{1,40}? (?P<second>without)\b)",
        r"\b(?:not|hardly|scarcely|barely) (?:a|an|one) (?:single )?(?:day|night|morning|evening|week|hour|meal|"
        r"minute)"
        r"(?:'s)? (?:goes|passes|went|passed|gone|has gone|has passed)(?: by| past)?[^,.;:!?]{0,40}?"
        r"(?:\bwithout\b|n't\b|\bnot\b)",
        r"\b(?:can't|cannot|can not|cant|couldn't|won't|wouldn't|don't|no|never|no point in|no use|not|n't) "
        r"(?:ever |really |exactly )?den(?:y|ying|ied)\b(?: that)?|\b(?:impossible|hard) to deny\b|"
        r"\b(?:wouldn't|would not|can't|cannot|can not|couldn't|don't|not) say (?:that )?"
        r"(?:there's|there is|there are|there isn't|there aren't|i have|i've|i've got|he has|she has|it is|"
        r"it's|i'm|i am|he's|she's)"
        r"(?: got)? ?(?:\bno\b|\bnot\b|\bnever\b|\bwithout\b|(?<=n't))|"
        r"\bdon't (?:you )?(?:ever )?(?:think|imagine|assume|suppose|go thinking)(?: that)? "
        r"(?:i|he|she|it|we|they)(?:'m| am|'s| is|'re| are|'ve| have| has| do| does)?(?: not|n't)\b",
        rf"\b(?:isn't|is not|it's not|wasn't) (?:so much |just |really )?(?:the|my|his|her|this|that) (?!{_PART}\b)"
        r"(?=[a-z ]{3,20} (?:that|which) (?:worries|worried|bothers|bothered|scares|frightens|brought|got|is "
        r"worrying|concerns)\b)",
        r"\ba (?:sort|kind) of(?: an?)? (?=(?:dull |sharp |burning |nagging )?(?:ache|pain|burning|cramp|tightness|"
        r"pressure|"
        r"itch|twinge|stabbing)\b)|\bscratch that\b|\bstrike that\b|\b(?:the )?wrong word\b",
        r"\b(?:an?|that|this|the same)(?: (?!sort|kind|bit)\w+){1,2} (?:sort|kind) of(?: an?)?\b",
        r"(?:\b(?:has|have|had|did|do|does|is|are|was|can|could|wo|ca)(?:n't| not)|\bnever|\bcannot|"
        r"\b(?:hasnt|havent|cant|wont|dont|doesnt)) "
        r"(?:\w+ )?(?:stop|stopped|stopping|quit) (?=(?!bleed)\w+ing\b)",
        r"(?:\bisn't|'s not|\bis not|\bwasn't|\bnot) (?:that|as if|as though|like) (?:\w+ )?(?:never|don't|"
        r"do not|doesn't|"
        r"didn't|haven't|hasn't|can't)\b|"
        r"\b(?:not|never|n't) (?:go|have|spend|get through|get) (?:a|one|single|\s)+(?:day|night|hour|"
        r"week)s? without\b|"
        r"\bdon't go (?:a|one|single|\s)+(?:day|night|hour|week) without\b|(?:n't|not) (?:pretend|say|claim|"
        r"tell me|tell you|deny)(?: that)? (?:i|he|she|it)(?:'m|'s| am| is| do|"
        r" does| have)?"
        r"(?:n't| not| never)\b",
        rf"{_CANNOT}(?: {_QUITE})* (?:remember|recall) (?:what (?:it|they|that|he|she)\b|which\b|when (?:it|"
        r"that|i last)\b|"
        r"the (?:name|word|dose|exact|date)|(?:his|her|its) name|exactly|how (?:long|many|often|much))",
        r"\bi (?:often |sometimes |always |do )?(?:think|thought) (?:about|of)\b|"
        r"\bnever (?=[^,.;]{1,40}\b(?:until|till|before) (?:now|today|this|yesterday|recently|last)\b)",
        r"\b(?:can't|cannot|cant|couldn't|could not|couldnt|unable to|not able to) (?:\w+ ){1,6}without\b|\bnever "
        r"without\b|"
        r"\bnot without\b|\bnot as if (?:\w+ )?(?:never|don't|do not|not)\b",
        r"\bnot a (?:single )?drop of (?:urine|wee|pee|water)\b",
        r"\bcan(?:'t|not|t| not) see (?=(?:any|a|much) (?!thing)\w)|"
        r"\b(?:physical )?exam(?:ination)? (?:is|was|reveals?|shows?|showed|revealed|findings?)\b|"
        r"\bon (?:physical )?exam(?:ination)?\b|"
        r"\b(?:when|if|whenever|unless) (?:i|he|she|you) (?:don't|do not|doesn't|haven't|hasn't) (?:eat|"
        r"eaten|drink|sleep|slept|take)\b",
        rf"(?<!this )\b(?:day|night|hour|minute|moment|time|morning)s? (?:when |that |where )?{_WHO} ?(?:not|"
        r"don't|doesn't|am not)\b",
    ),
    _D: (
        r"\bsome (?:people )?(?:say|think|reckon)(?: that)?(?: it's| it is|"
        r" i have)?(?=[^.;!?]{1,40}\b(?:some|others) (?:say|"
        r"think|reckon|don't|disagree)\b)|"
        r"\bi(?:'d| would) be guessing\b(?: if i (?:said|told you)(?: that)?)?|"
        r"\bin two minds (?:about )?(?:whether|if)\b|\bi (?:sort of |kind of )?(?:fancied|imagined) (?=(?:my|the|"
        r"there|it|i|his|"
        r"her)\b)|\b(?:got|have|had) (?:the|a) (?:feeling|notion|hunch|suspicion)(?: that)? (?=(?:i|it|there|my|he|"
        r"she)\b)|"
        r"\b(?:not|n't) (?:all that |entirely |totally |really )?(?:convinced|persuaded|positive)(?: that| it's| it "
        r"is)?\b|"
        r"\bif (?:there(?:'s| is| was| were)|i (?:have|had|do have)|it(?:'s| is)|he has|she has)(?: any| an?| some)?"
        r"(?=[^.;!?]{1,40}\b(?:i|we|he|she|nobody) (?:haven't|hasn't|didn't|have not|did not|never|wouldn't)\b)|"
        r"\bi would (?:guess|say)\b|\btalk of\b|\blooks? to (?:me|us|him|her|them) like\b|"
        r"\b(?:daren't|dare not|wouldn't dare(?: to)?|wouldn't like to|would not like to) (?:say|call|claim)(?: that)?"
        r"(?: (?:it's|it is|it was|there was|there's|i|he|she))?\b|"
        r"(?<=[a-z] )\bif (?:any|anything|at all)(?= *(?:$|[.,;]))|"
        rf"\b(?:my |his |her |the )?{_RELATIVE}(?:-in-law)? (?:swears?|insists?|claims?|maintains?|will have it|is "
        r"convinced)(?: that)?\b|"
        r"\b(?:you )?(?:tell|show|let) me(?: know)? (?:if|whether)(?: (?:this|that|it|these|those|"
        r"there)(?: is| are| was|"
        r"'s| counts as)?)?\b|\b(?:the question|question) is (?:if|whether)\b|"
        r"(?:n't|\bnot|\bnever|\bnobody(?: has)?|\bno one(?: has)?)(?: really| actually| yet| been| ever|"
        r" even| properly)* "
        r"(?:check(?:ed)?|look(?:ed)?|test(?:ed)?|ask(?:ed)?|examined?|screened|scanned)(?: me| him| her)?"
        r"(?: (?:for|if|whether))\b|"
        r"\b(?:won't|wouldn't|can't|cannot|couldn't|not) (?:swear|promise|guarantee|vouch|bet|put money on it|say for "
        rf"(?:sure|certain))(?: that)? {_INNER}?{_NOT}\b|"
        r"\b(?:i'd|i would|he'd|she'd) (?:imagine|think|reckon|expect|suspect|wager|bet|venture)\b(?! (?:so|not)\b)|"
        r"(?<=[a-z] )\bless so\b|\b(?:is|are) (?:less|not so|not as|not too|not all that) (?:sure|certain|"
        r"clear|definite)\b",
        r"\b(?:(?:don't|do not|dont) know|couldn't tell you|can't tell you) (?:did|was|is|am|are|has|have|does|"
        r"do|were|had)"
        r" (?=(?:i|he|she|it|they|we)\b)|"
        r"\b(?:it )?could be (?:that )?(?:i|he|she|it)(?:'s| is| was| had| has)?(?: only| just)*(?= [a-z])|"
        r"\bi(?:'d| would)? be (?:very |really )?surprised if\b|\bi (?:doubt|doubted)(?: (?:that|if|"
        r"whether))?\b(?! it *[.,;!?])",
        r"\btoo (?:early|soon) to (?:say|tell|know)(?: if| whether)?\b|\b(?:fifty[- ]fifty|50[/-]50|good|fair|"
        r"slim|small|decent|outside|slight|"
        r"even|strong|remote|distinct) (?:chance|possibility|likelihood)(?: that)?(?: of)?\b|\byou (?:could|"
        r"might) (?:say|call it)\b|"
        r"\b(?:i'd |i would )?hesitate to (?:call|say)(?: it)?\b|\bif (?:that|this|it) counts(?: as)?\b|"
        r"\bif you (?:can|could) call (?:it|that)\b|"
        r"\b(?:it )?(?:may|might|could) (?:all |just |only )*be (?:all )?(?:in my (?:head|mind)|my imagination|"
        r"psychological)(?:,? but|,)"
        r"(?: i| i'm)?(?: feel| think| seem| have| get| keep)?",
        r"\b(?:i|he|she|it|they|there|we|mum|mom|dad|baby|the baby|my \w+) (?:may|might)(?: or (?:may|"
        r"might) not| well| possibly| just|"
        r" also| even| already)*(?= [a-z]+)(?! (?:as well|not)\b)",
        r"\b(?:i keep|i can't help|i couldn't help|can't stop|kept) (?:thinking|wondering|imagining)(?: that| if)?\b|"
        r"\b(?:the |my |a |our )?(?:doctor|gp|nurse|locum|midwife|consultant|paramedics?|radiologist|pharmacist|"
        r"teacher|nursery|school)s?"
        r" (?:once |also |just )?(?:thought|thinks|wondered|wonders|suspects|suspected|wasn't (?:sure|certain)|"
        r"weren't (?:sure|certain)|"
        r"mentioned(?: possible)?|wasn't convinced)(?: (?:that|if|whether|about|there|it|i|he|she|they|was|"
        r"might|may|could|be|had|have|heard|"
        r"saw|felt|a))*|"
        r"\b(?:they|doctors?) (?:weren't|wasn't|aren't) (?:sure|certain|convinced)(?: (?:if|whether|about|it|"
        r"was|that))*",
        r"\b(?:in case|i dread to think|dread to think) (?:it's|it is|i've got)\b|\b(?:it )?(?:appears|"
        r"would appear|(?<!he )(?<!chest )(?<!breath )(?<!breathing )(?<!cough )(?<!voice )sounds) (?:that|as if|as "
        r"though|like|to be)\b|\bgives? (?:me )?the impression\b|\bif (?:i'm|i am) not mistaken\b|"
        r"\bunless i(?:'m| am) (?:mistaken|imagining "
        r"it)\b|\b(?:borderline|equivocal|inconclusive|doubtful|uncertain|indeterminate)\b(?! (?:sugar|blood))|"
        r"\bi dare ?say\b|"
        r"\b(?:i )?(?:couldn't|can't|wouldn't) (?:promise|guarantee|be a hundred percent)(?: (?:that|i|he|she))*\b",
        r"\b(?:i(?:'ve| have)?|i've got|got|have|has) (?:a|this|the|some|got a) (?:funny |nasty |horrible |"
        r"sneaking |slight )?"
        r"(?:feeling|hunch|suspicion|inkling|notion|sense|idea)(?: that| it's| it is)?(?! (?:of|in|like|as)\b)|"
        r"\bsomething tells me(?: that)?\b|\b(?:i'm |i am )?half (?:convinced|sure|certain|wondering|"
        r"afraid)(?: that| if| whether)?\b|"
        r"\bi thought i (?:felt|saw|heard|had|noticed|was)\b|\b(?:i )?(?:wouldn't|would not) (?:be surprised|"
        r"rule out)(?: if)?\b|"
        r"\b(?:i )?(?:can't|cannot|couldn't|wouldn't|would not) swear (?:that )?(?:i|he|she|it|there)(?:'s|'m|"
        r"'ve)?\b|"
        r"\b(?:my )?money(?:'s| is) on\b|\bwouldn't put it past\b",
        rf"{_CANNOT}(?: {_QUITE})* (?:tell|say|swear|remember|recall|know|be sure|be certain)(?= (?:i|he|she|it|"
        r"there|we)\b)",
        r"\b(?:may(?:be)?|might|could) (?:or (?:may|might|could) not|well|possibly|just|also)? ?(?:be|have|"
        r"'ve)?(?: been| had| "
        r"got)? (?:having|getting|developing|coming down with|running(?= a (?:temp|fever)))\b",
        r"\b(?:don't|do not|dont) know (?:about (?:any|a|the)|for (?:sure|certain))\b",
        r"(?<!in )\b(?:may|might) (?:or (?:may|might) not |well |possibly |just |also |"
        r"even )*(?:be|have|'ve|had)(?: been| had| got)?\b",
        r"\b(?:could|might) ?(?:'ve|have) (?:been|had)\b",
        r"\b(?:it's |it is |it was |quite |very )?(?:possible|conceivable|likely|"
        rf"unlikely)(?: that)? {_WHO}\b|\bthere's (?:a |some )?(?:chance|possibility)\b",
        r"\bit (?:may|might|could) be that\b",
        r"\bi (?:half |do |sort of |kind of |rather |really |just )?(?:believe|assume|presume|"
        r"reckon|imagine|suspect|fancy|think|guess|suppose|wonder)(?: that)?(?! (?:so|not|"
        r"it's because))\b",
        r"\b(?:if i had to (?:guess|say|choose)(?:,? i'd say)?|i'd (?:guess|say)|for all i know|"
        r"what (?:may|might|could) be|looks? as (?:if|though)|feels? as (?:if|though) (?:there|"
        r"it))\b",
        rf"\b(?:my )?{_RELATIVE} (?:reckons?|suspects?|believes?|wonders?)\b|"
        rf"\b(?:my )?{_RELATIVE} (?:thinks?|thought)(?: that)? (?=i\b|i'|it|he\b|she\b|he'|she'|this|my\b|"
        r"his\b|her\b|there\b)",
        rf"\bi (?:really |rather |very much )?doubt\b(?: {_IF})?",
        rf"(?:n't|\bnot|\bdont|\bdoesnt|\bdidnt|\bneither (?:\w+ ){{1,3}}(?:can|"
        rf"could))(?: {_QUITE})* (?:sure|certain|clear|convinced|positive|know|remember|recall|"
        rf"aware)(?: {_IF}| of|(?= (?:it|this|that|there)(?:'s| is| was)\b| (?:i|he|she) (?:have|has|had|"
        r"haven't|hasn't|didn't|did|was|wasn't|am|is)\b))",
        r"\bwhether(?: or not)?\b",
        r"(?:\b(?:it's|he's|she's|i'm|is|was|am)|^|[.;,]) ?\beither (?=[^.;,]{1,30} or )",
        r"\b(?:don't|do not) ask me (?:if|whether)\b|\b(?:want(?:ed)?|like|need) to (?:know|see|check|"
        r"find out) (?:if|whether)\b|"
        r"\b(?:to (?:see|check|find out)|checking|checked) (?:if|whether)\b",
        r"(?<!wish i )(?<!so bad i )\bcould (?:just |well |possibly |also |easily )?(?:be|"
        r"have)\b(?! (?:died|done|gone|come|got))",
        r"\b(?:most |very |quite )?(?:un)?likely\b(?: to (?:be|have))?|\blooks? like\b|"
        r"\bor something(?: (?:like (?:that|it|this)|similar|else|of the sort))?(?= *(?:$|[.,;!?]))|"
        r"\b(?:\d+|a hundred|ninety|eighty|fifty)(?: ?percent| ?%| per cent) (?:sure|certain)(?: that| it's)?|"
        r"\b(?:fairly|pretty|almost|nearly|reasonably) (?:sure|certain)(?: that| it's)?(?= (?:i|he|she|it|"
        r"there|a|my)\b)|"
        r"\b(?:looks?|seems?|sounds?) to me(?: like| as if| that)?\b|"
        r"\bi thought (?:it was|it might be|i had|maybe)\b|\bwhat if\b|\bany (?:chance|possibility)\b|"
        r"\bi (?:might|may|could|must|"
        r"am probably) (?:just )?be imagining (?:it|things)(?:,? but)?|"
        r"\bquestion of\b|\bsuspicion of\b|\bsuspicious for\b|\bpresumed\b|\bconcern(?:ing|ed)? for\b|"
        r"\brule out\b(?=[^.;]{0,40}$)",
        rf"{_CANNOT}(?: {_QUITE})* {_TELL}(?: you| for| to)?(?: for (?:sure|certain))?(?: {_IF}|"
        r" the| either)",
        r"\b(?:dunno|no idea|no clue|in two minds|unclear|uncertain|undecided|unsure|not know|"
        rf"who knows|wonder(?:ing)?|a question of)(?: {_IF})\b",
        r"\b(?:asked|asking|asks)(?: me| him| her| us)? (?:if|whether|about)\b",
        r"(?:n't|not|\bdont|\bdoesnt) (?:really |actually )?(?:recall|"
        r"remember) (?:ever )?(?:having )?(?=\w+ing\b)|\bno (?:memory|recollection) of (?:whether|"
        r"if|having)?|"
        r"\b(?:nobody|no one|none of us) (?:knows|knew|saw|noticed|can say|could say|"
        r"remembers) (?:if|whether)\b|\b(?:unknown|unclear) (?:if|whether)\b|"
        r"(?:can't|cannot|can not|couldn't|could not|hasn't|haven't|not) (?:be )?(?:ruled?|"
        r"excluded?)(?: out)?\b|\bdo you think\b",
        r"\bi(?: really| honestly| just)* (?:can't|cannot|can not|cant|couldn't|couldnt|"
        r"could not)(?: really| honestly)? (?:say|tell|be sure|be certain|remember|recall|"
        r"decide)(?= *(?:$|[.;!)]))",
        r"\b(?:query|potential|probable|seemingly|seemed to|appears? to|appeared to)\b|"
        r"(?<![\w?])\?(?=[a-z])",
        r"\b(?:afraid|scared|frightened|terrified|worried|worry|worrying|fear|fearing|"
        r"paranoid)(?: that)? (?:it|this|that)"
        r"(?:'s| is| was| might| may| could| can)(?: be| been| have been)?\b|"
        r"\b(?:scared|frightened|terrified|worried|worry|worrying|fear|fearing|paranoid)(?: that)? (?:i|he|she)"
        r"(?:'ve got|'ve|'s got| have got| have| has| might have| may have| could have| might be)\b|"
        r"\b(?:afraid|scared|frightened|terrified|worried|worry|worrying) (?:of having|about having|of|about)"
        r"(?! (?:my|the|this|these|that|his|her|how|what|not|going|losing|being)\b)",
        r"\b(?:supposedly|apparently|allegedly|presumably|conceivably|arguably|might|maybe|"
        r"perhaps)\b",
        r"\b(?:probably|maybe|perhaps|possibly|i think|i guess) not\b|"
        r"\bat least i don'?t think so\b|\bi don'?t think so\b|"
        r"\b(?:is|are) (?:anyone's guess|anybody's guess|hard to (?:say|tell)|unclear(?! (?:if|whether|why|"
        r"what|how))|unknown(?! (?:if|whether))|"
        r"uncertain|debatable|questionable|doubtful|another (?:matter|question))\b",
    ),
    _P: (
        r"\bused to (?:get|have|suffer(?: from)?|be (?:prone to|plagued (?:by|with)))\b",
        rf"(?<!since )\blast {_YEAR_SCALE}\b|(?<!since )(?<!from )\b(?:back )?in {_MONTHS}\b{_NOT_EVERY}|"
        r"\bmany years back\b",
        r"\bbefore (?:the|my|his|her) (?:operation|surgery|pregnancy|treatment|transplant|birth|"
        r"baby|tablets|menopause)\b|"
        r"\bas a (?:teenager|student|boy|girl|young \w+|baby)\b|\bin my (?:teens|twenties|"
        r"thirties|youth)\b|\bwhen (?:i|he|she) was (?:a |an )?(?:little|small|younger|teenager|"
        r"student|pregnant|at school|\d+)\b",
    ),
    _O: (
        r"\b(?:everyone|everybody|someone|somebody|people|others|half|most|lots|loads|several|"
        r"a lot|kids|children|one)(?: (?:else|of \w+(?: \w+)?|girl|boy|child))?(?: in| at|"
        rf" from) {_PLACES}\b",
        r"\bthe (?:whole|entire) (?:office|class|family|school|house|team|ward|village|building)\b|"
        r"\b(?:someone|somebody|a (?:man|woman|kid|child|guy|lady)) (?:on|in|at|next to|behind|"
        r"opposite) (?:the|my|our) \w+\b|"
        r"\b(?:the|a|another) (?:girl|boy|kid|child|man|woman|lady|guy) (?:next to|beside|behind|in front of|"
        r"opposite) \w+\b|"
        r"\bhalf (?:of )?(?:my|the|our|his|her) (?:class|office|school|family|team|ward|house|department|year)\b",
        r"\b(?:a|one|some) (?:friend|colleague|cousin|neighbou?r)s? of (?:mine|ours|my \w+)\b",
        r"\b(?:my|our) (?:wife|husband|partner|boyfriend|girlfriend|fiance|ex|mother|mum|mom|father|dad|sister|"
        r"brother|"
        r"friend|nan|gran|granny|grandma|grandmother|grandpa|grandfather|grandad|aunt|uncle|cousin|nephew|"
        r"niece|mate)"
        r"(?: (?:has|had|have|got|caught|suffers? from|was diagnosed with|with)|'s got)\b",
        r"\b(?:my|the|our|his|her|a|some|two|three|several|next-door|"
        rf"upstairs) {_NEAR_ONES}(?:'s?)?(?: (?:boy|girl|kids?|child|children|son|daughter|wife|"
        r"husband))?\b",
        r"\b(?:the|an?) (?:advert|ad|article|leaflet|poster|website|programme|program|video|news|"
        r"internet|blog|documentary)\b(?! (?:on|in) my)",
        r"\b(?:can|could|may|might|does|will) (?:this |it |that |these |they )?(?:also |"
        r"sometimes )?(?:cause|lead to|bring on|give (?:you|people|rise to))\b|"
        r"\bside effects? (?:are|is|include|like|such as|of)\b",
    ),
}
