"""The protocol of card readers: frames in any pieces, the three steps, and the texts of all kinds of cards."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.identity_numbers import check_digit
from kiosk.domain.patient import DocumentKind, Sex
from kiosk.wire.sam_v import (
    FIND,
    MODULE_STATUS,
    READ,
    SELECT,
    TEXT_BYTES,
    Answer,
    AnswerDecoder,
    Cycle,
    Progress,
    SamError,
    Status,
    read_text,
)
from tests.card_reader_peer import ADDRESS, NUMBER, PICTURE, TODAY, Card, card_frame, frame


def test_the_commands_are_those_of_the_published_drivers() -> None:
    assert MODULE_STATUS.hex() == "aaaaaa9669000311ffed"
    assert FIND.hex() == "aaaaaa96690003200122"
    assert SELECT.hex() == "aaaaaa96690003200221"
    assert READ.hex() == "aaaaaa96690003300132"


@given(st.binary(max_size=30).filter(lambda noise: b"\xaa" not in noise), st.lists(st.integers(1, 400), max_size=9))
def test_pieces_and_noise_make_no_difference(noise: bytes, cuts: list[int]) -> None:
    sent = noise + frame(0x9F, bytes(4)) + noise + card_frame(Card())
    decoder, found = AnswerDecoder(), []
    for size in (*cuts, len(sent)):
        piece, sent = sent[:size], sent[size:]
        found += decoder.feed(piece)
    assert found == [Answer(Status.FOUND), Answer(Status.DONE, Card().text())]


@given(st.binary(max_size=200))
def test_whatever_comes_is_an_answer_or_refused(noise: bytes) -> None:
    decoder = AnswerDecoder()
    with contextlib.suppress(SamError):
        assert all(isinstance(answer, Answer) for answer in decoder.feed(noise))
    decoder.clear()
    assert list(decoder.feed(frame(0x90))) == [Answer(Status.DONE)]


@given(st.integers(7, 1294), st.integers(1, 255))
def test_a_frame_that_was_changed_on_its_way_is_refused(place: int, by: int) -> None:
    sent = bytearray(card_frame(Card()))
    sent[place] ^= by
    with pytest.raises(SamError, match="checksum"):
        list(AnswerDecoder().feed(bytes(sent)))


@pytest.mark.parametrize("length", [b"\x00\x00", b"\x00\x03", b"\xff\xff"])
def test_an_impossible_length_is_refused_and_the_next_frame_is_read(length: bytes) -> None:
    decoder = AnswerDecoder()
    with pytest.raises(SamError, match="length"):
        list(decoder.feed(b"\xaa\xaa\xaa\x96\x69" + length))
    assert list(decoder.feed(frame(0x90))) == [Answer(Status.DONE)]


def test_the_picture_is_not_kept() -> None:
    picture = PICTURE.replace(b"\x00\x00\x00\x00", b"\xee\xee\xee\xee")
    (answer,) = AnswerDecoder().feed(card_frame(Card(), picture))
    assert len(answer.data) == TEXT_BYTES
    assert b"\xee" not in answer.data


def test_a_card_is_found_then_selected_then_read() -> None:
    cycle = Cycle()
    seen = []
    for answer in (Answer(0x80), Answer(0x9F), Answer(0x90), Answer(0x90, Card().text())):
        seen.append((cycle.command, cycle.take(answer)))
    assert seen == [
        (FIND, Progress.NO_CARD),
        (FIND, Progress.FOUND),
        (SELECT, Progress.SELECTED),
        (READ, Progress.READ),
    ]
    assert cycle.command == FIND


@pytest.mark.parametrize(
    "answers", [[Answer(0x9F), Answer(0x81)], [Answer(0x9F), Answer(0x90), Answer(0x41)], [Answer(0x9F), Answer(0x90)]]
)
def test_what_fails_begins_again_with_the_search(answers: list[Answer]) -> None:
    cycle = Cycle()
    last = [cycle.take(answer) for answer in (*answers, Answer(0x90))][len(answers) - 1 :]
    assert Progress.FAILED in last
    assert cycle.command == FIND


def test_a_residents_card() -> None:
    found = read_text(Card(until="20380101").text(), TODAY)
    assert found.name == "欧阳小canary"
    assert (found.document.kind, found.document.number) == (DocumentKind.RESIDENT_ID, NUMBER)
    assert (found.birth_date, found.sex, found.valid_until) == (date(1949, 12, 31), Sex.FEMALE, date(2038, 1, 1))
    assert found.is_valid(TODAY)
    assert not found.is_valid(date(2038, 1, 2))


def test_a_card_for_ever_is_always_valid() -> None:
    assert read_text(Card(until="长期").text(), TODAY).is_valid(date(2100, 1, 1))


@pytest.mark.parametrize(
    ("card", "kind", "name"),
    [
        (
            Card(name="陈大文", number="81000019900506122" + "1", birth="19900506", mark="J"),
            DocumentKind.RESIDENCE_PERMIT,
            "陈大文",
        ),
        (
            Card("", "SMITH, JOHN", "1", "19850708", "USA110085070801", "20280101", "I"),
            DocumentKind.PERMANENT_RESIDENCE,
            "SMITH, JOHN",
        ),
        (
            Card("史密斯", "SMITH, JOHN", "1", "19850708", "USA110085070801", "20280101", "I"),
            DocumentKind.PERMANENT_RESIDENCE,
            "史密斯 SMITH, JOHN",
        ),
        (
            Card("史密斯", "SMITH, JOHN", "1", "19850708", "911124198507081010", "20330101", "Y"),
            DocumentKind.PERMANENT_RESIDENCE,
            "史密斯 SMITH, JOHN",
        ),
    ],
)
def test_the_other_cards(card: Card, kind: DocumentKind, name: str) -> None:
    if len(card.number) == 18:
        card = replace(card, number=card.number[:17] + check_digit(card.number[:17]))
    found = read_text(card.text(), TODAY)
    assert (found.name, found.document.kind, found.document.number) == (name, kind, card.number)
    assert f"{found.birth_date:%Y%m%d}" == card.birth


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "without a text"),
        (Card(mark="Z").text(), "not known"),
        (Card(number="110105194912310021").text(), "check_digit"),
        (Card(birth="19491230").text(), "birth date"),
        (Card(birth="").text(), "date"),
        (Card(mark="J").text(), "of its kind"),
        (Card(name="").text(), "without a name"),
        (Card(name="\x07\x07").text(), "control"),
        (b"\x00\xd8" * 128, "UTF-16"),
        (Card(until="never").text(), "date"),
    ],
)
def test_a_text_that_does_not_hold_together_is_refused(text: bytes, problem: str) -> None:
    with pytest.raises(SamError, match=problem):
        read_text(text, TODAY)


@given(st.binary(min_size=TEXT_BYTES, max_size=TEXT_BYTES))
def test_any_256_bytes_are_a_card_or_refused_without_being_quoted(text: bytes) -> None:
    with pytest.raises(SamError) as refused:
        read_text(text, TODAY)
    assert len(str(refused.value)) < 70


def test_nothing_of_a_card_is_shown_where_it_stands() -> None:
    shown = repr(read_text(Card().text(), TODAY)) + repr(Answer(0x90, Card().text()))
    for secret in ("欧阳", NUMBER, ADDRESS, "1949"):
        assert secret not in shown
