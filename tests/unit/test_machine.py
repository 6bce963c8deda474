"""What a machine says of itself, told by files and programs as they really answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.machine import look_at_machine

MEMINFO = "MemTotal:       16000000 kB\nMemFree: 1 kB\n"


@pytest.fixture
def proc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Files of proc(5), and no program on the path."""
    folder = tmp_path / "proc"
    folder.mkdir()
    (folder / "meminfo").write_text(MEMINFO, encoding="ascii")
    (folder / "cpuinfo").write_text("processor : 0\nflags\t\t: fpu sse avx avx2\n", encoding="ascii")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return folder


def program(proc: Path, name: str, script: str) -> None:
    file = proc.parent / "bin" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    file.chmod(0o755)


def test_memory_cores_and_instructions_are_read(proc: Path, tmp_path: Path) -> None:
    machine = look_at_machine(proc, tmp_path)
    assert (machine.memory, machine.avx2, machine.gpu) == (16_384_000_000, True, "")
    assert machine.cores >= 1
    (proc / "cpuinfo").write_text("flags : fpu sse\n", encoding="ascii")
    assert look_at_machine(proc, tmp_path).avx2 is False


def test_the_card_with_the_most_memory_counts(proc: Path, tmp_path: Path) -> None:
    program(proc, "nvidia-smi", "echo 'Small, 4096'; echo 'Large, with comma, 24576'; echo 'Broken, [N/A]'")
    machine = look_at_machine(proc, tmp_path)
    assert (machine.gpu, machine.gpu_memory) == ("Large, with comma", 24576 * 2**20)


@pytest.mark.parametrize("script", ["exit 9", "echo nonsense", "echo 'No devices were found'"])
def test_a_driver_that_fails_is_no_card(proc: Path, tmp_path: Path, script: str) -> None:
    program(proc, "nvidia-smi", script)
    assert look_at_machine(proc, tmp_path).gpu == ""


def test_an_amd_card_tells_its_memory(proc: Path, tmp_path: Path) -> None:
    device = tmp_path / "card0" / "device"
    device.mkdir(parents=True)
    (device / "mem_info_vram_total").write_text("8589934592\n", encoding="ascii")
    assert look_at_machine(proc, tmp_path).gpu_memory == 8589934592


def test_a_vulkan_card_is_named_and_software_is_none(proc: Path, tmp_path: Path) -> None:
    program(proc, "vulkaninfo", "echo 'deviceName = llvmpipe (LLVM)'; echo 'deviceName = Arc A770'")
    machine = look_at_machine(proc, tmp_path)
    assert (machine.gpu, machine.gpu_memory) == ("Arc A770", 0)


def test_a_machine_that_tells_nothing_is_looked_at_all_the_same(proc: Path, tmp_path: Path) -> None:
    machine = look_at_machine(tmp_path / "absent", tmp_path)
    assert machine.avx2 is None
    assert machine.memory > 0
