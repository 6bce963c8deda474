"""How an instruct model is asked for findings: it says in a clinician's words what the patient's words mean.

The answer is `none`, or one line a finding, as in `+2d=烧了两天=发热`: there `+`, not there `-` or in doubt `?`, how
long, the patient's words, the plain name. Which finding a name is, the lexicon knows; the model knows no codes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from kiosk.domain.findings import Finding, Source
from kiosk.domain.generation import Prompt
from kiosk.domain.language import Language, language_of
from kiosk.wire import gbnf
from kiosk.wire.intake_task import HOURS, STATUS, Piece, pieces_of
from kiosk.wire.prompt_sheet import PromptSheet

MOST_LINES = 8
_LINE = re.compile(r"([+?-])(?:(\d{1,2})([hdwmy]))?=([^=\n]{1,200})=([^=\n]{1,60})")
_FORM = r"""
line ::= [+?-] duration? "=" words "=" name "\n"
duration ::= [1-9] [0-9]? [hdwmy]
"""
_NAME = {Language.ZH: r"name ::= [\u4E00-\u9FFF]{2,12}", Language.EN: r'name ::= [a-z]{3,20} (" " [a-z]{1,20}){0,4}'}

CodesOf = Callable[[str, Language], Collection[str]]
"""The findings that a plain name speaks of as being there."""


class ChatFindingsTask:
    """services.reading.ReadingTask for instruct models."""

    def __init__(self, sheet: PromptSheet, codes_of: CodesOf) -> None:
        self._sheet = sheet
        self.limits = sheet.limits
        self._codes_of = codes_of

    def pieces(self, text: str) -> Iterator[Piece]:
        return pieces_of(text)

    def prompt(self, piece: Piece, language: Language) -> Prompt:
        return self._sheet.prompt(language, piece.text)

    def grammar(self, piece: Piece) -> str:
        """As evidence only what the piece holds; a name of a few plain letters."""
        root = f'root ::= "none" | line{{1,{MOST_LINES}}}'
        return "\n".join([root, _FORM.strip(), _NAME[language_of(piece.text)], *gbnf.part_of(piece.text, "words")])

    def parse(self, untrusted_answer: str, piece: Piece, text: str) -> tuple[Finding, ...]:
        """Findings with their place in the whole text; a line that is not sound is left out."""
        found: dict[str, Finding] = {}
        for line in untrusted_answer.split("\n")[:MOST_LINES]:
            for finding in self._findings(line, piece):
                if finding.code not in found and finding.span is not None:
                    start, end = finding.span
                    found[finding.code] = replace(finding, text=text[start:end])
        return tuple(found.values())

    def _findings(self, line: str, piece: Piece) -> Iterator[Finding]:
        match = _LINE.fullmatch(line)
        words = match[4].strip() if match else ""
        place = piece.text.find(words) if words else -1
        if match is None or place < 0:
            return
        start = piece.start + place
        for code in self._codes_of(match[5], language_of(match[5])):
            yield Finding(
                code=code,
                status=STATUS[match[1]],
                source=Source.MODEL,
                span=(start, start + len(words)),
                duration_hours=float(int(match[2]) * HOURS[match[3]]) if match[2] else None,
            )
