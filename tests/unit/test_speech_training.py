"""The parts of the speech recipe that need no synthesiser: words, sentences, word order, alignment, counting."""

from __future__ import annotations

import math
from collections import defaultdict
from random import Random

import numpy as np
import pytest

from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.dialogue.pain_scale import SCORE_PHRASES
from kiosk.domain.language import Language
from kiosk.training.speech.align import aligned
from kiosk.training.speech.errors import distance, figures_of
from kiosk.training.speech.language_model import bigram
from kiosk.training.speech.lexicon import SILENCE, UNKNOWN, UNKNOWN_PHONE, lexicon, phones_of_syllable
from kiosk.training.speech.sentences import sentences_of


@pytest.mark.parametrize(
    ("syllable", "phones"),
    [
        ("zhuang1", ("zh", "uang1")),
        ("shi4", ("sh", "iii4")),
        ("si4", ("s", "ii4")),
        ("ri4", ("r", "iii4")),
        ("xi1", ("x", "i1")),
        ("jue2", ("j", "ve2")),
        ("yuan2", ("van2",)),
        ("yi1", ("i1",)),
        ("you3", ("iou3",)),
        ("liu2", ("l", "iou2")),
        ("wu3", ("u3",)),
        ("wo3", ("uo3",)),
        ("shui4", ("sh", "uei4")),
        ("nv3", ("n", "v3")),
        ("er3", ("er3",)),
        ("ou3", ("ou3",)),
    ],
)
def test_a_syllable_is_an_initial_and_a_final_with_its_tone(syllable: str, phones: tuple[str, ...]) -> None:
    assert phones_of_syllable(syllable) == phones


@pytest.mark.parametrize("bad", ["ma", "ma6", "", "m\u01d01", "1"])
def test_what_is_no_syllable_is_refused(bad: str) -> None:
    with pytest.raises(ValueError, match="not a pinyin syllable"):
        phones_of_syllable(bad)


@pytest.mark.parametrize("language", Language)
def test_the_lexicon_holds_enough_words_and_every_answer(language: Language) -> None:
    words = lexicon(language).words
    assert len(words) >= 600
    cut = sentences_of(language, words).cut
    for phrase in (*ANSWER_PHRASES[language], *SCORE_PHRASES[language]):
        assert all(word in words for word in cut(phrase)), phrase


@pytest.mark.parametrize("language", Language)
def test_words_that_are_not_known_have_no_sound_of_their_own(language: Language) -> None:
    all_of_it = lexicon(language)
    assert not all_of_it.words.keys() & all_of_it.others.keys()
    assert all(all_of_it.said(word) == ((UNKNOWN_PHONE,),) for word in all_of_it.others)
    assert all_of_it.phones[:2] == (SILENCE, UNKNOWN_PHONE)


@pytest.mark.parametrize("language", Language)
def test_sentences_are_of_known_words_and_some_are_held_out(language: Language) -> None:
    words = lexicon(language).words
    sentences, random = sentences_of(language, words), Random(3)
    made = [sentences.one(random) for _ in range(400)]
    assert all(word in words for sentence in made for word in sentence)
    assert 0 < sum(sentences.is_held_out(sentence) for sentence in made) < 80
    assert len({tuple(sentence) for sentence in made}) > 200


def test_from_every_word_the_probabilities_add_up_to_one() -> None:
    words = ["a", "b", "c"]
    arcs, ends = bigram([["a", "b"], ["a", "c"], ["b"]], words, UNKNOWN)
    out: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for arc in arcs:
        out[arc.source][arc.word] = math.exp(-arc.cost)
    back = max(out)
    alone = {word: p for word, p in out[back].items() if word != UNKNOWN} | {"end": math.exp(-ends[back])}
    assert sum(alone.values()) == pytest.approx(1)
    # Arcs of a state already hold what backing off adds to them, so backing off may count twice, never too little.
    for state in range(back):
        seen = sum(p for word, p in out[state].items() if word) + (math.exp(-ends[state]) if state in ends else 0)
        assert 1 - out[state][""] <= seen < 1.0 + 1e-9


def test_sounds_are_found_where_they_are() -> None:
    known = lexicon(Language.EN)
    ids = {phone: number for number, phone in enumerate(known.phones)}
    # "no no" with a silence only before it: the second begins where the first step of N is heard again.
    said = [SILENCE, SILENCE, "N", "N", "OW", "OW", "N", "OW", "OW"]
    first = [True, False, True, False, True, False, True, True, False]
    scores = np.full((len(said), 2 * len(known.phones)), -10.0, np.float32)
    for step, (phone, begins) in enumerate(zip(said, first, strict=True)):
        scores[step, 2 * ids[phone] + (not begins)] = 0
    found = aligned(scores, ["no", "no"], known)
    assert found is not None
    assert [known.phones[phone] for phone in found[0]] == said
    assert [bool(step) for step in np.diff(found[1], prepend=0)] == first


def test_words_that_do_not_fit_into_the_sound_are_not_aligned() -> None:
    known = lexicon(Language.EN)
    assert aligned(np.zeros((3, 2 * len(known.phones)), np.float32), ["headache"], known) is None


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [("a b c", "a b c", 0), ("a b c", "a c", 1), ("a", "b c", 2), ("", "a", 1), ("a b", "", 2)],
)
def test_errors_are_words_put_in_left_out_or_changed(said: str, heard: str, errors: int) -> None:
    assert distance(said.split(), heard.split()) == errors
    figures = figures_of([(said.split(), heard.split())])
    assert (figures.errors, figures.exact) == (errors, int(errors == 0))
