"""The encrypted database of one machine."""

from kiosk.adapters.store.sqlite_store import SqliteStore, open_store

__all__ = ["SqliteStore", "open_store"]
