"""Whether a folder holds a whole Vosk model that fits into memory, asked before the engine sees it."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.llm.model_files import memory_budget
from kiosk.adapters.speech.recogniser import EngineFailed, NoRoom
from kiosk.domain.errors import ModelMissing

_UNPACKED = 3
"""Bytes in memory for each byte of the files: weights of 8 bits become floats, graphs get an index."""
_GRAPHS = (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))
_NEVER_EMPTY = ("am/final.mdl", "conf/model.conf", "conf/mfcc.conf")


def check_folder(folder: Path, memory_mb: int) -> None:
    """Vosk ends the process on some incomplete folders, so the parts are looked for first.

    Raises ModelMissing without a model, EngineFailed when parts of one are missing or empty, NoRoom.
    """
    if not (folder / "am" / "final.mdl").is_file() or not (folder / "graph").is_dir():
        raise ModelMissing(folder.name)
    graphs = [[folder / "graph" / part for part in parts] for parts in _GRAPHS]
    if not any(all(_has_content(part) for part in parts) for parts in graphs):
        raise EngineFailed("graph")
    if not all(_has_content(folder / part) for part in _NEVER_EMPTY):
        raise EngineFailed("parts")
    if needed_bytes(folder) > memory_budget(memory_mb):
        raise NoRoom("memory")


def needed_bytes(folder: Path) -> int:
    """What a model will about take in memory."""
    return _UNPACKED * sum(part.stat().st_size for part in folder.rglob("*") if part.is_file())


def _has_content(part: Path) -> bool:
    return part.is_file() and part.stat().st_size > 0
