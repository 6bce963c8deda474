"""The keyboard's figures hold on complaints that it was not tuned on, and the measure itself counts right."""

from __future__ import annotations

import gc
import random
from pathlib import Path

import pytest

from kiosk import paths
from kiosk.adapters.pinyin import Candidate, KeyboardWords
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.typing_bench import (
    KEY_MS,
    RIGHT,
    SLIPS_EACH,
    Line,
    Shares,
    keys_needed,
    read_complaints,
    shares,
    southern,
    times_per_key,
    with_a_slip,
)

TYPING = Path(__file__).resolve().parents[1] / "data" / "typing"
KEYBOARD = paths.assets() / "keyboard"


@pytest.fixture(scope="module")
def words(shipped: KnowledgeBase) -> KeyboardWords:
    return KeyboardWords.load(KEYBOARD, shipped)


@pytest.mark.parametrize("name", ["tuning.tsv", "held.tsv"])
def test_the_first_candidate_is_the_complaint(words: KeyboardWords, name: str) -> None:
    lines = read_complaints(TYPING / name)
    assert len(lines) == 30
    assert shares(lines, words.candidates).first >= RIGHT
    assert shares([Line(line.text, southern(line.letters)) for line in lines], words.candidates).in_sight >= RIGHT


@pytest.mark.parametrize("name", ["tuning.tsv", "held.tsv"])
def test_a_slip_is_mostly_forgiven(words: KeyboardWords, name: str) -> None:
    chance = random.Random(2)  # noqa: S311 - no secret
    lines = [
        Line(line.text, with_a_slip(line.letters, chance))
        for line in read_complaints(TYPING / name)
        for _ in range(SLIPS_EACH)
    ]
    found = shares(lines, words.candidates)
    assert found.first >= 0.8
    assert found.in_sight >= 0.85


def test_a_key_is_answered_at_once(words: KeyboardWords) -> None:
    gc.collect()
    times = sorted(times_per_key(read_complaints(TYPING / "tuning.tsv"), words))
    assert times[int(len(times) * 0.99)] < KEY_MS


def test_complaints_of_the_measure_are_not_among_the_example_sentences() -> None:
    taught = set((KEYBOARD / "sentences.txt").read_text(encoding="utf-8").split())
    for name in ("tuning.tsv", "held.tsv"):
        assert taught.isdisjoint(line.text for line in read_complaints(TYPING / name))


def offer(letters: str) -> list[Candidate]:
    known = {"touteng": "头疼", "tout": "头疼", "tou": "头", "teng": "疼"}
    ends = (end for end in range(len(letters), 0, -1) if letters[:end] in known)
    return [Candidate(known[letters[:end]], end) for end in ends]


def test_shares_count_first_and_in_sight() -> None:
    lines = [Line("头疼", "touteng"), Line("头", "touteng"), Line("脚", "jiao"), Line("疼", "teng")]
    assert shares(lines, offer) == Shares(first=0.5, in_sight=0.75)


def test_keys_end_as_soon_as_the_complaint_is_in_sight() -> None:
    assert keys_needed(Line("头疼", "touteng"), offer) == len("tout") + 1
    assert keys_needed(Line("疼头", "tengtou"), offer) == len("tengtou") + 2
    assert keys_needed(Line("脚", "jiao"), offer) == 2 * len("jiao")


def test_a_slip_changes_one_place() -> None:
    chance = random.Random(1)  # noqa: S311 - no secret
    slipped = {with_a_slip("touteng", chance) for _ in range(300)}
    assert {len(letters) for letters in slipped} == {6, 7, 8}
    assert "touteng" not in slipped


def test_a_line_without_its_syllables_is_named(tmp_path: Path) -> None:
    file = tmp_path / "complaints.tsv"
    file.write_text("# list\n头疼\n", encoding="utf-8")
    with pytest.raises(AssetError) as caught:
        read_complaints(file)
    assert caught.value.entry == "line 2"
