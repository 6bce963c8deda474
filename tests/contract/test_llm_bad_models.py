"""Language models that are missing, broken, hostile or too much for this machine, met by the real worker."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from kiosk.config import LlmSettings
from kiosk.domain.generation import ModelError, ModelProblem
from kiosk.domain.language import Language
from kiosk.wire.worker_messages import FROM_LLM, Ask, ModelState, NoModel, Proposal, Start
from kiosk.workers.llm_rehearsal import LIBRARIES, rehearse
from tests.tiny_model import Shape, write_tiny_model
from tests.worker_client import WorkerClient

ENOUGH = 2_000_000_000


@pytest.fixture
def worker() -> Iterator[Callable[..., WorkerClient]]:
    clients: list[WorkerClient] = []

    def start(environment: dict[str, str] | None = None, **settings: Any) -> WorkerClient:
        clients.append(WorkerClient("llm", FROM_LLM, environment))
        clients[-1].send(Start({"llm": {"timeout_s": 20.0, **settings}, "codes": ["fever", "cough"]}))
        return clients[-1]

    yield start
    for client in clients:
        client.end()


def told(client: WorkerClient) -> ModelProblem:
    """What the worker says of its model, and that it goes on answering."""
    problem = client.until(ModelState, lambda state: state.problem is not ModelProblem.LOADING).problem
    client.send(Ask("v1", "发烧", Language.ZH, 7))
    answer = client.until(Proposal if problem is ModelProblem.NONE else NoModel)
    assert (answer.visit_id, answer.request) == ("v1", 7)
    if isinstance(answer, NoModel):
        assert answer.problem is problem
    return problem


def cut(share: float) -> Callable[[Path, Path], object]:
    def make(good: Path, bad: Path) -> None:
        data = good.read_bytes()
        bad.write_bytes(data[: int(share * len(data))])

    return make


def replaced(old: bytes, new: bytes) -> Callable[[Path, Path], object]:
    def make(good: Path, bad: Path) -> None:
        data = good.read_bytes()
        assert old in data
        bad.write_bytes(data.replace(old, new, 1))

    return make


def number_of(key: str, value: int) -> Callable[[Path, Path], object]:
    """The file with one number of its header changed."""

    def make(good: Path, bad: Path) -> None:
        shutil.copy(good, bad)
        reader = gguf.GGUFReader(str(bad), "r+")
        found = reader.get_field(key)
        assert found is not None
        found.parts[found.data[0]][0] = value
        reader.data.flush()

    return make


def weights_are_no_numbers(good: Path, bad: Path) -> None:
    shutil.copy(good, bad)
    reader = gguf.GGUFReader(str(bad), "r+")
    for tensor in reader.tensors:
        tensor.data[:] = np.nan
    reader.data.flush()


BAD = {
    "empty": (cut(0), ModelProblem.BROKEN),
    "only the magic": (lambda good, bad: bad.write_bytes(b"GGUF"), ModelProblem.BROKEN),
    "cut in the header": (cut(0.004), ModelProblem.BROKEN),
    "cut in the weights": (cut(0.5), ModelProblem.BROKEN),
    "one block short": (cut(0.9), ModelProblem.BROKEN),
    "a text": (lambda good, bad: bad.write_text("ceci n'est pas un modèle\n" * 400), ModelProblem.BROKEN),
    "zeros": (lambda good, bad: bad.write_bytes(bytes(100_000)), ModelProblem.BROKEN),
    "another version": (replaced(b"GGUF\x03", b"GGUF\x63"), ModelProblem.BROKEN),
    "an architecture nobody knows": (
        lambda good, bad: write_tiny_model(bad, architecture="gpt99"),
        ModelProblem.UNSUPPORTED,
    ),
    "an architecture that writes no text": (
        lambda good, bad: write_tiny_model(bad, architecture="bert"),
        ModelProblem.UNSUPPORTED,
    ),
    "weights that are no numbers": (weights_are_no_numbers, ModelProblem.BROKEN),
    "no heads": (number_of("llama.attention.head_count", 0), ModelProblem.BROKEN),
    "other heads than its weights": (number_of("llama.attention.head_count_kv", 3), ModelProblem.BROKEN),
    "more layers than it has": (number_of("llama.block_count", 4000), ModelProblem.BROKEN),
    "layers without end": (number_of("llama.block_count", 2**32 - 1), ModelProblem.BROKEN),
    "a context without end": (number_of("llama.context_length", 2**32 - 1), ModelProblem.BROKEN),
    "width zero": (number_of("llama.embedding_length", 0), ModelProblem.BROKEN),
    "turns outside the heads": (number_of("llama.rope.dimension_count", 7), ModelProblem.BROKEN),
}


@pytest.mark.parametrize(("make", "problem"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_and_every_question_answered(
    worker: Callable[..., WorkerClient], tiny_model: Path, tmp_path: Path, make: Any, problem: ModelProblem
) -> None:
    bad = tmp_path / "bad.gguf"
    make(tiny_model, bad)
    assert told(worker(model=str(bad))) is problem


@pytest.mark.parametrize("name", ["/nowhere/at/all.gguf", "no-such-model", "../../etc/passwd"])
def test_a_missing_file_is_told(worker: Callable[..., WorkerClient], name: str) -> None:
    assert told(worker(model=name)) is ModelProblem.MISSING


def test_files_with_random_damage_end_nothing_but_their_rehearsal(tiny_model: Path, tmp_path: Path) -> None:
    chance = random.Random(5)  # noqa: S311 - repeatable damage
    data = tiny_model.read_bytes()
    outcomes = []
    for number in range(10):
        damaged = bytearray(data)
        for _ in range(8):
            damaged[chance.randrange(7000)] = chance.randrange(256)
        file = tmp_path / f"{number}.gguf"
        file.write_bytes(damaged)
        try:
            rehearse(file, LlmSettings(context=256), ENOUGH)
        except ModelError as error:
            outcomes.append(error.problem)
        else:
            outcomes.append(ModelProblem.NONE)
    assert set(outcomes) <= {ModelProblem.NONE, ModelProblem.BROKEN, ModelProblem.UNSUPPORTED, ModelProblem.MEMORY}


def test_a_model_larger_than_its_budget_is_not_loaded(worker: Callable[..., WorkerClient], tiny_model: Path) -> None:
    assert told(worker(model=str(tiny_model), memory_mb=100)) is ModelProblem.MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="limits of the system")
def test_memory_that_is_not_there_after_all_ends_only_the_rehearsal(tmp_path: Path) -> None:
    file = write_tiny_model(tmp_path / "wide.gguf", Shape(layers=16, width=512, inner=64, context=65536))
    rehearse(file, LlmSettings(context=256), ENOUGH)
    with pytest.raises(ModelError) as told:
        rehearse(file, LlmSettings(context=65536), 100_000_000)
    assert told.value.problem is ModelProblem.MEMORY


@pytest.fixture(scope="session")
def build_of_another_processor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engine whose first instruction this processor does not know."""
    folder = tmp_path_factory.mktemp("engine")
    source = folder / "engine.c"
    source.write_text("__attribute__((constructor)) static void begin(void) { __builtin_trap(); }\n")
    subprocess.run(["cc", "-shared", "-fPIC", "-o", folder / "libllama.so", source], check=True)
    return folder


