"""The slip as paper: every code can be read, nothing is cut off, both languages stand on it, nothing private does."""

from __future__ import annotations

import inspect
import itertools
import shutil
import subprocess
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtGui import QFont, QFontInfo, QGuiApplication, QImage

from kiosk import paths
from kiosk.adapters import qr
from kiosk.adapters.demo_hospital import load_hospital
from kiosk.adapters.tokens import Ed25519Signer
from kiosk.domain.encounter import Slip
from kiosk.domain.language import Language, Words
from kiosk.i18n import installed, load_catalogue
from kiosk.services.ports import Raster
from kiosk.ui import slip_canvas, slip_image
from kiosk.ui.slip_image import QR_MIN_DOTS, QUIET_MODULES, draw_slip
from kiosk.wire import escpos

pytestmark = pytest.mark.usefixtures("qapp")

AT = datetime(2026, 11, 23, 9, 46, tzinfo=ZoneInfo("Asia/Shanghai"))
TOKEN = Ed25519Signer(bytes(32)).sign("骨 027", "orthopaedics", "8f0c3f6e-0000-4000-8000-000000000001", AT)
SLIP = Slip(
    hospital=Words("清河医院", "Qinghe Hospital"),
    number="骨 027",
    department=Words("骨科", "Orthopaedics"),
    practitioner=Words("周岚", "Zhou Lan"),
    room="206",
    starts_at=AT.replace(hour=10, minute=20),
    wait_minutes=None,
    way=Words(
        "直走到服务台旁，左转\n到头右转，坐 2 号电梯到 2 楼\n出电梯左手，第 3 个门\n没有台阶，约 3 分钟",
        "Face the desk and turn left\nLift 2 to floor 2\nThird door on the left\nNo steps, about 3 minutes",
    ),
    way_back=Words("坐 2 号电梯到 1 楼，左转是药房和出口", "Lift 2 to floor 1, left for pharmacy and exit"),
    printed_at=AT,
    kiosk="K03",
    token=TOKEN,
    emergency=False,
    to_be_confirmed=False,
    language=Language.ZH,
)
LONG = replace(
    SLIP,
    language=Language.EN,
    hospital=Words(
        "清河医科大学附属第一人民医院东院区", "The First Affiliated People's Hospital of Qinghe Medical University"
    ),
    number="消化 10027",
    department=Words("消化内科", "Gastroenterology and Hepatology"),
    practitioner=Words("欧阳明月", "Dr Ouyang-Featherstonehaugh-Cholmondeley Mingyue"),
    starts_at=AT + timedelta(days=1),
    room="Building 3, B-1206",
    way=Words("直走" * 40, "straighton" * 12 + "\n" + "Go past the pharmacy " * 12),
    wait_minutes=1250,
    kiosk="K03-" + "lobby" * 12,
    to_be_confirmed=True,
)
HOSPITAL = load_hospital(paths.assets() / "demo-hospital" / "hospital.yaml")
DOOR = HOSPITAL.departments["orthopaedics"]
ABROAD = replace(SLIP, way=DOOR.way, way_back=DOOR.way_back, to_be_confirmed=True, wait_minutes=25)
SLIPS = {
    "zh": SLIP,
    "en": replace(SLIP, language=Language.EN),
    "emergency": replace(SLIP, emergency=True, practitioner=None, starts_at=None, room="E01"),
    "to be confirmed": replace(SLIP, to_be_confirmed=True),
    "walk-in": replace(SLIP, practitioner=None, starts_at=None, wait_minutes=25),
    "without room": replace(SLIP, room="", way=Words("", ""), practitioner=None, starts_at=None),
    "long": LONG,
    "zh-Hant": replace(ABROAD, tag="zh-Hant"),
    "es": replace(ABROAD, language=Language.EN, tag="es"),
    "ar": replace(ABROAD, language=Language.EN, tag="ar", emergency=True, starts_at=AT + timedelta(days=1)),
    "long ar": replace(LONG, tag="ar"),
    "rare characters": replace(SLIP, practitioner=Words("㐂𠮷龘", "㐂𠮷龘"), number="骨 038"),
}
WIDTHS = (384, 576)


def draw(slip: Slip, width: int = 576) -> tuple[QImage, Raster]:
    return draw_slip(slip, qr.matrix(slip.token), width, load_catalogue(installed()[slip.tag]) if slip.tag else None)


def black(raster: Raster) -> list[list[int]]:
    """The columns of the black dots, row by row."""
    per_row = raster.width // 8
    return [
        [8 * n + bit for n, byte in enumerate(row) if byte for bit in range(8) if byte & (0x80 >> bit)]
        for row in (raster.rows[y * per_row : (y + 1) * per_row] for y in range(raster.height))
    ]


