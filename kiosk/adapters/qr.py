"""QR codes as plain matrices: the slip and the screen draw them their own way."""

from __future__ import annotations

from functools import lru_cache

import segno


@lru_cache(maxsize=1)
def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """Rows of modules, True is dark, without the quiet zone of four light modules that the drawer must leave.

    Error correction M survives 15 % of damage: a crease or a faint line of the print head. ValueError when the text
    does not fit into the largest code. The last code is kept for the slip's picture after the slip itself, until
    `matrix.cache_clear()`.
    """
    code = segno.make_qr(text, error="m", boost_error=False)
    return tuple(tuple(module != 0 for module in row) for row in code.matrix)
