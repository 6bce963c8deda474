"""The filter in front of the patterns hides no match."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import folded
from kiosk.domain.phrase_book import PhraseBook, needed
from kiosk.domain.spoken_cues import CUES
from kiosk.domain.what_works import WHAT_WORKS

DATA = Path(__file__).parents[1] / "data"


# More patterns than re keeps.
compiled = cache(re.compile)


def by_every_pattern(book: PhraseBook[object], text: str) -> list[tuple[tuple[int, int], object]]:
    return [(match.span(), meaning) for pattern, meaning in book.phrases for match in compiled(pattern).finditer(text)]


def by_the_book(book: PhraseBook[object], text: str) -> list[tuple[tuple[int, int], object]]:
    return [(match.span(), meaning) for match, meaning in book.found(text)]


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("not a (?:trace|sign) of", {"not a "}),
        ("(?:no|without) (?:any )?trouble", {"trouble"}),
        (r"\b(?<!not )(?:fine|good)\b", {"fine", "good"}),
        (r"(?:fine|good)?(?=now)", None),
        (r"(?:fine|\w+)", None),
        ("[疼痛]+", {"疼", "痛"}),
        ("[^疼]", None),
        ("[a-f]", None),
        ("(?P<what>ab){2,}c?", {"ab"}),
        ("(?>ab)c", {"ab"}),
        ("(?i:ab)", None),
        ("", None),
    ],
)
def test_what_a_match_cannot_be_without(pattern: str, texts: set[str] | None) -> None:
    assert next(iter(needed(pattern)), None) == texts


def test_a_match_can_need_several_texts() -> None:
    assert needed(r"(?:ear|ears) (?:is|are)? ?(?:fine|all right)") == [{"fine", "all right"}, {"ear"}, {" "}]


def test_letters_of_any_case_are_no_filter() -> None:
    assert needed("(?i)ab") == []


def test_matches_come_in_the_order_of_the_patterns() -> None:
    book = PhraseBook([("b+", 1), (r"\w", 2), ("a", 3)])
    assert by_the_book(book, "abb") == [((1, 3), 1), ((0, 1), 2), ((1, 2), 2), ((2, 3), 2), ((0, 1), 3)]
    assert by_the_book(book, "") == []


@pytest.mark.parametrize("books", [CUES, WHAT_WORKS])
def test_nothing_is_missed_in_the_test_data(books: dict[Language, PhraseBook[object]]) -> None:
    files = [*DATA.glob("cases/*.jsonl"), *DATA.glob("statements/*.jsonl")]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    matches = 0
    for text in [folded(json.loads(line)["text"]) for line in lines]:
        book = books[language_of(text)]
        expected = by_every_pattern(book, text)
        assert by_the_book(book, text) == expected, text
        matches += len(expected)
    assert matches > 100


PIECES = [
    *"没不有没事好正常的，。 ",
    "大便",
    "睡",
    "not ",
    "n't ",
    "fine",
    " is ",
    "sleeping",
    "i ",
    "my ",
    "can ",
    "no ",
    "well",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), st.sampled_from(Language))
def test_nothing_is_missed_in_any_text(text: str, language: Language) -> None:
    for books in (CUES, WHAT_WORKS):
        assert by_the_book(books[language], text) == by_every_pattern(books[language], text)
