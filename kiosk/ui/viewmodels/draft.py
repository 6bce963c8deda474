"""What is being written: text on both sides of the cursor, and the letters not yet turned into Chinese. All pure."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from enum import Enum

from kiosk.adapters.pinyin import LONGEST_INPUT, Candidate, Completion
from kiosk.domain.language import Language
from kiosk.ui.viewmodels.writing_help import WritingHelp

LONGEST_TEXT = 200
"""Characters; more does not fit the field and is not needed."""

_MARKS = frozenset({"Mn", "Me", "Mc"})
_NO_WORD = "，。？、：,.?!；; "


class Shift(Enum):
    """Capital letters for the next key, or until shift is pressed again."""

    OFF = "off"
    ONCE = "once"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Draft:
    """The cursor stands between `text` and `after`.

    `letters` are pinyin that waits for a choice; it is only used when `chinese`.
    """

    text: str = ""
    letters: str = ""
    chinese: bool = True
    after: str = ""
    shift: Shift = Shift.OFF

    @property
    def language(self) -> Language:
        return Language.ZH if self.chinese else Language.EN

    @property
    def room(self) -> int:
        return LONGEST_TEXT - len(self.text) - len(self.after)


def printable(keys: str) -> str:
    """What of `keys` may stand in a text: no control characters, no invisible ones, no marks that pile up."""
    composed = unicodedata.normalize("NFC", keys[: 4 * LONGEST_TEXT])
    return "".join(c for c in composed if c.isprintable() and unicodedata.category(c) not in _MARKS)


def keyed(draft: Draft, key: str, help_: WritingHelp) -> Draft:
    """One printable key. In Chinese a letter waits for a choice, anything else first takes the best word on offer."""
    if draft.room <= 0:
        return draft
    if draft.chinese and _waits(draft, key):
        if len(draft.letters) >= LONGEST_INPUT:
            draft = settled(draft, help_)
        return replace(draft, letters=draft.letters + key.lower(), shift=Shift.OFF)
    if draft.letters and key == " ":
        return settled(draft, help_)
    taken = settled(draft, help_)
    return _shift_used(written(taken, key))


def _waits(draft: Draft, key: str) -> bool:
    """A Latin letter, or the ' that parts two syllables of waiting letters."""
    return (key.isascii() and key.isalpha()) or (key == "'" and bool(draft.letters))


def _shift_used(draft: Draft) -> Draft:
    return replace(draft, shift=Shift.OFF) if draft.shift is Shift.ONCE else draft


def written(draft: Draft, text: str) -> Draft:
    """`text` before the cursor, as far as there is room."""
    return replace(draft, text=draft.text + text[: max(0, draft.room)])


def erased(draft: Draft) -> Draft:
    """Delete the last letter, or the character before the cursor when no letter waits."""
    if draft.letters:
        return replace(draft, letters=draft.letters[:-1])
    return replace(draft, text=draft.text[:-1])


def erased_after(draft: Draft) -> Draft:
    """Delete the character after the cursor; letters that wait stand before it."""
    return replace(draft, after=draft.after[1:])


def erased_syllable(draft: Draft) -> Draft:
    """Delete from the last consonant on that begins a syllable, or the word before the cursor."""
    if draft.letters:
        return replace(draft, letters=draft.letters[: _last_syllable(draft.letters)])
    kept = draft.text.rstrip(_NO_WORD)
    if not kept or not (kept[-1].isascii() and kept[-1].isalnum()):
        return replace(draft, text=draft.text[:-1])
    while kept and kept[-1].isascii() and kept[-1].isalnum():
        kept = kept[:-1]
    return replace(draft, text=kept)


def _last_syllable(letters: str) -> int:
    """Where the last syllable begins: fashao 2, shuang 0, tian 0, xian 0, touteng 3."""
    place = len(letters) - 1
    if letters[place] == "'":
        place -= 1
    if place > 0 and letters[place] == "g" and letters[place - 1] == "n":
        place -= 1
    if place > 0 and letters[place] in "nr" and letters[place - 1] in "aeiouv":
        place -= 1
    while place > 0 and letters[place] in "aeiouv":
        place -= 1
    if place > 0 and letters[place] == "h" and letters[place - 1] in "zcs":
        place -= 1
    if letters[place] == "'":
        place += 1
    return max(0, place)


def emptied(draft: Draft) -> Draft:
    return replace(draft, text="", letters="", after="")


def moved(draft: Draft, steps: int, help_: WritingHelp) -> Draft:
    """The cursor `steps` characters on, or back when negative; letters that wait become words first."""
    taken = settled(draft, help_)
    whole = taken.text + taken.after
    place = min(max(0, len(taken.text) + steps), len(whole))
    return replace(taken, text=whole[:place], after=whole[place:])


def shifted(draft: Draft) -> Draft:
    """Off, once, locked, off."""
    turn = list(Shift)
    return replace(draft, shift=turn[(turn.index(draft.shift) + 1) % len(turn)])


def chosen(draft: Draft, candidate: Candidate) -> Draft:
    taken = written(draft, candidate.text)
    return replace(taken, letters=draft.letters[candidate.used :].lstrip("'"))


def settled(draft: Draft, help_: WritingHelp) -> Draft:
    """Turn every waiting letter into the best words; letters that mean nothing stay as they are."""
    while draft.letters:
        best = next(iter(help_.candidates(draft.letters)), None)
        draft = chosen(draft, best or Candidate(draft.letters, len(draft.letters)))
    return draft


def completed(draft: Draft, completion: Completion) -> Draft:
    kept = replace(draft, text=draft.text[: len(draft.text) - completion.replaces])
    return written(kept, completion.text + ("" if draft.chinese else " "))
