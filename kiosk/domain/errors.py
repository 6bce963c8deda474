"""Errors that services decide about and screens can explain. Anything else is a bug."""

from __future__ import annotations

from enum import StrEnum


class KioskError(Exception):
    """Base of every expected error."""


class ConfigError(KioskError):
    """A setting is missing or wrong; `key` is its dotted name, for example `printer.port`."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"{key}: {problem}")
        self.key = key
        self.problem = problem


class AssetError(KioskError):
    """A content file is broken: which file, which entry, which field."""

    def __init__(self, file: str, entry: str, field: str, problem: str) -> None:
        super().__init__(f"{file}: {entry}: {field}: {problem}")
        self.file = file
        self.entry = entry
        self.field = field
        self.problem = problem


class HisUnavailable(KioskError):
    """The hospital system cannot be asked now; the same message may be sent again later."""

    def __init__(self, problem: str, retry_after_s: float | None = None) -> None:
        super().__init__(problem)
        self.retry_after_s = retry_after_s


class HisLockedOut(HisUnavailable):
    """Nothing gets through until somebody acts: the hospital system lets this kiosk not in, or a setting is wrong.

    No message is at fault. Asking again soon does harm: accounts are locked after so many wrong passwords.
    """


class HisRejected(KioskError):
    """The hospital system said no; a person has to look before anything is sent again."""


class PrinterProblem(StrEnum):
    OFFLINE = "offline"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    CUTTER = "cutter"
    UNKNOWN = "unknown"


class PrinterError(KioskError):
    """The slip did not come out; `kind` says what staff must fix."""

    def __init__(self, kind: PrinterProblem, detail: str = "") -> None:
        super().__init__(f"{kind.value} {detail}".strip())
        self.kind = kind


class ModelMissing(KioskError):
    """A speech or language model is not on this machine; `name` is its name in models/manifest.toml."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class StoreFull(KioskError):
    """The disk has no room for the visit; nothing was written."""


class StoreBusy(KioskError):
    """Another process holds the database longer than the patient can wait; nothing was written."""


class SlotTaken(KioskError):
    """Somebody else booked the slot first."""


class SpeakerProblem(StrEnum):
    ENGINE_MISSING = "engine_missing"
    ENGINE_FAILED = "engine_failed"
    TOO_SLOW = "too_slow"


class SpeakerError(KioskError):
    """One sentence was not spoken."""

    def __init__(self, kind: SpeakerProblem) -> None:
        super().__init__(kind.value)
        self.kind = kind
