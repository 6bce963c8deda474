"""Who hears the voice: only the patient, the whole lobby, or nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kiosk.wire.voice_messages import Output

_WORN = re.compile(r"head(phone|set)|ear(phone|bud|piece)|handset|hands-free|耳机|耳麦|听筒", re.IGNORECASE)
_WORN_FORMS = frozenset({"headphone", "headset", "handset", "hands-free"})


class Hearing(StrEnum):
    PRIVATE = "private"
    LOBBY = "lobby"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Place:
    """Where sound goes now; `name` is the output's name, empty for the system's default."""

    hearing: Hearing = Hearing.NOBODY
    name: str = ""


def choose(outputs: Sequence[Output], default: str, headset: str = "", loudspeaker: str = "") -> Place:
    """Headphones when they are certainly there, else the loudspeaker.

    A socket whose plug the system cannot sense is no headphones, unless the hospital names it in `headset`.
    """
    for output in outputs:
        if is_worn(output, headset):
            return Place(Hearing.PRIVATE, output.name)
    if not outputs:
        return Place()
    wanted = [one.name for one in outputs if loudspeaker and loudspeaker in (one.name, one.description)]
    known = [one.name for one in outputs if one.name == default]
    return Place(Hearing.LOBBY, (wanted or known or [outputs[0].name])[0])


def is_worn(output: Output, headset: str = "") -> bool:
    """Whether only one person hears this output."""
    if headset:
        return headset in (output.name, output.description) and output.plugged is not False
    if output.form in _WORN_FORMS:
        return output.plugged is not False
    if output.port:
        # The card has sockets: the one in use decides, and only a plug that was sensed counts.
        return output.plugged is True and _WORN.search(output.port) is not None
    return _WORN.search(f"{output.name} {output.description}") is not None
