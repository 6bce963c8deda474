"""Which reading of an utterance is taken where phrases are awaited."""

from __future__ import annotations

import pytest

from kiosk.adapters.speech.awaited import taken
from kiosk.adapters.speech.phrases import readable
from kiosk.adapters.speech.recogniser import Reading
from kiosk.wire.speech_messages import HeardWord

AWAITED = {"yes", "no", "not sure", "i do not know", "one", "two", "oh", "没有", "有"}


def reading(text: str, cost: float = 0.0) -> Reading:
    words = tuple(HeardWord(word, at, at + 1.0, 1.0) for at, word in enumerate(text.split()))
    return Reading(readable(text), words, cost)


def text_of(*readings: Reading, awaited: set[str] = AWAITED) -> str:
    return taken(readings, awaited).text


def test_anything_can_be_said_where_no_phrase_is_awaited() -> None:
    story = Reading("no fever but a cough")
    assert taken([story], set()) is story


@pytest.mark.parametrize(
    ("likeliest", "next_one", "text"),
    [
        ("no", "know", "no"),
        # Sounds alike.
        ("know", "no", "no"),
        ("i do not", "i do not know", "i do not know"),
        # A phrase in it is not all of it.
        ("[unk] no [unk]", "no [unk]", ""),
        ("没有 [unk]", "[unk] 没有", ""),
        ("<unk> no", "nobody", ""),
        # What is no phrase stays what it is: nothing on the page.
        ("no i know", "now i know", "no i know"),
        # Hesitation is no word of its own.
        ("um no", "um know", "no"),
        ("no well", "well", "no"),
        ("嗯 没有 啊", "嗯 没有 吧", "没有"),
        ("没有 吧", "没有 [unk]", "没有吧"),
        ("um", "um um", ""),
        # Several in a row are the figures of a number, or no answer.
        ("one two", "one", "one two"),
        ("oh one", "one", "oh one"),
        ("yes no", "yes", "yes no"),
    ],
)
def test_the_likeliest_whole_phrase_is_taken(likeliest: str, next_one: str, text: str) -> None:
    assert text_of(reading(likeliest), reading(next_one, 0.9)) == text


def test_a_phrase_that_is_much_less_likely_is_not_taken() -> None:
    assert text_of(reading("know"), reading("no", 1.1)) == "know"


def test_two_phrases_that_are_as_likely_are_neither() -> None:
    assert text_of(reading("yes"), reading("know", 0.1), reading("no", 0.2)) == ""
    assert text_of(reading("yes"), reading("no", 0.3)) == "yes"
    # The same answer twice is one.
    assert text_of(reading("um yes"), reading("yes", 0.1)) == "yes"


def test_where_none_is_a_phrase_softer_words_at_its_ends_are_left_out() -> None:
    babble = [reading("i no right"), reading("i know right", 0.2)]
    assert taken(babble, AWAITED).text == "i no right"
    assert taken(babble, AWAITED, [reading("no"), reading("know", 0.2)]).text == "no"
    assert taken([reading("no")], AWAITED, [reading("")]).text == "no"
    assert taken([reading("one two")], AWAITED, [reading("one two")]).text == "one two"
    assert taken([reading("one oh")], AWAITED, [reading("one")]).text == "one"
    undecided = [reading("yes two"), reading("no two", 0.1)]
    assert taken(undecided, AWAITED, [reading("yes"), reading("no", 0.1)]).text == "yes two"


def test_the_words_of_what_is_taken_come_along_without_what_is_none() -> None:
    assert [word.text for word in taken([reading("um no")], AWAITED).words] == ["no"]
    assert [word.text for word in taken([reading("two [unk] fish")], AWAITED).words] == ["two", "fish"]
    assert taken([reading("[unk] no")], AWAITED).text == ""
    assert taken([reading("")], AWAITED) == reading("")
