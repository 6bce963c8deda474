"""Smaller number formats of an exported model, by llama.cpp's own quantizer."""

from __future__ import annotations

import ctypes
from pathlib import Path

import llama_cpp

LEVELS = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0")


def quantize(source: Path, level: str, target: Path, threads: int = 2) -> None:
    """Write `source` with its weights in another format. Raises RuntimeError when llama.cpp refuses."""
    llama_cpp.llama_log_set(_silent, ctypes.c_void_p(0))
    settings = llama_cpp.llama_model_quantize_default_params()
    settings.ftype = getattr(llama_cpp, f"LLAMA_FTYPE_MOSTLY_{level}")
    settings.nthread = threads
    failed = llama_cpp.llama_model_quantize(str(source).encode(), str(target).encode(), ctypes.byref(settings))
    if failed:
        raise RuntimeError(f"llama.cpp does not make {level} of {source}: {failed}")


@llama_cpp.llama_log_callback
def _silent(level: int, text: bytes, data: ctypes.c_void_p) -> None:
    """A line for every matrix is more than anybody reads."""
