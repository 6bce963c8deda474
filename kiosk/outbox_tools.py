"""`kiosk outbox`: what must still be delivered, why it is not, and what to do about it."""

from __future__ import annotations

import contextlib
import getpass
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.table import Table

from kiosk.adapters.store import open_store
from kiosk.config import Config
from kiosk.domain.audit import AuditAction, AuditEvent
from kiosk.domain.outbox import DeliveryState, Lane, OutboxMessage
from kiosk.services.ports import Store
from kiosk.wire import appointment_change
from kiosk.wire.fhir import decode
from kiosk.wire.visit_reading import read_visit

_MOST_MESSAGES = 100_000


def show_list(config: Config, lane: Lane | None) -> int:
    """Print what is not delivered, without a word of a patient; 1 when a visit is refused."""
    with contextlib.closing(open_store(config.state_folder())) as store:
        messages = [one for each in Lane if lane in (None, each) for one in _undelivered(store, each)]
    now = datetime.now(UTC)
    table = Table("key", "lane", "state", "age", "tries", "next try", "why")
    for one in messages:
        due = one.due_at.astimezone(config.zone())
        soon = f"{due:%Y-%m-%d %H:%M:%S}" if one.state is DeliveryState.WAITING else ""
        table.add_row(one.key, one.lane, one.state, age(now - one.created_at), str(one.attempts), soon, one.problem)
    if messages:
        Console(width=None if sys.stdout.isatty() else 200).print(table)
    counts = Counter((one.lane, one.state) for one in messages)
    for each in Lane:
        waiting, dead = (counts[each, state] for state in (DeliveryState.WAITING, DeliveryState.DEAD))
        print(f"{each}: {waiting} waiting, {dead} dead")  # noqa: T201
    return 1 if counts[Lane.HIS, DeliveryState.DEAD] else 0


def show_one(config: Config, key: str, *, content: bool) -> int:
    """Print a message without the patient's words, or with all of them, which is written down; 1 when unknown."""
    with contextlib.closing(open_store(config.state_folder())) as store:
        message, events = store.message(key), store.audit_events(key)
        if content and message is not None and message.payload:
            with store.transaction():
                store.add_audit_event(_event(AuditAction.CONTENT_SHOWN, message))
    if message is not None:
        _print_message(config, message)
        if content:
            _print_content(message)
    for event in events:
        at = event.recorded.astimezone(config.zone())
        print(f"{event.action:13} {at:%Y-%m-%d %H:%M:%S} by {event.agent}, was {event.state}")  # noqa: T201
    return 0 if message is not None or events else _unknown((key,))


def retry(config: Config, keys: Collection[str]) -> int:
    """Let visits be sent again at once: those of `keys`, or all dead ones without keys; 1 when one cannot."""
    with contextlib.closing(open_store(config.state_folder())) as store, store.transaction():
        undelivered = _undelivered(store, Lane.HIS)
        chosen = [one for one in undelivered if (one.key in keys if keys else one.state is DeliveryState.DEAD)]
        for message in chosen:
            store.update_message(message.revived(datetime.now(UTC)))
        left = [key for key in keys if key not in {one.key for one in chosen}]
        slips = [key for key in left if (found := store.message(key)) and found.lane is Lane.PRINTER]
    print(f"{len(chosen)} will be sent again")  # noqa: T201
    for key in slips:
        print(f"kiosk: {key} is a slip: it would fall before another patient", file=sys.stderr)  # noqa: T201
    return _unknown([key for key in left if key not in slips]) or (1 if slips else 0)


def drop(config: Config, key: str, confirmed: Callable[[], bool]) -> int:
    """Give a message up for good and write down who did; the visit stays here for its time. 1 when it was not done."""
    with contextlib.closing(open_store(config.state_folder())) as store:
        message = store.message(key)
        if message is None or message.state is DeliveryState.SENT:
            return _unknown((key,))
        _print_message(config, message)
        if not confirmed():
            print("kiosk: not the same key; nothing was dropped", file=sys.stderr)  # noqa: T201
            return 1
        with store.transaction():
            # It may have been delivered while somebody typed.
            stored = store.message(key)
            if stored is None or stored.state is DeliveryState.SENT:
                print("kiosk: it was delivered meanwhile; nothing was dropped", file=sys.stderr)  # noqa: T201
                return 1
            store.remove_message(key)
            store.add_audit_event(_event(AuditAction.DROPPED, stored))
        store.scrub()
    print(f"{key} is dropped; `kiosk outbox show {key}` tells who did it")  # noqa: T201
    return 0


def age(span: timedelta) -> str:
    """`3d 4h`, `2h 5m`, `5m 12s`: two units say enough; a clock that was set back makes none."""
    seconds = max(int(span.total_seconds()), 0)
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    if days:
        return f"{days}d {hours}h"
    return f"{hours}h {minutes}m" if hours else f"{minutes}m {seconds % 60}s"


def _undelivered(store: Store, lane: Lane) -> list[OutboxMessage]:
    return store.undelivered_messages(lane, _MOST_MESSAGES)


def _event(action: AuditAction, message: OutboxMessage) -> AuditEvent:
    try:
        agent = getpass.getuser()
    except (OSError, KeyError):
        agent = "unknown"
    return AuditEvent(
        datetime.now(UTC), agent, action, message.key, message.lane.value, message.state.value, message.attempts
    )


def _print_message(config: Config, message: OutboxMessage) -> None:
    since = message.created_at.astimezone(config.zone())
    facts = {
        "key": message.key,
        "lane": message.lane,
        "state": message.state,
        "since": f"{since:%Y-%m-%d %H:%M:%S} ({age(datetime.now(UTC) - message.created_at)})",
        "tries": message.attempts,
        "why": message.problem or "-",
        "bytes": len(message.payload),
        **(_summary(message.payload) if message.lane is Lane.HIS and message.payload else {}),
    }
    for name, fact in facts.items():
        print(f"{name:13} {fact}")  # noqa: T201


def _summary(payload: bytes) -> dict[str, object]:
    """What kind of visit it is; nothing that the patient said and nothing of who it is."""
    try:
        change = appointment_change.decode(payload)
        bundles = decode(payload) if change is None else change.visit
        visit = read_visit(bundles)
    except (ValueError, RecursionError) as error:
        return {"visit": f"cannot be read: {type(error).__name__}"}
    counts = Counter(entry["resource"]["resourceType"] for bundle in bundles for entry in bundle["entry"])
    return {
        **({} if change is None else {"change": change.change}),
        "number": visit.number,
        "arrived": f"{visit.arrived_at:%Y-%m-%d %H:%M}",
        "level": visit.level.name,
        "department": f"{visit.department.code} {visit.department.name}",
        "booked": f"{visit.slot.start:%H:%M}" if visit.slot else "no",
        "transactions": len(bundles),
        "resources": ", ".join(f"{count} {name}" for name, count in sorted(counts.items())),
    }


def _print_content(message: OutboxMessage) -> None:
    if message.lane is Lane.PRINTER or not message.payload:
        print("content       none that could be read")  # noqa: T201
        return
    try:
        text = json.dumps(json.loads(message.payload), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        text = ascii(message.payload)
    print(text)  # noqa: T201


def _unknown(keys: Collection[str]) -> int:
    for key in keys:
        print(f"kiosk: {key} is nothing that waits here; see `kiosk outbox list`", file=sys.stderr)  # noqa: T201
    return 1 if keys else 0
