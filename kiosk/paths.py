"""Where content and state live, for a source checkout and for an installed package."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parent.parent
_INSTALLED = Path(sys.prefix) / "share" / "daozhen"
_SERVICE = Path("/var/lib/daozhen")
"""STATE_DIRECTORY of the packaged service; what IT fetches by hand must lie where the service looks."""


def content_root() -> Path:
    """The folder that holds assets, models and locales; DAOZHEN_CONTENT overrides it."""
    override = os.environ.get("DAOZHEN_CONTENT")
    if override:
        return Path(override)
    return _CHECKOUT if (_CHECKOUT / "assets").is_dir() else _INSTALLED


def assets() -> Path:
    return content_root() / "assets"


def models() -> Path:
    return content_root() / "models"


def locales() -> Path:
    return content_root() / "locales"


def state_dir() -> Path:
    """Database and keys: systemd's STATE_DIRECTORY, else the user's own state folder."""
    given = os.environ.get("STATE_DIRECTORY")
    if given:
        return Path(given.split(":")[0])
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "daozhen"


def fetched_models() -> Path:
    """Models that `kiosk models` fetched: the service's, where there is one on this machine, else the user's own."""
    given = os.environ.get("STATE_DIRECTORY")
    if given:
        return Path(given.split(":")[0]) / "models"
    if _SERVICE.is_dir():
        return _SERVICE / "models"
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "daozhen" / "models"


def cache_dir() -> Path:
    """What can be made anew: systemd's CACHE_DIRECTORY, a checkout's build folder, else the user's own cache folder."""
    given = os.environ.get("CACHE_DIRECTORY")
    if given:
        return Path(given.split(":")[0])
    if (_CHECKOUT / "assets").is_dir():
        return _CHECKOUT / "build"
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "daozhen"
