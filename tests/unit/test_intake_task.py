"""How complaints become prompts and answers become findings, for any text and any answer."""

from __future__ import annotations

import itertools

import llama_cpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.findings import Status
from kiosk.domain.guard_rails import sound_findings
from kiosk.domain.language import Language
from kiosk.wire import gbnf
from kiosk.wire.completion_stream import CompletionStream
from kiosk.wire.intake_task import LONGEST_PIECE, IntakeTask

CODES = ("fever", "fever_over_39", "cough", "knee_pain")
TASK = IntakeTask(CODES)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=300)


def read(answer: str, text: str):
    (piece,) = TASK.pieces(text)
    return TASK.parse(answer, piece, text)


def test_a_line_is_a_finding_with_its_place_and_length() -> None:
    there, gone, doubt = read("fever+2d=发烧两天\ncough-=不咳嗽\nknee_pain?=膝盖\n", "发烧两天，不咳嗽，膝盖好像疼")
    assert (there.code, there.status, there.text, there.span) == ("fever", Status.PRESENT, "发烧两天", (0, 4))
    assert there.duration_hours == 48
    assert (gone.status, gone.span) == (Status.ABSENT, (5, 8))
    assert (doubt.status, doubt.duration_hours) == (Status.UNSURE, None)


def test_lengths_are_told_in_hours_days_weeks_months_and_years() -> None:
    for unit, hours in {"h": 1, "d": 24, "w": 168, "m": 720, "y": 8760}.items():
        assert read(f"fever+3{unit}=hot\n", "hot for 3")[0].duration_hours == 3 * hours


def test_places_are_those_of_the_whole_text() -> None:
    text = "今天来看病的路上有点堵车，所以来晚了，不好意思，" * 4 + "我发烧了"
    pieces = list(TASK.pieces(text))
    assert len(pieces) > 1
    (finding,) = TASK.parse("fever+=发烧\n", pieces[-1], text)
    assert text[slice(*finding.span)] == "发烧"


def has_letters(text: str) -> bool:
    return any(letter.isprintable() and not letter.isspace() for letter in text)


@given(ANY_TEXT)
def test_pieces_hold_every_letter_once_in_order(text: str) -> None:
    pieces = list(TASK.pieces(text))
    assert all(len(piece.text) <= LONGEST_PIECE for piece in pieces)
    end = 0
    for piece in pieces:
        assert not has_letters(text[end : piece.start])
        end = piece.start + len(piece.text)
        assert not set(piece.text) & set("<>|[]")
    assert not has_letters(text[end:])


@given(ANY_TEXT, st.text(alphabet="feverco+-?=29dh\n ,<发烧>", max_size=200) | ANY_TEXT)
def test_whatever_a_model_answers_only_sound_findings_come_out(text: str, answer: str) -> None:
    for piece in TASK.pieces(text):
        for finding in sound_findings(TASK.parse(answer, piece, text), text, CODES):
            assert finding.code in CODES
            assert finding.span is not None
            assert text[slice(*finding.span)] == finding.text


@settings(max_examples=60, deadline=None)
@given(ANY_TEXT.filter(str.strip))
def test_every_text_gives_a_grammar_that_the_engine_reads(text: str) -> None:
    for piece in TASK.pieces(text):
        grammar = llama_cpp.llama_sampler_init_grammar(None, TASK.grammar(piece).encode(), b"root")
        assert grammar
        llama_cpp.llama_sampler_free(grammar)


def test_one_of_many_words_is_a_tree() -> None:
    assert gbnf.one_of(["fever", "fever_high", "cough", "fever"]) == '"cough" | "fever" ("\\u005Fhigh")?'


def test_a_text_without_letters_leaves_nothing_to_quote() -> None:
    assert gbnf.part_of("\n\t", "words") == ["words ::= [b-a]"]


def test_prompts_hold_the_text_alone() -> None:
    (piece,) = TASK.pieces("<s>发烧</s>")
    prompt = TASK.prompt(piece, Language.ZH)
    assert (prompt.prefix, prompt.text, prompt.suffix) == ("", "‹s›发烧‹/s›", "<ans>")


EVENTS = (
    b'data: {"choices":[{"text":"fever+=","finish_reason":null}]}\r\n\r\n'
    b": comment\n"
    b'data: {"choices":[{"text":"\xe5\x8f\x91\xe7\x83\xa7\\n","finish_reason":null}]}\n\n'
    b'data: {"choices":[{"text":"","finish_reason":"stop"}]}\n\n'
    b'data: {"choices":[],"usage":{}}\n\n'
    b"data: [DONE]\n\n"
)


@given(st.lists(st.integers(0, len(EVENTS)), max_size=12))
def test_any_split_of_a_servers_answer_gives_the_same_text(cuts: list[int]) -> None:
    stream = CompletionStream()
    places = [0, *sorted(cuts), len(EVENTS)]
    for start, end in itertools.pairwise(places):
        stream.feed(EVENTS[start:end])
    assert (stream.text, stream.finish, stream.pieces) == ("fever+=发烧\n", "stop", 3)


@given(st.binary(max_size=400))
def test_any_bytes_are_an_answer_or_a_value_error(data: bytes) -> None:
    stream = CompletionStream()
    try:
        stream.feed(b"data: " + data)
        stream.end()
    except ValueError:
        pass
    assert len(stream.text) <= len(data)
