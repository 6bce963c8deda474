"""One promise for every printer: print_slip returns only when the slip came out, else it says what staff must fix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.adapters.printing import make_printer
from kiosk.adapters.printing.absent import AbsentPrinter
from kiosk.adapters.printing.file import FilePrinter
from kiosk.adapters.printing.tcp import TcpPrinter
from kiosk.config import PrinterKind, PrinterSettings
from kiosk.domain.errors import PrinterError, PrinterProblem
from kiosk.services import portable_bitmap
from kiosk.services.ports import Raster, SlipPrinter
from kiosk.wire import escpos
from tests.fakes import FakePrinter
from tests.printer_peer import PrinterPeer, PrinterState, printed_picture

# 40 kB, as long as a slip; no two rows are alike.
SLIP = Raster(576, 560, bytes((7 * n + n // 72) % 256 for n in range(72 * 560)))


@dataclass
class Station:
    """A printer with what came out of it, and a way to make it fail."""

    printer: SlipPrinter
    pictures: Callable[[], list[Raster]]
    break_it: Callable[[], None]


@pytest.fixture
def fake_station() -> Station:
    printer = FakePrinter()

    def break_it() -> None:
        printer.problem = PrinterError(PrinterProblem.OFFLINE)

    return Station(printer, lambda: [raster for _, raster in printer.printed], break_it)


@pytest.fixture
def file_station(tmp_path: Path) -> Station:
    folder = tmp_path / "slips"

    def pictures() -> list[Raster]:
        return [raster_of(escpos.picture(escpos.decode(path.read_bytes()))) for path in folder.glob("*.escpos")]

    def break_it() -> None:
        if folder.exists():
            folder.rename(tmp_path / "away")
        folder.write_text("not a folder")

    return Station(FilePrinter(folder), pictures, break_it)


@pytest.fixture
def tcp_station(printer_peer: PrinterPeer) -> Station:
    return Station(
        quick_printer(printer_peer),
        lambda: [raster_of(printed_picture(job)) for job in printer_peer.jobs],
        lambda: printer_peer.become(PrinterState.OFFLINE),
    )


def quick_printer(peer: PrinterPeer) -> TcpPrinter:
    return TcpPrinter("127.0.0.1", peer.port, answer_s=0.3, job_s=3)


def raster_of(image: escpos.Image) -> Raster:
    return Raster(image.width, image.height, image.rows)


@pytest.fixture(params=["fake", "file", "tcp"])
def station(request: pytest.FixtureRequest) -> Station:
    found: Station = request.getfixturevalue(f"{request.param}_station")
    return found


class TestEveryPrinter:
    def test_a_slip_comes_out_as_it_was_drawn(self, station: Station) -> None:
        station.printer.check()
        station.printer.print_slip("visit-1-slip", SLIP)
        assert station.pictures() == [SLIP]

    def test_a_printer_that_cannot_print_says_so_before_and_prints_nothing(self, station: Station) -> None:
        station.break_it()
        with pytest.raises(PrinterError):
            station.printer.check()
        with pytest.raises(PrinterError) as caught:
            station.printer.print_slip("visit-1-slip", SLIP)
        assert caught.value.kind is PrinterProblem.OFFLINE


class TestTcpPrinter:
    @pytest.mark.parametrize(
        ("state", "problem"),
        [
            (PrinterState.OUT, PrinterProblem.PAPER_OUT),
            (PrinterState.COVER_OPEN, PrinterProblem.COVER_OPEN),
            (PrinterState.CUTTER, PrinterProblem.CUTTER),
            (PrinterState.OFFLINE, PrinterProblem.OFFLINE),
            (PrinterState.REFUSES, PrinterProblem.OFFLINE),
            (PrinterState.SLOW, PrinterProblem.UNKNOWN),
            (PrinterState.SILENT, PrinterProblem.UNKNOWN),
            (PrinterState.GARBLED, PrinterProblem.UNKNOWN),
        ],
    )
    def test_what_is_wrong_is_known_before_printing(
        self, printer_peer: PrinterPeer, state: PrinterState, problem: PrinterProblem
    ) -> None:
        printer = quick_printer(printer_peer)
        printer_peer.become(state)
        with pytest.raises(PrinterError) as checked:
            printer.check()
        with pytest.raises(PrinterError) as printed:
            printer.print_slip("visit-1-slip", SLIP)
        assert (checked.value.kind, printed.value.kind) == (problem, problem)
        assert printer_peer.jobs == []

    @pytest.mark.parametrize(
        ("state", "problem"),
        [
            (PrinterState.DROPS_MID_JOB, PrinterProblem.UNKNOWN),
            (PrinterState.HALF_SLIP, PrinterProblem.PAPER_OUT),
        ],
    )
    def test_half_a_slip_is_no_slip(
        self, printer_peer: PrinterPeer, state: PrinterState, problem: PrinterProblem
    ) -> None:
        printer_peer.become(state)
        printer = quick_printer(printer_peer)
        printer.check()
        with pytest.raises(PrinterError) as caught:
            printer.print_slip("visit-1-slip", SLIP)
        assert caught.value.kind is problem
        assert (printer_peer.jobs, printer_peer.halves) == ([], 1)

    def test_paper_that_ends_with_the_slip_is_found_out_afterwards(self, printer_peer: PrinterPeer) -> None:
        printer_peer.after_job = PrinterState.OUT
        with pytest.raises(PrinterError) as caught:
            quick_printer(printer_peer).print_slip("visit-1-slip", SLIP)
        assert caught.value.kind is PrinterProblem.PAPER_OUT

    def test_a_printer_that_never_finishes_is_not_believed(self, printer_peer: PrinterPeer) -> None:
        printer_peer.become(PrinterState.STUCK)
        with pytest.raises(PrinterError) as caught:
            TcpPrinter("127.0.0.1", printer_peer.port, answer_s=0.3, job_s=0.3).print_slip("visit-1-slip", SLIP)
        assert caught.value.kind is PrinterProblem.UNKNOWN

    def test_little_paper_is_enough(self, printer_peer: PrinterPeer) -> None:
        printer_peer.become(PrinterState.NEAR_END)
        quick_printer(printer_peer).print_slip("visit-1-slip", SLIP)
        assert len(printer_peer.jobs) == 1

    def test_a_late_answer_does_not_spoil_the_next_question(self, printer_peer: PrinterPeer) -> None:
        printer = quick_printer(printer_peer)
        printer_peer.become(PrinterState.SLOW)
        with pytest.raises(PrinterError):
            printer.check()
        printer_peer.become(PrinterState.OUT)
        with pytest.raises(PrinterError) as caught:
            printer.check()
        assert caught.value.kind is PrinterProblem.PAPER_OUT
        printer_peer.become(PrinterState.OK)
        printer.check()

    def test_every_question_has_its_own_connection(self, printer_peer: PrinterPeer) -> None:
        quick_printer(printer_peer).print_slip("visit-1-slip", SLIP)
        assert printer_peer.connections == 3 + 1 + 2


class TestFilePrinter:
    def test_the_picture_opens_in_any_program(self, tmp_path: Path) -> None:
        FilePrinter(tmp_path).print_slip("visit-1-slip", SLIP)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["visit-1-slip.escpos", "visit-1-slip.pbm"]
        assert portable_bitmap.decode((tmp_path / "visit-1-slip.pbm").read_bytes()) == SLIP

    @pytest.mark.parametrize("key", ["../slip", "", ".hidden", "a/b"])
    def test_a_key_cannot_leave_the_folder(self, tmp_path: Path, key: str) -> None:
        with pytest.raises(PrinterError):
            FilePrinter(tmp_path).print_slip(key, SLIP)
        assert list(tmp_path.iterdir()) == []


def test_settings_choose_the_printer(tmp_path: Path) -> None:
    assert isinstance(make_printer(PrinterSettings(kind=PrinterKind.FILE, folder=str(tmp_path))), FilePrinter)
    assert isinstance(make_printer(PrinterSettings(kind=PrinterKind.TCP)), TcpPrinter)
    absent = make_printer(PrinterSettings())
    assert isinstance(absent, AbsentPrinter)
    with pytest.raises(PrinterError) as caught:
        absent.print_slip("visit-1-slip", SLIP)
    assert caught.value.kind is PrinterProblem.OFFLINE
