"""Words that patients spell as they sound, and ordinary words that are no slip of a medical one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

_MIN_SLIP_LETTERS = 6
_MOST_SLIP_LETTERS = 24

_MISSPELLED: dict[str, str] = {
    "abdomen": "abdomin abdoman abdamen",
    "abdominal": "abdominel abominal adominal",
    "accident": "accidant acident",
    "allergic": "alergic allergik alerjic",
    "allergy": "alergy allergie alerjy",
    "ankle": "ankel ancle anckle",
    "appetite": "apetite appitite apitite",
    "asthma": "asma azma athsma asthama astma",
    "bleeding": "bleding bleading bleedin",
    "blood": "blod bloood bludd",
    "bloody": "bludy bloddy",
    "breath": "breth brethe breff braeth",
    "breathing": "brething breathin brethin breething",
    "bruise": "bruize bruse",
    "chest": "chst cheast ches",
    "choking": "choaking chocking chokin",
    "collapsed": "colapsed collapst",
    "constipated": "consipated constapated constipted",
    "constipation": "constapation consipation",
    "convulsion": "convultion convolsion",
    "cough": "coff caugh couph cof cogh",
    "coughing": "coffing coughin caughing",
    "diabetes": "diabetis diabeties diebetes diabetus dibetes",
    "diarrhea": (
        "diarea diaria diahrea diahorea diahorrea diahoreah diarreah diarreha diarrehea diarrhia diareah "
        "diarhia diorrhea diorrea dihorrea dirrhea dirrea dihrea direa dyarrhea dyarea diarhoea "
        "diarhorea diahrrea diahrrhea diahorrhea diarrhorea diaherra diarrha diharrea"
    ),
    "dizziness": "dizness dizzines dizyness disiness dizzyness dizzinss",
    "dizzy": "dizy dissy dizzi dizzie dizzey dizi diszy",
    "exhausted": "exausted exhasted exosted",
    "fainted": "faintid fented fayted",
    "fatigue": "fatige fatiuge fateeg fatigeu",
    "fever": "feaver fevor fevar fevr feever fver feavor",
    "fracture": "fractur fracure",
    "haemorrhage": "hemmorage hemorage haemorage hemorrage hemorhage hemmorhage haemorrage",
    "haemorrhoids": "hemroids hemorroids hemoroids hemmoroids hemmorhoids haemroids",
    "headache": "hedache hadache headake headacke hedake headach heddache heachache headace",
    "heart": "hart haert heartt",
    "hoarse": "hoars horsh",
    "hurts": "hurtz",
    "itching": "iching itchin",
    "itchy": "ichy itchey itchie",
    "jaundice": "jaundis jondice jandice",
    "joint": "joynt jiont",
    "lightheaded": "litheaded liteheaded lightheded",
    "migraine": "migrane migrain migrene mygraine megraine",
    "mucus": "mucas mucos",
    "muscle": "musle mussle muscel muscal",
    "nausea": "nausia nasea nasuea nausae nauzea nawsea nausious nasia",
    "nauseous": "naseous nauseus nauseaus nausious nautious nauscious nauseuos nawseous",
    "numb": "num nummb",
    "numbness": "numbnes numness nubness",
    "palpitations": "palpatations palputations palpatation palpitaions palpations",
    "phlegm": "flem phlem flegm phlegem phelgm phlegmn",
    "pneumonia": "pnemonia neumonia numonia newmonia pnumonia",
    "pregnant": "pregnent pregant preganant pregnet pregnat pragnent",
    "rheumatism": "rhuematism rumatism",
    "runny": "runney runy",
    "seizure": "seisure siezure seizer seezure seasure siezer",
    "seizures": "seisures siezures seizers seezures siezers",
    "shivering": "shivring shiverin",
    "shoulder": "sholder shouder sholdier",
    "sneezing": "sneesing sneazing snezing",
    "stomach": "stomack stumach stomick stumick stomac stomich stomech somach",
    "stroke": "strok stroak",
    "suicidal": "sucidal suisidal suicidle sewicidal suicidial",
    "suicide": "sucide suiside sucied",
    "swallow": "swalow swollow swallo",
    "swollen": "swolen swollan swolled swoolen",
    "temperature": "temprature tempature temperture tempreture",
    "throat": "throte throut throaght thoat thraot",
    "tingling": "tingeling tinglin tingaling",
    "tired": "tierd tird",
    "tongue": "tounge tung toung tonge",
    "toothache": "toothake toothach toothacke tuthache",
    "unconscious": "unconcious unconsious unconscous uncounscious unconcius",
    "urinate": "urenate urinat",
    "urine": "urin yurine",
    "vaginal": "vagenal vajinal",
    "vision": "vison visoin vishion",
    "vomit": "vomet vommit vomitt",
    "vomiting": "vometing vommiting vomitting vomating vomitin vommitting vometting",
    "weakness": "weaknes weekness",
    "wheeze": "weeze wheese wheez",
    "wheezing": "weezing wheesing wheasing weasing",
}
"""The word that is meant, and how people write it."""

_MEANT = {wrong: word for word, spellings in _MISSPELLED.items() for wrong in spellings.split()}
_DOUBLED = re.compile(r"(.)\1")

_RUN_TOGETHER = {
    "stomache": ("stomach", "ache"),
    "tummyache": ("tummy", "ache"),
    "bellyache": ("belly", "ache"),
    "sorethroat": ("sore", "throat"),
    "runnynose": ("runny", "nose"),
    "chestpain": ("chest", "pain"),
    "chestpains": ("chest", "pain"),
    "backpain": ("back", "pain"),
    "bodyaches": ("body", "aches"),
    "bodyache": ("body", "ache"),
    "shortofbreath": ("short", "of", "breath"),
}

_CONFUSED = {
    ("soar", "throat"): "sore",
    ("sour", "throat"): "sore",
    ("loose", "weight"): "lose",
    ("loosing", "weight"): "losing",
    ("week", "legs"): "weak",
    ("week", "arm"): "weak",
    ("week", "arms"): "weak",
    ("week", "leg"): "weak",
    ("chess", "pain"): "chest",
    ("chess", "pains"): "chest",
    ("horse", "voice"): "hoarse",
    ("horse", "throat"): "hoarse",
}
"""A real word in the place of another, by the word after it."""

_ORDINARY_WORDS = (
    "african aground anorexic arching aridity artistic aspiring attaching avidity baking banking barbing barging "
    "baring barley barring basking batter batters beaming beeches belting benches benching benning betting binding "
    "blaster blasters bleated bleats bleeping blending blocker blotted blotting bluster blustering boating bondage "
    "bonding bother bowles braised braises braising braking branching breached breaching breadth breather breeding "
    "bridging bristle britten brothel brought buckley buffeted burying buttery capping cashing ceases chaired chance "
    "chances changer changers channing chanted chanting charged charges charging charles charmed charted chasing "
    "chillers chipper chloride chopper clamping cleaned cleanly cleanser clearer cleary cleaver clipped cloning "
    "clothing clowning commando commend compete concession concessions contested contract contracts contraption "
    "contraptions controller contused cooked cooking copped couched cracker cramming cranked crapping creates crested "
    "cresting crimping crooning cropped crusher curled curtail curtin cushing dearness deceased defection defying "
    "delicious denature deniers deriving despise dibbling disported disporting dissension diving drinkin droned "
    "droning drowsed drowsing ejection elected election emergence erected excerpt exploring failing fallin fearing "
    "feather feinted feinting felling feuding filming finders finnish flaming flattering framer gabbles gabbling "
    "gambled ganging gassing gauging gelding genial glowing grained granting grasping grassed graving grizzlies "
    "groping growling gulling gutting haling happend harking hawking headline healing heavens heaving heroine hinting "
    "homeless homelessness hulling hungary hunting hurdling hurling hurtling impeding impunity incense inching "
    "infested inflection injection inspect insured killin kipling leading leaping learning leasing leaving leukaemia "
    "lightening lisping listing louses magneto marlins martins masking medial mediation meditation messing meteors "
    "misused moaning mourning moveable multiplex multiply needless nether overage overawe overdone overheard "
    "overhearing overlaid palling panning parsing patents patting peacemaker pearson peeking peeping peering perched "
    "persona pieced pierson pinched pissing pitcher pitting planting plating plunged poisson polling pooling possess "
    "possesses potting praying precious preset prevent primate probable produces projective property propped "
    "proscription puffins pulpit punting puttin rackets racking raiding railing raining raisin raisins rambler "
    "rambling ranging rashers reacting reaping rearing recieved recital redound redress refraction refuges reliever "
    "remover repealed repeater reporter reposted resorted resound retailer retraction retractions rewound rigging "
    "rinsing rising robbery robbing rockets rollins routing roving rowling rubber rubles ruining sacking sailing "
    "salvation scaled scattered scolded scolding scolds scooped scoring scraper seating seeding seeking seeping "
    "selling setting sewing shading shadowy shallow shaming sharing shavers shaving shelled shelling shimmer shiners "
    "shipped shitting shocker shooter shopped shopping shoring shorten shouting shoving shrieking sifting simmer "
    "sinning skewing skimming skipper slabbed slapped slashed slashing sleight sleuth slewing slimmer slimming "
    "slinging slipper slotting slumping slurped slurping smelting sneaking sneered sneering snorting snowing soaring "
    "sowing spanning spattered spoiler spooned sporing spouting sprinter spurning spurred squeak stacking staking "
    "staling starter startled starved stated stating station steeled steeped stewing stiffly stinking stinting "
    "stocked stocking stoking stomped stomping stopper storing stranger strangle stretchy stringing strings stumped "
    "suckling suction swabbed swaggering swattered swearing sweeping swilled swinging switches swooped tables "
    "tampered tangling tanking tapped tasking teaming teasing thanking thickly thinker thinkers thorough ting tinkles "
    "tinkling topics trapper trickle tripled trough tuning turing twister twitted unbeatable vamping vehicular velvet "
    "violet waiters walters wandering waning waring warping warring watchin weighty wether wheeling whirring whopping"
)
ORDINARY_WORDS = frozenset(_ORDINARY_WORDS.split())
"""Everyday words one slip away from a word of a complaint: they are left as they are."""


class EnglishWords:
    """The words of all forms, and which of them a word that is none of them was meant to be.

    `stem` makes plural, -ing and -ed one word, as the reader of forms does.
    """

    def __init__(self, known: Iterable[str], stem: Callable[[str], str]) -> None:
        self._known = frozenset(known)
        self._stem = stem
        self._stems = {stem(word) for word in self._known}
        # One text for the words of a form, mostly a single one: a list each would take several megabytes.
        self._by_deletion: dict[str, str] = {}
        self._by_single: dict[str, str] = {}
        for word in sorted(self._known):
            if len(word) >= _MIN_SLIP_LETTERS:
                self._by_single.setdefault(_with_single_letters(word), word)
                for form in _deletions(word):
                    others = self._by_deletion.get(form)
                    self._by_deletion[form] = word if others is None else f"{others} {word}"

    def corrected(self, word: str, following: str = "") -> tuple[str, ...]:
        """The words that were meant: known ones, or the word itself. `following` is the word after it."""
        confused = _CONFUSED.get((word, following))
        if confused is not None:
            return (confused,)
        if word in _RUN_TOGETHER:
            return _RUN_TOGETHER[word]
        if word in self._known:
            return (word,)
        meant = _MEANT.get(word)
        if meant is not None and meant in self._known:
            return (meant,)
        return (self._one_slip_away(word),)

    def _one_slip_away(self, word: str) -> str:
        """One letter missing, extra, wrong or two swapped, or letters doubled; the first letter must be right."""
        if not _MIN_SLIP_LETTERS <= len(word) <= _MOST_SLIP_LETTERS or word in ORDINARY_WORDS:
            return word
        if self._stem(word) in self._stems:
            return word
        for form in _deletions(word):
            for known in self._by_deletion.get(form, "").split():
                if known[0] == word[0] and _one_slip(word, known):
                    return known
        return self._by_single.get(_with_single_letters(word), word)


def _with_single_letters(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


def _deletions(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _one_slip(word: str, known: str) -> bool:
    """True for an edit distance of one, a swap of neighbours counting as one."""
    if abs(len(word) - len(known)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    if word[at + 1 :] == known[at:] or word[at:] == known[at + 1 :]:
        return True
    if word[at + 1 :] == known[at + 1 :]:
        return len(word) > _MIN_SLIP_LETTERS  # among short words, one wrong letter is often another word
    return word[at : at + 2] == known[at : at + 2][::-1] and word[at + 2 :] == known[at + 2 :]
