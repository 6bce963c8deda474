"""llama.cpp with a tiny model: what is kept between two requests, and what is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.adapters.llm.llama_cpp_engine import LlamaCppEngine, spare_threads
from kiosk.domain.generation import Cancellation, Finish, Generated, ModelError, ModelProblem, Prompt, Request
from kiosk.wire.gbnf import NOTHING
from tests.tiny_model import Shape, write_tiny_model

PREFIX = "You read what patients say and write findings, one a line. " * 4
LETTERS = "root ::= [a-z]{20}"


@pytest.fixture(scope="module")
def engine(tiny_model: Path) -> Iterator[LlamaCppEngine]:
    made = LlamaCppEngine(tiny_model, context=1024)
    yield made
    made.close()


def write(engine: LlamaCppEngine, text: str, prefix: str = PREFIX, **more: object) -> Generated:
    request = Request(Prompt(prefix, text, "<ans>"), **{"grammar": LETTERS, "most_s": 30.0, **more})  # type: ignore[arg-type]
    return engine.generate(request, Cancellation())


def test_a_prefix_is_evaluated_once_and_kept_over_visits(engine: LlamaCppEngine) -> None:
    prefix = "A prefix of its own. " * 10
    size = engine.count_tokens(prefix) + 1
    first = write(engine, "my knee hurts", prefix)
    assert first.reused == 0
    again = write(engine, "my knee hurts", prefix)
    assert again.reused == size
    engine.forget()
    restored = write(engine, "my knee hurts", prefix)
    assert restored.reused == size
    write(engine, "something else", "Another prefix. " * 10)
    back = write(engine, "my knee hurts", prefix)
    assert back.reused == size
    assert first.text == again.text == restored.text == back.text
    assert first.prompt_tokens == again.prompt_tokens == size + engine.count_tokens("my knee hurts") + 1


def test_an_answer_depends_on_the_prefix_and_every_letter(engine: LlamaCppEngine) -> None:
    answers = {
        write(engine, text, prefix).text
        for text in ("my knee hurts", "my knee hurt", "My knee hurts")
        for prefix in (PREFIX, "Say what you read. ", "")
    }
    assert len(answers) == 9


def test_nothing_of_a_visit_is_left_in_the_state(engine: LlamaCppEngine) -> None:
    before = write(engine, "a cough").text
    for text in ("我发烧三天了" * 20, "chest pain " * 30):
        write(engine, text)
        engine.forget()
        assert write(engine, "a cough").text == before


def test_a_prefix_that_was_interrupted_is_not_taken_for_a_whole_one(tiny_model: Path) -> None:
    engine = LlamaCppEngine(tiny_model, context=1024)
    expected = write(engine, "a cough", "x" * 600).text
    other = LlamaCppEngine(tiny_model, context=1024)
    cancellation = Cancellation()
    cancellation.cancel()
    cut = other.generate(Request(Prompt("x" * 600, "a cough", "<ans>"), LETTERS), cancellation)
    assert cut.finish is Finish.CANCELLED
    assert cut.text == ""
    assert write(other, "a cough", "x" * 600).text == expected
    engine.close()
    other.close()


def test_a_long_prompt_is_left_in_the_middle(tmp_path: Path) -> None:
    slow = write_tiny_model(tmp_path / "slow.gguf", Shape(layers=8, width=256, inner=1024, context=4096))
    engine = LlamaCppEngine(slow, context=4096)
    engine.warm_up()
    waits = []
    for letter in "xyz":
        cancellation, wished = Cancellation(), [0.0]

        def wish(cancellation: Cancellation = cancellation, at: list[float] = wished) -> None:
            at[0] = time.monotonic()
            cancellation.cancel()

        threading.Timer(0.05, wish).start()
        cut = engine.generate(Request(Prompt("", letter * 4000), most_tokens=1, most_s=60), cancellation)
        waits.append(time.monotonic() - wished[0])
        assert (cut.finish, cut.tokens) == (Finish.CANCELLED, 0)
    assert sorted(waits)[1] < 0.1
    late = engine.generate(Request(Prompt("", "y" * 4000), most_tokens=1, most_s=0.05), Cancellation())
    assert late.finish is Finish.TIME
    engine.close()


def test_an_empty_prompt_is_refused(engine: LlamaCppEngine) -> None:
    with pytest.raises(ModelError) as told:
        engine.generate(Request(Prompt("", "")), Cancellation())
    assert told.value.problem is ModelProblem.NONSENSE


def test_a_grammar_that_no_token_fits_is_told_and_the_process_lives(engine: LlamaCppEngine) -> None:
    with pytest.raises(ModelError) as told:
        write(engine, "x", grammar=f"root ::= {NOTHING}")
    assert told.value.problem is ModelProblem.GRAMMAR
    assert len(write(engine, "x").text) == 20


def test_every_token_and_piece_of_the_prompt_is_a_beat(engine: LlamaCppEngine) -> None:
    beats: list[float] = []
    request = Request(Prompt("", "x" * 600, "<ans>"), LETTERS, most_s=30)
    engine.generate(request, Cancellation(), lambda: beats.append(time.monotonic()))
    assert len(beats) >= 20 + 600 // 256


def test_loading_tells_how_far_it_is(tiny_model: Path) -> None:
    shares: list[float] = []
    LlamaCppEngine(tiny_model, progress=shares.append).close()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_what_runs_is_told(engine: LlamaCppEngine) -> None:
    facts = engine.facts
    assert (facts.architecture, facts.context, facts.gpu_layers, facts.gpu) == ("llama", 1024, 0, "")
    assert facts.parameters == 115_520
    assert facts.threads == spare_threads() >= 1


def test_threads_leave_a_core_for_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for usable, threads in ((1, 1), (2, 1), (8, 7)):
        monkeypatch.setattr("os.sched_getaffinity", lambda _, n=usable: set(range(n)))
        assert spare_threads() == threads
