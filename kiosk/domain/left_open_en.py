"""English sentences that frame a finding from outside: left open, only asked about, or told of for another day.

"Whether it's swollen I couldn't say"; "my wife says I'm deaf, I don't think I am"; "they keep asking about chest pain.
No."; "they said come back if I get a fever".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kiosk.domain.findings import Status
from kiosk.domain.mentions import Mention

_END = r"(?= *(?:$|[.,;!?]|though\b|but\b|really\b|either\b))"
_NOT_I = r"(?:don't|do not|dont|wouldn't|would not|couldn't|could not|can't|cannot|can not|never)"
_WHO_SAYS = r"\b(?:my \w+|the \w+|he|she|they|everyone|people)"
_SAYS = r"(?:thinks?|says?|reckons?|swears?|believes?|keeps saying|tells me)"
_DAYS = r"some (?:days|times|mornings|nights)"
_OPEN = tuple(
    (hint, re.compile(words))
    for hint, words in (
        (
            "whether ",
            r"\bwhether (?P<what>[^.;!?]{3,80}?),? (?:i|he|she|we|nobody|no one|who)(?: (?:really|just|truly))*"
            rf" (?:{_NOT_I} (?:say|swear|tell|know|be)|can (?:say|tell)|knows?)",
        ),
        (
            " know",
            r"(?:^|[.,;!?]\s*|\b(?:and|but) )(?P<what>(?:the|my|his|her|any) [a-z' -]{2,30}?)(?<!what)"
            r" i (?:really |just |honestly )?(?:don't|do not|dont|wouldn't) know(?: about)?"
            rf"{_END}",
        ),
        (
            " think",
            rf"{_WHO_SAYS} {_SAYS} (?:that )?(?P<what>[^,.;!?]{{3,60}}), (?:but |though )?i (?:don't|do not|dont) think"
            r" (?:so|i (?:am|do|was|have|did|can|could)|it is|it's|he is|she is|that)",
        ),
        (
            " not ",
            rf"{_WHO_SAYS} (?:{_SAYS}|thought|said|reckoned) (?:that )?(?P<what>[^,.;!?]{{3,60}})(?:, |,? but "
            rf")i(?:'m| am) not "
            r"(?:so |too |really |entirely )*(?:convinced|sure|certain)\b",
        ),
        (
            " i ",
            rf"{_WHO_SAYS} {_SAYS} (?:that )?(?P<what>[^,.;!?]{{3,60}}), (?:but |though )?i (?:think|say|reckon)"
            r" (?:i|it|he|she)(?:'m| am|'s| is| was| have| had| do| does| did| could| were)?(?:n't| not)\b",
        ),
        (
            "n't",
            r"\b(?:said|says|told (?:you|them|him|her|us)|telling (?:everyone|you|them)) (?:that )?"
            r"(?P<what>(?:i|he|she)\b[^,.;!?]{3,50}), (?:but |though )?(?:i|he|she)"
            r" (?:hadn't|haven't|hasn't|didn't|wasn't|don't|doesn't)(?= *(?:$|[.;,]))",
        ),
        (
            " or ",
            r"(?:^|(?<=[.;!?,] ))(?P<what>[^,.;!?]{4,60}),? or (?:maybe |perhaps |else )?i (?:just )?(?:imagined?|"
            r"dreamt|dreamed|am imagining|was imagining)(?: (?:it|things|that))?\b",
        ),
        (
            "i think",
            r"\bi think,? (?:but|though|and) i(?:'m| am| would|'d| may| might| could)?[^,.;]{0,25},"
            r" (?P<what>[^.;!?]{3,60})",
        ),
        (
            "? ",
            r"\b(?P<what>(?:is|was|are|does|do|am) (?:it|that|this|there|they|i|he|she) [^.?!]{3,70})\?"
            r" (?:don't ask me|who knows|search me|you tell me|that's what i (?:want|need|came) to|"
            r"i (?:couldn't|can't) (?:say|tell)|hard to (?:say|tell)|no idea|i don't know)\b",
        ),
        (
            ", some ",
            rf"(?:^|(?<=[.;!?,] ))(?P<what>[^.;!?]{{4,60}}), (?:but |though )?{_DAYS} (?:there is|it is|i do|it does)"
            rf"[^.;!?]{{0,6}} {_DAYS} (?:there isn't|there is not|it isn't|i don't|it doesn't)",
        ),
    )
)
"""What leaves a finding open, each with words without which it is not looked for."""

_ASKED = re.compile(
    r"\b(?:ask|asks|asked|asking) (?:me |us |him |her )?(?:about|if|whether|was i|had i|did i|do i|am i|have i|for)"
    r" (?P<what>[^.;!?,]{3,60}?)(?:[.;!?,]+ *(?:and |but |well )?(?:(?:no|nope|nah|never)\b(?! (?:idea|clue|one|"
    r"way|doubt))|"
    r"i (?:don't|do not|didn't|did not|haven't|have not|hadn't|am not|wasn't|said no|say no|told them no)\b"
    r"(?! (?:really |even |honestly )?(?:know|remember|recall|think|want|mind|notice|see|sure|certain|understand))|"
    r"i'm not\b(?! (?:sure|certain|really sure)))|,? (?:(?:and|but) )?(?:i |he |she |we )(?:said|say|told them) no\b|"
    r",? (?:and|but) (?:said|say|told them) no\b)"
)
_DOUBTED_WORD = re.compile(
    r"\b(?P<what>(?:he|she|they) (?:den(?:y|ies|ied)|says?|said|swears?|swore|insists?|claims?|tells? (?:me|"
    r"us))\b[^.;!?]{3,90}?),? "
    r"(?:but |though |and )?(?:whether (?:he|she|that|it|they)(?:'s| is|'re| are)[^.;!?]{0,24}\btruth|i(?:'m| am) "
    r"not (?:so |too )?sure "
    r"(?:i believe|that's true|it's true|he is|she is)|i don't (?:really |quite |altogether )?(?:believe|trust) "
    r"(?:him|her|it|that|them)|"
    r"i(?:'ve| have) my doubts|i doubt (?:it|him|her))"
)
_ANOTHER_DAY = re.compile(
    r"\b(?:come|came|ring|call|phone|go|get help|return|be seen|pop|bring (?:him|her))(?: (?:back|in|again|"
    r"straight back|"
    r"right back|for help|to a&e|to hospital|an ambulance|999|111))* if (?P<what>[^.;!?]{3,90}?)"
    r"(?=,? (?:and |but |so )?(?:i'm (?:just |only )?here|i (?:just|only) (?:came|want|need)|i only|i just|"
    r"now\b|today\b|it "
    r"(?:has|did)|that's)|[.;!?]|$)"
)
_TOLD_TO = re.compile(
    r"\b(?:said|told|advised|says|warned|leaflet|letter|instructions|supposed|meant|should|do i|shall i|"
    r"when do i|to)\b"
    r"[^.;!?]{0,45}$"
)
_HAS_COME = re.compile(
    r"\b(?:now|and) (?:i|he|she|it|we)(?:'ve| have| has|'s| do| does| did|'m| am| is|'ve got)\b|\bthat's why\b|"
    r"\b(?:it|they) (?:has|have|did)\b|\bso (?:here i am|i came|i've come|i'm here)\b|\band now\b|\bi have one\b|"
    r"\b(?:i|he|she) (?:do|does|did|has)\b(?! not)"
)


def set_apart(text: str, mentions: Sequence[Mention]) -> None:
    """Changes the mentions of `text`, folded English, that such sentences frame."""
    starts = [mention.match.start for mention in mentions]

    def within(span: tuple[int, int]) -> Sequence[Mention]:
        return mentions[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]

    for hint, words in _OPEN:
        for found in words.finditer(text) if hint in text else ():
            for mention in within(found.span("what")):
                if mention.status is Status.PRESENT:
                    mention.status = Status.UNSURE
    for found in _ASKED.finditer(text) if " ask" in text else ():
        for mention in within(found.span("what")):
            mention.status = Status.ABSENT
    for found in _DOUBTED_WORD.finditer(text):
        for mention in within(found.span("what")):
            if mention.status is Status.ABSENT:
                mention.status = Status.UNSURE
    for found in _ANOTHER_DAY.finditer(text) if " if " in text else ():
        told_to = _TOLD_TO.search(text, max(0, found.start() - 70), found.start() + 1)
        if told_to is None or _HAS_COME.search(text, found.end("what")):
            continue
        for mention in within(found.span("what")):
            # Nobody has it now: left out, neither there nor denied.
            mention.past = True
