"""How a line sounds, who may hear it, and which words are our own."""

from __future__ import annotations

import pytest

from kiosk.domain.language import Language, Locale
from kiosk.i18n import installed
from kiosk.ui.reading.own_words import OwnWords, own_words
from kiosk.ui.reading.page import Area, Kind, Part
from kiosk.ui.reading.script import lines_of, pronounced, runs, sentences, split

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("text", "language", "sound"),
    [
        ("骨 027", ZH, "骨 0 2 7"),
        ("13800138000", ZH, "1 3 8 0 0 1 3 8 0 0 0"),
        ("约等 25 分钟", ZH, "约等 25 分钟"),
        ("最早：周岚 09:50", ZH, "最早：周岚 9 点 50 分"),
        ("10:00", ZH, "10 点整"),
        ("Earliest: Zhou Lan, 09:50", EN, "Earliest: Zhou Lan, 9:50"),
        ("10:00", EN, "10 o'clock"),
        ("206", EN, "206"),
        ("您说“上下楼更疼”…", ZH, "您说 上下楼更疼"),
        ("One\ntwo", EN, "One, two"),
    ],
)
def test_figures_and_signs_sound_as_meant(text: str, language: Language, sound: str) -> None:
    assert pronounced(text, language) == sound


def test_chinese_in_an_english_sentence_goes_to_the_chinese_voice() -> None:
    assert list(runs("Your number: 骨 027", EN)) == [(EN, "Your number:"), (ZH, "骨"), (EN, "027")]
    assert list(runs("做 CT 检查", ZH)) == [(ZH, "做 CT 检查")]
    assert list(runs("Su número: 骨 027", "es")) == [("es", "Su número:"), (ZH, "骨"), ("es", "027")]


def test_long_words_are_cut_where_one_breathes_and_nothing_is_lost() -> None:
    text = "我膝盖疼，" * 300
    pieces = list(split(text, 100))
    assert "".join(pieces) == text
    assert max(map(len, pieces)) <= 100
    assert all(piece.endswith("，") for piece in pieces)
    assert "".join(split("x" * 1000, 300)) == "x" * 1000


def test_only_our_own_wording_with_nothing_but_figures_in_it_is_for_everybody() -> None:
    own = OwnWords(["Go on", "Step {step} of {total}", "You said %1", "{n}", "Let go\nwhen done"])
    for text in ("Go on", "Step 2 of 4", "You said 3", "Let go when done"):
        assert text in own
    for text in ("Go on!", "Step two of 4", "You said my knee hurts", "13800138000", "", "Go on Step 2 of 4"):
        assert text not in own


@pytest.mark.parametrize("locale", installed().values(), ids=lambda locale: locale.tag)
def test_no_bare_figures_are_our_own_in_any_catalogue(locale: Locale) -> None:
    for text in ("7", "13800138000", "206", "09:50", "46"):
        assert text not in own_words(locale)


def test_a_choice_is_personal_with_its_explanation_and_says_nothing_chosen_to_the_lobby() -> None:
    own = OwnWords(["Yes", "Big text"])
    parts = [
        Part(Kind.CHOICE, "Yes", chosen=True),
        Part(Kind.CHOICE, "Yes", more="because of your knee"),
        Part(Kind.CHOICE, "Yes", open=False),
        Part(Kind.TEXT, "206", open=True),
        Part(Kind.CHOICE, "Big text", area=Area.HELPERS, chosen=True),
    ]
    lines = lines_of(parts, own)

    def said(*, private: bool) -> list[str]:
        return [one.text for line in lines for one in sentences(line, lambda text: text, EN, private=private)]

    assert said(private=False) == ["Press 1, Yes", "206", "Press 4, Big text, is on"]
    assert said(private=True) == [
        "Press 1, Yes, chosen",
        "Press 2, Yes, because of your knee",
        "Press 3, Yes",
        "206",
        "Press 4, Big text, is on",
    ]
