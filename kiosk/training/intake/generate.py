"""Makes texts with marked findings, without end and out of nothing but the knowledge base and sentence patterns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from random import Random

from kiosk.adapters.intake_labels import OTHER_COMPLAINT, Meaning, Pointer
from kiosk.domain.composition import NOTHING, THING, WHOLE
from kiosk.domain.language import Language
from kiosk.training.intake.lengths import length_of_time
from kiosk.training.intake.noise import SoundAlikes, mistyped
from kiosk.training.intake.sentences import Fill, Length, Part, Pattern, Place, Sentences, Slot
from kiosk.training.intake.surface import Form, Shape, Surfaces, form_of

_MEANING = {"+": Meaning.PRESENT, "-": Meaning.ABSENT, "?": Meaning.UNSURE, "~": Meaning.VOID}
_PUNCTUATION = re.compile(r"[，。、；？！,.;?!]")


class Kind(IntEnum):
    """What a piece of a clause is."""

    PLAIN = 0
    FINDING = 1
    OWN_LENGTH = 2
    OTHER_LENGTH = 3
    TOLD = 4
    """A finding that was marked by hand, of which nobody said where its length of time stands."""


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: Kind = Kind.PLAIN
    code: str = ""
    meaning: Meaning = Meaning.PRESENT


Clause = list[Piece]
_FINDINGS = (Kind.FINDING, Kind.TOLD)


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding at a half-open range of the text; `pointer` leads to the length of time that was said of it, None where
    nobody knows."""

    start: int
    end: int
    code: str
    meaning: Meaning
    pointer: Pointer | None = Pointer.NONE


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    marks: tuple[Mark, ...]
    language: Language


@dataclass(frozen=True, slots=True)
class Mixture:
    """Shares of what is generated."""

    nothing: float = 0.2
    told: float = 0.33
    rows: float = 0.13
    misheard: float = 0.06
    mistyped: float = 0.05
    no_punctuation: float = 0.3


_HEADINGS = ("present", "absent", "unsure", "void", "contrast", "other", "nothing")
_SHARES = (0.36, 0.16, 0.12, 0.08, 0.17, 0.02, 0.09)
_JOINTS = {
    Language.ZH: ("，", "，", "，", "，", "。", "。", "", "", " ", "，然后", "，还有", "，另外", "、"),
    Language.EN: (", ", ", ", ", ", ". ", ". ", " ", " and ", ", and ", ", but ", " also ", "; ", "... "),
}
_LIST_JOINTS = {
    Language.ZH: ("、", "、", "，", "", " ", "和", "还有", "跟", "或者"),
    Language.EN: (", ", ", ", ", ", " and ", " or ", " "),
}


