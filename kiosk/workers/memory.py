"""How much memory a worker has, and how it leaves when that grows without end."""

from __future__ import annotations

import os
from pathlib import Path

EXIT_GROWN = 76
"""Exit code of a worker that took more and more memory; another one is started."""


def resident_bytes() -> int:
    """Memory of this process (proc(5), statm); 0 where nobody tells."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
