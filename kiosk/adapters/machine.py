"""What this machine has for models: memory, cores, instructions, a graphics card."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from kiosk.domain.models import Machine

_PROC, _DRM = Path("/proc"), Path("/sys/class/drm")
_NVIDIA = ("nvidia-smi", "--query-gpu=name,memory.total", "--format=csv,noheader,nounits")
_VULKAN = ("vulkaninfo", "--summary")
_PATIENCE_S = 10.0
_SOFTWARE_CARDS = ("llvmpipe", "lavapipe", "swiftshader")


def look_at_machine(proc: Path = _PROC, drm: Path = _DRM) -> Machine:
    """Read and ask; what nobody tells counts as absent."""
    name, memory = _nvidia() or _amd(drm) or (_vulkan(), 0)
    return Machine(_memory(proc), _cores(), _avx2(proc), name, memory)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory(proc: Path) -> int:
    for line in _read(proc / "meminfo").splitlines():
        if line.startswith("MemTotal:"):
            return int(line.split()[1]) * 1024
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return 0


def _avx2(proc: Path) -> bool | None:
    flags = [line for line in _read(proc / "cpuinfo").splitlines() if line.startswith("flags")]
    return "avx2" in flags[0].split() if flags else None


def _nvidia() -> tuple[str, int] | None:
    """The card with the most memory."""
    cards = []
    for line in _output(_NVIDIA).splitlines():
        name, _, mebibytes = line.rpartition(",")
        if name and mebibytes.strip().isdecimal():
            cards.append((int(mebibytes) * 2**20, name.strip()))
    return (max(cards)[1], max(cards)[0]) if cards else None


def _amd(drm: Path) -> tuple[str, int] | None:
    found = [int(_read(file) or 0) for file in drm.glob("card*/device/mem_info_vram_total")]
    return ("AMD graphics card", max(found)) if found and max(found) else None


def _vulkan() -> str:
    """A card whose memory is not told, so that no model is put on it unasked."""
    names = [line.partition("=")[2].strip() for line in _output(_VULKAN).splitlines() if "deviceName" in line]
    return next((name for name in names if not name.casefold().startswith(_SOFTWARE_CARDS)), "")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""


def _output(command: tuple[str, ...]) -> str:
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            [program, *command[1:]], capture_output=True, timeout=_PATIENCE_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