class Writer:
    """Writes examples of one language; the same seed gives the same texts."""

    def __init__(
        self,
        surfaces: Surfaces,
        sentences: Sentences,
        random: Random,
        *,
        told: Sequence[Clause] = (),
        rows: Sequence[Clause] = (),
        words: Sequence[str] = (),
        nothing: Sequence[Clause] = (),
        sounds: SoundAlikes | None = None,
        mixture: Mixture = Mixture(),
    ) -> None:
        self.language = surfaces.language
        self._surfaces = surfaces
        self._sentences = sentences
        self._random = random
        self._told = told
        self._rows = rows
        self._words = words
        self._nothing = nothing
        self._sounds = sounds
        self._mixture = mixture

    def examples(self) -> Iterator[Example]:
        while True:
            yield self.example()

    def example(self) -> Example:
        """One text as a patient might say it, with its findings marked."""
        random, shares = self._random, self._mixture
        at = random.random()
        if at < shares.nothing:
            clauses = [self.nothing() for _ in range(random.choice((1, 1, 1, 2, 2, 3)))]
        elif at < shares.nothing + shares.told and self._told:
            return self._retold()
        elif at < shares.nothing + shares.told + shares.rows and self._rows:
            clauses = [self.varied(random.choice(self._rows))]
            if random.random() < 0.25:
                clauses.insert(random.randrange(2), self.clause())
        else:
            clauses = [self.clause() for _ in range(random.choice((1, 1, 2, 2, 2, 3, 3, 4, 6)))]
        if random.random() < 0.2:
            clauses.insert(0, self.expanded(random.choice(self._sentences["openers"])))
        if random.random() < 0.2:
            clauses.append(self.expanded(random.choice(self._sentences["closers"])))
        if random.random() < 0.12:
            clauses.insert(random.randrange(len(clauses) + 1), self.expanded(random.choice(self._sentences["fillers"])))
        return self.assembled(clauses)

    def _retold(self) -> Example:
        """A text told by hand, mostly as it is, alone or beside another."""
        random = self._random
        clauses = [self.varied(random.choice(self._told), kept=0.7)]
        beside = random.random()
        if beside < 0.2:
            clauses.append(self.varied(random.choice(self._told), kept=0.7))
        elif beside < 0.3:
            clauses.insert(random.randrange(2), self.clause())
        elif beside < 0.35:
            clauses.insert(0, self.expanded(random.choice(self._sentences["openers"])))
        return self.assembled(clauses)

    def clause(self) -> Clause:
        heading = self._random.choices(_HEADINGS, _SHARES)[0]
        if heading == "nothing":
            return self.nothing()
        return self.expanded(self._random.choice(self._sentences[heading]))

    def nothing(self) -> Clause:
        """A clause without findings of the patient's."""
        if self._nothing and self._random.random() < 0.85:
            return list(self._random.choice(self._nothing))
        return self.expanded(self._random.choice(self._sentences["nothing"]))

    def expanded(self, pattern: Pattern) -> Clause:
        """A pattern with everything put in."""
        pieces: Clause = []
        for part in pattern:
            pieces.extend(self._filled(part))
        return _around_unknown(pieces) if any(isinstance(p, Place) and p.unknown for p in pattern) else pieces

    def _filled(self, part: Part) -> Clause:
        random = self._random
        if isinstance(part, str):
            return [Piece(part)]
        if isinstance(part, Length):
            text = length_of_time(self.language, random)
            return [Piece(text, Kind.OWN_LENGTH if part.attached else Kind.OTHER_LENGTH)]
        if isinstance(part, Place):
            sites = self._surfaces.knowledge.composition.sites.values()
            words = [
                word
                for site in sites
                for word in site.words.get(self.language, ())
                if site.code not in (NOTHING, WHOLE, THING)
            ]
            return [Piece(random.choice(words))]
        if isinstance(part, Fill):
            if part.heading == "w":
                return [Piece(random.choice(self._words) if self._words else "")]
            return self.expanded(random.choice(self._sentences[part.heading]))
        if part.is_list:
            return self._listed(part)
        form = self._form(part)
        return [
            Piece(
                self._said(form.denial if part.is_denial else form.text), Kind.FINDING, form.code, _MEANING[part.sign]
            )
        ]

    def _form(self, slot: Slot) -> Form:
        complaint = slot.sign == "~"
        for _ in range(2000):
            form = self._surfaces.pick(self._random, slot.shapes, complaint=complaint)
            if slot.is_denial and not form.denial:
                continue
            return form
        raise LookupError("no form that can be denied")

    def _listed(self, slot: Slot) -> Clause:
        shapes = "n" if self.language is Language.EN else ""
        joint = self._random.choice(_LIST_JOINTS[self.language])
        pieces: Clause = []
        count = self._random.choice((2, 2, 3, 3, 4, 5))
        for number in range(count):
            if number:
                last = " or " if slot.sign == "-" else " and "
                plain = joint if self.language is Language.ZH or number < count - 1 else last
                pieces.append(Piece(plain))
            form = self._surfaces.pick(self._random, shapes)
            pieces.append(Piece(self._said(form.text), Kind.FINDING, form.code, _MEANING[slot.sign]))
        return pieces

    def _said(self, text: str) -> str:
        random = self._random
        if self.language is Language.ZH:
            if self._sounds and random.random() < self._mixture.misheard:
                return self._sounds.misheard(text, random)
            return text
        if "'" in text and random.random() < 0.2:
            text = text.replace("'", "")
        return mistyped(text, random) if random.random() < self._mixture.mistyped else text

    def varied(self, row: Clause, kept: float = 0.3) -> Clause:
        """A written sentence with some of its findings changed for others that fit its words; a share is kept whole."""
        random = self._random
        keep = random.random() < kept
        pieces: Clause = []
        for piece in row:
            stays = piece.kind not in _FINDINGS or keep or random.random() < 0.2
            if stays and not self._surfaces.is_unsaid(piece.code, piece.text):
                pieces.append(piece)
            else:
                pieces.append(self._instead(piece))
        return pieces

    def _instead(self, piece: Piece) -> Piece:
        """Another finding in the place of this one, denied by its own words where this one is."""
        shape = _shape_of(piece, self.language)
        denied = piece.meaning is Meaning.ABSENT and _holds_denial(piece.text, self.language)
        complaint = piece.code in self._surfaces.complaint_codes
        for _ in range(30):
            form = self._surfaces.pick(self._random, "" if denied else shape, complaint=complaint)
            if denied and not form.denial:
                continue
            return replace(piece, text=self._said(form.denial if denied else form.text), code=form.code)
        return piece

    @property
    def characters(self) -> Sequence[str]:
        """Common characters of the language, whatever the sentences hold."""
        return self._sounds.characters if self._sounds else ()

    def assembled(self, clauses: Sequence[Clause], *, plain: bool = False) -> Example:
        """One text out of clauses, with its marks; `plain` as it is written."""
        random = self._random
        if plain:
            marks, text = _placed([piece for clause in clauses for piece in clause], "", bare=False, spaced=False)
            return Example(text, tuple(marks), self.language)
        bare = random.random() < self._mixture.no_punctuation and len(clauses) < 5
        spaced = self.language is Language.ZH and random.random() < 0.08
        text = ""
        marks = []
        for number, clause in enumerate(clauses):
            if number and text:
                joint = random.choice(_JOINTS[self.language])
                text += joint if not bare else (" " if self.language is Language.EN or spaced else "")
            found, text = _placed(clause, text, bare=bare, spaced=spaced)
            marks.extend(found)
        if not bare and random.random() < 0.5:
            text += "。" if self.language is Language.ZH else "."
        return Example(text, tuple(marks), self.language)


