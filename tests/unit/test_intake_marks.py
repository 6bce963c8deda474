"""From logits to marked findings, whoever made the logits."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from kiosk.adapters.intake_labels import (
    FIRST_MEANING,
    FIRST_PLACE,
    FIRST_POINTER,
    SPECIALS,
    Meaning,
    Place,
    Pointer,
    Special,
    code_of,
    code_token,
)
from kiosk.adapters.intake_marks import character_ranges, joined, marks_of

CODES = ("cough", "fever", "other_complaint")


def row(
    place: Place, code: str = "cough", meaning: Meaning = Meaning.PRESENT, pointer: Pointer = Pointer.NONE
) -> list[float]:
    logits = [0.0] * (SPECIALS + len(CODES))
    logits[FIRST_PLACE + place] = logits[FIRST_MEANING + meaning] = logits[FIRST_POINTER + pointer] = 9.0
    logits[SPECIALS + CODES.index(code)] = 9.0
    return logits


def test_neighbouring_findings_stay_apart_and_keep_their_words() -> None:
    rows = [
        row(Place.BEGIN, "fever"),
        row(Place.INSIDE, "fever"),
        row(Place.BEGIN, "cough", Meaning.ABSENT),
        row(Place.OUTSIDE),
    ]
    marks = marks_of(np.array(rows, np.float32), [(0, 1), (1, 2), (2, 4), (4, 5)], CODES)
    found = [(f.start, f.end, f.code, f.meaning) for f in marks.findings()]
    assert found == [(0, 2, "fever", Meaning.PRESENT), (2, 4, "cough", Meaning.ABSENT)]
    assert all(f.there > 0.99 and f.sure > 0.99 and f.meant > 0.99 for f in marks.findings())


def test_what_touches_and_is_the_same_is_one_finding() -> None:
    rows = [row(Place.BEGIN, "fever"), row(Place.BEGIN, "fever"), row(Place.OUTSIDE), row(Place.BEGIN, "fever")]
    marks = marks_of(np.array(rows, np.float32), [(0, 1), (1, 2), (2, 3), (3, 4)], CODES)
    assert [(f.start, f.end) for f in marks.findings()] == [(0, 2), (3, 4)]


def test_inside_without_a_beginning_begins_one() -> None:
    marks = marks_of(np.array([row(Place.OUTSIDE), row(Place.INSIDE, "fever")], np.float32), [(0, 1), (1, 2)], CODES)
    assert [(f.start, f.end) for f in marks.findings()] == [(1, 2)]


def test_opinion_about_words_that_somebody_else_found() -> None:
    rows = [row(Place.OUTSIDE, meaning=Meaning.ABSENT, pointer=Pointer.RIGHT), row(Place.OUTSIDE)]
    marks = marks_of(np.array(rows, np.float32), [(0, 3), (3, 5)], CODES)
    opinion = marks.opinion(1, 2)
    assert opinion is not None
    assert (opinion.meaning, opinion.pointer) == (Meaning.ABSENT, Pointer.RIGHT)
    assert opinion.meant == pytest.approx(max(opinion.meanings))
    assert sum(opinion.meanings) == pytest.approx(1, abs=1e-5)
    assert opinion.there < 0.01
    assert marks.opinion(5, 9) is None


def test_parts_of_a_long_text_are_put_at_their_place() -> None:
    one = marks_of(np.array([row(Place.BEGIN, "fever")], np.float32), [(0, 2)], CODES)
    two = marks_of(np.array([row(Place.BEGIN, "cough")], np.float32), [(1, 3)], CODES)
    assert [(f.start, f.end, f.code) for f in joined([one, two], [0, 10]).findings()] == [
        (0, 2, "fever"),
        (11, 13, "cough"),
    ]


@pytest.mark.parametrize("text", ["孩子发烧", "my head hurts", "体温38.5 😷 ok", "a  b", " x", "𠮷\n头"])
def test_pieces_lie_on_the_characters_they_spell(text: str) -> None:
    """Any cut into bytes covers the text in order; a piece lies on every character of which it holds a byte."""
    data = text.encode()
    chooser = random.Random(text)
    for _ in range(20):
        cuts = sorted({0, len(data), *(chooser.randrange(len(data) + 1) for _ in range(4))})
        pieces = [data[a:b] for a, b in pairwise(cuts)]
        ranges = character_ranges(text, range(len(pieces)), pieces)
        assert all(0 <= a < b <= len(text) for a, b in ranges)
        assert [a for a, _ in ranges] == sorted(a for a, _ in ranges)
        for (start, end), piece in zip(ranges, pieces, strict=True):
            assert piece.strip(b" ") in text[start:end].encode() or not piece.strip(b" ")


def test_whatever_the_logits_are_every_finding_lies_in_the_text() -> None:
    numbers = np.random.default_rng(5)
    for _ in range(200):
        count = int(numbers.integers(1, 30))
        logits = (numbers.normal(size=(count, SPECIALS + len(CODES))) * 20).astype(np.float32)
        found = marks_of(logits, [(at, at + 1) for at in range(count)], CODES).findings()
        assert all(0 <= f.start < f.end <= count and f.code in CODES for f in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert all(0 <= p <= 1.0001 for f in found for p in (f.there, f.sure, f.meant))


def test_tokens_of_codes() -> None:
    assert code_of(code_token("fever")) == "fever"
    assert code_of("fever") is None
    assert [code_of(special) for special in Special] == [None] * SPECIALS
