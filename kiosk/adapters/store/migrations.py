"""The tables, step by step. A step that was released is never edited: add another one."""

from __future__ import annotations

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

migrations = Migrations("kiosk")


@migrations()
def first_tables(database: Database) -> None:
    """Personal data lies in encounters.draft and in outbox.payload only; times are UTC text (database.stamp)."""
    database.executescript("""
        CREATE TABLE encounters (
            visit_id TEXT PRIMARY KEY,
            number TEXT NOT NULL,
            department TEXT NOT NULL,
            day TEXT NOT NULL,
            kiosk TEXT NOT NULL,
            level INTEGER NOT NULL,
            arrived_at TEXT NOT NULL,
            arrived_local TEXT NOT NULL,
            called_at TEXT,
            confirmed INTEGER NOT NULL,
            draft TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX encounters_number ON encounters (department, day, number);
        CREATE INDEX encounters_arrived ON encounters (arrived_at);
        CREATE INDEX encounters_called ON encounters (department, called_at);

        CREATE TABLE slips (
            visit_id TEXT PRIMARY KEY REFERENCES encounters (visit_id) ON DELETE CASCADE,
            slip TEXT NOT NULL
        ) STRICT;

        CREATE TABLE numbers (
            department TEXT NOT NULL,
            day TEXT NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (department, day)
        ) STRICT;

        CREATE TABLE slot_holds (
            slot TEXT PRIMARY KEY,
            visit_id TEXT NOT NULL,
            held_at TEXT NOT NULL,
            until TEXT NOT NULL
        ) STRICT;

        CREATE TABLE slot_bookings (
            slot TEXT PRIMARY KEY,
            visit_id TEXT NOT NULL
        ) STRICT;
        CREATE INDEX slot_bookings_visit ON slot_bookings (visit_id);

        CREATE TABLE alerts (
            visit_id TEXT NOT NULL,
            rule TEXT NOT NULL,
            level INTEGER NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (visit_id, rule)
        ) STRICT;

        CREATE TABLE outbox (
            key TEXT PRIMARY KEY,
            lane TEXT NOT NULL,
            visit_id TEXT NOT NULL,
            payload BLOB NOT NULL,
            created_at TEXT NOT NULL,
            due_at TEXT NOT NULL,
            tried_at TEXT,
            expires_at TEXT,
            attempts INTEGER NOT NULL,
            state TEXT NOT NULL,
            problem TEXT NOT NULL
        ) STRICT;
        CREATE INDEX outbox_due ON outbox (lane, state, due_at);
        CREATE INDEX outbox_visit ON outbox (visit_id);
    """)


@migrations()
def audit_events(database: Database) -> None:
    """They outlive the visits they are about, and name nobody but the account that acted."""
    database.executescript("""
        CREATE TABLE audit_events (
            recorded TEXT NOT NULL,
            agent TEXT NOT NULL,
            action TEXT NOT NULL,
            key TEXT NOT NULL,
            lane TEXT NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX audit_events_key ON audit_events (key);
    """)


@migrations()
def schedules(database: Database) -> None:
    """What the hospital system said last about free times; nothing personal."""
    database.executescript("""
        CREATE TABLE schedules (
            department TEXT PRIMARY KEY,
            schedule TEXT NOT NULL
        ) STRICT;
    """)


@migrations()
def visits_change(database: Database) -> None:
    """`code` is what a patient types to find the visit again, `changes` counts what became of it since check-in."""
    database.executescript("""
        ALTER TABLE encounters ADD COLUMN code TEXT NOT NULL DEFAULT '';
        ALTER TABLE encounters ADD COLUMN status TEXT NOT NULL DEFAULT 'booked';
        ALTER TABLE encounters ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX encounters_code ON encounters (code);
    """)
