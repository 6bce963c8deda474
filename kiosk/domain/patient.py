"""Who the visit is for, as far as it is known. Identity stays unverified until staff confirm it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


class IdentitySource(StrEnum):
    """FHIR carries this as an extension-free tag: who vouches for the identity.

    DOCUMENT_READ is what a machine read from a valid card; whether the card is the patient's only a person can see, so
    it is not verified.
    """

    NONE = "none"
    SELF_REPORTED = "self_reported"
    DOCUMENT_READ = "document_read"
    VERIFIED = "verified"


class DocumentKind(StrEnum):
    RESIDENT_ID = "resident_id"
    """Resident identity card: GB 11643 number."""
    RESIDENCE_PERMIT = "residence_permit"
    """Residence permit of residents of Hong Kong, Macao (81, 82) and Taiwan (83): GB 11643 number."""
    PERMANENT_RESIDENCE = "permanent_residence"
    """Foreigner's permanent residence card: 15 characters until 2023, then a GB 11643 number that begins with 9."""
    TRAVEL_PERMIT = "travel_permit"
    """Mainland travel permit of residents of Hong Kong, Macao and Taiwan."""
    PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class IdentityDocument:
    """`number` is as printed, in capitals and without spaces (domain/identity_numbers.py)."""

    kind: DocumentKind
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Patient:
    """Age is in completed years, with `age_days` for infants; None is unknown and never treated as adult.

    `insurance` is the opaque reference that the insurer's gateway gave for this visit; nobody here reads it. `name` is
    known only where a card was read.
    """

    sex: Sex | None = None
    age: int | None = None
    age_days: int | None = None
    birth_date: date | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    pregnant: bool | None = None
    identity: IdentitySource = IdentitySource.NONE
    insurance: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    document: IdentityDocument | None = None


_PHONE = re.compile(r"\+?[0-9]{5,15}")


def valid_phone(text: str) -> bool:
    """True for 5 to 15 digits with an optional leading plus (ITU-T E.164 length)."""
    return _PHONE.fullmatch(text) is not None


def age_on(birth_date: date, today: date) -> tuple[int, int]:
    """Completed years and days since birth; ValueError when the date lies in the future or over 130 years back."""
    days = (today - birth_date).days
    years = today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))
    if days < 0 or years > 130:
        raise ValueError(f"birth date {birth_date} is impossible on {today}")
    return years, days
