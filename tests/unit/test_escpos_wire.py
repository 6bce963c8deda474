"""ESC/POS bytes: pictures come back as they went in, status answers are believed only when they are sound."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.services.ports import Raster
from kiosk.wire import escpos
from kiosk.wire.escpos import Condition, Cut, Feed, Image, Initialise, Query, StatusQuery


@st.composite
def rasters(draw: st.DrawFn) -> Raster:
    per_row, height = draw(st.integers(1, 9)), draw(st.integers(1, 600))
    fill = draw(st.binary(min_size=1, max_size=40))
    rows = (fill * (per_row * height // len(fill) + 1))[: per_row * height]
    return Raster(per_row * 8, height, rows)


@given(rasters())
def test_a_picture_comes_back_dot_by_dot(raster: Raster) -> None:
    image = escpos.picture(escpos.decode(escpos.encode(raster)))
    assert (image.width, image.height, image.rows) == (raster.width, raster.height, raster.rows)


@given(rasters(), st.lists(st.integers(0, 6000), max_size=8))
def test_however_the_bytes_arrive_the_commands_are_the_same(raster: Raster, cuts: list[int]) -> None:
    job = escpos.encode(raster) + escpos.query(Query.PAPER)
    ends = sorted({min(cut, len(job)) for cut in cuts} | {0, len(job)})
    decoder = escpos.Decoder()
    pieces = [job[start:end] for start, end in itertools.pairwise(ends)]
    assert [command for piece in pieces for command in decoder.feed(piece)] == escpos.decode(job)
    decoder.finish()


def test_a_job_is_initialise_bands_feed_cut() -> None:
    raster = Raster(16, 300, bytes(600))
    assert escpos.decode(escpos.encode(raster)) == [
        Initialise(),
        Image(16, 256, bytes(512)),
        Image(16, 44, bytes(88)),
        Feed(3),
        Cut(0),
    ]


def test_the_bytes_are_those_of_the_reference() -> None:
    assert escpos.encode(Raster(8, 2, b"\xaa\x55")) == bytes.fromhex("1b40 1d763000 0100 0200 aa55 1b6403 1d564200")
    assert escpos.query(Query.PAPER) == bytes.fromhex("100404")


@pytest.mark.parametrize("raster", [Raster(12, 1, b"ab"), Raster(8, 2, b"a"), Raster(8, 1, b"ab"), Raster(0, 0, b"")])
def test_rows_that_do_not_fit_the_size_are_refused(raster: Raster) -> None:
    with pytest.raises(ValueError, match="no picture"):
        escpos.encode(raster)


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        (b"hello", 0),
        (b"\x1b@\x1b!\x00", 2),
        (b"\x1b@\x1dv0\x01\x01\x00\x01\x00\xff", 2),
        (b"\x1b@\x1dv0\x00\x00\x00\x01\x00", 2),
        (b"\x1b@\x10\x04\x09", 2),
        (b"\x1bd\x03\x1dVA\x00", 3),
        (b"\x1b@\x1dv0\x00\x01\x00\x02\x00\xff", 2),
        (b"\x1b@\x1bd", 2),
        (b"\x1b", 0),
    ],
)
def test_unknown_and_unfinished_bytes_are_named_by_their_offset(data: bytes, offset: int) -> None:
    with pytest.raises(escpos.UnknownBytesError) as caught:
        escpos.decode(data)
    assert caught.value.offset == offset


def test_the_offset_counts_from_the_beginning_of_the_stream() -> None:
    decoder = escpos.Decoder()
    assert decoder.feed(b"\x1b@\x10\x04\x01") == [Initialise(), StatusQuery(Query.PRINTER)]
    with pytest.raises(escpos.UnknownBytesError) as caught:
        decoder.feed(b"?")
    assert caught.value.offset == 5


def test_a_job_without_bands_is_no_picture() -> None:
    with pytest.raises(ValueError, match="no picture"):
        escpos.picture([Initialise(), Cut(0)])


@pytest.mark.parametrize(
    ("about", "answer", "conditions"),
    [
        (Query.PRINTER, 0x12, set()),
        (Query.PRINTER, 0x16, set()),
        (Query.PRINTER, 0x1A, {Condition.OFFLINE}),
        (Query.OFFLINE_CAUSE, 0x16, {Condition.COVER_OPEN}),
        (Query.OFFLINE_CAUSE, 0x1A, {Condition.FEED_BUTTON}),
        (Query.OFFLINE_CAUSE, 0x72, {Condition.PAPER_END_STOP, Condition.ERROR}),
        (Query.ERROR_CAUSE, 0x1A, {Condition.CUTTER}),
        (Query.ERROR_CAUSE, 0x32, {Condition.UNRECOVERABLE}),
        (Query.ERROR_CAUSE, 0x52, {Condition.RECOVERABLE}),
        (Query.PAPER, 0x12, set()),
        (Query.PAPER, 0x1E, {Condition.PAPER_NEAR_END}),
        (Query.PAPER, 0x72, {Condition.PAPER_OUT}),
        (Query.PAPER, 0x32, {Condition.PAPER_OUT}),
        (Query.PAPER, 0x7E, {Condition.PAPER_NEAR_END, Condition.PAPER_OUT}),
    ],
)
def test_status_answers(about: Query, answer: int, conditions: set[Condition]) -> None:
    assert escpos.read_status(about, bytes([answer])) == conditions


@given(st.sampled_from(Query), st.binary(max_size=3))
def test_no_answer_without_the_fixed_bits_is_believed(about: Query, answer: bytes) -> None:
    sound = (
        len(answer) == 1 and f"{answer[0]:08b}"[0] == "0" and f"{answer[0]:08b}"[3] + f"{answer[0]:08b}"[6:] == "110"
    )
    if sound:
        escpos.read_status(about, answer)
    else:
        with pytest.raises(escpos.StatusUnclearError):
            escpos.read_status(about, answer)
