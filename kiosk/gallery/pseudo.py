"""The pseudo language `xx`: accents, forty per cent more letters and wide forms, to find what is not translated and
where a longer language would burst its box.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType

from kiosk.domain.language import Language, Words
from kiosk.i18n import Catalogue

_KEPT = re.compile(r"(\{\w*\}|%\d)")
_ACCENTS = str.maketrans("AEIOUaeiounycsz", "ÅÉÎÖÛáéîöûñýçšž")
_WIDE = "ｗｉｄｅ"
_LONGER = 0.4
_SHORTEST = 3


class PseudoCatalogue(Catalogue):
    """Every text of the screen in the pseudo language."""

    def tr(self, text: str) -> str:
        return pseudo(text)


CATALOGUE = PseudoCatalogue(Language.EN)


def pseudo(text: str) -> str:
    """`Go on` becomes `Gö öñ ｗｉ`; {fields} and %1 stay, and so does what has no letters."""
    if not any(character.isalpha() for character in _KEPT.sub("", text)):
        return text
    accented = "".join(part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text))
    return accented + _padding(max(_SHORTEST, round(len(text) * _LONGER)))


def _padding(room: int) -> str:
    """Words of wide letters, each of which takes the room of two; a short text is not padded beyond its share."""
    words = ""
    while room > 2:
        taken = min(len(_WIDE), room // 2)
        words += " " + _WIDE[:taken]
        room -= 2 * taken + 1
    return words


def stretched(value: object) -> object:
    """The same content with every English name in the pseudo language, all the way down."""
    if isinstance(value, Words):
        return Words(value.zh, pseudo(value.en))
    if isinstance(value, tuple):
        return tuple(stretched(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {item.name: stretched(getattr(value, item.name)) for item in fields(value) if item.init}
        return replace(value, **changed)
    if isinstance(value, Mapping):
        return MappingProxyType({key: stretched(part) for key, part in value.items()})
    return value
