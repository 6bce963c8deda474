"""Archives from elsewhere: hostile ones are refused before a byte lies outside the folder or fills the disk."""

from __future__ import annotations

import contextlib
import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.adapters.models.unpack import MOST_FILES, unpack
from kiosk.domain.models import PullFailed, PullProblem

Entry = tuple[str | zipfile.ZipInfo, bytes]


def packed(folder: Path, *entries: Entry, method: int = zipfile.ZIP_DEFLATED) -> Path:
    file = folder / "archive.zip"
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file


def special(name: str, mode: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = mode << 16
    return info


def raw_name(name: str) -> zipfile.ZipInfo:
    """A name as it stands in the file, whatever zipfile would make of it."""
    info = zipfile.ZipInfo("placeholder")
    info.filename = name
    return info


def refused(archive: Path, folder: Path) -> PullProblem:
    with pytest.raises(PullFailed) as refusal:
        unpack(archive, folder / "out", "m")
    return refusal.value.problem


def files_in(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_the_archives_own_folder_is_left_out(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("m/", b""), ("m/am/final.mdl", b"weights"), ("m/README", b"hello"))
    asked: list[int] = []
    unpack(archive, tmp_path / "out", "m", room=asked.append)
    assert files_in(tmp_path / "out") == {"am/final.mdl", "README"}
    assert asked == [12]


def test_plain_files_keep_their_places_and_no_rights(tmp_path: Path) -> None:
    archive = packed(tmp_path, (special("run", stat.S_IFREG | 0o6777), b"x"), ("other/b", b"y"))
    unpack(archive, tmp_path / "out", "m")
    assert files_in(tmp_path / "out") == {"run", "other/b"}
    assert not (tmp_path / "out" / "run").stat().st_mode & (stat.S_IXUSR | stat.S_ISUID | stat.S_ISGID)


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "m/../../evil",
        "/etc/evil",
        "//host/evil",
        "C:/evil",
        "C:evil",
        "..\\evil",
        "m\\evil",
        "m/./evil",
        "m//evil",
        "m/..",
        "m/evil\0.txt",
        "m/evil\n",
        "m/NUL",
        "m/com1.txt",
        "m/" + "x" * 300,
        "m/\u202eevil",
    ],
)
def test_nothing_lies_outside(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path, ("m/am/final.mdl", b"x"), (raw_name(name), b"evil"))
    assert refused(archive, tmp_path) is PullProblem.UNSAFE
    assert not list(tmp_path.rglob("evil*"))
    assert files_in(tmp_path) == {"archive.zip"}


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK, stat.S_IFDIR])
def test_links_and_devices_are_refused(tmp_path: Path, mode: int) -> None:
    archive = packed(tmp_path, ("m/a", b"x"), (special("m/link", mode | 0o777), b"/etc/passwd"))
    assert refused(archive, tmp_path) is PullProblem.UNSAFE


def test_a_file_under_a_file_is_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("m/a", b"x"), ("m/a/b", b"x"))
    assert refused(archive, tmp_path) in (PullProblem.WRITE, PullProblem.UNSAFE)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("m/a", "m/a"), ("m/a", "a"), ("m/Final.mdl", "m/final.MDL")])
def test_one_place_is_written_once(tmp_path: Path, names: tuple[str, str]) -> None:
    assert refused(packed(tmp_path, *((name, b"x") for name in names)), tmp_path) is PullProblem.UNSAFE


def test_a_bomb_is_refused_by_what_it_says(tmp_path: Path) -> None:
    archive = packed(tmp_path, *((f"m/{number}", bytes(20_000_000)) for number in range(5)))
    assert archive.stat().st_size < 1_000_000
    assert refused(archive, tmp_path) is PullProblem.UNSAFE
    assert not (tmp_path / "out").exists()


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path, ("m/a", bytes(50_000_000)))
    data = archive.read_bytes().replace(struct.pack("<I", 50_000_000), struct.pack("<I", 1000))
    archive.write_bytes(data)
    assert refused(archive, tmp_path) is PullProblem.NO_MODEL
    assert sum(file.stat().st_size for file in (tmp_path / "out").rglob("*") if file.is_file()) <= 1000


def test_entries_over_one_another_are_refused(tmp_path: Path) -> None:
    """Many entries of the index point at the same packed bytes."""
    archive = packed(tmp_path, ("m/a", bytes(900_000)), ("m/b", bytes(900_000)))
    data = bytearray(archive.read_bytes())
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    archive.write_bytes(bytes(data))
    assert refused(archive, tmp_path) in (PullProblem.NO_MODEL, PullProblem.UNSAFE)


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    archive = packed(tmp_path, *((f"m/{number}", b"") for number in range(MOST_FILES + 1)))
    assert refused(archive, tmp_path) is PullProblem.UNSAFE


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path: Path, method: int) -> None:
    assert refused(packed(tmp_path, ("m/a", b"x" * 100), method=method), tmp_path) is PullProblem.UNSAFE


def test_a_refusal_for_want_of_room_comes_before_the_first_byte(tmp_path: Path) -> None:
    def refuse(size: int) -> None:
        raise PullFailed(PullProblem.ROOM)

    with pytest.raises(PullFailed):
        unpack(packed(tmp_path, ("m/a", b"x")), tmp_path / "out", "m", room=refuse)
    assert not (tmp_path / "out").exists()


def test_no_archive_and_an_empty_one_are_no_model(tmp_path: Path) -> None:
    assert refused(packed(tmp_path), tmp_path) is PullProblem.NO_MODEL
    (tmp_path / "none.zip").write_bytes(b"nonsense")
    assert refused(tmp_path / "none.zip", tmp_path) is PullProblem.NO_MODEL


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), byte=st.integers(0, 255), cut=st.integers(0, 10_000))
def test_any_damage_is_refused_or_harmless(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int, cut: int
) -> None:
    folder = tmp_path_factory.mktemp("damaged")
    whole = packed(folder, ("m/am/final.mdl", b"weights" * 50), ("m/conf", b"--beam")).read_bytes()
    data = bytearray(whole)
    data[place % len(data)] = byte
    del data[len(data) - cut % 40 :]
    (folder / "archive.zip").write_bytes(bytes(data))
    with contextlib.suppress(PullFailed):
        unpack(folder / "archive.zip", folder / "out", "m")
    written = [file for file in folder.rglob("*") if file.is_file() and file.name != "archive.zip"]
    assert all((folder / "out") in file.parents for file in written)
    assert sum(file.stat().st_size for file in written) <= 1_000_000


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_name_stays_inside(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    folder = tmp_path_factory.mktemp("named")
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        try:
            archive.writestr(raw_name("/".join(parts)), b"x")
        except (ValueError, UnicodeError):
            return
    (folder / "archive.zip").write_bytes(data.getvalue())
    with contextlib.suppress(PullFailed):
        unpack(folder / "archive.zip", folder / "out", "m")
    outside = [file for file in folder.rglob("*") if file.is_file() and (folder / "out") not in file.parents]
    assert outside == [folder / "archive.zip"]
