"""cage, the compositor of a kiosk, without a panel: it asks for frames at the pace of a real one."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

CAGE_PACKAGES = "cage libwayland-cursor0"
"""Debian packages; Xwayland is not needed, because nothing here speaks X."""


def missing_for_cage() -> str:
    """What keeps cage from showing the window, with the next step; empty when nothing does."""
    if shutil.which("cage") is None:
        return f"no cage: apt-get install {CAGE_PACKAGES}"
    try:
        ctypes.CDLL("libwayland-cursor.so.0")
    except OSError:
        return f"Qt cannot speak Wayland without libwayland-cursor: apt-get install {CAGE_PACKAGES}"
    if _is_root() and shutil.which("unshare") is None:
        return "cage refuses to run as root: run this as another user, or apt-get install util-linux"
    return ""


def in_cage(command: list[str]) -> list[str]:
    """The command inside cage. cage refuses root, so root becomes a user of a namespace that owns the same files."""
    other_user = ["unshare", "--user", "--map-user=1000", "--map-group=1000"] if _is_root() else []
    return [*other_user, "cage", "--", *command]


def cage_environment(given: Mapping[str, str], runtime: Path) -> dict[str, str]:
    """`runtime` is a folder of this user alone."""
    return {
        **given,
        "XDG_RUNTIME_DIR": str(runtime),
        "WLR_BACKENDS": "headless",
        "WLR_LIBINPUT_NO_DEVICES": "1",
        "WLR_RENDERER": "pixman",
        # cage ends when it finds no Xwayland, and starts it only for a program that speaks X.
        "WLR_XWAYLAND": shutil.which("true") or "/bin/true",
        "QT_QPA_PLATFORM": "wayland",
        "QT_WAYLAND_DISABLE_WINDOWDECORATION": "1",
    }


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
