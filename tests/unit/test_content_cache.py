"""What is kept between two starts: the same as without it, never another content, and never a file of somebody else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk import paths
from kiosk.adapters import content_cache
from kiosk.adapters.content_cache import NAME, open_content
from kiosk.adapters.lexicon import build_matcher
from kiosk.adapters.pinyin import read_words
from kiosk.domain.errors import AssetError
from kiosk.domain.knowledge import KnowledgeBase
from kiosk.domain.language import Language, language_of
from kiosk.domain.matching import MatchKind
from tests.unit.test_knowledge_files import write_small

TEXTS = Path(__file__).parents[1] / "data" / "statements"
ANGINA = "conditions/heart.yaml"

needs_posix = pytest.mark.skipif(os.name != "posix", reason="owners and rights are of POSIX")


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    write_small(tmp_path / "assets" / "knowledge")
    (tmp_path / "assets" / "keyboard").mkdir()
    (tmp_path / "assets" / "keyboard" / "words.txt").write_text("胸\txiong\t9\n痛\ttong\t9\n", encoding="utf-8")
    return tmp_path / "assets"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def icd10(assets: Path, cache: Path) -> str:
    return open_content(assets, cache)[0].conditions["angina"].icd10


def number(cache: Path) -> int:
    """Which file it is: another one takes its place whenever it is made anew."""
    return (cache / NAME).stat().st_ino


def test_the_shipped_content_is_the_same_from_the_file(cache: Path, shipped: KnowledgeBase) -> None:
    open_content(paths.assets(), cache)
    made = number(cache)
    kept, match = open_content(paths.assets(), cache)
    assert number(cache) == made
    assert kept == shipped
    fresh = build_matcher(shipped, read_words(paths.assets() / "keyboard" / "words.txt"))
    lines = [line for file in sorted(TEXTS.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines[::10]]
    for text in (*texts, "投疼，拉度子", "my hedache and tummyache"):
        assert match(text, language_of(text)) == fresh(text, language_of(text)), text


def test_a_kept_small_content_is_used(assets: Path, cache: Path) -> None:
    fresh, _ = open_content(assets, cache)
    made = number(cache)
    kept, match = open_content(assets, cache)
    assert (kept, number(cache)) == (fresh, made)
    assert [m.value for m in match("crushing", Language.EN) if m.kind is MatchKind.SYMPTOM] == ["crushing_chest_pain"]


def test_one_changed_word_of_the_same_length_and_time_is_seen(assets: Path, cache: Path) -> None:
    file = assets / "knowledge" / ANGINA
    assert icd10(assets, cache) == "I20"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"I20", b"I25"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert icd10(assets, cache) == "I25"


def test_a_renamed_file_is_seen(assets: Path, cache: Path) -> None:
    open_content(assets, cache)
    (assets / "knowledge" / "routing.yaml").rename(assets / "knowledge" / "routes.yaml")
    with pytest.raises(AssetError, match=r"routing\.yaml: -: -: is missing"):
        open_content(assets, cache)


def test_changed_sounds_are_seen(assets: Path, cache: Path) -> None:
    open_content(assets, cache)
    made = number(cache)
    (assets / "keyboard" / "words.txt").write_text("胸\txiong\t9\n", encoding="utf-8")
    open_content(assets, cache)
    assert number(cache) != made


def test_another_program_makes_its_own(assets: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_content(assets, cache)
    made = number(cache)
    monkeypatch.setattr(content_cache, "__version__", "0.0.0")
    open_content(assets, cache)
    assert number(cache) != made


def test_faulty_content_is_refused_and_not_kept(assets: Path, cache: Path) -> None:
    (assets / "knowledge" / ANGINA).write_text("- code: angina\n", encoding="utf-8")
    with pytest.raises(AssetError):
        open_content(assets, cache)
    assert not (cache / NAME).exists()


def test_what_json_would_change_is_not_kept(assets: Path, cache: Path) -> None:
    (assets / "knowledge" / "notes.yaml").write_text("1: one\n", encoding="utf-8")
    assert icd10(assets, cache) == "I20"
    assert not (cache / NAME).exists()
    (assets / "knowledge" / "notes.yaml").write_text("since: 2026-01-01\n", encoding="utf-8")
    assert icd10(assets, cache) == "I20"
    assert not (cache / NAME).exists()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), junk=st.binary(max_size=80))
def test_a_damaged_file_is_made_anew(assets: Path, cache: Path, cut: float, junk: bytes) -> None:
    open_content(assets, cache)
    whole = (cache / NAME).read_bytes()
    (cache / NAME).write_bytes(whole[: int(cut * len(whole))] + junk)
    assert icd10(assets, cache) == "I20"
    assert (cache / NAME).read_bytes() == whole


def test_a_file_of_other_content_is_not_believed(assets: Path, cache: Path) -> None:
    open_content(assets, cache)
    whole = (cache / NAME).read_bytes()
    (cache / NAME).write_bytes(whole.replace(b"I20", b"I25"))
    assert icd10(assets, cache) == "I20"
    assert (cache / NAME).read_bytes() == whole


@needs_posix
def test_a_file_that_others_may_write_is_not_read(assets: Path, cache: Path) -> None:
    open_content(assets, cache)
    made = number(cache)
    (cache / NAME).chmod(0o620)
    assert icd10(assets, cache) == "I20"
    assert number(cache) != made
    assert (cache / NAME).stat().st_mode & 0o777 == 0o600


@needs_posix
def test_a_link_is_replaced_and_what_it_points_to_left_alone(assets: Path, cache: Path, tmp_path: Path) -> None:
    open_content(assets, cache)
    elsewhere = tmp_path / "elsewhere"
    (cache / NAME).rename(elsewhere)
    (cache / NAME).symlink_to(elsewhere)
    before = elsewhere.read_bytes()
    assert icd10(assets, cache) == "I20"
    assert not (cache / NAME).is_symlink()
    assert elsewhere.read_bytes() == before


@needs_posix
def test_a_pipe_in_its_place_stops_nothing(assets: Path, cache: Path) -> None:
    cache.mkdir()
    os.mkfifo(cache / NAME)
    assert icd10(assets, cache) == "I20"
    assert (cache / NAME).is_file()


def test_a_folder_that_cannot_be_made_costs_only_time(assets: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for _ in range(2):
        assert icd10(assets, tmp_path / "file" / "cache") == "I20"
