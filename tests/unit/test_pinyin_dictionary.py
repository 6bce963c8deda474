"""Words by sound: cheapest first, own words on top, stretches by prefix, broken lists named, nothing remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk import paths
from kiosk.adapters.pinyin_dictionary import Dictionary, Spelled, read_lines
from kiosk.domain.errors import AssetError

GENERAL = ["# list", "tou\t头 58 投 90", "tou tong\t头痛 76 头同 200", "teng\t疼 50", "tian\t天 60"]
PAIRS = ["# list", "头 10\t疼 5 痛 7"]
OWN = [
    Spelled("头疼", ("tou", "teng"), 80),
    Spelled("头", ("tou",), 70),
    Spelled("头痛三天", ("tou", "tong"), 115, "天"),
]


@pytest.fixture
def dictionary() -> Dictionary:
    return Dictionary(GENERAL, PAIRS, OWN)


def words_of(dictionary: Dictionary, *syllables: str) -> list[tuple[str, int]]:
    place = dictionary.keys.index(dictionary.key(syllables))
    return [(word.text, word.cost) for word in dictionary.words(place)]


def test_the_cheaper_of_two_entries_counts(dictionary: Dictionary) -> None:
    assert words_of(dictionary, "tou") == [("头", 58), ("投", 90)]
    assert words_of(dictionary, "tou", "tong") == [("头痛", 76), ("头痛三天", 115), ("头同", 200)]


def test_followers_are_named_or_dearer(dictionary: Dictionary) -> None:
    assert dictionary.followers("头").named == {"疼": 5, "痛": 7}
    assert dictionary.followers("头").unseen == 10
    assert dictionary.followers("天").named == {}


def test_initials_know_words_of_several_syllables_only(dictionary: Dictionary) -> None:
    assert [word.text for word in dictionary.abbreviated("tt")] == ["头痛", "头疼"]
    assert dictionary.abbreviated("t") == ()


def test_syllables_that_go_on_from_letters(dictionary: Dictionary) -> None:
    first, last = dictionary.syllables_beginning("t") or ("", "")
    assert (first, last) == (dictionary.code("teng"), dictionary.code("tou"))
    assert dictionary.syllables_beginning("x") is None


def test_forgetting_changes_no_answer(dictionary: Dictionary) -> None:
    before = words_of(dictionary, "tou"), dictionary.followers("头")
    dictionary.forget()
    assert (words_of(dictionary, "tou"), dictionary.followers("头")) == before


@pytest.mark.parametrize("name", ["general.txt", "pairs.txt"])
def test_a_line_without_a_tab_is_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text("# list\ntou 头 58\n", encoding="utf-8")
    with pytest.raises(AssetError) as caught:
        read_lines(file)
    assert caught.value.entry == "line 2"


def test_every_line_of_the_shipped_lists_can_be_read() -> None:
    folder = paths.assets() / "keyboard"
    whole = Dictionary(read_lines(folder / "general.txt"), read_lines(folder / "pairs.txt"))
    assert all(whole.words(place) for place in range(len(whole.keys)))
    heads = [line.split(" ")[0] for line in read_lines(folder / "pairs.txt") if not line.startswith("#")]
    assert all(whole.followers(head).named for head in heads)
    assert len(whole.keys) > 40_000
