"""Where a language model's file lies, and whether this machine has room for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.adapters.llm.gguf_header import Header, read_header
from kiosk.adapters.models import Shelf, load_manifest, place_of
from kiosk.config import LlmSettings
from kiosk.domain.generation import ModelError, ModelProblem

OFF = "off"
BUILT_IN = "builtin"
BUILT_IN_NAME = "intake"
"""The entry of models/manifest.toml that `builtin` means."""

_OF_FREE_MEMORY = 0.8
_BESIDE_MODEL = 150_000_000
"""Bytes an engine needs beside weights and attention state."""
_MAY_BE_COPIED = 1.1
_HASHED_AT_ONCE = 1 << 24
_MEMINFO = Path("/proc/meminfo")


def find_gguf(name: str, shelf: Shelf | None = None) -> Path:
    """The file of the model that `llm.model` names. Raises ModelError: OFF when none is wanted, or MISSING.

    A built-in model that this version comes without counts as not wanted.
    """
    if name == OFF:
        raise ModelError(ModelProblem.OFF)
    manifest = load_manifest()
    if name == BUILT_IN:
        if BUILT_IN_NAME not in manifest:
            raise ModelError(ModelProblem.OFF, "no built-in model")
        name = BUILT_IN_NAME
    shelf, plain = shelf or Shelf(), name.removesuffix(".gguf")
    if plain in manifest:
        place = place_of(manifest[plain], shelf)
    elif Path(name).is_absolute():
        place = Path(name)
    else:
        place = shelf.folder / Path(name).name
    if place.is_dir():
        place = next(iter(sorted(place.glob("*.gguf"))), place)
    if not place.is_file():
        raise ModelError(ModelProblem.MISSING, name)
    return place


def with_file(settings: LlmSettings, shelf: Shelf) -> LlmSettings:
    """The same settings with a fetched model's name turned into its file: a worker knows no other settings."""
    if settings.server or settings.model in (OFF, BUILT_IN):
        return settings
    try:
        return replace(settings, model=str(find_gguf(settings.model, shelf)))
    except ModelError:
        return settings


def memory_budget(memory_mb: int) -> int:
    """Bytes that a model may take: the setting, or most of what is free now."""
    return memory_mb * 1_000_000 if memory_mb else int(_OF_FREE_MEMORY * free_memory())


def free_memory() -> int:
    """Bytes that processes can still get (proc(5), meminfo); a very large number where nobody tells."""
    try:
        lines = _MEMINFO.read_text(encoding="ascii").splitlines()
    except OSError:
        return 2**62
    free = next((line.split()[1] for line in lines if line.startswith("MemAvailable:")), "0")
    return int(free) * 1024 or 2**62


def check_room(file: Path, context: int, budget: int) -> Header:
    """The header of a file that fits into the budget; raises ModelError."""
    header = read_header(file)
    needed = needed_bytes(header, context)
    if needed > budget:
        raise ModelError(ModelProblem.MEMORY, f"needs {needed / 1e6:.0f} MB, may take {budget / 1e6:.0f} MB")
    return header


def needed_bytes(header: Header, context: int) -> int:
    """What a model takes with its attention state for `context` tokens."""
    context = min(context, header.number("context_length"))
    return int(_MAY_BE_COPIED * header.file_bytes) + header.state_bytes(context) + _BESIDE_MODEL


def file_sha256(file: Path, beat: Callable[[], None] = lambda: None) -> str:
    """The digest of a model's file, in hex; `beat` is called while it goes on. Raises ModelError."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as opened:
            while part := opened.read(_HASHED_AT_ONCE):
                digest.update(part)
                beat()
    except OSError as error:
        raise ModelError(ModelProblem.MISSING, file.name) from error
    return digest.hexdigest()