@pytest.mark.skipif(sys.platform != "linux", reason="builds a library")
def test_an_engine_for_another_processor_is_found_out_elsewhere(
    worker: Callable[..., WorkerClient], tiny_model: Path, build_of_another_processor: Path
) -> None:
    client = worker({LIBRARIES: str(build_of_another_processor)}, model=str(tiny_model))
    assert told(client) is ModelProblem.CPU
    assert client.process.poll() is None


@pytest.mark.skipif(sys.platform != "linux", reason="builds a library")
def test_another_build_is_taken_where_the_first_cannot_run(
    worker: Callable[..., WorkerClient], tiny_model: Path, build_of_another_processor: Path
) -> None:
    installed = subprocess.run(
        [
            sys.executable,
            "-c",
            "import importlib.util as u; print(u.find_spec('llama_cpp').submodule_search_locations[0])",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    folders = f"{build_of_another_processor}, {Path(installed) / 'lib'}"
    client = worker({LIBRARIES: str(build_of_another_processor)}, model=str(tiny_model), libraries=folders)
    assert told(client) is ModelProblem.NONE


@pytest.mark.skipif(sys.platform != "linux", reason="builds a library")
def test_without_an_engine_it_is_told(worker: Callable[..., WorkerClient], tiny_model: Path, tmp_path: Path) -> None:
    assert told(worker({LIBRARIES: str(tmp_path)}, model=str(tiny_model))) is ModelProblem.ENGINE
