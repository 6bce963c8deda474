"""What a language model can write at all, task by task: plain letters of one language, so far and no further."""

from __future__ import annotations

from kiosk.domain.language import Language
from kiosk.wire import gbnf

_LETTERS = {Language.ZH: r"[\u4E00-\u9FFFA-Z0-9，、：（）.%℃]", Language.EN: r"[A-Za-z0-9 ,:()'/%.-]"}
_QUESTION = {Language.ZH: "？", Language.EN: "?"}
_FULL_STOP = {Language.ZH: "。", Language.EN: "."}
MOST_POINTED_AT = 3


def question(language: Language, most: int) -> str:
    """One question of at most so many characters."""
    return f"root ::= {_LETTERS[language]}{{1,{most - 1}}} {gbnf.literal(_QUESTION[language])}"


def sentences(language: Language, most: int) -> str:
    """Statements of at most so many characters, the last one with its full stop."""
    part = _LETTERS[language].replace("[", "[。；") if language is Language.ZH else _LETTERS[language]
    return f"root ::= {part}{{1,{most - 1}}} {gbnf.literal(_FULL_STOP[language])}"


def free_text(language: Language, most: int) -> str:
    """Anything plain of at most so many characters, in one line."""
    more = "。；？！" if language is Language.ZH else ";?!"
    return f"root ::= {_LETTERS[language].replace('[', f'[{more}')}{{1,{most}}}"


def pointing(count: int) -> str:
    """`none`, or one to three of the numbers from 1."""
    numbers = gbnf.one_of(str(number) for number in range(1, count + 1))
    return f'root ::= "none" | number ("," number){{0,{MOST_POINTED_AT - 1}}}\nnumber ::= {numbers}'
