"""What English speakers say is well, by rule: what may be well and what can be done, each in every turn of phrase.

"My sight? No complaints there", "I can't fault my hearing", "he can still swallow and open his "
"mouth". Turns that fit one
finding alone stand in told_well_head_en and its like.
"""

from __future__ import annotations

from typing import NamedTuple

from kiosk.domain.well_words_en import IS, MY, Functions, undenied

_WELL = (
    r"(?:fine|ok|okay|normal|all right|alright|good|great|grand|perfect|unchanged|unaffected|in order|clear|crystal "
    r"clear|"
    r"(?:as )?(?:good as gold|clear as (?:a bell|day|ever)|right as rain)|tip[- ]?top|spot on|never better|"
    r"sound|"
    r"as (?:it|they) (?:was|were|should be|always (?:was|were))|as (?:it|they)(?:'s|'ve| has| have) always been|"
    r"up to scratch|as (?:good|clear|sharp|strong|steady|keen|well|quick) as (?:ever|always|before|anyone'?s?)|"
    r"(?:the )?same as (?:ever|always|before|usual)|as (?:usual|always|before|normal)|like (?:always|normal|before)|"
    r"no (?:bother|trouble|problem|different|worse)|not a problem|not changed)\b"
)
_EXCEPT = r"(?! ?,? ?(?:until|apart|except|but|bar|other than|only|most|some|when|if|in the|for)\b)"
_TROUBLE = r"(?:complaints?|worries|problems?|trouble|issues?|bother|difficult(?:y|ies)|concerns?|change)"
_NO = r"(?:no|never any|not any|\w+n't (?:had |got |have )?any|\w+n't a|without(?: any)?)"
_ADVERB = (
    r"(?:fine|normally|ok|okay|all right|alright|properly|well|perfectly|easily|freely|happily|as (?:normal|usual|"
    r"always|before)|"
    r"like (?:normal|always|before|anyone|everyone(?: else)?)|(?:with )?no (?:bother|problem|trouble|difficulty|"
    r"pain)(?: at all)?|"
    r"without (?:any |a )?(?:trouble|bother|problem|problems|difficulty|pain|fuss|help))\b"
)
_WHO = r"\b(?:i|he|she|they|we|baby|mum|mam|mom|dad|gran|grandad|grandma|grandpa|nan|still|but|and)"
_HARDLY = (
    r"(?! (?:only|just|barely|a little|a bit|a few|liquids|sips|so far|half|halfway|part|"
    r"with (?:difficulty|pain|help|a)))"
)
_ENDS = r"(?= *(?:$|[.,;!?]|and\b|but\b|though\b|now\b|too\b|when\b|with\b))"


class _Ability(NamedTuple):
    """What somebody can do: the verb, the same ending in -ing, and what is denied. `bare` needs no object after it."""

    verb: str
    doing: str
    codes: tuple[str, ...]
    bare: bool = True


_TOPICS: Functions = (
    ("head", ("headache",)),
    ("neck", ("neck_stiffness",)),
    ("sight|vision|eyesight|seeing", ("vision_change",)),
    ("hearing", ("hearing_loss",)),
    ("memory", ("memory_loss",)),
    ("speech|talking", ("speech_trouble",)),
    ("mood|spirits", ("low_mood",)),
    ("sleep|sleeping", ("insomnia",)),
    ("appetite|eating", ("loss_of_appetite",)),
    ("balance", ("dizziness",)),
    ("swallowing", ("trouble_swallowing",)),
    ("voice", ("hoarse_voice",)),
    ("throat", ("sore_throat",)),
    ("jaw", ("jaw_pain",)),
    ("gums", ("gum_swelling", "bleeding_gums")),
    ("hair", ("hair_loss",)),
    ("nails", ("nail_changes",)),
    ("walking|gait", ("cannot_stand_walk",)),
    ("concentration", ("poor_concentration",)),
    ("nerves", ("anxiety",)),
    ("energy|energy levels", ("fatigue",)),
    ("sense of smell|smell and taste|taste and smell", ("loss_of_smell",)),
    ("strength|grip|power", ("limb_weakness",)),
    ("feeding|feeds", ("poor_feeding",)),
    ("soft spot|fontanelle|fontanel", ("bulging_fontanelle",)),
    ("development|growth|milestones", ("growth_concern",)),
)
"""Things in a patient's words, and what is denied where they are well."""

