"""A slip's picture as bytes for the outbox: binary PBM, so that any image program can show what was to be printed."""

from __future__ import annotations

import re

from kiosk.services.ports import Raster

_HEADER = re.compile(rb"P4\n([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})\n")


def encode(raster: Raster) -> bytes:
    """PBM's P4 form has the layout of a Raster: packed rows, most significant bit first, 1 is black."""
    return b"P4\n%d %d\n" % (raster.width, raster.height) + raster.rows


def decode(payload: bytes) -> Raster:
    """ValueError when the bytes are not what `encode` made."""
    header = _HEADER.match(payload)
    if header is None:
        raise ValueError("not a bitmap")
    width, height = int(header[1]), int(header[2])
    rows = payload[header.end() :]
    if len(rows) != (width + 7) // 8 * height:
        raise ValueError("a bitmap of the wrong length")
    return Raster(width, height, rows)
