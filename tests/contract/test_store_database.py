"""What only a real database can show: crashes, two processes, full disks, busy writers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.adapters.store import SqliteStore, open_store
from kiosk.adapters.store.database import open_database
from kiosk.domain.errors import StoreBusy, StoreFull
from kiosk.domain.outbox import Lane
from tests import visits
from tests.fakes import NOON

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    store = open_store(tmp_path)
    yield store
    store.close()


def child(folder: Path, body: str) -> subprocess.Popen[str]:
    """A process with the same database open; it prints a line when it did its work and then waits on stdin."""
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from kiosk.adapters.store import open_store
        from tests import visits
        store = open_store(Path(sys.argv[1]))
    """) + textwrap.dedent(body)
    return subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def killed(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_a_killed_writer_leaves_nothing_of_its_open_transaction(store: SqliteStore, tmp_path: Path) -> None:
    process = child(
        tmp_path,
        """
        with store.transaction():
            store.add_encounter(visits.encounter(1), visits.slip(1))
            store.add_message(visits.message(1))
        with store.transaction():
            store.next_number("orthopaedics", "2026-03-02")
            store.add_encounter(visits.encounter(2), visits.slip(2))
            store.add_message(visits.message(2))
            print("in the middle", flush=True)
            sys.stdin.read()
        """,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    killed(process)
    assert store.encounter(visits.visit_id(1)) == visits.encounter(1)
    assert store.encounter(visits.visit_id(2)) is None
    assert [message.visit_id for message in store.due_messages(Lane.HIS, NOON, 9)] == [visits.visit_id(1)]
    with store.transaction():
        assert store.next_number("orthopaedics", "2026-03-02") == 1


def test_visits_committed_before_kill_9_are_all_there_whole(store: SqliteStore, tmp_path: Path) -> None:
    process = child(
        tmp_path,
        """
        for number in range(1, 100000):
            with store.transaction():
                store.add_encounter(visits.encounter(number), visits.slip(number))
                store.add_message(visits.message(number))
            print(number, flush=True)
        """,
    )
    assert process.stdout is not None
    for _ in range(20):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    told = 20 + rest.count("\n")
    stored = {message.visit_id for message in store.due_messages(Lane.HIS, NOON, 100000)}
    assert len(stored) in (told, told + 1)
    assert all(store.encounter(visit) is not None and store.slip(visit) is not None for visit in stored)
    assert store.waiting("orthopaedics", "2026-03-02") == len(stored)


def test_two_connections_never_give_a_number_twice(store: SqliteStore, tmp_path: Path) -> None:
    given: list[int] = []

    def take() -> None:
        own = open_store(tmp_path, busy_s=30)
        for _ in range(25):
            with own.transaction():
                given.append(own.next_number("orthopaedics", "2026-03-02"))
        own.close()

    threads = [threading.Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 76))


def test_several_first_starts_at_once_make_one_database(tmp_path: Path) -> None:
    processes = [
        child(tmp_path, "with store.transaction(): print(store.next_number('ent', '2026-03-02'))") for _ in range(3)
    ]
    answers = [process.communicate()[0].strip() for process in processes]
    assert sorted(answers) == ["1", "2", "3"]


def test_another_writer_makes_it_busy(store: SqliteStore, tmp_path: Path) -> None:
    impatient = open_store(tmp_path, busy_s=0)
    with store.transaction():
        store.next_number("orthopaedics", "2026-03-02")
        with pytest.raises(StoreBusy), impatient.transaction():
            pytest.fail("must not begin")
        assert impatient.waiting("orthopaedics", "2026-03-02") == 0
    with impatient.transaction():
        assert impatient.next_number("orthopaedics", "2026-03-02") == 2
    impatient.close()


def test_a_full_disk_leaves_nothing_and_heals(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    database = open_database(tmp_path, busy_s=0)
    store = SqliteStore(database, tmp_path / "kiosk.db")
    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages + 4}").fetchone()
    with pytest.raises(StoreFull), store.transaction():
        store.add_encounter(visits.encounter(1), visits.slip(1))
        store.add_message(visits.message(1, payload=bytes(100_000)))
    assert store.encounter(visits.visit_id(1)) is None
    database.execute("PRAGMA max_page_count = 100000").fetchone()
    with store.transaction():
        store.add_encounter(visits.encounter(1), visits.slip(1))
    assert store.encounter_number(visits.visit_id(1)) == "骨 001"
    store.close()


def test_a_write_error_of_the_disk_is_store_full(tmp_path: Path) -> None:
    """RLIMIT_FSIZE makes the kernel refuse to let any file grow, as a full disk does."""
    process = child(
        tmp_path,
        """
        import resource, signal
        from kiosk.domain.errors import StoreFull
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        largest = max(file.stat().st_size for file in Path(sys.argv[1]).iterdir())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 8192, resource.RLIM_INFINITY))
        try:
            with store.transaction():
                store.add_message(visits.message(1, payload=bytes(1_000_000)))
        except StoreFull:
            print("full", store.message(visits.message(1).key))
        """,
    )
    assert process.communicate()[0] == "full None\n"


def test_the_files_are_for_this_user_only(store: SqliteStore, tmp_path: Path) -> None:
    with store.transaction():
        store.next_number("ent", "2026-03-02")
    names = {file.name for file in tmp_path.iterdir()}
    assert names >= {"kiosk.db", "kiosk.db-wal", "kiosk.key"}
    if os.name == "posix":
        assert {file.stat().st_mode & 0o077 for file in tmp_path.iterdir()} == {0}


def test_a_commit_survives_a_power_cut_and_deletion_overwrites(store: SqliteStore, tmp_path: Path) -> None:
    """The settings that promise it; only pulling the plug could show the rest."""
    database = open_database(tmp_path, busy_s=0)
    values = [
        database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
    ]
    database.close()
    assert values == ["wal", 2, 1, 1, 2]
