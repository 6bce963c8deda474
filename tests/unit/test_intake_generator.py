"""What the intake model learns from: every mark stands on the words of its finding, and nothing held out is said."""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from kiosk.adapters.intake_labels import OTHER_COMPLAINT, Meaning, Pointer
from kiosk.domain.durations import find_durations
from kiosk.domain.language import Language
from kiosk.domain.matching import folded
from kiosk.training.intake.generate import Example, Kind, Mixture, Piece, Writer
from kiosk.training.intake.lengths import length_of_time
from kiosk.training.intake.noise import SoundAlikes, mistyped
from kiosk.training.intake.sentences import Fill, Slot, parse, read_sentences
from kiosk.training.intake.surface import Surfaces, every_form, form_of, is_held
from tests.unit.shipped_clinic import content

COUNT = 600
CLEAN = Mixture(misheard=0.0, mistyped=0.0)


def writer(language: Language, seed: int = 3, *, held: bool = False, mixture: Mixture = CLEAN) -> Writer:
    surfaces = Surfaces(content(), language, held=held)
    return Writer(surfaces, read_sentences(language), Random(seed), mixture=mixture, sounds=SoundAlikes())


def examples(language: Language, **how: object) -> list[Example]:
    return list(islice(writer(language, **how).examples(), COUNT))  # type: ignore[arg-type]


@pytest.mark.parametrize("language", list(Language))
def test_marks_stand_in_order_on_words_of_the_text(language: Language) -> None:
    for example in examples(language):
        ends = [0]
        for mark in example.marks:
            assert ends[-1] <= mark.start < mark.end <= len(example.text)
            words = example.text[mark.start : mark.end]
            assert words == words.strip()
            assert mark.code in content().symptoms or mark.code == OTHER_COMPLAINT
            ends.append(mark.end)


@pytest.mark.parametrize("language", list(Language))
def test_a_fifth_of_the_texts_tells_of_no_finding(language: Language) -> None:
    empty = sum(not example.marks for example in examples(language))
    assert 0.15 * COUNT < empty < 0.30 * COUNT


@pytest.mark.parametrize("language", list(Language))
def test_every_meaning_is_said(language: Language) -> None:
    meanings = [mark.meaning for example in examples(language) for mark in example.marks]
    for meaning in Meaning:
        assert meanings.count(meaning) > 0.04 * len(meanings)


@pytest.mark.parametrize("language", list(Language))
def test_a_pointer_leads_to_a_length_that_can_be_read(language: Language) -> None:
    checked = readable = 0
    for example in examples(language):
        lengths = find_durations(folded(example.text), language)
        for mark in example.marks:
            if mark.pointer is not Pointer.NONE:
                assert mark.meaning is Meaning.PRESENT
                checked += 1
                left = mark.pointer is Pointer.LEFT
                readable += any(d.end <= mark.start if left else d.start >= mark.end for d in lengths)
    assert checked > 20
    assert readable >= 0.97 * checked


def test_the_same_seed_writes_the_same_texts() -> None:
    assert examples(Language.ZH) == examples(Language.ZH)
    assert examples(Language.ZH) != examples(Language.ZH, seed=4)


@pytest.mark.parametrize("language", list(Language))
def test_forms_are_held_out_for_good(language: Language) -> None:
    trained = {(form.code, form.text) for form in every_form(content(), language, held=False)}
    held = {(form.code, form.text) for form in every_form(content(), language, held=True)}
    assert not trained & held
    assert 0.08 * len(trained) < len(held) < 0.16 * len(trained)
    said = {(m.code, e.text[m.start : m.end]) for e in examples(language) for m in e.marks}
    assert not said & held
    assert is_held("fever", "x") == is_held("fever", "x")


def test_a_new_symptom_is_learnt_from_its_file_alone() -> None:
    for language in Language:
        codes = Surfaces(content(), language).codes
        assert len(codes) > 0.97 * len(content().symptoms)


@pytest.mark.parametrize(
    ("text", "language", "shape", "denial"),
    [
        ("headache", Language.EN, "n", ""),
        ("my head hurts", Language.EN, "c", "my head doesn't hurt"),
        ("can't sleep", Language.EN, "v", "can sleep"),
        ("dizzy", Language.EN, "a", ""),
        ("coughing", Language.EN, "g", ""),
        ("头疼", Language.ZH, "v", "头不疼"),
        ("皮疹", Language.ZH, "n", "皮疹"),
        ("睡不着", Language.ZH, "c", ""),
    ],
)
def test_the_place_of_a_form_in_a_sentence(text: str, language: Language, shape: str, denial: str) -> None:
    form = form_of("x", text, language)
    assert form.shape == shape
    assert form.denial == denial or shape == "n"


def test_patterns_are_read_into_parts() -> None:
    assert parse("no {-n} , just {+c} <time> .") == (
        "no ",
        Slot("-", "n"),
        ", just ",
        Slot("+", "c"),
        " ",
        Fill("time"),
        ".",
    )
    assert parse("{+L}{-!}") == (Slot("+", "", is_list=True), Slot("-", "", is_denial=True))


@pytest.mark.parametrize("language", list(Language))
def test_a_row_keeps_its_words_and_meanings_when_findings_are_changed(language: Language) -> None:
    row = [
        Piece("没有" if language is Language.ZH else "no "),
        Piece("咳嗽" if language is Language.ZH else "cough", Kind.FINDING, "cough", Meaning.ABSENT),
        Piece("，" if language is Language.ZH else ", "),
        Piece("头疼" if language is Language.ZH else "headache", Kind.FINDING, "headache", Meaning.PRESENT),
    ]
    author = writer(language)
    varied = [author.varied(row) for _ in range(100)]
    for changed in varied:
        assert [p.meaning for p in changed if p.kind is Kind.FINDING] == [Meaning.ABSENT, Meaning.PRESENT]
        assert [p.text for p in changed if p.kind is Kind.PLAIN] == [p.text for p in row if p.kind is Kind.PLAIN]
    assert len({changed[1].code for changed in varied}) > 10


def test_slips_keep_nearly_all_of_a_word() -> None:
    chooser = Random(1)
    sounds = SoundAlikes()
    assert all(len(sounds.misheard("肚子疼", chooser)) == 3 for _ in range(50))
    assert any(sounds.misheard("肚子疼", chooser) != "肚子疼" for _ in range(50))
    assert all(abs(len(mistyped("headache", chooser)) - 8) <= 1 for _ in range(50))
    assert mistyped("flu", chooser) == "flu"


@pytest.mark.parametrize("language", list(Language))
def test_lengths_of_time_are_read_back(language: Language) -> None:
    chooser = Random(2)
    texts = [length_of_time(language, chooser) for _ in range(300)]
    unread = [t for t in texts if not find_durations(f"头疼{t}了" if language is Language.ZH else f"for {t}", language)]
    assert not unread
