"""Whether the hospital knows the patient of a visit already. Never shown to a patient: it would tell who is known."""

from __future__ import annotations

from dataclasses import dataclass, field

from kiosk.domain.patient import IdentitySource, Patient


@dataclass(frozen=True, slots=True)
class PatientMatch:
    """`record` is the hospital system's own id of the one certain record, `medical_record_number` what staff call it.

    `earlier_visit` is a visit at this kiosk for the same document, whose patient is this one too. `possible_duplicate`
    asks the desk to look: there may be a record, and only a person can say so.
    """

    record: str = field(default="", repr=False)
    medical_record_number: str = field(default="", repr=False)
    earlier_visit: str = ""
    possible_duplicate: bool = False


NO_MATCH = PatientMatch()
POSSIBLE = PatientMatch(possible_duplicate=True)


def is_identified(patient: Patient) -> bool:
    """Whether there is enough to look for: a document, or phone and birth date."""
    return patient.document is not None or (bool(patient.phone) and patient.birth_date is not None)


def lacks_name(patient: Patient, match: PatientMatch) -> bool:
    """A document's number was typed, and nobody knows the name that stands on it: the desk takes it from the document.

    Where a record or an earlier visit was found, the visit belongs to its patient.
    """
    return patient.document is not None and not patient.name and not match.record and not match.earlier_visit


def contradicts(one: Patient, other: Patient) -> bool:
    """True where both tell of birth date, sex or a name read from a card, and differ: a number may be mistyped."""
    pairs: list[tuple[object, object]] = [(one.birth_date, other.birth_date), (one.sex, other.sex)]
    if one.identity is IdentitySource.DOCUMENT_READ:
        pairs.append((_letters(one.name), _letters(other.name)))
    return any(ours and theirs and ours != theirs for ours, theirs in pairs)


def _letters(name: str | None) -> str:
    """Registers write names with or without spaces, commas, dots and capitals."""
    return "".join(character for character in name or "" if character.isalnum()).casefold()
