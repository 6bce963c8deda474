"""What is said to the running kiosk, how it is counted, and that the measurement itself still runs."""

from __future__ import annotations

import json
import re
import wave
from array import array
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kiosk import paths
from kiosk.adapters.content_cache import open_content
from kiosk.domain.dialogue.answers import ANSWER_PHRASES
from kiosk.domain.language import Language
from kiosk.domain.understanding import understand
from kiosk.training.speech.lexicon import lexicon
from kiosk.training.speech.sentences import Sentences, sentences_of
from kiosk.training.speech.texts import texts
from tests.heard.__main__ import listen, report
from tests.heard.said import AGAIN, Kind, Said, read
from tests.heard.scores import figures_of, table
from tests.heard.tape import RATE, read_tracks, write_tracks
from tests.heard.voice_visit import channel
from tests.sound_server import MISSING
from tests.speech_client import wav_saying


@cache
def training_sentences(language: Language) -> tuple[Sentences, tuple[re.Pattern[str], ...]]:
    """What the recipe can make, as expressions."""
    sentences = sentences_of(language, lexicon(language).words)

    @cache
    def slot(name: str) -> str:
        return f"(?:{'|'.join(map(expression, dict.fromkeys(sentences.patterns[name])))})"

    def expression(text: str) -> str:
        parts = re.split(r"<(\w+)>", text.lower())
        return "".join(slot(part) if odd % 2 else re.escape(part) for odd, part in enumerate(parts))

    return sentences, tuple(re.compile(expression(line)) for line in dict.fromkeys(sentences.patterns["sentence"]))


@pytest.mark.parametrize("language", Language)
def test_what_training_never_had_is_told_apart(language: Language) -> None:
    sentences, made = training_sentences(language)
    for said in read(language):
        if said.kind is Kind.COMPLAINT:
            trained = any(one.fullmatch(said.text) for one in made)
            assert said.seen == (trained and not sentences.is_held_out(sentences.cut(said.text))), said.text


@pytest.mark.parametrize("language", Language)
def test_no_new_sentence_was_read_or_spoken_in_training(language: Language) -> None:
    sentences, _ = training_sentences(language)
    new = {sentences.joined(sentences.cut(s.text)) for s in read(language) if s.kind is Kind.COMPLAINT and not s.seen}
    learnt = {sentences.joined(words) for words in texts(sentences)} | set(sentences.patterns["told"])
    assert len(learnt) > 20_000
    assert not new & learnt


@pytest.mark.parametrize("language", Language)
def test_every_word_can_be_spoken_and_there_are_thirty_of_each(language: Language) -> None:
    said = read(language)
    sentences = Sentences(language, {}, lexicon(language).words)
    assert {word for one in said for word in sentences.cut(one.text)} <= lexicon(language).spellings.keys()
    complaints = [one for one in said if one.kind is Kind.COMPLAINT]
    answers = [one for one in said if one.kind is not Kind.COMPLAINT and one.seen]
    assert (len(complaints), len(answers)) == (30, 30)
    assert len([one for one in complaints if one.seen]) == 15


@pytest.mark.parametrize("language", Language)
def test_answers_are_listened_for_and_what_is_more_than_one_is_not(language: Language) -> None:
    for said in read(language):
        if said.kind is Kind.ANSWER:
            status = ANSWER_PHRASES[language].get(said.text)
            assert said.expected == {"": status.value if status else AGAIN}, said.text


@pytest.mark.parametrize("language", Language)
def test_whoever_types_it_is_understood(language: Language) -> None:
    knowledge, matcher = open_content(paths.assets(), paths.cache_dir())
    for said in read(language):
        if said.kind is Kind.COMPLAINT:
            found = {one.code: one.status.value for one in understand(said.text, language, knowledge, matcher)}
            assert found.items() >= said.expected.items(), said.text


def row(said: Said, **more: Any) -> dict[str, Any]:
    """As heard without any mistake."""
    usual = {"early_s": 0.0, "late": False, "after_words_s": 1.5, "holes": 0, "lost_s": 0.0, "transcript": said.text}
    told = {"findings": dict(said.expected), "typed": dict(said.expected)}
    if said.kind is not Kind.COMPLAINT:
        told = {"answered": said.expected[""]}
    return {"id": said.id, "condition": "clean", **usual, **told, **more}


