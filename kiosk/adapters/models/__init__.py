"""Speech and language models on this machine: what there is, where it lies, how it is fetched and checked."""

from __future__ import annotations

from kiosk.adapters.models.manifest import load_manifest
from kiosk.adapters.models.shelf import (
    Shelf,
    find_model,
    folder_sha256,
    folder_size,
    place_of,
    problems_of,
)

__all__ = [
    "Shelf",
    "find_model",
    "folder_sha256",
    "folder_size",
    "load_manifest",
    "place_of",
    "problems_of",
]
