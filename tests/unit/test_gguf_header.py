"""Headers of model files, whole and cut at every place."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kiosk.adapters.llm.gguf_header import read_header
from kiosk.adapters.llm.model_files import check_room, find_gguf, needed_bytes
from kiosk.domain.generation import ModelError, ModelProblem


def test_a_header_tells_what_a_model_is(tiny_model: Path) -> None:
    header = read_header(tiny_model)
    assert (header.architecture, header.name, header.tokens) == ("llama", "tiny", 260)
    assert header.number("context_length") == 1024
    assert header.tensor_values == 115_520
    assert header.chat_template
    # Two layers, keys and values of 64 numbers, two bytes each.
    assert header.state_bytes(100) == 100 * 2 * 2 * 64 * 2


def test_a_file_cut_anywhere_is_broken(tiny_model: Path, tmp_path: Path) -> None:
    data = tiny_model.read_bytes()
    file = tmp_path / "cut.gguf"
    chance = random.Random(1)  # noqa: S311 - repeatable places
    for end in (*range(0, 200, 7), *(chance.randrange(len(data) - 1024) for _ in range(60))):
        file.write_bytes(data[:end])
        with pytest.raises(ModelError) as told:
            read_header(file)
        assert told.value.problem is ModelProblem.BROKEN


def test_random_damage_is_read_or_refused_and_never_anything_else(tiny_model: Path, tmp_path: Path) -> None:
    data = tiny_model.read_bytes()
    file = tmp_path / "damaged.gguf"
    chance = random.Random(2)  # noqa: S311 - repeatable damage
    refused = 0
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(4):
            damaged[chance.randrange(7000)] = chance.randrange(256)
        file.write_bytes(damaged)
        try:
            read_header(file)
        except ModelError:
            refused += 1
    assert refused > 30


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ModelError) as told:
        read_header(tmp_path)
    assert told.value.problem is ModelProblem.MISSING


def test_a_model_needs_its_weights_its_state_and_some_room(tiny_model: Path) -> None:
    header = check_room(tiny_model, 1024, 200_000_000)
    assert needed_bytes(header, 512) < needed_bytes(header, 1024) == needed_bytes(header, 99_999)
    with pytest.raises(ModelError) as told:
        check_room(tiny_model, 1024, 100_000_000)
    assert told.value.problem is ModelProblem.MEMORY


def test_a_model_is_found_by_file_folder_or_name(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    assert find_gguf(str(tiny_model)) == tiny_model
    assert find_gguf(str(tiny_model.parent)) == tiny_model
    folder = tmp_path / "models" / "qwen"
    folder.mkdir(parents=True)
    (folder / "qwen.gguf").write_bytes(b"GGUF")
    assert find_gguf("qwen") == folder / "qwen.gguf"
    with pytest.raises(ModelError) as told:
        find_gguf("off")
    assert told.value.problem is ModelProblem.OFF
