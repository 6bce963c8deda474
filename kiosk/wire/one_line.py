"""Names that a hospital system gives, as they can be shown."""

from __future__ import annotations

from kiosk.wire.fhir_keys import clean

_LONGEST_NAME = 80


def one_line(text: str) -> str:
    """One line of letters, 80 at most: nothing that breaks it or turns its direction."""
    return "".join(one if one.isprintable() else " " for one in clean(text))[:_LONGEST_NAME].strip()
