"""The intake model behind the port that the worker reads with: proposals in doubt, with their words, or none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk import paths
from kiosk.config import parse_config
from kiosk.domain.findings import Source, Status
from kiosk.domain.generation import Cancellation, ModelError, ModelProblem
from kiosk.domain.language import Language
from kiosk.services.ports import FindingReader

pytest.importorskip("llama_cpp")

from kiosk.adapters.llm.gguf_header import read_header
from kiosk.workers import llm_models
from kiosk.workers.marking_reader import MarkingReader

FILE = paths.models() / "intake" / "model" / "intake.gguf"
CODES = frozenset(("headache", "fever", "cough", "sore_throat"))
COMPLAINT = "头疼三天了，不发烧"


@pytest.fixture(scope="module")
def reader() -> Iterator[FindingReader]:
    opened = MarkingReader(FILE, read_header(FILE), CODES)
    opened.warm_up()
    yield opened
    opened.close()


def test_a_finding_is_proposed_in_doubt_and_a_denial_is_not(reader: FindingReader) -> None:
    beats: list[int] = []
    found = reader.read(COMPLAINT, Language.ZH, Cancellation(), lambda: beats.append(1)).findings
    assert [(f.code, f.status, f.source, f.text, f.duration_hours) for f in found] == [
        ("headache", Status.UNSURE, Source.MODEL, "头疼", 72.0)
    ]
    assert beats


def test_only_known_codes_are_proposed(reader: FindingReader) -> None:
    assert reader.read("腿断了，牙疼", Language.ZH, Cancellation()).findings == ()


def test_who_has_given_up_gets_nothing(reader: FindingReader) -> None:
    cancelled = Cancellation()
    cancelled.cancel()
    with pytest.raises(ModelError) as ended:
        reader.read(COMPLAINT, Language.ZH, cancelled)
    assert ended.value.problem is ModelProblem.CANCELLED


def test_it_says_what_it_is_and_forgets(reader: FindingReader) -> None:
    assert reader.facts.parameters > 4_000_000
    assert reader.facts.context == 256
    reader.forget()
    assert reader.read("", Language.EN, Cancellation()).findings == ()


def test_the_worker_tells_it_apart_from_a_model_that_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_models, "rehearse", lambda *_: "")
    monkeypatch.setattr(llm_models, "limit_memory", lambda _: None)
    assert read_header(FILE).marks_words
    settings = parse_config({"llm": {"model": str(FILE)}}).llm
    opened = llm_models.open_reader(settings, CODES, lambda _: None, lambda: None)
    assert isinstance(opened, MarkingReader)
    opened.close()
