"""Accents are cheaper than slips, both are undone to the syllable that was meant."""

from __future__ import annotations

import pytest

from kiosk.adapters.spelling import ACCENT, NEIGHBOURS, SLIP, readings

KNOWN = readings(["zhang", "zang", "nai", "lai", "hu", "fu", "lv", "teng", "ten", "shi", "si", "wo", "c", "chao"])


@pytest.mark.parametrize(
    ("letters", "syllable", "cost"),
    [
        ("zhang", "zhang", 0),
        ("zang", "zhang", ACCENT),
        ("zhang", "zang", ACCENT),
        ("lai", "nai", ACCENT),
        ("nai", "lai", ACCENT),
        ("fu", "hu", ACCENT),
        ("ten", "teng", ACCENT),
        ("si", "shi", ACCENT),
        ("tng", "teng", SLIP),
        ("tteng", "teng", SLIP),
        ("twng", "teng", SLIP),
        ("tegn", "teng", SLIP),
        ("w", "wo", SLIP),
    ],
)
def test_what_letters_may_mean(letters: str, syllable: str, cost: int) -> None:
    assert {reading.syllable: reading.cost for reading in KNOWN[letters]}[syllable] == cost


def test_the_exact_syllable_comes_first() -> None:
    assert [KNOWN[letters][0].syllable for letters in ("zang", "lai", "ten")] == ["zang", "lai", "ten"]


def test_a_letter_that_is_no_syllable_of_chinese_is_only_itself() -> None:
    assert [(spelling, r.cost) for spelling, found in KNOWN.items() for r in found if r.syllable == "c"] == [("c", 0)]


def test_neighbours_touch_both_ways() -> None:
    assert set("tfhyvb") <= set(NEIGHBOURS["g"])
    assert all(letter in NEIGHBOURS[other] for letter, others in NEIGHBOURS.items() for other in others)