_BODY = r"(?:my|his|her|the|both|all)(?: my| his| her| the)?"
_ABILITIES = (
    _Ability("swallow", "swallowing", ("trouble_swallowing",)),
    _Ability(rf"open {_BODY} (?:mouth|jaw)(?: wide)?", rf"opening {_BODY} (?:mouth|jaw)", ("trismus",)),
    _Ability("chew(?: on both sides)?", "chewing", ("jaw_claudication",)),
    _Ability("open wide", "opening wide", ("trismus",)),
    _Ability("walk", "walking", ("cannot_stand_walk",)),
    _Ability(
        rf"(?:(?:bend|straighten|move) {_BODY} (?:fingers?|knees?|elbows?|wrists?|arms?|legs?|toes?|ankles?|thumbs?)|"
        rf"make a fist)",
        rf"(?:bending|straightening|moving) {_BODY} (?:fingers?|knees?|elbows?|wrists?|arms?|legs?|toes?|ankles?|"
        rf"thumbs?)",
        ("cannot_move_joint",),
    ),
    _Ability(
        rf"(?:lift|raise) {_BODY} (?:arms?|legs?)", rf"(?:lifting|raising) {_BODY} (?:arms?|legs?)", ("limb_weakness",)
    ),
    _Ability("hear", "hearing", ("hearing_loss",), bare=False),
    _Ability("see", "seeing", ("vision_change",), bare=False),
    _Ability("(?:speak|talk)", "(?:speaking|talking)", ("speech_trouble",), bare=False),
    _Ability("concentrate", "concentrating", ("poor_concentration",)),
    _Ability("(?:smell|taste)", "(?:smelling|tasting)", ("loss_of_smell",), bare=False),
    _Ability("sleep", "sleeping", ("insomnia",), bare=False),
    _Ability("eat", "eating", ("loss_of_appetite",), bare=False),
    _Ability(rf"move {_BODY} eyes?", rf"moving {_BODY} eyes?", ("eye_movement_pain",)),
    _Ability(
        rf"(?:look down|turn {_BODY} head|move {_BODY} (?:neck|head)|bend {_BODY} neck|nod)",
        rf"(?:turning {_BODY} head|moving {_BODY} (?:neck|head)|bending {_BODY} neck|looking down)",
        ("neck_stiffness",),
    ),
    _Ability(rf"breathe through {_BODY} nose", rf"breathing through {_BODY} nose", ("blocked_nose",)),
)


def _is_well(things: str) -> str:
    return "|".join(
        (
            rf"\b(?:{things}){IS} {_WELL}{_EXCEPT}",
            rf"\b(?:{things})(?: ?\?| ?[:-])+ (?:{_NO} {_TROUBLE}|nothing wrong|(?:all |quite |perfectly |it's |"
            rf"they're |that's )*{_WELL})"
            rf"(?: (?:there|here|at all|with (?:that|those|it|them)))*{_EXCEPT}",
            rf"\b(?:can't complain about|can't fault|no faulting|(?:quite |perfectly )?happy(?: enough)? with|no "
            rf"change in) (?:{MY} )?"
            rf"(?:{things})\b",
            rf"\b(?:{_NO} {_TROUBLE}|nothing (?:wrong|the matter|amiss)) (?:at all )?(?:with|about|from|in) (?:{MY} "
            rf")?(?:{things})\b",
            rf"\b(?:{things}) (?:isn't|aren't|is not|are not|hasn't been|haven't been|was never|were never|has never "
            rf"been|never|not)"
            r"(?: been| ever| really)* (?:affected|a problem|an issue|the problem|any different|any worse|impaired|"
            r"changed)\b",
        )
    )


def _can_be_done(ability: _Ability) -> str:
    verb, doing = ability.verb, ability.doing
    ways = [
        rf"\b(?:{_NO} {_TROUBLE}|without (?:any )?pain) (?:with |when )?{doing}\b",
        rf"{_WHO} (?:can )?(?:still )?{verb}s? {_ADVERB}{_EXCEPT}",
        rf"{_WHO} can (?:still |always |easily )*{verb}{'' if ability.bare else _ENDS}{_HARDLY}(?: "
        rf"{_ADVERB})?{_EXCEPT}",
        rf"\bcan (?:still )?(?:\w+ ){{1,4}}and {verb}\b{'' if ability.bare else _ENDS}{_HARDLY}",
        rf"\b{doing}(?:'s| is| isn't a| is not a| was) (?:{_WELL}|problem){_EXCEPT}",
    ]
    return "|".join(ways)


TOPIC_FUNCTIONS = undenied(
    (
        *((_is_well(things), codes) for things, codes in _TOPICS),
        *((_can_be_done(ability), ability.codes) for ability in _ABILITIES),
    )
)
