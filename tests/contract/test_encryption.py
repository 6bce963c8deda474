"""The database at rest: nothing to read without the key, and no start with a key that others could read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from kiosk.adapters.store import open_store
from kiosk.domain.errors import ConfigError
from tests import visits
from tests.fakes import NOON


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed database with one visit."""
    store = open_store(tmp_path)
    with store.transaction():
        store.add_encounter(visits.encounter(), visits.slip())
        store.add_message(visits.message(payload=visits.CANARY.encode()))
    store.close()
    return tmp_path


def secrets() -> list[bytes]:
    texts = (
        visits.CANARY,
        visits.PHONE,
        "膝盖疼",
        "knee_pain",
        "1992-01-05",
        visits.visit_id(1),
        "encounters",
        "SQLite format 3",
    )
    return [text.encode() for text in texts]


def found(folder: Path) -> set[tuple[str, bytes]]:
    files = [(file.name, file.read_bytes()) for file in folder.iterdir()]
    return {(name, secret) for name, content in files for secret in secrets() if secret in content}


def test_no_word_of_a_visit_can_be_read_from_the_files_even_while_open(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.transaction():
        store.add_encounter(visits.encounter(), visits.slip())
        store.add_message(visits.message(payload=visits.CANARY.encode()))
    assert (tmp_path / "kiosk.db-wal").stat().st_size > 10_000
    assert found(tmp_path) == set()
    stored = store.encounter(visits.visit_id(1))
    assert stored is not None
    assert visits.CANARY in stored.draft.complaint
    store.close()
    assert (tmp_path / "kiosk.db").stat().st_size > 10_000
    assert found(tmp_path) == set()


def test_plain_sqlite_cannot_open_it(folder: Path) -> None:
    connection = sqlite3.connect(folder / "kiosk.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connection.execute("SELECT * FROM encounters")
    connection.close()


def test_it_opens_again_with_its_key(folder: Path) -> None:
    store = open_store(folder)
    assert store.encounter(visits.visit_id(1)) == visits.encounter()
    store.close()


def test_another_key_is_refused(folder: Path) -> None:
    key = folder / "kiosk.key"
    key.write_text("ab" * 32)
    with pytest.raises(ConfigError, match="does not open"):
        open_store(folder)


def test_a_lost_key_is_named_and_not_replaced(folder: Path) -> None:
    key = folder / "kiosk.key"
    key.unlink()
    with pytest.raises(ConfigError, match="missing"):
        open_store(folder)
    assert not key.exists()


@pytest.mark.parametrize("content", ["", "ab" * 31, "zz" * 32, "鸻"])
def test_a_damaged_key_is_named(folder: Path, content: str) -> None:
    (folder / "kiosk.key").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"damaged|cannot be read"):
        open_store(folder)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_can_read_is_refused(folder: Path, mode: int) -> None:
    (folder / "kiosk.key").chmod(mode)
    with pytest.raises(ConfigError, match="chmod 600"):
        open_store(folder)


def test_the_key_is_made_once_and_leaves_no_draft(folder: Path) -> None:
    first = (folder / "kiosk.key").read_text()
    open_store(folder).close()
    assert (folder / "kiosk.key").read_text() == first
    assert len(bytes.fromhex(first)) == 32
    assert [file.name for file in folder.iterdir() if file.name.startswith(".")] == []


def test_forgotten_visits_are_gone_from_the_deciphered_pages_too(folder: Path) -> None:
    store = open_store(folder)
    with store.transaction():
        store.update_message(visits.message().sent())
        store.forget_before(NOON.replace(year=2027))
    store.scrub()
    assert (folder / "kiosk.db-wal").stat().st_size == 0
    plain = folder / "plain.db"
    database = store._database
    database.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    database.execute("SELECT sqlcipher_export('plain')").fetchall()
    database.execute("DETACH DATABASE plain")
    store.close()
    content = plain.read_bytes()
    assert b"SQLite format 3" in content
    assert visits.CANARY.encode() not in content