def _placed(clause: Clause, text: str, *, bare: bool, spaced: bool) -> tuple[list[Mark], str]:
    marks: list[Mark] = []
    lengths: list[int] = []
    for piece in clause:
        said = _PUNCTUATION.sub("", piece.text) if bare else piece.text
        if spaced and said and text and not text.endswith(" "):
            text += " "
        start = len(text)
        text += said
        if piece.kind in _FINDINGS and said.strip():
            inner = start + len(said) - len(said.lstrip())
            pointer = None if piece.kind is Kind.TOLD else Pointer.NONE
            marks.append(Mark(inner, start + len(said.rstrip()), piece.code, piece.meaning, pointer))
        elif piece.kind is Kind.OWN_LENGTH:
            lengths.append(start)
    return [_pointed(mark, lengths) for mark in marks], text


def _pointed(mark: Mark, lengths: Sequence[int]) -> Mark:
    """With the length that follows it in its clause, else the one before it; what is not there lasts for no time."""
    if mark.meaning is not Meaning.PRESENT or mark.pointer is None or not lengths:
        return mark
    return replace(mark, pointer=Pointer.RIGHT if any(start >= mark.end for start in lengths) else Pointer.LEFT)


def _around_unknown(pieces: Clause) -> Clause:
    """A complaint that is none of ours: all its words together."""
    lengths = [piece for piece in pieces if piece.kind in (Kind.OWN_LENGTH, Kind.OTHER_LENGTH)]
    words = "".join(piece.text for piece in pieces if piece not in lengths)
    found: Clause = [Piece(words.strip(), Kind.FINDING, OTHER_COMPLAINT, Meaning.PRESENT)]
    return [*found, Piece(" " if words.isascii() else ""), *lengths] if lengths else found


def _holds_denial(text: str, language: Language) -> bool:
    if language is Language.ZH:
        return any(character in text for character in "不没无未")
    return re.search(r"\b(?:no|not|never|without|non)\b|n't\b", text) is not None


def _shape_of(piece: Piece, language: Language) -> str:
    shape = form_of(piece.code, piece.text, language).shape
    return shape.value if language is Language.EN else ("vc" if shape is not Shape.NOUN else "n")