def lines_drawn(monkeypatch: pytest.MonkeyPatch, slip: Slip, width: int = 576) -> list[str]:
    """The text of the slip, line by line as it is broken."""
    found: list[str] = []
    broken = slip_canvas._lines

    def listening(text: str, style: slip_canvas.Style, room: int) -> list[str]:
        lines = broken(text, style, room)
        if inspect.stack()[1].function == "_paragraph":
            found.extend(lines)
        return lines

    monkeypatch.setattr(slip_canvas, "_lines", listening)
    draw(slip, width)
    return found


def test_the_font_is_there() -> None:
    assert QFontInfo(QFont(slip_canvas.FAMILY)).family() == slip_canvas.FAMILY


@pytest.mark.skipif(shutil.which("zbarimg") is None, reason="needs zbar-tools")
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SLIPS)
def test_the_code_can_be_read_from_what_the_printer_gets(name: str, width: int, tmp_path: Path) -> None:
    _, raster = draw(SLIPS[name], width)
    image = escpos.picture(escpos.decode(escpos.encode(raster)))
    picture = tmp_path / "slip.pbm"
    picture.write_bytes(b"P4\n%d %d\n" % (image.width, image.height) + image.rows)
    done = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(picture)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.rstrip("\n") == TOKEN


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", SLIPS)
def test_nothing_reaches_the_edge_of_the_paper(name: str, width: int) -> None:
    _, raster = draw(SLIPS[name], width)
    rows = black(raster)
    columns = {column for row in rows for column in row}
    assert raster.width == width
    assert min(columns) >= 8
    assert max(columns) < width - 8
    assert not any(rows[:8])
    assert not any(rows[-8:])
    assert any(rows[8:60])


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_is_lost_however_long(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    drawn = "".join(lines_drawn(monkeypatch, LONG, width)).replace(" ", "")
    for text in (LONG.hospital, LONG.department, LONG.practitioner, LONG.way_back):
        assert text is not None
        assert text.zh.replace(" ", "") in drawn
        assert text.en.replace(" ", "") in drawn
    for text in (LONG.number, LONG.room, LONG.kiosk, "straighton" * 12, "直走" * 40):
        assert text.replace(" ", "") in drawn


@pytest.mark.parametrize("width", WIDTHS)
def test_no_line_is_wider_than_its_room(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    too_wide = []
    broken = slip_canvas._lines

    def measuring(text: str, style: slip_canvas.Style, room: int) -> list[str]:
        lines = broken(text, style, room)
        metrics = slip_canvas.QFontMetricsF(slip_canvas._font(style))
        too_wide.extend(line for line in lines if metrics.horizontalAdvance(line) > room + 1)
        return lines

    monkeypatch.setattr(slip_canvas, "_lines", measuring)
    for slip in SLIPS.values():
        draw(slip, width)
    assert too_wide == []


def test_both_languages_stand_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for slip in (SLIPS["zh"], SLIPS["en"]):
        drawn = " ".join(lines_drawn(monkeypatch, slip))
        for text in (
            "清河医院",
            "Qinghe Hospital",
            "骨科",
            "Orthopaedics",
            "周岚",
            "Zhou Lan",
            "骨 027",
            "10:20",
            "206",
        ):
            assert text in drawn


def test_steps_are_numbered_and_the_walking_time_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = lines_drawn(monkeypatch, SLIPS["en"])
    assert "1 Face the desk and" in drawn
    assert "3 Third door on the" in drawn
    assert "No steps, about 3" in drawn


def test_a_time_on_another_day_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "24 Nov 9:46" in lines_drawn(monkeypatch, LONG)
    assert "11月24日 9:46" in lines_drawn(monkeypatch, replace(LONG, language=Language.ZH))


@pytest.mark.parametrize(
    ("name", "bands"),
    [
        ("zh", set()),
        ("emergency", {"急诊 EMERGENCY"}),
        ("to be confirmed", {"待确认 To be confirmed"}),
        ("long", {"待确认 To be confirmed"}),
    ],
)
def test_bands_stand_on_the_slips_they_are_for(monkeypatch: pytest.MonkeyPatch, name: str, bands: set[str]) -> None:
    drawn = set(lines_drawn(monkeypatch, SLIPS[name]))
    assert drawn & {"急诊 EMERGENCY", "待确认 To be confirmed"} == bands


def test_the_number_is_the_largest_thing() -> None:
    inked = [bool(row) for row in black(draw(SLIP)[1])[:260]]
    heights = [len(list(run)) for ink, run in itertools.groupby(inked) if ink]
    assert sorted(heights)[-1] >= 100
    assert sorted(heights)[-2] <= 60


@pytest.mark.parametrize("text", ["A", "DZ1:" + "A" * 60, TOKEN, "DZ1:" + "A" * 300])
def test_the_code_is_an_inch_wide_with_a_quiet_zone(text: str) -> None:
    matrix = qr.matrix(text)
    code = slip_image._code(matrix, 576)
    module = code.width() // (len(matrix) + 2 * QUIET_MODULES)
    assert code.width() == code.height() == module * (len(matrix) + 2 * QUIET_MODULES)
    assert module * len(matrix) >= QR_MIN_DOTS
    assert module >= 5
    quiet = QUIET_MODULES * module
    ring = [code.pixelColor(x, y).value() for x in range(code.width()) for y in (0, quiet - 1)]
    assert set(ring) == {255}
    assert code.pixelColor(quiet, quiet).value() == 0


def test_a_code_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        draw_slip(SLIP, qr.matrix("DZ1:" + "A" * 1200), 384)
    with pytest.raises(ValueError, match="paper width"):
        draw_slip(SLIP, qr.matrix(TOKEN), 577)


def test_image_and_raster_are_the_same_picture() -> None:
    image, raster = draw(SLIPS["emergency"])
    assert (image.width(), image.height(), image.depth()) == (raster.width, raster.height, 1)
    rows = black(raster)
    for y in range(0, image.height(), 37):
        row = [x for x in range(image.width()) if image.pixelColor(x, y).value() == 0]
        assert row == rows[y]


def test_the_same_slip_is_the_same_picture(qapp: QGuiApplication) -> None:
    assert draw(SLIP)[1] == draw(SLIP)[1]


SAID = {
    "es": (
        "Hospital Qinghe",
        "Traumatología",
        "1 Vaya hasta el mostrador",
        "Vuelta: Tome el ascensor 2",
        "Por confirmar",
    ),
    "ar": ("مستشفى تشينغهي", "جراحة العظام", "1 اذهب إلى مكتب الخدمة", "العودة: انزل بالمصعد 2", "طوارئ"),
    "zh-Hant": ("清河醫院", "骨科", "1 走到服務檯旁，左轉", "回大廳：坐 2 號電梯到 1 樓", "待確認"),
}
STAFF = (
    "清河医院",
    "Qinghe Hospital",
    "Orthopaedics",
    "1 走到服务台旁",
    "回大厅：",
    "Back: Take lift 2",
    "25 min",
    "骨 027",
)


@pytest.mark.parametrize("tag", SAID)
def test_the_language_of_the_screen_stands_on_it_too(monkeypatch: pytest.MonkeyPatch, tag: str) -> None:
    drawn = " ".join(lines_drawn(monkeypatch, SLIPS[tag]))
    assert [text for text in SAID[tag] if text not in drawn] == []
    replaced = {"清河医院", "1 走到服务台旁", "回大厅："} if tag == "zh-Hant" else set()
    assert {text for text in STAFF if text not in drawn} == replaced


def test_the_language_of_the_screen_comes_before_those_of_the_staff(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = " ".join(lines_drawn(monkeypatch, SLIPS["es"]))
    assert drawn.index("Vaya hasta") < drawn.index("走到服务台旁") < drawn.index("Go to the service desk")


def test_what_nobody_translated_is_said_once_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = " ".join(lines_drawn(monkeypatch, replace(SLIP, language=Language.EN, tag="es")))
    assert drawn.count("Face the desk") == 1


def test_arabic_is_joined_and_begins_at_the_right_edge() -> None:
    plain = replace(SLIP, way=Words("", ""), practitioner=None, starts_at=None, room="")
    arabic = replace(plain, language=Language.EN, tag="ar", way_back=DOOR.way_back)
    _, raster = draw(arabic)
    last_dashes = [y for y, row in enumerate(black(raster)) if len(row) > 300][-1]
    first_line = [column for row in black(raster)[last_dashes + 14 : last_dashes + 50] for column in row]
    assert max(first_line) > raster.width - 30


def test_a_number_before_an_arabic_step_stands_at_its_right() -> None:
    """Drawn alone, the one of step 1 is the rightmost ink."""
    style = slip_canvas.Style(40, right_to_left=True)
    inks = []
    for text in ("1 اذهب", "اذهب"):
        canvas = slip_canvas.Canvas(576, 24)
        canvas.line(text, style)
        image = canvas.black_and_white()
        inks.append({x for x in range(576) for y in range(image.height()) if image.pixelIndex(x, y)})
    with_number, without = inks
    word = max(without) - min(without)
    assert max(with_number) > 576 - 24 - 20
    assert abs((max(with_number) - min(with_number)) - word) > 20
    # The word itself has moved to the left by the number and the space.
    assert min(with_number) < min(without) - 20
