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
_OPEN = tuple(
    re.compile(words)
    for words in (
        rf"\bwhether (?P<what>[^.;!?]{{3,80}}?),? (?:i|he|she|we|nobody|no one|who)(?: (?:really|honestly|just|"
        rf"truly))*"
        rf" (?:{_NOT_I} (?:say|swear|tell|know|be)|can (?:say|tell)|knows?)",
        r"(?:^|[.,;!?]\s*|\b(?:and|but) )(?P<what>(?:the|my|his|her|any) [a-z' -]{2,30}?)(?<!what) i (?:really |"
        r"just |"
        rf"honestly )?(?:don't|do not|dont|wouldn't) know(?: about)?{_END}",
        r"\b(?:my \w+|the \w+|he|she|they|everyone|people) (?:thinks?|says?|reckons?|swears?|believes?|"
        r"keeps saying|tells"
        r" me) (?:that )?(?P<what>[^,.;!?]{3,60}), (?:but |though )?i (?:don't|do not|dont) think (?:so|i (?:am|"
        r"do|was|have|did|"
        r"can|could)|it is|it's|he is|she is|that)",
        r"\b(?:my \w+|the \w+|he|she|they|everyone|people) (?:thinks?|says?|reckons?|swears?|believes?) (?:that )?"
        r"(?P<what>[^,.;!?]{3,60}), (?:but |though )?i (?:think|say|reckon) (?:i|it|he|she)(?:'m| am|'s| is|"
        r" was| have| had|"
        r" do| does| did| could| were)?(?:n't| not)\b",
        r"\b(?:said|says|told (?:you|them|him|her|us)|telling (?:everyone|you|them)) (?:that )?(?P<what>(?:i|he|"
        r"she)\b"
        r"[^,.;!?]{3,50}), (?:but |though )?(?:i|he|she) (?:hadn't|haven't|hasn't|didn't|wasn't|don't|doesn't)"
        r"(?= *(?:$|[.;,]))",
        r"\b(?P<what>[^,.;!?]{4,60}),? or (?:maybe |perhaps |else )?i (?:just )?(?:imagine|imagined|dreamt|dreamed|"
        r"am imagining|was imagining)(?: (?:it|things|that))?\b",
        r"\bi think,? (?:but|though|and) i(?:'m| am| would|'d| may| might|"
        r" could)?[^,.;]{0,25}, (?P<what>[^.;!?]{3,60})",
        r"\b(?P<what>(?:is|was|are|does|do|am) (?:it|that|this|there|they|i|he|"
        r"she) [^.?!]{3,70})\? (?:don't ask me|who knows|"
        r"search me|you tell me|that's what i (?:want|need|came) to|i (?:couldn't|can't) (?:say|tell)|"
        r"hard to (?:say|tell)|"
        r"no idea|i don't know)\b",
        r"\b(?:there )?(?P<what>[^.;!?]{4,60}), (?:but |though )?some (?:days|times|mornings|"
        r"nights) (?:there is|it is|i do|"
        r"it does)[^.;!?]{0,6} some (?:days|times|mornings|nights) (?:there isn't|there is not|it isn't|i don't|"
        r"it doesn't)",
    )
)
_ASKED = re.compile(
    r"\b(?:ask|asks|asked|asking) (?:me |us |him |her )?(?:about|if|whether|was i|had i|did i|do i|am i|have i|for)"
    r" (?P<what>[^.;!?,]{3,60}?)(?:[.;!?,]+ *(?:and |but |well )?(?:(?:no|nope|nah|never)\b(?! (?:idea|clue|one|"
    r"way|doubt))|"
    r"i (?:don't|do not|didn't|did not|haven't|have not|hadn't|am not|wasn't|said no|say no|told them no)\b"
    r"(?! (?:really |even |honestly )?(?:know|remember|recall|think|want|mind|notice|see|sure|certain|understand))|"
    r"i'm not\b(?! (?:sure|certain|really sure)))|,? (?:and|but) (?:i |he |she |we )?(?:said|say|told them) no\b)"
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

    for words in _OPEN:
        for found in words.finditer(text):
            if found.span("what") == (-1, -1):
                continue
            for mention in within(found.span("what")):
                if mention.status is Status.PRESENT:
                    mention.status = Status.UNSURE
    for found in _ASKED.finditer(text):
        for mention in within(found.span("what")):
            mention.status = Status.ABSENT
    for found in _ANOTHER_DAY.finditer(text):
        told_to = _TOLD_TO.search(text, max(0, found.start() - 70), found.start() + 1)
        if told_to is None or _HAS_COME.search(text, found.end("what")):
            continue
        for mention in within(found.span("what")):
            # Nobody has it now: left out, neither there nor denied.
            mention.past = True