def test_mistakes_are_counted_where_they_belong() -> None:
    complaint = Said(Language.EN, 1, Kind.COMPLAINT, True, "i have a cough no fever", {"cough": "present"})
    other = Said(Language.EN, 2, Kind.COMPLAINT, False, "no fever", {"fever": "absent"})
    answers = [Said(Language.EN, number, Kind.ANSWER, True, "no", {"": "absent"}) for number in (3, 4, 5)]
    more = [Said(Language.EN, number, Kind.ANSWER, False, "yes and no", {"": AGAIN}) for number in (6, 7)]
    rows = [
        row(complaint, transcript="i have a cold", findings={"cold_symptoms": "present"}, early_s=0.5),
        row(other, findings={"fever": "present"}, late=True, lost_s=None),
        row(answers[0]),
        row(answers[1], answered="present", holes=2),
        row(answers[2], answered=None, transcript=""),
        row(answers[2], condition="far"),
        row(more[0], answered="absent"),
        row(more[1], answered=None),
    ]
    figures = figures_of(Language.EN, "clean", [complaint, other, *answers, *more], rows)
    assert (figures.seen.errors, figures.seen.words, figures.seen.exact) == (3, 6, 0)
    assert (figures.new.errors, figures.new.exact) == (0, 1)
    assert (figures.seen_slots.right, figures.seen_slots.invented) == (0, 1)
    assert (figures.new_slots.opposite, figures.new_slots.typed) == (1, 1)
    assert (figures.phrases.right, figures.phrases.wrong, figures.phrases.again) == (1, 1, 1)
    assert (figures.early, figures.held_open, figures.silent, figures.holes) == (1, 1, 1, 2)
    assert figures.story_end_s == 1.5
    told = table([figures])
    assert "| `en` clean | 50.0 % | 0.0 % |" in told
    assert "| `en` clean | 1/3 | 1 | 1 | 1/2 | 1 | 1 | 1 | 1 | 1.5 s | 1.5 s | 2 |" in told


def test_characters_are_counted_without_the_cuts_between_words() -> None:
    said = Said(Language.ZH, 1, Kind.COMPLAINT, True, "我头痛三天了", {})
    figures = figures_of(Language.ZH, "clean", [said], [row(said, transcript="我 头疼 三 天 了")])
    assert (figures.seen.errors, figures.seen.character_errors, figures.seen.characters) == (1, 1, 6)


def test_tracks_come_back_as_they_were_written_and_are_measured(tmp_path: Path) -> None:
    tone = array("h", [8000, -8000] * (RATE // 2))
    write_tracks(tmp_path / "both.wav", (array("h", bytes(2 * RATE)) + tone, tone))
    left, right = read_tracks(tmp_path / "both.wav")
    assert (len(left), len(right)) == (2 * RATE, 2 * RATE)
    measured = channel(left)
    assert (measured.length_s, measured.speech_s, measured.clipped) == (2.0, 1.0, 0)
    assert measured.peak_db == measured.level_db == -12.2
    assert channel(right).longest_silence_s == 0.0
    assert channel(array("h", bytes(100))).speech_s == 0.0


@pytest.mark.peer
@pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")
def test_the_running_kiosk_is_told_a_complaint_and_an_answer(tmp_path: Path) -> None:
    complaint = next(one for one in read(Language.EN) if one.text == "i have chest pain and shortness of breath")
    answer = next(one for one in read(Language.EN) if one.text == "not sure")
    plan = [planned(one) for one in (complaint, answer)]
    listen(plan, tmp_path / "en.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "en.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["transcript"] for one in rows] == [complaint.text, answer.text]
    figures = figures_of(Language.EN, "clean", [complaint, answer], rows)
    assert (figures.seen_slots.right, figures.phrases.right, figures.held_open, figures.early) == (2, 1, 0, 0)
    listen(plan, tmp_path / "en.jsonl")
    assert len((tmp_path / "en.jsonl").read_text(encoding="utf-8").splitlines()) == 2
    report([Language.EN], ["clean"], tmp_path)
    assert json.loads((tmp_path / "heard.json").read_text(encoding="utf-8"))[0]["seen"]["exact"] == 1


def planned(said: Said) -> dict[str, Any]:
    wav = wav_saying(said.language, said.text)
    with wave.open(str(wav)) as sound:
        ends_s = sound.getnframes() / sound.getframerate()
    told = {"id": said.id, "language": said.language.value, "kind": said.kind.value, "text": said.text}
    return told | {"condition": "clean", "wav": str(wav), "ends_s": ends_s - 0.3, "waits": True}
