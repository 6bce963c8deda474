"""English words that mean the same in any complaint: what is written with one of them is found with the others.

Nobody lists "can't spend a penny" and "couldn't pass water" beside "can't wee": forms and texts are read alike, with
one word for all. Only words that mean the same wherever they stand belong here (a "bum" is no "bottom lip").
"""

from __future__ import annotations

_ALIKE: dict[str, str] = {
    "wee": (
        "pee, pees, peeing, peed, weeing, wees, urinate, urinates, urinating, urinated, pass water, passing "
        "water, "
        "passed water, passes water, pass urine, passing urine, passes urine, passed urine, pass my water, passing "
        "my water, "
        "spend a penny, spending a penny, spent a penny, have a slash, take a leak, taking a leak, widdle, widdling, "
        "piddle, "
        "piddling, tinkle, tinkling, piss, pissing, have a wee, having a wee, had a wee, do a wee, go for a wee, go "
        "for a pee, "
        "have a pee, take a pee, going for a wee, going for a pee, went for a wee, went for a pee"
    ),
    "poo": (
        "poop, poops, pooping, pooing, poos, pooed, stool, stools, motions, faeces, feces, number two, number twos, "
        "bowel movement, bowel movements, bowel motion, bowel motions, do a poo, have a poo"
    ),
    "toilet": "loo, lav, lavatory, bathroom, restroom, bog, washroom, khazi, the ladies, the gents, the little boys' "
    "room",
    "vomit": (
        "vomits, vomiting, vomited, throw up, throws up, threw up, thrown up, throwing up, chuck up, chucked up, "
        "chucking up, chucks up, puke, pukes, puked, puking, barf, barfed, barfing, spew, spewed, spewing, upchuck, "
        "vom, vommed, vomming, sick up, sicked up, sicking up, sicks up"
    ),
    "stomach": "tummy, tummies, belly, bellies, tum, abdomen",
    "breast": "boob, boobs, tit, tits, breasts",
    "penis": "willy, willie, dick, cock, todger, pecker, winky, john thomas",
    "baby": "bub, bubs, bubba, babby, babe",
    "tv": "telly, television",
    "phlegm": "sputum, flegm",
    "diarrhoea": "diarrhea",
    "suddenly": (
        "all of a sudden, out of nowhere, out of the blue, from out of nowhere, from nowhere, all at once, in an "
        "instant"
    ),
    "heart": "ticker",
    "nappy": "diaper, diapers, nappies",
    "vagina": "fanny, foof, minge, vajayjay, front bottom, lady garden, hoo ha",
    "sleep": "shut eye, kip",
}
_SAYS_NOTHING = frozenset(
    (
        "flipping", "bloomin", "blooming", "frigging", "fucking", "fuckin", "effing", "sodding", "fecking", "ruddy",
        "goddamn", "damned", "literally", "genuinely", "absolutely", "utterly", "incredibly", "unbelievably",
        "insanely",
        "dreadfully", "awfully", "ever",
    )
)  # fmt: skip
"""How strongly somebody feels what they say; "ever so sore" is sore."""
_BY_FIRST: dict[str, list[tuple[tuple[str, ...], str]]] = {}
for _word, _others in _ALIKE.items():
    for _other in _others.split(", "):
        _parts = tuple(_other.replace("'", "").split())
        _BY_FIRST.setdefault(_parts[0], []).append((_parts, _word))
for _listed in _BY_FIRST.values():
    _listed.sort(key=lambda phrase: -len(phrase[0]))

WORDS = frozenset(word for phrases in _BY_FIRST.values() for parts, _ in phrases for word in parts) | frozenset(_ALIKE)
"""Every word that is read as another, or others as it: none of them is a slip."""


def alike(words: list[str], starts: list[int], ends: list[int]) -> None:
    """Puts one word for all that mean the same, in place; a word for several spans their place."""
    at = 0
    while at < len(words):
        word = words[at]
        if len(words) > 1 and word in _SAYS_NOTHING and (word != "ever" or words[at + 1 : at + 2] == ["so"]):
            del words[at], starts[at], ends[at]
            continue
        for parts, meant in _BY_FIRST.get(word, ()):
            if tuple(words[at : at + len(parts)]) == parts:
                last = at + len(parts)
                words[at:last], starts[at:last], ends[at:last] = [meant], [starts[at]], [ends[last - 1]]
                break
        at += 1
