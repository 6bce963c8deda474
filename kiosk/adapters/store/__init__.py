"""The encrypted database of one machine."""

import sys

_ARRAYS = ("numpy", "pandas")
_unwanted = [name for name in _ARRAYS if name not in sys.modules]
for _name in _unwanted:
    # sqlite-utils loads these where they are installed, only to know columns of arrays: 0.05 s of a start and 12 MB.
    sys.modules[_name] = None  # type: ignore[assignment]
try:
    import sqlite_utils  # noqa: F401
finally:
    for _name in _unwanted:
        del sys.modules[_name]

from kiosk.adapters.store.sqlite_store import SqliteStore, open_store  # noqa: E402

__all__ = ["SqliteStore", "open_store"]
