"""The pseudo language `xx`: accents, forty per cent more letters and wide forms, to find what is not translated and
where a longer language would burst its box.
"""

from __future__ import annotations

import re

from kiosk.domain.language import Language, Locale, Words
from kiosk.i18n import Catalogue

_KEPT = re.compile(r"(\{\w*\}|%\d)")
_ACCENTS = str.maketrans("AEIOUaeiounycsz", "ÅÉÎÖÛáéîöûñýçšž")
_WIDE = "ｗｉｄｅ"
_LONGER = 0.4
_SHORTEST = 3


class PseudoCatalogue(Catalogue):
    """Every text of the screen and of the content in the pseudo language."""

    def tr(self, text: str | Words) -> str:
        return pseudo(text.en if isinstance(text, Words) else text)


CATALOGUE = PseudoCatalogue(Locale("xx", "Ｐšéûdö", Language.EN))


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
