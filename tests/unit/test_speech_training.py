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
from kiosk.training.speech.language_model import Smoothing, WordOrder, trigram
from kiosk.training.speech.lexicon import SILENCE, UNKNOWN, UNKNOWN_PHONE, lexicon, phones_of_syllable
from kiosk.training.speech.sentences import clauses_of, sentences_of, told_clauses
from kiosk.training.speech.voices import made_voices, voice


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


def test_an_older_network_keeps_the_words_it_has_sounds_for() -> None:
    whole = lexicon(Language.EN)
    without = tuple(phone for phone in whole.phones if phone != "ZH")
    fewer = whole.of_sounds(without)
    assert fewer.phones == without
    lost = whole.words.keys() - fewer.words.keys()
    assert lost
    assert all("ZH" in way for word in lost for way in whole.words[word])
    assert whole.of_sounds(whole.phones).words == whole.words


@pytest.mark.parametrize("language", Language)
def test_sentences_are_of_known_words_and_some_are_held_out(language: Language) -> None:
    words = lexicon(language).words
    sentences, random = sentences_of(language, words), Random(3)
    made = [sentences.one(random) for _ in range(400)]
    assert all(word in words for sentence in made for word in sentence)
    assert 0 < sum(sentences.is_held_out(sentence) for sentence in made) < 80
    assert len({tuple(sentence) for sentence in made}) > 200


@pytest.mark.parametrize("language", Language)
def test_what_is_told_and_what_is_said_on_the_screens_is_learnt(language: Language) -> None:
    sentences = sentences_of(language, lexicon(language).words)
    learnt = {sentences.joined(sentences.for_learning(Random(seed))) for seed in range(600)}
    spaced = {clause.replace("-", " ") for clause in told_clauses(language)}
    assert len(learnt & spaced) > 80
    assert len(learnt & set(sentences.patterns["phrase"])) > 40
    assert not any(sentences.is_held_out(sentences.cut(text)) for text in learnt)


def test_a_text_is_cut_where_its_speaker_pauses() -> None:
    assert list(clauses_of("My left leg hurts, since 3 days; I'm 'fine'", Language.EN)) == [
        "my left leg hurts", "i'm 'fine"
    ]  # fmt: skip
    assert list(clauses_of("头疼，拍了CT。没发烧", Language.ZH)) == ["头疼", "没发烧"]


def test_a_made_voice_is_the_same_every_time_and_like_no_other() -> None:
    made = [voice(name, Random(number)) for number, name in enumerate(made_voices())]
    assert made == [voice(name, Random(number)) for number, name in enumerate(made_voices())]
    assert len({text.split("\n", 2)[2] for text in made}) > len(made) * 0.7
    assert all(text.startswith("language variant\nname made") for text in made)


Chances = dict[int, dict[str, float]]
SAID = [["a", "b", "c"], ["a", "b", "c"], ["a", "c"], ["b"]]


def chances_of(order: WordOrder) -> Chances:
    """By state and word; "" backs off, "end" ends."""
    out: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for arc in order.arcs:
        out[arc.source][arc.word] = math.exp(-arc.cost)
    for state, cost in order.ends.items():
        out[state]["end"] = math.exp(-cost)
    return out


def test_after_every_word_the_probabilities_add_up_to_one() -> None:
    out = chances_of(trigram(SAID, ["a", "b", "c"], UNKNOWN))
    assert sum(chance for word, chance in out[1].items() if word != UNKNOWN) == pytest.approx(1)
    # Arcs of a state already hold what backing off adds to them, so backing off may count twice, never too little.
    for state in out.keys() - {1}:
        seen = sum(chance for word, chance in out[state].items() if word)
        assert 1 - out[state].get("", 0) <= seen + 1e-9 < 1.0 + 1e-6


def test_two_words_tell_more_than_one_where_they_came_often_enough() -> None:
    said = [["a", "b", "c"]] * 3 + [["d", "b", "e"]] * 3 + [["c", "b", "a"]]
    order = trigram(said, ["a", "b", "c", "d", "e"], UNKNOWN, Smoothing(to_back_off=(1, 1), least=2))

    def chance(*words: str) -> float:
        """Of the last word after the others, from the beginning."""
        state, cost = 0, 0.0
        for word in words:
            cost = 0.0
            while not (arcs := [arc for arc in order.arcs if (arc.source, arc.word) == (state, word)]):
                back = next(arc for arc in order.arcs if (arc.source, arc.word) == (state, ""))
                state, cost = back.target, cost + back.cost
            state, cost = arcs[0].target, cost + arcs[0].cost
        return math.exp(-cost)

    assert chance("a", "b", "c") > 3 * chance("d", "b", "c") > 0
    # What came once after two words is left to what came after one.
    assert chance("c", "b", "a") == pytest.approx(chance("b", "a"), rel=0.5)
    assert 0 < chance("e", "e", "e") < chance("a", "b")


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
