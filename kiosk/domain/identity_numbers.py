"""Numbers of identity papers: checked, and read for the birth date and the sex that some carry.

A number is refused only for what its rules say. Regions are not looked up: cards name some that were abolished long
ago.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.patient import DocumentKind, IdentityDocument, Sex, age_on

LONGEST = 18
"""Characters of the longest number."""

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SEPARATORS = re.compile(r"[\s().-]")
_CITIZEN = re.compile(r"[0-9]{17}[0-9X]")
_OLD_CITIZEN = re.compile(r"[0-9]{15}")
_OLD_PERMANENT_RESIDENCE = re.compile(r"[A-Z]{3}[0-9]{12}")
_TRAVEL_PERMIT = re.compile(r"([HM][0-9]{8})(?:[0-9]{2})?|([0-9]{8})")
_PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{5,9}")


class PaperForm(StrEnum):
    """What somebody says the number is of; cards with a number of 15 or 18 characters tell their kind themselves."""

    CARD = "card"
    TRAVEL_PERMIT = "travel_permit"
    PASSPORT = "passport"


class NumberProblem(StrEnum):
    """OLD is a 15-digit number of before 1999, invalid since 2013; CHECK_DIGIT a slip of the finger, most likely."""

    FORM = "form"
    OLD = "old"
    CHECK_DIGIT = "check_digit"
    BIRTH_DATE = "birth_date"


class NumberRefused(ValueError):
    """Not such a number; the text names the problem only."""

    def __init__(self, problem: NumberProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """`birth_date` and `sex` are None where the number says nothing of them."""

    document: IdentityDocument
    birth_date: date | None = None
    sex: Sex | None = None


def read_number(form: PaperForm, text: str, today: date) -> ReadNumber:
    """The paper behind a number as somebody typed it; raises NumberRefused."""
    number = plain(text)
    match form:
        case PaperForm.CARD:
            return _card(number, today)
        case PaperForm.TRAVEL_PERMIT:
            found = _TRAVEL_PERMIT.fullmatch(number)
            if found is None:
                raise NumberRefused(NumberProblem.FORM)
            # Two more digits count how often the permit was issued: the person's number is the nine before them.
            return ReadNumber(IdentityDocument(DocumentKind.TRAVEL_PERMIT, found[1] or found[2]))
        case PaperForm.PASSPORT:
            # ICAO 9303 part 4: the number has at most nine characters.
            if _PASSPORT.fullmatch(number) is None:
                raise NumberRefused(NumberProblem.FORM)
            return ReadNumber(IdentityDocument(DocumentKind.PASSPORT, number))


def plain(text: str) -> str:
    """In capitals and half width, without what is put between the characters."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_digit(seventeen: str) -> str:
    """The last character of a GB 11643 number (ISO 7064, MOD 11-2) from its 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, seventeen, strict=True))
    return _CHECK_DIGITS[total % 11]


def _card(number: str, today: date) -> ReadNumber:
    if _OLD_PERMANENT_RESIDENCE.fullmatch(number):
        # Its year of birth has two digits only: that tells no age.
        return ReadNumber(IdentityDocument(DocumentKind.PERMANENT_RESIDENCE, number))
    if _OLD_CITIZEN.fullmatch(number):
        raise NumberRefused(NumberProblem.OLD)
    if not _CITIZEN.fullmatch(number) or number.startswith("0"):
        raise NumberRefused(NumberProblem.FORM)
    if check_digit(number[:17]) != number[17]:
        raise NumberRefused(NumberProblem.CHECK_DIGIT)
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return ReadNumber(IdentityDocument(_kind(number), number), _birth_date(number[6:14], today), sex)


def _kind(number: str) -> DocumentKind:
    if number.startswith("9"):
        return DocumentKind.PERMANENT_RESIDENCE
    return DocumentKind.RESIDENCE_PERMIT if number[:2] in ("81", "82", "83") else DocumentKind.RESIDENT_ID


def _birth_date(digits: str, today: date) -> date:
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
        age_on(born, today)
    except ValueError:
        raise NumberRefused(NumberProblem.BIRTH_DATE) from None
    return born
